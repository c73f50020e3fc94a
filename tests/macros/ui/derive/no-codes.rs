#[derive(Debug, errbook::ErrorCode)]
enum Plain {
    One,
    Two,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code("X")]
enum OnTheType {
    #[error_code(transparent)]
    One(Plain),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(retry = "backoff", spek = "./orders.toml")]
enum Facts {
    Busy,
}

fn main() {}
