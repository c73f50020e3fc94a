//! What all pages of a site share: head, menu and foot.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde_json::json;

use crate::book::Book;
use crate::coverage::Coverage;
use crate::interface::{Words, fill};
use crate::text::percent_encoded;

/// What is the same on all pages of a site.
pub(super) struct Frame<'a> {
    /// The title of the site.
    pub(super) title: &'a str,
    /// The address that the site is published at, which ends with a slash.
    pub(super) address: Option<&'a str>,
    pub(super) version: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    /// The languages of the registry.
    pub(super) languages: &'a [String],
    /// How many texts a language has if it lacks most: `{"ja":[24,509]}`.
    pub(super) few: Option<String>,
    /// Changes with the files that pages load, so that no page runs with old ones from a cache.
    pub(super) stamp: String,
}

impl<'a> Frame<'a> {
    pub(super) fn new(
        book: &'a Book,
        languages: &'a [String],
        date: Option<&'a str>,
        stamp: String,
    ) -> Self {
        // The title of errbook.toml, or the name of the registry.
        let title = book.site.title.as_ref().or(book.registry.as_ref());
        Self {
            title: title.map_or("Error codes", String::as_str),
            address: book.site.url.as_deref(),
            version: book.version.as_deref(),
            date,
            languages,
            few: few_texts(book, languages),
            stamp,
        }
    }
}

/// The languages that lack most texts, with how many they have of how many, as JSON.
fn few_texts(book: &Book, languages: &[String]) -> Option<String> {
    let sets = book.specs.iter().flat_map(|spec| &spec.sets);
    let each: Vec<_> = sets.map(|set| Coverage::of(set, languages)).collect();
    let texts = Coverage::total(each.iter()).texts.into_iter();
    let few = texts.filter(|(_, share)| share.part * 2 < share.whole);
    let few = few.map(|(tag, share)| (tag, json!([share.part, share.whole])));
    let few: serde_json::Map<_, _> = few.collect();
    (!few.is_empty()).then(|| serde_json::Value::Object(few).to_string())
}

/// The parts of one page that the base template shows.
pub(super) struct Shell<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) site: &'a str,
    pub(super) title: String,
    /// What the page is about, for previews of links.
    pub(super) description: String,
    /// The address of the page, if the site has one.
    pub(super) canonical: Option<String>,
    /// The relative path to the folder of the site: empty, or `../`.
    pub(super) root: String,
    /// The current entry of the menu.
    pub(super) here: &'static str,
    pub(super) languages: &'a [String],
    pub(super) few: Option<&'a str>,
    pub(super) version: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    pub(super) address: Option<&'a str>,
}

/// A word of the interface with values in it.
pub(super) struct Filled {
    pub(super) name: String,
    /// The values by name, as JSON.
    pub(super) values: String,
    /// The word in English.
    pub(super) text: String,
}

#[expect(
    clippy::unused_self,
    reason = "templates call them as methods of the shell"
)]
impl<'a> Shell<'a> {
    /// `page` is the path of the page below the folder of the site.
    pub(super) fn new(frame: &'a Frame<'a>, page: &str, here: &'static str) -> Self {
        let path = if page == "index.html" { "" } else { page };
        Self {
            frame,
            site: frame.title,
            title: String::new(),
            description: String::new(),
            canonical: frame.address.map(|address| format!("{address}{path}")),
            root: "../".repeat(page.matches('/').count()),
            here,
            languages: frame.languages,
            few: frame.few.as_deref(),
            version: frame.version,
            date: frame.date,
            address: frame.address,
        }
    }

    pub(super) fn titled(self, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            ..self
        }
    }

    /// The title of the page and that of the site.
    pub(super) fn full_title(&self) -> String {
        if self.title == self.site {
            self.title.clone()
        } else {
            format!("{} · {}", self.title, self.site)
        }
    }

    /// The address of a file that pages load.
    pub(super) fn asset(&self, name: &str) -> String {
        format!("{}{name}?{}", self.root, self.frame.stamp)
    }

    pub(super) fn word(&self, name: impl AsRef<str>) -> &'static str {
        english(name.as_ref())
    }

    pub(super) fn key(&self, table: &str, word: &str) -> String {
        format!("{table}.{word}")
    }

    /// The parts of a name of code, between which a line may break: after a hump or a separator.
    pub(super) fn pieces<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let mut pieces = Vec::new();
        let mut begin = 0;
        let letters = name.char_indices().zip(name.chars().skip(1));
        for ((at, letter), next) in letters {
            let is_end = letter.is_lowercase() && (next.is_uppercase() || next.is_numeric())
                || "_:./".contains(letter);
            if is_end {
                let end = at + letter.len_utf8();
                pieces.push(&name[begin..end]);
                begin = end;
            }
        }
        pieces.push(&name[begin..]);
        pieces
    }

    pub(super) fn encoded(&self, text: &str) -> String {
        percent_encoded(text)
    }

    pub(super) fn filled(&self, name: &str, key: &str, value: impl Display) -> Filled {
        Filled::new(name, &[(key, &value.to_string())])
    }

    pub(super) fn former(&self, edition: &str, code: &str, variant: &str) -> Filled {
        let values = [("edition", edition), ("code", code), ("variant", variant)];
        Filled::new("former", &values)
    }
}

impl Filled {
    pub(super) fn new(name: impl Into<String>, values: &[(&str, &str)]) -> Self {
        let name = name.into();
        let object = values
            .iter()
            .map(|(key, value)| ((*key).to_owned(), json!(value)));
        Self {
            values: serde_json::Value::Object(object.collect()).to_string(),
            text: fill(english(&name), values),
            name,
        }
    }
}

/// A word of the interface in English.
pub(super) fn english(name: &str) -> &'static str {
    static WORDS: LazyLock<BTreeMap<String, &'static str>> =
        LazyLock::new(|| Words::for_reader("en").of_site());
    WORDS.get(name).copied().unwrap_or_default()
}
