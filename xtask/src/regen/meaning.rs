//! A number that the vendor gave another meaning: what was released must not change it in silence.

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Status, Texts};

use toml_edit::{InlineTable, Value};

use crate::diff::form_key;
use crate::overlay::lines::{self, Entries};
use crate::overlay::{Entry, Same, SetOverlay};
use crate::reference::{Key, code_key, codes_by_key};
use crate::regen::names::derived_name;
use crate::regen::promised::Promised;
use crate::regen::values::Values;
use crate::write::toml_key;

/// Words that say nothing about the error by themselves.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "are", "be", "been", "by", "for", "from", "has", "have", "in", "is", "it",
    "no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "with", "you", "your",
];

/// How many letters of a word count: `authorized` and `authorization` are the same.
const STEM: usize = 6;

/// Reports codes that may have another meaning than before: nothing is left of their text, they
/// were retired and are in the document again with other words, or they have the words of a former
/// meaning. The overlay decides each.
pub(super) fn check_meanings(
    set: &Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
    context: &Context<'_>,
    problems: &mut Problems,
) {
    let released = context.promised.sets_of(set);
    let by_key = codes_by_key(earlier.iter().copied());
    let released_by_key = codes_by_key(released.iter().copied());
    let entries = overlay.entries_by_key();
    let mut former = BTreeMap::<Key, Vec<_>>::new();
    for code in set.codes.iter().filter(|code| code.is_former()) {
        let key = code_key(code, set.identity).now();
        former.entry(key).or_default().push(code);
    }
    for code in set
        .codes
        .iter()
        .filter(|code| code.status == Status::Active)
    {
        let key = code_key(code, set.identity);
        if context.values.contains_key(&key) {
            continue;
        }
        let last = by_key.get(&key).copied();
        let before = if context.promised.has_releases() {
            released_by_key.get(&key).copied()
        } else {
            last
        };
        let doubt = Doubt {
            set,
            code,
            key: &key,
            former: former.get(&key).map_or(&[], Vec::as_slice),
            new: context.text(code, &code.message),
        };
        let entry = entries.get(&key).copied();
        if doubt.new.is_empty() || says_same(entry, doubt.new) {
            continue;
        }
        if let Some((last, former)) = doubt.former_again(last, context) {
            let mut released = released.iter().flat_map(|set| &set.codes);
            let is_kept = !context.promised.has_releases()
                || released.any(|code| code.variant == last.variant);
            report(
                &doubt,
                former,
                &Why::Former(last, is_kept),
                context,
                problems,
            );
            continue;
        }
        let Some(before) = before else { continue };
        if doubt
            .former()
            .any(|former| former.variant == before.variant)
            || entries.contains_key(&key.formerly(&before.variant))
        {
            continue;
        }
        let mut states = last.into_iter().chain([before]);
        let was_retired = states.any(|code| code.status == Status::Retired);
        let olds: Vec<_> = context.texts(before, code).collect();
        if was_retired && olds.iter().all(|old| form_key(old) != form_key(doubt.new)) {
            report(&doubt, before, &Why::Returned, context, problems);
        } else if !was_retired
            && !olds.is_empty()
            && olds.iter().all(|old| nothing_is_left(old, doubt.new))
            && remedy_differs(before, code, context.language(code))
        {
            report(&doubt, before, &Why::Other, context, problems);
        }
    }
}

/// What a check of meanings needs besides the codes.
pub(super) struct Context<'a> {
    pub(super) promised: &'a Promised,
    /// The document's language.
    pub(super) locale: &'a str,
    /// The entries of overlay.toml.
    pub(super) overlay: Entries<'a>,
    /// The name of this edition of the document.
    pub(super) edition: &'a str,
    /// The codes that are values of a template: the overlay says what they mean, not a row.
    pub(super) values: &'a Values,
}

impl Context<'_> {
    /// The language of a code's row.
    fn language<'c>(&'c self, code: &'c Code) -> &'c str {
        code.locale.as_ref().map_or(self.locale, |tag| tag.as_str())
    }

    fn text<'t>(&self, code: &Code, texts: &'t Texts) -> &'t str {
        let text = texts.get(self.language(code));
        text.map(|text| text.value.as_str()).unwrap_or_default()
    }

    /// The texts of an earlier state. Where the overlay or a translation file corrects the vendor's
    /// words, the spec has both.
    fn texts<'t>(&self, before: &'t Code, now: &Code) -> impl Iterator<Item = &'t str> {
        let texts = [&before.message, &before.said].map(|texts| self.text(now, texts));
        texts.into_iter().filter(|text| !text.is_empty())
    }
}

/// A code that may have another meaning.
struct Doubt<'a> {
    set: &'a Set,
    code: &'a Code,
    key: &'a Key,
    /// The former meanings of its key.
    former: &'a [&'a Code],
    /// Its text in the document.
    new: &'a str,
}

impl<'a> Doubt<'a> {
    /// The former meanings of its key.
    fn former(&self) -> impl Iterator<Item = &'a Code> {
        self.former.iter().copied()
    }

    /// What the code meant until now, and the former meaning whose words it has again.
    fn former_again<'l>(
        &self,
        last: Option<&'l Code>,
        context: &Context<'_>,
    ) -> Option<(&'l Code, &'a Code)> {
        let has_words = |code: &Code| {
            let mut texts = context.texts(code, self.code);
            texts.any(|text| form_key(text) == form_key(self.new))
        };
        let is_former = |code: &Code| self.former().any(|former| former.variant == code.variant);
        let last = last.filter(|last| !has_words(last) && !is_former(last))?;
        let former = self.former().find(|code| has_words(code))?;
        Some((last, former))
    }
}

/// Whether the remedy does not say either that the error is the same.
fn remedy_differs(old: &Code, new: &Code, language: &str) -> bool {
    let [old, new] = [old, new].map(|code| code.remedy.get(language).map(|it| form_key(it)));
    old.is_none() || old != new
}

/// Whether the overlay says that the error is the same.
fn says_same(entry: Option<&Entry>, new: &str) -> bool {
    match entry.and_then(|entry| entry.same.as_ref()) {
        Some(Same::Always(always)) => *always,
        Some(Same::Text(text)) => form_key(text) == form_key(new),
        None => false,
    }
}

/// Why a code may have another meaning.
enum Why<'a> {
    /// Nothing is left of its text.
    Other,
    /// It was retired, and is in the document again.
    Returned,
    /// It has the words of a former meaning, instead of this one. Whether programs know it.
    Former(&'a Code, bool),
}

/// Reports a code with the lines that decide it, for either decision.
fn report(
    doubt: &Doubt<'_>,
    before: &Code,
    why: &Why<'_>,
    context: &Context<'_>,
    problems: &mut Problems,
) {
    let reference = format!("{}.{}", doubt.set.name.value, doubt.key.reference());
    let one_line = |text: &str| text.replace('\n', " / ");
    let old = context.texts(before, doubt.code).last().unwrap_or_default();
    let words = format!("`{}` is now `{}`", one_line(old), one_line(doubt.new));
    let name = &before.variant.value;
    let message = match why {
        Why::Other => {
            format!("`{reference}` may have another meaning: nothing is left of its text: {words}")
        }
        Why::Returned => format!(
            "`{reference}` may have another meaning: it was retired, and is in the document again \
             with other words: {words}"
        ),
        Why::Former(..) => format!(
            "`{reference}` has the words of its former meaning `{name}` again: `{}`",
            one_line(doubt.new)
        ),
    };
    let lines = Lines::new(doubt, before, context);
    let table = format!("[set.{}.code]", toml_key(&doubt.set.name));
    let help = match why {
        Why::Former(last, is_kept) => format!(
            "if it is `{name}` again, its entry in overlay.toml is, under {table}:\n    {}\n  \
             if not:\n    {}",
            lines.swapped(is_kept.then_some(last)),
            lines.same()
        ),
        Why::Other | Why::Returned => format!(
            "if it is the same error, its entry in overlay.toml is, under {table}:\n    {}\n  \
             if it is another one, `{name}` keeps its meaning, and the new one gets a name of its \
             own:\n    {}",
            lines.same(),
            lines.split()
        ),
    };
    problems.push_with_help(&doubt.code.code.place, message, help);
}

/// The lines of overlay.toml that decide what a code means.
struct Lines<'a> {
    doubt: &'a Doubt<'a>,
    /// The meaning that the code had, or has again.
    before: &'a Code,
    edition: &'a str,
    /// The entries of former meanings.
    former: Vec<InlineTable>,
    /// The entry of what the code means now, or meant until now; empty without one.
    now: InlineTable,
}

impl<'a> Lines<'a> {
    fn new(doubt: &'a Doubt<'a>, before: &'a Code, context: &Context<'a>) -> Self {
        let entries = context.overlay.of(&doubt.set.name, doubt.key);
        let (former, now): (Vec<_>, Vec<_>) = entries.into_iter().partition(lines::is_former);
        Self {
            doubt,
            before,
            edition: context.edition,
            former,
            now: now.into_iter().next().unwrap_or_default(),
        }
    }

    /// The line that says that the error is the same.
    fn same(&self) -> String {
        let mut now = self.now.clone();
        now.insert("same", self.doubt.new.into());
        self.line(self.former.clone(), Some(now))
    }

    /// The line that gives the new meaning a name of its own, if one can be derived.
    fn split(&self) -> String {
        let mut former = self.former.clone();
        former.push(self.until(&self.before.variant, self.now.clone()));
        let taken = |name: &String| {
            let mut codes = self.doubt.set.codes.iter().chain([self.before]);
            codes.any(|code| code.variant.value == *name)
        };
        let name = derived_name(self.doubt.code).filter(|name| !taken(name));
        let named = name.map(|name| {
            let mut now = InlineTable::new();
            now.insert("variant", name.into());
            now
        });
        self.line(former, named)
    }

    /// The line in which the code has a former meaning again, and `last` has become one.
    fn swapped(&self, last: Option<&Code>) -> String {
        let variant = |entry: &InlineTable| {
            entry.get("variant").and_then(Value::as_str) == Some(&self.before.variant)
        };
        let mut former = self.former.clone();
        let at = former.iter().position(variant);
        let mut now = at.map(|at| former.remove(at)).unwrap_or_default();
        now.remove("until");
        let now = with_name(&self.before.variant, now);
        former.extend(last.map(|last| self.until(&last.variant, self.now.clone())));
        self.line(former, Some(now))
    }

    /// The entry of a meaning that the code has no longer.
    fn until(&self, variant: &str, mut entry: InlineTable) -> InlineTable {
        entry.remove("same");
        let mut entry = with_name(variant, entry);
        entry.insert("until", self.edition.into());
        entry
    }

    fn line(&self, mut entries: Vec<InlineTable>, now: Option<InlineTable>) -> String {
        entries.extend(now);
        lines::line(self.doubt.key, entries)
    }
}

/// The entry with this name, which comes first.
fn with_name(variant: &str, mut entry: InlineTable) -> InlineTable {
    entry.remove("variant");
    let mut named = InlineTable::new();
    named.insert("variant", variant.into());
    named.extend(entry);
    named
}

/// Whether two texts have no word in common, or no two letters beside each other in a script that
/// does not separate words.
///
/// ```text
/// The side is not valid. / Specify BUY or SELL.        nothing is left
/// 查无此号 / 无此号照片                                 此号 is left
/// ```
fn nothing_is_left(old: &str, new: &str) -> bool {
    let [old, new] = [old, new].map(parts);
    !old.is_empty() && !new.is_empty() && old.is_disjoint(&new)
}

/// The words of a text, and the pairs of letters where words are not separated.
fn parts(text: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    let text = text.to_lowercase();
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().all(char::is_ascii) {
            if !letters.is_empty() && !EMPTY_WORDS.contains(&word) {
                parts.insert(letters.iter().take(STEM).collect());
            }
        } else {
            parts.extend(
                letters
                    .windows(2)
                    .map(|pair| pair.iter().collect::<String>()),
            );
            if let [single] = letters[..] {
                parts.insert(single.to_string());
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_or_two_letters_beside_each_other_are_left() {
        for (old, new, nothing) in [
            ("The side is not valid.", "Specify BUY or SELL.", true),
            ("group id not exist", "target in group blacklist", false),
            (
                "Unsupported order combination.",
                "Your account is being reviewed.",
                true,
            ),
            ("Not authorized.", "Authorization failed.", false),
            ("查无此号", "无此号照片", false),
            ("人脸检测失败", "账户余额不足", true),
            ("", "anything", false),
        ] {
            assert_eq!(nothing_is_left(old, new), nothing, "{old} / {new}");
        }
    }
}
