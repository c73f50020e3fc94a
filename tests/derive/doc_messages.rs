//! Doc comments as messages.

use errbook::Locale;

#[derive(Debug, errbook::ErrorCode)]
#[error_code(message = doc)]
enum Order {
    /// Only `<left>` of `<sku>` are left. Ask again
    /// when `left` is higher.
    ///
    /// # Where it occurs
    ///
    /// This is for readers of the documentation.
    #[error_code(1001)]
    OutOfStock { sku: String, left: u32 },
    /// The bank did not answer.
    #[error_code(1002, message(en = doc, de = "Die Bank hat nicht geantwortet."))]
    Bank,
    /// For readers of the code.
    #[error_code(1003, message = "Nothing is known of it.")]
    Unknown,
    /// Around another error.
    #[error_code(transparent)]
    Late(#[from] Late),
}

/** <_0> seconds
 * too late. */
#[derive(Debug, errbook::ErrorCode)]
#[error_code("LATE", message = doc)]
struct Late(u32);

macro_rules! documented {
    ($text:literal, $(#[$meta:meta])*) => {
        #[derive(Debug, errbook::ErrorCode)]
        #[doc = $text]
        $(#[$meta])*
        #[error_code(1, message = doc)]
        struct Documented;
    };
}

documented! { "Passed on", /** by a macro. */ }

#[test]
fn a_doc_comment_can_be_the_message() {
    let error = Order::OutOfStock {
        sku: "A-7".to_owned(),
        left: 2,
    };
    assert_eq!(
        error.to_string(),
        "Only 2 of A-7 are left. Ask again when `left` is higher."
    );
    assert_eq!(Order::Bank.to_string(), "The bank did not answer.");
    assert_eq!(
        Order::Bank.message(Locale::DE),
        "Die Bank hat nicht geantwortet."
    );
    assert_eq!(Order::Unknown.to_string(), "Nothing is known of it.");
    assert_eq!(Order::from(Late(3)).to_string(), "3 seconds too late.");
    assert_eq!(Documented.to_string(), "Passed on by a macro.");
}
