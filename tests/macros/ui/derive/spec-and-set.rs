#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./oders.toml")]
enum NoFile {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", set = "OrdersCode")]
enum NoSet {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./sets.toml")]
enum WhichSet {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./sets.toml", set = "Http")]
enum WhichCode {
    #[error_code(400)]
    Bad,
    #[error_code("400.BAD_REQUEST")]
    Request,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./orders.toml", locales = [en, fr, dee])]
enum Languages {
    Busy,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "./broken.toml")]
enum Broken {
    Fine,
}

fn main() {}
