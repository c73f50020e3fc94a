//! What `emit` writes down: every order, fallback and layout is decided here, and nothing is left to ask.

use crate::layout::{NumberLayout, TextLayout};

/// A text for each of some positions, in one blob.
#[derive(PartialEq)]
pub(crate) struct Pool {
    /// The different texts, in the order of their first use.
    pub(crate) texts: Vec<String>,
    /// How a position finds its text.
    pub(crate) spans: Spans,
    /// The pool that the texts are part of, if they are not a blob of their own.
    pub(crate) of: Option<&'static str>,
}

/// How a position finds its text in a blob; whichever takes the least room.
#[derive(PartialEq)]
pub(crate) enum Spans {
    /// Each position begins where the one before it ends.
    Offsets(Vec<u32>),
    /// Each position has a beginning and a length.
    Parts { starts: Vec<u32>, lens: Vec<u32> },
    /// Each position has a text's number, and each text begins where the one before it ends.
    Numbers {
        numbers: Vec<u32>,
        offsets: Vec<u32>,
    },
}

/// A value for each position.
pub(crate) enum Column<T> {
    /// All have the same.
    Same(T),
    /// The different values, and for each position which of them is its.
    Each { values: Vec<T>, positions: Vec<u16> },
}

/// In sets of up to so many variants, slots hold them: one load less, and no branch. In larger ones they hold positions:
/// the compiler checks each variant of a table by looking for it among all, which at 10,000 takes it a second.
pub(crate) const MOST_IN_SLOTS: usize = 2_000;

/// How numbers are looked up.
pub(crate) struct NumberIndex {
    /// 32 or 64.
    pub(crate) bits: u32,
    /// The numbers.
    pub(crate) keys: Vec<i64>,
    /// What each stands for.
    pub(crate) targets: Targets,
    /// Where each is found.
    pub(crate) layout: NumberLayout,
    /// The slots, if each holds a number and the position of its variant together: then no table of codes is asked.
    pub(crate) quotients: Option<Vec<u32>>,
}

/// How texts are looked up.
pub(crate) struct TextIndex {
    /// The texts; the beginning of a template stands for all that it matches. `None` if they are those of the variants
    /// themselves, which are there anyway; then a slot holds the position of a variant.
    pub(crate) keys: Option<Pool>,
    /// How many there are.
    pub(crate) count: usize,
    /// What each stands for.
    pub(crate) targets: Targets,
    /// Where each is found.
    pub(crate) layout: TextLayout,
}

/// What the keys of an index stand for.
#[derive(PartialEq)]
pub(crate) enum Targets {
    /// The variant at the same position.
    Same,
    /// The variant at another position.
    Each(Vec<u16>),
    /// Several that follow one another: the first of each, and one more than there are keys.
    Runs { starts: Vec<u16> },
    /// Several: the key's beginning in the list of variants. One more than there are keys.
    Many {
        starts: Vec<u16>,
        variants: Vec<u16>,
    },
}

/// How symbols are looked up.
pub(crate) struct Symbols {
    /// By the whole symbol, or what stands before its first hole.
    pub(crate) index: TextIndex,
    /// The targets that have their symbol with another.
    pub(crate) shared: Vec<u16>,
    /// The template of each target, or an empty text. `None` if the set has no templates.
    pub(crate) templates: Option<Pool>,
    /// The characters that a received symbol may be cut behind.
    pub(crate) separators: Vec<char>,
    /// The only separator, if no key holds it but at its end: then a symbol is cut first and looked up once.
    pub(crate) cut: Option<char>,
    /// What is left to ask of a text that is or begins with a key.
    pub(crate) fit: Fit,
    /// The keys that are the beginning of a template without a separator, the longest first.
    pub(crate) tails: Vec<u16>,
}

/// What a text has to be, besides beginning with a key, to be a symbol of the key's.
#[derive(Clone, Copy)]
pub(crate) enum Fit {
    /// The key and nothing more: there are no templates.
    Whole,
    /// Nothing: every key that is cut off is the beginning of a template that ends with its only hole.
    Any,
    /// Of the template's form, if it is not the key itself.
    Template,
}

/// A variant as it is declared.
pub(crate) struct Variant {
    /// Its name.
    pub(crate) name: String,
    /// Its documentation.
    pub(crate) doc: String,
    /// What else it is found by in the documentation.
    pub(crate) doc_aliases: Vec<String>,
    /// What the compiler says to those who use it.
    pub(crate) deprecated: Option<String>,
    /// Earlier names.
    pub(crate) was: Vec<String>,
}

/// The type of a code on the wire.
pub(crate) enum Codes {
    /// `i32` or `i64`.
    Numbers {
        bits: u32,
        codes: Vec<i64>,
        index: NumberIndex,
    },
    /// `&'static str`.
    Texts { codes: Pool, index: TextIndex },
    /// The same, with a place for each flag.
    Flags {
        codes: Pool,
        index: TextIndex,
        width: u32,
        places: Vec<u32>,
        plural: String,
    },
}

/// One set.
pub(crate) struct Set {
    pub(crate) vendor: String,
    pub(crate) name: String,
    pub(crate) was: Vec<String>,
    pub(crate) doc: String,
    pub(crate) by_symbol_too: bool,
    pub(crate) retired: bool,
    pub(crate) variants: Vec<Variant>,
    pub(crate) names: Pool,
    pub(crate) codes: Codes,
    pub(crate) symbol: Option<Pool>,
    pub(crate) template: Option<Pool>,
    pub(crate) symbols: Option<Symbols>,
    /// In each language.
    pub(crate) messages: Vec<Pool>,
    /// In each language; none if the set has none.
    pub(crate) remedies: Vec<Pool>,
    /// In each language; none outside a taxonomy.
    pub(crate) definitions: Vec<Pool>,
    pub(crate) section: Option<Pool>,
    pub(crate) billing: Column<u16>,
    pub(crate) retry: Column<u16>,
    pub(crate) retry_after: Column<u32>,
    pub(crate) http: Column<u16>,
    pub(crate) http_answer: Option<Column<u16>>,
    pub(crate) fault: Option<Column<Option<&'static str>>>,
    pub(crate) success: Column<bool>,
    /// The variants of the taxonomy; none if the spec has none.
    pub(crate) kind: Option<Column<String>>,
    pub(crate) ranges: Vec<Range>,
}

/// A class of codes.
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) billing: u16,
    pub(crate) retry: u16,
}

/// All that a spec becomes.
pub(crate) struct Tables {
    /// The languages, the one that serves everybody else first.
    pub(crate) locales: Vec<String>,
    pub(crate) sets: Vec<Set>,
}
