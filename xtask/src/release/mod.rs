//! What the last release promised, what has changed since, and all that a release writes.

mod changelog;
mod changes;
mod kept;
mod snapshot;
mod version;

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Spec};

pub use changelog::{Piece, changelogs, changelogs_are_up_to_date, line, section, title};
pub use changes::{Change, RegistryChanges, ReleaseChanges, recorded};
pub use snapshot::snapshot;
pub use version::{Version, bumped, current};

use crate::diff::{Finding, Verdict, diff, verdict, with_entries};
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// The folder that keeps what the last release promised.
pub const RELEASED: &str = "codes/released";
const VERSION: &str = "codes/released/version.txt";

/// One registry, as it was released and as it is.
#[derive(Debug, Clone)]
pub struct Registry {
    /// A vendor's name, or `kinds`.
    pub name: String,
    /// As it was released; nothing if it was not there.
    pub old: Option<Spec>,
    /// As it is, with the text of its spec; nothing if it is gone.
    pub new: Option<(Spec, Source)>,
}

/// What a release would be.
#[derive(Debug, Clone)]
pub struct Release {
    /// The vendors and the kinds.
    pub registries: Vec<Registry>,
    /// What is different since the last release.
    pub findings: Vec<Finding>,
    /// The version of the last release; none before the first.
    pub released: Option<Version>,
}

impl Release {
    /// Reads the registry and the last release, and compares them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or understood.
    pub fn read(workspace: &Workspace) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut names = workspace.list(RELEASED, ".toml");
        names.retain(|name| name != changes::NAME);
        names.extend(workspace.vendors());
        names.push("kinds".to_owned());
        names.sort();
        names.dedup();
        let registries: Vec<_> = names
            .iter()
            .map(|name| registry(workspace, name, &mut problems))
            .collect();
        let released = released(workspace, &mut problems);
        let findings = registries
            .iter()
            .flat_map(|registry| findings(workspace, registry, &mut problems))
            .collect();
        problems.finish(Self {
            registries,
            findings,
            released,
        })
    }

    /// What has changed since the last release, as a changelog tells it.
    #[must_use]
    pub fn changes(&self, version: Option<Version>) -> ReleaseChanges {
        ReleaseChanges::new(version, &self.registries, &self.findings)
    }

    /// The least version that may carry what has changed; none before the first release, which may be any.
    #[must_use]
    pub fn demanded(&self) -> Option<Version> {
        let released = self.released?;
        Some(verdict(&self.findings).map_or(released, |verdict| released.after(verdict)))
    }

    /// The findings that ask for a version as great as this.
    #[must_use]
    pub fn asking_for(&self, wanted: Verdict) -> Vec<&Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.verdict == wanted)
            .collect()
    }

    /// Adds to a transaction all that the release of a version writes beside the changelogs.
    pub fn write(
        &self,
        version: Version,
        releases: &[ReleaseChanges],
        transaction: &mut Transaction,
    ) {
        for Registry { name, new, .. } in &self.registries {
            let (spec_file, snapshot_file) = (
                format!("{RELEASED}/{name}.toml"),
                format!("{RELEASED}/{name}.txt"),
            );
            match new {
                Some((spec, source)) => {
                    let stamped = stamped(spec, version);
                    // What a person wrote, such as the kinds, stays as it is.
                    if spec.source.is_some() && stamped != *spec {
                        let text = crate::write::spec(&stamped);
                        transaction.put(&file_of(name), text.as_bytes());
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
        transaction.put(VERSION, format!("{version}\n"));
        transaction.put(&changes::file(), changes::written(releases));
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

/// The file that a registry is compiled from.
#[must_use]
pub fn file_of(name: &str) -> String {
    if name == "kinds" {
        "codes/kinds.toml".to_owned()
    } else {
        format!("codes/vendors/{name}/spec.toml")
    }
}

fn findings(workspace: &Workspace, registry: &Registry, problems: &mut Problems) -> Vec<Finding> {
    let mut findings = diff(
        registry.old.as_ref(),
        registry.new.as_ref().map(|(spec, _)| spec),
    );
    let overlay = format!("codes/vendors/{}/overlay.toml", registry.name);
    if workspace.has(&overlay)
        && let Some(overlay) = workspace.read(&overlay, problems)
    {
        with_entries(&mut findings, overlay.text());
    }
    findings
}

fn registry(workspace: &Workspace, name: &str, problems: &mut Problems) -> Registry {
    let old = read(workspace, &format!("{RELEASED}/{name}.toml"), problems).map(|(spec, _)| spec);
    Registry {
        name: name.to_owned(),
        old,
        new: read(workspace, &file_of(name), problems),
    }
}

fn read(workspace: &Workspace, file: &str, problems: &mut Problems) -> Option<(Spec, Source)> {
    if !workspace.has(file) {
        return None;
    }
    let source = workspace.read(file, problems)?;
    let spec = spec::parse(&source)
        .map_err(|other| problems.extend(other))
        .ok()?;
    Some((spec, source))
}

fn released(workspace: &Workspace, problems: &mut Problems) -> Option<Version> {
    if !workspace.has(VERSION) {
        return None;
    }
    let source = workspace.read(VERSION, problems)?;
    let version = source.text().trim().parse();
    version
        .map_err(|error: String| problems.push(&Place::file(VERSION), error))
        .ok()
}
