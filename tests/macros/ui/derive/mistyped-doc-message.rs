//! The error for a typo in `message = doc` of a type says what was meant.

#[derive(Debug, errbook::ErrorCode)]
#[error_code(mesage = doc)]
enum Key {
    /// The name is taken.
    #[error_code(1)]
    Taken,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(message = docs)]
enum Value {
    /// The name is taken.
    #[error_code(1)]
    Taken,
}

fn main() {}
