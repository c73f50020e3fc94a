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
    use crate::judge::twins::{slips, value};

    #[test]
    fn notations_of_one_number_have_one_value() {
        assert_eq!(value("0x80070005"), value("-2147024891"));
        assert_eq!(value("0x80070005"), value("2147942405"));
        assert_eq!(value("0x1A"), Some(26));
        assert_eq!(value("E100"), None);
        assert_eq!(value("-9223372036854775808"), None);
    }

    /// Pairs of notations, in nine of ten of which the two are the same.
    #[test]
    fn a_row_that_differs_is_named_where_nearly_all_agree() {
        let lines = |pairs: &[(&str, &str)]| -> Vec<String> {
            let rows = pairs
                .iter()
                .map(|(hex, number)| format!("| {hex} | {number} |\n"));
            let text = format!("| a | b |\n|---|---|\n{}", rows.collect::<String>());
            let document = crate::read(&text);
            slips(&document.tables[0], 0, 1)
        };
        let hex = [
            "0x1", "0x2", "0x3", "0x4", "0x5", "0x6", "0x7", "0x8", "0x9", "0xA",
        ];
        let numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
        let mut pairs: Vec<_> = hex.into_iter().zip(numbers).collect();
        assert_eq!(lines(&pairs), [""; 0]);
        pairs[4].1 = "55";
        assert_eq!(
            lines(&pairs),
            ["line 7: `0x5` and `55` are not the same number, as they are in other rows"]
        );
        pairs.push(("", "12"));
        pairs.push(("0xC", ""));
        assert_eq!(lines(&pairs).len(), 1, "empty cells are not compared");
        pairs[6].1 = "77";
        assert_eq!(lines(&pairs), [""; 0], "two of ten are too many");
        let alike: Vec<_> = numbers.into_iter().zip(numbers).collect();
        let mut other = alike.clone();
        other[4].1 = "55";
        assert_eq!(lines(&other), [""; 0], "the notation is the same");
        pairs[6].1 = "seven";
        assert_eq!(lines(&pairs), [""; 0], "a cell is no number");
    }
}
