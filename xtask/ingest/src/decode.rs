//! Bytes in, text out: byte order marks, UTF-16 and the encodings from before Unicode.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::Mend;

/// The text of a file, and what was assumed to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// The label of the encoding, such as `gb18030`, unless it is UTF-8.
    pub(crate) encoding: Option<String>,
}

impl Decoded {
    /// A note of what was assumed.
    pub(crate) fn note(&self) -> Option<Mend> {
        let encoding = self.encoding.as_deref()?;
        Some(Mend {
            line: 1,
            rule: "encoding",
            text: format!("the file is not UTF-8; it was read as {encoding}"),
        })
    }
}

/// Why the bytes of a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// The label that was given is not in the Encoding Standard.
    UnknownLabel(String),
    /// The bytes are not valid in the encoding that was given.
    Invalid {
        /// Its label.
        encoding: String,
    },
    /// The bytes are not UTF-8, and no other encoding is certain.
    Uncertain {
        /// The first byte that is not valid UTF-8.
        at: usize,
        /// The line of that byte, counted from 1.
        line: usize,
        /// Its column, counted from 1.
        column: usize,
        /// The label of the most probable encoding, if there is one.
        guess: Option<String>,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownLabel(label) => write!(
                f,
                "unknown encoding `{label}`; expected a label such as gb18030, shift_jis or windows-1251"
            ),
            Self::Invalid { encoding } => write!(f, "not valid {encoding}"),
            Self::Uncertain { at, guess, .. } => {
                write!(f, "not valid UTF-8 (at byte {at}); ")?;
                match guess {
                    Some(guess) => write!(
                        f,
                        "it could be {guess}: if it is, pass `--encoding {guess}` or write \
                         `encoding = \"{guess}\"` in overlay.toml; else convert the file"
                    ),
                    None => write!(
                        f,
                        "name its encoding with `--encoding`, or convert the file"
                    ),
                }
            }
        }
    }
}

/// Decodes the bytes of a file. A label, if there is one, decides which encoding they are in; else
/// another encoding than UTF-8 is taken only if it is certain: a byte order mark, UTF-16 or what
/// an HTML page declares.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, DecodeError> {
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| DecodeError::UnknownLabel(label.to_owned()))?;
        return decode_as(bytes, encoding).ok_or_else(|| DecodeError::Invalid {
            encoding: label_of(encoding),
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(known, _)| *known != UTF_8) {
        return decode_as(bytes, encoding).ok_or_else(|| uncertain(bytes, Some(encoding)));
    }
    let certain = utf_16(bytes).or_else(|| {
        let is_utf_8 = std::str::from_utf8(bytes).is_ok();
        if is_utf_8 {
            Some(UTF_8)
        } else {
            declared(bytes)
        }
    });
    if let Some(decoded) = certain.and_then(|encoding| decode_as(bytes, encoding)) {
        return Ok(decoded);
    }
    Err(uncertain(bytes, guess(bytes)))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Option<Decoded> {
    // The mark of UTF-8 is left in, because leaving it out is a mend of the text.
    let text = if encoding == UTF_8 {
        String::from_utf8(bytes.to_vec()).ok()?
    } else {
        let (text, _, has_errors) = encoding.decode(bytes);
        (!has_errors).then(|| text.into_owned())?
    };
    Some(Decoded {
        text,
        encoding: (encoding != UTF_8).then(|| label_of(encoding)),
    })
}

fn label_of(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// UTF-16 without a byte order mark: every other byte of ASCII text is 0.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| {
        sample
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (high, low) = (zeros(0), zeros(1));
    // A line end and a blank are enough in a text of another script.
    let enough = sample.len() / 40 + 1;
    match (high, low) {
        (0, low) if low >= enough => Some(UTF_16LE),
        (high, 0) if high >= enough => Some(UTF_16BE),
        _ => None,
    }
}

/// What an HTML page says of itself: `<meta charset="gbk">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const MARK: &[u8] = b"charset=";
    let head = &bytes[..bytes.len().min(4096)];
    let head = head.to_ascii_lowercase();
    memchr::memmem::find(&head, b"<meta")?;
    let at = memchr::memmem::find(&head, MARK)? + MARK.len();
    let label: Vec<u8> = head[at..]
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .copied()
        .collect();
    Encoding::for_label(&label)
}

/// The most probable encoding by the frequency of letters.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    decode_as(bytes, guess).map(|_| guess)
}

fn uncertain(bytes: &[u8], guess: Option<&'static Encoding>) -> DecodeError {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let begin = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
    DecodeError::Uncertain {
        at,
        column: String::from_utf8_lossy(&bytes[begin..at]).chars().count() + 1,
        line: memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1,
        guess: guess.map(label_of),
    }
}

#[cfg(test)]
mod tests {
    use super::{DecodeError, decode};

    const TEXT: &str = "# 错误码\n\n| 错误码 | 说明 |\n|---|---|\n| 1001 | 参数错误，请检查 |\n";

    fn utf_16(text: &str, is_little: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        let bytes = units.flat_map(|unit| {
            if is_little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        });
        bytes.collect()
    }

    #[test]
    fn utf_16_is_decoded_with_and_without_a_mark() {
        for (is_little, label) in [(true, "utf-16le"), (false, "utf-16be")] {
            for text in [format!("\u{FEFF}{TEXT}"), TEXT.to_owned()] {
                let decoded = decode(&utf_16(&text, is_little), None).unwrap();
                assert_eq!(decoded.text, TEXT);
                assert_eq!(decoded.encoding.as_deref(), Some(label));
            }
        }
    }

    #[test]
    fn a_mark_is_enough_and_without_it_some_ascii_is_needed() {
        // 20 characters are 40 bytes, one in 40 of which must be the zero of an ASCII character.
        let without = "错".repeat(20);
        let marked = decode(&utf_16(&format!("\u{FEFF}{without}"), true), None).unwrap();
        assert_eq!(marked.text, without);
        assert!(decode(&utf_16(&without, true), None).is_err());
        let with_one = format!("{}\n", "错".repeat(18));
        assert_eq!(
            decode(&utf_16(&with_one, true), None).unwrap().text,
            with_one
        );
        let with_one = format!("{}\n", "错".repeat(19));
        assert!(decode(&utf_16(&with_one, true), None).is_err());
    }

    #[test]
    fn four_bytes_of_an_even_number_may_be_utf_16() {
        for (bytes, text) in [
            (&b"a\0b\0"[..], "ab"),
            (b"a\0", "a\0"),
            (b"a\0b\0c", "a\0b\0c"),
        ] {
            assert_eq!(decode(bytes, None).unwrap().text, text, "{bytes:?}");
        }
    }

    #[test]
    fn utf_8_is_itself() {
        let text = format!("\u{FEFF}{TEXT}");
        let decoded = decode(text.as_bytes(), None).unwrap();
        assert_eq!((decoded.text, decoded.encoding), (text, None));
    }

    #[test]
    fn another_encoding_is_guessed_and_never_assumed() {
        let (bytes, _, _) = encoding_rs::GB18030.encode(TEXT);
        let Err(DecodeError::Uncertain {
            line,
            column,
            at,
            guess,
        }) = decode(&[b"# a\n| ", &*bytes].concat(), None)
        else {
            panic!("not certain");
        };
        let ascii = TEXT.chars().take_while(char::is_ascii).count();
        assert_eq!((line, column, at), (2, ascii + 3, ascii + 6));
        assert_eq!(guess.as_deref(), Some("gbk"));
        let decoded = decode(&bytes, Some("gb18030")).unwrap();
        assert_eq!(decoded.text, TEXT);
        assert_eq!(decoded.encoding.as_deref(), Some("gb18030"));
        let error = decode(&bytes, Some("gb-18030-x"));
        assert_eq!(
            error,
            Err(DecodeError::UnknownLabel("gb-18030-x".to_owned()))
        );
        assert!(matches!(
            decode(&bytes, Some("utf-8")),
            Err(DecodeError::Invalid { .. })
        ));
    }

    #[test]
    fn a_page_declares_its_encoding() {
        let page = format!("<html><meta charset=\"gbk\"><p>{TEXT}");
        let (bytes, _, _) = encoding_rs::GBK.encode(&page);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(
            (decoded.text, decoded.encoding.as_deref()),
            (page, Some("gbk"))
        );
    }
}
