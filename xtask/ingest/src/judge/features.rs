//! The features that a candidate is described by: their names in `weights.toml`, and what each says
//! in a report.

/// Makes an enum of features, each with its name, and the numbers that a candidate has for them.
macro_rules! features {
    (
        $(#[doc = $doc:literal])* $kind:ident, $count:ident, $numbers:ident:
        $($name:ident = $key:literal,)*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $kind { $($name,)* }

        impl $kind {
            pub(crate) const ALL: &[$kind] = &[$($kind::$name,)*];

            /// Its name in `weights.toml` and `features.tsv`.
            pub(crate) fn name(self) -> &'static str {
                match self { $($kind::$name => $key,)* }
            }
        }

        pub(crate) const $count: usize = $kind::ALL.len();

        /// A number for each feature; most are 0.
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $numbers(pub(crate) [f32; $count]);

        impl Default for $numbers {
            fn default() -> Self {
                Self([0.0; $count])
            }
        }

        impl $numbers {
            pub(crate) fn get(&self, feature: $kind) -> f32 {
                self.0[feature as usize]
            }

            /// The strongest of several features.
            pub(crate) fn most(&self, features: &[$kind]) -> f32 {
                let numbers = features.iter().map(|&feature| self.get(feature));
                numbers.fold(0.0, f32::max)
            }

            /// Whether one of several features is there at all.
            pub(crate) fn has_any(&self, features: &[$kind]) -> bool {
                self.most(features) > 0.0
            }

            pub(crate) fn set(&mut self, feature: $kind, number: f32) {
                self.0[feature as usize] = number;
            }

            pub(crate) fn set_if(&mut self, feature: $kind, is_so: bool) {
                self.set(feature, f32::from(u8::from(is_so)));
            }
        }
    };
}

features! {
    /// What one column is like; each number is between 0 and 1.
    ColumnFeature, COLUMN_FEATURES, ColumnNumbers:
    HeaderErrorCode = "header-error-code",
    HeaderOutcomeCode = "header-outcome-code",
    HeaderCode = "header-code",
    HeaderError = "header-error",
    HeaderOutcome = "header-outcome",
    HeaderStatus = "header-status",
    HeaderValue = "header-value",
    HeaderRowNumber = "header-row-number",
    HeaderHttp = "header-http",
    HeaderSymbol = "header-symbol",
    HeaderName = "header-name",
    HeaderMessage = "header-message",
    HeaderDescription = "header-description",
    HeaderDetails = "header-details",
    HeaderCause = "header-cause",
    HeaderRemedy = "header-remedy",
    HeaderBilling = "header-billing",
    HeaderSection = "header-section",
    HeaderRetry = "header-retry",
    HeaderSeverity = "header-severity",
    HeaderParameter = "header-parameter",
    HeaderType = "header-type",
    HeaderRequired = "header-required",
    HeaderThing = "header-thing",
    HeaderState = "header-state",
    HeaderEmpty = "header-empty",
    HeaderUnknown = "header-unknown",
    Codes = "codes",
        HasText = "has-text",
    Numbers = "numbers",
    Symbols = "symbols",
    Mixed = "mixed",
    Words = "words",
    Prose = "prose",
    Long = "long",
    Statuses = "statuses",
    RepeatedStatuses = "repeated-statuses",
    CountsRows = "counts-rows",
    Repeats = "repeats",
    Constant = "constant",
    FewValues = "few-values",
    DataTypes = "data-types",
    FieldNames = "field-names",
    YesNo = "yes-no",
    Blank = "blank",
    Pairs = "pairs",
    Failures = "failures",
        ErrorNames = "error-names",
    States = "states",
    Foreign = "foreign",
    BesideErrorCode = "beside-error-code",
    BesideNumbers = "beside-numbers",
    BesideNames = "beside-names",
    BesideStatuses = "beside-statuses",
    BesideMessage = "beside-message",
    BesideProse = "beside-prose",
    UniqueNames = "unique-names",
    NamesBesideRepeated = "names-beside-repeated",
    NamesBesideStatuses = "names-beside-named-statuses",
    StatusesBesideNames = "statuses-beside-names",
    RepeatedBesideNames = "repeated-beside-names",
    ValueBesideNames = "value-beside-names",
    CountsBesideCode = "counts-beside-code",
    AfterText = "after-text",
    AfterCodes = "after-codes",
    BesideEmptyCodes = "beside-empty-codes",
    Marks = "marks",
    Groups = "groups",
    LongNumbers = "long-numbers",
}

features! {
    /// What speaks for or against a candidate, once it is known which column would be the codes.
    /// Those of what is above it, and of its size, are known before.
    Feature, FEATURES, TableNumbers:
    Bias = "bias",
    NoCode = "no-code",
    CodeHeaderErrorCode = "code-header-error-code",
    CodeHeaderOutcomeCode = "code-header-outcome-code",
    CodeHeaderCode = "code-header-code",
    CodeHeaderError = "code-header-error",
    CodeHeaderOutcome = "code-header-outcome",
    CodeHeaderSymbol = "code-header-symbol",
    CodeHeaderHttp = "code-header-http",
    CodeHeaderValue = "code-header-value",
    CodeHeaderParameter = "code-header-parameter",
    CodeHeaderThing = "code-header-thing",
    CodeHeaderOther = "code-header-other",
    CodeHeaderUnknown = "code-header-unknown",
    CodeHeaderEmpty = "code-header-empty",
    CodeShare = "code-share",
    CodeNames = "code-names",
    CodeFailures = "code-failures",
    CodeErrorNames = "code-error-names",
    NamesOnly = "names-only",
    CodeLongNumbers = "code-long-numbers",
    CodeWords = "code-words",
    CodeStatuses = "code-statuses",
    CodeConstant = "code-constant",
    CodeFewValues = "code-few-values",
    CodeRepeats = "code-repeats",
    CodeCountsRows = "code-counts-rows",
    CodeFieldNames = "code-field-names",
    CodeDataTypes = "code-data-types",
    CodeYesNo = "code-yes-no",
    OtherErrorCode = "other-error-code",
    EmptyCodes = "empty-codes",
    Message = "message",
    CodeAndMessage = "code-and-message",
    Description = "description",
    Cause = "cause",
    Remedy = "remedy",
    Http = "http",
    Flags = "flags",
    NoText = "no-text",
    OnlyMarks = "only-marks",
    Severities = "severities",
    Parameters = "parameters",
    Types = "types",
    Required = "required",
    Things = "things",
    ThingsBesideErrors = "things-beside-errors",
        States = "states",
    DataTypes = "data-types",
    QuietStatuses = "quiet-statuses",
    Failures = "failures",
    ManyFailures = "many-failures",
    StatesOnly = "states-only",
    Unsaid = "unsaid",
    HeadingErrorCode = "heading-error-code",
    HeadingOutcomeCode = "heading-outcome-code",
    HeadingError = "heading-error",
    HeadingOutcome = "heading-outcome",
    HeadingThing = "heading-thing",
    HeadingParameter = "heading-parameter",
    HeadingState = "heading-state",
    OuterErrorCode = "outer-error-code",
    OuterError = "outer-error",
    OuterThing = "outer-thing",
    LeadErrorCode = "lead-error-code",
    LeadError = "lead-error",
    LeadThing = "lead-thing",
    Rows = "rows",
    OneRow = "one-row",
    List = "list",
    ListOfHeadings = "list-of-headings",
    ListOfTitles = "list-of-titles",
    ListOfLines = "list-of-lines",
    ListInFence = "list-in-fence",
    ListEntries = "list-entries",
    ListLoose = "list-loose",
    ListRising = "list-rising",
    ListUnsaid = "list-unsaid",
    ListOfLevels = "list-of-levels",
    ListPairs = "list-pairs",
    ListOfOne = "list-of-one",
    ListNamed = "list-named",
    ListIntroduced = "list-introduced",
    ListBelowThing = "list-below-thing",
    ListCounts = "list-counts",
    ListUnderCodes = "list-under-codes",
}

/// What is known of the sign of a weight before it is learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// More of it never lowers the score.
    Up,
    /// More of it never raises the score.
    Down,
    /// The examples decide.
    Free,
}

impl Sign {
    /// The nearest weight that has this sign.
    pub(crate) fn clamp(self, weight: f64) -> f64 {
        match self {
            Sign::Up => weight.max(0.0),
            Sign::Down => weight.min(0.0),
            Sign::Free => weight,
        }
    }
}

/// Odds of nearly three to one: what is plain counts for something where examples are few.
const EXPECTED: f64 = 1.0;

impl Feature {
    /// The weight before any example is seen, as the logarithm of the odds.
    pub(crate) fn expected(self) -> f64 {
        match (self, self.sign()) {
            (Feature::StatesOnly, _) => 4.0 * -EXPECTED,
            (Feature::OnlyMarks, _) => 8.0 * -EXPECTED,
            (Feature::Things | Feature::QuietStatuses, _) => 4.0 * -EXPECTED,
            (Feature::CodeAndMessage, _) => 2.0 * EXPECTED,
            (Feature::NamesOnly, _) => 2.0 * -EXPECTED,
            (Feature::CodeHeaderErrorCode | Feature::CodeHeaderOutcomeCode, _) => 2.0 * EXPECTED,
            (Feature::ListOfLevels | Feature::ListOfOne, _) => 2.0 * -EXPECTED,
            (_, Sign::Up) => EXPECTED,
            (_, Sign::Down) => -EXPECTED,
            (_, Sign::Free) => 0.0,
        }
    }

    /// Whether only lists have it.
    pub(crate) fn is_of_list(self) -> bool {
        self >= Feature::List
    }

    pub(crate) fn sign(self) -> Sign {
        use Feature::*;
        match self {
            CodeHeaderErrorCode
            | CodeFailures
            | CodeErrorNames
            | HeadingOutcome
            | CodeLongNumbers
            | CodeHeaderOutcomeCode
            | HeadingOutcomeCode
            | CodeHeaderCode
            | CodeHeaderError
            | CodeShare
            | OtherErrorCode
            | Message
            | CodeAndMessage
            | Description
            | Cause
            | Remedy
            | Http
            | Flags
            | Failures
            | ManyFailures
            | HeadingErrorCode
            | HeadingError
            | OuterErrorCode
            | OuterError
            | LeadErrorCode
            | LeadError
            | ListEntries
            | ListRising
            | ListPairs
            | ListUnderCodes
            | ListNamed
            | Rows => Sign::Up,
            NoCode | ThingsBesideErrors | NamesOnly | EmptyCodes | CodeHeaderOther | OnlyMarks
            | Severities | CodeHeaderParameter | CodeHeaderThing | CodeConstant | CodeFewValues
            | CodeFieldNames | CodeDataTypes | CodeYesNo | NoText | Parameters | Types
            | Required | Things | States | DataTypes | HeadingThing | HeadingParameter
            | HeadingState | OuterThing | LeadThing | StatesOnly | QuietStatuses | Unsaid
            | OneRow | ListLoose | ListUnsaid | ListOfOne | ListCounts | ListBelowThing
            | ListOfLevels => Sign::Down,
            Bias | List | ListIntroduced | ListOfHeadings | ListOfTitles | ListOfLines
            | ListInFence | CodeHeaderOutcome | CodeHeaderSymbol | CodeHeaderHttp
            | CodeHeaderValue | CodeHeaderUnknown | CodeHeaderEmpty | CodeNames | CodeWords
            | CodeStatuses | CodeRepeats | CodeCountsRows => Sign::Free,
        }
    }

    /// What was seen, in words; `{code}` is the header of the codes, `{heading}` what is right
    /// above, `{share}` how many cells of the column.
    pub(crate) fn words(self) -> &'static str {
        use Feature::*;
        match self {
            Bias => "most tables hold no codes",
            NoCode => "no column holds codes",
            CodeHeaderErrorCode => "the header `{code}` names codes",
            CodeHeaderOutcomeCode => "the header `{code}` names codes of results",
            CodeHeaderCode => "the header `{code}` says code",
            CodeHeaderError => "the header `{code}` says error",
            CodeHeaderOutcome => "the header `{code}` says status or result",
            CodeHeaderSymbol => "the header `{code}` is about names",
            CodeHeaderHttp => "the header `{code}` says HTTP",
            CodeHeaderValue => "the header `{code}` says value",
            CodeHeaderParameter => "the header `{code}` is a header of a parameter table",
            CodeHeaderThing => "the header `{code}` is about something else",
            CodeHeaderOther => "the header `{code}` is about something that is said of codes",
            CodeHeaderUnknown => "the header `{code}` has no known word",
            CodeHeaderEmpty => "the codes have no header",
            CodeShare => "{share} are codes",
            CodeNames => "its codes are names",
            NamesOnly => "its codes are names, and no row tells of a failure",
            CodeErrorNames => "its codes are names with a word for error",
            CodeFailures => "its codes are names of failures",
            CodeLongNumbers => "its codes are long numbers",
            CodeWords => "its codes are single words",
            CodeStatuses => "its codes are HTTP statuses",
            CodeConstant => "each row has the same code",
            CodeFewValues => "many rows share a few codes",
            CodeRepeats => "codes repeat",
            CodeCountsRows => "its codes count the rows",
            CodeFieldNames => "its codes are names of fields",
            CodeDataTypes => "its codes are data types",
            CodeYesNo => "its codes say yes or no",
            EmptyCodes => "the column that is named after codes holds none",
            OtherErrorCode => "another header names codes",
            Message => "a column has messages",
            CodeAndMessage => "the headers are those of a code and of a message",
            Description => "a column has descriptions",
            Cause => "a column has causes",
            Remedy => "a column has remedies",
            Http => "a column has HTTP statuses",
            Flags => "a column says what is retried, billed or severe",
            NoText => "no column says what the codes mean",
            OnlyMarks => "beside its codes are marks only",
            Severities => "each row is a level of severity",
            Parameters => "a header is of a parameter table",
            Types => "a header says type",
            Required => "a header says required or default",
            Things | ThingsBesideErrors => "a header is about something else",
            States => "a header is about states",
            DataTypes => "the cells of a column are data types",
            Failures => "rows tell of a failure",
            ManyFailures => "most rows tell of a failure",
            HeadingErrorCode => "the heading `{heading}` names codes",
            HeadingOutcomeCode => "the heading `{heading}` names codes of results",
            QuietStatuses => "status values, few of them failures",
            StatesOnly => "status values, some of them of something that goes on",
            Unsaid => "neither a header nor a heading says that these are errors",
            HeadingError => "the heading `{heading}` says error",
            HeadingOutcome => "the heading `{heading}` says status or result",
            HeadingThing => "the heading `{heading}` is about something else",
            HeadingParameter => "the heading `{heading}` is about parameters",
            HeadingState => "the heading `{heading}` is about states",
            OuterErrorCode => "a heading above names codes",
            OuterError => "a heading above says error",
            OuterThing => "a heading above is about something else",
            LeadErrorCode => "the text before it names codes",
            LeadError => "the text before it says error",
            LeadThing => "the text before it is about something else",
            Rows => "it has several rows",
            OneRow => "it has one row",
            ListOfLevels => "what is above the list is about states or levels",
            ListPairs => "each entry has a name and a number",
            ListUnderCodes => "it is a chapter below a heading that names codes",
            ListBelowThing => "a heading above the list is about something else",
            ListCounts => "its codes count its entries",
            ListOfOne => "it is a list of one entry",
            ListNamed => "the text above the list names codes",
            ListIntroduced => "a word before each code says that it is one",
            List => "it is a list",
            ListOfHeadings => "it is a list of headings",
            ListOfTitles => "it is a list of titles",
            ListOfLines => "it is a list of lines",
            ListInFence => "it is a list in a block of code",
            ListEntries => "each entry begins with a code",
            ListLoose => "its codes are names of anything",
            ListRising => "its codes are long numbers in order",
            ListUnsaid => "nothing above the list says that these are errors",
        }
    }
}
