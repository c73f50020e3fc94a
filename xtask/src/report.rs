//! Problems and results on the terminal: the line of the file, what is wrong under it, and what to do.

use std::fs;
use std::io::{ErrorKind, Write};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use errbook_spec::place::Place;
use errbook_spec::problem::{Problem, Problems};

/// Prints problems to the standard error; colour only where a person looks.
pub fn print(problems: &Problems, root: &Path) {
    let mut stream = anstream::stderr();
    // Who closed the stream does not want to know.
    let _ = stream.write_all(render(problems, root, &Renderer::styled()).as_bytes());
}

/// How many problems of one kind a person reads before the rest is noise.
const ENOUGH: usize = 10;

/// The first problems, and how many more there are.
#[must_use]
pub fn shortened(problems: &Problems) -> Problems {
    let mut first = Problems::default();
    for Problem {
        place,
        message,
        help,
    } in problems.iter().take(ENOUGH)
    {
        match help {
            Some(help) => first.push_with_help(place, message, help),
            None => first.push(place, message),
        }
    }
    if let Some(last) = problems.iter().nth(ENOUGH) {
        let more = problems.iter().count() - ENOUGH;
        let file = Place {
            line: 0,
            column: 0,
            ..last.place.clone()
        };
        first.push(&file, format!("and {more} more, which are not shown"));
    }
    first
}

/// Prints one line to the standard error.
pub fn print_error(message: &str) {
    let _ = anstream::stderr().write_all(format!("{message}\n").as_bytes());
}

/// Whether the standard output refused something. Results are printed in many places, and only the exit status of the
/// whole run can tell that one of them is not there.
static REFUSED: AtomicBool = AtomicBool::new(false);

/// Prints a result to the standard output.
pub fn say(text: &str) {
    put(anstream::stdout(), text);
}

/// Prints a file to the standard output, byte for byte.
pub fn say_plain(text: &str) {
    put(std::io::stdout(), text);
}

/// The exit status of a run that would end with this one: failure, if its output could not be written.
#[must_use]
pub fn finish(code: ExitCode) -> ExitCode {
    if REFUSED.load(Ordering::Relaxed) {
        ExitCode::FAILURE
    } else {
        code
    }
}

fn put(mut stream: impl Write, text: &str) {
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        // Who closed the stream has seen enough.
        Err(error)
            if error.kind() != ErrorKind::BrokenPipe && !REFUSED.swap(true, Ordering::Relaxed) =>
        {
            print_error(&format!("error: the output could not be written: {error}"));
        }
        _ => {}
    }
}

/// The text of a report, one paragraph a problem. Files are looked up below `root`.
#[must_use]
pub fn render(problems: &Problems, root: &Path, renderer: &Renderer) -> String {
    let mut out = String::new();
    let mut files = Files { root, last: None };
    for problem in problems.iter() {
        let line = files.line(&problem.place);
        let group = group(problem, line.as_deref());
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(problem: &'a Problem, line: Option<&'a str>) -> Group<'a> {
    let Place {
        file,
        line: number,
        column,
    } = &problem.place;
    let file = file.as_deref().unwrap_or("spec");
    let title = Level::ERROR.primary_title(problem.message.as_str());
    let group = match line {
        Some(line) => {
            let annotation = AnnotationKind::Primary.span(span(line, *column));
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

/// What to underline: the value that begins at a column, or the whole line where no column is known.
fn span(line: &str, column: usize) -> Range<usize> {
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

/// The lines of files; problems come sorted by file, so the last one is mostly the right one.
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
