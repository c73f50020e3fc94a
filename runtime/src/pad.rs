//! Width and precision of texts of several parts.

use core::fmt::{self, Write};

/// Writes a text with the width and the precision of the formatter, which apply to the whole text
/// as to a `str`. They do not reach its parts.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    if f.width().is_none() && f.precision().is_none() {
        return f.write_fmt(text);
    }
    let limit = f.precision().unwrap_or(usize::MAX);
    let mut counted = Limited {
        output: None,
        left: limit,
    };
    counted.write_fmt(text)?;
    let missing = f.width().unwrap_or(0).saturating_sub(limit - counted.left);
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    repeat(f, fill, before)?;
    let mut written = Limited {
        output: Some(f),
        left: limit,
    };
    written.write_fmt(text)?;
    repeat(f, fill, missing - before)
}

fn repeat(f: &mut fmt::Formatter<'_>, fill: char, times: usize) -> fmt::Result {
    (0..times).try_for_each(|_| f.write_char(fill))
}

/// Passes on the first `left` characters of what is written to it, if there is an output.
struct Limited<'a> {
    output: Option<&'a mut dyn Write>,
    left: usize,
}

impl Write for Limited<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut end = 0;
        for character in text.chars().take(self.left) {
            end += character.len_utf8();
            self.left -= 1;
        }
        match &mut self.output {
            Some(output) => output.write_str(&text[..end]),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::fmt;
    use std::format;

    use proptest::prelude::*;

    /// A text of two parts.
    struct Parts<'a>(&'a str, &'a str);

    impl fmt::Display for Parts<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            super::pad(f, format_args!("{}{}", self.0, self.1))
        }
    }

    proptest! {
        #[test]
        fn parts_are_padded_and_cut_as_one_string(
            left in "[a-c名图 ]{0,6}",
            right in "[a-c名图 ]{0,6}",
            width in 0..12_usize,
            precision in 0..12_usize,
        ) {
            let whole = format!("{left}{right}");
            let parts = Parts(&left, &right);
            prop_assert_eq!(format!("{parts}"), whole.as_str());
            prop_assert_eq!(format!("{parts:width$}"), format!("{whole:width$}"));
            prop_assert_eq!(format!("{parts:>width$}"), format!("{whole:>width$}"));
            prop_assert_eq!(format!("{parts:图^width$}"), format!("{whole:图^width$}"));
            prop_assert_eq!(format!("{parts:.precision$}"), format!("{whole:.precision$}"));
            prop_assert_eq!(
                format!("{parts:*<width$.precision$}"),
                format!("{whole:*<width$.precision$}")
            );
        }
    }
}
