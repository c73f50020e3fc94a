//! Chooses how the numbers of a table are written: as a list, or as a string of bytes.

use crate::tables::{NumberType, Numbers};

/// Longer tables are one string of bytes, which is one token for the compiler instead of one for
/// each number. The limit was chosen, not measured: the tables of every bundled set stay readable
/// in an expansion (the largest has 139 codes), and a longer list is not.
pub(crate) const MOST_WRITTEN_OUT: usize = 300;

impl Numbers {
    /// In the smallest unsigned type that holds them all.
    pub(crate) fn new<N: Copy + Into<i64>>(values: &[N]) -> Self {
        let values: Vec<i64> = values.iter().map(|&value| value.into()).collect();
        let ty = match values.iter().max() {
            None | Some(..=0xFF) => NumberType::U8,
            Some(..=0xFFFF) => NumberType::U16,
            Some(_) => NumberType::U32,
        };
        Self::of_type(values, ty)
    }

    /// In a type that holds them all.
    pub(crate) fn of_type(values: Vec<i64>, ty: NumberType) -> Self {
        let len = values.len();
        let width = ty.width();
        if len <= MOST_WRITTEN_OUT {
            return Self::List { ty, values };
        }
        let mut bytes = Vec::with_capacity(len * width);
        for value in &values {
            bytes.extend_from_slice(&value.to_le_bytes()[..width]);
        }
        match ty {
            NumberType::U8 => Self::Bytes(bytes),
            NumberType::U16 | NumberType::U32 | NumberType::I32 | NumberType::I64 => {
                Self::Cells { ty, len, bytes }
            }
        }
    }

    /// How many numbers there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::List { values, .. } => values.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Cells { len, .. } => *len,
        }
    }

    /// How many bytes a number takes.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::List { ty, .. } | Self::Cells { ty, .. } => ty.width(),
            Self::Bytes(_) => 1,
        }
    }

    /// How many bytes the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.len() * self.width()
    }
}
