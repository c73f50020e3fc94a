//! Decides whether and how a query identifies a code.

use errbook_spec::template::Template;
use errbook_spec::{Code, Set};

use crate::explain::How;
use crate::explain::symbol::symbol_params;
use crate::reference;
use crate::site::percent_encoded;
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

/// How a query identifies a code of a vendor, if it does.
#[must_use]
pub fn identifies(vendor: &str, set: &Set, code: &Code, query: &str) -> Option<How<'static>> {
    if *code.code == query {
        return Some(How::Code);
    }
    if let Some(params) = closest_params(code, query) {
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
    match_reference(vendor, set, code, query)
}

/// The parameters of a received symbol, by the template that has most of its text: with the alias
/// `NAME:<param>` of the symbol `NAME<param>`, the colon of `NAME:x` is not part of the parameter.
fn closest_params(code: &Code, query: &str) -> Option<Vec<(String, String)>> {
    let own = code
        .symbol
        .iter()
        .filter_map(|symbol| symbol_params(symbol, code, query));
    let aliases = code
        .aliases
        .iter()
        .filter_map(|alias| symbol_params(alias, code, query));
    // An alias without parameters is a match of its own kind.
    let aliases = aliases.filter(|params| !params.is_empty());
    let value_length =
        |params: &Vec<(String, String)>| params.iter().map(|(_, value)| value.len()).sum::<usize>();
    own.chain(aliases).min_by_key(value_length)
}

/// Whether a query is a reference: `FaceCode.-5007`, the Rust path `FaceCode::NoSound`, or the
/// fragment of a link to the site, `FaceCode/-5007`; each may start with the vendor:
/// `tencent-kyc/`.
fn match_reference(vendor: &str, set: &Set, code: &Code, query: &str) -> Option<How<'static>> {
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
            let mut parts = reference::split_reference(inside.strip_prefix('.')?, 2)?.into_iter();
            (parts.next()?, parts.next())
        }
    };
    let own = [&code.code, &code.variant];
    if !own
        .iter()
        .any(|own| own.value == number || percent_encoded(own) == number)
    {
        return None;
    }
    let Some(symbol) = symbol else {
        return Some(How::Code);
    };
    // The link to a former meaning ends with its name.
    if code.is_former() && symbol.rsplit('/').next() == Some(&percent_encoded(&code.variant)) {
        return Some(How::Code);
    }
    let own = code.symbol.as_ref()?;
    if percent_encoded(own) == symbol {
        return Some(How::Code);
    }
    symbol_params(own, code, &symbol).map(How::Symbol)
}

/// Whether a query is the text of a template before its first parameter, with or without the
/// separator: `MISSING_ARGUMENTS` for `MISSING_ARGUMENTS:<param>`.
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

/// Whether a query is a number, with or without a sign.
pub(super) fn is_number(query: &str) -> bool {
    let digits = query.trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// The digits of a number without sign and leading zeros.
pub(super) fn significant_digits(code: &str) -> &str {
    code.trim_start_matches(['-', '+']).trim_start_matches('0')
}
