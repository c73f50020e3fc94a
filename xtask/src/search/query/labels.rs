//! What labels a value, such as `code=` or `返回码：`, and the symbols that are labelled as codes.

use crate::search::query::keys::{Class, Keys};
use crate::search::query::numbers::Number;
use crate::search::text::{is_ideograph, name_key};

/// A symbol that is labelled as a code: `"error": "NO_FACE_FOUND"`.
#[derive(Debug)]
pub(in crate::search) struct LabelledSymbol {
    pub(in crate::search) text: String,
    label: (usize, usize),
    begin: usize,
    end: usize,
}

/// The symbols that are labelled as codes.
pub(in crate::search) fn symbols(chars: &[char], keys: &Keys<'_>) -> Vec<LabelledSymbol> {
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
        let letters = match known(&before, keys) {
            Some((class, letters)) => (class == Class::Keyed).then_some(letters),
            None => {
                let is_key = keys.symbol.contains(name_key(&before.name).as_str());
                is_key.then_some(before.name.len())
            }
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

/// The query without the words that label its numbers, and without unknown symbols.
pub(in crate::search) fn without_labels(
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

/// What a name says of its value, and how many of its characters say it.
pub(super) fn known(before: &Before, keys: &Keys<'_>) -> Option<(Class, usize)> {
    let name = before.name.as_str();
    let length = name.chars().count();
    if !before.is_separated && keys.is_common(name) && name == name.to_uppercase() {
        // `ERROR 4711 --- [main]`: the level of a log line, then the process.
        return None;
    }
    if name.is_ascii() {
        let folded = name_key(name);
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
pub(super) fn label(
    chars: &[char],
    before: &Before,
    letters: usize,
    keys: &Keys<'_>,
) -> (usize, usize) {
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
            (length > 0 && at < begin && keys.is_before(&name_key(&word))).then_some(at - length)
        };
        match begins {
            Some(from) => begin = from,
            None => return (begin, end),
        }
    }
}

/// The name before a value.
pub(super) struct Before {
    pub(super) name: String,
    pub(super) begin: usize,
    pub(super) end: usize,
    /// Whether the value is assigned to it: `cost=35`, `"age": 18`.
    pub(super) is_assigned: bool,
    /// Whether there is `=` or `:` between them.
    pub(super) is_separated: bool,
}

pub(super) fn name_before(chars: &[char], begin: usize) -> Before {
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
