//! Errors of one's own: what the derive gives, and how it gets on with the rest of the language.

mod from_spec;
mod inline;
mod language;
mod like_thiserror;
mod rust_file;
