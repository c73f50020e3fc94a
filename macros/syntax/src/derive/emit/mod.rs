//! Emits the implementations of a derived error. All decisions were made before.

mod code_set;
mod methods;
mod std_traits;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Attribute;
use syn::spanned::Spanned;

use crate::derive::bounds::Bounds;
use crate::derive::item::{Field, Item, Variant, binding, here, respanned};
use crate::derive::resolved::{CodeFacts, ResolvedItem, VariantCode};
use crate::derive::types::{argument_of, pointee, unboxed};

/// An item with the resolved codes of its variants.
struct Output<'a> {
    item: &'a Item<'a>,
    resolved: &'a ResolvedItem,
    errbook: TokenStream,
    bounds: Bounds,
    /// Each variant that has a code, with its facts.
    coded: Vec<(&'a Variant<'a>, &'a CodeFacts)>,
    /// Each `transparent` variant, with the field that it wraps.
    wrapping: Vec<(&'a Variant<'a>, &'a Field<'a>)>,
}

/// Emits everything that the derive generates, in an anonymous constant.
pub(super) fn emit(item: &Item<'_>, resolved: &ResolvedItem) -> TokenStream {
    let errbook = match &item.options.errbook {
        Some(path) => path.to_token_stream(),
        None => quote!(::errbook),
    };
    let mut coded = Vec::new();
    let mut wrapping = Vec::new();
    for (variant, variant_code) in item.variants.iter().zip(&resolved.variant_codes) {
        if let VariantCode::Own(facts) = variant_code {
            coded.push((variant, &**facts));
        }
        if let Some(field) = variant.wrapped() {
            wrapping.push((variant, field));
        }
    }
    let output = Output {
        item,
        resolved,
        bounds: Bounds::new(item.ident, item.generics),
        errbook,
        coded,
        wrapping,
    };
    let parts = [
        output.tracked(),
        methods::methods(&output),
        std_traits::fill(&output).unwrap_or_default(),
        std_traits::display(&output),
        std_traits::error(&output),
        std_traits::from(&output),
        code_set::code_set(&output).unwrap_or_default(),
        output.retired(),
    ];
    let errbook = &output.errbook;
    quote! {
        const _: () = {
            use #errbook::__private as __errbook;
            #[allow(unused_imports)]
            use __errbook::{Always as _, AsDynError as _, Field as _, PointedTo as _};
            #(#parts)*
        };
    }
}

impl<'a> Output<'a> {
    /// `match self { … }` with `value` for each code, and `wrapped` for each `transparent` variant,
    /// which gets a reference to the wrapped error.
    ///
    /// Codes with equal values share an arm.
    fn each(
        &self,
        value: &dyn Fn(&Variant<'_>, &CodeFacts) -> TokenStream,
        wrapped: &dyn Fn(&TokenStream) -> TokenStream,
    ) -> TokenStream {
        let mut groups: Vec<(String, TokenStream, Vec<TokenStream>)> = Vec::new();
        for (variant, facts) in &self.coded {
            let value = value(variant, facts);
            let pattern = variant.pattern([]);
            let text = value.to_string();
            match groups.iter_mut().find(|(known, ..)| *known == text) {
                Some((.., patterns)) => patterns.push(pattern),
                None => groups.push((text, value, vec![pattern])),
            }
        }
        let mut arms: Vec<TokenStream> = self
            .wrapping
            .iter()
            .map(|(variant, field)| wrapping_arm(variant, field, wrapped))
            .collect();
        // Without a choice there is no need for a `match`.
        if let ([(_, value, _)], []) = (&groups[..], &arms[..]) {
            return value.clone();
        }
        arms.extend(
            groups
                .iter()
                .map(|(_, value, patterns)| quote!(#(#patterns)|* => #value,)),
        );
        self.matched(&arms)
    }

    fn matched(&self, arms: &[TokenStream]) -> TokenStream {
        // A `transparent` variant without a field was reported as an error; it still needs an arm.
        let hollow = self.item.variants.iter().zip(&self.resolved.variant_codes);
        let hollow = hollow.filter(|(variant, variant_code)| {
            matches!(variant_code, VariantCode::Wrapped) && variant.fields.is_empty()
        });
        let patterns = hollow.map(|(variant, _)| variant.pattern([]));
        let arms = arms
            .iter()
            .cloned()
            .chain(patterns.map(|pattern| quote!(#pattern => __errbook::core::unreachable!(),)));
        if self.item.variants.is_empty() {
            quote!(match *self {})
        } else {
            quote!(match self { #(#arms)* })
        }
    }

    /// `impl Trait for Type where … { body }`.
    fn implement(
        &self,
        of: &TokenStream,
        bounds: &[&[TokenStream]],
        body: &TokenStream,
    ) -> TokenStream {
        let (generics, arguments, _) = self.item.generics.split_for_impl();
        let ident = respanned(self.item.ident);
        let clause = self.bounds.clause(bounds);
        quote! {
            #[automatically_derived]
            impl #generics #of #ident #arguments #clause {
                #body
            }
        }
    }

    /// Whether the item gets inherent methods.
    fn has_own_methods(&self) -> bool {
        let methods = self.item.options.methods.as_ref();
        methods.is_none_or(syn::LitBool::value)
    }

    /// The bounds on types of fields that messages print and that `transparent` variants forward
    /// to.
    fn needed(&self) -> Vec<TokenStream> {
        let errbook = &self.errbook;
        let printed = quote!(__errbook::fmt::Display);
        let code = quote!(#errbook::ErrorCode);
        let mut needed = Vec::new();
        for (variant, facts) in &self.coded {
            for (_, index) in &facts.fills {
                let value = pointee(variant.fields[*index].ty);
                needed.extend(self.bounds.on(value, &printed));
            }
        }
        for (_, field) in &self.wrapping {
            needed.extend(self.bounds.on(pointee(field.ty), &code));
            if self.bounds.are_on_itself(field.ty) {
                needed.extend(self.error_bounds());
            }
        }
        needed
    }

    /// The bounds under which what can be printed is an error: it has `Debug`, and its sources are
    /// errors.
    fn error_bounds(&self) -> Vec<TokenStream> {
        let mut bounds = Vec::new();
        if self.bounds.are_generic() {
            bounds.push(quote!(Self: __errbook::fmt::Debug));
        }
        let error = quote!(__errbook::core::error::Error);
        for field in self
            .coded
            .iter()
            .filter_map(|(variant, _)| variant.source())
        {
            let source = argument_of(field.ty, &["Option"]).unwrap_or(field.ty);
            bounds.extend(self.bounds.on(source, &error));
            bounds.extend(self.bounds.forever(source));
        }
        bounds
    }

    /// An `include_bytes!` of the spec, so that cargo recompiles the crate when it changes.
    fn tracked(&self) -> TokenStream {
        let tracked = self.resolved.tracked.iter();
        quote!(#(const _: &[__errbook::core::primitive::u8] = __errbook::core::include_bytes!(#tracked);)*)
    }

    /// A use of a deprecated function for each retired code, so that the compiler warns at the
    /// user's tokens.
    fn retired(&self) -> TokenStream {
        let allowed = |attributes: &'a [Attribute]| {
            attributes
                .iter()
                .filter(|attribute| attribute.path().is_ident("allow"))
        };
        let retired = self
            .coded
            .iter()
            .filter_map(|(variant, facts)| Some((variant, facts.retired.as_ref()?)));
        let warnings = retired.map(|(variant, note)| {
            let span = variant
                .options
                .name
                .as_ref()
                .map_or(variant.ident.span(), |name| name.span);
            let attributes = allowed(self.item.attributes).chain(allowed(variant.attributes));
            let name = Ident::new("retired_code", span);
            let call = quote_spanned!(span=> #name());
            quote! {
                #(#attributes)*
                const _: () = {
                    #[deprecated(note = #note)]
                    const fn retired_code() {}
                    #call
                };
            }
        });
        quote!(#(#warnings)*)
    }
}

fn wrapping_arm(
    variant: &Variant<'_>,
    field: &Field<'_>,
    wrapped: &dyn Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let name = binding(0, field);
    let pattern = variant.pattern([(&field.member, name.clone())]);
    let value = reference(field, &name);
    let value =
        wrapped(&quote_spanned!(here(field.ty.span())=> (&__errbook::Value(#value)).code()));
    quote!(#pattern => #value,)
}

/// An expression for a reference to the value of a field, through the pointers around it that its
/// type names. Methods of `Value` look through one more, which the type does not name.
fn reference(field: &Field<'_>, name: &Ident) -> TokenStream {
    let span = here(field.ty.span());
    let mut depth = 0;
    let mut inner = unboxed(field.ty);
    while let Some(ty) = inner {
        inner = unboxed(ty);
        depth += 1;
    }
    let stars = (0..=depth).map(|_| quote_spanned!(span=> *));
    if depth == 0 {
        name.to_token_stream()
    } else {
        quote_spanned!(span=> &#(#stars)*#name)
    }
}
