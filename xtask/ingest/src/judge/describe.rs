//! A candidate in, its features out: concepts of its words by place, and the shapes of its cells.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::{List, Shape, Table};
use crate::extraction::Role;
use crate::judge::features::{ColumnFeature, ColumnNumbers, Feature, TableNumbers};
use crate::judge::shapes::{ENOUGH_FAILURES, Shapes};
use crate::lexicon::{Concept, Concepts, Phrase, concepts, phrase};

/// Columns to the right of this one are not looked at.
pub(crate) const WIDEST: usize = 32;

/// A table of this many rows is long; further rows say no more about it.
const MANY_ROWS: f32 = 8.0;

/// A candidate as numbers; nothing else decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Described {
    pub(crate) columns: Vec<ColumnNumbers>,
    /// The features of what is above it, and of its size.
    pub(crate) above: TableNumbers,
    /// What a column's cells are written in, where that is known: two columns of messages differ in
    /// it.
    pub(crate) languages: Vec<Option<&'static str>>,
    /// What a person decided about a column.
    pub(crate) decided: Vec<Option<Role>>,
}

/// The columns of a table as they are seen.
#[derive(Clone, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) header: Cow<'a, str>,
    /// The concepts of its words.
    pub(crate) concepts: Concepts,
    /// The concepts of the word that it is about.
    pub(crate) head: Concepts,
    pub(crate) shapes: Shapes<'a>,
}

/// A header as it is in reports.
pub(crate) fn in_one_line(header: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', header.as_bytes()).is_some() {
        Cow::Owned(header.replace('\n', " "))
    } else {
        Cow::Borrowed(header)
    }
}

impl<'a> Seen<'a> {
    /// The columns of a table; those beyond the widest that people write hold something else.
    pub(crate) fn all(table: &'a Table, language: &'static str) -> Vec<Self> {
        let columns = table.header().cells().take(WIDEST).enumerate();
        columns
            .map(|(column, cell)| {
                let phrase = phrase(cell.text);
                let concepts = phrase.concepts();
                let mut shapes = Shapes::new(table, column, language);
                // `4.04` and `LOK` are codes where the header says so, and `no-route` at the head of
                // an item; elsewhere they are anything.
                let is_head = table.list.is_some() && column == 0;
                if is_head || concepts.contains(Concept::Code) {
                    shapes.numbers += std::mem::take(&mut shapes.decimals);
                    let capitals = std::mem::take(&mut shapes.capitals);
                    shapes.words -= capitals;
                    shapes.mixed += capitals;
                }
                Seen {
                    header: in_one_line(cell.text),
                    concepts,
                    head: phrase.head(),
                    shapes,
                }
            })
            .collect()
    }
}

/// The headings above a table with their concepts. Tables that follow each other share most.
#[derive(Default)]
pub(crate) struct Headings<'a>(Vec<(&'a Arc<str>, Concepts)>);

impl<'a> Headings<'a> {
    fn above(&mut self, table: &'a Table) -> impl Iterator<Item = Concepts> {
        let known = self.0.iter().zip(&table.headings);
        let known = known.take_while(|((known, _), own)| known == own).count();
        self.0.truncate(known);
        let new = table.headings[known..].iter();
        self.0
            .extend(new.map(|heading| (heading, concepts(heading))));
        self.0.iter().map(|(_, concepts)| *concepts)
    }
}

/// Describes a candidate; `language` is what the document is mostly in.
pub(crate) fn describe<'a>(
    table: &'a Table,
    headings: &mut Headings<'a>,
    seen: &[Seen<'_>],
    decided: impl Fn(usize, &str) -> Option<Role>,
    language: &str,
) -> Described {
    let mut columns: Vec<ColumnNumbers> = seen.iter().map(|seen| column(seen, language)).collect();
    if let (Some(list), Some(code)) = (table.list, columns.first_mut()) {
        code.set(ColumnFeature::HeaderEmpty, 0.0);
        code.set_if(ColumnFeature::HeaderErrorCode, list.introduced >= 0.5);
    }
    beside(&mut columns);
    let mut above = above(table, headings);
    if let Some(list) = &table.list {
        describe_list(&mut above, table, list);
    }
    Described {
        columns,
        above,
        languages: seen.iter().map(|seen| seen.shapes.language).collect(),
        decided: seen
            .iter()
            .enumerate()
            .map(|(place, seen)| decided(place, &seen.header))
            .collect(),
    }
}

fn column(seen: &Seen<'_>, language: &str) -> ColumnNumbers {
    use ColumnFeature::*;
    let mut numbers = ColumnNumbers::default();
    header(&mut numbers, seen);
    let shapes = &seen.shapes;
    let share = |count: usize| shapes.share(count);
    numbers.set(Codes, share(shapes.codes()));
    numbers.set_if(HasText, shapes.texts > 0);
    numbers.set(Numbers, share(shapes.numbers));
    numbers.set(Symbols, share(shapes.symbols));
    numbers.set(Mixed, share(shapes.mixed));
    numbers.set(Words, share(shapes.words));
    numbers.set(Prose, share(shapes.texts));
    numbers.set(Long, (share(shapes.chars) / 60.0).min(1.0));
    numbers.set(Statuses, share(shapes.http));
    numbers.set_if(RepeatedStatuses, shapes.http_repeats);
    numbers.set_if(CountsRows, shapes.counts_rows);
    numbers.set(Repeats, share(shapes.repeats));
    numbers.set_if(Constant, shapes.distinct == 1 && shapes.filled > 1);
    numbers.set_if(FewValues, shapes.is_repetitive());
    numbers.set(DataTypes, share(shapes.types));
    numbers.set(FieldNames, share(shapes.fields));
    numbers.set(YesNo, share(shapes.yes_no));
    numbers.set(Pairs, share(shapes.pairs));
    let blank = shapes.looked_at.saturating_sub(shapes.filled);
    if shapes.looked_at > 0 {
        #[expect(clippy::cast_precision_loss, reason = "at most a sample")]
        numbers.set(Blank, blank as f32 / shapes.looked_at as f32);
    }
    let (failures, error_names) = shapes.failures();
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    numbers.set(Failures, failures as f32 / ENOUGH_FAILURES as f32);
    numbers.set_if(States, shapes.states >= 2);
    numbers.set(ErrorNames, share(error_names));
    let names = share(shapes.symbols + shapes.mixed + shapes.capitals);
    numbers.set_if(
        UniqueNames,
        names >= 0.8 && shapes.repeats == 0 && shapes.filled > 1,
    );
    numbers.set(Marks, share(shapes.marks));
    numbers.set(LongNumbers, share(shapes.long_numbers));
    let is_foreign = shapes.texts > 0 && shapes.language.is_some_and(|own| own != language);
    numbers.set_if(Foreign, is_foreign);
    round(&mut numbers.0);
    numbers
}

/// A header that names a concept beside the word that it is about.
const MENTIONED: f32 = 0.4;

/// `error code` and `code of the error` are about codes, and so is `errno`.
const CODE_WORDS: &[Concept] = &[
    Concept::Code,
    Concept::Error,
    Concept::Outcome,
    Concept::Status,
];

fn header(numbers: &mut ColumnNumbers, seen: &Seen<'_>) {
    use ColumnFeature::*;
    let mut concepts = seen.concepts;
    let mut head = seen.head;
    // `Значение` is a value or a meaning; over numbers it is a value.
    if concepts.contains(Concept::Value) && seen.shapes.share(seen.shapes.numbers) >= 0.9 {
        concepts = concepts.without(Concept::Description);
        head = head.without(Concept::Description);
    }
    let has = |concept| concepts.contains(concept);
    // `error code description` is about a description, and only mentions a code.
    let of = |concept| match (head.contains(concept), concepts.contains(concept)) {
        (true, _) => 1.0,
        (false, true) => MENTIONED,
        (false, false) => 0.0,
    };
    let about_code = if head.has_any(CODE_WORDS) {
        1.0
    } else {
        MENTIONED
    };
    let is_http = has(Concept::Http);
    let is_code = has(Concept::Code);
    let is_outcome = concepts.has_any(&[Concept::Outcome, Concept::Status]);
    let is_thing = concepts.has_things();
    if concepts.is_code() && !is_http && !is_thing {
        let feature = if has(Concept::Error) {
            HeaderErrorCode
        } else {
            HeaderOutcomeCode
        };
        numbers.set(feature, about_code);
    } else if concepts.is_return_value() {
        numbers.set(HeaderOutcomeCode, about_code);
    } else if is_code && !is_http {
        numbers.set(HeaderCode, about_code);
    } else if !is_code {
        numbers.set(HeaderError, of(Concept::Error));
    }
    numbers.set_if(HeaderOutcome, is_outcome && !is_code);
    numbers.set_if(HeaderHttp, is_http);
    if has(Concept::Status) {
        numbers.set(HeaderStatus, about_code);
    }
    for (feature, concept) in [
        (HeaderValue, Concept::Value),
        (HeaderSymbol, Concept::Symbol),
        (HeaderName, Concept::Name),
        (HeaderMessage, Concept::Message),
        (HeaderDescription, Concept::Description),
        (HeaderDetails, Concept::Details),
        (HeaderCause, Concept::Cause),
        (HeaderRemedy, Concept::Remedy),
        (HeaderBilling, Concept::Billing),
        (HeaderSection, Concept::Section),
        (HeaderSeverity, Concept::Severity),
        (HeaderParameter, Concept::Parameter),
        (HeaderState, Concept::State),
    ] {
        numbers.set(feature, of(concept));
    }
    if is_text_with_remedy(&seen.header) {
        numbers.set(HeaderDetails, 1.0);
        numbers.set(HeaderRemedy, MENTIONED);
    }
    // `Code type` and `error type` are about codes.
    if !has(Concept::Code) && !has(Concept::Error) {
        numbers.set(HeaderType, of(Concept::Type));
    }
    // `Code type` tells what the code belongs to.
    if has(Concept::Code) && head.contains(Concept::Type) {
        numbers.set(HeaderSection, 1.0);
    }
    // `Cause No.` is the number of a cause, not of a row.
    if !concepts.is_code() {
        numbers.set(HeaderRowNumber, of(Concept::Number));
    }
    // What is fatal is severe; that a retry is useless follows.
    let permanent = if has(Concept::Severity) {
        0.0
    } else {
        of(Concept::Permanent)
    };
    numbers.set(HeaderRetry, of(Concept::Retry).max(permanent));
    numbers.set_if(
        HeaderRequired,
        concepts.has_any(&[Concept::Required, Concept::Default]),
    );
    numbers.set_if(HeaderThing, is_thing);
    numbers.set_if(HeaderEmpty, seen.header.trim().is_empty());
    numbers.set_if(
        HeaderUnknown,
        concepts.is_empty() && !seen.header.trim().is_empty(),
    );
}

/// `Error message / what to do`: neither is all that the cells hold.
fn is_text_with_remedy(header: &str) -> bool {
    let about = |part| phrase(part).head();
    header
        .split_once(['/', '／', '&'])
        .is_some_and(|(first, second)| {
            about(first).has_any(&[Concept::Message, Concept::Description])
                && about(second).contains(Concept::Remedy)
        })
}

/// Adds what is known of the other columns.
fn beside(columns: &mut [ColumnNumbers]) {
    use ColumnFeature::*;
    let is_named = |column: &ColumnNumbers| {
        let header = column
            .get(HeaderErrorCode)
            .max(column.get(HeaderOutcomeCode));
        header > 0.0 && column.get(Codes) >= 0.5
    };
    let is_named_code = |column: &ColumnNumbers| column.get(HeaderErrorCode) >= 1.0;
    let is_called_code = |column: &ColumnNumbers| {
        (is_named(column) || column.get(HeaderCode) > 0.0) && column.get(Codes) >= 0.5
    };
    let are_numbers = |column: &ColumnNumbers| column.get(Numbers) >= 0.9;
    let are_names = |column: &ColumnNumbers| {
        column.get(Symbols) + column.get(Mixed) + column.get(Words) >= 0.8
            && column.get(Symbols) >= 0.4
    };
    // `JL001` tells apart what has the same status as a name does.
    let are_unique = |column: &ColumnNumbers| {
        (are_names(column) || column.get(Mixed) >= 0.8) && column.get(Repeats) <= 0.0
    };
    let are_statuses = |column: &ColumnNumbers| column.get(Statuses) >= 0.9;
    let are_named_statuses = |column: &ColumnNumbers| {
        let is_status = column.get(HeaderStatus) >= 1.0 && column.get(HeaderOutcomeCode) <= 0.0;
        column.get(HeaderHttp) > 0.0 && column.get(Numbers) >= 0.6
            || is_status && column.get(Statuses) >= 0.9
    };
    let is_message = |column: &ColumnNumbers| column.get(HeaderMessage) > 0.0;
    let is_prose = |column: &ColumnNumbers| column.get(Prose) >= 0.6;
    // `ResultCode` above the names of enumerations, each in the first row of its codes.
    let is_of_groups = |column: &ColumnNumbers| {
        let says_code = column.most(&[HeaderErrorCode, HeaderOutcomeCode, HeaderCode]) >= 1.0;
        let are_names = column.get(Codes) >= 0.8 && column.get(Numbers) <= 0.0;
        says_code && are_names && column.get(Blank) >= 0.5
    };
    let are_all_codes =
        |column: &ColumnNumbers| column.get(Codes) >= 0.8 && column.get(Blank) <= 0.0;
    // A number that comes with many names, or is left out, is not what tells them apart.
    // Rows that go on with the code above leave it out.
    let is_said_code =
        |column: &ColumnNumbers| column.get(HeaderErrorCode).max(column.get(HeaderCode)) >= 1.0;
    let is_repeated = |column: &ColumnNumbers, blank: f32| {
        are_numbers(column)
            && (column.get(Repeats) >= 0.2
                || column.get(RepeatedStatuses) > 0.0
                || column.get(Blank) > blank && !is_said_code(column))
    };
    let before = columns.to_vec();
    for (place, column) in columns.iter_mut().enumerate() {
        let others = before
            .iter()
            .enumerate()
            .filter(|&(other, _)| other != place);
        let others: Vec<&ColumnNumbers> = others.map(|(_, other)| other).collect();
        let any = |is: &dyn Fn(&ColumnNumbers) -> bool| others.iter().any(|other| is(other));
        let blank = column.get(Blank);
        let beside_repeated = any(&|other| is_repeated(other, blank));
        let beside_named_statuses = any(&are_named_statuses);
        let beside_unique = any(&|other| {
            are_unique(other)
                && other.get(HeaderMessage) <= 0.0
                && other.get(HeaderParameter) <= 0.0
        });
        column.set_if(BesideErrorCode, any(&is_named));
        // A column that is named after codes is not in doubt beside HTTP statuses.
        let is_sure = column.get(HeaderErrorCode) >= 1.0;
        let are_other_numbers =
            |other: &ColumnNumbers| are_numbers(other) && !(is_sure && are_named_statuses(other));
        column.set_if(BesideNumbers, any(&are_other_numbers));
        column.set_if(BesideNames, any(&are_names));
        column.set_if(BesideStatuses, any(&are_statuses));
        column.set_if(BesideMessage, any(&is_message));
        column.set_if(BesideProse, any(&is_prose));
        // Under `message` and `field` are names that the status beside them is described by.
        let may_be_code = column.get(HeaderMessage) <= 0.0 && column.get(HeaderParameter) <= 0.0;
        column.set_if(
            NamesBesideRepeated,
            may_be_code && are_unique(column) && beside_repeated,
        );
        column.set_if(
            NamesBesideStatuses,
            may_be_code && are_names(column) && beside_named_statuses,
        );
        let is_status = are_statuses(column) || are_named_statuses(column);
        column.set_if(StatusesBesideNames, is_status && any(&are_names));
        let is_repeated = is_repeated(column, 0.0);
        column.set_if(RepeatedBesideNames, is_repeated && beside_unique);
        let is_value = column.get(HeaderValue) > 0.0 && column.get(Repeats) <= 0.0;
        column.set_if(
            ValueBesideNames,
            is_value && are_numbers(column) && any(&are_names),
        );
        let counts = column.get(CountsRows) > 0.0 || column.get(HeaderRowNumber) > 0.0;
        column.set_if(CountsBesideCode, counts && any(&is_called_code));

        // What tells a second text from the first, of the same kind.
        let is_text = |other: &ColumnNumbers| {
            let kinds = [HeaderCause, HeaderRemedy, HeaderDetails, HeaderThing];
            let is_other = kinds.iter().any(|&kind| other.get(kind) >= 1.0);
            (is_prose(other) && !is_other)
                || is_message(other)
                || other.get(HeaderDescription) >= 1.0
        };
        let is_same =
            |other: &ColumnNumbers| (other.get(Foreign) > 0.0) == (column.get(Foreign) > 0.0);
        let is_after = before[..place]
            .iter()
            .any(|other| is_text(other) && is_same(other));
        column.set_if(AfterText, is_after && column.get(HeaderMessage) < 1.0);
        let is_like = |other: &ColumnNumbers| {
            other.get(Codes) >= 0.9 && are_numbers(other) == are_numbers(column)
        };
        let is_after = column.get(Codes) >= 0.9 && before[..place].iter().any(is_like);
        column.set_if(AfterCodes, is_after);
        let is_empty = |other: &ColumnNumbers| is_named_code(other) && other.get(Codes) < 0.3;
        column.set_if(BesideEmptyCodes, any(&is_empty));
        column.set_if(Groups, is_of_groups(column) && any(&are_all_codes));
    }
}

fn above<'a>(table: &'a Table, headings: &mut Headings<'a>) -> TableNumbers {
    use Feature::*;
    let mut numbers = TableNumbers::default();
    let mut all: Vec<Concepts> = headings.above(table).collect();
    all.extend(table.caption.as_deref().map(concepts));
    if let Some((concepts, outer)) = all.split_last() {
        let is_outcome = concepts.has_any(&[Concept::Outcome, Concept::Status]);
        let is_error = concepts.contains(Concept::Error);
        numbers.set_if(HeadingErrorCode, concepts.is_code() && is_error);
        numbers.set_if(HeadingOutcomeCode, concepts.is_code() && !is_error);
        numbers.set_if(
            HeadingError,
            concepts.contains(Concept::Error) && !concepts.is_code(),
        );
        numbers.set_if(HeadingOutcome, is_outcome && !concepts.is_code());
        numbers.set_if(HeadingThing, concepts.has_things());
        numbers.set_if(HeadingParameter, concepts.contains(Concept::Parameter));
        numbers.set_if(HeadingState, concepts.contains(Concept::State));
        for concepts in outer {
            if concepts.is_code() {
                numbers.set_if(OuterErrorCode, true);
            }
            if concepts.contains(Concept::Error) && !concepts.is_code() {
                numbers.set_if(OuterError, true);
            }
            if concepts.has_things() || concepts.contains(Concept::Parameter) {
                numbers.set_if(OuterThing, true);
            }
        }
    }
    if let Some(lead) = table.lead.as_deref().filter(|_| table.caption.is_none()) {
        let concepts = concepts(lead);
        numbers.set_if(LeadErrorCode, concepts.is_code());
        numbers.set_if(
            LeadError,
            concepts.contains(Concept::Error) && !concepts.is_code(),
        );
        let is_thing = concepts.has_things() || concepts.contains(Concept::Parameter);
        numbers.set_if(LeadThing, is_thing);
    }
    let rows = table.rows().len();
    #[expect(clippy::cast_precision_loss, reason = "saturates")]
    let saturated = (rows as f32 / MANY_ROWS).min(1.0);
    numbers.set(Rows, (saturated * 100.0).round() / 100.0);
    numbers.set_if(OneRow, rows <= 1);
    numbers
}

/// Sets the features that only lists have.
fn describe_list(numbers: &mut TableNumbers, table: &Table, list: &List) {
    use Feature::*;
    numbers.set(List, 1.0);
    numbers.set_if(ListOfHeadings, list.shape == Shape::Headings);
    numbers.set_if(ListOfTitles, list.shape == Shape::Titles);
    numbers.set_if(ListOfLines, list.shape == Shape::Lines);
    numbers.set_if(ListInFence, list.shape == Shape::Fence);
    // From three of five lines on.
    numbers.set(ListEntries, 2.5 * list.entries - 1.5);
    numbers.set(ListLoose, list.loose);
    let rises = if list.rising >= 0.9 {
        numbers.get(Rows)
    } else {
        0.0
    };
    numbers.set(ListRising, rises);
    let heading = table.headings.last().map(|heading| phrase(heading));
    let lead = table.lead.as_deref().map(phrase);
    let said = lead.as_ref().map_or(Concepts::default(), Phrase::concepts);
    let mut near = heading.iter().chain(&lead);
    let are_values = near.clone().any(|near| near.concepts().is_return_value());
    let is_of_levels = near.clone().any(|near| near.concepts().has_any(LEVELS));
    numbers.set_if(
        ListOfLevels,
        is_of_levels || said.contains(Concept::Parameter),
    );
    numbers.set_if(ListOfOne, table.rows().len() <= 1);
    numbers.set_if(ListCounts, list.counts);
    numbers.set_if(ListIntroduced, list.introduced >= 0.5);
    let codes = [HeadingErrorCode, HeadingOutcomeCode, LeadErrorCode];
    let is_error = |near: &Phrase| near.concepts().contains(Concept::Error);
    let named = if said.contains(Concept::Not) {
        0.0
    } else if are_values || numbers.has_any(&codes) {
        1.0
    } else if near.any(|near| is_error(near) && near.unknown() == 0) {
        // `Errors`, `Error messages` and not `Login errors`.
        0.8
    } else if numbers.has_any(&[HeadingError, LeadError]) {
        0.4
    } else {
        0.0
    };
    numbers.set(ListNamed, named);
    numbers.set_if(ListBelowThing, numbers.get(OuterThing) > 0.0 && named < 1.0);
    let is_chapter = numbers.get(OuterErrorCode) > 0.0
        && !numbers.has_any(&[HeadingErrorCode, HeadingOutcomeCode]);
    numbers.set(
        ListUnderCodes,
        if is_chapter { 1.0 - list.loose } else { 0.0 },
    );
    round(&mut numbers.0);
}

/// Two digits are as exact as the counts are; most numbers are 0.
fn round(numbers: &mut [f32]) {
    for number in numbers.iter_mut().filter(|number| **number != 0.0) {
        *number = (*number * 100.0).round() / 100.0;
    }
}

/// What has names and numbers that are no codes of errors.
const LEVELS: &[Concept] = &[
    Concept::Severity,
    Concept::Retry,
    Concept::State,
    Concept::Test,
    Concept::Price,
    Concept::Not,
];
