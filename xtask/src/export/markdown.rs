//! Exports each vendor as Markdown: one table for each set, in one language. `extract` reads the
//! same codes from it.

use std::fmt::Write;

use errbook_spec::{Billing, Code, Set, Spec, Status};

use crate::book::Book;
use crate::export::File;
use crate::locale::pick_text;

/// One document for each vendor, in `locale` or in the vendor's own language.
#[must_use]
pub fn markdown(book: &Book, locale: Option<&str>) -> Vec<File> {
    let languages = &book.languages;
    let files = book.specs.iter().map(|spec| {
        let locale = locale.unwrap_or(&spec.locale);
        let title = pick_text(&spec.title, locale, languages, &spec.locale)
            .map_or(spec.vendor.as_str(), |(_, title)| title);
        let mut text = format!("# {}\n", escape_cell(title));
        spec.sets
            .iter()
            .for_each(|set| write_table(&mut text, spec, set, locale, languages));
        File::new(format!("{}.md", spec.vendor.value), text)
    });
    files.collect()
}

/// Writes the table of a set. Columns without any value are left out.
fn write_table(out: &mut String, spec: &Spec, set: &Set, locale: &str, languages: &[String]) {
    let symbols = set.codes.iter().any(|code| code.symbol.is_some());
    let remedies = set.codes.iter().any(|code| !code.remedy.is_empty());
    let billing = set.codes.iter().any(|code| code.billing.is_some());
    let retired = set.codes.iter().any(is_retired);
    let _ = writeln!(out, "\n## {} error codes", set.name.value);
    if let Some((_, title)) = pick_text(&set.title, locale, languages, &spec.locale) {
        let _ = writeln!(out, "\n{}", escape_cell(title));
    }
    let columns = [
        (true, "Error code"),
        (symbols, "Symbol"),
        (true, "Message"),
        (remedies, "Solution"),
        (billing, "Billed"),
        (retired, "Lifecycle"),
    ];
    let columns: Vec<_> = columns
        .into_iter()
        .filter(|(shown, _)| *shown)
        .map(|(_, name)| name.to_owned())
        .collect();
    out.push('\n');
    write_row(out, &columns);
    write_row(out, &vec!["---".to_owned(); columns.len()]);
    for code in &set.codes {
        let own = code.locale.as_ref().unwrap_or(&spec.locale);
        let text = |texts| {
            pick_text(texts, locale, languages, own)
                .map(|(_, text)| escape_cell(text))
                .unwrap_or_default()
        };
        let mut cells = vec![escape_cell(&code.code)];
        cells.extend(symbols.then(|| {
            code.symbol
                .as_ref()
                .map(|symbol| escape_cell(symbol))
                .unwrap_or_default()
        }));
        cells.push(text(&code.message));
        cells.extend(remedies.then(|| text(&code.remedy)));
        cells.extend(billing.then(|| billed_cell(code).to_owned()));
        cells.extend(retired.then(|| match &code.until {
            Some(until) => format!("until {}", escape_cell(until)),
            None if is_retired(code) => "retired".to_owned(),
            None => String::new(),
        }));
        write_row(out, &cells);
    }
}

/// Whether the code is no longer in the vendor's document.
fn is_retired(code: &Code) -> bool {
    code.status == Status::Retired
}

fn write_row(out: &mut String, cells: &[String]) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn billed_cell(code: &Code) -> &'static str {
    match code.billing.as_ref().map(|billing| billing.value) {
        Some(Billing::Billed) => "yes",
        Some(Billing::Free) => "no",
        None => "",
    }
}

/// Escapes a text so that its cell shows it verbatim.
fn escape_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("<br>"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out
}
