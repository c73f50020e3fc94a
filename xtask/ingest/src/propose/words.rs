//! What the words of a heading, a label or a text say, by the lexicon.

use crate::lexicon::{self, Concept};

/// Whether a heading, or the text above a list, speaks for error codes below it.
pub(crate) fn speaks_of_errors(text: &str) -> bool {
    let concepts = lexicon::concepts(text);
    let is_status = concepts.contains(Concept::Http) && concepts.contains(Concept::Status);
    let is_error = concepts.contains(Concept::Error);
    let is_other = concepts.has_any(OTHERS) && !(is_error && concepts.is_code());
    let is_said = is_error || is_status || concepts.is_code() || concepts.is_return_value();
    is_said && !is_other && !concepts.contains(Concept::Not)
}

/// Things that have codes of another kind.
const OTHERS: &[Concept] = &[
    Concept::Version,
    Concept::Place,
    Concept::Command,
    Concept::State,
    Concept::Setting,
    Concept::Test,
    Concept::Price,
    Concept::Severity,
    Concept::Retry,
    Concept::Parameter,
];

/// What a label before a code says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Introduction {
    /// Nothing but that a code follows: `Code`, `Error number`, `ERROR`, `错误码`.
    pub(super) is_code: bool,
    /// That the code is one of errors.
    pub(super) is_error: bool,
    pub(super) is_http: bool,
}

/// Reads the words before a code.
pub(super) fn introduction(label: &str) -> Introduction {
    let phrase = lexicon::phrase(label);
    let concepts = phrase.concepts();
    let is_whole = phrase.unknown() == 0;
    let about = [
        Concept::Code,
        Concept::Error,
        Concept::Http,
        Concept::Outcome,
        Concept::Status,
    ];
    // `OceanBase 错误码` has a name before the words; a constant has it, too: `GRIPPER_ERR_CODE`.
    let is_named =
        concepts.is_code() && phrase.head().contains(Concept::Code) && !label.contains('_');
    // `Format error: 1204` is a text and its code.
    let others = about
        .iter()
        .chain(&[Concept::Number, Concept::Value])
        .fold(concepts, |left, concept| left.without(*concept));
    let is_code = is_whole && others.is_empty() && concepts.has_any(&about) || is_named;
    Introduction {
        is_code: is_code && !concepts.has_any(OTHERS),
        is_error: is_code && concepts.contains(Concept::Error),
        is_http: concepts.contains(Concept::Http),
    }
}

/// Whether a label says that a code follows.
pub(super) fn introduces_code(label: &str) -> bool {
    introduction(label).is_code
}

/// Whether a word beside `error` is what a title says of errors: `codes`, `messages`, `responses`.
pub(super) fn is_said_of_errors(word: &str) -> bool {
    lexicon::concepts(word).has_any(&[
        Concept::Code,
        Concept::Outcome,
        Concept::Value,
        Concept::Number,
        Concept::Message,
        Concept::Description,
        Concept::Details,
        Concept::Remedy,
        Concept::Section,
        Concept::Type,
    ])
}

/// What a label can say about a code.
const FACTS: &[Concept] = &[
    Concept::Message,
    Concept::Description,
    Concept::Details,
    Concept::Cause,
    Concept::Remedy,
    Concept::Billing,
    Concept::Http,
    Concept::Symbol,
    Concept::Section,
    Concept::Retry,
    Concept::Severity,
];

/// Whether a label names something that is said of a code: a message, a cause, a remedy.
pub(super) fn is_fact(label: &str) -> bool {
    let phrase = lexicon::phrase(label);
    let is_known = phrase.unknown() * 2 <= label.len();
    is_known && phrase.head().has_any(FACTS)
        || phrase.unknown() == 0 && phrase.concepts().has_any(FACTS)
}

/// The one thing that a label says about a code.
pub(super) fn fact(label: &str) -> Option<Concept> {
    let head = lexicon::phrase(label).head();
    let mut facts = FACTS.iter().filter(|fact| head.contains(**fact));
    let fact = facts.next()?;
    facts.next().is_none().then_some(*fact)
}

/// Whether a label says that examples follow, and not that they are codes.
pub(super) fn is_example(label: &str) -> bool {
    let phrase = lexicon::phrase(label);
    let concepts = phrase.concepts();
    phrase.unknown() == 0 && concepts.contains(Concept::Example) && !concepts.is_code()
}

/// Whether a label names the message.
pub(super) fn is_message(label: &str) -> bool {
    lexicon::phrase(label)
        .head()
        .has_any(&[Concept::Message, Concept::Description])
}
