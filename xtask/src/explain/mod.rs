//! Explains codes: finds every matching code of every vendor for a number, a symbol or words.

mod card;
mod json;
mod lines;
mod name;
mod search;
mod symbol;
#[cfg(test)]
mod tests;

pub use card::{Reader, cards};
pub use json::json;
pub use lines::terminal_width;
pub use name::{identifies, normalized_query};
pub use search::{Finder, Found, Hit, find, is_empty_query};
