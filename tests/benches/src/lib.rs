//! The sets of keys, and the queries and timing that are the same for every candidate.

#![forbid(unsafe_code)]

mod queries;
mod random;
mod report;
mod rounds;

pub use self::queries::{Pattern, Queries, numbers, texts};
pub use self::report::{Goal, Report};
pub use self::rounds::{Candidate, candidate, measure};

/// A module for each set, with errbook's enum and the competitors' tables.
pub mod sets {
    include!(concat!(env!("OUT_DIR"), "/sets.rs"));
}
