//! How much each fact of a query weighs. `search.js` has the same numbers, and those of
//! `quality.rs` and `field.rs`.

/// The weight of a number or a name. A word weighs 10 to some 150.
pub(super) const IDENTIFIER: u32 = 1000;
/// The weight of a number that is a part of a date, or a quantity: less than a word.
pub(super) const NOISE: u32 = 40;
/// The weight of a name that reads like words and is the whole query.
pub(super) const WORDS_AS_NAME: u32 = 200;
/// The weight of a word of the field for a kind.
pub(super) const SYNONYM: u32 = 300;
/// The weight of a name that is nearly one of a code.
pub(super) const NEAR_NAME: u32 = 500;
/// What a code gets if one of its texts has exactly the words of the query, by how many there are.
/// From three on it is more than a number that the text mentions and that another code has; a
/// single word is not a reason to hide other codes that have it.
pub(super) const SAME_TEXT: [u32; 4] = [0, 100, 300, 1000];
/// What a code gets for each pair of words that its message has in the order of the query.
pub(super) const IN_ORDER: u32 = 2;
/// What a code gets if the letters of its message are those of the query.
pub(super) const SAME_LETTERS: u32 = 100;
