//! Tests the output of errbook with the programs that use it: a browser, Node.js, gettext, compilers.
//!
//! The tests of a missing program fail. `ERRBOOK_NO_BROWSER=1`, `ERRBOOK_NO_NODE=1`,
//! `ERRBOOK_NO_GETTEXT=1` and `ERRBOOK_NO_` with a language (`ERRBOOK_NO_PHP=1`) skip them.

#[path = "../answers.rs"]
mod answers;
mod browser;
mod gettext;
mod installed;
mod languages;
mod look;
mod page;
mod search;
mod typescript;
mod workspace;

/// Whether an environment variable says to skip the tests of a program.
fn is_skipped(variable: &str) -> bool {
    let is_skipped = std::env::var_os(variable).is_some_and(|value| value == "1");
    if is_skipped {
        eprintln!("skipped, because {variable}=1 is set");
    }
    is_skipped
}
