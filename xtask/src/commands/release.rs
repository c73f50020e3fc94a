//! `release`: checks that a release is ready, determines its version, and records its public API.

use std::path::Path;
use std::process::ExitCode;

use errbook_spec::place::{At, Place};
use errbook_spec::problem::Problems;
use errbook_spec::{dropped_parameters, word};

use crate::commands::diff::{Format, conclude, print};
use crate::commands::regen::{outdated_files, regenerated};
use crate::commands::{commit, fail, kinds, problem_with_help, workspace_to_write_if};
use crate::count::count;
use crate::diff::{Finding, Verdict, verdict};
use crate::manifest::Manifest;
use crate::program::program;
use crate::regen::{Regenerated, Stale};
use crate::release::{
    Release, Version, bump_lock, changelogs, changelogs_are_up_to_date, recorded,
};
use crate::report;
use crate::text::one_line;
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// Whether to write, and how to show the changes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Check whether the release is ready, and print its version; write nothing.
    #[arg(long)]
    check: bool,
    /// Raise the version in Cargo.toml to the minimum that the changes require.
    #[arg(long)]
    bump: bool,
    /// Output format of the changes since the last release.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write_if(!args.check, root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    match release(args, &workspace) {
        Ok(summary) => {
            conclude(&summary, args.format);
            ExitCode::SUCCESS
        }
        Err(problems) => {
            let code = fail(&problems, workspace.root());
            report::print_error(&format!(
                "{}; nothing was written",
                count(problems.iter().count(), "problem")
            ));
            code
        }
    }
}

fn release(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    check_ready(workspace)?;
    let release = Release::read(workspace)?;
    release.check_promises(workspace)?;
    print(&release.findings, args.format);
    let mut problems = Problems::default();
    let file = &workspace.config().release.version;
    let help = "write `version = \"0.1.0\"` there, or name the Cargo.toml that has it: `version` \
                in `[release]` of errbook.toml";
    if !workspace.has(file) {
        return Err(problem_with_help(file, "there is no such file", help));
    }
    let manifest = workspace.read(file, &mut problems);
    let manifest = problems
        .finish(manifest)?
        .expect("a failed read reports a problem");
    let now = version_of(&Manifest::parse(&manifest)?)
        .map_err(|error| problem_with_help(file, &error, help))?;
    let version = choose_version(args, file, &release, now)?;
    if Some(version) == release.released && release.findings.is_empty() {
        return unchanged(args, workspace, now, version);
    }
    if args.check {
        return Ok(format!("{version} is ready for release"));
    }
    let mut transaction = Transaction::default();
    let mut releases = recorded(workspace)?;
    releases.retain(|recorded| recorded.version != Some(version));
    releases.insert(0, release.changes(Some(version)));
    for (file, text) in changelogs(workspace, &releases)? {
        transaction.put(&file, text);
    }
    release.write(workspace, version, &releases, &mut transaction);
    if version != now {
        raise_version(workspace, now, version, &mut transaction)?;
    }
    commit(&transaction.changed(workspace.root()), workspace)?;
    let config = &workspace.config().release;
    let review = config.changelog.values().chain([&config.promises]);
    let review: Vec<_> = review.map(|file| workspace.shown(file)).collect();
    Ok(format!(
        "prepared release {version}: review {}, commit, tag, publish",
        review.join(", ")
    ))
}

/// The version of the registry.
fn version_of(manifest: &Manifest) -> Result<Version, String> {
    let version = manifest.version();
    version
        .ok_or("neither `[package]` nor `[workspace.package]` has a `version`")?
        .parse()
}

/// Nothing has changed since the last release, but Cargo.toml may have an older version, and a
/// changelog may have been edited.
fn unchanged(
    args: &Args,
    workspace: &Workspace,
    now: Version,
    released: Version,
) -> Result<String, Problems> {
    let mut summary = format!("{released} is released, and nothing has changed since");
    if args.check {
        changelogs_are_up_to_date(workspace)?;
        if now != released {
            let file = workspace.shown(&workspace.config().release.version);
            summary = format!("{summary}; {file} has {now}, which `--bump` raises");
        }
        return Ok(summary);
    }
    let mut transaction = Transaction::default();
    for (file, text) in changelogs(workspace, &recorded(workspace)?)? {
        transaction.put(&file, text);
    }
    if now != released {
        raise_version(workspace, now, released, &mut transaction)?;
        let file = workspace.shown(&workspace.config().release.version);
        summary = format!("{summary}; raised {file} from {now}");
    }
    commit(&transaction.changed(workspace.root()), workspace)?;
    Ok(summary)
}

/// Checks that every file is up to date, and that every code is named and translated.
fn check_ready(workspace: &Workspace) -> Result<(), Problems> {
    let regenerated = regenerated(workspace)?;
    let mut problems = Problems::default();
    for outdated in outdated_files(&regenerated, workspace)? {
        let help = format!("run `{} regen`", program());
        problems.push_with_help(
            &Place::file(&outdated.file),
            outdated.message("this file"),
            help,
        );
    }
    for done in &regenerated {
        check_completeness(done, workspace, &mut problems);
    }
    kinds::check(workspace).unwrap_or_else(|other| problems.extend(other));
    problems.finish(())
}

/// How many codes a message lists.
const MOST_LISTED: usize = 10;

/// How many texts without a translation a message quotes.
const MOST_QUOTED: usize = 3;

fn check_completeness(done: &Regenerated, workspace: &Workspace, problems: &mut Problems) {
    let folder = workspace.vendor_folder(&done.vendor);
    let overlay = Place::file(&format!("{folder}/overlay.toml"));
    for set in &done.account.sets {
        let names = &set.provisional;
        if names.is_empty() {
            continue;
        }
        let codes = count(names.len(), "code");
        let have = if names.len() == 1 { "has" } else { "have" };
        let mut listed = names[..names.len().min(MOST_LISTED)].join(", ");
        if names.len() > MOST_LISTED {
            listed += ", …";
        }
        let message = format!(
            "{codes} of `{}` {have} a provisional name: {listed}",
            set.name
        );
        problems.push_with_help(
            &overlay,
            message,
            "give each a `variant`: released names cannot change",
        );
    }
    for dropped in dropped_parameters(&done.spec) {
        problems.push_with_help(&dropped.place, dropped.to_string(), dropped.help());
    }
    for stale in &done.account.gaps.stale {
        let (message, help) = stale_problem(stale);
        problems.push_with_help(&stale.place, message, help);
    }
    for (language, texts) in &done.account.gaps.untranslated {
        check_translated(&done.vendor, (language, texts), workspace, problems);
    }
}

/// Reports the texts that are missing in a language as one problem: before a language is translated,
/// they are all of a vendor's.
fn check_translated(
    vendor: &str,
    (language, texts): (&str, &[At<String>]),
    workspace: &Workspace,
    problems: &mut Problems,
) {
    let Some(first) = texts.first() else { return };
    let examples = texts.iter().take(MOST_QUOTED);
    let examples: Vec<_> = examples
        .map(|text| format!("`{}`", one_line(text)))
        .collect();
    let more = if texts.len() > MOST_QUOTED {
        ", …"
    } else {
        ""
    };
    let have = if texts.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} of {vendor} {have} no translation into {language}: {}{more}",
        count(texts.len(), "text"),
        examples.join(", ")
    );
    let file = workspace.messages_file(vendor, language);
    let help = format!(
        "`{} messages {vendor} {language}` lists them in {}: write their translations there",
        program(),
        workspace.shown(&file)
    );
    problems.push_with_help(&first.place, message, help);
}

fn stale_problem(stale: &Stale) -> (String, String) {
    let of = one_line(&stale.of);
    if stale.marked {
        let help = "correct the translation if necessary, then remove `stale`".to_owned();
        return (
            format!("the translation of `{of}` is marked as stale"),
            help,
        );
    }
    let near = stale
        .nearest
        .as_ref()
        .map(|near| format!("the new text may be `{}`", one_line(near)));
    let help = near.unwrap_or_else(|| "remove the entry".to_owned());
    (
        format!("stale translation: `{of}` is no longer in the document"),
        help,
    )
}

/// The version to release: that of the manifest, raised if `--bump` is given.
///
/// # Errors
///
/// The version of the manifest is too low for the changes.
fn choose_version(
    args: &Args,
    file: &str,
    release: &Release,
    now: Version,
) -> Result<Version, Problems> {
    let Some(released) = release.released else {
        return Ok(now);
    };
    let Some(required) = release.required_version() else {
        return Ok(now);
    };
    if args.bump || now >= required {
        return Ok(now.max(required));
    }
    let message = match verdict(&release.findings) {
        Some(verdict) => {
            let word = word(Verdict::WORDS, verdict);
            let examples = list_findings(release, verdict);
            format!(
                "version {now} is too low: after {released}, \
                 {word} changes require {required} ({examples})"
            )
        }
        None => format!("version {now} is older than the last release, {released}"),
    };
    let mut problems = Problems::default();
    problems.push_with_help(
        &Place::file(file),
        message,
        format!("raise it with `{} release --bump`", program()),
    );
    Err(problems)
}

/// The first findings that require a bump, and how many more do. Three examples fit in the message.
fn list_findings(release: &Release, verdict: Verdict) -> String {
    let findings = release.findings_requiring(verdict);
    let shown: Vec<_> = findings
        .iter()
        .take(3)
        .map(|finding: &&Finding| finding.id.as_str())
        .collect();
    let more = findings.len() - shown.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(", "))
}

/// Raises the version in the manifest and in every lock file: other workspaces may depend on the
/// crate by path.
fn raise_version(
    workspace: &Workspace,
    from: Version,
    to: Version,
    transaction: &mut Transaction,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let manifest = &workspace.config().release.version;
    let mut package = None;
    if let Some(source) = workspace.read(manifest, &mut problems) {
        let mut raised = Manifest::parse(&source)?;
        raised.set_version(&to.to_string());
        transaction.put(manifest, raised.text());
        package = raised.versioned_package().map(str::to_owned);
    }
    for file in workspace.lock_files() {
        if let Some(source) = workspace.read(&file, &mut problems) {
            let text = bump_lock(source.text(), package.as_deref(), from, to);
            transaction.put(&file, text);
        }
    }
    problems.finish(())
}
