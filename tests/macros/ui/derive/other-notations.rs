//! What other crates and other parts of errbook write in another way.

#[derive(Debug, errbook::ErrorCode)]
enum Wrong {
    #[error_code(1, message = "{left} left")]
    Braces { left: u8 },
    #[error_code(2, message = "characters", .0.len())]
    Expression(String),
    #[error_code(3, message = "characters", len = .0.len())]
    NamedExpression(String),
    #[error_code(4, message = "{} left", left)]
    Argument { left: u8 },
    #[error_code(5u16, message = "suffix")]
    Suffix,
    #[error_code(E6, message = "identifier")]
    Identifier,
    #[error_code(code = 7, message = "key")]
    Key,
    #[error_code(8, "eight")]
    NoKey,
    #[error_code(9, message = "word", retry = backoff)]
    Word,
    #[error_code(10, message = "path", retry = Retry::AfterFix)]
    Path,
    #[error_code(11, message: "colon")]
    Colon,
    #[error_code(12, message = "number", http = "404", retry_after = "30s")]
    Number,
    #[error_code(13, message = "flag", success = "yes")]
    Flag,
    #[error_code(14, message = 5)]
    NoString,
    #[error_code(15, message(english = "fifteen"))]
    Language,
    #[error_code(16, message = "source", source)]
    Source(std::io::Error),
    #[error_code(17, message = format!("macro"))]
    Macro,
    #[error_code(18, message = "field")]
    Field(#[error_code(from)] std::io::Error),
    #[error_code(99999999999999999999, message = "big")]
    Big,
}

fn main() {}
