//! Structs, enums and unions, with their variants and fields.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Token, token};

use crate::rust::{Attribute, Generics, Type, all, up_to, visibility};

/// A struct, an enum or a union.
pub(crate) struct Item {
    pub(crate) attributes: Vec<Attribute>,
    /// `pub`, `pub(…)`, or nothing.
    pub(crate) visibility: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) data: Data,
}

/// What an item is made of.
pub(crate) enum Data {
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
    /// Where the word stands.
    Union(Span),
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) fields: Vec<Field>,
}

/// A field of a struct or a variant.
pub(crate) struct Field {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) member: Member,
    pub(crate) ty: Type,
}

/// What a field is called: by its name, or its position.
pub(crate) enum Member {
    Named(Ident),
    Unnamed(usize, Span),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, visibility) = (Attribute::parse_all(input)?, visibility(input)?);
        let word = input.lookahead1();
        let is_enum = word.peek(Token![enum]);
        let is_union = word.peek(Token![union]);
        if !is_enum && !is_union && !word.peek(Token![struct]) {
            return Err(word.error());
        }
        let (word, ident) = (input.call(Ident::parse_any)?, input.parse()?);
        let mut generics = Generics::parse(input)?;
        generics.parse_where(input)?;
        let data = if is_enum {
            let inner;
            syn::braced!(inner in input);
            Data::Enum(all(&inner, &mut Variant::parse)?)
        } else {
            let fields = fields(input)?;
            if is_union {
                Data::Union(word.span())
            } else {
                Data::Struct(fields)
            }
        };
        // A tuple's stands behind its fields.
        generics.parse_where(input)?;
        input.parse::<Option<Token![;]>>()?;
        Ok(Self {
            attributes,
            visibility,
            ident,
            generics,
            data,
        })
    }
}

impl Variant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_all(input)?;
        visibility(input)?;
        let (ident, fields) = (input.parse()?, fields(input)?);
        if input.parse::<Option<Token![=]>>()?.is_some() {
            discriminant(input)?;
        }
        Ok(Self {
            attributes,
            ident,
            fields,
        })
    }
}

/// Skips the value of a variant. What stands in angle brackets has commas of its own: in those of a call
/// (`f::<A, B>()`), of a path (`<A as B<C, D>>::E`) and of a type behind `as`. Any other `<` compares or shifts.
fn discriminant(input: ParseStream<'_>) -> syn::Result<()> {
    let (mut is_operand, mut is_cast) = (false, false);
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.peek(Token![<]) && (is_cast || !is_operand) {
            input.parse::<Token![<]>()?;
            up_to(input, &|input| input.peek(Token![>]))?;
            input.parse::<Token![>]>()?;
            is_operand = true;
        } else if input.parse::<Option<Token![::]>>()?.is_some() {
            is_operand = false;
        } else if input.parse::<Option<Token![<<]>>()?.is_some() {
            (is_operand, is_cast) = (false, false);
        } else if input.parse::<Option<Token![as]>>()?.is_some() {
            (is_operand, is_cast) = (false, true);
        } else {
            let is_punct = matches!(input.parse()?, TokenTree::Punct(_));
            (is_operand, is_cast) = (!is_punct, is_cast && !is_punct);
        }
    }
    Ok(())
}

/// Reads `{ … }`, `( … )`, or nothing.
fn fields(input: ParseStream<'_>) -> syn::Result<Vec<Field>> {
    let inner;
    if input.peek(token::Brace) {
        syn::braced!(inner in input);
        return all(&inner, &mut Field::named);
    }
    if !input.peek(token::Paren) {
        return Ok(Vec::new());
    }
    syn::parenthesized!(inner in input);
    let mut positions = 0..;
    all(&inner, &mut |input| {
        Field::unnamed(input, positions.next().unwrap_or_default())
    })
}

impl Field {
    fn named(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_all(input)?;
        visibility(input)?;
        let member = Member::Named(input.parse()?);
        input.parse::<Token![:]>()?;
        Ok(Self {
            attributes,
            member,
            ty: input.parse()?,
        })
    }

    fn unnamed(input: ParseStream<'_>, position: usize) -> syn::Result<Self> {
        let attributes = Attribute::parse_all(input)?;
        visibility(input)?;
        let ty: Type = input.parse()?;
        Ok(Self {
            attributes,
            member: Member::Unnamed(position, ty.span()),
            ty,
        })
    }
}

impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Named(name) => name.to_tokens(tokens),
            Self::Unnamed(index, span) => {
                let mut index = Literal::usize_unsuffixed(*index);
                index.set_span(*span);
                index.to_tokens(tokens);
            }
        }
    }
}
