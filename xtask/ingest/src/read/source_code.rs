//! Source code in, a block of code for each declaration out: the lines that give a name a value,
//! each with the comment that describes it.
//!
//! A line of a block is that line of the file; what declares no constant is blank.

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

/// The constants that belong together.
#[derive(Default)]
struct Block {
    name: String,
    /// The line that names it.
    line: usize,
    /// Whether each of its lines is a constant.
    is_list: bool,
    /// The value of the enumerator before, if the next may have none.
    last: Option<i64>,
    /// The comment above its constants that is about all of them, with its line.
    lead: (usize, String),
    /// The line of the first constant.
    first: usize,
    lines: Vec<String>,
}

/// Reads a file of source code.
pub(super) fn read(source: &str) -> Document {
    let mut document = Document::default();
    let mut block = Block::default();
    let mut comment = String::new();
    let mut in_comment = false;
    for (at, text) in source.lines().enumerate() {
        let line = at + 1;
        let (code, beside) = split_comment(text, &mut in_comment);
        if code.is_empty() {
            if text.trim().is_empty() {
                if block.lines.is_empty() && !comment.is_empty() {
                    block.lead = (line - 1, std::mem::take(&mut comment));
                }
                comment.clear();
            }
            if !comment.is_empty() {
                comment.push(' ');
            }
            comment.push_str(beside);
            continue;
        }
        if let Some(next) = holder(code, line) {
            close(&mut document, &std::mem::replace(&mut block, next));
            block.lead = (line.saturating_sub(1), std::mem::take(&mut comment));
            // An enum on one line.
            if let Some((_, inner)) = code.split_once('{') {
                let inner = inner.split('}').next().unwrap_or_default();
                for part in inner.split(',').filter(|part| !part.trim().is_empty()) {
                    if let Some(constant) = constant(part.trim(), line, &mut block, &mut document) {
                        block.first = line;
                        block.lines.push(constant);
                    }
                }
            }
        } else if let Some(mut constant) = constant(code, line, &mut block, &mut document) {
            let described = if beside.is_empty() { &*comment } else { beside };
            if !described.is_empty() {
                constant = format!("{constant} // {described}");
            }
            if block.lines.is_empty() {
                block.first = line;
                if !beside.is_empty() && !comment.is_empty() {
                    block.lead = (line - 1, std::mem::take(&mut comment));
                }
            }
            block
                .lines
                .resize((line - block.first).max(block.lines.len()), String::new());
            block.lines.push(constant);
        } else if code.starts_with(['}', ')']) && block.is_list {
            close(&mut document, &std::mem::take(&mut block));
        }
        comment.clear();
    }
    close(&mut document, &block);
    document
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
    add_block(document, Kind::Code, block.first, &block.lines.join("\n"));
    // All constants of an enum on one line are in that line.
    let end_line = block.first + block.lines.len() - 1;
    if let Some(code) = document
        .blocks
        .last_mut()
        .filter(|_| block.line != block.first)
    {
        code.end_line = end_line;
    }
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
    let last = (kind == "enum" && !code.contains("String")).then_some(-1);
    let name = words.find(|word| !word.is_empty() && !HOLDERS.contains(word));
    Some(Block {
        name: name.unwrap_or_default().to_owned(),
        line,
        is_list: is_enum || kind == "const",
        last,
        ..Block::default()
    })
}

/// `NAME = VALUE` of a line that declares a constant, `NAME(VALUE, …)` of one that constructs it.
fn constant(code: &str, line: usize, block: &mut Block, document: &mut Document) -> Option<String> {
    let code = code.trim_end_matches([',', ';']).trim_end();
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if let Some(define) = code.strip_prefix("#define ") {
        let (name, value) = define.trim().split_once([' ', '\t'])?;
        return is_name(name)
            .then(|| format!("{name} = {}", value.trim().trim_matches(['(', ')'])));
    }
    let Some((left, value)) = code.split_once('=') else {
        let code = code.strip_prefix("case ").unwrap_or(code);
        if block.is_list && code.contains('(') && code.ends_with(')') {
            return Some(code.to_owned());
        }
        let value = block.last.filter(|_| block.is_list && is_name(code))? + 1;
        block.last = Some(value);
        document.mends.push(Mend {
            line,
            rule: "implicit-value",
            text: format!("`{code}` has no value of its own; it is {value}, by its position"),
        });
        return Some(format!("{code} = {value}"));
    };
    let left = left.split(':').next().unwrap_or_default();
    let name = left
        .split_whitespace()
        .last()
        .filter(|name| is_name(name))?;
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
    block.last = block.last.and_then(|_| value.parse().ok());
    (is_literal && is_declared).then(|| format!("{name} = {value}"))
}

/// The code of a line, and the comment in it.
fn split_comment<'a>(line: &'a str, in_comment: &mut bool) -> (&'a str, &'a str) {
    let marks = ['/', '*', '!', '<', '#', ' ', '\t'];
    let text = line.trim();
    if *in_comment {
        *in_comment = !text.contains("*/");
        return ("", text.trim_matches(marks));
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' => quote = Some(c),
            None => {
                let is_hash = c == '#' && (rest.len() == 1 || rest[1..].starts_with(' '));
                if rest.starts_with("/*") {
                    *in_comment = !rest.contains("*/");
                }
                if rest.starts_with("//") || rest.starts_with("/*") || is_hash {
                    return (text[..at].trim_end(), rest.trim_matches(marks));
                }
            }
        }
    }
    (text, "")
}
