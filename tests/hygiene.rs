//! A user's modules may call their own items like those of the standard library, and may have no
//! prelude: expansions name everything by a full path.

#![no_implicit_prelude]
#![deny(warnings)]

/// Types, traits and modules with the names that expansions use.
mod shadows {
    #![allow(non_camel_case_types, dead_code, reason = "only their names matter")]

    macro_rules! types {
        ($($name:ident)*) => { $(pub(crate) struct $name;)* };
    }
    types! {
        bool char i32 i64 isize str u8 u16 u32 u64 usize
        Box Duration Localized Locale Option Ordering Received Result String Vec Wire
    }

    macro_rules! traits {
        ($($name:ident)*) => { $(pub(crate) trait $name {})* };
    }
    traits! {
        AsRef Clone CodeSet Copy Debug Default Display Eq Error ErrorCode Fn From FromStr HasKind
        Hash Into Iterator Ord PartialEq PartialOrd ToString TryFrom
    }

    macro_rules! modules {
        ($($name:ident)*) => { $(pub(crate) mod $name {})* };
    }
    modules! { __private alloc convert core errbook fmt option result serde std }
}

/// The user's macros, of which none has the meaning of the one in the standard library.
macro_rules! macros {
    ($($name:ident)*) => { $(
        #[allow(unused_macros, reason = "no expansion may use it")]
        macro_rules! $name { () => {}; }
    )* };
}
macros! {
    assert assert_eq compile_error concat debug_assert env format format_args include_bytes
    include_str matches panic stringify unreachable vec write
}

mod user {
    #![allow(
        dead_code,
        unused_imports,
        reason = "what matters is that the names are in scope"
    )]

    use self::Both::*;
    use self::Code::*;
    use self::Flag::*;
    use self::MyError::*;
    use super::shadows::*;

    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
    )]
    pub(crate) enum Kind {
        Fine,
        Some,
    }

    impl ::errbook::UnknownKind for Kind {
        const UNKNOWN: Self = Self::Some;
    }

    ::errbook::include_spec! { "fixtures/hygiene.toml", kinds = Kind }

    /// With codes of its own.
    #[derive(::core::fmt::Debug, ::errbook::ErrorCode)]
    #[error_code(vendor = "shop", kinds = Kind)]
    pub(crate) enum MyError {
        #[error_code(
            1,
            message(en = "Fine <_0>", de = "Gut <_0>"),
            remedy = "Wait.",
            kind = "fine",
            retry_after = 3,
            note = "Seldom.",
            since = "0.1",
            http = 400,
            symbol = "OK",
            success
        )]
        Ok(&'static ::core::primitive::str),
        #[error_code(2, message = "Not written.", kind = "some", retry = "backoff")]
        Err(#[from] ::core::fmt::Error),
        #[error_code(transparent)]
        Some(#[from] Code),
        #[error_code(3, message = "None of <path>.", kind = "some")]
        None { path: ::std::path::PathBuf },
        #[error_code(4, message = "The server.", kind = "some")]
        Error(#[source] ::core::option::Option<::std::io::Error>),
        #[error_code(5, message = "What is optional: <_0>.", kind = "some")]
        Option(::std::boxed::Box<Code>),
    }

    /// With the codes of a spec.
    #[derive(::core::fmt::Debug, ::errbook::ErrorCode)]
    #[error_code(spec = "fixtures/hygiene.toml", set = "Code", kinds = Kind)]
    pub(crate) enum FromSpec<T> {
        Ok,
        Err { name: T },
        None,
        Error,
    }

    /// A set of codes.
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::cmp::PartialOrd,
        ::core::cmp::Ord,
        ::core::hash::Hash,
        ::errbook::ErrorCode,
    )]
    #[error_code(message = doc, code_set)]
    pub(crate) enum OwnNumber {
        /// It is fine.
        #[error_code(1, symbol = "OK")]
        Ok,
        /// It is not.
        #[error_code(2, symbol = "ERR:<name>")]
        Err,
        /// An error.
        #[error_code(3)]
        Error,
        /// A code.
        #[error_code(4)]
        Code,
    }

    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::cmp::PartialOrd,
        ::core::cmp::Ord,
        ::core::hash::Hash,
        ::errbook::ErrorCode,
    )]
    #[error_code("E1", message(en = "One", de = "Eins"), code_set)]
    pub(crate) struct OwnText;

    #[derive(::core::fmt::Debug, ::errbook::ErrorCode)]
    #[error_code(1, message = "It holds <value>.", methods = false)]
    pub(crate) struct Holds<T> {
        pub(crate) value: T,
    }
}

#[::core::prelude::v1::test]
fn expansions_compile_beside_names_of_every_kind() {
    use ::errbook::ErrorCode as _;
    use ::std::string::ToString as _;

    use self::user::{Both, Code, Flags, FromSpec, Holds, MyError, OwnNumber, OwnText, Text};

    ::std::assert_eq!(Code::from_code(22), ::core::option::Option::Some(Code::Err));
    ::std::assert_eq!(Code::Err.message(::errbook::Locale::DE), "Fehler <name>");
    let both = Both::parse(1, "A:b").expect("it is in the spec");
    ::std::assert_eq!(both.localized(::errbook::Locale::EN).to_string(), "a b");
    let text = ::core::str::FromStr::from_str("LONG_NAME_OF_AN_ERROR");
    ::std::assert_eq!(text, ::core::result::Result::Ok(Text::Err));
    let flags: ::core::result::Result<Flags, _> = ::core::str::FromStr::from_str("11");
    ::std::assert_eq!(flags.expect("zeros and ones").to_string(), "11");
    ::std::assert_eq!(MyError::Ok("x").to_string(), "Fine x");
    let received = ::errbook::Received::<Code>::from_integer(350);
    ::std::assert_eq!(::errbook::HasKind::kind(&received), user::Kind::Some);
    ::std::assert_eq!(FromSpec::Err { name: 7 }.to_string(), "Error 7");
    ::std::assert_eq!(
        Holds { value: 7 }
            .localized(::errbook::Locale::EN)
            .to_string(),
        "It holds 7."
    );
    ::std::assert_eq!(
        OwnNumber::from_code(2),
        ::core::option::Option::Some(OwnNumber::Err)
    );
    let text = ::core::str::FromStr::from_str("ERR:x");
    ::std::assert_eq!(text, ::core::result::Result::Ok(OwnNumber::Err));
    let text: ::core::result::Result<OwnText, _> = ::core::str::FromStr::from_str("E1");
    ::std::assert_eq!(text, ::core::result::Result::Ok(OwnText));
}
