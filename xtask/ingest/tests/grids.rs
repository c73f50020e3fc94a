//! The tables of real documents as plain grids, which tests change and write down again in another
//! form: the fixtures, the documents of the registry, and the corpus where it is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use errbook_ingest::{self as ingest, CodeEntry, Document, Hints, Holds, Role, Syntax, Table};

use crate::fixtures_read::show_code;

/// Of the documents of the corpus every fifth one, so that a test takes seconds.
pub(crate) const STRIDE: usize = 5;

/// Longer tables are cut: a column is judged by its first cells.
const MOST_ROWS: usize = 30;

/// A table, and what is above it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// Where it comes from.
    pub(crate) place: String,
    pub(crate) language: &'static str,
    /// Are there fewer rows than in the document?
    pub(crate) is_cut: bool,
    pub(crate) headings: Vec<String>,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// What was read of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) roles: Vec<Role>,
    /// The codes alone.
    pub(crate) codes: Vec<String>,
    /// All that is known of each, without its line.
    pub(crate) entries: Vec<String>,
    /// Does a doubt say that the codes may be in another column?
    pub(crate) is_close: bool,
}

/// Every table that is read as codes also when it is alone in a document; and again without its
/// headings, or with fewer rows, if it still is. Each with what is read of it as a pipe table.
pub(crate) static GRIDS: LazyLock<Vec<(Grid, Reading)>> = LazyLock::new(|| {
    let mut grids = Vec::new();
    for file in documents(STRIDE) {
        let text = fs::read_to_string(&file).unwrap();
        add_grids(&mut grids, &file.display().to_string(), &text);
    }
    for case in include_str!("fixtures/cases.txt").split("@@ ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let lines = case.lines().filter(|line| !line.starts_with("=> "));
        add_grids(&mut grids, name, &lines.collect::<Vec<_>>().join("\n"));
    }
    assert!(grids.len() > 100, "{} grids", grids.len());
    grids
});

fn add_grids(grids: &mut Vec<(Grid, Reading)>, name: &str, text: &str) {
    let document = ingest::read(text);
    let extraction = ingest::extract(&document, &Hints::default());
    for (table, reading) in document.tables.iter().zip(&extraction.tables) {
        // A list has no header to write down.
        if reading.holds == Holds::Codes && table.syntax != Syntax::List {
            let grid = Grid::new(format!("{name}:{}", table.line), &document, table);
            let mut variants = vec![grid.without_headings(), grid.clone()];
            if grid.rows.len() > 3 {
                variants.extend([grid.without_headings().cut(3), grid.cut(3)]);
            }
            for grid in variants {
                let reading = read("grid.md", &grid.pipes());
                if reading.holds_codes() {
                    grids.push((grid, reading));
                }
            }
        }
    }
}

impl Reading {
    pub(crate) fn holds_codes(&self) -> bool {
        !self.codes.is_empty()
    }
}

impl Grid {
    fn new(place: String, document: &Document, table: &Table) -> Self {
        let texts = |row: ingest::Row<'_>| row.cells().map(|cell| cell.text.to_owned()).collect();
        let headings = table.headings.iter().map(ToString::to_string);
        Grid {
            place,
            language: ingest::language(document),
            is_cut: false,
            headings: headings.chain(table.caption.clone()).collect(),
            header: texts(table.header()),
            rows: table.rows().take(MOST_ROWS).map(texts).collect(),
        }
    }

    pub(crate) fn without_headings(&self) -> Self {
        Grid {
            headings: Vec::new(),
            ..self.clone()
        }
    }

    /// Its first rows.
    pub(crate) fn cut(&self, rows: usize) -> Self {
        let mut grid = self.clone();
        grid.rows.truncate(rows);
        grid.is_cut = true;
        grid
    }

    fn markdown_headings(&self) -> String {
        let headings = self.headings.iter().enumerate();
        headings
            .map(|(level, heading)| {
                format!("{} {}\n\n", "#".repeat(level.min(5) + 1), escape(heading))
            })
            .collect()
    }

    /// A pipe table.
    pub(crate) fn pipes(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let delimiter = format!("|{}\n", "---|".repeat(self.header.len()));
        let rows: String = self.rows.iter().map(|row| line(row)).collect();
        [
            self.markdown_headings(),
            line(&self.header),
            delimiter,
            rows,
        ]
        .concat()
    }

    /// An HTML table, with this between its tags.
    pub(crate) fn html(&self, between: &str) -> String {
        let line = |tag: &str, cells: &[String]| {
            let cells = cells.iter().map(|cell| {
                let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
                let cell = cell.replace('>', "&gt;").replace('\n', "<br>");
                let cell = cell.replace('*', "&#42;");
                format!("<{tag}>{cell}</{tag}>{between}")
            });
            format!("<tr>{between}{}</tr>{between}", cells.collect::<String>())
        };
        let rows: String = self.rows.iter().map(|row| line("td", row)).collect();
        let header = line("th", &self.header);
        let headings = self.markdown_headings();
        format!("{headings}<table>{between}{header}{rows}</table>\n")
    }

    /// Comma-separated values, without the headings.
    pub(crate) fn csv(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells = cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            cells.collect::<Vec<_>>().join(",") + "\n"
        };
        [&self.header]
            .into_iter()
            .chain(&self.rows)
            .map(line)
            .collect()
    }

    /// An array of objects, without the headings.
    pub(crate) fn json(&self) -> String {
        let objects: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let fields = self.header.iter().zip(row);
                let fields = fields.map(|(key, value)| format!("{}: {}", quote(key), quote(value)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            })
            .collect();
        format!("[{}]\n", objects.join(",\n"))
    }
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Fails if a property does not hold for more than `allowed` of a thousand tables. Each of `wrong`
/// is the place of a table and what is wrong with it.
pub(crate) fn settle(property: &str, compared: usize, wrong: &[(String, String)], allowed: usize) {
    let mut texts: Vec<String> = Vec::new();
    for (place, text) in wrong {
        texts.push(format!("{place}: {text}"));
    }
    eprintln!("{property}: {compared} compared, {} wrong", wrong.len());
    let texts = texts.join("\n");
    assert!(
        wrong.len() * 1000 <= allowed * compared,
        "{property}:\n{texts}"
    );
    if !wrong.is_empty() {
        eprintln!("{texts}");
    }
}

/// Markdown that renders as this text.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("<br>"),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            c if "\\`*_{}[]>#|~$".contains(c) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Reads a file of one table.
pub(crate) fn read(name: &str, text: &str) -> Reading {
    let opened = ingest::open(Path::new(name), text.as_bytes(), None).unwrap();
    let extraction = ingest::extract(&opened.document, &Hints::default());
    let mut reading = Reading::default();
    for table in extraction.tables {
        let roles = table.columns.into_iter().map(|column| column.role);
        reading.roles.extend(roles);
        let mut doubts = table.doubts.iter();
        reading.is_close |= doubts.any(|doubt| doubt.contains("could be the column of the codes"));
        for mut code in table.codes {
            code.line = 0;
            reading.codes.push(code.code.to_string());
            reading.entries.push(show(&code));
        }
    }
    reading
}

fn show(code: &CodeEntry<'_>) -> String {
    let mut shown = String::new();
    show_code(code, &mut shown);
    shown.trim_end().trim_start_matches("  0: ").to_owned()
}

/// The fixtures, the documents of the registry, and a sample of the documents of the corpus.
pub(crate) fn documents(stride: usize) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = files_of(&root.join("tests/fixtures"));
    for vendor in fs::read_dir(root.join("../../codes/vendors")).unwrap() {
        files.push(vendor.unwrap().path().join("source.md"));
    }
    let corpus = root.join("../../../shared/corpus/docs");
    if corpus.exists() {
        eprintln!("of the corpus, 1 of {stride} documents is read");
        files.extend(files_of(&corpus).into_iter().step_by(stride));
    } else {
        eprintln!("skipped the corpus: {} is not there", corpus.display());
    }
    files.retain(|file| file.exists());
    files
}

/// The Markdown files of a folder, by name.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|ending| ending == "md" || ending == "mdx")
    });
    files.sort();
    files
}
