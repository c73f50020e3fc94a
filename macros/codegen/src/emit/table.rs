//! The parts that tables are written with: numbers, texts, columns.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::tables::{Column, Pool, Spans};

/// An identifier of the expansion.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// The tokens of a text. Inside a compiler it is the compiler's to read: `proc_macro2` would read it first, to be sure, and
/// is not optimised there.
pub(super) fn tokens(text: &str) -> TokenStream {
    const SOUND: &str = "what is written here are names and literals";
    if proc_macro::is_available() {
        return text.parse::<proc_macro::TokenStream>().expect(SOUND).into();
    }
    text.parse().expect(SOUND)
}

/// A number without the suffix of its type.
pub(super) fn number(number: i64) -> Literal {
    Literal::i64_unsuffixed(number)
}

/// A length or position without the suffix of its type.
pub(super) fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// The numbers of a column or a lookup, and how the code reads one of them.
pub(super) struct Numbers {
    name: String,
    /// The type of a number: how many bytes it has, and its name.
    bytes: usize,
    ty: &'static str,
    values: Vec<i64>,
}

/// More numbers than a person would read are one string of bytes: one token for the compiler, and not one each.
const MOST_WRITTEN_OUT: usize = 300;

impl Numbers {
    /// In the smallest type that holds them all.
    pub(super) fn new<N: Copy + Into<i64>>(name: &str, values: &[N]) -> Self {
        let values: Vec<i64> = values.iter().map(|&value| value.into()).collect();
        let (bytes, ty) = match values.iter().max() {
            None | Some(..=0xFF) => (1, "u8"),
            Some(..=0xFFFF) => (2, "u16"),
            Some(_) => (4, "u32"),
        };
        Self {
            name: name.to_owned(),
            bytes,
            ty,
            values,
        }
    }

    /// Numbers of 32 or 64 bits, with a sign.
    pub(super) fn signed(name: &str, bits: u32, values: &[i64]) -> Self {
        let (bytes, ty) = if bits == 32 { (4, "i32") } else { (8, "i64") };
        Self {
            name: name.to_owned(),
            bytes,
            ty,
            values: values.to_vec(),
        }
    }

    /// The type of what is read.
    pub(super) fn ty(&self) -> Ident {
        ident(self.ty)
    }

    fn is_bytes(&self) -> bool {
        self.values.len() > MOST_WRITTEN_OUT
    }

    fn string(&self) -> Literal {
        let mut bytes = Vec::with_capacity(self.values.len() * self.bytes);
        for value in &self.values {
            bytes.extend_from_slice(&value.to_le_bytes()[..self.bytes]);
        }
        Literal::byte_string(&bytes)
    }

    /// `static NAME: [u8; 3] = [1, 2, 3];`, or as bytes.
    pub(super) fn item(&self) -> TokenStream {
        let (name, values) = (ident(&self.name), &self.values);
        let (ty, len) = (self.ty(), count(values.len()));
        if !self.is_bytes() {
            let values = values.iter().map(|&value| number(value));
            return quote! { static #name: [#ty; #len] = [#(#values),*]; };
        }
        let string = self.string();
        match self.bytes {
            1 => quote! { static #name: [u8; #len] = *#string; },
            bytes => {
                let bytes = count(bytes);
                quote! { static #name: [[u8; #bytes]; #len] = rt::cells(#string); }
            }
        }
    }

    /// The number at a place.
    pub(super) fn read(&self, at: &TokenStream) -> TokenStream {
        let (name, ty) = (ident(&self.name), self.ty());
        match self.bytes {
            2.. if self.is_bytes() => quote!(#ty::from_le_bytes(#name[#at])),
            _ => quote!(#name[#at]),
        }
    }
}

/// A value for each position: `rt::spread(values, [0, 1, 0])`, or with the numbers of the values as bytes.
pub(super) fn spread(values: &TokenStream, positions: &[u16]) -> TokenStream {
    let numbers = Numbers::new("", positions);
    if numbers.is_bytes() {
        let string = numbers.string();
        return quote!(rt::spread(#values, rt::positions(#string)));
    }
    let positions = positions
        .iter()
        .map(|&position| Literal::u16_unsuffixed(position));
    quote!(rt::spread(#values, [#(#positions),*]))
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
        let text = if texts.len() > MOST_WRITTEN_OUT {
            texts.concat().to_token_stream()
        } else {
            quote!(concat!(#(#texts),*))
        };
        quote! {
            #attributes
            static #blob: &str = #text;
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
    let (name, blocks) = (format_ident!("{name}_is"), count(blocks(pool)));
    quote! {
        #[inline]
        fn #name(#at: usize, text: &str) -> bool {
            rt::is_part::<#blocks>(#blob, #start, #len, text)
        }
    }
}

/// How many blocks of 16 bytes cover every text, unless they are longer than is worth it.
fn blocks(pool: &Pool) -> usize {
    pool.longest().div_ceil(16).clamp(2, 4)
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
    let [at, len] = ["AT", "LEN"].map(|each| part(name, each).to_string());
    let here = quote!(at);
    let difference = |offsets: &Numbers, at: &TokenStream| {
        let (start, end) = (offsets.read(at), offsets.read(&quote!(#at + 1)));
        quote!((#end - #start) as usize)
    };
    let (tables, start, length) = match &pool.spans {
        Spans::Offsets(offsets) => {
            let offsets = Numbers::new(&at, offsets);
            let start = offsets.read(&here);
            (
                offsets.item(),
                quote!(#start as usize),
                difference(&offsets, &here),
            )
        }
        Spans::Parts { starts, lens } => {
            let (starts, lens) = (Numbers::new(&at, starts), Numbers::new(&len, lens));
            let (start, length, items) = (
                starts.read(&here),
                lens.read(&here),
                [starts.item(), lens.item()],
            );
            let [starts, lens] = items;
            (
                quote!(#starts #attributes #lens),
                quote!(#start as usize),
                quote!(#length as usize),
            )
        }
        Spans::Numbers { numbers, offsets } => {
            let (numbers, offsets) = (Numbers::new(&len, numbers), Numbers::new(&at, offsets));
            let number = numbers.read(&here);
            let text = quote!(#number as usize);
            let start = offsets.read(&text);
            let length = difference(&offsets, &text);
            let (numbers, offsets) = (numbers.item(), offsets.item());
            (
                quote!(#numbers #attributes #offsets),
                quote!(#start as usize),
                length,
            )
        }
    };
    (
        tables,
        Span {
            at: ident("at"),
            start,
            len: length,
        },
    )
}

/// A fact of each variant: a table of it, or the value that all have.
pub(super) struct Fact<'a> {
    name: &'static str,
    ty: TokenStream,
    values: Vec<TokenStream>,
    /// Which of the values each variant has, unless all have the same.
    positions: Option<&'a [u16]>,
}

impl<'a> Fact<'a> {
    pub(super) fn new<T>(
        name: &'static str,
        ty: TokenStream,
        column: &'a Column<T>,
        value: &dyn Fn(&T) -> TokenStream,
    ) -> Self {
        match column {
            Column::Same(same) => Self {
                name,
                ty,
                values: vec![value(same)],
                positions: None,
            },
            Column::Each { values, positions } => Self {
                name,
                ty,
                values: values.iter().map(value).collect(),
                positions: Some(positions),
            },
        }
    }

    /// The table, if one is needed.
    pub(super) fn item(&self) -> Option<TokenStream> {
        let (name, ty, values) = (ident(self.name), &self.ty, &self.values);
        let positions = self.positions?;
        let (len, spread) = (
            count(positions.len()),
            spread(&quote!(&[#(#values),*]), positions),
        );
        Some(quote! { static #name: [#ty; #len] = #spread; })
    }

    /// What reads the fact of `self`.
    pub(super) fn read(&self) -> TokenStream {
        let name = ident(self.name);
        match &self.positions {
            None => self.values[0].clone(),
            Some(_) => quote!(#name[*self as usize]),
        }
    }
}
