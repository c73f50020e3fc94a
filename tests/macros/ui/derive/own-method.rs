#[derive(Debug, errbook::ErrorCode)]
enum Own {
    #[error_code(1, message = "one")]
    One,
}

impl Own {
    fn code(&self) -> u8 {
        1
    }
}

fn main() {}
