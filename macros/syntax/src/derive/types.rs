//! Questions that the derive asks about the type of a field: `Box<T>`, `Option<T>`, `&Path`.

use proc_macro2::Ident;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The `T` of `Name<T>`, if the type's last path segment is one of `names` with `T` as its only
/// argument.
pub(super) fn argument_of<'a>(ty: &'a Type, names: &[&str]) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| is_one_of(&segment.ident, names))?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(argument)) if arguments.args.len() == 1 => Some(argument),
        _ => None,
    }
}

/// What a pointer points to: the `T` of `&T`, `Box<T>`, `Arc<T>` or `Rc<T>`.
pub(super) fn unboxed(ty: &Type) -> Option<&Type> {
    match ungrouped(ty) {
        Type::Reference(reference) => Some(&reference.elem),
        _ => argument_of(ty, &["Box", "Arc", "Rc"]),
    }
}

/// What all the pointers around a type point to; the type itself if there are none.
pub(super) fn pointee(ty: &Type) -> &Type {
    unboxed(ty).map_or(ty, pointee)
}

/// Whether the type is `PathBuf` or `Path`, or a reference to one. Neither implements `Display`.
pub(super) fn is_file_path(ty: &Type) -> bool {
    let referent = match ungrouped(ty) {
        Type::Reference(reference) => &reference.elem,
        other => other,
    };
    last_segment(referent).is_some_and(|segment| is_one_of(&segment.ident, &["PathBuf", "Path"]))
}

fn is_one_of(ident: &Ident, names: &[&str]) -> bool {
    names.iter().any(|name| ident == name)
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ungrouped(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The type without the invisible group that a `macro_rules!` macro puts around a `$ty`.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        _ => ty,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group, TokenStream};
    use quote::{ToTokens, quote};

    use super::*;

    fn parse_type(tokens: TokenStream) -> Type {
        syn::parse2(tokens).unwrap()
    }

    fn option_argument(ty: TokenStream) -> Option<String> {
        let ty = parse_type(ty);
        argument_of(&ty, &["Option"]).map(|argument| argument.to_token_stream().to_string())
    }

    /// As `$ty` arrives from a `macro_rules!` macro.
    fn handed_on(tokens: TokenStream) -> TokenStream {
        Group::new(Delimiter::None, tokens).into_token_stream()
    }

    #[test]
    fn the_only_argument_of_the_last_segment_is_found() {
        let found = |ty| option_argument(ty).as_deref() == Some("u8");
        assert!(found(quote!(Option<u8>)));
        assert!(found(quote!(Option<u8,>)));
        assert!(found(quote!(Option::<u8>)));
        assert!(found(quote!(::std::option::Option<u8>)));
        assert!(found(handed_on(quote!(Option<u8>))));
        assert_eq!(
            option_argument(quote!(Option<Box<A<B, C>>>)).unwrap(),
            "Box < A < B , C > >"
        );
    }

    #[test]
    fn any_other_type_has_no_such_argument() {
        for ty in [
            quote!(Option),
            quote!(Option),
            quote!(Option<u8, A>),
            quote!(Option<'a>),
            quote!(Vec<Option<u8>>),
            quote!(&Option<u8>),
            quote!([Option<u8>; 2]),
            quote!(fn() -> Option<u8>),
        ] {
            assert_eq!(option_argument(ty), None);
        }
    }

    #[test]
    fn paths_of_files_are_found_behind_one_reference() {
        for path in [
            quote!(Path),
            quote!(std::path::PathBuf),
            quote!(&'a std::path::Path),
            quote!(&mut Path),
            handed_on(quote!(&'a Path)),
        ] {
            assert!(is_file_path(&parse_type(path.clone())), "{path}");
        }
        for other in [
            quote!(&&Path),
            quote!(*const Path),
            quote!(Box<Path>),
            quote!(String),
        ] {
            assert!(!is_file_path(&parse_type(other.clone())), "{other}");
        }
    }

    #[test]
    fn every_pointer_is_looked_through() {
        let ty = parse_type(quote!(&'a Box<std::sync::Arc<dyn A + B>>));
        assert_eq!(pointee(&ty).to_token_stream().to_string(), "dyn A + B");
    }
}
