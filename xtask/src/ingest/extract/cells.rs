//! One code cell in, its codes out, as a person decided that they are written.

use super::super::code::{self, CodeCell, OneCode, Reading};
use super::super::extraction::TableHint;

/// Reads a code cell.
pub(super) fn read(cell: &str, hint: Option<&TableHint>) -> Reading {
    let Some(hint) = hint else { return code::read(cell) };
    if hint.whole.iter().any(|whole| whole.trim() == cell.trim()) || hint.separators.as_ref().is_some_and(Vec::is_empty)
    {
        return match code::read(cell) {
            Reading::Codes(_) | Reading::Text if !cell.trim().is_empty() => {
                let code = OneCode { code: code::fold(cell).into_owned(), ..OneCode::default() };
                Reading::Codes(CodeCell { codes: vec![code], rest: None })
            }
            reading => reading,
        };
    }
    let reading = match &hint.separators {
        Some(separators) => parted(cell, separators),
        None => code::read(cell),
    };
    match (reading, hint.ranges) {
        (Reading::Codes(cell), Some(is_range)) => Reading::Codes(CodeCell {
            codes: cell.codes.into_iter().map(|one| if is_range { as_range(one) } else { as_one(one) }).collect(),
            rest: cell.rest,
        }),
        (reading, _) => reading,
    }
}

fn parted(cell: &str, separators: &[String]) -> Reading {
    let mut parts = vec![cell];
    for separator in separators.iter().filter(|separator| !separator.is_empty()) {
        parts = parts.into_iter().flat_map(|part| part.split(separator.as_str())).collect();
    }
    let mut codes = Vec::new();
    let mut rest = None;
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        match code::read(part) {
            Reading::Codes(cell) => {
                codes.extend(cell.codes);
                rest = rest.or(cell.rest);
            }
            other => return if codes.is_empty() { other } else { Reading::Text },
        }
    }
    if codes.is_empty() { Reading::Empty } else { Reading::Codes(CodeCell { codes, rest }) }
}

fn as_range(one: OneCode) -> OneCode {
    let at = one.code.get(1..).and_then(|rest| rest.find('-')).map(|at| at + 1);
    match at {
        Some(at) if one.code_to.is_none() => OneCode {
            code_to: Some(one.code[at + 1..].trim().to_owned()),
            code: one.code[..at].trim().to_owned(),
            ..one
        },
        _ => one,
    }
}

fn as_one(one: OneCode) -> OneCode {
    match &one.code_to {
        Some(to) => OneCode { code: format!("{}-{to}", one.code), code_to: None, ..one },
        None => one,
    }
}
