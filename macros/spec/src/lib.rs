//! errbook's specs of error codes: a TOML file in, what it says out, and all that is wrong with it.
//!
//! ```
//! use errbook_spec::place::Source;
//! use errbook_spec::{check, parse};
//!
//! let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n\
//!             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
//! let spec = parse(&Source::new("orders.toml", text))?;
//! assert_eq!(spec.sets[0].codes[0].variant.as_str(), "Seven");
//! assert_eq!(check(&spec)?.sets[0].codes[0].number, 7);
//! # Ok::<(), errbook_spec::problem::Problems>(())
//! ```
//!
//! [`parse`] looks at the shape alone and keeps the place of every value; [`check`] says whether it makes sense, and
//! gives a [`Registry`](registry::Registry) of which that need not be asked again.
//!
//! All of it is in the tree of every macro, where it is compiled without optimisation, and needs no tokens: what writes
//! Rust (`errbook-codegen`) and what reads it (`errbook-syntax`) are compiled side by side after it.

mod check;
pub mod facts;
pub mod fields;
pub mod order;
mod parameters;
pub mod place;
pub mod problem;
pub mod registry;
mod repair;
mod spec;
pub mod template;
mod texts;

pub use crate::check::{
    MOST_CODES, canonical_tag, check, default_severity, is_identifier, is_name, plural,
};
pub use crate::parameters::{UnevenParameters, uneven_parameters};
pub use crate::repair::repair;
pub use crate::spec::{
    Billing, BillingSource, Code, Fault, Identity, Note, Param, Range, Retry, SCHEMA, Section, Set,
    Severity, Since, SourceFile, Spec, Status, Wire, params, parse, schema, word,
};
pub use crate::texts::Texts;
