//! Marks of emphasis that a strict parser leaves in the text: in `**参数错误，**请检查` the closing
//! ones are between punctuation and a letter, which `CommonMark` does not take for the end of
//! emphasis.

use std::ops::Range;

/// A run of asterisks or underscores that the parser took for text.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    /// Is it beside a code span, whose backtick is punctuation to a parser?
    is_beside_code: bool,
}

/// Is the text of an event a run of asterisks or underscores that are not escaped?
pub(super) fn is_run(text: &str, source: &str, start: usize) -> bool {
    (text.bytes().all(|byte| byte == b'*') || text.bytes().all(|byte| byte == b'_'))
        && source[start..].starts_with(text)
        && !source[..start].ends_with('\\')
}

/// Adds a run; the parser gives one mark at a time.
pub(super) fn add(runs: &mut Vec<Run>, range: Range<usize>, source: &str, start: usize) {
    let is_beside_code =
        source[..start].ends_with('`') || source[start + range.len()..].starts_with('`');
    match runs.last_mut() {
        Some(last) if last.range.end == range.start => {
            last.range.end = range.end;
            last.is_beside_code |= is_beside_code;
        }
        _ => runs.push(Run {
            range,
            is_beside_code,
        }),
    }
}

/// Takes the marks that were meant as emphasis out of the text from `begin` on, and moves the
/// ranges after them. Returns whether there were any.
pub(super) fn remove(
    text: &mut String,
    begin: usize,
    runs: &[Run],
    ranges: &mut [Range<usize>],
) -> bool {
    if runs.len() < 2 {
        return false;
    }
    let meant = pairs(text, begin, runs);
    for run in meant.iter().rev() {
        text.drain(run.clone());
        for range in ranges.iter_mut() {
            let moved = |at: usize| {
                if at >= run.end {
                    at - run.len()
                } else {
                    at.min(run.start)
                }
            };
            *range = moved(range.start)..moved(range.end);
        }
    }
    !meant.is_empty()
}

/// Which of the runs in `text` are pairs that were meant as emphasis; in order of the text.
fn pairs(text: &str, begin: usize, runs: &[Run]) -> Vec<Range<usize>> {
    let runs = runs.iter().filter(|run| run.range.start >= begin);
    let mut meant = Vec::new();
    let mut open: Option<&Run> = None;
    for run in runs {
        match open {
            Some(opening) if closes(text, opening, run) => {
                meant.extend([opening.range.clone(), run.range.clone()]);
                open = None;
            }
            _ if opens(text, run) => open = Some(run),
            _ => {}
        }
    }
    meant
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_text(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_whitespace())
}

fn opens(text: &str, run: &Run) -> bool {
    run.range.len() <= 3 && is_text(after(text, run.range.end))
}

fn closes(text: &str, open: &Run, run: &Run) -> bool {
    let inside = open.range.end..run.range.start;
    let is_underscore = text[run.range.clone()].starts_with('_');
    if text[open.range.clone()] != text[run.range.clone()]
        // One is a part of many names.
        || is_underscore && run.range.len() == 1
        || inside.is_empty()
        || text[inside].contains('\n')
        || !is_text(before(text, run.range.start))
    {
        return false;
    }
    let is_strong = run.range.len() > 1 && !is_underscore;
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_strong
        && (run.is_beside_code && is_word(after(text, run.range.end))
            || open.is_beside_code && is_word(before(text, open.range.start)))
    {
        return true;
    }
    is_beside_punctuation(
        before(text, run.range.start),
        after(text, run.range.end),
        is_strong,
    ) || is_beside_punctuation(
        after(text, open.range.end),
        before(text, open.range.start),
        is_strong,
    )
}

/// Punctuation inside and a letter outside; a single asterisk may be a product of ASCII text.
fn is_beside_punctuation(inner: Option<char>, outer: Option<char>, is_strong: bool) -> bool {
    let (Some(inner), Some(outer)) = (inner, outer) else {
        return false;
    };
    let is_mark = !inner.is_alphanumeric() && !inner.is_whitespace();
    is_mark && outer.is_alphanumeric() && (is_strong || !inner.is_ascii() || !outer.is_ascii())
}
