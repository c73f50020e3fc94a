//! A database client in the shape of those that services use: its errors have neither a code for
//! clients nor words that they should read.

use std::fmt;

/// What can go wrong with a query.
#[derive(Debug)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The query returns no row.
    RowNotFound,
    /// No connection became free in time.
    PoolTimedOut,
    /// A constraint of a table was violated.
    UniqueViolation {
        /// Its name.
        constraint: &'static str,
    },
    /// Anything else, in the words of the server.
    Protocol(String),
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowNotFound => f.write_str("no rows returned"),
            Self::PoolTimedOut => f.write_str("no connection within 30 s"),
            Self::UniqueViolation { constraint } => {
                write!(f, "duplicate key violates {constraint}")
            }
            Self::Protocol(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for DatabaseError {}
