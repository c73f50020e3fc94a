//! Reads files from other revisions, and the commits that changed them, by running git.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;

use crate::workspace::decode_utf8;

/// Checks that a folder is in a repository with a commit.
fn check_repository(root: &Path) -> Result<(), Problems> {
    let message = if !git(root, &["rev-parse", "--git-dir"])?.status.success() {
        "this folder is not in a git repository, so there is no earlier state"
    } else if git(root, &["rev-parse", "--verify", "--quiet", "HEAD"])?
        .status
        .success()
    {
        return Ok(());
    } else {
        "the git repository has no commits, so there is no earlier state"
    };
    let mut problems = Problems::default();
    let help = "commit the registry; `diff --from FILE --to FILE` compares two specs without git";
    problems.push_with_help(&Place::file(&root.display().to_string()), message, help);
    Err(problems)
}

/// Checks that a revision exists.
///
/// # Errors
///
/// The revision is unknown, or git cannot be run.
pub fn check_revision(root: &Path, revision: &str) -> Result<(), Problems> {
    check_repository(root)?;
    let commit = format!("{revision}^{{commit}}");
    git(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )
    .and_then(|output| {
        let known = output.status.success();
        known.then_some(()).ok_or_else(|| {
            let help = if is_shallow(root) {
                "this clone is shallow and may lack the commit: run `git fetch --unshallow`"
            } else {
                "expected a commit, a branch or a tag, such as `main` or `HEAD~1`"
            };
            let mut problems = Problems::default();
            problems.push_with_help(&Place::file(revision), "unknown revision", help);
            problems
        })
    })
}

/// Whether the repository has only the latest commits: `git clone --depth 1`, as CI does.
#[must_use]
pub fn is_shallow(root: &Path) -> bool {
    let output = git(root, &["rev-parse", "--is-shallow-repository"]);
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"true")
}

/// The text of a file in a revision, or `None` if the revision does not contain the file.
///
/// # Errors
///
/// Git cannot be run, or the file is not UTF-8.
pub fn show(root: &Path, revision: &str, file: &str) -> Result<Option<Source>, Problems> {
    // `./` makes the path relative to the folder that git runs in, which need not be the
    // repository's.
    let output = git(
        root,
        &["show", "--end-of-options", &format!("{revision}:./{file}")],
    )?;
    if !output.status.success() {
        return Ok(None);
    }
    let mut problems = Problems::default();
    let source = decode_utf8(&format!("{revision}:{file}"), output.stdout, &mut problems);
    problems.finish(source)
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its hash.
    pub hash: String,
    /// The date of the commit.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
}

/// The files that a commit changed, each with its new blob, or `None` if the commit deleted it.
pub type Files = Vec<(String, Option<String>)>;

/// The commits of this branch that changed files matching a glob, the oldest first. A merge counts
/// as one commit.
///
/// # Errors
///
/// Git cannot be run, or the folder is not in a repository.
pub fn log(root: &Path, files: &str) -> Result<Vec<(Commit, Files)>, Problems> {
    check_repository(root)?;
    let format = "--format=%x01%H%x02%cs%x02%s";
    let files = format!(":(glob){files}");
    let arguments = [
        "-c",
        "core.quotepath=off",
        "log",
        "--first-parent",
        "-m",
        "--reverse",
        "--raw",
        "--no-renames",
        "--no-abbrev",
        format,
        "--",
        &files,
    ];
    let output = git(root, &arguments)?;
    if !output.status.success() {
        return Err(problem(
            "git",
            String::from_utf8_lossy(&output.stderr).trim(),
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.split('\u{1}').filter_map(parse_commit).collect())
}

fn parse_commit(text: &str) -> Option<(Commit, Files)> {
    let mut lines = text.lines();
    let mut head = lines.next()?.splitn(3, '\u{2}').map(str::to_owned);
    let commit = Commit {
        hash: head.next()?,
        date: head.next()?,
        subject: head.next()?,
    };
    // `:100644 100644 OLD NEW M<TAB>PATH`
    let files = lines.filter_map(|line| {
        let (facts, path) = line.strip_prefix(':')?.split_once('\t')?;
        let blob = facts.split(' ').nth(3)?;
        Some((
            path.to_owned(),
            blob.contains(|digit| digit != '0').then(|| blob.to_owned()),
        ))
    });
    Some((commit, files.collect()))
}

/// The texts of blobs, from a single run of git. Blobs that are not UTF-8 are skipped.
///
/// # Errors
///
/// Git cannot be run.
pub fn blobs(root: &Path, blobs: &BTreeSet<String>) -> Result<BTreeMap<String, String>, Problems> {
    let mut command = Command::new("git");
    command
        .current_dir(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_run(&error))?;
    let asked: String = blobs.iter().map(|blob| format!("{blob}\n")).collect();
    // Git answers before it has read all of its input. Written from this thread, a long input would
    // block as soon as both pipes are full.
    let stdin = child.stdin.take();
    let asking = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes()))
    });
    let output = child
        .wait_with_output()
        .map_err(|error| cannot_run(&error))?;
    asking
        .join()
        .unwrap_or(Ok(()))
        .map_err(|error| cannot_run(&error))?;
    Ok(parse_batch(&output.stdout))
}

/// Parses the output of `git cat-file --batch`: `HASH blob SIZE`, a line feed, the bytes, a line
/// feed.
fn parse_batch(mut bytes: &[u8]) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        bytes = &bytes[end + 1..];
        let mut facts = head.split(' ');
        let hash = facts.next();
        let size = facts.nth(1).and_then(|size| size.parse::<usize>().ok());
        // `HASH missing` is not followed by bytes.
        let (Some(hash), Some(size)) = (hash, size) else {
            continue;
        };
        let Some(content) = bytes.get(..size) else {
            break;
        };
        texts.extend(
            std::str::from_utf8(content)
                .ok()
                .map(|text| (hash.to_owned(), text.to_owned())),
        );
        bytes = bytes.get(size + 1..).unwrap_or_default();
    }
    texts
}

/// The names of the subfolders of a folder in a revision.
///
/// # Errors
///
/// Git cannot be run.
pub fn list_folders(root: &Path, revision: &str, folder: &str) -> Result<Vec<String>, Problems> {
    let output = git(
        root,
        &[
            "ls-tree",
            "-d",
            "-z",
            "--name-only",
            "--end-of-options",
            &format!("{revision}:./{folder}"),
        ],
    )?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, Problems> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output();
    output.map_err(|error| cannot_run(&error))
}

fn cannot_run(error: &std::io::Error) -> Problems {
    let mut problems = Problems::default();
    let message = format!("git cannot be run: {error}");
    let help = "install git, or add its folder to `PATH`; `diff --from FILE --to FILE` compares \
                two specs without git";
    problems.push_with_help(&Place::file("git"), message, help);
    problems
}

fn problem(place: &str, message: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push(&Place::file(place), message);
    problems
}
