//! Prints problems and results: a problem shows the line of the file, what is wrong, and what to
//! do.

use std::borrow::Cow;
use std::fs;
use std::io::{ErrorKind, Write};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use errbook_spec::place::Place;
use errbook_spec::problem::{Problem, Problems};

use crate::config::relative;
use crate::progress;

/// Prints problems to standard error, with colors if it is a terminal.
pub fn print_problems(problems: &Problems, root: &Path) {
    progress::end();
    let mut stream = anstream::stderr();
    // An error here means that standard error is closed; there is nowhere left to report it.
    let text = render(problems, root, &Renderer::styled());
    // The renderer replaces C0 control characters only.
    let _ = stream.write_all(visible(&text).as_bytes());
}

/// How many problems to print before a count of the rest. Ten fit on one screen with their source
/// lines; one mistake in a shared place can cause hundreds.
const SHOWN_PROBLEMS: usize = 10;

/// The first problems, and a last one that says how many more there are.
#[must_use]
pub fn shortened(problems: &Problems) -> Problems {
    let mut first = Problems::default();
    for Problem {
        place,
        message,
        help,
    } in problems.iter().take(SHOWN_PROBLEMS)
    {
        match help {
            Some(help) => first.push_with_help(place, message, help),
            None => first.push(place, message),
        }
    }
    if let Some(last) = problems.iter().nth(SHOWN_PROBLEMS) {
        let more = problems.iter().count() - SHOWN_PROBLEMS;
        let file = Place {
            line: 0,
            column: 0,
            ..last.place.clone()
        };
        first.push(&file, format!("and {more} more, which are not shown"));
    }
    first
}

/// Prints a message to standard error.
pub fn print_error(message: &str) {
    progress::end();
    let lines: Vec<_> = message.split('\n').map(plain).collect();
    let _ = anstream::stderr().write_all(format!("{}\n", lines.join("\n")).as_bytes());
}

/// Whether a write to standard output failed. Results are printed in many places, and the exit
/// status of the whole run must report that one of them is missing.
static OUTPUT_FAILED: AtomicBool = AtomicBool::new(false);

/// Prints a result to standard output.
pub fn print_output(text: &str) {
    write_output(anstream::stdout(), &visible(text));
}

/// A text in which C1 control characters and overrides of the text direction are escaped as in
/// JSON: they would make a terminal show other words than a document has. Ingestion has removed
/// the C0 control characters, such as ESC.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_hostile = |letter: char| matches!(letter, '\u{80}'..='\u{9F}' | '\u{202A}'..='\u{202E}');
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let escaped = |letter: char| match letter {
        letter if is_hostile(letter) => format!("\\u{:04X}", u32::from(letter)),
        letter => letter.to_string(),
    };
    Cow::Owned(text.chars().map(escaped).collect())
}

/// A name, such as that of a folder, in which nothing controls a terminal: each control character
/// is escaped, too.
#[must_use]
pub fn plain(name: &str) -> String {
    let escaped = |letter: char| match letter {
        letter if letter.is_control() => letter.escape_default().to_string(),
        letter => letter.to_string(),
    };
    visible(&name.chars().map(escaped).collect::<String>()).into_owned()
}

/// Prints a file to standard output, byte for byte.
pub fn print_raw(text: &str) {
    write_output(std::io::stdout(), text);
}

/// The final exit status of a run: failure if its output could not be written, else `code`.
#[must_use]
pub fn exit_status(code: ExitCode) -> ExitCode {
    if OUTPUT_FAILED.load(Ordering::Relaxed) {
        ExitCode::FAILURE
    } else {
        code
    }
}

fn write_output(mut stream: impl Write, text: &str) {
    progress::end();
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        // A closed pipe is not a failure (`errbook explain … | head`).
        Err(error)
            if error.kind() != ErrorKind::BrokenPipe
                && !OUTPUT_FAILED.swap(true, Ordering::Relaxed) =>
        {
            print_error(&format!("error: the output could not be written: {error}"));
        }
        _ => {}
    }
}

/// The text of a report, one paragraph for each problem. Paths are relative to `root`.
#[must_use]
pub fn render(problems: &Problems, root: &Path, renderer: &Renderer) -> String {
    let mut out = String::new();
    let mut files = Files { root, last: None };
    for problem in problems.iter() {
        let line = files.line(&problem.place);
        let file = problem.place.file.as_deref();
        let file = file.map_or("spec".to_owned(), |file| shown_place(root, file));
        let group = problem_group(problem, &file, line.as_deref());
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// A file below `root` as a person sees it who is in the current folder.
#[must_use]
pub fn shown(root: &Path, file: &str) -> String {
    let absolute = |path: &Path| std::path::absolute(path).ok();
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    match absolute(Path::new(".")).zip(absolute(root)) {
        Some((here, there)) if !Path::new(file).is_absolute() => {
            plain(&relative(&format!("{}/{file}", text(&there)), &text(&here)))
        }
        _ => plain(file),
    }
}

/// The same for the place of a problem, which may be no file: `--locale`, `git`, `HEAD:spec.toml`.
fn shown_place(root: &Path, file: &str) -> String {
    let is_below_root = || {
        root.join(file).exists()
            || file.contains('/') && !file.contains(':') && !Path::new(file).exists()
    };
    if is_below_root() {
        shown(root, file)
    } else {
        plain(file)
    }
}

fn problem_group<'a>(problem: &'a Problem, file: &'a str, line: Option<&'a str>) -> Group<'a> {
    let Place {
        line: number,
        column,
        ..
    } = &problem.place;
    let title = Level::ERROR.primary_title(problem.message.as_str());
    let group = match line {
        Some(line) => {
            let annotation = AnnotationKind::Primary.span(underlined(line, *column));
            title.element(
                Snippet::source(line)
                    .line_start(*number)
                    .path(file)
                    .annotation(annotation),
            )
        }
        None => title.element(origin(file, *number, *column)),
    };
    group.elements(
        problem
            .help
            .iter()
            .map(|help| Level::HELP.message(help.as_str())),
    )
}

fn origin(file: &str, line: usize, column: usize) -> Origin<'_> {
    let origin = Origin::path(file);
    match (line, column) {
        (0, _) => origin,
        (line, 0) => origin.line(line),
        (line, column) => origin.line(line).char_column(column),
    }
}

/// What to underline: the value that begins at a column, or the whole line if the column is
/// unknown.
fn underlined(line: &str, column: usize) -> Range<usize> {
    let Some((start, _)) = column
        .checked_sub(1)
        .and_then(|column| line.char_indices().nth(column))
    else {
        let start = line.len() - line.trim_start().len();
        return start..line.trim_end().len().max(start);
    };
    let rest = &line[start..];
    let length = match rest.strip_prefix('"') {
        Some(quoted) => closing_quote(quoted).map_or(rest.len(), |end| end + 2),
        None => rest
            .find(|letter: char| letter.is_whitespace() || "=,]}.".contains(letter))
            .unwrap_or(rest.len()),
    };
    start..start + length.max(rest.chars().next().map_or(0, char::len_utf8))
}

fn closing_quote(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

/// Reads lines of files. It keeps the last file only: problems are sorted by file.
struct Files<'a> {
    root: &'a Path,
    last: Option<(String, Option<String>)>,
}

impl Files<'_> {
    fn line(&mut self, place: &Place) -> Option<String> {
        let file = place.file.as_deref()?;
        if self.last.as_ref().is_none_or(|(name, _)| name != file) {
            let text = fs::read(self.root.join(file)).ok();
            let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            self.last = Some((file.to_owned(), text));
        }
        let (_, text) = self.last.as_ref()?;
        text.as_ref()?
            .lines()
            .nth(place.line.checked_sub(1)?)
            .map(str::to_owned)
    }
}
