//! A word of a header or a heading may be replaced by another word of its concept, in any
//! language, and the entries stay the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use errbook_ingest::lexicon::{Concept, concepts};
use errbook_ingest::{self as ingest, CodeEntry, Hints, Severity};

use crate::lexicons::{LANGUAGES, Language};

/// How many of the readings of a language are right, and the inputs of those that are not.
#[derive(Default)]
struct Tally {
    right: BTreeMap<String, (usize, usize)>,
    wrong: String,
}

impl Tally {
    fn add(&mut self, language: &Language, is_right: bool, input: &str) {
        let (right, all) = self.right.entry(language.tag.clone()).or_default();
        *right += usize::from(is_right);
        *all += 1;
        if !is_right {
            writeln!(self.wrong, "{}: {input}", language.tag).unwrap();
        }
    }

    fn finish(self, title: &str) {
        let shown = self.right.iter();
        let shown = shown.map(|(tag, (right, all))| format!("{tag} {right}/{all}"));
        eprintln!("{title}: {}", shown.collect::<Vec<_>>().join(", "));
        assert!(self.wrong.is_empty(), "{title}:\n{}", self.wrong);
    }
}

#[test]
fn every_word_for_error_and_for_code_makes_a_heading_of_codes() {
    let mut tally = Tally::default();
    for language in LANGUAGES.iter() {
        for (at, heading) in error_codes(language).iter().enumerate() {
            let codes = count_up(["10001", "E100"][at % 2], 4);
            let rows = table_of_messages(language, &language.first(Concept::Code), &codes);
            let text = format!("## {heading}\n\n{rows}");
            tally.add(language, reads_codes(&text, &codes), heading);
        }
    }
    tally.finish("four rows below a heading");
}

#[test]
fn every_word_for_error_and_for_code_makes_a_header_of_codes() {
    let mut tally = Tally::default();
    for language in LANGUAGES.iter() {
        // English has thousands, of which every third one is read.
        let step = if language.tag == "en" { 3 } else { 1 };
        for (at, header) in error_codes(language).iter().enumerate().step_by(step) {
            let codes = count_up(["10001", "E100"][at % 2], 4);
            let text = table_of_messages(language, header, &codes);
            tally.add(language, reads_codes(&text, &codes), header);
        }
    }
    tally.finish("four rows below a header");
}

#[test]
fn a_page_without_any_heading_is_read_in_every_language() {
    let mut tally = Tally::default();
    for language in LANGUAGES.iter() {
        let code = language.first(Concept::Code);
        for first in ["1001", "10001", "E100", "-1001"] {
            let codes = count_up(first, 9);
            let text = table_of_messages(language, &code, &codes);
            tally.add(
                language,
                reads_codes(&text, &codes),
                &format!("{code}: {first}"),
            );
        }
    }
    tally.finish("nine rows without a heading");
}

#[test]
fn a_header_may_be_another_word_of_its_concept() {
    let mut tally = Tally::default();
    let english = LANGUAGES
        .iter()
        .find(|language| language.tag == "en")
        .unwrap();
    for language in LANGUAGES.iter() {
        for (place, concept) in COLUMNS.iter().copied().enumerate() {
            let mut words = language.headers(concept);
            if concept == Concept::Message {
                words.extend(language.headers(Concept::Description));
            }
            for (at, word) in words.into_iter().enumerate() {
                // Every third word among headers in English too.
                let others = (at % 3 == 0).then_some(english);
                for around in [language].into_iter().chain(others) {
                    let mut headers = first_headers(around);
                    headers[place].clone_from(&word);
                    check_table(&mut tally, around, &headers);
                }
            }
        }
    }
    tally.finish("one header replaced");
}

#[test]
fn headers_may_be_in_another_language() {
    let mut tally = Tally::default();
    for language in LANGUAGES.iter() {
        for other in LANGUAGES.iter().filter(|other| other.tag != language.tag) {
            let headers = first_headers(other);
            check_table(&mut tally, language, &headers);
            // Every second one.
            let mut mixed = first_headers(language);
            for place in (0..COLUMNS.len()).step_by(2) {
                mixed[place].clone_from(&headers[place]);
            }
            check_table(&mut tally, language, &mixed);
        }
    }
    tally.finish("headers in another language");
}

/// Each word for error with each form of each word for code, and each form of a word for error with
/// the first word for code.
fn error_codes(language: &Language) -> Vec<String> {
    let mut all = Vec::new();
    for forms in language.forms(Concept::Error) {
        for code in language.words(Concept::Code) {
            all.push(language.error_code(&forms[0], &code));
        }
        for error in &forms[1..] {
            all.push(language.error_code(error, &language.first(Concept::Code)));
        }
    }
    // `red` is a refusal in Turkish and a network in Spanish, which has `no` and `id` too.
    if language.tag == "tr" {
        all.retain(|words| words != "red no" && words != "red id");
    }
    all
}

/// The columns of the large table.
const COLUMNS: [Concept; 9] = [
    Concept::Code,
    Concept::Message,
    Concept::Cause,
    Concept::Remedy,
    Concept::Http,
    Concept::Billing,
    Concept::Retry,
    Concept::Severity,
    Concept::Section,
];

fn first_headers(language: &Language) -> Vec<String> {
    COLUMNS.map(|concept| language.first(concept)).into()
}

/// A table of six codes, its cells in the language: is each fact read from its own column?
fn check_table(tally: &mut Tally, language: &Language, headers: &[String]) {
    let rows = rows(language);
    let mut text = format!("# {}\n\n| {} |\n", language.heading(), headers.join(" | "));
    text.push_str(&"|---".repeat(headers.len()));
    text.push_str("|\n");
    for row in &rows {
        writeln!(text, "| {} |", row.cells.join(" | ")).unwrap();
    }
    let document = ingest::read(&text);
    let extraction = ingest::extract(&document, &Hints::default());
    let tables = extraction.tables.iter();
    let read: Vec<&CodeEntry<'_>> = tables.flat_map(|table| &table.codes).collect();
    // A code that is permanent is not sent again.
    let asks_reverse = concepts(&headers[6]).contains(Concept::Permanent);
    let mut wrong = Vec::new();
    if read.len() != rows.len() {
        wrong.push("no codes");
    }
    for (read, row) in read.iter().zip(&rows) {
        let cell = |at: usize| Some(row.cells[at].as_str());
        let section = read.section.as_deref();
        let facts = [
            ("code", Some(&*read.code) == cell(0)),
            ("message", read.message.as_deref() == cell(1)),
            ("cause", read.cause.as_deref() == cell(2)),
            ("remedy", read.remedy.as_deref() == cell(3)),
            ("http", read.http.as_deref() == cell(4)),
            ("billing", read.billing == Some(row.is_billed)),
            (
                "retry",
                read.retry.as_ref().and_then(|retry| retry.value)
                    == Some(row.retry != asks_reverse),
            ),
            (
                "severity",
                read.severity.as_ref().and_then(|severity| severity.value) == Some(row.severity),
            ),
            ("section", section == cell(8)),
        ];
        for (name, is_right) in facts {
            if !is_right && !wrong.contains(&name) {
                wrong.push(name);
            }
        }
    }
    let roles: Vec<String> = extraction.tables.first().map_or(Vec::new(), |table| {
        let columns = table.columns.iter();
        columns
            .map(|column| format!("{}={}", column.header, column.role))
            .collect()
    });
    let input = format!("wrong {}: {}", wrong.join(", "), roles.join(" "));
    tally.add(language, wrong.is_empty(), &input);
}

struct Row {
    cells: Vec<String>,
    is_billed: bool,
    retry: bool,
    severity: Severity,
}

fn rows(language: &Language) -> Vec<Row> {
    let mut messages = language.sentences("messages");
    let mut causes = language.sentences("causes");
    let mut remedies = language.sentences("remedies");
    let statuses = ["400", "404", "404", "403", "402", "503"];
    let sections: Vec<&str> = language.sentences("sections").take(2).collect();
    let word = |is: bool| language.first(if is { Concept::Yes } else { Concept::No });
    let severities = [
        (Severity::Error, Concept::SeverityError),
        (Severity::Warning, Concept::SeverityWarning),
        (Severity::Info, Concept::SeverityInfo),
    ];
    let mut rows = Vec::new();
    for (at, code) in count_up("10001", 6).into_iter().enumerate() {
        let is_billed = at % 3 == 1;
        let retry = at % 2 == 0;
        let (severity, severity_word) = severities[at % 3];
        let cells = vec![
            code,
            messages.next().unwrap().to_owned(),
            causes.next().unwrap().to_owned(),
            remedies.next().unwrap().to_owned(),
            statuses[at].to_owned(),
            word(is_billed),
            word(retry),
            language.first(severity_word),
            sections[at / 3].to_owned(),
        ];
        rows.push(Row {
            cells,
            is_billed,
            retry,
            severity,
        });
    }
    rows
}

/// `E100`, `E101` …
fn count_up(first: &str, rows: usize) -> Vec<String> {
    let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let prefix = &first[..first.len() - digits.len()];
    let number: usize = digits.parse().unwrap();
    (number..number + rows)
        .map(|number| format!("{prefix}{number}"))
        .collect()
}

fn table_of_messages(language: &Language, header: &str, codes: &[String]) -> String {
    let message = language.first(Concept::Message);
    let mut text = format!("| {header} | {message} |\n|---|---|\n");
    for (code, message) in codes.iter().zip(language.sentences("messages")) {
        writeln!(text, "| {code} | {message} |").unwrap();
    }
    text
}

/// Does a document have these codes, each with its message, and no others?
fn reads_codes(text: &str, codes: &[String]) -> bool {
    let document = ingest::read(text);
    let extraction = ingest::extract(&document, &Hints::default());
    let tables = extraction.tables.iter();
    let read: Vec<&CodeEntry<'_>> = tables.flat_map(|table| &table.codes).collect();
    read.iter().map(|read| &*read.code).eq(codes) && read.iter().all(|read| read.message.is_some())
}
