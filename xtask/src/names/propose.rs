//! Proposes names, kinds and retry classes: the codes of a set go in, with what is known of others;
//! proposals with scores and reasons come out.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::lexicon::{Concept, cell};
use errbook_spec::{Code, Retry, Set, Spec, word};

use crate::names::derive::{derive, from_symbol, shared_clauses, without_parameters};
use crate::names::near::{Knowledge, Known, Scored, outcome_of};
use crate::names::terms::advice;
use crate::reference::{Key, code_key};
use crate::text::one_line;

// The numbers below are those with the best figures in CONTRIBUTING.md, where several are as good,
// round ones.

/// From this similarity on, two texts say the same.
const SAME: f64 = 0.85;
/// From this share on, a name is a text as a whole.
const FULL: f64 = 0.9;
/// From this similarity on, two texts say nearly the same: the name of one comes before one that is
/// made from the text.
const NEARLY: f64 = 0.6;
/// The least similarity that makes another code's name worth showing.
const SIMILAR: f64 = 0.4;
/// The least similarity of a kind that is worth showing.
const KIND: f64 = 0.05;
/// From this score on, a kind is in an entry that is drafted or written; below, a comment names the
/// first ones. More than 85 % of the kinds from here on are right.
pub(super) const LIKELY: f64 = 0.4;
/// The least share of a text that a name must account for.
const SHARE: f64 = 0.6;
/// How sure the vendor's own words are.
const SURE: f64 = 0.9;
/// The retry classes of which the vendor's words say more than any kind. Who is asked to correct
/// something, the caller or the user, a likely kind knows better.
pub(super) const PLAIN: [&str; 4] = ["never", "backoff", "throttled", "contact-vendor"];
/// How many proposals are worth showing.
const SHOWN: usize = 3;

/// What is proposed for one code. Empty lists: nothing is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proposal {
    /// The code.
    pub(crate) key: Key,
    /// Names, the best first. No other code of the set has or gets the first one.
    pub(crate) names: Vec<Choice>,
    /// Kinds, the best first.
    pub(crate) kinds: Vec<Choice>,
    /// Retry classes, the best first.
    pub(crate) retries: Vec<Choice>,
    /// The retry class of the first kind.
    retry_of_kind: Option<&'static str>,
    /// The vendor's words about what to do, with the retry class that they advise.
    pub(crate) advice: Option<(&'static str, String)>,
    /// The vendor's words about costs.
    pub(crate) costs: Option<String>,
    /// Translations of the same text at another vendor: language, text and code.
    pub(crate) translations: Vec<(String, String, String)>,
}

impl Proposal {
    /// The first kind, if it is likely.
    pub(crate) fn likely_kind(&self) -> Option<&Choice> {
        likely(&self.kinds)
    }

    /// The vendor's words and the retry class that they advise, if it is the first one.
    pub(crate) fn decisive_words(&self) -> Option<&(&'static str, String)> {
        let first = self.retries.first()?;
        self.advice
            .as_ref()
            .filter(|(class, _)| first.value == *class)
    }

    /// Whether a code has this retry class anyway, by its kind.
    pub(crate) fn is_of_kind(&self, kind: Option<&Choice>, class: &str) -> bool {
        kind.is_some() && self.retry_of_kind == Some(class)
    }
}

/// One proposal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    /// The name, the kind or the retry class.
    pub(crate) value: String,
    /// How sure it is, from 0 to 1.
    pub(crate) score: f64,
    /// Where it is from.
    pub(crate) reason: String,
    /// Whether it is from the code itself, not from another one.
    pub(crate) is_own: bool,
}

/// The first of some kinds, if it is likely.
fn likely(kinds: &[Choice]) -> Option<&Choice> {
    kinds.first().filter(|kind| kind.score >= LIKELY)
}

/// Proposes for the codes of a set that `is_open` chooses.
pub(crate) fn propose(
    spec: &Spec,
    set: &Set,
    is_open: impl Fn(&Key) -> bool,
    knowledge: &Knowledge,
) -> Vec<Proposal> {
    let locale = spec.locale.value.as_str();
    let context = Context {
        knowledge,
        locale,
        shared: shared_clauses(
            set.codes
                .iter()
                .filter_map(|code| Some(code.message.get(locale)?.value.as_str())),
        ),
        prefix: shared_prefix(set),
    };
    let keyed = set
        .codes
        .iter()
        .map(|code| (code_key(code, set.identity), code));
    let (open, named): (Vec<_>, Vec<_>) = keyed.partition(|(key, _)| is_open(key));
    let taken: BTreeSet<String> = named
        .iter()
        .flat_map(|(_, code)| std::iter::once(&code.variant).chain(&code.was_variant))
        .map(|name| name.value.clone())
        .collect();
    let text_of = |code: &Code| {
        let texts = [&code.message, &code.remedy].map(|texts| texts.get(locale));
        texts
            .map(|text| text.map_or("", |text| text.value.as_str()))
            .join("\n")
    };
    let texts: Vec<_> = open.iter().map(|(_, code)| text_of(code)).collect();
    let mut proposals: Vec<_> = open
        .into_iter()
        .map(|(key, code)| context.propose(key, code))
        .collect();
    make_distinct(&mut proposals, &texts, &taken);
    proposals
}

/// What all codes of a set are named by.
struct Context<'a> {
    knowledge: &'a Knowledge,
    locale: &'a str,
    /// Clauses that many codes have.
    shared: BTreeSet<String>,
    /// The words that all symbols begin with, with the separator.
    prefix: String,
}

impl Context<'_> {
    fn propose(&self, key: Key, code: &Code) -> Proposal {
        let nearest = self.knowledge.nearest(code, KIND);
        let kinds = self.kinds(code, &nearest);
        let texts = || code.message.values().chain(code.remedy.values());
        let advice = texts().find_map(|text| advice(text));
        Proposal {
            key,
            names: self.names(code, &nearest),
            retry_of_kind: kinds.first().and_then(|kind| self.retry_of(&kind.value)),
            retries: self.retries(advice.as_ref(), &kinds, &nearest),
            kinds,
            advice,
            costs: texts().find_map(|text| costs(text)),
            translations: translations(code, &nearest),
        }
    }

    /// The names that a code may get, the best first. They are not distinct yet.
    fn names(&self, code: &Code, nearest: &[Scored<&Known>]) -> Vec<Choice> {
        let as_known = |(score, known): &Scored<&Known>| Choice {
            value: known.name.clone(),
            score: *score,
            reason: format!("as {}", known.reference),
            is_own: false,
        };
        // Of the known codes with a name, the first: in a large registry, thousands are similar.
        let mut known = BTreeSet::new();
        let nearest: Vec<_> = nearest
            .iter()
            .take_while(|(score, _)| *score >= SIMILAR)
            .filter(|(_, it)| known.insert(it.name.as_str()))
            .collect();
        let nearest = || nearest.iter().copied();
        let is_same = |(score, _): &&Scored<&Known>| *score >= SAME;
        let mut names: Vec<_> = nearest().take_while(is_same).map(as_known).collect();
        let own = code.message.get(self.locale);
        let own = own.and_then(|text| self.derive(code, text, "from the text"));
        names.extend(own.filter(|own| code.symbol.is_none() && own.score >= SURE * FULL));
        let is_nearly = |(score, _): &&Scored<&Known>| *score >= NEARLY;
        names.extend(nearest().take_while(is_nearly).map(as_known));
        if let Some(symbol) = &code.symbol {
            let own = symbol.strip_prefix(self.prefix.as_str()).unwrap_or(symbol);
            names.extend(from_symbol(own).map(|value| Choice {
                value,
                score: SURE,
                reason: "from the symbol".to_owned(),
                is_own: true,
            }));
        }
        let own = code
            .message
            .get(self.locale)
            .map(|text| (text, "from the text"));
        let others = code.message.iter().filter(|(tag, _)| *tag != self.locale);
        let others = others.map(|(_, text)| (text, "from the translation"));
        let remedy = code
            .remedy
            .get(self.locale)
            .map(|text| (text, "from the remedy"));
        for (text, reason) in own.into_iter().chain(others).chain(remedy) {
            names.extend(self.derive(code, text, reason));
        }
        names.extend(nearest().map(as_known));
        names
    }

    fn derive(&self, code: &Code, text: &str, reason: &str) -> Option<Choice> {
        let derived = derive(text, &self.shared)?;
        // What a code of success says is done is what the set is about.
        let is_plain = derived.name.ends_with("Success") && is_zero(&code.code);
        (derived.is_whole && derived.share >= SHARE).then(|| Choice {
            value: if is_plain {
                "Success".to_owned()
            } else {
                derived.name
            },
            score: SURE * derived.share,
            reason: reason.to_owned(),
            is_own: true,
        })
    }

    fn kinds(&self, code: &Code, nearest: &[Scored<&Known>]) -> Vec<Choice> {
        let mut kinds: Vec<Choice> = Vec::new();
        let is_nearly = |(score, _): &&Scored<&Known>| *score >= NEARLY;
        let near = nearest.iter().take_while(is_nearly);
        let near = near.filter_map(|(score, known)| Some((*score, known.kind.clone()?)));
        let far = self.knowledge.kinds(code).into_iter();
        let far = far.map(|(score, kind)| (score, kind.to_owned()));
        let far = far.take_while(|(score, _)| *score >= KIND);
        let outcome = outcome_of(code);
        let may_be = |(_, kind): &(f64, String)| self.knowledge.may_be(kind, outcome);
        for (score, value) in near.chain(far).filter(may_be) {
            if kinds.len() < SHOWN && !kinds.iter().any(|kind| kind.value == value) {
                let is_of_kind = |(_, known): &&Scored<&Known>| known.kind.as_ref() == Some(&value);
                let example = nearest.iter().find(is_of_kind);
                let example = example.filter(|(score, _)| *score >= KIND);
                let reason = match example {
                    Some((score, known)) if *score >= NEARLY => format!("as {}", known.reference),
                    Some((_, known)) => {
                        format!("like {} `{}`", known.reference, one_line(&known.text))
                    }
                    None => "by its definition".to_owned(),
                };
                kinds.push(Choice {
                    value,
                    score,
                    reason,
                    is_own: false,
                });
            }
        }
        kinds
    }

    fn retry_of(&self, kind: &str) -> Option<&'static str> {
        let retry = self.knowledge.retry(kind)?;
        Some(word(Retry::WORDS, retry))
    }

    fn retries(
        &self,
        advice: Option<&(&'static str, String)>,
        kinds: &[Choice],
        nearest: &[Scored<&Known>],
    ) -> Vec<Choice> {
        let mut retries: Vec<Choice> = Vec::new();
        let mut add = |value: &str, score: f64, reason: String| {
            if retries.len() < SHOWN && !retries.iter().any(|known| known.value == value) {
                let value = value.to_owned();
                retries.push(Choice {
                    value,
                    score,
                    reason,
                    is_own: false,
                });
            }
        };
        let kind = likely(kinds).and_then(|kind| self.retry_of(&kind.value));
        let is_correction = kind.is_some_and(|class| class.starts_with("after-"));
        let is_first = |class| PLAIN.contains(class) || !is_correction;
        if let Some((class, words)) = advice.filter(|(class, _)| is_first(class)) {
            add(class, SURE, format!("`{words}`"));
        }
        if let Some((score, known)) = nearest.first().filter(|(score, _)| *score >= NEARLY)
            && let Some(value) = known.retry_word()
        {
            add(value, *score, format!("as {}", known.reference));
        }
        for kind in kinds {
            if let Some(retry) = self.retry_of(&kind.value) {
                add(retry, kind.score, format!("as the kind {}", kind.value));
            }
        }
        if let Some((class, words)) = advice {
            add(class, SURE, format!("`{words}`"));
        }
        retries
    }
}

/// The words that the symbols of a set begin with, with the separator behind them: `ERROR_`.
fn shared_prefix(set: &Set) -> String {
    let symbols: Vec<_> = set
        .codes
        .iter()
        .filter_map(|code| Some(without_parameters(code.symbol.as_ref()?)))
        .collect();
    let [first, rest @ ..] = symbols.as_slice() else {
        return String::new();
    };
    let is_end = |(_, letter): &(usize, char)| matches!(letter, '_' | '.' | '-');
    let ends = first
        .char_indices()
        .filter(is_end)
        .map(|(at, letter)| at + letter.len_utf8());
    let has = |prefix: &str| {
        let is_longer = |symbol: &&String| symbol.len() > prefix.len();
        let mut all = symbols.iter().filter(is_longer);
        rest.len() >= 2
            && all.clone().count() == symbols.len()
            && all.all(|it| it.starts_with(prefix))
    };
    let shared = ends
        .map(|end| &first[..end])
        .filter(|prefix| has(prefix))
        .max_by_key(|prefix| prefix.len());
    shared.unwrap_or_default().to_owned()
}

/// Whether a code is one of those that usually say that all is well.
fn is_zero(code: &str) -> bool {
    code == "200" || !code.is_empty() && code.bytes().all(|digit| digit == b'0')
}

/// The most letters of words about costs, in scripts without spaces. No such word has one letter.
const LONGEST: usize = 8;

/// The vendor's words about costs: those that are, as a cell, about what is billed.
fn costs(text: &str) -> Option<String> {
    let letters: Vec<_> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    for (at, begin) in letters.iter().enumerate() {
        for end in letters[at..].iter().take(LONGEST + 1).skip(2).rev() {
            let words = &text[*begin..*end];
            let is_about = |words| {
                let meaning = cell(words);
                meaning.contains(Concept::Billed) || meaning.contains(Concept::Free)
            };
            if !words.is_ascii() && is_about(words) {
                return Some(words.to_owned());
            }
        }
    }
    None
}

/// What the same text is in other languages.
fn translations(code: &Code, nearest: &[Scored<&Known>]) -> Vec<(String, String, String)> {
    let same = nearest.iter().find(|(score, _)| *score >= 1.0);
    let Some((_, known)) = same else {
        return Vec::new();
    };
    let missing = known
        .message
        .iter()
        .filter(|(tag, _)| !code.message.contains_key(tag));
    missing
        .map(|(tag, text)| (tag.clone(), text.value.clone(), known.reference.clone()))
        .collect()
}

/// Gives each code a first name that no other code has or gets. Of codes that want the same name,
/// one whose own words say it keeps it if the others have it from other codes. All others get their
/// next ones: what their texts do not share tells them apart, such as the remedies. If nothing does
/// but the code, its digits are in the name. Otherwise the code gets no name.
fn make_distinct(proposals: &mut [Proposal], texts: &[String], taken: &BTreeSet<String>) {
    let mut taken = taken.clone();
    for proposal in proposals.iter_mut() {
        let mut seen = BTreeSet::new();
        let is_free = |name: &Choice| !taken.contains(&name.value);
        let names = std::mem::take(&mut proposal.names);
        let own = names.iter().filter(|name| name.is_own);
        let own: BTreeSet<_> = own.map(|name| name.value.clone()).collect();
        let names = names.into_iter().filter(is_free);
        let names = names.filter(|name| seen.insert(name.value.clone()));
        let is_own = |name: &Choice| own.contains(&name.value);
        proposal.names = names
            .map(|name| Choice {
                is_own: is_own(&name),
                ..name
            })
            .collect();
    }
    let firsts: Vec<_> = proposals
        .iter()
        .map(|it| it.names.first().cloned())
        .collect();
    let mut wanted = Wanted::new(proposals);
    while let Some((shared, at)) = wanted.shared_first() {
        let wants = |at: &usize| proposals[*at].names.first().filter(|name| name.is_own);
        let own: Vec<_> = at
            .iter()
            .copied()
            .filter(|at| wants(at).is_some())
            .collect();
        for at in wanted.having.remove(&shared).unwrap_or_default() {
            if own != [at] {
                wanted.drop_name(&mut proposals[at], at, &shared);
            }
        }
        taken.insert(shared);
    }
    let mut same = BTreeMap::<&str, usize>::new();
    for text in texts {
        *same.entry(text).or_default() += 1;
    }
    taken.extend(
        proposals
            .iter()
            .filter_map(|it| Some(it.names.first()?.value.clone())),
    );
    for (at, (proposal, first)) in proposals.iter_mut().zip(firsts).enumerate() {
        let is_same = same[texts[at].as_str()] > 1;
        if let Some(first) = first.filter(|_| proposal.names.is_empty() && is_same) {
            let name = format!("{}{}", first.value, alphanumeric(&proposal.key.code));
            if taken.insert(name.clone()) {
                proposal.names.push(Choice {
                    value: name,
                    ..first
                });
            }
        }
        proposal.names.truncate(SHOWN);
    }
}

/// Which proposals have a name, so that the names of a large set become distinct in linear time.
struct Wanted {
    /// The proposals with a name, at any place.
    having: BTreeMap<String, BTreeSet<usize>>,
    /// Those with it as their first one.
    first: BTreeMap<String, BTreeSet<usize>>,
    /// The names that several have as their first one.
    shared: BTreeSet<String>,
}

impl Wanted {
    fn new(proposals: &[Proposal]) -> Self {
        let mut wanted = Self {
            having: BTreeMap::new(),
            first: BTreeMap::new(),
            shared: BTreeSet::new(),
        };
        for (at, proposal) in proposals.iter().enumerate() {
            for name in &proposal.names {
                let having = wanted.having.entry(name.value.clone()).or_default();
                having.insert(at);
            }
            wanted.add_first(proposal, at);
        }
        wanted
    }

    fn add_first(&mut self, proposal: &Proposal, at: usize) {
        let Some(name) = proposal.names.first() else {
            return;
        };
        let first = self.first.entry(name.value.clone()).or_default();
        first.insert(at);
        if first.len() > 1 {
            self.shared.insert(name.value.clone());
        }
    }

    /// The next name that several codes have as their first choice, and their positions.
    fn shared_first(&mut self) -> Option<(String, BTreeSet<usize>)> {
        let name = self.shared.pop_first()?;
        let at = self.first.remove(&name)?;
        Some((name, at))
    }

    /// Removes a name from a proposal, which may make another one its first.
    fn drop_name(&mut self, proposal: &mut Proposal, at: usize, name: &str) {
        let was_first = proposal
            .names
            .first()
            .is_some_and(|first| first.value == name);
        proposal.names.retain(|other| other.value != name);
        if was_first {
            self.add_first(proposal, at);
        }
    }
}

/// The letters and digits of a code, which may be in a name.
pub(crate) fn alphanumeric(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect()
}
