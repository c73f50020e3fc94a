//! Gives each column its role, by the words of its header and what its cells hold.

use crate::classify::code_column::{code_column, numbered};
use crate::classify::columns::Seen;
use crate::classify::words::Sense;
use crate::document::Syntax;
use crate::extraction::Role;

/// The role of each column; `is_named` where the heading names codes. Without a code column all but the decided ones have none.
pub(super) fn roles(
    seen: &[Seen<'_>],
    language: &str,
    syntax: Syntax,
    is_named: bool,
) -> Vec<Role> {
    let mut roles = Roles {
        seen,
        roles: seen.iter().map(|seen| seen.decided.clone()).collect(),
    };
    let code = match syntax {
        Syntax::List => Some(0),
        _ => code_column(seen).or_else(|| if is_named { numbered(seen) } else { None }),
    };
    if let Some(code) = roles.find(&Role::Code).or(code) {
        roles.set(code, Role::Code);
        roles.symbol();
        roles.by_header();
        roles.texts(language, Sense::Remedy);
        roles.texts(language, Sense::Message);
        roles.cause();
        roles.only_other(code, is_named);
    }
    roles
        .roles
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

struct Roles<'a> {
    seen: &'a [Seen<'a>],
    roles: Vec<Option<Role>>,
}

impl Roles<'_> {
    fn find(&self, role: &Role) -> Option<usize> {
        self.roles
            .iter()
            .position(|known| known.as_ref() == Some(role))
    }

    /// Gives a column its role unless another one has it.
    fn set(&mut self, column: usize, role: Role) {
        if self.roles[column].is_none() && self.find(&role).is_none() {
            self.roles[column] = Some(role);
        }
    }

    fn open(&self) -> Vec<usize> {
        (0..self.roles.len())
            .filter(|&column| self.roles[column].is_none())
            .collect()
    }

    fn symbol(&mut self) {
        let columns = self
            .open()
            .into_iter()
            .filter(|&column| self.seen[column].holds_symbols());
        let best = columns.max_by_key(|&column| {
            let seen = &self.seen[column];
            (seen.profile.symbols, usize::MAX - column)
        });
        if let Some(column) = best {
            self.set(column, Role::Symbol);
        }
    }

    fn by_header(&mut self) {
        for column in self.open() {
            let seen = &self.seen[column];
            let profile = &seen.profile;
            if seen.sense.is_mostly(Sense::Number) {
                self.set(column, Role::None);
            } else if seen.sense.is_mostly(Sense::Billing) && profile.percent(profile.yes_no) >= 50
            {
                self.set(column, Role::Billing);
            } else if seen.may_be_http() {
                self.set(column, Role::Http);
            } else if seen.sense.is_mostly(Sense::Section) {
                self.set(column, Role::Section);
            }
        }
    }

    /// A cause is one where another column is the message.
    fn cause(&mut self) {
        let open = self.open().into_iter();
        let cause = open.max_by_key(|&column| {
            (
                self.seen[column].sense.points(Sense::Cause),
                usize::MAX - column,
            )
        });
        if let Some(column) =
            cause.filter(|&column| self.seen[column].sense.points(Sense::Cause) >= 4)
        {
            self.set(column, Role::Cause);
        }
    }

    /// What stands beside codes that their header names, in the only other column, says what they mean.
    fn only_other(&mut self, code: usize, heading_names_codes: bool) {
        let is_named = self.seen[code].sense.points(Sense::Code) >= 5;
        let other = 1 - code.min(1);
        if self.seen.len() == 2 && is_named {
            let seen = &self.seen[other];
            let is_text =
                seen.profile.percent(seen.profile.numbers) < 50 && seen.profile.filled > 0;
            // Of codes that the heading names too, texts under `data type` are misnamed.
            let is_misnamed = heading_names_codes && seen.profile.percent(seen.profile.texts) >= 60;
            if is_text
                && (is_misnamed || !seen.sense.is_mostly(Sense::Parameter))
                && self.find(&Role::Message).is_none()
            {
                self.set(other, Role::Message);
            }
        }
    }

    /// The columns of text of one sense, one for each language, the best first.
    fn texts(&mut self, language: &str, sense: Sense) {
        let mut columns: Vec<(i32, usize)> = self
            .open()
            .into_iter()
            .map(|column| (self.text_points(column, sense), column))
            .filter(|&(points, _)| points > 0)
            .collect();
        columns.sort_by_key(|&(points, column)| (-points, column));
        // What only its cells call a text is no second message beside one that is called so.
        if sense == Sense::Message && columns.first().is_some_and(|&(points, _)| points > 1) {
            columns.retain(|&(points, _)| points > 1);
        }
        let of = |column: usize| self.seen[column].profile.language.unwrap_or(language);
        let main = if sense == Sense::Remedy {
            Role::Remedy
        } else {
            Role::Message
        };
        let has_main =
            self.find(&main).is_some() || columns.iter().any(|&(_, column)| of(column) == language);
        for (place, &(_, column)) in columns.iter().enumerate() {
            let is_main = of(column) == language || (!has_main && place == 0);
            let role = match (sense, is_main) {
                (Sense::Remedy, true) => Role::Remedy,
                (Sense::Remedy, false) => Role::RemedyIn(of(column).to_owned()),
                (_, true) => Role::Message,
                (_, false) => Role::MessageIn(of(column).to_owned()),
            };
            self.set(column, role);
        }
    }

    fn text_points(&self, column: usize, sense: Sense) -> i32 {
        let seen = &self.seen[column];
        let points = seen.sense.points(sense);
        if sense == Sense::Remedy {
            return if seen.sense.is_mostly(Sense::Remedy) {
                points
            } else {
                0
            };
        }
        let profile = &seen.profile;
        let is_text = profile.percent(profile.texts + profile.words) >= 50;
        let is_other = [
            Sense::Parameter,
            Sense::Billing,
            Sense::Number,
            Sense::Section,
        ];
        if is_other
            .iter()
            .any(|&other| seen.sense.points(other) > points)
            || !is_text
        {
            return if is_text { points - 1 } else { points };
        }
        // A cause tells the message where nothing else does.
        2 * points + 1
    }
}
