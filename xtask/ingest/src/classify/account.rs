//! All that speaks for and against one table, added up.

use crate::classify::cells::SAMPLE;
use crate::classify::columns::{Seen, Senses};
use crate::classify::memo::Memo;
use crate::classify::words::Sense;
use crate::document::{Syntax, Table};
use crate::extraction::{Evidence, Holds, Role};

/// With this many points a table holds codes.
pub(super) const ENOUGH: i32 = 7;

/// What the headers of parameter tables can take from a table whose code column is called so.
const MOST_AGAINST_NAMED: i32 = 4;

/// What the words of a document speak for.
pub(super) struct Known<'a> {
    pub(super) senses: Senses<'a>,
    pub(super) headings: Memo<'a, Option<(&'static str, i32)>>,
}

/// What it comes to.
pub(super) fn points(evidence: &[Evidence]) -> i32 {
    evidence.iter().map(|evidence| evidence.points).sum()
}

/// All that speaks for and against one table.
#[derive(Default)]
pub(super) struct Account {
    pub(super) evidence: Vec<Evidence>,
}

impl Account {
    pub(super) fn add(&mut self, points: i32, text: String) {
        self.evidence.push(Evidence { points, text });
    }

    pub(super) fn points(&self) -> i32 {
        points(&self.evidence)
    }

    pub(super) fn columns(
        &mut self,
        table: &Table,
        seen: &[Seen<'_>],
        roles: &[Role],
        code: usize,
    ) {
        let header = &seen[code].header;
        let profile = &seen[code].profile;
        // A constant's column may name what the number beside it is.
        let symbol = roles.iter().position(|role| *role == Role::Symbol);
        let of_symbol = symbol.map_or(0, |symbol| seen[symbol].sense.points(Sense::Code));
        // `http.*` above names is no status.
        let of_http = if profile.numbers * 2 >= profile.filled {
            seen[code].sense.points(Sense::Http)
        } else {
            0
        };
        let of_code = seen[code].sense.points(Sense::Code).max(of_http);
        let header = if of_symbol > of_code {
            &seen[symbol.unwrap_or(code)].header
        } else {
            header
        };
        let words = of_code.max(of_symbol);
        if words > 0 {
            self.add(
                words.min(6),
                ["the header `", header, "` names codes"].concat(),
            );
        }
        let percent = profile.codes_percent();
        let cells = match percent {
            // Names of any kind look like symbols.
            90.. if 2 * profile.symbols > profile.filled => 2,
            90.. => 3,
            70.. => 2,
            50.. => 0,
            // The reader left comments between them.
            _ if table.syntax == Syntax::List => 0,
            _ => -6,
        };
        if table.syntax == Syntax::List {
            self.add(4, "each entry of the list begins with a code".to_owned());
        }
        let header = &seen[code].header;
        let name = if header.is_empty() {
            format!("column {}", code + 1)
        } else {
            ["`", header, "`"].concat()
        };
        let looked_at = if table.rows().len() > SAMPLE {
            " looked at"
        } else {
            ""
        };
        let (codes, filled) = (profile.codes(), profile.filled);
        let counted = [
            &codes.to_string(),
            " of ",
            &filled.to_string(),
            " cells of ",
            &name,
            looked_at,
            " are codes",
        ];
        self.add(cells, counted.concat());
        if profile.filled == 1 {
            self.add(-1, "it has one row".to_owned());
        }
        for (column, role) in seen.iter().zip(roles) {
            let points = match role {
                Role::Symbol if column.sense.points(Sense::Parameter) >= 4 => continue,
                Role::Message if column.sense.points(Sense::Message) > 0 => 2,
                Role::Message | Role::Symbol | Role::MessageIn(_) => 1,
                Role::Remedy | Role::RemedyIn(_) | Role::Cause | Role::Billing | Role::Http => 2,
                Role::Details | Role::Retry | Role::Severity => 2,
                Role::Code | Role::Section | Role::None => continue,
            };
            self.add(
                points,
                ["`", &column.header, "` is a column for its ", &role.name()].concat(),
            );
        }
        let says = [Role::Message, Role::Symbol, Role::Cause, Role::Remedy];
        let is_pair = profile.texts == 0 && table.header().len() == 1;
        if is_pair || !says.iter().any(|role| roles.contains(role)) {
            self.add(-4, "no column says what the codes mean".to_owned());
        }
    }

    pub(super) fn parameters(&mut self, seen: &[Seen<'_>], code: Option<usize>) {
        // Beside numbers of errors, in so many words, a type is one thing more that is said of them.
        let is_named = |code: usize| {
            seen[code].sense.points(Sense::Code) >= 6 && seen[code].profile.codes_percent() >= 90
        };
        let mut most = if code.is_some_and(is_named) {
            MOST_AGAINST_NAMED
        } else {
            i32::MAX
        };
        for column in seen {
            let profile = &column.profile;
            // `Type` above the names of constants is no type.
            let are_names = profile.symbols > 1
                && profile.percent(profile.symbols) >= 80
                && profile.repeats == 0;
            let is_type = are_names && column.sense.is_type();
            if column.sense.is_mostly(Sense::Parameter) && !is_type && most > 0 {
                let points = column.sense.points(Sense::Parameter).min(4).min(most);
                most -= points;
                self.add(
                    -points,
                    format!("`{}` is a header of a parameter table", column.header),
                );
            }
            if profile.percent(profile.types) >= 60 && most > 0 {
                let points = most.min(4);
                most -= points;
                self.add(
                    -points,
                    format!("the cells of `{}` are data types", column.header),
                );
            }
        }
    }

    pub(super) fn surroundings<'a>(&mut self, table: &'a Table, known: &Known<'a>) {
        let mut above: Vec<&str> = table.headings.iter().map(|heading| &**heading).collect();
        above.extend(table.caption.as_deref());
        if let Some((heading, above)) = above.split_last() {
            if let Some((word, points)) = known.headings.get(heading) {
                self.add(points, ["the heading says `", word, "`"].concat());
            }
            let outer = above
                .iter()
                .rev()
                .filter_map(|heading| known.headings.get(heading));
            if let Some((word, points)) = outer.max_by_key(|&(_, points)| points)
                && points > 0
            {
                self.add(points / 2, ["a heading above says `", word, "`"].concat());
            }
        }
        if table.caption.is_none()
            && let Some((word, points)) = table
                .lead
                .as_deref()
                .and_then(|lead| known.headings.get(lead))
        {
            self.add(
                points / 2,
                ["the text before it says `", word, "`"].concat(),
            );
        }
    }

    /// The weightiest reasons, in words.
    pub(super) fn because(&self, holds: Holds) -> String {
        let speaks = |evidence: &&Evidence| (evidence.points > 0) == (holds == Holds::Codes);
        let mut reasons: Vec<&Evidence> = self.evidence.iter().filter(speaks).collect();
        reasons.sort_by_key(|evidence| -evidence.points.abs());
        let texts: Vec<&str> = reasons
            .iter()
            .take(3)
            .map(|reason| reason.text.as_str())
            .collect();
        if texts.is_empty() {
            "too little speaks for codes".to_owned()
        } else {
            texts.join("; ")
        }
    }
}
