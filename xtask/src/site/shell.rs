//! What all pages of a site share: head, menu and foot.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde_json::json;

use crate::book::Book;
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
            stamp,
        }
    }
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
