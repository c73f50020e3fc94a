//! A folder in, the workflows of GitHub Actions for the registry there out. GitHub reads them from
//! the root of a repository only.

use std::path::Path;

use crate::config::relative;
use crate::init::Plan;

/// Each file, and its text.
const WORKFLOWS: &[(&str, &str)] = &[("errbook.yml", CHECK), ("errbook-watch.yml", WATCH)];

/// Adds the workflows to the repository around a folder; to the folder if there is none yet.
pub(super) fn add_workflows(folder: &Path, plan: &mut Plan) {
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let mut around = folder.ancestors();
    let repository = around.find(|above| above.join(".git").exists());
    let repository = text(repository.unwrap_or(folder));
    let registry = relative(&text(folder), &repository);
    for (file, workflow) in WORKFLOWS {
        let file = format!("{repository}/.github/workflows/{file}");
        let file = relative(&file, &text(folder));
        plan.add(folder, &file, &in_folder(workflow, &registry));
    }
}

/// The workflow, with commands that run in this folder of the repository.
fn in_folder(workflow: &str, registry: &str) -> String {
    if registry.is_empty() {
        return workflow.to_owned();
    }
    let defaults = format!("defaults:\n  run:\n    working-directory: {registry:?}\njobs:\n");
    workflow.replacen("jobs:\n", &defaults, 1)
}

const CHECK: &str = "\
name: errbook
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  registry:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: cargo install --git https://github.com/errbook/errbook errbook-cli --locked
      - run: errbook regen --check
      - run: errbook diff --base \"origin/${GITHUB_BASE_REF:-main}\" --format markdown >> \"$GITHUB_STEP_SUMMARY\"
";

const WATCH: &str = "\
# Compares each vendor's document with the published one, if its overlay has a `url`. The run fails if one has changed
# or could not be checked, and its summary says which; `errbook update VENDOR` adopts a change.
name: errbook-watch
on:
  schedule:
    - cron: \"23 5 * * 1\"
  workflow_dispatch:
permissions:
  contents: read
jobs:
  watch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: cargo install --git https://github.com/errbook/errbook errbook-cli --locked
      - run: errbook watch >> \"$GITHUB_STEP_SUMMARY\"
";
