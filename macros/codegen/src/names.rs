//! The names of the items in an expansion: tables and functions that the emitter defines, and that
//! the runtime's macros and other parts of the expansion refer to.

/// The names that `runtime/src/__private/macros.rs` expects to find beside its calls. A test
/// compares the list with the names that occur there.
pub const EXPECTED: &[&str] = &[
    VARIANTS,
    VARIANT_NAME,
    MESSAGE,
    DEFAULT_LANGUAGE,
    DEFAULT_TEXT,
    SYMBOL_TEMPLATE,
    SYMBOL.variants,
];

/// The variants in the order of the document.
pub const VARIANTS: &str = "VARIANTS";
/// The name of a variant.
pub const VARIANT_NAME: &str = "name_of_variant";
/// The position of the default language.
pub const DEFAULT_LANGUAGE: &str = "DEFAULT_LANGUAGE";
/// The message of a variant in the default language.
pub const DEFAULT_TEXT: &str = "default_text";
/// The message of a variant in the first language.
pub const MESSAGE: &str = "message_0";
/// The template of a target of a symbol, or an empty string.
pub const SYMBOL_TEMPLATE: &str = "symbol_template";

/// The symbol of a variant, or an empty string.
pub(crate) const SYMBOL_TEXT: &str = SYMBOL.text;
/// The symbol of a variant as a template, or an empty string.
pub(crate) const TEMPLATE_TEXT: &str = "template_text";
/// The codes of the variants, where they are numbers.
pub(crate) const CODES: &str = "CODES";
/// The numbers that are keys, where keys are not the codes of the variants.
pub(crate) const CODE_KEYS: &str = "CODE_KEYS";
/// The position of each flag.
pub(crate) const PLACES: &str = "PLACES";

/// The names of the items of one lookup.
#[derive(Debug, Clone, Copy)]
pub struct Lookup {
    /// The string of a variant.
    pub text: &'static str,
    /// The key at a position, where keys are not the strings of the variants.
    pub key: &'static str,
    /// The slots.
    pub slots: &'static str,
    /// The pilots.
    pub pilots: &'static str,
    /// The start of each key's part of `variants`.
    pub starts: &'static str,
    /// The variants that keys lead to.
    pub variants: &'static str,
    /// From a key to its variant.
    pub find: &'static str,
    /// From a key to its position.
    pub position: &'static str,
}

/// The lookup of codes.
pub const CODE: Lookup = Lookup {
    text: "code_text",
    key: "code_key",
    slots: "CODE_SLOTS",
    pilots: "CODE_PILOTS",
    starts: "CODE_STARTS",
    variants: "CODE_VARIANTS",
    find: "code_find",
    position: "code_position",
};

/// The lookup of symbols.
pub const SYMBOL: Lookup = Lookup {
    text: "symbol_text",
    key: "symbol_key",
    slots: "SYMBOL_SLOTS",
    pilots: "SYMBOL_PILOTS",
    starts: "SYMBOL_STARTS",
    variants: "SYMBOL_VARIANTS",
    find: "symbol_find",
    position: "symbol_position",
};
