//! Makes `update` and `release` fail or die at every step: all files are replaced, or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::scratch::Scratch;
use errbook_cli::transaction::recover;

/// Every file of the workspace except those of an unfinished change.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if entry.file_name() != ".errbook" {
                    folders.push(path);
                }
            } else {
                files.insert(
                    path.strip_prefix(root).unwrap().display().to_string(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

/// A vendor that was released once, with a new document to adopt.
fn before_update() -> Scratch {
    let scratch = Scratch::edition("tencent-faceid-sdk", "withdrawn");
    assert!(scratch.run(&["kinds"]).success);
    let said = scratch.run(&["release"]);
    assert!(said.success, "{}{}", said.out, said.err);
    scratch
}

fn before_release() -> Scratch {
    let scratch = before_update();
    assert!(scratch.run(UPDATE).success && scratch.run(&["kinds"]).success);
    scratch
}

const UPDATE: &[&str] = &[
    "update",
    "tencent-faceid-sdk",
    "../new.md",
    "--accept-removals",
];
const RELEASE: &[&str] = &["release", "--bump"];

/// The states before and after a command.
struct Case {
    scratch: Scratch,
    arguments: &'static [&'static str],
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Case {
    fn new(scratch: Scratch, arguments: &'static [&'static str]) -> Self {
        let old = tree(&scratch.path("."));
        let said = scratch.run(arguments);
        assert!(said.success, "{}", said.err);
        let new = tree(&scratch.path("."));
        assert_ne!(old, new);
        let case = Self {
            scratch,
            arguments,
            old,
            new,
        };
        case.reset();
        case
    }

    fn reset(&self) {
        for name in self.new.keys().filter(|name| !self.old.contains_key(*name)) {
            let _ = fs::remove_file(self.scratch.path(name));
        }
        for (name, bytes) in &self.old {
            fs::write(self.scratch.path(name), bytes).unwrap();
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command
            .current_dir(self.scratch.path("codes"))
            .args(self.arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// After whatever happened: any command at all sees the old or the new, and running again completes it.
    fn is_whole(&self, at: &str, again: bool) -> &'static str {
        // What every command does first.
        recover(&self.scratch.path(".")).unwrap();
        let now = tree(&self.scratch.path("."));
        assert!(
            now == self.old || now == self.new,
            "{at}: the tree is neither old nor new"
        );
        let state = if now == self.old { "old" } else { "new" };
        if again {
            assert!(
                self.command().status().unwrap().success(),
                "{at}: running again fails"
            );
            assert!(
                tree(&self.scratch.path(".")) == self.new,
                "{at}: running again does not complete it"
            );
        }
        state
    }

    /// Refuses, or dies at, each step in turn, until a run takes so few steps that it gets through.
    fn every_step(&self, how: &str) {
        let mut outcomes = Vec::new();
        for step in 1.. {
            self.reset();
            let status = self.command().env(how, step.to_string()).status().unwrap();
            if status.success() {
                break;
            }
            let now = tree(&self.scratch.path("."));
            let pending = ["journal", "undo"]
                .iter()
                .any(|name| self.scratch.path(".errbook").join(name).exists());
            assert!(
                now == self.old || now == self.new || pending,
                "{how}={step}: between, and nobody knows"
            );
            if how == "ERRBOOK_FAIL_AT" {
                assert!(
                    now == self.old || now == self.new,
                    "{how}={step}: a refusal leaves the tree between"
                );
            }
            outcomes.push(self.is_whole(&format!("{how}={step}"), pending || step % 4 == 0));
        }
        assert!(outcomes.len() > 10, "{} steps", outcomes.len());
        assert!(outcomes.contains(&"old"), "{outcomes:?}");
        if how == "ERRBOOK_DIE_AT" {
            assert!(outcomes.contains(&"new"), "{outcomes:?}");
        }
    }

    /// Kills at moments that are spread over the time that a run takes.
    fn any_moment(&self, times: u32) {
        self.reset();
        let start = Instant::now();
        assert!(self.command().status().unwrap().success());
        let all = start.elapsed();
        for time in 0..times {
            self.reset();
            let mut child = self.command().spawn().unwrap();
            // A moment that no two runs share, the later ones more often: there the writing is.
            let part = f64::from(time * 7919 % times + 1) / f64::from(times);
            std::thread::sleep(Duration::from_secs_f64(all.as_secs_f64() * part.sqrt()));
            let _ = child.kill();
            child.wait().unwrap();
            self.is_whole(&format!("killed in the {time}th run"), true);
        }
    }
}

#[test]
fn an_update_that_fails_or_dies_at_any_step_is_atomic() {
    let case = Case::new(before_update(), UPDATE);
    case.every_step("ERRBOOK_FAIL_AT");
    case.every_step("ERRBOOK_DIE_AT");
}

#[test]
fn a_release_that_fails_or_dies_at_any_step_is_atomic() {
    let case = Case::new(before_release(), RELEASE);
    case.every_step("ERRBOOK_FAIL_AT");
    case.every_step("ERRBOOK_DIE_AT");
}

#[test]
fn an_update_or_a_release_that_is_killed_at_any_time_is_atomic() {
    Case::new(before_update(), UPDATE).any_moment(20);
    Case::new(before_release(), RELEASE).any_moment(20);
}

#[test]
fn files_without_a_journal_are_deleted() {
    let scratch = before_update();
    scratch.write(".errbook/0.new", "half");
    assert!(scratch.run(UPDATE).success);
    let left: Vec<_> = fs::read_dir(scratch.path(".errbook"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, ["lock"]);
}
