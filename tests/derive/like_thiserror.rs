//! The shapes that thiserror 2 tests its derive with, in our own words: one module for each of its
//! test files. What errbook rejects is in `tests/macros/ui/derive/like-thiserror.rs`.

#![deny(
    warnings,
    deprecated,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::elidable_lifetime_names,
    clippy::needless_lifetimes
)]

use std::error::Error;
use std::fmt::Display;

fn prints(error: impl Display, expected: &str) {
    assert_eq!(error.to_string(), expected);
}

fn source_of(error: &dyn Error) -> Option<String> {
    error.source().map(ToString::to_string)
}

/// Fields of the type `Backtrace`, which stay ordinary fields.
mod test_backtrace {
    use std::backtrace::Backtrace;

    use super::{prints, source_of};

    #[derive(Debug, errbook::ErrorCode)]
    enum Lost {
        #[error_code(1, message = "lost")]
        Alone { backtrace: Backtrace },
        #[error_code(2, message = "lost")]
        Beside {
            #[source]
            cause: std::fmt::Error,
            backtrace: Backtrace,
        },
    }

    #[test]
    fn a_backtrace_is_an_ordinary_field() {
        let backtrace = Backtrace::disabled();
        let alone = Lost::Alone { backtrace };
        prints(&alone, "lost");
        assert_eq!(source_of(&alone), None);
        let beside = Lost::Beside {
            cause: std::fmt::Error,
            backtrace: Backtrace::disabled(),
        };
        assert!(source_of(&beside).is_some());
        let (Lost::Alone { backtrace } | Lost::Beside { backtrace, .. }) = beside;
        assert_eq!(
            backtrace.status(),
            std::backtrace::BacktraceStatus::Disabled
        );
    }
}

/// Braced, tuple and unit types, unused fields, escapes, raw names, items from macros.
mod test_display {
    use super::prints;

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "no answer from <host>")]
    struct Braced {
        host: &'static str,
        #[expect(dead_code, reason = "no message names it")]
        port: u16,
    }

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "line <_1>")]
    struct Tuple(
        #[expect(dead_code, reason = "no message names it")] char,
        u32,
    );

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "nothing")]
    struct Unit;

    #[derive(Debug, errbook::ErrorCode)]
    enum Void {}

    #[derive(Debug, errbook::ErrorCode)]
    enum Shapes {
        #[error_code(1, message = "id <id>")]
        Braced { id: usize },
        #[error_code(2, message = "<_0> <_0>")]
        Tuple(
            usize,
            #[expect(dead_code, reason = "no message names it")] usize,
        ),
        #[error_code(3, message = "unit")]
        Unit,
        #[error_code(
            4,
            message = "fn main() {} { } \x7B \u{7D} new\
                                   line <> < >\n"
        )]
        Characters,
        #[error_code(5, message = r#"raw "\x7B" {"#)]
        RawString,
        #[error_code(6, message = "<fn> of <type>")]
        RawNames { r#fn: u8, r#type: u8 },
    }

    #[test]
    fn every_shape_is_printed() {
        prints(
            Braced {
                host: "example.org",
                port: 80,
            },
            "no answer from example.org",
        );
        prints(Tuple('x', 7), "line 7");
        prints(Unit, "nothing");
        prints(Shapes::Braced { id: 0 }, "id 0");
        prints(Shapes::Tuple(4, 1), "4 4");
        prints(Shapes::Unit, "unit");
        prints(Shapes::Characters, "fn main() {} { } { } newline <> < >\n");
        prints(Shapes::RawString, r#"raw "\x7B" {"#);
        prints(Shapes::RawNames { r#fn: 1, r#type: 2 }, "1 of 2");
        let none: [Void; 0] = [];
        assert_eq!(none.iter().map(ToString::to_string).count(), 0);
    }

    macro_rules! with_variant {
        ($variant:ident($ty:ident)) => {
            #[derive(Debug, errbook::ErrorCode)]
            enum WithVariant {
                #[error_code(1, message = "<_0>")]
                $variant($ty),
            }
        };
    }

    macro_rules! with_body {
        ($($body:tt)*) => {
            #[derive(Debug, errbook::ErrorCode)]
            enum WithBody {
                $($body)*
            }
        };
    }

    with_variant!(Passed(u8));

    with_body! {
        #[error_code(1, message = "<_0>")]
        Unnamed(u8),
        #[error_code(2, message = "<x>")]
        Named { x: u8 },
    }

    #[test]
    fn parts_may_come_from_a_macro() {
        prints(WithVariant::Passed(1), "1");
        prints(WithBody::Unnamed(2), "2");
        prints(WithBody::Named { x: 3 }, "3");
    }
}

/// That every shape is an error, with and without a source.
mod test_error {
    use std::error::Error;
    use std::fmt;

    use super::source_of;

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "braced")]
    #[expect(dead_code, reason = "no message names the fields")]
    struct Braced {
        line: u32,
        text: String,
    }

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "tuple")]
    struct Tuple(
        #[expect(dead_code, reason = "no message names it")] String,
        #[source] anyhow::Error,
    );

    #[derive(Debug, errbook::ErrorCode)]
    enum Shapes {
        #[error_code(1, message = "braced")]
        Braced {
            #[source]
            cause: fmt::Error,
        },
        #[error_code(2, message = "tuple")]
        Tuple(#[source] fmt::Error),
        #[error_code(3, message = "unit")]
        Unit,
    }

    #[test]
    fn every_shape_is_an_error() {
        let line = 1;
        let text = String::new();
        let tuple = Tuple(String::new(), anyhow::Error::msg("cause"));
        let errors: [&dyn Error; 5] = [
            &Braced { line, text },
            &tuple,
            &Shapes::Braced { cause: fmt::Error },
            &Shapes::Tuple(fmt::Error),
            &Shapes::Unit,
        ];
        let sources = errors.map(|error| source_of(error).is_some());
        assert_eq!(sources, [false, true, true, true, false]);
    }
}

/// What thiserror writes as an expression: the value is in a field, or in the `Display` of its type.
mod test_expr {
    use std::fmt;

    use super::prints;

    #[derive(Debug)]
    enum Side {
        Left,
        Right,
    }

    impl fmt::Display for Side {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Self::Left => "left",
                Self::Right => "right",
            })
        }
    }

    #[derive(Debug, errbook::ErrorCode)]
    enum Compiler {
        #[error_code(1, message = "cannot shift <side> by <most> or more")]
        Shift { side: Side, most: u64 },
        #[error_code(2, message = "<_0> is unknown<_1>")]
        Unknown(&'static str, Hint),
    }

    #[derive(Debug)]
    struct Hint(Option<&'static str>);

    impl fmt::Display for Hint {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let hint = self.0.map(|hint| write!(f, ", did you mean {hint}?"));
            hint.unwrap_or(Ok(()))
        }
    }

    #[test]
    fn a_field_prints_what_an_expression_would() {
        let shift = |side| Compiler::Shift { side, most: 32 };
        prints(shift(Side::Left), "cannot shift left by 32 or more");
        prints(shift(Side::Right), "cannot shift right by 32 or more");
        prints(
            Compiler::Unknown("a", Hint(Some("b"))),
            "a is unknown, did you mean b?",
        );
        prints(Compiler::Unknown("a", Hint(None)), "a is unknown");
    }
}

/// `#[from]` in structs and enums, named and unnamed, with and without `Option`.
mod test_from {
    use std::io;

    use super::source_of;

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "struct")]
    struct Named {
        #[from]
        source: io::Error,
    }

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "optional")]
    struct Optional {
        #[from]
        source: Option<io::Error>,
    }

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "tuple")]
    struct Tuple(#[from] io::Error);

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "optional tuple")]
    struct OptionalTuple(#[from] Option<io::Error>);

    #[derive(Debug, errbook::ErrorCode)]
    enum Enum {
        #[error_code(1, message = "named")]
        Named {
            #[from]
            source: Option<io::Error>,
        },
        #[error_code(2, message = "<_0>")]
        Tuple(#[from] std::fmt::Error),
        #[error_code(3, message = "any: <_0>")]
        Any(#[from] anyhow::Error),
    }

    #[test]
    fn from_stores_the_source() {
        let io = || io::Error::other("oh no!");
        let errors: [&dyn std::error::Error; 6] = [
            &Named::from(io()),
            &Optional::from(io()),
            &Tuple::from(io()),
            &OptionalTuple::from(io()),
            &Enum::from(io()),
            &Enum::from(anyhow::Error::from(io())),
        ];
        for error in errors {
            assert_eq!(source_of(error).as_deref(), Some("oh no!"), "{error}");
        }
        assert_eq!(source_of(&Enum::Named { source: None }), None);
        assert!(source_of(&Enum::from(std::fmt::Error)).is_some());
    }
}

/// Bounds: only the types of fields that a message prints have to be `Display`, and only those of
/// sources errors.
mod test_generics {
    use std::error::Error;
    use std::fmt;
    use std::str::FromStr;

    use errbook::ErrorCode;
    use errbook_codes::tencent_kyc::FaceCode;

    use super::prints;

    struct NoFormat;

    #[derive(ErrorCode)]
    enum Compound<Printed, Neither> {
        #[error_code(1, message = "<_0>")]
        Both(Printed, Neither),
        #[error_code(2, message = "neither")]
        Neither(Neither),
    }

    impl<Printed, Neither> fmt::Debug for Compound<Printed, Neither> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Compound")
        }
    }

    #[derive(Debug, ErrorCode)]
    enum Parse<T: FromStr> {
        #[error_code(1, message = "cannot parse: <_0>")]
        Entry(T::Err),
    }

    #[derive(Debug, ErrorCode)]
    #[error_code(1, message = "<cause>")]
    struct Printed<E> {
        cause: E,
    }

    #[derive(Debug, ErrorCode)]
    enum From<E> {
        #[error_code(1, message = "from generic")]
        Source(#[from] Printed<E>),
    }

    #[derive(Debug, ErrorCode)]
    #[error_code(1, message = "from generic")]
    struct FromStruct<E> {
        #[from]
        source: Printed<E>,
    }

    #[derive(Debug, ErrorCode)]
    enum Transparent<E> {
        #[error_code(transparent)]
        Other(E),
    }

    #[derive(Debug, ErrorCode)]
    #[error_code(transparent)]
    struct TransparentStruct<E>(E);

    fn is_error<E: Error>(error: &E) -> String {
        error.to_string()
    }

    #[test]
    fn bounds_are_those_that_fields_need() {
        prints(Compound::Both("printed", NoFormat), "printed");
        prints(Compound::<u8, _>::Neither(NoFormat), "neither");
        let both = is_error(&Compound::Both("an error", NoFormat));
        assert_eq!(both, "an error");
        let parse: Parse<u8> = Parse::Entry("x".parse::<u8>().unwrap_err());
        prints(parse, "cannot parse: invalid digit found in string");
        assert_eq!(is_error(&Printed { cause: 'x' }), "x");
        let from = From::from(Printed { cause: 7 });
        assert_eq!(from.source().unwrap().to_string(), "7");
        let from = FromStruct::from(Printed { cause: 8 });
        assert_eq!(from.source().unwrap().to_string(), "8");
        let code = FaceCode::LivenessFailed;
        assert_eq!(Transparent::Other(code).code(), code.wire());
        assert_eq!(TransparentStruct(code).code(), code.wire());
    }
}

/// Lints, which this file denies: `clippy::allow_attributes`, `unused_qualifications`, needless
/// lifetimes, `deprecated`.
mod test_lints {
    use std::io::Error as IoError;

    use errbook::ErrorCode;

    use super::prints;

    #[derive(Debug, ErrorCode)]
    #[error_code(1, message = "any")]
    struct Any(#[from] anyhow::Error);

    #[derive(Debug, ErrorCode)]
    enum Lifetime<'a> {
        #[error_code(1, message = "input")]
        Input(#[from] IoError),
        #[error_code(2, message = "text <_0>")]
        Text(&'a str),
    }

    #[derive(Debug, ErrorCode)]
    #[deprecated(note = "for the test")]
    #[error_code(1, message = "struct")]
    struct DeprecatedStruct;

    #[derive(Debug, ErrorCode)]
    #[error_code(1, message = "<message>")]
    struct DeprecatedField {
        #[deprecated(note = "for the test")]
        message: &'static str,
    }

    #[derive(Debug, ErrorCode)]
    #[deprecated(note = "for the test")]
    enum DeprecatedEnum {
        #[error_code(1, message = "variant")]
        Variant,
    }

    #[derive(Debug, ErrorCode)]
    enum DeprecatedVariant {
        #[deprecated(note = "for the test")]
        #[error_code(1, message = "variant")]
        Variant,
    }

    #[derive(Debug, ErrorCode)]
    enum DeprecatedSource {
        #[error_code(transparent)]
        Variant(
            #[from]
            #[expect(deprecated, reason = "for the test")]
            DeprecatedStruct,
        ),
    }

    #[test]
    #[expect(deprecated, reason = "for the test")]
    fn the_expansion_causes_no_warnings() {
        prints(Any::from(anyhow::Error::msg("x")), "any");
        prints(Lifetime::Text("x"), "text x");
        prints(Lifetime::from(IoError::other("x")), "input");
        prints(DeprecatedField { message: "x" }, "x");
        prints(DeprecatedEnum::Variant, "variant");
        prints(DeprecatedVariant::Variant, "variant");
        prints(DeprecatedSource::from(DeprecatedStruct), "struct");
    }
}

/// `Option` of a source that is not an error itself.
mod test_option {
    use super::source_of;

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "...")]
    struct Struct {
        #[source]
        source: Option<anyhow::Error>,
    }

    #[derive(Debug, errbook::ErrorCode)]
    enum Enum {
        #[error_code(1, message = "...")]
        Variant {
            #[source]
            source: Option<anyhow::Error>,
            #[expect(dead_code, reason = "no message names it")]
            backtrace: std::backtrace::Backtrace,
        },
    }

    #[test]
    fn a_source_may_be_missing() {
        let source = || Some(anyhow::Error::msg("x"));
        assert_eq!(
            source_of(&Struct { source: source() }).as_deref(),
            Some("x")
        );
        assert_eq!(source_of(&Struct { source: None }), None);
        let backtrace = std::backtrace::Backtrace::disabled();
        let error = Enum::Variant {
            source: source(),
            backtrace,
        };
        assert_eq!(source_of(&error).as_deref(), Some("x"));
    }
}

/// Paths, which have no `Display`.
mod test_path {
    use std::path::{Path, PathBuf};

    use super::prints;

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "cannot read <file>")]
    struct Struct {
        file: PathBuf,
    }

    #[derive(Debug, errbook::ErrorCode)]
    enum Enum<'a> {
        #[error_code(1, message = "cannot read <_0>")]
        Owned(PathBuf),
        #[error_code(2, message = "cannot read <_0>")]
        Borrowed(&'a Path),
        #[error_code(3, message = "cannot read <path> of <_0>")]
        Both(char, #[error_code(param = "path")] PathBuf),
    }

    #[test]
    fn paths_are_printed() {
        let file = PathBuf::from("/a");
        prints(Enum::Borrowed(&file), "cannot read /a");
        prints(Enum::Owned(file.clone()), "cannot read /a");
        prints(Enum::Both('x', file.clone()), "cannot read /a of x");
        prints(Struct { file }, "cannot read /a");
    }
}

/// Which field is the source.
mod test_source {
    use std::error::Error;
    use std::io;

    use errbook::ErrorCode;

    use super::source_of;

    macro_rules! with_source {
        ($name:ident, $source:ty) => {
            #[derive(Debug, ErrorCode)]
            #[error_code(1, message = "...")]
            struct $name {
                #[source]
                cause: $source,
            }
        };
    }

    with_source!(FromMacro, io::Error);

    #[derive(Debug, ErrorCode)]
    enum Source {
        #[error_code(1, message = "...")]
        Implicit { source: io::Error },
        #[error_code(2, message = "<source>")]
        Explicit {
            source: String,
            #[source]
            io: io::Error,
        },
        #[error_code(3, message = "...")]
        Boxed {
            #[source]
            source: Box<dyn Error + Send + 'static>,
        },
        #[error_code(4, message = "<source>")]
        Raw { r#source: char },
        #[error_code(5, message = "...")]
        Shared(#[source] std::sync::Arc<io::Error>),
        #[error_code(6, message = "...")]
        Code(#[source] Box<dyn ErrorCode + Send + Sync>),
    }

    #[test]
    fn the_source_is_the_marked_field_or_the_one_of_that_name() {
        let io = || io::Error::other("oh no!");
        let errors = [
            Source::Implicit { source: io() },
            Source::Explicit {
                source: "...".to_owned(),
                io: io(),
            },
            Source::Boxed {
                source: Box::new(io()),
            },
            Source::Shared(std::sync::Arc::new(io())),
        ];
        for error in errors {
            assert_eq!(source_of(&error).as_deref(), Some("oh no!"));
            assert_eq!(error.to_string(), "...");
        }
        assert_eq!(
            source_of(&FromMacro { cause: io() }).as_deref(),
            Some("oh no!")
        );
        assert_eq!(source_of(&Source::Raw { r#source: 'x' }), None);
        let code = Source::Code(Box::new(FromMacro { cause: io() }));
        assert_eq!(source_of(&code).as_deref(), Some("..."));
    }
}

/// `transparent`, around errors with a code.
mod test_transparent {
    use std::error::Error;
    use std::io;

    use errbook::Wire;

    use super::{prints, source_of};

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(transparent)]
    struct Struct<'a> {
        inner: Kind<'a>,
    }

    #[derive(Debug, errbook::ErrorCode)]
    enum Kind<'a> {
        #[error_code(10, message = "unexpected <token>")]
        Unexpected { token: &'a str },
        #[error_code(11, message = "input")]
        Input(#[from] io::Error),
        #[error_code(12, message = "any: <_0>")]
        Any(#[from] anyhow::Error),
    }

    #[derive(Debug, errbook::ErrorCode)]
    enum Enum<'a> {
        #[error_code(1, message = "this")]
        This,
        #[error_code(transparent)]
        Other(#[from] Struct<'a>),
    }

    #[test]
    fn display_source_and_code_are_those_of_the_wrapped_error() {
        let token = String::from("x");
        let unexpected = Kind::Unexpected { token: &token };
        let error = Enum::from(Struct { inner: unexpected });
        prints(&error, "unexpected x");
        assert_eq!((error.code(), source_of(&error)), (Wire::Integer(10), None));
        let inner = Kind::from(io::Error::other("oh no!"));
        let error = Struct { inner };
        prints(&error, "input");
        let source = error.source().unwrap();
        assert!(source.downcast_ref::<io::Error>().is_some());
        let inner = Kind::from(anyhow::Error::msg("inner").context("outer"));
        prints(&inner, "any: outer");
        prints(Enum::from(Struct { inner }), "any: outer");
        prints(Enum::This, "this");
    }
}
