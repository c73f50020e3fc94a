//! Decides, by evidence added up, which tables hold codes and what each column is for.

mod cells;
mod columns;
mod header;
mod language;
mod lexicon;
mod memo;
mod tables;
mod words;

pub(super) use cells::{tells_of_failure, yes_or_no};
pub(super) use header::{Label, heading_points, label};
pub(super) use language::main_language;
pub(super) use tables::{Verdict, classify};
