//! HTML between Markdown: what of it a reader of the page sees.

use std::borrow::Cow;
use std::collections::HashSet;

use html5ever::tokenizer::Tag;

/// The source of the block being read, and the names of the tags that are closed in it.
#[derive(Default)]
pub(super) struct Block<'a> {
    source: &'a str,
    closed: Option<HashSet<String>>,
}

impl<'a> Block<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Block {
            source,
            closed: None,
        }
    }

    /// Is its source nothing else?
    pub(super) fn is_only(&self, source: &str) -> bool {
        self.source.trim_matches(['|', ' ', '\t']) == source
    }

    /// Looks the block over once, however many tags it holds.
    fn closes(&mut self, name: &str) -> bool {
        let source = self.source;
        self.closed
            .get_or_insert_with(|| closed_names(source))
            .contains(name)
    }
}

fn closed_names(source: &str) -> HashSet<String> {
    let names = source.match_indices("</").map(|(at, _)| {
        let rest = &source[at + 2..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        rest[..end.min(20)].to_ascii_lowercase()
    });
    names.collect()
}

/// Appends what an inline tag shows: a line break, nothing, or, if it is no tag at all but a
/// vendor's `<key>`, itself.
pub(super) fn inline(html: &str, block: &mut Block<'_>, rendered: &mut String) {
    // Most tags in a cell are these.
    if matches!(html, "<br>" | "<br/>" | "<br />") {
        return rendered.push('\n');
    }
    let Some(name) = tag_name(html) else {
        // A comment or a declaration: hidden.
        return;
    };
    let name = name.to_ascii_lowercase();
    if name == "br" || is_break(&name) {
        rendered.push('\n');
    } else if !is_markup(html, &name, block) {
        rendered.push_str(html);
    }
}

/// What a tag inside an HTML table shows.
pub(super) fn shown_in_html(name: &str, has_attributes: bool) -> Cow<'static, str> {
    if name == "br" || is_break(name) {
        "\n".into()
    } else if has_attributes || has(MARKUP, name) || has(MARKUP_IN_PAIRS, name) {
        "".into()
    } else {
        format!("<{name}>").into()
    }
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let mut attributes = tag.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name)?;
    Some(&found.value)
}

/// Does it begin and end a line of its own?
pub(crate) fn is_break(name: &str) -> bool {
    has(BREAKS, name)
}

/// The level of a heading, from the name of its tag.
pub(super) fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix(['h', 'H'])?.parse().ok()?;
    (name.len() == 2 && (1..=6).contains(&level)).then_some(level)
}

/// Whether a name is one of these, which are separated by spaces.
pub(super) fn has(names: &str, name: &str) -> bool {
    let mut names = names.split_ascii_whitespace();
    names.any(|known| known == name)
}

/// These begin a new line.
const BREAKS: &str = " p div li dd dt tr h1 h2 h3 h4 h5 h6 hr ";

/// These are markup everywhere.
const MARKUP: &str = " \
    a abbr acronym b big blockquote caption center cite col colgroup del details dfn dl em \
    figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark nobr ol pre q rp rt ruby s samp \
    script small span strike strong style sub summary sup table tbody td tfoot th thead tr tt u \
    ul wbr ";

/// These are tags too, but also what vendors call their parameters: `BAD_ARGUMENTS:<code>`.
const MARKUP_IN_PAIRS: &str = " \
    address article aside audio base body button code data dialog embed footer form head header \
    html iframe input label legend link main map menu meta meter nav object option output param \
    picture progress section select slot source svg template text textarea time title track var \
    video ";

fn is_markup(html: &str, name: &str, block: &mut Block<'_>) -> bool {
    if has(MARKUP, name) {
        return true;
    }
    let has_attributes = html.contains('=') || html.ends_with("/>");
    has(MARKUP_IN_PAIRS, name) && (has_attributes || block.closes(name))
}

pub(super) fn tag_name(html: &str) -> Option<&str> {
    let inner = html.strip_prefix('<')?.trim_start_matches('/');
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    (end > 0).then(|| &inner[..end])
}
