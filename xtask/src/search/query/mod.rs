//! A query in, the facts in it out: numbers with what surrounds them, labelled symbols, and chunks
//! that may be names.
//!
//! `site/assets/search.js` does the same in JavaScript, function by function.

mod keys;
mod labels;
mod numbers;
mod parts;

pub(super) use keys::{Class, Keys};
pub(super) use labels::{LabelledSymbol, symbols, without_labels};
pub(super) use numbers::{Number, Sign, numbers, numbers_in};
pub(super) use parts::{chunks, is_short, is_word, parts};

use crate::search::text::normalized;

/// What is read of a query, in characters: a whole answer of a vendor, or some lines of a log.
const MAX_QUERY: usize = 10_000;

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
