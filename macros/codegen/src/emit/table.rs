//! Writes the tables of an expansion: numbers, pools of strings, columns of facts.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::names::VARIANTS;
use crate::tables::{Blob, Column, Compare, Numbers, Pool, Set, Spans};

/// An identifier of the expansion.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// A number without the suffix of its type.
pub(super) fn number(number: i64) -> Literal {
    Literal::i64_unsuffixed(number)
}

/// A length or position without the suffix of its type.
pub(super) fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// `static NAME: [u8; 3] = [1, 2, 3];`, or as bytes.
pub(super) fn number_table(name: &str, numbers: &Numbers) -> TokenStream {
    let name = ident(name);
    let len = count(numbers.len());
    match numbers {
        Numbers::List { ty, values } => {
            let ty = ident(ty.name());
            let values = values.iter().map(|&value| number(value));
            quote! { static #name: [#ty; #len] = [#(#values),*]; }
        }
        Numbers::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote! { static #name: [u8; #len] = *#bytes; }
        }
        Numbers::Cells { ty, bytes, .. } => {
            let width = count(ty.width());
            let bytes = Literal::byte_string(bytes);
            quote! { static #name: [[u8; #width]; #len] = rt::cells(#bytes); }
        }
    }
}

/// The number at a position of a table.
pub(super) fn emit_read(name: &str, numbers: &Numbers, at: &TokenStream) -> TokenStream {
    let name = ident(name);
    match numbers {
        Numbers::List { .. } | Numbers::Bytes(_) => quote!(#name[#at]),
        Numbers::Cells { ty, .. } => {
            let ty = ident(ty.name());
            quote!(#ty::from_le_bytes(#name[#at]))
        }
    }
}

/// Positions as an array of `u16`, which `rt::spread` and `rt::slots` take.
pub(super) fn spread(positions: &Numbers) -> TokenStream {
    match positions {
        Numbers::List { values, .. } => {
            let values = values.iter().map(|&value| number(value));
            quote!([#(#values),*])
        }
        Numbers::Bytes(bytes) | Numbers::Cells { bytes, .. } => {
            let bytes = Literal::byte_string(bytes);
            quote!(rt::positions(#bytes))
        }
    }
}

/// `static SLOTS: [Set; 8] = …`, of variants by their positions.
pub(super) fn variant_table(table: &str, positions: &Numbers, set: &Set) -> TokenStream {
    let table = ident(table);
    let ty = ident(&set.name);
    let all = ident(VARIANTS);
    let len = count(positions.len());
    let positions = spread(positions);
    quote! { static #table: [#ty; #len] = rt::spread(&#all, #positions); }
}

/// The tables of a pool, and `const fn name(at: usize) -> &'static str`.
pub(super) fn pool(name: &str, pool: &Pool) -> TokenStream {
    pool_with(name, pool, &TokenStream::new())
}

/// The same, each item under some attributes.
pub(super) fn pool_with(name: &str, pool: &Pool, attributes: &TokenStream) -> TokenStream {
    let blob_name = blob_name(name, &pool.blob);
    let blob = match &pool.blob {
        Blob::Parts(texts) => {
            quote! { #attributes static #blob_name: &str = rt::core::concat!(#(#texts),*); }
        }
        Blob::Whole(text) => quote! { #attributes static #blob_name: &str = #text; },
        Blob::Of(_) => TokenStream::new(),
    };
    let tables = span_tables(name, &pool.spans, attributes);
    let Span { start, len, .. } = span(name, &pool.spans, &quote!(at));
    let name = ident(name);
    quote! {
        #blob
        #tables
        #attributes
        #[inline]
        const fn #name(at: usize) -> &'static str {
            rt::text(#blob_name, #start, #len)
        }
    }
}

/// Whether `text` is the string at a position, without a check of where its characters begin.
pub(super) fn compare_text(name: &str, pool: &Pool, at: &TokenStream) -> TokenStream {
    let blob = blob_name(name, &pool.blob);
    let Span { start, end, .. } = span(name, &pool.spans, at);
    match pool.compare {
        Compare::Words(blocks) => {
            let blocks = count(blocks);
            quote!(rt::is_part_by_words::<#blocks>(#blob, #start, #end, text))
        }
        Compare::Blocks(blocks) => {
            let blocks = count(blocks);
            quote!(rt::is_part_by_blocks::<#blocks>(#blob, #start, #end, text))
        }
    }
}

/// The static that the strings of a pool are parts of.
fn blob_name(name: &str, blob: &Blob) -> Ident {
    match blob {
        Blob::Parts(_) | Blob::Whole(_) => ident(&part(name, "TEXT")),
        Blob::Of(other) => ident(&part(other, "TEXT")),
    }
}

fn part(name: &str, part: &str) -> String {
    format!("{}_{part}", name.to_uppercase())
}

/// Where a string begins and ends and how long it is, as expressions.
struct Span {
    start: TokenStream,
    end: TokenStream,
    len: TokenStream,
}

fn span_tables(name: &str, spans: &Spans, attributes: &TokenStream) -> TokenStream {
    let at_name = part(name, "AT");
    let len_name = part(name, "LEN");
    match spans {
        Spans::Offsets { offsets } => {
            let offsets = number_table(&at_name, offsets);
            quote!(#attributes #offsets)
        }
        Spans::Parts { starts, lens } => {
            let starts = number_table(&at_name, starts);
            let lens = number_table(&len_name, lens);
            quote!(#attributes #starts #attributes #lens)
        }
        Spans::Shared { numbers, offsets } => {
            let numbers = number_table(&len_name, numbers);
            let offsets = number_table(&at_name, offsets);
            quote!(#attributes #numbers #attributes #offsets)
        }
    }
}

fn span(name: &str, spans: &Spans, at: &TokenStream) -> Span {
    let at_name = part(name, "AT");
    let len_name = part(name, "LEN");
    match spans {
        Spans::Offsets { offsets } => {
            let start = emit_read(&at_name, offsets, at);
            let end = emit_read(&at_name, offsets, &quote!(#at + 1));
            Span {
                start: quote!(#start as usize),
                end: quote!(#end as usize),
                len: quote!((#end - #start) as usize),
            }
        }
        Spans::Parts { starts, lens } => {
            let start = emit_read(&at_name, starts, at);
            let len = emit_read(&len_name, lens, at);
            Span {
                start: quote!(#start as usize),
                end: quote!(#start as usize + #len as usize),
                len: quote!(#len as usize),
            }
        }
        Spans::Shared { numbers, offsets } => {
            let text = emit_read(&len_name, numbers, at);
            let start = emit_read(&at_name, offsets, &quote!(#text as usize));
            let end = emit_read(&at_name, offsets, &quote!(#text as usize + 1));
            Span {
                start: quote!(#start as usize),
                end: quote!(#end as usize),
                len: quote!((#end - #start) as usize),
            }
        }
    }
}

/// A fact of each variant: a table of it, or the value that all have.
pub(super) struct Fact<'a> {
    name: String,
    ty: TokenStream,
    values: Vec<TokenStream>,
    /// Which of the values each variant has, unless all have the same.
    positions: Option<&'a Numbers>,
}

impl<'a> Fact<'a> {
    pub(super) fn new<T>(
        name: String,
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
        let positions = self.positions?;
        let name = ident(&self.name);
        let ty = &self.ty;
        let values = &self.values;
        let len = count(positions.len());
        let positions = spread(positions);
        Some(quote! { static #name: [#ty; #len] = rt::spread(&[#(#values),*], #positions); })
    }

    /// What reads the fact of `self`.
    pub(super) fn emit_read(&self) -> TokenStream {
        let name = ident(&self.name);
        match &self.positions {
            None => self.values[0].clone(),
            Some(_) => quote!(#name[*self as usize]),
        }
    }
}
