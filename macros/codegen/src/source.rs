//! Rust source in, its tokens out.

use proc_macro2::TokenStream;

/// Parses source that this crate wrote itself.
///
/// Inside rustc, rustc parses it: `proc_macro2` would parse it first by itself, unoptimised.
pub(crate) fn parse_source(source: &str) -> TokenStream {
    const SOUND: &str = "the source consists of names and literals";
    if proc_macro::is_available() {
        let tokens: proc_macro::TokenStream = source.parse().expect(SOUND);
        tokens.into()
    } else {
        source.parse().expect(SOUND)
    }
}
