//! The words of headers, headings, labels and cells, by language: `lexicon/*.toml`, concept by concept.
//!
//! A word expresses concepts, wherever it occurs: a header, a heading, a caption and a label look
//! up the same words. `错误编号`, `exit code` and `Fehlernummer` are found by their parts, an error
//! or an outcome and a code, so that synonyms are alike without being listed.

mod concept;
mod extra;
mod fold;
mod language;
mod matcher;
mod phrase;
mod prose;
mod script;
mod traditional;
mod words;

use std::sync::LazyLock;

pub use concept::{Concept, Concepts};
use extra::current;
pub use extra::{WordError, WordLists, Words, languages};
pub(crate) use language::Letters;
pub use phrase::Phrase;
use words::Lexicon;

/// The name of each file and its text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(FILES).expect("tests read each file"));

/// Reads a header, a heading, a caption or a label.
///
/// ```
/// use errbook_ingest::lexicon::{phrase, Concept};
/// let header = phrase("错误码说明");
/// assert!(header.concepts().is_code());
/// assert!(header.head().contains(Concept::Description));
/// ```
#[must_use]
pub fn phrase(text: &str) -> Phrase {
    extra::phrase(text)
}

/// The concepts of the words of a phrase.
///
/// ```
/// use errbook_ingest::lexicon::concepts;
/// assert!(concepts("Fehlernummer").is_code());
/// assert!(!concepts("Country code").is_code());
/// ```
#[must_use]
pub fn concepts(text: &str) -> Concepts {
    phrase(text).concepts()
}

/// Whether a header is that of a column of codes, and of nothing else.
pub(crate) fn names_codes(header: &str) -> bool {
    let phrase = phrase(header);
    let concepts = phrase.concepts();
    let is_code = concepts.contains(Concept::Code) || concepts.is_return_value();
    let is_about = phrase.head().has_any(&[
        Concept::Code,
        Concept::Error,
        Concept::Outcome,
        Concept::Value,
    ]);
    // `country code` names codes of something else.
    is_code && is_about && !concepts.has_things()
}

/// What a cell says with nothing else in it: `yes`, `不收费`, `string`.
#[must_use]
pub fn cell(text: &str) -> Concepts {
    current().cell(text)
}

/// Whether a sentence has a word that messages about errors have.
#[must_use]
pub fn tells_of_failure(text: &str) -> bool {
    Folded::new(text).tells_of_failure()
}

/// A text as it is looked up, for several questions.
pub(crate) struct Folded(String);

impl Folded {
    pub(crate) fn new(text: &str) -> Self {
        Folded(fold::fold(text))
    }

    /// Whether, as a sentence, it has a word that messages about errors have.
    pub(crate) fn tells_of_failure(&self) -> bool {
        current().tells_of_failure(&self.0)
    }

    /// Whether, as a name, it says error.
    pub(crate) fn says_error(&self) -> bool {
        current().says_error(&self.0)
    }
}

/// The language that most of a document is in, by samples of its first pages.
#[must_use]
pub fn main_language(text: &str) -> Option<&'static str> {
    const PAGES: usize = 12_000;
    const SAMPLES: usize = 12;
    const SAMPLE: usize = 400;
    let end = text.len().min(PAGES);
    let mut samples = String::with_capacity(SAMPLES * (SAMPLE + 1));
    for from in (0..end).step_by((end / SAMPLES).max(SAMPLE)) {
        let (from, to) = (
            text.floor_char_boundary(from),
            text.floor_char_boundary(from + SAMPLE),
        );
        samples.push_str(&text[from..to]);
        samples.push(' ');
    }
    language(&samples)
}

/// The language of a text: a tag of BCP 47, if the lexicon has the language.
#[must_use]
pub fn language(text: &str) -> Option<&'static str> {
    LEXICON.language(text)
}

/// A text with simplified characters in place of the traditional ones that words about errors have.
///
/// ```
/// assert_eq!(errbook_ingest::lexicon::simplified("簽名錯誤"), "签名错误");
/// ```
#[must_use]
pub fn simplified(text: &str) -> String {
    text.chars().map(traditional::simplified).collect()
}

/// The tag of a language that the lexicon has.
pub(crate) fn tag(text: &str) -> Option<&'static str> {
    let mut languages = LEXICON.languages.iter();
    let language = languages.find(|language| language.tag == text)?;
    Some(&language.tag)
}

#[cfg(test)]
mod tests;
