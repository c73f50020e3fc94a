//! Text in, segments out: which lines are a table, and of what kind, and which are anything else.
//!
//! Nothing is rewritten: a segment is a range of the text, so that every line number is true.

pub(super) mod block;
pub(super) mod diplodoc;
mod headings;
mod hidden;
mod html;
pub(super) mod pandoc;
pub(super) mod pipes;
pub(super) mod rows;
mod scan;
mod sound;

use std::ops::Range;

use block::Block;
use pandoc::Pandoc;
use scan::Scan;

/// A part of a text.
pub(super) struct Segment<'a> {
    /// Its first line, counted from 1.
    pub(super) line: usize,
    pub(super) range: Range<usize>,
    pub(super) kind: Kind<'a>,
}

/// What a segment is.
pub(super) enum Kind<'a> {
    /// The metadata that a document begins with.
    FrontMatter,
    /// Headings, paragraphs, lists, fences, and tables that a strict parser reads as they are.
    Prose,
    /// A heading without a space after its marks, with their number.
    Heading(usize),
    /// A pipe table.
    Pipe(Block<'a>),
    /// Rows between pipes without a delimiter row.
    Bare(Block<'a>),
    /// HTML from `<table` on, to the end of the last table of its line.
    Html,
    /// What a comment of a template language hides.
    Hidden,
    /// A table of Diplodoc, with its marks.
    Diplodoc,
    /// A table of pandoc that is drawn with dashes.
    Pandoc(Pandoc),
}

/// Cuts a text into segments, which together are the whole text.
pub(super) fn segment(text: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut done = front_matter(text);
    let mut line = 1;
    if done > 0 {
        segments.push(Segment {
            line,
            range: 0..done,
            kind: Kind::FrontMatter,
        });
        line += text[..done].matches('\n').count();
    }
    let mut scan = Scan::new(text, done, line - 1);
    while let Some(found) = scan.next() {
        if done < found.range.start {
            segments.push(Segment {
                line,
                range: done..found.range.start,
                kind: Kind::Prose,
            });
        }
        done = found.range.end;
        line = scan.line_of_next(done);
        segments.push(found);
    }
    if done < text.len() {
        segments.push(Segment {
            line,
            range: done..text.len(),
            kind: Kind::Prose,
        });
    }
    segments
}

/// The title in the metadata that a document begins with: `title: "Error codes"`.
pub(super) fn title(text: &str, segments: &[Segment<'_>]) -> Option<String> {
    let metadata = segments
        .first()
        .filter(|segment| matches!(segment.kind, Kind::FrontMatter))?;
    let value = text[metadata.range.clone()].lines().find_map(|line| {
        let rest = line.strip_prefix("title")?.trim_start();
        rest.strip_prefix([':', '='])
    })?;
    let title = value.trim().trim_matches(['"', '\'']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The length of the metadata that a document begins with. The parser would take the text between
/// two rules for metadata, and ordinary documents part their chapters so.
fn front_matter(text: &str) -> usize {
    let Some(mark) = ["---", "+++"]
        .into_iter()
        .find(|mark| text.starts_with(mark))
    else {
        return 0;
    };
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let rule = line.trim_end();
        end += line.len();
        match number {
            0 if rule != mark => return 0,
            // A blank line after the first rule makes it one.
            1 if rule.is_empty() => return 0,
            0 => {}
            _ if rule == mark || (mark == "---" && rule == "...") => return end,
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{front_matter, segment, title};

    #[test]
    fn metadata_are_between_two_rules_at_the_beginning() {
        for (text, metadata) in [
            ("---\ntitle: x\n---\n# A\n", "---\ntitle: x\n---\n"),
            (
                "---\r\ntitle: x\r\n---\r\n# A\n",
                "---\r\ntitle: x\r\n---\r\n",
            ),
            ("---\ntitle: x\n...\n# A\n", "---\ntitle: x\n...\n"),
            ("+++\ntitle = 'x'\n+++\n# A\n", "+++\ntitle = 'x'\n+++\n"),
            ("+++\ntitle = 'x'\n...\n# A\n", ""),
            ("---\ntitle: x\n+++\n# A\n", ""),
            ("---\n---\n# A\n", "---\n---\n"),
            // A rule, and below it text.
            ("---\n\ntitle: x\n---\n# A\n", ""),
            ("----\ntitle: x\n---\n# A\n", ""),
            ("--- \ntitle: x\n---\n# A\n", "--- \ntitle: x\n---\n"),
            ("---\ntitle: x\n", ""),
            ("\n---\ntitle: x\n---\n", ""),
            ("# A\n", ""),
        ] {
            assert_eq!(&text[..front_matter(text)], metadata, "{text:?}");
        }
    }

    #[test]
    fn a_title_is_a_value_of_the_metadata() {
        for (line, found) in [
            ("title: Error codes", Some("Error codes")),
            ("title: \"Error codes\"", Some("Error codes")),
            ("title = 'Error codes'", Some("Error codes")),
            ("title : 错误码 ", Some("错误码")),
            ("title: ''", None),
            ("title:", None),
            ("titles: Error codes", None),
            ("subtitle: Error codes", None),
            ("name: x\ntitle: Error codes", Some("Error codes")),
        ] {
            let text = format!("---\n{line}\n---\ntitle: below\n");
            assert_eq!(title(&text, &segment(&text)).as_deref(), found, "{line}");
            let text = format!("{line}\n");
            assert_eq!(title(&text, &segment(&text)), None, "{line}");
        }
    }

    #[test]
    fn segments_are_the_whole_text() {
        let text = "---\ntitle: x\n---\n##Errors\n\ntext <table><tr><td>1</table> more\n\n|a|b|\n|-|\n|1|2|\n\nend\n\n#|\n|| a | b ||\n|#\n{{!-- x --}}\n\n| 1 | 2 |\n| 3 | 4 |\n";
        let segments = segment(text);
        let all: String = segments
            .iter()
            .map(|segment| &text[segment.range.clone()])
            .collect();
        assert_eq!(all, text);
        for segment in &segments {
            let line = text[..segment.range.start].matches('\n').count() + 1;
            assert_eq!(segment.line, line, "{:?}", &text[segment.range.clone()]);
        }
        assert_eq!(segments.len(), 11);
    }
}
