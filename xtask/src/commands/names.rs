//! `names`: lists the codes that have no name in the overlay, with proposals, and writes them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::Code;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

use crate::commands::{commit, finish, problem_with_help, taxonomy, workspace_to_write_if};
use crate::count::count;
use crate::names::{Choice, Extent, Open, Others, Proposal, accepted, proposals};
use crate::program::program;
use crate::reference::{Key, codes_by_key};
use crate::regen::{Regenerated, Taxonomy, regen};
use crate::text::one_line;
use crate::transaction::Transaction;
use crate::vendor::{Missing, Vendor};
use crate::workspace::Workspace;

/// Which vendor's codes to name.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// Write the first proposal for each name into overlay.toml, and regenerate the spec.
    #[arg(long)]
    write: bool,
    /// Also write the likely kinds, and retry classes in the vendor's words, for all codes without a
    /// kind. Read each of them.
    #[arg(long, requires = "write")]
    kinds: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write_if(args.write, root) {
        Ok(workspace) => workspace,
        Err(problems) => return super::fail(&problems, Path::new(".")),
    };
    finish(names(args, &workspace), workspace.root())
}

fn names(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    workspace.select(std::slice::from_ref(&args.vendor))?;
    let taxonomy = taxonomy(workspace)?;
    let vendor = Vendor::read(workspace, &args.vendor, Missing::Refused)?;
    let done = regen(&vendor, taxonomy.as_ref())?;
    let others = Others::read(workspace, &args.vendor)?;
    let open = proposals(&done.spec, &vendor.overlay, &others)?;
    let is_done = |open: &Open<'_>| open.proposals.is_empty() && !args.kinds;
    if open.iter().all(is_done) {
        return Ok(format!(
            "{}: every code has a name in overlay.toml\n",
            args.vendor
        ));
    }
    if args.write {
        return write(args, workspace, &vendor, &done, &open, taxonomy.as_ref());
    }
    Ok(list(&args.vendor, &open))
}

/// The codes without a name, with what is proposed for each.
fn list(vendor: &str, open: &[Open<'_>]) -> String {
    let mut out = String::new();
    for open in open.iter().filter(|open| !open.proposals.is_empty()) {
        let codes = count(open.set.codes.len(), "code");
        let names = count(open.proposals.len(), "provisional name");
        push(
            &mut out,
            &format!("{}: {names} of {codes}", open.set.name.value),
        );
        for (code, proposal) in open.with_codes() {
            push_proposal(&mut out, code, proposal);
        }
        out.push('\n');
    }
    let all = open.iter().flat_map(|open| &open.proposals);
    let named = all
        .clone()
        .filter(|proposal| !proposal.names.is_empty())
        .count();
    push(
        &mut out,
        &format!(
            "{} for {}; `{} names {vendor} --write` writes the first of each into overlay.toml",
            count(named, "name"),
            count(all.count(), "code"),
            program()
        ),
    );
    out
}

fn push_proposal(out: &mut String, code: &Code, proposal: &Proposal) {
    let texts: Vec<_> = code.message.values().map(|text| one_line(text)).collect();
    push(
        out,
        &format!("  {}  {}", proposal.key.reference(), texts.join(" | ")),
    );
    push(
        out,
        &format!("    name: {}", choices(&proposal.names, "no proposal")),
    );
    if !proposal.kinds.is_empty() {
        push(out, &format!("    kind: {}", choices(&proposal.kinds, "")));
    }
    if let Some(retry) = proposal.retries.first() {
        push(
            out,
            &format!("    retry: {} ({})", retry.value, retry.reason),
        );
    }
    if let Some(words) = &proposal.costs {
        push(out, &format!("    billing: the vendor says `{words}`"));
    }
    for (language, text, reference) in &proposal.translations {
        push(
            out,
            &format!("    {language}: {} (as {reference})", one_line(text)),
        );
    }
}

/// `InvalidSignature (0.90, from the text), or WrongSignature`.
fn choices(choices: &[Choice], none: &str) -> String {
    let [first, others @ ..] = choices else {
        return none.to_owned();
    };
    let mut out = format!("{} ({:.2}, {})", first.value, first.score, first.reason);
    for other in others {
        let _ = write!(out, ", or {}", other.value);
    }
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

fn write(
    args: &Args,
    workspace: &Workspace,
    vendor: &Vendor,
    before: &Regenerated,
    open: &[Open<'_>],
    taxonomy: Option<&Taxonomy>,
) -> Result<String, Problems> {
    let extent = if args.kinds {
        Extent::Kinds
    } else {
        Extent::Names
    };
    if args.kinds && before.spec.kinds.is_none() {
        let help = "name the taxonomy with `kinds = \"…\"` at the top, and in the module";
        let message = "the overlay has no taxonomy, so its codes have no kinds";
        return Err(problem_with_help(vendor.overlay.name(), message, help));
    }
    let overlay = accepted(&vendor.overlay, open, extent)?;
    let named = Vendor {
        overlay: Source::new(overlay.name(), overlay.text()),
        ..vendor.clone()
    };
    let done = regen(&named, taxonomy)?;
    let mut transaction = Transaction::default();
    let folder = workspace.vendor_folder(&vendor.name);
    transaction.put(&format!("{folder}/overlay.toml"), overlay.text());
    transaction.put(&workspace.spec_file(&vendor.name), done.text.as_str());
    commit(&transaction, workspace)?;
    let all = open.iter().flat_map(|open| &open.proposals);
    let (named, unnamed): (Vec<_>, Vec<_>) = all.partition(|it| !it.names.is_empty());
    let written = kinds_written(before, &done, open);
    let kinds = (!written.is_empty()).then(|| format!(" and {}", count(written.len(), "kind")));
    let mut out = format!(
        "{}: {}{} written into overlay.toml; read them before a release\n",
        vendor.name,
        count(named.len(), "name"),
        kinds.unwrap_or_default()
    );
    for (proposal, kind) in written {
        let key = proposal.key.reference();
        let kind = choices(std::slice::from_ref(kind), "");
        push(&mut out, &format!("  {key}  kind: {kind}"));
    }
    if !unnamed.is_empty() {
        let codes: Vec<_> = unnamed.iter().map(|it| it.key.reference()).collect();
        let _ = writeln!(out, "without a proposal: {}", codes.join(", "));
    }
    Ok(out)
}

/// The kinds of codes that had none before, with their proposals.
fn kinds_written<'a>(
    before: &'a Regenerated,
    done: &'a Regenerated,
    open: &'a [Open<'_>],
) -> Vec<(&'a Proposal, &'a Choice)> {
    let codes_of = |done: &'a Regenerated, open: &Open<'_>| {
        let mut sets = done.spec.sets.iter();
        let set = sets.find(|set| set.name.value == open.set.name.value);
        codes_by_key(set)
    };
    let kind_of = |codes: &BTreeMap<Key, &'a Code>, proposal: &Proposal| {
        let kind = codes.get(&proposal.key)?.kind.as_ref();
        kind.map(|kind| &kind.value)
    };
    let mut written = Vec::new();
    for open in open {
        let before = codes_of(before, open);
        let done = codes_of(done, open);
        for proposal in open.proposals.iter().chain(&open.kindless) {
            let Some(kind) = proposal.likely_kind() else {
                continue;
            };
            let is_written = kind_of(&done, proposal) == Some(&kind.value);
            if is_written && kind_of(&before, proposal).is_none() {
                written.push((proposal, kind));
            }
        }
    }
    written
}
