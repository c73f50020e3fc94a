#[derive(Debug, Clone, Copy)]
pub enum Kind {
    RateLimited,
    Forbidden,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(kinds = Kind)]
enum Inline {
    #[error_code(1, message = "one", kind = "rate-limit")]
    One,
    #[error_code(2, message = "two")]
    Two,
}

fn main() {}
