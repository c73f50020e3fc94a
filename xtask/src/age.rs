//! How old a vendor's document is: what the cards, the pages and the exports show of it.

use std::borrow::Cow;

use errbook_spec::{Spec, Superseded};

/// The edition of a document, and whether there is a later one.
#[derive(Debug)]
pub(crate) struct Age<'a> {
    /// The vendor's name for the edition, with its day if that is another: `V2 (2018-12-06)`.
    pub(crate) edition: Option<Cow<'a, str>>,
    /// The day of the document, if the spec has it.
    pub(crate) day: Option<&'a str>,
    /// Since when the vendor has a later edition, if it has one.
    pub(crate) superseded: Option<&'a Superseded>,
    /// The URL of a later edition.
    pub(crate) newer: Option<&'a str>,
}

impl<'a> Age<'a> {
    /// The age of the document of a spec; nothing if the spec says nothing about it.
    pub(crate) fn of(spec: &'a Spec) -> Option<Self> {
        let source = spec.source.as_ref()?;
        let name = source.edition.as_ref().map(|name| name.value.as_str());
        let day = source.date.as_ref().map(|day| day.value.as_str());
        let edition = match (name, day) {
            (Some(name), Some(day)) if name != day => Some(format!("{name} ({day})").into()),
            (name, day) => name.or(day).map(Cow::from),
        };
        let superseded = source.superseded.as_ref().map(|at| &at.value);
        let newer = source.newer.as_ref().map(|url| url.value.as_str());
        (edition.is_some() || superseded.is_some()).then_some(Self {
            edition,
            day,
            superseded,
            newer,
        })
    }
}
