#[derive(Debug)]
struct NotAnError;

#[derive(Debug, errbook::ErrorCode)]
enum Wrong {
    #[error_code(1, message = "one")]
    Two { #[source] a: std::fmt::Error, #[source] source: std::fmt::Error },
    #[error_code(2, message = "two")]
    More(#[from] std::fmt::Error, u8),
    #[error_code(3, message = "three")]
    Same(#[from] std::fmt::Error),
    #[error_code(4, message = "four")]
    #[from]
    Misplaced,
    #[error_code(5, message = "five")]
    Argument(#[source(backtrace)] std::fmt::Error),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "one")]
struct Source(#[source] NotAnError);

fn main() {}
