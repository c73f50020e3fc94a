//! Tables of strings: aligned columns for a terminal, or Markdown.

use std::fmt::Write;

/// A table whose first row is its header.
#[derive(Debug)]
pub(crate) struct Table {
    /// Rows of as many cells as the header has.
    pub(crate) rows: Vec<Vec<String>>,
    /// How many columns are aligned to the left. The others are numbers, and aligned to the right.
    pub(crate) left: usize,
}

impl Table {
    /// The rows with columns that are two spaces apart.
    pub(crate) fn aligned(&self) -> String {
        let width = |column: usize| {
            let cells = self.rows.iter().map(|cells| cells[column].chars().count());
            cells.max().unwrap_or_default()
        };
        let columns = self.rows.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut out = String::new();
        for cells in &self.rows {
            let mut line = String::new();
            for (column, (cell, &width)) in cells.iter().zip(&widths).enumerate() {
                let _ = if column < self.left {
                    write!(line, "{cell:<width$}  ")
                } else {
                    write!(line, "{cell:>width$}  ")
                };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The rows as a Markdown table.
    pub(crate) fn markdown(&self) -> String {
        let Some((header, rows)) = self.rows.split_first() else {
            return String::new();
        };
        let rule = header.iter().map(|_| "---".to_owned()).collect();
        let lines = [header, &rule].into_iter().chain(rows);
        lines
            .map(|cells| format!("| {} |\n", cells.join(" | ")))
            .collect()
    }
}
