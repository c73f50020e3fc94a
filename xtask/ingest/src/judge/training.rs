//! Labelled documents in, `features.tsv` out; `features.tsv` in, `weights.toml` and a
//! cross-validation out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

use crate::document::{Refusal, Syntax, Table};
use crate::extraction::Role;
use crate::judge::assign::assign;
use crate::judge::decide::decide;
use crate::judge::describe::{Described, Headings};
use crate::judge::features::{
    COLUMN_FEATURES, ColumnFeature, ColumnNumbers, FEATURES, Feature, TableNumbers,
};
use crate::judge::learn::{Example, learn};
use crate::judge::measure::{
    Figures, Share, is_same_role, measure, norm, overlaps, role_of_label, texts,
};
use crate::judge::weights::{CODE, ROLES, Weights, learned, place};
use crate::judge::{Candidate, refuse_list_by};
use crate::kinds;
use crate::sheet::Cell;

/// The number of parts that documents are split into; each part is judged by weights that were
/// learned from the others.
pub const FOLDS: usize = 10;

/// What the labels say of one table.
#[derive(Clone)]
struct Label {
    holds_codes: bool,
    roles: Vec<Option<usize>>,
}

impl Label {
    fn other() -> Self {
        Label {
            holds_codes: false,
            roles: Vec::new(),
        }
    }
}

/// What a snapshot says of one table.
struct SnapshotLabel {
    lines: String,
    is_list: bool,
    label: Label,
}

/// The features of all candidates of the corpus and of the fixtures that have a label.
///
/// # Errors
///
/// A file cannot be read.
pub fn features(corpus: &Path, fixtures: &Path) -> io::Result<String> {
    let mut text = names();
    let languages = languages(corpus)?;
    let doubts = doubts();
    for file in label_files(corpus)? {
        let labels: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        let name = labels["file"].as_str().unwrap_or_default();
        let Ok(document) = fs::read(corpus.join("docs").join(name)) else {
            continue;
        };
        let document = String::from_utf8_lossy(&document);
        let id = stem(&file);
        let language = languages.get(name).map_or("", String::as_str);
        write_document(&mut text, &id, language, &document, |_, table| {
            let is_doubted = doubts.contains(&(id.clone(), table.line));
            if is_doubted {
                None
            } else if table.syntax == Syntax::List {
                list_label(&labels, table)
            } else {
                corpus_label(&labels, table)
            }
        });
    }
    let mut files: Vec<_> = fs::read_dir(fixtures)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    for file in files {
        let stem = stem(&file);
        let snapshot = fixtures.join("read").join(format!(
            "every_phenomenon_is_read_as_its_snapshot_says@{stem}.md.snap"
        ));
        let Ok(snapshot) = fs::read_to_string(snapshot) else {
            continue;
        };
        let document = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        let labels: Vec<SnapshotLabel> = snapshot.lines().filter_map(snapshot_label).collect();
        let (lists, tables): (Vec<_>, Vec<_>) = labels.into_iter().partition(|own| own.is_list);
        write_document(
            &mut text,
            &format!("fixture-{stem}"),
            "",
            &document,
            |index, table| {
                if table.syntax != Syntax::List {
                    return tables.get(index).map(|own| own.label.clone());
                }
                let lines = format!("{}-{}", table.line, table.end_line);
                let own = lists.iter().find(|own| own.lines == lines);
                Some(own.map_or_else(Label::other, |own| own.label.clone()))
            },
        );
    }
    Ok(text)
}

/// The tables that are not learned from: their document and line.
fn doubts() -> BTreeSet<(String, usize)> {
    let lines = include_str!("../../training/label-doubts.tsv").lines();
    let doubt = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
    };
    lines.filter_map(doubt).collect()
}

fn names() -> String {
    let columns: Vec<&str> = ColumnFeature::ALL
        .iter()
        .map(|feature| feature.name())
        .collect();
    let above: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    format!(
        "# Written by `cargo xtask weigh`. A table: document, language, line, label, its features as \
         place:number.\n\
         # Then its columns: role, language, features.\n\
         # table {}\n# column {}\n",
        above.join(" "),
        columns.join(" ")
    )
}

fn languages(corpus: &Path) -> io::Result<BTreeMap<String, String>> {
    let index = fs::read_to_string(corpus.join("index.tsv"))?;
    let rows = index.lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        let file = fields.next()?;
        let language = fields.nth(3)?;
        Some((file.to_owned(), language.to_owned()))
    });
    Ok(rows.collect())
}

fn write_document(
    text: &mut String,
    id: &str,
    language: &str,
    document: &str,
    label: impl Fn(usize, &Table) -> Option<Label>,
) {
    let text = RefCell::new(text);
    let write = |table: &Table, mut label: Label, own: &'static str| {
        let candidate = Candidate::new(table, &mut Headings::default(), None, own);
        let described = &candidate.described;
        tell_texts_apart(&mut label, described, &candidate);
        let kind = if label.holds_codes { "codes" } else { "other" };
        let numbers = sparse(&described.above.0);
        let language = if language.is_empty() { own } else { language };
        let mut text = text.borrow_mut();
        writeln!(text, "{id}\t{language}\t{}\t{kind}\t{numbers}", table.line)
            .expect("a string takes all");
        for (column, numbers) in described.columns.iter().enumerate() {
            let role = label.roles.get(column).copied().flatten();
            let role = role.map_or("-".into(), |role| ROLES[role].name());
            // What the shape of a list says is not learned.
            let role = match &described.decided[column] {
                Some(decided) => format!("={}", decided.name()),
                None => role.into_owned(),
            };
            let own = described.languages[column].unwrap_or("-");
            writeln!(text, "\t{role}\t{own}\t{}", sparse(&numbers.0)).expect("a string takes all");
        }
    };
    let document = kinds::read_markdown(document, &|list, own| {
        let label = label(0, list);
        let holds_codes = label.as_ref().is_some_and(|label| label.holds_codes);
        if let Some(label) = label {
            write(list, label, own);
        }
        (!holds_codes).then(Refusal::default)
    });
    let own = crate::language(&document);
    let tables = document.tables.iter();
    let tables = tables
        .filter(|table| table.syntax != Syntax::List)
        .enumerate();
    for (index, table) in tables {
        // A table without header and a part of a torn one are judged by the table above.
        if let Some(label) = label(index, table) {
            write(table, label, own);
        }
    }
}

/// Of several columns that are labelled messages in one language the first is the message, the
/// others are details.
fn tell_texts_apart(label: &mut Label, described: &Described, candidate: &Candidate<'_, '_>) {
    if label.roles.len() != candidate.table.header().len() {
        label.roles.clear();
    }
    label.roles.truncate(described.columns.len());
    let message = place(&Role::Message);
    let mut known: BTreeSet<Option<&str>> = BTreeSet::new();
    let is_called =
        |column: usize| described.columns[column].get(ColumnFeature::HeaderMessage) > 0.0;
    let mut columns: Vec<usize> = (0..label.roles.len())
        .filter(|&column| label.roles[column] == Some(message))
        .collect();
    columns.sort_by_key(|&column| !is_called(column));
    for column in columns {
        if !known.insert(described.languages[column]) {
            label.roles[column] = Some(place(&Role::Details));
        }
    }
    // A text beside the message that no word calls a cause is more about it.
    let has_message = label.roles.contains(&Some(message));
    let cause = place(&Role::Cause);
    for column in 0..label.roles.len() {
        let is_called = described.columns[column].get(ColumnFeature::HeaderCause) > 0.0;
        if label.roles[column] == Some(cause) && has_message && !is_called {
            label.roles[column] = Some(place(&Role::Details));
        }
    }
    // One column is the codes; another one repeats them in another notation.
    let code = place(&Role::Code);
    let first = label.roles.iter().position(|role| *role == Some(code));
    for column in 0..label.roles.len() {
        if label.roles[column] == Some(code) && Some(column) != first {
            label.roles[column] = None;
        }
    }
    // The labels have no word for these.
    let none = place(&Role::None);
    for (column, role) in label.roles.iter_mut().enumerate() {
        let numbers = &described.columns[column];
        if *role == Some(none) && numbers.get(ColumnFeature::HeaderSeverity) >= 1.0 {
            *role = Some(place(&Role::Severity));
        }
    }
}

fn corpus_label(labels: &Value, table: &Table) -> Option<Label> {
    let empty = Vec::new();
    let all = labels["tables"].as_array().unwrap_or(&empty);
    let own = all
        .iter()
        .find(|label| overlaps(label, table.line, table.end_line))?;
    if own["ambiguous"].as_bool() == Some(true) {
        return None;
    }
    let holds_codes = own["is_error_table"].as_bool() == Some(true);
    let roles = match own["roles"].as_array().filter(|_| holds_codes) {
        Some(roles) => {
            let roles = roles.iter().map(Value::as_str);
            roles.map(|role| role.and_then(role_of_label)).collect()
        }
        None if holds_codes => roles_by_codes(&texts(&own["codes"]), table),
        None => Vec::new(),
    };
    Some(Label { holds_codes, roles })
}

/// Where a label gives the codes of a table alone, they tell which column is theirs.
fn roles_by_codes(codes: &[String], table: &Table) -> Vec<Option<usize>> {
    let known: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
    let share = |column: usize| {
        let cells = table.rows().filter_map(|row| row.get(column));
        let is_code = |cell: &Cell<'_>| known.contains(norm(cell.text).as_str());
        cells.filter(is_code).count() * 10 / table.rows().len().max(1)
    };
    let width = table.header().len();
    let code = (0..width).find(|&column| share(column) >= 8);
    let role = |column| (Some(column) == code).then_some(CODE);
    (0..width).map(role).collect()
}

/// A run that is about the codes of a labelled list is one; one that overlaps a list in another way
/// says nothing.
fn list_label(labels: &Value, list: &Table) -> Option<Label> {
    let empty = Vec::new();
    let all = labels["lists"].as_array().unwrap_or(&empty);
    let mut near = all
        .iter()
        .filter(|label| overlaps(label, list.line, list.end_line))
        .peekable();
    if near.peek().is_none() {
        return Some(Label::other());
    }
    let codes: BTreeSet<String> = near.flat_map(|label| texts(&label["codes"])).collect();
    let entries = list.rows().enumerate();
    let entries = entries.filter(|(row, _)| list.notes.binary_search(row).is_err());
    let read = entries.filter_map(|(_, row)| row.get(0));
    let read: Vec<String> = read.map(|cell| norm(cell.text)).collect();
    let is_code = |cell: &&String| {
        let mut parts = cell.split([' ', '(', ')', '=', ',', '/']);
        codes.contains(*cell) || parts.any(|part| codes.contains(part))
    };
    let right = read.iter().filter(is_code).count();
    (right * 2 > read.len()).then(|| Label {
        holds_codes: true,
        roles: Vec::new(),
    })
}

/// `9-17: pipe of codes: Errors: 3 rows, 3 codes: Code=code | Meaning=message`.
fn snapshot_label(line: &str) -> Option<SnapshotLabel> {
    let (lines, rest) = line.split_once(": ")?;
    let is_table = lines
        .split_once('-')
        .is_some_and(|(from, to)| from.parse::<usize>().is_ok() && to.parse::<usize>().is_ok());
    if !is_table {
        return None;
    }
    let holds_codes = rest.split_once(": ")?.0.ends_with("of codes");
    let continues = rest.contains(": continues ");
    let columns = rest
        .split_once(" codes: ")
        .map_or("", |(_, columns)| columns);
    let columns = columns.split(" | ");
    let roles = columns.map(|column| {
        column
            .rsplit_once('=')
            .and_then(|(_, role)| role_of_label(role))
    });
    let label = Label {
        holds_codes,
        roles: if holds_codes && !continues {
            roles.collect()
        } else {
            Vec::new()
        },
    };
    Some(SnapshotLabel {
        lines: lines.to_owned(),
        is_list: rest.starts_with("list"),
        label,
    })
}

fn sparse(numbers: &[f32]) -> String {
    let filled = numbers
        .iter()
        .enumerate()
        .filter(|&(_, number)| *number != 0.0);
    let filled = filled.map(|(place, number)| format!("{place}:{number}"));
    filled.collect::<Vec<_>>().join(" ")
}

fn parse(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["", role, language, numbers] => {
                let Some(example) = examples.last_mut() else {
                    continue;
                };
                example
                    .described
                    .columns
                    .push(ColumnNumbers(dense::<COLUMN_FEATURES>(numbers)));
                example
                    .described
                    .languages
                    .push(crate::lexicon::tag(language));
                let decided = role.strip_prefix('=').and_then(|role| role.parse().ok());
                example.described.decided.push(decided);
                example
                    .roles
                    .push(role.parse().ok().map(|role| place(&role)));
            }
            [document, language, line, label, numbers] => {
                let above = TableNumbers(dense::<FEATURES>(numbers));
                examples.push(Example {
                    document: document.to_owned(),
                    language: language.to_owned(),
                    line: line.parse().unwrap_or(0),
                    holds_codes: label == "codes",
                    described: Described {
                        above,
                        ..Described::default()
                    },
                    roles: Vec::new(),
                });
            }
            _ => {}
        }
    }
    examples
}

fn dense<const N: usize>(text: &str) -> [f32; N] {
    let mut numbers = [0.0; N];
    for pair in text.split(' ') {
        if let Some((place, number)) = pair.split_once(':')
            && let (Ok(place), Ok(number)) = (place.parse::<usize>(), number.parse())
            && let Some(known) = numbers.get_mut(place)
        {
            *known = number;
        }
    }
    numbers
}

/// Pages of one house are alike: they are in one part.
fn house(document: &str) -> &str {
    match document {
        "201" | "202" | "203" | "209" | "211" | "212" | "213" => "201",
        other => other,
    }
}

/// Which part each document is in.
fn folds(examples: &[Example]) -> BTreeMap<&str, usize> {
    let houses = |are_lists: bool| -> BTreeSet<&str> {
        let examples = examples.iter();
        let examples = examples.filter(|example| example.is_list() == are_lists);
        examples.map(|example| house(&example.document)).collect()
    };
    let tables = houses(false);
    let lists = houses(true);
    // Another list in another document changes no part.
    tables
        .iter()
        .chain(lists.difference(&tables))
        .copied()
        .enumerate()
        .map(|(place, house)| (house, place % FOLDS))
        .collect()
}

/// What was learned, and how well the same way of learning judges documents that it has not seen.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The text of `weights.toml`.
    pub weights: String,
    /// How many weights are not 0.
    pub count: usize,
    /// How well tables and columns are judged, and each that is judged wrongly, in words.
    pub report: String,
    /// What each document is judged by where it is held back.
    pub held_back: HeldBack,
}

/// How well described tables are judged.
#[derive(Clone, Copy, Default)]
struct Score {
    /// Tables that hold codes and are taken for such.
    codes: Share,
    /// Tables that hold something else, and are taken for codes.
    taken: Share,
    /// Columns of tables of codes with the right role.
    roles: Share,
}

impl Score {
    fn add(&mut self, example: &Example, weights: &Weights) -> Vec<String> {
        let mut wrong = Vec::new();
        let roles = assign(&example.described, weights);
        let decision = decide(&example.described, &roles, weights);
        let score = decision.score;
        let holds_codes = score > 0.0 && roles.contains(&CODE);
        let kind = if example.holds_codes {
            &mut self.codes
        } else {
            &mut self.taken
        };
        kind.add(usize::from(holds_codes), 1);
        let at = format!("{}:{}", example.document, example.line);
        if holds_codes != example.holds_codes {
            let label = if example.holds_codes {
                "codes"
            } else {
                "other"
            };
            let reasons = decision.reasons.iter().take(8);
            let reasons = reasons.map(|(feature, adds)| format!("{} {adds:.1}", feature.name()));
            let reasons = reasons.collect::<Vec<_>>().join(", ");
            let what = if example.is_list() { "list" } else { "table" };
            wrong.push(format!(
                "{at}: {what} of {label}, score {score:.1}: {reasons}"
            ));
        }
        for (column, (role, label)) in roles.iter().zip(&example.roles).enumerate() {
            if let Some(label) = label {
                let is_right = is_same_role(*role, *label);
                self.roles.add(usize::from(is_right), 1);
                if !is_right {
                    wrong.push(format!(
                        "{at}: column {}: {} is {}",
                        column + 1,
                        ROLES[*label],
                        ROLES[*role]
                    ));
                }
            }
        }
        wrong
    }

    fn line(&self, name: &str) -> String {
        let Score {
            codes,
            taken,
            roles,
        } = self;
        format!("{name:<9} tables {codes}, others taken {taken}, roles {roles}\n")
    }
}

/// The text of `weights.toml` that `features.tsv` gives.
///
/// ```
/// let weights = errbook_ingest::training::weights("");
/// assert!(weights.contains("[table]"));
/// ```
#[must_use]
pub fn weights(features: &str) -> String {
    let examples = parse(features);
    learn(&examples.iter().collect::<Vec<_>>()).to_toml()
}

/// How well the documents of the corpus are read with these weights (the text of `weights.toml`):
/// by language, and all of them under the empty text.
///
/// # Errors
///
/// A file cannot be read, or the weights are not those of this crate's features.
pub fn figures(corpus: &Path, weights: &str) -> io::Result<BTreeMap<String, Figures>> {
    let weights = Weights::parse(weights)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    measure_all(corpus, |_| Some(&weights))
}

/// How well documents are read by weights that were learned without them: by language, and all of
/// them under the empty text.
///
/// # Errors
///
/// A file cannot be read.
pub fn held_back_figures(
    corpus: &Path,
    held_back: &HeldBack,
) -> io::Result<BTreeMap<String, Figures>> {
    measure_all(corpus, |document| held_back.0.get(document))
}

/// The weights to judge each document by: those that were learned without it.
#[derive(Clone, Debug)]
pub struct HeldBack(BTreeMap<String, Weights>);

fn measure_all<'w>(
    corpus: &Path,
    weights: impl Fn(&str) -> Option<&'w Weights>,
) -> io::Result<BTreeMap<String, Figures>> {
    let languages = languages(corpus)?;
    let doubts = doubts();
    let mut all: BTreeMap<String, Figures> = BTreeMap::new();
    for file in label_files(corpus)? {
        let mut labels: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        mark_doubts(&mut labels, &stem(&file), &doubts);
        let name = labels["file"].as_str().unwrap_or_default();
        let text = fs::read(corpus.join("docs").join(name))?;
        // A document without any table has taught nothing, so that all weights are without it.
        let weights = weights(&stem(&file)).unwrap_or_else(|| learned());
        let document = kinds::read_markdown(&String::from_utf8_lossy(&text), &|list, language| {
            refuse_list_by(list, language, weights)
        });
        let figures = measure(&document, &labels, weights);
        let language = languages.get(name).map_or("", String::as_str);
        *all.entry(language.to_owned()).or_default() += figures;
        *all.entry(String::new()).or_default() += figures;
    }
    Ok(all)
}

/// Marks the tables whose label is in doubt.
fn mark_doubts(labels: &mut Value, document: &str, doubts: &BTreeSet<(String, usize)>) {
    for label in labels["tables"].as_array_mut().into_iter().flatten() {
        let line = label["line"].as_u64().and_then(|line| line.try_into().ok());
        if line.is_some_and(|line| doubts.contains(&(document.to_owned(), line))) {
            label["doubted"] = true.into();
        }
    }
}

fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn label_files(corpus: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(corpus.join("expected"))?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.sort();
    Ok(files)
}

/// Learns the weights from `features.tsv`, and cross-validates by document.
#[must_use]
pub fn weigh(features: &str) -> Weighed {
    let examples = parse(features);
    let folds = folds(&examples);
    let mut by_language: BTreeMap<&str, Score> = BTreeMap::new();
    let mut corpus = Score::default();
    let mut fixtures = Score::default();
    let mut wrong = Vec::new();
    let mut held_back = BTreeMap::new();
    for fold in 0..FOLDS {
        let is_held_back = |example: &&Example| folds[house(&example.document)] == fold;
        let train: Vec<&Example> = examples
            .iter()
            .filter(|example| !is_held_back(example))
            .collect();
        let weights = learn(&train);
        for example in examples.iter().filter(is_held_back) {
            held_back.insert(example.document.clone(), weights.clone());
            let is_fixture = example.document.starts_with("fixture-");
            let score = if is_fixture {
                &mut fixtures
            } else {
                &mut corpus
            };
            wrong.extend(score.add(example, &weights));
            if !is_fixture {
                by_language
                    .entry(&example.language)
                    .or_default()
                    .add(example, &weights);
            }
        }
    }
    let all: Vec<&Example> = examples.iter().collect();
    let weights = learn(&all);
    let mut trained = Score::default();
    let mut unlearned = Vec::new();
    for example in &examples {
        unlearned.extend(trained.add(example, &weights));
    }
    wrong.sort();
    let mut report = format!(
        "{} weights; held back by document in {FOLDS} parts:\n",
        weights.count()
    );
    for (language, score) in &by_language {
        report.push_str(&score.line(language));
    }
    report.push_str(&corpus.line("corpus"));
    report.push_str(&fixtures.line("fixtures"));
    report.push_str(&trained.line("trained"));
    report.push_str("wrong where the document was held back:\n");
    report.push_str(&wrong.join("\n"));
    report.push_str("\nwrong although it was learned from:\n");
    report.push_str(&unlearned.join("\n"));
    report.push('\n');
    Weighed {
        weights: weights.to_toml(),
        count: weights.count(),
        report,
        held_back: HeldBack(held_back),
    }
}
