//! A query in, its words as they are written out, and the chunks that may be names.

use crate::search::query::keys::Keys;
use crate::search::text::{end_of_tag, is_ideograph};

/// How many words a query has, up to which each of its parts is meant: most words of a longer one
/// are those of a log.
const SHORT: usize = 6;

/// Whether each part of a query is meant.
pub(in crate::search) fn is_short(chars: &[char]) -> bool {
    let query: String = chars.iter().collect();
    query.split_whitespace().count() <= SHORT
}

/// The words of a query as they are written, without those that only label others, the `msg` of
/// `msg=xx`, and values that are not identifiers.
pub(in crate::search) fn parts(chars: &[char], keys: &Keys<'_>) -> Vec<String> {
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
pub(in crate::search) fn chunks(chars: &[char]) -> Vec<String> {
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
pub(in crate::search) fn is_word(chunk: &str) -> bool {
    let is_lower = chunk.chars().skip(1).all(|c| c.is_ascii_lowercase());
    let is_short = chunk.len() < 4;
    (is_lower || is_short) && chunk.chars().all(|c| c.is_ascii_alphabetic())
}
