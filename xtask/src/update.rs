//! Compares a vendor's new document with the old one: the new spec, the changes, and the rows that
//! were lost.

use errbook_spec as spec;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;

use crate::count::count;
use crate::diff::{Finding, diff, with_entries};
use crate::regen::{Account, Regenerated, Taxonomy, regen};
use crate::vendor::{Missing, Vendor, hex_sha256};
use crate::workspace::Workspace;
use errbook_ingest::{self as ingest, Hints, Unread};

/// The result of an update that is not written yet.
#[derive(Debug, Clone)]
pub struct Update {
    /// The vendor's new spec, with its account.
    pub regenerated: Regenerated,
    /// The differences from the old spec.
    pub findings: Vec<Finding>,
    /// What looks like a code in the new document, is in no entry, and was not unread in the old
    /// one.
    pub new_unread: Vec<Unread>,
    /// A message for each set that lost rows. If there are any, nothing is written without
    /// `--accept-removals`.
    pub losses: Vec<String>,
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
    document: &Source,
    taxonomy: Option<&Taxonomy>,
) -> Result<Update, Problems> {
    let old = Vendor::read(workspace, name, Missing::Refused)?;
    let sha256 = hex_sha256(document.text().as_bytes());
    let new = Vendor {
        document: document.clone(),
        sha256,
        ..old.clone()
    };
    let regenerated = regen(&new, taxonomy)?;
    let before = old.memory.first().map(spec::parse).transpose()?;
    let mut findings = diff(before.as_ref(), Some(&regenerated.spec));
    with_entries(&mut findings, old.overlay.text());
    let losses = losses(&old, taxonomy, document, &regenerated.account);
    Ok(Update {
        new_unread: new_unread(&old.document, document),
        regenerated,
        findings,
        losses,
    })
}

/// The unread lines of the new document whose text the old one does not have as unread.
fn new_unread(old: &Source, new: &Source) -> Vec<Unread> {
    let unread = |source: &Source| {
        let document = ingest::read(source.text());
        ingest::extract(&document, &Hints::default()).unread
    };
    let before = unread(old);
    let is_new = |unread: &Unread| before.iter().all(|other| other.text != unread.text);
    unread(new).into_iter().filter(is_new).collect()
}

/// The sets of which fewer rows are accepted than before. If the overlay was already edited for the
/// new document and no longer matches the old one, the documents are compared as a whole.
fn losses(
    old: &Vendor,
    taxonomy: Option<&Taxonomy>,
    document: &Source,
    new: &Account,
) -> Vec<String> {
    let Ok(before) = regen(old, taxonomy) else {
        return loss_of_document(&old.document, document);
    };
    let each = before.account.sets.iter().filter_map(|before| {
        let after = new
            .sets
            .iter()
            .find(|after| after.name == before.name)
            .map_or(0, |after| after.accepted);
        loss(&before.name, before.accepted, after)
    });
    each.collect()
}

fn loss_of_document(old: &Source, new: &Source) -> Vec<String> {
    let accepted = |source: &Source| {
        let document = ingest::read(source.text());
        ingest::extract(&document, &Hints::default())
            .accounting
            .accepted
    };
    loss("the document", accepted(old), accepted(new))
        .into_iter()
        .collect()
}

fn loss(what: &str, before: usize, after: usize) -> Option<String> {
    (after < before).then(|| {
        let are = if after == 1 { "is" } else { "are" };
        format!(
            "{what}: {} {are} accepted, and {before} were",
            count(after, "row")
        )
    })
}

/// The losses as problems.
#[must_use]
pub fn refusal(losses: &[String], document: &Source) -> Problems {
    let mut problems = Problems::default();
    for loss in losses {
        let help =
            "if the vendor removed them, pass `--accept-removals`; the codes stay as retired";
        problems.push_with_help(&Place::file(document.name()), loss, help);
    }
    problems
}
