//! A document, its labels and weights in, figures out: how many of its codes, tables and columns
//! are read as a person labelled them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

use crate::document::{Document, Syntax};
use crate::extract::extract_with;
use crate::extraction::{Hints, Holds, Role, TableReading};
use crate::judge::weights::{NONE, ROLES, Weights, place};

/// How many answers are right, of how many questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Right answers.
    pub right: usize,
    /// Questions.
    pub all: usize,
}

/// How well documents are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Codes of tables, text for text.
    pub codes: Share,
    /// Tables of codes, code for code and without any other.
    pub tables: Share,
    /// Other tables that are taken for codes.
    pub taken: Share,
    /// Codes of lists.
    pub lists: Share,
    /// Columns with the role of their label.
    pub roles: Share,
    /// The same without the labels of `label-doubts.tsv`.
    pub sure_roles: Share,
}

impl Share {
    pub(crate) fn add(&mut self, right: usize, all: usize) {
        self.right += right;
        self.all += all;
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.codes.add(other.codes.right, other.codes.all);
        self.tables.add(other.tables.right, other.tables.all);
        self.taken.add(other.taken.right, other.taken.all);
        self.lists.add(other.lists.right, other.lists.all);
        self.roles.add(other.roles.right, other.roles.all);
        self.sure_roles
            .add(other.sure_roles.right, other.sure_roles.all);
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.all {
            0 => f.write_str("none"),
            all => {
                let thousandths = self.right * 1000 / all;
                let whole = thousandths / 10;
                let tenths = thousandths % 10;
                write!(f, "{whole}.{tenths} % ({} of {all})", self.right)
            }
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures {
            codes,
            tables,
            taken,
            lists,
            roles,
            sure_roles,
        } = self;
        write!(
            f,
            "codes {codes}, tables {tables}, others taken {taken}, lists {lists}, roles {roles}, \
             undoubted roles {sure_roles}"
        )
    }
}

/// Reads a document with these weights and compares the result with its labels.
pub(crate) fn measure(document: &Document, labels: &Value, weights: &Weights) -> Figures {
    let extraction = extract_with(document, &Hints::default(), weights);
    let holds_codes = |table: &&TableReading<'_>| table.holds == Holds::Codes;
    let found: Vec<&TableReading<'_>> = extraction.tables.iter().filter(holds_codes).collect();
    let empty = Vec::new();
    let list = |name: &str| labels[name].as_array().unwrap_or(&empty);
    let mut figures = Figures::default();
    for label in list("tables") {
        if label["ambiguous"] == true {
            continue;
        }
        let near: Vec<&TableReading<'_>> = found
            .iter()
            .copied()
            .filter(|table| table.syntax != Syntax::List)
            .filter(|table| overlaps(label, table.line, table.end_line))
            .collect();
        if label["is_error_table"] == true {
            measure_table(label, &near, &mut figures);
        } else {
            figures.taken.add(usize::from(!near.is_empty()), 1);
        }
    }
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for table in &found {
        count_codes(table, &mut all);
    }
    for label in list("lists") {
        let wanted = texts(&label["codes"]);
        let is_found = |code: &&String| all.contains_key(*code);
        let right = wanted.iter().filter(is_found).count();
        figures.lists.add(right, wanted.len());
    }
    figures
}

/// Whether a label is about one of these lines.
pub(crate) fn overlaps(label: &Value, first: usize, last: usize) -> bool {
    let line = |name: &str| {
        label[name]
            .as_u64()
            .and_then(|line| usize::try_from(line).ok())
    };
    let begin = line("line").unwrap_or(0);
    let end = line("end_line").unwrap_or(begin);
    first <= end && last.max(first) >= begin
}

fn measure_table(label: &Value, near: &[&TableReading<'_>], figures: &mut Figures) {
    let wanted = texts(&label["codes"]);
    // The same entries in another notation that is beside the codes.
    let others = ["alt_codes", "alt2_codes", "names"].map(|name| texts(&label[name]));
    let mut have: BTreeMap<String, usize> = BTreeMap::new();
    let mut symbols: BTreeMap<String, usize> = BTreeMap::new();
    let mut ranges: Vec<(String, String)> = Vec::new();
    for code in near.iter().flat_map(|table| &table.codes) {
        *have.entry(norm(&code.code)).or_default() += 1;
        if let Some(symbol) = &code.symbol {
            *symbols.entry(norm(symbol)).or_default() += 1;
        }
        if let Some(to) = &code.code_to {
            ranges.push((norm(&code.code), norm(to)));
        }
    }
    let mut right = 0;
    for (place, code) in wanted.iter().enumerate() {
        let other = others.iter().filter(|other| other.len() == wanted.len());
        let other = other.map(|other| &other[place]);
        let mut same = std::iter::once(code).chain(other);
        if same.any(|code| take(&mut have, code)) || take(&mut symbols, code) {
            right += 1;
            continue;
        }
        // A range may be written as one text: `100 ~ 199`.
        let is_range = |(from, to): &(String, String)| {
            code.contains(from.as_str()) && code.contains(to.trim_start_matches('-'))
        };
        if let Some(at) = ranges.iter().position(is_range) {
            take(&mut have, &ranges.remove(at).0);
            right += 1;
        }
    }
    let is_exact = right == wanted.len() && have.values().all(|left| *left == 0);
    figures.codes.add(right, wanted.len());
    figures.tables.add(usize::from(is_exact), 1);
    let roles = texts(&label["roles"]);
    if let [table] = near
        && table.columns.len() == roles.len()
    {
        let right = table.columns.iter().zip(&roles).filter(|(column, role)| {
            let label = role_of_label(role);
            label.is_some_and(|label| is_same_role(place(&column.role), label))
        });
        let right = right.count();
        figures.roles.add(right, roles.len());
        if label["doubted"] != true {
            figures.sure_roles.add(right, roles.len());
        }
    }
}

/// The place of a label's role.
pub(crate) fn role_of_label(name: &str) -> Option<usize> {
    match name {
        "other" => Some(NONE),
        name => name.parse().ok().map(|role| place(&role)),
    }
}

/// Whether a column has the role of its label. Where two texts are side by side, either may be
/// called the message. The labels have no word for a severity.
pub(crate) fn is_same_role(one: usize, other: usize) -> bool {
    let is_pair = |first: &Role, second: &Role| {
        let both = [&ROLES[one], &ROLES[other]];
        both == [first, second] || both == [second, first]
    };
    one == other
        || is_pair(&Role::Details, &Role::Message)
        || is_pair(&Role::Details, &Role::Cause)
        || is_pair(&Role::Severity, &Role::None)
}

fn count_codes(table: &TableReading<'_>, counts: &mut BTreeMap<String, usize>) {
    for code in &table.codes {
        *counts.entry(norm(&code.code)).or_default() += 1;
        if let Some(symbol) = &code.symbol {
            *counts.entry(norm(symbol)).or_default() += 1;
        }
    }
}

fn take(counts: &mut BTreeMap<String, usize>, code: &str) -> bool {
    match counts.get_mut(code) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

/// The texts of a label.
pub(crate) fn texts(values: &Value) -> Vec<String> {
    let values = values.as_array().into_iter().flatten();
    values
        .map(|value| norm(value.as_str().unwrap_or_default()))
        .collect()
}

/// A code without what people do not see.
pub(crate) fn norm(code: &str) -> String {
    let code = code
        .replace(['\u{a0}', '\u{200b}'], " ")
        .replace('\u{2212}', "-");
    let code = code.trim().trim_matches('`');
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}
