#[derive(Debug, errbook::ErrorCode)]
#[error_code(locale = "english")]
enum Inline {
    #[error_code(1, message = "one", retry = "back-off", billing = "gratis")]
    One,
    #[error_code(2)]
    NoMessage,
    NoCode,
    #[error_code("three", message = "three")]
    Text,
    #[error_code(4, message("zh_cn" = "四"), http = 42)]
    Four,
    #[error_code(5, mesage = "five", retry_after = -1)]
    Five,
    #[error_code(6, 7, message = "six", message = "seven")]
    Six,
    #[error_code(spec = "./orders.toml")]
    Spec,
}

fn main() {}
