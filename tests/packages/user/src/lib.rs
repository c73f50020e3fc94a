//! A user's crate outside of this repository: `.ci/packages` compiles it with the packages of
//! errbook. It has a spec of its own, an error enum of its own, and decodes what a vendor answered.

use errbook::{ErrorCode, Received};
use errbook_codes::Kind;
use errbook_codes::tencent_huiyan::HuiyanCode;

errbook::include_spec! { "errors.toml", kinds = errbook_codes::Kind }

/// The codes of Huiyan, with facts that this crate decides. Their spec is in a package.
pub mod huiyan {
    errbook_codes::tencent_huiyan_spec! { overrides = "overrides.toml", locales = [en, fr] }
}

/// What can go wrong in this crate.
#[derive(Debug, ErrorCode)]
#[error_code(vendor = "checkout", kinds = Kind)]
pub enum CheckoutError {
    /// The vendor could not verify the customer.
    #[error_code(transparent)]
    Face(#[from] HuiyanCode),
    /// The customer gave an item that is not for sale.
    #[error_code(
        1,
        kind = "invalid-argument",
        message(en = "The item <item> is unknown.")
    )]
    UnknownItem {
        /// The item.
        item: String,
    },
}

/// What the stock of this crate answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ErrorCode)]
#[error_code(vendor = "checkout", message = doc)]
pub enum StockError {
    /// Nothing is left.
    #[error_code(1, retry = "never")]
    SoldOut,
    /// The stock is being counted.
    #[error_code(2, retry = "backoff")]
    Counting,
}

/// The code in the vendor's answer.
///
/// # Errors
///
/// The answer is neither a number nor a string.
pub fn decode(answer: &str) -> serde_json::Result<Received<HuiyanCode>> {
    serde_json::from_str(answer)
}

#[cfg(test)]
mod tests {
    use errbook::{GrpcCode, HttpStatus, Locale};

    use super::*;

    #[test]
    fn the_own_spec_is_compiled() {
        let code = OrderCode::from_code(1002).expect("1002 is in the spec");
        assert_eq!(code, OrderCode::PaymentDeclined);
        assert_eq!(code.message(Locale::DE), "Die Zahlung wurde abgelehnt.");
        assert_eq!(code.kind(), Kind::InvalidArgument);
        assert_eq!(code.kind().grpc(), GrpcCode::InvalidArgument);
        assert_eq!(code.status_code(), Some(http::StatusCode::PAYMENT_REQUIRED));
    }

    #[test]
    fn the_own_error_is_derived() {
        let unknown = CheckoutError::UnknownItem {
            item: "hat".to_owned(),
        };
        assert_eq!(unknown.to_string(), "The item hat is unknown.");
        let face = CheckoutError::from(HuiyanCode::NameAndIdMismatch);
        assert_eq!(face.kind(), Kind::IdentityMismatch);
    }

    #[test]
    fn the_own_codes_are_decoded() {
        let received = Received::<StockError>::from(2);
        assert_eq!(received.known(), Some(StockError::Counting));
        assert_eq!(received.retry(), errbook::Retry::Backoff);
        assert_eq!(Received::<StockError>::from(3).known(), None);
        let message = StockError::ALL[0].message(Locale::EN);
        assert_eq!(message, "Nothing is left.");
    }

    #[test]
    fn facts_of_a_vendor_are_overridden() {
        let mine = huiyan::HuiyanCode::NameAndIdMismatch;
        assert_eq!(mine.retry(), errbook::Retry::Never);
        assert_eq!(
            mine.message(Locale::FR),
            "Nom et numéro ne correspondent pas."
        );
        assert_eq!(
            HuiyanCode::NameAndIdMismatch.retry(),
            errbook::Retry::AfterUserAction
        );
    }

    #[test]
    fn what_the_vendor_answered_is_decoded() {
        let code = decode("2006").expect("a number");
        assert_eq!(code.known(), Some(HuiyanCode::NameAndIdMismatch));
        let later = decode("31337").expect("a number");
        assert_eq!(later.to_string(), "unknown code 31337");
    }
}
