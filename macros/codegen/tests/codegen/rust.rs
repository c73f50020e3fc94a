//! Compiles small specs, and reads the tokens.

use errbook_codegen::{Options, expand};
use errbook_spec::place::Source;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A spec that begins with keys of the whole file, or with a set.
pub(crate) fn source(rest: &str) -> Source {
    let text = format!("schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n{rest}");
    Source::new("spec.toml", &text)
}

/// A spec with the set `C`: its keys, and its codes, each as lines without the header.
pub(crate) fn set(keys: &str, codes: &[&str]) -> Source {
    let codes = codes.iter().map(|code| format!("[[set.code]]\n{code}\n"));
    source(&format!(
        "[[set]]\nname = \"C\"\n{keys}\n{}",
        codes.collect::<String>()
    ))
}

pub(crate) fn rust_with(source: &Source, options: &Options) -> TokenStream {
    expand(source, options).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The Rust of a spec, with one space between two tokens.
pub(crate) fn rust(source: &Source) -> String {
    rust_with(source, &Options::default()).to_string()
}

/// The contents of the attributes before the item or the variant with a name.
pub(crate) fn attributes(tokens: &TokenStream, name: &str) -> Vec<String> {
    find_attributes(tokens.clone(), name).unwrap_or_else(|| panic!("no `{name}`"))
}

fn find_attributes(tokens: TokenStream, name: &str) -> Option<Vec<String>> {
    let mut attributes = Vec::new();
    let mut is_attribute = false;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => is_attribute = true,
            TokenTree::Group(group) if is_attribute => {
                attributes.push(group.stream().to_string());
                is_attribute = false;
            }
            TokenTree::Ident(ident) if ident == name => return Some(attributes),
            TokenTree::Ident(ident) if ["pub", "enum"].contains(&ident.to_string().as_str()) => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                if let Some(found) = find_attributes(group.stream(), name) {
                    return Some(found);
                }
                attributes.clear();
            }
            // The end of `pub(crate)`.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
            _ => attributes.clear(),
        }
    }
    None
}

/// The documentation of an item or a variant, as it is written in its attribute.
pub(crate) fn doc(tokens: &TokenStream, name: &str) -> String {
    let mut docs = attributes(tokens, name).into_iter();
    let doc = docs.find_map(|attribute| Some(attribute.strip_prefix("doc = ")?.to_owned()));
    doc.unwrap_or_else(|| panic!("`{name}` has no documentation"))
}
