//! The same on the type; and no consequences.

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = orders.toml)]
enum NoString {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code("./orders.toml")]
enum NoKey {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(path = "./orders.toml")]
enum OtherKey {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./sets.toml", set = OrderCode)]
enum Unquoted {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", kinds = "crate::Kind", locales = "en")]
enum Quoted {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", exhaustive = true, methods = "no", locales = ["en", de-CH])]
enum Flags {
    Busy,
}

fn main() {}
