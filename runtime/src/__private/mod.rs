//! The functions and macros that expansions call. They are not public API and not covered by
//! semantic versioning: `errbook` and `errbook-macros` always have the same version.

mod macros;

/// The source of the macros, for tools that show an expansion.
pub const MACROS: &str = include_str!("macros.rs");

#[cfg(feature = "alloc")]
pub use alloc::string::String;
use core::num::TryFromIntError;

use crate::template::Args;

/// The names that tables use. A user's crate may have other types and variants of these names, or
/// no prelude at all.
pub mod names {
    pub use core::option::Option::{None, Some};
    pub use core::primitive::{bool, i32, i64, str, u8, u16, u32, u64, usize};
}

#[cfg(feature = "serde")]
pub use ::serde;
pub use core;
pub use core::cmp::{Ord, Ordering, PartialOrd};
pub use core::convert::{From, Into, TryFrom};
pub use core::fmt;
pub use core::ops::Fn;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, str, u16};
pub use core::result::Result;
pub use core::time::Duration;

pub use crate::derive::{
    Always, AsDynError, Distinct, Field, Fill, IsSet, PointedTo, Source, Value, display_error,
    filled, plain,
};
#[cfg(feature = "serde")]
pub use crate::serde::{deserialize_code, serialize_code};
pub use crate::{
    __all_with_code as all_with_code, __by_code as by_code,
    __by_code_and_symbol as by_code_and_symbol, __choice as choice, __choose as choose,
    __code as code, __default_language as default_language, __derived_set as derived_set,
    __facts as facts, __flag as flag, __from_code as from_code, __kind as kind,
    __kind_method as kind_method, __methods as methods, __parse as parse,
    __parse_with_code as parse_with_code, __set as set, __set_methods as set_methods,
    __set_traits as set_traits, __symbols as symbols, __templates as templates,
    __trait_methods as trait_methods, __try_from as try_from, __try_from_string as try_from_string,
    __try_from_wide as try_from_wide,
};
pub use crate::{
    Billing, ByCode, ByCodeAndSymbol, Class, CodeSet, ErrorCode, Fault, Flag, GrpcCode, HasKind,
    Locale, Localized, ParseCodeError, Parsed, Retry, Severity, UnknownCode, Wire,
};

/// The best matching language of a set, computed in straight-line code that folds to a constant if
/// the locale is constant, so that unused languages are not linked in.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    wanted: Locale,
    fit: u8,
    index: usize,
}

impl Choice {
    /// Starts with language 0, the fallback.
    #[inline]
    #[must_use]
    pub const fn new(wanted: Locale, first: Locale) -> Self {
        Self {
            wanted,
            fit: wanted.fit(first),
            index: 0,
        }
    }

    /// Takes another language if it matches better than those before it.
    #[inline]
    #[must_use]
    pub const fn or(self, index: usize, locale: Locale) -> Self {
        let fit = self.wanted.fit(locale);
        if fit > self.fit {
            Self {
                wanted: self.wanted,
                fit,
                index,
            }
        } else {
            self
        }
    }

    /// The position of the language, or 0 if none matches.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.index
    }

    /// The position of the language, or another one if none matches.
    #[inline]
    #[must_use]
    pub const fn index_or(self, default: usize) -> usize {
        if self.fit == 0 { default } else { self.index }
    }
}

/// Parses a tag that the generator has checked.
#[must_use]
pub const fn locale(tag: &str) -> Locale {
    match Locale::parse(tag) {
        Ok(locale) => locale,
        Err(_) => panic!("the generator has checked the tag"),
    }
}

/// A part of a string that begins and ends between characters, as the generator guarantees.
#[inline]
#[must_use]
pub const fn text(blob: &'static str, start: usize, len: usize) -> &'static str {
    blob.split_at(start).1.split_at(len).0
}

/// Whether the part of a string from `start` to `end` is equal to another string. Up to 32 bytes
/// are compared in words of 8 bytes, and up to `BLOCKS` times 16 in blocks.
///
/// From 8 to 32 bytes nothing branches on the length: in the vendors' symbols, a branch between
/// words and blocks at 16 bytes is mispredicted for a quarter of the strings.
#[inline]
#[must_use]
pub fn is_part_by_words<const BLOCKS: usize>(
    blob: &str,
    start: usize,
    end: usize,
    text: &str,
) -> bool {
    is_part(blob, start, end, text, |left, right| {
        let len = left.len();
        match len.checked_sub(8) {
            // In two steps: all four words at once take more registers than a loop has left.
            Some(last) if len <= 32 => {
                let first = difference(left, right, 0) | difference(left, right, last.min(8));
                first == 0 && {
                    let third = difference(left, right, last.saturating_sub(8));
                    third | difference(left, right, last) == 0
                }
            }
            Some(_) if len <= 16 * BLOCKS => same_blocks::<BLOCKS>(left, right, len - 16),
            _ => left == right,
        }
    })
}

/// The same in blocks of 16 bytes, which takes fewer instructions for long strings.
#[inline]
#[must_use]
pub fn is_part_by_blocks<const BLOCKS: usize>(
    blob: &str,
    start: usize,
    end: usize,
    text: &str,
) -> bool {
    is_part(blob, start, end, text, |left, right| {
        let len = left.len();
        match len.checked_sub(16) {
            Some(last) if len <= 16 * BLOCKS => same_blocks::<BLOCKS>(left, right, last),
            None if len >= 8 => difference(left, right, 0) | difference(left, right, len - 8) == 0,
            _ => left == right,
        }
    })
}

/// `same` compares two strings of one length.
#[inline]
fn is_part(
    blob: &str,
    start: usize,
    end: usize,
    text: &str,
    same: impl FnOnce(&[u8], &[u8]) -> bool,
) -> bool {
    // As bytes: if they are equal, characters begin and end where they should.
    let text = text.as_bytes();
    // The length first: it is what most strings that are not a key differ in.
    end.wrapping_sub(start) == text.len()
        && matches!(blob.as_bytes().get(start..end), Some(part) if same(part, text))
}

/// Whether strings of 16 to `BLOCKS` times 16 bytes are equal; the last block begins at `last`.
#[inline]
fn same_blocks<const BLOCKS: usize>(left: &[u8], right: &[u8], last: usize) -> bool {
    (1..BLOCKS)
        .map(|block| last.min(16 * block))
        .fold(same_block(left, right, 0), |same, at| {
            same & same_block(left, right, at)
        })
}

/// 0 if the words at a position of two strings are equal. Both are long enough.
#[inline]
fn difference(left: &[u8], right: &[u8], at: usize) -> u64 {
    let word = |text: &[u8]| {
        let word = text.get(at..at + 8).and_then(|word| word.first_chunk());
        word.map_or(0, |word| u64::from_le_bytes(*word))
    };
    word(left) ^ word(right)
}

/// Whether the 16 bytes at a position of two strings are equal. Both are long enough.
#[inline]
fn same_block(left: &[u8], right: &[u8], at: usize) -> bool {
    let block = |text: &'_ [u8]| {
        text.get(at..at + 16)
            .and_then(|block| block.first_chunk::<16>())
            .copied()
    };
    block(left) == block(right)
}

/// A string, or `None` if it is empty.
#[inline]
#[must_use]
pub const fn optional(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

/// A value for each code, from the different values and the position of each code's value.
#[must_use]
pub const fn spread<T: Copy, const N: usize>(values: &[T], positions: [u16; N]) -> [T; N] {
    let mut spread = [values[0]; N];
    let mut at = 0;
    while at < N {
        spread[at] = values[positions[at] as usize];
        at += 1;
    }
    spread
}

/// Positions from a byte string: one byte each, or two in little-endian order.
#[must_use]
pub const fn positions<const N: usize, const ALL: usize>(bytes: &[u8; ALL]) -> [u16; N] {
    assert!(
        ALL == N || ALL == 2 * N,
        "the generator has counted the bytes"
    );
    let mut positions = [0; N];
    let mut at = 0;
    while at < N {
        positions[at] = if ALL == N {
            bytes[at] as u16
        } else {
            u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]])
        };
        at += 1;
    }
    positions
}

/// Little-endian numbers of `BYTES` bytes each, from a byte string.
#[must_use]
pub const fn cells<const BYTES: usize, const N: usize, const ALL: usize>(
    bytes: &[u8; ALL],
) -> [[u8; BYTES]; N] {
    match bytes.as_chunks::<BYTES>() {
        (cells, []) => match cells.first_chunk::<N>() {
            Some(all) if cells.len() == N => *all,
            _ => panic!("the generator has counted the numbers"),
        },
        _ => panic!("the generator has counted the bytes"),
    }
}

/// Slots that hold variants; a position beyond the last variant marks an empty slot.
#[must_use]
pub const fn slots<T: Copy, const N: usize>(variants: &[T], positions: [u16; N]) -> [Option<T>; N] {
    let mut slots = [None; N];
    let mut at = 0;
    while at < N {
        if (positions[at] as usize) < variants.len() {
            slots[at] = Some(variants[positions[at] as usize]);
        }
        at += 1;
    }
    slots
}

/// The severity of a code whose spec states none.
#[inline]
#[must_use]
pub const fn severity(is_success: bool) -> Severity {
    if is_success {
        Severity::Info
    } else {
        Severity::Error
    }
}

/// `found`, if it is the variant that was looked up.
#[inline]
#[must_use]
pub const fn some_if<T: Copy>(is_it: bool, found: T) -> Option<T> {
    if is_it { Some(found) } else { None }
}

/// A part of a list.
#[inline]
#[must_use]
pub const fn part<T>(list: &'static [T], start: usize, end: usize) -> &'static [T] {
    list.split_at(end).0.split_at(start).1
}

/// The element of a list that has only one.
#[must_use]
pub fn only<C: Copy>(list: &[C]) -> Option<C> {
    match list {
        [only] => Some(*only),
        _ => None,
    }
}

/// The part of a list that belongs to a key; empty where no key was found.
#[inline]
#[must_use]
pub fn group<T>(
    list: &'static [T],
    key: Option<usize>,
    range: impl FnOnce(usize) -> core::ops::Range<usize>,
) -> &'static [T] {
    match key.map(range) {
        Some(range) => part(list, range.start, range.end),
        None => &[],
    }
}

/// The first of a list that is accepted.
#[inline]
pub fn first_accepted<C: Copy>(list: &[C], accept: impl Fn(&C) -> bool) -> Option<C> {
    list.iter().copied().find(accept)
}

/// Calls a function with a number, if the number fits its type.
#[inline]
pub fn number<N: TryFrom<i64>, R>(number: i64, function: impl FnOnce(N) -> Option<R>) -> Option<R> {
    N::try_from(number).ok().and_then(function)
}

/// Calls a function with the digits of a number.
pub fn decimal<R>(
    number: u64,
    is_negative: bool,
    function: impl FnOnce(&str) -> Option<R>,
) -> Option<R> {
    // A `u64` has at most 20 digits, and an `i64` 19 and a sign.
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = number;
    while rest > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    if is_negative {
        at -= 1;
        digits[at] = b'-';
    }
    core::str::from_utf8(&digits[at..]).ok().and_then(function)
}

/// A delay, or `None` for 0.
#[inline]
#[must_use]
pub const fn seconds(seconds: u32) -> Option<Duration> {
    if seconds == 0 {
        None
    } else {
        Some(Duration::from_secs(seconds as u64))
    }
}

/// An HTTP status, or `None` for 0.
#[inline]
#[must_use]
pub const fn status(status: u16) -> Option<u16> {
    if status == 0 { None } else { Some(status) }
}

/// Whether a string that starts with a key matches the key's template; without a template, whether
/// it is the whole key.
#[must_use]
pub fn fits(template: &'static str, text: &str, is_whole: bool) -> bool {
    if template.is_empty() {
        is_whole
    } else {
        Args::parse(template, text).is_some()
    }
}

/// A code with the values of its parameters, from a string that matches the template.
#[inline]
#[must_use]
pub fn parsed<'a, C: CodeSet>(code: C, template: &'static str, text: &'a str) -> Parsed<'a, C> {
    Parsed::fitting(code, template, text)
}

/// A code without parameters.
#[inline]
#[must_use]
pub fn bare<C: CodeSet>(code: C, text: &str) -> Parsed<'_, C> {
    Parsed::bare(code, text)
}

/// A target, unless others have its symbol too.
#[inline]
#[must_use]
pub fn unless_shared(target: Option<usize>, shared: &[u16]) -> Option<usize> {
    target.filter(|&target| !shared.iter().any(|&shared| usize::from(shared) == target))
}

/// Looks a symbol up by its part up to the separator, if it contains one, and then by the keys in
/// `tails`, which no separator ends. A key is its own target, and `accept` decides about it.
///
/// With `WHOLE_FIRST`, it looks the symbol up as it is before that, because symbols without
/// parameters contain the separator too: of `A:B` and `A:<x>`, `A:B` is the more specific one.
#[inline]
pub fn find_cut<const WHOLE_FIRST: bool>(
    symbol: &str,
    separator: char,
    position: impl Fn(&str) -> Option<usize>,
    key: impl Fn(usize) -> &'static str,
    tails: &[usize],
    accept: impl Fn(usize) -> bool,
) -> Option<usize> {
    let look_up = |part: &str| position(part).filter(|&key| accept(key));
    if WHOLE_FIRST && let Some(found) = look_up(symbol) {
        return Some(found);
    }
    let end = behind(symbol.as_bytes(), separator as u8);
    let found = if WHOLE_FIRST && end == symbol.len() {
        None
    } else {
        look_up(symbol.split_at(end).0)
    };
    found.or_else(|| {
        let is_tail = |&tail: &usize| symbol.starts_with(key(tail)) && accept(tail);
        tails.iter().copied().find(is_tail)
    })
}

/// The length of a string up to and including a byte, or of the whole string if it does not contain
/// the byte. It reads eight bytes a step.
#[inline]
fn behind(text: &[u8], byte: u8) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let all = ONES * u64::from(byte);
    // The highest bit of each byte that is the one; only the first of them counts.
    let marks = |word: &[u8; 8]| {
        let differ = u64::from_le_bytes(*word) ^ all;
        differ.wrapping_sub(ONES) & !differ & ONES << 7
    };
    let Some(last) = text.last_chunk::<8>() else {
        return text
            .iter()
            .position(|&each| each == byte)
            .map_or(text.len(), |at| at + 1);
    };
    let mut rest = text;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        match marks(word) {
            0 => rest = after,
            found => return text.len() - rest.len() + place(found),
        }
    }
    match marks(last) {
        0 => text.len(),
        found => text.len() - 8 + place(found),
    }
}

/// Which byte of a word the first mark is in, counted from 1.
#[inline]
const fn place(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8 + 1
}

/// Looks a symbol up as it is and then by its prefixes, from the longest to the shortest, so that
/// the most specific template wins. A prefix ends with a separator, or is one of the keys in
/// `tails`, which no separator ends.
pub fn find<T>(
    symbol: &str,
    position: impl Fn(&str) -> Option<usize>,
    key: impl Fn(usize) -> &'static str,
    separators: &[char],
    tails: &[usize],
    targets: impl Fn(usize, bool) -> Option<T>,
) -> Option<T> {
    if let Some(found) = position(symbol).and_then(|position| targets(position, true)) {
        return Some(found);
    }
    let begins = |tail: &usize| symbol.starts_with(key(*tail));
    let end = |separator: &char| symbol.find(*separator).map(|at| at + separator.len_utf8());
    let mut limit = usize::MAX;
    loop {
        let cut = separators
            .iter()
            .filter_map(end)
            .filter(|end| *end < limit)
            .max();
        let longer = |tail: &&usize| (cut.unwrap_or(0)..limit).contains(&key(**tail).len());
        let tail = tails
            .iter()
            .filter(longer)
            .filter(|tail| begins(tail))
            .find_map(|tail| targets(*tail, false));
        if tail.is_some() {
            return tail;
        }
        limit = cut?;
        let found = position(&symbol[..limit]).and_then(|position| targets(position, false));
        if found.is_some() {
            return found;
        }
    }
}

/// The message in the default language; with `#`, vendor, set, code and symbol before it.
///
/// # Errors
///
/// If the formatter fails.
pub fn display<C: CodeSet>(code: &C, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let message = Localized::plain(code.default_message());
    display_error(f, C::VENDOR, C::NAME, code.wire(), code.symbol(), message)
}

/// The code as a number, also if it is a string of hexadecimal digits after `0x`. They are the bits
/// of a number of the type `N`.
#[inline]
#[must_use]
pub fn integer<N>(wire: Wire<'_>) -> Option<i64> {
    wire.as_integer().or_else(|| match wire {
        Wire::Text(text) => hexadecimal(text, size_of::<N>() == size_of::<i32>()),
        Wire::Integer(_) | Wire::Large(_) => None,
    })
}

fn hexadecimal(text: &str, has_32_bits: bool) -> Option<i64> {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let bits = u64::from_str_radix(digits, 16).ok()?;
    if has_32_bits {
        u32::try_from(bits)
            .ok()
            .map(|bits| bits.cast_signed().into())
    } else {
        Some(bits.cast_signed())
    }
}

/// Decodes an answer whose codes are numbers.
#[inline]
pub fn decode_number<N: TryFrom<i64>, C>(
    wire: Wire<'_>,
    by_code: impl FnOnce(N) -> Option<C>,
    by_symbol: impl FnOnce(&str) -> Option<C>,
) -> Option<C> {
    match (integer::<N>(wire), wire) {
        (Some(code), _) => number(code, by_code),
        (None, Wire::Text(text)) => by_symbol(text),
        (None, Wire::Integer(_) | Wire::Large(_)) => None,
    }
}

/// Decodes an answer whose codes are strings.
#[inline]
pub fn decode_text<C>(
    wire: Wire<'_>,
    by_code: impl Fn(&str) -> Option<C>,
    by_symbol: impl FnOnce(&str) -> Option<C>,
) -> Option<C> {
    match wire {
        Wire::Text(text) => by_code(text).or_else(|| by_symbol(text)),
        Wire::Integer(code) => decimal(code.unsigned_abs(), code < 0, by_code),
        Wire::Large(code) => decimal(code, false, by_code),
    }
}

/// The lookup of symbols of a set without symbols.
#[inline]
#[must_use]
pub const fn no_symbol<C>(_: &str) -> Option<C> {
    None
}

/// Decodes a number and a symbol that identify a code together.
#[inline]
pub fn parse_number<'a, N: TryFrom<i64>, C>(
    code: Wire<'_>,
    parse: impl FnOnce(N) -> Option<Parsed<'a, C>>,
) -> Option<Parsed<'a, C>> {
    number(integer::<N>(code)?, parse)
}

/// Decodes a string and a symbol that identify a code together.
#[inline]
pub fn parse_text<'a, C>(
    code: Wire<'_>,
    parse: impl FnOnce(&str) -> Option<Parsed<'a, C>>,
) -> Option<Parsed<'a, C>> {
    match code {
        Wire::Text(code) => parse(code),
        Wire::Integer(code) => decimal(code.unsigned_abs(), code < 0, parse),
        Wire::Large(code) => decimal(code, false, parse),
    }
}

/// Decodes a code that comes with a symbol; `find` reads the symbol's parameters.
#[inline]
pub fn parse_decoded<'a, C: CodeSet>(
    code: Wire<'_>,
    symbol: &'a str,
    find: impl FnOnce(C) -> Option<Parsed<'a, C>>,
) -> Option<Parsed<'a, C>> {
    C::decode(code).map(|code| find(code).unwrap_or_else(|| bare(code, symbol)))
}

/// The error of a code that a set does not contain.
pub fn unknown_code<'a, C: CodeSet>(code: impl Into<Wire<'a>>) -> UnknownCode<'a> {
    UnknownCode::of::<C>(code)
}

/// The code of a set.
///
/// # Errors
///
/// If the set does not contain it.
pub fn known<'a, C: CodeSet>(code: impl Into<Wire<'a>>) -> Result<C, UnknownCode<'a>> {
    let wire = code.into();
    C::decode(wire).ok_or_else(|| unknown_code::<C>(wire))
}

/// The code of a set that is a number of more than 64 bits if it is none.
///
/// # Errors
///
/// If the set does not contain it.
pub fn known_wide<C: CodeSet>(
    code: Result<Wire<'static>, TryFromIntError>,
    is_negative: bool,
    absolute: u128,
) -> Result<C, UnknownCode<'static>> {
    match code {
        Ok(code) => known(code),
        Err(_) => Err(UnknownCode::wide::<C>(is_negative, absolute)),
    }
}

/// The code of a set, from a string that is not kept.
///
/// # Errors
///
/// If the set does not contain it.
#[cfg(feature = "alloc")]
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is the body of `TryFrom<String>`"
)]
pub fn known_string<C: CodeSet>(code: String) -> Result<C, ParseCodeError> {
    from_str(&code)
}

/// The code of a symbol, looked for in one code after another; `None` if several have it.
pub fn find_symbol_of<C: CodeSet>(
    symbol: &str,
    accept: impl Fn(&C) -> bool,
) -> Option<Parsed<'_, C>> {
    let codes = || C::ALL.iter().copied().filter(&accept);
    let whole = |code: &C| code.template().is_none() && code.symbol() == Some(symbol);
    let mut wholes = codes().filter(whole);
    if let Some(code) = wholes.next() {
        return wholes.next().is_none().then(|| bare(code, symbol));
    }
    let mut templates = codes().filter_map(|code| {
        let template = code.template()?;
        fits(template, symbol, false).then(|| parsed(code, template, symbol))
    });
    templates.next().filter(|_| templates.next().is_none())
}

/// The code of a symbol.
#[must_use]
pub fn from_symbol_of<C: CodeSet>(symbol: &str) -> Option<C> {
    find_symbol_of(symbol, |_: &C| true).map(|found| found.code())
}

/// The first position in a range that is accepted.
#[inline]
pub fn first(
    mut range: core::ops::Range<usize>,
    accept: impl FnMut(&usize) -> bool,
) -> Option<usize> {
    range.find(accept)
}

/// Parses a code or a symbol.
///
/// # Errors
///
/// If the string is neither a code nor a symbol of the set.
pub fn from_str<C: CodeSet>(text: &str) -> Result<C, ParseCodeError> {
    C::decode(Wire::Text(text)).ok_or_else(|| ParseCodeError::new::<C>(text))
}
