//! The derive with other features of Rust: generics, lifetimes, raw identifiers, attributes, other
//! derives.

use std::error::Error;
use std::fmt::{Debug, Display};

use errbook::{ErrorCode, Locale, Received, Wire};
use errbook_codes::tencent_kyc::FaceCode;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[non_exhaustive]
enum Generic<'a, T, E, const N: usize = 3>
where
    T: Clone,
{
    /// A value of a type parameter.
    #[error_code(1, message = "<value> is wrong, not <expected>")]
    Value { value: T, expected: &'a str },
    #[error_code(2, message = "it did not work")]
    Failed {
        #[source]
        cause: E,
    },
    #[error_code(3, message = "these are too many")]
    Many([u8; N]),
}

#[test]
fn generics_and_lifetimes_are_supported() {
    let text = String::from("five");
    let error: Generic<'_, u8, std::fmt::Error> = Generic::Value {
        value: 4,
        expected: &text,
    };
    assert_eq!(error.message(Locale::EN), "4 is wrong, not five");
    assert_eq!(error, error.clone());
    let error: Generic<'static, u8, std::fmt::Error> = Generic::Failed {
        cause: std::fmt::Error,
    };
    assert!(error.source().is_some());
    assert_eq!(
        Generic::<u8, std::fmt::Error>::Many([0; 3]).code(),
        Wire::Integer(3)
    );
}

#[derive(Debug, errbook::ErrorCode)]
enum Around<E, T: ?Sized + 'static> {
    #[error_code(transparent)]
    Inner(E),
    #[error_code(7, message = "beside")]
    Beside(std::marker::PhantomData<T>),
}

#[test]
fn the_wrapped_error_can_be_generic() {
    let error: Around<FaceCode, str> = Around::Inner(FaceCode::LivenessFailed);
    assert_eq!(error.code(), FaceCode::LivenessFailed.wire());
    assert_eq!(
        Around::<FaceCode, str>::Beside(std::marker::PhantomData).to_string(),
        "beside"
    );
}

#[derive(Debug, errbook::ErrorCode)]
enum Any {
    #[error_code(transparent)]
    Boxed(#[from] Box<dyn ErrorCode + Send + Sync>),
    #[error_code(transparent)]
    Shared(std::sync::Arc<FaceCode>),
}

#[test]
fn the_wrapped_error_can_be_boxed() {
    let error = Any::from(Box::new(FaceCode::LivenessFailed) as Box<dyn ErrorCode + Send + Sync>);
    let shared = Any::Shared(std::sync::Arc::new(FaceCode::LivenessFailed));
    for error in [error, shared] {
        assert_eq!(error.to_string(), FaceCode::LivenessFailed.to_string());
        assert_eq!(error.vendor(), "tencent-kyc");
    }
}

#[derive(Debug, errbook::ErrorCode)]
#[allow(
    non_camel_case_types,
    reason = "raw identifiers are the subject of the test"
)]
enum r#enum {
    #[error_code(1, message = "<type> and <fn>")]
    r#match { r#type: u8, r#fn: &'static str },
    #[error_code(2, message = "<source>")]
    other { r#source: u8 },
}

#[test]
fn raw_identifiers_are_supported() {
    assert_eq!(
        r#enum::r#match {
            r#type: 1,
            r#fn: "f"
        }
        .to_string(),
        "1 and f"
    );
    let error = r#enum::other { r#source: 3 };
    assert_eq!(error.to_string(), "3");
    assert!(
        error.source().is_none(),
        "a field named `r#source` is not the source"
    );
}

#[derive(Debug, errbook::ErrorCode)]
enum Conditional {
    #[error_code(1, message = "there")]
    There,
    #[cfg(any())]
    #[error_code(1, message = "not there")]
    NotThere(NoSuchType),
    #[cfg_attr(all(), error_code(2, message = "there too"))]
    ThereToo,
    #[deprecated(note = "use `There`")]
    #[error_code(3, message = "still there")]
    Old,
}

#[test]
#[expect(deprecated, reason = "the test uses the deprecated variant")]
fn variants_can_be_conditional() {
    assert_eq!(Conditional::There.to_string(), "there");
    assert_eq!(
        (Conditional::ThereToo.code(), Conditional::Old.code()),
        (Wire::Integer(2), Wire::Integer(3))
    );
}

#[derive(Debug, errbook::ErrorCode)]
enum Never {}

#[test]
fn an_empty_enum_implements_error_code() {
    fn is_error<E: ErrorCode>() {}
    is_error::<Never>();
}

#[test]
fn an_item_inside_a_function_can_derive() {
    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "inner")]
    struct Inner;
    assert_eq!(Inner.to_string(), "inner");
}

macro_rules! error {
    ($name:ident, $code:literal, $message:expr, $field:ident: $ty:ty) => {
        #[derive(Debug, errbook::ErrorCode)]
        enum $name {
            #[error_code($code, message = $message)]
            Only { $field: $ty },
        }
    };
}

error!(FromMacro, 12, "the <thing>", thing: u8);

#[test]
fn a_macro_can_generate_the_item() {
    let error = FromMacro::Only { thing: 1 };
    assert_eq!(
        (error.code(), error.to_string()),
        (Wire::Integer(12), "the 1".to_owned())
    );
}

macro_rules! with_types {
    ($visibility:vis $name:ident: $cause:ty, $path:ty, $boxed:ty) => {
        #[derive(Debug, errbook::ErrorCode)]
        $visibility enum $name<const N: usize> {
            #[error_code(1, message = "<path> cannot be read")]
            Read { path: $path, source: $cause },
            #[error_code(transparent)]
            Face(#[from] $boxed),
            #[error_code(3, message = "these are too many")]
            Many([u8; N]),
        }
    };
}

with_types!(Private: Option<std::fmt::Error>, std::path::PathBuf, Box<FaceCode>);
with_types!(pub(crate) Visible: std::fmt::Error, &'static std::path::Path, FaceCode);

/// A `$ty` of a macro is recognized as `Option`, `Box` or `Path`.
#[test]
fn types_can_be_arguments_of_a_macro() {
    let error = Private::<2>::Read {
        path: "a.toml".into(),
        source: Some(std::fmt::Error),
    };
    assert_eq!(
        (error.to_string().as_str(), error.source().is_some()),
        ("a.toml cannot be read", true)
    );
    let error = Private::<2>::from(Box::new(FaceCode::LivenessFailed));
    assert_eq!(error.code(), FaceCode::LivenessFailed.wire());
    let error = Visible::<2>::Read {
        path: std::path::Path::new("b.toml"),
        source: std::fmt::Error,
    };
    assert_eq!(
        (error.to_string().as_str(), error.source().is_some()),
        ("b.toml cannot be read", true)
    );
    let errors = [
        Visible::<2>::from(FaceCode::LivenessFailed),
        Visible::Many([0; 2]),
    ];
    assert_eq!(
        errors.each_ref().map(|error| error.code()),
        [FaceCode::LivenessFailed.wire(), Wire::Integer(3)]
    );
    assert!(matches!(Private::Many([1]), Private::<1>::Many([1])));
}

macro_rules! with_attributes {
    ($($(#[$meta:meta])* $variant:ident $(($(#[$of_field:meta])* $ty:ty))?,)*) => {
        #[derive(Debug, errbook::ErrorCode)]
        enum WithAttributes {
            $($(#[$meta])* $variant $(($(#[$of_field])* $ty))?,)*
        }
    };
}

with_attributes! {
    /// Text.
    #[error_code(1, message = "one")]
    One,
    #[error_code(2, message = "two")]
    Two(#[from] std::fmt::Error),
    #[error_code(3, message = "three of <count>")]
    Three(#[error_code(param = "count")] u8),
}

#[test]
fn attributes_can_be_arguments_of_a_macro() {
    let errors = [
        WithAttributes::One,
        WithAttributes::from(std::fmt::Error),
        WithAttributes::Three(7),
    ];
    assert_eq!(
        errors.each_ref().map(ToString::to_string),
        ["one", "two", "three of 7"]
    );
    assert_eq!(
        errors.each_ref().map(|error| error.source().is_some()),
        [false, true, false]
    );
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "<name> of <inner>")]
struct Bound<T: Display + Debug>
where
    T: Copy,
{
    name: std::borrow::Cow<'static, str>,
    inner: T,
}

#[test]
fn bounds_of_the_item_are_kept() {
    let error = Bound {
        name: "1".into(),
        inner: 'x',
    };
    assert_eq!(error.to_string(), "1 of x");
}

#[derive(Debug, errbook::ErrorCode)]
enum Gateway {
    #[error_code(9, message = "the vendor answered: <_0>")]
    Vendor(Received<FaceCode>),
}

#[test]
fn a_received_code_can_be_a_field() {
    assert_eq!(
        Gateway::Vendor(Received::from(5)).to_string(),
        "the vendor answered: unknown code 5"
    );
}
