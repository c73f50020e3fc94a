//! `extract`: prints the error codes of documents; needs no configuration.

mod json;
mod text;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use errbook_ingest::lexicon::Words;
use errbook_ingest::{self as ingest, Document, Extraction, Hints, Opened};

use crate::commands::{fail, find_workspace};
use crate::report::visible;
pub use json::to_json;
pub use text::to_text;

/// What to read, and how to show it.
#[derive(Args, Clone, Debug)]
pub struct ExtractArgs {
    /// Documents, or folders that contain them: Markdown, HTML, CSV, workbooks, JSON, YAML, or source
    /// code.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Output format; `json` prints one value per line, for each file.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The encoding of the files, if it is not UTF-8, such as `gb18030`.
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,
    /// Show the evidence for and against each table and each refused list.
    #[arg(long)]
    pub explain: bool,
}

/// The formats of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// A document and what was extracted from it.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its file.
    pub file: &'a Path,
    /// The text of the file.
    pub text: &'a str,
    /// The tables and headings of the document.
    pub document: &'a Document,
    /// The codes that were found in it.
    pub extraction: &'a Extraction<'a>,
}

/// How many documents are in memory at once, for each core. Enough to keep all cores busy when
/// documents differ in size; folders can contain thousands.
const AT_ONCE: usize = 8;

/// Reads each file and prints its codes, many at a time and in their order. One file's failure
/// does not stop the others. Fails if a file cannot be read, a row is quarantined, or none of the
/// files has a code: as with `grep`, a folder may contain documents without any.
#[must_use]
pub fn run(args: &ExtractArgs, root: Option<&Path>) -> ExitCode {
    let words = match find_workspace(root) {
        Ok(workspace) => workspace.map_or_else(Words::default, |found| found.config().words),
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let (files, mut clean) = expand_paths(&args.files);
    let mut has_codes = false;
    let bar = progress(files.len());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    for part in files.chunks(AT_ONCE * cores) {
        for report in reports(part, args, words, cores, &bar) {
            match report {
                Ok(report) => {
                    clean &= report.quarantined == 0;
                    has_codes |= report.codes > 0;
                    if let Err(error) = bar.suspend(|| print(&report.text, args.format)) {
                        return output_error(&error);
                    }
                }
                Err(problem) => {
                    clean = false;
                    bar.suspend(|| eprintln!("error: {problem}"));
                }
            }
        }
    }
    bar.finish_and_clear();
    if clean && has_codes {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn print(text: &str, format: Format) -> io::Result<()> {
    match format {
        Format::Json => io::stdout().lock().write_all(text.as_bytes()),
        Format::Text => anstream::stdout()
            .lock()
            .write_all(visible(text).as_bytes()),
    }
}

/// A closed pipe is not a failure (`errbook extract … | head`); any other error is.
fn output_error(error: &io::Error) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: the output could not be written: {error}");
    ExitCode::FAILURE
}

/// A progress bar, for several files and a terminal.
fn progress(files: usize) -> ProgressBar {
    let target = if files > 1 {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), target);
    match ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Expands folders into the files that they contain and that can be read, in order. The flag is
/// false if a folder cannot be read.
fn expand_paths(paths: &[PathBuf]) -> (Vec<PathBuf>, bool) {
    let mut files = Vec::new();
    let mut clean = true;
    for path in paths {
        if path.is_dir() {
            clean &= expand_folder(path, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    (files, clean)
}

fn expand_folder(folder: &Path, files: &mut Vec<PathBuf>) -> bool {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            eprintln!("error: {}: cannot be read: {error}", folder.display());
            return false;
        }
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let mut clean = true;
    for path in paths {
        // A link may lead back to a folder that contains it.
        if path.is_dir() && !path.is_symlink() {
            clean &= expand_folder(&path, files);
        } else if path.extension().is_some() && ingest::is_readable(&path) && path.is_file() {
            files.push(path);
        }
    }
    clean
}

struct Report {
    text: String,
    quarantined: usize,
    codes: usize,
}

/// The report of each file, in order. Each thread takes the next file when it has finished one,
/// because documents differ in size. (rayon would do the same, for 4 s of processor time in a cold
/// build of the tool.)
fn reports(
    files: &[PathBuf],
    args: &ExtractArgs,
    words: Words,
    cores: usize,
    bar: &ProgressBar,
) -> Vec<Result<Report, String>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else {
                return done;
            };
            done.push((at, report(file, args, words)));
            bar.inc(1);
        }
    };
    let mut reports: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores.min(files.len()))
            .map(|_| scope.spawn(work))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|problem| panic::resume_unwind(problem))
            })
            .collect()
    });
    reports.sort_by_key(|(at, _)| *at);
    reports.into_iter().map(|(_, report)| report).collect()
}

fn report(file: &Path, args: &ExtractArgs, words: Words) -> Result<Report, String> {
    let Opened { document, text, .. } = open_file(file, args.encoding.as_deref(), words)?;
    let extraction = ingest::extract(&document, &Hints::default());
    let page = Page {
        file,
        text: &text,
        document: &document,
        extraction: &extraction,
    };
    let text = match args.format {
        Format::Json => format!("{}\n", to_json(file, &document, &extraction, args.explain)),
        Format::Text => to_text(&page, args.explain),
    };
    Ok(Report {
        text,
        quarantined: extraction.accounting.quarantined,
        codes: extraction
            .tables
            .iter()
            .map(|table| table.codes.len())
            .sum(),
    })
}

fn open_file(file: &Path, encoding: Option<&str>, words: Words) -> Result<Opened, String> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    ingest::open_with(file, &bytes, encoding, words).map_err(|error| {
        match (error.line, error.column) {
            (0, _) => format!("{name}: {error}"),
            (line, 0) => format!("{name}:{line}: {error}"),
            (line, column) => format!("{name}:{line}:{column}: {error}"),
        }
    })
}
