//! How well the parts of an index fit, in percent.

pub(super) const SAME: u32 = 100;
/// The same template with values, or another writing of the number: leading zeros.
pub(super) const SAME_VALUE: u32 = 97;
pub(super) const FORMER: u32 = 95;
pub(super) const TEMPLATE: u32 = 90;
/// A flag, if another set has the combination as a code.
pub(super) const FLAG_BESIDE_CODE: u32 = 60;
/// A kind, of `IDENTIFIER`.
pub(super) const KIND: u32 = 50;
/// The other sign. Below half, so that it does not show beside the same number.
pub(super) const OTHER_SIGN: u32 = 49;
pub(super) const MENTIONED: u32 = 48;
pub(super) const IN_RANGE: u32 = 45;
/// A vendor or a set, of `IDENTIFIER`.
pub(super) const SCOPE: u32 = 30;
pub(super) const PREFIX: u32 = 20;
pub(super) const NEAR: u32 = 15;
/// Words.
pub(super) const TYPO: u32 = 70;
pub(super) const WORD_PREFIX: u32 = 60;
