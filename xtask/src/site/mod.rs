//! The registry in, a static site out: a page to search, a page for each vendor, and what can be counted.

mod anchor;
mod changes;
mod matrix;
mod pages;
mod view;

pub use anchor::anchor;
pub(crate) use anchor::escaped;
pub use pages::{Page, pages};
