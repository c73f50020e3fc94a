//! The cases of thiserror's own tests that compile. Those that are rejected are in `ui/derive`.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use errbook::{ErrorCode, Locale, Wire};

/// `test_display.rs`: braced, tuple and unit variants, unused fields, trailing commas, line breaks,
/// special characters.
mod display {
    use errbook::ErrorCode;

    #[derive(Debug, ErrorCode)]
    enum Display {
        #[error_code(1, message = "braced error: <id>")]
        Braced { id: usize },
        #[error_code(2, message = "tuple error: <_0>")]
        Tuple(
            usize,
            #[expect(dead_code, reason = "no message names it")] usize,
        ),
        #[error_code(3, message = "unit { error } \x7B < > <>\n")]
        Unit,
    }

    #[test]
    fn variants_of_every_shape_are_displayed() {
        assert_eq!(Display::Braced { id: 0 }.to_string(), "braced error: 0");
        assert_eq!(Display::Tuple(0, 1).to_string(), "tuple error: 0");
        assert_eq!(Display::Unit.to_string(), "unit { error } { < > <>\n");
    }
}

/// `test_from.rs`.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "...")]
struct FromStruct {
    #[from]
    source: io::Error,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "...")]
struct FromOptional(#[from] Option<io::Error>);

#[derive(Debug, errbook::ErrorCode)]
enum FromEnum {
    #[error_code(1, message = "...")]
    Io {
        #[from]
        source: Option<io::Error>,
    },
    #[error_code(2, message = "... <_0>")]
    Fmt(#[from] std::fmt::Error),
}

#[test]
fn from_sets_the_source() {
    let errors: [Box<dyn ErrorCode>; 3] = [
        Box::new(FromStruct::from(io::Error::other("x"))),
        Box::new(FromOptional::from(io::Error::other("x"))),
        Box::new(FromEnum::from(io::Error::other("x"))),
    ];
    for error in errors {
        assert_eq!(error.source().unwrap().to_string(), "x");
    }
    assert!(FromEnum::Io { source: None }.source().is_none());
    assert!(FromEnum::from(std::fmt::Error).source().is_some());
}

/// `test_source.rs`.
#[derive(Debug, errbook::ErrorCode)]
enum Source {
    #[error_code(1, message = "implicit")]
    Implicit { source: io::Error },
    #[error_code(2, message = "explicit")]
    Explicit {
        #[source]
        io: io::Error,
    },
    #[error_code(3, message = "boxed")]
    Boxed {
        source: Box<dyn std::error::Error + Send + 'static>,
    },
    #[error_code(4, message = "shared")]
    Shared(#[source] std::sync::Arc<io::Error>),
    #[error_code(5, message = "any: <_0>")]
    Any(#[from] anyhow::Error),
    #[error_code(6, message = "code")]
    Code(#[source] Box<dyn ErrorCode + Send + Sync>),
}

#[test]
fn the_source_is_returned() {
    let io = || io::Error::other("oh no!");
    let errors = [
        Source::Implicit { source: io() },
        Source::Explicit { io: io() },
        Source::Boxed {
            source: Box::new(io()),
        },
        Source::Shared(std::sync::Arc::new(io())),
        Source::from(anyhow::Error::from(io())),
    ];
    for error in errors {
        assert_eq!(error.source().unwrap().to_string(), "oh no!", "{error}");
    }
    let code = Source::Code(Box::new(FromStruct { source: io() }));
    assert_eq!(code.source().unwrap().to_string(), "...");
}

/// `test_transparent.rs`.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(transparent)]
struct Transparent<'a> {
    inner: TransparentKind<'a>,
}

#[derive(Debug, errbook::ErrorCode)]
enum TransparentKind<'a> {
    #[error_code(0, message = "E0 <token>")]
    E0 { token: &'a str },
    #[error_code(1, message = "E1")]
    E1(#[from] io::Error),
}

#[test]
fn a_transparent_error_forwards_its_display_and_source() {
    let token = String::from("t");
    let error = Transparent {
        inner: TransparentKind::E0 { token: &token },
    };
    assert_eq!(
        (error.to_string(), error.source().is_none()),
        ("E0 t".to_owned(), true)
    );
    let error = Transparent {
        inner: TransparentKind::from(io::Error::other("oh no!")),
    };
    assert_eq!(
        (error.to_string(), error.code()),
        ("E1".to_owned(), Wire::Integer(1))
    );
    assert!(
        error
            .source()
            .unwrap()
            .downcast_ref::<io::Error>()
            .is_some()
    );
}

/// `test_path.rs`.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "failed to read '<file>'")]
struct Path {
    file: PathBuf,
}

#[test]
fn paths_are_displayed() {
    assert_eq!(
        Path {
            file: PathBuf::from("/thiserror")
        }
        .message(Locale::EN),
        "failed to read '/thiserror'"
    );
}

/// `test_generics.rs`.
struct NoFormat;

#[derive(errbook::ErrorCode)]
enum Compound<HasDisplay, HasNeither> {
    #[error_code(1, message = "<_0>")]
    Display(HasDisplay, HasNeither),
    #[error_code(2, message = "none")]
    None(HasNeither),
}

impl<HasDisplay, HasNeither> std::fmt::Debug for Compound<HasDisplay, HasNeither> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Compound")
    }
}

#[derive(Debug, errbook::ErrorCode)]
enum AssociatedType<T: std::str::FromStr> {
    #[error_code(1, message = "couldn't parse entry: <_0>")]
    Entry(T::Err),
}

#[test]
fn generic_fields_are_displayed() {
    let error: Compound<&str, NoFormat> = Compound::Display("display only", NoFormat);
    assert_eq!(error.to_string(), "display only");
    assert_eq!(Compound::<&str, _>::None(NoFormat).to_string(), "none");
    let error: AssociatedType<u8> = AssociatedType::Entry("x".parse::<u8>().unwrap_err());
    assert_eq!(
        error.to_string(),
        "couldn't parse entry: invalid digit found in string"
    );
}
