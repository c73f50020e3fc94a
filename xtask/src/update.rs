//! Compares a vendor's new document with the old one: the new spec, the changes, and the rows that
//! were lost.

use errbook_spec as spec;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::count::count;
use crate::diff::{Finding, diff, with_entries};
use crate::overlay;
use crate::regen::{Account, Regenerated, Taxonomy, open_document, regen};
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;
use errbook_ingest::{self as ingest, Document, Hints, Unread};

/// The result of an update that is not written yet.
#[derive(Debug, Clone)]
pub struct Update {
    /// The vendor's new spec, with its account.
    pub regenerated: Regenerated,
    /// The differences from the old spec.
    pub findings: Vec<Finding>,
    /// What looks like a code in the new document, is in no entry, and was not unread in the old
    /// one; each with what follows the name of the file in a message about it.
    pub new_unread: Vec<(String, Unread)>,
    /// A message for each set that lost rows. If there are any, nothing is written without
    /// `--accept-removals`.
    pub losses: Vec<String>,
}

impl Update {
    /// Whether a person has nothing to look at: pages often change where no codes are.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        self.findings.is_empty() && self.new_unread.is_empty() && self.losses.is_empty()
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
    let new = Vendor {
        document: document.clone(),
        ..old.clone()
    };
    let regenerated = regen(&new, taxonomy)?;
    let before = old.memory.first().map(spec::parse).transpose()?;
    let mut findings = diff(before.as_ref(), Some(&regenerated.spec));
    with_entries(&mut findings, old.overlay.text());
    let overlay = overlay::parse(&old.overlay)?;
    let read_before = open_document(&old, &overlay)?;
    let read_now = open_document(&new, &overlay)?;
    // If the overlay was already edited for the new document and no longer matches the old one, the
    // documents are compared as a whole.
    let losses = match regen(&old, taxonomy) {
        Ok(before) => losses(&before.account, &regenerated.account),
        Err(_) => loss_of_document(&read_before, &read_now),
    };
    Ok(Update {
        new_unread: new_unread(&read_before, &read_now),
        regenerated,
        findings,
        losses,
    })
}

/// The unread lines of the new document whose text the old one does not have as unread.
fn new_unread(old: &Document, new: &Document) -> Vec<(String, Unread)> {
    let unread = |document: &Document| ingest::extract(document, &Hints::default()).unread;
    let before = unread(old);
    let is_new = |unread: &Unread| before.iter().all(|other| other.text != unread.text);
    unread(new)
        .into_iter()
        .filter(is_new)
        .map(|unread| (new.suffix(unread.line), unread))
        .collect()
}

/// The sets of which fewer rows are accepted than before.
fn losses(old: &Account, new: &Account) -> Vec<String> {
    let each = old.sets.iter().filter_map(|before| {
        let after = new
            .sets
            .iter()
            .find(|after| after.name == before.name)
            .map_or(0, |after| after.accepted);
        loss(&before.name, before.accepted, after)
    });
    each.collect()
}

fn loss_of_document(old: &Document, new: &Document) -> Vec<String> {
    let accepted = |document: &Document| {
        let extraction = ingest::extract(document, &Hints::default());
        extraction.accounting.accepted
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
pub fn refusal(losses: &[String], document: &Original) -> Problems {
    let mut problems = Problems::default();
    for loss in losses {
        let help =
            "if the vendor removed them, pass `--accept-removals`; the codes stay as retired";
        problems.push_with_help(&Place::file(document.name()), loss, help);
    }
    problems
}
