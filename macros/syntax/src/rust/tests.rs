//! What we read of an item is what syn reads of it, with the features that the macros do without.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Attribute, Data, Field, Item, Type};

/// All that is read of an item, a line each.
type Lines = Vec<String>;

fn line(lines: &mut Lines, what: &str, tokens: impl ToTokens) {
    // Spaces, and a comma behind the last of a list, are all one.
    let text = tokens
        .to_token_stream()
        .to_string()
        .replace(' ', "")
        .replace(",>", ">");
    lines.push(format!("{what} {text}"));
}

mod ours {
    use super::*;

    pub(super) fn lines(item: &Item) -> Lines {
        let mut lines = Vec::new();
        attributes(&item.attributes, &mut lines);
        line(&mut lines, "visibility", &item.visibility);
        line(&mut lines, "name", &item.ident);
        let (declared, names) = item.generics.for_impl();
        line(&mut lines, "declared", declared);
        line(&mut lines, "names", names);
        item.generics
            .types()
            .for_each(|name| line(&mut lines, "type", name));
        item.generics
            .predicates
            .iter()
            .for_each(|predicate| line(&mut lines, "where", predicate));
        match &item.data {
            Data::Struct(fields) => self::fields(fields, &mut lines),
            Data::Union(_) => lines.push("union".to_owned()),
            Data::Enum(variants) => {
                for variant in variants {
                    attributes(&variant.attributes, &mut lines);
                    line(&mut lines, "variant", &variant.ident);
                    fields(&variant.fields, &mut lines);
                }
            }
        }
        lines
    }

    fn fields(fields: &[Field], lines: &mut Lines) {
        for field in fields {
            attributes(&field.attributes, lines);
            line(lines, "field", &field.member);
            line(lines, "of", &field.ty);
            for name in ["Box", "Option"] {
                line(lines, name, field.ty.argument_of(&[name]));
            }
            line(lines, "Path", field.ty.referent().is_called(&["Path"]));
        }
    }

    fn attributes(attributes: &[Attribute], lines: &mut Lines) {
        for attribute in attributes {
            line(lines, "attribute", attribute);
            let known = ["doc", "error_code", "from", "derive", "serde"];
            let name = known.into_iter().find(|name| attribute.is(name));
            lines.extend(
                name.map(|name| format!("{name} alone {}", attribute.without_arguments().is_ok())),
            );
        }
    }
}

mod theirs {
    use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, PathArguments, Type};

    use super::*;

    pub(super) fn lines(item: &DeriveInput) -> Lines {
        let mut lines = Vec::new();
        attributes(&item.attrs, &mut lines);
        line(&mut lines, "visibility", &item.vis);
        line(&mut lines, "name", &item.ident);
        let (declared, names, clause) = item.generics.split_for_impl();
        line(&mut lines, "declared", declared);
        line(&mut lines, "names", names);
        item.generics
            .type_params()
            .for_each(|param| line(&mut lines, "type", &param.ident));
        let predicates = clause.iter().flat_map(|clause| &clause.predicates);
        predicates.for_each(|predicate| line(&mut lines, "where", predicate));
        match &item.data {
            Data::Struct(data) => fields(&data.fields, &mut lines),
            Data::Union(_) => lines.push("union".to_owned()),
            Data::Enum(data) => {
                for variant in &data.variants {
                    attributes(&variant.attrs, &mut lines);
                    line(&mut lines, "variant", &variant.ident);
                    fields(&variant.fields, &mut lines);
                }
            }
        }
        lines
    }

    fn fields(fields: &Fields, lines: &mut Lines) {
        for (field, member) in fields.iter().zip(fields.members()) {
            attributes(&field.attrs, lines);
            line(lines, "field", member);
            line(lines, "of", &field.ty);
            for name in ["Box", "Option"] {
                line(lines, name, argument(&field.ty, name));
            }
            let referent = match &field.ty {
                Type::Reference(reference) => &reference.elem,
                other => other,
            };
            line(
                lines,
                "Path",
                last(referent).is_some_and(|last| last.ident == "Path"),
            );
        }
    }

    fn last(ty: &Type) -> Option<&syn::PathSegment> {
        match ty {
            Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
            _ => None,
        }
    }

    fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
        match &last(ty).filter(|last| last.ident == name)?.arguments {
            PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => {
                match arguments.args.first()? {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn attributes(attributes: &[Attribute], lines: &mut Lines) {
        for attribute in attributes {
            line(lines, "attribute", attribute);
            let known = ["doc", "error_code", "from", "derive", "serde"];
            let name = known
                .into_iter()
                .find(|name| attribute.path().is_ident(name));
            lines.extend(name.map(|name| {
                format!(
                    "{name} alone {}",
                    attribute.meta.require_path_only().is_ok()
                )
            }));
        }
    }
}

/// Holds both against each other; nothing is held where syn reads none.
fn is_read_alike(tokens: &TokenStream) -> bool {
    let Ok(theirs) = syn::parse2::<syn::DeriveInput>(tokens.clone()) else {
        return false;
    };
    let ours =
        syn::parse2::<Item>(tokens.clone()).unwrap_or_else(|error| panic!("{error}: {tokens}"));
    let (ours, theirs) = (ours::lines(&ours), theirs::lines(&theirs));
    assert_eq!(ours, theirs, "{tokens}");
    true
}

#[test]
fn items_are_read_as_syn_reads_them() {
    let items = [
        "struct Unit;",
        "pub(crate) struct Tuple(pub u8, pub(in crate::a) Vec<(u8, u8)>, pub (crate::A, crate::B), pub (crate) C);",
        "struct Named { pub(super) r#type: &'static str, b: [u8; { 1 + 2 }], }",
        "enum Empty {}",
        "enum Bare { A, B = 1, C = -3, D = 1 << 4, E = (1 < 2) as isize, F = f::<u8, u16>(3, 4), }",
        "enum Deep { A = g::<Vec<fn() -> u8>, 2>() + 1, B = <u8 as T>::X as isize, C }",
        "enum Commas { A = <u8 as T<u16, u32>>::X, B = 1 as Alias<u8, u16>, C = -<A as B<C, D>>::E + 1, D = a as u8 + (b < c) as u8, E = 1 << 2 << 3 }",
        "#[derive(Debug, Clone)] #[serde(tag = \"a\")] #[a::from] enum E { #[from] A(#[from] Io), /// Text.\n B { #[doc = \"x\"] a: u8 } }",
        "struct Lifetimes<'a, 'b: 'a, T: 'a + ?Sized + Iterator<Item = &'b u8>>(&'a T, Box<dyn Fn(&'b u8) -> u8 + 'a>);",
        "struct Defaults<T = Vec<u8>, U: Default = Option<T>, const N: usize = 3, const M: i8 = -1, const B: bool = { 1 > 0 }>(T, U);",
        "struct Arrow<F: Fn(u8) -> Vec<u8>, G: for<'a> FnOnce(&'a u8) -> &'a u8>(F, G) where F: Send, for<'a> &'a G: Sized;",
        "struct Where<T, const N: usize> where T: Iterator<Item = [u8; N]>, [T; N]: Sized, Wrap<{ N }>: Copy, { a: T }",
        "struct Trailing<T,>(T,) where T: Copy,;",
        "struct Nothing<>(Box<>);",
        "struct Boxes(Box<u8>, std::boxed::Box<dyn Error + Send>, ::std::option::Option<Box<Option<u8>>>, Box::<u8>, Box<u8, A>, Box<'a>);",
        "struct Paths(&'a std::path::Path, &mut Path, Path, PathBuf, &&Path, *const Path, Path<u8>, <A as B>::Path, super::Path);",
        "struct Types(fn(A, B) -> C, impl_!(a, b), [A; 2], (A, B), !, dyn A<B = C>, Option<fn() -> A>, Option<A<-1, { 2 }>>);",
        "struct Args(Option<Vec<A>,>, Option<A<B, C>>, Option, Option<(A, B)>, Box<[A]>, Option<&'a A>);",
        "union U { a: u8, b: u16 }",
        "struct Attributed<#[a] T: B, #[cfg(x)] const N: usize>(T);",
        "enum Visible { pub A, pub(crate) B(u8) }",
        "enum 中 { 文(字), r#fn }",
    ];
    for item in items {
        assert!(
            is_read_alike(&item.parse().unwrap()),
            "syn does not read `{item}`"
        );
    }
}

/// What macros by example hand on: `$vis`, `$ty`, `$meta` and others come in brackets that nobody sees.
#[test]
fn what_macros_hand_on_is_read_too() {
    use proc_macro2::{Delimiter, Group};
    use quote::quote;

    let group = |tokens| Group::new(Delimiter::None, tokens);
    let (none, public, limited) = (
        group(quote!()),
        group(quote!(pub)),
        group(quote!(pub(in crate::a))),
    );
    let (option, path, pair) = (
        group(quote!(Option<u8>)),
        group(quote!(&'a Path)),
        group(quote!(dyn A + B)),
    );
    let item = quote!(#public enum E { #none A(#limited #option, #public #path), B(Box<#pair>), C { #none a: #pair } });
    let meta = [
        quote!(error_code(1)),
        quote!(from),
        quote!(a::from),
        quote!(doc = "x"),
    ]
    .map(group);
    assert!(is_read_alike(
        &quote!(#(#[#meta])* struct S(#(#[#meta])* u8);)
    ));
    assert!(is_read_alike(
        &quote!(#none struct S { #limited a: Vec<#pair>, #none b: u8 })
    ));
    let item = syn::parse2::<Item>(item).unwrap();
    let Data::Enum(variants) = &item.data else {
        panic!("it is an enum")
    };
    let ty = |variant: usize, field: usize| &variants[variant].fields[field].ty;
    let text = |ty: Option<Type>| ty.map(|ty| ty.to_token_stream().to_string());
    assert_eq!(
        text(ty(0, 0).argument_of(&["Option"])).as_deref(),
        Some("u8")
    );
    assert!(ty(0, 1).referent().is_called(&["Path"]));
    assert_eq!(
        text(ty(1, 0).argument_of(&["Box"])).as_deref(),
        Some("dyn A + B")
    );
    assert_eq!(
        (
            item.visibility.to_string().as_str(),
            variants[2].fields.len()
        ),
        ("pub", 1)
    );
}

#[test]
fn what_is_no_item_is_an_error() {
    let texts = [
        "",
        "#",
        "#[a]",
        "#a",
        "struct",
        "fn f() {}",
        "enum E",
        "enum E { A B }",
        "enum E { A, , }",
        "struct S<",
        "struct S<T",
        "struct S<T:",
        "struct S<'a",
        "struct S { a }",
        "struct S { a: }",
        "struct S(,);",
        "enum E where T: { A } }",
        "enum E { A(u8) (u8) }",
        "struct S; x",
        "struct 7;",
        "enum E<T { A }",
    ];
    for text in texts {
        let item = text
            .parse()
            .map(|tokens| syn::parse2::<Item>(tokens).map(|item| ours::lines(&item)));
        assert!(!matches!(item, Ok(Ok(_))), "{text}: {item:?}");
    }
}

/// Every item of this workspace, and of the folder that `ERRBOOK_RUST_SOURCES` names: that of cargo's registry holds tens
/// of thousands (and files for which syn needs `RUST_MIN_STACK`).
#[test]
fn items_of_real_sources_are_read_as_syn_reads_them() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = std::env::var_os("ERRBOOK_RUST_SOURCES")
        .into_iter()
        .map(PathBuf::from);
    let (mut files, mut items) = (Vec::new(), 0);
    folders
        .chain([workspace])
        .for_each(|folder| rust_files(&folder, &mut files));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if let Ok(file) = syn::parse_file(&text) {
            items += file.items.iter().map(alike).sum::<usize>();
        }
    }
    println!("{items} items");
    assert!(items > 300, "only {items} items");
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match (
            entry.file_type().is_ok_and(|kind| kind.is_dir()),
            path.extension(),
        ) {
            (true, _) if entry.file_name() != "target" => rust_files(&path, files),
            (false, Some(extension)) if extension == "rs" => files.push(path),
            _ => {}
        }
    }
}

/// How many items of an item were held against each other, itself or in a module.
fn alike(item: &syn::Item) -> usize {
    match item {
        syn::Item::Mod(module) => module
            .content
            .iter()
            .flat_map(|(_, items)| items)
            .map(alike)
            .sum(),
        syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Union(_) => {
            usize::from(is_read_alike(&item.to_token_stream()))
        }
        _ => 0,
    }
}
