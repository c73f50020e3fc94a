#[derive(Debug, errbook::ErrorCode)]
#[error_code(severity = "fatal")]
enum Inline {
    #[error_code(1, message = "one", severity = "warn")]
    One,
    #[error_code(2, message = "only <left> left", note(en = "once <left> were left", de = "x"))]
    Two { left: u8 },
    #[error_code(3, message = "three", note(zh_cn = "三", zh_cn = "三"), since = 1)]
    Three,
    #[error_code(4, message = "four", note, said = "vier")]
    Four,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", severity = "info")]
enum OrderError {
    #[error_code("BUSY", note = "At night.")]
    Busy,
}

fn main() {}
