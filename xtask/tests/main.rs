//! The tests of the command line and of what it is made of. One binary: each would link the whole tool.

mod add;
mod crash;
mod diff;
mod editions;
mod expand;
mod explain;
mod export;
mod formats;
mod ingest;
mod ingest_extract;
mod ingest_fuzz_corpus;
mod ingest_hostile;
mod ingest_properties;
#[cfg(target_os = "linux")]
mod output;
mod overlay_readings;
mod promises;
mod real;
mod regen;
mod regen_diagnostics;
mod registry;
mod release;
mod scratch;
mod spec;
mod translation;
mod update;
mod write;
