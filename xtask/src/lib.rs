//! The implementation of the binary `errbook`.
//!
//! This library exists so that the project's own tests can call it. It is not a public API: any
//! release may change or remove anything in it.

#![doc(hidden)]

pub mod add;
mod age;
pub mod book;
pub mod commands;
pub mod config;
pub mod count;
pub mod coverage;
pub mod diff;
mod document;
pub mod explain;
pub mod export;
pub mod fetch;
pub mod fetched;
pub mod fold;
pub mod formats;
pub mod git;
pub mod history;
pub mod init;
pub mod interface;
pub mod kind_matrix;
pub mod locale;
pub mod macro_rules;
pub mod manifest;
pub mod messages;
pub mod module;
pub mod names;
pub mod output;
pub mod overlay;
pub mod program;
pub mod progress;
pub mod reference;
pub mod regen;
pub mod release;
pub mod report;
pub mod rust_line;
pub mod search;
pub mod shipped;
pub mod site;
mod symbol;
mod table;
pub mod text;
pub mod transaction;
pub mod update;
pub mod vendor;
pub mod watch;
pub mod workspace;
pub mod write;
