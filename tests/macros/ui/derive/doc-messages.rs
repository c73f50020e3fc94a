#[derive(Debug, errbook::ErrorCode)]
enum Wrong {
    #[error_code(1, message = doc)]
    Missing,
    /// Only <lefft> left.
    #[error_code(2, message(en = doc, de = "nur <left>"))]
    Typo { left: u8 },
    /// Text.
    #[error_code(3, message = docs)]
    Word,
    /// Text.
    #[error_code(4, message = "four", remedy = doc)]
    Remedy,
    #[doc = concat!("fi", "ve")]
    #[error_code(5, message = doc)]
    Macro,
    /// Only <0> left.
    #[error_code(6, message = doc)]
    Position(u8),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(message = doc)]
enum All {
    /// Text.
    #[error_code(1)]
    There,
    #[error_code(2)]
    Missing,
    /// Text.
    NoCode,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(message = "the same")]
enum Same {
    #[error_code(1, message = "one")]
    One,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", message = doc)]
enum OrderError {
    /// Text.
    Busy,
}

fn main() {}
