//! What a heading, a header or a label says, for those who look for lists.

use crate::lexicon::{Concept, Concepts, phrase};

/// Is it the header of a column of codes, and of nothing else?
pub(crate) fn names_codes(header: &str) -> bool {
    let phrase = phrase(header);
    let concepts = phrase.concepts();
    let is_code = concepts.contains(Concept::Code) || is_return_value(concepts);
    let is_about = phrase.head().has_any(&[
        Concept::Code,
        Concept::Error,
        Concept::Outcome,
        Concept::Value,
    ]);
    // `country code` names codes of something else.
    is_code && is_about && !concepts.has_any(crate::judge::describe::THINGS)
}

/// `return value`: what comes back, as a number.
pub(super) fn is_return_value(concepts: Concepts) -> bool {
    concepts.contains(Concept::Value) && concepts.contains(Concept::Outcome)
}
