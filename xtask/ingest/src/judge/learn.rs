//! Labelled candidates in, weights out: logistic regression with L2, by coordinate-wise Newton
//! steps with fixed signs.

use crate::extraction::Role;
use crate::judge::assign::assign;
use crate::judge::decide::features;
use crate::judge::describe::Described;
use crate::judge::features::{COLUMN_FEATURES, ColumnFeature, FEATURES, Feature, Sign};
use crate::judge::weights::{CODE, ROLES, Weights, place};

/// A labelled candidate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub(crate) document: String,
    pub(crate) language: String,
    pub(crate) line: usize,
    pub(crate) holds_codes: bool,
    pub(crate) described: Described,
    /// The labelled role of each column, by its place in `ROLES`.
    pub(crate) roles: Vec<Option<usize>>,
}

impl Example {
    pub(crate) fn is_list(&self) -> bool {
        self.described.above.get(Feature::List) > 0.0
    }
}

/// What a table costs that is taken for codes and holds none, against one that is missed.
const COST: f64 = 1.2;

/// How much a large weight costs.
const PENALTY: f64 = 0.3;

/// Enough: the weights stop changing long before.
const SWEEPS: usize = 200;

/// A step that changes less than this is the last.
const STILL: f64 = 1e-4;

/// No step is longer, so that a first step from 0 does not overshoot.
const LONGEST_STEP: f64 = 1.0;

/// Derives all weights from labelled candidates.
pub(crate) fn learn(examples: &[&Example]) -> Weights {
    let mut weights = Weights {
        roles: learn_roles(examples),
        ..Weights::default()
    };
    weights.table = learn_tables(examples, &weights);
    weights.round();
    weights
}

/// Lists are judged by the weights of tables, and by features of their own, which are learned after
/// them: the few lists do not change how tables are judged.
fn learn_tables(examples: &[&Example], weights: &Weights) -> [f64; FEATURES] {
    let (lists, tables): (Vec<&Example>, Vec<&Example>) =
        examples.iter().partition(|example| example.is_list());
    let mut learned = [0.0; FEATURES];
    learn_some(&mut learned, &tables, weights, |feature| {
        !feature.is_of_list()
    });
    learn_some(&mut learned, &lists, weights, Feature::is_of_list);
    learned
}

fn learn_some(
    learned: &mut [f64; FEATURES],
    examples: &[&Example],
    weights: &Weights,
    is_learned: impl Fn(Feature) -> bool,
) {
    let rows: Vec<[f32; FEATURES]> = examples
        .iter()
        .map(|example| features(&example.described, &assign(&example.described, weights)).0)
        .collect();
    let score = |row: &[f32; FEATURES]| {
        let numbers = row.iter().zip(&*learned);
        numbers
            .map(|(number, weight)| f64::from(*number) * weight)
            .sum()
    };
    let mut scores: Vec<f64> = rows.iter().map(score).collect();
    for _ in 0..SWEEPS {
        let mut most = 0.0_f64;
        let features = Feature::ALL.iter().enumerate();
        for (place, feature) in features.filter(|(_, feature)| is_learned(**feature)) {
            let penalty = if matches!(feature, Feature::Bias | Feature::List) {
                0.01
            } else {
                PENALTY
            };
            let mut slope = penalty * (learned[place] - feature.expected());
            let mut curve = penalty;
            for ((row, score), example) in rows.iter().zip(&scores).zip(examples) {
                let number = f64::from(row[place]);
                if number != 0.0 {
                    let odds = 1.0 / (1.0 + (-score).exp());
                    let wrong = odds - f64::from(u8::from(example.holds_codes));
                    let cost = if example.holds_codes { 1.0 } else { COST };
                    slope += cost * wrong * number;
                    curve += cost * odds * (1.0 - odds) * number * number;
                }
            }
            let step = (-slope / curve).clamp(-LONGEST_STEP, LONGEST_STEP);
            let next = feature.sign().clamp(learned[place] + step);
            let step = next - learned[place];
            if step != 0.0 {
                learned[place] = next;
                for (row, score) in rows.iter().zip(&mut scores) {
                    *score += step * f64::from(row[place]);
                }
                most = most.max(step.abs());
            }
        }
        if most < STILL {
            break;
        }
    }
}

type RoleWeights = [[f64; COLUMN_FEATURES + 1]; ROLES.len()];

/// How many weights of roles are kept: those that matter most when all are learned.
const KEPT: usize = 130;

fn learn_roles(examples: &[&Example]) -> RoleWeights {
    let rows = role_rows(examples);
    let all = learn_role_weights(&rows, may_be_learned);
    let mut uses = [0.0_f64; COLUMN_FEATURES + 1];
    for (row, _) in &rows {
        for (sum, number) in uses.iter_mut().zip(row) {
            *sum += number * number;
        }
    }
    let matters = |role: usize, place: usize| all[role][place].abs() * uses[place].sqrt();
    let mut ranked: Vec<(usize, usize)> = (0..ROLES.len())
        .flat_map(|role| (0..=COLUMN_FEATURES).map(move |place| (role, place)))
        .filter(|&(role, place)| may_be_learned(role, place))
        .collect();
    ranked.sort_by(|one, other| {
        matters(other.0, other.1)
            .total_cmp(&matters(one.0, one.1))
            .then(one.cmp(other))
    });
    ranked.truncate(KEPT);
    let expected = expected();
    learn_role_weights(&rows, |role, place| {
        expected[role][place] != 0.0 || ranked.contains(&(role, place))
    })
}

fn role_rows(examples: &[&Example]) -> Vec<([f64; COLUMN_FEATURES + 1], usize)> {
    let mut rows: Vec<([f64; COLUMN_FEATURES + 1], usize)> = Vec::new();
    // What the columns of lists are for mostly follows from their shape.
    for example in examples.iter().filter(|example| !example.is_list()) {
        for (column, role) in example.described.columns.iter().zip(&example.roles) {
            if let Some(role) = role {
                let mut row = [1.0; COLUMN_FEATURES + 1];
                for (number, own) in row.iter_mut().zip(&column.0) {
                    *number = f64::from(*own);
                }
                rows.push((row, *role));
            }
        }
    }
    rows
}

fn learn_role_weights(
    rows: &[([f64; COLUMN_FEATURES + 1], usize)],
    is_learned: impl Fn(usize, usize) -> bool,
) -> RoleWeights {
    let expected = expected();
    let mut learned = expected;
    // The rows that have a feature at all are few.
    let having: Vec<Vec<usize>> = (0..=COLUMN_FEATURES)
        .map(|place| {
            (0..rows.len())
                .filter(|&row| rows[row].0[place] != 0.0)
                .collect()
        })
        .collect();
    let mut odds: Vec<Odds> = rows
        .iter()
        .map(|(row, _)| Odds::new(row, &expected))
        .collect();
    for _ in 0..SWEEPS {
        let mut most = 0.0_f64;
        for role in 0..ROLES.len() {
            for place in 0..=COLUMN_FEATURES {
                if !is_learned(role, place) {
                    continue;
                }
                let mut slope = PENALTY * (learned[role][place] - expected[role][place]);
                let mut curve = PENALTY;
                for &row in &having[place] {
                    let number = rows[row].0[place];
                    let odds = odds[row].of(role);
                    slope += (odds - f64::from(u8::from(rows[row].1 == role))) * number;
                    curve += odds * (1.0 - odds) * number * number;
                }
                let step = (-slope / curve).clamp(-LONGEST_STEP, LONGEST_STEP);
                let next = role_sign(role, place).clamp(learned[role][place] + step);
                let step = next - learned[role][place];
                if step != 0.0 {
                    learned[role][place] = next;
                    for &row in &having[place] {
                        odds[row].multiply(role, (step * rows[row].0[place]).exp());
                    }
                    most = most.max(step.abs());
                }
            }
        }
        if most < STILL {
            break;
        }
    }
    learned
}

/// The odds of each role of one column, and their sum.
struct Odds {
    each: [f64; ROLES.len()],
    sum: f64,
}

impl Odds {
    fn new(row: &[f64; COLUMN_FEATURES + 1], weights: &RoleWeights) -> Self {
        let each = weights.map(|weights| {
            let score: f64 = row
                .iter()
                .zip(weights)
                .map(|(number, weight)| number * weight)
                .sum();
            score.exp()
        });
        Odds {
            each,
            sum: each.iter().sum(),
        }
    }

    fn of(&self, role: usize) -> f64 {
        self.each[role] / self.sum
    }

    fn multiply(&mut self, role: usize, factor: f64) {
        self.each[role] *= factor;
        // Summed anew each time, so that errors do not add up.
        self.sum = self.each.iter().sum();
    }
}

/// What the words say before any example is seen: a header that names a role speaks for it. Of the
/// rarer roles there are few examples.
fn expected() -> RoleWeights {
    use ColumnFeature::*;
    let mut expected: RoleWeights = [[0.0; COLUMN_FEATURES + 1]; ROLES.len()];
    let named: &[(Role, &[ColumnFeature])] = &[
        (Role::Code, &[HeaderErrorCode]),
        (Role::Symbol, &[HeaderSymbol]),
        (Role::Http, &[HeaderHttp]),
        (Role::Message, &[HeaderMessage, HeaderDescription]),
        (Role::Details, &[HeaderDetails]),
        (Role::Cause, &[HeaderCause]),
        (Role::Remedy, &[HeaderRemedy]),
        (Role::Billing, &[HeaderBilling]),
        (Role::Retry, &[HeaderRetry]),
        (Role::Severity, &[HeaderSeverity]),
        (Role::Section, &[HeaderSection]),
        (Role::None, &[HeaderRowNumber]),
    ];
    for (role, features) in named {
        // Of these there are few examples, and their cells say little.
        let is_rare = matches!(
            role,
            Role::Billing
                | Role::Retry
                | Role::Severity
                | Role::Section
                | Role::Cause
                | Role::Remedy
        );
        for feature in *features {
            expected[place(role)][*feature as usize] = if is_rare { 2.0 * NAMED } else { NAMED };
        }
    }
    // A long one beside other texts, too.
    expected[place(&Role::Message)][HeaderMessage as usize] = 1.5 * NAMED;
    // What tells a code from the status or the name beside it; each is rare.
    for (feature, weight) in [
        (NamesBesideRepeated, NAMED),
        (NamesBesideStatuses, NAMED / 2.0),
        (ValueBesideNames, NAMED),
        (HeaderCode, NAMED / 2.0),
        (RepeatedBesideNames, -NAMED),
        (CountsBesideCode, -NAMED),
        (HeaderRowNumber, -NAMED),
        (Constant, -NAMED),
        (FewValues, -NAMED),
        (Blank, -2.0 * NAMED),
        (BesideErrorCode, -NAMED),
        (HasText, -NAMED),
        (HeaderMessage, -NAMED),
        (HeaderThing, -NAMED / 2.0),
    ] {
        expected[CODE][feature as usize] = weight;
    }
    // Methods, files and parameters are no texts about a code.
    for role in [Role::Message, Role::Details, Role::Cause, Role::Remedy] {
        for thing in [HeaderThing, HeaderParameter, HeaderType] {
            expected[place(&role)][thing as usize] = -NAMED;
        }
    }
    // Of several columns of codes the first counts.
    expected[CODE][AfterCodes as usize] = -NAMED / 2.0;
    expected[place(&Role::Symbol)][HeaderUnknown as usize] = -NAMED / 2.0;
    // Most names of errors are symbols, and some are texts.
    expected[place(&Role::Symbol)][HeaderName as usize] = NAMED / 2.0;
    // Of two texts the first is the message.
    expected[place(&Role::Message)][AfterText as usize] = -NAMED;
    expected[place(&Role::Details)][AfterText as usize] = NAMED / 2.0;
    expected[place(&Role::Details)][HeaderDescription as usize] = NAMED / 2.0;
    // Two words that take turns, and yes and no, are no text about a code.
    expected[place(&Role::Message)][FewValues as usize] = -NAMED / 2.0;
    expected[place(&Role::Details)][FewValues as usize] = -NAMED;
    expected[place(&Role::Details)][YesNo as usize] = -NAMED;
    // Beside codes, numbers that all are statuses of HTTP are such.
    expected[place(&Role::Http)][Statuses as usize] = NAMED / 2.0;
    expected[place(&Role::Section)][Groups as usize] = 1.5 * NAMED;
    // Success and failure are no sections beside a column that is.
    expected[place(&Role::Section)][Failures as usize] = -NAMED / 4.0;
    expected
}

/// Odds of fifty to one.
const NAMED: f64 = 4.0;

/// Headers that name roles: they speak for these roles only, and never against the first.
const NAMING: &[(ColumnFeature, &[Role])] = {
    use ColumnFeature::*;
    &[
        (HeaderErrorCode, &[Role::Code]),
        (HeaderSymbol, &[Role::Symbol, Role::Code]),
        (HeaderName, &[Role::Symbol, Role::Message]),
        (HeaderHttp, &[Role::Http, Role::Code]),
        (HeaderMessage, &[Role::Message, Role::Details]),
        (
            HeaderDescription,
            &[Role::Message, Role::Details, Role::Cause],
        ),
        (HeaderDetails, &[Role::Details, Role::Message]),
        (HeaderCause, &[Role::Cause, Role::Details]),
        (HeaderRemedy, &[Role::Remedy]),
        (HeaderBilling, &[Role::Billing]),
        (HeaderRetry, &[Role::Retry]),
        (HeaderSeverity, &[Role::Severity]),
        (HeaderSection, &[Role::Section]),
        (HeaderRowNumber, &[Role::None]),
        (HeaderParameter, &[Role::None]),
    ]
};

/// What is looked at for a role, where that is not everything. Of the rarer roles there are few
/// examples, so the examples may only say how much what is plain counts. That a column has no role
/// is what is left where nothing speaks for one.
const LOOKED_AT: &[(Role, &[ColumnFeature])] = {
    use ColumnFeature::*;
    &[
        (
            Role::None,
            &[
                HeaderRowNumber,
                HeaderParameter,
                HeaderType,
                HeaderRequired,
                HeaderThing,
                HeaderState,
            ],
        ),
        (Role::Billing, &[HeaderBilling, YesNo]),
        (Role::Retry, &[HeaderRetry, YesNo]),
        (Role::Severity, &[HeaderSeverity, Prose, Numbers]),
        (
            Role::Section,
            &[
                HeaderSection,
                Groups,
                Failures,
                Repeats,
                Blank,
                Prose,
                Numbers,
            ],
        ),
        (
            Role::Http,
            &[
                HeaderHttp,
                HeaderStatus,
                HeaderErrorCode,
                Statuses,
                RepeatedStatuses,
                StatusesBesideNames,
                BesideErrorCode,
                Prose,
            ],
        ),
        (
            Role::Cause,
            &[HeaderCause, HeaderDescription, Prose, BesideMessage, Codes],
        ),
        (Role::Remedy, &[HeaderRemedy, Prose, Codes, BesideMessage]),
        (
            Role::Details,
            &[
                HeaderDetails,
                HeaderDescription,
                HeaderMessage,
                HeaderCause,
                Prose,
                Foreign,
                FewValues,
                YesNo,
                BesideMessage,
                BesideProse,
                AfterText,
                Codes,
            ],
        ),
    ]
};

/// Whether a weight is learned.
fn may_be_learned(role: usize, place: usize) -> bool {
    let looked_at = LOOKED_AT.iter().find(|(known, _)| *known == ROLES[role]);
    let is_looked_at =
        |features: &[ColumnFeature]| features.iter().any(|&known| known as usize == place);
    // Where a column is says something of two texts and of two codes only.
    let by_place = |feature: ColumnFeature, roles: &[Role]| {
        feature as usize != place || roles.contains(&ROLES[role])
    };
    if !by_place(ColumnFeature::AfterText, &[Role::Message, Role::Details])
        || !by_place(ColumnFeature::AfterCodes, &[Role::Code])
    {
        return false;
    }
    place == COLUMN_FEATURES || looked_at.is_none_or(|(_, features)| is_looked_at(features))
}

/// What is known of the sign of a weight of a role before it is learned.
fn role_sign(role: usize, feature: usize) -> Sign {
    let naming = NAMING.iter().find(|(named, _)| *named as usize == feature);
    match naming {
        Some((_, roles)) if roles[0] == ROLES[role] => Sign::Up,
        Some((_, roles)) if !roles.contains(&ROLES[role]) => Sign::Down,
        _ => Sign::Free,
    }
}
