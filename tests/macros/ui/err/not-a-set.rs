//! Types that are no sets of codes, and values that are no codes.

errbook::include_spec! { "./spec.toml" }

fn decode<C: errbook::CodeSet>() {}

struct Envelope;

fn main() {
    decode::<u32>();
    let _ = errbook::Received::<ShopCode>::from(Envelope);
}
