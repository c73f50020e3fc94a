//! `stats`: how much is known of each set, and what is left to do before it can be released.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Status};
use serde::Serialize;

use super::regen::{Args as Regen, regenerate};
use super::{fail, taxonomy, workspace};
use crate::count::count;
use crate::regen::{Regenerated, SetAccount, Taxonomy};
use crate::report;
use crate::workspace::Workspace;

/// What to count, and how to show it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The vendors, by the names of their folders; all of them if none is named.
    vendors: Vec<String>,
    /// Fail if anything is left to do: a name, a kind or a translation that is missing, a stale translation.
    #[arg(long)]
    check: bool,
    /// The form of the table.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// One line of the table: a set, or the sum of all.
#[derive(Debug, Clone, Default, Serialize)]
struct Row {
    vendor: String,
    set: String,
    codes: usize,
    named: usize,
    kinds: usize,
    /// Codes whose texts are all there, by language besides the vendor's own.
    languages: Vec<(String, usize)>,
    billing: usize,
    /// Codes whose retry class is not that of their kind.
    retry: usize,
    stale: usize,
    retired: usize,
    debts: usize,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let rows = match rows(args, &workspace) {
        Ok(rows) => rows,
        Err(problems) => return fail(&problems, workspace.root()),
    };
    report::say(&show(&rows, args.format));
    let debts = rows.last().map_or(0, |sum| sum.debts);
    if !args.check || debts == 0 {
        return ExitCode::SUCCESS;
    }
    report::print_error(&format!("error: {}", count(debts, "debt")));
    report::print_error(
        "help: `cargo xtask regen` names what is stale, `cargo xtask messages VENDOR LANG` what is untranslated",
    );
    ExitCode::FAILURE
}

/// A row for each set, and the sum of all of them.
fn rows(args: &Args, workspace: &Workspace) -> Result<Vec<Row>, Problems> {
    let taxonomy = taxonomy(workspace)?;
    let regenerated = regenerate(&Regen::of(&args.vendors), workspace)?;
    let languages: BTreeSet<&str> = regenerated.iter().flat_map(languages).collect();
    let mut rows = Vec::new();
    for done in &regenerated {
        let stale = done.account.gaps.stale.len();
        for (at, (set, account)) in done.spec.sets.iter().zip(&done.account.sets).enumerate() {
            // A dictionary belongs to the vendor, so its stale entries are counted with the first set.
            rows.push(row(
                done,
                set,
                account,
                &languages,
                if at == 0 { stale } else { 0 },
                taxonomy.as_ref(),
            ));
        }
    }
    rows.push(sum(&rows));
    Ok(rows)
}

/// The languages of a vendor's dictionaries.
fn languages(done: &Regenerated) -> impl Iterator<Item = &str> {
    let own = done.spec.locale.as_str();
    done.account
        .gaps
        .untranslated
        .iter()
        .map(|(language, _)| language.as_str())
        .filter(move |tag| *tag != own)
}

fn row(
    done: &Regenerated,
    set: &Set,
    account: &SetAccount,
    languages: &BTreeSet<&str>,
    stale: usize,
    taxonomy: Option<&Taxonomy>,
) -> Row {
    let own: BTreeSet<&str> = self::languages(done).collect();
    let active: Vec<&Code> = set
        .codes
        .iter()
        .filter(|code| code.status == Status::Active)
        .collect();
    let count = |is: &dyn Fn(&Code) -> bool| active.iter().filter(|code| is(code)).count();
    let languages: Vec<(String, usize)> = languages
        .iter()
        .map(|tag| ((*tag).to_owned(), count(&|code| is_in(code, tag))))
        .collect();
    let overridden = |code: &Code| {
        let default = code.kind.as_ref().and_then(|kind| taxonomy?.retry(kind));
        code.retry.as_ref().map(|retry| retry.value) != default
    };
    let mut row = Row {
        vendor: done.vendor.clone(),
        set: set.name.value.clone(),
        codes: active.len(),
        named: active.len() - account.provisional,
        kinds: count(&|code| code.kind.is_some()),
        billing: count(&|code| code.billing.is_some()),
        retry: count(&overridden),
        stale,
        retired: account.retired,
        languages,
        debts: 0,
    };
    let asked = row
        .languages
        .iter()
        .filter(|(tag, _)| own.contains(tag.as_str()));
    let untranslated: usize = asked.map(|(_, there)| row.codes - there).sum();
    let unsorted = if taxonomy.is_some() {
        row.codes - row.kinds
    } else {
        0
    };
    row.debts = account.provisional + unsorted + untranslated + stale;
    row
}

/// True if all that the vendor says of a code is there in a language.
fn is_in(code: &Code, language: &str) -> bool {
    [&code.message, &code.remedy]
        .into_iter()
        .all(|texts| texts.is_empty() || texts.contains_key(language))
}

fn sum(rows: &[Row]) -> Row {
    let mut sum = Row {
        vendor: "all".to_owned(),
        set: String::new(),
        ..Row::default()
    };
    for row in rows {
        let numbers = [
            row.codes,
            row.named,
            row.kinds,
            row.billing,
            row.retry,
            row.stale,
            row.retired,
            row.debts,
        ];
        let sums = [
            &mut sum.codes,
            &mut sum.named,
            &mut sum.kinds,
            &mut sum.billing,
            &mut sum.retry,
            &mut sum.stale,
            &mut sum.retired,
            &mut sum.debts,
        ];
        sums.into_iter()
            .zip(numbers)
            .for_each(|(sum, number)| *sum += number);
        for (language, there) in &row.languages {
            match sum.languages.iter_mut().find(|(tag, _)| tag == language) {
                Some((_, all)) => *all += there,
                None => sum.languages.push((language.clone(), *there)),
            }
        }
    }
    sum
}

fn show(rows: &[Row], format: Format) -> String {
    let table: Vec<Vec<String>> = std::iter::once(header(rows))
        .chain(rows.iter().map(cells))
        .collect();
    match format {
        Format::Json => serde_json::to_string_pretty(rows).unwrap_or_default() + "\n",
        Format::Text => aligned(&table),
        Format::Markdown => {
            let rule = table[0].iter().map(|_| "---".to_owned()).collect();
            let lines = table[..1].iter().chain([&rule]).chain(&table[1..]);
            lines
                .map(|cells| format!("| {} |\n", cells.join(" | ")))
                .collect()
        }
    }
}

fn header(rows: &[Row]) -> Vec<String> {
    let languages = rows
        .last()
        .map(|row| row.languages.as_slice())
        .unwrap_or_default();
    let fixed = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let mut header = fixed(&["vendor", "set", "codes", "named", "kinds"]);
    header.extend(languages.iter().map(|(language, _)| language.clone()));
    header.extend(fixed(&[
        "billing",
        "own retry",
        "stale",
        "retired",
        "debts",
    ]));
    header
}

fn cells(row: &Row) -> Vec<String> {
    let text = [row.vendor.clone(), row.set.clone()];
    let first = [row.codes, row.named, row.kinds];
    let languages = row.languages.iter().map(|(_, there)| *there);
    let last = [row.billing, row.retry, row.stale, row.retired, row.debts];
    let numbers = first
        .into_iter()
        .chain(languages)
        .chain(last)
        .map(|number| number.to_string());
    text.into_iter().chain(numbers).collect()
}

/// Names to the left, numbers to the right.
fn aligned(table: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..table[0].len())
        .map(|column| {
            table
                .iter()
                .map(|cells| cells[column].len())
                .max()
                .unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    for cells in table {
        let mut line = String::new();
        for (column, (cell, &width)) in cells.iter().zip(&widths).enumerate() {
            let _ = match column {
                0 | 1 => write!(line, "{cell:<width$}  "),
                _ => write!(line, "{cell:>width$}  "),
            };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
