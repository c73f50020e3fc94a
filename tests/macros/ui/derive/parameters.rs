#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    OutOfStock { skoo: String },
    #[error_code("BAD_FIELD:<field-name>")]
    Tuple(String),
    #[error_code("BUSY")]
    Busy { #[error_code(param = "queue")] length: usize },
}

#[derive(Debug, errbook::ErrorCode)]
enum Inline {
    #[error_code(1, message(en = "only <left>", de = "nur <lefft>"))]
    Left { left: u8 },
    #[error_code(2, message = "only {_0} of {1} or {_1:?}")]
    Format(u8, u8),
    #[error_code(3, message(en = "<0> of <why:?>, <left:.2> and <.0.len()>, <left.len()>, <<left:x>", de = "<lefft>"))]
    Specs { why: u8, left: u8 },
}

fn main() {}
