//! What a registry knows of errors: texts in, the codes and kinds with the most similar texts out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use errbook_spec::place::At;
use errbook_spec::{Code, Retry, Set, Spec, Texts, word};

use crate::fold::heading_key;
use crate::names::derive::{clauses, without_parameters};
use crate::names::terms::{Outcome, Place, Token, fold, outcome, tokens};
use crate::reference::code_key;
use crate::symbol::is_value;

/// How much a known term counts, and how much two letters in a row.
const TERM: f64 = 2.0;
const LETTERS: f64 = 0.5;

/// How much a word of a kind's description counts.
const DESCRIPTION: f64 = 0.5;

/// How often each term and each pair of letters is in some texts.
pub(super) type Counts = BTreeMap<String, f64>;

/// The same, weighted, of length 1.
type Vector = BTreeMap<String, f64>;

/// The codes and the kinds that are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Knowledge {
    /// How much each term says: the rarer, the more.
    weights: BTreeMap<String, f64>,
    unseen: f64,
    codes: Vec<Known>,
    /// The group of each code: those with the same terms, name, kind and outcome are equally
    /// similar to any text, and only the first of them is ever proposed.
    groups: Vec<usize>,
    /// The position of the first code of each group.
    firsts: Vec<usize>,
    /// The groups with each term, and its weight there.
    having: BTreeMap<String, Vec<(usize, f64)>>,
    /// The positions of the codes with each text.
    saying: BTreeMap<String, Vec<usize>>,
    kinds: BTreeMap<String, KnownKind>,
}

/// A kind of the taxonomy.
#[derive(Debug, Clone)]
struct KnownKind {
    retry: Option<Retry>,
    is_success: bool,
    /// What its texts and the codes of this kind have in common.
    centre: Vector,
}

/// A code that a person has named.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The vendor and the code.
    pub(crate) reference: String,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) retry: Option<Retry>,
    /// The messages, in each language.
    pub(crate) message: Texts,
    /// The message in the vendor's language.
    pub(crate) text: String,
    outcome: Option<Outcome>,
    keys: BTreeSet<String>,
    remedies: BTreeSet<String>,
}

/// Something with its similarity to what was asked for, from 0 to 1.
pub(crate) type Scored<T> = (f64, T);

impl Knowledge {
    /// What these codes and the kinds of a taxonomy teach. The kinds of a code count only if they
    /// are of this taxonomy.
    pub(crate) fn new<'a>(
        codes: impl Iterator<Item = (&'a Spec, &'a Set, &'a Code)>,
        taxonomy: Option<&Spec>,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let mut counted = Vec::new();
        // A code for a value of a symbol has the words of its row, which are about all values, or
        // those of the registry.
        for (spec, set, code) in codes.filter(|(_, set, code)| !is_value(set, code)) {
            let known = Known::new(spec, set, code, taxonomy);
            // A vendor that says the same in several tables says it once.
            let is_new = seen.insert((
                known.keys.clone(),
                known.remedies.clone(),
                known.kind.clone(),
                known.name.clone(),
            ));
            if is_new && !known.keys.is_empty() {
                counted.push((known, count(code)));
            }
        }
        let kinds = taxonomy.iter().flat_map(|spec| &spec.sets);
        let kinds: Vec<_> = kinds.flat_map(|set| &set.codes).collect();
        let described: Vec<_> = kinds.iter().map(|kind| count_kind(kind)).collect();
        let mut knowledge = Self::weigh(counted.iter().map(|(_, it)| it).chain(&described));
        let mut sums = BTreeMap::<String, Vector>::new();
        for (kind, counts) in kinds.iter().zip(&described) {
            add(
                sums.entry(kind.code.value.clone()).or_default(),
                &knowledge.vector(counts),
            );
        }
        let mut groups = HashMap::new();
        for (at, (known, counts)) in counted.iter().enumerate() {
            let vector = knowledge.vector(counts);
            if let Some(sum) = known.kind.as_ref().and_then(|kind| sums.get_mut(kind)) {
                add(sum, &vector);
            }
            let group = *groups.entry(alike(known, counts)).or_insert_with(|| {
                let group = knowledge.firsts.len();
                knowledge.firsts.push(at);
                for (term, value) in vector {
                    let having = knowledge.having.entry(term).or_default();
                    having.push((group, value));
                }
                group
            });
            knowledge.groups.push(group);
            for key in &known.keys {
                let saying = knowledge.saying.entry(key.clone()).or_default();
                saying.push(at);
            }
        }
        knowledge.codes = counted.into_iter().map(|(known, _)| known).collect();
        let retry = |kind: &Code| kind.retry.as_ref().map(|at| at.value);
        for kind in kinds {
            let sum = sums.remove(&kind.code.value).unwrap_or_default();
            let known = KnownKind {
                retry: retry(kind),
                is_success: kind.success,
                centre: normalized(sum),
            };
            knowledge.kinds.insert(kind.code.value.clone(), known);
        }
        knowledge
    }

    /// How much each term says, by how many of these have it.
    #[allow(
        clippy::cast_precision_loss,
        reason = "a registry has thousands of codes at most"
    )]
    fn weigh<'a>(counted: impl Iterator<Item = &'a Counts>) -> Self {
        let mut number = 0;
        let mut having = BTreeMap::<&str, usize>::new();
        for counts in counted {
            number += 1;
            for term in counts.keys() {
                *having.entry(term).or_default() += 1;
            }
        }
        let weight = |having: usize| (f64::from(number + 1) / (having as f64 + 0.5)).ln();
        let each = having.into_iter();
        Self {
            weights: each.map(|(term, n)| (term.to_owned(), weight(n))).collect(),
            unseen: weight(0),
            ..Self::default()
        }
    }

    fn vector(&self, counts: &Counts) -> Vector {
        let weight = |term: &str| self.weights.get(term).copied().unwrap_or(self.unseen);
        let each = counts.iter();
        normalized(
            each.map(|(term, n)| (term.clone(), n.ln_1p() * weight(term)))
                .collect(),
        )
    }

    /// The known codes that are similar by `least` or more, the most similar first. The same text
    /// is similar by 1. Those that say the opposite of success or failure are left out, and those
    /// that have the terms, the name and the kind of an earlier one.
    pub(crate) fn nearest(&self, code: &Code, least: f64) -> Vec<Scored<&Known>> {
        let keys = keys_of(code);
        let remedies = remedies_of(code);
        // Only the groups that share a term are visited.
        let mut similarities = vec![0.0; self.firsts.len()];
        for (term, value) in &self.vector(&count(code)) {
            for (group, other) in self.having.get(term).into_iter().flatten() {
                similarities[*group] += value * other;
            }
        }
        let saying = |key: &String| self.saying.get(key).into_iter().flatten().copied();
        let same: BTreeSet<usize> = keys.iter().flat_map(saying).collect();
        let score = |at: usize, known: &Known, similarity: f64| {
            // Other advice often means another cause.
            let is_same = same.contains(&at)
                && (known.remedies.is_empty() || remedies.is_empty() || {
                    known.remedies.intersection(&remedies).next().is_some()
                });
            if is_same { 1.0 } else { similarity.min(0.99) }
        };
        let outcome = outcome_of(code);
        let is_opposite = |known: &Known| {
            outcome.is_some() && known.outcome.is_some_and(|it| Some(it) != outcome)
        };
        let similar = self.firsts.iter().zip(&similarities);
        let similar = similar.filter(|(_, similarity)| **similarity >= least);
        // In the order of the codes, which is that of equally similar ones.
        let found: BTreeSet<usize> = similar.map(|(at, _)| *at).chain(same.clone()).collect();
        let mut scored: Vec<_> = found
            .into_iter()
            .map(|at| (at, &self.codes[at]))
            .filter(|(_, known)| !is_opposite(known))
            .map(|(at, known)| (score(at, known, similarities[self.groups[at]]), known))
            .filter(|(score, _)| *score >= least)
            .collect();
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        scored
    }

    /// The kinds, the most similar first.
    pub(crate) fn kinds(&self, code: &Code) -> Vec<Scored<&str>> {
        let vector = self.vector(&count(code));
        let each = self.kinds.iter();
        let mut scored: Vec<_> = each
            .map(|(name, kind)| (dot(&vector, &kind.centre), name.as_str()))
            .collect();
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        scored
    }

    /// The retry class of a kind.
    pub(crate) fn retry(&self, kind: &str) -> Option<Retry> {
        self.kinds.get(kind)?.retry
    }

    /// Whether a code whose text says this may have a kind.
    pub(crate) fn may_be(&self, kind: &str, outcome: Option<Outcome>) -> bool {
        let is_success = self.kinds.get(kind).is_some_and(|kind| kind.is_success);
        outcome.is_none_or(|outcome| is_success == (outcome == Outcome::Success))
    }
}

/// What codes of one group have in common.
type Likeness<'a> = (
    Vec<(&'a str, u64)>,
    &'a str,
    Option<&'a str>,
    Option<Outcome>,
);

fn alike<'a>(known: &'a Known, counts: &'a Counts) -> Likeness<'a> {
    let terms = counts.iter().map(|(term, n)| (term.as_str(), n.to_bits()));
    let kind = known.kind.as_deref();
    (terms.collect(), &known.name, kind, known.outcome)
}

impl Known {
    fn new(spec: &Spec, set: &Set, code: &Code, taxonomy: Option<&Spec>) -> Self {
        let same = taxonomy.map(|taxonomy| taxonomy.vendor.value.as_str());
        let has_kinds = same.is_some() && spec.kinds.as_ref().map(|at| at.value.as_str()) == same;
        let kind = code.kind.as_ref().filter(|_| has_kinds);
        let key = code_key(code, set.identity);
        let text = code.message.get(&spec.locale.value);
        Self {
            reference: format!("{} {}", spec.vendor.value, key.reference()),
            name: unnumbered(&code.variant, &code.code).to_owned(),
            kind: kind.map(|kind| kind.value.clone()),
            retry: code.retry.as_ref().map(|at| at.value),
            message: code.message.clone(),
            text: text.map(|text| text.value.clone()).unwrap_or_default(),
            outcome: outcome_of(code),
            keys: keys_of(code),
            remedies: remedies_of(code),
        }
    }

    /// How the retry class is called.
    pub(crate) fn retry_word(&self) -> Option<&'static str> {
        self.retry.map(|retry| word(Retry::WORDS, retry))
    }
}

/// A name without the digits of the code that only make it unique.
pub(crate) fn unnumbered<'a>(name: &'a str, code: &str) -> &'a str {
    let bare = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let digits = &name[bare.len()..];
    let is_of_code = !digits.is_empty() && code.ends_with(digits) && !bare.is_empty();
    if is_of_code { bare } else { name }
}

/// How something went, as the messages of a code say.
pub(super) fn outcome_of(code: &Code) -> Option<Outcome> {
    let said: Vec<_> = code
        .message
        .values()
        .filter_map(|text| outcome(text))
        .collect();
    let failure = said.iter().find(|it| **it == Outcome::Failure);
    failure.or(said.first()).copied()
}

/// The texts of a code, each as it is compared for sameness.
fn keys_of(code: &Code) -> BTreeSet<String> {
    compared(code.message.values().chain(code.said.values()))
}

/// The same for its remedies.
fn remedies_of(code: &Code) -> BTreeSet<String> {
    compared(code.remedy.values())
}

fn compared<'a>(texts: impl Iterator<Item = &'a At<String>>) -> BTreeSet<String> {
    let keys = texts.map(|text| {
        let key = heading_key(&fold(text));
        key.trim_end_matches(['.', '!', ',', ';']).to_owned()
    });
    keys.filter(|key| !key.is_empty()).collect()
}

/// Counts the terms of a code's texts and of its symbol.
pub(super) fn count(code: &Code) -> Counts {
    let mut counts = Counts::new();
    let texts = [&code.message, &code.said, &code.remedy];
    for text in texts.into_iter().flat_map(Texts::values) {
        count_text(text, 1.0, &mut counts);
    }
    if let Some(symbol) = &code.symbol {
        let words = heck::AsSnakeCase(without_parameters(symbol)).to_string();
        count_text(&words.replace('_', " "), 1.0, &mut counts);
    }
    counts
}

/// Counts the terms of a kind: its messages, its name and its description.
fn count_kind(kind: &Code) -> Counts {
    let mut counts = count(kind);
    count_text(&kind.code.replace('-', " "), 1.0, &mut counts);
    for text in kind.doc.values() {
        count_text(text, DESCRIPTION, &mut counts);
    }
    counts
}

fn count_text(text: &str, factor: f64, counts: &mut Counts) {
    for clause in clauses(&without_parameters(&fold(text))) {
        for token in tokens(&clause) {
            let name = match token {
                Token::Term {
                    place: Place::Drop | Place::Join | Place::Cut,
                    ..
                }
                | Token::Unknown => {
                    continue;
                }
                Token::Term { name, .. } => name.to_owned(),
                Token::Word(word) => word,
            };
            *counts.entry(name).or_default() += TERM * factor;
        }
        let letters: Vec<_> = clause.chars().collect();
        for pair in letters.windows(2) {
            if pair
                .iter()
                .all(|letter| !letter.is_ascii() && letter.is_alphabetic())
            {
                *counts.entry(pair.iter().collect()).or_default() += LETTERS * factor;
            }
        }
    }
}

fn add(sum: &mut Vector, vector: &Vector) {
    for (term, value) in vector {
        *sum.entry(term.clone()).or_default() += value;
    }
}

fn dot(one: &Vector, other: &Vector) -> f64 {
    let each = one
        .iter()
        .filter_map(|(term, value)| Some(value * other.get(term)?));
    each.sum()
}

fn normalized(mut vector: Vector) -> Vector {
    let length = vector
        .values()
        .map(|value| value * value)
        .sum::<f64>()
        .sqrt();
    if length > 0.0 {
        for value in vector.values_mut() {
            *value /= length;
        }
    }
    vector
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use errbook_spec::place::Source;

    use super::Knowledge;

    // Otherwise each code without a name is compared with all codes of a large set.
    #[test]
    fn codes_that_are_equally_similar_are_compared_once() {
        let mut text =
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"ShopCode\"\n"
                .to_owned();
        for code in 1001..1101 {
            let _ = write!(
                text,
                "[[set.code]]\ncode = \"{code}\"\nvariant = \"PictureNotFound{code}\"\n\
                 message = {{ en = \"picture not found ({code})\" }}\n"
            );
        }
        let spec = errbook_spec::parse(&Source::new("spec.toml", &text)).unwrap();
        let set = &spec.sets[0];
        let codes = set.codes.iter().map(|code| (&spec, set, code));
        let knowledge = Knowledge::new(codes, None);
        assert_eq!((knowledge.codes.len(), knowledge.firsts.len()), (100, 1));
        let nearest = |at: usize| -> Vec<_> {
            let nearest = knowledge.nearest(&set.codes[at], 0.1);
            nearest
                .into_iter()
                .map(|(score, it)| (score, &*it.reference))
                .collect()
        };
        assert_eq!(nearest(0), [(1.0, "shop 1001")]);
        // The code with the same text is not left out.
        assert_eq!(nearest(7), [(1.0, "shop 1008"), (0.99, "shop 1001")]);
    }
}
