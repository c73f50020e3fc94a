//! The terms that names are made of: a text goes in, its terms come out.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use errbook_ingest::lexicon::simplified;

use crate::fold::to_half_width;

/// The words of each language.
const FILES: [&str; 2] = [include_str!("terms/zh.toml"), include_str!("terms/en.toml")];

/// The words of all languages.
static TERMS: LazyLock<Terms> = LazyLock::new(|| Terms::new(&FILES));

/// Where a term is in a name, or what it is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A condition before the thing: `Invalid` in `InvalidSignature`.
    Before,
    /// Like `Before`, but not a condition by itself: `Unknown` in `UnknownError`.
    Of,
    /// A thing that has a value, which may be wrong: `Signature`.
    Value,
    /// A value of a thing: `Size`.
    Attribute,
    /// A thing that does something, which may fail by itself: `Server`.
    Machine,
    /// What is done, which may not succeed: `Login`.
    Action,
    /// A thing that says little beside another one: `Argument`.
    Vague,
    /// A condition after the thing: `NotFound` in `OrderNotFound`.
    After,
    /// `And`, `Or`.
    Join,
    /// What follows explains the rest: `must be`.
    Cut,
    /// A word that is in no name: `the`.
    Drop,
}

impl Place {
    const KEYS: [(&str, Self); 11] = [
        ("before", Self::Before),
        ("of", Self::Of),
        ("value", Self::Value),
        ("attribute", Self::Attribute),
        ("machine", Self::Machine),
        ("action", Self::Action),
        ("vague", Self::Vague),
        ("after", Self::After),
        ("join", Self::Join),
        ("cut", Self::Cut),
        ("drop", Self::Drop),
    ];
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A known word.
    Term {
        /// Where its term is in a name.
        place: Place,
        /// The term.
        name: &'static str,
        /// How many letters the word has.
        letters: usize,
    },
    /// An unknown word in Latin letters, in `UpperCamelCase`.
    Word(String),
    /// A letter of a word that is not known.
    Unknown,
}

struct Terms {
    /// The term of each word. The words of scripts without spaces have none.
    words: HashMap<String, (Place, String)>,
    /// The most letters that a word of a script without spaces has.
    most_letters: usize,
    /// The most words that a phrase has.
    most_words: usize,
    /// The phrases that give advice, each with the retry class.
    advice: Vec<(String, String)>,
    /// The phrases that say how something went, the longest first.
    outcomes: Vec<(String, Sense)>,
}

impl Terms {
    fn new(files: &[&str]) -> Self {
        let mut terms = Self {
            words: HashMap::new(),
            most_letters: 0,
            most_words: 0,
            advice: Vec::new(),
            outcomes: Vec::new(),
        };
        for (section, name, word) in files.iter().flat_map(|file| entries(file)) {
            terms.add(&section, name, word);
        }
        // Longer phrases first: `请勿重试` before `重试`.
        terms
            .advice
            .sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.chars().count()));
        terms
            .outcomes
            .sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        terms
    }

    fn add(&mut self, section: &str, name: String, word: String) {
        if let Some(sense) = Sense::of(section, &name) {
            return self.outcomes.push((word, sense));
        }
        let Some((_, place)) = Place::KEYS.iter().find(|(key, _)| *key == section) else {
            return self.advice.push((word, name));
        };
        if word.is_ascii() {
            self.most_words = self.most_words.max(word.split(' ').count());
        } else {
            self.most_letters = self.most_letters.max(word.chars().count());
        }
        self.words.insert(word, (*place, name));
    }

    fn get(&'static self, word: &str, letters: usize) -> Option<Token> {
        let (place, name) = self.words.get(word)?;
        Some(Token::Term {
            place: *place,
            name,
            letters,
        })
    }
}

/// A text in one width, one case and simplified characters.
pub(super) fn fold(text: &str) -> String {
    let text: String = text
        .chars()
        .map(to_half_width)
        .flat_map(char::to_lowercase)
        .collect();
    simplified(&text)
}

/// What is wrong with the files of terms: words that no folded text has, words of two terms, terms in
/// two places. For a test.
#[must_use]
pub fn mistakes() -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut terms = BTreeMap::<String, String>::new();
    let mut words = BTreeMap::<String, String>::new();
    for (section, name, word) in FILES.iter().flat_map(|file| entries(file)) {
        let place = Place::KEYS.iter().any(|(key, _)| *key == section);
        if section == OUTCOME && Sense::of(&section, &name).is_none() {
            mistakes.push(format!("`{name}` is not an outcome"));
        }
        if !place && section != ADVICE && section != OUTCOME {
            mistakes.push(format!("unknown section `{section}`"));
        }
        if section == ADVICE || section == OUTCOME {
            continue;
        }
        let known = terms.entry(name.clone()).or_insert_with(|| section.clone());
        if *known != section {
            mistakes.push(format!("`{name}` is in `{known}` and `{section}`"));
        }
        if fold(&word) != word || word.trim() != word {
            mistakes.push(format!(
                "`{word}` is not as texts are folded: `{}`",
                fold(&word)
            ));
        }
        let known = words.entry(word.clone()).or_insert_with(|| name.clone());
        if *known != name {
            mistakes.push(format!("`{word}` is of `{known}` and `{name}`"));
        }
    }
    mistakes
}

/// The section, the term and the word of each entry of a file.
fn entries(file: &str) -> impl Iterator<Item = (String, String, String)> {
    let sections: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(file).expect("the files of terms have this form");
    sections.into_iter().flat_map(|(section, named)| {
        named.into_iter().flat_map(move |(name, words)| {
            let section = section.clone();
            words
                .into_iter()
                .map(move |word| (section.clone(), name.clone(), word))
        })
    })
}

/// The section of the phrases that give advice.
const ADVICE: &str = "retry";
/// The section of the phrases that say how something went.
const OUTCOME: &str = "outcome";

/// The terms of a folded text. The longest word counts.
pub(super) fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let (token, length) = if is_latin(first) {
            latin(rest)
        } else {
            other(rest, first)
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
    let parts: Vec<_> = (0..tokens.len())
        .filter(|&at| is_part(&tokens, at))
        .collect();
    for at in parts {
        tokens[at] = Token::Unknown;
    }
    tokens
}

/// Whether a word of one letter is a part of a longer word that is not known: `表` in `代表`.
fn is_part(tokens: &[Token], at: usize) -> bool {
    let Token::Term {
        place, letters: 1, ..
    } = &tokens[at]
    else {
        return false;
    };
    let is_unknown = |at: usize| tokens.get(at) == Some(&Token::Unknown);
    let is_thing = !matches!(place, Place::Drop | Place::Join | Place::Before);
    is_thing && (at > 0 && is_unknown(at - 1) || is_unknown(at + 1))
}

/// Whether a letter is of a word that spaces separate from others.
fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '\'' | '’')
}

/// The phrase or word that a text begins with, and its length.
fn latin(text: &str) -> (Option<Token>, usize) {
    let mut words = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    while words.len() < TERMS.most_words {
        let rest = &text[at..];
        let begin = rest.len() - rest.trim_start_matches([' ', '-']).len();
        let word = &rest[begin..];
        let length = word.find(|c| !is_latin(c)).unwrap_or(word.len());
        if length == 0 {
            break;
        }
        at += begin + length;
        words.push(&word[..length]);
        ends.push(at);
    }
    for count in (1..=words.len()).rev() {
        let phrase = words[..count].join(" ");
        if let Some(term) = TERMS.get(&phrase, phrase.len()) {
            return (Some(term), ends[count - 1]);
        }
    }
    let (Some(word), Some(end)) = (words.first(), ends.first()) else {
        return (None, 1);
    };
    // A number is not a word of a name.
    let is_word = word.starts_with(|first: char| first.is_ascii_alphabetic());
    (is_word.then(|| Token::Word(camel(word))), *end)
}

/// The word of a script without spaces that a text begins with, and its length.
fn other(text: &str, first: char) -> (Option<Token>, usize) {
    let ends: Vec<_> = text
        .char_indices()
        .skip(1)
        .map(|(at, _)| at)
        .chain([text.len()])
        .take(TERMS.most_letters)
        .collect();
    for (at, end) in ends.iter().enumerate().rev() {
        if let Some(term) = TERMS.get(&text[..*end], at + 1) {
            return (Some(term), *end);
        }
    }
    let unknown = first.is_alphabetic().then_some(Token::Unknown);
    (unknown, first.len_utf8())
}

/// `biz_token` becomes `BizToken`.
fn camel(word: &str) -> String {
    let parts = word.split('_').map(|part| {
        let part = part.replace(['\'', '’'], "");
        let mut letters = part.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    parts.collect()
}

/// What denies the advice behind it.
const DENIALS: [&str; 8] = [
    "无需",
    "无须",
    "不必",
    "不用",
    "请勿",
    "不要",
    "not ",
    "no need to ",
];

/// The retry class that the words of a text advise, with these words as the text has them.
pub(super) fn advice(text: &str) -> Option<(&'static str, String)> {
    let folded = fold(text);
    TERMS.advice.iter().find_map(|(phrase, class)| {
        let at = folded.find(phrase.as_str())?;
        let before = &folded[..at];
        if DENIALS.iter().any(|denial| before.ends_with(denial)) {
            return None;
        }
        let letters = text.chars().skip(before.chars().count());
        let words: String = letters.take(phrase.chars().count()).collect();
        // A few letters, which no advice has, are more or fewer when they are folded.
        let words = if fold(&words) == *phrase {
            words
        } else {
            phrase.clone()
        };
        Some((class.as_str(), words))
    })
}

/// What a text says of how something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Outcome {
    /// All is well.
    Success,
    /// Something is not as it should be.
    Failure,
}

/// What a phrase says of how something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// All is well, if it ends a clause: `通过`.
    Success,
    /// Something is wrong: `失败`.
    Failure,
    /// The opposite of the phrase behind it, and otherwise that something is wrong: `未`.
    Not,
    /// That all is well is only asked for: `请`.
    Open,
    /// Nothing, though its letters do: `请求`.
    Nothing,
}

impl Sense {
    /// What the phrases of a key of a section say.
    fn of(section: &str, key: &str) -> Option<Self> {
        match (section, key) {
            (OUTCOME, "success") => Some(Self::Success),
            (OUTCOME, "failure") => Some(Self::Failure),
            (OUTCOME, "not") => Some(Self::Not),
            (OUTCOME, "open") => Some(Self::Open),
            (OUTCOME, "nothing") => Some(Self::Nothing),
            _ => None,
        }
    }
}

/// How something went, as a text says; `None` if it does not say so. A text of which one clause is
/// of a failure is of a failure.
pub(super) fn outcome(text: &str) -> Option<Outcome> {
    let folded = fold(text);
    let is_end = |letter: char| !letter.is_alphanumeric() && letter != ' ';
    let clauses: Vec<_> = folded.split(is_end).map(sense).collect();
    let has = |sense: Sense| clauses.iter().any(|clause| clause.contains(&sense));
    if has(Sense::Failure) || has(Sense::Not) {
        Some(Outcome::Failure)
    } else {
        (has(Sense::Success) && !has(Sense::Open)).then_some(Outcome::Success)
    }
}

/// What the phrases of a folded clause say.
fn sense(clause: &str) -> Vec<Sense> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(first) = clause[at..].chars().next() {
        let rest = &clause[at..];
        let is_begin = !clause[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric());
        let begins = |(phrase, sense): &&(String, Sense)| {
            let Some(behind) = rest.strip_prefix(phrase.as_str()) else {
                return false;
            };
            if phrase.is_ascii() {
                let goes_on = behind.starts_with(|letter: char| letter.is_ascii_alphanumeric());
                is_begin && !goes_on
            } else {
                *sense != Sense::Success || matches!(behind.trim(), "" | "了")
            }
        };
        let found = TERMS.outcomes.iter().find(begins);
        all.extend(found.map(|(_, sense)| *sense));
        at += found.map_or(first.len_utf8(), |(phrase, _)| phrase.len());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Outcome, outcome};

    #[test]
    fn a_text_says_how_something_went() {
        let successes = [
            "人脸比对通过，判定为同一人",
            "姓名与身份证号码一致",
            "请求成功",
            "认证成功，不计费",
            "未成年人认证成功！",
            "信息核对无误",
            "Sent successfully.",
            "No error",
        ];
        for text in successes {
            assert_eq!(outcome(text), Some(Outcome::Success), "{text}");
        }
        let failures = [
            "姓名与身份证号码不一致",
            "签名未审核通过",
            "审核没有通过",
            "身份核验成功，库中无照片",
            "人脸比对通过，但活体检测失败",
            "活体检测通过的难易程度参数非法",
            "The request was unsuccessful.",
            "Not successful",
        ];
        for text in failures {
            assert_eq!(outcome(text), Some(Outcome::Failure), "{text}");
        }
        for text in [
            "请通过控制台查询",
            "请保持姓名一致",
            "10 分钟内成功一次",
            "印章",
        ] {
            assert_eq!(outcome(text), None, "{text}");
        }
    }
}
