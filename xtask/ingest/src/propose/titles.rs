//! Titles that each begin with a code, with cause and remedy below them: headings, or lines that
//! stand alone.

use crate::code::{self, Atom, Reading};
use crate::document::{Kind, Shape, Table};
use crate::propose::head::{self, Form, Head};
use crate::propose::items;
use crate::propose::layout::{Entry, Piece, PieceKind, labelled_code, list};
use crate::propose::page::{Page, Path};

/// What begins a section.
#[derive(Clone, Copy, PartialEq)]
enum Title {
    Heading(u8),
    /// A code in bold.
    Bold,
    /// A code alone in its line.
    Alone,
}

impl Title {
    fn of(kind: Kind) -> Option<Title> {
        match kind {
            Kind::Heading(level) => Some(Title::Heading(level)),
            Kind::Bold => Some(Title::Bold),
            Kind::Paragraph => Some(Title::Alone),
            _ => None,
        }
    }

    fn is_heading(self) -> bool {
        matches!(self, Title::Heading(_))
    }

    /// Whether this block is a title like it.
    fn is_at(self, page: &Page<'_>, at: usize) -> bool {
        match self {
            Title::Heading(level) => page.kind(at) == Kind::Heading(level),
            // A title in bold may have its number alone below it.
            Title::Bold => page.kind(at) == Kind::Bold && is_line(page, at),
            Title::Alone => is_line(page, at),
        }
    }
}

/// Reads the sections that begin with the title `at`, with the block after them; `tried` is how
/// far it looked.
pub(super) fn read(
    page: &Page<'_>,
    at: usize,
    path: &Path,
    tried: &mut usize,
) -> Option<(Table, usize)> {
    let title = Title::of(page.kind(at)).filter(|title| title.is_at(page, at))?;
    let is_heading = title.is_heading();
    let own = head_of(page, at, is_heading);
    // Most headings do not begin with a code, even under a heading about codes.
    if own.is_none() && !(title.is_heading() && is_labelled(page, at)) {
        return None;
    }
    let end = end(page, at, title);
    *tried = end;
    let titles = titles(page, at, end, title);
    if !title.is_heading() && !have_text_below(&titles, end)
        || are_titles_of_codes(page, &titles, end)
    {
        return None;
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(titles.len());
    for (place, &at) in titles.iter().enumerate() {
        let next = titles.get(place + 1).copied().unwrap_or(end);
        entries.push(entry(page, at, next, is_heading));
    }
    let last = entries.iter().rposition(|entry| entry.head.is_some())?;
    entries.truncate(last + 1);
    let end = titles.get(last + 1).copied().unwrap_or(end);
    let shape = if title.is_heading() {
        Shape::Headings
    } else {
        Shape::Titles
    };
    Some((list(page, at..end, path, shape, entries, || None)?, end))
}

/// The titles between two blocks: those like the first, and headings below them that begin with a
/// code of the same family (`#### -4` among `### -1`, `### -3`). A number of one or two digits
/// without a sign is rather the number of a step, unless there are few.
fn titles(page: &Page<'_>, at: usize, end: usize, title: Title) -> Vec<usize> {
    let own: Vec<usize> = (at..end).filter(|&at| title.is_at(page, at)).collect();
    let Title::Heading(level) = title else {
        return own;
    };
    let first = head_of(page, at, false).and_then(Head::family);
    if first.is_none() {
        return own;
    }
    let is_deeper = |&at: &usize| matches!(page.kind(at), Kind::Heading(own) if own > level);
    let like_first = |at: usize| {
        let head = head_of(page, at, false)?;
        let is_step = head.cell.len() <= 2 && !head.cell.starts_with('-');
        (head.family() == first).then_some((at, is_step))
    };
    let deeper: Vec<(usize, bool)> = (at..end).filter(is_deeper).filter_map(like_first).collect();
    let are_few = deeper.len() * 2 <= own.len();
    let deeper = deeper
        .into_iter()
        .filter(|(_, is_step)| are_few || !is_step);
    let deeper = deeper.map(|(at, _)| at);
    let mut all = own;
    all.extend(deeper);
    all.sort_unstable();
    all
}

/// The end of the sections of one level below one heading.
fn end(page: &Page<'_>, at: usize, title: Title) -> usize {
    let continues = |kind: Kind| match (kind, title) {
        (Kind::Heading(other), Title::Heading(level)) => other >= level,
        (Kind::Heading(_), Title::Bold | Title::Alone) => false,
        _ => true,
    };
    let rest = &page.blocks[at + 1..];
    at + 1
        + rest
            .iter()
            .take_while(|block| continues(block.kind))
            .count()
}

/// A line that is a title although it is not a heading: a code in bold, or alone.
pub(super) fn is_line(page: &Page<'_>, at: usize) -> bool {
    let block = &page.blocks[at];
    let is_short = block.text.len() <= 100 && block.line == block.end_line;
    match block.kind {
        Kind::Bold => is_short && head_of(page, at, false).is_some(),
        Kind::Paragraph => {
            is_short && head_of(page, at, false).is_some_and(|head| head.text.is_empty())
        }
        _ => false,
    }
}

/// Whether most titles have codes of their own below them, in a table or a list:
/// `Login (E100-199)`, `400 Bad Request`.
fn are_titles_of_codes(page: &Page<'_>, titles: &[usize], end: usize) -> bool {
    let next = titles.iter().skip(1).copied().chain([end]);
    let has_codes = |&(&at, next): &(&usize, usize)| {
        (at + 1..next).any(|at| page.is_table_of_codes(at))
            || at + 1 < next && items::begins_with_number(page, at + 1)
    };
    titles.iter().zip(next).filter(has_codes).count() * 2 > titles.len()
}

/// Whether most of these titles have something below them.
fn have_text_below(titles: &[usize], end: usize) -> bool {
    let next = titles.iter().skip(1).copied().chain([end]);
    let with_text = titles
        .iter()
        .zip(next)
        .filter(|&(&at, next)| next > at + 1)
        .count();
    with_text * 10 >= titles.len() * 8
}

/// The first blocks below a title where a label may give its code.
const FIRST: usize = 4;

fn is_labelled(page: &Page<'_>, at: usize) -> bool {
    let below = at + 1..page.blocks.len().min(at + 1 + FIRST);
    let pieces: Vec<Piece> = below
        .take_while(|&at| !matches!(page.kind(at), Kind::Heading(_)))
        .filter(|&at| page.blocks[at].text.len() < 400)
        .map(|at| piece(page, at))
        .collect();
    // `Error codes` is the title of a list.
    labelled_code(&pieces).is_some() && !page.names_codes(at)
}

/// The code that a title begins with; under a heading that names codes (`is_heading`) it may be
/// a name that could be anything elsewhere: `InvalidToken`.
fn head_of<'p>(page: &'p Page<'_>, at: usize, is_heading: bool) -> Option<&'p Head> {
    if is_chapter(page.raw(at).trim(), is_heading) {
        return None;
    }
    page.head(at).filter(|head| match head.form() {
        Form::Code => true,
        Form::Name => is_heading,
        Form::Word => head.is_introduced,
    })
}

/// `## 2 Setup`: a small number, and no code after it.
fn is_chapter(text: &str, is_heading: bool) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let begins_so = rest.len() < text.len() && text.len() - rest.len() <= 2;
    let is_parted = rest.is_empty()
        || [":", "：", " -", " –", " —"]
            .iter()
            .any(|mark| rest.starts_with(mark));
    let has_code = |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b'(' | b'[' | b'.');
    begins_so
        && !(is_heading && is_parted)
        && !rest
            .trim_start_matches(['.', ')', '、'])
            .bytes()
            .any(has_code)
}

fn piece(page: &Page<'_>, at: usize) -> Piece {
    let kind = match page.kind(at) {
        Kind::Heading(_) | Kind::Bold => PieceKind::Title,
        Kind::Item(depth) => PieceKind::Text(depth),
        Kind::More(depth) => PieceKind::Text(depth + 1),
        Kind::Paragraph => PieceKind::Text(0),
        Kind::Code | Kind::Table(_) => PieceKind::Skipped,
    };
    Piece {
        kind,
        line: page.blocks[at].line,
        text: page.text(at).into_owned(),
    }
}

/// The blocks below a title, or below the first paragraph of an item, as parts of its entry.
pub(super) fn pieces(page: &Page<'_>, blocks: impl Iterator<Item = usize>) -> Vec<Piece> {
    blocks
        .filter(|&at| !matches!(page.kind(at), Kind::Table(_)))
        .map(|at| piece(page, at))
        .filter(|piece| !piece.text.is_empty())
        .collect()
}

fn entry(page: &Page<'_>, at: usize, next: usize, is_heading: bool) -> Entry {
    let raw = page.text(at).into_owned();
    let mut pieces = pieces(page, at + 1..next);
    let mut head = head_of(page, at, is_heading).cloned();
    if let Some(named) = head.as_ref().filter(|head| head.text.is_empty())
        && let Some(paired) = paired(named, &mut pieces)
    {
        head = Some(paired);
    }
    // A word is a code only with its number.
    head = head.filter(|head| head.form() != Form::Word);
    if !page.names_codes(at)
        && head.as_ref().is_none_or(|head| head.form() != Form::Code)
        && let Some(code) = labelled_code(&pieces)
    {
        head = Some(with_code(head, code, &raw));
    }
    if let Some(head) = &mut head
        && !head.text.is_empty()
        && head.family() == Some(Atom::Number)
        && let Some(first) = pieces.first_mut()
        && let Some(rest) = head::read(&first.text).filter(|below| below.cell == head.cell)
    {
        // `## 100 - Rejected` and below it `**100 - Batch not found**`.
        head.is_introduced = true;
        if !rest.text.is_empty() && first.text.ends_with(&rest.text) {
            first.text = rest.text;
        }
    }
    Entry {
        line: page.blocks[at].line,
        head,
        struck: page.blocks[at].struck,
        raw,
        section: None,
        pieces,
    }
}

/// The head of a title whose code a label gives: the title is the name of the code, or its text.
fn with_code(title: Option<Head>, code: String, raw: &str) -> Head {
    match title {
        Some(name) if code::atom(&name.cell).is_some() && code != name.cell => Head {
            cell: format!("{} = {code}", name.cell),
            is_introduced: true,
            ..name
        },
        Some(name) => name,
        None => Head {
            cell: code,
            text: raw.to_owned(),
            is_introduced: true,
            ..Head::default()
        },
    }
}

/// `NO_FACE` and below it `0x00000001`, or `(-1): text`, is `NO_FACE = 0x00000001`.
pub(super) fn paired(name: &Head, pieces: &mut Vec<Piece>) -> Option<Head> {
    let is_name = matches!(
        code::atom(&name.cell),
        Some(Atom::Symbol | Atom::Word | Atom::Mixed)
    );
    let first = pieces
        .first()
        .filter(|piece| matches!(piece.kind, PieceKind::Text(_)))?;
    let (line, rest) = first.text.split_once('\n').unwrap_or((&first.text, ""));
    let number = head::read(line)?;
    let Reading::Codes(codes) = code::read(&number.cell) else {
        return None;
    };
    let [one] = codes.codes.as_slice() else {
        return None;
    };
    let is_number = code::is_number(&one.code);
    let is_alone = number.text.is_empty() || line.starts_with(['(', '（', '[']);
    if !is_name || !is_number || !is_alone {
        return None;
    }
    let rest = rest.to_owned();
    let text = number.text.clone();
    if rest.is_empty() {
        pieces.remove(0);
    } else {
        pieces[0].text = rest;
    }
    Some(Head {
        cell: format!("{} = {}", name.cell, one.code),
        text,
        ..name.clone()
    })
}
