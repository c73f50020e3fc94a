#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    Busy,
    #[error_code(1003)]
    Queue,
}

#[derive(Debug, errbook::ErrorCode)]
enum Inline {
    #[error_code(1, message = "one")]
    One,
    #[error_code(1, message = "another")]
    Another,
}

fn main() {}
