//! A query and a code, and whether the one names the other.

use errbook_spec::template::Template;
use errbook_spec::{Code, Set};

use crate::explain::How;
use crate::explain::symbol::symbol_params;
use crate::ingest::code::fold;
use crate::reference;
use crate::site::escaped;

/// A query as codes are written: full-width letters and a typesetter's minus become what a keyboard has. Words of
/// another script stay as they are.
#[must_use]
pub fn written(query: &str) -> String {
    let folded = fold(query.trim());
    if folded.is_ascii() {
        folded.into_owned()
    } else {
        query.trim().to_owned()
    }
}

/// How a query names a code of a vendor, if it does.
#[must_use]
pub fn identifies(vendor: &str, set: &Set, code: &Code, query: &str) -> Option<How<'static>> {
    if *code.code == query {
        return Some(How::Code);
    }
    if let Some(params) = code
        .symbol
        .as_ref()
        .and_then(|symbol| symbol_params(symbol, code, query))
    {
        return Some(How::Symbol(params));
    }
    let former = code.was.iter().any(|was| was.value == query);
    if former
        || code
            .aliases
            .iter()
            .any(|alias| alias.eq_ignore_ascii_case(query))
    {
        return Some(How::Alias);
    }
    let mut names = std::iter::once(&code.variant).chain(&code.was_variant);
    if names.any(|name| name.eq_ignore_ascii_case(query)) {
        return Some(How::Variant);
    }
    refers(vendor, set, code, query)
}

/// `FaceCode.-5007`, `FaceCode::NoSound` as Rust has it, `FaceCode/-5007` as the site links it; `tencent-kyc/` may stand
/// in front of each.
fn refers(vendor: &str, set: &Set, code: &Code, query: &str) -> Option<How<'static>> {
    let within = query
        .strip_prefix(vendor)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(query);
    let inside = within.strip_prefix(set.name.as_str())?;
    if let Some(variant) = inside.strip_prefix("::") {
        return (code.variant.value == variant).then_some(How::Code);
    }
    let (number, symbol) = match inside.strip_prefix('/') {
        Some(link) => link
            .split_once('/')
            .map_or((link.to_owned(), None), |(number, symbol)| {
                (number.to_owned(), Some(symbol.to_owned()))
            }),
        None => {
            let mut parts = reference::parts(inside.strip_prefix('.')?, 2)?.into_iter();
            (parts.next()?, parts.next())
        }
    };
    let own = [&code.code, &code.variant];
    if !own
        .iter()
        .any(|own| own.value == number || escaped(own) == number)
    {
        return None;
    }
    let Some(symbol) = symbol else {
        return Some(How::Code);
    };
    let own = code.symbol.as_ref()?;
    if escaped(own) == symbol {
        return Some(How::Code);
    }
    symbol_params(own, code, &symbol).map(How::Symbol)
}

/// Whether a query is what a template begins with, up to the mark that ends it: `MISSING_ARGUMENTS`.
pub(super) fn begins_template(code: &Code, query: &str) -> bool {
    let bare = |text: &str| {
        text.trim_end_matches(|last: char| last.is_ascii_punctuation())
            .to_ascii_lowercase()
    };
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    let wanted = bare(query);
    template.is_some_and(|template| !wanted.is_empty() && bare(&template.prefix) == wanted)
}

/// A code that is nothing but a number.
pub(super) fn is_number(query: &str) -> bool {
    let digits = query.trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// The digits that are left when the sign and leading zeros are gone.
pub(super) fn digits(code: &str) -> &str {
    code.trim_start_matches(['-', '+']).trim_start_matches('0')
}
