//! Lines of code that each give a name and a code: `NAME = 1; // text`.

use std::cell::LazyCell;
use std::ops::Deref;

use smallvec::{SmallVec, smallvec};

use crate::code::{self, Atom, Reading};
use crate::document::{Shape, Table};
use crate::lexicon::{self, Concept};
use crate::propose::head::{self, Head};
use crate::propose::layout::{Entry, list};
use crate::propose::page::{Page, Path};

/// Reads the list in a block of code.
pub(super) fn read(page: &Page<'_>, at: usize, path: &Path) -> Option<(Table, usize)> {
    let block = &page.blocks[at];
    let source = page.raw(at);
    let is_object = source.trim_start().starts_with(['{', '[', '<'])
        && !source.lines().skip(1).take(1).any(|line| {
            // An object whose keys are codes.
            keyed(line.trim().trim_end_matches(',')).is_some()
        });
    if is_object {
        return None;
    }
    let entries = entries(source, block.line, block.end_line)?;
    let opening = || opening(source);
    Some((
        list(page, at..at + 1, path, Shape::Fence, entries, opening)?,
        at + 1,
    ))
}

/// The lines of a block of code, each with its line in the document; `None` if most are not entries.
fn entries(source: &str, begin: usize, end: usize) -> Option<Vec<Entry>> {
    // Only a fence has a line above its code.
    let is_fenced = end.saturating_sub(begin) + 1 > source.trim_end_matches('\n').lines().count();
    let first = begin + usize::from(is_fenced);
    let mut entries: Vec<Entry> = Vec::new();
    let mut comment = String::new();
    let column = LazyCell::new(|| source.lines().find_map(text_column));
    let lines = source.lines().enumerate();
    let lines =
        lines.flat_map(|(place, line)| statements(line).into_iter().map(move |text| (place, text)));
    let lines = lines.filter(|(_, text)| !text.trim().is_empty());
    let mut left = lines.clone().count() / 2;
    for (place, text) in lines {
        let line = (first + place).min(end);
        match line_entry(text).or_else(|| aligned(text, &column)) {
            Some((cell, message)) => {
                let message = if message.is_empty() {
                    std::mem::take(&mut comment)
                } else {
                    message
                };
                comment.clear();
                entries.push(Entry {
                    line,
                    head: Some(Head {
                        cell,
                        text: message,
                        ..Head::default()
                    }),
                    raw: text.trim().to_owned(),
                    ..Entry::default()
                });
            }
            // A comment or a bracket is not a row.
            None => match comment_of(text) {
                Some(text) => comment = text,
                None => {
                    left = left.checked_sub(1)?;
                    comment.clear();
                    entries.push(Entry {
                        line,
                        raw: text.trim().to_owned(),
                        ..Entry::default()
                    });
                }
            },
        }
    }
    Some(entries)
}

/// The constants on one line: `A = 1, /* a */ B = 2, /* b */`.
fn statements(line: &str) -> SmallVec<[&str; 1]> {
    if line.contains("*/") {
        let parts: SmallVec<[&str; 1]> = line.split_inclusive("*/").collect();
        let mut filled = parts.iter().filter(|part| !part.trim().is_empty());
        if filled.all(|part| line_entry(part).is_some()) {
            return parts;
        }
    }
    smallvec![line]
}

/// The lines before the first entry may name what follows: `namespace ErrorCodes {`.
fn opening(source: &str) -> Option<String> {
    let begin = source
        .lines()
        .take(3)
        .take_while(|line| line_entry(line).is_none());
    let mut named = begin
        .filter(|line| lexicon::concepts(line).contains(Concept::Error) || is_enum_of_errors(line));
    named.next().map(|line| line.trim().to_owned())
}

/// `pub enum Error {`, `enum LoginError: Int {`.
fn is_enum_of_errors(line: &str) -> bool {
    let name = line.split_once("enum ").and_then(|(_, rest)| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
    });
    name.is_some_and(|name| name.contains("Error"))
}

/// The code with its name, and the comment beside it.
fn line_entry(line: &str) -> Option<(String, String)> {
    let (code, comment) = parted(line.trim());
    let code = code.trim().trim_end_matches([',', ';']).trim_end();
    if let Some((cell, text)) = constructed(code).or_else(|| keyed(code)) {
        return Some((
            cell,
            if text.is_empty() {
                comment.to_owned()
            } else {
                text
            },
        ));
    }
    let assigned = code.rsplit_once('=').or_else(|| code.split_once(':'));
    let assigned = assigned.or_else(|| {
        code.strip_prefix("#define ")
            .and_then(|code| code.rsplit_once(' '))
    });
    if let Some((name, value)) = assigned
        && let Some(cell) = assignment(name, value.trim().trim_start_matches('='))
    {
        return Some((cell, comment.to_owned()));
    }
    if let Some(head) = head::read_plain(line.trim()).filter(|head| !head.text.is_empty()) {
        return Some((head.cell, head.text));
    }
    if let Some(column) = in_columns(line.trim()) {
        return Some(column);
    }
    // `1001 NO_FACE`.
    if !code.contains(char::is_numeric) || comment_of(line).is_some() {
        return None;
    }
    match code::read(code) {
        Reading::Codes(cell) if cell.codes.len() == 1 && cell.codes[0].symbol.is_some() => {
            Some((code.to_owned(), comment.to_owned()))
        }
        _ => None,
    }
}

/// A code and its text as columns of text: `ERR_PARAM      bad parameter`, `ERR_PARAM, // text`.
fn in_columns(line: &str) -> Option<(String, String)> {
    let (code, text) = match line.find("  ").or_else(|| line.find('\t')) {
        Some(end) => (&line[..end], line[end..].trim()),
        None => parted(line),
    };
    let code = code.trim().trim_end_matches([',', ';']);
    let text = text.trim_start_matches(['/', '*', '#', '-', ' ']);
    let text = text.trim_end_matches(['*', '/', ' ']);
    (head::is_strong(code) && !text.is_empty()).then(|| (code.to_owned(), text.to_owned()))
}

/// Where the text of a line begins that has it apart from its code.
fn text_column(line: &str) -> Option<usize> {
    let gap = line.find("  ").filter(|_| in_columns(line).is_some())?;
    Some(line.len() - line[gap..].trim_start().len())
}

/// A number and its text, where the texts of other lines begin: `64 Usage error` below
/// `1  Failure`.
fn aligned(line: &str, column: &impl Deref<Target = Option<usize>>) -> Option<(String, String)> {
    if !line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')) {
        return None;
    }
    let (code, text) = line.split_at_checked((**column)?)?;
    let code = code.strip_suffix(' ')?;
    (code::is_number(code) && text.starts_with(char::is_alphabetic))
        .then(|| (code.to_owned(), text.to_owned()))
}

/// A constant of an enum that is built from a code and a text: `NAME(1001, "text")`.
fn constructed(line: &str) -> Option<(String, String)> {
    let (name, arguments) = line.strip_suffix(')')?.split_once('(')?;
    let (value, rest) = arguments.split_once(',').unwrap_or((arguments, ""));
    let cell = assignment(name.trim(), value)?;
    // The text of a call, `MESSAGES.get("late")`, is not its message.
    let begins_argument = |at: &usize| {
        let before = rest[..*at].trim_end();
        before.is_empty() || before.ends_with(',')
    };
    let mut quotes = rest.match_indices('"').map(|(at, _)| at);
    let begin = quotes.find(begins_argument).unwrap_or(0);
    Some((cell, string(rest[begin..].trim())))
}

/// The text of a string, which may be in parts: `"Not found: " + "check the id"`; what is not a
/// string stays as it is written.
fn string(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some(inner) = rest.strip_prefix('"') {
        let mut is_escaped = false;
        let end = inner.find(|c: char| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let Some(end) = end else {
            return source.to_owned();
        };
        unescape(&inner[..end], &mut text);
        let next = inner[end + 1..].trim_start();
        rest = next.strip_prefix('+').unwrap_or(next).trim_start();
        if next.len() > rest.len() && !rest.starts_with('"') {
            return source.to_owned();
        }
    }
    if text.is_empty() && !source.starts_with('"') {
        return source.to_owned();
    }
    text
}

/// Appends the part of a string between its quotes. An escape that is not known stays as it is.
fn unescape(source: &str, text: &mut String) {
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some(mark @ ('"' | '\'' | '\\')) => text.push(mark),
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some(other) => text.extend([c, other]),
            None => text.push(c),
        }
    }
}

/// A number and its text: `1,"text"`.
fn comma_separated(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(',')?;
    let text = value
        .trim()
        .strip_prefix('"')?
        .strip_suffix('"')
        .filter(|text| !text.contains('"'))?;
    let is_number = code::atom(key.trim()) == Some(Atom::Number);
    is_number.then(|| (key.trim().to_owned(), text.to_owned()))
}

/// A key that is a code, and its text: `1001: 'text'`, `"1001": "text"`.
fn keyed(line: &str) -> Option<(String, String)> {
    let quotes = ['"', '\'', '`'];
    if let Some(pair) = comma_separated(line) {
        return Some(pair);
    }
    let (key, value) = line.split_once([':', '='])?;
    let (key, value) = (
        key.trim().trim_matches(quotes),
        value.trim_start_matches('>').trim(),
    );
    let inner = value
        .strip_prefix(quotes)
        .and_then(|value| value.strip_suffix(quotes));
    // `1001=text` needs no quotes, but a longer number.
    let text = inner.or_else(|| value.starts_with(char::is_alphabetic).then_some(value))?;
    let is_long = key.len() >= 3 || inner.is_some();
    (code::is_number(key) && is_long).then(|| (key.to_owned(), text.to_owned()))
}

fn assignment(name: &str, value: &str) -> Option<String> {
    // `static final int NAME`, `NAME: int`: the name is the last word before a type.
    let name = name.split([':', '(']).next()?.split_whitespace().last()?;
    let is_name = matches!(
        code::atom(name),
        Some(Atom::Symbol | Atom::Word | Atom::Mixed)
    ) && name.len() > 2;
    if !is_name {
        return None;
    }
    let value = value.trim();
    let value = value
        .strip_prefix('(')
        .and_then(|value| value.strip_suffix(')'))
        .unwrap_or(value);
    let number = code::literal(value);
    let value = number.as_deref().unwrap_or(value);
    let cell = format!("{name} = {value}");
    let one = match code::read(&cell) {
        Reading::Codes(cell) if cell.rest.is_none() && cell.codes.len() == 1 => {
            cell.codes.into_iter().next()?
        }
        _ => return None,
    };
    one.symbol.is_some().then_some(cell)
}

/// A line without the comment at its end, and that comment.
fn parted(line: &str) -> (&str, &str) {
    for mark in ["//", "/*", " # ", " -- ", "<!--"] {
        // Not in a string: `"see https://…"`.
        let is_outside = |at: &usize| {
            let quotes = line[..*at].replace("\\\"", "");
            quotes.matches('"').count().is_multiple_of(2)
        };
        let mut places = line.match_indices(mark).map(|(at, _)| at);
        if let Some(at) = places.find(is_outside) {
            let (code, comment) = (&line[..at], &line[at + mark.len()..]);
            let comment = comment
                .trim_matches(['/', '*', '<', ' '])
                .trim_end_matches("-->");
            return (code, comment.trim());
        }
    }
    (line, "")
}

/// The text of a line that is nothing but a comment or a bracket.
fn comment_of(line: &str) -> Option<String> {
    let line = line.trim();
    let is_comment = ["//", "/*", "*", "#", "--", "<!--"]
        .iter()
        .any(|mark| line.starts_with(mark));
    let is_bracket = line.len() < 60 && line.ends_with(['{', '(', '['])
        || line.trim_matches(['{', '}', ')', ';', ',', ']']).is_empty();
    let is_define = line.starts_with("#define");
    ((is_comment || is_bracket) && !is_define).then(|| {
        if is_comment {
            line.trim_matches(['/', '*', '#', '-', '!', '<', '>', ' '])
                .to_owned()
        } else {
            String::new()
        }
    })
}
