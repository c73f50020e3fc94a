//! Whether what the last release wrote down is still there as it was: nothing can be held against a promise that was
//! edited, or that is gone.

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::release::{RELEASED, Release, VERSION, snapshot};
use crate::workspace::Workspace;

const HELP: &str = "nobody edits these files: take the folder as it was released (`git checkout REV -- codes/released`)";

impl Release {
    /// That each text of promises is that of the spec beside it, and that none of the two is without the other.
    ///
    /// # Errors
    ///
    /// Each file that is another than the release wrote, or is missing.
    pub fn promises_are_as_written(&self, workspace: &Workspace) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let texts = workspace.list(RELEASED, ".txt");
        for registry in &self.registries {
            let file = format!("{RELEASED}/{}.txt", registry.name);
            match &registry.old {
                Some(spec) => is_written(&file, &snapshot(spec), workspace, &mut problems),
                None if texts.contains(&registry.name) => {
                    without_spec(&registry.name, &mut problems);
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
            .for_each(|name| without_spec(name, &mut problems));
        if self.released.is_none()
            && self
                .registries
                .iter()
                .any(|registry| registry.old.is_some())
        {
            problems.push_with_help(
                &Place::file(VERSION),
                "there is no such file, and something was released",
                HELP,
            );
        }
        problems.finish(())
    }
}

fn is_written(file: &str, promises: &str, workspace: &Workspace, problems: &mut Problems) {
    if !workspace.has(file) {
        problems.push_with_help(
            &Place::file(file),
            "there is no such file beside the spec that was released",
            HELP,
        );
        return;
    }
    let Some(text) = workspace.read(file, problems) else {
        return;
    };
    if text.text() == promises {
        return;
    }
    let (written, expected): (Vec<_>, Vec<_>) =
        (text.text().lines().collect(), promises.lines().collect());
    let same = written
        .iter()
        .zip(&expected)
        .take_while(|(one, other)| one == other)
        .count();
    let place = Place {
        line: same + 1,
        ..Place::file(file)
    };
    problems.push_with_help(
        &place,
        "from here on this is not what the spec beside it promises",
        HELP,
    );
}

fn without_spec(name: &str, problems: &mut Problems) {
    let message = format!("these promises have no {name}.toml beside them");
    problems.push_with_help(
        &Place::file(&format!("{RELEASED}/{name}.txt")),
        message,
        HELP,
    );
}
