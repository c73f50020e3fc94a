//! Parses and checks errbook's specs of error codes: a TOML file goes in; a checked registry, or a
//! list of problems with their positions, comes out.
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
//! [`parse`] only checks the format, and keeps the position of every value. [`check`] checks the
//! contents, and returns a [`Registry`](registry::Registry) whose invariants hold. [`open`] does both,
//! and returns the problems of both.
//!
//! Every macro depends on this crate, which is compiled without optimization. It does not depend on
//! token streams, so that the crates that write Rust (`errbook-codegen`) and read it
//! (`errbook-syntax`) can be compiled in parallel after it.

mod check;
pub mod facts;
pub mod fields;
mod open;
pub mod order;
mod overrides;
mod parameters;
pub mod place;
pub mod problem;
pub mod registry;
mod repair;
mod spec;
pub mod template;
mod texts;

pub use crate::check::{
    MOST_CODES, Reserved, canonical_tag, check, default_severity, is_identifier, is_name, locales,
    other_vendor, plural, references,
};
pub use crate::open::{Broken, Opened, open, open_with};
pub use crate::overrides::{Overridden, override_facts};
pub use crate::parameters::{DroppedParameter, dropped_parameters};
pub use crate::repair::repair;
pub use crate::spec::{
    Billing, BillingSource, Code, Fault, GrpcCode, Identity, Note, Param, Range, Retry, SCHEMA,
    Section, Set, Severity, Since, SourceFile, Spec, Status, Superseded, Wire, parse, parse_params,
    parse_schema, parse_superseded, split_range, word,
};
pub use crate::texts::Texts;
