//! A table and two columns in, the rows out on which they disagree although one repeats the codes
//! of the other in another notation: `0x80070005` beside `2147942405`.

use crate::document::Table;

/// Where a column repeats the codes, at least this many of ten rows agree; the others are slips.
const MOST_OF_TEN: usize = 9;

/// Looks at all the rows: a single one that differs is worth a look at the document.
pub(crate) fn slips(table: &Table, code: usize, column: usize) -> Vec<String> {
    let mut same = 0;
    let mut is_hex = false;
    let mut differences = Vec::new();
    for row in table.rows() {
        let cells = row.get(code).zip(row.get(column));
        let Some((code, other)) =
            cells.filter(|(code, other)| !code.is_empty() && !other.is_empty())
        else {
            continue;
        };
        is_hex |= is_prefixed(code.text) != is_prefixed(other.text);
        let (Some(own), Some(repeated)) = (value(code.text), value(other.text)) else {
            return Vec::new();
        };
        if own == repeated {
            same += 1;
        } else {
            let line = row.line;
            differences.push(format!(
                "line {line}: `{}` and `{}` are not the same number, as they are in other rows",
                code.text, other.text
            ));
        }
    }
    let repeats = is_hex && same * 10 >= (same + differences.len()) * MOST_OF_TEN;
    if repeats { differences } else { Vec::new() }
}

fn is_prefixed(cell: &str) -> bool {
    cell.starts_with("0x") || cell.starts_with("0X")
}

/// The number that a cell holds. The negative number of 32 bits is that of its hexadecimal digits.
fn value(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    if is_prefixed(cell) {
        return u64::from_str_radix(&cell[2..], 16).ok();
    }
    let number: i64 = cell.parse().ok()?;
    let bits = i32::try_from(number).ok().filter(|number| *number < 0);
    match bits {
        Some(number) => Some(u64::from(number.cast_unsigned())),
        None => u64::try_from(number).ok(),
    }
}

#[cfg(test)]
mod tests {
    use crate::judge::twins::value;

    #[test]
    fn notations_of_one_number_have_one_value() {
        assert_eq!(value("0x80070005"), value("-2147024891"));
        assert_eq!(value("0x80070005"), value("2147942405"));
        assert_eq!(value("0x1A"), Some(26));
        assert_eq!(value("E100"), None);
        assert_eq!(value("-9223372036854775808"), None);
    }
}
