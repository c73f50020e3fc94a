//! The search of `explain` and of the site: an index of a registry, and what finds codes in it.
//!
//! [`Index::of`] collects every fact by which a code is found. [`Engine`] reads an index and ranks
//! the codes for a query; `site/assets/search.js` does the same in the reader's browser, from the
//! same index. `words.toml` has the words that both know about any registry. The vectors in
//! `tests/fixtures/search` say what both must find.

mod engine;
mod index;
mod query;
mod results;
mod text;
mod words;

pub use engine::Engine;
pub use index::{CodeRow, Index, KindRow, SetRow};
pub use results::{How, Match, Matches, Target};
pub use words::{Synonym, Vocabulary};

/// The chunks of a query that may be names, each as it is written.
#[must_use]
pub fn chunks(query: &str) -> Vec<String> {
    query::chunks(&query::characters(query))
}
