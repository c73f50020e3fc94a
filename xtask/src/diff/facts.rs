//! The facts of a code as words, so that any two can be compared and shown.

use errbook_spec::place::At;
use errbook_spec::template::Template;
use errbook_spec::{Billing, Code, Param, Retry, word};

/// The word for a fact that the vendor does not state.
pub(super) const UNSPECIFIED: &str = "unspecified";

/// Whether the vendor charges.
pub(super) fn billing(billing: Option<&At<Billing>>) -> String {
    billing
        .map_or(UNSPECIFIED, |billing| word(Billing::WORDS, billing.value))
        .to_owned()
}

/// What a caller should do.
pub(super) fn retry(retry: Option<&At<Retry>>) -> String {
    retry
        .map_or(UNSPECIFIED, |retry| word(Retry::WORDS, retry.value))
        .to_owned()
}

/// A text that may be absent.
pub(super) fn optional(text: Option<&At<String>>) -> Option<String> {
    text.map(|text| text.value.clone())
}

/// A number that may be absent.
pub(super) fn number(number: Option<&At<u32>>) -> Option<String> {
    number.map(|number| number.value.to_string())
}

/// The names of a code's parameters: those that it declares, then those that only its symbol holds.
pub(super) fn parameters(code: &Code) -> Vec<String> {
    let mut names: Vec<_> = code
        .params
        .iter()
        .map(|param| param.name.value.clone())
        .collect();
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    for name in template.into_iter().flat_map(|template| template.names) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// How a parameter is written, and the values it may take.
pub(super) fn parameter(param: &Param) -> String {
    let written = param
        .written
        .iter()
        .map(|written| format!("written {}", written.value));
    let values: Vec<_> = param
        .values
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    let values = (!values.is_empty()).then(|| format!("one of {}", values.join(", ")));
    written.chain(values).collect::<Vec<_>>().join(", ")
}
