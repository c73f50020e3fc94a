//! A header, a heading or a label in, the concepts of its words out.

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::lexicon::LEXICON;
use crate::lexicon::concept::{Concept, Concepts};
use crate::lexicon::fold::fold;
use crate::lexicon::script::Script;
use crate::lexicon::words::{Lexicon, Pattern};

/// A heading says what it is about at its beginning, a sentence above a table at its end.
const LONGEST: usize = 240;

/// The concepts that the words of a phrase express.
#[derive(Clone, Debug)]
pub struct Phrase(Arc<Read>);

#[derive(Debug)]
struct Read {
    text: String,
    spans: SmallVec<[Span; 6]>,
    concepts: Concepts,
    head: Concepts,
    /// The words that are known, with what belongs to them.
    known: SmallVec<[(usize, usize); 6]>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
    concepts: Concepts,
}

impl Phrase {
    /// All its concepts.
    #[must_use]
    pub fn concepts(&self) -> Concepts {
        self.0.concepts
    }

    /// The concepts of the word that the phrase is about: `description` in `error code description`,
    /// `code` in `code d'erreur` and in `code of the error`.
    #[must_use]
    pub fn head(&self) -> Concepts {
        self.0.head
    }

    /// The words that were found, as they are looked up, in the order of the phrase.
    pub fn words(&self) -> impl Iterator<Item = (&str, Concepts)> {
        let words = self.0.spans.iter();
        words.map(|span| (&self.0.text[span.start..span.end], span.concepts))
    }

    /// How many bytes of the folded phrase are in no word that was found. Words like `of` and `the`
    /// are not counted.
    #[must_use]
    pub fn unknown(&self) -> usize {
        let mut unknown = 0;
        let mut start = 0;
        for word in self.0.text.split(' ') {
            let end = start + word.len();
            let own = self
                .0
                .known
                .iter()
                .map(|&(first, last)| (first.max(start), last.min(end)));
            let known = covered(own, &self.0.text);
            if known > 0 || LEXICON.frequent.get(word).is_none() {
                unknown += word.len() - known;
            }
            start = end + 1;
        }
        unknown
    }
}

/// Scripts, each with the language that is spoken in it.
type Spoken = SmallVec<[(Script, u8); 2]>;

/// One match of one language.
#[derive(Clone, Copy)]
struct Found {
    /// What was matched, and the words that it is in.
    start: usize,
    end: usize,
    first: usize,
    last: usize,
    language: u8,
    script: Script,
    concepts: Concepts,
    is_link: bool,
    any_beginning: bool,
}

impl Lexicon {
    /// Reads a phrase. Where it could be of two languages, English wins.
    pub(super) fn phrase(&self, text: &str) -> Phrase {
        let text = ends(text);
        let folded = fold(&text);
        let mut found = self.find(&folded);
        let spoken = self.keep_spoken(&mut found, &folded);
        let link = found
            .iter()
            .find(|found| found.is_link)
            .map(|link| link.start);
        let head_first = spoken
            .first()
            .is_some_and(|&(_, language)| self.languages[usize::from(language)].head_first);
        let mut spans: SmallVec<[Span; 6]> = SmallVec::new();
        for found in found.iter().filter(|found| !found.is_link) {
            let start = found.start;
            let end = found.end;
            match spans
                .iter_mut()
                .find(|span| (span.start, span.end) == (start, end))
            {
                Some(span) => span.concepts = span.concepts.union(found.concepts),
                None => spans.push(Span {
                    start,
                    end,
                    concepts: found.concepts,
                }),
            }
        }
        spans.sort_by_key(|span| (span.start, span.end));
        let head = head(&spans, head_first, link, main_part(&text));
        let concepts = spans
            .iter()
            .fold(Concepts::default(), |all, span| all.union(span.concepts));
        Phrase(Arc::new(Read {
            text: folded,
            spans,
            concepts,
            head,
            known: found.iter().map(|one| (one.first, one.last)).collect(),
        }))
    }

    /// Whether a folded phrase says error. Most have none of the words, and are not read as a whole.
    pub(super) fn says_error(&self, folded: &str) -> bool {
        let mut may_say = false;
        for (place, _) in folded.char_indices() {
            self.errors.at(folded, place, |_, ()| may_say = true);
        }
        may_say && {
            let mut found = self.find(folded);
            self.keep_spoken(&mut found, folded);
            found
                .iter()
                .any(|one| one.concepts.contains(Concept::Error))
        }
    }

    /// Drops what is found and not meant. Returns what `spoken` does.
    fn keep_spoken(&self, found: &mut Vec<Found>, folded: &str) -> Spoken {
        drop_loose_endings(found);
        drop_parts(found);
        let spoken = self.spoken(found, folded);
        found.retain(|found| spoken.contains(&(found.script, found.language)));
        spoken
    }

    fn find(&self, folded: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for (place, _) in folded.char_indices() {
            self.phrases.at(folded, place, |end, pattern| {
                note(folded, (place, end), pattern, &mut found);
            });
        }
        found
    }

    /// For each script the language whose words cover most of the phrase, the widest script first.
    fn spoken(&self, found: &[Found], folded: &str) -> Spoken {
        let mut best: SmallVec<[(Script, u8, usize); 2]> = SmallVec::new();
        let mut seen: SmallVec<[(Script, u8); 8]> = SmallVec::new();
        for one in found {
            if seen.contains(&(one.script, one.language)) {
                continue;
            }
            seen.push((one.script, one.language));
            let own = found
                .iter()
                .filter(|found| (found.script, found.language) == (one.script, one.language));
            let letters = covered(own.map(|found| (found.first, found.last)), folded);
            let tag = self.languages[usize::from(one.language)].tag.as_str();
            let rank = 2 * letters + usize::from(tag == "en");
            match best.iter_mut().find(|(script, ..)| *script == one.script) {
                Some(best) if best.2 >= rank => {}
                Some(best) => *best = (one.script, one.language, rank),
                None => best.push((one.script, one.language, rank)),
            }
        }
        best.sort_by_key(|&(script, _, rank)| (std::cmp::Reverse(rank), script));
        best.into_iter()
            .map(|(script, language, _)| (script, language))
            .collect()
    }
}

fn note(folded: &str, (start, end): (usize, usize), pattern: &Pattern, found: &mut Vec<Found>) {
    let word = &folded[start..end];
    let start = start + usize::from(word.starts_with(' '));
    let end = end - usize::from(word.ends_with(' '));
    let first = if pattern.any_beginning {
        folded[..start].rfind(' ').map_or(0, |space| space + 1)
    } else {
        start
    };
    let last = if pattern.any_ending {
        folded[end..]
            .find(' ')
            .map_or(folded.len(), |space| end + space)
    } else {
        end
    };
    for meaning in &pattern.meanings {
        found.push(Found {
            start,
            end,
            first,
            last,
            language: meaning.language,
            script: pattern.script,
            concepts: meaning.concepts,
            is_link: meaning.is_link,
            any_beginning: pattern.any_beginning,
        });
    }
}

/// The second part of a compound needs a first: `*code` is in `Fehlercode` and `Störungscode`, and
/// not in `Unicode`.
fn drop_loose_endings(found: &mut Vec<Found>) {
    const LONGEST_LINK: usize = 2;
    if !found.iter().any(|one| one.any_beginning) {
        return;
    }
    let all = found.clone();
    let is_after = |ending: &Found| {
        all.iter().any(|first| {
            first.language == ending.language
                && first.start == ending.first
                && first.last == ending.last
                && first.end <= ending.start
                && ending.start - first.end <= LONGEST_LINK
        })
    };
    found.retain(|one| !one.any_beginning || one.first == one.start || is_after(one));
}

/// Drops what is part of a longer word of the same language.
fn drop_parts(found: &mut Vec<Found>) {
    let is_part = |one: &Found| {
        found.iter().any(|other| {
            other.language == one.language
                && other.start <= one.start
                && one.end <= other.end
                && other.end - other.start > one.end - one.start
        })
    };
    let parts: SmallVec<[bool; 32]> = found.iter().map(is_part).collect();
    let mut parts = parts.into_iter();
    found.retain(|_| parts.next() == Some(false));
}

/// How many bytes these spans cover, without spaces.
fn covered(spans: impl Iterator<Item = (usize, usize)>, text: &str) -> usize {
    let mut spans: SmallVec<[(usize, usize); 8]> = spans.collect();
    spans.sort_unstable();
    let mut covered = 0;
    let mut to = 0;
    for (start, end) in spans {
        let from = start.max(to);
        if from < end {
            covered += text.as_bytes()[from..end]
                .iter()
                .filter(|&&byte| byte != b' ')
                .count();
            to = end;
        }
    }
    covered
}

/// The length of what precedes a remark in brackets, folded.
fn main_part(text: &str) -> usize {
    match text.find(['(', '（', '[', '【']) {
        Some(at) => fold(&text[..at]).trim_end().len(),
        None => usize::MAX,
    }
}

fn head(spans: &[Span], head_first: bool, link: Option<usize>, main: usize) -> Concepts {
    let in_main = spans.iter().filter(|span| span.end <= main).count();
    let spans = &spans[..if in_main > 0 { in_main } else { spans.len() }];
    let before = link.map_or(0, |link| {
        spans.iter().filter(|span| span.end <= link).count()
    });
    let head = match before {
        _ if head_first => spans.first(),
        0 => spans.last(),
        _ => spans[..before].last(),
    };
    head.map_or_else(Concepts::default, |span| span.concepts)
}

/// The beginning and the end of a long text, which say what it is about.
fn ends(text: &str) -> Cow<'_, str> {
    if text.len() <= 2 * LONGEST {
        return text.into();
    }
    let head = text.floor_char_boundary(LONGEST);
    let tail = text.floor_char_boundary(text.len() - LONGEST);
    [&text[..head], " ", &text[tail..]].concat().into()
}
