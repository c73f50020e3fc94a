//! A code in, the line of Rust that decodes it out, for the card of the code.

use errbook_spec::{Identity, Set, Spec, Wire};

/// The line for a code and, where the set has symbols, the symbol that was received with it.
#[must_use]
pub fn rust_line(spec: &Spec, set: &Set, code: &str, symbol: Option<&str>) -> String {
    let path = format!(
        "errbook_codes::{}::{}",
        spec.vendor.replace('-', "_"),
        set.name.value
    );
    let value = match set.wire {
        Wire::Integer | Wire::Integer64 => code
            .parse::<i64>()
            .map_or_else(|_| format!("{code:?}"), |n| n.to_string()),
        Wire::String | Wire::Flags => format!("{code:?}"),
    };
    match (set.identity, symbol) {
        (Identity::CodeAndSymbol, Some(symbol)) => {
            format!("{path}::from_code_and_symbol({value}, {symbol:?})")
        }
        (Identity::CodeAndSymbol, None) => format!("{path}::all_with_code({value})"),
        (Identity::Code, _) => format!("{path}::from_code({value})"),
    }
}
