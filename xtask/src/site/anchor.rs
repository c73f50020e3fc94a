//! A code in, the places of its card out: the fragment `tencent-kyc/FaceCode/-5007` of the search
//! page, and the page `codes/tencent-kyc/FaceCode/-5007.html`. Those of a former meaning end with
//! its name.

use std::fmt::Write;

use errbook_spec::{Code, Set, Spec};
use hmac_sha256::Hash as Sha256;

use crate::reference::code_key;
use crate::text::percent_encoded;

/// Longer names are shortened: with two folders above it, a path stays below the 255 characters
/// that Windows and archives allow.
const LONGEST: usize = 60;
/// Names that Windows reserves for devices, whatever their extension is.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The fragment of a code, percent-encoded as browsers encode it: `id` and link are the same
/// string.
#[must_use]
pub fn anchor(spec: &Spec, set: &Set, code: &Code) -> String {
    let parts = [spec.vendor.value.clone(), set.name.value.clone()];
    let parts: Vec<_> = parts
        .into_iter()
        .chain(key_parts(set, code))
        .map(|part| percent_encoded(&part))
        .collect();
    parts.join("/")
}

/// The path of the page of a code below the folder of the site, which is also its address. No two
/// pages have paths that differ only in case.
#[must_use]
pub fn code_page(spec: &Spec, set: &Set, code: &Code) -> String {
    let name = file_name(&key_parts(set, code).join("/"));
    format!(
        "codes/{}/{}/{name}.html",
        file_name(&spec.vendor),
        set_folder(spec, set)
    )
}

/// The path of the page of a vendor.
pub(crate) fn vendor_page(vendor: &str) -> String {
    format!("vendors/{}.html", file_name(vendor))
}

/// The parts that identify a code in its set.
fn key_parts(set: &Set, code: &Code) -> Vec<String> {
    let key = code_key(code, set.identity);
    std::iter::once(key.code)
        .chain(key.symbol)
        .chain(key.former)
        .collect()
}

/// The folder of a set: its name, if no file system confuses it with that of another set.
fn set_folder(spec: &Spec, set: &Set) -> String {
    let name = set.name.as_str();
    let lower = name.to_lowercase();
    let is_alone = (spec.sets.iter())
        .filter(|other| other.name.to_lowercase() == lower)
        .count()
        < 2;
    if is_alone && is_safe(&lower) {
        name.to_owned()
    } else {
        hashed_name(name)
    }
}

/// A name for a file: the text itself, or its legible part and a hash of it all.
fn file_name(text: &str) -> String {
    if is_safe(text) {
        text.to_owned()
    } else {
        hashed_name(text)
    }
}

/// Whether every file system takes a name, and keeps it apart from all others.
fn is_safe(name: &str) -> bool {
    let device = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    (1..=LONGEST).contains(&name.len()) && name.bytes().all(is_plain) && !DEVICES.contains(&device)
}

/// `400/NO_FACE_FOUND:<param>` is `400_no_face_found_param~0a1b2c3d`.
fn hashed_name(text: &str) -> String {
    let plain = text.to_ascii_lowercase();
    let plain = plain.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    let words: Vec<_> = plain.filter(|word| !word.is_empty()).collect();
    let mut name: String = words.join("_").chars().take(LONGEST - 12).collect();
    name.push('~');
    for byte in &Sha256::hash(text.as_bytes())[..4] {
        write!(name, "{byte:02x}").expect("writing to a String cannot fail");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_system_keeps_file_names_apart() {
        for name in ["-5007", "01000000", "not-found", "a_b"] {
            assert_eq!(file_name(name), name);
        }
        let odd = [
            "400/NO_FACE_FOUND:<param>",
            "400/NO_FACE_FOUND:param",
            "NotFound",
            "notFound",
            "..",
            ".",
            "",
            "/etc/passwd",
            "C:\\x",
            "con",
            "com1",
            "LPT9",
            "1.",
            "1 ",
            "错误",
            "a~b",
        ];
        let long = "x".repeat(300);
        let mut seen = std::collections::BTreeSet::new();
        for text in odd.into_iter().chain([long.as_str()]) {
            let name = file_name(text);
            let is_portable =
                |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~');
            assert!(
                name.bytes().all(is_portable) && name.len() <= LONGEST,
                "{name}"
            );
            assert!(name.contains('~'), "{name}");
            assert!(seen.insert(name), "{text}");
        }
    }
}
