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

#[cfg(test)]
mod tests {
    use crate::place::Place;
    use crate::problem::{Problems, did_you_mean, distance, nearest, no_word};

    fn line(line: usize, column: usize) -> Place {
        Place {
            line,
            column,
            ..Place::file("a.toml")
        }
    }

    fn problems(all: &[(usize, usize, &str)]) -> Problems {
        let mut problems = Problems::default();
        for (at, column, message) in all {
            problems.push(&line(*at, *column), *message);
        }
        problems
    }

    #[test]
    fn problems_are_sorted_by_place_and_reported_once() {
        let mut all = problems(&[
            (2, 1, "b"),
            (1, 9, "c"),
            (2, 1, "a"),
            (1, 9, "c"),
            (10, 1, "d"),
        ]);
        all.push_with_help(&line(1, 9), "c", "help");
        assert!(!all.is_empty());
        assert_eq!(
            all.finish(()).unwrap_err().to_string(),
            "a.toml:1:9: c\na.toml:1:9: c\n  help: help\na.toml:2:1: a\na.toml:2:1: b\na.toml:10:1: d"
        );
        assert!(Problems::default().is_empty());
        assert_eq!(Problems::default().finish(7), Ok(7));
    }

    #[test]
    fn consequences_of_a_value_that_could_not_be_read_are_left_out() {
        let mut first = Problems::default();
        first.push_hole(&line(1, 1), "missing", Some("help".to_owned()));
        let mut other = Problems::default();
        other.push_hole(&line(2, 1), "missing", None);
        other.push(&line(3, 1), "wrong");
        first.extend(other);
        first.extend_with_later(problems(&[
            (1, 1, "empty"),
            (2, 1, "empty"),
            (3, 1, "more"),
            (4, 1, "new"),
        ]));
        assert_eq!(
            first.to_string(),
            "a.toml:1:1: missing\n  help: help\na.toml:2:1: missing\na.toml:3:1: wrong\n\
             a.toml:3:1: more\na.toml:4:1: new"
        );
    }

    #[test]
    fn what_a_later_step_finds_at_the_same_place_is_left_out_except_for_the_whole_file() {
        let mut first = problems(&[(0, 0, "file"), (1, 1, "wrong")]);
        first.extend_elsewhere(problems(&[
            (0, 0, "also"),
            (1, 1, "the same"),
            (1, 2, "new"),
        ]));
        assert_eq!(
            first.to_string(),
            "a.toml: file\na.toml:1:1: wrong\na.toml: also\na.toml:1:2: new"
        );
    }

    #[test]
    fn the_distance_is_the_number_of_edits() {
        for (left, right, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "axc", 1),
            ("abc", "ac", 1),
            ("ac", "abc", 1),
            ("kitten", "sitting", 3),
            ("图片", "图", 1),
        ] {
            assert_eq!(distance(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn a_name_is_proposed_if_a_third_of_its_letters_is_wrong_at_most() {
        let names = ["variant", "message", "kind", "to"];
        for (wrong, expected) in [
            ("varient", Some("variant")),
            ("MESSAGE", Some("message")),
            ("mesages", Some("message")),
            ("kin", Some("kind")),
            ("kn", None),
            ("so", Some("to")),
            ("x", None),
            ("sessions", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, names), expected, "{wrong}");
        }
        // The first of those that are equally near.
        assert_eq!(nearest("ac", ["ab", "ad"]), Some("ab"));
        assert_eq!(did_you_mean("kindd", names), "; did you mean `kind`?");
        assert_eq!(did_you_mean("other", names), "");
        assert_eq!(
            no_word("way", "upp", ["up", "down"]),
            "invalid value `upp` for `way` (expected one of `up`, `down`); did you mean `up`?"
        );
    }
}
