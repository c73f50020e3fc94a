//! The kinds page: rows of the kind matrix in, texts and links for the template out.

use errbook_spec::{Retry, word};

use crate::explain::Book;
use crate::kind_matrix::{KindCell, KindRow, kind_matrix};
use crate::site::anchor;
use crate::site::view::{Text, text_views};

/// One kind, and its codes at each vendor.
pub(super) struct KindView<'a> {
    pub(super) name: &'a str,
    pub(super) definition: Vec<Text<'a>>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    pub(super) http_answer: Option<u32>,
    /// The codes of each vendor, in the order of the book.
    pub(super) cells: Vec<Vec<Link<'a>>>,
    pub(super) codes: usize,
}

/// A link to the card of one code.
pub(super) struct Link<'a> {
    pub(super) id: String,
    pub(super) code: &'a str,
    pub(super) variant: &'a str,
}

/// The rows of the page.
pub(super) fn kinds(book: &Book) -> Vec<KindView<'_>> {
    let locale = book
        .kinds
        .as_ref()
        .map_or("en", |kinds| kinds.locale.as_str());
    kind_matrix(book.kinds.as_ref(), &book.specs)
        .iter()
        .map(|row| view(row, locale))
        .collect()
}

fn view<'a>(row: &KindRow<'a>, locale: &str) -> KindView<'a> {
    let kind = row.kind;
    KindView {
        name: &kind.code,
        definition: text_views(&kind.doc, locale),
        message: text_views(&kind.message, locale),
        retry: kind
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value))
            .unwrap_or_default(),
        http_answer: kind.http_answer.as_ref().map(|status| status.value),
        codes: row.count(),
        cells: row.cells.iter().map(links).collect(),
    }
}

fn links<'a>(cell: &KindCell<'a>) -> Vec<Link<'a>> {
    let codes = cell
        .sets
        .iter()
        .flat_map(|(set, codes)| codes.iter().map(move |code| (*set, *code)));
    codes
        .map(|(set, code)| Link {
            id: anchor(cell.spec, set, code),
            code: &code.code,
            variant: &code.variant,
        })
        .collect()
}
