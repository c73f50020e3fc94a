//! End-to-end tests of errbook, with the registry and with small specs.

mod binaries;
mod dependencies;
mod derive;
mod expansion;
mod facts;
mod flags;
mod generator;
mod interop;
mod line_ends;
mod locale;
mod parameters;
mod problems;
mod programs;
mod received;
mod registry;
mod responses;
mod second_reading;
mod sets;
mod summary;
mod vectors;
mod workspace;
