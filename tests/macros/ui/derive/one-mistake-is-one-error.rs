use errbook::{ErrorCode, Locale};

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    Bussy,
    Io(#[from] std::fmt::Error),
}

fn main() {
    let error: OrderError = std::fmt::Error.into();
    let _ = (error.code(), error.message(Locale::EN), error.to_string());
    let _: &dyn ErrorCode = &error;
    let _: &dyn std::error::Error = &error;
}
