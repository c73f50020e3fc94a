//! Matches a received symbol against a template of the spec, and fills the template in again.

use errbook_spec::Code;
use errbook_spec::template::Template;

use crate::explain::Hit;

/// The names and values of the parameters in a received symbol; empty if the symbol has none, and
/// `None` if it does not match.
pub(super) fn symbol_params(
    symbol: &str,
    code: &Code,
    query: &str,
) -> Option<Vec<(String, String)>> {
    if symbol.eq_ignore_ascii_case(query) {
        return Some(Vec::new());
    }
    let template = Template::of(symbol, &code.params)?;
    let mut params = Vec::new();
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
        params.push((name.clone(), value.to_owned()));
        literal = after;
        rest = tail;
    }
    let complete =
        rest.eq_ignore_ascii_case(literal) && params.iter().all(|(_, value)| !value.is_empty());
    complete.then_some(params)
}

/// The symbol of a hit as the vendor sends it; without values for its parameters, as the document
/// writes it.
pub(super) fn received_symbol(hit: &Hit<'_>, code: &Code) -> Option<String> {
    let symbol = code.symbol.as_ref()?;
    Some(if hit.params.is_empty() {
        symbol.value.clone()
    } else {
        filled_template(symbol, code, &hit.params)
    })
}

/// The template with these values, in the vendor's case even if the query was in another.
fn filled_template(symbol: &str, code: &Code, params: &[(String, String)]) -> String {
    let Some(template) = Template::of(symbol, &code.params) else {
        return symbol.to_owned();
    };
    let mut out = String::new();
    let mut rest = template.text.as_str();
    for (name, value) in params {
        let Some((before, after)) = rest.split_once(&format!("<{name}>")) else {
            break;
        };
        out.extend([before, value]);
        rest = after;
    }
    out + rest
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}
