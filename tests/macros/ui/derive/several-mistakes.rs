//! Each mistake of each variant is an error.

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "The Shop", locale = "en")]
enum Wrong {
    #[error_code(1, message(en = 1, de = 2), retry = "backof", billing = "cheap")]
    One,
    #[error_code(1, message = "<left> left", http = 42)]
    Two { lef: u8 },
    #[error_code(3, message(en = "three <a>", en = "drei <b>"), symbol = 5)]
    Three { a: u8 },
}

fn main() {}
