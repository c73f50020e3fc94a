#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "one", crate = no::such)]
struct Own;

fn main() {}
