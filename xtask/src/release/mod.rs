//! Compares the current specs with the last release: computes the changes, the required version and
//! the files that a release writes.

mod changelog;
mod changes;
mod kept;
mod snapshot;
mod version;

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Spec};

pub use changelog::{
    Piece, change_line, changelog_section, changelogs, changelogs_are_up_to_date, registry_title,
};
pub use changes::{Change, RegistryChanges, ReleaseChanges, recorded};
pub use snapshot::snapshot;
pub use version::{Version, bump_lock};

use crate::diff::{Finding, Verdict, diff, verdict, with_entries};
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// The file with the version of the last release.
fn version_file(workspace: &Workspace) -> String {
    format!("{}/version.txt", workspace.config().release.promises)
}

/// Whether the registry has a release.
pub(crate) fn has_releases(workspace: &Workspace) -> bool {
    workspace.has(&version_file(workspace))
}

/// The file with the spec of a vendor, or of the kinds, as the last release recorded it.
pub(crate) fn record_of(workspace: &Workspace, name: &str) -> String {
    format!("{}/{name}.toml", workspace.config().release.promises)
}

/// What the registry's own taxonomy is called beside the vendors.
const KINDS: &str = "kinds";

/// The spec of a vendor or of the kinds, as released and as it is now.
#[derive(Debug, Clone)]
pub struct Registry {
    /// A vendor's name, or `kinds`.
    pub name: String,
    /// The released spec; `None` if it is new.
    pub old: Option<Spec>,
    /// The current spec with its source; `None` if it was removed.
    pub new: Option<(Spec, Source)>,
}

/// The state to release, compared with the last release.
#[derive(Debug, Clone)]
pub struct Release {
    /// The specs of the vendors and of the kinds.
    pub registries: Vec<Registry>,
    /// The changes since the last release.
    pub findings: Vec<Finding>,
    /// The version of the last release; `None` before the first.
    pub released: Option<Version>,
}

impl Release {
    /// Reads the current specs and the last release, and compares them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is invalid.
    pub fn read(workspace: &Workspace) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut names = workspace.list(&workspace.config().release.promises, ".toml");
        names.retain(|name| name != changes::NAME);
        names.extend(workspace.vendors());
        let own_kinds = workspace.config().own_kinds();
        names.extend(own_kinds.map(|_| KINDS.to_owned()));
        names.sort();
        names.dedup();
        let registries: Vec<_> = names
            .iter()
            .map(|name| read_registry(workspace, name, &mut problems))
            .collect();
        let released = read_released_version(workspace, &mut problems);
        let findings = registries
            .iter()
            .flat_map(|registry| registry_findings(workspace, registry, &mut problems))
            .collect();
        problems.finish(Self {
            registries,
            findings,
            released,
        })
    }

    /// The changes since the last release, as a changelog lists them.
    #[must_use]
    pub fn changes(&self, version: Option<Version>) -> ReleaseChanges {
        ReleaseChanges::new(version, &self.registries, &self.findings)
    }

    /// The minimum version for these changes; `None` before the first release, which can have any.
    #[must_use]
    pub fn required_version(&self) -> Option<Version> {
        let released = self.released?;
        Some(verdict(&self.findings).map_or(released, |verdict| released.after(verdict)))
    }

    /// The findings that require this bump.
    #[must_use]
    pub fn findings_requiring(&self, wanted: Verdict) -> Vec<&Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.verdict == wanted)
            .collect()
    }

    /// Adds everything that the release writes, apart from the changelogs, to a transaction.
    pub fn write(
        &self,
        workspace: &Workspace,
        version: Version,
        releases: &[ReleaseChanges],
        transaction: &mut Transaction,
    ) {
        let folder = &workspace.config().release.promises;
        for Registry { name, new, .. } in &self.registries {
            let spec_file = format!("{folder}/{name}.toml");
            let snapshot_file = format!("{folder}/{name}.txt");
            match new {
                Some((spec, source)) => {
                    let stamped = stamped(spec, version);
                    // What a person wrote, such as the kinds, stays as it is.
                    if spec.source.is_some() && stamped != *spec {
                        let text = crate::write::spec(&stamped);
                        transaction.put(&spec_path(workspace, name), text.as_bytes());
                        transaction.put(&spec_file, text.as_bytes());
                        transaction.put(&snapshot_file, snapshot(&stamped));
                    } else {
                        transaction.put(&spec_file, source.text().as_bytes());
                        transaction.put(&snapshot_file, snapshot(spec));
                    }
                }
                None => {
                    transaction.remove(&spec_file);
                    transaction.remove(&snapshot_file);
                }
            }
        }
        transaction.put(&version_file(workspace), format!("{version}\n"));
        transaction.put(
            &changes::changes_file(workspace),
            changes::written(releases),
        );
    }
}

/// A spec in which everything that has not been released yet first appears in this release.
fn stamped(spec: &Spec, version: Version) -> Spec {
    let mut spec = spec.clone();
    let release = || Some(version.to_string().into());
    let since = spec.since.get_or_insert_default();
    since.release = since.release.take().or_else(release);
    for code in spec.sets.iter_mut().flat_map(|set| &mut set.codes) {
        if let Some(since) = &mut code.since {
            since.release = since.release.take().or_else(release);
        }
    }
    spec
}

/// The path of the spec of a vendor or of the kinds.
#[must_use]
pub fn spec_path(workspace: &Workspace, name: &str) -> String {
    let kinds = workspace.config().own_kinds().filter(|_| name == KINDS);
    kinds.map_or_else(|| workspace.spec_file(name), str::to_owned)
}

fn registry_findings(
    workspace: &Workspace,
    registry: &Registry,
    problems: &mut Problems,
) -> Vec<Finding> {
    let mut findings = diff(
        registry.old.as_ref(),
        registry.new.as_ref().map(|(spec, _)| spec),
    );
    let overlay = format!("{}/overlay.toml", workspace.vendor_folder(&registry.name));
    if workspace.has(&overlay)
        && let Some(overlay) = workspace.read(&overlay, problems)
    {
        with_entries(&mut findings, overlay.text());
    }
    findings
}

fn read_registry(workspace: &Workspace, name: &str, problems: &mut Problems) -> Registry {
    let released = record_of(workspace, name);
    let released = read_spec(workspace, &released, problems);
    Registry {
        name: name.to_owned(),
        old: released.map(|(spec, _)| spec),
        new: read_spec(workspace, &spec_path(workspace, name), problems),
    }
}

fn read_spec(workspace: &Workspace, file: &str, problems: &mut Problems) -> Option<(Spec, Source)> {
    if !workspace.has(file) {
        return None;
    }
    let source = workspace.read(file, problems)?;
    let spec = spec::parse(&source)
        .map_err(|other| problems.extend(other))
        .ok()?;
    Some((spec, source))
}

fn read_released_version(workspace: &Workspace, problems: &mut Problems) -> Option<Version> {
    let file = version_file(workspace);
    if !workspace.has(&file) {
        return None;
    }
    let source = workspace.read(&file, problems)?;
    let version = source.text().trim().parse();
    version
        .map_err(|error: String| problems.push(&Place::file(&file), error))
        .ok()
}
