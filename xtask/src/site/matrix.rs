//! Kind by vendor: which code each vendor has for what happened.

use errbook_spec::{Code, Retry, word};

use super::anchor::anchor;
use super::view::{Text, texts};
use crate::explain::Book;

/// One kind, and its codes at each vendor.
pub(super) struct KindView<'a> {
    pub(super) name: &'a str,
    pub(super) definition: Vec<Text<'a>>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    pub(super) http_answer: Option<u32>,
    /// For each vendor, in the order of the book.
    pub(super) cells: Vec<Vec<Cell<'a>>>,
    pub(super) codes: usize,
}

/// One code in a cell.
pub(super) struct Cell<'a> {
    pub(super) id: String,
    pub(super) code: &'a str,
    pub(super) variant: &'a str,
}

/// Every kind of the taxonomy, in its order, whether it has codes or not.
pub(super) fn kinds(book: &Book) -> Vec<KindView<'_>> {
    let kinds = book
        .kinds
        .iter()
        .flat_map(|kinds| &kinds.sets)
        .flat_map(|set| &set.codes);
    kinds.map(|kind| view(book, kind)).collect()
}

fn view<'a>(book: &'a Book, kind: &'a Code) -> KindView<'a> {
    let locale = book
        .kinds
        .as_ref()
        .map_or("en", |kinds| kinds.locale.as_str());
    let cells: Vec<_> = book
        .specs
        .iter()
        .map(|spec| cells(spec, &kind.code))
        .collect();
    KindView {
        name: &kind.code,
        definition: texts(&kind.doc, locale),
        message: texts(&kind.message, locale),
        retry: kind
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value))
            .unwrap_or_default(),
        http_answer: kind.http_answer.as_ref().map(|status| status.value),
        codes: cells.iter().map(Vec::len).sum(),
        cells,
    }
}

fn cells<'a>(spec: &'a errbook_spec::Spec, kind: &str) -> Vec<Cell<'a>> {
    let codes = spec
        .sets
        .iter()
        .flat_map(|set| set.codes.iter().map(move |code| (set, code)));
    let of_kind = codes.filter(|(_, code)| code.kind.as_ref().is_some_and(|own| own.value == kind));
    of_kind
        .map(|(set, code)| Cell {
            id: anchor(spec, set, code),
            code: &code.code,
            variant: &code.variant,
        })
        .collect()
}
