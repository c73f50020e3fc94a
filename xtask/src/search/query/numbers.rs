//! The characters of a query in, its numbers out, and what speaks for each being a code.

use crate::search::query::keys::{Class, Keys};
use crate::search::query::labels::{Before, known, label, name_before};
use crate::search::text::{is_ideograph, normalized};

/// The sign of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Sign {
    /// It has none.
    Without,
    /// A minus.
    Minus,
    /// It cannot be told: the hyphen of `tencent-kyc-5007` may be one.
    Unknown,
}

/// A number in a query.
#[derive(Debug, Clone)]
pub(in crate::search) struct Number {
    /// As it is written, with its minus.
    pub(in crate::search) text: String,
    /// Without sign and leading zeros.
    pub(in crate::search) digits: String,
    pub(in crate::search) sign: Sign,
    pub(in crate::search) class: Class,
    /// The name whose value it is, if nothing is known of that name.
    pub(in crate::search) key: String,
    /// Whether it is labelled as an HTTP status.
    pub(in crate::search) is_status: bool,
    /// Whether letters are directly before it: `E1000`.
    pub(in crate::search) is_glued: bool,
    /// Where the words are that label it.
    pub(super) label: Option<(usize, usize)>,
    begin: usize,
    end: usize,
}

impl Number {
    /// Whether the query identifies it as a code: by a label, by a minus, or by beginning with it.
    pub(in crate::search) fn is_identified(&self, chars: &[char]) -> bool {
        let is_first = || !chars[..self.begin].iter().any(|c| c.is_alphanumeric());
        let is_minus = self.sign == Sign::Minus;
        self.class == Class::Keyed
            || (self.is_status && self.class > Class::Noise && self.digits != "200")
            || (self.class > Class::Other && (is_minus || is_first()))
    }

    /// Whether its last character is the one before a position.
    pub(in crate::search) fn ends_at(&self, end: usize) -> bool {
        self.end == end
    }
}

/// The numbers in a query.
pub(in crate::search) fn numbers(chars: &[char], keys: &Keys<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        if let Some(end) = end_of_hex(chars, at) {
            found.extend(hex(chars, at, end, keys));
            at = end;
            continue;
        }
        let groups = groups(chars, at);
        at = groups[groups.len() - 1].1;
        let is_noise = is_compound(chars, &groups);
        let mut before = Class::Keyed;
        for (begin, end) in groups {
            let mut number = number(chars, begin, end, keys);
            if is_noise {
                number.class = Class::Noise;
            } else if before <= Class::Other {
                // `page 1007/101997`
                number.class = number.class.min(before);
            }
            before = number.class;
            found.push(number);
        }
    }
    label_lists(chars, &mut found);
    read_access_line(chars, &mut found);
    // A status that HTTP does not have is a code.
    let is_labelled = found.iter().any(|number| number.class == Class::Keyed);
    for number in &mut found {
        let is_http = number.sign != Sign::Minus
            && number.digits.len() == 3
            && matches!(number.digits.as_bytes()[0], b'1'..=b'5');
        if number.is_status && !is_http && !is_labelled && number.class == Class::Joined {
            number.class = Class::Keyed;
        }
    }
    found
}

/// `"POST / HTTP/1.1" 200 2012`: after the version come the status and the size.
fn read_access_line(chars: &[char], numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let begin = numbers[at - 1].begin;
        let is_version = begin >= 5 && {
            let protocol: String = chars[begin - 5..begin].iter().collect();
            protocol.eq_ignore_ascii_case("http/")
        };
        if !is_version {
            continue;
        }
        let is_blank = |from: usize, to: usize| {
            from < to
                && chars[from..to]
                    .iter()
                    .all(|c| *c == '"' || c.is_whitespace())
        };
        // `HTTP/2` is one number, `HTTP/1.1` two.
        let is_two = chars[numbers[at - 1].end] == '.';
        let version = if is_two { at } else { at - 1 };
        let Some(status) = numbers.get(version + 1) else {
            continue;
        };
        if !is_blank(numbers[version].end, status.begin) {
            continue;
        }
        let end = status.end;
        numbers[version + 1].class = Class::Joined;
        numbers[version + 1].is_status = true;
        if let Some(size) = numbers.get_mut(version + 2)
            && is_blank(end, size.begin)
        {
            size.class = Class::Noise;
        }
    }
}

/// `code=-5011/-5014`: the label of the first number of a list is that of all.
fn label_lists(chars: &[char], numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let sign = usize::from(numbers[at].sign == Sign::Minus);
        let end = numbers[at].begin.saturating_sub(sign);
        let mut between = chars[numbers[at - 1].end.min(end)..end].iter();
        let is_list = end > numbers[at - 1].end && between.all(|c| matches!(c, '/' | '、'));
        if is_list && numbers[at].class == Class::Plain && numbers[at - 1].class == Class::Keyed {
            numbers[at].class = Class::Keyed;
        }
    }
}

/// The digits that separators join: of a date, a time, an address.
fn groups(chars: &[char], begin: usize) -> Vec<(usize, usize)> {
    let mut groups = vec![(begin, end_of_digits(chars, begin))];
    loop {
        let end = groups[groups.len() - 1].1;
        let joins = chars.get(end).is_some_and(|c| {
            matches!(c, '-' | '/' | ':' | '.') || (*c == ',' && groups.len() >= 3)
        });
        if !joins || !chars.get(end + 1).is_some_and(char::is_ascii_digit) {
            return groups;
        }
        groups.push((end + 1, end_of_digits(chars, end + 1)));
    }
}

fn end_of_digits(chars: &[char], begin: usize) -> usize {
    let digits = chars[begin..].iter().take_while(|c| c.is_ascii_digit());
    begin + digits.count()
}

/// Whether joined digits are one thing, such as a date, and not a list: `1001/1002`.
fn is_compound(chars: &[char], groups: &[(usize, usize)]) -> bool {
    let length = |at: usize| groups[at].1 - groups[at].0;
    let separator = |at: usize| chars[groups[at].1];
    match groups.len() {
        1 => false,
        2 => separator(0) == '.' || (separator(0) == ':' && length(0) <= 2 && length(1) <= 2),
        count => {
            let same = (1..count).all(|at| length(at) == length(0) && separator(at - 1) == '/');
            !same || length(0) < 3
        }
    }
}

fn end_of_hex(chars: &[char], at: usize) -> Option<usize> {
    let begins = chars[at] == '0'
        && matches!(chars.get(at + 1), Some('x' | 'X'))
        && (at == 0 || !chars[at - 1].is_ascii_alphanumeric());
    let rest = chars.get(at + 2..).filter(|_| begins)?;
    let digits = rest.iter().take_while(|c| c.is_ascii_hexdigit()).count();
    (digits > 0).then_some(at + 2 + digits)
}

/// A number in hexadecimal notation: one of 32 or 64 bits may be negative.
fn hex(chars: &[char], begin: usize, end: usize, keys: &Keys<'_>) -> Option<Number> {
    let all: String = chars[begin + 2..end].iter().collect();
    let digits = all.trim_start_matches('0').to_ascii_lowercase();
    // The upper half of a negative number of 64 bits.
    let low = digits.strip_prefix("ffffffff").filter(|low| low.len() == 8);
    let value = i64::from_str_radix(low.unwrap_or(&digits), 16).ok();
    let value = value
        .or(digits.is_empty().then_some(0))
        .filter(|_| low.is_some() || digits.len() <= 8)?;
    let is_negative = value >= 1 << 31;
    let value = if is_negative {
        value - (1 << 32)
    } else {
        value
    };
    let mut number = number(chars, begin, end, keys);
    number.text = value.to_string();
    number.digits = value.unsigned_abs().to_string();
    if is_negative {
        number.sign = Sign::Minus;
    }
    Some(number)
}

fn number(chars: &[char], begin: usize, end: usize, keys: &Keys<'_>) -> Number {
    let written: String = chars[begin..end].iter().collect();
    let digits = written.trim_start_matches('0');
    let context = context(chars, begin, keys);
    let minus = if context.sign == Sign::Minus { "-" } else { "" };
    let mut class = context.class;
    let id = label_of_id(chars, begin, keys);
    if id.is_some() || is_in_id(chars, begin, end) || is_time_zone(chars, begin, end) {
        class = Class::Noise;
    }
    match after(chars, end, keys) {
        After::Spaced if class == Class::Keyed => {}
        After::Unit | After::Spaced => class = Class::Noise,
        After::Letter => class = class.min(Class::Other),
        After::Else => {}
    }
    Number {
        digits: if digits.is_empty() { "0" } else { digits }.to_owned(),
        text: format!("{minus}{written}"),
        sign: context.sign,
        class,
        key: context.key,
        is_status: context.is_status,
        is_glued: begin > 0 && chars[begin - 1].is_ascii_alphabetic(),
        label: context.label.or(id),
        begin,
        end,
    }
}

/// `12:00:00 +0800`
fn is_time_zone(chars: &[char], begin: usize, end: usize) -> bool {
    let Some(at) = begin.checked_sub(5).filter(|_| end - begin == 4) else {
        return false;
    };
    let before = &chars[at..begin];
    before[0] == ':'
        && before[1..3].iter().all(char::is_ascii_digit)
        && before[3] == ' '
        && matches!(before[4], '+' | '-')
}

/// The label of a value that a number is a part of, if it is that of something else:
/// `"request_id":"1543557,ab12"`.
fn label_of_id(chars: &[char], begin: usize, keys: &Keys<'_>) -> Option<(usize, usize)> {
    let is_part = |c: &&char| c.is_ascii_alphanumeric() || "-_.,/+".contains(**c);
    let from = begin - chars[..begin].iter().rev().take_while(is_part).count();
    let before = name_before(chars, from);
    let (class, letters) = known(&before, keys).filter(|_| from < begin && before.is_separated)?;
    (class == Class::Noise).then(|| label(chars, &before, letters, keys))
}

/// Whether a number is a part of what only identifies a thing: a UUID or a hash.
fn is_in_id(chars: &[char], begin: usize, end: usize) -> bool {
    let run = |is_part: fn(char) -> bool| {
        let before = chars[..begin]
            .iter()
            .rev()
            .take_while(|c| is_part(**c))
            .count();
        let after = chars[end..].iter().take_while(|c| is_part(**c)).count();
        (begin - before, end + after)
    };
    let (from, to) = run(|c| c.is_ascii_alphanumeric());
    let letters = &chars[from..to];
    let is_hash = letters.len() >= 8
        && letters.iter().all(char::is_ascii_hexdigit)
        && letters.iter().any(char::is_ascii_alphabetic);
    let (from, to) = run(|c| c.is_ascii_alphanumeric() || c == '-');
    let whole: String = chars[from..to].iter().collect();
    let parts: Vec<_> = whole.split('-').map(str::len).collect();
    is_hash || parts == [8, 4, 4, 4, 12]
}

/// What follows a number.
enum After {
    Unit,
    /// A unit after a space: `2012 ms`.
    Spaced,
    Letter,
    Else,
}

fn after(chars: &[char], end: usize, keys: &Keys<'_>) -> After {
    let Some(next) = chars.get(end) else {
        return After::Else;
    };
    if *next == ' ' {
        let rest = &chars[end + 1..];
        let is_part = |c: &&char| c.is_ascii_alphabetic() || is_ideograph(**c);
        let word: String = rest.iter().take_while(is_part).collect();
        if keys.spaced_units.contains(word.to_lowercase().as_str()) {
            return After::Spaced;
        }
    }
    let is_unit = |length: usize| {
        let unit: String = chars[end..].iter().take(length).collect();
        keys.units.contains(unit.to_lowercase().as_str())
    };
    if *next == '%' {
        After::Unit
    } else if is_ideograph(*next) {
        if is_unit(1) || is_unit(2) {
            After::Unit
        } else {
            After::Else
        }
    } else if next.is_ascii_alphabetic() || *next == '_' {
        let letters = chars[end..]
            .iter()
            .take_while(|c| c.is_ascii_alphabetic())
            .count();
        if is_unit(letters) {
            After::Unit
        } else {
            After::Letter
        }
    } else {
        After::Else
    }
}

/// What precedes a number.
struct Context {
    sign: Sign,
    class: Class,
    key: String,
    is_status: bool,
    label: Option<(usize, usize)>,
}

fn context(chars: &[char], begin: usize, keys: &Keys<'_>) -> Context {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let char_before = |at: usize| at.checked_sub(1).map(|at| chars[at]);
    let before_sign = begin.checked_sub(2).map(|at| chars[at]);
    let mut sign = Sign::Without;
    let mut at = begin;
    let mut is_joined = false;
    match char_before(begin) {
        Some('-' | '+') if before_sign.is_some_and(|c| c.is_ascii_digit()) => {}
        Some('-' | '+') if before_sign.is_some_and(|c| is_name(&c) || c == ')') => {
            sign = Sign::Unknown;
            is_joined = true;
        }
        Some('-') => {
            sign = Sign::Minus;
            at = begin - 1;
        }
        Some('+') => at = begin - 1,
        Some(c) if is_name(&c) => {
            sign = Sign::Unknown;
            is_joined = true;
        }
        Some('/' | '.' | ':' | '#') => {
            is_joined = before_sign.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        }
        _ => {}
    }
    let before = name_before(chars, at);
    let is_path = begin > 0
        && chars[begin - 1] == '/'
        && before_sign.is_none_or(|c| c.is_whitespace() || "\"'`(:=".contains(c));
    // `FaceClient.java:2012`
    let is_line_of_file = chars[..before.begin].last() == Some(&'.')
        && keys.files.contains(before.name.as_str())
        && before.is_separated;
    let known = known(&before, keys);
    let label = known.map(|(_, letters)| label(chars, &before, letters, keys));
    let known = known.map(|(class, _)| class);
    let is_status = known == Some(Class::Joined);
    let Before {
        name, is_assigned, ..
    } = before;
    let is_ascii = name.is_ascii();
    let mut key = String::new();
    let class = match known {
        _ if is_path || is_line_of_file => Class::Noise,
        Some(class) => class,
        None if is_ascii && is_assigned && !name.is_empty() => {
            key = name;
            Class::Other
        }
        None if is_joined => Class::Joined,
        None => Class::Plain,
    };
    Context {
        sign,
        class,
        key,
        is_status,
        label,
    }
}

/// The numbers that a text mentions, from and to: `66660033 to 66660040` are all of them.
pub(in crate::search) fn numbers_in(text: &str, keys: &Keys<'_>) -> Vec<(String, String)> {
    let chars = normalized(text);
    let mut found: Vec<(String, String)> = Vec::new();
    let mut last_end = None;
    for number in numbers(&chars, keys) {
        // Smaller numbers are quantities.
        let is_code = number.class > Class::Other && (3..=15).contains(&number.digits.len());
        if !is_code {
            last_end = None;
            continue;
        }
        let between: Option<String> = last_end.map(|end: usize| {
            let sign = usize::from(number.sign == Sign::Minus);
            chars[end..number.begin - sign].iter().collect()
        });
        let is_range =
            between.is_some_and(|between| matches!(between.trim(), "to" | "至" | "到" | "~" | "-"));
        match found.last_mut().filter(|_| is_range) {
            Some(range) => range.1.clone_from(&number.text),
            None => found.push((number.text.clone(), number.text.clone())),
        }
        last_end = Some(number.end);
    }
    found
}
