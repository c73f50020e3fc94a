//! Decides whether a query identifies a code, and reads the values of parameters in it.

use errbook_spec::{Code, Set};

use crate::reference;
use crate::symbol::symbol_params;
use crate::text::percent_encoded;
use errbook_ingest::code::fold;

/// A query in the form in which codes are written: full-width letters and typographic minus signs
/// become ASCII. Queries that are not ASCII even then (Chinese words) are only trimmed.
#[must_use]
pub fn normalized_query(query: &str) -> String {
    let folded = fold(query.trim());
    if folded.is_ascii() {
        folded.into_owned()
    } else {
        query.trim().to_owned()
    }
}

/// Whether a query is one code of a vendor, and nothing else: its code, its symbol, one of its
/// names, or a reference to it.
#[must_use]
pub fn identifies(vendor: &str, set: &Set, code: &Code, query: &str) -> bool {
    let mut aliases = code.aliases.iter();
    let mut names = std::iter::once(&code.variant).chain(&code.was_variant);
    *code.code == query
        || closest_params(code, query).is_some()
        || code.was.iter().any(|was| was.value == query)
        || aliases.any(|alias| alias.eq_ignore_ascii_case(query))
        || names.any(|name| name.eq_ignore_ascii_case(query))
        || is_reference(vendor, set, code, query).unwrap_or(false)
}

/// The parameters of a received symbol, by the template that has most of its text: with the alias
/// `NAME:<param>` of the symbol `NAME<param>`, the colon of `NAME:x` is not part of the parameter.
pub(super) fn closest_params(code: &Code, query: &str) -> Option<Vec<(String, String)>> {
    let own = code
        .symbol
        .iter()
        .filter_map(|symbol| symbol_params(symbol, &code.params, query));
    // `written` says how the symbol writes a parameter; an alias writes it `<name>`.
    let aliases = code
        .aliases
        .iter()
        .filter_map(|alias| symbol_params(alias, &[], query));
    // An alias without parameters is a match of its own kind.
    let aliases = aliases.filter(|params| !params.is_empty());
    let value_length =
        |params: &Vec<(String, String)>| params.iter().map(|(_, value)| value.len()).sum::<usize>();
    own.chain(aliases).min_by_key(value_length)
}

/// Whether a query is a reference: `FaceCode.-5007`, the Rust path `FaceCode::NoSound`, or the
/// fragment of a link to the site, `FaceCode/-5007`; each may start with the vendor:
/// `tencent-kyc/`.
fn is_reference(vendor: &str, set: &Set, code: &Code, query: &str) -> Option<bool> {
    let within = query
        .strip_prefix(vendor)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(query);
    let inside = within.strip_prefix(set.name.as_str())?;
    if let Some(variant) = inside.strip_prefix("::") {
        return Some(code.variant.value == variant);
    }
    let (number, symbol) = match inside.strip_prefix('/') {
        Some(link) => link
            .split_once('/')
            .map_or((link.to_owned(), None), |(number, symbol)| {
                (number.to_owned(), Some(symbol.to_owned()))
            }),
        None => {
            let mut parts = reference::split_reference(inside.strip_prefix('.')?, 2)?.into_iter();
            (parts.next()?, parts.next())
        }
    };
    let mut own = [&code.code, &code.variant].into_iter();
    let is_own = own.any(|own| own.value == number || percent_encoded(own) == number);
    let Some(symbol) = symbol.filter(|_| is_own) else {
        return Some(is_own);
    };
    // The link to a former meaning ends with its name.
    if code.is_former() && symbol.rsplit('/').next() == Some(&percent_encoded(&code.variant)) {
        return Some(true);
    }
    let own = code.symbol.as_ref()?;
    Some(percent_encoded(own) == symbol || symbol_params(own, &code.params, &symbol).is_some())
}
