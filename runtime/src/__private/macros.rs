//! The code that is the same in every set and in every derived error. An expansion passes what
//! differs to these macros, because `macro_rules!` compiles faster than tokens from a procedural
//! macro.
//!
//! The macros of sets refer to `__private` as `rt`, and expect the tables and functions that they
//! name beside the call. The macros of derived errors refer to `__private` as `__errbook`.

/// The trait implementations of a set, in terms of its own methods.
///
/// `$template` is the function that returns a template, if the set has templates. `classes` are the
/// documented ranges of codes, if the set has any.
#[doc(hidden)]
#[macro_export]
macro_rules! __set {
    (
        impl $set:ident: $code:ty,
        names: $vendor:literal $name:literal,
        identity: $identity:ident,
        decode: |$wire:ident| $decode:expr,
        decode_with_symbol: |$with:ident, $symbol:ident| $decode_with_symbol:expr,
        $(template: $template:ident,)?
        $(classes: [$($range:pat => $billing:ident $retry:ident $severity:ident),+],)?
    ) => {
        impl $set {
            /// All codes of the set, in the order of the vendor's document.
            pub const ALL: &'static [Self] = &VARIANTS;
        }

        impl rt::fmt::Debug for $set {
            fn fmt(&self, f: &mut rt::fmt::Formatter<'_>) -> rt::fmt::Result {
                f.write_str(name_of_variant(*self as usize))
            }
        }

        impl rt::fmt::Display for $set {
            fn fmt(&self, f: &mut rt::fmt::Formatter<'_>) -> rt::fmt::Result {
                rt::display(self, f)
            }
        }

        impl rt::core::error::Error for $set {}

        $crate::__serde! { impl $set }

        impl rt::PartialOrd for $set {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> rt::Option<rt::Ordering> {
                rt::Some(rt::Ord::cmp(self, other))
            }
        }

        impl rt::core::str::FromStr for $set {
            type Err = rt::ParseCodeError;

            #[inline]
            fn from_str(text: &str) -> rt::Result<Self, rt::ParseCodeError> {
                rt::from_str(text)
            }
        }

        impl rt::From<$set> for $code {
            #[inline]
            fn from(code: $set) -> Self {
                $set::code(&code)
            }
        }

        impl rt::CodeSet for $set {
            type Code = $code;
            type Identity = rt::$identity;

            const VENDOR: &'static str = $vendor;
            const NAME: &'static str = $name;
            const ALL: &'static [Self] = &VARIANTS;

            #[inline]
            fn code(&self) -> $code {
                Self::code(self)
            }

            #[inline]
            fn message(&self, locale: rt::Locale) -> &'static str {
                Self::message(self, locale)
            }

            fn variant_name(&self) -> &'static str {
                name_of_variant(*self as usize)
            }

            #[inline]
            fn default_message(&self) -> &'static str {
                default_text(*self as usize)
            }

            $(
                fn template(&self) -> rt::Option<&'static str> {
                    rt::optional($template(*self as usize))
                }
            )?

            // `#[inline]`, so that what they call is compiled only where it is used.
            #[inline]
            fn decode($wire: rt::Wire<'_>) -> rt::Option<Self> {
                $decode
            }

            #[inline]
            fn decode_with_symbol<'a>(
                $with: rt::Wire<'_>,
                $symbol: &'a str,
            ) -> rt::Option<rt::Parsed<'a, Self>> {
                $decode_with_symbol
            }

            $(
                fn class(wire: rt::Wire<'_>) -> rt::Class {
                    match rt::integer::<$code>(wire) {
                        $(
                            rt::Some($range) => {
                                rt::Class::new(rt::Billing::$billing, rt::Retry::$retry)
                                    .with_severity(rt::Severity::$severity)
                            }
                        )+
                        _ => rt::core::default::Default::default(),
                    }
                }
            )?
        }
    };
}

/// `Ord` and `TryFrom` for a set in which the code alone identifies a variant. `then` compares the
/// former meanings of a code with what it means now.
#[doc(hidden)]
#[macro_export]
macro_rules! __by_code {
    (impl $set:ident: &'static str $(then: $then:ident)?) => {
        $crate::__by_code! { @order $set $($then)? }
        $crate::__try_from_string! { impl $set }

        impl<'a> rt::TryFrom<&'a str> for $set {
            type Error = rt::UnknownCode<'a>;

            #[inline]
            fn try_from(code: &'a str) -> rt::Result<Self, rt::UnknownCode<'a>> {
                rt::Option::ok_or(Self::from_code(code), rt::unknown_code::<Self>(code))
            }
        }
    };
    (impl $set:ident: $code:ident $(then: $then:ident)?) => {
        $crate::__by_code! { @order $set $($then)? }
        $crate::__try_from! { $set: $code, i8 i16 i32 i64 isize u8 u16 u32 u64 usize }
        $crate::__try_from_wide! { impl $set }
        $crate::__try_from_string! { impl $set }

        impl<'a> rt::TryFrom<&'a rt::core::primitive::str> for $set {
            type Error = rt::UnknownCode<'a>;

            #[inline]
            fn try_from(
                code: &'a rt::core::primitive::str,
            ) -> rt::Result<Self, rt::UnknownCode<'a>> {
                let found = rt::CodeSet::decode(rt::Wire::Text(code));
                rt::Option::ok_or(found, rt::unknown_code::<Self>(code))
            }
        }
    };
    (@order $set:ident $($then:ident)?) => {
        impl rt::Ord for $set {
            #[inline]
            fn cmp(&self, other: &Self) -> rt::Ordering {
                rt::Ord::cmp(&Self::code(self), &Self::code(other))
                    $(.then_with(|| rt::Ord::cmp($then(*self as usize), $then(*other as usize))))?
            }
        }
    };
}

/// `TryFrom` for each type of integers.
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from {
    ($set:ident: $code:ident, $($ty:ident)+) => {$(
        impl rt::TryFrom<rt::core::primitive::$ty> for $set {
            type Error = rt::UnknownCode<'static>;

            #[inline]
            fn try_from(
                code: rt::core::primitive::$ty,
            ) -> rt::Result<Self, rt::UnknownCode<'static>> {
                // Not `Self::Error`, which may be a variant.
                let found = match <$code as rt::TryFrom<_>>::try_from(code) {
                    rt::Result::Ok(code) => Self::from_code(code),
                    rt::Result::Err(_) => rt::None,
                };
                rt::Option::ok_or(found, rt::unknown_code::<Self>(code))
            }
        }
    )+};
}

/// `TryFrom` for the types of integers that may not fit a `Wire`.
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from_wide {
    (impl $set:ty $(where $($bound:tt)+)?) => {
        #[automatically_derived]
        impl rt::TryFrom<rt::core::primitive::i128> for $set $(where $($bound)+)? {
            type Error = rt::UnknownCode<'static>;

            fn try_from(
                code: rt::core::primitive::i128,
            ) -> rt::Result<Self, rt::UnknownCode<'static>> {
                let wire = rt::TryFrom::try_from(code);
                rt::known_wide(wire, code < 0, rt::core::primitive::i128::unsigned_abs(code))
            }
        }

        #[automatically_derived]
        impl rt::TryFrom<rt::core::primitive::u128> for $set $(where $($bound)+)? {
            type Error = rt::UnknownCode<'static>;

            fn try_from(
                code: rt::core::primitive::u128,
            ) -> rt::Result<Self, rt::UnknownCode<'static>> {
                rt::known_wide(rt::TryFrom::try_from(code), false, code)
            }
        }
    };
}

/// `TryFrom` for a `String`, and a reference to one.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from_string {
    (impl $set:ty $(where $($bound:tt)+)?) => {
        #[automatically_derived]
        impl<'a> rt::TryFrom<&'a rt::String> for $set $(where $($bound)+)? {
            type Error = rt::UnknownCode<'a>;

            #[inline]
            fn try_from(code: &'a rt::String) -> rt::Result<Self, rt::UnknownCode<'a>> {
                <Self as rt::TryFrom<&'a rt::str>>::try_from(code)
            }
        }

        #[automatically_derived]
        impl rt::TryFrom<rt::String> for $set $(where $($bound)+)? {
            type Error = rt::ParseCodeError;

            #[inline]
            fn try_from(code: rt::String) -> rt::Result<Self, rt::ParseCodeError> {
                rt::known_string(code)
            }
        }
    };
}

/// Nothing, without the feature `alloc`.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from_string {
    (impl $set:ty $(where $($bound:tt)+)?) => {};
}

/// `Serialize` and `Deserialize` for a set.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    (impl $set:ty $(where $($bound:tt)+)?) => {
        #[automatically_derived]
        impl rt::serde::Serialize for $set $(where $($bound)+)? {
            fn serialize<S: rt::serde::Serializer>(
                &self,
                serializer: S,
            ) -> rt::Result<S::Ok, S::Error> {
                rt::serialize_code(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> rt::serde::Deserialize<'de> for $set $(where $($bound)+)? {
            fn deserialize<D: rt::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> rt::Result<Self, D::Error> {
                rt::deserialize_code(deserializer)
            }
        }
    };
}

/// Nothing, without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    (impl $set:ty $(where $($bound:tt)+)?) => {};
}

/// `Ord` for a set in which code and symbol together identify a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __by_code_and_symbol {
    (impl $set:ident $(then: $then:ident)?) => {
        impl rt::Ord for $set {
            #[inline]
            fn cmp(&self, other: &Self) -> rt::Ordering {
                let code = rt::Ord::cmp(&Self::code(self), &Self::code(other));
                code.then_with(|| rt::Ord::cmp(&Self::symbol(self), &Self::symbol(other)))
                    $(.then_with(|| rt::Ord::cmp($then(*self as usize), $then(*other as usize))))?
            }
        }
    };
}

/// The method `code`.
#[doc(hidden)]
#[macro_export]
macro_rules! __code {
    (impl $set:ident($self:ident): $code:ty => $read:expr) => {
        impl $set {
            /// The code as the vendor writes it.
            #[must_use]
            #[inline]
            pub const fn code(&$self) -> $code {
                $read
            }
        }
    };
}

/// The method `from_code`, for a set in which each code has one variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __from_code {
    (impl $set:ident: [$($const:tt)?] fn($code:ident: $ty:ty) $find:block) => {
        impl $set {
            /// The variant of a code; `None` if the set does not contain it.
            #[must_use]
            #[inline]
            pub $($const)? fn from_code($code: $ty) -> rt::Option<Self> {
                $find
            }
        }
    };
}

/// The method `all_with_code`, for a set in which symbols distinguish the variants of a code. The
/// variants are a range of a table; `$position` looks up where it is.
#[doc(hidden)]
#[macro_export]
macro_rules! __all_with_code {
    (
        impl $set:ident: [$($const:tt)?] fn($code:ident: $ty:ty),
        $at:ident = $position:expr => $variants:ident[$range:expr]
    ) => {
        impl $set {
            /// All variants with this code, which differ in their symbols; empty if the set does
            /// not contain the code.
            #[must_use]
            #[inline]
            pub $($const)? fn all_with_code($code: $ty) -> &'static [Self] {
                match $position {
                    rt::Some($at) => {
                        let range = $range;
                        rt::part(&$variants, range.start, range.end)
                    }
                    rt::None => &[],
                }
            }
        }
    };
}

/// The method that returns a fact of a code: a row for each fact, with its documentation, its
/// arguments and its type. Sets and derived errors have the same methods.
///
/// `$own` is written in front of an inherent method, such as `pub const`. Without it the method is
/// that of a trait, which has its documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! __fact {
    (message($self:ident, $locale:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// What the code means, in the best matching language. A parameter is written as
            /// `<name>`.
            #[must_use]
            $($own)*
        )?
        fn message(&$self, $locale: $crate::__private::Locale) -> &'static $crate::__private::str {
            $value
        }
    };
    (definition($self:ident, $locale:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// What the kind means, in the best matching language.
            #[must_use]
            $($own)*
        )?
        fn definition(&$self, $locale: $crate::__private::Locale) -> &'static $crate::__private::str {
            $value
        }
    };
    (section($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The id of the section that contains the code, if the set has sections.
            #[must_use]
            $($own)*
        )?
        fn section(&$self) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
    (http_answer($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The HTTP status to answer with.
            #[must_use]
            $($own)*
        )?
        fn http_answer(&$self) -> $crate::__private::u16 {
            $value
        }
    };
    (grpc($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The gRPC code to answer with.
            #[must_use]
            $($own)*
        )?
        fn grpc(&$self) -> $crate::__private::GrpcCode {
            $value
        }
    };
    (fault($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// Who usually caused the error, if it is an error.
            #[must_use]
            $($own)*
        )?
        fn fault(&$self) -> $crate::__private::Option<$crate::__private::Fault> {
            $value
        }
    };
    (remedy($self:ident, $locale:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// What to do about it, if it is documented.
            #[must_use]
            $($own)*
        )?
        fn remedy(
            &$self,
            $locale: $crate::__private::Locale,
        ) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
    // A set's own symbols are in static data; the symbol of a derived error may be one that was
    // received.
    (symbol($self:ident) = $value:expr, [pub const]) => {
        /// The vendor's own name for the code, if it has one.
        #[inline]
        #[must_use]
        pub const fn symbol(&$self) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
    (symbol($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The vendor's own name for the code, if it has one.
            #[must_use]
            $($own)*
        )?
        fn symbol(&$self) -> $crate::__private::Option<&$crate::__private::str> {
            $value
        }
    };
    (billing($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// Whether the vendor charges for an answer with this code.
            #[must_use]
            $($own)*
        )?
        fn billing(&$self) -> $crate::__private::Billing {
            $value
        }
    };
    (retry($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// What a caller should do.
            #[must_use]
            $($own)*
        )?
        fn retry(&$self) -> $crate::__private::Retry {
            $value
        }
    };
    (retry_after($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The minimum delay before a retry, if one is documented.
            #[must_use]
            $($own)*
        )?
        fn retry_after(&$self) -> $crate::__private::Option<$crate::__private::Duration> {
            $value
        }
    };
    (http_status($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The HTTP status that comes with this code, if one is documented.
            #[must_use]
            $($own)*
        )?
        fn http_status(&$self) -> $crate::__private::Option<$crate::__private::u16> {
            $value
        }
    };
    (is_success($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// Whether the code means success.
            #[must_use]
            $($own)*
        )?
        fn is_success(&$self) -> $crate::__private::bool {
            $value
        }
    };
    (severity($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// How serious the code is.
            #[must_use]
            $($own)*
        )?
        fn severity(&$self) -> $crate::__private::Severity {
            $value
        }
    };
    (note($self:ident, $locale:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// What a reader should know beyond the vendor's document, in the best matching
            /// language.
            #[must_use]
            $($own)*
        )?
        fn note(
            &$self,
            $locale: $crate::__private::Locale,
        ) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
    (said($self:ident, $locale:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The vendor's own words, where the message corrects them: in the given language if
            /// the vendor used it, otherwise in the language that the vendor used.
            #[must_use]
            $($own)*
        )?
        fn said(
            &$self,
            $locale: $crate::__private::Locale,
        ) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
    (since($self:ident) = $value:expr $(, [$($own:tt)*])?) => {
        #[inline]
        $(
            /// The release in which the code first appeared, if it is recorded.
            #[must_use]
            $($own)*
        )?
        fn since(&$self) -> $crate::__private::Option<&'static $crate::__private::str> {
            $value
        }
    };
}

/// The methods that return facts of a code, each with the expression that reads its fact, and
/// `ErrorCode`. `of_set` are the methods that only sets have.
#[doc(hidden)]
#[macro_export]
macro_rules! __facts {
    (
        impl $set:ident($self:ident),
        names: $vendor:literal $name:literal,
        of_set: { $($own:ident($($own_locale:ident)?): $own_value:expr,)* }
        of_every_code: { $($fact:ident($($locale:ident)?): $value:expr,)* }
    ) => {
        impl $set {
            $($crate::__fact! {
                $own($self $(, $own_locale)?) = $own_value, [pub const]
            })*
            $($crate::__fact! {
                $fact($self $(, $locale)?) = $value, [pub const]
            })*
        }

        impl rt::ErrorCode for $set {
            #[inline]
            fn vendor(&self) -> &'static str {
                $vendor
            }

            #[inline]
            fn set(&self) -> &'static str {
                $name
            }

            #[inline]
            fn wire(&self) -> rt::Wire<'_> {
                rt::Into::into(Self::code(self))
            }

            #[inline]
            fn localized(&self, locale: rt::Locale) -> rt::Localized<'_> {
                rt::Into::into(Self::message(self, locale))
            }

            $($crate::__fact! {
                $fact($self $(, $locale)?) = Self::$fact($self $(, $locale)?)
            })*
        }
    };
}

/// The method `kind` and the trait `HasKind` of a set.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (
        impl $set:ident($self:ident): $kinds:ty => $kind:expr
        $(, ranges: [$($range:pat => $of_range:expr),+])?
    ) => {
        impl $set {
            /// What the code means across vendors.
            #[must_use]
            #[inline]
            pub const fn kind(&$self) -> $kinds {
                $kind
            }
        }

        impl rt::HasKind<$kinds> for $set {
            #[inline]
            fn kind(&self) -> $kinds {
                Self::kind(self)
            }

            $(
                fn kind_of_unknown(wire: rt::Wire<'_>) -> rt::Option<$kinds> {
                    match rt::integer::<<Self as rt::CodeSet>::Code>(wire) {
                        $(rt::Some($range) => rt::Some($of_range),)+
                        _ => rt::None,
                    }
                }
            )?
        }
    };
}

/// The position of the default language, which is the last of `$chosen` that is not configured out,
/// and the function that returns the message of a variant in that language.
#[doc(hidden)]
#[macro_export]
macro_rules! __default_language {
    (
        $name:ident: [$($(#[$when:meta])* $chosen:literal),*],
        $text:ident: [$($(#[$attribute:meta])* $index:literal => $message:ident),*]
    ) => {
        const $name: rt::core::primitive::usize = {
            let language = 0;
            $($(#[$when])* let language = $chosen;)*
            language
        };

        #[inline]
        const fn $text(at: rt::core::primitive::usize) -> &'static rt::core::primitive::str {
            match $name {
                $($(#[$attribute])* $index => $message(at),)*
                _ => message_0(at),
            }
        }
    };
}

/// The best matching of several languages. All but the first may have attributes.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($locale:ident, $first:literal $(, $(#[$attribute:meta])* $index:literal: $tag:literal)*) => {{
        let choice = $crate::__private::Choice::new(
            $locale,
            const { $crate::__private::locale($first) },
        );
        $(
            $(#[$attribute])*
            let choice = choice.or($index, const { $crate::__private::locale($tag) });
        )*
        choice
    }};
}

/// The text at `$at` in the best language. The languages are branches of one expression, so that
/// the compiler keeps only one if the locale is constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __choose {
    (
        $locale:ident, $at:expr,
        $first:literal => $default:ident
        $(, $(#[$attribute:meta])* $index:literal: $tag:literal => $text:ident)*
    ) => {{
        match rt::choice!($locale, $first $(, $(#[$attribute])* $index: $tag)*)
            .index_or(DEFAULT_LANGUAGE)
        {
            $($(#[$attribute])* $index => $text($at),)*
            _ => $default($at),
        }
    }};
}

/// The lookup of symbols without parameters. `$known` is the variant of a symbol that only one code
/// has, `$first` the first variant of a symbol that `$accept` accepts.
#[doc(hidden)]
#[macro_export]
macro_rules! __symbols {
    (
        impl $set:ident,
        from_symbol: |$name:ident| $known:expr,
        first: |$symbol:ident, $accept:ident| $first:expr,
    ) => {
        impl $set {
            /// The variant of a symbol or an alias; `None` if the set does not contain it, or if
            /// several of its codes have it.
            #[must_use]
            #[inline]
            pub fn from_symbol($name: &str) -> rt::Option<Self> {
                $known
            }

            #[inline]
            fn first_with_symbol(
                $symbol: &str,
                $accept: impl rt::Fn(&Self) -> bool,
            ) -> rt::Option<Self> {
                $first
            }

            fn find_symbol(
                symbol: &str,
                accept: impl rt::Fn(&Self) -> bool,
            ) -> rt::Option<rt::Parsed<'_, Self>> {
                rt::Option::map(Self::first_with_symbol(symbol, accept), |code| {
                    rt::bare(code, symbol)
                })
            }
        }
    };
}

/// The lookup of symbols that may have parameters. `$find` is the first target of a symbol whose
/// variant `$accept` accepts, and `$shared` are the targets that have their symbol with others.
#[doc(hidden)]
#[macro_export]
macro_rules! __templates {
    (
        impl $set:ident,
        find: |$symbol:ident, $accept:ident| $find:expr,
        shared: [$($shared:literal),*],
    ) => {
        impl $set {
            /// The variant of a symbol or an alias, with or without values of its parameters;
            /// `None` if the set does not contain it, or if several of its codes have it.
            #[must_use]
            #[inline]
            pub fn from_symbol(symbol: &str) -> rt::Option<Self> {
                let target = Self::find_target(symbol, |_| true);
                rt::Option::map(rt::unless_shared(target, &[$($shared),*]), |target| {
                    SYMBOL_VARIANTS[target]
                })
            }

            #[inline]
            fn find_target(
                $symbol: &str,
                $accept: impl rt::Fn(&Self) -> bool,
            ) -> rt::Option<usize> {
                $find
            }

            #[inline]
            fn first_with_symbol(
                symbol: &str,
                accept: impl rt::Fn(&Self) -> bool,
            ) -> rt::Option<Self> {
                rt::Option::map(Self::find_target(symbol, accept), |target| {
                    SYMBOL_VARIANTS[target]
                })
            }

            fn find_symbol(
                symbol: &str,
                accept: impl rt::Fn(&Self) -> bool,
            ) -> rt::Option<rt::Parsed<'_, Self>> {
                rt::Option::map(Self::find_target(symbol, accept), |target| {
                    rt::parsed(SYMBOL_VARIANTS[target], symbol_template(target), symbol)
                })
            }
        }
    };
}

/// The method `parse`, for a set in which the code alone identifies a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __parse {
    (impl $set:ident) => {
        impl $set {
            /// The variant of a symbol, with the values of the symbol's parameters.
            #[must_use]
            #[inline]
            pub fn parse(symbol: &str) -> rt::Option<rt::Parsed<'_, Self>> {
                Self::find_symbol(symbol, |_| true)
            }
        }
    };
}

/// The methods that look up code and symbol, for a set in which both together identify a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __parse_with_code {
    (impl $set:ident: $code:ty) => {
        impl $set {
            /// The variant of a code and a symbol; `None` if the set does not contain this pair.
            #[must_use]
            #[inline]
            pub fn from_code_and_symbol(code: $code, symbol: &str) -> rt::Option<Self> {
                Self::first_with_symbol(symbol, |found| Self::code(found) == code)
            }

            /// The variant of a code and a symbol, with the values of the symbol's parameters.
            #[must_use]
            #[inline]
            pub fn parse(code: $code, symbol: &str) -> rt::Option<rt::Parsed<'_, Self>> {
                Self::find_symbol(symbol, |found| Self::code(found) == code)
            }
        }
    };
}

/// `Flag` for a set of flags: the number of places in its string, and the place of each flag.
#[doc(hidden)]
#[macro_export]
macro_rules! __flag {
    (
        impl $set:ident($self:ident), width: $width:literal, position: $position:expr
        $(, former: [$($former:ident),+])?
    ) => {
        impl rt::Flag for $set {
            const WIDTH: u32 = $width;
            $(const FORMER: &'static [Self] = &[$(Self::$former),+];)?

            #[inline]
            fn position(&$self) -> u32 {
                $position
            }
        }
    };
}

/// The methods of a derived error, each with the expression that it returns.
#[doc(hidden)]
#[macro_export]
macro_rules! __methods {
    (
        $visibility:vis fn($self:ident, $locale:ident)
        vendor: $vendor:expr,
        set: $set:expr,
        code: $code:expr,
        message: $message:expr,
        facts: { $($fact:ident($($fact_locale:ident)?): $value:expr,)* }
    ) => {
        /// The name of the vendor in the registry.
        #[must_use]
        #[inline]
        $visibility fn vendor(&$self) -> &'static $crate::__private::str {
            $vendor
        }

        /// The name of the set that contains the code.
        #[must_use]
        #[inline]
        $visibility fn set(&$self) -> &'static $crate::__private::str {
            $set
        }

        /// The code.
        #[must_use]
        #[inline]
        $visibility fn code(&$self) -> __errbook::Wire<'_> {
            $code
        }

        /// What the code means, in the best matching language. Parameters are filled in when the
        /// message is printed, without an allocation.
        #[must_use]
        #[inline]
        $visibility fn message(&$self, $locale: __errbook::Locale) -> __errbook::Localized<'_> {
            $message
        }

        $($crate::__fact! {
            $fact($self $(, $fact_locale)?) = $value, [$visibility]
        })*
    };
}

/// The methods of `ErrorCode` for a derived error, each with the expression that it returns.
#[doc(hidden)]
#[macro_export]
macro_rules! __trait_methods {
    (
        fn($self:ident, $locale:ident)
        vendor: $vendor:expr,
        set: $set:expr,
        code: $code:expr,
        message: $message:expr,
        facts: { $($fact:ident($($fact_locale:ident)?): $value:expr,)* }
    ) => {
        #[inline]
        fn vendor(&$self) -> &'static $crate::__private::str {
            $vendor
        }

        #[inline]
        fn set(&$self) -> &'static $crate::__private::str {
            $set
        }

        #[inline]
        fn wire(&$self) -> __errbook::Wire<'_> {
            $code
        }

        #[inline]
        fn localized(&$self, $locale: __errbook::Locale) -> __errbook::Localized<'_> {
            $message
        }

        $($crate::__fact! {
            $fact($self $(, $fact_locale)?) = $value
        })*
    };
}

/// The method `kind` of a derived error.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind_method {
    ($visibility:vis fn($self:ident) $kind:expr => $kinds:ty) => {
        /// What the code means across vendors.
        #[must_use]
        #[inline]
        $visibility fn kind(&$self) -> $kinds {
            $kind
        }
    };
}

/// `ALL` and `from_code` of a derived error that is a set of codes.
#[doc(hidden)]
#[macro_export]
macro_rules! __set_methods {
    ($visibility:vis str, all: [$($all:expr),*], from_code: { $($arms:tt)* }) => {
        $crate::__set_methods! {
            @ $visibility, [], &$crate::__private::str, [$($all),*], { $($arms)* }
        }
    };
    ($visibility:vis $code:ident, all: [$($all:expr),*], from_code: { $($arms:tt)* }) => {
        $crate::__set_methods! {
            @ $visibility, [const], $crate::__private::core::primitive::$code, [$($all),*],
            { $($arms)* }
        }
    };
    (
        @ $visibility:vis, [$($const:tt)?], $code:ty,
        [$($all:expr),*], { $($arms:tt)* }
    ) => {
        /// All codes, in the order of the variants.
        $visibility const ALL: &'static [Self] = &[$($all),*];

        /// The variant of a code; `None` if there is none.
        #[must_use]
        #[inline]
        $visibility $($const)? fn from_code(code: $code) -> $crate::__private::Option<Self> {
            match code {
                $($arms)*
                _ => $crate::__private::None,
            }
        }
    };
}

/// `CodeSet` of a derived error.
#[doc(hidden)]
#[macro_export]
macro_rules! __derived_set {
    (
        $code:ident,
        all: [$($all:expr),*],
        from_code: { $($arms:tt)* },
        names: $vendor:literal $name:literal,
        code($self:ident): $read:expr,
        message($locale:ident): $message:expr,
        default_message: $default:expr,
        template: $template:expr,
        variant_name: $variant_name:expr
    ) => {
        type Code = $crate::__code_type!($code);
        type Identity = $crate::ByCode;

        const VENDOR: &'static $crate::__private::str = $vendor;
        const NAME: &'static $crate::__private::str = $name;
        const ALL: &'static [Self] = &[$($all),*];

        #[inline]
        fn code(&$self) -> $crate::__code_type!($code) {
            $read
        }

        fn message(
            &$self,
            $locale: $crate::Locale,
        ) -> &'static $crate::__private::str {
            $message
        }

        fn default_message(&$self) -> &'static $crate::__private::str {
            $default
        }

        fn template(
            &$self,
        ) -> $crate::__private::Option<&'static $crate::__private::str> {
            $template
        }

        fn variant_name(&$self) -> &'static $crate::__private::str {
            $variant_name
        }

        fn decode(wire: $crate::Wire<'_>) -> $crate::__private::Option<Self> {
            $crate::__decode_derived!(wire, $code, $($arms)*)
        }

        fn decode_with_symbol<'a>(
            code: $crate::Wire<'_>,
            symbol: &'a $crate::__private::str,
        ) -> $crate::__private::Option<$crate::Parsed<'a, Self>> {
            $crate::__private::parse_decoded(code, symbol, |code| {
                $crate::__private::find_symbol_of(symbol, |found| *found == code)
            })
        }
    };
}

/// The type of the codes of a derived error.
#[doc(hidden)]
#[macro_export]
macro_rules! __code_type {
    (str) => { &'static $crate::__private::str };
    ($code:ident) => { $crate::__private::core::primitive::$code };
}

/// Decodes the codes and symbols of a derived error.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_derived {
    ($wire:ident, str, $($arms:tt)*) => {
        $crate::__private::decode_text(
            $wire,
            |code| match code {
                $($arms)*
                _ => $crate::__private::None,
            },
            $crate::__private::from_symbol_of,
        )
    };
    ($wire:ident, $code:ident, $($arms:tt)*) => {
        $crate::__private::decode_number(
            $wire,
            |code: $crate::__private::core::primitive::$code| match code {
                $($arms)*
                _ => $crate::__private::None,
            },
            $crate::__private::from_symbol_of,
        )
    };
}

/// The traits of the standard library and of serde that a set has, for a derived error. The set is a
/// `ty`, which keeps the span of the derive: of an `ident` the compiler would warn if it is
/// deprecated.
#[doc(hidden)]
#[macro_export]
macro_rules! __set_traits {
    ($set:ty: str) => {
        $crate::__set_traits! { @ $set: str }
    };
    ($set:ty: $code:ident) => {
        $crate::__set_traits! { @ $set: $code }
        $crate::__set_traits! { @ $set, i8 i16 i32 i64 isize u8 u16 u32 u64 usize }
        const _: () = {
            use $crate::__private as rt;
            $crate::__try_from_wide! { impl $set where for<'any> Self: rt::Distinct<'any> }
        };
    };
    (@ $set:ty: $code:ident) => {
        const _: () = {
            use $crate::__private as rt;

            $crate::__serde! { impl $set where for<'any> Self: rt::Distinct<'any> }
            $crate::__try_from_string! { impl $set where for<'any> Self: rt::Distinct<'any> }

            #[automatically_derived]
            impl rt::core::str::FromStr for $set
            where
                for<'any> Self: rt::Distinct<'any>,
            {
                type Err = rt::ParseCodeError;

                // Not `Self::Err`, which may be a variant.
                fn from_str(text: &rt::str) -> rt::Result<Self, rt::ParseCodeError> {
                    rt::from_str(text)
                }
            }

            #[automatically_derived]
            impl<'a> rt::TryFrom<&'a rt::str> for $set
            where
                for<'any> Self: rt::Distinct<'any>,
            {
                type Error = rt::UnknownCode<'a>;

                fn try_from(code: &'a rt::str) -> rt::Result<Self, rt::UnknownCode<'a>> {
                    rt::known(code)
                }
            }

            #[automatically_derived]
            impl rt::From<$set> for $crate::__code_type!($code)
            where
                for<'any> $set: rt::Distinct<'any>,
            {
                fn from(code: $set) -> Self {
                    rt::CodeSet::code(&code)
                }
            }
        };
    };
    (@ $set:ty, $($ty:ident)+) => {
        $(
            #[automatically_derived]
            impl $crate::__private::TryFrom<$crate::__private::core::primitive::$ty> for $set
            where
                for<'any> Self: $crate::__private::Distinct<'any>,
            {
                type Error = $crate::UnknownCode<'static>;

                fn try_from(
                    code: $crate::__private::core::primitive::$ty,
                ) -> $crate::__private::Result<Self, $crate::UnknownCode<'static>> {
                    $crate::__private::known(code)
                }
            }
        )+
    };
}
