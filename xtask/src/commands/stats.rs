//! `stats`: how complete each set is, what is left to do before a release, and how old the vendors'
//! documents are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::problem::Problems;
use errbook_spec::{Code, Spec, Status, parse};
use serde::Serialize;

use crate::commands::regen::{Args as Regen, regenerate};
use crate::commands::{Specs, fail, taxonomy, workspace};
use crate::count::count;
use crate::coverage::{self, Coverage, Share};
use crate::document::{self, Document, Notes, count_said};
use crate::export::Source;
use crate::program::program;
use crate::regen::{Regenerated, Taxonomy};
use crate::report;
use crate::table::Table;
use crate::workspace::{Workspace, source};

/// What to count, and how to show it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Vendors, by folder name [default: all vendors].
    #[arg(conflicts_with = "files")]
    vendors: Vec<String>,
    /// Fail if anything is left to do: a missing name, kind or translation, or a stale translation.
    #[arg(long)]
    check: bool,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Aligned tables: one of the sets, one of the vendors' documents.
    Text,
    /// The same in Markdown.
    Markdown,
    /// One object for each set.
    Json,
}

/// One line of the table: a set, or the total of all sets.
#[derive(Debug, Clone, Serialize)]
struct Row {
    vendor: String,
    set: String,
    #[serde(flatten)]
    coverage: Coverage,
    /// Codes whose Rust name a person chose.
    named: Share,
    /// Codes whose retry class differs from that of their kind.
    retry_overrides: usize,
    /// What the spec says beyond the vendor's document.
    notes: Notes,
    /// Codes whose message corrects the vendor's words, which the spec keeps.
    said: usize,
    /// The vendor's document; none for the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// Translations whose original text changed.
    stale: usize,
    /// Missing names, kinds and translations, and stale translations.
    to_do: usize,
}

/// What the command found.
#[derive(Default)]
struct Stats {
    /// A row for each set, then the total.
    rows: Vec<Row>,
    documents: Vec<Document>,
}

impl Stats {
    fn add(&mut self, counted: &Counted<'_>, languages: &[String], taxonomy: Option<&Taxonomy>) {
        self.rows.extend(vendor_rows(counted, languages, taxonomy));
        let document = Document::of(counted.vendor, counted.spec);
        self.documents.push(document);
    }
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    if !args.specs.is_empty() {
        return match count_specs(&args.specs.files) {
            Ok(stats) => show(args, &stats),
            Err(problems) => fail(&problems, Path::new(".")),
        };
    }
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    match count_vendors(args, &workspace) {
        Ok(stats) => show(args, &stats),
        Err(problems) => fail(&problems, workspace.root()),
    }
}

fn show(args: &Args, stats: &Stats) -> ExitCode {
    report::print_output(&render(stats, args.format));
    let to_do = stats.rows.last().map_or(0, |total| total.to_do);
    if !args.check || to_do == 0 {
        return ExitCode::SUCCESS;
    }
    report::print_error(&format!("error: {} left to do", count(to_do, "item")));
    if !args.specs.is_empty() {
        return ExitCode::FAILURE;
    }
    report::print_error(&format!(
        "help: `{0} regen` lists stale translations, \
         `{0} messages VENDOR LANG` adds entries for missing ones",
        program()
    ));
    ExitCode::FAILURE
}

/// What is counted of one spec.
struct Counted<'a> {
    vendor: &'a str,
    spec: &'a Spec,
    /// The languages that every text must have, without that of the spec.
    required: BTreeSet<&'a str>,
    /// How many names of each set no person chose.
    provisional: Vec<usize>,
    /// Translations whose original text changed.
    stale: usize,
}

/// Counts specs that belong to no registry.
fn count_specs(files: &[PathBuf]) -> Result<Stats, Problems> {
    let mut problems = Problems::default();
    let mut specs = Vec::new();
    for spec in files.iter().map(|file| parse(&source(file)?)) {
        match spec {
            Ok(spec) => specs.push(spec),
            Err(other) => problems.extend(other),
        }
    }
    let specs = problems.finish(specs)?;
    let languages = coverage::languages(specs.iter(), &[]);
    let mut stats = Stats::default();
    for spec in &specs {
        let tags = languages.iter().map(String::as_str);
        let counted = Counted {
            vendor: spec.vendor.as_str(),
            spec,
            required: tags.filter(|tag| *tag != spec.locale.value).collect(),
            provisional: vec![0; spec.sets.len()],
            stale: 0,
        };
        stats.add(&counted, &languages, None);
    }
    stats.rows.push(total(&stats.rows));
    Ok(stats)
}

/// Counts the vendors of a registry.
fn count_vendors(args: &Args, workspace: &Workspace) -> Result<Stats, Problems> {
    let taxonomy = taxonomy(workspace)?;
    let regenerated = regenerate(&Regen::of(&args.vendors), workspace)?;
    let own = &workspace.config().languages;
    let in_use = coverage::languages(regenerated.iter().map(|done| &done.spec), own);
    // An empty translation file is a language that a translator has started or errbook.toml demands.
    let started = regenerated.iter().flat_map(translated_languages);
    let languages = coverage::in_order(in_use.into_iter().chain(started.map(str::to_owned)), own);
    let mut stats = Stats::default();
    for done in &regenerated {
        let sets = done.account.sets.iter();
        let counted = Counted {
            vendor: &done.vendor,
            spec: &done.spec,
            required: translated_languages(done).collect(),
            provisional: sets.map(|set| set.provisional.len()).collect(),
            stale: done.account.gaps.stale.len(),
        };
        stats.add(&counted, &languages, taxonomy.as_ref());
    }
    stats.rows.push(total(&stats.rows));
    Ok(stats)
}

/// The languages that a vendor has translation files for, or must have, without its own language.
fn translated_languages(done: &Regenerated) -> impl Iterator<Item = &str> {
    let own = done.spec.locale.as_str();
    let untranslated = done.account.gaps.untranslated.iter();
    untranslated
        .map(|(language, _)| language.as_str())
        .filter(move |tag| *tag != own)
}

fn vendor_rows(
    counted: &Counted<'_>,
    languages: &[String],
    taxonomy: Option<&Taxonomy>,
) -> Vec<Row> {
    let required = &counted.required;
    let overrides_retry = |code: &&Code| {
        let default = code.kind.as_ref().and_then(|kind| taxonomy?.retry(kind));
        taxonomy.is_some() && code.retry.as_ref().map(|retry| retry.value) != default
    };
    // A translation file belongs to the vendor, so its stale entries are counted with the first
    // set.
    let mut stale = counted.stale;
    let mut rows = Vec::new();
    for (set, &provisional) in counted.spec.sets.iter().zip(&counted.provisional) {
        let coverage = Coverage::of(set, languages);
        let untranslated: usize = coverage
            .texts
            .iter()
            .filter(|(language, _)| required.contains(language.as_str()))
            .map(|(_, share)| share.missing())
            .sum();
        let without_kind = if taxonomy.is_some() {
            coverage.kinds.missing()
        } else {
            0
        };
        let active = set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active);
        rows.push(Row {
            vendor: counted.vendor.to_owned(),
            set: set.name.value.clone(),
            named: Share {
                part: coverage.codes - provisional,
                whole: coverage.codes,
            },
            retry_overrides: active.filter(overrides_retry).count(),
            notes: Notes::of(set),
            said: count_said(set),
            source: Source::of(counted.spec),
            stale,
            to_do: provisional + without_kind + untranslated + stale,
            coverage,
        });
        stale = 0;
    }
    rows
}

fn total(rows: &[Row]) -> Row {
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum();
    Row {
        vendor: "all".to_owned(),
        set: String::new(),
        coverage: Coverage::total(rows.iter().map(|row| &row.coverage)),
        named: Share {
            part: sum(|row| row.named.part),
            whole: sum(|row| row.named.whole),
        },
        retry_overrides: sum(|row| row.retry_overrides),
        notes: Notes::total(rows.iter().map(|row| row.notes)),
        said: sum(|row| row.said),
        source: None,
        stale: sum(|row| row.stale),
        to_do: sum(|row| row.to_do),
    }
}

fn render(stats: &Stats, format: Format) -> String {
    let header = std::iter::once(header_cells(&stats.rows));
    let sets = Table {
        rows: header.chain(stats.rows.iter().map(row_cells)).collect(),
        left: 2,
    };
    let documents = &stats.documents;
    match format {
        Format::Json => serde_json::to_string_pretty(&stats.rows).unwrap_or_default() + "\n",
        Format::Text => one_below_the_other(&sets.aligned(), &document::aligned(documents)),
        Format::Markdown => one_below_the_other(&sets.markdown(), &document::markdown(documents)),
    }
}

/// Two tables with a blank line between them, if there is a second one.
fn one_below_the_other(first: &str, second: &str) -> String {
    if second.is_empty() {
        first.to_owned()
    } else {
        format!("{first}\n{second}")
    }
}

fn header_cells(rows: &[Row]) -> Vec<String> {
    let languages = rows
        .iter()
        .rev()
        .take(1)
        .flat_map(|row| &row.coverage.texts);
    let mut header = vec!["vendor", "set", "codes", "retired"];
    header.extend(languages.map(|(language, _)| language.as_str()));
    header.extend(["kinds", "retry", "billing"]);
    header.extend(["named", "retry overrides", "stale", "to do"]);
    header.into_iter().map(str::to_owned).collect()
}

fn row_cells(row: &Row) -> Vec<String> {
    let coverage = &row.coverage;
    let mut cells = vec![
        row.vendor.clone(),
        row.set.clone(),
        coverage.codes.to_string(),
        coverage.retired.to_string(),
    ];
    cells.extend(coverage.texts.iter().map(|(_, share)| share.to_string()));
    cells.extend(
        [coverage.kinds, coverage.retry, coverage.billing, row.named].map(|s| s.to_string()),
    );
    cells.extend([row.retry_overrides, row.stale, row.to_do].map(|number| number.to_string()));
    cells
}
