//! End-to-end tests of errbook, with the registry and with small specs.

// `each_set!(function)` is an array of `("VENDOR", "SET", function::<Enum>)`, one for each set of the
// registry. build.rs writes it.
include!(concat!(env!("OUT_DIR"), "/each_set.rs"));

/// What `each_set!` gives: a vendor, a set, and a function of its enum.
pub(crate) type EachSet<F> = [(&'static str, &'static str, F)];

mod answers;
mod binaries;
mod dependencies;
mod derive;
mod expansion;
mod flags;
mod former;
mod generator;
mod hygiene;
mod inputs;
mod interop;
mod line_ends;
mod locale;
mod numbers;
mod odd_answers;
mod options;
mod packages;
mod parameters;
mod programs;
mod received;
mod registry;
mod replayed;
mod responses;
mod second_reading;
mod sets;
mod summary;
mod symbols;
mod vectors;
mod workspace;
