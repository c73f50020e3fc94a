//! The kinds page: rows of the kind matrix in, texts and links for the template out.

use std::borrow::Cow;

use errbook_spec::{Code, Fault, GrpcCode, Spec, word};

use crate::kind_matrix::{KindCell, KindRow, kind_matrix};
use crate::site::anchor::code_page;
use crate::site::card::{VendorLink, vendor_link};
use crate::site::context::{Context, Text};
use crate::site::view::retry_word;

/// One kind, and its codes at each vendor.
pub(super) struct KindView<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) title: Vec<Text<'a>>,
    pub(super) definition: Vec<Text<'a>>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) fault: &'static str,
    pub(super) retry: &'static str,
    /// What to answer clients with: `HTTP 422, gRPC INVALID_ARGUMENT`.
    pub(super) answer: String,
    /// The kinds that it is easily confused with.
    pub(super) unlike: Vec<Other<'a>>,
    /// The vendors that have such codes, in the order of the book.
    pub(super) vendors: Vec<(VendorLink<'a>, Vec<SetLinks<'a>>)>,
    pub(super) codes: usize,
}

/// A link to another kind.
pub(super) struct Other<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) title: Vec<Text<'a>>,
}

/// The codes of one set that have the kind.
pub(super) struct SetLinks<'a> {
    pub(super) name: &'a str,
    pub(super) title: Vec<Text<'a>>,
    pub(super) codes: Vec<Link<'a>>,
}

/// A link to the page of one code.
pub(super) struct Link<'a> {
    pub(super) page: String,
    pub(super) code: &'a str,
    pub(super) variant: &'a str,
}

/// The kinds in the order of the page.
pub(super) fn kinds<'a>(context: &Context<'a>) -> Vec<KindView<'a>> {
    let vendors: Vec<&Spec> = context.book.vendors().collect();
    let rows = context.taxonomies.iter().copied().flat_map(|taxonomy| {
        let rows = kind_matrix(taxonomy, &vendors);
        rows.into_iter().map(move |row| (taxonomy, row))
    });
    rows.map(|(taxonomy, row)| view(context, taxonomy, &row))
        .collect()
}

fn view<'a>(context: &Context<'a>, taxonomy: &'a Spec, row: &KindRow<'a>) -> KindView<'a> {
    let kind = row.kind;
    let locale = &taxonomy.locale;
    let entries = || taxonomy.sets.iter().flat_map(|set| &set.codes);
    let others = kind.unlike.iter().map(|name| {
        let other = entries().find(|entry| entry.code.value == name.value);
        Other {
            name: context.qualified(&taxonomy.vendor, name),
            title: other.map_or_else(Vec::new, |other| context.texts(&other.title, locale)),
        }
    });
    KindView {
        name: context.qualified(&taxonomy.vendor, &kind.code),
        title: context.texts(&kind.title, locale),
        definition: context.texts(&kind.doc, locale),
        message: context.texts(&kind.message, locale),
        fault: (kind.fault.as_ref()).map_or("", |fault| word(Fault::WORDS, fault.value)),
        retry: retry_word(kind.retry.as_ref()),
        answer: answer(kind),
        unlike: others.collect(),
        codes: row.count(),
        vendors: (row.cells.iter())
            .filter(|cell| !cell.sets.is_empty())
            .map(|cell| (vendor_link(context, cell.spec), sets(context, cell)))
            .collect(),
    }
}

/// The HTTP status and the gRPC code of a kind, as far as it has them.
fn answer(kind: &Code) -> String {
    let http = kind.http_answer.as_ref();
    let http = http.map(|status| format!("HTTP {}", status.value));
    let grpc = kind
        .grpc
        .as_ref()
        .map(|code| format!("gRPC {}", word(GrpcCode::WORDS, code.value)));
    http.into_iter().chain(grpc).collect::<Vec<_>>().join(", ")
}

fn sets<'a>(context: &Context<'a>, cell: &KindCell<'a>) -> Vec<SetLinks<'a>> {
    let links = cell.sets.iter().map(|(set, codes)| SetLinks {
        name: &set.name,
        title: context.texts(&set.title, &cell.spec.locale),
        codes: (codes.iter())
            .map(|code| Link {
                page: code_page(cell.spec, set, code),
                code: &code.code,
                variant: &code.variant,
            })
            .collect(),
    });
    links.collect()
}
