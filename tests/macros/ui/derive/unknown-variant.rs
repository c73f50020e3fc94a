#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    Bussy,
    #[error_code("PAYMENT_DENIED")]
    Payment,
    #[error_code(10001)]
    OutOfStock,
    Bank(#[source] std::fmt::Error),
}

fn main() {}
