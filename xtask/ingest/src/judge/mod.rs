//! Tables and lists in, verdicts out: which hold codes, and what each column is for.
//!
//! `describe` turns a candidate into numbers, `assign` gives each column its role, `decide` adds up
//! what speaks for codes. The weights are learned from labelled candidates; see `training`.

#![allow(
    clippy::enum_glob_use,
    reason = "features are many, and each file names most of them"
)]

mod assign;
mod decide;
mod describe;
mod features;
mod learn;
pub(crate) mod measure;
mod shapes;
pub(crate) mod training;
mod twins;
mod weights;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::document::{Document, Refusal, Syntax, Table};
use crate::extraction::{Column, Evidence, Hints, Holds, Role, TableHint};
use crate::lexicon::Concept;
use assign::{assign, scores};
use decide::{CLOSE, Decision, decide};
pub(crate) use describe::WIDEST;
use describe::{Described, Headings, Seen, describe, in_one_line};
use features::{ColumnFeature, ColumnNumbers, Feature};
use shapes::Shapes;
use twins::slips;
use weights::{CODE, ROLES};
pub(crate) use weights::{Weights, learned};

/// What was decided about one table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict<'a> {
    pub(crate) holds: Holds,
    pub(crate) because: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) continues: Option<usize>,
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) doubts: Vec<String>,
    /// How many columns one entry has.
    pub(crate) period: usize,
    /// Are most of its codes names, so that a short text may be one too?
    pub(crate) holds_names: bool,
    /// The logarithm of the odds; a person's decisions are not part of it.
    score: f64,
}

/// A table that has the header of two tables of codes is one too if it lacks no more than this.
const ALIKE: f64 = 2.5;

/// One verdict for each table.
pub(crate) fn judge<'a>(
    document: &'a Document,
    hints: &Hints,
    weights: &Weights,
) -> Vec<Verdict<'a>> {
    let language = crate::language(document);
    let mut headings = Headings::default();
    let mut verdicts: Vec<Verdict<'a>> = Vec::with_capacity(document.tables.len());
    for (index, table) in document.tables.iter().enumerate() {
        let hint = hints.tables.get(&index);
        let torn = verdicts
            .last()
            .filter(|before| is_torn(table, before, hint, language));
        let verdict = match torn {
            Some(before) => continuation(before, index - 1),
            None => Candidate::new(table, &mut headings, hint, language).verdict(weights, None),
        };
        verdicts.push(verdict);
    }
    for (index, alike) in like_tables_of_codes(document, &verdicts) {
        let hint = hints.tables.get(&index);
        let table = &document.tables[index];
        let candidate = Candidate::new(table, &mut headings, hint, language);
        verdicts[index] = candidate.verdict(weights, Some(alike));
    }
    verdicts
}

/// The tables that nearly hold codes and have the header of several that do, with how many those
/// are.
fn like_tables_of_codes(document: &Document, verdicts: &[Verdict<'_>]) -> Vec<(usize, usize)> {
    let is_near = |verdict: &Verdict<'_>| {
        verdict.holds == Holds::Other && (-ALIKE..=0.0).contains(&verdict.score)
    };
    let near: Vec<usize> = (0..verdicts.len())
        .filter(|&index| is_near(&verdicts[index]))
        .collect();
    let header = |index: usize| {
        let cells = document.tables[index].header().cells();
        cells.map(|cell| cell.text).collect::<Vec<_>>()
    };
    let mut codes: BTreeMap<Vec<&str>, usize> =
        near.iter().map(|&index| (header(index), 0)).collect();
    if codes.is_empty() {
        return Vec::new();
    }
    for index in (0..verdicts.len()).filter(|&index| verdicts[index].holds == Holds::Codes) {
        codes.entry(header(index)).and_modify(|codes| *codes += 1);
    }
    let alike = near.into_iter().map(|index| (index, codes[&header(index)]));
    alike.filter(|&(_, alike)| alike >= 2).collect()
}

/// Does a table without a header read like the table of codes just before it?
fn is_torn(
    table: &Table,
    before: &Verdict<'_>,
    hint: Option<&TableHint>,
    language: &'static str,
) -> bool {
    let is_bare = table.header().cells().all(|cell| cell.is_empty());
    if hint.is_some() || !is_bare || !table.follows_table || before.holds == Holds::Other {
        return false;
    }
    let code = before
        .columns
        .iter()
        .position(|column| column.role == Role::Code);
    let same_width = before.columns.len() == table.header().len();
    let holds_codes = |code: usize| Shapes::new(table, code, language).codes_percent() >= 60;
    same_width && code.is_some_and(holds_codes)
}

fn continuation<'a>(before: &Verdict<'_>, index: usize) -> Verdict<'a> {
    let columns = before.columns.iter().map(|column| Column {
        header: Cow::Borrowed(""),
        role: column.role.clone(),
    });
    Verdict {
        holds: Holds::Codes,
        because: "it has no header, follows a table of codes and reads like it".to_owned(),
        continues: Some(index),
        columns: columns.collect(),
        holds_names: before.holds_names,
        period: before.period,
        ..Verdict::default()
    }
}

/// Why a list does not hold codes, by the weights of this crate; `None` if it does.
pub(crate) fn refuse_list(table: &Table, language: &'static str) -> Option<Refusal> {
    refuse_list_by(table, language, learned())
}

/// Why a list does not hold codes; `None` if it does.
pub(crate) fn refuse_list_by(
    table: &Table,
    language: &'static str,
    weights: &Weights,
) -> Option<Refusal> {
    let candidate = Candidate::new(table, &mut Headings::default(), None, language);
    let assigned = assign(&candidate.described, weights);
    let decision = decide(&candidate.described, &assigned, weights);
    if decision.score > 0.0 {
        return None;
    }
    let code = assigned.iter().position(|&role| role == CODE);
    let evidence = candidate.evidence(&decision, code);
    Some(Refusal {
        because: because(&evidence, Holds::Other),
        evidence,
    })
}

/// One table, described.
struct Candidate<'a, 'h> {
    table: &'a Table,
    hint: Option<&'h TableHint>,
    language: &'static str,
    seen: Vec<Seen<'a>>,
    described: Described,
    period: usize,
}

impl<'a, 'h> Candidate<'a, 'h> {
    fn new(
        table: &'a Table,
        headings: &mut Headings<'a>,
        hint: Option<&'h TableHint>,
        language: &'static str,
    ) -> Self {
        let mut seen = Seen::all(table, language);
        let width = table.header().len();
        let period = if seen.len() < width {
            width
        } else {
            period(&seen)
        };
        // Of entries side by side the first ones are examples of all.
        seen.truncate(period);
        let decided = |column: usize, header: &str| {
            decided(hint, column, header).or_else(|| table.proposed.get(column).cloned().flatten())
        };
        let described = describe(table, headings, &seen, decided, language);
        Candidate {
            table,
            hint,
            language,
            seen,
            described,
            period,
        }
    }

    /// `alike`: how many tables of codes have the same header.
    fn verdict(&self, weights: &Weights, alike: Option<usize>) -> Verdict<'a> {
        let assigned = assign(&self.described, weights);
        let decision = decide(&self.described, &assigned, weights);
        let mut roles = self.roles(&assigned);
        let code = roles.iter().position(|role| *role == Role::Code);
        let mut evidence = self.evidence(&decision, code);
        let mut score = decision.score;
        if let Some(alike) = alike {
            score += ALIKE;
            evidence.push(Evidence {
                points: points(ALIKE),
                text: format!("{alike} tables of codes have the same header"),
            });
        }
        let is_decided = self.hint.is_some_and(|hint| hint.holds.is_some());
        let holds = holds(self.hint, &roles, score);
        let because = if is_decided {
            "a person decided it".to_owned()
        } else {
            because(&evidence, holds)
        };
        let mut doubts = if is_decided {
            Vec::new()
        } else {
            self.doubts(weights, code, score, holds)
        };
        if holds == Holds::Codes {
            doubts.extend(self.slips(&roles, code));
        }
        let width = self.table.header().len();
        if self.period < width {
            roles = roles.iter().cycle().take(width).cloned().collect();
        }
        roles.resize(width, Role::None);
        let columns = self.table.header().cells().zip(roles);
        let columns = columns.map(|(cell, role)| Column {
            header: in_one_line(cell.text),
            role: if holds == Holds::Codes {
                role
            } else {
                Role::None
            },
        });
        Verdict {
            holds,
            because,
            evidence,
            doubts,
            continues: None,
            columns: columns.collect(),
            holds_names: code.is_some_and(|code| self.seen[code].shapes.holds_names()),
            period: self.period,
            score,
        }
    }

    /// Where a column repeats the codes in another notation, the rows on which the two disagree.
    fn slips(&self, roles: &[Role], code: Option<usize>) -> Vec<String> {
        let Some(code) = code.filter(|_| self.period == self.table.header().len()) else {
            return Vec::new();
        };
        let is_open = |column: &usize| roles[*column] == Role::None;
        let slips = |column| slips(self.table, code, column);
        (0..roles.len()).filter(is_open).flat_map(slips).collect()
    }

    /// The roles by name: of two texts of one role in two languages, the one in the document's
    /// language is the main one.
    fn roles(&self, assigned: &[usize]) -> Vec<Role> {
        let mut roles: Vec<Role> = assigned.iter().map(|&role| ROLES[role].clone()).collect();
        let of = |column: usize| self.described.languages[column].unwrap_or(self.language);
        for main in [Role::Message, Role::Remedy] {
            let columns: Vec<usize> = (0..roles.len())
                .filter(|&column| roles[column] == main)
                .collect();
            let first = columns
                .iter()
                .copied()
                .find(|&column| of(column) == self.language)
                .or(columns.first().copied());
            let differs = |column: &usize| first.is_some_and(|first| of(*column) != of(first));
            for column in columns.into_iter().filter(differs) {
                roles[column] = match main {
                    Role::Message => Role::MessageIn(of(column).to_owned()),
                    _ => Role::RemedyIn(of(column).to_owned()),
                };
            }
        }
        for (role, decided) in roles.iter_mut().zip(&self.described.decided) {
            if let Some(decided) = decided {
                *role = decided.clone();
            }
        }
        roles
    }

    fn evidence(&self, decision: &Decision, code: Option<usize>) -> Vec<Evidence> {
        let headings = self.table.headings.last().map(|heading| &**heading);
        let heading = self.table.caption.as_deref().or(headings).unwrap_or("");
        let header = code.map_or("", |code| &self.seen[code].header);
        let words = |feature: Feature| {
            let words = feature.words();
            let hole = words.split_once('{').and_then(|(before, rest)| {
                let (name, after) = rest.split_once('}')?;
                Some((before, name, after))
            });
            let Some((before, name, after)) = hole else {
                return words.to_owned();
            };
            let share = || code.map_or_else(String::new, |code| share(&self.seen[code], code));
            let known = match name {
                "share" => Cow::Owned(share()),
                "code" => Cow::Borrowed(header),
                _ => Cow::Borrowed(heading.split('\n').next().unwrap_or("")),
            };
            [before, &known, after].concat()
        };
        let reasons = decision.reasons.iter();
        let reasons = reasons.map(|&(feature, adds)| (feature, points(adds)));
        reasons
            .filter(|&(_, points)| points != 0)
            .map(|(feature, points)| Evidence {
                points,
                text: words(feature),
            })
            .collect()
    }

    /// What else it could have been, where that is close.
    fn doubts(
        &self,
        weights: &Weights,
        code: Option<usize>,
        score: f64,
        holds: Holds,
    ) -> Vec<String> {
        let mut doubts = Vec::new();
        let Some(code) = code else { return doubts };
        if score.abs() < CLOSE {
            let other = match holds {
                Holds::Codes => "something else",
                Holds::Other => "codes",
            };
            doubts.push(format!(
                "it could as well be a table of {other} (score {}, and above 0 it is a table of codes); \
                 the overlay can settle it",
                points(score)
            ));
        }
        if holds == Holds::Other || self.table.syntax == Syntax::List {
            return doubts;
        }
        // That another one is further to the left says nothing of what the vendor means.
        let score = |numbers: &ColumnNumbers| {
            let mut numbers = numbers.clone();
            numbers.set(ColumnFeature::AfterCodes, 0.0);
            scores(&numbers, weights)[CODE]
        };
        let own = score(&self.described.columns[code]);
        for (column, numbers) in self.described.columns.iter().enumerate() {
            let is_open = self.described.decided[column].is_none();
            let is_near = own - score(numbers) < CLOSE;
            let is_codes = numbers.get(ColumnFeature::Codes) >= 0.7;
            if column != code && is_open && is_near && is_codes {
                doubts.push(format!(
                    "`{}` could be the column of the codes as well as `{}`; `columns` in the overlay settles it",
                    self.seen[column].header, self.seen[code].header
                ));
            }
        }
        doubts
    }
}

/// How many cells of a column are codes: ``19 of 20 cells of `code` ``.
fn share(seen: &Seen<'_>, code: usize) -> String {
    let name = if seen.header.is_empty() {
        format!("column {}", code + 1)
    } else {
        format!("`{}`", seen.header)
    };
    let codes = seen.shapes.codes();
    let filled = seen.shapes.filled;
    format!("{codes} of {filled} cells of {name}")
}

/// Reports have tenths of the logarithm of the odds, as whole numbers.
#[expect(clippy::cast_possible_truncation, reason = "a score is a small number")]
fn points(score: f64) -> i32 {
    (10.0 * score).round() as i32
}

/// The strongest reasons, in words.
fn because(evidence: &[Evidence], holds: Holds) -> String {
    let speaks = |evidence: &&Evidence| (evidence.points > 0) == (holds == Holds::Codes);
    let reasons = evidence.iter().filter(speaks).take(3);
    let texts: Vec<&str> = reasons.map(|reason| reason.text.as_str()).collect();
    if texts.is_empty() {
        "not enough evidence of codes".to_owned()
    } else {
        texts.join("; ")
    }
}

/// How many columns one entry has; less than all where whole entries are side by side.
fn period(seen: &[Seen<'_>]) -> usize {
    let width = seen.len();
    let names_codes = |column: &Seen<'_>| {
        column.concepts.has_any(&[Concept::Code, Concept::Error])
            && column.shapes.codes_percent() > 0
    };
    let repeats = |period: usize| {
        width.is_multiple_of(period)
            && seen[period..]
                .iter()
                .zip(seen.iter().cycle())
                .all(|(column, first)| loose(&column.header) == loose(&first.header))
            && seen[..period].iter().any(names_codes)
    };
    let holds_pairs = |column: &Seen<'_>| column.shapes.pairs * 10 >= column.shapes.filled * 8;
    // `001 - Insufficient funds | 002 - Expired card`: a code and its text in each cell.
    let filled = seen.iter().filter(|column| column.shapes.filled > 0);
    if filled.clone().count() > 1 && filled.clone().all(holds_pairs) {
        return 1;
    }
    (2..=width / 2)
        .find(|&period| repeats(period))
        .unwrap_or(width)
}

/// The role that a maintainer gave a column.
pub(crate) fn decided(hint: Option<&TableHint>, column: usize, header: &str) -> Option<Role> {
    let same = |text: &str| loose(text) == loose(header);
    if let Some(role) = hint?.numbered.get(&column) {
        return Some(role.clone());
    }
    hint?
        .columns
        .iter()
        .find(|(text, _)| same(text))
        .map(|(_, role)| role.clone())
}

fn loose(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn holds(hint: Option<&TableHint>, roles: &[Role], score: f64) -> Holds {
    let names_code = |hint: &TableHint| {
        hint.columns
            .values()
            .chain(hint.numbered.values())
            .any(|role| *role == Role::Code)
    };
    let by_column = hint.is_some_and(names_code);
    match hint.and_then(|hint| hint.holds) {
        Some(holds) => holds,
        None if by_column && roles.contains(&Role::Code) => Holds::Codes,
        None if score > 0.0 && roles.contains(&Role::Code) => Holds::Codes,
        None => Holds::Other,
    }
}
