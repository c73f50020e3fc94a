//! A code in, the fragment by which its card is linked and sent out: `tencent-kyc/FaceCode/-5007`.

use std::fmt::Write;

use errbook_spec::{Code, Set, Spec};

use crate::reference::key;

/// The fragment of a code. It is written as a browser writes it, so that it is an id and an address at once.
#[must_use]
pub fn anchor(spec: &Spec, set: &Set, code: &Code) -> String {
    let key = key(code, set.identity);
    let parts = [spec.vendor.as_str(), set.name.as_str(), &key.code];
    let parts: Vec<_> = parts
        .into_iter()
        .chain(key.symbol.as_deref())
        .map(escaped)
        .collect();
    parts.join("/")
}

/// What may not stand in a fragment, or would end a part of it, as `%XX`.
pub(crate) fn escaped(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                out.push(char::from(byte));
            }
            other => write!(out, "%{other:02X}").expect("a String takes whatever is written"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_cannot_hold_is_escaped() {
        assert_eq!(escaped("-5007"), "-5007");
        assert_eq!(escaped("A:<key>/b c"), "A:%3Ckey%3E%2Fb%20c");
    }
}
