//! A number that several symbols share does not decode alone.

errbook::include_spec! { "./symbols.toml" }

fn main() {
    let _ = HttpError::from_code(400);
}
