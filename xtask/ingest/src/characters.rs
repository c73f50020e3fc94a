//! Repairs single characters anywhere in a text: byte order marks and stray carriage returns.

use std::borrow::Cow;

use crate::document::Mend;

/// Signs that people write before the items of a list, and that Markdown does not know.
pub(crate) const BULLETS: [char; 8] = ['•', '·', '・', '●', '◦', '▪', '■', '◆'];

type Rule = fn(&str, &mut Vec<Mend>) -> Option<String>;

const RULES: &[Rule] = &[
    byte_order_mark,
    old_mac_line_ends,
    doubled_carriage_return,
    lone_carriage_return,
];

/// Runs each rule over the text that the one before it left.
pub(super) fn mend<'a>(text: &'a str, mends: &mut Vec<Mend>) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    // Most texts have no character that a rule is about.
    if !text.starts_with('\u{FEFF}') && memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    for rule in RULES {
        if let Some(mended) = rule(&text, mends) {
            text = Cow::Owned(mended);
        }
    }
    text
}

// A mark before a `|` or a `#` keeps the parser from seeing the table or the heading.
fn byte_order_mark(text: &str, mends: &mut Vec<Mend>) -> Option<String> {
    let rest = text.strip_prefix('\u{FEFF}')?;
    mends.push(Mend {
        line: 1,
        rule: "byte-order-mark",
        text: "the file begins with a byte order mark; it was removed".to_owned(),
    });
    Some(rest.to_owned())
}

// Files from before the year 2000 end their lines with a carriage return alone.
fn old_mac_line_ends(text: &str, mends: &mut Vec<Mend>) -> Option<String> {
    if text.contains('\n') || !text.contains('\r') {
        return None;
    }
    mends.push(Mend {
        line: 1,
        rule: "old-mac-line-ends",
        text: "the lines end with CR alone; each CR was read as a line break".to_owned(),
    });
    Some(text.replace('\r', "\n"))
}

// A file converted twice ends its lines with CR CR LF, which a parser reads as a blank line
// between any two rows.
fn doubled_carriage_return(text: &str, mends: &mut Vec<Mend>) -> Option<String> {
    let first = text.find("\r\r\n")?;
    mends.push(Mend {
        line: line_at(text, first),
        rule: "doubled-carriage-return",
        text: "lines end with CR CR LF; the second CR was removed".to_owned(),
    });
    let mut mended = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => mended.extend([line.trim_end_matches('\r'), "\n"]),
            None => mended.push_str(line),
        }
    }
    Some(mended)
}

// Inside a line the parser would take it for a line end, which no editor shows.
fn lone_carriage_return(text: &str, mends: &mut Vec<Mend>) -> Option<String> {
    let is_lone = |&(at, _): &(usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    let (first, _) = text.match_indices('\r').find(is_lone)?;
    mends.push(Mend {
        line: line_at(text, first),
        rule: "lone-carriage-return",
        text: "a line contains a carriage return; it was read as a space".to_owned(),
    });
    let mut mended = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let lone = c == '\r' && rest.peek() != Some(&'\n');
        mended.push(if lone { ' ' } else { c });
    }
    Some(mended)
}

fn line_at(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stray_character_is_mended_and_named_with_its_line() {
        for (text, mended, rules) in [
            ("a\nb", "a\nb", &[][..]),
            ("\u{FEFF}a", "a", &[(1, "byte-order-mark")]),
            ("a\r\nb\r\n", "a\r\nb\r\n", &[]),
            ("a\rb\r", "a\nb\n", &[(1, "old-mac-line-ends")]),
            (
                "a\n\nb\r\r\nc",
                "a\n\nb\nc",
                &[(3, "doubled-carriage-return")],
            ),
            (
                "a\r\nb\rc\r\n",
                "a\r\nb c\r\n",
                &[(2, "lone-carriage-return")],
            ),
            ("a\nb\r", "a\nb ", &[(2, "lone-carriage-return")]),
        ] {
            let mut mends = Vec::new();
            assert_eq!(mend(text, &mut mends), mended, "{text:?}");
            let named: Vec<_> = mends.iter().map(|mend| (mend.line, mend.rule)).collect();
            assert_eq!(named, rules, "{text:?}");
        }
    }
}
