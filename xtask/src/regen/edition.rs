//! What the overlay says about the edition of a document, when another document takes its place.

use errbook_spec::SourceFile;
use errbook_spec::place::At;
use toml_edit::{DocumentMut, value};

use crate::overlay::Overlay;
use crate::regen::facts::whole_file;

/// What a person calls a new edition of a document.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// `--edition`: the name of the edition.
    pub edition: Option<String>,
    /// `--date`: the day or month in which the vendor published it.
    pub date: Option<String>,
}

/// How the overlay changes, so that it does not give a new document the name, the date or the
/// successor of the one before.
#[derive(Debug, Clone, Default)]
pub struct Renaming {
    /// The keys that change, with their new values; `None` for a key that is taken out.
    changes: Vec<(&'static str, Option<String>)>,
}

impl Renaming {
    /// A key that a person has changed since the previous spec was written describes the new
    /// document.
    pub(crate) fn new(overlay: &Overlay, before: Option<&SourceFile>, named: &Named) -> Self {
        let is_stale = |key: &str| {
            before.is_some_and(|before| match key {
                "edition" => same(overlay.edition.as_ref(), before.edition.as_ref()),
                "date" => same(overlay.date.as_ref(), before.date.as_ref()),
                "superseded" => same(overlay.superseded.as_ref(), before.superseded.as_ref()),
                _ => same(overlay.newer.as_ref(), before.newer.as_ref()),
            })
        };
        let keys = [
            ("edition", &named.edition),
            ("date", &named.date),
            ("superseded", &None),
            ("newer", &None),
        ];
        let changes = keys
            .into_iter()
            .filter(|(key, value)| value.is_some() || is_stale(key))
            .map(|(key, value)| (key, value.clone()));
        Self {
            changes: changes.collect(),
        }
    }

    /// Changes an overlay that was read.
    pub(crate) fn apply(&self, overlay: &mut Overlay) {
        let place = whole_file(&overlay.locale.place);
        for (key, value) in &self.changes {
            let value = value.clone().map(|value| At::new(value, place.clone()));
            match *key {
                "edition" => overlay.edition = value,
                "date" => overlay.date = value,
                "superseded" => overlay.superseded = None,
                _ => overlay.newer = None,
            }
        }
    }

    /// Changes the text of an overlay in the same way.
    pub(crate) fn rewrite(&self, text: &str) -> String {
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            return text.to_owned();
        };
        for (key, text) in &self.changes {
            match text {
                Some(text) => document[key] = value(text),
                None => _ = document.remove(key),
            }
        }
        document.to_string()
    }

    /// The keys that are taken out.
    pub(crate) fn removed(&self) -> Vec<&'static str> {
        let removed = self.changes.iter().filter(|(_, value)| value.is_none());
        removed.map(|(key, _)| *key).collect()
    }
}

/// Whether both say something, and the same.
fn same<T: PartialEq>(now: Option<&At<T>>, before: Option<&At<T>>) -> bool {
    now.zip(before)
        .is_some_and(|(now, before)| now.value == before.value)
}
