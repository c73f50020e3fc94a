//! The symbol of a code as a card shows it.

use errbook_spec::Code;

use crate::explain::Hit;
use crate::symbol::filled_template;

/// The symbol of a hit as the vendor sends it; without values for its parameters, as the document
/// writes it.
pub(super) fn received_symbol(hit: &Hit<'_>, code: &Code) -> Option<String> {
    let symbol = code.symbol.as_ref()?;
    Some(if hit.params.is_empty() {
        symbol.value.clone()
    } else {
        filled_template(symbol, &code.params, &hit.params)
    })
}
