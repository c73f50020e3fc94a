//! How much a word counts by where it is, in percent.

pub(super) const MESSAGE: u32 = 100;
pub(super) const NAME: u32 = 80;
pub(super) const REMEDY: u32 = 70;
pub(super) const SECTION: u32 = 60;
pub(super) const KIND: u32 = 61;
pub(super) const TITLE: u32 = 50;
pub(super) const USER: u32 = 51;
pub(super) const NOTE: u32 = 30;

/// Whether it is a message or a remedy.
pub(super) fn is_of_message(field: u32) -> bool {
    matches!(field, MESSAGE | REMEDY)
}

/// Whether it is a name, of which a few words say little.
pub(super) fn is_of_name(field: u32) -> bool {
    matches!(field, NAME | KIND)
}
