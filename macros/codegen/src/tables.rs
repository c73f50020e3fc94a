//! What `emit` writes: every order, fallback and layout is decided when these values are made.

/// Numbers in a static of their own, in the smallest type that holds them all.
#[derive(PartialEq)]
pub(crate) enum Numbers {
    /// `[u8; 3] = [1, 2, 3]`
    List { ty: NumberType, values: Vec<i64> },
    /// `[u8; 3] = *b"\x01\x02\x03"`
    Bytes(Vec<u8>),
    /// `[[u8; 2]; 3] = rt::cells(b"…")`, little-endian.
    Cells {
        ty: NumberType,
        len: usize,
        bytes: Vec<u8>,
    },
}

/// The type of the numbers in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberType {
    U8,
    U16,
    U32,
    I32,
    I64,
}

impl NumberType {
    /// Its name in Rust.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::I32 => "i32",
            Self::I64 => "i64",
        }
    }

    /// How many bytes a number takes.
    pub(crate) const fn width(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::U32 | Self::I32 => 4,
            Self::I64 => 8,
        }
    }

    /// How many bits a number takes.
    pub(crate) const fn bits(self) -> u32 {
        match self {
            Self::U8 => u8::BITS,
            Self::U16 => u16::BITS,
            Self::U32 | Self::I32 => u32::BITS,
            Self::I64 => u64::BITS,
        }
    }
}

/// A string for each position, in one blob.
#[derive(PartialEq)]
pub(crate) struct Pool {
    /// Where the strings are.
    pub(crate) blob: Blob,
    /// How a position finds its string.
    pub(crate) spans: Spans,
    /// How a string is compared with one of the pool.
    pub(crate) compare: Compare,
}

/// How two strings are compared.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Compare {
    /// In words of 8 bytes up to 32 bytes, and in up to this many blocks of 16 bytes beyond.
    Words(usize),
    /// In up to this many blocks of 16 bytes.
    Blocks(usize),
}

/// The string that the strings of a pool are parts of.
#[derive(PartialEq)]
pub(crate) enum Blob {
    /// `concat!("a", "b")`, which a person can read.
    Parts(Vec<String>),
    /// One literal.
    Whole(String),
    /// The blob of the pool with this name.
    Of(&'static str),
}

/// How a position finds its string in a blob; `lower` takes the one with the fewest bytes.
#[derive(PartialEq)]
pub(crate) enum Spans {
    /// Each position begins where the one before it ends.
    Offsets { offsets: Numbers },
    /// Each position has a start and a length.
    Parts { starts: Numbers, lens: Numbers },
    /// Each position has the number of a string, and each string begins where the one before it
    /// ends.
    Shared { numbers: Numbers, offsets: Numbers },
}

/// A column of texts in one of the languages.
pub(crate) enum Language {
    /// A pool of its own.
    Own(Pool),
    /// The same strings as in the first language.
    First,
}

/// A value for each variant.
pub(crate) enum Column<T> {
    /// All have the same.
    Same(T),
    /// The different values, and for each variant the position of its value.
    Each { values: Vec<T>, positions: Numbers },
}

/// How a key is mixed and finds its slot: `mixed >> shift`.
pub(crate) struct Probe {
    pub(crate) multiplier: u64,
    pub(crate) shift: u32,
    pub(crate) level: Level,
    /// How many placements of a key the search for it took.
    pub(crate) tries: u64,
}

/// What the slot is XORed with.
pub(crate) enum Level {
    /// Nothing.
    One,
    /// The pilot of the key's bucket.
    Two(Pilots),
}

/// The pilots, and how a mixed key finds its own.
pub(crate) struct Pilots {
    pub(crate) bucket: Bucket,
    /// Which bits of the bucket count.
    pub(crate) mask: usize,
    pub(crate) values: Numbers,
}

/// How a mixed key finds its bucket.
pub(crate) enum Bucket {
    /// `mixed >> shift`.
    Plain { shift: u32 },
    /// `mixed >> shift ^ mixed >> fold`.
    Folded { shift: u32, fold: u32 },
}

/// How a number leads to its variant, or to its variants.
pub(crate) enum NumberLookup {
    /// `code - min` is the slot, which holds the variant, if there is one.
    Dense {
        min: i64,
        len: usize,
        slots: Numbers,
    },
    /// A slot holds a variant, whose own code is compared.
    Variants { probe: Probe, slots: Numbers },
    /// A slot holds the position of a variant, whose own code is compared.
    Positions { probe: Probe, slots: Numbers },
    /// A slot holds the position of a variant in its low `bits`, and above them what of the mixed
    /// key does not say which slot it is in. Both together identify the key, so the table of
    /// codes is not read.
    Quotients {
        probe: Probe,
        slots: Numbers,
        bits: u32,
        len: usize,
    },
    /// A slot holds the position of a key in a table of keys, since there are earlier codes too.
    Keys {
        probe: Probe,
        slots: Numbers,
        keys: Numbers,
        variants: Numbers,
    },
    /// A code belongs to several variants, which follow each other in the list of variants.
    Runs {
        probe: Probe,
        slots: Numbers,
        starts: Numbers,
    },
    /// A code belongs to several variants, in any order.
    Groups {
        probe: Probe,
        slots: Numbers,
        keys: Numbers,
        starts: Numbers,
        variants: Numbers,
    },
}

/// How a string is mixed and finds its slot.
pub(crate) struct TextProbe {
    /// The function that mixes it.
    pub(crate) mix: &'static str,
    /// What it is mixed with.
    pub(crate) seed: u64,
    /// How the mixed string finds its slot.
    pub(crate) probe: Probe,
}

/// A table of strings. A slot holds the position of a string in it.
pub(crate) struct TextKeys {
    pub(crate) probe: TextProbe,
    pub(crate) slots: Numbers,
    pub(crate) keys: Pool,
}

/// How a string that is written as the vendor writes it leads to its variant, or to its variants.
pub(crate) enum TextLookup {
    /// A slot holds a variant, whose own string is compared.
    Variants { probe: TextProbe, slots: Numbers },
    /// A slot holds the position of a variant, whose own string is compared.
    Positions { probe: TextProbe, slots: Numbers },
    /// A slot holds the position of a key in a table of keys, since there are aliases or earlier
    /// codes too.
    Keys { keys: TextKeys, variants: Numbers },
    /// A string belongs to several variants.
    Groups {
        keys: TextKeys,
        starts: Numbers,
        variants: Numbers,
    },
}

/// How a symbol leads to its variant. A key is a whole symbol, or the part of a template in front
/// of its first parameter; a target is a pair of a key and a variant.
pub(crate) enum SymbolLookup {
    /// No symbol has parameters.
    Plain(TextLookup),
    /// Each template is a key and one parameter behind it, each key has one target, and no key of
    /// a template contains the separator but at its end. So a symbol is cut behind the separator,
    /// looked up once, and not checked further.
    Cut {
        keys: TextKeys,
        variants: Numbers,
        templates: Pool,
        separator: char,
        /// A whole symbol contains the separator elsewhere (`A:B`), so a symbol is looked up as it
        /// is before it is cut.
        whole_first: bool,
        tails: Vec<u16>,
    },
    /// Any other templates. A symbol is cut behind each separator in turn, and what it leads to is
    /// compared with the template.
    Templates {
        keys: TextKeys,
        starts: Numbers,
        variants: Numbers,
        templates: Pool,
        separators: Vec<char>,
        /// The keys of templates that no separator ends, the longest first.
        tails: Vec<u16>,
        /// The targets whose symbol has other targets too.
        shared: Vec<u16>,
    },
}

/// A variant as it is declared.
pub(crate) struct Variant {
    /// Its name.
    pub(crate) name: String,
    /// Its documentation.
    pub(crate) doc: String,
    /// Other names under which rustdoc finds it.
    pub(crate) doc_aliases: Vec<String>,
    /// The compiler's note to those who use it.
    pub(crate) deprecated: Option<String>,
    /// Earlier names.
    pub(crate) was: Vec<String>,
}

/// The type of a code on the wire.
pub(crate) enum Codes {
    /// `i32` or `i64`.
    Numbers {
        ty: NumberType,
        codes: Numbers,
        lookup: NumberLookup,
    },
    /// `&'static str`.
    Texts { codes: Pool, lookup: TextLookup },
    /// The same, with a position for each flag.
    Flags {
        codes: Pool,
        lookup: TextLookup,
        width: u32,
        places: Numbers,
        plural: String,
    },
}

/// How an answer of the vendor is decoded.
#[derive(Clone, Copy)]
pub(crate) enum Decode {
    /// By a code that is a number.
    Number,
    /// By a code that is a number, or by a symbol.
    NumberOrSymbol,
    /// The same, where symbols have parameters.
    NumberOrTemplate,
    /// By a number and a symbol together.
    NumberAndSymbol,
    /// By a code that is a string.
    Text,
    /// By a code that is a string, or by a symbol.
    TextOrSymbol,
    /// The same, where symbols have parameters.
    TextOrTemplate,
    /// By a string and a symbol together.
    TextAndSymbol,
}

/// The lints that the tables of a set are excused from. A crate that forbids `deprecated` can use
/// all sets without retired codes.
#[derive(Clone, Copy)]
pub(crate) enum Lints {
    None,
    /// Some variants are retired, and the tables list them.
    Deprecated,
}

/// One set.
pub(crate) struct Set {
    pub(crate) vendor: String,
    pub(crate) name: String,
    pub(crate) was: Vec<String>,
    pub(crate) doc: String,
    /// The enum's `#[repr(…)]`, if it has one.
    pub(crate) repr: Option<&'static str>,
    pub(crate) decode: Decode,
    pub(crate) lints: Lints,
    pub(crate) variants: Vec<Variant>,
    /// The names of the former meanings, which are the last variants and do not decode.
    pub(crate) former: Vec<String>,
    pub(crate) names: Pool,
    pub(crate) codes: Codes,
    pub(crate) symbol: Option<Pool>,
    pub(crate) template: Option<Pool>,
    pub(crate) symbols: Option<SymbolLookup>,
    /// The functions that mix the strings of its lookups, each once.
    pub(crate) mixes: Vec<&'static str>,
    /// The methods that return facts of a code, without `code` and `kind`.
    pub(crate) methods: Methods,
    /// The variants of the taxonomy; `None` if the spec has none.
    pub(crate) kind: Option<Column<String>>,
    /// The variants of the enum of kinds that it needs.
    pub(crate) kind_variants: Vec<KindVariant>,
    pub(crate) ranges: Vec<Range>,
}

/// The methods that return facts of a code.
pub(crate) struct Methods {
    /// Those that only the enums of sets have.
    pub(crate) of_set: Vec<Method>,
    /// Those that every code has: they are methods of the trait `ErrorCode`, too.
    pub(crate) of_every_code: Vec<Method>,
}

impl Methods {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Method> {
        self.of_set.iter().chain(&self.of_every_code)
    }
}

/// A method that returns a fact of a code. The names of its tables begin with its own.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) returns: Returns,
}

/// What a method returns for each variant. Names of variants are those of the runtime's enums.
pub(crate) enum Returns {
    /// A text in the best matching language.
    Texts(Vec<Language>),
    /// The same, or `None` for an empty text.
    OptionalTexts(Vec<Language>),
    /// `None` in every language.
    NoTexts,
    /// The same in every language: a string, or `None` for an empty one.
    OptionalStrings(Pool),
    /// The symbol, or `None` for an empty one. Its table is that of the lookup of symbols.
    OptionalSymbols,
    /// One string for all.
    SameString(String),
    /// `None` for all.
    Nothing,
    /// A variant of this enum.
    Words(&'static str, Column<String>),
    /// The same, or `None`.
    OptionalWords(&'static str, Column<Option<String>>),
    /// A duration in seconds, or `None` for 0.
    OptionalSeconds(Column<u32>),
    /// An HTTP status.
    Statuses(Column<u32>),
    /// The same, or `None` for 0.
    OptionalStatuses(Column<u32>),
    /// A `bool`.
    Flags(Column<bool>),
    /// The severity that follows from `is_success`: info for success, error for all others.
    SeverityBySuccess,
}

/// A class of codes.
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The variant of the taxonomy.
    pub(crate) kind: Option<String>,
    pub(crate) billing: String,
    pub(crate) retry: String,
    pub(crate) severity: String,
}

/// Everything that a spec becomes.
pub(crate) struct Tables {
    /// The languages, the fallback first.
    pub(crate) locales: Vec<String>,
    pub(crate) sets: Vec<Set>,
}

/// A variant of the enum of kinds.
pub(crate) struct KindVariant {
    /// Its name.
    pub(crate) name: String,
    /// What needs it, and where that is in the spec.
    pub(crate) needs: String,
}
