#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", exhaustive)]
enum OrderError {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(exhaustive)]
enum Inline {
    #[error_code(1, message = "one")]
    One,
}

fn main() {}
