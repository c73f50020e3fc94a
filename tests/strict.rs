//! A user's crate with the strictest lints.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    clippy::all,
    clippy::pedantic,
    missing_docs,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications
)]
#![deny(clippy::allow_attributes_without_reason)]
#![no_std]

/// Numbers, sections, retired codes, earlier names, ranges.
pub mod integer {
    errbook::include_spec! { "fixtures/specs/integer.toml" }
}

/// Numbers of 64 bits.
pub mod integer64 {
    errbook::include_spec! { "fixtures/specs/integer64.toml" }
}

/// String codes.
pub mod string {
    errbook::include_spec! { "fixtures/specs/string.toml" }
}

/// Codes with symbols and parameters.
pub mod code_and_symbol {
    errbook::include_spec! { "fixtures/specs/code-and-symbol.toml" }
}

/// Flags.
pub mod flags {
    errbook::include_spec! { "fixtures/specs/flags.toml" }
}

/// Your own errors.
pub mod derived {
    /// An error from a spec, with generics.
    #[derive(Debug, Clone, errbook::ErrorCode)]
    #[error_code(spec = "fixtures/derive/orders.toml", locales = [en, de])]
    #[non_exhaustive]
    pub enum OrderError<'a, T> {
        /// The article is out of stock.
        OutOfStock {
            /// The article.
            sku: &'a str,
            /// How much is left.
            left: T,
        },
        /// There are too many orders.
        #[error_code("BUSY")]
        Queue,
        /// Wraps a code of the registry.
        #[error_code(transparent)]
        Code(#[from] crate::integer::OrderCode),
    }

    /// An error with inline facts.
    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(
        -1,
        symbol = "LATE",
        message(en = "<_0> s too late", "zh-CN" = "迟到 <_0> 秒"),
        retry = "never"
    )]
    pub struct Late(pub u32);

    /// A private error, used only as `dyn Error`.
    #[derive(Debug, errbook::ErrorCode)]
    enum Private {
        #[error_code(1, message = "private")]
        Only,
        #[error_code(2, message = "old")]
        #[deprecated(note = "use `Only`")]
        Old(#[source] core::fmt::Error),
    }

    /// Uses the private error.
    #[must_use]
    pub fn is_error() -> bool {
        #[expect(deprecated, reason = "this crate deprecated the variant itself")]
        let errors = [Private::Only, Private::Old(core::fmt::Error)];
        errors
            .iter()
            .all(|error| core::error::Error::source(error).is_none())
    }

    /// A set of codes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
    #[error_code(message = doc, code_set)]
    #[deprecated(note = "use another set")]
    pub enum OwnSet {
        /// Sold out.
        #[error_code(1, symbol = "SOLD_OUT")]
        SoldOut,
        /// Counting.
        #[error_code(2, message(en = doc, de = "Es wird gezählt."))]
        #[deprecated(note = "use `SoldOut`")]
        Counting,
    }

    /// A deprecated error with deprecated fields.
    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(1, message = "<limit> of <old>")]
    #[deprecated(note = "use `Deprecated`")]
    pub struct Before {
        /// The limit.
        pub limit: u8,
        /// What is no longer used.
        #[deprecated(note = "use `limit`")]
        pub old: u8,
    }

    /// A deprecated enum with deprecated variants and fields.
    #[derive(Debug, errbook::ErrorCode)]
    #[deprecated(note = "nothing is deprecated any more")]
    pub enum Deprecated {
        /// With deprecated fields.
        #[error_code(1, message(en = "<limit> of <old>", de = "<limit> von <old>"))]
        #[deprecated(note = "use `Written`")]
        Read {
            /// The limit.
            limit: u8,
            /// What is no longer used.
            #[deprecated(note = "use `limit`")]
            old: u8,
        },
        /// With a source.
        #[error_code(2, message = "written")]
        #[deprecated(note = "use `Read`")]
        Written(#[from] core::fmt::Error),
        /// Around a deprecated error.
        #[error_code(transparent)]
        #[expect(deprecated, reason = "the field has a deprecated type")]
        Before(#[from] Before),
    }

    /// Derives an error inside a function.
    #[must_use]
    pub fn inside() -> bool {
        #[derive(Debug, errbook::ErrorCode)]
        enum Inside {
            #[error_code(1, message = "inside")]
            Only,
        }
        Inside::Only.is_success()
    }
}
