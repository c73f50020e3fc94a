//! Reads `interface/LANGUAGE.toml`: the strings of the cards, the site and the changelogs in each
//! language.
//!
//! A new language is a new file: the build script lists the folder. The structs below define the
//! words; the test in this file reports each missing or unknown word of a file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use errbook_spec::facts::{Display, Fact, FactType, Value, facts_of};
use errbook_spec::{Code, Fault, Retry, word};
use toml_edit::{DocumentMut, Item};

use crate::diff::Class;

/// Each language tag with the text of its file, sorted by tag.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/interface.rs"));

/// Declares a table of words, with a field for each.
macro_rules! table {
    ($(#[$doc:meta])* $type:ident = $table:literal { $($field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $type {
            $(pub(crate) $field: String,)*
        }

        impl $type {
            fn take(file: &mut File) -> Self {
                Self { $($field: file.take($table, stringify!($field)),)* }
            }

            /// Each word with its key.
            pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($field), self.$field.as_str()),)*].into_iter()
            }
        }
    };
}

table! {
    /// The words of a card, in the terminal and on the site.
    Card = "card" {
        aliases, also, ask, at_least, billed, billing, by_column, combination, document, edition,
        elsewhere, for_users, former, free, guess, http, in_range, kind, mentioned, message, more,
        near, newer, no_code, not_found, not_in, note_of, one_of, parameters, position, read_note,
        remedy, rest, retired, retired_in, retry, rust, same_digits, section, see_note_free,
        set_note, status, superseded, symbol, undocumented, unknown,
        unspecified, unspecified_see_note, use_instead, user, whose_fault,
    }
}

table! {
    /// The words of the site's pages.
    PageWords = "page" {
        active, all_codes, all_vendors, also_at, answer, any, back, billed_or_unstated,
        billing_stated, billing_unstated, by_fit, by_rest, by_vendor_column, by_vendor_words,
        changes, changes_intro, clear, code, codes, colon, confused, copied, copy, copy_card,
        copy_link, copy_user, coverage, coverage_intro, dark, dead_link, decode_it, details,
        did_you_mean, developers, examples, failed, fault, filters, found, found_one, has_newer,
        in_class, in_search, intro, key_choose, key_open, key_search, kinds, kinds_intro, language,
        left_out, light, match_it, no_codes, no_script, no_vendor, none, none_filtered, none_help,
        none_yet, not_stated, of_texts, own_message, own_message_corrected, pages, place, results,
        retired_label, search, search_hint, see_note, sets, show_more, silent, sort, stop, system,
        tell, text_in, theme, to_all, todo, top, total, vendor, vendors, version, with_kind,
        with_retry,
    }
}

table! {
    /// The words of the tables of `export markdown`, beside those of a card.
    TableWords = "table" {
        code, fallback, heading, hours, kind, lifecycle, seconds, until, wait,
    }
}

table! {
    /// The words of a changelog.
    ChangelogWords = "changelog" {
        head, title, unreleased, colon, code, codes, set, sets, size, use_instead, former,
        means_now, billed, free, unspecified,
    }
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// The language, as a BCP 47 tag.
    pub(crate) tag: &'static str,
    pub(crate) card: Card,
    pub(crate) page: PageWords,
    pub(crate) table: TableWords,
    pub(crate) changelog: ChangelogWords,
    retry: BTreeMap<&'static str, String>,
    /// What a retry class is called where there is no room for a sentence.
    retry_name: BTreeMap<&'static str, String>,
    fault: BTreeMap<&'static str, String>,
    /// The same without examples.
    fault_name: BTreeMap<&'static str, String>,
    fact: BTreeMap<&'static str, String>,
    /// The words for the values of facts: `severity.warning`, `since.edition`.
    value: BTreeMap<String, String>,
    class: BTreeMap<&'static str, String>,
}

static LANGUAGES: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let read = |(tag, text): &(&'static str, &str)| {
        let (words, problems) = Words::read(tag, text);
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        words
    };
    let mut languages: Vec<_> = FILES.iter().map(read).collect();
    languages.sort_by_key(|words| words.tag != "en");
    languages
});

impl Words {
    /// Every language of the interface, English first.
    ///
    /// # Panics
    ///
    /// Never in a tested build: a test reads every file.
    #[must_use]
    pub fn languages() -> &'static [Self] {
        &LANGUAGES
    }

    /// The words for a reader of a language: of that tag, else of the same primary language, else
    /// English.
    pub(crate) fn for_reader(locale: &str) -> &'static Self {
        let languages = Self::languages();
        let primary = |tag: &str| tag.split(['-', '_']).next().map(str::to_ascii_lowercase);
        let exact = languages
            .iter()
            .find(|words| words.tag.eq_ignore_ascii_case(locale));
        exact
            .or_else(|| {
                languages
                    .iter()
                    .find(|words| primary(words.tag) == primary(locale))
            })
            .unwrap_or(&languages[0])
    }

    /// Whether to try again, with the word of the retry class: `never: no, the result is final`.
    pub(crate) fn retry(&self, retry: Retry) -> String {
        let class = word(Retry::WORDS, retry);
        format!("{class}{}{}", self.changelog.colon, self.retry[class])
    }

    /// What a retry class is called where there is no room for a sentence.
    pub(crate) fn retry_name(&self, class: &str) -> &str {
        &self.retry_name[class]
    }

    /// Who usually causes a kind of error.
    pub(crate) fn fault(&self, fault: Fault) -> &str {
        &self.fault[word(Fault::WORDS, fault)]
    }

    /// The label of a fact that cards show like any other.
    pub(crate) fn fact(&self, fact: &Fact) -> &str {
        &self.fact[fact.key]
    }

    /// The value of such a fact, in one line.
    pub(crate) fn value(&self, fact: &Fact, value: &Value) -> String {
        let named = |key: &str| self.value.get(&format!("{}.{key}", fact.key));
        match value {
            Value::Word(word) => named(word.value)
                .map_or(word.value, String::as_str)
                .to_owned(),
            Value::Table(table) => {
                let entries = table.iter().map(|(key, text)| match named(key) {
                    Some(word) => fill(word, &[("value", text)]),
                    None => text.value.clone(),
                });
                entries.collect::<Vec<_>>().join(", ")
            }
            _ => value.text(),
        }
    }

    /// What a changelog calls a class; nothing if changelogs leave it out.
    pub(crate) fn class(&self, class: Class) -> Option<&str> {
        self.class.get(class.word()).map(String::as_str)
    }

    /// The words that the site's templates and script ask for by key.
    pub(crate) fn of_site(&self) -> BTreeMap<String, &str> {
        let own = |(key, word): (&'static str, _)| (key.to_owned(), word);
        let classes = [
            ("retry", &self.retry),
            ("retry-name", &self.retry_name),
            ("fault", &self.fault),
            ("fault-name", &self.fault_name),
        ];
        let classes = classes.into_iter().flat_map(|(table, words)| {
            let keyed = move |(class, word): (&&str, _)| (format!("{table}.{class}"), word);
            words
                .iter()
                .map(keyed)
                .map(|(key, word): (_, &String)| (key, word.as_str()))
        });
        let fact = (self.fact.iter()).map(|(key, word)| (format!("fact.{key}"), word.as_str()));
        let value = (self.value.iter()).map(|(key, word)| (key.clone(), word.as_str()));
        let card = self.card.pairs().map(own);
        card.chain(fact)
            .chain(value)
            .chain(self.page.pairs().map(own))
            .chain(classes)
            .collect()
    }

    /// The words of a file, and what is wrong with it.
    fn read(tag: &'static str, text: &str) -> (Self, Vec<String>) {
        let mut file = File::new(tag, text);
        let classes = Class::words().into_iter();
        let classes = classes.filter(|word| Class::of_word(word).is_some_and(is_in_changelogs));
        let retry_classes = || Retry::WORDS.iter().map(|(class, _)| *class);
        let faults = || Fault::WORDS.iter().map(|(class, _)| *class);
        let words = Self {
            tag,
            card: Card::take(&mut file),
            page: PageWords::take(&mut file),
            table: TableWords::take(&mut file),
            changelog: ChangelogWords::take(&mut file),
            retry: file.take_all("retry", retry_classes()),
            retry_name: file.take_all("retry-name", retry_classes()),
            fault: file.take_all("fault", faults()),
            fault_name: file.take_all("fault-name", faults()),
            fact: shown_facts()
                .map(|fact| (fact.key, file.take("fact", fact.key)))
                .collect(),
            value: value_keys()
                .map(|(fact, key)| (format!("{fact}.{key}"), file.take(fact, key)))
                .collect(),
            class: file.take_all("class", classes),
        };
        (words, file.finish())
    }
}

/// The facts of vendors' codes that cards and pages show with a label and their value.
pub fn shown_facts() -> impl Iterator<Item = &'static Fact> {
    facts_of::<Code>().filter(|fact| !fact.is_for_kinds && fact.display == Display::Labelled)
}

/// The fact and the key of each value that has words.
fn value_keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    shown_facts().flat_map(|fact| {
        let keys = match fact.fact_type() {
            FactType::Word(words) => words,
            FactType::Table(keys) => keys.to_vec(),
            _ => Vec::new(),
        };
        keys.into_iter().map(|key| (fact.key, key))
    })
}

/// Whether a reader of a changelog gains anything from changes of a class.
fn is_in_changelogs(class: Class) -> bool {
    !matches!(
        class,
        Class::LocaleChanged
            | Class::TitleChanged
            | Class::BillingSourceChanged
            | Class::RenameProposed
    )
}

/// A text with its `{placeholders}` replaced.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// A file while its words are taken out of it.
struct File {
    tag: &'static str,
    /// `table.key` with its word.
    words: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl File {
    fn new(tag: &'static str, text: &str) -> Self {
        let mut file = Self {
            tag,
            words: BTreeMap::new(),
            problems: Vec::new(),
        };
        match text.parse::<DocumentMut>() {
            Ok(document) => {
                for (table, item) in document.iter() {
                    file.add_table(table, item);
                }
            }
            Err(error) => file.problems.push(format!("interface/{tag}.toml: {error}")),
        }
        file
    }

    fn add_table(&mut self, table: &str, item: &Item) {
        let words = item
            .as_table_like()
            .into_iter()
            .flat_map(|table| table.iter());
        for (key, word) in words {
            if let Some(word) = word.as_str() {
                self.words.insert(format!("{table}.{key}"), word.to_owned());
            } else {
                let message = format!(
                    "interface/{}.toml: `{table}.{key}` is not a string",
                    self.tag
                );
                self.problems.push(message);
            }
        }
    }

    fn take(&mut self, table: &str, key: &str) -> String {
        let key = format!("{table}.{key}");
        match self.words.remove(&key) {
            Some(word) if !word.trim().is_empty() => word,
            _ => {
                let message = format!("interface/{}.toml: missing word `{key}`", self.tag);
                self.problems.push(message);
                String::new()
            }
        }
    }

    fn take_all(
        &mut self,
        table: &str,
        keys: impl Iterator<Item = &'static str>,
    ) -> BTreeMap<&'static str, String> {
        keys.map(|key| (key, self.take(table, key))).collect()
    }

    fn finish(mut self) -> Vec<String> {
        for key in self.words.keys() {
            let message = format!("interface/{}.toml: unknown word `{key}`", self.tag);
            self.problems.push(message);
        }
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_every_word_and_no_other() {
        let problems: Vec<_> = FILES
            .iter()
            .flat_map(|(tag, text)| Words::read(tag, text).1)
            .collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let tags: Vec<_> = Words::languages().iter().map(|words| words.tag).collect();
        assert_eq!(tags[0], "en");
        assert!(tags.contains(&"zh-CN"), "{tags:?}");
    }

    #[test]
    fn missing_and_unknown_words_are_named() {
        let (_, english) = FILES.iter().find(|(tag, _)| *tag == "en").unwrap();
        let text = english
            .replace("\nback = ", "\nbak = ")
            .replace("\nbackoff = ", "\nbackof = ");
        let problems = Words::read("xx", &text).1;
        assert_eq!(
            problems,
            [
                "interface/xx.toml: missing word `page.back`",
                "interface/xx.toml: missing word `retry.backoff`",
                "interface/xx.toml: missing word `retry-name.backoff`",
                "interface/xx.toml: unknown word `page.bak`",
                "interface/xx.toml: unknown word `retry-name.backof`",
                "interface/xx.toml: unknown word `retry.backof`",
            ]
        );
    }

    #[test]
    fn languages_have_the_same_placeholders() {
        let placeholders = |text: &str| -> BTreeSet<String> {
            let ends = text.split('{').skip(1);
            ends.filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect()
        };
        let english = File::new("en", FILES.iter().find(|(tag, _)| *tag == "en").unwrap().1);
        for (tag, text) in FILES {
            for (key, word) in File::new(tag, text).words {
                assert_eq!(
                    placeholders(&word),
                    placeholders(&english.words[&key]),
                    "interface/{tag}.toml: `{key}`"
                );
            }
        }
    }

    #[test]
    fn the_site_asks_for_words_that_exist_and_for_all_of_its_own() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut asked = BTreeSet::new();
        let mut files = vec![folder.join("src/site/assets/errbook.js")];
        let templates = std::fs::read_dir(folder.join("templates")).unwrap();
        let templates = templates.flatten().map(|entry| entry.path());
        // The folders are those of exported languages.
        files.extend(templates.filter(|path| path.is_file()));
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for opening in [
                " t(\"",
                "(t(\"",
                "[t(\"",
                ", t(\"",
                "{t(\"",
                "shell, \"",
                "word(\"",
                "data-t=\"",
                "\"data-t\": \"",
                "data-aria=\"",
                "data-hint=\"",
                "filled(\"",
                "\"unspecified\" ? \"",
            ] {
                let keys = text.split(opening).skip(1);
                asked.extend(keys.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
        // Words that are asked for by a value: `data-t="retry.{{ … }}"`, `t(item.billing)`.
        asked.retain(|key| !key.contains(['{', '$']) && !key.ends_with('.'));
        let words = Words::for_reader("en").of_site();
        for key in &asked {
            assert!(words.contains_key(key), "the site asks for `{key}`");
        }
        for (key, _) in Words::for_reader("en").page.pairs() {
            assert!(asked.contains(key), "nothing asks for `page.{key}`");
        }
    }

    #[test]
    fn the_nearest_language_is_chosen() {
        for (locale, tag) in [
            ("zh", "zh-CN"),
            ("zh_TW", "zh-CN"),
            ("fr", "en"),
            ("EN-us", "en"),
        ] {
            assert_eq!(Words::for_reader(locale).tag, tag, "{locale}");
        }
    }
}
