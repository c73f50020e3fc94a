//! With a code and a symbol there are two fields, and neither alone says which code it is.

errbook::include_spec! { "./symbols.toml" }

fn main() {
    let _: errbook::Received<HttpError> = serde_json::from_str("400").unwrap();
}
