//! What kinds of findings there are, how much each weighs, and which version it asks for.

use serde::Serialize;

/// How much a person must look at a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Form only: blanks, punctuation, width.
    Cosmetic,
    /// Worth knowing.
    Info,
    /// A program may behave differently.
    Warning,
    /// Somebody pays differently, or a program breaks.
    Error,
}

/// The least version that may carry a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing that a program can be written against.
    Patch,
    /// New, or different in a way that compiles.
    Minor,
    /// Something that was promised is gone or has another meaning.
    Major,
}

impl Severity {
    /// Each word with its meaning, from light to heavy.
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
        }

        impl Class {
            /// Each class with its word, the severity that it has by itself, and its verdict.
            pub const ALL: &[(Self, &str, Severity, Verdict)] =
                &[$((Self::$name, $word, Severity::$severity, Verdict::$verdict),)*];
        }
    };
}

classes! {
    /// A vendor that was not there.
    VendorAdded = "vendor-added" Info Minor,
    /// A vendor that is gone.
    VendorRemoved = "vendor-removed" Error Major,
    /// `kind()` is of another taxonomy.
    TaxonomyChanged = "taxonomy-changed" Error Major,
    /// The document's language, or a code's.
    LocaleChanged = "locale-changed" Info Minor,
    /// Texts in one more language.
    LanguageAdded = "language-added" Info Minor,
    /// A language without any text left.
    LanguageRemoved = "language-removed" Error Major,
    /// A set that was not there.
    SetAdded = "set-added" Info Minor,
    /// A set that is gone.
    SetRemoved = "set-removed" Error Major,
    /// A set whose table the vendor withdrew. It still decodes.
    SetRetired = "set-retired" Warning Minor,
    /// A withdrawn set that is back.
    SetReappeared = "set-reappeared" Info Minor,
    /// A set under another name. The old one stays as a deprecated alias.
    SetRenamed = "set-renamed" Error Major,
    /// One more earlier name of a set.
    SetNameAdded = "set-name-added" Info Minor,
    /// An earlier name of a set that is no longer kept.
    SetNameRemoved = "set-name-removed" Error Major,
    /// The type of a code on the wire.
    WireChanged = "wire-changed" Error Major,
    /// What tells two codes apart.
    IdentityChanged = "identity-changed" Error Major,
    /// A title of the document, a set or a section.
    TitleChanged = "title-changed" Info Patch,
    /// Where the facts about billing come from.
    BillingSourceChanged = "billing-source-changed" Info Patch,
    /// A section that was not there.
    SectionAdded = "section-added" Info Minor,
    /// A section that is gone.
    SectionRemoved = "section-removed" Info Minor,
    /// A class of codes that was not there.
    RangeAdded = "range-added" Info Minor,
    /// A class of codes that is gone.
    RangeRemoved = "range-removed" Warning Minor,
    /// What is known of a class of codes.
    RangeChanged = "range-changed" Warning Minor,
    /// A code that was not there.
    CodeAdded = "code-added" Info Minor,
    /// A code that left the document. It still decodes.
    CodeRetired = "code-retired" Warning Minor,
    /// A code that had left the document and is back.
    CodeReappeared = "code-reappeared" Info Minor,
    /// A code that a person took out: it no longer decodes.
    CodeRemoved = "code-removed" Error Major,
    /// A code in another set or section.
    CodeMoved = "code-moved" Info Minor,
    /// A code that left, and one that came with its text: perhaps the same thing.
    RenameProposed = "rename-proposed" Info Patch,
    /// What to use instead of a retired code.
    ReplacementChanged = "replacement-changed" Info Patch,
    /// Another Rust name. The old one stays as a deprecated constant.
    VariantRenamed = "variant-renamed" Error Major,
    /// One more earlier Rust name.
    VariantNameAdded = "variant-name-added" Info Minor,
    /// An earlier Rust name that is no longer kept.
    VariantNameRemoved = "variant-name-removed" Error Major,
    /// The vendor's own name for a code. Minor if the old one still decodes.
    SymbolChanged = "symbol-changed" Error Major,
    /// One more text that decodes.
    AliasAdded = "alias-added" Info Minor,
    /// A text that no longer decodes.
    AliasRemoved = "alias-removed" Error Major,
    /// One more parameter.
    ParameterAdded = "parameter-added" Info Minor,
    /// A parameter that is gone.
    ParameterRemoved = "parameter-removed" Error Major,
    /// A parameter under another name.
    ParameterRenamed = "parameter-renamed" Error Major,
    /// How a parameter is written, or the values it may take.
    ParameterChanged = "parameter-changed" Warning Minor,
    /// What a code means, in the vendor's words or in a translation.
    MessageChanged = "message-changed" Warning Minor,
    /// What to do about a code, in the vendor's words or in a translation.
    RemedyChanged = "remedy-changed" Warning Minor,
    /// A text that has a translation now.
    TranslationAdded = "translation-added" Info Patch,
    /// A translation that no longer holds, and is not shipped.
    TranslationStale = "translation-stale" Warning Patch,
    /// Whether the vendor charges for it. Rust does not see it; whoever pays does.
    BillingChanged = "billing-changed" Error Minor,
    /// What it means across vendors.
    KindChanged = "kind-changed" Warning Minor,
    /// What a caller should do, or when.
    RetryChanged = "retry-changed" Warning Minor,
    /// The HTTP status that comes with it.
    HttpChanged = "http-changed" Warning Minor,
    /// Whether it says that all went well.
    SuccessChanged = "success-changed" Error Minor,
    /// What a kind is, in a taxonomy.
    DefinitionChanged = "definition-changed" Warning Minor,
}

impl Class {
    /// The class of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known, ..)| *known == word)
            .map(|(class, ..)| *class)
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The severity that it has by itself.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.row().2
    }

    /// The version that it asks for by itself.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        self.row().3
    }

    /// The lightest that a person may make it. Who pays must never learn it from the bill.
    #[must_use]
    pub fn floor(self) -> Severity {
        if self == Self::BillingChanged {
            Severity::Warning
        } else {
            Severity::Cosmetic
        }
    }

    fn row(self) -> &'static (Self, &'static str, Severity, Verdict) {
        // The table is made from the same list as the type, in the same order.
        &Self::ALL[self as usize]
    }
}
