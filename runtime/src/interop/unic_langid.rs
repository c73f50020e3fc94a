//! Conversions between [`Locale`] and the language identifiers of `unic_langid`.

use unic_langid::LanguageIdentifier;

use crate::interop::tag::Tag;
use crate::locale::{Locale, ParseLocaleError};

impl TryFrom<&LanguageIdentifier> for Locale {
    type Error = ParseLocaleError;

    /// Variants are ignored.
    fn try_from(id: &LanguageIdentifier) -> Result<Self, Self::Error> {
        let script = id
            .script
            .as_ref()
            .map(unic_langid::subtags::Script::as_str)
            .unwrap_or_default();
        let region = id
            .region
            .as_ref()
            .map(unic_langid::subtags::Region::as_str)
            .unwrap_or_default();
        Self::from_subtags(id.language.as_str(), script, region)
    }
}

impl From<Locale> for LanguageIdentifier {
    fn from(locale: Locale) -> Self {
        Self::from_bytes(Tag::new(locale).bytes())
            .expect("a language, a script and a region are a valid identifier")
    }
}
