#[derive(Debug)]
struct Shelf;

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml")]
enum OrderError {
    OutOfStock { sku: Shelf, left: u32 },
}

fn main() {}
