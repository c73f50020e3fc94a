//! What a document says before anybody asks what it means: tables, cells, headings and mends.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::extraction::{Evidence, Role};
use crate::lexicon::Words;
use crate::sheet::{Row, Sheet};

/// A document as it was read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Every table, in the order of the document; the parts of a torn table are separate.
    pub tables: Vec<Table>,
    /// Headings, paragraphs, list items, code blocks and tables, in the order of the document.
    pub blocks: Vec<Block>,
    /// The title that the metadata above the text give.
    pub title: Option<String>,
    /// What was put right before the strict parser saw the text.
    pub mends: Vec<Mend>,
    /// The lines that begin with what looks like a code, read or not.
    pub heads: Vec<Head>,
    /// The runs of lines that could be a list of codes and are not.
    pub(crate) refused: Vec<Refused>,
    /// The whole text as a reader of the rendered page sees it, for looking up quotes.
    pub rendered: String,
    /// The sheets of a workbook, whose rows are the lines.
    pub sheets: Vec<SheetRows>,
    /// The words that it is read by.
    pub words: Words,
    /// What most of it is written in, once it was asked for.
    pub(crate) language: OnceLock<&'static str>,
}

/// Where the rows of a sheet are among the lines of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRows {
    /// The name of the sheet.
    pub name: String,
    /// The line before its first row.
    pub above: usize,
}

impl Document {
    /// The rendered text of a block.
    #[must_use]
    pub fn text(&self, block: &Block) -> &str {
        &self.rendered[block.text.clone()]
    }

    /// The sheet and the row of a line, for a workbook.
    #[must_use]
    pub fn sheet_row(&self, line: usize) -> Option<(&str, usize)> {
        let after = self.sheets.partition_point(|sheet| sheet.above < line);
        let sheet = self.sheets[..after].last()?;
        Some((&sheet.name, line - sheet.above))
    }

    /// What follows the name of the file in a message about a line: `:3`, or `[Errors]:3`.
    #[must_use]
    pub fn suffix(&self, line: usize) -> String {
        match self.sheet_row(line) {
            Some((sheet, row)) => format!("[{sheet}]:{row}"),
            None => format!(":{line}"),
        }
    }

    /// Where a line is, in words: `line 3`, or ``row 3 of the sheet `Errors` ``.
    #[must_use]
    pub fn describe_line(&self, line: usize) -> String {
        match self.sheet_row(line) {
            Some((sheet, row)) => format!("row {row} of the sheet `{sheet}`"),
            None => format!("line {line}"),
        }
    }

    /// A message of which each `line N` is such a place.
    pub fn describe_lines(&self, message: &mut String) {
        let mut begin = 0;
        while let Some(at) = message[begin..]
            .find("line ")
            .filter(|_| !self.sheets.is_empty())
        {
            let at = begin + at;
            let number = at + "line ".len();
            let digits = message[number..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let place = message[number..number + digits].parse();
            let place = place.map_or_else(|_| "line ".to_owned(), |line| self.describe_line(line));
            begin = at + place.len();
            message.replace_range(at..number + digits, &place);
        }
    }

    /// Adds tables that were found among the blocks, and keeps all tables in order of their lines.
    pub(super) fn add_tables(&mut self, tables: Vec<Table>) {
        if tables.is_empty() {
            return;
        }
        let mut all: Vec<(usize, Table)> = std::mem::take(&mut self.tables)
            .into_iter()
            .chain(tables)
            .enumerate()
            .collect();
        all.sort_by_key(|(_, table)| table.line);
        let mut places = vec![0; all.len()];
        for (place, (before, _)) in all.iter().enumerate() {
            places[*before] = place;
        }
        for block in &mut self.blocks {
            if let Kind::Table(index) = &mut block.kind {
                *index = places.get(*index).copied().unwrap_or(*index);
            }
        }
        self.tables = all.into_iter().map(|(_, table)| table).collect();
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// The beginning of a list item, with the depth of its list.
    Item(usize),
    /// More text of the same item.
    More(usize),
    /// A paragraph.
    Paragraph,
    /// A paragraph in bold.
    Bold,
    /// A code block.
    Code,
    /// A table, by its index in [`Document::tables`].
    Table(usize),
}

/// A part of a document.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its last line.
    pub end_line: usize,
    /// Whether it is inside a list.
    pub in_list: bool,
    /// Does it begin with text that is struck out?
    pub struck: bool,
    /// The range of its text in [`Document::rendered`].
    pub text: Range<usize>,
}

impl Block {
    /// Whether it belongs to an item at this depth, or to one below it.
    pub(super) fn is_within(&self, depth: usize) -> bool {
        match self.kind {
            Kind::Item(own) | Kind::More(own) => own >= depth,
            _ => true,
        }
    }
}

/// A run of lines that could be a list of codes and is not one.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// Its first line, counted from 1.
    pub(crate) line: usize,
    /// Its last line.
    pub(crate) end_line: usize,
    pub(crate) refusal: Refusal,
}

/// Why a run of lines is not a list of codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusal {
    /// The strongest reasons, in words.
    pub(crate) because: String,
    /// All that spoke for and against it.
    pub(crate) evidence: Vec<Evidence>,
}

/// A line that begins with what looks like a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The line, counted from 1.
    pub line: usize,
    /// What looks like a code.
    pub code: String,
}

/// One repair of the text, made before it was parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The line, counted from 1, in the file as it is on disk.
    pub line: usize,
    /// The name of the rule.
    pub rule: &'static str,
    /// What was wrong and what was done about it.
    pub text: String,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// A pipe table.
    #[default]
    Pipe,
    /// An HTML `<table>`.
    Html,
    /// Not a table: headings, bullets or lines of code that list codes.
    List,
}

impl Syntax {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pipe => "pipe",
            Self::Html => "html",
            Self::List => "list",
        }
    }
}

/// How the entries of a list are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Headings,
    /// Lines in bold, or codes alone in their lines, each with text below.
    Titles,
    Items,
    Lines,
    Fence,
}

/// What a list shows beside its cells; each number is a share of its entries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct List {
    pub(crate) shape: Shape,
    /// Whether the codes are 1, 2, 3, …, as steps are.
    pub(crate) counts: bool,
    /// Lines that are entries, of all that could be.
    pub(crate) entries: f32,
    /// Codes that a word before them calls codes of errors.
    pub(crate) introduced: f32,
    /// Names and words, which only their place makes codes.
    pub(crate) loose: f32,
    /// Long numbers that are larger than those before them.
    pub(crate) rising: f32,
}

/// One table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The line of its header, counted from 1.
    pub line: usize,
    /// Its last line.
    pub end_line: usize,
    /// How it is written.
    pub syntax: Syntax,
    /// The headings above it, rendered, outermost first.
    pub headings: Vec<Arc<str>>,
    /// The paragraph or list item directly before it, rendered.
    pub lead: Option<String>,
    /// Its own title: an HTML caption, or a line in bold letters above it.
    pub caption: Option<String>,
    /// Is this the first block after the table before it (so that it may continue that table)?
    pub follows_table: bool,
    /// For a list, what a column is for where the shape of the list says so; may be shorter.
    pub proposed: Vec<Option<Role>>,
    /// For a list, how it is written and how its entries begin.
    pub(crate) list: Option<List>,
    /// For a list, the rows that are not entries, in order: what is between the entries.
    pub notes: Vec<usize>,
    /// Its header and its rows.
    pub sheet: Sheet,
}

impl Table {
    /// The cells of its header row; empty cells for a table without one.
    #[must_use]
    pub fn header(&self) -> Row<'_> {
        self.sheet.header()
    }

    /// Its body, each row as wide as the header.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        self.sheet.rows()
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, SheetRows};

    #[test]
    fn lines_of_a_workbook_are_the_rows_of_its_sheets() {
        let sheet = |name: &str, above| SheetRows {
            name: name.to_owned(),
            above,
        };
        let document = Document {
            sheets: vec![sheet("Errors", 2), sheet("States", 7)],
            ..Document::default()
        };
        for (line, found, suffix, words) in [
            (2, None, ":2", "line 2"),
            (
                3,
                Some(("Errors", 1)),
                "[Errors]:1",
                "row 1 of the sheet `Errors`",
            ),
            (
                7,
                Some(("Errors", 5)),
                "[Errors]:5",
                "row 5 of the sheet `Errors`",
            ),
            (
                8,
                Some(("States", 1)),
                "[States]:1",
                "row 1 of the sheet `States`",
            ),
        ] {
            assert_eq!(document.sheet_row(line), found, "{line}");
            assert_eq!(document.suffix(line), suffix);
            assert_eq!(document.describe_line(line), words);
        }
        let said = "line 3 says `free`, line 12 says `billed`; the line is long, line ";
        let mut message = said.to_owned();
        document.describe_lines(&mut message);
        assert_eq!(
            message,
            "row 1 of the sheet `Errors` says `free`, row 5 of the sheet `States` says `billed`; \
             the line is long, line "
        );
        let mut message = said.to_owned();
        Document::default().describe_lines(&mut message);
        assert_eq!(message, said);
    }
}
