#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(code_set)]
enum Fields {
    #[error_code(1, message = "one")]
    One,
    #[error_code(2, message = "two of <_0>")]
    Two(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(code_set)]
enum Generic<const N: usize> {
    #[error_code(1, message = "one")]
    One,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(code_set)]
enum Empty {}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", code_set)]
enum OrderError {
    Busy,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, errbook::ErrorCode)]
#[error_code(code_set)]
enum NotDistinct {
    #[error_code(1, message = "one")]
    One,
}

#[derive(Debug, errbook::ErrorCode)]
enum NotAsked {
    #[error_code(1, message = "one")]
    One,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(code_set)]
enum OneMistake {
    #[error_code(1, message = "one", retry = "backof")]
    One,
    #[error_code("two", message = "two")]
    Two,
}

fn takes<C: errbook::CodeSet>(_: C) {}

fn main() {
    takes(NotAsked::One);
    takes(OneMistake::One);
    let _ = (OneMistake::ALL, OneMistake::from_code(1), OneMistake::try_from(1));
    let _ = errbook::Received::<NotAsked>::from_integer(1);
}
