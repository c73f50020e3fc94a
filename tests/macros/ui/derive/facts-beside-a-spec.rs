#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", vendor = "acme")]
enum OrderError {
    #[error_code("BUSY", retry = "backoff")]
    Busy,
}

fn main() {}
