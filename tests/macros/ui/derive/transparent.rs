#[derive(Debug, errbook::ErrorCode)]
enum Wrong {
    #[error_code(transparent)]
    Nothing,
    #[error_code(transparent)]
    Two(std::fmt::Error, u8),
    #[error_code(transparent, 5, retry = "never")]
    Facts(std::fmt::Error),
    #[error_code(transparent)]
    NotACode(#[from] std::fmt::Error),
    #[error_code(transparent)]
    Source(#[source] std::fmt::Error),
}

fn main() {}
