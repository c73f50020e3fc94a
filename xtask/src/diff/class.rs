//! The classes of findings, each with its default severity and the version bump that it needs.
//!
//! The classes of changes to a fact come from the table of facts, the others from the list below.

use errbook_spec::facts::{Bump, Difference, FACTS, FactType, Weight};
use serde::Serialize;

/// How much a person must look at a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Whitespace, punctuation, or width only.
    Cosmetic,
    /// Worth knowing.
    Info,
    /// A program may behave differently.
    Warning,
    /// Costs change, or a program breaks.
    Error,
}

/// The smallest release that may carry a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No program can depend on it.
    Patch,
    /// Something new, or a change that compiles.
    Minor,
    /// Something that the public API promised was removed or changed its meaning.
    Major,
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Cosmetic => Self::Cosmetic,
            Weight::Info => Self::Info,
            Weight::Warning => Self::Warning,
            Weight::Error => Self::Error,
        }
    }
}

impl From<Bump> for Verdict {
    fn from(bump: Bump) -> Self {
        match bump {
            Bump::Patch => Self::Patch,
            Bump::Minor => Self::Minor,
            Bump::Major => Self::Major,
        }
    }
}

impl Severity {
    /// Each word with its meaning, from the least severe to the most severe.
    pub const WORDS: &[(&str, Self)] = &[
        ("cosmetic", Self::Cosmetic),
        ("info", Self::Info),
        ("warning", Self::Warning),
        ("error", Self::Error),
    ];
}

impl Verdict {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[
        ("patch", Self::Patch),
        ("minor", Self::Minor),
        ("major", Self::Major),
    ];
}

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $word:literal $severity:ident $verdict:ident,)*) => {
        /// The class of a finding. Its word is part of the finding's id and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class {
            $($(#[$doc])* $name,)*
            /// A fact of a code, a range or a set, by the word of its class in the table of facts.
            Fact(&'static str),
        }

        /// Each class that is not a fact's, with its word, its default severity, and its verdict.
        const OTHERS: &[(Class, &str, Severity, Verdict)] =
            &[$((Class::$name, $word, Severity::$severity, Verdict::$verdict),)*];
    };
}

classes! {
    /// A new vendor.
    VendorAdded = "vendor-added" Info Minor,
    /// A removed vendor.
    VendorRemoved = "vendor-removed" Error Major,
    /// A vendor under another name: that of the domain in each log, metric and problem document.
    VendorRenamed = "vendor-renamed" Error Major,
    /// The type that `kind()` returns.
    TaxonomyChanged = "taxonomy-changed" Error Major,
    /// The language of the document. A reader of the old one may not know the new one, and every
    /// `Display` of a module without `locales` changes at once, so this weighs as much as the
    /// removal of a language, not as a reworded message.
    DefaultLanguageChanged = "default-language-changed" Error Major,
    /// The language in which the vendor describes a code.
    LocaleChanged = "locale-changed" Info Minor,
    /// Strings in one more language.
    LanguageAdded = "language-added" Info Minor,
    /// A language that has no strings any more.
    LanguageRemoved = "language-removed" Error Major,
    /// A new set.
    SetAdded = "set-added" Info Minor,
    /// A removed set.
    SetRemoved = "set-removed" Error Major,
    /// A set whose table the vendor withdrew. It still decodes.
    SetRetired = "set-retired" Warning Minor,
    /// A withdrawn set that is in the document again.
    SetReappeared = "set-reappeared" Info Minor,
    /// A set under another name. The old one stays as a deprecated alias.
    SetRenamed = "set-renamed" Error Major,
    /// One more former name of a set.
    SetNameAdded = "set-name-added" Info Minor,
    /// A former name of a set that is no longer kept.
    SetNameRemoved = "set-name-removed" Error Major,
    /// The type of a code on the wire.
    WireChanged = "wire-changed" Error Major,
    /// What identifies a code in its set.
    IdentityChanged = "identity-changed" Error Major,
    /// Numbers or names that no code may use again.
    ReservationAdded = "reservation-added" Info Patch,
    /// Reserved numbers or names that may be used again, for something else.
    ReservationRemoved = "reservation-removed" Error Major,
    /// A title of the document, a set or a section.
    TitleChanged = "title-changed" Info Patch,
    /// Where the facts about billing come from.
    BillingSourceChanged = "billing-source-changed" Info Patch,
    /// A new section.
    SectionAdded = "section-added" Info Minor,
    /// A removed section.
    SectionRemoved = "section-removed" Info Minor,
    /// A new range of codes.
    RangeAdded = "range-added" Info Minor,
    /// A removed range of codes.
    RangeRemoved = "range-removed" Warning Minor,
    /// The facts of a range of codes.
    RangeChanged = "range-changed" Warning Minor,
    /// A new code.
    CodeAdded = "code-added" Info Minor,
    /// A code that is no longer in the document. It still decodes.
    CodeRetired = "code-retired" Warning Minor,
    /// A retired code that is in the document again.
    CodeReappeared = "code-reappeared" Info Minor,
    /// A removed code: it no longer decodes.
    CodeRemoved = "code-removed" Error Major,
    /// A code in another set or section.
    CodeMoved = "code-moved" Info Minor,
    /// A removed and a new code with the same message: perhaps the same error, renumbered.
    RenameProposed = "rename-proposed" Info Patch,
    /// A different Rust name. The old one stays as a deprecated constant.
    VariantRenamed = "variant-renamed" Error Major,
    /// One more former Rust name.
    VariantNameAdded = "variant-name-added" Info Minor,
    /// A former Rust name that is no longer kept.
    VariantNameRemoved = "variant-name-removed" Error Major,
    /// The vendor's own name for a code. Minor if the old one still decodes.
    SymbolChanged = "symbol-changed" Error Major,
    /// One more symbol that decodes.
    AliasAdded = "alias-added" Info Minor,
    /// A symbol that no longer decodes.
    AliasRemoved = "alias-removed" Error Major,
    /// One more parameter.
    ParameterAdded = "parameter-added" Info Minor,
    /// A removed parameter.
    ParameterRemoved = "parameter-removed" Error Major,
    /// A parameter under another name.
    ParameterRenamed = "parameter-renamed" Error Major,
    /// How a parameter is written, or the values it may take.
    ParameterChanged = "parameter-changed" Warning Minor,
    /// A new translation.
    TranslationAdded = "translation-added" Info Patch,
    /// A translation that is stale and no longer shipped.
    TranslationStale = "translation-stale" Warning Patch,
    /// What looks like a code, is new in the document, and is in no entry.
    CodeUnread = "code-unread" Warning Patch,
    /// A new column of a set's table to which neither its header nor the overlay gives a role.
    ColumnUnread = "column-unread" Warning Patch,
    /// A table or list that belongs to no set, and is new or has changed.
    TableUnread = "table-unread" Warning Patch,
    /// Headings above tables that have the same codes as before.
    HeadingsChanged = "headings-changed" Info Patch,
    /// Text of the document that no fact keeps.
    UnreadChanged = "unread-changed" Warning Patch,
}

impl Class {
    /// A change of a message. Reports show both strings in quotation marks.
    pub const MESSAGE_CHANGED: Self = Self::Fact("message-changed");
    /// A change of a remedy.
    pub const REMEDY_CHANGED: Self = Self::Fact("remedy-changed");
    /// A change of billing. Reports translate its words.
    pub const BILLING_CHANGED: Self = Self::Fact("billing-changed");

    /// The word of every class.
    #[must_use]
    pub fn words() -> Vec<&'static str> {
        let mut words: Vec<_> = OTHERS.iter().map(|(_, word, ..)| *word).collect();
        for difference in FACTS.iter().filter_map(|fact| fact.diff) {
            if !words.contains(&difference.class) {
                words.push(difference.class);
            }
        }
        words
    }

    /// The class of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let other = OTHERS.iter().find(|(_, known, ..)| *known == word);
        other
            .map(|(class, ..)| *class)
            .or_else(|| Some(Self::Fact(difference(word)?.class)))
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact(word) => word,
            _ => self.definition().map_or("", |row| row.1),
        }
    }

    /// The severity that it has by default.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Fact(word) => difference(word).map_or(Severity::Error, |it| it.weight.into()),
            _ => self.definition().map_or(Severity::Error, |row| row.2),
        }
    }

    /// The release that it needs by default.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Fact(word) => difference(word).map_or(Verdict::Major, |it| it.bump.into()),
            _ => self.definition().map_or(Verdict::Major, |row| row.3),
        }
    }

    /// The lowest severity that a person may give it.
    #[must_use]
    pub fn floor(self) -> Severity {
        match self {
            Self::Fact(word) => difference(word).map_or(Severity::Error, |it| it.least.into()),
            _ => Severity::Cosmetic,
        }
    }

    /// Whether its old and new values are sentences, which reports quote.
    #[must_use]
    pub fn is_about_sentences(self) -> bool {
        match self {
            Self::TranslationAdded | Self::TranslationStale => true,
            Self::Fact(word) => FACTS.iter().any(|fact| {
                fact.diff.is_some_and(|diff| diff.class == word)
                    && matches!(fact.fact_type(), FactType::Texts | FactType::Note)
                    && !fact.is_for_kinds
            }),
            _ => false,
        }
    }

    fn definition(self) -> Option<&'static (Self, &'static str, Severity, Verdict)> {
        OTHERS.iter().find(|(class, ..)| *class == self)
    }
}

/// The first difference of a class in the table of facts.
fn difference(class: &str) -> Option<Difference> {
    let mut differences = FACTS.iter().filter_map(|fact| fact.diff);
    differences.find(|difference| difference.class == class)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_names_one_class() {
        let words = Class::words();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        for word in words {
            assert_eq!(Class::of_word(word).map(Class::word), Some(word));
        }
    }

    #[test]
    fn facts_of_one_class_have_one_weight() {
        for diff in FACTS.iter().filter_map(|fact| fact.diff) {
            let class = Class::Fact(diff.class);
            assert_eq!(class.severity(), diff.weight.into(), "{}", diff.class);
            assert_eq!(class.verdict(), diff.bump.into(), "{}", diff.class);
            assert_eq!(class.floor(), diff.least.into(), "{}", diff.class);
        }
    }

    #[test]
    fn the_classes_that_code_names_exist() {
        for class in [
            Class::MESSAGE_CHANGED,
            Class::REMEDY_CHANGED,
            Class::BILLING_CHANGED,
        ] {
            assert_eq!(Class::of_word(class.word()), Some(class));
        }
    }
}
