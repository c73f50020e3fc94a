//! The registry in, a static site out: search, a page for each vendor and each code, kinds, coverage
//! and changes.

mod anchor;
mod card;
mod changes;
mod context;
mod data;
mod folder;
mod kinds;
mod pages;
mod peers;
mod shell;
mod view;

pub use anchor::{anchor, code_page};
pub use data::packed;
pub use folder::{Folder, Written};
pub use pages::{Page, each_page};
