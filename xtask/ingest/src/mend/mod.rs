//! Text as its author left it in, text that a strict Markdown parser reads in full out.
//!
//! Each rule is a small function of its own. No rule adds or takes away a `\n`, so that the n-th
//! line of the mended text is the n-th line of the file.

mod block;
mod characters;
mod diplodoc;
mod edit;
mod headings;
mod hidden;
mod html;
mod kinds;
mod lift;
mod pipes;
mod rows;
mod rules;
mod scan;
mod sound;

use std::borrow::Cow;

use super::document::{Mend, Table};
use block::Block;
use edit::Edit;
use scan::{Found, Scan};

/// Fills the place of a line inside a table that the reader must not take for a row, and frames
/// the number of what was lifted out of the text.
///
/// A noncharacter: no document that is text holds it.
pub(super) const FILLER: char = '\u{FDD0}';

/// The text, mended, with a note of each mend.
pub(super) struct Mended<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) mends: Vec<Mend>,
    /// What was read apart; a mark with its number stands in the text.
    pub(super) lifted: Vec<Vec<Table>>,
}

/// Mends a text, first its characters, then its tables.
pub(super) fn mend(text: &str) -> Mended<'_> {
    let mut mended = Mended {
        text: Cow::Borrowed(text),
        mends: Vec::new(),
        lifted: Vec::new(),
    };
    mended.text = match characters::mend(text, &mut mended.mends) {
        Cow::Borrowed(text) => tables(text, &mut mended.mends, &mut mended.lifted),
        Cow::Owned(text) => {
            Cow::Owned(tables(&text, &mut mended.mends, &mut mended.lifted).into_owned())
        }
    };
    mended
}

/// Mends each table; a text whose tables are all sound comes back as it is.
fn tables<'a>(text: &'a str, mends: &mut Vec<Mend>, lifted: &mut Vec<Vec<Table>>) -> Cow<'a, str> {
    let mut scan = Scan::new(text);
    let mut edit = Edit::new(text);
    while let Some(found) = scan.next() {
        match found {
            Found::Pipe(block, range) => pipe_table(&mut edit, block, range, mends, lifted),
            Found::Bare(block, range) => lift::bare_rows(&mut edit, &block, range, (mends, lifted)),
            Found::Html { line, range } => {
                html::tables(&mut edit, text, line, range, (mends, lifted));
            }
            Found::Hidden { line, range } => {
                edit.blank(range);
                let text = "a comment of the page's template language hides these lines; they were left out";
                mends.push(Mend {
                    line,
                    rule: "template-comment",
                    text: text.to_owned(),
                });
            }
            Found::Diplodoc { line, range } => {
                diplodoc::table(&mut edit, text, line, range, (mends, lifted));
            }
            Found::Heading { line, at } => {
                edit.replace(at..at).push(' ');
                let text = "a blank is missing between the `#` and the heading; it was added";
                mends.push(Mend {
                    line,
                    rule: "heading-without-blank",
                    text: text.to_owned(),
                });
            }
        }
    }
    edit.finish()
}

fn pipe_table(
    edit: &mut Edit<'_>,
    mut block: Block<'_>,
    range: std::ops::Range<usize>,
    mends: &mut Vec<Mend>,
    lifted: &mut Vec<Vec<Table>>,
) {
    let before = mends.len();
    for rule in rules::RULES {
        rule(&mut block, mends);
    }
    rules::widths(&mut block, mends);
    if let Some(reason) = lift::reason(&block) {
        mends.push(block.note(0, reason.rule, reason.text.to_owned()));
        lift::table(edit, &block, range, lifted);
    } else if mends.len() > before {
        let mended = edit.replace(range);
        block.lines.iter().for_each(|line| line.push_to(mended));
    }
}
