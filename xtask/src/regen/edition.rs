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
pub struct Renaming<'a> {
    /// The keys whose values are those of the document before.
    stale: Vec<&'static str>,
    named: Option<&'a Named>,
}

impl<'a> Renaming<'a> {
    /// A key that a person has changed since the spec before was written describes the new document.
    pub(crate) fn new(overlay: &Overlay, before: Option<&SourceFile>, named: &'a Named) -> Self {
        let Some(before) = before else {
            return Self {
                stale: Vec::new(),
                named: Some(named),
            };
        };
        let is_stale = [
            (
                "edition",
                same(overlay.edition.as_ref(), before.edition.as_ref()),
            ),
            ("date", same(overlay.date.as_ref(), before.date.as_ref())),
            (
                "superseded",
                same(overlay.superseded.as_ref(), before.superseded.as_ref()),
            ),
            ("newer", same(overlay.newer.as_ref(), before.newer.as_ref())),
        ];
        let stale = is_stale.iter().filter(|(_, is_stale)| *is_stale);
        Self {
            stale: stale.map(|(key, _)| *key).collect(),
            named: Some(named),
        }
    }

    /// Changes an overlay that was read.
    pub(crate) fn apply(&self, overlay: &mut Overlay) {
        let place = whole_file(&overlay.locale.place);
        let at = |text: &String| At::new(text.clone(), place.clone());
        for key in &self.stale {
            match *key {
                "edition" => overlay.edition = None,
                "date" => overlay.date = None,
                "superseded" => overlay.superseded = None,
                _ => overlay.newer = None,
            }
        }
        if let Some(named) = self.named {
            overlay.edition = named.edition.as_ref().map(at).or(overlay.edition.take());
            overlay.date = named.date.as_ref().map(at).or(overlay.date.take());
        }
    }

    /// Changes the text of an overlay in the same way.
    pub(crate) fn rewrite(&self, text: &str) -> String {
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            return text.to_owned();
        };
        let named = self.named.into_iter();
        let named = named.flat_map(|it| [("edition", &it.edition), ("date", &it.date)]);
        let named: Vec<_> = named
            .filter_map(|(key, text)| Some((key, text.as_ref()?)))
            .collect();
        for key in self.removed() {
            document.remove(key);
        }
        for (key, text) in named {
            document[key] = value(text);
        }
        document.to_string()
    }

    /// The stale keys that nothing takes the place of.
    pub(crate) fn removed(&self) -> Vec<&'static str> {
        let has = |key: &str| match (key, self.named) {
            ("edition", Some(named)) => named.edition.is_some(),
            ("date", Some(named)) => named.date.is_some(),
            _ => false,
        };
        let keys = self.stale.iter().copied();
        keys.filter(|key| !has(key)).collect()
    }
}

/// Whether both say something, and the same.
fn same<T: PartialEq>(now: Option<&At<T>>, before: Option<&At<T>>) -> bool {
    now.zip(before)
        .is_some_and(|(now, before)| now.value == before.value)
}
