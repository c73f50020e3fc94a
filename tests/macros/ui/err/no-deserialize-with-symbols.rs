//! A code and a symbol are two fields, and neither alone identifies the code.

errbook::include_spec! { "./symbols.toml" }

fn main() {
    let _: errbook::Received<HttpError> = serde_json::from_str("400").unwrap();
}
