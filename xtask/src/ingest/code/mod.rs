//! The grammar of a code cell: rendered text in, codes out.
//!
//! ```
//! use errbook_cli::ingest::code::{self, Reading};
//!
//! let Reading::Codes(cell) = code::read("-4006/-4007") else { panic!("it holds two codes") };
//! let codes: Vec<&str> = cell.codes.iter().map(|one| one.code.as_str()).collect();
//! assert_eq!(codes, ["-4006", "-4007"]);
//! ```

mod atom;
mod fold;
mod list;
mod pair;
mod plain;
mod wildcard;

use std::borrow::Cow;

pub use atom::{Atom, atom};
pub use fold::fold;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing, or a dash that stands for nothing.
    Empty,
    /// One code or several.
    Codes(CodeCell),
    /// All the codes that have no row: `其他`, `others`, `*`.
    Wildcard,
    /// Text that is no code.
    Text,
}

/// The codes of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeCell {
    /// At least one.
    pub codes: Vec<OneCode>,
    /// The text beside them: `1001 user not found`.
    pub rest: Option<String>,
}

/// A code as the vendor writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneCode {
    /// The code, or the first of a range.
    pub code: String,
    /// The last of a range.
    pub code_to: Option<String>,
    /// Written in quotes.
    pub quoted: bool,
    /// The name beside it: `NAME = 1`.
    pub symbol: Option<String>,
}

impl OneCode {
    fn plain(code: impl Into<String>) -> Self {
        OneCode { code: code.into(), ..OneCode::default() }
    }
}

/// Reads the rendered text of a cell.
#[must_use]
pub fn read(cell: &str) -> Reading {
    if let Some(reading) = plain::read(cell) {
        return reading;
    }
    let text = fold(cell);
    let text = text.trim();
    if wildcard::is_nothing(text) {
        return Reading::Empty;
    }
    if wildcard::is_wildcard(text) {
        return Reading::Wildcard;
    }
    match read_lines(text).or_else(|| read_text(&without_breaks(text))) {
        Some(cell) => Reading::Codes(cell),
        None => Reading::Text,
    }
}

/// The first and the last number of a class: `5xx` is 500 to 599.
///
/// ```
/// use errbook_cli::ingest::code;
///
/// assert_eq!(code::class_ends("5xx"), Some(("500".to_owned(), "599".to_owned())));
/// assert_eq!(code::class_ends("500"), None);
/// ```
#[must_use]
pub fn class_ends(code: &str) -> Option<(String, String)> {
    if !code.ends_with(['x', 'X', '*']) || atom(code) != Some(Atom::Class) {
        return None;
    }
    let filled = |digit: &str| code.replace(['x', 'X', '*'], digit);
    Some((filled("0"), filled("9")))
}

/// The name in a symbol cell. A line break inside it is left out; of two lines, of which one is the other after a
/// prefix, the first is the name and the second an alias.
#[must_use]
pub fn symbol(cell: &str) -> String {
    alias(cell).map_or_else(|| without_breaks(cell).into_owned(), |(name, _)| name.to_owned())
}

/// A name and its alias, each on a line of its own: `NO_NET`, `SDK_NO_NET`.
pub(super) fn alias(cell: &str) -> Option<(&str, &str)> {
    let (name, other) = cell.split_once('\n')?;
    let (name, other) = (name.trim(), other.trim());
    let (long, short) = if name.len() < other.len() { (other, name) } else { (name, other) };
    let prefix = long.strip_suffix(short)?;
    let is_whole = atom(name) == Some(Atom::Symbol) && atom(other) == Some(Atom::Symbol);
    (is_whole && prefix.ends_with(['_', '.', ':'])).then_some((name, other))
}

// A line break inside a code is dropped (`UNSUPPORTED_FORMAT:<br><param>`), unless each line is a
// code by itself.
fn read_lines(text: &str) -> Option<CodeCell> {
    if !text.contains('\n') {
        return None;
    }
    if let Some(pair) = pair::stacked(text) {
        return Some(pair);
    }
    let lines = text.lines().map(list::without_bullet).filter(|line| !line.is_empty());
    let cells: Option<Vec<CodeCell>> = lines.map(read_text).collect();
    let codes: Vec<OneCode> = cells?.into_iter().flat_map(|cell| cell.codes).collect();
    let alike = codes.windows(2).all(|two| list::are_alike(&two[0].code, &two[1].code));
    (alike && !codes.is_empty()).then_some(CodeCell { codes, rest: None })
}

fn read_text(text: &str) -> Option<CodeCell> {
    let text = text.trim();
    // `-4006/-4007` is a list although a code may hold a slash (`auth/user-not-found`).
    if let Some(codes) = list::slashed(text) {
        return Some(CodeCell { codes, rest: None });
    }
    one(text)
        .map(|code| CodeCell { codes: vec![code], rest: None })
        .or_else(|| list::read(text).map(|codes| CodeCell { codes, rest: None }))
        .or_else(|| pair::with_text(text))
}

/// One code, alone: an atom, a range, a pair of name and number.
fn one(text: &str) -> Option<OneCode> {
    if let Some(inner) = fold::unquoted(text) {
        return atom(inner).map(|_| OneCode { quoted: true, ..OneCode::plain(inner) });
    }
    if atom(text).is_some() {
        return Some(list::range(text).unwrap_or_else(|| OneCode::plain(text)));
    }
    list::range(text).or_else(|| pair::read(text)).or_else(|| pair::displayed(text)).or_else(|| {
        let inner = fold::unwrapped(text)?;
        atom(inner).map(|_| OneCode::plain(inner))
    })
}

fn without_breaks(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(text.replace('\n', "")) } else { Cow::Borrowed(text) }
}
