//! Tests of `#[derive(ErrorCode)]`: what it generates from a spec and from inline facts, and how it
//! works with other features of Rust.

mod code_sets;
mod doc_messages;
mod from_spec;
mod inline;
mod language;
mod like_thiserror;
mod printing;
mod reference;
mod sources;
