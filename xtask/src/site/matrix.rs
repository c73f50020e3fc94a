//! The kinds page: rows of the kind matrix in, texts and links for the template out.

use std::borrow::Cow;

use errbook_spec::{Code, GrpcCode, Retry, Spec, word};

use crate::explain::Book;
use crate::kind_matrix::{KindCell, KindRow, kind_matrix};
use crate::site::anchor;
use crate::site::view::{Text, text_views};

/// One kind, and its codes at each vendor.
pub(super) struct KindView<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) definition: Vec<Text<'a>>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    /// What to answer clients with: `422, INVALID_ARGUMENT`.
    pub(super) answer: String,
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

/// The taxonomies of the registry and of those that it includes, each once.
pub(super) fn taxonomies(book: &Book) -> Vec<&Spec> {
    let mut found: Vec<&Spec> = Vec::new();
    for taxonomy in book
        .registries()
        .filter_map(|registry| registry.kinds.as_ref())
    {
        if found
            .iter()
            .all(|known| known.vendor.value != taxonomy.vendor.value)
        {
            found.push(taxonomy);
        }
    }
    found
}

/// What the site calls a kind of the taxonomy with this name. Kinds of another taxonomy than the
/// first may have the same names, so they are qualified.
pub(super) fn kind_name<'a>(taxonomies: &[&Spec], taxonomy: &str, kind: &'a str) -> Cow<'a, str> {
    let mut others = taxonomies.iter().skip(1);
    if others.any(|other| other.vendor.value == taxonomy) {
        format!("{taxonomy}/{kind}").into()
    } else {
        kind.into()
    }
}

/// The rows of the page.
pub(super) fn kinds(book: &Book) -> Vec<KindView<'_>> {
    let taxonomies = taxonomies(book);
    let vendors: Vec<&Spec> = book.vendors().collect();
    let rows = taxonomies.iter().copied().flat_map(|taxonomy| {
        let rows = kind_matrix(taxonomy, &vendors);
        rows.into_iter().map(move |row| (taxonomy, row))
    });
    rows.map(|(taxonomy, row)| view(&row, taxonomy, &taxonomies))
        .collect()
}

fn view<'a>(row: &KindRow<'a>, taxonomy: &Spec, taxonomies: &[&Spec]) -> KindView<'a> {
    let kind = row.kind;
    let locale = &taxonomy.locale;
    KindView {
        name: kind_name(taxonomies, &taxonomy.vendor, &kind.code),
        definition: text_views(&kind.doc, locale),
        message: text_views(&kind.message, locale),
        retry: kind
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value))
            .unwrap_or_default(),
        answer: answer(kind),
        codes: row.count(),
        cells: row.cells.iter().map(links).collect(),
    }
}

/// The HTTP status and the gRPC code of a kind, as far as it has them.
fn answer(kind: &Code) -> String {
    let http = kind.http_answer.as_ref().map(|status| status.to_string());
    let grpc = kind
        .grpc
        .as_ref()
        .map(|code| word(GrpcCode::WORDS, code.value).to_owned());
    http.into_iter().chain(grpc).collect::<Vec<_>>().join(", ")
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
