//! The library behind the binary `errbook`.

pub mod add;
pub mod commands;
pub mod count;
pub mod coverage;
pub mod diff;
pub mod explain;
pub mod export;
pub mod fold;
pub mod git;
pub mod history;
pub mod ingest;
pub mod kind_matrix;
pub mod macro_rules;
pub mod messages;
pub mod output;
pub mod overlay;
pub mod reference;
pub mod regen;
pub mod release;
pub mod report;
pub mod site;
pub mod transaction;
pub mod update;
pub mod vendor;
pub mod workspace;
pub mod write;
