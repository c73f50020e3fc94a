//! Chooses the column of the codes.

use crate::classify::columns::Seen;
use crate::classify::words::Sense;

/// The columns that may be the code, the likeliest first, with their points.
pub(super) fn candidates(seen: &[Seen<'_>]) -> Vec<(usize, i32)> {
    let open = seen
        .iter()
        .enumerate()
        .filter(|(_, seen)| seen.decided.is_none());
    let points = open.map(|(column, seen)| (column, seen.code_points(column)));
    let mut candidates: Vec<(usize, i32)> = points.filter(|&(_, points)| points >= 3).collect();
    candidates.sort_by_key(|&(column, points)| (-points, column));
    candidates
}

/// The column with the most speaking for it; HTTP statuses only where nothing else is a code.
pub(super) fn code_column(seen: &[Seen<'_>]) -> Option<usize> {
    let candidates = candidates(seen);
    let best = |http: bool| {
        candidates
            .iter()
            .find(|&&(column, _)| seen[column].may_be_http() == http)
            .copied()
    };
    let code = match (best(false), best(true)) {
        (Some((code, points)), Some((http, _)))
            if is_code_beside_statuses(&seen[code], points, &seen[http]) =>
        {
            code
        }
        (_, Some((http, _))) => return Some(names_beside_statuses(seen, http).unwrap_or(http)),
        (code, None) => code?.0,
    };
    if let Some(code) = told_apart(seen, &candidates, code) {
        return Some(code);
    }
    Some(number_beside(seen, &candidates, code).unwrap_or(code))
}

/// A column of names that is nearly as likely, where the numbers stand beside several of them: `E_DISK | 10`.
fn told_apart(seen: &[Seen<'_>], candidates: &[(usize, i32)], code: usize) -> Option<usize> {
    let numbers = &seen[code].profile;
    if numbers.percent(numbers.numbers) < 90 {
        return None;
    }
    let own = candidates.iter().find(|&&(column, _)| column == code)?.1;
    let may_be = |column: usize| {
        let other = &seen[column];
        let names = other.profile.symbols + other.profile.mixed;
        let comes_with_many =
            numbers.has_repeated_numbers() || numbers.filled < other.profile.filled;
        comes_with_many
            && other.sense.is_mostly(Sense::Code)
            && other.profile.percent(names) >= 90
            && other.profile.repeats == 0
    };
    candidates
        .iter()
        .find(|&&(column, points)| own - points <= 5 && may_be(column))
        .map(|&(column, _)| column)
}

/// Under a heading that names codes, numbers that count the rows are codes if nothing else is.
pub(super) fn numbered(seen: &[Seen<'_>]) -> Option<usize> {
    let may_be = |seen: &Seen<'_>| {
        let is_number = seen.profile.filled > 1 && seen.profile.numbers == seen.profile.filled;
        is_number && seen.decided.is_none() && seen.sense.points(Sense::Number) < 8
    };
    let has_text = seen
        .iter()
        .skip(1)
        .any(|seen| seen.sense.points(Sense::Message) > 0);
    seen.first()
        .filter(|first| may_be(first) && has_text)
        .map(|_| 0)
}

/// `Code` above 200, 201, … beside `Error` above names: codes of the vendor's that only look like
/// statuses. A status comes with many errors.
fn is_code_like_a_status(numbers: &Seen<'_>, names: &Seen<'_>) -> bool {
    let points = numbers.sense.points(Sense::Code);
    let are_names = names
        .profile
        .percent(names.profile.symbols + names.profile.words)
        >= 60;
    are_names
        && !numbers.is_http()
        && !numbers.sense.is_status()
        && !numbers.profile.http_repeats
        && points >= 4
        && points >= names.sense.points(Sense::Code)
}

/// A symbol beside a status is the code only if its header says so.
fn is_code_beside_statuses(codes: &Seen<'_>, points: i32, statuses: &Seen<'_>) -> bool {
    let named = codes.sense.points(Sense::Code) >= 4;
    let numeric = codes.profile.percent(codes.profile.numbers) >= 60;
    points >= 6 && (named || numeric) && !is_code_like_a_status(statuses, codes)
}

/// The column of names that are the codes, if there is one: of two the one whose header says more of codes.
fn names_beside_statuses(seen: &[Seen<'_>], statuses: usize) -> Option<usize> {
    let are_names = |&(_, names): &(usize, &Seen<'_>)| {
        names.decided.is_none() && is_name_beside_statuses(names, &seen[statuses])
    };
    let names = seen.iter().enumerate().filter(are_names);
    names
        .max_by_key(|&(column, names)| (names.sense.points(Sense::Code), usize::MAX - column))
        .map(|(column, _)| column)
}

/// `Error` or `Type` above names, each of which is there once, beside statuses that come with many or are left out; or
/// `Error type` above names beside statuses that are said to be those of HTTP.
fn is_name_beside_statuses(names: &Seen<'_>, statuses: &Seen<'_>) -> bool {
    let profile = &names.profile;
    let are_names = profile.percent(profile.symbols + profile.mixed) >= 80;
    // `unauthorized` among `invalid_grant` is one too.
    let are_nearly = profile.percent(profile.symbols) >= 50
        && profile.percent(profile.symbols + profile.words) >= 90;
    let comes_with_many = statuses.profile.http_repeats || statuses.profile.filled < profile.filled;
    let is_named = [Sense::Code, Sense::Symbol]
        .iter()
        .any(|&sense| names.sense.is_mostly(sense))
        || names.sense.is_type();
    let is_error_type = names.sense.points(Sense::Symbol) >= 5 && statuses.is_http();
    // `Reason | HTTP status`: what the vendor calls them, and not what HTTP does.
    let is_own = || {
        names.sense.is_mostly(Sense::Cause) && statuses.is_http() && !profile.holds_reason_phrases()
    };
    let is_unique = are_names && profile.repeats == 0;
    comes_with_many && ((are_names || are_nearly) && is_error_type || is_unique && is_named)
        || is_unique && is_own()
}

/// A column of numbers beside a code column of names: `OK | 0`, under `Code | Number`.
fn number_beside(seen: &[Seen<'_>], candidates: &[(usize, i32)], code: usize) -> Option<usize> {
    let profile = &seen[code].profile;
    // `OK` among `CANCELLED` and `UNKNOWN_TOPIC` is one too.
    let mixed = if profile.percent(profile.symbols) >= 50 {
        profile.mixed
    } else {
        0
    };
    if profile.percent(profile.symbols + profile.words + mixed) < 80 {
        return None;
    }
    let is_number = |column: usize| {
        let other = &seen[column];
        let is_code = other.sense.is_mostly(Sense::Code)
            || other.header.is_empty()
            || is_value(&other.header);
        let is_part = profile.repeats > 0 || profile.filled < other.profile.filled;
        let is_own = is_part || !other.profile.has_repeated_numbers();
        column != code
            && !other.may_be_http()
            && is_code
            && is_own
            && other.profile.percent(other.profile.numbers) >= 90
    };
    let columns = candidates.iter().map(|&(column, _)| column);
    columns
        .chain(0..seen.len())
        .find(|&column| is_number(column))
}

/// What the number of a constant is called.
fn is_value(header: &str) -> bool {
    const VALUES: &[&str] = &[
        "取值",
        "值",
        "数值",
        "十六进制",
        "十进制",
        "値",
        "数値",
        "value",
        "number",
        "num",
        "hex",
        "decimal",
        "dec",
        "int",
        "integer",
        "значение",
        "число",
    ];
    let header = header
        .split(['(', '（'])
        .next()
        .unwrap_or(header)
        .trim()
        .to_lowercase();
    VALUES.contains(&header.as_str())
}
