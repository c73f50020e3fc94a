#[derive(Debug, errbook::ErrorCode)]
#[error_code]
enum Alone {
    #[error_code = "1"]
    Value,
    #[error_code[2]]
    Brackets,
    #[error_code(3, message = "three", )]
    Comma,
    #[error_code(4, message)]
    NoText,
    #[error_code(8, message(en = 8, de = "acht"), billing = "free")]
    NoString,
    #[error_code(5, message = "five" http = 400)]
    NoComma,
    #[error_code(6, message = "six")]
    Six(#[source(wrong)] std::fmt::Error),
    #[error_code(7, message = "seven")]
    Seven(#[source = "wrong"] std::fmt::Error),
}

fn main() {}
