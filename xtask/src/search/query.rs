//! A query in, the facts in it out: numbers with what surrounds them, and chunks that may be names.
//!
//! `site/assets/search.js` does the same in JavaScript, function by function.

use std::collections::HashSet;

use crate::search::text::{end_of_tag, is_ideograph, normalized};
use crate::search::words::Vocabulary;

/// What is read of a query, in characters: a whole answer of a vendor, or some lines of a log.
const MAX_QUERY: usize = 10_000;

/// What speaks for a number being a code, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A part of a date, a time, an address or a version, a quantity, or the value of what is known
    /// to be something else: `uid=2006`.
    Noise,
    /// The value of a name of which nothing is known: `verify_result=1002`.
    Other,
    /// A part of a name, `E5007`, or an HTTP status.
    Joined,
    /// A number by itself.
    Plain,
    /// The value of a code: `"errcode": 5007`.
    Keyed,
}

/// The sign of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It has none.
    Without,
    /// A minus.
    Minus,
    /// It cannot be told: the hyphen of `tencent-kyc-5007` may be one.
    Unknown,
}

/// A number in a query.
#[derive(Debug, Clone)]
pub(super) struct Number {
    /// As it is written, with its minus.
    pub(super) text: String,
    /// Without sign and leading zeros.
    pub(super) digits: String,
    pub(super) sign: Sign,
    pub(super) class: Class,
    /// The name whose value it is, if nothing is known of that name.
    pub(super) key: String,
    /// Whether it is labelled as an HTTP status.
    pub(super) is_status: bool,
    /// Whether letters are directly before it: `E1000`.
    pub(super) is_glued: bool,
    /// Where the words are that label it.
    label: Option<(usize, usize)>,
    begin: usize,
    end: usize,
}

impl Number {
    /// Whether the query identifies it as a code: by a label, by a minus, or by beginning with it.
    pub(super) fn is_identified(&self, chars: &[char]) -> bool {
        let is_first = || !chars[..self.begin].iter().any(|c| c.is_alphanumeric());
        let is_minus = self.sign == Sign::Minus;
        self.class == Class::Keyed
            || (self.is_status && self.class > Class::Noise && self.digits != "200")
            || (self.class > Class::Other && (is_minus || is_first()))
    }

    /// Whether its last character is the one before a position.
    pub(super) fn ends_at(&self, end: usize) -> bool {
        self.end == end
    }
}

/// The tables of [`Vocabulary`] for numbers and names.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    code: HashSet<&'a str>,
    status: HashSet<&'a str>,
    other: HashSet<&'a str>,
    units: HashSet<&'a str>,
    common: HashSet<&'a str>,
    endings: &'a [String],
    other_endings: &'a [String],
    symbol: HashSet<&'a str>,
    before: HashSet<&'a str>,
    files: HashSet<&'a str>,
    spaced_units: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(words: &'a Vocabulary) -> Self {
        let set = |words: &'a str| words.split_whitespace().collect();
        Self {
            code: set(&words.code_keys),
            status: set(&words.status_keys),
            other: set(&words.other_keys),
            units: set(&words.units),
            common: set(&words.common),
            endings: &words.code_endings,
            other_endings: &words.other_endings,
            symbol: set(&words.symbol_keys),
            before: set(&words.before_keys),
            files: set(&words.files),
            spaced_units: set(&words.spaced_units),
        }
    }

    /// Whether a word says what the number after it is, and says nothing itself.
    fn is_label(&self, word: &str) -> bool {
        let folded = word.to_lowercase().replace(['_', '-'], "");
        self.class(&folded).is_some() || self.is_common(word)
    }

    /// What a name before a number says of it.
    fn class(&self, name: &str) -> Option<Class> {
        let is_code = |name: &str| self.code.contains(name);
        if self.status.contains(name) {
            Some(Class::Joined)
        } else if self.other.contains(name) {
            Some(Class::Noise)
        } else if is_code(name) || self.endings.iter().any(|end| name.ends_with(end.as_str())) {
            Some(Class::Keyed)
        } else {
            None
        }
    }

    /// Whether a name is that of something else, for certain if a value is assigned to it:
    /// `requestId=`.
    fn is_other(&self, name: &str) -> bool {
        let mut endings = self.other_endings.iter();
        self.class(name) == Some(Class::Noise)
            || (self.class(name).is_none() && endings.any(|end| name.ends_with(end.as_str())))
    }

    /// Whether a word belongs to the label after it: the `result` of `result code`.
    fn is_before(&self, word: &str) -> bool {
        self.before.contains(word) || (word.is_ascii() && self.class(word).is_some())
    }

    /// Whether a chunk is a word of log lines.
    pub(super) fn is_common(&self, chunk: &str) -> bool {
        self.common.contains(chunk.to_lowercase().as_str())
    }
}

/// The characters of a query, percent-decoded and normalized.
pub(super) fn characters(query: &str) -> Vec<char> {
    let raw: Vec<char> = query.chars().take(MAX_QUERY).collect();
    let mut decoded = String::new();
    let mut at = 0;
    while at < raw.len() {
        let pair: String = raw[at..].iter().skip(1).take(2).collect();
        let is_pair = pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(&pair, 16)
            .ok()
            .filter(|_| raw[at] == '%' && is_pair);
        match code
            .filter(|code| (0x20..0x7f).contains(code))
            .and_then(char::from_u32)
        {
            Some(c) => {
                decoded.push(c);
                at += 3;
            }
            None => {
                decoded.push(raw[at]);
                at += 1;
            }
        }
    }
    normalized(&decoded)
}

/// The numbers in a query.
pub(super) fn numbers(chars: &[char], keys: &Keys<'_>) -> Vec<Number> {
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

/// The query without the words that label its numbers, and without symbols that nothing has.
pub(super) fn without_labels(
    chars: &[char],
    numbers: &[Number],
    unknown: &[LabelledSymbol],
) -> Vec<char> {
    let mut rest = chars.to_vec();
    let labels = numbers.iter().filter_map(|number| number.label);
    let symbols = unknown
        .iter()
        .flat_map(|symbol| [symbol.label, (symbol.begin, symbol.end)]);
    for (begin, end) in labels.chain(symbols) {
        rest[begin..end].fill(' ');
    }
    rest
}

/// A symbol that is labelled as a code: `"error": "NO_FACE_FOUND"`.
#[derive(Debug)]
pub(super) struct LabelledSymbol {
    pub(super) text: String,
    label: (usize, usize),
    begin: usize,
    end: usize,
}

/// The symbols that are labelled as codes.
pub(super) fn symbols(chars: &[char], keys: &Keys<'_>) -> Vec<LabelledSymbol> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let begin = at;
        while at < chars.len() && is_part(chars[at]) {
            at += 1;
        }
        if at == begin {
            at += 1;
            continue;
        }
        let end = begin
            + chars[begin..at]
                .iter()
                .rposition(char::is_ascii_alphanumeric)
                .map_or(0, |last| last + 1);
        let text: String = chars[begin..end].iter().collect();
        // `NO_FACE_FOUND`, `AuthFailure.SignatureExpire`, and not `face.verify.failed`.
        let is_hump =
            |(before, here): (char, char)| before.is_ascii_lowercase() && here.is_ascii_uppercase();
        let has_shape = text.contains('_') || text.chars().zip(text.chars().skip(1)).any(is_hump);
        let begins = chars[begin].is_ascii_uppercase();
        if !has_shape
            || !begins
            || !matches!(
                chars.get(at),
                None | Some('"' | '\'' | ',' | ';' | '}' | ')' | ' ' | '\n' | '\r' | '\\')
            )
        {
            continue;
        }
        let before = name_before(chars, begin);
        let folded = before.name.to_lowercase().replace(['_', '-'], "");
        let letters = match known(&before, keys) {
            Some((class, letters)) => (class == Class::Keyed).then_some(letters),
            None => (keys.symbol.contains(folded.as_str())).then_some(before.name.len()),
        };
        if let Some(letters) = letters.filter(|_| before.is_separated) {
            let label = label(chars, &before, letters, keys);
            found.push(LabelledSymbol {
                text,
                label,
                begin,
                end,
            });
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
    /// A unit behind a blank: `2012 ms`.
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

/// What a name says of its value, and how many of its characters say it.
fn known(before: &Before, keys: &Keys<'_>) -> Option<(Class, usize)> {
    let name = before.name.as_str();
    let length = name.chars().count();
    if !before.is_separated && keys.is_common(name) && name == name.to_uppercase() {
        // `ERROR 4711 --- [main]`: the level of a log line, then the process.
        return None;
    }
    if name.is_ascii() {
        let folded = name.to_lowercase().replace(['_', '-'], "");
        if before.is_separated && keys.is_other(&folded) {
            return Some((Class::Noise, length));
        }
        return keys.class(&folded).map(|class| (class, length));
    }
    // No space is between the words of Chinese: the end of the text before the number decides.
    let ends = name.char_indices().enumerate();
    let mut ends = ends.map(|(skipped, (from, _))| (length - skipped, &name[from..]));
    ends.find_map(|(letters, end)| keys.class(end).map(|class| (class, letters)))
}

/// Where the words are that label a value: `result code`, the `返回码` of `接口返回码`.
fn label(chars: &[char], before: &Before, letters: usize, keys: &Keys<'_>) -> (usize, usize) {
    let end = before.end;
    let mut begin = end - letters;
    loop {
        let mut at = begin;
        while at > 0 && chars[at - 1] == ' ' {
            at -= 1;
        }
        let begins = if at > 0 && is_ideograph(chars[at - 1]) {
            let words = [4, 3, 2]
                .into_iter()
                .filter_map(|length| at.checked_sub(length));
            words.into_iter().find(|from| {
                let word: String = chars[*from..at].iter().collect();
                keys.is_before(&word)
            })
        } else {
            let is_part = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            let length = chars[..at].iter().rev().take_while(is_part).count();
            let word: String = chars[at - length..at].iter().collect();
            let folded = word.to_lowercase().replace(['_', '-'], "");
            (length > 0 && at < begin && keys.is_before(&folded)).then_some(at - length)
        };
        match begins {
            Some(from) => begin = from,
            None => return (begin, end),
        }
    }
}

/// The name before a value.
struct Before {
    name: String,
    begin: usize,
    end: usize,
    /// Whether the value is assigned to it: `cost=35`, `"age": 18`.
    is_assigned: bool,
    /// Whether there is `=` or `:` between them.
    is_separated: bool,
}

fn name_before(chars: &[char], begin: usize) -> Before {
    let mut at = begin;
    let mut has_equals = false;
    let mut has_colon = false;
    let mut has_quote = false;
    let mut skip = |at: &mut usize| {
        while *at > 0 {
            match chars[*at - 1] {
                '=' => has_equals = true,
                ':' => has_colon = true,
                '"' | '\'' | '`' | '\\' => has_quote = true,
                '(' | '[' | '{' | '>' | '#' | '*' => {}
                c if c.is_whitespace() => {}
                _ => break,
            }
            *at -= 1;
        }
    };
    skip(&mut at);
    // `the code is 5007`, `错误码为 5007`
    for verb in ["is", "was", "为", "是"] {
        let verb: Vec<char> = verb.chars().collect();
        let is_word = !verb[0].is_ascii()
            || at
                .checked_sub(verb.len() + 1)
                .is_some_and(|before| chars[before] == ' ');
        if at < begin && is_word && chars[..at].ends_with(&verb) {
            at -= verb.len();
            skip(&mut at);
            break;
        }
    }
    let end = at;
    if at > 0 && is_ideograph(chars[at - 1]) {
        // The longest key of words.toml has six characters.
        while at > 0 && end - at < 6 && is_ideograph(chars[at - 1]) {
            at -= 1;
        }
    } else {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        while at > 0 && is_name(chars[at - 1]) {
            at -= 1;
        }
        // The digits before a separator are not a name.
        if chars[at..end].iter().all(|c| !c.is_ascii_alphabetic()) {
            at = end;
        }
    }
    let name: String = chars[at..end].iter().collect();
    let dashes = name.chars().rev().take_while(|c| *c == '-').count();
    Before {
        name: name.trim_matches('-').to_owned(),
        begin: at,
        end: (end - dashes).max(at),
        is_assigned: has_equals || (has_colon && has_quote),
        is_separated: has_equals || has_colon,
    }
}

/// How many words a query has, up to which each of its parts is meant: most words of a longer one
/// are those of a log.
const SHORT: usize = 6;

/// Whether each part of a query is meant.
pub(super) fn is_short(chars: &[char]) -> bool {
    let query: String = chars.iter().collect();
    query.split_whitespace().count() <= SHORT
}

/// The words of a query as they are written, without those that only label others, the `msg` of
/// `msg=xx`, and values that are no identifiers.
pub(super) fn parts(chars: &[char], keys: &Keys<'_>) -> Vec<String> {
    // `返回内容:人脸` has no space.
    let is_between = |at: usize| {
        let c = chars[at];
        c.is_whitespace()
            || "\"'`,;=(){}[]|\\".contains(c)
            || (c == ':' && at > 0 && is_ideograph(chars[at - 1]))
    };
    let mut parts: Vec<String> = Vec::new();
    let mut is_value = false;
    let mut at = 0;
    while at < chars.len() {
        let begin = at;
        at = (at..chars.len())
            .find(|at| is_between(*at))
            .unwrap_or(chars.len());
        let part: String = chars[begin..at].iter().collect();
        let last = (at..chars.len()).find(|at| !is_between(*at));
        let after: String = chars[at..last.unwrap_or(chars.len())].iter().collect();
        let is_key = after.contains('=')
            || (after.contains(['"', '\'']) && chars.get(at + after.chars().count()) == Some(&':'));
        let part = part.trim_matches(|c: char| {
            ".:/#<>+~^%$@-!?".contains(c) || (!c.is_alphanumeric() && !c.is_ascii())
        });
        if !part.is_empty() {
            let is_meant = !is_key && !keys.is_label(part);
            let is_identifier = part.is_ascii() && !is_word(part);
            let is_new = !parts.iter().any(|known| known == part);
            if is_meant && is_new && (is_identifier || !is_value) {
                parts.push(part.to_owned());
            }
            is_value = is_key;
        }
        at += after.chars().count();
    }
    parts
}

/// The chunks of a query that may be names: `FaceCode::NoSound`, `NO_FACE_FOUND:image_ref1`.
pub(super) fn chunks(chars: &[char]) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut chunk = String::new();
    let mut at = 0;
    while at < chars.len() {
        let tag = end_of_tag(chars, at).filter(|end| is_markup(&chars[at + 1..end - 1]));
        if tag.is_some() || is_delimiter(chars[at]) {
            finish_chunk(&mut chunk, &mut chunks);
        } else {
            chunk.push(chars[at]);
        }
        at = tag.unwrap_or(at + 1);
    }
    finish_chunk(&mut chunk, &mut chunks);
    chunks
}

fn finish_chunk(chunk: &mut String, chunks: &mut Vec<String>) {
    let is_edge = |c: char| ".:/#<+~^%$@-".contains(c);
    let name = chunk
        .trim_start_matches(|c| is_edge(c) || c == '>')
        .trim_end_matches(is_edge);
    let is_name = name.chars().any(|c| c.is_ascii_alphabetic());
    if is_name && !chunks.iter().any(|known| known == name) {
        chunks.push(name.to_owned());
    }
    chunk.clear();
}

fn is_delimiter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || "\"'`,;(){}[]|=!?*\\&".contains(c);
    }
    is_ideograph(c) || !c.is_alphanumeric()
}

/// Whether the inside of a tag is markup, not the name of a parameter.
fn is_markup(inside: &[char]) -> bool {
    let name: String = inside.iter().filter(|c| **c != '/' && **c != ' ').collect();
    matches!(
        name.to_lowercase().as_str(),
        "br" | "p" | "b" | "i" | "td" | "tr" | "li" | "ul" | "div" | "span" | "code" | "pre" | "em"
    )
}

/// Whether a chunk is a word as prose has it, and not certainly a name.
pub(super) fn is_word(chunk: &str) -> bool {
    let is_lower = chunk.chars().skip(1).all(|c| c.is_ascii_lowercase());
    let is_short = chunk.len() < 4;
    (is_lower || is_short) && chunk.chars().all(|c| c.is_ascii_alphabetic())
}

/// The numbers that a text mentions, from and to: `66660033 to 66660040` are all of them.
pub(super) fn numbers_in(text: &str) -> Vec<(String, String)> {
    let chars = normalized(text);
    let words = Vocabulary::shipped();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut last_end = None;
    for number in numbers(&chars, &Keys::new(&words)) {
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
