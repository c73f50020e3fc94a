//! Chooses how the numbers of a table are written: as a list, or as a string of bytes.

use crate::tables::Numbers;

/// Longer tables are one string of bytes, which is one token for the compiler instead of one for
/// each number. A longer list is not readable in an expansion.
pub(crate) const MOST_WRITTEN_OUT: usize = 300;

impl Numbers {
    /// In the smallest unsigned type that holds them all.
    pub(crate) fn new<N: Copy + Into<i64>>(values: &[N]) -> Self {
        let values: Vec<i64> = values.iter().map(|&value| value.into()).collect();
        let (width, ty) = match values.iter().max() {
            None | Some(..=0xFF) => (1, "u8"),
            Some(..=0xFFFF) => (2, "u16"),
            Some(_) => (4, "u32"),
        };
        Self::of_type(values, width, ty)
    }

    /// As `i32` or `i64`.
    pub(crate) fn signed(values: Vec<i64>, bits: u32) -> Self {
        match bits {
            32 => Self::of_type(values, 4, "i32"),
            _ => Self::of_type(values, 8, "i64"),
        }
    }

    fn of_type(values: Vec<i64>, width: usize, ty: &'static str) -> Self {
        let len = values.len();
        if len <= MOST_WRITTEN_OUT {
            return Self::List { ty, values };
        }
        let mut bytes = Vec::with_capacity(len * width);
        for value in &values {
            bytes.extend_from_slice(&value.to_le_bytes()[..width]);
        }
        match width {
            1 => Self::Bytes(bytes),
            _ => Self::Cells {
                ty,
                width,
                len,
                bytes,
            },
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
            Self::List { ty, .. } => width_of(ty),
            Self::Bytes(_) => 1,
            Self::Cells { width, .. } => *width,
        }
    }

    /// How many bytes the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.len() * self.width()
    }
}

fn width_of(ty: &str) -> usize {
    match ty {
        "u8" => 1,
        "u16" => 2,
        "u32" | "i32" => 4,
        _ => 8,
    }
}
