//! Links and footnotes that are defined in another part of the document than they are used in.

use std::collections::HashMap;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr};

/// The labels that a document defines.
#[derive(Default)]
pub(super) struct References<'a> {
    links: HashMap<String, &'a str>,
    footnotes: HashMap<String, &'a str>,
}

impl<'a> References<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut references = References::default();
        for end in memmem::find_iter(text.as_bytes(), b"]:") {
            let begin = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
            let label = text[begin..end].trim_start_matches([' ', '\t', '>']);
            let Some(label) = label.strip_prefix('[').filter(|label| !label.is_empty()) else {
                continue;
            };
            let rest = text[end + 2..].split('\n').next().unwrap_or_default();
            let target = rest.split_whitespace().next().unwrap_or_default();
            let (known, label) = match label.strip_prefix('^') {
                Some(label) => (&mut references.footnotes, label),
                None => (&mut references.links, label),
            };
            known.entry(fold(label)).or_insert(target);
        }
        references
    }

    pub(super) fn has_footnotes(&self) -> bool {
        !self.footnotes.is_empty()
    }

    pub(super) fn has_footnote(&self, label: &str) -> bool {
        self.footnotes.contains_key(&fold(label))
    }
}

fn fold(label: &str) -> String {
    label.trim().to_lowercase()
}

/// Tells the parser of one part what the other parts define.
pub(super) struct Callback<'r, 'a>(pub(super) &'r References<'a>);

impl<'input, 'a: 'input> BrokenLinkCallback<'input> for Callback<'_, 'a> {
    fn handle_broken_link(
        &mut self,
        link: BrokenLink<'input>,
    ) -> Option<(CowStr<'input>, CowStr<'input>)> {
        if self.0.links.is_empty() {
            return None;
        }
        let target = self.0.links.get(&fold(&link.reference))?;
        Some(((*target).into(), "".into()))
    }
}
