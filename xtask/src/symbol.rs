//! Matches a received symbol against a template of the spec, and fills the template in again.

use errbook_spec::template::Template;
use errbook_spec::{Code, Identity, Param, Set};

/// The names and values of the parameters in a received symbol; empty if the symbol has none, and
/// `None` if it does not match.
pub(crate) fn symbol_params(
    symbol: &str,
    params: &[Param],
    query: &str,
) -> Option<Vec<(String, String)>> {
    if symbol.eq_ignore_ascii_case(query) {
        return Some(Vec::new());
    }
    let template = Template::of(symbol, params)?;
    let mut values = Vec::new();
    let mut literal = template.text.as_str();
    let mut rest = query;
    for name in &template.names {
        let (before, after) = literal.split_once(&format!("<{name}>"))?;
        rest = strip_prefix_ignoring_case(rest, before)?;
        // A value ends where the literal text before the next parameter begins.
        let next = after.split('<').next().unwrap_or_default();
        let end = if next.is_empty() {
            rest.len()
        } else {
            rest.find(next)?
        };
        let (value, tail) = rest.split_at(end);
        values.push((name.clone(), value.to_owned()));
        literal = after;
        rest = tail;
    }
    let complete =
        rest.eq_ignore_ascii_case(literal) && values.iter().all(|(_, value)| !value.is_empty());
    complete.then_some(values)
}

/// The symbol with `<name>` for each of its parameters, however the vendor's document writes them.
pub(crate) fn readable_symbol(symbol: &str, params: &[Param]) -> String {
    filled_template(symbol, params, &[])
}

/// The template with these values, in the vendor's case even if the query was in another.
pub(crate) fn filled_template(
    symbol: &str,
    params: &[Param],
    values: &[(String, String)],
) -> String {
    let Some(template) = Template::of(symbol, params) else {
        return symbol.to_owned();
    };
    let mut out = String::new();
    let mut rest = template.text.as_str();
    for (name, value) in values {
        let Some((before, after)) = rest.split_once(&format!("<{name}>")) else {
            break;
        };
        out.extend([before, value]);
        rest = after;
    }
    out + rest
}

/// Whether the symbol of a code is a value of a template, which another code of the set with the same
/// number has.
pub(crate) fn is_value(set: &Set, code: &Code) -> bool {
    let Some(symbol) = (code.symbol.as_ref()).filter(|_| set.identity == Identity::CodeAndSymbol)
    else {
        return false;
    };
    let mut others = set.codes.iter().filter(|other| other.code == code.code);
    others.any(|other| {
        let template = other.symbol.as_ref().filter(|template| *template != symbol);
        let values = template.and_then(|it| symbol_params(it, &other.params, symbol));
        values.is_some_and(|values| !values.is_empty())
    })
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}
