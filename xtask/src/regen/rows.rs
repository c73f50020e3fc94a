//! Converts the rows of a set's tables to codes of the spec, with only the facts from the vendor's
//! columns.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use errbook_spec::place::{At, Place};
use errbook_spec::problem::Problems;
use errbook_spec::{Billing, BillingSource, Code, Range, Retry, Section, Severity, Status, Texts};
use hmac_sha256::Hash as Sha256;

use crate::fold::unnumbered;
use crate::regen::select::Chosen;
use errbook_ingest::{self as ingest, CodeEntry, FactProblem, Role, TableReading};

/// The contents of the tables of one set.
#[derive(Default)]
pub(super) struct Rows {
    /// The codes, in the document's order.
    pub(super) codes: Vec<Code>,
    /// Codes that the vendor gives as a range.
    pub(super) ranges: Vec<Range>,
    /// The sections, in the document's order.
    pub(super) sections: Vec<Section>,
    /// The column that says which codes are billed.
    pub(super) billing_source: Option<BillingSource>,
    /// The heading of the table, if the set is not divided into sections.
    pub(super) heading: Option<At<String>>,
    /// Codes of which the rows leave a fact open, and why.
    pub(super) open_facts: Vec<(Code, FactProblem)>,
    /// The line of the first code that is quoted.
    pub(super) quoted: Option<Place>,
}

/// Reads the tables of one set. `locale` is the document's language.
pub(super) fn read_rows(
    tables: &[TableReading<'_>],
    chosen: &[Chosen],
    locale: &str,
    file: &Arc<str>,
    problems: &mut Problems,
) -> Rows {
    let mut rows = Rows::default();
    for table in chosen {
        let head = &tables[table.parts[0]];
        let heading = head.heading.map(unnumbered).map(str::to_owned);
        let heading = heading.map(|heading| At::new(heading, Place::line(file, head.line)));
        if let Some(id) = &table.section {
            rows.sections.push(Section {
                id: id.clone(),
                title: texts_in(locale, heading),
            });
        } else {
            rows.heading = heading;
        }
        for part in &table.parts {
            let mut reader = Reader {
                locale,
                file,
                section: table.section.as_ref(),
                rows: &mut rows,
                problems,
            };
            reader.read_part(&tables[*part]);
        }
    }
    rows
}

struct Reader<'a> {
    locale: &'a str,
    file: &'a Arc<str>,
    section: Option<&'a At<String>>,
    rows: &'a mut Rows,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn read_part(&mut self, table: &TableReading<'_>) {
        let billing = table
            .columns
            .iter()
            .find(|column| column.role == Role::Billing && !column.header.is_empty());
        if let (None, Some(column)) = (&self.rows.billing_source, billing) {
            let header = At::new(
                column.header.to_string(),
                Place::line(self.file, table.line),
            );
            self.rows.billing_source = Some(BillingSource::Column(header));
        }
        for entry in &table.codes {
            if entry.quoted && self.rows.quoted.is_none() {
                self.rows.quoted = Some(Place::line(self.file, entry.line));
            }
            let code = self.read_code(entry);
            let open = entry.problems.iter().cloned();
            self.rows
                .open_facts
                .extend(open.map(|problem| (code.clone(), problem)));
            match (&entry.code_to, &entry.class) {
                (Some(to), _) => self.push_range(code, to),
                (None, Some((from, to))) => {
                    let from = At::new(from.clone(), code.code.place.clone());
                    self.push_range(Code { code: from, ..code }, to);
                }
                (None, None) => self.rows.codes.push(code),
            }
        }
    }

    fn read_code(&mut self, entry: &CodeEntry<'_>) -> Code {
        let place = Place::line(self.file, entry.line);
        let at = |text: &Cow<'_, str>| At::new(text.to_string(), place.clone());
        Code {
            code: at(&entry.code),
            symbol: entry.symbol.as_ref().map(at),
            aliases: entry.aliases.iter().map(at).collect(),
            status: if entry.withdrawn {
                Status::Retired
            } else {
                Status::Active
            },
            section: entry
                .section
                .as_ref()
                .map(|title| self.row_section(title, &place))
                .or(self.section.cloned()),
            message: texts_by_language(
                self.locale,
                entry.message.as_ref(),
                &entry.messages,
                &place,
            ),
            remedy: texts_by_language(self.locale, entry.remedy.as_ref(), &entry.remedies, &place),
            billing: entry.billing.map(|billed| {
                At::new(
                    if billed {
                        Billing::Billed
                    } else {
                        Billing::Free
                    },
                    place.clone(),
                )
            }),
            retry: entry
                .retry
                .as_ref()
                .and_then(|retry| retry.value)
                .map(|helps| At::new(retry_class(helps), place.clone())),
            severity: entry
                .severity
                .as_ref()
                .and_then(|severity| severity.value)
                .map(|severity| At::new(severity_class(severity), place.clone())),
            http: entry
                .http
                .as_ref()
                .and_then(|http| self.read_http(http, &place)),
            ..Code::default()
        }
    }

    fn read_http(&mut self, http: &str, place: &Place) -> Option<At<u32>> {
        let number = parse_status(http);
        if number.is_none() {
            let help = "set `http` in overlay.toml, or give the column the role `none`";
            self.problems
                .push_with_help(place, format!("`{http}` is not an HTTP status"), help);
        }
        number.map(|number| At::new(number, place.clone()))
    }

    /// The section that a cell of the row names.
    fn row_section(&mut self, title: &str, place: &Place) -> At<String> {
        let id = section_id(title);
        if self
            .rows
            .sections
            .iter()
            .all(|section| section.id.value != id)
        {
            let title = texts_in(self.locale, Some(At::new(title.to_owned(), place.clone())));
            self.rows.sections.push(Section {
                id: At::new(id.clone(), place.clone()),
                title,
            });
        }
        At::new(id, place.clone())
    }

    /// Adds a range. A spec has no messages for ranges: they only classify unknown codes.
    fn push_range(&mut self, code: Code, to: &str) {
        let place = code.code.place.clone();
        let to = At::new(to.to_owned(), place);
        self.rows.ranges.push(Range {
            from: code.code,
            to,
            billing: code.billing,
            ..Range::default()
        });
    }
}

/// The class of a retry of which the document only says whether it helps.
fn retry_class(helps: bool) -> Retry {
    if helps { Retry::Backoff } else { Retry::Never }
}

fn severity_class(severity: ingest::Severity) -> Severity {
    match severity {
        ingest::Severity::Error => Severity::Error,
        ingest::Severity::Warning => Severity::Warning,
        ingest::Severity::Info => Severity::Info,
    }
}

/// Parses an HTTP status that its name may follow: `404`, `404 Not Found`.
pub(crate) fn parse_status(text: &str) -> Option<u32> {
    text.split_whitespace().next()?.parse().ok()
}

/// The id of a section that has only a title: the title in kebab case, or the start of its hash if
/// it is not ASCII. Three bytes of the hash distinguish the few sections of a set.
pub(crate) fn section_id(title: &str) -> String {
    let words = title.to_lowercase();
    let words: Vec<_> = words
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if title.is_ascii()
        && words
            .first()
            .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
    {
        return words.join("-");
    }
    let hash = Sha256::hash(title.as_bytes());
    format!("section-{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2])
}

fn texts_in(locale: &str, text: Option<At<String>>) -> Texts {
    text.map(|text| (locale.to_owned(), text))
        .into_iter()
        .collect()
}

fn texts_by_language(
    locale: &str,
    own: Option<&Cow<'_, str>>,
    others: &BTreeMap<String, Cow<'_, str>>,
    place: &Place,
) -> Texts {
    let others = others.iter().map(|(tag, text)| (tag.as_str(), text));
    // The main column comes last, so that it overrides another column with the same language.
    let all = others
        .chain(own.map(|text| (locale, text)))
        .filter(|(_, text)| !text.trim().is_empty());
    all.map(|(tag, text)| (tag.to_owned(), At::new(text.to_string(), place.clone())))
        .collect()
}
