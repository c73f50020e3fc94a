//! Reads the enum or struct that derives `ErrorCode`: its variants, fields and attributes.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Member, Meta, Type, Visibility};

use crate::derive::errors::Errors;
use crate::derive::options::{self, TypeOptions, VariantOptions};

/// An enum or struct.
pub(super) struct Item<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    pub(super) generics: &'a Generics,
    pub(super) attributes: &'a [Attribute],
    pub(super) options: TypeOptions,
    /// The variants of an enum; a struct is its own only variant.
    pub(super) variants: Vec<Variant<'a>>,
}

/// A variant of an enum, or a struct.
pub(super) struct Variant<'a> {
    pub(super) ident: &'a Ident,
    /// The path for patterns and expressions: `Self::OutOfStock`, or `Self`.
    pub(super) path: TokenStream,
    pub(super) attributes: &'a [Attribute],
    pub(super) options: VariantOptions,
    pub(super) fields: Vec<Field<'a>>,
}

/// A field of a variant.
pub(super) struct Field<'a> {
    pub(super) member: Member,
    pub(super) ty: &'a Type,
    /// The name of the parameter that it fills, if the code has a parameter of that name.
    pub(super) param: String,
    /// The span of `param = "…"`; `None` if the name is that of the field.
    pub(super) param_span: Option<Span>,
    /// Whether it has `#[source]` or `#[from]`, or is named `source` where no field has these.
    pub(super) is_source: bool,
    /// Whether it has `#[source]` or `#[from]`.
    is_marked: bool,
    pub(super) from: Option<&'a Attribute>,
}

impl<'a> Item<'a> {
    /// Reads the item; `None` for a union.
    pub(super) fn new(input: &'a DeriveInput, errors: &mut Errors) -> Option<Self> {
        let is_struct = matches!(input.data, Data::Struct(_));
        let (type_options, variant_options) =
            options::parse_type_options(&input.attrs, is_struct, errors);
        misplaced(&input.attrs, "the type", errors);
        let ident = &input.ident;
        let variants = match &input.data {
            Data::Union(data) => {
                let keyword = &data.union_token;
                errors.on(
                    keyword,
                    "`ErrorCode` can be derived for enums and structs, not for unions",
                );
                return None;
            }
            Data::Struct(data) => {
                let fields = self::fields(&data.fields, errors);
                vec![Variant {
                    ident,
                    path: quote!(Self),
                    attributes: &input.attrs,
                    options: variant_options,
                    fields,
                }]
            }
            Data::Enum(data) => data
                .variants
                .iter()
                .map(|variant| self::variant(variant, &type_options, errors))
                .collect(),
        };
        let mut item = Self {
            ident,
            visibility: &input.vis,
            generics: &input.generics,
            attributes: &input.attrs,
            options: type_options,
            variants,
        };
        item.variants
            .iter_mut()
            .for_each(|variant| variant.check(errors));
        item.sources_differ(errors);
        item.is_set_if_asked(errors);
        Some(item)
    }
}

impl Item<'_> {
    /// What keeps the item from being a set of codes, in words that follow "but".
    pub(super) fn why_no_set(&self) -> Option<String> {
        let ident = self.ident;
        if !self.generics.params.is_empty() {
            return Some(format!("`{ident}` is generic"));
        }
        if self.variants.is_empty() {
            return Some(format!("`{ident}` has no variants"));
        }
        let other = self
            .variants
            .iter()
            .find(|variant| !variant.fields.is_empty());
        other.map(|variant| format!("`{}` has fields", variant.ident))
    }

    /// With `code_set`, the item can be a set.
    pub(super) fn is_set_if_asked(&self, errors: &mut Errors) {
        let Some(code_set) = &self.options.code_set else {
            return;
        };
        if self.options.spec.is_some() {
            let message = "the set of a spec is the enum of `include_spec! { \"errors.toml\" }`: remove `code_set`, or \
                           use that enum";
            errors.at(code_set.span(), message);
        } else if let Some(why) = self.why_no_set() {
            let message = format!(
                "`code_set` requires an enum whose variants have codes and no fields, but {why}"
            );
            errors.at(code_set.span(), message);
        }
    }

    /// Two variants cannot be converted from the same type.
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
                        "duplicate `#[from]` for this type, which already converts to `{before}`: use `#[source]`"
                    );
                    errors.on(field.from.take(), message);
                }
                makers.push((ty, variant.ident));
            }
        }
    }
}

fn variant<'a>(
    variant: &'a syn::Variant,
    of_type: &TypeOptions,
    errors: &mut Errors,
) -> Variant<'a> {
    let message_is_doc = of_type.message_is_doc.is_some() && of_type.spec.is_none();
    misplaced(&variant.attrs, "a variant", errors);
    // A variant with `#[deprecated]` must not cause a warning in the expansion.
    let ident = respanned(&variant.ident);
    Variant {
        ident: &variant.ident,
        path: quote!(Self::#ident),
        attributes: &variant.attrs,
        options: options::parse_variant_options(&variant.attrs, message_is_doc, errors),
        fields: fields(&variant.fields, errors),
    }
}

/// Tokens of the author with the spans of an expansion, for which the compiler does not lint.
///
/// `$crate` keeps its span, which says which crate it is.
pub(super) fn respanned(tokens: impl ToTokens) -> TokenStream {
    let each = tokens.into_token_stream().into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            let mut inner = Group::new(group.delimiter(), respanned(group.stream()));
            inner.set_span(here(group.span()));
            return inner.into();
        }
        if !matches!(&token, TokenTree::Ident(ident) if ident == "$crate") {
            token.set_span(here(token.span()));
        }
        token
    });
    each.collect()
}

fn fields<'a>(fields: &'a Fields, errors: &mut Errors) -> Vec<Field<'a>> {
    fields
        .iter()
        .zip(fields.members())
        .map(|(field, member)| self::field(field, member, errors))
        .collect()
}

fn field<'a>(field: &'a syn::Field, member: Member, errors: &mut Errors) -> Field<'a> {
    let find = |name: &str| {
        field
            .attrs
            .iter()
            .find(|attribute| attribute.path().is_ident(name))
    };
    for attribute in [find("source"), find("from")].into_iter().flatten() {
        errors.ok(without_arguments(attribute));
    }
    if let Some(attribute) = find("error") {
        errors.on(
            attribute,
            "`#[error]` belongs to thiserror; the parameter that a field fills is set with `#[error_code(param = \"…\")]`",
        );
    }
    if let Some(attribute) = find("backtrace") {
        errors.on(
            attribute,
            "`#[backtrace]` is not supported, since it needs an unstable feature of the standard library; \
             remove the attribute and return the backtrace from a method of your own",
        );
    }
    let given = options::parse_param(&field.attrs, errors);
    let name = match &member {
        Member::Named(name) => name.unraw().to_string(),
        Member::Unnamed(index) => format!("_{}", index.index),
    };
    // As in thiserror, a field `r#source` is not the source.
    let is_called_source = matches!(&member, Member::Named(name) if name == "source");
    let source = find("source");
    let from = find("from");
    let is_marked = source.is_some() || from.is_some();
    Field {
        ty: &field.ty,
        param_span: given.as_ref().map(syn::LitStr::span),
        param: given.map_or(name, |given| given.value()),
        is_source: is_marked || (is_called_source && !is_parameter(&field.attrs)),
        is_marked,
        from,
        member,
    }
}

/// An error unless the attribute consists of its name alone.
fn without_arguments(attribute: &Attribute) -> syn::Result<()> {
    let span = match &attribute.meta {
        Meta::Path(_) => return Ok(()),
        Meta::List(list) => list.delimiter.span().open(),
        Meta::NameValue(pair) => pair.eq_token.span(),
    };
    let name = attribute.path().to_token_stream();
    Err(syn::Error::new(
        span,
        format!("`#[{name}]` takes no arguments"),
    ))
}

/// Whether an attribute makes the field a parameter.
fn is_parameter(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("error_code"))
}

/// Reports attributes of thiserror, and attributes that belong on a field.
fn misplaced(attributes: &[Attribute], what: &str, errors: &mut Errors) {
    for attribute in attributes {
        let belongs_on_a_field = ["source", "from", "backtrace"]
            .into_iter()
            .find(|name| attribute.path().is_ident(name));
        if attribute.path().is_ident("error") {
            errors.on(
                attribute,
                "`#[error(…)]` belongs to thiserror; write the message beside the code, with fields as `<name>`: \
                 `#[error_code(1001, message(en = \"only <left> left\"))]`",
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
    /// The field that is the source of the error.
    pub(super) fn source(&self) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.is_source)
    }

    /// The field that a transparent variant wraps.
    pub(super) fn wrapped(&self) -> Option<&Field<'_>> {
        self.options.transparent.as_ref().and(self.fields.first())
    }

    /// A pattern that binds these fields.
    pub(super) fn pattern<'b>(
        &self,
        fields: impl IntoIterator<Item = (&'b Member, Ident)>,
    ) -> TokenStream {
        let path = &self.path;
        let bound = fields
            .into_iter()
            .map(|(member, name)| (respanned(member), name))
            .map(|(member, name)| quote!(#member: #name));
        quote!(#path { #(#bound,)* .. })
    }

    fn check(&mut self, errors: &mut Errors) {
        if self.fields.iter().any(|field| field.is_marked) {
            self.fields
                .iter_mut()
                .for_each(|field| field.is_source = field.is_marked);
        }
        let sources: Vec<_> = self.fields.iter().filter(|field| field.is_source).collect();
        for second in sources.iter().skip(1) {
            errors.on(second.ty, "duplicate source: an error has at most one");
        }
        let is_alone = self.fields.len() == 1;
        for field in &mut self.fields {
            if let Some(from) = field.from.take_if(|_| !is_alone) {
                errors.on(
                    from,
                    "`#[from]` requires that the variant has no other fields",
                );
            }
        }
        if let Some(transparent) = &self.options.transparent {
            self.check_transparent(transparent, errors);
        }
    }

    fn check_transparent(&self, transparent: &Ident, errors: &mut Errors) {
        if self.fields.len() != 1 {
            let message = "`transparent` forwards to the wrapped error, so the variant must have exactly one field";
            errors.at(transparent.span(), message);
        }
        if let Some(name) = &self.options.name {
            errors.at(
                name.span,
                "a `transparent` variant has the code of the wrapped error: remove this one",
            );
        }
        if let Some(fact) = &self.options.first_fact {
            let message = format!(
                "a `transparent` variant has the `{fact}` of the wrapped error: remove this one"
            );
            errors.at(fact.span(), message);
        }
        for field in self
            .fields
            .iter()
            .filter(|field| field.is_source && field.from.is_none())
        {
            if !matches!(&field.member, Member::Named(name) if name == "source") {
                errors.on(
                    field.ty,
                    "a `transparent` variant has the source of the wrapped error: remove `#[source]`",
                );
            }
        }
    }
}

/// The name of a bound field, with the span of the field's type, to which errors of the compiler
/// point.
pub(super) fn binding(index: usize, field: &Field<'_>) -> Ident {
    format_ident!("field_{index}", span = here(field.ty.span()))
}

/// The same location with the hygiene of an expansion: errors of the compiler point there, and
/// lints about style do not apply.
pub(super) fn here(span: Span) -> Span {
    Span::call_site().located_at(span)
}
