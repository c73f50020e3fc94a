//! The grammar of a code cell: rendered text in, codes out.
//!
//! ```
//! use errbook_ingest::code::{self, Reading};
//!
//! let Reading::Codes(cell) = code::read("-4006/-4007") else { panic!("it holds two codes") };
//! let codes: Vec<&str> = cell.codes.iter().map(|one| &*one.code).collect();
//! assert_eq!(codes, ["-4006", "-4007"]);
//! ```

mod atom;
mod fold;
mod list;
mod pair;
mod plain;
mod wildcard;
mod withdrawn;

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

pub(crate) use atom::is_number;
pub use atom::{Atom, atom};
pub use fold::fold;
pub(crate) use fold::{has_note, is_note_mark};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<'a> {
    /// Empty, or a dash that means empty.
    Empty,
    /// One code or several.
    Codes(CodeCell<'a>),
    /// All the codes that have no row: `其他`, `others`, `*`.
    Wildcard,
    /// Text that is no code.
    Text,
}

/// The codes of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeCell<'a> {
    /// At least one, and seldom more.
    pub codes: Codes<'a>,
    /// The text beside them: `1001 user not found`.
    pub rest: Option<Cow<'a, str>>,
}

/// Codes in their order; one needs no allocation.
pub type Codes<'a> = SmallVec<[OneCode<'a>; 1]>;

/// A code as the vendor writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneCode<'a> {
    /// The code, or the first of a range.
    pub code: Cow<'a, str>,
    /// The last of a range.
    pub code_to: Option<Cow<'a, str>>,
    /// Written in quotes.
    pub quoted: bool,
    /// The name beside it: `NAME = 1`.
    pub symbol: Option<Cow<'a, str>>,
    /// Beside it is a remark that it is no longer used: `1003 (deprecated)`.
    pub withdrawn: bool,
}

impl Reading<'_> {
    fn into_owned<'b>(self) -> Reading<'b> {
        match self {
            Reading::Empty => Reading::Empty,
            Reading::Codes(cell) => Reading::Codes(cell.into_owned()),
            Reading::Wildcard => Reading::Wildcard,
            Reading::Text => Reading::Text,
        }
    }
}

impl<'a> CodeCell<'a> {
    pub(super) fn of(codes: Codes<'a>) -> Self {
        CodeCell { codes, rest: None }
    }

    /// One code and the text beside it.
    fn with_text(code: OneCode<'a>, text: &'a str) -> Self {
        CodeCell {
            codes: smallvec![code],
            rest: Some(text.into()),
        }
    }

    fn into_owned<'b>(self) -> CodeCell<'b> {
        CodeCell {
            codes: self.codes.into_iter().map(OneCode::into_owned).collect(),
            rest: self.rest.map(owned),
        }
    }
}

impl<'a> OneCode<'a> {
    /// A code with nothing beside it.
    pub(super) fn plain(code: impl Into<Cow<'a, str>>) -> Self {
        OneCode {
            code: code.into(),
            ..OneCode::default()
        }
    }

    fn into_owned<'b>(self) -> OneCode<'b> {
        OneCode {
            code: owned(self.code),
            code_to: self.code_to.map(owned),
            quoted: self.quoted,
            symbol: self.symbol.map(owned),
            withdrawn: self.withdrawn,
        }
    }
}

fn owned<'b>(text: Cow<'_, str>) -> Cow<'b, str> {
    Cow::Owned(text.into_owned())
}

/// The number that a literal of source code is, as it is without a suffix and separators: `10U`
/// is 10, `0x80070005L` is 0x80070005, and `1_002` is 1002.
///
/// In the cell of a table, `10U` may be a code.
pub(crate) fn literal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let suffix = ['u', 'U', 'l', 'L'];
    let is_digit = match digits.get(..2) {
        Some("0x" | "0X") => |c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | 'X'),
        _ => |c: char| c.is_ascii_digit(),
    };
    let digits = digits.trim_end_matches(suffix);
    let is_whole = digits
        .split(['_', '\''])
        .all(|group| !group.is_empty() && group.chars().all(is_digit));
    is_whole.then(|| format!("{sign}{}", digits.replace(['_', '\''], "")))
}

/// Reads the rendered text of a cell.
#[must_use]
pub fn read(cell: &str) -> Reading<'_> {
    plain::read(cell).unwrap_or_else(|| read_whole(cell))
}

fn read_whole(cell: &str) -> Reading<'_> {
    if is_prose(cell.trim()) {
        return wildcard::read(cell.trim()).unwrap_or(Reading::Text);
    }
    match fold(cell) {
        Cow::Borrowed(text) => read_folded(text),
        Cow::Owned(text) => read_folded(&text).into_owned(),
    }
}

/// Words with spaces between, and text of other letters, are not a code unless they contain a digit
/// or a joint.
fn is_prose(cell: &str) -> bool {
    let is_mark =
        |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b'=' | b'"' | b'\'' | b'\n' | b'<');
    (!cell.is_ascii() || cell.contains(' '))
        && !cell.contains(" / ")
        && !cell.bytes().any(is_mark)
        && !cell.contains(is_wide)
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
}

fn read_folded(text: &str) -> Reading<'_> {
    let text = text.trim();
    if let Some(code) = withdrawn::without_remark(text)
        && let Reading::Codes(mut cell) = read_folded(code)
    {
        cell.codes.iter_mut().for_each(|one| one.withdrawn = true);
        return Reading::Codes(cell);
    }
    if let Some(reading) = wildcard::read(text) {
        return reading;
    }
    let in_one_line = || match without_breaks(text) {
        Cow::Borrowed(text) => read_text(text),
        Cow::Owned(text) => read_text(&text).map(CodeCell::into_owned),
    };
    match read_lines(text).or_else(in_one_line) {
        Some(cell) => Reading::Codes(cell),
        None => Reading::Text,
    }
}

/// The first and the last number of a class: `5xx` is 500 to 599.
///
/// ```
/// use errbook_ingest::code;
///
/// assert_eq!(code::class_ends("5xx"), Some(("500".to_owned(), "599".to_owned())));
/// assert_eq!(code::class_ends("500"), None);
/// ```
#[must_use]
pub fn class_ends(code: &str) -> Option<(String, String)> {
    if atom(code) != Some(Atom::Class) {
        return None;
    }
    let filled = |digit: &str| code.replace(['x', 'X', '*'], digit);
    Some((filled("0"), filled("9")))
}

/// The names in a symbol cell, each on its own line. A line break inside a name is dropped:
/// `UNSUPPORTED<br>_FORMAT` is one name.
pub(super) fn names(cell: &str) -> SmallVec<[Cow<'_, str>; 1]> {
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_whole = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && match atom(name) {
                Some(Atom::Symbol | Atom::Mixed) => true,
                // A lower-case word is rather a part of one name.
                Some(Atom::Word) => !name.contains(|c: char| c.is_ascii_lowercase()),
                _ => false,
            }
    };
    if cell.contains('\n') && lines.clone().all(is_whole) {
        lines.map(Cow::Borrowed).collect()
    } else {
        // `[NO_FACE]` and `<NO_FACE>` are the name NO_FACE.
        let bare = fold::unwrapped(cell.trim()).filter(|name| atom(name).is_some());
        smallvec![without_breaks(bare.unwrap_or(cell))]
    }
}

/// A name without a remark that the vendor no longer uses it, if it has one.
pub(super) fn without_remark(name: &str) -> Option<&str> {
    withdrawn::without_remark(name)
}

/// Whether a message is, or begins or ends with, a remark that its code is no longer used.
pub(super) fn is_withdrawn(message: &str) -> bool {
    withdrawn::is_remark(message)
}

/// A number with separators between groups of three digits, without them: `1,001` is 1001.
///
/// `401,403` is a list, and `1, 100` too.
pub(super) fn ungrouped(cell: &str) -> Option<String> {
    list::ungrouped(cell.trim())
}

// A line break inside a code is dropped (`UNSUPPORTED_FORMAT:<br><param>`), unless each line is a
// code by itself.
fn read_lines(text: &str) -> Option<CodeCell<'_>> {
    if !text.contains('\n') {
        return None;
    }
    if let Some(pair) = pair::stacked(text) {
        return Some(pair);
    }
    let lines = text
        .lines()
        .map(list::without_bullet)
        .filter(|line| !line.is_empty());
    let cells: Option<Vec<CodeCell<'_>>> = lines.map(read_text).collect();
    let codes: Codes<'_> = cells?.into_iter().flat_map(|cell| cell.codes).collect();
    let alike = codes
        .windows(2)
        .all(|two| list::are_alike(&two[0].code, &two[1].code));
    (alike && !codes.is_empty()).then_some(CodeCell::of(codes))
}

fn read_text(text: &str) -> Option<CodeCell<'_>> {
    let text = text.trim();
    if let Some(number) = list::ungrouped(text) {
        return Some(CodeCell::of(smallvec![OneCode::plain(number)]));
    }
    // `-4006/-4007` is a list although a code may hold a slash (`auth/user-not-found`).
    if let Some(codes) = list::slashed(text) {
        return Some(CodeCell::of(codes));
    }
    one(text)
        .map(|code| CodeCell::of(smallvec![code]))
        .or_else(|| list::read(text).map(CodeCell::of))
        .or_else(|| pair::with_text(text))
}

/// One code, alone: an atom, a range, a pair of name and number.
fn one(text: &str) -> Option<OneCode<'_>> {
    if let Some(inner) = fold::unquoted(text) {
        return atom(inner).map(|_| OneCode {
            quoted: true,
            ..OneCode::plain(inner)
        });
    }
    if atom(text).is_some() {
        return Some(list::range(text).unwrap_or_else(|| OneCode::plain(text)));
    }
    list::range(text)
        .or_else(|| pair::read(text))
        .or_else(|| pair::displayed(text))
        .or_else(|| {
            let inner = fold::unwrapped(text)?;
            // `<key>` is rather a part of a name than a code.
            let is_code = |family: &Atom| !text.starts_with('<') || *family == Atom::Symbol;
            let family = atom(inner).filter(is_code);
            family.map(|_| OneCode::plain(inner))
        })
}

fn without_breaks(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace('\n', "")),
        None => Cow::Borrowed(text),
    }
}
