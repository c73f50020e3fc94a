//! What errbook promises, shown on the registry that it ships and on small specs.

mod dependencies;
mod expansion;
mod flags;
mod parameters;
mod problems;
mod received;
mod second_reading;
mod sets;
mod summary;
mod ui;
mod vectors;
mod workspace;
