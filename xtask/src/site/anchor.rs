//! A code in, the URL fragment of its card out: `tencent-kyc/FaceCode/-5007`. That of a former
//! meaning ends with its name.

use std::fmt::Write;

use errbook_spec::{Code, Set, Spec};

use crate::reference::code_key;

/// The fragment of a code, percent-encoded as browsers encode it: `id` and link are the same
/// string.
#[must_use]
pub fn anchor(spec: &Spec, set: &Set, code: &Code) -> String {
    let key = code_key(code, set.identity);
    let parts = [spec.vendor.as_str(), set.name.as_str(), &key.code];
    let parts: Vec<_> = parts
        .into_iter()
        .chain(key.symbol.as_deref())
        .chain(key.former.as_deref())
        .map(percent_encoded)
        .collect();
    parts.join("/")
}

/// Encodes characters that are not valid in a fragment, or that separate its parts, as `%XX`.
pub(crate) fn percent_encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                out.push(char::from(byte));
            }
            other => write!(out, "%{other:02X}").expect("writing to a String cannot fail"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_characters_are_percent_encoded() {
        assert_eq!(percent_encoded("-5007"), "-5007");
        assert_eq!(percent_encoded("A:<key>/b c"), "A:%3Ckey%3E%2Fb%20c");
    }
}
