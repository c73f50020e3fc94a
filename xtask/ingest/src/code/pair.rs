//! A code with something beside it: a name, another writing of itself, a message.

use std::borrow::Cow;

use smallvec::smallvec;

use crate::code::atom::{Atom, atom, is_number};
use crate::code::fold::unquoted;
use crate::code::list;
use crate::code::{CodeCell, OneCode};

/// A name and a code: `NAME = "-10000"`, `NAME(1001)`, `1001 (NAME)`, `10(0xa)`, `code=10001`.
pub(super) fn read(text: &str) -> Option<OneCode<'_>> {
    assignment(text)
        .or_else(|| in_brackets(text))
        .or_else(|| side_by_side(text))
}

/// A name, or a few words, above a code or below it, each on its own line.
pub(super) fn stacked(text: &str) -> Option<CodeCell<'_>> {
    let (first, second) = text.split_once('\n')?;
    let (first, second) = (first.trim(), second.trim());
    if second.contains('\n') {
        return None;
    }
    let code_of = |text| {
        let is_code = matches!(atom(text), Some(Atom::Number | Atom::Hex | Atom::Mixed));
        if is_code {
            Some(text)
        } else {
            without_hex(text)
        }
    };
    let (name, code) = match (code_of(first), code_of(second)) {
        (Some(code), None) => (second, code),
        (None, Some(code)) => (first, code),
        _ => return None,
    };
    if let Some(pair) = named(name, code) {
        return Some(CodeCell::of(smallvec![pair]));
    }
    let are_words =
        name.chars().count() <= 40 && name.chars().all(|c| !c.is_ascii_digit()) && code.len() >= 3;
    let begins_well = name.starts_with(char::is_alphabetic);
    (are_words && begins_well).then(|| CodeCell::with_text(OneCode::plain(code), name))
}

/// `10 (0xa)` without the second writing.
fn without_hex(text: &str) -> Option<&str> {
    let (number, hex) = text.strip_suffix(')')?.split_once(" (")?;
    is_hex_of(number, hex).then_some(number)
}

/// Codes and the text beside them: `1001 user not found`, `1001: 用户不存在`, `502, 503 - failed`.
pub(super) fn with_text(text: &str) -> Option<CodeCell<'_>> {
    range_with_text(text)
        .or_else(|| one_with_text(text))
        .or_else(|| one_after_note(text))
        .or_else(|| list_with_text(text))
        .or_else(|| name_with_quote(text))
        .or_else(|| name_with_words(text))
}

fn range_with_text(text: &str) -> Option<CodeCell<'_>> {
    let (range, words) = list::range_with_text(text)?;
    Some(CodeCell::with_text(range, words))
}

fn list_with_text(text: &str) -> Option<CodeCell<'_>> {
    if !text.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '+' | '"' | '\'' | '(' | '[')
    }) {
        return None;
    }
    let (list, rest) = [" - ", " – ", " — ", ": ", "：", "——"]
        .iter()
        .find_map(|mark| text.split_once(mark))?;
    let is_text = rest.trim().chars().next().is_some_and(char::is_alphabetic);
    let codes = match list::range(list.trim()) {
        Some(range) => smallvec![range],
        None => list::read(list.trim())?,
    };
    let numbers = codes.iter().all(|one| {
        matches!(
            atom(&one.code),
            Some(Atom::Number | Atom::Hex | Atom::Class)
        )
    });
    (is_text && numbers).then(|| CodeCell {
        codes,
        rest: Some(rest.trim().into()),
    })
}

/// `not_found (заказ)`: the text in the brackets is not a name. `S_OK ((HRESULT) 0L)`,
/// `E_OLD (see E_NEW) (0x887A0001)`: behind a constant only the last brackets may hold its number.
fn name_with_words(text: &str) -> Option<CodeCell<'_>> {
    let (name, rest) = text.split_once(" (")?;
    let rest = rest.strip_suffix(')')?;
    if is_constant(name) {
        let numbered = rest
            .rsplit_once(") (")
            .filter(|(_, number)| atom(number) == Some(Atom::Hex));
        let (code, rest) = match numbered {
            Some((words, number)) => (named(name, number)?, words),
            None => (OneCode::plain(name), rest),
        };
        return Some(CodeCell::with_text(code, rest));
    }
    let is_pair = atom(name) == Some(Atom::Symbol) && !rest.is_ascii() && !rest.contains('(');
    is_pair.then(|| CodeCell::with_text(OneCode::plain(name), rest))
}

/// `ERROR_ACCESS_DENIED`.
pub(super) fn is_constant(name: &str) -> bool {
    name.contains('_')
        && name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// `invalid_request - "the binding message is empty"`.
fn name_with_quote(text: &str) -> Option<CodeCell<'_>> {
    let (name, rest) = [" - ", " – ", " — ", ": "]
        .iter()
        .find_map(|mark| text.split_once(mark))?;
    let is_name = atom(name) == Some(Atom::Symbol) && rest.starts_with(['"', '“', '\'']);
    let rest = rest.trim_matches(['"', '“', '”', '\'']);
    (is_name && !rest.is_empty()).then(|| CodeCell::with_text(OneCode::plain(name), rest))
}

/// Leaves out a bracket that closes one before the text: `failed)` of `401 (failed)`.
fn without_open_bracket(text: &str) -> &str {
    let count = |brackets: [char; 2]| text.matches(brackets).count();
    match text.strip_suffix([')', '）']) {
        Some(inside) if count([')', '）']) > count(['(', '（']) => inside,
        _ => text,
    }
}

fn one_with_text(text: &str) -> Option<CodeCell<'_>> {
    // `HTTP 401（未授权）`.
    let labelled = text
        .split_once([' ', ':', '：'])
        .filter(|(label, _)| is_label(label));
    let text = labelled.map_or(text, |(_, rest)| rest.trim_start());
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '(' | '（' | '，' | ',' | '、');
    let is_code_end = |c: char| is_end(c) || !c.is_ascii();
    let end = text.find(is_code_end)?;
    let (code, rest) = text.split_at(end);
    let is_code = match atom(code)? {
        Atom::Number | Atom::Hex | Atom::Class => true,
        Atom::Mixed => is_numbered(code) && is_marked(rest),
        _ => false,
    };
    if !is_code {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| is_end(c) || matches!(c, '-' | '–' | '—' | '='));
    let rest = without_open_bracket(rest).trim();
    // `7天内` is text that begins with a number.
    let is_text = rest.chars().next().is_some_and(char::is_alphabetic);
    // `1100 to 1199 except 1150` is more than its first code.
    let is_range = list::continues_range(code, &text[end..]);
    let parted = text[end..].starts_with(is_end) || code.len() >= 3;
    (is_text && parted && !is_range).then(|| CodeCell::with_text(OneCode::plain(code), rest))
}

/// `（回测情境）1`, `(card) 05`: a note before the code.
fn one_after_note(text: &str) -> Option<CodeCell<'_>> {
    let inside = text.strip_prefix(['(', '（'])?;
    let (note, code) = inside.split_once([')', '）'])?;
    let code = code.trim_start();
    let is_code = matches!(
        atom(code),
        Some(Atom::Number | Atom::Hex | Atom::Mixed | Atom::Symbol)
    );
    let is_text = note.contains(char::is_alphabetic) && !note.contains(['(', '（']);
    (is_code && is_text).then(|| CodeCell::with_text(OneCode::plain(code), note.trim()))
}

/// `E01`, `SYS-1001`: capitals and then at least two digits.
fn is_numbered(code: &str) -> bool {
    let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let number = digits.trim_start_matches(['-', '_']);
    digits.len() < code.len() && number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit())
}

/// A mark between a code and its text: a colon, or a dash with spaces around it.
fn is_marked(rest: &str) -> bool {
    const MARKS: [&str; 6] = [": ", "：", " - ", " – ", " — ", " = "];
    MARKS.iter().any(|mark| rest.starts_with(mark))
}

fn assignment(text: &str) -> Option<OneCode<'_>> {
    let (name, code) = text.split_once(['=', '＝'])?;
    let code = code.trim().trim_end_matches([';', ',']).trim_end();
    let name = name.trim();
    match unquoted(code) {
        Some(inner) => Some(OneCode {
            quoted: true,
            ..named(name, inner)?
        }),
        None => named(name, code),
    }
}

fn in_brackets(text: &str) -> Option<OneCode<'_>> {
    let open = text.find(['(', '（', '['])?;
    let outside = text[..open].trim();
    let inside = text[open..].trim_start_matches(['(', '（', '[']);
    let inside = inside.strip_suffix([')', '）', ']'])?.trim();
    if is_hex_of(outside, inside) || is_hex_of(inside, outside) {
        return Some(OneCode::plain(outside));
    }
    match (is_number(outside), is_number(inside)) {
        (true, false) => named(inside, outside),
        (false, true) => named(outside, inside),
        // `400 (40001)` is the code 40001 under the status 400; `1148 (42000)` is the code 1148.
        (true, true) => {
            let is_status = outside.len() == 3 && matches!(outside.as_bytes()[0], b'1'..=b'5');
            Some(OneCode::plain(if is_status && inside.len() > 3 {
                inside
            } else {
                outside
            }))
        }
        // `28P01 (invalid_password)`.
        _ if atom(outside) == Some(Atom::Mixed) && atom(inside) == Some(Atom::Symbol) => {
            named(inside, outside)
        }
        _ => None,
    }
}

fn side_by_side(text: &str) -> Option<OneCode<'_>> {
    let at = text.find([' ', ':', '：'])?;
    let (first, second) = (
        &text[..at],
        text[at..].trim_start_matches([' ', ':', '：', '-']),
    );
    if second.contains(' ') {
        return None;
    }
    let is_symbol = |text: &str| is_label(text) || matches!(atom(text), Some(Atom::Symbol));
    if is_number(first) && is_symbol(second) {
        named(second, first)
    } else if is_symbol(first) && is_number(second) {
        named(first, second)
    } else {
        None
    }
}

/// What a small display shows, `Er 01`, `E 05`, `SC 542`, or a slip of the hand: `DCS. 4855`.
pub(super) fn displayed(text: &str) -> Option<OneCode<'_>> {
    let (letters, digits) = text.split_once(' ')?;
    // `No. 5` numbers something.
    let dotted = letters
        .strip_suffix('.')
        .filter(|letters| letters.len() > 1 && digits.len() > 2);
    let letters = dotted.unwrap_or(letters);
    let is_short = matches!(letters.len(), 1..=4) && matches!(digits.len(), 1..=4);
    let is_prefix = letters.bytes().all(|b| b.is_ascii_uppercase())
        || letters.len() == 2 && letters.starts_with(|c: char| c.is_ascii_uppercase());
    let is_code = is_prefix
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
        && digits.bytes().all(|b| b.is_ascii_digit());
    (is_short && is_code).then(|| OneCode::plain(text))
}

/// The decimal and the hexadecimal writing of one number.
fn is_hex_of(decimal: &str, hex: &str) -> bool {
    let digits = hex.strip_prefix("0x").or_else(|| hex.strip_prefix("0X"));
    let value = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    value.is_some() && decimal.parse::<u64>().ok() == value
}

pub(super) fn is_label(name: &str) -> bool {
    if name.is_ascii() {
        return LABELS.iter().any(|label| label.eq_ignore_ascii_case(name));
    }
    // The longest label is a short word.
    name.len() <= 24 && LABELS.contains(&name.to_lowercase().as_str())
}

fn named<'a>(name: &'a str, code: &'a str) -> Option<OneCode<'a>> {
    let name = name.trim();
    let is_word = is_label(name);
    let is_name = is_word
        || matches!(atom(name), Some(Atom::Symbol | Atom::Word | Atom::Mixed))
        || is_application(name);
    if !is_name
        || !matches!(
            atom(code)?,
            Atom::Number | Atom::Hex | Atom::Mixed | Atom::Dotted
        )
    {
        return None;
    }
    let symbol = (!is_word).then_some(Cow::Borrowed(name));
    Some(OneCode {
        symbol,
        ..OneCode::plain(code)
    })
}

/// A name made of another: `HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)`.
pub(super) fn is_application(text: &str) -> bool {
    let Some((outer, inner)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return false;
    };
    is_constant(outer) && is_constant(inner)
}

/// May one of the labels below begin with this letter, which is not ASCII?
pub(super) fn may_begin_label(first: char) -> bool {
    matches!(first, '错' | '錯' | '返' | '狀' | '状' | 'к' | 'К' | 'コ')
}

/// Words that only say that a code follows; `may_begin_label` knows their first letters.
const LABELS: &[&str] = &[
    "code",
    "err",
    "errcode",
    "errorcode",
    "error_code",
    "error",
    "err_code",
    "errno",
    "ret",
    "retcode",
    "ret_code",
    "return_code",
    "status",
    "status_code",
    "statuscode",
    "result_code",
    "resultcode",
    "http",
    "错误码",
    "錯誤碼",
    "返回码",
    "返回碼",
    "状态码",
    "狀態碼",
    "код",
    "コード",
];
