//! The columns of a table as they are seen: the words of their headers, and what their cells hold.

use std::borrow::Cow;
use std::rc::Rc;

use crate::classify::cells::Profile;
use crate::classify::header::HeaderSense;
use crate::classify::memo::Memo;
use crate::classify::words::Sense;
use crate::document::Table;
use crate::extraction::Role;

/// Columns beyond this one are not looked at.
const WIDEST: usize = 32;

/// One column, before it has a role.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) header: Cow<'a, str>,
    pub(super) sense: Rc<HeaderSense>,
    pub(super) profile: Profile<'a>,
    /// What a person decided about it.
    pub(super) decided: Option<Role>,
}

/// A header as it stands in reports.
pub(super) fn in_one_line(header: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', header.as_bytes()).is_some() {
        Cow::Owned(header.replace('\n', " "))
    } else {
        Cow::Borrowed(header)
    }
}

/// What the headers of a document speak for.
pub(super) type Senses<'a> = Memo<'a, Rc<HeaderSense>>;

impl<'a> Seen<'a> {
    /// The columns of a table; those beyond the widest that people write hold something else.
    pub(super) fn all(
        table: &'a Table,
        decided: impl Fn(usize, &str) -> Option<Role>,
        senses: &Senses<'a>,
    ) -> Vec<Self> {
        let columns = table
            .header()
            .cells()
            .take(WIDEST)
            .enumerate()
            .map(|(column, cell)| {
                let header = in_one_line(cell.text);
                let sense = senses.get(cell.text);
                let mut profile = Profile::new(table, column);
                // `4.04` and `LOK` are codes where the header says so, and anything elsewhere.
                if sense.points(Sense::Code) >= 4 {
                    profile.numbers += std::mem::take(&mut profile.decimals);
                    let capitals = std::mem::take(&mut profile.capitals);
                    profile.words -= capitals;
                    profile.mixed += capitals;
                }
                Seen {
                    sense,
                    profile,
                    decided: decided(column, &header),
                    header,
                }
            });
        columns.collect()
    }

    /// Is it a column of HTTP statuses, by its header and its cells?
    pub(super) fn is_http(&self) -> bool {
        self.sense.is_mostly(Sense::Http) && self.profile.percent(self.profile.numbers) >= 60
    }

    /// Are its cells HTTP statuses, under a header that does not say `error code`?
    pub(super) fn may_be_http(&self) -> bool {
        let all = self.profile.filled > 0 && self.profile.http == self.profile.filled;
        self.is_http()
            || (all && self.sense.points(Sense::Code) < 6 + i32::from(self.sense.is_status()))
    }

    /// How much speaks for its cells being the codes of the table.
    pub(super) fn code_points(&self, column: usize) -> i32 {
        let profile = &self.profile;
        let header = if self.is_http() {
            3
        } else {
            self.sense.points(Sense::Code)
        };
        let cells = match profile.codes_percent() {
            90.. => 4,
            70.. => 3,
            50.. => 1,
            30.. => -3,
            _ => -12,
        };
        let is_numeric = profile.percent(profile.numbers) >= 90;
        let mut points = header + cells + i32::from(column == 0);
        points += i32::from(profile.percent(profile.numbers) >= 60);
        if self.sense.is_mostly(Sense::Number) || (profile.counts_rows && header < 4) {
            points -= 10;
        }
        // Numbers under a header that promises text: the header misnames them.
        let texts = [Sense::Message, Sense::Cause, Sense::Remedy]
            .iter()
            .filter(|_| !is_numeric);
        for &sense in texts.chain(&[Sense::Parameter, Sense::Section]) {
            if header < 4 && self.sense.is_mostly(sense) {
                points -= self.sense.points(sense);
            }
        }
        if profile.percent(profile.types.max(profile.yes_no)) >= 50 && header < 4 {
            points -= 10;
        }
        points
    }

    pub(super) fn holds_symbols(&self) -> bool {
        let profile = &self.profile;
        profile.percent(profile.symbols) >= 60
            || profile.percent(profile.symbols + profile.words + profile.mixed) >= 90
                && self.sense.points(Sense::Symbol) > 0
    }
}
