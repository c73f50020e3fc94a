//! The beginning of a heading, an item or a line in, its code and the text beside it out:
//! `1001: failed`, `Name (1199): failed`, `ERROR 4000 (HY000) : failed`.

use std::borrow::Cow;

use crate::characters::BULLETS;
use crate::code::{self, Atom, Reading};
use crate::propose::words;
use crate::values;

/// A code and the rest of its line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// As a cell of codes has it: `1001`, `NAME = 1001`, `NAME(1001)`.
    pub(super) cell: String,
    pub(super) text: String,
    /// The text in brackets beside a number: `HY000`.
    pub(super) aside: Option<String>,
    /// The HTTP status beside it: `(HTTP 400)`.
    pub(super) http: Option<String>,
    /// Whether a word before it says that it is a code: `Error number: 1001`.
    pub(super) is_introduced: bool,
    /// Whether its text is the definition of a term, on a line of its own.
    pub(super) is_defined: bool,
}

/// How much the form of a code says that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A lower-case word that could be anything: `timeout`, `no-route`.
    Word,
    /// A name that could be anything's: `InvalidToken`, `invalid_token`, `E1`.
    Name,
    /// A number, a constant.
    Code,
}

impl Head {
    fn new(cell: &str, text: &str) -> Self {
        // A line of code outside a code block: `0x11; // failed`.
        let text = text
            .trim()
            .trim_start_matches("//")
            .trim_matches('|')
            .trim();
        Head {
            cell: cell.trim().to_owned(),
            text: text.to_owned(),
            ..Head::default()
        }
    }

    pub(super) fn form(&self) -> Form {
        match code::read(&self.cell) {
            Reading::Codes(cell) => {
                let forms = cell.codes.iter().map(|one| match &one.symbol {
                    Some(_) => Form::Code,
                    None => form(&one.code).unwrap_or(Form::Code),
                });
                forms.min().unwrap_or(Form::Code)
            }
            _ => Form::Code,
        }
    }

    /// The family of its code.
    pub(super) fn family(&self) -> Option<Atom> {
        match code::read(&self.cell) {
            Reading::Codes(cell) => code::atom(&cell.codes.first()?.code),
            _ => None,
        }
    }
}

/// A longer text does not begin with a code.
const LONGEST: usize = 2000;

/// No codes with what separates them from their text are longer.
const LONGEST_CODES: usize = 400;

/// Whether a look at the letters does not rule out that a text begins with a code.
pub(super) fn may_begin(text: &str) -> bool {
    text.bytes()
        .take(60)
        .any(|b| b.is_ascii_digit() || matches!(b, b'_' | b'.' | b':' | b'-'))
        || text[..text.floor_char_boundary(60)].contains('：')
        || text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Reads the head of a line.
pub(super) fn read(text: &str) -> Option<Head> {
    let text = text.trim();
    if text.len() > LONGEST || !text.chars().any(is_of_code) {
        return None;
    }
    let text = without_section(without_number(without_bullet(text)));
    let (bare, is_introduced) = without_label(text);
    // `DENIED: no rights` begins with a name and not with a label.
    let Some(head) = read_bare(bare) else {
        let is_label = bare.len() < text.len();
        return is_label.then(|| read_bare(text))?;
    };
    Some(Head {
        is_introduced: is_introduced || head.is_introduced,
        ..head
    })
}

/// A letter or a digit that a code may have, of any width.
fn is_of_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('０'..='ｚ').contains(&c) && c.is_alphanumeric()
}

/// Reads the head of a line without a label.
fn read_bare(text: &str) -> Option<Head> {
    let folded = code::fold(text);
    let text = folded.trim();
    if text.is_empty() {
        return None;
    }
    assigned(text)
        .or_else(|| ranged(text))
        .or_else(|| bracketed(text))
        .or_else(|| parted(text))
        .or_else(|| spaced(text))
        .or_else(|| closing(text))
}

/// Reads a line that is nothing but a code, or a code and its text, both without a label.
pub(super) fn read_code(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['`', '.', '。']);
    match code::read(text) {
        Reading::Codes(cell) if cell.rest.is_none() && text.len() <= LONGEST_CODES => {
            Some(text.to_owned())
        }
        _ => None,
    }
}

/// Reads a line that begins with a number, as lines in code blocks do.
pub(super) fn read_plain(text: &str) -> Option<Head> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let head = parted(text).or_else(|| spaced(text))?;
    let digits = head.cell.trim_start_matches('-');
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    let is_long = head.cell.len() >= 3 || head.cell.starts_with('-');
    (text.starts_with(&head.cell) && is_number && is_long && !head.text.starts_with('|'))
        .then_some(head)
}

/// `NOT_FOUND = -1`, `NOT_FOUND = -1: text`.
fn assigned(text: &str) -> Option<Head> {
    let (name, value) = text.split_once(" = ")?;
    let is_name = matches!(
        code::atom(name),
        Some(Atom::Symbol | Atom::Word | Atom::Mixed)
    );
    if !is_name {
        return None;
    }
    if code::is_number(value.trim()) {
        return Some(Head::new(text, ""));
    }
    let end = value.find([':', '：', ' ', ',', ';'])?;
    let (number, rest) = value.split_at(end);
    let rest = rest.trim_start_matches([':', '：', ' ', ',', ';', '-', '–', '—']);
    (code::is_number(number) && !rest.is_empty())
        .then(|| Head::new(&format!("{name} = {number}"), rest))
}

/// `-1 ~ -999 are general errors`, `400~499: text`.
fn ranged(text: &str) -> Option<Head> {
    let begin = text.find(['~', '～', '〜'])?;
    let mark = text[begin..].chars().next()?.len_utf8();
    let from = text[..begin].trim_end();
    let rest = text[begin + mark..].trim_start();
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let end = rest.find(|c| !is_sign(c)).unwrap_or(rest.len());
    let (to, text_after) = rest.split_at(end);
    let is_end = |text| {
        matches!(
            code::atom(text),
            Some(Atom::Number | Atom::Hex | Atom::Mixed)
        )
    };
    if !is_end(from) || !is_end(to) {
        return None;
    }
    let after = text_after.trim_start_matches([' ', ':', '：', '-', '–', '—', ',', '，']);
    Some(Head::new(
        text[..text.len() - text_after.len()].trim(),
        after,
    ))
}

/// `参数错误: 1101`: the code is at the end.
fn closing(text: &str) -> Option<Head> {
    if text.len() > LONGEST_CODES {
        return None;
    }
    let marks = [": ", "：", " = "];
    let (text, code) = marks.iter().find_map(|mark| text.rsplit_once(mark))?;
    let (text, code) = (text.trim(), code.trim());
    let is_code = code::atom(code) == Some(Atom::Number) && (3..18).contains(&code.len());
    let is_text =
        text.chars().count() <= 60 && !text.bytes().any(|b| b.is_ascii_digit()) && !text.is_ascii();
    (is_code && is_text).then(|| Head::new(code, text))
}

/// `• text` and `・text`, which Markdown does not know as items, and `[ ] text`.
fn without_bullet(text: &str) -> &str {
    let boxes = ["[ ] ", "[x] ", "[X] "];
    let bare = boxes.iter().find_map(|mark| text.strip_prefix(mark));
    bare.or_else(|| text.strip_prefix(BULLETS))
        .map_or(text, str::trim_start)
}

/// `6. text` that is not a list item, and `6、text`.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=2).contains(&(text.len() - rest.len()));
    if let Some(rest) = rest.strip_prefix('、').filter(|_| is_number) {
        return rest.trim_start();
    }
    rest.strip_prefix(['.', ')'])
        .filter(|rest| is_number && rest.starts_with(' '))
        .map_or(text, str::trim_start)
}

/// `1.2 NOT_FOUND = -1`: the number of a section before a constant.
fn without_section(text: &str) -> &str {
    let Some((number, rest)) = text
        .split_once(' ')
        .filter(|(number, _)| number.contains('.'))
    else {
        return text;
    };
    let is_number = number
        .split('.')
        .all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let is_constant = rest
        .split_once([' ', '='])
        .is_some_and(|(name, value)| is_constant(name) && value.contains('='));
    if is_number && is_constant { rest } else { text }
}

/// No label before a code is longer, in bytes.
const LONGEST_LABEL: usize = 48;

/// A text without the words before its code that only say that it is one, and whether there were any.
fn without_label(text: &str) -> (&str, bool) {
    let Some((label, rest)) = split_label(text) else {
        return (text, false);
    };
    let introduction = words::introduction(label);
    if introduction.is_code {
        (rest, introduction.is_error)
    } else {
        (text, false)
    }
}

/// The words before a code, and the text from the code on.
fn split_label(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    if !first.is_alphabetic() {
        return None;
    }
    let head = &text[..text.floor_char_boundary(LONGEST_LABEL)];
    let is_end = |c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '#' | '=');
    let is_sign = |&(at, c): &(usize, char)| {
        is_end(c) || c == '-' && head[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let (end, mark) = head.char_indices().find(is_sign).or_else(|| {
        // `ERROR Name`: a name alone after one word.
        let (at, _) = text.match_indices(' ').next()?;
        let name = &text[at + 1..];
        // `Error codes` is a title.
        let is_name = !name.contains(' ')
            && form(name).is_some()
            && name.contains(|c: char| c.is_ascii_uppercase() || c == '_')
            && !words::is_said_of_errors(name);
        is_name.then_some((at, ' '))
    })?;
    let label = head.get(..end)?.trim_end();
    let rest = text[end..].trim_start_matches([' ', ':', '：', '#', '=']);
    // `E100` is a code and not the label `E`.
    let is_parted = mark == ' '
        || head[..end].ends_with(' ')
        || !label.is_ascii()
        || !mark.is_ascii_digit() && mark != '-';
    let begins = rest.starts_with(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '[' | '(' | '"' | '\'' | '<')
    });
    (is_parted && begins && label.split_whitespace().count() <= 4).then_some((label, rest))
}

/// `Name (1199): text`, `Invalid token (1199)`, `[1001] text`, `4000 (HY000): text`,
/// `1001 <NAME> text`, `invalid_card (HTTP 400)`.
fn bracketed(text: &str) -> Option<Head> {
    let open = text.find(['(', '（', '[', '<', '【'])?;
    let close = text[open..].find([')', '）', ']', '>', '】'])? + open;
    let bracket_len = text[open..].chars().next()?.len_utf8();
    let whole = text[open + bracket_len..close].trim();
    let label = split_label(whole).map(|(label, code)| (words::introduction(label), code));
    let label = label.filter(|(label, _)| label.is_code);
    let inner = label.map_or(whole, |(_, code)| code);
    let before = text[..open].trim();
    let is_reason = is_reason(inner) && form(before).is_some() && !before.contains(' ');
    if !is_strong(inner) && !is_reason && !is_name_beside(before, inner) {
        return None;
    }
    let after = text[close..].trim_start_matches([
        ')', '）', ']', '>', '】', ' ', ':', '：', '-', '–', '—', '.', ',',
    ]);
    if before.is_empty() {
        return Some(Head::new(inner, after));
    }
    if is_reason || label.is_some_and(|(label, _)| label.is_http) && is_status(inner) {
        let head = read_inner(before)?;
        let text = [head.text.as_str(), after];
        let text = text.into_iter().filter(|text| !text.is_empty());
        return Some(Head {
            text: text.collect::<Vec<_>>().join(": "),
            http: Some(inner.to_owned()),
            is_introduced: true,
            ..head
        });
    }
    if code::atom(before).is_some() && !before.contains(' ') {
        return Some(beside(before, inner, after));
    }
    let is_name = before.chars().count() <= 60 && !before.contains([':', '：', ',', '，', '。']);
    let text = if after.is_empty() {
        before.to_owned()
    } else {
        format!("{before}: {after}")
    };
    // `用户不存在（1001）` and not `see the table (403) below`.
    let ends_here = text.len() < 400 && (after.is_empty() || text[before.len()..].starts_with(':'));
    let begins_with_code = before.split(' ').next().is_some_and(is_strong);
    (is_name && ends_here && !begins_with_code).then(|| Head::new(inner, &text))
}

/// `1001` and `TIMEOUT`; but not `1001` and `CRITICAL`.
fn is_name_beside(number: &str, name: &str) -> bool {
    code::is_number(number)
        && code::atom(name) == Some(Atom::Symbol)
        && values::severity("", name).is_none()
}

/// `400 Bad Request`.
fn is_reason(text: &str) -> bool {
    text.split_once(' ')
        .is_some_and(|(status, words)| is_status(status) && words.starts_with(char::is_alphabetic))
}

/// A code with another one in brackets beside it.
fn beside(code: &str, inner: &str, text: &str) -> Head {
    if !code::is_number(code) || matches!(code::atom(inner), Some(Atom::Symbol | Atom::Hex)) {
        return Head::new(&format!("{code}({inner})"), text);
    }
    // `400 (40001)` is the code 40001 under the status 400.
    if is_status(code) && inner.len() > 3 && code::is_number(inner) {
        return Head {
            http: Some(code.to_owned()),
            ..Head::new(inner, text)
        };
    }
    Head {
        aside: Some(inner.to_owned()),
        ..Head::new(code, text)
    }
}

fn read_inner(text: &str) -> Option<Head> {
    let reads = matches!(form(text), Some(Form::Code | Form::Name));
    if reads && !text.contains(' ') {
        return Some(Head::new(text, ""));
    }
    parted(text).or_else(|| spaced(text))
}

/// `1001: text`, `NAME - text`, `-1 = text`.
fn parted(text: &str) -> Option<Head> {
    let mut marks = marks(text);
    let is_range = |text: &str| match code::read(text.trim()) {
        Reading::Codes(cell) => cell.codes.iter().any(|one| one.code_to.is_some()),
        _ => false,
    };
    if !marks.is_empty() && is_range(text) {
        return Some(Head::new(text, ""));
    }
    // In `4000 - 4999: text` the first mark is inside a range.
    let is_range = |&(at, _): &(usize, usize)| is_range(&text[..at]);
    if let Some(whole) = marks.iter().skip(1).position(is_range) {
        marks.drain(..=whole);
    }
    marks.into_iter().find_map(|(at, len)| {
        let (left, right) = (text[..at].trim(), &text[at + len..]);
        let reads = match code::read(left) {
            Reading::Codes(cell) => {
                cell.rest.is_none() && cell.codes.iter().all(|one| form(&one.code).is_some())
            }
            // `10+` means other codes.
            Reading::Wildcard => left.starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        };
        reads.then(|| Head::new(left, right))
    })
}

/// What may separate a code from its text, the longest of those that begin alike first.
const MARKS: [&str; 13] = [
    "; ", ": ", "：", " - ", " – ", " — ", "——", " = ", " => ", " -> ", " | ", "—", ":",
];

/// The first places of the first three marks in a text.
fn marks(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let head = &text[..text.floor_char_boundary(LONGEST_CODES)];
    let bytes = text.as_bytes();
    let may_begin = |&(at, c): &(usize, char)| match c {
        // Most spaces are between words.
        ' ' => matches!(bytes.get(at + 1), Some(b'-' | b'=' | b'|' | 0x80..)),
        _ => matches!(c, ';' | ':' | '：' | '—'),
    };
    for (at, _) in head.char_indices().filter(may_begin) {
        for mark in MARKS {
            let is_new = || found.iter().all(|&(at, len)| &text[at..at + len] != mark);
            if text[at..].starts_with(mark) && is_new() {
                found.push((at, mark.len()));
            }
            if found.len() == 3 {
                return found;
            }
        }
    }
    found
}

/// `400 Bad Request`, `1001 参数错误`, `1001`, `404-Not Found`.
fn spaced(text: &str) -> Option<Head> {
    if let Some(head) = hyphenated(text) {
        return Some(head);
    }
    let is_code = |word: &str| is_strong(word) || code::ungrouped(word).is_some();
    if let Some((first, rest)) = text.split_once(' ')
        && is_code(first)
        && rest.starts_with(char::is_alphabetic)
        // `502 or 503 failed` is a list, and `1001 NO_FACE` a pair.
        && rest.split(' ').nth(1).is_some_and(|second| !is_strong(second))
    {
        return Some(Head::new(first, rest));
    }
    match code::read(text) {
        // `10060 / 10061`.
        Reading::Codes(cell) if cell.codes.len() > 1 => {
            let is_list = cell.rest.is_none() && cell.codes.iter().all(|one| is_strong(&one.code));
            is_list.then(|| Head::new(text, ""))
        }
        Reading::Codes(cell) => {
            let [one] = cell.codes.as_slice() else {
                return None;
            };
            // A lone word with joints may be a symbol: `account_closed`.
            let is_joined = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            let is_alone = one.code == text && text.contains('_') && text.bytes().all(is_joined);
            let is_name = one.code == text && form(text).is_some();
            if !is_strong(&one.code) && !is_alone && !is_name {
                return None;
            }
            match &cell.rest {
                Some(rest) => Some(Head::new(&one.code, rest)),
                None => Some(Head::new(text, "")),
            }
        }
        _ => {
            let (first, rest) = text.split_once(char::is_whitespace)?;
            let first = first.trim_end_matches(['.', ',', ';', ':']);
            is_code(first).then(|| Head::new(first, rest))
        }
    }
}

/// `404-Not Found`, `1001.参数错误`, `1001、参数错误`: a number of at least three digits.
fn hyphenated(text: &str) -> Option<Head> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let after = rest.strip_prefix(['-', '–', '—', '.', '、', '，', '=', '｜'])?;
    let is_text = after.trim_start().starts_with(char::is_alphabetic);
    // `404-a` may be one code.
    let is_words = after.contains(' ') || !after.is_ascii();
    ((3..18).contains(&digits) && is_text && is_words).then(|| Head::new(&text[..digits], after))
}

/// The form of a code, if it may be one.
pub(super) fn form(text: &str) -> Option<Form> {
    if is_strong(text) || is_displayed(text) && names_error(text) {
        return Some(Form::Code);
    }
    if is_name(text) {
        return Some(Form::Name);
    }
    is_word(text).then_some(Form::Word)
}

/// A code by its form alone.
pub(super) fn is_strong(text: &str) -> bool {
    match code::atom(text) {
        Some(Atom::Number) => text.len() < 18,
        Some(Atom::Hex) => true,
        // `12**` means other codes.
        Some(Atom::Class) => !text.ends_with('*'),
        Some(Atom::Mixed) => {
            text.len() >= 3
                && text.bytes().any(|b| b.is_ascii_alphabetic())
                && text.bytes().filter(u8::is_ascii_digit).count() >= 2
                && !is_version(text)
                && !is_hash(text)
        }
        Some(Atom::Symbol) => is_constant(text),
        Some(Atom::Dotted | Atom::Word) | None => false,
    }
}

/// An HTTP status that an error comes with.
fn is_status(text: &str) -> bool {
    text.len() == 3 && text.starts_with(['1', '2', '3', '4', '5']) && text.parse::<u16>().is_ok()
}

/// `v12`.
fn is_version(text: &str) -> bool {
    text.strip_prefix(['v', 'V'])
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// The beginning of a hash, as lists of changes have it.
fn is_hash(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name that may be anything's.
fn is_name(text: &str) -> bool {
    let is_snake = text.contains('_')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    text.len() > 4 && (is_snake || code::atom(text) == Some(Atom::Symbol)) || is_displayed(text)
}

/// What a small display shows: `E1`, `F12`, `Err1`.
fn is_displayed(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &text[letters..];
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && letters <= 4
        && (1..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `Err1`: the letters say what it is.
fn names_error(displayed: &str) -> bool {
    let letters = displayed.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() > 1 && words::introduction(letters).is_error
}

/// `no-route`, `@no-route`, `timeout`: a word, which only its place can make a code.
fn is_word(text: &str) -> bool {
    let bare = text.strip_prefix('@').unwrap_or(text);
    (4..=60).contains(&bare.len())
        && bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare.ends_with(|c: char| c.is_ascii_alphanumeric())
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !bare.contains("--")
}

/// `NO_FACE_FOUND`, `InvalidParameter.ImageSizeExceed`.
fn is_constant(text: &str) -> bool {
    let upper = text.len() > 4
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_<>:-".contains(&b));
    let dotted = text.split('.').count() > 1
        && text
            .split('.')
            .all(|part| part.len() > 1 && part.starts_with(|c: char| c.is_ascii_uppercase()));
    (upper && text.contains('_')) || dotted
}

/// A label and what follows it: `Cause: text`, `可能原因：text`, `信息 - text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labelled<'a> {
    pub(super) label: &'a str,
    pub(super) text: &'a str,
    /// Whether a dash separates the two, as it may any two parts of a sentence.
    pub(super) is_dash: bool,
}

/// Splits a line into its label and the text after it.
pub(super) fn labelled(line: &str) -> Option<Labelled<'_>> {
    let line = line.trim();
    let head = &line[..line.floor_char_boundary(100)];
    let colon = head.find([':', '：']);
    let is_dash = |at: &usize| {
        let marks = [" - ", " – ", " — "];
        marks.iter().any(|mark| head[*at..].starts_with(mark))
    };
    let dash = memchr::memchr_iter(b' ', head.as_bytes()).find(is_dash);
    let (end, is_dash) = match (colon, dash) {
        (Some(colon), Some(dash)) if dash < colon => (dash, true),
        (Some(colon), _) => (colon, false),
        (None, Some(dash)) => (dash, true),
        (None, None) => return None,
    };
    let label = line[..end].trim();
    let mut rest = line[end..].trim_start_matches([' ', ':', '：', '-', '–', '—']);
    // The sign of a number is not a mark between the label and its text: `Code: -1001`.
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let before = &line[..line.len() - rest.len()];
        let sign = before.trim_end_matches(['-', '–']).len();
        rest = &line[sign..];
    }
    // `http://` and `12:30` are not labels, and a colon inside a name is not its end.
    let follows = &line[end + line[end..].chars().next()?.len_utf8()..];
    let is_joined = !is_dash
        && line[end..].starts_with(':')
        && label.is_ascii()
        && follows.starts_with(|c: char| !c.is_whitespace() && c.is_ascii());
    let is_label = label.starts_with(char::is_alphabetic)
        && label.chars().count() <= 40
        && label.split_whitespace().count() <= 6
        && !label.contains(['.', '。', ',', '，', ';', '；', '!', '?', '|']);
    (is_label && !is_joined).then_some(Labelled {
        label,
        text: rest.trim(),
        is_dash,
    })
}

/// The parts of a line that is several labels with their texts: `Code: 1, Message: failed`.
pub(super) fn parts(line: &str) -> Vec<&str> {
    for mark in ["; ", "；", ", ", "，"] {
        let is_label = |part: &str| {
            labelled(part).is_some_and(|found| {
                !found.is_dash && !found.text.is_empty() && found.label.split(' ').count() <= 3
            })
        };
        if line.len() <= LONGEST_CODES && line.contains(mark) && line.split(mark).all(is_label) {
            return line.split(mark).collect();
        }
    }
    vec![line]
}

/// A label without letter case and the marks around it, for comparing.
pub(super) fn label_key(label: &str) -> Cow<'_, str> {
    let label = label.trim().trim_end_matches([':', '：']).trim_end();
    if label.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
        Cow::Owned(label.to_lowercase())
    } else {
        Cow::Borrowed(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `heads.txt`.
    #[test]
    fn every_line_is_split_as_the_list_says() {
        let list = include_str!("heads.txt");
        let mut shown = String::new();
        for line in list.lines() {
            let Some((text, _)) = line.rsplit_once(" => ").filter(|_| !line.starts_with("//"))
            else {
                shown.extend([line, "\n"]);
                continue;
            };
            shown.extend([text, " => ", &show(read(text)), "\n"]);
        }
        assert!(shown == list, "{shown}");
    }

    fn show(head: Option<Head>) -> String {
        let Some(head) = head else {
            return "nothing".to_owned();
        };
        let form = match head.form() {
            Form::Word => "word",
            Form::Name => "name",
            Form::Code => "code",
        };
        let text = Some(head.text).filter(|text| !text.is_empty());
        let facts = [
            Some(format!("{form} `{}`", head.cell)),
            text.map(|text| format!("{text:?}")),
            head.http.map(|http| format!("http={http}")),
            head.aside.map(|aside| format!("aside={aside}")),
            head.is_introduced.then(|| "introduced".to_owned()),
        ];
        facts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_are_split_from_their_text() {
        let split = |line| labelled(line).map(|found| (found.label, found.text));
        assert_eq!(split("Cause: it broke"), Some(("Cause", "it broke")));
        assert_eq!(split("可能原因：超时"), Some(("可能原因", "超时")));
        assert_eq!(split("Solution:"), Some(("Solution", "")));
        assert_eq!(split("信息 - none"), Some(("信息", "none")));
        for line in ["http://example.com", "12:30", "a::b"] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
