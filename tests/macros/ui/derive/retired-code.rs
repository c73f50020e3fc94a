#![deny(deprecated)]

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    FaxFailed,
    Busy,
}

fn main() {}
