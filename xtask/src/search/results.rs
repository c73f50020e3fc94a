//! What a search finds.

/// How a code fits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Words of its texts or names.
    Words,
    /// A number that its note, or the note of its set, mentions.
    Note,
    /// The first digits of its code.
    Prefix,
    /// A code or name that differs in one or two characters.
    Near,
    /// The digits of its code behind other letters or another sign: `E1000` for `1000`.
    SameDigits,
    /// Its vendor or its set.
    Scope,
    /// Its kind.
    Kind,
    /// Its range contains the number.
    Range,
    /// Its number, apart from the sign and leading zeros.
    Digits,
    /// Its symbol, without the parameter.
    Template,
    /// All the words of one of its texts, and no others.
    Text,
    /// One of the flags.
    Flag,
    /// A former Rust name, or its Rust name.
    Variant,
    /// Another symbol or code that decodes to it.
    Alias,
    /// Its symbol.
    Symbol,
    /// Its code.
    Code,
}

impl How {
    /// The word for it in the results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Note => "note",
            Self::Prefix => "prefix",
            Self::Near => "near",
            Self::SameDigits => "same-digits",
            Self::Scope => "scope",
            Self::Kind => "kind",
            Self::Range => "range",
            Self::Digits => "digits",
            Self::Template => "template",
            Self::Text => "text",
            Self::Flag => "flag",
            Self::Variant => "variant",
            Self::Alias => "alias",
            Self::Symbol => "symbol",
            Self::Code => "code",
        }
    }
}

/// What a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A code: the position of its set, and its own in the set.
    Code(usize, usize),
    /// A set, by its note.
    Set(usize),
    /// A range of a set.
    Range(usize, usize),
}

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What was found.
    pub target: Target,
    /// How much of the query fits.
    pub score: u32,
    /// How it fits best.
    pub how: How,
}

/// The results of a query.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// The results, best first, up to the limit.
    pub matches: Vec<Match>,
    /// How many there are without the limit.
    pub total: usize,
    /// Whether the best result fits every part of the query.
    pub is_complete: bool,
    /// Whether nothing labels or names a code in a text of several words, so that the numbers in it
    /// are codes only perhaps.
    pub is_guess: bool,
    /// Whether the query is a text that holds more than what is asked for, such as a line of a log,
    /// or has quantities only.
    pub is_long: bool,
    /// The numbers that the query asks for and that no code, flag or range has, and the symbols
    /// that are labelled as codes. Where some are labelled, `code=5007`, it asks for these only.
    pub undocumented: Vec<String>,
    /// The other parts of a short query that fit none of the results, as they are written.
    pub unknown: Vec<String>,
    /// The kinds whose text for users the query is.
    pub kinds: Vec<usize>,
}
