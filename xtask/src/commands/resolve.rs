//! `resolve`: marks stale translations as still correct: their entries get the vendor's new text.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use toml_edit::{DocumentMut, Table, value};

use crate::commands::regen::{Args as Regen, regenerate};
use crate::commands::{fail, finish, replace, workspace_to_write_if};
use crate::diff::same_but_for_form;
use crate::fold::text_key;
use crate::program::program;
use crate::regen::Stale;
use crate::text::one_line;
use crate::workspace::Workspace;

/// Which translations are still correct.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// Entries by language and line, for example `en:42`; omit to list the stale entries.
    #[arg(value_name = "LANG:LINE")]
    entries: Vec<String>,
    /// All entries whose new text differs only in case, width, whitespace or punctuation; the others
    /// are listed.
    #[arg(long, conflicts_with = "entries")]
    all: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let is_edit = args.all || !args.entries.is_empty();
    let workspace = match workspace_to_write_if(is_edit, root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    finish(resolve(args, &workspace), workspace.root())
}

fn resolve(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let regenerated = regenerate(&Regen::of(std::slice::from_ref(&args.vendor)), workspace)?;
    let stale = &regenerated[0].account.gaps.stale;
    if stale.is_empty() {
        return Ok(format!("{}: no stale translations\n", args.vendor));
    }
    let folder = workspace.vendor_folder(&args.vendor);
    let chosen = chosen(args, &folder, stale)?;
    if chosen.is_empty() {
        return Ok(list_stale(args, stale.iter()));
    }
    let mut files: Vec<&str> = chosen
        .iter()
        .filter_map(|entry| entry.place.file.as_deref())
        .collect();
    files.dedup();
    let mut done = String::new();
    for file in files {
        let entries: Vec<&Stale> = chosen
            .iter()
            .copied()
            .filter(|entry| entry.place.file.as_deref() == Some(file))
            .collect();
        rewrite(workspace, file, &entries)?;
        for entry in entries {
            let _ = writeln!(
                done,
                "{}: now translates `{}`",
                entry.place,
                one_line(new_text(entry))
            );
        }
    }
    let is_chosen = |entry: &Stale| chosen.iter().any(|it| it.place == entry.place);
    if args.all && chosen.len() < stale.len() {
        let left = stale.iter().filter(|entry| !is_chosen(entry));
        done += &list_stale(args, left);
    }
    let _ = writeln!(done, "run `{} regen {}`", program(), args.vendor);
    Ok(done)
}

fn new_text(entry: &Stale) -> &str {
    entry.nearest.as_ref().map_or("", |text| text.as_str())
}

/// The name of an entry on the command line: language and line, for example `en:42`.
fn entry_name(entry: &Stale) -> String {
    let file = entry.place.file.as_deref().unwrap_or_default();
    let language = Path::new(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    format!("{language}:{}", entry.place.line)
}

/// Whether the text changed only in its form, so that the translation is still right. A
/// person doubted an entry that is marked.
fn has_same_meaning(entry: &Stale) -> bool {
    let nearest = entry.nearest.as_ref().filter(|_| !entry.marked);
    nearest.is_some_and(|new| same_but_for_form(&entry.of, new))
}

/// The requested entries.
///
/// # Errors
///
/// Each entry that is not stale or has no proposed new text.
fn chosen<'a>(args: &Args, folder: &str, stale: &'a [Stale]) -> Result<Vec<&'a Stale>, Problems> {
    if args.all {
        return Ok(stale
            .iter()
            .filter(|entry| has_same_meaning(entry))
            .collect());
    }
    let mut problems = Problems::default();
    let mut chosen = Vec::new();
    for wanted in &args.entries {
        match stale.iter().find(|entry| entry_name(entry) == *wanted) {
            Some(entry) if entry.nearest.is_some() => chosen.push(entry),
            Some(entry) => {
                let help = "set `of` to the new text by hand, or remove the entry";
                problems.push_with_help(
                    &entry.place,
                    "no untranslated text resembles this one",
                    help,
                );
            }
            None => {
                let all: Vec<String> = stale.iter().map(entry_name).collect();
                let place = Place::file(&format!("{folder}/messages"));
                let help = format!("stale entries: {}", all.join(", "));
                problems.push_with_help(&place, format!("`{wanted}` is not a stale entry"), help);
            }
        }
    }
    problems.finish(chosen)
}

/// Lists entries, with how to mark one of them.
fn list_stale<'a>(args: &Args, stale: impl Iterator<Item = &'a Stale> + Clone) -> String {
    let mut out = String::new();
    if args.all {
        out += "left, because the text changed in more than its form or the entry is marked:\n";
    }
    for entry in stale.clone() {
        let _ = writeln!(out, "{}  old  {}", entry_name(entry), one_line(&entry.of));
        let now = if entry.nearest.is_some() {
            new_text(entry)
        } else {
            "(no untranslated text resembles it)"
        };
        let _ = writeln!(
            out,
            "{:width$}  new  {}",
            "",
            one_line(now),
            width = entry_name(entry).len()
        );
    }
    let mut named = stale.filter(|entry| entry.nearest.is_some());
    if let Some(first) = named.next().map(entry_name) {
        let all = if args.all {
            ""
        } else {
            "; `--all` marks those whose texts changed only in form"
        };
        let _ = writeln!(
            out,
            "to mark one as still correct: `{} resolve {} {first}`{all}",
            program(),
            args.vendor
        );
    }
    out
}

/// Sets `of` of these entries to the new text, and removes the empty entries that `messages` added
/// for it; the rest of the file stays as it is.
fn rewrite(workspace: &Workspace, file: &str, entries: &[&Stale]) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let source = workspace.read(file, &mut problems);
    let Some(source) = problems.finish(source)? else {
        return Ok(());
    };
    let mut problems = Problems::default();
    let Ok(mut document) = source.text().parse::<DocumentMut>() else {
        problems.push(
            &Place::file(file),
            "this file changed while the command ran; run it again",
        );
        return Err(problems);
    };
    let texts = document
        .get_mut("text")
        .and_then(toml_edit::Item::as_array_of_tables_mut);
    if let Some(texts) = texts {
        texts.retain(|table| !entries.iter().any(|entry| is_empty_twin(table, entry)));
        for table in texts.iter_mut() {
            if let Some(entry) = entries.iter().find(|entry| is_entry(table, entry)) {
                table["of"] = value(new_text(entry));
                table.remove("stale");
            }
        }
    }
    replace(file, &document.to_string(), workspace)
}

fn is_entry(table: &Table, entry: &Stale) -> bool {
    text(table, "of") == Some(&entry.of) && text(table, "in") == entry.within.as_deref()
}

/// Whether this is an entry to fill in for the new text.
fn is_empty_twin(table: &Table, entry: &Stale) -> bool {
    let is_new = |of| text_key(of) == text_key(new_text(entry));
    text(table, "of").is_some_and(is_new)
        && text(table, "in") == entry.within.as_deref()
        && text(table, "is").is_none_or(|is| is.trim().is_empty())
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key)?.as_str()
}
