//! Several codes in one cell: lists by any separator, and ranges.

use std::borrow::Cow;

use smallvec::smallvec;

use crate::code::atom::{Atom, atom, is_address, is_number};
use crate::code::{Codes, OneCode, Reading, one, wildcard};

/// A list of codes of one family.
pub(super) fn read(text: &str) -> Option<Codes<'_>> {
    if is_address(text) {
        return None;
    }
    match without_also(text) {
        Cow::Borrowed(text) => listed(text),
        Cow::Owned(text) => Some(
            listed(&text)?
                .into_iter()
                .map(OneCode::into_owned)
                .collect(),
        ),
    }
}

fn listed(text: &str) -> Option<Codes<'_>> {
    let mut parts = parts(text);
    // `403 / others`.
    if parts
        .last()
        .is_some_and(|last| wildcard::read(last) == Some(Reading::Wildcard))
    {
        parts.pop();
    } else if parts.len() < 2 {
        return None;
    }
    if text.contains('/')
        && let Some(codes) = abbreviated(&parts)
    {
        return Some(codes);
    }
    let codes: Codes<'_> = parts.into_iter().map(one).collect::<Option<_>>()?;
    let alike = codes
        .windows(2)
        .all(|two| are_alike(&two[0].code, &two[1].code));
    alike.then_some(codes)
}

/// `1050/51/52`: of all but the first only the digits that differ are written. Each is higher than
/// the one before.
fn abbreviated<'a>(parts: &[&'a str]) -> Option<Codes<'a>> {
    let (first, others) = parts.split_first()?;
    let is_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let width = others.first()?.len();
    // `4001/401` are two codes.
    if width > 2
        || first.trim_start_matches('-').len() < width + 2
        || !is_number(first)
        || !others
            .iter()
            .all(|part| part.len() == width && is_digits(part))
        || !others.is_sorted_by(|left, right| left < right)
    {
        return None;
    }
    let mut codes: Codes<'_> = smallvec![OneCode::plain(*first)];
    for part in others {
        codes.push(OneCode::plain(whole_end(first, part)?));
    }
    Some(codes)
}

/// A number without the separators between its groups of three digits: `1,001`, `10 001`. Where
/// the first group has three digits too, it is a list (`401,403`) unless a group cannot be a code
/// of its own (`100,001`).
pub(super) fn ungrouped(text: &str) -> Option<String> {
    // 19 digits fill 64 bits.
    if text.len() > 26 {
        return None;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let separator = if digits.contains(',') { ',' } else { ' ' };
    let is_number = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let (first, others) = digits.split_once(separator)?;
    let begins = matches!(first.len(), 1..=3) && is_number(first) && !first.starts_with('0');
    let mut groups = others.split(separator);
    if !begins
        || !groups
            .clone()
            .all(|group| group.len() == 3 && is_number(group))
    {
        return None;
    }
    let is_number = first.len() < 3 || groups.any(|group| group.starts_with('0'));
    is_number.then(|| text.replace(separator, ""))
}

/// A list by slashes of what cannot be the parts of one code.
pub(super) fn slashed(text: &str) -> Option<Codes<'_>> {
    let is_whole = |part: &str| match atom(part.trim()) {
        // `proof-missing / proof-invalid`.
        Some(Atom::Word) => part.contains('-'),
        None => false,
        Some(Atom::Symbol) => !part.contains(|c: char| c.is_ascii_lowercase()),
        Some(_) => true,
    };
    (text.contains('/') && text.split('/').all(is_whole)).then(|| read(text))?
}

/// Whether two codes can be in one list.
pub(super) fn are_alike(left: &str, right: &str) -> bool {
    let family = |code: &str| match atom(code) {
        Some(Atom::Class) => Some(Atom::Number),
        Some(Atom::Word) => Some(Atom::Symbol),
        family => family,
    };
    family(left) == family(right) || is_byte(left) && is_byte(right)
}

/// `FF`, `00`, `C0`: two digits of a hexadecimal number.
fn is_byte(code: &str) -> bool {
    code.len() == 2
        && code
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
}

/// `- 1001` and `• 1001` without their bullet.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let bare = line
        .strip_prefix(['•', '·', '●', '◦'])
        .or_else(|| line.strip_prefix("- "));
    bare.or_else(|| line.strip_prefix("* "))
        .unwrap_or(line)
        .trim_start()
}

/// Both ends of a range. `2-67` is one code and `1000-1999` a range: a hyphen is a range only
/// between rising numbers of the same width.
pub(super) fn range(text: &str) -> Option<OneCode<'_>> {
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        return interval(inner);
    }
    // Both ends have a digit, and nothing but codes is that short.
    if text.len() > 60 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let marked = if has_range_mark(text) {
        RANGE_MARKS.iter().find_map(|mark| text.split_once(mark))
    } else {
        None
    };
    if let Some((from, to)) = marked {
        return ends(from.trim(), to.trim(), Width::Any);
    }
    let at = text.get(1..)?.find('-')? + 1;
    ends(text[..at].trim(), text[at + 1..].trim(), Width::Same)
}

/// `[-100, -500]`, without its brackets.
fn interval(text: &str) -> Option<OneCode<'_>> {
    let (from, to) = text.split_once(',')?;
    let is_number = atom(from.trim()) == Some(Atom::Number);
    is_number.then(|| ends(from.trim(), to.trim(), Width::Any))?
}

#[derive(Clone, Copy, PartialEq)]
enum Width {
    Any,
    Same,
}

const RANGE_MARKS: &[&str] = &[
    "~",
    "～",
    "〜",
    "…",
    "...",
    "..",
    " to ",
    " through ",
    " bis ",
    " a ",
    " à ",
    "至",
    "到",
    " – ",
    "–",
    " — ",
    "—",
    " - ",
    " до ",
];

/// Whether the text after a code continues a range: after `1100`, ` to 1199 except 1150`. A number
/// with fewer digits is not its end: `1001 a 10 second limit`.
pub(super) fn continues_range(code: &str, text: &str) -> bool {
    let width = code.trim_start_matches('-').len();
    let after = |mark: &&str| {
        let bare = text.trim_start();
        text.strip_prefix(*mark)
            .or_else(|| bare.strip_prefix(*mark))
    };
    let is_end = |end: &str| {
        let end = end.trim_start().trim_start_matches('-');
        end.bytes().take_while(u8::is_ascii_digit).count() >= width
    };
    RANGE_MARKS.iter().filter_map(after).any(is_end)
}

/// One look spares the search for each mark. The ends are ASCII, and the longest mark has two
/// letters that are not.
fn has_range_mark(text: &str) -> bool {
    if !text.is_ascii() {
        return text.chars().filter(|c| !c.is_ascii()).count() <= 2;
    }
    let bytes = text.as_bytes();
    bytes.windows(2).any(|two| {
        matches!(
            two,
            [b'~', _] | [b'.', b'.'] | [b' ', b't' | b'-' | b'a' | b'b']
        )
    })
}

fn ends<'a>(from: &'a str, to: &'a str, width: Width) -> Option<OneCode<'a>> {
    let family =
        |code| atom(code).filter(|family| matches!(family, Atom::Number | Atom::Hex | Atom::Mixed));
    if family(from)? != family(to)? {
        return None;
    }
    let same = from.len() == to.len() && from.len() >= 3;
    let rises = from.trim_start_matches('-') < to.trim_start_matches('-');
    if width == Width::Same && !(same && rises) {
        return None;
    }
    let to = whole_end(from, to).map_or(Cow::Borrowed(to), Cow::Owned);
    let number = |text: &str| text.parse::<i128>().ok();
    let falls = number(&to)
        .zip(number(from))
        .is_some_and(|(to, from)| to < from);
    // `-1 ~ -999` begins with its last code.
    let (from, to) = if falls {
        (to, Cow::Borrowed(from))
    } else {
        (Cow::Borrowed(from), to)
    };
    Some(OneCode {
        code_to: Some(to),
        ..OneCode::plain(from)
    })
}

/// A range and the text beside it: `-1 ~ -999 are general errors`.
pub(super) fn range_with_text(text: &str) -> Option<(OneCode<'_>, &str)> {
    let number_end = |text: &str| {
        let sign = usize::from(text.starts_with(['-', '+']));
        let digits = text[sign..].find(|c: char| !c.is_ascii_digit())?;
        Some(sign + digits)
    };
    let (from, rest) = text.split_at(number_end(text)?);
    let rest = rest.trim_start();
    // Words such as `to` occur between numbers in any sentence.
    let marks = ["~", "～", "〜", "…", "...", ".."];
    let rest = marks
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))?
        .trim_start();
    let (to, rest) = rest.split_at(number_end(rest)?);
    let is_long = |number: &str| number.trim_start_matches(['-', '+']).len() >= 3;
    if !is_long(from) && !is_long(to) {
        return None;
    }
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '=' | ',' | '，');
    let words = rest.trim_start_matches(is_mark);
    let is_apart = rest.len() > words.len() || !rest.is_ascii();
    let is_text = words.starts_with(char::is_alphabetic);
    (is_apart && is_text).then(|| Some((ends(from, to, Width::Any)?, words)))?
}

/// `-5000001 ~ 15` ends with -5000015: of the last number only the digits that differ are written.
fn whole_end(from: &str, to: &str) -> Option<String> {
    let digits = from.trim_start_matches('-');
    let is_number = to.bytes().all(|b| b.is_ascii_digit());
    if !is_number || to.len() >= digits.len() {
        return None;
    }
    let whole = format!("{}{to}", &from[..from.len() - to.len()]);
    (whole.trim_start_matches('-') > digits).then_some(whole)
}

// `401, (also 402)` is `401, 402`.
fn without_also(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '（']) {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find("also ") else {
        return Cow::Borrowed(text);
    };
    let mut listed = text.to_owned();
    listed.replace_range(at..at + "also ".len(), "");
    Cow::Owned(listed.replace(['(', ')', '（', '）'], " "))
}

fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let len = separator(&text[at..], c);
        if len > 0 {
            parts.push(text[from..at].trim());
            from = at + len;
        }
        at += if len > 0 { len } else { c.len_utf8() };
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    // `F0 / F1 F2 / F3`: a line end between lines of a list is a blank on the page.
    let is_one = |part: &str| matches!(atom(part), Some(Atom::Number | Atom::Hex | Atom::Mixed));
    if parts.len() > 1
        && parts
            .iter()
            .any(|part| part.contains(' ') && part.split_whitespace().all(is_one))
    {
        parts = parts.into_iter().flat_map(str::split_whitespace).collect();
    }
    if parts.len() > 1 {
        parts
    } else {
        numbers(text)
    }
}

/// The length of the separator that a text begins with, or 0; `first` is its first character.
pub(super) fn separator(text: &str, first: char) -> usize {
    const WORDS: [&str; 4] = [" or ", " and ", " или ", " и "];
    match first {
        '/' | '、' | ',' | '，' | ';' | '；' | '|' | '／' | '\n' | '或' | '和' => {
            first.len_utf8()
        }
        // Without a blank after it a code may hold it.
        '&' if text[1..].starts_with(' ') => first.len_utf8(),
        ' ' => WORDS
            .iter()
            .find(|word| text.starts_with(**word))
            .map_or(0, |word| word.len()),
        'ま' if text.starts_with("または") => "または".len(),
        _ => 0,
    }
}

// Blanks part numbers only.
fn numbers(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.iter().all(|part| is_number(part)) && !is_card(&parts) {
        parts
    } else {
        Vec::new()
    }
}

/// The number of a bank card, as it is printed: `4000 0000 0000 0002`.
fn is_card(parts: &[&str]) -> bool {
    let groups: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    matches!(groups.as_slice(), [4, 4, 4, 4, ..] | [4, 6, 5 | 4])
}
