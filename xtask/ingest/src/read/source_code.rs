//! Source code in, a block of code for each declaration out: the lines that give a name a value,
//! each with the comment that describes it.
//!
//! A line of a block is that line of the file; what declares no constant is blank.

use crate::code;
use crate::document::{Document, Kind, Mend};
use crate::read::records::add_block;

/// The words before a name that holds constants.
const HOLDERS: [&str; 7] = [
    "enum",
    "class",
    "struct",
    "object",
    "interface",
    "namespace",
    "const",
];

/// The words before a constant.
const CONSTANTS: [&str; 6] = ["const", "constexpr", "final", "let", "val", "define"];

/// Attributes that may follow the name of an enumerator in C and C++.
const ATTRIBUTES: [&str; 2] = ["__attribute__", "[["];

/// `NAME = VALUE`, and the comment that describes it.
type Constant = (String, String);

/// How the lines of a block are written.
#[derive(Default, PartialEq)]
enum Form {
    /// Several constants may be on a line.
    Enum,
    /// A name is before its type: `const (` of Go.
    NameFirst,
    #[default]
    Other,
}

/// The constants that belong together.
#[derive(Default)]
struct Block {
    name: String,
    /// The line that names it.
    line: usize,
    /// Whether each of its lines is a constant.
    is_list: bool,
    form: Form,
    /// Whether a name without a value counts on from the one before.
    counts: bool,
    /// The value of the enumerator before, if it is known.
    last: Option<i64>,
    /// The comment above its constants that is about all of them, with its line.
    lead: (usize, String),
    /// The line of the first constant.
    first: usize,
    /// The constants of each line.
    lines: Vec<Vec<Constant>>,
}

/// What the next line of a comment describes.
#[derive(Clone, Copy, PartialEq)]
enum About {
    /// The constant below it.
    Next,
    /// The last constant.
    Last,
    /// Nothing that was read.
    Other,
}

/// Reads a file of source code.
pub(super) fn read(source: &str) -> Document {
    let mut document = Document::default();
    let mut block = Block::default();
    let mut comment = String::new();
    let mut in_comment = false;
    let mut about = About::Next;
    // Where the comment beside the last constant begins.
    let mut column = None;
    for (at, text) in source.lines().enumerate() {
        let line = at + 1;
        if text.trim().is_empty() {
            if block.lines.is_empty() && !comment.is_empty() {
                block.lead = (line - 1, std::mem::take(&mut comment));
            }
            comment.clear();
            column = None;
            continue;
        }
        let was_in_comment = in_comment;
        for (place, part) in split_comments(text, &mut in_comment)
            .into_iter()
            .enumerate()
        {
            if part.code.is_empty() {
                let goes_on = was_in_comment && place == 0;
                if !goes_on && place == 0 {
                    let is_behind = BEHIND.iter().any(|mark| part.raw.starts_with(mark))
                        || column == Some(part.column);
                    about = if is_behind { About::Last } else { About::Next };
                }
                match about {
                    About::Next => join(&mut comment, part.comment),
                    About::Last => match block.lines.last_mut().and_then(|line| line.last_mut()) {
                        Some((_, described)) => join(described, part.comment),
                        None => join(&mut comment, part.comment),
                    },
                    About::Other => {}
                }
                continue;
            }
            let mut code = part.code;
            let mut closes = false;
            if let Some(next) = holder(code, line) {
                close(&mut document, &std::mem::replace(&mut block, next));
                block.lead = (line.saturating_sub(1), std::mem::take(&mut comment));
                // An enum may be on one line.
                let (_, inner) = code.split_once('{').unwrap_or_default();
                code = inner.split('}').next().unwrap_or_default();
                closes = inner.contains('}');
            }
            let found = constants(code, line, &mut block, &mut document);
            about = if found.is_empty() {
                About::Other
            } else {
                About::Last
            };
            column = (!found.is_empty()).then_some(part.column);
            if found.is_empty() {
                closes |= code.starts_with(['}', ')']);
            } else {
                add(&mut block, line, found, part.comment, &mut comment);
            }
            if closes && block.is_list {
                close(&mut document, &std::mem::take(&mut block));
            }
            comment.clear();
        }
    }
    close(&mut document, &block);
    document
}

/// How a comment begins that describes what is before it.
const BEHIND: [&str; 4] = ["//!<", "///<", "/**<", "/*!<"];

/// Adds the constants of a line, or of a part of it, with the comment beside or above them.
fn add(block: &mut Block, line: usize, found: Vec<String>, beside: &str, above: &mut String) {
    let described = if beside.is_empty() { &**above } else { beside }.to_owned();
    if block.lines.is_empty() {
        block.first = line;
        if !beside.is_empty() && !above.is_empty() {
            block.lead = (line - 1, std::mem::take(above));
        }
    }
    let place = line - block.first;
    block
        .lines
        .resize((place + 1).max(block.lines.len()), Vec::new());
    let found = found.into_iter().map(|code| (code, described.clone()));
    block.lines[place].extend(found);
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// Adds the heading and the code of a block that has constants.
fn close(document: &mut Document, block: &Block) {
    if block.lines.is_empty() {
        return;
    }
    if !block.name.is_empty() {
        add_block(document, Kind::Heading(1), block.line, &block.name);
    }
    if !block.lead.1.is_empty() {
        add_block(document, Kind::Paragraph, block.lead.0, &block.lead.1);
    }
    let lines: Vec<String> = block.lines.iter().map(|line| show(line)).collect();
    add_block(document, Kind::Code, block.first, &lines.join("\n"));
    if let Some(code) = document.blocks.last_mut() {
        code.end_line = block.first + lines.len() - 1;
    }
}

/// The constants of a line: `A = 1, /* a */ B = 2 // b`.
fn show(constants: &[Constant]) -> String {
    let mut shown = String::new();
    for (place, (code, comment)) in constants.iter().enumerate() {
        shown.push_str(code);
        if place + 1 < constants.len() {
            shown.extend([", /* ", comment, " */ "]);
        } else if !comment.is_empty() {
            shown.extend([" // ", comment]);
        }
    }
    shown
}

/// The block that a line begins: `enum Error {`, `class Error(IntEnum):`, `const (`.
fn holder(code: &str, line: usize) -> Option<Block> {
    let opens = code.contains('{') || code.ends_with([':', '(']) || code.starts_with("enum");
    let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    let kind = words
        .find(|word| HOLDERS.contains(word))
        .filter(|_| opens)?;
    let is_enum = kind == "enum" || code.contains("Enum");
    // C numbers enumerators from 0; the names of other languages need values.
    let counts = kind == "enum" && !code.contains("String");
    // `const char *error_text(int code) {`: the name of a function is before its parameters.
    let function = code.split_once('(').filter(|_| kind == "const");
    let mut before =
        function.map(|(head, _)| head.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let name = match &mut before {
        Some(words) => words.next_back(),
        None => words.find(|word| !word.is_empty() && !HOLDERS.contains(word)),
    };
    Some(Block {
        name: name.unwrap_or_default().to_owned(),
        line,
        is_list: is_enum || kind == "const",
        form: match kind {
            "enum" => Form::Enum,
            "const" if code.ends_with('(') => Form::NameFirst,
            _ => Form::Other,
        },
        counts,
        last: counts.then_some(-1),
        ..Block::default()
    })
}

/// The constants that a line declares.
///
/// After a line that is not understood, which may be an enumerator, later names get no value by
/// their position.
fn constants(code: &str, line: usize, block: &mut Block, document: &mut Document) -> Vec<String> {
    let code = code.trim_end_matches([',', ';']).trim();
    let is_attribute = code.starts_with('@') || code.starts_with('[') && code.ends_with(']');
    if code.trim_matches(['{', '(', '}', ')']).is_empty() || is_attribute {
        return Vec::new();
    }
    let parts = match code.strip_prefix("case ") {
        _ if block.form != Form::Enum => vec![code],
        rest => split_list(rest.unwrap_or(code)),
    };
    let mut found = Vec::new();
    for part in parts {
        match constant(part, line, block, document) {
            Some(constant) => found.push(constant),
            None => block.last = None,
        }
    }
    found
}

/// The parts between commas that are in no brackets and no quotes.
fn split_list(code: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut depth = 0_usize;
    for (at, c, in_quotes) in outside_quotes(code) {
        match c {
            _ if in_quotes => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(code[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(code[begin..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `NAME = VALUE` of a line that declares a constant, `NAME(VALUE, …)` of one that constructs it,
/// `VALUE: "text"` of one that gives a value its text.
fn constant(code: &str, line: usize, block: &mut Block, document: &mut Document) -> Option<String> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if let Some(define) = code.strip_prefix("#define ") {
        let (name, value) = define.trim().split_once([' ', '\t'])?;
        return is_name(name)
            .then(|| format!("{name} = {}", value.trim().trim_matches(['(', ')'])));
    }
    if let Some(pair) = text_of_value(code) {
        return Some(pair);
    }
    let assigned = code.split_once('=').filter(|(left, _)| !left.contains('"'));
    let Some((left, value)) = assigned else {
        if block.is_list && code.contains('(') && code.ends_with(')') && !has_attribute(code) {
            return Some(code.to_owned());
        }
        let end = ATTRIBUTES.iter().find_map(|attribute| code.find(attribute));
        let name = code[..end.unwrap_or(code.len())].trim();
        let last = block.last.filter(|_| block.is_list && is_name(name))?;
        let value = last.checked_add(1)?;
        block.last = Some(value);
        document.mends.push(Mend {
            line,
            rule: "implicit-value",
            text: format!("`{name}` has no value of its own; it is {value}, by its position"),
        });
        return Some(format!("{name} = {value}"));
    };
    let left = left.split(':').next().unwrap_or_default();
    let end = ATTRIBUTES.iter().find_map(|attribute| left.find(attribute));
    let left = &left[..end.unwrap_or(left.len())];
    let mut words = left.split_whitespace();
    let name = if block.form == Form::NameFirst {
        words.next()
    } else {
        words.next_back()
    };
    let name = name.filter(|name| is_name(name))?;
    let value = value
        .trim()
        .trim_start_matches(['(', '='])
        .trim_end_matches(')');
    let is_literal = value.starts_with(|c: char| c.is_ascii_digit() || "-\"'".contains(c));
    let is_declared = block.is_list
        || left
            .split_whitespace()
            .any(|word| CONSTANTS.contains(&word))
        || name.len() > 2 && !name.contains(|c: char| c.is_lowercase());
    let number = code::literal(value);
    let number = number.as_deref().unwrap_or(value);
    // In C, `0100` is 64.
    let is_octal = number.len() > 1 && number.starts_with('0');
    block.last = number.parse().ok().filter(|_| block.counts && !is_octal);
    (is_literal && is_declared).then(|| format!("{name} = {number}"))
}

fn has_attribute(code: &str) -> bool {
    ATTRIBUTES.iter().any(|attribute| code.contains(attribute))
}

/// A row of a table, `{ 1001, "text" }`, or a branch, `case 1001: return "text"`.
fn text_of_value(code: &str) -> Option<String> {
    let row = || match *split_list(code.strip_prefix('{')?.strip_suffix('}')?) {
        [value, text] => Some((value, text)),
        _ => None,
    };
    let branch = || {
        let (value, rest) = code.strip_prefix("case ")?.split_once(':')?;
        Some((value, rest.trim().strip_prefix("return ")?))
    };
    let (value, text) = row().or_else(branch)?;
    let (value, text) = (value.trim(), text.trim());
    let number = code::literal(value);
    let number = number.as_deref().unwrap_or(value);
    let is_text = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    (code::is_number(number) && is_text).then(|| format!("{number}: {text}"))
}

/// A part of a line: code, and the comment behind it.
struct Part<'a> {
    code: &'a str,
    /// The comment with its marks.
    raw: &'a str,
    comment: &'a str,
    /// Where the comment begins in the line.
    column: usize,
}

/// The parts of a line, each of code and the comment behind it.
fn split_comments<'a>(line: &'a str, in_comment: &mut bool) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut begin = 0;
    loop {
        let rest = &line[begin..];
        let open = if *in_comment {
            Some(0)
        } else {
            comment_in(rest)
        };
        let Some(open) = open else {
            if !rest.trim().is_empty() {
                parts.push(Part {
                    code: rest.trim(),
                    raw: "",
                    comment: "",
                    column: line.len(),
                });
            }
            return parts;
        };
        let raw = &rest[open..];
        let is_block = *in_comment || raw.starts_with("/*");
        let skipped = if *in_comment { 0 } else { 2.min(raw.len()) };
        let end = raw[skipped..].find("*/").filter(|_| is_block);
        *in_comment = is_block && end.is_none();
        let end = end.map_or(raw.len(), |end| skipped + end + 2);
        let raw = &raw[..end];
        parts.push(Part {
            code: rest[..open].trim(),
            raw,
            comment: raw
                .trim_start_matches(['/', '*', '!', '<', '#', ' ', '\t'])
                .trim_end_matches(['/', '*', '#', ' ', '\t']),
            column: begin + open,
        });
        begin += open + end;
        if begin == line.len() {
            return parts;
        }
    }
}

/// Where a comment begins.
fn comment_in(line: &str) -> Option<usize> {
    let is_mark = |&(at, c, in_quotes): &(usize, char, bool)| {
        let rest = &line[at..];
        let is_hash = c == '#' && (rest.len() == 1 || rest[1..].starts_with(' '));
        !in_quotes && (rest.starts_with("//") || rest.starts_with("/*") || is_hash)
    };
    outside_quotes(line).find(is_mark).map(|(at, ..)| at)
}

/// The characters of a line, and whether each is in double quotes.
fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let mut in_quotes = false;
    let mut is_escaped = false;
    line.char_indices().map(move |(at, c)| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && in_quotes && !was_escaped;
        in_quotes ^= c == '"' && !was_escaped;
        (at, c, in_quotes)
    })
}
