//! Text that is struck out: `~~old~~ new` is `new`.

use std::borrow::Cow;
use std::ops::Range;

/// Leaves out the struck parts of a text. If nothing else is in it, the text stays as it is and is
/// struck as a whole.
pub(super) fn leave_out<'a>(text: &'a str, struck: &[Range<usize>]) -> (Cow<'a, str>, bool) {
    if struck.iter().all(Range::is_empty) {
        return (Cow::Borrowed(text), false);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for part in struck {
        // One inside another is left out with it.
        kept.push_str(&text[from..part.start.max(from)]);
        from = part.end.max(from);
    }
    kept.push_str(&text[from..]);
    if kept.trim().is_empty() {
        (Cow::Borrowed(text), true)
    } else {
        (Cow::Owned(kept), false)
    }
}

/// Takes the struck parts out of the text of a block, which begins at `begin`. Returns whether the
/// block begins with one, which stays, because it may be a code that is withdrawn: `~~1001~~: text`.
pub(super) fn remove(text: &mut String, begin: usize, struck: &[Range<usize>]) -> bool {
    let blank = text[begin..].len() - text[begin..].trim_start().len();
    let first = struck.first().map(|part| part.start);
    let begins_so = first.is_some_and(|at| at <= begin + blank);
    let mut outer: Vec<&Range<usize>> = Vec::new();
    for part in struck.iter().filter(|part| !part.is_empty()) {
        if outer.last().is_none_or(|last| last.end <= part.start) {
            outer.push(part);
        }
    }
    for part in outer.iter().skip(usize::from(begins_so)).rev() {
        text.drain((*part).clone());
    }
    begins_so
}

/// Does the tag strike its text out?
pub(super) fn is_tag(name: &str) -> bool {
    matches!(name, "del" | "s" | "strike")
}

/// What the note about a text says that was left out.
pub(super) const LEFT_OUT: &str = "part of the text is struck out; it was left out";

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::leave_out;

    #[test]
    fn a_text_that_is_struck_as_a_whole_stays() {
        assert_eq!(
            leave_out("old new", from_ref(&(0..3))),
            (" new".into(), false)
        );
        assert_eq!(
            leave_out(" 1001 ", from_ref(&(1..5))),
            (" 1001 ".into(), true)
        );
        assert_eq!(leave_out("1001", &[]), ("1001".into(), false));
    }
}
