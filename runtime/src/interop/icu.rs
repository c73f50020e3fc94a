//! Conversions between [`Locale`] and the language identifiers and locales of `icu_locale_core`.

use icu_locale_core::LanguageIdentifier;

use crate::interop::tag::Tag;
use crate::locale::{Locale, ParseLocaleError};

impl TryFrom<&LanguageIdentifier> for Locale {
    type Error = ParseLocaleError;

    /// Variants are ignored.
    fn try_from(id: &LanguageIdentifier) -> Result<Self, Self::Error> {
        let script = id
            .script
            .as_ref()
            .map(icu_locale_core::subtags::Script::as_str)
            .unwrap_or_default();
        let region = id
            .region
            .as_ref()
            .map(icu_locale_core::subtags::Region::as_str)
            .unwrap_or_default();
        Self::from_subtags(id.language.as_str(), script, region)
    }
}

impl TryFrom<&icu_locale_core::Locale> for Locale {
    type Error = ParseLocaleError;

    /// Variants and extensions are ignored.
    fn try_from(locale: &icu_locale_core::Locale) -> Result<Self, Self::Error> {
        Self::try_from(&locale.id)
    }
}

impl From<Locale> for LanguageIdentifier {
    fn from(locale: Locale) -> Self {
        Self::try_from_utf8(Tag::new(locale).bytes())
            .expect("a language, a script and a region are a valid identifier")
    }
}
