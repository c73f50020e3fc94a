//! Columns in, the role of each out: the assignment with the highest total.

use crate::extraction::Role;
use crate::judge::describe::Described;
use crate::judge::features::{COLUMN_FEATURES, ColumnFeature, ColumnNumbers};
use crate::judge::weights::{CODE, MESSAGE, NONE, ROLES, Weights, place};

/// A column of codes has at least this share of cells that may be codes.
const LEAST_CODES: f32 = 0.3;

/// At most this many assignments are looked at; tables of many columns that are alike have more.
const MOST: usize = 20_000;

/// What the features of a column say for each role.
pub(crate) fn scores(column: &ColumnNumbers, weights: &Weights) -> [f64; ROLES.len()] {
    let mut scores = weights.roles.map(|weights| weights[COLUMN_FEATURES]);
    let numbers = column.0.iter().enumerate();
    // Most are 0.
    for (feature, number) in numbers.filter(|&(_, number)| *number != 0.0) {
        for (score, weights) in scores.iter_mut().zip(&weights.roles) {
            *score += f64::from(*number) * weights[feature];
        }
    }
    scores
}

/// The role of each column, by its place in `ROLES`.
pub(crate) fn assign(described: &Described, weights: &Weights) -> Vec<usize> {
    let decided = |column: usize| described.decided.get(column).and_then(Option::as_ref);
    let columns = described.columns.iter().enumerate();
    let all: Vec<[f64; ROLES.len()]> = columns
        .map(|(place, column)| match decided(place) {
            Some(_) => [0.0; ROLES.len()],
            None => scores(column, weights),
        })
        .collect();
    let has_code = (0..all.len()).any(|column| decided(column) == Some(&Role::Code));
    let open = (0..all.len()).filter(|&column| decided(column).is_none());
    let has_message = (0..all.len()).any(|column| decided(column) == Some(&Role::Message));
    let one_is_open = !has_message && open.count() + usize::from(has_code) == 2;
    let mut choices: Vec<Vec<(usize, f64)>> = Vec::with_capacity(all.len());
    for (column, scores) in all.iter().enumerate() {
        if let Some(role) = decided(column) {
            // Texts in another language are told apart by what was decided.
            let role = match role {
                Role::MessageIn(_) | Role::RemedyIn(_) => NONE,
                role => place(role),
            };
            choices.push(vec![(role, 0.0)]);
            continue;
        }
        let may_be_code = !has_code
            && may_be_code(&described.columns[column])
            && !is_status_beside_codes(&described.columns, column);
        let is_only_other = one_is_open && says_something(&described.columns[column]);
        let mut roles: Vec<(usize, f64)> = scores
            .iter()
            .enumerate()
            .map(|(role, score)| (role, score - scores[NONE]))
            .filter(|&(role, score)| match role {
                CODE => may_be_code,
                MESSAGE => score > 0.0 || is_only_other,
                NONE => !is_only_other,
                _ => score > 0.0,
            })
            .collect();
        roles.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        choices.push(roles);
    }
    let must_have_code = choices.iter().flatten().any(|&(role, _)| role == CODE);
    let mut search = Search {
        described,
        choices: &choices,
        must_have_code,
        looked_at: 0,
        best: None,
        roles: Vec::with_capacity(all.len()),
    };
    search.go_on(0.0);
    search
        .best
        .map_or_else(|| vec![NONE; all.len()], |(_, roles)| roles)
}

/// Beside a column of codes, the only other one says what they mean if it says anything.
fn says_something(column: &ColumnNumbers) -> bool {
    let answers = [
        ColumnFeature::Numbers,
        ColumnFeature::YesNo,
        ColumnFeature::Marks,
        ColumnFeature::Blank,
    ];
    let all: f32 = answers.iter().map(|&answer| column.get(answer)).sum();
    all < 0.5
}

/// Whether enough of its cells may be codes.
fn may_be_code(column: &ColumnNumbers) -> bool {
    column.get(ColumnFeature::Codes) >= LEAST_CODES
}

/// Whether a header says that these are statuses, and that of another column that those are the
/// codes: `Code | Message | HTTP status` above `E001 | Bad token | 401`.
fn is_status_beside_codes(columns: &[ColumnNumbers], column: usize) -> bool {
    let is_http = |column: &ColumnNumbers| column.get(ColumnFeature::HeaderHttp) > 0.0;
    let are_statuses = |column: &ColumnNumbers| {
        column.get(ColumnFeature::HeaderStatus) >= 1.0 && column.get(ColumnFeature::Statuses) >= 0.9
    };
    let are_codes = |column: &ColumnNumbers| {
        let says = column.most(&[ColumnFeature::HeaderErrorCode, ColumnFeature::HeaderCode]);
        says >= 1.0 && !is_http(column) && !are_statuses(column) && may_be_code(column)
    };
    (is_http(&columns[column]) || are_statuses(&columns[column])) && columns.iter().any(are_codes)
}

struct Search<'a> {
    described: &'a Described,
    choices: &'a [Vec<(usize, f64)>],
    must_have_code: bool,
    looked_at: usize,
    best: Option<(f64, Vec<usize>)>,
    roles: Vec<usize>,
}

impl Search<'_> {
    fn go_on(&mut self, total: f64) {
        let column = self.roles.len();
        let Some(choices) = self.choices.get(column) else {
            let is_complete = !self.must_have_code || self.roles.contains(&CODE);
            let is_better = self.best.as_ref().is_none_or(|(best, _)| total > *best);
            if is_complete && is_better {
                self.best = Some((total, self.roles.clone()));
            }
            return;
        };
        self.looked_at += 1;
        let rest: f64 = self.choices[column..]
            .iter()
            .filter_map(|choices| choices.first())
            .map(|&(_, score)| score)
            .sum();
        let is_hopeless = self
            .best
            .as_ref()
            .is_some_and(|(best, _)| total + rest <= *best);
        if is_hopeless || (self.looked_at > MOST && self.best.is_some()) {
            return;
        }
        for &(role, score) in choices {
            let is_decided = self.described.decided[column].is_some();
            if is_decided || self.is_open(column, role) {
                self.roles.push(role);
                self.go_on(total + score);
                self.roles.pop();
            }
        }
    }

    /// Each role is given once, and messages once for each language. Texts that may be joined are
    /// as many as there are: a remedy for developers and another for users.
    fn is_open(&self, column: usize, role: usize) -> bool {
        if matches!(
            ROLES[role],
            Role::None | Role::Details | Role::Cause | Role::Remedy
        ) {
            return true;
        }
        let language = |column: usize| self.described.languages.get(column).copied().flatten();
        self.roles
            .iter()
            .enumerate()
            .filter(|&(_, known)| *known == role)
            .all(|(other, _)| {
                role == MESSAGE
                    && language(other).is_some()
                    && language(column).is_some()
                    && language(other) != language(column)
            })
    }
}
