//! The enum or struct as its author wrote it: variants, fields, and what their attributes say.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::derive::errors::Errors;
use crate::derive::options::{self, OfCode, OfType};
use crate::rust::{self, Attribute, Data, Generics, Member, Type};

/// An enum or struct.
pub(super) struct Item<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a TokenStream,
    pub(super) generics: &'a Generics,
    pub(super) attributes: &'a [Attribute],
    pub(super) options: OfType,
    /// The variants; the struct itself as the only one.
    pub(super) variants: Vec<Variant<'a>>,
}

/// A variant, or a struct.
pub(super) struct Variant<'a> {
    pub(super) ident: &'a Ident,
    /// What a pattern begins with: `Self::OutOfStock`, or `Self`.
    pub(super) path: TokenStream,
    pub(super) attributes: &'a [Attribute],
    pub(super) says: OfCode,
    pub(super) fields: Vec<Field<'a>>,
}

/// A field of a variant.
pub(super) struct Field<'a> {
    pub(super) member: &'a Member,
    pub(super) ty: &'a Type,
    /// The parameter that it fills, if there is one of that name.
    pub(super) param: String,
    /// It was said, and not taken from the field's name.
    pub(super) param_span: Option<Span>,
    /// `#[source]`, `#[from]`, or the name `source`.
    pub(super) is_source: bool,
    pub(super) from: Option<&'a Attribute>,
}

impl<'a> Item<'a> {
    /// Reads the item; a union is none.
    pub(super) fn new(input: &'a rust::Item, errors: &mut Errors) -> Option<Self> {
        let is_struct = matches!(input.data, Data::Struct(_));
        let (options, says) = options::of_type(&input.attributes, is_struct, errors);
        misplaced(&input.attributes, "the type", errors);
        let ident = &input.ident;
        let variants = match &input.data {
            Data::Union(span) => {
                errors.at(
                    *span,
                    "an error code is an enum or a struct: a union cannot say which field is set",
                );
                return None;
            }
            Data::Struct(fields) => {
                let fields = self::fields(fields, errors);
                vec![Variant {
                    ident,
                    path: quote!(Self),
                    attributes: &input.attributes,
                    says,
                    fields,
                }]
            }
            Data::Enum(variants) => variants
                .iter()
                .map(|variant| self::variant(variant, errors))
                .collect(),
        };
        let mut item = Self {
            ident,
            visibility: &input.visibility,
            generics: &input.generics,
            attributes: &input.attributes,
            options,
            variants,
        };
        item.variants
            .iter_mut()
            .for_each(|variant| variant.check(errors));
        item.sources_differ(errors);
        Some(item)
    }
}

impl Item<'_> {
    /// No two variants are made from the same type.
    fn sources_differ(&mut self, errors: &mut Errors) {
        let mut makers: Vec<(String, &Ident)> = Vec::new();
        for variant in &mut self.variants {
            for field in variant
                .fields
                .iter_mut()
                .filter(|field| field.from.is_some())
            {
                let ty = field.ty.to_token_stream().to_string();
                if let Some((_, before)) = makers.iter().find(|(known, _)| *known == ty) {
                    let message = format!(
                        "`#[from]` of this type already makes `{before}`; say `#[source]` here"
                    );
                    errors.on(field.from.take(), message);
                }
                makers.push((ty, variant.ident));
            }
        }
    }
}

fn variant<'a>(variant: &'a rust::Variant, errors: &mut Errors) -> Variant<'a> {
    misplaced(&variant.attributes, "a variant", errors);
    // The author's own `#[deprecated]` warns those who use the variant, and this is not a use.
    let ident = respanned(&variant.ident);
    Variant {
        ident: &variant.ident,
        path: quote!(Self::#ident),
        attributes: &variant.attributes,
        says: options::of_variant(&variant.attributes, errors),
        fields: fields(&variant.fields, errors),
    }
}

/// The same name as one of the expansion's own.
fn respanned(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(here(ident.span()));
    ident
}

fn fields<'a>(fields: &'a [rust::Field], errors: &mut Errors) -> Vec<Field<'a>> {
    fields
        .iter()
        .map(|field| self::field(field, errors))
        .collect()
}

fn field<'a>(field: &'a rust::Field, errors: &mut Errors) -> Field<'a> {
    let find = |name: &str| field.attributes.iter().find(|attribute| attribute.is(name));
    for attribute in [find("source"), find("from")].into_iter().flatten() {
        errors.ok(attribute.without_arguments());
    }
    if let Some(attribute) = find("error") {
        errors.on(
            attribute,
            "`#[error]` is thiserror's; which parameter a field fills is `#[error_code(param = \"…\")]`",
        );
    }
    if let Some(attribute) = find("backtrace") {
        errors.on(
            attribute,
            "`#[backtrace]` needs a feature of the standard library that is not stable; a field of type `Backtrace` \
             may stay, and a method of yours can give it",
        );
    }
    let given = options::of_field(&field.attributes, errors);
    let member = &field.member;
    let name = match member {
        Member::Named(name) => name.unraw().to_string(),
        Member::Unnamed(index, _) => format!("_{index}"),
    };
    // A field called `r#source` is the way to have a field of that name that is not the source.
    let is_called_source = matches!(member, Member::Named(name) if name == "source");
    let (source, from) = (find("source"), find("from"));
    Field {
        ty: &field.ty,
        param_span: given.as_ref().map(syn::LitStr::span),
        param: given.map_or(name, |given| given.value()),
        is_source: source.is_some()
            || from.is_some()
            || (is_called_source && given_is_none(&field.attributes)),
        from,
        member,
    }
}

/// True unless the field is said to be a parameter.
fn given_is_none(attributes: &[Attribute]) -> bool {
    !attributes
        .iter()
        .any(|attribute| attribute.is("error_code"))
}

/// Says of attributes that belong elsewhere, where.
fn misplaced(attributes: &[Attribute], what: &str, errors: &mut Errors) {
    for attribute in attributes {
        let belongs_on_a_field = ["source", "from", "backtrace"]
            .into_iter()
            .find(|name| attribute.is(name));
        if attribute.is("error") {
            errors.on(
                attribute,
                "`#[error(…)]` is thiserror's; here the text is of a code: \
                 `#[error_code(1001, message(en = \"only <left> left\"))]`, with a field's name between `<` and `>`",
            );
        } else if let Some(name) = belongs_on_a_field {
            errors.on(
                attribute,
                format!("`#[{name}]` belongs on a field, not on {what}"),
            );
        }
    }
}

impl Variant<'_> {
    /// The field that is the source, and the field that is wrapped.
    pub(super) fn source(&self) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.is_source)
    }

    /// The field that a transparent variant wraps.
    pub(super) fn wrapped(&self) -> Option<&Field<'_>> {
        self.says.transparent.as_ref().and(self.fields.first())
    }

    /// A pattern that binds some fields.
    pub(super) fn pattern<'b>(
        &self,
        fields: impl IntoIterator<Item = (&'b Member, Ident)>,
    ) -> TokenStream {
        let path = &self.path;
        let bound = fields
            .into_iter()
            .map(|(member, name)| quote!(#member: #name));
        quote!(#path { #(#bound,)* .. })
    }

    fn check(&mut self, errors: &mut Errors) {
        let sources: Vec<_> = self.fields.iter().filter(|field| field.is_source).collect();
        for second in sources.iter().skip(1) {
            errors.on(second.ty, "an error has one source, and this is the second");
        }
        let is_alone = self.fields.len() == 1;
        for field in &mut self.fields {
            if let Some(from) = field.from.take_if(|_| !is_alone) {
                errors.on(from, "`#[from]` makes the variant of this field alone, so there can be no other field");
            }
        }
        if let Some(transparent) = &self.says.transparent {
            self.check_transparent(transparent, errors);
        }
    }

    fn check_transparent(&self, transparent: &Ident, errors: &mut Errors) {
        if self.fields.len() != 1 {
            let message =
                "`transparent` passes everything on to what is wrapped, so there must be one field";
            errors.at(transparent.span(), message);
        }
        if let Some(name) = &self.says.name {
            errors.at(
                name.span,
                "a variant that is `transparent` has the code of what it wraps, and no other",
            );
        }
        if let Some(fact) = &self.says.first_fact {
            let message = format!(
                "a variant that is `transparent` has the `{fact}` of what it wraps, and no other"
            );
            errors.at(fact.span(), message);
        }
        for field in self
            .fields
            .iter()
            .filter(|field| field.is_source && field.from.is_none())
        {
            if !matches!(field.member, Member::Named(name) if name == "source") {
                errors.on(
                    field.ty,
                    "`transparent` has the source of what it wraps: leave `#[source]` out",
                );
            }
        }
    }
}

/// A name for a bound field, which stands where the field's type does for what the compiler has to say about it.
pub(super) fn binding(index: usize, field: &Field<'_>) -> Ident {
    format_ident!("field_{index}", span = here(field.ty.span()))
}

/// The same place, for code of the expansion's own: what the compiler says of it is shown there, and lints about how
/// code is written do not take it for the author's.
pub(super) fn here(span: Span) -> Span {
    Span::call_site().located_at(span)
}
