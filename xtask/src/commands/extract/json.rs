//! Renders the extraction of a document as JSON.

use std::path::Path;

use serde_json::{Value, json};

use errbook_ingest::{
    CodeEntry, Document, Evidence, Extraction, FactProblem, RowProblem, Severity, TableReading,
    Unread,
};

/// The extraction of a document as one JSON value. The lines of a workbook are the rows of its
/// sheets, one sheet after the other; `sheets` says how many lines are above each of them.
#[must_use]
pub fn to_json(
    file: &Path,
    document: &Document,
    extraction: &Extraction<'_>,
    explain: bool,
) -> Value {
    let sums = extraction.accounting;
    let tables: Vec<Value> = extraction
        .tables
        .iter()
        .map(|table| table_json(table, explain))
        .collect();
    let mends: Vec<Value> = document
        .mends
        .iter()
        .map(|mend| json!({ "line": mend.line, "rule": mend.rule, "text": mend.text }))
        .collect();
    let unread: Vec<Value> = extraction
        .unread
        .iter()
        .map(|unread| unread_json(unread, explain))
        .collect();
    let mut value = json!({
        "file": file.display().to_string(),
        "tables": tables,
        "unread": unread,
        "mends": mends,
        "accounting": {
            "tables": sums.tables,
            "code_tables": sums.code_tables,
            "rows": sums.rows,
            "accepted": sums.accepted,
            "ignored": sums.ignored,
            "quarantined": sums.quarantined,
        },
    });
    if !document.sheets.is_empty() {
        let sheets = document.sheets.iter();
        let sheets = sheets.map(|sheet| json!({ "name": sheet.name, "above": sheet.above }));
        value["sheets"] = sheets.collect();
    }
    value
}

fn unread_json(unread: &Unread, explain: bool) -> Value {
    let mut value = json!({
        "line": unread.line,
        "end_line": unread.end_line,
        "lines": unread.lines,
        "text": unread.text,
        "reason": unread.reason,
    });
    if explain {
        value["evidence"] = evidence_json(&unread.evidence);
    }
    value
}

fn evidence_json(evidence: &[Evidence]) -> Value {
    evidence
        .iter()
        .map(|evidence| json!({ "points": evidence.points, "text": evidence.text }))
        .collect()
}

fn table_json(table: &TableReading<'_>, explain: bool) -> Value {
    let columns = table
        .columns
        .iter()
        .map(|column| json!({ "header": column.header, "role": column.role.to_string() }));
    let mut value = json!({
        "line": table.line,
        "end_line": table.end_line,
        "heading": table.heading,
        "syntax": table.syntax.as_str(),
        "holds": table.holds.as_str(),
        "because": table.because,
        "doubts": table.doubts,
        "continues": table.continues,
        "columns": columns.collect::<Vec<_>>(),
        "rows": table.rows,
        "accepted": table.accepted,
        "ignored": table.ignored,
        "quarantined": table.quarantined,
        "codes": table.codes.iter().map(code_json).collect::<Vec<_>>(),
        "problems": problems_json(table),
    });
    if explain {
        value["evidence"] = evidence_json(&table.evidence);
    }
    value
}

fn code_json(code: &CodeEntry<'_>) -> Value {
    let mut value = json!({
        "line": code.line,
        "code": code.code,
        "symbol": code.symbol,
        "http": code.http,
        "message": code.message,
        "messages": code.messages,
        "remedy": code.remedy,
        "billing": billing(code),
    });
    if code.quoted {
        value["quoted"] = json!(code.quoted);
    }
    if let Some(last) = &code.code_to {
        value["code_to"] = json!(last);
    }
    if let Some((from, to)) = &code.class {
        value["from"] = json!(from);
        value["to"] = json!(to);
    }
    if let Some(cause) = &code.cause {
        value["cause"] = json!(cause);
    }
    if let Some(details) = &code.details {
        value["details"] = json!(details);
    }
    if let Some(retry) = &code.retry {
        value["retry"] = json!(retry.text);
        value["retryable"] = json!(retry.value);
    }
    if let Some(severity) = &code.severity {
        value["severity"] = json!(severity.text);
        value["severity_class"] = json!(severity.value.map(Severity::word));
    }
    if !code.aliases.is_empty() {
        value["aliases"] = json!(code.aliases);
    }
    if code.withdrawn {
        value["withdrawn"] = json!(true);
    }
    if !code.remedies.is_empty() {
        value["remedies"] = json!(code.remedies);
    }
    if let Some(section) = &code.section {
        value["section"] = json!(section);
    }
    value
}

pub(super) fn billing(code: &CodeEntry<'_>) -> Option<&'static str> {
    code.billing
        .map(|billed| if billed { "billed" } else { "free" })
}

/// The rows without a code, and the facts that are left open, in the order of the lines.
fn problems_json(table: &TableReading<'_>) -> Vec<Value> {
    let mut problems: Vec<_> = table
        .problems
        .iter()
        .map(|problem| (problem.line, problem_json(problem)))
        .collect();
    for code in &table.codes {
        let open = code.problems.iter();
        problems.extend(open.map(|problem| (problem.line, fact_problem_json(code, problem))));
    }
    problems.sort_by_key(|(line, _)| *line);
    problems.into_iter().map(|(_, problem)| problem).collect()
}

fn fact_problem_json(code: &CodeEntry<'_>, problem: &FactProblem) -> Value {
    json!({
        "line": problem.line,
        "rule": problem.rule,
        "outcome": "unspecified",
        "fact": problem.fact,
        "code": code.code,
        "text": problem.text,
    })
}

fn problem_json(problem: &RowProblem) -> Value {
    let outcome = if problem.quarantined {
        "quarantined"
    } else {
        "ignored"
    };
    json!({
        "line": problem.line,
        "rule": problem.rule,
        "outcome": outcome,
        "text": problem.text,
        "cell": problem.cell,
    })
}
