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
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, place: &Place, message: impl Into<String>) {
        self.0.push(Problem {
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
        self.0.push(Problem {
            place: place.clone(),
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// Adds the problems of another step.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// Ends a step: returns its result, or all problems, sorted by file, line and column.
    ///
    /// # Errors
    ///
    /// All problems, if there are any.
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
