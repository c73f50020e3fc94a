//! A locale as a BCP 47 tag, without allocating.

use core::fmt::{self, Write};

use crate::locale::Locale;

/// A buffer for a tag. The longest one is `abc-Defg-123`.
pub(super) struct Tag {
    bytes: [u8; 12],
    len: usize,
}

impl Tag {
    pub(super) fn new(locale: Locale) -> Self {
        let mut tag = Self {
            bytes: [0; 12],
            len: 0,
        };
        let written = write!(tag, "{locale}");
        debug_assert!(written.is_ok(), "the longest tag fits");
        tag
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Write for Tag {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes
            .get_mut(self.len..end)
            .ok_or(fmt::Error)?
            .copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
