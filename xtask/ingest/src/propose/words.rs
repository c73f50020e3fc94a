//! What the words of a heading, a label or a text say, by the lexicon.

use crate::lexicon::{self, Concept, Phrase};

/// Clauses of a longer text are read one by one: a long sentence has words of many concepts.
const LONGEST_TITLE: usize = 60;

/// How much a heading, or the text above a list, speaks for error codes below it: 4 where it names
/// error codes, 3 where it names errors, less than 0 where it names other things that have codes.
pub(crate) fn speaks_for_codes(text: &str) -> i32 {
    if text.chars().count() <= LONGEST_TITLE {
        return title_points(&lexicon::phrase(text));
    }
    let clauses = text
        .split([
            '.', ',', ';', ':', '。', '，', '；', '：', '(', ')', '（', '）', '\n',
        ])
        .map(str::trim)
        .filter(|clause| !clause.is_empty());
    // The first and the last clauses say what follows.
    let clauses: Vec<&str> = clauses.collect();
    let first = clauses.iter().take(2);
    let last = clauses.iter().skip(2).rev().take(3);
    let points = first.chain(last).map(|clause| {
        let is_long = clause.chars().count() > 2 * LONGEST_TITLE;
        let points = title_points(&lexicon::phrase(clause));
        if is_long { points.min(2) } else { points }
    });
    points.max().unwrap_or(0).max(0)
}

/// Things that have codes of another kind, and the headings of tables of them.
const OTHERS: &[(Concept, i32)] = &[
    (Concept::Version, -6),
    (Concept::Place, -6),
    (Concept::Command, -6),
    (Concept::State, -4),
    (Concept::Setting, -4),
    (Concept::Test, -4),
    (Concept::Price, -4),
    (Concept::Severity, -4),
    (Concept::Retry, -4),
    (Concept::Parameter, -3),
    (Concept::Permission, -2),
    (Concept::Network, -2),
    (Concept::Event, -2),
    (Concept::Size, -2),
    (Concept::Status, -2),
];

fn title_points(phrase: &Phrase) -> i32 {
    let concepts = phrase.concepts();
    let others = OTHERS
        .iter()
        .filter(|(concept, _)| concepts.contains(*concept))
        .map(|(_, points)| *points)
        .min()
        .unwrap_or(0);
    let is_denied = concepts.contains(Concept::Not);
    if concepts.is_code() {
        return match (is_denied, concepts.contains(Concept::Error)) {
            (true, _) => -5,
            (_, true) => 4,
            // `Response codes of commands`.
            _ if others <= -4 => others,
            _ => 4,
        };
    }
    let named = match () {
        () if is_denied => 0,
        // `Errors`, `Error messages` and not `Login errors`.
        () if concepts.contains(Concept::Error) && phrase.unknown() == 0 => 3,
        () if concepts.contains(Concept::Error) => 2,
        () if concepts.contains(Concept::Http) && concepts.contains(Concept::Status) => 3,
        () if concepts.is_return_value() => 3,
        () => 0,
    };
    if named == 0 {
        return others;
    }
    if others <= -3 { others.max(-2) } else { named }
}

/// Whether a text tells of a failure; a name does so with its parts.
pub(super) fn tells_of_failure(text: &str) -> bool {
    let is_name = !text.contains(' ') && text.is_ascii();
    if is_name {
        lexicon::concepts(text).has_any(&[Concept::Error, Concept::Failure])
            || lexicon::tells_of_failure(&text.replace(['_', '-', '.'], " "))
    } else {
        lexicon::tells_of_failure(text)
    }
}

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
    let is_other = OTHERS
        .iter()
        .any(|(concept, points)| *points <= -3 && concepts.contains(*concept));
    Introduction {
        is_code: is_code && !is_other,
        is_error: is_code && (concepts.contains(Concept::Error) || concepts.is_code()),
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

/// Whether a label names the message.
pub(super) fn is_message(label: &str) -> bool {
    lexicon::phrase(label)
        .head()
        .has_any(&[Concept::Message, Concept::Description])
}

/// Whether a label names a cause or a remedy.
pub(super) fn is_cause_or_remedy(label: &str) -> bool {
    lexicon::phrase(label)
        .head()
        .has_any(&[Concept::Cause, Concept::Remedy])
}
