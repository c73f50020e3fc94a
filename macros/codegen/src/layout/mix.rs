//! Mixes a string into one number. The generator calls these functions while it searches, and
//! copies their source into the generated code. (Codes that are numbers are not mixed.)

/// Defines functions, and `tokens`, which returns the source of each function, so that the search
/// and the generated lookup cannot differ.
macro_rules! written_once {
    ($($(#[doc = $doc:literal])* fn $name:ident $args:tt -> $result:ty $body:block)*) => {
        $($(#[doc = $doc])* pub(crate) const fn $name $args -> $result $body)*

        /// The source of a function.
        pub(crate) fn tokens(name: &str) -> proc_macro2::TokenStream {
            let source = match name {
                $(stringify!($name) => stringify!(#[inline] const fn $name $args -> $result $body),)*
                _ => "",
            };
            source.parse().expect("the compiler has read it")
        }
    };
}

/// A function and the functions that it calls.
pub(crate) fn with_callees(name: &'static str) -> Vec<&'static str> {
    match name {
        "mix_edges" => vec![name],
        _ => vec![name, "mix_ends"],
    }
}

written_once! {
    /// Mixes the length, the first four bytes and the last four bytes: the cheapest mix that
    /// distinguishes the symbols of a typical vendor. All strings of less than four bytes collide.
    fn mix_edges(text: &[u8], _: u64) -> u64 {
        match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (Some(head), Some(tail)) => {
                let head = u32::from_le_bytes(*head) as u64;
                let tail = u32::from_le_bytes(*tail) as u64;
                (head | tail << 32).wrapping_add(text.len() as u64)
            }
            _ => 0,
        }
    }

    /// Mixes the length, the first eight bytes and the last eight bytes: the start of the mixes
    /// below, and all of them for a string of less than eight bytes.
    fn mix_ends(text: &[u8], seed: u64) -> u64 {
        let (head, tail) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
                (Some(head), Some(tail)) => {
                    (u32::from_le_bytes(*head) as u64, u32::from_le_bytes(*tail) as u64)
                }
                _ => match *text {
                    [] => (0, 0),
                    [first] => (first as u64, 0),
                    [first, .., last] => (first as u64, (last as u64) << 8 | text[1] as u64),
                },
            },
        };
        // Multiplied, so that a difference in the length does not cancel a difference in the bytes.
        let len = (text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        head.wrapping_mul(seed).wrapping_add(tail).wrapping_add(len)
    }

    /// Mixes the last eight bytes and eight bytes before those, for names with a long common
    /// prefix.
    fn mix_tails(text: &[u8], seed: u64) -> u64 {
        let Some(last) = text.len().checked_sub(8) else { return mix_ends(text, seed) };
        let (_, inner) = text.split_at(last.saturating_sub(12));
        let Some(inner) = inner.first_chunk::<8>() else { return 0 };
        let Some(tail) = text.last_chunk::<8>() else { return 0 };
        let inner = u64::from_le_bytes(*inner);
        let tail = u64::from_le_bytes(*tail);
        let len = (text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        inner.wrapping_mul(seed).wrapping_add(tail).wrapping_add(len)
    }

    /// Mixes four words of eight bytes, spread over the string, where both ends are not enough. The
    /// words of a short string overlap, so that no branch depends on the length.
    fn mix_words(text: &[u8], seed: u64) -> u64 {
        let ends = mix_ends(text, seed);
        let Some(last) = text.len().checked_sub(8) else { return ends };
        let (_, middle) = text.split_at(last / 2);
        let (_, inner) = text.split_at(last.saturating_sub(8));
        let Some(middle) = middle.first_chunk::<8>() else { return ends };
        let Some(inner) = inner.first_chunk::<8>() else { return ends };
        let middle = u64::from_le_bytes(*middle);
        let inner = u64::from_le_bytes(*inner);
        let middle = middle.wrapping_mul(seed.rotate_left(32));
        ends ^ middle.wrapping_add(inner).rotate_left(32)
    }

    /// Mixes all bytes, where nothing less is enough. Every step is invertible, so that two strings
    /// that differ in one word, or only in their length, differ under every seed.
    fn mix_all(text: &[u8], seed: u64) -> u64 {
        let mut mixed = mix_ends(text, seed)
            .wrapping_add(text.len() as u64)
            .wrapping_mul(seed);
        let mut rest = text;
        while let Some((word, after)) = rest.split_first_chunk::<8>() {
            mixed = (mixed ^ mixed >> 32 ^ u64::from_le_bytes(*word)).wrapping_mul(seed);
            rest = after;
        }
        mixed ^ mixed >> 32
    }
}
