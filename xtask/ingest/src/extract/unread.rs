//! What looks like a code in the text and is in no entry, so that nothing is lost without a word.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use crate::code::{self, Atom};
use crate::document::{Document, Head, Kind, Syntax, Table};
use crate::extraction::{Holds, TableReading, Unread};
use crate::heads;
use crate::judge::WIDEST;
use crate::lexicon::{self, Concept};
use crate::propose::speaks_of_errors;
use crate::sheet::Row;

/// How many codes of a group its text shows.
const SHOWN: usize = 5;

/// Heads that are farther apart are not one group: a blank line may be between them, and a line
/// of text that belongs to the first.
const APART: usize = 3;

/// With more groups than fit on a screen, those of one reason are joined however far apart.
const MOST_GROUPS: usize = 20;

/// Lists the lines that begin with what looks like a code and are neither in a table of codes nor
/// in a row of a list; those of one table, and consecutive ones with one reason, together.
pub(super) fn unread(document: &Document, readings: &[TableReading<'_>]) -> Vec<Unread> {
    let mut around = Around::new(document, readings);
    let is_refused_table = |at: usize| {
        readings[at].holds == Holds::Other && document.tables[at].syntax != Syntax::List
    };
    let cells: BTreeMap<usize, Vec<Head>> = (0..readings.len())
        .filter(|&at| is_refused_table(at))
        .map(|at| (at, codes_of(&document.tables[at])))
        .collect();
    let mut in_tables: BTreeMap<usize, Vec<&Head>> = cells
        .iter()
        .filter(|(_, heads)| !heads.is_empty())
        .map(|(at, heads)| (*at, heads.iter().collect()))
        .collect();
    let mut in_lists: BTreeMap<usize, Vec<&Head>> = BTreeMap::new();
    let mut others: Vec<(&'static str, &Head)> = Vec::new();
    let titles = OnceCell::new();
    for head in &document.heads {
        let is_sure = heads::is_like_code(&head.code);
        around.move_to(head.line);
        if around.tables.iter().any(|table| table.reads(head)) {
            continue;
        }
        let refused = |table: &&Open<'_>| {
            let is_in = |heads: &HashSet<&str>| heads.contains(&*head.code);
            table.reading.holds == Holds::Other && table.heads.as_ref().is_none_or(is_in)
        };
        if let Some(table) = around.tables.iter().find(refused) {
            let is_same = |heads: &Vec<Head>| {
                let place = heads.binary_search_by_key(&head.line, |head| head.line);
                place.is_ok()
            };
            if is_sure && !cells.get(&table.index).is_some_and(is_same) {
                in_tables.entry(table.index).or_default().push(head);
            }
            continue;
        }
        if !is_sure && !is_named(titles.get_or_init(|| titles_of(document)), head.line) {
            continue;
        }
        match around.refused_list() {
            Some(list) => in_lists.entry(list).or_default().push(head),
            None => others.push((reason(document, head), head)),
        }
    }
    for heads in in_tables.values_mut() {
        heads.sort_by_key(|head| head.line);
    }
    let mut groups = group(&others, APART);
    if groups.len() > MOST_GROUPS {
        groups = group(&others, usize::MAX);
    }
    let of_tables = in_tables.into_iter().map(|(at, heads)| {
        let table = &document.tables[at];
        of_refused(table.syntax, table.line, &readings[at].because, &heads)
    });
    let of_lists = in_lists.into_iter().map(|(at, heads)| {
        let list = &document.refused[at];
        Unread {
            evidence: list.refusal.evidence.clone(),
            ..of_refused(Syntax::List, list.line, &list.refusal.because, &heads)
        }
    });
    let mut unread: Vec<_> = of_tables
        .chain(of_lists)
        .chain(
            groups
                .into_iter()
                .map(|(reason, heads)| of_lines(reason, &heads)),
        )
        .collect();
    unread.sort_by_key(|unread| unread.line);
    unread
}

/// The cells of a refused table that look like codes: those of the column with the most of them,
/// or of a row, where codes are side by side.
fn codes_of(table: &Table) -> Vec<Head> {
    let header = table.header();
    let above = table.headings.iter().map(|heading| &**heading);
    let above = above
        .chain(table.caption.as_deref())
        .chain(table.lead.as_deref());
    let says_errors =
        |title: &str| speaks_of_errors(title) || lexicon::concepts(title).contains(Concept::Remedy);
    let is_titled = above.clone().any(says_errors);
    let is_named = is_titled || header.cells().any(|cell| says_errors(cell.text));
    // Beside their types are fields.
    let has_fields = header.cells().any(|cell| {
        let says = lexicon::concepts(cell.text);
        says.has_any(&[Concept::Type, Concept::Required, Concept::Default])
    });
    let mut best = Vec::new();
    for (place, title) in header.cells().take(WIDEST).enumerate() {
        let says = lexicon::concepts(title.text);
        // `X`, `Y` and `Z` in a table without a header may be letters of anything.
        let is_bare = place == 0 && header.cells().all(|cell| cell.is_empty());
        let is_code = is_bare || says.has_any(&[Concept::Code, Concept::Cause]);
        if place > 0 && !is_named && !is_code {
            continue;
        }
        // Under a heading about errors, a column of unknown names may be one of codes; under `Field`
        // are names of fields.
        let may_be_code = place == 0 && is_titled && !has_fields && !says.has_any(OTHER_NAMES);
        let has_names = is_code || says.contains(Concept::Error) || may_be_code;
        let names = match (says.has_any(&[Concept::Code, Concept::Error]), has_names) {
            (true, _) => Names::Words,
            (false, true) => Names::Joined,
            (false, false) => Names::None,
        };
        let is_like = |cell: &str| looks_like_code(cell, is_named || is_code, names);
        let cells = table.rows().map(|row| (row.line, row.get(place)));
        let cells = cells.filter_map(|(line, cell)| Some((line, cell?.text)));
        let found: Vec<_> = cells.clone().filter(|(_, cell)| is_like(cell)).collect();
        let filled = || cells.filter(|(_, cell)| !cell.is_empty()).count();
        if found.len() > best.len() && (place == 0 || found.len() * 2 >= filled()) {
            best = found;
        }
    }
    let is_like = |cell: &str| looks_like_code(cell, true, Names::None);
    let rows = table.rows().map(|row| (row.line, row));
    for (line, row) in rows.chain([(table.line, header)]).filter(|_| is_named) {
        let cells = row.cells().take(WIDEST).skip(1).map(|cell| cell.text);
        let filled = cells.filter(|cell| !cell.is_empty());
        if filled.clone().count() > best.len().max(1) && filled.clone().all(is_like) {
            best = filled.map(|cell| (line, cell)).collect();
        }
    }
    let head = |(line, code): (usize, &str)| Head {
        line,
        code: code.to_owned(),
    };
    best.into_iter().map(head).collect()
}

/// Names in a column with such a header are not codes.
const OTHER_NAMES: &[Concept] = &[
    Concept::Parameter,
    Concept::Setting,
    Concept::Command,
    Concept::Event,
    Concept::Permission,
    Concept::Person,
    Concept::Network,
    Concept::State,
    Concept::Message,
    Concept::Description,
    Concept::Section,
];

/// Which names look like codes.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Names {
    None,
    /// `no-route`, `TokenExpired`, `<timeout>`, `OK`.
    Joined,
    /// `timeout`, too.
    Words,
}

/// `is_named`: a number of one digit is a code here.
fn looks_like_code(cell: &str, is_named: bool, names: Names) -> bool {
    if heads::head_of(cell).is_some_and(|head| head == cell && heads::is_like_code(head)) {
        return true;
    }
    let is_name = is_named && names >= Names::Joined;
    // `<no-route/>`, as elements of XML are written.
    let element = cell
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    if let Some(name) = element {
        return is_name && code::atom(name.trim_end_matches('/')).is_some();
    }
    let is_short = cell.len() <= 4 && cell.bytes().all(|b| b.is_ascii_uppercase());
    match code::atom(cell) {
        Some(Atom::Number | Atom::Hex | Atom::Mixed) => is_named,
        Some(Atom::Symbol) => is_name,
        Some(Atom::Word) => is_name && (is_short || names == Names::Words),
        _ => false,
    }
}

/// How loudly what is above each block speaks for codes, with the line that it begins at.
fn titles_of(document: &Document) -> Vec<(usize, bool)> {
    // A paragraph speaks for what follows it, up to the next one.
    const PARAGRAPH: u8 = 7;
    let mut path: Vec<(u8, bool)> = Vec::new();
    let mut lines = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let level = match block.kind {
            Kind::Heading(level) => level,
            // An entry of a list without bullets is not a title.
            Kind::Bold | Kind::Paragraph if heads::head_of(document.text(block)).is_none() => {
                PARAGRAPH
            }
            _ => continue,
        };
        path.retain(|(above, _)| *above < level);
        path.push((level, speaks_of_errors(document.text(block))));
        // What it says of its own lines is not a title of them, unless a page of HTML has all its
        // blocks on one line.
        let next = document.blocks.get(at + 1);
        let shares_line = next.is_some_and(|next| next.line == block.end_line);
        let begin = block.end_line + usize::from(!shares_line);
        lines.push((begin, path.iter().any(|(_, speaks)| *speaks)));
    }
    lines
}

fn is_named(titles: &[(usize, bool)], line: usize) -> bool {
    let after = titles.partition_point(|(begin, _)| *begin <= line);
    titles[..after].last().is_some_and(|(_, speaks)| *speaks)
}

type Group<'d> = (&'static str, Vec<&'d Head>);

/// Two heads with the same reason are one group if they are at most this many lines apart.
fn group<'d>(heads: &[(&'static str, &'d Head)], apart: usize) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for (reason, head) in heads {
        match groups.last_mut() {
            Some((same, group))
                if same == reason
                    && group
                        .last()
                        .is_some_and(|last| head.line - last.line <= apart) =>
            {
                group.push(head);
            }
            _ => groups.push((reason, vec![head])),
        }
    }
    groups
}

/// The tables around a line, which only moves down: a document may have thousands of both.
struct Around<'d, 'a> {
    document: &'d Document,
    readings: &'d [TableReading<'a>],
    next: usize,
    tables: Vec<Open<'d>>,
    /// Places of refused lists, by line.
    lists: Vec<usize>,
    next_list: usize,
    open_lists: Vec<usize>,
}

/// A table that has begun and not ended.
struct Open<'d> {
    index: usize,
    end_line: usize,
    syntax: Syntax,
    reading: &'d TableReading<'d>,
    /// The rows of a list, by line.
    rows: Vec<Row<'d>>,
    /// For a list, whose rows may be on one line, what they begin with; for a table on one line,
    /// which may have others on it, what its cells begin with.
    heads: Option<HashSet<&'d str>>,
}

impl<'d, 'a> Around<'d, 'a>
where
    'a: 'd,
{
    fn new(document: &'d Document, readings: &'d [TableReading<'a>]) -> Self {
        let mut lists: Vec<usize> = (0..document.refused.len()).collect();
        lists.sort_by_key(|&list| document.refused[list].line);
        Self {
            document,
            readings,
            next: 0,
            tables: Vec::new(),
            lists,
            next_list: 0,
            open_lists: Vec::new(),
        }
    }

    fn move_to(&mut self, line: usize) {
        while let Some(table) = self.document.tables.get(self.next) {
            if table.line > line {
                break;
            }
            let is_list = table.syntax == Syntax::List;
            self.tables.push(Open {
                index: self.next,
                end_line: table.end_line,
                syntax: table.syntax,
                reading: &self.readings[self.next],
                rows: table.rows().filter(|_| is_list).collect(),
                heads: (is_list || table.line == table.end_line).then(|| {
                    let rows = table.rows().chain([table.header()]);
                    let width = if is_list { 1 } else { WIDEST };
                    let cells = rows.flat_map(|row| row.cells().take(width));
                    cells.filter_map(|cell| heads::head_of(cell.text)).collect()
                }),
            });
            self.next += 1;
        }
        self.tables.retain(|table| table.end_line >= line);
        let refused = &self.document.refused;
        while let Some(&list) = self.lists.get(self.next_list)
            && refused[list].line <= line
        {
            self.open_lists.push(list);
            self.next_list += 1;
        }
        self.open_lists
            .retain(|&list| refused[list].end_line >= line);
    }

    /// The shortest refused list around the line.
    fn refused_list(&self) -> Option<usize> {
        let refused = &self.document.refused;
        let lines = |&list: &usize| refused[list].end_line - refused[list].line;
        self.open_lists.iter().copied().min_by_key(lines)
    }
}

impl Open<'_> {
    /// Whether a head is accounted for: in a row of its own, or as text of one.
    fn reads(&self, head: &Head) -> bool {
        if self.reading.holds == Holds::Other {
            return false;
        }
        if let Some(heads) = &self.heads
            && (heads.contains(&*head.code) || self.syntax != Syntax::List)
        {
            return heads.contains(&*head.code);
        }
        // Each row of a grid is accepted, ignored or quarantined. A list has other lines among its
        // rows.
        self.syntax != Syntax::List || {
            let after = self.rows.partition_point(|row| row.line <= head.line);
            let last = after.checked_sub(1).map(|at| self.rows[at]);
            last.is_some_and(|row| {
                row.line == head.line || row.cells().any(|cell| cell.text.contains(&head.code))
            })
        }
    }
}

fn of_refused(syntax: Syntax, line: usize, because: &str, heads: &[&Head]) -> Unread {
    let what = match (syntax, heads) {
        (Syntax::List, [_]) => "list with an entry that begins",
        (Syntax::List, _) => "list with {} entries that begin",
        (_, [_]) => "table with a cell that begins",
        _ => "table with {} cells that begin",
    };
    let what = what.replace("{}", &heads.len().to_string());
    let lines = lines_of(heads);
    Unread {
        line,
        end_line: lines.last().copied().unwrap_or(line),
        lines,
        text: format!("{what} with what looks like a code: {}", shown(heads)),
        reason: format!("not taken because {because}"),
        evidence: Vec::new(),
    }
}

fn of_lines(reason: &str, heads: &[&Head]) -> Unread {
    let first = heads[0].line;
    let last = heads[heads.len() - 1].line;
    let lines = lines_of(heads);
    let text = match (heads, lines.len()) {
        ([head], _) => format!("the line begins with `{}`", head.code),
        (_, 1) => format!("the line has what looks like codes: {}", shown(heads)),
        (_, lines) => format!(
            "{lines} lines begin with what looks like a code: {}",
            shown(heads)
        ),
    };
    Unread {
        line: first,
        end_line: last,
        lines,
        text,
        reason: reason.to_owned(),
        evidence: Vec::new(),
    }
}

/// Several heads may be on one line of HTML.
fn lines_of(heads: &[&Head]) -> Vec<usize> {
    let mut lines: Vec<usize> = heads.iter().map(|head| head.line).collect();
    lines.dedup();
    lines
}

/// `1001`, `1002`, … `1012`.
fn shown(heads: &[&Head]) -> String {
    let quoted = |head: &&Head| format!("`{}`", head.code);
    if heads.len() <= SHOWN {
        return heads.iter().map(quoted).collect::<Vec<_>>().join(", ");
    }
    let first: Vec<_> = heads[..SHOWN - 1].iter().map(quoted).collect();
    format!(
        "{}, … {}",
        first.join(", "),
        quoted(&heads[heads.len() - 1])
    )
}

/// Why a line outside of all tables and lists is not read.
fn reason(document: &Document, head: &Head) -> &'static str {
    let blocks = &document.blocks;
    let after = blocks.partition_point(|block| block.line <= head.line);
    let block = blocks[..after]
        .last()
        .filter(|block| block.end_line >= head.line && !matches!(block.kind, Kind::Table(_)));
    match block.map(|block| block.kind) {
        None => "it is not on the rendered page, or not part of a table or list",
        Some(Kind::Heading(_)) => "the headings here do not form a list of codes",
        Some(Kind::Item(_) | Kind::More(_)) => "the items here do not form a list of codes",
        Some(Kind::Code) => "the code block does not form a list of codes",
        Some(_) => "it is a line of a paragraph",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_look_like_codes_only_where_codes_are_named() {
        for (cell, is_named, names, is_like) in [
            ("E100", false, Names::None, true),
            ("E100 text", true, Names::Words, false),
            ("1", false, Names::None, false),
            ("1", true, Names::None, true),
            ("token_expired", true, Names::Joined, true),
            ("token_expired", true, Names::None, false),
            ("token_expired", false, Names::Joined, false),
            ("<no-route/>", true, Names::Joined, true),
            ("<no-route/>", false, Names::Joined, false),
            ("<two words>", true, Names::Joined, false),
            ("OK", true, Names::Joined, true),
            ("OK", false, Names::Joined, false),
            ("ok", true, Names::Joined, false),
            ("timeout", true, Names::Words, true),
            ("timeout", true, Names::Joined, false),
        ] {
            assert_eq!(looks_like_code(cell, is_named, names), is_like, "{cell}");
        }
    }

    #[test]
    fn codes_of_a_refused_table_are_those_of_one_column_or_row() {
        for (table, codes) in [
            // Numbers of the first column need no title.
            (
                "# Things\n\n| Thing | Note |\n|---|---|\n| 1001 | a |\n| 1002 | b |",
                "1001 1002",
            ),
            (
                "# Things\n\n| Thing | Note |\n|---|---|\n| a | 1001 |\n| b | 1002 |",
                "",
            ),
            (
                "# Errors\n\n| Thing | Note |\n|---|---|\n| a | 1001 |\n| b | 1002 |",
                "1001 1002",
            ),
            // Names of a first column that may be one of codes.
            (
                "# Errors\n\n| Thing | Note |\n|---|---|\n| no_route | a |",
                "no_route",
            ),
            (
                "# Things\n\n| Thing | Note |\n|---|---|\n| no_route | a |",
                "",
            ),
            (
                "# Errors\n\n| Thing | Type |\n|---|---|\n| no_route | a |",
                "",
            ),
            (
                "# Errors\n\n| Parameter | Note |\n|---|---|\n| no_route | a |",
                "",
            ),
            (
                "# Errors\n\n| Thing | Note |\n|---|---|\n| a b | no_route |",
                "",
            ),
            // Half of a later column, and the first of two columns with as many.
            (
                "# Errors\n\n| Thing | A |\n|---|---|\n| a b | 1001 |\n| c d | e f |",
                "1001",
            ),
            (
                "# Errors\n\n| A | B |\n|---|---|\n| a b | 1001 |\n| c d | e f |\n| g h | i j |",
                "",
            ),
            (
                "# Errors\n\n| A | B |\n|---|---|\n| 1001 | a b |\n| c d | e f |\n| g h | i j |",
                "1001",
            ),
            (
                "# Errors\n\n| A | B |\n|---|---|\n| 1001 | 2001 |\n| 1002 | |",
                "1001 1002",
            ),
            (
                "# Errors\n\n| A | B |\n|---|---|\n| 1001 | 2001 |\n| 1002 | 2002 |",
                "1001 1002",
            ),
            // Codes side by side.
            (
                "# Errors\n\n| Thing | A | B | C |\n|---|---|---|---|\n| a b | 1 | 2 | 3 |",
                "1 2 3",
            ),
            (
                "# Errors\n\n| Thing | A | B |\n|---|---|---|\n| a b | 1 | 2 |\n| c d | 3 | 4 |",
                "1 3",
            ),
        ] {
            let document = crate::read(table);
            let heads = codes_of(&document.tables[0]);
            let found: Vec<String> = heads.into_iter().map(|head| head.code).collect();
            assert_eq!(found.join(" "), codes, "{table}");
        }
    }

    #[test]
    fn a_title_names_the_lines_below_it() {
        for (text, named) in [
            (
                "# Error codes\n\na\n\n# Overview\n\na\n\n## Error codes\n\na\n",
                &[3, 11][..],
            ),
            ("# Overview\n\nThese are the error codes:\n\na\n", &[5]),
            ("# Overview\n\n5: error codes\n\na\n", &[]),
        ] {
            let titles = titles_of(&crate::read(text));
            let lines = 1..=text.lines().count();
            let is_text = |line: &usize| text.lines().nth(line - 1) == Some("a");
            let found: Vec<usize> = lines
                .clone()
                .filter(|&line| is_named(&titles, line))
                .filter(is_text)
                .collect();
            assert_eq!(found, named, "{text}");
            assert!(!is_named(&titles, 1), "{text}");
        }
    }

    #[test]
    fn heads_of_one_reason_that_are_near_are_one_group() {
        let heads: Vec<Head> = [2, 4, 7, 11, 12]
            .map(|line| Head {
                line,
                code: line.to_string(),
            })
            .into();
        let reasons = ["a", "a", "a", "a", "b"];
        let heads: Vec<(&'static str, &Head)> = reasons.into_iter().zip(&heads).collect();
        let sizes = |apart: usize| -> Vec<usize> {
            let groups = group(&heads, apart);
            groups.iter().map(|(_, heads)| heads.len()).collect()
        };
        assert_eq!(sizes(3), [3, 1, 1]);
        assert_eq!(sizes(usize::MAX), [4, 1]);
    }

    #[test]
    fn many_groups_of_one_reason_are_joined() {
        let count = |groups: usize| {
            let text = "<!--\n1001 text\n-->\n\nText.\n\n".repeat(groups);
            let document = crate::read(&text);
            crate::extract(&document, &crate::Hints::default())
                .unread
                .len()
        };
        assert_eq!(count(20), 20);
        assert_eq!(count(21), 1);
    }

    #[test]
    fn of_many_codes_the_first_and_the_last_are_shown() {
        let heads: Vec<Head> = (1..=6)
            .map(|line| Head {
                line,
                code: line.to_string(),
            })
            .collect();
        let heads: Vec<&Head> = heads.iter().collect();
        assert_eq!(shown(&heads[..5]), "`1`, `2`, `3`, `4`, `5`");
        assert_eq!(shown(&heads), "`1`, `2`, `3`, `4`, … `6`");
    }
}
