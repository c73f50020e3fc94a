//! What is wrong with a file: gathered, so that a person sees everything in one go, and never thrown one by one.

use std::fmt;

use crate::order::order;
use crate::place::Place;

/// One thing that is wrong: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is, in lower case and without a full stop.
    pub message: String,
    /// What to do about it, if the message does not say it already.
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

/// Everything that is wrong, in the order of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one problem.
    pub fn push(&mut self, place: &Place, message: impl Into<String>) {
        self.0.push(Problem {
            place: place.clone(),
            message: message.into(),
            help: None,
        });
    }

    /// Adds one problem together with what to do about it.
    pub fn push_with_help(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Problem {
            place: place.clone(),
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// Takes over the problems of another step.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// True when nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// The one door out of a step: its result if nothing is wrong, else everything that is, by file, line and column.
    ///
    /// # Errors
    ///
    /// All the problems that were gathered, if there are any.
    pub fn finish<T>(mut self, result: T) -> Result<T, Self> {
        if self.0.is_empty() {
            return Ok(result);
        }
        self.sort();
        Err(self)
    }

    fn sort(&mut self) {
        let sorted = order(self.0.len(), &|left, right| {
            self.0[left].cmp(&self.0[right])
        });
        self.0 = sorted
            .into_iter()
            .map(|position| self.0[position].clone())
            .collect();
        self.0.dedup();
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index > 0 { "\n" } else { "" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Of some names the one that a person may have meant by `wrong`.
#[must_use]
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(wrong, &mut names.into_iter())
}

/// `a `x` is near` as the end of a message, or nothing.
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest_of(wrong, &mut names.into_iter());
    near.map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

/// What is wrong with a text that should be one of some words.
#[must_use]
pub fn no_word<'a>(name: &str, text: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let (all, near) = (words.join("`, `"), did_you_mean(text, words));
    format!("`{name}` cannot be `{text}`: it is one of `{all}`{near}")
}

fn nearest_of<'a>(wrong: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let (wrong, mut nearest) = (wrong.to_lowercase(), None);
    let mut limit = wrong.chars().count().div_ceil(3).max(1) + 1;
    for name in names {
        let distance = distance(&wrong, &name.to_lowercase());
        if distance < limit {
            (limit, nearest) = (distance, Some(name));
        }
    }
    nearest
}

/// How many characters have to be put in, taken out or changed: Levenshtein's distance, one row at a time.
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
