//! The concepts that words express, and sets of them.

use std::fmt;

macro_rules! concepts {
    ($($(#[doc = $doc:literal])* $name:ident = $key:literal,)*) => {
        /// What a word of a header, a heading, a label or a cell is about.
        ///
        /// A key of the files in `lexicon/` is the name of a concept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Concept { $($(#[doc = $doc])* $name,)* }

        impl Concept {
            /// All of them.
            pub const ALL: &[Concept] = &[$(Concept::$name,)*];

            /// Its key in the files of words.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Concept::$name => $key,)* }
            }
        }
    };
}

concepts! {
    /// Something that went wrong: `error`, `fault`, `alarm`, `rejection`.
    Error = "error",
    /// What comes back: `return`, `response`, `exit`, `reason`. With [`Concept::Code`] it names a code.
    Outcome = "outcome",
    /// `code`, `number`, `identifier`.
    Code = "code",
    /// The number of a row: `No.`, `序号`.
    Number = "number",
    /// `status`.
    Status = "status",
    /// `value`, `hex`, `decimal`.
    Value = "value",
    /// `message`, `text`.
    Message = "message",
    /// `description`, `meaning`.
    Description = "description",
    /// `details`, `notes`.
    Details = "details",
    /// `cause`, `reason`.
    Cause = "cause",
    /// `solution`, `action`.
    Remedy = "remedy",
    /// `charged`, `billing`.
    Billing = "billing",
    /// `HTTP`.
    Http = "http",
    /// `symbol`, `constant`, `error name`.
    Symbol = "symbol",
    /// `name`.
    Name = "name",
    /// `category`, `module`.
    Section = "section",
    /// `retry`.
    Retry = "retry",
    /// `severity`, `level`.
    Severity = "severity",
    /// `permanent`, `fatal`: yes below it means that a retry is useless.
    Permanent = "permanent",
    /// `not`, `non-`: what follows is denied.
    Not = "not",
    /// `other`, `unlisted`: in a cell, all codes that have no row.
    Others = "others",
    /// `parameter`, `field`.
    Parameter = "parameter",
    /// `type`, `format`.
    Type = "type",
    /// `required`, `optional`.
    Required = "required",
    /// `default`.
    Default = "default",
    /// `setting`, `option`.
    Setting = "setting",
    /// `command`, `method`, `function`.
    Command = "command",
    /// `version`, `changelog`.
    Version = "version",
    /// `price`, `amount`.
    Price = "price",
    /// Countries, currencies, languages, banks: things that have codes of their own.
    Place = "place",
    /// The states of an order, a payment or a task.
    State = "state",
    /// `event`.
    Event = "event",
    /// `permission`, `role`.
    Permission = "permission",
    /// `test`.
    Test = "test",
    /// `example`.
    Example = "example",
    /// `date`, `time`.
    Time = "time",
    /// `length`, `address`, `range`.
    Size = "size",
    /// `author`, `owner`.
    Person = "person",
    /// `network`, `platform`, `file`.
    Network = "network",
    /// In prose: a word that tells of a failure.
    Failure = "failure",
    /// In prose: a word that tells that nothing failed.
    Success = "success",
    /// A whole cell: yes.
    Yes = "yes",
    /// A whole cell: no.
    No = "no",
    /// A whole cell: it can be done.
    Possible = "possible",
    /// A whole cell: it cannot be done. Not an answer to what it costs.
    Impossible = "impossible",
    /// A whole cell: it costs money. In a header: it asks whether it does.
    Billed = "billed",
    /// A whole cell: it costs nothing. In a header: it asks whether it is free.
    Free = "free",
    /// A whole cell: the request may be sent again.
    Retryable = "retryable",
    /// A whole cell: sending the request again is useless.
    NotRetryable = "not_retryable",
    /// A whole cell: an error, as a severity.
    SeverityError = "severity_error",
    /// A whole cell: a warning.
    SeverityWarning = "severity_warning",
    /// A whole cell: no more than information.
    SeverityInfo = "severity_info",
    /// A whole cell: the vendor no longer uses the code.
    Withdrawn = "withdrawn",
    /// A whole cell: something is going on, waiting or paused, as the state of an order is.
    Progress = "progress",
    /// After a number: all from there on.
    AndAbove = "and_above",
    /// A whole cell: there is nothing here.
    Nothing = "nothing",
    /// A whole cell: the name of a data type.
    DataType = "data_type",
    /// A whole cell: the name of a field of a request or an answer.
    Field = "field",
}

/// Where the words of a concept are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere in a header, a heading or a label.
    Phrase,
    /// Anywhere in a sentence.
    Prose,
    /// A cell must be the word and nothing else.
    Cell,
}

impl Concept {
    /// The concept of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Concept> {
        Concept::ALL
            .iter()
            .copied()
            .find(|concept| concept.key() == key)
    }

    pub(super) fn place(self) -> Place {
        use Concept::{
            AndAbove, Billed, DataType, Failure, Field, Free, Impossible, No, NotRetryable,
            Nothing, Others, Possible, Progress, Retryable, SeverityError, SeverityInfo,
            SeverityWarning, Success, Withdrawn, Yes,
        };
        match self {
            Failure | Success => Place::Prose,
            Yes | No | Possible | Impossible | Billed | Free | Retryable | NotRetryable
            | SeverityError | SeverityWarning | SeverityInfo | Withdrawn | Nothing | Others
            | DataType | Field | Progress | AndAbove => Place::Cell,
            _ => Place::Phrase,
        }
    }
}

const _: () = assert!(Concept::ALL.len() <= u64::BITS as usize);

/// A set of concepts.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Concepts(u64);

impl Concepts {
    /// The set of these.
    #[must_use]
    pub fn of(concepts: &[Concept]) -> Self {
        concepts.iter().copied().collect()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it has.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it has this one.
    #[must_use]
    pub fn contains(self, concept: Concept) -> bool {
        self.0 & (1 << concept as u32) != 0
    }

    /// Whether it has one of these.
    #[must_use]
    pub fn has_any(self, concepts: &[Concept]) -> bool {
        !self.intersection(Concepts::of(concepts)).is_empty()
    }

    /// With one more.
    #[must_use]
    pub fn with(self, concept: Concept) -> Self {
        Concepts(self.0 | 1 << concept as u32)
    }

    /// Without one.
    #[must_use]
    pub fn without(self, concept: Concept) -> Self {
        Concepts(self.0 & !(1 << concept as u32))
    }

    /// Those of either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Concepts(self.0 | other.0)
    }

    /// Those of both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Concepts(self.0 & other.0)
    }

    /// Whether they name a code of an error or of an outcome: `error code`, `exit status number`.
    #[must_use]
    pub fn is_code(self) -> bool {
        self.contains(Concept::Code) && self.has_any(&[Concept::Error, Concept::Outcome])
    }

    /// Whether they name what comes back, as a number: `return value`.
    #[must_use]
    pub fn is_return_value(self) -> bool {
        self.contains(Concept::Value) && self.contains(Concept::Outcome)
    }

    /// Whether one is of things that are not errors and have codes, numbers and names of their own:
    /// countries, versions, prices.
    #[must_use]
    pub fn has_things(self) -> bool {
        const THINGS: &[Concept] = &[
            Concept::Setting,
            Concept::Command,
            Concept::Version,
            Concept::Price,
            Concept::Place,
            Concept::Event,
            Concept::Permission,
            Concept::Test,
            Concept::Example,
            Concept::Time,
            Concept::Size,
            Concept::Person,
            Concept::Network,
        ];
        self.has_any(THINGS)
    }

    /// What a cell of a column about billing says: whether it costs money. A cell that says nothing
    /// (`-`, `无`, `なし`) never says that it is free.
    #[must_use]
    pub fn is_billed(self) -> Option<bool> {
        let says_yes = self.has_any(&[Concept::Billed, Concept::Yes]);
        let says_no = self.has_any(&[Concept::Free, Concept::No]);
        (says_yes != says_no).then_some(says_yes)
    }

    /// What a cell of a column with yes and no says.
    #[must_use]
    pub fn is_yes(self) -> Option<bool> {
        let says_yes = self.has_any(&[Concept::Yes, Concept::Possible]);
        let says_no = self.has_any(&[Concept::No, Concept::Impossible]);
        (says_yes != says_no).then_some(says_yes)
    }

    /// Its concepts, in the order of [`Concept::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Concept> {
        Concept::ALL
            .iter()
            .copied()
            .filter(move |&concept| self.contains(concept))
    }
}

impl FromIterator<Concept> for Concepts {
    fn from_iter<I: IntoIterator<Item = Concept>>(concepts: I) -> Self {
        concepts
            .into_iter()
            .fold(Concepts::default(), Concepts::with)
    }
}

impl fmt::Debug for Concepts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
