//! A crate that depends on errbook under another name, and passes the name to the macros with
//! `crate = …`.

#![no_std]
#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

fehler::include_spec! { "../../fixtures/derive/orders.toml", crate = ::fehler }

/// An error of this crate.
#[derive(Debug, fehler::ErrorCode)]
#[error_code(spec = "../../fixtures/derive/orders.toml", crate = fehler)]
pub enum OrderError {
    /// The article is out of stock.
    OutOfStock {
        /// The article.
        sku: &'static str,
        /// How many are left.
        left: u8,
    },
    /// There are too many orders.
    Busy,
    /// Wraps a code of the registry.
    #[error_code(transparent)]
    Code(#[from] OrderCode),
}

/// A set of codes of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, fehler::ErrorCode)]
#[error_code(message = doc, code_set, crate = fehler)]
pub enum StockError {
    /// Nothing is left.
    #[error_code(1)]
    SoldOut,
}

#[test]
fn the_macros_work_under_another_name() {
    use fehler::{ErrorCode, Locale};
    assert_eq!(OrderError::Busy.wire(), OrderCode::Busy.wire());
    assert_eq!(
        OrderError::from(OrderCode::Busy).code(),
        OrderCode::Busy.wire()
    );
    assert_eq!(
        OrderError::OutOfStock { sku: "A", left: 1 }.message(Locale::DE),
        "Von A sind nur 1 da."
    );
    assert_eq!(StockError::try_from(1), Ok(StockError::SoldOut));
    assert_eq!(StockError::SoldOut.message(Locale::EN), "Nothing is left.");
}
