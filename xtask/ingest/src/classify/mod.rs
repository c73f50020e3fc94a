//! Decides, by evidence added up, which tables hold codes and what each column is for.

mod account;
mod cells;
mod code_column;
mod columns;
mod failures;
mod fields;
mod header;
mod language;
mod lexicon;
mod memo;
mod roles;
mod tables;
mod topic;
mod words;

pub(super) use header::names_codes;
use language::main_language;
pub(super) use tables::{Verdict, classify};
