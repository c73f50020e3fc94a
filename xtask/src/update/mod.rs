//! Compares a vendor's new document with the old one: the new spec, the changes of what is read and
//! of what is not, and the codes that are gone.

mod headings;
mod unread;

pub use headings::Renamed;

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Status};

use crate::count::count;
use crate::diff::{Class, Finding, diff, line, weigh_unreleased, with_entries};
use crate::overlay::{self, Overlay, Tables};
use crate::reference::{Key, quote_part};
use crate::regen::{
    Change, Promised, Regenerated, Taxonomy, Unkept, check_threads, open_document, regen,
};
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;

/// The result of an update that is not written yet.
#[derive(Debug, Clone)]
pub struct Update {
    /// The vendor's new spec, with its account.
    pub regenerated: Regenerated,
    /// The differences from the old spec, and from what is not read in the old document.
    pub findings: Vec<Finding>,
    /// A message for each set with codes or ranges that are not in the new document. If there are
    /// any, nothing is written without `--accept-removals`.
    pub losses: Vec<String>,
    /// The headings that the vendor changed. If there are any, nothing is written without
    /// `--accept-headings`.
    pub headings: Vec<Renamed>,
    /// The overlay with the new headings, if there are any.
    pub overlay: Option<Source>,
}

impl Update {
    /// Whether the codes are the same, and all tables: pages often change elsewhere.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        let is_elsewhere = |finding: &Finding| finding.class == Class::UnreadChanged;
        self.findings.iter().all(is_elsewhere) && self.losses.is_empty() && self.headings.is_empty()
    }
}

/// Generates the spec of a new document and compares it with the current one. Writes nothing.
///
/// # Errors
///
/// The vendor or one of its files is missing or invalid, or the overlay does not match the new
/// document.
pub fn update(
    workspace: &Workspace,
    name: &str,
    document: &Original,
    taxonomy: Option<&Taxonomy>,
) -> Result<Update, Problems> {
    let old = Vendor::read(workspace, name, Missing::Refused)?;
    let mut new = Vendor {
        document: document.clone(),
        ..old.clone()
    };
    let headings = changed_headings(&old, &new)?;
    if !headings.is_empty() {
        new.overlay = headings::rewrite(&old.overlay, &headings);
    }
    // All that is wrong is reported at once: with the new headings, the rest can be read.
    let regenerated = regen(&new, taxonomy).map_err(|mut problems| {
        problems.extend(headings::refusal(&headings));
        problems
    })?;
    let mut problems = Problems::default();
    check_threads(&[&regenerated.spec], workspace, &mut problems);
    problems.finish(())?;
    let before = old.memory.first().map(spec::parse).transpose()?;
    let mut findings = diff(before.as_ref(), Some(&regenerated.spec));
    let states: Vec<_> = before.iter().chain([&regenerated.spec]).collect();
    if new.has_releases {
        weigh_unreleased(&mut findings, &states, Promised::new(&new).spec());
    }
    with_entries(&mut findings, new.overlay.text());
    let losses = losses(&regenerated, &overlay::parse(&new.overlay)?, &findings);
    headings::replace_titles(&mut findings, &headings);
    findings.extend(headings::finding(&regenerated.spec.vendor, &headings));
    findings.extend(compare_unread(&old, &new, &regenerated.spec.vendor)?);
    Ok(Update {
        regenerated,
        findings,
        losses,
        overlay: (!headings.is_empty()).then_some(new.overlay),
        headings,
    })
}

/// The headings of the overlay that the new document does not have, but others above the same codes.
fn changed_headings(old: &Vendor, new: &Vendor) -> Result<Vec<Renamed>, Problems> {
    let overlay = overlay::parse(&old.overlay)?;
    let [before, now] = [old, new].map(|vendor| open_document(vendor, &overlay));
    Ok(headings::renamed(&before?, &now?, &overlay))
}

/// The findings about what no fact of the spec shows.
fn compare_unread(old: &Vendor, new: &Vendor, vendor: &str) -> Result<Vec<Finding>, Problems> {
    let read = |vendor: &Vendor| {
        let overlay = overlay::parse(&vendor.overlay)?;
        let document = open_document(vendor, &overlay)?;
        let left = Unkept::new(&document, &overlay);
        Ok((document, left))
    };
    let (_, before) = read(old)?;
    let (document, now) = read(new)?;
    Ok(unread::compare(vendor, &before, &now, &document))
}

/// The codes and ranges of each set that the new document does not have, under this number or
/// another one, and that the overlay does not retire. Rows are not counted: new codes do not make up
/// for those that are gone.
fn losses(regenerated: &Regenerated, overlay: &Overlay, findings: &[Finding]) -> Vec<String> {
    let mut losses = Vec::new();
    for (set, decided) in regenerated.account.sets.iter().zip(&overlay.sets) {
        let is_elsewhere = |key: &Key| {
            let subject = format!("{}.{}", quote_part(&set.name), key.reference());
            findings
                .iter()
                .any(|it| it.class == Class::CodeMoved && it.subject == subject)
        };
        let is_retired = |key: &Key| {
            let entry = decided.entries.iter().find(|entry| entry.key == *key);
            matches!(decided.tables, Tables::Retired)
                || entry.is_some_and(|it| {
                    it.status == Some(Status::Retired) || it.decided.replaced_by.is_some()
                })
        };
        let gone = set.changes.iter().filter(|(key, _, change)| {
            *change == Change::Retired && !is_retired(key) && !is_elsewhere(key)
        });
        let codes: Vec<_> = gone
            .map(|(key, variant, _)| format!("{} {variant}", key.reference()))
            .collect();
        if !codes.is_empty() {
            losses.push(loss(&set.name, "code", &codes));
        }
    }
    for set in &regenerated.account.sets {
        let is_gone = |finding: &&Finding| {
            finding.class == Class::RangeRemoved
                && finding.subject.split('.').next() == Some(&*set.name)
        };
        let ranges = findings.iter().filter(is_gone);
        let ranges: Vec<_> = ranges.map(line).collect();
        if !ranges.is_empty() {
            losses.push(loss(&set.name, "range", &ranges));
        }
    }
    losses
}

fn loss(set: &str, noun: &str, names: &[String]) -> String {
    let are = if names.len() == 1 { "is" } else { "are" };
    format!(
        "{set}: {} {are} not in the new document: {}",
        count(names.len(), noun),
        names.join(", ")
    )
}

/// What must be accepted before anything is written, as problems.
#[must_use]
pub fn refusal(update: &Update, document: &Original, accepted: Accepted) -> Problems {
    let mut problems = Problems::default();
    if !accepted.headings {
        problems.extend(headings::refusal(&update.headings));
    }
    for loss in update.losses.iter().filter(|_| !accepted.removals) {
        let help =
            "if the vendor withdrew them, pass `--accept-removals`; the codes stay as retired";
        problems.push_with_help(&Place::file(document.name()), loss, help);
    }
    problems
}

/// What a person accepted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted {
    /// `--accept-headings`: headings that the vendor changed.
    pub headings: bool,
    /// `--accept-removals`: codes that the vendor withdrew.
    pub removals: bool,
}
