//! Cells that need no grammar: a number, one word, prose. Most cells are one of these.
//!
//! What is answered here is what the grammar would answer; it only costs less.

use smallvec::smallvec;

use crate::code::atom::atom;
use crate::code::{CodeCell, OneCode, Reading, is_wide, list, pair, wildcard};

/// A longer cell is prose, even if it begins with a code.
const LONGEST: usize = 600;

/// Reads a cell at a glance, if a glance will do.
pub(super) fn read(cell: &str) -> Option<Reading<'_>> {
    let cell = cell.trim();
    let first = cell.chars().next()?;
    if cell.len() > LONGEST {
        let begins_list = first.is_ascii_digit() || first == '-';
        return (!begins_list).then_some(Reading::Text);
    }
    // Each line may be a code by itself: `Bad Request<br>400`.
    if memchr::memchr(b'\n', cell.as_bytes()).is_some() {
        return None;
    }
    if first.is_ascii() {
        number(cell)
            .or_else(|| token(cell))
            .or_else(|| constant(cell))
            .or_else(|| english(cell, first))
    } else {
        foreign(cell, first)
    }
}

fn number(cell: &str) -> Option<Reading<'_>> {
    is_number(cell).then(|| one(OneCode::plain(cell)))
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    matches!(digits.len(), 1..=20) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `NO_FACE = 5`, as most lines of a block of code are.
fn constant(cell: &str) -> Option<Reading<'_>> {
    let (name, code) = cell.split_once('=')?;
    let is_constant = pair::is_constant(name.trim_end()) && is_number(code.trim_start());
    is_constant.then(|| pair::read(cell).map(one))?
}

fn one(code: OneCode<'_>) -> Reading<'_> {
    Reading::Codes(CodeCell::of(smallvec![code]))
}

/// One word of letters, digits and joints, such as a symbol, which may have a hole: `NAME:<key>`.
fn token(cell: &str) -> Option<Reading<'_>> {
    let is_inner = |b: u8| b.is_ascii_alphanumeric() || b"_.-:<>".contains(&b);
    if !cell.bytes().all(is_inner) || atom(cell).is_none() || wildcard::read(cell).is_some() {
        return None;
    }
    let code = list::range(cell).unwrap_or_else(|| OneCode::plain(cell));
    Some(one(code))
}

/// Text that begins with two words: no code and no list of codes does.
fn english(cell: &str, first: char) -> Option<Reading<'_>> {
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let word = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &cell[word(cell)..];
    let right = rest.strip_prefix(' ').map(|rest| &rest[..word(rest)])?;
    // What follows the second word may make it another one: `to-do`, `e2e`.
    let ends = rest[1 + right.len()..]
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ' ' | ',' | '.'));
    // `GONE or NOT_FOUND` is a list.
    if right.is_empty() || !ends || matches!(right, "or" | "and") {
        return None;
    }
    Some(wildcard_or_text(cell))
}

/// Text that begins with a letter of another alphabet: a code does only after a label.
fn foreign(cell: &str, first: char) -> Option<Reading<'_>> {
    let may_begin_code = list::separator(cell, first) > 0 || pair::may_begin_label(first);
    if may_begin_code || !first.is_alphabetic() || cell.contains(is_wide) {
        return None;
    }
    Some(wildcard_or_text(cell))
}

fn wildcard_or_text(cell: &str) -> Reading<'_> {
    wildcard::read(cell).unwrap_or(Reading::Text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::code::read_whole;

    /// What cells are made of, and what separates it.
    const PARTS: &str = "0 7 10 1001 -5 E x OK NOT_FOUND NAME code http user not error n/a or \
                         and to others removed 用户 错误码 其他 无 大于 以上 已废弃 код и é １ Ｅ \
                         或 至 、 ， ： （ ） _ - . : ; , / = ~ + ( ) [ ] < > \" ' * & –";

    fn parts() -> Vec<&'static str> {
        let separators = [" ", "\n", "\u{3000}"];
        PARTS.split(' ').chain(separators).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn a_glance_says_what_the_grammar_says(
            parts in prop::collection::vec(select(parts()), 1..9),
        ) {
            let cell = parts.concat();
            if let Some(reading) = read(&cell) {
                prop_assert_eq!(reading, read_whole(&cell), "{}", cell);
            }
        }
    }

    #[test]
    fn most_cells_need_no_grammar() {
        for (cell, reading) in [
            ("1001", one(OneCode::plain("1001"))),
            ("-5", one(OneCode::plain("-5"))),
            ("NO_FACE", one(OneCode::plain("NO_FACE"))),
            ("MISSING:<key>", one(OneCode::plain("MISSING:<key>"))),
            (
                "NO_FACE = 5",
                one(OneCode {
                    symbol: Some("NO_FACE".into()),
                    ..OneCode::plain("5")
                }),
            ),
            ("user not found (404)", Reading::Text),
            ("用户不存在 10 次", Reading::Text),
            ("any other code", Reading::Wildcard),
            ("其他", Reading::Wildcard),
            ("无", Reading::Empty),
        ] {
            assert_eq!(read(cell), Some(reading), "{cell}");
        }
        for cell in [
            "1001、1002",
            "或1001、1002",
            "1001 not found",
            "１００１",
            "401 or 402",
            "",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_of_more_than_600_bytes_is_prose() {
        let count = |cell: &str| match crate::code::read(cell) {
            Reading::Codes(cell) => cell.codes.len(),
            _ => 0,
        };
        let symbols = |codes: usize| "E1001,".repeat(codes);
        assert_eq!(count(&symbols(100)), 100);
        assert_eq!(count(&symbols(101)), 0);
        // A list of numbers may be longer.
        assert_eq!(count(&"-1001,".repeat(101)), 101);
    }
}
