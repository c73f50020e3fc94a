//! Features and weights in, codes or not out: the score, its margin and the strongest reasons.

use crate::extraction::Role;
use crate::judge::describe::{ColumnNumbers, Described};
use crate::judge::features::{AboveFeature, ColumnFeature, FEATURES, Feature};
use crate::judge::weights::{ROLES, Weights};

/// Nearer to 0 than this another reading is nearly as likely: odds of three to one.
pub(crate) const CLOSE: f64 = 1.1;

/// What was decided about a candidate, before a person's decisions.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// The logarithm of the odds: above 0 it holds codes.
    pub(crate) score: f64,
    /// What each feature adds to the score, the strongest first.
    pub(crate) reasons: Vec<(Feature, f64)>,
}

impl Decision {
    /// A list was found by its codes, so whether it holds codes is decided already.
    pub(crate) fn of_list() -> Self {
        Decision {
            score: f64::INFINITY,
            reasons: Vec::new(),
        }
    }
}

/// Weighs a candidate whose columns have their roles.
pub(crate) fn decide(described: &Described, roles: &[usize], weights: &Weights) -> Decision {
    let features = features(described, roles);
    let mut reasons: Vec<(Feature, f64)> = Feature::ALL
        .iter()
        .map(|&feature| {
            let at = feature as usize;
            (feature, f64::from(features[at]) * weights.table[at])
        })
        .filter(|&(_, adds)| adds != 0.0)
        .collect();
    let score = reasons.iter().map(|&(_, adds)| adds).sum();
    reasons.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    Decision { score, reasons }
}

/// The features of a candidate: those of its column of codes, the most of its other columns, and
/// what is above it.
pub(crate) fn features(described: &Described, roles: &[usize]) -> [f32; FEATURES] {
    let mut features = [0.0; FEATURES];
    let mut set = |feature: Feature, number: f32| features[feature as usize] = number;
    set(Feature::Bias, 1.0);
    for (feature, above) in ABOVE {
        set(*feature, described.above.get(*above));
    }
    let is = |role: Role| roles.iter().position(|&known| ROLES[known] == role);
    let code = is(Role::Code);
    let others = || {
        described
            .columns
            .iter()
            .enumerate()
            .filter(move |&(column, _)| Some(column) != code)
            .map(|(_, column)| column)
    };
    let most = |feature: ColumnFeature| {
        others()
            .map(|column| column.get(feature))
            .fold(0.0, f32::max)
    };
    let sum = |feature: ColumnFeature| {
        others()
            .map(|column| column.get(feature))
            .sum::<f32>()
            .min(2.0)
            / 2.0
    };
    if let Some(code) = code {
        let column = &described.columns[code];
        for (feature, own) in CODE {
            set(*feature, column.get(*own));
        }
        let texts = [
            ColumnFeature::HeaderParameter,
            ColumnFeature::HeaderType,
            ColumnFeature::HeaderRequired,
        ];
        let parameter = texts
            .iter()
            .map(|&feature| column.get(feature))
            .fold(0.0, f32::max);
        // `Type` above names that tell apart what has the same status.
        let tells_apart = [
            ColumnFeature::NamesBesideRepeated,
            ColumnFeature::NamesBesideStatuses,
        ];
        let tells_apart = tells_apart.iter().any(|&feature| column.get(feature) > 0.0);
        let parameter = if tells_apart { 0.0 } else { parameter };
        set(Feature::CodeHeaderParameter, parameter);
        let other = OTHERS.iter().map(|&feature| column.get(feature));
        let other = other.fold(0.0, f32::max);
        // `Fehlermeldung` is where names of errors may be.
        let is_error = [
            ColumnFeature::HeaderError,
            ColumnFeature::HeaderErrorCode,
            ColumnFeature::HeaderOutcomeCode,
        ];
        let is_error = is_error.iter().any(|&feature| column.get(feature) > 0.0);
        set(Feature::CodeHeaderOther, if is_error { 0.0 } else { other });
        let thing = [ColumnFeature::HeaderThing, ColumnFeature::HeaderState];
        let thing = thing
            .iter()
            .map(|&feature| column.get(feature))
            .fold(0.0, f32::max);
        set(Feature::CodeHeaderThing, thing);
        let symbol = column
            .get(ColumnFeature::HeaderSymbol)
            .max(column.get(ColumnFeature::HeaderName));
        set(Feature::CodeHeaderSymbol, symbol);
        // From half of the cells on.
        set(
            Feature::CodeShare,
            (2.0 * column.get(ColumnFeature::Codes) - 1.0).max(-1.0),
        );
        // Names that tell of a failure need no more to be codes.
        let names = column.get(ColumnFeature::Symbols) + column.get(ColumnFeature::Words);
        let names = names.min(1.0) - 2.0 * column.get(ColumnFeature::Failures);
        set(Feature::CodeNames, names.max(0.0));
        set(
            Feature::CodeStatuses,
            f32::from(u8::from(column.get(ColumnFeature::Statuses) >= 0.9)),
        );
    } else {
        set(Feature::NoCode, 1.0);
    }
    let is_named_code = |column: &&ColumnNumbers| column.get(ColumnFeature::Codes) >= 0.5;
    let named = others().filter(is_named_code).map(|column| {
        column
            .get(ColumnFeature::HeaderErrorCode)
            .max(column.get(ColumnFeature::HeaderOutcomeCode))
    });
    set(Feature::OtherErrorCode, named.fold(0.0, f32::max));
    let is_mark = |column: &ColumnNumbers| {
        column.get(ColumnFeature::Marks) + column.get(ColumnFeature::YesNo) >= 0.8
            || column.get(ColumnFeature::Blank) >= 1.0
    };
    let is_matrix = described.columns.len() > 2 && others().all(is_mark);
    set(Feature::OnlyMarks, f32::from(u8::from(is_matrix)));
    let is_level = |column: &ColumnNumbers| {
        column.get(ColumnFeature::HeaderSeverity) >= 1.0
            && column.get(ColumnFeature::Repeats) <= 0.0
            && described.above.get(AboveFeature::OneRow) <= 0.0
    };
    let severities = others().any(is_level);
    set(Feature::Severities, f32::from(u8::from(severities)));
    set(Feature::Message, most(ColumnFeature::HeaderMessage));
    let codes = [
        ColumnFeature::HeaderCode,
        ColumnFeature::HeaderErrorCode,
        ColumnFeature::HeaderOutcomeCode,
    ];
    let is_code = code.is_some_and(|code| {
        let column = &described.columns[code];
        codes.iter().any(|&header| column.get(header) >= 1.0)
    });
    let is_of_things = sum(ColumnFeature::HeaderThing) > 0.0;
    let has_message = most(ColumnFeature::HeaderMessage) >= 1.0 && !is_of_things;
    set(
        Feature::CodeAndMessage,
        f32::from(u8::from(is_code && has_message)),
    );
    set(
        Feature::Description,
        most(ColumnFeature::HeaderDescription).max(most(ColumnFeature::HeaderDetails)),
    );
    set(Feature::Cause, most(ColumnFeature::HeaderCause));
    set(Feature::Remedy, most(ColumnFeature::HeaderRemedy));
    let flags = [ColumnFeature::HeaderRetry, ColumnFeature::HeaderBilling];
    set(
        Feature::Flags,
        flags.iter().map(|&flag| most(flag)).fold(0.0, f32::max),
    );
    set(Feature::Http, f32::from(u8::from(is(Role::Http).is_some())));
    set(Feature::Parameters, sum(ColumnFeature::HeaderParameter));
    set(Feature::Types, most(ColumnFeature::HeaderType));
    set(Feature::Required, sum(ColumnFeature::HeaderRequired));
    set(Feature::States, most(ColumnFeature::HeaderState));
    set(Feature::DataTypes, most(ColumnFeature::DataTypes));
    let says = [
        Role::Message,
        Role::Symbol,
        Role::Cause,
        Role::Remedy,
        Role::Details,
    ];
    let pairs = code.map_or(0.0, |code| {
        described.columns[code].get(ColumnFeature::Pairs)
    });
    let has_text = says.into_iter().any(|role| is(role).is_some()) || pairs >= 0.5;
    set(Feature::NoText, f32::from(u8::from(!has_text)));
    let failures = others()
        .filter(|column| column.get(ColumnFeature::FewValues) <= 0.0)
        .map(|column| column.get(ColumnFeature::Failures))
        .fold(0.0, f32::max);
    set(Feature::Failures, (4.0 * failures).min(1.0));
    set(Feature::ManyFailures, failures);
    let none_fails = failures == 0.0
        && code.is_some_and(|code| {
            let column = &described.columns[code];
            column.get(ColumnFeature::Failures) <= 0.0
                && column.get(ColumnFeature::Symbols) + column.get(ColumnFeature::Words) >= 0.5
        });
    set(Feature::NamesOnly, f32::from(u8::from(none_fails)));
    let of_code =
        |feature: ColumnFeature| code.map_or(0.0, |code| described.columns[code].get(feature));
    let says_error =
        most(ColumnFeature::HeaderError) > 0.0 || most(ColumnFeature::HeaderErrorCode) > 0.0;
    let errors = [
        AboveFeature::HeadingErrorCode,
        AboveFeature::HeadingError,
        AboveFeature::LeadErrorCode,
        AboveFeature::LeadError,
    ];
    let are_errors = errors.iter().any(|&above| described.above.get(above) > 0.0);
    let is_status = of_code(ColumnFeature::HeaderStatus) > 0.0;
    let is_quiet = is_status
        && !are_errors
        && of_code(ColumnFeature::Statuses) < 0.9
        && failures.max(of_code(ColumnFeature::Failures)) <= FEW_FAILURES;
    set(Feature::QuietStatuses, f32::from(u8::from(is_quiet)));
    let goes_on = described
        .columns
        .iter()
        .any(|column| column.get(ColumnFeature::States) > 0.0);
    set(
        Feature::StatesOnly,
        f32::from(u8::from(is_status && goes_on)),
    );
    let headers = [
        ColumnFeature::HeaderErrorCode,
        ColumnFeature::HeaderOutcomeCode,
        ColumnFeature::HeaderError,
    ];
    let statuses = [
        ColumnFeature::HeaderHttp,
        ColumnFeature::HeaderStatus,
        ColumnFeature::HeaderCode,
        ColumnFeature::HeaderEmpty,
    ];
    let is_called_status = statuses.iter().any(|&header| of_code(header) > 0.0);
    let is_said = says_error
        || of_code(ColumnFeature::Statuses) >= 0.9 && is_called_status
        || headers.iter().any(|&header| of_code(header) > 0.0)
        || SAYING.iter().any(|&above| described.above.get(above) > 0.0);
    set(Feature::Unsaid, f32::from(u8::from(!is_said)));
    // Errors may have a column of methods or files beside them.
    let things = sum(ColumnFeature::HeaderThing);
    let named = if is_said {
        Feature::ThingsBesideErrors
    } else {
        Feature::Things
    };
    set(named, things);
    features
}

/// Headers of what is said of a code, which the codes themselves do not have.
const OTHERS: &[ColumnFeature] = &[
    ColumnFeature::HeaderMessage,
    ColumnFeature::HeaderDescription,
    ColumnFeature::HeaderDetails,
    ColumnFeature::HeaderCause,
    ColumnFeature::HeaderRemedy,
    ColumnFeature::HeaderSection,
    ColumnFeature::HeaderSeverity,
    ColumnFeature::HeaderRetry,
    ColumnFeature::HeaderBilling,
];

/// Two rows of a state machine may tell of a failure.
const FEW_FAILURES: f32 = 0.5;

/// What is above names codes or errors.
const SAYING: &[AboveFeature] = &[
    AboveFeature::HeadingErrorCode,
    AboveFeature::HeadingOutcomeCode,
    AboveFeature::HeadingError,
    AboveFeature::OuterErrorCode,
    AboveFeature::OuterError,
    AboveFeature::LeadErrorCode,
    AboveFeature::LeadError,
];

/// Features that are those of the column of codes.
const CODE: &[(Feature, ColumnFeature)] = &[
    (Feature::CodeHeaderErrorCode, ColumnFeature::HeaderErrorCode),
    (
        Feature::CodeHeaderOutcomeCode,
        ColumnFeature::HeaderOutcomeCode,
    ),
    (Feature::CodeHeaderCode, ColumnFeature::HeaderCode),
    (Feature::CodeHeaderError, ColumnFeature::HeaderError),
    (Feature::CodeHeaderOutcome, ColumnFeature::HeaderOutcome),
    (Feature::CodeHeaderHttp, ColumnFeature::HeaderHttp),
    (Feature::CodeHeaderValue, ColumnFeature::HeaderValue),
    (Feature::CodeHeaderUnknown, ColumnFeature::HeaderUnknown),
    (Feature::CodeHeaderEmpty, ColumnFeature::HeaderEmpty),
    (Feature::CodeFailures, ColumnFeature::Failures),
    (Feature::CodeErrorNames, ColumnFeature::ErrorNames),
    (Feature::CodeLongNumbers, ColumnFeature::LongNumbers),
    (Feature::CodeWords, ColumnFeature::Words),
    (Feature::CodeConstant, ColumnFeature::Constant),
    (Feature::CodeFewValues, ColumnFeature::FewValues),
    (Feature::CodeRepeats, ColumnFeature::Repeats),
    (Feature::CodeCountsRows, ColumnFeature::CountsRows),
    (Feature::EmptyCodes, ColumnFeature::BesideEmptyCodes),
    (Feature::CodeFieldNames, ColumnFeature::FieldNames),
    (Feature::CodeDataTypes, ColumnFeature::DataTypes),
    (Feature::CodeYesNo, ColumnFeature::YesNo),
    (Feature::CodeDecimals, ColumnFeature::Decimals),
];

/// Features that are those of what is above.
const ABOVE: &[(Feature, AboveFeature)] = &[
    (Feature::HeadingErrorCode, AboveFeature::HeadingErrorCode),
    (
        Feature::HeadingOutcomeCode,
        AboveFeature::HeadingOutcomeCode,
    ),
    (Feature::HeadingError, AboveFeature::HeadingError),
    (Feature::HeadingCode, AboveFeature::HeadingCode),
    (Feature::HeadingOutcome, AboveFeature::HeadingOutcome),
    (Feature::HeadingThing, AboveFeature::HeadingThing),
    (Feature::HeadingParameter, AboveFeature::HeadingParameter),
    (Feature::HeadingState, AboveFeature::HeadingState),
    (Feature::OuterErrorCode, AboveFeature::OuterErrorCode),
    (Feature::OuterError, AboveFeature::OuterError),
    (Feature::OuterThing, AboveFeature::OuterThing),
    (Feature::LeadErrorCode, AboveFeature::LeadErrorCode),
    (Feature::LeadError, AboveFeature::LeadError),
    (Feature::LeadThing, AboveFeature::LeadThing),
    (Feature::Rows, AboveFeature::Rows),
    (Feature::OneRow, AboveFeature::OneRow),
];
