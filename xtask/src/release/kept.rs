//! Checks that the files of the last release are as the last release wrote them: changes cannot be
//! compared with a snapshot that was edited or removed.

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::release::{Release, snapshot, version_file};
use crate::workspace::Workspace;

fn restore(workspace: &Workspace) -> String {
    format!(
        "do not edit these files; restore the folder from the release \
         (`git checkout REV -- {}`)",
        workspace.shown(&workspace.config().release.promises)
    )
}

impl Release {
    /// Checks that each snapshot (`NAME.txt`) matches the spec beside it (`NAME.toml`), and that
    /// neither exists without the other.
    ///
    /// # Errors
    ///
    /// Each file that was edited or is missing.
    pub fn check_promises(&self, workspace: &Workspace) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let folder = &workspace.config().release.promises;
        let texts = workspace.list(folder, ".txt");
        for registry in &self.registries {
            let file = format!("{folder}/{}.txt", registry.name);
            match &registry.old {
                Some(spec) => check_snapshot(&file, &snapshot(spec), workspace, &mut problems),
                None if texts.contains(&registry.name) => {
                    push_missing_spec(&registry.name, workspace, &mut problems);
                }
                None => {}
            }
        }
        let is_known = |name: &String| {
            name == "version" || self.registries.iter().any(|known| known.name == *name)
        };
        texts
            .iter()
            .filter(|name| !is_known(name))
            .for_each(|name| push_missing_spec(name, workspace, &mut problems));
        if self.released.is_none()
            && self
                .registries
                .iter()
                .any(|registry| registry.old.is_some())
        {
            problems.push_with_help(
                &Place::file(&version_file(workspace)),
                format!(
                    "missing file: {folder} contains specs, but not the version that was released"
                ),
                restore(workspace),
            );
        }
        problems.finish(())
    }
}

fn check_snapshot(file: &str, promises: &str, workspace: &Workspace, problems: &mut Problems) {
    if !workspace.has(file) {
        problems.push_with_help(
            &Place::file(file),
            "missing snapshot of the released spec",
            restore(workspace),
        );
        return;
    }
    let Some(text) = workspace.read(file, problems) else {
        return;
    };
    if text.text() == promises {
        return;
    }
    let same = text
        .text()
        .lines()
        .zip(promises.lines())
        .take_while(|(one, other)| one == other)
        .count();
    let place = Place {
        line: same + 1,
        ..Place::file(file)
    };
    problems.push_with_help(
        &place,
        "this snapshot differs from the spec beside it, starting at this line",
        restore(workspace),
    );
}

fn push_missing_spec(name: &str, workspace: &Workspace, problems: &mut Problems) {
    let message = format!("this snapshot has no spec: {name}.toml is missing");
    problems.push_with_help(
        &Place::file(&format!(
            "{}/{name}.txt",
            workspace.config().release.promises
        )),
        message,
        restore(workspace),
    );
}
