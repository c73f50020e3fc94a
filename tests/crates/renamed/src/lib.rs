//! A crate that depends on errbook under another name, and passes that to the macros with `crate = …`.

#![no_std]
#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

fehler::include_spec! { "../../fixtures/derive/orders.toml", crate = ::fehler }

/// An error of this crate.
#[derive(Debug, fehler::ErrorCode)]
#[error_code(spec = "../../fixtures/derive/orders.toml", crate = fehler)]
pub enum OrderError {
    /// Too little is left.
    OutOfStock {
        /// Of what.
        sku: &'static str,
        /// How much there is.
        left: u8,
    },
    /// There is too much.
    Busy,
    /// What the registry says.
    #[error_code(transparent)]
    Code(#[from] OrderCode),
}

#[test]
fn it_works_under_another_name() {
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
}
