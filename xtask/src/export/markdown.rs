//! Exports each vendor as Markdown: one table for each set, in one language, for people. `extract`
//! reads the same codes from it, with each fact in its place.

use std::collections::BTreeSet;
use std::fmt::Write;

use errbook_spec::facts::facts_of;
use errbook_spec::{Billing, Code, Note, Retry, Set, Spec, Status, Texts, word};

use crate::book::Book;
use crate::export::File;
use crate::export::facts::effective;
use crate::interface::{Words, fill};
use crate::locale::{pick_text, primary_language};

/// One document for each vendor, in `locale` or in the vendor's own language. The words around the
/// vendor's texts are those of the interface in that language, or else in English.
#[must_use]
pub fn markdown(book: &Book, locale: Option<&str>) -> Vec<File> {
    let files = book.specs.iter().map(|spec| {
        let locale = locale.unwrap_or(&spec.locale);
        let page = Page {
            book,
            spec,
            locale,
            words: Words::for_reader(locale),
        };
        File::new(format!("{}.md", spec.vendor.value), page.write())
    });
    files.collect()
}

struct Page<'a> {
    book: &'a Book,
    spec: &'a Spec,
    locale: &'a str,
    words: &'static Words,
}

/// The seconds of an hour.
const HOUR: u32 = 60 * 60;

/// A header and a cell for each code.
type Column = (String, Vec<String>);

/// The label of a column, and how it finds the cell of a code, if the code has one.
type Cells<'a> = (&'a str, &'a dyn Fn(&Code) -> Option<String>);

impl Page<'_> {
    fn write(&self) -> String {
        let title = self.text(&self.spec.title, &self.spec.locale);
        let title = title.unwrap_or_else(|| escape_cell(&self.spec.vendor));
        let mut out = format!("# {title}\n");
        if let Some(languages) = self.fallbacks() {
            let values = [("language", self.locale), ("others", &languages)];
            let _ = writeln!(out, "\n{}", fill(&self.words.table.fallback, &values));
        }
        for set in &self.spec.sets {
            let heading = match self.text(&set.title, &self.spec.locale) {
                Some(title) => format!("{title} ({})", *set.name),
                None => fill(&self.words.table.heading, &[("set", &set.name)]),
            };
            let _ = writeln!(out, "\n## {heading}");
            if let Some(note) = &set.note {
                // What is said about billing, for example, must be read before the table.
                let text = self.text(&note.text, &self.spec.locale).unwrap_or_default();
                let _ = writeln!(out, "\n{text}{}", source_of(note));
            }
            out.push('\n');
            write_table(&mut out, &self.columns(set));
        }
        out
    }

    /// The languages of the texts that are not in the language of the reader.
    fn fallbacks(&self) -> Option<String> {
        let codes = self.spec.sets.iter().flat_map(|set| &set.codes);
        let texts = codes.flat_map(|code| {
            let own = code.locale.as_ref().unwrap_or(&self.spec.locale);
            [(&code.message, own), (&code.remedy, own)]
        });
        let tags = texts.filter_map(|(texts, own)| {
            let (tag, _) = pick_text(texts, self.locale, &self.book.languages, own)?;
            (primary_language(tag) != primary_language(self.locale)).then_some(tag)
        });
        let tags: Vec<_> = tags.collect::<BTreeSet<_>>().into_iter().collect();
        (!tags.is_empty()).then(|| tags.join(", "))
    }

    /// The columns of a set; those without any value are left out.
    fn columns(&self, set: &Set) -> Vec<Column> {
        let Words { card, table, .. } = self.words;
        let rates = set.severity.is_some() || set.codes.iter().any(|code| code.severity.is_some());
        let severity = facts_of::<Code>()
            .find(|fact| fact.key == "severity")
            .expect("the fact is in the table");
        let own = |code: &Code| {
            code.locale
                .as_ref()
                .unwrap_or(&self.spec.locale)
                .value
                .clone()
        };
        let columns: [Cells<'_>; 11] = [
            (&table.code, &|code| Some(code_cell(code))),
            (&card.symbol, &|code| {
                Some(escape_cell(code.symbol.as_ref()?))
            }),
            (&card.section, &|code| self.section(set, code)),
            (&card.message, &|code| self.text(&code.message, &own(code))),
            (&card.remedy, &|code| self.text(&code.remedy, &own(code))),
            (&card.billing, &|code| {
                let billing = match code.billing.as_ref()?.value {
                    Billing::Billed => &card.billed,
                    Billing::Free => &card.free,
                };
                Some(billing.clone())
            }),
            (&table.kind, &|code| Some(self.kind(code.kind.as_ref()?))),
            (&card.retry, &|code| self.retry(code)),
            (self.words.fact(severity), &|code| {
                let code = effective(self.spec, set, code);
                rates.then(|| self.words.value(severity, &severity.get(&code)?).into())?
            }),
            (&card.http, &|code| Some(code.http.as_ref()?.to_string())),
            (&table.lifecycle, &|code| match &code.until {
                Some(until) => Some(fill(&table.until, &[("edition", &escape_cell(until))])),
                None => is_retired(code).then(|| self.words.page.retired_label.clone()),
            }),
        ];
        let columns = columns.into_iter().filter_map(|(header, cell)| {
            let cells: Vec<_> = set.codes.iter().map(cell).collect();
            cells.iter().any(Option::is_some).then(|| {
                // An empty cell of this column could be read as free.
                let absent = if header == card.billing {
                    &self.words.page.not_stated
                } else {
                    ""
                };
                let cells = cells.into_iter();
                let cells = cells.map(|cell| cell.unwrap_or_else(|| absent.to_owned()));
                (capitalized(header), cells.collect())
            })
        });
        columns.collect()
    }

    /// The title of the section of a code.
    fn section(&self, set: &Set, code: &Code) -> Option<String> {
        let id = code.section.as_ref()?;
        let section = set.sections.iter().find(|section| section.id == *id);
        let title = section.and_then(|section| self.text(&section.title, &self.spec.locale));
        Some(title.unwrap_or_else(|| escape_cell(id)))
    }

    /// What people call a kind; its code if the taxonomy has no title for it.
    fn kind(&self, kind: &str) -> String {
        let taxonomy = self.book.kinds.as_ref();
        let title = self.book.kind(kind).zip(taxonomy);
        let title = title.and_then(|(kind, taxonomy)| self.text(&kind.title, &taxonomy.locale));
        title.unwrap_or_else(|| escape_cell(kind))
    }

    /// `with increasing delays (at least 60 s)`.
    fn retry(&self, code: &Code) -> Option<String> {
        let class = word(Retry::WORDS, code.retry.as_ref()?.value);
        let retry = self.words.retry_name(class);
        let Some(seconds) = &code.retry_after else {
            return Some(retry.to_owned());
        };
        let table = &self.words.table;
        // A vendor's 86400 is read as a day only once it is in hours.
        let (unit, count) = match seconds.value {
            hours if hours > 0 && hours % HOUR == 0 => (&table.hours, hours / HOUR),
            seconds => (&table.seconds, seconds),
        };
        let time = fill(unit, &[("count", &count.to_string())]);
        let values = [("retry", retry), ("time", &time)];
        Some(fill(&self.words.table.wait, &values))
    }

    /// The text for the reader, as a cell.
    fn text(&self, texts: &Texts, own: &str) -> Option<String> {
        let (_, text) = pick_text(texts, self.locale, &self.book.languages, own)?;
        Some(escape_cell(text))
    }
}

/// ` (https://…, 2021-07-19)`: where a note is from, if it says so.
fn source_of(note: &Note) -> String {
    let parts = [&note.source, &note.date];
    let parts = parts.into_iter().flatten().map(|part| escape_cell(part));
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(" ({})", parts.join(", "))
}

fn write_table(out: &mut String, columns: &[Column]) {
    let mut write_row = |cells: Vec<&str>| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    write_row(columns.iter().map(|(header, _)| header.as_str()).collect());
    write_row(vec!["---"; columns.len()]);
    let rows = columns.first().map_or(0, |(_, cells)| cells.len());
    for row in 0..rows {
        write_row(
            columns
                .iter()
                .map(|(_, cells)| cells[row].as_str())
                .collect(),
        );
    }
}

/// The code, struck out if it is no longer in the vendor's document.
fn code_cell(code: &Code) -> String {
    let cell = escape_cell(&code.code);
    if is_retired(code) {
        format!("~~{cell}~~")
    } else {
        cell
    }
}

fn is_retired(code: &Code) -> bool {
    code.status == Status::Retired
}

/// A label as a header: `message` is `Message`.
fn capitalized(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
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
