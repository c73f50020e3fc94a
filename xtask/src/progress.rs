//! A line on the terminal that says that a command still works, and how far it is. It appears after
//! a second, disappears before anything else is printed, and is never written to a file or a pipe.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter commands need no line.
const DELAY: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(200);

/// The line, until something is printed.
static LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Begins the line of a command.
pub fn begin() {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        line.set_style(style);
    }
    *LINE.lock().unwrap_or_else(PoisonError::into_inner) = Some(line);
    thread::spawn(|| {
        thread::sleep(DELAY);
        let line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = line.as_ref() {
            // Hidden unless it is a terminal.
            line.set_draw_target(ProgressDrawTarget::stderr());
            line.enable_steady_tick(TICK);
        }
    });
}

/// Says how many of several things are done, such as `vendors`.
pub(crate) fn show(done: usize, all: usize, things: &str) {
    if all < 2 {
        return;
    }
    if let Some(line) = LINE.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
        line.set_message(format!("{done} of {all} {things}"));
    }
}

/// Removes the line: something is printed, or the command ends.
pub fn end() {
    let line = LINE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(line) = line {
        line.finish_and_clear();
    }
}
