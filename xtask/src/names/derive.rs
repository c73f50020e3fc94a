//! Derives a name from a text: what went wrong, and with what.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use crate::names::terms::{Place, Token, fold, tokens};

/// The most words of a name.
const WORDS: usize = 5;

/// A name made from a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Derived {
    /// The name, in `UpperCamelCase`.
    pub(crate) name: String,
    /// The share of the letters that the name accounts for, from 0 to 1.
    pub(crate) share: f64,
    /// Whether the name says what went wrong, and with what.
    pub(crate) is_whole: bool,
}

/// The name that a text suggests. `shared` are clauses that say nothing, because several codes of
/// the set have them.
pub(crate) fn derive(text: &str, shared: &BTreeSet<String>) -> Option<Derived> {
    let text = without_brackets(&without_parameters(&fold(text)));
    let all = clauses(&text);
    let mut chosen: Vec<_> = all.iter().filter(|it| !is_request(it)).collect();
    if chosen.is_empty() {
        chosen.extend(&all);
    }
    if chosen.iter().any(|it| !shared.contains(*it)) {
        chosen.retain(|it| !shared.contains(*it));
    }
    let names = chosen.into_iter().filter_map(|clause| name_clause(clause));
    // The first of the best: a clause with a condition and a thing before one without.
    names
        .fold(
            None,
            |best: Option<(u8, Derived)>, (rank, name)| match best {
                Some((known, best)) if known >= rank => Some((known, best)),
                _ => Some((rank, name)),
            },
        )
        .map(|(_, name)| name)
}

/// The clauses that several codes of a set share: at least this many.
const SHARED: usize = 3;

/// The clauses that many of these texts have.
pub(crate) fn shared_clauses<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    for text in texts {
        let mut own = clauses(&without_brackets(&without_parameters(&fold(text))));
        own.sort();
        own.dedup();
        for clause in own {
            *counts.entry(clause).or_default() += 1;
        }
    }
    let shared = counts.into_iter().filter(|(_, count)| *count >= SHARED);
    shared.map(|(clause, _)| clause).collect()
}

/// A text without parameters such as `<ip>`.
pub(crate) fn without_parameters(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for letter in text.chars() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

/// A folded text without what is in brackets.
fn without_brackets(text: &str) -> String {
    let text = without(text, ['(', '['], [')', ']']);
    without(&text, ['【', '「'], ['】', '」'])
}

fn without(text: &str, open: [char; 2], close: [char; 2]) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for letter in text.chars() {
        if open.contains(&letter) {
            depth += 1;
            // It separates words.
            out.push(' ');
        } else if close.contains(&letter) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            out.push(letter);
        }
    }
    out
}

/// The clauses of a folded text.
pub(super) fn clauses(text: &str) -> Vec<String> {
    let mut clauses = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // `1.2` and `a.b` are not two sentences.
        let ends = letter == '.'
            && letters
                .peek()
                .is_none_or(|next| !next.is_ascii_alphanumeric());
        if ends || matches!(letter, ',' | ';' | '!' | ':' | '\n' | '、') {
            clauses.push(String::new());
        } else if let Some(clause) = clauses.last_mut() {
            clause.push(letter);
        }
    }
    let trimmed = clauses.iter().map(|clause| clause.trim().to_owned());
    trimmed.filter(|clause| !clause.is_empty()).collect()
}

/// Whether a clause asks for something rather than says what happened.
fn is_request(clause: &str) -> bool {
    clause.starts_with('请') || clause.starts_with("please ")
}

/// A thing in a name.
#[derive(Debug, Clone, PartialEq)]
struct Thing {
    name: String,
    place: Place,
    /// `And` or `Or`, if it joins the thing to the one before.
    join: Option<&'static str>,
}

/// What a clause says, before it is a name.
#[derive(Debug, Default)]
struct Clause {
    before: Option<&'static str>,
    of: Option<&'static str>,
    /// `no signature`, if nothing else is said of it.
    is_without: bool,
    things: Vec<Thing>,
    after: Option<&'static str>,
    known: usize,
    unknown: usize,
}

/// Whether a thing has or is a value, which may be wrong.
fn has_value(place: Place) -> bool {
    matches!(place, Place::Value | Place::Attribute | Place::Vague)
}

/// Conditions that say little beside another one.
const WEAK: [&str; 4] = ["Wrong", "Error", "Failed", "Passed"];

/// Conditions of a thing itself, not of what is done with it.
const STATES: [&str; 6] = [
    "Mismatch",
    "NotFound",
    "Expired",
    "Incomplete",
    "Exceeded",
    "NotDetected",
];

/// The name of a clause, with its rank: the more it says, the higher.
fn name_clause(clause: &str) -> Option<(u8, Derived)> {
    let mut clause = Clause::new(clause);
    clause.drop_vague();
    clause.settle_condition();
    clause.drop_actions();
    let has_condition = clause.before.is_some() || clause.after.is_some();
    let has_thing = !clause.things.is_empty();
    let letters = clause.known + clause.unknown;
    #[allow(clippy::cast_precision_loss, reason = "a clause is short")]
    let share = clause.known as f64 / letters.max(1) as f64;
    let is_whole = has_condition && (has_thing || clause.stands_alone());
    let name = clause.join();
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self";
    let rank = 2 * u8::from(is_whole) + u8::from(has_condition);
    is_name.then_some((
        rank,
        Derived {
            name,
            share,
            is_whole,
        },
    ))
}

impl Clause {
    fn new(text: &str) -> Self {
        let mut clause = Self::default();
        let mut join = None;
        for token in tokens(text) {
            let joined = join.take();
            match token {
                Token::Unknown => clause.unknown += 1,
                Token::Word(word) => {
                    clause.known += word.len();
                    clause.add_thing(word, Place::Value, joined);
                }
                Token::Term {
                    place: Place::Cut, ..
                } if clause.says_anything() => {
                    if clause.before.is_none() && clause.after.is_none() {
                        clause.before = Some("Invalid");
                    }
                    break;
                }
                Token::Term {
                    place,
                    name,
                    letters,
                } => {
                    if place != Place::Drop {
                        clause.known += letters;
                    }
                    match place {
                        Place::Drop | Place::Cut => join = joined,
                        Place::Join => join = Some(name).filter(|_| !clause.things.is_empty()),
                        place => clause.add(place, name, joined),
                    }
                }
            }
        }
        clause
    }

    fn says_anything(&self) -> bool {
        self.before.is_some() || self.after.is_some() || !self.things.is_empty()
    }

    fn add(&mut self, place: Place, name: &'static str, join: Option<&'static str>) {
        match place {
            Place::Before if name == "No" => self.is_without = true,
            Place::Before => self.before = self.before.or(Some(name)),
            Place::Of => self.of = self.of.or(Some(name)),
            Place::After => {
                let is_weak = self.after.is_none_or(|known| WEAK.contains(&known));
                if self.after.is_none() || is_weak && !WEAK.contains(&name) {
                    self.after = Some(name);
                }
            }
            place => self.add_thing(name.to_owned(), place, join),
        }
    }

    fn add_thing(&mut self, name: String, place: Place, join: Option<&'static str>) {
        if !self.things.iter().any(|thing| thing.name == name) {
            self.things.push(Thing { name, place, join });
        }
    }

    /// Drops things that say little beside others.
    fn drop_vague(&mut self) {
        let is_vague = |thing: &Thing| thing.place == Place::Vague;
        let is_core = |thing: &Thing| matches!(thing.place, Place::Value | Place::Machine);
        if self.things.iter().any(is_core) {
            self.things.retain(|thing| !is_vague(thing));
        } else if let Some(last) = self.things.iter().rposition(is_vague) {
            // What is done needs something that it is done to, and a size is that of something.
            let mut at = 0..;
            self.things
                .retain(|thing| at.next() == Some(last) || !is_vague(thing));
        }
    }

    /// `wrong` is `Invalid`, `Error` or `Failed`, as the thing is.
    fn settle_condition(&mut self) {
        let last = self.things.last().map(|thing| thing.place);
        match self.after {
            // Too many of what is wrong: `TooManyWrongPasswords`.
            Some("Wrong") if self.before == Some("TooMany") && !self.things.is_empty() => {
                self.after = None;
                self.before = Some("TooManyWrong");
            }
            Some("Wrong" | "Error" | "Failed") if self.before.is_some() => self.after = None,
            Some("Wrong") if last.is_some_and(has_value) => {
                self.before = Some("Invalid");
                self.after = None;
            }
            Some("Wrong" | "Error") if last == Some(Place::Action) => self.after = Some("Failed"),
            Some("Wrong") => self.after = Some("Error"),
            _ => {}
        }
        let is_open = self.before.is_none() && self.after.is_none();
        if self.is_without && is_open && !self.things.is_empty() {
            self.before = Some("No");
        }
        if self.before.is_none() {
            self.before = self.of;
        }
    }

    /// Drops what is done with a thing if the condition is of the thing, and puts it after the thing
    /// otherwise: `TokenFetchFailed`.
    fn drop_actions(&mut self) {
        let is_state = |name: &str| name.starts_with("Too") || STATES.contains(&name);
        let is_of_thing = self
            .before
            .is_some_and(|name| name != "No" && name != "Unknown")
            || self.after.is_some_and(is_state);
        let is_value = |thing: &Thing| has_value(thing.place);
        if is_of_thing && let Some(last) = self.things.iter().rposition(is_value) {
            let mut at = 0..;
            self.things.retain(|thing| {
                let is_later = at.next().is_some_and(|at| at > last);
                is_later || thing.place != Place::Action
            });
        }
        if self
            .things
            .last()
            .is_some_and(|last| last.place != Place::Machine)
        {
            // Stable: things of one sort stay in their order.
            self.things
                .sort_by_key(|thing| thing.place == Place::Action);
        }
    }

    /// Whether the condition is a name by itself.
    fn stands_alone(&self) -> bool {
        matches!(
            self.after,
            Some("Success" | "TimedOut" | "Busy" | "NotLoggedIn" | "NoPermission")
        ) || self.of.is_some()
    }

    /// The name, with at most `WORDS` words: the last things say the most.
    fn join(self) -> String {
        let mut things: Vec<Vec<String>> = Vec::new();
        for (at, thing) in self.things.into_iter().enumerate() {
            let join = thing.join.filter(|_| at > 0).map(str::to_owned);
            things.push(join.into_iter().chain([thing.name]).collect());
        }
        if matches!(self.before, Some("TooMany" | "TooManyWrong" | "Multiple"))
            && let Some(last) = things.last_mut().and_then(|words| words.last_mut())
            && !last.ends_with('s')
        {
            last.push('s');
        }
        let rest = [self.before, self.after].into_iter().flatten();
        let rest: usize = rest.map(count_words).sum();
        let length = |things: &[Vec<String>]| -> usize {
            things.iter().flatten().map(|name| count_words(name)).sum()
        };
        while things.len() > 1 && rest + length(&things) > WORDS {
            things.remove(0);
            if things[0].len() > 1 {
                things[0].remove(0);
            }
        }
        let before = self.before.map(str::to_owned);
        let after = self.after.map(str::to_owned);
        let parts = before.into_iter().chain(things.into_iter().flatten());
        parts.chain(after).collect()
    }
}

/// How many words a name in `UpperCamelCase` has.
pub(super) fn count_words(name: &str) -> usize {
    words_of(name).len()
}

/// The words of a name in `UpperCamelCase`.
pub(super) fn words_of(name: &str) -> Vec<&str> {
    let begins = name
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_uppercase())
        .map(|(at, _)| at);
    let ends: Vec<_> = begins.chain([name.len()]).collect();
    ends.windows(2)
        .map(|pair| &name[pair[0]..pair[1]])
        .collect()
}

/// The name that a symbol suggests: its words, or the first ones if it is a sentence. Numbers before
/// them are not of the name: `400 (BAD REQUEST)`.
pub(crate) fn from_symbol(symbol: &str) -> Option<String> {
    let plain: String = without_parameters(symbol)
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’'))
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let words = plain.split_whitespace();
    let words: Vec<_> = words
        .skip_while(|word| word.bytes().all(|digit| digit.is_ascii_digit()))
        .collect();
    let is_sentence = words.len() > WORDS && symbol.contains(' ');
    let words = words
        .into_iter()
        .take(if is_sentence { WORDS } else { usize::MAX });
    let name = words.collect::<Vec<_>>().join(" ").to_upper_camel_case();
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self";
    is_name.then_some(name)
}

/// The name that an English text suggests: what went wrong, or else the first words of its first
/// clause.
pub(crate) fn from_english(text: &str) -> Option<String> {
    let derived = derive(text, &BTreeSet::new()).filter(|derived| derived.is_whole);
    derived.map(|derived| derived.name).or_else(|| {
        let clause = clauses(&without_brackets(&without_parameters(text)));
        let words = clause.first()?.split_whitespace();
        let is_article = |word: &&str| {
            let mut articles = ["the", "a", "an"].into_iter();
            articles.any(|article| word.eq_ignore_ascii_case(article))
        };
        let words: Vec<_> = words.filter(|word| !is_article(word)).take(WORDS).collect();
        from_symbol(&words.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{derive, from_english, from_symbol, shared_clauses};

    #[test]
    fn names_say_what_went_wrong_and_with_what() {
        for (text, name) in [
            ("签名错误", "InvalidSignature"),
            ("系统错误", "SystemError"),
            ("文件上传失败", "FileUploadFailed"),
            ("获取token失败", "TokenFetchFailed"),
            ("上传图片文件过大", "ImageTooLarge"),
            ("请求过于频繁", "TooManyRequests"),
            ("密码错误次数过多", "TooManyWrongPasswords"),
            (
                "姓名和身份证号不一致，请核实后重试",
                "NameAndIdNumberMismatch",
            ),
            ("簽名錯誤", "InvalidSignature"),
            ("法定代表人信息不匹配", "LegalRepresentativeMismatch"),
            (
                "The order number (orderId) does not exist.",
                "OrderNumberNotFound",
            ),
            ("Too many requests", "TooManyRequests"),
        ] {
            let derived = derive(text, &BTreeSet::new()).map(|derived| derived.name);
            assert_eq!(derived.as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_text_without_a_condition_or_of_unknown_words_is_not_whole() {
        for text in ["印章", "嗯", "", "用户在聊天"] {
            assert!(
                derive(text, &BTreeSet::new()).is_none_or(|derived| !derived.is_whole),
                "{text}"
            );
        }
        let partly = derive("甲乙丙丁戊己庚辛失败", &BTreeSet::new()).unwrap();
        assert!(partly.share < 0.5, "{partly:?}");
    }

    #[test]
    fn clauses_that_many_codes_share_are_left_out() {
        let texts = [
            "认证不一致，无效卡号",
            "认证不一致，该卡已过期",
            "认证不一致，认证未通过",
        ];
        let shared = shared_clauses(texts.into_iter());
        assert_eq!(shared, BTreeSet::from(["认证不一致".to_owned()]));
        assert_eq!(derive(texts[1], &shared).unwrap().name, "CardExpired");
    }

    #[test]
    fn symbols_and_sentences_give_short_names() {
        for (symbol, name) in [
            ("400 (BAD REQUEST)", Some("BadRequest")),
            ("INVALID_IMAGE_SIZE<param>", Some("InvalidImageSize")),
            ("2FA_REQUIRED", None),
            (
                "The server refused this request because of its size",
                Some("TheServerRefusedThisRequest"),
            ),
        ] {
            assert_eq!(from_symbol(symbol).as_deref(), name, "{symbol}");
        }
        let name = from_english("The door isn't open. Knock.");
        assert_eq!(name.as_deref(), Some("DoorIsntOpen"));
    }
}
