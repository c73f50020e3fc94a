//! Renders the extraction of a document as a report for people.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::commands::extract::Page;
use crate::commands::extract::json::billing;
use crate::count::{count, plural};
use errbook_ingest::{
    CodeEntry, Evidence, Extraction, FactProblem, Holds, RowProblem, TableReading,
};

/// The report of a document, for people.
#[must_use]
pub fn to_text(page: &Page<'_>, explain: bool) -> String {
    let Page {
        document,
        extraction,
        ..
    } = page;
    let name = page.file.display().to_string();
    let at = |line: usize| format!("{name}{}", document.suffix(line));
    let source: Vec<&str> = page.text.lines().collect();
    let mut lines = Vec::new();
    for mend in &document.mends {
        lines.push(format!(
            "{}: mended ({}): {}",
            at(mend.line),
            mend.rule,
            mend.text
        ));
    }
    for table in &extraction.tables {
        table_text(&at, &source, table, explain, &mut lines);
    }
    for unread in &extraction.unread {
        lines.push(format!(
            "{}: unread: {}; {}",
            at(unread.line),
            unread.text,
            unread.reason
        ));
        if explain {
            lines.extend(unread.evidence.iter().map(evidence_text));
        }
    }
    let sums = extraction.accounting;
    if sums.code_tables == 0 {
        lines.extend(explain_nothing(&name, extraction));
    }
    lines.push(format!(
        "{name}: codes in {} of {}: {}, {} accepted, {} ignored, {} quarantined; {}{}",
        sums.code_tables,
        count(sums.tables, "table"),
        count(sums.rows, "row"),
        sums.accepted,
        sums.ignored,
        sums.quarantined,
        count(
            extraction
                .tables
                .iter()
                .map(|table| table.codes.len())
                .sum(),
            "code"
        ),
        match unread_lines(extraction) {
            0 => String::new(),
            lines => format!("; {} unread", count(lines, "line")),
        },
    ));
    lines.join("\n") + "\n"
}

/// How many lines begin with what looks like a code and are in no entry.
fn unread_lines(extraction: &Extraction<'_>) -> usize {
    extraction
        .unread
        .iter()
        .map(|unread| unread.lines.len())
        .sum()
}

/// What a document without codes has instead, and what would help.
fn explain_nothing(name: &str, extraction: &Extraction<'_>) -> Vec<String> {
    let tables = extraction.tables.len();
    let seen = match (tables, unread_lines(extraction)) {
        (0, 0) => "it has no table, and no line begins with what looks like a code".to_owned(),
        (_, 0) => format!(
            "it has {}, of which none has a column of codes",
            count(tables, "table")
        ),
        (_, lines) => format!(
            "it has {} without codes, and {} starting with what looks like a code (see `unread`)",
            count(tables, "table"),
            count(lines, "line")
        ),
    };
    let help = if tables == 0 {
        "a table is read best: one row for each code, below a header such as `Code | Message`"
    } else {
        "`--explain` shows why; to read a table anyway, name it and its column of codes in \
         overlay.toml: `table = \"HEADING\"`, `columns = { \"HEADER\" = \"code\" }`"
    };
    vec![
        format!("{name}: no table or list of codes found: {seen}"),
        format!("    help: {help}"),
    ]
}

fn table_text(
    at: &dyn Fn(usize) -> String,
    source: &[&str],
    table: &TableReading<'_>,
    explain: bool,
    lines: &mut Vec<String>,
) {
    let heading = table.heading.unwrap_or("no heading");
    let holds = match table.holds {
        Holds::Codes => "codes",
        Holds::Other => "no codes",
    };
    lines.push(format!(
        "{}: {heading}: {holds}, because {}",
        at(table.line),
        table.because
    ));
    if explain {
        explain_text(table, lines);
    }
    for code in &table.codes {
        lines.push(code_text(code));
    }
    lines.extend(unused_columns(at, table));
    for doubt in &table.doubts {
        lines.push(format!("{}: close call: {doubt}", at(table.line)));
    }
    for code in &table.codes {
        for problem in &code.problems {
            let FactProblem {
                line, rule, text, ..
            } = problem;
            lines.push(format!(
                "{}: unspecified ({rule}): {}: {text}",
                at(*line),
                code.code
            ));
        }
    }
    for problem in &table.problems {
        lines.push(problem_text(at, source, problem));
    }
}

/// Names the columns of a table of codes that have no role: what they say is not kept.
fn unused_columns(at: &dyn Fn(usize) -> String, table: &TableReading<'_>) -> Option<String> {
    let unused = table.unused_columns();
    (table.holds == Holds::Codes && !unused.is_empty()).then(|| {
        format!(
            "{}: {} without a role: {}; `columns` in the overlay gives them one",
            at(table.line),
            plural(unused.len(), "column"),
            unused.join(", ")
        )
    })
}

/// A quarantined row as a diagnostic with its source line; an ignored row as one line.
fn problem_text(at: &dyn Fn(usize) -> String, source: &[&str], problem: &RowProblem) -> String {
    let RowProblem {
        line, rule, text, ..
    } = problem;
    let Some(row) = source.get(line - 1).filter(|_| problem.quarantined) else {
        return format!("{}: ignored ({rule}): {text}", at(*line));
    };
    let (what, help) = text
        .split_once("; ")
        .map_or((text.as_str(), None), |(what, help)| (what, Some(help)));
    let title = format!("quarantined ({rule}): {what}");
    let annotation = AnnotationKind::Primary.span(cell_span(row, problem.cell.as_deref()));
    let place = at(*line);
    // The path and the line, which may be the row of a sheet.
    let (path, line) = place.rsplit_once(':').unwrap_or((&place, ""));
    let snippet = Snippet::source(*row)
        .line_start(line.parse().unwrap_or(1))
        .path(path)
        .annotation(annotation);
    let group = Level::WARNING
        .primary_title(title.as_str())
        .element(snippet);
    let group = group.elements(help.map(|help| Level::HELP.message(help)));
    Renderer::styled().render(&[group])
}

/// The range of a cell in its row; the whole row if the cell is not found because of markup.
fn cell_span(row: &str, cell: Option<&str>) -> Range<usize> {
    let found = cell
        .filter(|cell| !cell.is_empty())
        .and_then(|cell| row.find(cell).map(|at| at..at + cell.len()));
    found.unwrap_or_else(|| {
        let start = row.len() - row.trim_start().len();
        start..row.trim_end().len().max(start)
    })
}

fn explain_text(table: &TableReading<'_>, lines: &mut Vec<String>) {
    lines.extend(table.evidence.iter().map(evidence_text));
    for column in &table.columns {
        lines.push(format!("    column `{}`: {}", column.header, column.role));
    }
}

fn evidence_text(evidence: &Evidence) -> String {
    format!("    {:+3}  {}", evidence.points, evidence.text)
}

fn code_text(code: &CodeEntry<'_>) -> String {
    let mut parts = vec![code.code.clone()];
    if let Some(last) = &code.code_to {
        parts[0] = format!("{}..{last}", code.code).into();
    }
    if let Some((from, to)) = &code.class {
        parts[0] = format!("{} ({from}..{to})", code.code).into();
    }
    parts.extend(code.symbol.clone());
    parts.extend(
        code.aliases
            .iter()
            .map(|alias| format!("(alias {alias})").into()),
    );
    parts.extend(code.http.as_ref().map(|http| format!("HTTP {http}").into()));
    parts.extend(code.withdrawn.then_some(Cow::Borrowed("withdrawn")));
    parts.extend(billing(code).map(Cow::Borrowed));
    parts.extend(code.message.clone());
    parts.extend(code.messages.values().cloned());
    let labelled = [
        ("details", code.details.as_ref()),
        ("cause", code.cause.as_ref()),
        ("retry", code.retry.as_ref().map(|retry| &retry.text)),
        (
            "severity",
            code.severity.as_ref().map(|severity| &severity.text),
        ),
        ("section", code.section.as_ref()),
    ];
    parts.extend(
        labelled
            .into_iter()
            .filter_map(|(label, text)| Some(format!("[{label}: {}]", text?).into())),
    );
    parts.extend(
        code.remedy
            .as_ref()
            .map(|remedy| format!("-> {remedy}").into()),
    );
    format!("    {}", parts.join("  ").replace('\n', " / "))
}
