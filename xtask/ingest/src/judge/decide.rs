//! Features and weights in, codes or not out: the score, its margin and the strongest reasons.

use crate::extraction::Role;
use crate::judge::describe::Described;
use crate::judge::features::{ColumnFeature, ColumnNumbers, Feature, TableNumbers};
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

/// Weighs a candidate whose columns have their roles.
pub(crate) fn decide(described: &Described, roles: &[usize], weights: &Weights) -> Decision {
    let features = features(described, roles);
    let mut reasons: Vec<(Feature, f64)> = Feature::ALL
        .iter()
        .map(|&feature| {
            let at = feature as usize;
            (feature, f64::from(features.0[at]) * weights.table[at])
        })
        .filter(|&(_, adds)| adds != 0.0)
        .collect();
    let score = reasons.iter().map(|&(_, adds)| adds).sum();
    reasons.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    Decision { score, reasons }
}

/// The features of a candidate: those of its column of codes, the most of its other columns, and
/// what is above it.
pub(crate) fn features(described: &Described, roles: &[usize]) -> TableNumbers {
    let mut features = described.above.clone();
    features.set(Feature::Bias, 1.0);
    let column_of = |role: Role| roles.iter().position(|&known| ROLES[known] == role);
    let code = column_of(Role::Code);
    let columns = described.columns.iter().enumerate();
    let others: Vec<&ColumnNumbers> = columns
        .filter(|&(column, _)| Some(column) != code)
        .map(|(_, column)| column)
        .collect();
    let most = |headers: &[ColumnFeature]| {
        let numbers = others.iter().map(|column| column.most(headers));
        numbers.fold(0.0, f32::max)
    };
    let sum = |header: ColumnFeature| {
        let numbers = others.iter().map(|column| column.get(header));
        numbers.sum::<f32>().min(2.0) / 2.0
    };
    for (feature, headers) in MOST {
        features.set(*feature, most(headers));
    }
    for (feature, header) in SUM {
        features.set(*feature, sum(*header));
    }
    let nothing = ColumnNumbers::default();
    let column = code.map_or(&nothing, |code| &described.columns[code]);
    if code.is_some() {
        describe_code(&mut features, column);
    } else {
        features.set(Feature::NoCode, 1.0);
    }
    let named = others
        .iter()
        .filter(|column| column.get(ColumnFeature::Codes) >= 0.5);
    let named = named.map(|column| {
        column.most(&[
            ColumnFeature::HeaderErrorCode,
            ColumnFeature::HeaderOutcomeCode,
        ])
    });
    features.set(Feature::OtherErrorCode, named.fold(0.0, f32::max));
    let is_mark = |column: &&ColumnNumbers| {
        column.get(ColumnFeature::Marks) + column.get(ColumnFeature::YesNo) >= 0.8
            || column.get(ColumnFeature::Blank) >= 1.0
    };
    let is_matrix = described.columns.len() > 2 && others.iter().all(is_mark);
    features.set_if(Feature::OnlyMarks, is_matrix);
    let is_level = |column: &&ColumnNumbers| {
        column.get(ColumnFeature::HeaderSeverity) >= 1.0
            && column.get(ColumnFeature::Repeats) <= 0.0
    };
    let severities = features.get(Feature::OneRow) <= 0.0 && others.iter().any(is_level);
    features.set_if(Feature::Severities, severities);
    let is_of_things = sum(ColumnFeature::HeaderThing) > 0.0;
    let has_message = features.get(Feature::Message) >= 1.0 && !is_of_things;
    let is_code = column.most(CODE_HEADERS) >= 1.0;
    features.set_if(Feature::CodeAndMessage, is_code && has_message);
    features.set_if(Feature::Http, column_of(Role::Http).is_some());
    let says = [
        Role::Message,
        Role::Symbol,
        Role::Cause,
        Role::Remedy,
        Role::Details,
    ];
    let has_text = says.into_iter().any(|role| column_of(role).is_some())
        || column.get(ColumnFeature::Pairs) >= 0.5;
    features.set_if(Feature::NoText, !has_text);
    let failures = others
        .iter()
        .filter(|column| column.get(ColumnFeature::FewValues) <= 0.0)
        .map(|column| column.get(ColumnFeature::Failures))
        .fold(0.0, f32::max);
    features.set(Feature::Failures, (4.0 * failures).min(1.0));
    features.set(Feature::ManyFailures, failures);
    let failures = failures.max(column.get(ColumnFeature::Failures));
    let are_names = column.get(ColumnFeature::Symbols) + column.get(ColumnFeature::Words) >= 0.5;
    features.set_if(Feature::NamesOnly, failures <= 0.0 && are_names);
    let is_status = column.get(ColumnFeature::HeaderStatus) > 0.0;
    let are_statuses = column.get(ColumnFeature::Statuses) >= 0.9;
    let is_quiet =
        is_status && !features.has_any(SAYING_ERROR) && !are_statuses && failures <= FEW_FAILURES;
    features.set_if(Feature::QuietStatuses, is_quiet);
    let goes_on = |column: &ColumnNumbers| column.get(ColumnFeature::States) > 0.0;
    let goes_on = described.columns.iter().any(goes_on);
    features.set_if(Feature::StatesOnly, is_status && goes_on);
    let says_error = [ColumnFeature::HeaderError, ColumnFeature::HeaderErrorCode];
    let is_said = most(&says_error) > 0.0
        || are_statuses && column.has_any(STATUS_HEADERS)
        || column.has_any(ERROR_HEADERS)
        || features.has_any(SAYING_ERROR)
        || features.has_any(SAYING_CODES)
        || features.get(Feature::ListNamed) >= 1.0;
    features.set_if(Feature::Unsaid, !is_said);
    // `1001` under `Webhook events` is the number of an event.
    if !is_said && features.has_any(&[Feature::HeadingThing, Feature::OuterThing]) {
        features.set(Feature::CodeLongNumbers, 0.0);
    }
    if features.get(Feature::List) > 0.0 {
        features.set_if(Feature::ListUnsaid, !is_said);
        features.set(Feature::ListPairs, column.get(ColumnFeature::Pairs));
    }
    // Errors may have a column of methods or files beside them.
    let things = if is_said {
        Feature::ThingsBesideErrors
    } else {
        Feature::Things
    };
    features.set(things, sum(ColumnFeature::HeaderThing));
    features
}

/// Sets the features of the column of codes.
fn describe_code(features: &mut TableNumbers, column: &ColumnNumbers) {
    for (feature, own) in CODE {
        features.set(*feature, column.get(*own));
    }
    // `Type` above names that tell apart what has the same status is none of a parameter.
    let tells_apart = column.has_any(&[
        ColumnFeature::NamesBesideRepeated,
        ColumnFeature::NamesBesideStatuses,
    ]);
    if !tells_apart {
        let parameter = column.most(&[
            ColumnFeature::HeaderParameter,
            ColumnFeature::HeaderType,
            ColumnFeature::HeaderRequired,
        ]);
        features.set(Feature::CodeHeaderParameter, parameter);
    }
    // `Fehlermeldung` is where names of errors may be.
    if !column.has_any(ERROR_HEADERS) {
        features.set(Feature::CodeHeaderOther, column.most(OTHERS));
    }
    let things = [ColumnFeature::HeaderThing, ColumnFeature::HeaderState];
    features.set(Feature::CodeHeaderThing, column.most(&things));
    let symbols = [ColumnFeature::HeaderSymbol, ColumnFeature::HeaderName];
    features.set(Feature::CodeHeaderSymbol, column.most(&symbols));
    // From half of the cells on.
    let share = 2.0 * column.get(ColumnFeature::Codes) - 1.0;
    features.set(Feature::CodeShare, share.max(-1.0));
    // Names that tell of a failure need no more to be codes.
    let names = column.get(ColumnFeature::Symbols) + column.get(ColumnFeature::Words);
    let names = names.min(1.0) - 2.0 * column.get(ColumnFeature::Failures);
    features.set(Feature::CodeNames, names.max(0.0));
    let are_statuses = column.get(ColumnFeature::Statuses) >= 0.9;
    features.set_if(Feature::CodeStatuses, are_statuses);
}

/// Features that are the strongest header, or shape, of a column beside the codes.
const MOST: &[(Feature, &[ColumnFeature])] = &[
    (Feature::Message, &[ColumnFeature::HeaderMessage]),
    (
        Feature::Description,
        &[
            ColumnFeature::HeaderDescription,
            ColumnFeature::HeaderDetails,
        ],
    ),
    (Feature::Cause, &[ColumnFeature::HeaderCause]),
    (Feature::Remedy, &[ColumnFeature::HeaderRemedy]),
    (
        Feature::Flags,
        &[ColumnFeature::HeaderRetry, ColumnFeature::HeaderBilling],
    ),
    (Feature::Types, &[ColumnFeature::HeaderType]),
    (Feature::States, &[ColumnFeature::HeaderState]),
    (Feature::DataTypes, &[ColumnFeature::DataTypes]),
];

/// Features that count the columns beside the codes with such a header.
const SUM: &[(Feature, ColumnFeature)] = &[
    (Feature::Parameters, ColumnFeature::HeaderParameter),
    (Feature::Required, ColumnFeature::HeaderRequired),
];

/// Headers that say code.
const CODE_HEADERS: &[ColumnFeature] = &[
    ColumnFeature::HeaderCode,
    ColumnFeature::HeaderErrorCode,
    ColumnFeature::HeaderOutcomeCode,
];

/// Headers that say that these are errors, or what came back.
const ERROR_HEADERS: &[ColumnFeature] = &[
    ColumnFeature::HeaderError,
    ColumnFeature::HeaderErrorCode,
    ColumnFeature::HeaderOutcomeCode,
];

/// Headers that HTTP statuses have.
const STATUS_HEADERS: &[ColumnFeature] = &[
    ColumnFeature::HeaderHttp,
    ColumnFeature::HeaderStatus,
    ColumnFeature::HeaderCode,
    ColumnFeature::HeaderEmpty,
];

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

/// What is right above says errors.
const SAYING_ERROR: &[Feature] = &[
    Feature::HeadingErrorCode,
    Feature::HeadingError,
    Feature::LeadErrorCode,
    Feature::LeadError,
];

/// What is above says codes, or errors further out.
const SAYING_CODES: &[Feature] = &[
    Feature::HeadingOutcomeCode,
    Feature::OuterErrorCode,
    Feature::OuterError,
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
];
