//! How much is known of each set: texts in each language, kinds, retry classes, billing.

use errbook_spec::{Code, Set, Status};

use crate::explain::Book;

/// One line of the table of coverage.
pub(super) struct Line<'a> {
    pub(super) vendor: &'a str,
    pub(super) set: &'a str,
    pub(super) codes: usize,
    pub(super) retired: usize,
    /// Messages and remedies in each language, then kinds, retry classes, billing.
    pub(super) shares: Vec<Share>,
}

/// A part of a whole.
pub(super) struct Share {
    pub(super) part: usize,
    pub(super) whole: usize,
}

impl Share {
    /// In percent; only the whole is 100, and nothing is the whole of nothing.
    pub(super) fn percent(&self) -> usize {
        (self.part * 100).checked_div(self.whole).unwrap_or(100)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.part == self.whole
    }
}

/// One line a set, and one for all of them at the end.
pub(super) fn coverage<'a>(book: &'a Book, languages: &[String]) -> Vec<Line<'a>> {
    let sets = book
        .specs
        .iter()
        .flat_map(|spec| spec.sets.iter().map(move |set| (spec.vendor.as_str(), set)));
    let mut lines: Vec<_> = sets
        .map(|(vendor, set)| line(vendor, set, languages))
        .collect();
    lines.push(total(&lines, languages.len() + 3));
    lines
}

fn line<'a>(vendor: &'a str, set: &'a Set, languages: &[String]) -> Line<'a> {
    let texts = |tag: &String| {
        let both = set
            .codes
            .iter()
            .flat_map(|code| [&code.message, &code.remedy])
            .filter(|texts| !texts.is_empty());
        let (whole, part) = both.fold((0, 0), |(whole, part), texts| {
            (whole + 1, part + usize::from(texts.contains_key(tag)))
        });
        Share { part, whole }
    };
    let codes = |has: fn(&Code) -> bool| Share {
        part: set.codes.iter().filter(|code| has(code)).count(),
        whole: set.codes.len(),
    };
    let mut shares: Vec<_> = languages.iter().map(texts).collect();
    shares.push(codes(|code| code.kind.is_some()));
    shares.push(codes(|code| code.retry.is_some()));
    shares.push(codes(|code| code.billing.is_some()));
    let retired = set
        .codes
        .iter()
        .filter(|code| code.status == Status::Retired)
        .count();
    Line {
        vendor,
        set: &set.name,
        codes: set.codes.len(),
        retired,
        shares,
    }
}

fn total<'a>(lines: &[Line<'a>], columns: usize) -> Line<'a> {
    let share = |at: usize| {
        let shares = lines.iter().map(|line| &line.shares[at]);
        shares.fold(Share { part: 0, whole: 0 }, |sum, share| Share {
            part: sum.part + share.part,
            whole: sum.whole + share.whole,
        })
    };
    Line {
        vendor: "",
        set: "",
        codes: lines.iter().map(|line| line.codes).sum(),
        retired: lines.iter().map(|line| line.retired).sum(),
        shares: (0..columns).map(share).collect(),
    }
}
