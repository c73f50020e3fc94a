//! Compares a vendor's new document with the old one: the new spec, the changes of what is read and
//! of what is not, and the codes that are gone.

mod losses;
mod tables;
#[cfg(test)]
mod tests;
mod unread;

use errbook_ingest::{self as ingest, Document, Hints};
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Spec};

use crate::diff::{Class, Finding, diff, weigh_unreleased, with_entries};
use crate::overlay::{self, Overlay};
use crate::regen::{
    Fit, Generated, Named, NewEdition, Promised, Regenerated, Renaming, Taxonomy, Unkept,
    check_threads, columns_of_tables, generate, open_document, rows_of_tables,
};
use crate::update::losses::{Losses, dropped};
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;

/// The result of an update that is not written yet.
#[derive(Debug, Clone)]
pub struct Update {
    /// The vendor's new spec, with its account.
    pub regenerated: Regenerated,
    /// The differences from the old spec, and from what is not read in the old document.
    pub findings: Vec<Finding>,
    /// A message for each set with codes, ranges or tables that are not in the new document. If
    /// there are any, nothing is written without `--accept-removals`.
    pub losses: Vec<String>,
    /// The headings and headers that the vendor changed, as one problem. If there are any, nothing
    /// is written without `--accept-headings`.
    pub headings: Problems,
    /// What a person has to decide in the overlay. If there is anything, nothing is written.
    pub questions: Problems,
    /// The spec before; `None` if the vendor had none.
    pub before: Option<Spec>,
    /// The overlay that fits the new document.
    pub overlay: Source,
    /// The keys of the old overlay that described the old document, and that the new one lacks.
    pub stale: Vec<&'static str>,
}

impl Update {
    /// Whether the codes are the same, and all tables: pages often change elsewhere.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        let is_elsewhere = |finding: &Finding| finding.class == Class::UnreadChanged;
        self.findings.iter().all(is_elsewhere)
            && self.losses.is_empty()
            && self.headings.is_empty()
            && self.questions.is_empty()
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
    named: &Named,
    taxonomy: Option<&Taxonomy>,
) -> Result<Update, Problems> {
    let old = Vendor::read(workspace, name, Missing::Refused)?;
    let new = Vendor {
        document: document.clone(),
        ..old.clone()
    };
    let overlay = overlay::parse(&old.overlay)?;
    let [before, now] = [&old, &new].map(|vendor| open_document(vendor, &overlay));
    let documents = (&before?, &now?);
    let previous = old.memory.first().map(spec::parse).transpose()?;
    let source = previous.as_ref().and_then(|spec| spec.source.as_ref());
    let is_another = old.document.sha256() != document.sha256();
    let renaming = Renaming::new(&overlay, source.filter(|_| is_another), named);
    let edition = new_edition(documents, &overlay, renaming);
    let Generated {
        done,
        mut mistakes,
        mut questions,
        fit,
        overlay: fitting,
    } = generate(&new, Some(&edition), taxonomy)?;
    let headings = tables::refusal(&fit);
    let Some(regenerated) = done else {
        mistakes.extend(questions);
        mistakes.extend(headings);
        return Err(mistakes);
    };
    check_threads(&[&regenerated.spec], workspace, &mut questions);
    let mut findings = compare(&new, previous.as_ref(), &regenerated, &fit);
    let vendor = &regenerated.spec.vendor;
    findings.extend(compare_unread(vendor, documents, (&overlay, &fitting)));
    let losses = Losses {
        before: previous.as_ref(),
        regenerated: &regenerated,
        overlay: &overlay,
        fit: &fit,
        findings: &findings,
    };
    let losses = losses.messages();
    let text = old.overlay.text();
    let rewritten = tables::rewrite(text, &fit, &fitting, &dropped(&regenerated));
    let rewritten = edition.renaming.rewrite(&rewritten);
    Ok(Update {
        regenerated,
        findings,
        losses,
        headings,
        questions,
        before: previous,
        overlay: Source::new(old.overlay.name(), &rewritten),
        stale: edition.renaming.removed(),
    })
}

/// The new document, with the rows that the tables had in the old one.
fn new_edition<'a>(
    (old, new): (&Document, &'a Document),
    overlay: &Overlay,
    renaming: Renaming,
) -> NewEdition<'a> {
    let tables = ingest::extract(old, &Hints::default()).tables;
    NewEdition {
        document: new,
        rows: rows_of_tables(old, &tables, overlay),
        renaming,
        columns: columns_of_tables(old, &tables, overlay),
    }
}

/// The differences between the specs.
fn compare(
    vendor: &Vendor,
    before: Option<&Spec>,
    regenerated: &Regenerated,
    fit: &Fit,
) -> Vec<Finding> {
    let mut findings = diff(before, Some(&regenerated.spec));
    let states: Vec<_> = before.into_iter().chain([&regenerated.spec]).collect();
    if vendor.has_releases {
        weigh_unreleased(&mut findings, &states, Promised::new(vendor).spec());
    }
    with_entries(&mut findings, vendor.overlay.text());
    tables::replace_titles(&mut findings, fit);
    findings.extend(tables::finding(&regenerated.spec.vendor, fit));
    findings
}

/// The findings about what no fact of the spec shows.
fn compare_unread(
    vendor: &str,
    (before, now): (&Document, &Document),
    (overlay, fitting): (&Overlay, &Overlay),
) -> Vec<Finding> {
    let old = Unkept::new(before, overlay);
    let new = Unkept::new(now, fitting);
    unread::compare(vendor, &old, &new, now)
}

/// What must be decided and accepted before anything is written, as problems.
#[must_use]
pub fn refusal(update: &Update, document: &Original, accepted: Accepted) -> Problems {
    let mut problems = update.questions.clone();
    if !accepted.headings {
        problems.extend(update.headings.clone());
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
    /// `--accept-headings`: headings and headers that the vendor changed.
    pub headings: bool,
    /// `--accept-removals`: codes that the vendor withdrew.
    pub removals: bool,
}
