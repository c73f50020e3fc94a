//! The registry in, a static site out: search, a page for each vendor, kinds, coverage and changes.

mod anchor;
mod changes;
mod matrix;
mod pages;
mod view;

pub use anchor::anchor;
pub(crate) use anchor::percent_encoded;
pub use pages::{Page, pages};
