//! Blocks in, lists of codes out as tables: runs of headings, bullets, lines of text or lines of
//! code that begin alike.
//!
//! Each entry becomes a row with a code, a text and a column for each label that repeats
//! (`Cause:`, `错误码：`), so that the columns are read as those of any other table.

mod fence;
mod head;
mod items;
mod layout;
mod page;
mod titles;
mod words;

use page::{Page, Path};
pub(super) use words::speaks_of_errors;

use crate::document::{Document, Kind, Refusal, Refused, Table};

/// The runs of lines that could be lists of codes.
pub(super) struct Proposed {
    /// Those that are, in their order.
    pub(super) taken: Vec<Table>,
    pub(super) refused: Vec<Refused>,
}

/// Says why a list does not hold codes.
type Refuse<'a> = dyn Fn(&Table) -> Option<Refusal> + 'a;

/// Finds the lists of codes of a document.
pub(super) fn propose(document: &Document, refuse: &Refuse<'_>) -> Proposed {
    let page = Page::new(document, refuse);
    let mut lists = Vec::new();
    let mut path = Path::new();
    // Up to where the sections of each level were looked at, so that none is twice; level 0 are
    // titles that are not headings.
    let mut tried = [0_usize; 7];
    // Up to where the items were looked at.
    let mut passed = 0;
    let mut at = 0;
    while at < page.blocks.len() {
        let found = match page.kind(at) {
            Kind::Heading(level) => {
                path.retain(|(above, _)| *above < level);
                let tried = &mut tried[usize::from(level.min(6))];
                let found = if at >= *tried {
                    titles::read(&page, at, &path, tried)
                } else {
                    None
                };
                path.push((level, at));
                found
            }
            Kind::Bold | Kind::Paragraph => {
                let titled = if at >= tried[0] {
                    titles::read(&page, at, &path, &mut tried[0])
                } else {
                    None
                };
                titled.or_else(|| {
                    if at >= passed {
                        items::read(&page, at, &path)
                    } else {
                        None
                    }
                })
            }
            Kind::Item(_) | Kind::More(_) => items::read(&page, at, &path),
            Kind::Code => fence::read(&page, at, &path),
            Kind::Table(_) => None,
        };
        match found {
            Some((list, end)) => {
                lists.push(list);
                at = end.max(at + 1);
            }
            None => {
                let end = if at >= passed {
                    items::end(&page, at).max(at + 1)
                } else {
                    passed
                };
                passed = end;
                // The first section may follow other paragraphs at once.
                let end = (at + 1..end)
                    .find(|&at| titles::is_line(&page, at))
                    .unwrap_or(end);
                lists.extend(inner(&page, at, end, &path));
                at = end;
            }
        }
    }
    Proposed {
        taken: lists,
        refused: page.into_refused(),
    }
}

/// The lists of codes inside a list of something else: blocks of code, and items of an item.
fn inner(page: &Page<'_>, at: usize, end: usize, path: &Path) -> Vec<Table> {
    let mut lists = Vec::new();
    let mut passed = at + 1;
    for at in at + 1..end {
        // What was read is not read again.
        if at < passed {
            continue;
        }
        let found = match (page.kind(at - 1), page.kind(at)) {
            (_, Kind::Code) => fence::read(page, at, path),
            (Kind::Item(above) | Kind::More(above), Kind::Item(depth))
                // The item above must introduce them: the heading speaks for that item.
                if depth > above && speaks_of_errors(&page.text(at - 1)) =>
            {
                items::read(page, at, path)
            }
            _ => None,
        };
        if let Some((list, end)) = found {
            passed = end;
            lists.push(list);
        }
    }
    lists
}
