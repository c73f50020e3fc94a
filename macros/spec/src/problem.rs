//! Problems of input files. They are collected, so that a person sees all of them in one run.

use std::fmt;

use crate::order::order;
use crate::place::Place;

/// One problem: its position, what is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Its position.
    pub place: Place,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it, unless the message already says so.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

/// All problems of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    all: Vec<Problem>,
    /// Where a placeholder takes the place of a value that is missing or of another type. The problem
    /// was reported; what a later step finds there is only a consequence of it.
    holes: Vec<Place>,
    /// Keys that are probably misspelled: the parser reports them, and goes on with the right ones.
    misspelled: Vec<Misspelled>,
}

/// An unknown key that is similar to one that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misspelled {
    /// The byte offset of the key.
    pub(crate) start: usize,
    /// The key that was probably meant.
    pub(crate) right: &'static str,
    pub(crate) problem: Problem,
}

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, place: &Place, message: impl Into<String>) {
        self.all.push(Problem {
            place: place.clone(),
            message: message.into(),
            help: None,
        });
    }

    /// Adds a problem with help.
    pub fn push_with_help(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.all.push(Problem {
            place: place.clone(),
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// Adds a problem with a value in whose place there is a placeholder now.
    pub(crate) fn push_hole(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.holes.push(place.clone());
        self.all.push(Problem {
            place: place.clone(),
            message: message.into(),
            help,
        });
    }

    pub(crate) fn push_misspelled(&mut self, misspelled: Misspelled) {
        self.misspelled.push(misspelled);
    }

    pub(crate) fn take_misspelled(&mut self) -> Vec<Misspelled> {
        std::mem::take(&mut self.misspelled)
    }

    /// Adds a problem that another step found.
    pub(crate) fn push_problem(&mut self, problem: Problem) {
        self.all.push(problem);
    }

    /// Adds the problems of another step.
    pub fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.holes.extend(other.holes);
        self.misspelled.extend(other.misspelled);
    }

    /// Adds the problems that a later step found, except those with a value that this step could
    /// not read: they are its consequences.
    pub fn extend_with_later(&mut self, later: Self) {
        let independent = later.all.into_iter();
        let independent = independent.filter(|problem| !self.holes.contains(&problem.place));
        self.all.extend(independent);
    }

    /// Adds the problems that a later step found, except those at a line and column where there is
    /// a problem already: probably the same in other words.
    pub fn extend_elsewhere(&mut self, later: Self) {
        let known: Vec<Place> = self
            .all
            .iter()
            .map(|problem| problem.place.clone())
            .collect();
        let elsewhere = later.all.into_iter();
        let elsewhere =
            elsewhere.filter(|problem| problem.place.line == 0 || !known.contains(&problem.place));
        self.all.extend(elsewhere);
    }

    /// Whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.all.iter()
    }

    /// Ends a step: returns its result, or all problems, sorted by file, line and column.
    ///
    /// # Errors
    ///
    /// All problems, if there are any.
    pub fn finish<T>(mut self, result: T) -> Result<T, Self> {
        if self.all.is_empty() {
            return Ok(result);
        }
        self.sort();
        Err(self)
    }

    /// Sorts the problems by file, line and column, and removes duplicates.
    pub fn sort(&mut self) {
        let sorted = order(self.all.len(), &|left, right| {
            self.all[left].cmp(&self.all[right])
        });
        self.all = sorted
            .into_iter()
            .map(|position| self.all[position].clone())
            .collect();
        self.all.dedup();
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.all.iter().enumerate() {
            let separator = if index > 0 { "\n" } else { "" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The name that is most similar to `wrong`, if one is similar enough to be what was meant.
#[must_use]
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(wrong, &mut names.into_iter())
}

/// The end of a message, `; did you mean `x`?`, or an empty string if no name is similar.
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest_of(wrong, &mut names.into_iter());
    near.map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

/// The message for a value that is not one of the allowed words.
#[must_use]
pub fn no_word<'a>(name: &str, text: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let all = words.join("`, `");
    let near = did_you_mean(text, words);
    format!("invalid value `{text}` for `{name}` (expected one of `{all}`){near}")
}

fn nearest_of<'a>(wrong: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let mut nearest = None;
    // One edit for each three letters: more would suggest unrelated words.
    let mut limit = wrong.chars().count().div_ceil(3).max(1) + 1;
    for name in names {
        let distance = distance(&wrong, &name.to_lowercase());
        if distance < limit {
            limit = distance;
            nearest = Some(name);
        }
    }
    nearest
}

/// The Levenshtein distance: how many characters have to be inserted, removed or replaced.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &to) in right.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
