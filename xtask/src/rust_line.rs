//! Renders the line of Rust that decodes a code, for the card of the code.

use errbook_spec::{Code, Identity, Set, Spec};

/// The path of a set in Rust code: below that of the modules of its registry, if it has a crate.
#[must_use]
pub fn set_path(modules: Option<&str>, spec: &Spec, set: &Set) -> String {
    let module = spec.vendor.replace('-', "_");
    let path = [modules, Some(&module), Some(&set.name)];
    path.into_iter().flatten().collect::<Vec<_>>().join("::")
}

/// The line for a code of the set at this path and, where the set has symbols, the symbol that was
/// received with it. A former meaning, which does not decode, is named.
#[must_use]
pub fn rust_line(path: &str, set: &Set, code: &Code, symbol: Option<&str>) -> String {
    if code.is_former() {
        return format!("{path}::{}", code.variant.value);
    }
    let code = code.code.as_str();
    let value = match set.wire.number(code) {
        Some(number) => number.to_string(),
        None => format!("{code:?}"),
    };
    match (set.identity, symbol) {
        (Identity::CodeAndSymbol, Some(symbol)) => {
            format!("{path}::from_code_and_symbol({value}, {symbol:?})")
        }
        (Identity::CodeAndSymbol, None) => format!("{path}::all_with_code({value})"),
        (Identity::Code, _) => format!("{path}::from_code({value})"),
    }
}
