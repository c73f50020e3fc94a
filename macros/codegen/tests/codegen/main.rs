//! What a spec is compiled to, as far as a user of the generated code notices it: documentation,
//! methods, lookups, and what is compiled of a spec with problems.

mod docs;
mod facts;
mod lookups;
mod problems;
mod rust;
