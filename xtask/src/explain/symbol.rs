//! The symbol of a code as a card shows it.

use errbook_spec::Code;

use crate::explain::Hit;
use crate::symbol::filled_template;

/// The symbol of a hit as the vendor sends it, with `<name>` for each parameter without a value.
pub(super) fn received_symbol(hit: &Hit<'_>, code: &Code) -> Option<String> {
    let symbol = code.symbol.as_ref()?;
    Some(filled_template(symbol, &code.params, &hit.params))
}
