//! Makes one number of a text, in the generator while it searches and in the generated code ever after. (A number is
//! multiplied as it is.)

/// Defines functions, and `tokens`, which gives the source of each: so that what was searched with and what is looked
/// up with cannot drift apart.
macro_rules! written_once {
    ($($(#[doc = $doc:literal])* fn $name:ident $args:tt -> $result:ty $body:block)*) => {
        $($(#[doc = $doc])* pub(crate) const fn $name $args -> $result $body)*

        /// The source of each function, by its name.
        pub(crate) fn tokens(name: &str) -> proc_macro2::TokenStream {
            let source = match name {
                $(stringify!($name) => stringify!(#[inline] const fn $name $args -> $result $body),)*
                _ => "",
            };
            source.parse().expect("the compiler has read it")
        }
    };
}

/// A function and those that it calls.
pub(crate) fn with_callees(name: &'static str) -> Vec<&'static str> {
    match name {
        "mix_edges" | "mix_ends" => vec![name],
        _ => vec![name, "mix_ends"],
    }
}

written_once! {
    /// A text by its length, its first and its last four bytes: the least that tells the names of one vendor apart. Texts
    /// that are shorter are all alike.
    fn mix_edges(text: &[u8], _: u64) -> u64 {
        match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (Some(head), Some(tail)) => {
                let edges = u32::from_le_bytes(*head) as u64 | (u32::from_le_bytes(*tail) as u64) << 32;
                edges.wrapping_add(text.len() as u64)
            }
            _ => 0,
        }
    }

    /// A text by its length, its first and its last eight bytes: all that most names need to be told apart.
    fn mix_ends(text: &[u8], seed: u64) -> u64 {
        let (head, tail) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
                (Some(head), Some(tail)) => (u32::from_le_bytes(*head) as u64, u32::from_le_bytes(*tail) as u64),
                _ => match *text {
                    [] => (0, 0),
                    [first] => (first as u64, 0),
                    [first, .., last] => (first as u64, (last as u64) << 8 | text[1] as u64),
                },
            },
        };
        // Multiplied, so that no bit of the length can undo a difference of the text.
        let len = (text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        head.wrapping_mul(seed).wrapping_add(tail).wrapping_add(len)
    }

    /// A text by two words of its end, where many begin alike: its last eight bytes, and eight further in.
    fn mix_tails(text: &[u8], seed: u64) -> u64 {
        let Some(last) = text.len().checked_sub(8) else { return mix_ends(text, seed) };
        let (_, inner) = text.split_at(last.saturating_sub(12));
        let (Some(inner), Some(tail)) = (inner.first_chunk::<8>(), text.last_chunk::<8>()) else { return 0 };
        let (inner, tail) = (u64::from_le_bytes(*inner), u64::from_le_bytes(*tail));
        let len = (text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        inner.wrapping_mul(seed).wrapping_add(tail).wrapping_add(len)
    }

    /// A text by four words of eight bytes, spread over it, where its ends are not enough. The words of a short text
    /// overlap, so that no branch depends on its length.
    fn mix_words(text: &[u8], seed: u64) -> u64 {
        let ends = mix_ends(text, seed);
        let Some(last) = text.len().checked_sub(8) else { return ends };
        let (_, middle) = text.split_at(last / 2);
        let (_, inner) = text.split_at(last.saturating_sub(8));
        let (Some(middle), Some(inner)) = (middle.first_chunk::<8>(), inner.first_chunk::<8>()) else { return ends };
        let (middle, inner) = (u64::from_le_bytes(*middle), u64::from_le_bytes(*inner));
        ends ^ middle.wrapping_mul(seed.rotate_left(32)).wrapping_add(inner).rotate_left(32)
    }

    /// A text by all of its bytes, where nothing less is enough. Every step can be undone, so that two texts which
    /// differ in one word, or in their length alone, are apart whatever the seed.
    fn mix_all(text: &[u8], seed: u64) -> u64 {
        let mut mixed = mix_ends(text, seed).wrapping_add(text.len() as u64).wrapping_mul(seed);
        let mut rest = text;
        while let Some((word, after)) = rest.split_first_chunk::<8>() {
            mixed = (mixed ^ mixed >> 32 ^ u64::from_le_bytes(*word)).wrapping_mul(seed);
            rest = after;
        }
        mixed ^ mixed >> 32
    }
}
