//! Converts the rows of a set's tables to codes of the spec, with only the facts from the vendor's
//! columns.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use errbook_spec::place::{At, Place};
use errbook_spec::problem::Problems;
use errbook_spec::{
    Billing, BillingSource, Code, Identity, Range, Retry, Section, Severity, Status, Texts,
};
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
    /// How many rows were merged into one that says the same.
    pub(super) repeated: usize,
}

/// How the rows of a set are read.
pub(super) struct Reading<'a> {
    /// The document's language.
    pub(super) locale: &'a str,
    /// The file name of the document.
    pub(super) file: &'a Arc<str>,
    pub(super) identity: Identity,
    /// Whether rows of one code are merged.
    pub(super) joins_repeated: bool,
    /// Whether the details of a code are part of its message.
    pub(super) adds_details: bool,
}

/// Reads the tables of one set.
pub(super) fn read_rows(
    tables: &[TableReading<'_>],
    chosen: &[Chosen],
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Rows {
    let mut rows = Rows::default();
    let Reading { locale, file, .. } = *reading;
    let mut entries = entries_of(tables, chosen);
    if reading.joins_repeated {
        rows.repeated = merge_repeated(&mut entries, reading.identity);
    }
    let mut entries = entries.into_iter().peekable();
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
                adds_details: reading.adds_details,
                rows: &mut rows,
                problems,
            };
            reader.read_head(&tables[*part]);
            while let Some(entry) = entries.next_if(|entry| entry.part == *part) {
                reader.read_entry(&entry);
            }
        }
    }
    rows
}

/// A row of a set, or the rows of one code.
struct SetEntry<'a> {
    /// The table that it is in.
    part: usize,
    /// The section that the table is.
    section: Option<&'a At<String>>,
    entry: Cow<'a, CodeEntry<'a>>,
}

fn entries_of<'a>(tables: &'a [TableReading<'a>], chosen: &'a [Chosen]) -> Vec<SetEntry<'a>> {
    let parts = chosen
        .iter()
        .flat_map(|table| table.parts.iter().map(move |part| (table, *part)));
    let entries = parts.flat_map(|(table, part)| {
        tables[part].codes.iter().map(move |entry| SetEntry {
            part,
            section: table.section.as_ref(),
            entry: Cow::Borrowed(entry),
        })
    });
    entries.collect()
}

/// Merges the rows of each code into the first one, and returns how many say the same as an earlier
/// one.
fn merge_repeated(entries: &mut Vec<SetEntry<'_>>, identity: Identity) -> usize {
    let mut groups = BTreeMap::<(&str, Option<&str>), Vec<usize>>::new();
    for (at, entry) in entries.iter().enumerate() {
        let entry = &entry.entry;
        if entry.code_to.is_none() && entry.class.is_none() {
            let symbol = (entry.symbol.as_deref()).filter(|_| identity == Identity::CodeAndSymbol);
            groups.entry((&entry.code, symbol)).or_default().push(at);
        }
    }
    let groups: Vec<_> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    let mut repeated = 0;
    let mut is_merged = vec![false; entries.len()];
    for group in groups {
        let first = group[0];
        let rows = &group[1..];
        let is_same = |row: &&usize| {
            let at_first = CodeEntry {
                line: entries[first].entry.line,
                ..entries[**row].entry.clone().into_owned()
            };
            at_first == *entries[first].entry
        };
        repeated += rows.iter().filter(is_same).count();
        let more: Vec<_> = rows
            .iter()
            .map(|row| entries[*row].entry.clone().into_owned())
            .collect();
        let own_section = entries[first].section.map(|section| &section.value);
        let other = (rows.iter())
            .map(|row| &entries[*row])
            .find(|row| row.section.map(|section| &section.value) != own_section)
            .map(|row| row.entry.line);
        let entry = entries[first].entry.to_mut();
        ingest::merge_rows(entry, &more);
        let is_open = |problem: &FactProblem| problem.fact == "section";
        let has_own = entry.section.is_some() || entry.problems.iter().any(is_open);
        if let Some(line) = other {
            if !has_own {
                entry.problems.push(FactProblem {
                    fact: "section",
                    rule: "section-differs",
                    line,
                    text: "the rows of one code are in several sections".to_owned(),
                });
            }
            entries[first].section = None;
        }
        for row in rows {
            is_merged[*row] = true;
        }
    }
    let mut is_merged = is_merged.into_iter();
    entries.retain(|_| !is_merged.next().unwrap_or_default());
    repeated
}

struct Reader<'a> {
    locale: &'a str,
    file: &'a Arc<str>,
    adds_details: bool,
    rows: &'a mut Rows,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn read_head(&mut self, table: &TableReading<'_>) {
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
    }

    fn read_entry(&mut self, SetEntry { entry, section, .. }: &SetEntry<'_>) {
        if entry.quoted && self.rows.quoted.is_none() {
            self.rows.quoted = Some(Place::line(self.file, entry.line));
        }
        let code = self.read_code(entry, *section);
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

    fn read_code(&mut self, entry: &CodeEntry<'_>, section: Option<&At<String>>) -> Code {
        let place = Place::line(self.file, entry.line);
        let at = |text: &Cow<'_, str>| At::new(text.to_string(), place.clone());
        let details = entry.details.as_ref().filter(|_| self.adds_details);
        let message = match (&entry.message, details) {
            (Some(message), Some(details)) => Some(Cow::Owned(format!("{message}\n{details}"))),
            (message, details) => message.clone().or(details.cloned()),
        };
        // A dash says that there is nothing to do, or nothing to say.
        let remedy = entry.remedy.as_ref();
        let remedy = remedy.filter(|text| text.chars().any(char::is_alphanumeric));
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
                .or(section.cloned()),
            message: texts_by_language(self.locale, message.as_ref(), &entry.messages, &place),
            remedy: texts_by_language(self.locale, remedy, &entry.remedies, &place),
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
