//! What a reader of the page does not see as text: fences, comments, preformatted HTML.

/// Finds where hidden parts end. Each search for an end that is not there is made once.
#[derive(Default)]
pub(super) struct Hidden {
    /// Where the last end of each kind begins, once it was looked for; past the text if there is none.
    last: [Option<usize>; ENDS.len()],
    /// How many bytes were searched for the ends of tables.
    pub(super) looked: usize,
}

const ENDS: [&str; 7] = [
    "-->",
    "*/}",
    "--}}",
    "endcomment",
    "</pre",
    "</script",
    "</style",
];

impl Hidden {
    /// The end of a comment of MDX, Handlebars or Liquid that opens here.
    pub(super) fn comment_end(&mut self, text: &str, line: &str, at: usize) -> Option<usize> {
        let which = match line {
            _ if line.starts_with("{/*") => 1,
            _ if line.starts_with("{{!--") => 2,
            _ if is_liquid_comment(line) => 3,
            _ => return None,
        };
        self.end(text, at, which)
    }

    /// The end of an HTML comment; a comment that is never closed hides the rest of the text.
    pub(super) fn html_comment_end(&mut self, text: &str, at: usize) -> Option<usize> {
        let at_line_start = text[..at].ends_with('\n') || at == 0;
        self.end(text, at, 0)
            .or_else(|| at_line_start.then_some(text.len()))
    }

    /// The end of a block that a browser shows as it is, or not at all.
    pub(super) fn preformatted_end(&mut self, text: &str, line: &str, at: usize) -> Option<usize> {
        let name = line.strip_prefix('<')?;
        let opens = |tag: &str| {
            name.get(..tag.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(tag))
        };
        let which = ["pre", "script", "style"]
            .iter()
            .position(|tag| opens(tag))?;
        self.end(text, at, which + 4)
    }

    fn end(&mut self, text: &str, at: usize, which: usize) -> Option<usize> {
        let last =
            *self.last[which].get_or_insert_with(|| text.rfind(ENDS[which]).unwrap_or(usize::MAX));
        if last == usize::MAX || last < at {
            return None;
        }
        text[at..]
            .find(ENDS[which])
            .map(|found| at + found + ENDS[which].len())
    }
}

fn is_liquid_comment(line: &str) -> bool {
    let inner = line
        .strip_prefix("{%")
        .map(|inner| inner.trim_start_matches('-').trim_start());
    inner.is_some_and(|inner| inner.starts_with("comment"))
}

/// A fence of backticks or tildes.
pub(super) struct Fence {
    mark: char,
    len: usize,
}

impl Fence {
    pub(super) fn open(line: &str) -> Option<Fence> {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let len = line.chars().take_while(|&c| c == mark).count();
        // A backtick after the run makes it a code span.
        let is_span = mark == '`' && line[len..].contains('`');
        (len >= 3 && !is_span).then_some(Fence { mark, len })
    }

    pub(super) fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.chars().all(|c| c == self.mark) && line.len() >= self.len
    }
}
