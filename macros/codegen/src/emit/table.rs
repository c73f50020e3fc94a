//! The parts that tables are written with: numbers, texts, columns.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::tables::{Column, Pool, Spans};

/// An identifier of the expansion.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// A number without the suffix of its type.
pub(super) fn number(number: impl Into<i128>) -> Literal {
    Literal::i128_unsuffixed(number.into())
}

/// A length or position without the suffix of its type.
pub(super) fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// `static NAME: [u8; 3] = [1, 2, 3];`, in the smallest type that holds all the numbers.
pub(super) fn numbers(name: &Ident, values: &[u32]) -> TokenStream {
    let ty = match values.iter().max() {
        None | Some(..=0xFF) => ident("u8"),
        Some(..=0xFFFF) => ident("u16"),
        Some(_) => ident("u32"),
    };
    let len = count(values.len());
    let values = values.iter().map(|&value| Literal::u32_unsuffixed(value));
    quote! { static #name: [#ty; #len] = [#(#values),*]; }
}

/// The type that `positions` gives its table.
pub(super) fn smallest(values: &[u16]) -> Ident {
    ident(if values.iter().any(|&value| value > 0xFF) { "u16" } else { "u8" })
}

/// The same, of positions.
pub(super) fn positions(name: &Ident, values: &[u16]) -> TokenStream {
    let values: Vec<u32> = values.iter().copied().map(u32::from).collect();
    numbers(name, &values)
}

/// The tables of a pool, and `const fn name(at: usize) -> &'static str`.
pub(super) fn pool(name: &str, pool: &Pool) -> TokenStream {
    pool_with(name, pool, &TokenStream::new())
}

/// The same, each item under some attributes.
pub(super) fn pool_with(name: &str, pool: &Pool, attributes: &TokenStream) -> TokenStream {
    let blob = blob(name, pool);
    let (tables, Span { at, start, len }) = spans(name, pool, attributes);
    let name = ident(name);
    let texts = &pool.texts;
    let own = pool.of.is_none().then(|| {
        quote! {
            #attributes
            static #blob: &str = concat!(#(#texts),*);
        }
    });
    quote! {
        #own
        #attributes
        #tables
        #attributes
        #[inline]
        const fn #name(#at: usize) -> &'static str {
            rt::text(#blob, #start, #len)
        }
    }
}

/// `fn name_is(at: usize, text: &str) -> bool`, which does not ask where characters begin.
pub(super) fn is_text(name: &str, pool: &Pool) -> TokenStream {
    let blob = blob(name, pool);
    let (_, Span { at, start, len }) = spans(name, pool, &TokenStream::new());
    let (name, words) = (format_ident!("{name}_is"), count(words(pool)));
    quote! {
        #[inline]
        fn #name(#at: usize, text: &str) -> bool {
            rt::is_part::<#words>(#blob, #start, #len, text)
        }
    }
}

/// How many words of eight bytes from each end reach over every text, unless they are longer than is worth it.
fn words(pool: &Pool) -> usize {
    pool.longest().div_ceil(16).clamp(1, 4)
}

/// The text that the texts of a pool are parts of.
fn blob(name: &str, pool: &Pool) -> Ident {
    part(pool.of.unwrap_or(name), "TEXT")
}

fn part(name: &str, part: &str) -> Ident {
    format_ident!("{}_{part}", name.to_uppercase())
}

/// How code finds where the text at `at` begins and how long it is.
struct Span {
    at: Ident,
    start: TokenStream,
    len: TokenStream,
}

fn spans(name: &str, pool: &Pool, attributes: &TokenStream) -> (TokenStream, Span) {
    let [at, len] = ["AT", "LEN"].map(|each| part(name, each));
    let (tables, start, length) = match &pool.spans {
        Spans::Offsets(offsets) => {
            let tables = numbers(&at, offsets);
            (tables, quote!(#at[at] as usize), quote!((#at[at + 1] - #at[at]) as usize))
        }
        Spans::Parts { starts, lens } => {
            let (starts, lens) = (numbers(&at, starts), numbers(&len, lens));
            (quote!(#starts #attributes #lens), quote!(#at[at] as usize), quote!(#len[at] as usize))
        }
        Spans::Numbers { numbers: each, offsets } => {
            let (each, offsets) = (numbers(&len, each), numbers(&at, offsets));
            let text = quote!(#len[at] as usize);
            (
                quote!(#each #attributes #offsets),
                quote!(#at[#text] as usize),
                quote!((#at[#text + 1] - #at[#text]) as usize),
            )
        }
    };
    (tables, Span { at: ident("at"), start, len: length })
}

/// The table of a column, if it needs one.
pub(super) fn column<T>(
    name: &str,
    ty: &TokenStream,
    column: &Column<T>,
    value: impl Fn(&T) -> TokenStream,
) -> TokenStream {
    match column {
        Column::Same(_) => TokenStream::new(),
        Column::Each { values, positions } => {
            let (name, len) = (ident(name), count(positions.len()));
            let values = values.iter().map(value);
            let positions = positions.iter().map(|&position| Literal::u16_unsuffixed(position));
            quote! { static #name: [#ty; #len] = rt::spread(&[#(#values),*], [#(#positions),*]); }
        }
    }
}

/// What reads the column at the position of `self`.
pub(super) fn cell<T>(name: &str, column: &Column<T>, value: impl Fn(&T) -> TokenStream) -> TokenStream {
    let name = ident(name);
    match column {
        Column::Same(same) => value(same),
        Column::Each { .. } => quote!(#name[*self as usize]),
    }
}
