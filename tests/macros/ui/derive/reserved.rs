//! Reserved numbers and names, which no variant may use again.

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", reserved(7..=9, -1, "Gone"))]
enum Numbers {
    #[error_code(8, message = "a")]
    Eight,
    #[error_code(-1, message = "b")]
    Minus,
    #[error_code(10, message = "c")]
    Gone,
    #[error_code(11, message = "d")]
    Free,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", reserved(9..=7, 1..3, Gone))]
enum Invalid {
    #[error_code(1, message = "a")]
    One,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", reserved(9..=7, 7))]
enum Empty {
    #[error_code(1, message = "a")]
    One,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", reserved("OLD"))]
enum Texts {
    #[error_code("OLD", message = "a")]
    One,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", reserved(7))]
enum FromSpec {
    Busy,
}

fn main() {}
