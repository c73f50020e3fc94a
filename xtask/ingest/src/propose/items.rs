//! Bullets, also nested ones, and lines of text that each begin with a code.

use crate::code::Atom;
use crate::document::{Kind, Shape, Table};
use crate::propose::head::{self, Form, Head};
use crate::propose::layout::{Entry, Piece, PieceKind, labelled_code, list};
use crate::propose::page::{Page, Path};
use crate::propose::titles::{paired, pieces};
use crate::propose::words;

/// Reads the list that begins at a block, with the block after it.
pub(super) fn read(page: &Page<'_>, at: usize, path: &Path) -> Option<(Table, usize)> {
    let end = end(page, at);
    if matches!(page.kind(at), Kind::Item(_)) {
        let table = read_items(page, at, end, path)?;
        return Some((table, end));
    }
    // A look at the beginnings spares the work on prose.
    beginnings(page, at, end).next()?;
    let first = first_entry(page, at, end);
    if let Some(table) = read_lines(page, first.unwrap_or(at), end, path) {
        return Some((table, end));
    }
    // What follows the paragraphs that are made of codes is another matter.
    let first = first?;
    let own = entries_end(page, first, end);
    if own == first || own == end {
        return None;
    }
    Some((read_lines(page, first, own, path)?, own))
}

/// The lines that may begin with a code.
fn beginnings<'a>(page: &Page<'a>, at: usize, end: usize) -> impl Iterator<Item = &'a str> {
    let texts: Vec<&'a str> = (at..end).map(|at| page.raw(at)).collect();
    texts
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| head::may_begin(line))
}

/// The end of the run of items, or of paragraphs, that begins here.
pub(super) fn end(page: &Page<'_>, at: usize) -> usize {
    let rest = &page.blocks[at..];
    let run = match rest[0].kind {
        Kind::Item(depth) => rest
            .iter()
            .take_while(|block| block.in_list && block.is_within(depth))
            .count(),
        Kind::Paragraph => rest
            .iter()
            .take_while(|block| block.kind == Kind::Paragraph)
            .count(),
        _ => 1,
    };
    at + run
}

/// Whether the code of an item is a number of at least three digits, or letters and digits.
pub(super) fn begins_with_number(page: &Page<'_>, at: usize) -> bool {
    let is_item = matches!(page.kind(at), Kind::Item(_));
    let text = page.text(at);
    let line = first_line(&text);
    is_item
        && head::read(line).is_some_and(|head| {
            // `Code: 4000` is the code of what is above it.
            line.starts_with(&head.cell)
                && head.cell.len() >= 3
                && matches!(head.family(), Some(Atom::Number | Atom::Hex | Atom::Mixed))
        })
}

/// `Cause: text`, which is said of an entry and names none.
fn states_fact(line: &str) -> bool {
    head::labelled(line).is_some_and(|found| !found.is_dash && words::is_fact(found.label))
}

/// `HTTP status: 401`, which is said of an entry unless all entries begin so.
fn states_status(line: &str) -> bool {
    head::labelled(line).is_some_and(|found| {
        let introduction = words::introduction(found.label);
        !found.is_dash && introduction.is_http && !introduction.is_error
    })
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

/// An item of a list, with the items below it.
struct Node {
    at: usize,
    depth: usize,
    parent: Option<usize>,
    head: Option<Head>,
    /// The block after the last one that is in the item or below it.
    end: usize,
    children: usize,
    /// How many of them begin with a code of the family of its own.
    like_children: usize,
    role: NodeRole,
}

#[derive(Clone, Copy, PartialEq)]
enum NodeRole {
    Entry,
    /// It is in the entry above it.
    Inside,
    /// It has entries below it, and is none itself.
    Section,
    /// No code, nor any below it.
    Other,
}

fn read_items(page: &Page<'_>, at: usize, end: usize, path: &Path) -> Option<Table> {
    if page.lead(at).is_some_and(|lead| words::is_example(&lead)) {
        return None;
    }
    let mut nodes = nodes(page, at, end);
    nodes.iter().find(|node| node.head.is_some())?;
    settle(&mut nodes, page);
    let entries = entries(page, &nodes);
    list(page, at..end, path, Shape::Items, entries, || None)
}

fn nodes(page: &Page<'_>, at: usize, end: usize) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in at..end {
        let Kind::Item(depth) = page.kind(at) else {
            continue;
        };
        while let Some(&last) = open.last()
            && nodes[last].depth >= depth
        {
            nodes[last].end = at;
            open.pop();
        }
        let text = page.text(at);
        let line = first_line(&text);
        // A word alone is the title of the items below it, or the term that the text below defines.
        let is_defined = page
            .blocks
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::More(depth));
        let head = page.head_of_line(at, line).filter(|head| {
            head.form() > Form::Word || is_defined || !head.text.is_empty() && !states_fact(line)
        });
        open.push(nodes.len());
        nodes.push(Node {
            at,
            depth,
            parent: open.len().checked_sub(2).map(|above| open[above]),
            head,
            end,
            children: 0,
            like_children: 0,
            role: NodeRole::Other,
        });
    }
    nodes
}

/// Gives each item its role.
fn settle(nodes: &mut [Node], page: &Page<'_>) {
    for place in 0..nodes.len() {
        let Some(parent) = nodes[place].parent else {
            continue;
        };
        nodes[parent].children += 1;
        let (Some(own), Some(above)) = (&nodes[place].head, &nodes[parent].head) else {
            continue;
        };
        let is_like = own.family() == above.family() && own.form() > Form::Word;
        if is_like || own.form() > above.form() {
            nodes[parent].like_children += 1;
        }
    }
    for place in 0..nodes.len() {
        let above = nodes[place].parent.map(|parent| nodes[parent].role);
        if matches!(above, Some(NodeRole::Entry | NodeRole::Inside)) {
            nodes[place].role = NodeRole::Inside;
            continue;
        }
        let node = &nodes[place];
        let is_group = node.children > 0 && node.like_children * 2 > node.children
            || stands_for_others(page, nodes, place);
        if let Some(code) = code_of_label(page, nodes, place) {
            let text = page.text(nodes[place].at);
            nodes[place].head = Some(Head {
                cell: code,
                text: text.trim_end_matches([':', '：']).to_owned(),
                is_introduced: true,
                ..Head::default()
            });
            nodes[place].role = NodeRole::Entry;
        } else if node.head.is_some() && !is_group {
            nodes[place].role = NodeRole::Entry;
        }
    }
    for place in (0..nodes.len()).rev() {
        let has_codes = matches!(nodes[place].role, NodeRole::Entry | NodeRole::Section);
        if let Some(parent) = nodes[place].parent
            && has_codes
            && nodes[parent].role == NodeRole::Other
        {
            nodes[parent].role = NodeRole::Section;
        }
    }
}

/// Whether the code of an item only says which codes are below it: `2xx`, or any above a table of
/// codes.
fn stands_for_others(page: &Page<'_>, nodes: &[Node], place: usize) -> bool {
    let node = &nodes[place];
    let Some(head) = &node.head else { return false };
    let is_class = head.family() == Some(Atom::Class);
    let mut below = nodes[place + 1..]
        .iter()
        .take_while(|below| below.at < node.end);
    is_class && below.any(|below| below.head.is_some())
        || (node.at + 1..node.end).any(|at| page.is_table_of_codes(at))
}

/// The code that an item below one without a code gives: `- Common error` and `  - Code: 4000`.
fn code_of_label(page: &Page<'_>, nodes: &[Node], place: usize) -> Option<String> {
    let node = &nodes[place];
    if node
        .head
        .as_ref()
        .is_some_and(|head| head.form() == Form::Code)
        || node.children == 0
    {
        return None;
    }
    let below = nodes[place + 1..]
        .iter()
        .take(3)
        .take_while(|below| below.depth > node.depth && below.at < node.end);
    let pieces = pieces(page, below.map(|below| below.at));
    labelled_code(&pieces)
}

fn entries(page: &Page<'_>, nodes: &[Node]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // `Cause: text` as an item beside the entry that it is about.
    let mut before: Option<usize> = None;
    for node in nodes {
        let text = page.text(node.at);
        match node.role {
            NodeRole::Inside | NodeRole::Section => {}
            NodeRole::Entry => {
                let mut parts = own_lines(&text, page.blocks[node.at].line);
                parts.extend(pieces(page, node.at + 1..node.end));
                before = Some(node.depth);
                let bare = node.head.as_ref().filter(|head| head.text.is_empty());
                let paired = bare.and_then(|name| paired(name, &mut parts));
                entries.push(Entry {
                    line: page.blocks[node.at].line,
                    head: paired.or_else(|| node.head.clone()),
                    struck: page.blocks[node.at].struck,
                    raw: first_line(&text).to_owned(),
                    section: section(page, nodes, node),
                    pieces: parts,
                });
            }
            NodeRole::Other => {
                if let Some(last) = entries.last_mut()
                    && before == Some(node.depth)
                    && states_fact(&text)
                {
                    last.pieces.extend(pieces(page, node.at..node.end));
                    continue;
                }
                before = None;
                entries.push(Entry {
                    line: page.blocks[node.at].line,
                    raw: text.into_owned(),
                    ..Entry::default()
                });
            }
        }
    }
    entries
}

/// The lines after the first of an entry's own paragraph.
fn own_lines(text: &str, line: usize) -> Vec<Piece> {
    let rest = text.split_once('\n').map(|(_, rest)| rest.to_owned());
    rest.map(|text| Piece {
        kind: PieceKind::Own,
        line: line + 1,
        text,
    })
    .into_iter()
    .collect()
}

fn section(page: &Page<'_>, nodes: &[Node], node: &Node) -> Option<String> {
    let parent = &nodes[node.parent?];
    let text = page.text(parent.at);
    Some(first_line(&text).trim_end_matches([':', '：']).to_owned())
}

/// So many paragraphs may lead to a list.
const LONGEST_LEAD: usize = 4;

/// The first paragraph of a run that begins with a code; those before it lead to the list.
fn first_entry(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    if page.kind(at) != Kind::Paragraph {
        return None;
    }
    let is_entry = |&at: &usize| is_code_line(page, at, first_line(&page.text(at)));
    (at..end).take(LONGEST_LEAD).find(is_entry)
}

fn is_code_line(page: &Page<'_>, at: usize, line: &str) -> bool {
    page.head_of_line(at, line)
        .is_some_and(|head| head.form() == Form::Code)
}

/// The end of the paragraphs in which each line begins with a code.
fn entries_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    (at..end)
        .find(|&at| {
            !page
                .text(at)
                .lines()
                .all(|line| is_code_line(page, at, line))
        })
        .unwrap_or(end)
}

fn read_lines(page: &Page<'_>, at: usize, end: usize, path: &Path) -> Option<Table> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut most_other = usize::MAX;
    let mut others = 0;
    for at in at..end {
        let block = &page.blocks[at];
        let text = page.text(at);
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty());
        for (place, text) in lines {
            let line = (block.line + place).min(block.end_line);
            // `: text` defines the line above.
            if let Some(definition) = text.strip_prefix(": ")
                && let Some(last) = entries.last_mut()
            {
                if let Some(head) = last.head.as_mut().filter(|head| head.text.is_empty()) {
                    head.text.push_str(definition);
                    head.is_defined = true;
                } else if last.head.is_none() && last.raw.len() < 400 {
                    // `timeout` and below it `: text` read as one line.
                    let whole = format!("{}: {definition}", last.raw);
                    last.head = head::read(&whole);
                    others -= usize::from(last.head.is_some());
                } else {
                    last.pieces.push(own_piece(line, definition));
                }
                continue;
            }
            let head = page.head_of_line(at, text);
            let is_open = head.as_ref().is_none_or(|head| head.form() == Form::Word);
            if let Some(last) = entries.last_mut().filter(|last| last.head.is_some())
                && (is_open && states_fact(text)
                    || states_status(text) && !states_status(&last.raw))
            {
                last.pieces.push(own_piece(line, text));
                continue;
            }
            others += usize::from(head.is_none());
            entries.push(Entry {
                line,
                head,
                struck: block.struck && place == 0,
                raw: text.to_owned(),
                ..Entry::default()
            });
        }
        // The first paragraphs often tell that they are not entries.
        if others > 20 && others * 2 > entries.len() {
            most_other = others;
            break;
        }
    }
    if most_other != usize::MAX {
        return None;
    }
    list(page, at..end, path, Shape::Lines, entries, || None)
}

fn own_piece(line: usize, text: &str) -> Piece {
    Piece {
        kind: PieceKind::Own,
        line,
        text: text.to_owned(),
    }
}
