//! Names for codes: those that `regen` makes from a symbol or an English text, and proposals for a
//! person to accept, from what the registry knows of other vendors and from the terms of the text.

mod derive;
mod draft;
mod measure;
mod near;
mod propose;
pub mod terms;

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Spec, Status};

pub(crate) use derive::{from_english, from_symbol};
pub use draft::Extent;
pub use measure::figures;
pub(crate) use propose::{Choice, Proposal, alphanumeric};

use crate::book::Book;
use crate::overlay::{self, SetOverlay};
use crate::reference::{Key, code_key, codes_by_key, sets_like};
use crate::shipped;
use crate::workspace::Workspace;
use draft::{Line, add_comments, add_entries};
use near::Knowledge;
use propose::propose;

/// What a registry knows of errors, beside those of one vendor: its other vendors, and those that
/// the tool carries.
#[derive(Debug, Clone, Default)]
pub struct Others(Book);

impl Others {
    /// Reads the specs of all vendors but one. One without a spec teaches nothing yet.
    ///
    /// # Errors
    ///
    /// Specs that are invalid.
    pub fn read(workspace: &Workspace, vendor: &str) -> Result<Self, Problems> {
        let all = workspace.vendors();
        let mut own = all.clone();
        own.retain(|name| name != vendor && workspace.has(&workspace.spec_file(name)));
        let mut book = Book::read(workspace, &own)?;
        let carried = shipped::vendors().filter(|name| !all.iter().any(|own| own == name));
        let carried: Vec<_> = carried.map(str::to_owned).collect();
        book.included.push(Book::shipped(&carried)?);
        Ok(Self(book))
    }

    /// What they teach, together with those codes of the vendor itself that are settled.
    fn knowledge(&self, spec: &Spec, is_open: impl Fn(&Set, &Code) -> bool) -> Knowledge {
        let own = spec.sets.iter().flat_map(|set| {
            let is_open = &is_open;
            let settled = set.codes.iter().filter(move |code| !is_open(set, code));
            settled.map(move |code| (spec, set, code))
        });
        Knowledge::new(self.0.codes().chain(own), self.0.kinds.as_ref())
    }
}

/// The codes in the document that the overlay does not name.
fn provisional(set: &Set, overlay: &SetOverlay) -> BTreeSet<Key> {
    let named = overlay
        .entries
        .iter()
        .filter(|entry| entry.variant.is_some());
    let named: BTreeSet<_> = named.map(|entry| &entry.key).collect();
    let active = set
        .codes
        .iter()
        .filter(|code| code.status == Status::Active);
    let keys = active.map(|code| code_key(code, set.identity));
    keys.filter(|key| !named.contains(key)).collect()
}

/// The codes of a set that have a provisional name, each with what is proposed for it.
#[derive(Debug, Clone)]
pub struct Open<'a> {
    /// The set.
    pub set: &'a Set,
    /// The proposals, in the order of the document.
    pub(crate) proposals: Vec<Proposal>,
    /// What is proposed for the codes that have a name, and no kind.
    pub(crate) kindless: Vec<Proposal>,
}

impl Open<'_> {
    /// The proposals for codes without a name, each with its code.
    pub(crate) fn with_codes(&self) -> impl Iterator<Item = (&Code, &Proposal)> {
        let codes = codes_by_key([self.set]);
        let proposals = self.proposals.iter();
        proposals.filter_map(move |it| Some((codes.get(&it.key).copied()?, it)))
    }

    fn lines(&self, extent: Extent, is_wanted: impl Fn(&Proposal) -> bool) -> Vec<Line> {
        let wanted = self.with_codes().filter(|(_, it)| is_wanted(it));
        wanted
            .map(|(code, it)| Line::new(code, it, extent))
            .collect()
    }
}

/// Proposes for the codes of a spec that its overlay does not name. Sets without such codes are left
/// out.
///
/// # Errors
///
/// The overlay is invalid.
pub fn proposals<'a>(
    spec: &'a Spec,
    overlay: &Source,
    others: &Others,
) -> Result<Vec<Open<'a>>, Problems> {
    let overlay = overlay::parse(overlay)?;
    let all: Vec<_> = spec
        .sets
        .iter()
        .zip(&overlay.sets)
        .map(|(set, decided)| (set, provisional(set, decided)))
        .collect();
    let knowledge = others.knowledge(spec, |set, code| {
        let key = code_key(code, set.identity);
        let mut sets = all.iter().filter(|(other, _)| other.name == set.name);
        sets.any(|(_, open)| open.contains(&key))
    });
    let sets = all.into_iter();
    let open = sets.map(|(set, open)| {
        let active = set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active);
        let kindless = active.filter(|code| code.kind.is_none());
        let kindless: BTreeSet<_> = kindless.map(|code| code_key(code, set.identity)).collect();
        let is_kindless = |key: &Key| kindless.contains(key) && !open.contains(key);
        Open {
            set,
            proposals: propose(spec, set, |key| open.contains(key), &knowledge),
            kindless: propose(spec, set, is_kindless, &knowledge),
        }
    });
    let is_open = |open: &Open<'_>| !open.proposals.is_empty() || !open.kindless.is_empty();
    Ok(open.filter(is_open).collect())
}

/// The lines of each set for its new codes, as `add` drafts them.
pub(crate) fn lines_of(open: &Open<'_>) -> Vec<String> {
    // The overlay of a new vendor does not have kinds yet.
    let lines = open.lines(Extent::Advice, |_| true);
    lines.iter().map(Line::entry).collect()
}

/// The overlay with a comment for each code that an update brings, and for each code whose words
/// changed so that they suggest something else. Comments of a former draft are replaced.
///
/// # Errors
///
/// The overlay is invalid.
pub fn after_update(
    before: Option<&Spec>,
    now: &Spec,
    overlay: &Source,
    others: &Others,
) -> Result<Source, Problems> {
    let parsed = overlay::parse(overlay)?;
    let mut new = Vec::new();
    let mut changed = Vec::new();
    for (set, decided) in now.sets.iter().zip(&parsed.sets) {
        let old = before.and_then(|spec| sets_like(spec, set).first().copied());
        let comparison = Comparison {
            now,
            before: codes_by_key(old),
            codes: codes_by_key([set]),
            set,
            old,
        };
        let open = provisional(set, decided);
        let has_changed = |key: &Key| comparison.is_new(key) || comparison.is_changed(key);
        let is_changed = |key: &Key| !open.contains(key) && comparison.is_changed(key);
        let unsettled = |set: &Set, code: &Code| {
            let key = code_key(code, set.identity);
            open.contains(&key) || is_changed(&key)
        };
        let knowledge = others.knowledge(now, unsettled);
        let is_unsettled = |key: &Key| open.contains(key) && has_changed(key);
        let mut proposals = propose(now, set, is_unsettled, &knowledge);
        if parsed.kinds.is_none() {
            // A vendor without kinds gets none.
            for proposal in &mut proposals {
                proposal.kinds.clear();
            }
        }
        let kindless = Vec::new();
        let open = Open {
            set,
            proposals,
            kindless,
        };
        new.push((set, open.lines(Extent::Kinds, |_| true)));
        changed.push((set, comparison.lines(is_changed, &knowledge)));
    }
    let overlay = add_comments(overlay, &new, draft::NEW);
    Ok(add_comments(&overlay, &changed, draft::CHANGED))
}

/// A set before and after an update.
struct Comparison<'a> {
    now: &'a Spec,
    set: &'a Set,
    old: Option<&'a Set>,
    codes: BTreeMap<Key, &'a Code>,
    before: BTreeMap<Key, &'a Code>,
}

impl<'a> Comparison<'a> {
    fn before(&self, key: &Key) -> Option<&'a Code> {
        let code = self.before.get(key).copied();
        code.filter(|code| code.status == Status::Active)
    }

    fn is_new(&self, key: &Key) -> bool {
        self.before(key).is_none()
    }

    fn is_changed(&self, key: &Key) -> bool {
        let locale = self.now.locale.value.as_str();
        let words = |code: &'a Code| {
            let message = code.said.get(locale).or_else(|| code.message.get(locale));
            [message, code.remedy.get(locale)]
        };
        let now = self.codes.get(key).copied();
        let now = now.filter(|code| code.status == Status::Active);
        let pair = now.zip(self.before(key));
        pair.is_some_and(|(now, before)| words(now) != words(before))
    }

    /// The lines for the codes whose words changed.
    fn lines(&self, is_changed: impl Fn(&Key) -> bool, knowledge: &Knowledge) -> Vec<Line> {
        let Some(old) = self.old else {
            return Vec::new();
        };
        let before = propose(self.now, old, &is_changed, knowledge);
        let now = propose(self.now, self.set, &is_changed, knowledge);
        let before: BTreeMap<_, _> = before.iter().map(|it| (&it.key, it)).collect();
        let lines = now.iter().filter_map(|now| {
            let code = self.codes.get(&now.key).copied()?;
            Line::changed(code, before.get(&now.key).copied()?, now)
        });
        lines.collect()
    }
}

/// The overlay with an entry for each of these codes that a name is proposed for.
///
/// # Errors
///
/// The overlay takes no further lines.
pub fn accepted(overlay: &Source, open: &[Open<'_>], extent: Extent) -> Result<Source, Problems> {
    let has_name = |proposal: &Proposal| !proposal.names.is_empty();
    let drafts = open.iter().map(|open| {
        let mut lines = open.lines(extent, has_name);
        if extent == Extent::Kinds {
            lines.extend(open.kindless.iter().filter_map(Line::without_kind));
        }
        (open.set, lines)
    });
    add_entries(overlay, &drafts.collect::<Vec<_>>())
}
