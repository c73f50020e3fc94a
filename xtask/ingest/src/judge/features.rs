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

/// Makes the enum of the features of a table, each with its name, the sign of its weight, and what
/// was seen, in words: `{code}` is the header of the codes, `{heading}` what is right above, `{share}`
/// how many cells of the column.
macro_rules! table_features {
    ($($name:ident = $key:literal, $sign:ident, $words:literal;)*) => {
        features! {
            /// What speaks for or against a candidate, once it is known which column would be the codes.
            /// Those of what is above it, and of its size, are known before.
            Feature, FEATURES, TableNumbers:
            $($name = $key,)*
        }

        impl Feature {
            /// What is known of its weight.
            pub(crate) fn sign(self) -> Sign {
                match self { $(Feature::$name => Sign::$sign,)* }
            }

            /// What was seen, in words.
            pub(crate) fn words(self) -> &'static str {
                match self { $(Feature::$name => $words,)* }
            }
        }
    };
}

table_features! {
    Bias = "bias", Free, "most tables hold no codes";
    NoCode = "no-code", Down, "no column holds codes";
    CodeHeaderErrorCode = "code-header-error-code", Up, "the header `{code}` names codes";
    CodeHeaderOutcomeCode = "code-header-outcome-code", Up,
        "the header `{code}` names codes of results";
    CodeHeaderCode = "code-header-code", Up, "the header `{code}` says code";
    CodeHeaderError = "code-header-error", Up, "the header `{code}` says error";
    CodeHeaderOutcome = "code-header-outcome", Free, "the header `{code}` says status or result";
    CodeHeaderSymbol = "code-header-symbol", Free, "the header `{code}` is about names";
    CodeHeaderHttp = "code-header-http", Free, "the header `{code}` says HTTP";
    CodeHeaderValue = "code-header-value", Free, "the header `{code}` says value";
    CodeHeaderParameter = "code-header-parameter", Down,
        "the header `{code}` is a header of a parameter table";
    CodeHeaderThing = "code-header-thing", Down, "the header `{code}` is about something else";
    CodeHeaderOther = "code-header-other", Down,
        "the header `{code}` is about something that is said of codes";
    CodeHeaderUnknown = "code-header-unknown", Free, "the header `{code}` has no known word";
    CodeHeaderEmpty = "code-header-empty", Free, "the codes have no header";
    CodeShare = "code-share", Up, "{share} are codes";
    CodeNames = "code-names", Free, "its codes are names";
    CodeFailures = "code-failures", Up, "its codes are names of failures";
    CodeErrorNames = "code-error-names", Up, "its codes are names with a word for error";
    NamesOnly = "names-only", Down, "its codes are names, and no row tells of a failure";
    CodeLongNumbers = "code-long-numbers", Up, "its codes are long numbers";
    CodeWords = "code-words", Free, "its codes are single words";
    CodeStatuses = "code-statuses", Free, "its codes are HTTP statuses";
    CodeConstant = "code-constant", Down, "each row has the same code";
    CodeFewValues = "code-few-values", Down, "many rows share a few codes";
    CodeRepeats = "code-repeats", Free, "codes repeat";
    CodeCountsRows = "code-counts-rows", Free, "its codes count the rows";
    CodeFieldNames = "code-field-names", Down, "its codes are names of fields";
    CodeDataTypes = "code-data-types", Down, "its codes are data types";
    CodeYesNo = "code-yes-no", Down, "its codes say yes or no";
    OtherErrorCode = "other-error-code", Up, "another header names codes";
    EmptyCodes = "empty-codes", Down, "the column that is named after codes holds none";
    Message = "message", Up, "a column has messages";
    CodeAndMessage = "code-and-message", Up, "the headers are those of a code and of a message";
    Description = "description", Up, "a column has descriptions";
    Cause = "cause", Up, "a column has causes";
    Remedy = "remedy", Up, "a column has remedies";
    Http = "http", Up, "a column has HTTP statuses";
    Flags = "flags", Up, "a column says what is retried, billed or severe";
    NoText = "no-text", Down, "no column says what the codes mean";
    OnlyMarks = "only-marks", Down, "beside its codes are marks only";
    Severities = "severities", Down, "each row is a level of severity";
    Parameters = "parameters", Down, "a header is of a parameter table";
    Types = "types", Down, "a header says type";
    Required = "required", Down, "a header says required or default";
    Things = "things", Down, "a header is about something else";
    ThingsBesideErrors = "things-beside-errors", Down, "a header is about something else";
    States = "states", Down, "a header is about states";
    DataTypes = "data-types", Down, "the cells of a column are data types";
    QuietStatuses = "quiet-statuses", Down, "status values, few of them failures";
    Failures = "failures", Up, "rows tell of a failure";
    ManyFailures = "many-failures", Up, "most rows tell of a failure";
    StatesOnly = "states-only", Down, "status values, some of them of something that goes on";
    Unsaid = "unsaid", Down, "neither a header nor a heading says that these are errors";
    HeadingErrorCode = "heading-error-code", Up, "the heading `{heading}` names codes";
    HeadingOutcomeCode = "heading-outcome-code", Up,
        "the heading `{heading}` names codes of results";
    HeadingError = "heading-error", Up, "the heading `{heading}` says error";
    HeadingOutcome = "heading-outcome", Up, "the heading `{heading}` says status or result";
    HeadingThing = "heading-thing", Down, "the heading `{heading}` is about something else";
    HeadingParameter = "heading-parameter", Down, "the heading `{heading}` is about parameters";
    HeadingState = "heading-state", Down, "the heading `{heading}` is about states";
    OuterErrorCode = "outer-error-code", Up, "a heading above names codes";
    OuterError = "outer-error", Up, "a heading above says error";
    OuterThing = "outer-thing", Down, "a heading above is about something else";
    LeadErrorCode = "lead-error-code", Up, "the text before it names codes";
    LeadError = "lead-error", Up, "the text before it says error";
    LeadThing = "lead-thing", Down, "the text before it is about something else";
    Rows = "rows", Up, "it has several rows";
    OneRow = "one-row", Down, "it has one row";
    List = "list", Free, "it is a list";
    ListOfHeadings = "list-of-headings", Free, "it is a list of headings";
    ListOfTitles = "list-of-titles", Free, "it is a list of titles";
    ListOfLines = "list-of-lines", Free, "it is a list of lines";
    ListInFence = "list-in-fence", Free, "it is a list in a block of code";
    ListEntries = "list-entries", Up, "each entry begins with a code";
    ListLoose = "list-loose", Down, "its codes are names of anything";
    ListRising = "list-rising", Up, "its codes are long numbers in order";
    ListUnsaid = "list-unsaid", Down, "nothing above the list says that these are errors";
    ListOfLevels = "list-of-levels", Down, "what is above the list is about states or levels";
    ListPairs = "list-pairs", Up, "each entry has a name and a number";
    ListOfOne = "list-of-one", Down, "it is a list of one entry";
    ListNamed = "list-named", Up, "the text above the list names codes";
    ListIntroduced = "list-introduced", Free, "a word before each code says that it is one";
    ListBelowThing = "list-below-thing", Down, "a heading above the list is about something else";
    ListCounts = "list-counts", Down, "its codes count its entries";
    ListUnderCodes = "list-under-codes", Up, "it is a chapter below a heading that names codes";
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
}
