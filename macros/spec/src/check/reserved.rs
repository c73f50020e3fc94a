//! Reserved numbers and names: no code of a set may use them again.

use crate::order::Firsts;
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{Code, Identity, Set, Wire, split_range};

/// What an entry of `reserved` reserves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved<'a> {
    /// The numbers from the first to the second, both included.
    Numbers(i64, i64),
    /// A code that is a string, a symbol, or the name of a variant.
    Name(&'a str),
}

impl Set {
    /// What an entry of its `reserved` reserves.
    ///
    /// # Errors
    ///
    /// Why the entry is invalid.
    ///
    /// ```
    /// use errbook_spec::{Reserved, Set};
    ///
    /// let set = Set::default(); // its codes are numbers
    /// assert_eq!(set.reservation("7..9"), Ok(Reserved::Numbers(7, 9)));
    /// assert_eq!(set.reservation("OLD_NAME"), Ok(Reserved::Name("OLD_NAME")));
    /// assert!(set.reservation("9..7").is_err());
    /// ```
    pub fn reservation<'a>(&self, entry: &'a str) -> Result<Reserved<'a>, String> {
        let begins_as_number = |text: &str| {
            let digits = text.trim_start_matches(['+', '-']);
            digits.starts_with(|first: char| first.is_ascii_digit())
        };
        let is_range =
            split_range(entry).filter(|(from, to)| begins_as_number(from) || begins_as_number(to));
        if entry.is_empty() {
            return Err("an empty name cannot be reserved".to_owned());
        }
        if entry.trim() != entry {
            return Err(format!(
                "`{entry}` begins or ends with whitespace: remove it"
            ));
        }
        if !self.wire.is_number() {
            return match is_range {
                Some(_) => Err(format!(
                    "`{entry}` is a range, but the codes of {} are strings: reserve each of them",
                    *self.name
                )),
                None => Ok(Reserved::Name(entry)),
            };
        }
        let (from, to) = match is_range {
            Some(ends) => ends,
            None if begins_as_number(entry) => (entry, entry),
            None => return Ok(Reserved::Name(entry)),
        };
        match (self.wire.number(from), self.wire.number(to)) {
            (Some(from), Some(to)) if from <= to => Ok(Reserved::Numbers(from, to)),
            (Some(from), Some(to)) => Err(format!(
                "the range from {from} to {to} is empty: swap its ends"
            )),
            _ => {
                let bits = if self.wire == Wire::Integer { 32 } else { 64 };
                Err(format!(
                    "`{entry}` is not a {bits}-bit integer or a range of them, such as `7` or \
                     `7..9`"
                ))
            }
        }
    }
}

/// Each entry of `reserved` is valid and reserves something that no other does, and no code uses
/// what is reserved.
///
/// A reserved number may be in a range of the spec: a range says what unknown codes mean, and a
/// reserved number is an unknown code.
pub(super) fn check_reserved(set: &Set, problems: &mut Problems) {
    let mut numbers: Vec<(i64, i64, &At<String>)> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut name_entries: Vec<&At<String>> = Vec::new();
    for entry in &set.reserved {
        match set.reservation(entry) {
            Ok(Reserved::Numbers(from, to)) => {
                let overlapping = numbers
                    .iter()
                    .find(|(other_from, other_to, _)| from <= *other_to && *other_from <= to);
                if let Some((_, _, other)) = overlapping {
                    let message = format!("`{}` overlaps with `{}`", **entry, ***other);
                    problems.push_with_help(&entry.place, message, "reserve each number once");
                }
                numbers.push((from, to, entry));
            }
            Ok(Reserved::Name(name)) => {
                names.push(name);
                name_entries.push(entry);
            }
            Err(message) => problems.push(&entry.place, message),
        }
    }
    let mut firsts = Firsts::with_capacity(names.len());
    for (position, name) in names.iter().enumerate() {
        if firsts.before(name, position).is_some() {
            let message = format!("`{name}` is already reserved");
            problems.push(&name_entries[position].place, message);
        }
    }
    if set.reserved.is_empty() {
        return;
    }
    for (what, used) in set.codes.iter().flat_map(|code| uses(set, code)) {
        let number = set.wire.number(number_part(set, used));
        let by_number = number.and_then(|number| {
            let mut all = numbers.iter();
            all.find(|(from, to, _)| *from <= number && number <= *to)
        });
        let is_same = |name: &&str| without_names(name) == without_names(used);
        let by_name = || names.iter().position(is_same).map(|at| name_entries[at]);
        let entry = match what {
            "variant" | "symbol" => by_name(),
            _ => by_number.map(|(_, _, entry)| *entry).or_else(by_name),
        };
        if let Some(entry) = entry {
            let by = if entry.value == used.value {
                String::new()
            } else {
                format!(" by `{}`", **entry)
            };
            let message = format!("{what} `{}` is reserved{by}", **used);
            let help = "what is reserved is never used again: choose another";
            problems.push_with_help(&used.place, message, help);
        }
    }
}

/// A symbol without the names of its parameters, which no answer contains: `OLD:<>`.
fn without_names(symbol: &str) -> String {
    let mut out = String::new();
    let mut is_name = false;
    for letter in symbol.chars() {
        is_name &= letter != '>';
        if !is_name {
            out.push(letter);
        }
        is_name |= letter == '<';
    }
    out
}

/// The codes and the names of a code, with what each is.
fn uses<'a>(set: &'a Set, code: &'a Code) -> Vec<(&'static str, &'a At<String>)> {
    let mut uses = vec![("code", &code.code), ("variant", &code.variant)];
    uses.extend(code.symbol.iter().map(|symbol| ("symbol", symbol)));
    let is_number = set.identity == Identity::Code;
    let alias = if is_number { "alias" } else { "symbol" };
    uses.extend(code.aliases.iter().map(|name| (alias, name)));
    uses.extend(code.was.iter().map(|was| ("code", was)));
    uses.extend(code.was_variant.iter().map(|was| ("variant", was)));
    uses
}

/// The code in a former key that may have a symbol, `400.OLD`.
fn number_part<'a>(set: &Set, used: &'a str) -> &'a str {
    match used.split_once('.') {
        Some((code, _)) if set.identity == Identity::CodeAndSymbol => code,
        _ => used,
    }
}
