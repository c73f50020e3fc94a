//! What errbook gives to others, used by them: a browser, TypeScript under Node.js, gettext.
//!
//! A program that is missing fails its tests, unless `ERRBOOK_NO_BROWSER=1`, `ERRBOOK_NO_NODE=1` or
//! `ERRBOOK_NO_GETTEXT=1` says that this is meant.

mod browser;
mod gettext;
mod installed;
mod look;
mod page;
mod typescript;
mod workspace;

/// Whether the tests of a program are to be left out, which the environment must say.
fn is_left_out(variable: &str) -> bool {
    let left_out = std::env::var_os(variable).is_some_and(|value| value == "1");
    if left_out {
        eprintln!("left out, for {variable}=1 is set");
    }
    left_out
}
