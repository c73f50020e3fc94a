#[derive(Debug, errbook::ErrorCode)]
#[error("only {left} left")]
enum Wrong {
    #[error("one")]
    One,
    #[error_code(2, message = "two")]
    Two(#[backtrace] std::fmt::Error),
    #[error_code(3, message = "three {}", 1 + 1)]
    Three,
    #[error_code(4, message = concat!("fo", "ur"))]
    Four,
    #[error_code(5, fmt = core::fmt::Octal::fmt)]
    Five(u8),
    #[error_code(6, message = "six")]
    Six(#[error("...")] u8),
}

#[derive(Debug, errbook::ErrorCode)]
enum Holes {
    #[error_code(1, message = "raw <r#fn>")]
    Raw { r#fn: u8 },
    #[error_code(2, message = "<self> and <_>")]
    Itself(u8),
    #[error_code(3, message = "<_0:?>, <_0:p>, <_0:#x>")]
    Format(u8),
    #[error_code(4, message = "<LIMIT> is a constant")]
    Constant(u8),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code()]
enum Nothing {
    #[error_code()]
    Empty,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "a borrowed source")]
struct Borrowed<'a>(#[source] Inner<'a>);

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "<_0>")]
struct Inner<'a>(&'a str);

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "<tail>")]
struct Unsized {
    tail: str,
}

#[derive(Debug, errbook::ErrorCode)]
union Union {
    a: u8,
}

#[derive(errbook::ErrorCode)]
#[error_code(1, message = "one")]
struct NoDebug;

fn main() {}
