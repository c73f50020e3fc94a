//! One code cell in, its codes out, as a person decided that they are written.

use std::borrow::Cow;

use smallvec::smallvec;

use crate::code::{self, CodeCell, Codes, OneCode, Reading};
use crate::extraction::TableHint;

/// Reads a code cell.
pub(super) fn read<'a>(text: &'a str, hint: Option<&TableHint>) -> Reading<'a> {
    let Some(hint) = hint else {
        return code::read(text);
    };
    if hint.whole.iter().any(|whole| whole.trim() == text.trim())
        || hint.separators.as_ref().is_some_and(Vec::is_empty)
    {
        return match code::read(text) {
            Reading::Codes(_) | Reading::Text => {
                let number = code::ungrouped(text).map(Cow::Owned);
                let code = number.unwrap_or_else(|| code::fold(text));
                Reading::Codes(CodeCell::of(smallvec![OneCode::plain(code)]))
            }
            reading => reading,
        };
    }
    let reading = match &hint.separators {
        Some(separators) => parted(text, separators),
        None => code::read(text),
    };
    match (reading, hint.ranges) {
        (Reading::Codes(cell), Some(is_range)) => Reading::Codes(CodeCell {
            codes: cell
                .codes
                .into_iter()
                .map(|one| {
                    if is_range {
                        as_range(one)
                    } else {
                        as_one(one, text)
                    }
                })
                .collect(),
            rest: cell.rest,
        }),
        (reading, _) => reading,
    }
}

fn parted<'a>(cell: &'a str, separators: &[String]) -> Reading<'a> {
    let mut parts = vec![cell];
    for separator in separators.iter().filter(|separator| !separator.is_empty()) {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(separator.as_str()))
            .collect();
    }
    let mut codes = Codes::new();
    let mut rest = None;
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        match code::read(part) {
            // Nothing but the separators parts them.
            Reading::Codes(cell) if cell.codes.len() > 1 => {
                codes.push(OneCode::plain(code::fold(part)));
            }
            Reading::Codes(cell) => {
                codes.extend(cell.codes);
                rest = rest.or(cell.rest);
            }
            other => {
                return if codes.is_empty() {
                    other
                } else {
                    Reading::Text
                };
            }
        }
    }
    if codes.is_empty() {
        Reading::Empty
    } else {
        Reading::Codes(CodeCell { codes, rest })
    }
}

fn as_range(one: OneCode<'_>) -> OneCode<'_> {
    let at = one
        .code
        .get(1..)
        .and_then(|rest| rest.find('-'))
        .map(|at| at + 1);
    match at {
        Some(at) if one.code_to.is_none() => OneCode {
            code_to: Some(one.code[at + 1..].trim().to_owned().into()),
            code: one.code[..at].trim().to_owned().into(),
            ..one
        },
        _ => one,
    }
}

fn as_one<'a>(one: OneCode<'a>, cell: &'a str) -> OneCode<'a> {
    match &one.code_to {
        // As the vendor writes it, if there is nothing else in the cell.
        Some(to) if cell.starts_with(&*one.code) && cell.ends_with(&**to) => OneCode {
            code: cell.into(),
            code_to: None,
            ..one
        },
        Some(to) => OneCode {
            code: format!("{}-{to}", one.code).into(),
            code_to: None,
            ..one
        },
        None => one,
    }
}

/// What else a cell could have been read as, with the key of the overlay that settles it.
pub(super) fn doubt(cell: &str, codes: &[OneCode<'_>]) -> Option<Doubt> {
    if let Some(number) = code::ungrouped(cell) {
        return Some(Doubt {
            key: "whole",
            text: format!(
                "`{cell}` is read as the code {number} and could be a list; `whole` or \
                 `separators` in the overlay settles it"
            ),
        });
    }
    let [one] = codes else {
        return (cell.contains('/') && !cell.contains(' ')).then(|| Doubt {
            key: "whole",
            text: format!(
                "`{cell}` is read as {} codes and could be one with a `/` in it; `whole` in the overlay settles it",
                codes.len()
            ),
        });
    };
    let (read, other) = if one.code_to.is_some() {
        ("a range", "one code")
    } else {
        ("one code", "a range")
    };
    let text = format!(
        "`{cell}` is read as {read} and could be {other}; `ranges` in the overlay settles it"
    );
    is_hyphenated(cell).then_some(Doubt {
        key: "ranges",
        text,
    })
}

/// May a cell be read in two ways: a list by slashes that is no list of numbers, two numbers with
/// a hyphen between?
pub(super) fn may_be_doubtful(cell: &str) -> bool {
    let has_letters = || cell.bytes().any(|b| b.is_ascii_alphabetic());
    cell.len() <= 60
        && (cell.contains('/') && has_letters()
            || is_hyphenated(cell)
            || code::ungrouped(cell).is_some())
}

fn is_hyphenated(cell: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    let parts = cell.strip_prefix('-').unwrap_or(cell).split_once('-');
    parts.is_some_and(|(from, to)| {
        is_number(from.trim()) && is_number(to.trim().trim_start_matches('-'))
    })
}

/// A reading that is nearly as likely as the one that was taken.
pub(super) struct Doubt {
    /// The key of the overlay that settles it.
    pub(super) key: &'static str,
    pub(super) text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str, hint: &TableHint) -> String {
        let Reading::Codes(read) = read(cell, Some(hint)) else {
            return "no code".to_owned();
        };
        let codes = read.codes.iter().map(|one| match &one.code_to {
            Some(to) => format!("{}..{to}", one.code),
            None => one.code.to_string(),
        });
        let codes = codes.collect::<Vec<_>>().join("; ");
        match read.rest {
            Some(rest) => format!("{codes} + {rest}"),
            None => codes,
        }
    }

    #[test]
    fn a_person_decides_what_separates_codes() {
        let by_slash = TableHint {
            separators: Some(vec!["/".to_owned()]),
            ..TableHint::default()
        };
        for (cell, codes) in [
            ("1001/1002", "1001; 1002"),
            ("1001 failed/1002", "1001; 1002 + failed"),
            ("1001,1002/1003", "1001,1002; 1003"),
            ("1001/see below", "no code"),
            ("/", "no code"),
        ] {
            assert_eq!(shown(cell, &by_slash), codes, "{cell}");
        }
    }

    #[test]
    fn a_person_decides_whether_a_hyphen_is_a_range() {
        let hint = |is_range| TableHint {
            ranges: Some(is_range),
            ..TableHint::default()
        };
        for (cell, range, one) in [
            ("2-67", "2..67", "2-67"),
            ("-5", "-5", "-5"),
            ("1000 ~ 1999", "1000..1999", "1000 ~ 1999"),
            ("1000-1999: text", "1000..1999 + text", "1000-1999 + text"),
            ("2000 ~ 1000", "1000..2000", "1000-2000"),
            ("E-100~E-200", "E-100..E-200", "E-100~E-200"),
        ] {
            assert_eq!(shown(cell, &hint(true)), range, "{cell}");
            assert_eq!(shown(cell, &hint(false)), one, "{cell}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_doubtful() {
        let key = |cell: &str| {
            let Reading::Codes(read) = code::read(cell) else {
                return None;
            };
            let doubt = doubt(cell, &read.codes).filter(|_| may_be_doubtful(cell));
            doubt.map(|doubt| doubt.key)
        };
        for (cell, settles) in [
            ("1,001", Some("whole")),
            ("E1/E2", Some("whole")),
            ("E1 / E2", None),
            ("E1,E2", None),
            // Numbers are a list.
            ("4006/4007", None),
            ("1000-1999", Some("ranges")),
            ("2-67", Some("ranges")),
            ("-5--1", Some("ranges")),
            ("E-10", None),
            ("1-E", None),
            ("-5", None),
            ("1001", None),
            ("E100", None),
        ] {
            assert_eq!(key(cell), settles, "{cell}");
        }
        let list = |names: usize| "E100/".repeat(names) + "E1001";
        assert_eq!(key(&list(11)), Some("whole"));
        assert_eq!(key(&list(12)), None);
    }
}
