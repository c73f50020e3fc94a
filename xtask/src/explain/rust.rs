//! Renders the line of Rust that decodes a code, for the card of the code.

use errbook_spec::{Identity, Set, Spec};

/// The line for a code and, where the set has symbols, the symbol that was received with it.
#[must_use]
pub fn rust_line(spec: &Spec, set: &Set, code: &str, symbol: Option<&str>) -> String {
    let path = format!(
        "errbook_codes::{}::{}",
        spec.vendor.replace('-', "_"),
        set.name.value
    );
    let number = code.parse::<i64>().ok();
    let value = match number.filter(|_| set.wire.is_number()) {
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
