//! What errbook promises, shown on the registry that it ships and on small specs.

mod answers;
mod binaries;
mod dependencies;
mod derive;
mod expansion;
mod facts;
mod flags;
mod generator;
mod interop;
mod locale;
mod parameters;
mod problems;
mod programs;
mod received;
mod registry;
mod second_reading;
mod sets;
mod summary;
mod vectors;
mod workspace;
