//! Makes `update` and `release` fail or die at every step: all files are replaced, or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use errbook_cli::transaction::recover;

use crate::scratch::Scratch;

/// Every file of the workspace, except those of an unfinished change in `.errbook`.
fn read_tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
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

/// A vendor that was released once, with a new document.
fn before_update() -> Scratch {
    let scratch = Scratch::edition("tencent-faceid-sdk", "withdrawn");
    assert!(scratch.run(&["kinds"]).success);
    let said = scratch.run(&["release"]);
    assert!(said.success, "{}{}", said.out, said.err);
    scratch
}

/// The same after the update, ready for the next release.
fn before_release() -> Scratch {
    let scratch = before_update();
    assert!(scratch.run(UPDATE).success && scratch.run(&["kinds"]).success);
    scratch
}

const UPDATE: &[&str] = &[
    "update",
    "tencent-faceid-sdk",
    "new.md",
    "--accept-removals",
];
const RELEASE: &[&str] = &["release", "--bump"];

/// A command, with the files before and after it.
struct Case {
    scratch: Scratch,
    arguments: &'static [&'static str],
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Case {
    fn new(scratch: Scratch, arguments: &'static [&'static str]) -> Self {
        let old = read_tree(&scratch.path("."));
        let said = scratch.run(arguments);
        assert!(said.success, "{}", said.err);
        let new = read_tree(&scratch.path("."));
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

    /// Restores the files before the command.
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
            .current_dir(self.scratch.path(""))
            .args(self.arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Checks that after recovery all files are old or all are new, and that the command can then
    /// be run again. Returns which they are.
    fn assert_atomic(&self, at: &str, again: bool) -> &'static str {
        // Every command does this first.
        recover(&self.scratch.path(".")).unwrap();
        let now = read_tree(&self.scratch.path("."));
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
                read_tree(&self.scratch.path(".")) == self.new,
                "{at}: running again does not complete it"
            );
        }
        state
    }

    /// Makes the command fail or die (`how`) at step 1, 2 and so on, until it has fewer steps and
    /// succeeds.
    fn interrupt_every_step(&self, how: &str) {
        let mut outcomes = Vec::new();
        for step in 1.. {
            self.reset();
            let status = self.command().env(how, step.to_string()).status().unwrap();
            if status.success() {
                break;
            }
            let now = read_tree(&self.scratch.path("."));
            let pending = ["journal", "undo"]
                .iter()
                .any(|name| self.scratch.path(".errbook").join(name).exists());
            assert!(
                now == self.old || now == self.new || pending,
                "{how}={step}: some files are new, without a journal"
            );
            if how == "ERRBOOK_FAIL_AT" {
                assert!(
                    now == self.old || now == self.new,
                    "{how}={step}: a failed write leaves some files new"
                );
            }
            outcomes.push(self.assert_atomic(&format!("{how}={step}"), pending || step % 4 == 0));
        }
        assert!(outcomes.len() > 10, "{} steps", outcomes.len());
        assert!(outcomes.contains(&"old"), "{outcomes:?}");
        if how == "ERRBOOK_DIE_AT" {
            assert!(outcomes.contains(&"new"), "{outcomes:?}");
        }
    }

    /// Kills the command at moments spread over the time that it takes.
    fn kill_at_any_moment(&self, times: u32) {
        self.reset();
        let start = Instant::now();
        assert!(self.command().status().unwrap().success());
        let all = start.elapsed();
        for time in 0..times {
            self.reset();
            let mut child = self.command().spawn().unwrap();
            // A different moment in each run, more often a late one, because files are written at
            // the end. 7919 is a prime, so its multiples are distinct modulo `times`.
            let part = f64::from(time * 7919 % times + 1) / f64::from(times);
            std::thread::sleep(Duration::from_secs_f64(all.as_secs_f64() * part.sqrt()));
            let _ = child.kill();
            child.wait().unwrap();
            self.assert_atomic(&format!("killed in the {time}th run"), true);
        }
    }
}

#[test]
fn an_update_that_fails_or_dies_at_any_step_is_atomic() {
    let case = Case::new(before_update(), UPDATE);
    case.interrupt_every_step("ERRBOOK_FAIL_AT");
    case.interrupt_every_step("ERRBOOK_DIE_AT");
}

#[test]
fn a_release_that_fails_or_dies_at_any_step_is_atomic() {
    let case = Case::new(before_release(), RELEASE);
    case.interrupt_every_step("ERRBOOK_FAIL_AT");
    case.interrupt_every_step("ERRBOOK_DIE_AT");
}

#[test]
fn an_update_or_a_release_that_is_killed_at_any_time_is_atomic() {
    Case::new(before_update(), UPDATE).kill_at_any_moment(9);
    Case::new(before_release(), RELEASE).kill_at_any_moment(9);
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
