//! Rules about the generator's source: what `emit` may contain, and which names the runtime's macros
//! expect from an expansion.

use std::collections::BTreeSet;

use errbook_cli::commands::expand::readable;
use errbook_codegen::names;
use errbook_spec::place::Source;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace::{VENDORS, read, root};

fn tokens(path: &std::path::Path) -> TokenStream {
    let text = std::fs::read_to_string(path).unwrap();
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_punct(token: Option<&TokenTree>, punct: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == punct)
}

fn is_ident(token: Option<&TokenTree>, ident: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(found)) if found == ident)
}

/// Adds the decisions in `tokens`, without those in Rust that is emitted.
fn decisions(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        match token {
            TokenTree::Ident(ident) if ident == "if" || ident == "else" => {
                found.push(ident.to_string());
            }
            // `condition.then(…)` and `option.filter(…)` are an `if` too.
            TokenTree::Ident(ident)
                if (ident == "then" || ident == "then_some" || ident == "filter")
                    && is_punct(before, '.') =>
            {
                found.push(format!(".{ident}"));
            }
            // So is a `match` over two conditions at once.
            TokenTree::Ident(ident) if ident == "match" => {
                if let Some(TokenTree::Group(group)) = after
                    && group.delimiter() == Delimiter::Parenthesis
                {
                    found.push(format!("match {group}"));
                }
            }
            TokenTree::Group(group) => {
                let is_emitted = is_punct(before, '!')
                    && is_ident(at.checked_sub(2).map(|at| &tokens[at]), "quote");
                if !is_emitted {
                    decisions(group.stream(), found);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_emitter_decides_nothing() {
    let folder = root().join("macros/codegen/src/emit");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let mut found = Vec::new();
        decisions(tokens(&path), &mut found);
        assert!(
            found.is_empty(),
            "{}: `lower` decides, `emit` only writes: {found:?}",
            path.display()
        );
        files += 1;
    }
    assert!(files > 3, "these are the emitter's files");
    let mut found = Vec::new();
    let hidden = "let a = x.then(|| 1); match (a, b) { _ if c => quote!(if d {}) }";
    decisions(hidden.parse().unwrap(), &mut found);
    assert_eq!(found, [".then", "match (a , b)", "if"]);
}

/// Words of the language, and names that every scope has.
const EVERYWHERE: [&str; 30] = [
    "Self", "_", "as", "bool", "const", "crate", "else", "fn", "for", "i32", "i64", "if", "impl",
    "in", "let", "match", "mut", "pub", "ref", "return", "rt", "self", "static", "str", "true",
    "false", "type", "u16", "u32", "usize",
];

/// Adds the names that `tokens` declare, and those that they use.
fn names_in(tokens: TokenStream, declared: &mut BTreeSet<String>, used: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        match token {
            TokenTree::Ident(ident) => {
                let is_path =
                    is_punct(before, ':') && is_punct(at.checked_sub(2).map(|at| &tokens[at]), ':');
                // A parameter of the macro, a lifetime, a method, a rule, an item of a path, a macro.
                let is_of_another = ['$', '\'', '.']
                    .iter()
                    .any(|&punct| is_punct(before, punct))
                    || is_path
                    || is_punct(after, '!');
                let is_type = is_punct(after, ':') && !is_punct(tokens.get(at + 2), ':');
                let is_declared = is_type
                    || ["fn", "let", "type", "const"]
                        .iter()
                        .any(|word| is_ident(before, word))
                    || (is_punct(before, '|') && is_punct(after, '|'));
                let name = ident.to_string();
                if EVERYWHERE.contains(&name.as_str()) || is_of_another {
                    continue;
                }
                if is_declared {
                    declared.insert(name);
                } else {
                    used.insert(name);
                }
            }
            // Attributes, and what other macros are called with, are not looked at.
            TokenTree::Group(group) if !is_punct(before, '#') && !is_punct(before, '!') => {
                names_in(group.stream(), declared, used);
            }
            _ => {}
        }
    }
}

#[test]
fn the_list_of_names_is_what_the_macros_of_the_runtime_expect() {
    let file = root().join("runtime/src/__private/macros.rs");
    let tokens: Vec<TokenTree> = tokens(&file).into_iter().collect();
    let mut free = BTreeSet::new();
    for rules in tokens.iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }) {
        let rules: Vec<TokenTree> = rules.stream().into_iter().collect();
        // Of `(…) => {…}`, what the macro is replaced with.
        for (at, token) in rules.iter().enumerate() {
            if let TokenTree::Group(body) = token
                && at > 1
                && is_punct(Some(&rules[at - 1]), '>')
            {
                let mut declared = BTreeSet::new();
                let mut used = BTreeSet::new();
                names_in(body.stream(), &mut declared, &mut used);
                free.extend(used.difference(&declared).cloned());
            }
        }
    }
    free.retain(|name| !["__errbook", "__private"].contains(&name.as_str()));
    let expected: BTreeSet<String> = names::EXPECTED
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    assert_eq!(free, expected);
}

/// What `errbook expand` shows is Rust that a reader could use in place of the macro.
#[test]
fn what_expand_shows_compiles() {
    let package = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("expanded");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let mut sources = Vec::new();
    for vendor in VENDORS {
        let name = vendor.replace('-', "_");
        sources.push((name, Source::new("spec.toml", &read(vendor, "spec.toml"))));
    }
    let kinds = std::fs::read_to_string(root().join("codes/kinds.toml")).unwrap();
    sources.push(("kinds".to_owned(), Source::new("kinds.toml", &kinds)));
    for file in std::fs::read_dir(root().join("tests/fixtures/specs")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let name = format!("small_{}", name.replace('-', "_"));
        sources.push((name, Source::new("spec.toml", &text)));
    }
    let mut library = "#![forbid(unsafe_code)]\npub use kinds::Kind;\n".to_owned();
    for (name, source) in &sources {
        let rust = readable(source).unwrap();
        assert!(
            !rust.contains("rt::code!"),
            "{name}: the macros are expanded"
        );
        assert!(rust.contains("    pub const fn code(&self)"), "{name}");
        std::fs::write(package.join(format!("src/{name}.rs")), rust).unwrap();
        library.extend(["pub mod ", name, ";\n"]);
    }
    std::fs::write(package.join("src/lib.rs"), library).unwrap();
    let manifest = format!(
        "[package]\nname = \"expanded\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\nerrbook = {{ path = {:?}, default-features = false }}\n",
        root().join("runtime")
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    let output = std::process::Command::new(std::env::var("CARGO").unwrap())
        .args(["check", "--offline", "--quiet"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}
