//! Makes each command that writes fail or die at every step: all files are replaced, or none.

use std::fs;
use std::time::{Duration, Instant};

use crate::writers::Case;

/// Every step with `ERRBOOK_FAULTS=all`; otherwise every fifth, beginning at a different step for
/// each command.
fn every() -> usize {
    match std::env::var("ERRBOOK_FAULTS") {
        Ok(faults) if faults == "all" => 1,
        _ => 5,
    }
}

impl Case {
    /// Makes the command fail or die (`how`) at some steps, until it has fewer steps and succeeds.
    fn interrupt_steps(&self, how: &str, first: usize) {
        let name = self.name;
        let mut outcomes = Vec::new();
        for step in (first..).step_by(every()) {
            self.reset();
            let status = self.command().env(how, step.to_string()).status().unwrap();
            if status.success() {
                break;
            }
            let now = self.now();
            let pending = ["journal", "undo"]
                .iter()
                .any(|journal| self.scratch.path(".errbook").join(journal).exists());
            assert!(
                now == self.old || now == self.new || pending,
                "{name}, {how}={step}: some files are new, without a journal"
            );
            if how == "ERRBOOK_FAIL_AT" {
                assert!(
                    now == self.old || now == self.new,
                    "{name}, {how}={step}: a failed write leaves some files new"
                );
            }
            let again = pending || step % 4 == 0;
            outcomes.push(self.assert_atomic(&format!("{how}={step}"), again));
        }
        if every() == 1 {
            assert!(outcomes.len() > 8, "{name}: {} steps", outcomes.len());
            assert!(outcomes.contains(&"old"), "{name}: {outcomes:?}");
            if how == "ERRBOOK_DIE_AT" {
                assert!(outcomes.contains(&"new"), "{name}: {outcomes:?}");
            }
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
fn what_fails_at_any_step_is_atomic() {
    for (at, case) in Case::all().enumerate() {
        case.interrupt_steps("ERRBOOK_FAIL_AT", at % every() + 1);
    }
}

#[test]
fn what_dies_at_any_step_is_atomic() {
    for (at, case) in Case::all().enumerate() {
        case.interrupt_steps("ERRBOOK_DIE_AT", (at + 1) % every() + 1);
    }
}

#[test]
fn what_is_killed_at_any_time_is_atomic() {
    for name in ["init", "add", "update", "release"] {
        Case::of(name).kill_at_any_moment(4);
    }
}

#[test]
fn files_without_a_journal_are_deleted_and_those_of_others_kept() {
    let case = Case::of("update");
    case.scratch.write(".errbook/0.new", "half");
    case.scratch.write(".errbook/notes.txt", "mine");
    assert!(case.command().status().unwrap().success());
    let left = fs::read_dir(case.scratch.path(".errbook"))
        .unwrap()
        .flatten();
    let mut left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["lock", "notes.txt"]);
}
