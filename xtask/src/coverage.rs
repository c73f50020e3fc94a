//! Counts how complete each set is. `stats` and the site's coverage page both show these figures.
//!
//! Only active codes count. A retired code keeps the strings that it had and needs no more work, so
//! it is counted as retired and nowhere else. Translations are counted by text (each message and
//! each remedy that the vendor wrote); kinds, retry classes and billing are counted by code.

use std::collections::BTreeSet;

use errbook_spec::facts::text_facts_of;
use errbook_spec::{Code, Set, Spec, Status};
use serde::Serialize;

/// How complete one set is, or all sets together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Active codes.
    pub codes: usize,
    /// Retired codes, which none of the other figures include.
    pub retired: usize,
    /// Texts that exist in each language, out of the texts that the vendor wrote.
    pub texts: Vec<(String, Share)>,
    /// Codes with a kind.
    pub kinds: Share,
    /// Codes with a retry class.
    pub retry: Share,
    /// Codes for which the vendor states whether it charges.
    pub billing: Share,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many have it.
    pub part: usize,
    /// How many there are.
    pub whole: usize,
}

impl Share {
    /// The percentage, rounded down, so that only a complete share is 100. An empty share is
    /// complete.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.part * 100).checked_div(self.whole).unwrap_or(100)
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.part == self.whole
    }

    /// How many do not have it.
    #[must_use]
    pub fn missing(self) -> usize {
        self.whole - self.part
    }

    fn plus(self, other: Self) -> Self {
        Self {
            part: self.part + other.part,
            whole: self.whole + other.whole,
        }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.part, self.whole)
    }
}

impl Coverage {
    /// Counts one set in these languages.
    #[must_use]
    pub fn of(set: &Set, languages: &[String]) -> Self {
        let active: Vec<&Code> = set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active)
            .collect();
        let codes_with = |has: fn(&Code) -> bool| Share {
            part: active.iter().filter(|code| has(code)).count(),
            whole: active.len(),
        };
        let texts_in = |language: &String| {
            let texts = active
                .iter()
                .flat_map(|code| [&code.message, &code.remedy])
                .filter(|texts| !texts.is_empty());
            texts.fold(Share::default(), |share, texts| Share {
                part: share.part + usize::from(texts.contains_key(language)),
                whole: share.whole + 1,
            })
        };
        Self {
            codes: active.len(),
            retired: set.codes.len() - active.len(),
            texts: languages
                .iter()
                .map(|language| (language.clone(), texts_in(language)))
                .collect(),
            kinds: codes_with(|code| code.kind.is_some()),
            retry: codes_with(|code| code.retry.is_some()),
            billing: codes_with(|code| code.billing.is_some()),
        }
    }

    /// Adds up several sets that were counted in the same languages.
    #[must_use]
    pub fn total<'a>(sets: impl Iterator<Item = &'a Self>) -> Self {
        let mut total = Self::of(&Set::default(), &[]);
        for set in sets {
            total.codes += set.codes;
            total.retired += set.retired;
            total.kinds = total.kinds.plus(set.kinds);
            total.retry = total.retry.plus(set.retry);
            total.billing = total.billing.plus(set.billing);
            for (language, share) in &set.texts {
                match total.texts.iter_mut().find(|(known, _)| known == language) {
                    Some((_, sum)) => *sum = sum.plus(*share),
                    None => total.texts.push((language.clone(), *share)),
                }
            }
        }
        total
    }

    /// The figures for one language.
    #[must_use]
    pub fn texts_in(&self, language: &str) -> Option<Share> {
        let found = self.texts.iter().find(|(known, _)| known == language);
        found.map(|(_, share)| *share)
    }
}

/// Every language in which a code of these specs has any string, those of the registry first.
#[must_use]
pub fn languages<'a>(specs: impl Iterator<Item = &'a Spec>, of_registry: &[String]) -> Vec<String> {
    let facts: Vec<_> = text_facts_of::<Code>().collect();
    let codes = specs.flat_map(|spec| &spec.sets).flat_map(|set| &set.codes);
    let tags: BTreeSet<_> = codes
        .flat_map(|code| facts.iter().filter_map(|fact| fact.texts(code)))
        .flat_map(errbook_spec::Texts::keys)
        .collect();
    in_order(tags.into_iter().cloned(), of_registry)
}

/// Language tags in the order in which reports list them: those of the registry first, then English.
#[must_use]
pub fn in_order(tags: impl Iterator<Item = String>, of_registry: &[String]) -> Vec<String> {
    let mut tags: Vec<_> = tags.collect();
    tags.sort();
    tags.dedup();
    let place = |tag: &String| of_registry.iter().position(|own| own == tag);
    tags.sort_by_key(|tag| (place(tag).unwrap_or(of_registry.len()), tag != "en"));
    tags
}
