//! Checks the source of the generator: `emit` contains no decisions, its names are those of the
//! runtime, and the output of `expand` compiles.

use std::collections::BTreeSet;
use std::fmt::Write;

use errbook_cli::commands::expand::readable;
use errbook_codegen::{Options, expand, names};
use errbook_spec::place::Source;
use errbook_spec::{Billing, Fault, GrpcCode, Retry, Severity};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace::{read_vendor_file, root, vendors};

fn parse_tokens(path: &std::path::Path) -> TokenStream {
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

/// Adds the decisions of the emitter in `tokens`: `if`, its shorthands, and `match` over several
/// conditions at once.
///
/// In the Rust of a `quote!`, an `if` belongs to the generated code if its condition names a value
/// of that code (`if at < #len`). A condition of interpolations and literals alone (`if #is_empty`)
/// is the emitter's decision in disguise, and is found too.
fn collect_decisions(tokens: TokenStream, place: Place, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        let is_emitter = place == Place::Emitter;
        match token {
            TokenTree::Ident(ident) if ident == "if" && !is_emitter => {
                let condition = tokens[at + 1..].iter().take_while(|token| !is_brace(token));
                let condition: TokenStream = condition.cloned().collect();
                if !names_a_value(condition.clone()) {
                    found.push(format!("if {condition}"));
                }
            }
            TokenTree::Ident(ident) if is_emitter && (ident == "if" || ident == "else") => {
                found.push(ident.to_string());
            }
            // `condition.then(…)` and `option.filter(…)` are an `if` too.
            TokenTree::Ident(ident)
                if is_emitter
                    && (ident == "then" || ident == "then_some" || ident == "filter")
                    && is_punct(before, '.') =>
            {
                found.push(format!(".{ident}"));
            }
            // So is a `match` over two conditions at once.
            TokenTree::Ident(ident) if is_emitter && ident == "match" => {
                if let Some(TokenTree::Group(group)) = after
                    && group.delimiter() == Delimiter::Parenthesis
                {
                    found.push(format!("match {group}"));
                }
            }
            TokenTree::Group(group) => {
                let is_quoted = is_punct(before, '!')
                    && is_ident(at.checked_sub(2).map(|at| &tokens[at]), "quote");
                let place = if is_quoted { Place::Quoted } else { place };
                collect_decisions(group.stream(), place, found);
            }
            _ => {}
        }
    }
}

/// Whose Rust the tokens are.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// That of the emitter.
    Emitter,
    /// That of the generated code, inside `quote!`.
    Quoted,
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Whether tokens inside `quote!` contain an identifier that is not an interpolation (`#name`).
fn names_a_value(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(ident) => {
            let is_interpolated = is_punct(at.checked_sub(1).map(|at| &tokens[at]), '#');
            !is_interpolated && !["true", "false", "cfg"].contains(&ident.to_string().as_str())
        }
        TokenTree::Group(group) => names_a_value(group.stream()),
        _ => false,
    })
}

#[test]
fn the_emitter_decides_nothing() {
    let folder = root().join("macros/codegen/src/emit");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let mut found = Vec::new();
        collect_decisions(parse_tokens(&path), Place::Emitter, &mut found);
        assert!(
            found.is_empty(),
            "{}: `lower` decides, `emit` only writes: {found:?}",
            path.display()
        );
        files += 1;
    }
    assert!(files > 3, "found only {files} files of the emitter");
    // The check itself finds each form of a decision.
    let mut found = Vec::new();
    let hidden = "let a = x.then(|| 1); match (a, b) { _ if c => quote!(if at < #d { #e }) }
                  quote!(fn f() { if #is_empty { g(if (#a && true) { 1 } else { 2 }) } })";
    collect_decisions(hidden.parse().unwrap(), Place::Emitter, &mut found);
    assert_eq!(
        found,
        [
            ".then",
            "match (a , b)",
            "if",
            "if # is_empty",
            "if (# a && true)"
        ]
    );
}

/// Keywords, and names that are in every scope.
const EVERYWHERE: [&str; 32] = [
    "Self", "_", "as", "bool", "const", "crate", "else", "fn", "for", "i32", "i64", "if", "impl",
    "in", "let", "match", "mut", "pub", "ref", "return", "rt", "self", "static", "str", "true",
    "false", "type", "u16", "u32", "use", "usize", "where",
];

/// Adds the names that `tokens` declare to `declared`, and all others that they use to `used`.
fn collect_names(
    tokens: TokenStream,
    declared: &mut BTreeSet<String>,
    used: &mut BTreeSet<String>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        match token {
            TokenTree::Ident(ident) => {
                let is_path =
                    is_punct(before, ':') && is_punct(at.checked_sub(2).map(|at| &tokens[at]), ':');
                // A parameter of the macro, a lifetime, a method, an item of a path, a macro: these
                // do not need a name in scope.
                let is_resolved_elsewhere = ['$', '\'', '.']
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
                if EVERYWHERE.contains(&name.as_str()) || is_resolved_elsewhere {
                    continue;
                }
                if is_declared {
                    declared.insert(name);
                } else {
                    used.insert(name);
                }
            }
            // Attributes and the arguments of other macros are skipped.
            TokenTree::Group(group) if !is_punct(before, '#') && !is_punct(before, '!') => {
                collect_names(group.stream(), declared, used);
            }
            _ => {}
        }
    }
}

#[test]
fn the_runtime_macros_expect_exactly_the_listed_names() {
    let file = root().join("runtime/src/__private/macros.rs");
    let tokens: Vec<TokenTree> = parse_tokens(&file).into_iter().collect();
    let mut free = BTreeSet::new();
    for rules in tokens.iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }) {
        let rules: Vec<TokenTree> = rules.stream().into_iter().collect();
        // The expansion in a rule `(…) => {…}`.
        for (at, token) in rules.iter().enumerate() {
            if let TokenTree::Group(body) = token
                && at > 1
                && is_punct(Some(&rules[at - 1]), '>')
            {
                let mut declared = BTreeSet::new();
                let mut used = BTreeSet::new();
                collect_names(body.stream(), &mut declared, &mut used);
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

/// Specs with names that no shipped and no small spec has: numbers and strings with earlier codes,
/// numbers and strings of which several variants that are not neighbours have the same, and codes
/// that first appeared in different releases.
const OTHER_SPECS: [(&str, &str); 5] = [
    ("", "[1] since.release = \"0.1.0\", [2]"),
    ("", "[1] was = [\"7\"], [500]"),
    ("wire = \"string\"", "[E1] was = [\"E7\"], [E2]"),
    ("identity = \"code+symbol\"", "[1] A, [2] B, [1] C"),
    (
        "wire = \"string\"\nidentity = \"code+symbol\"",
        "[E1] A, [E2] B, [E1] C<c>",
    ),
];

/// A spec of one set, from its keys and its codes: `[CODE] SYMBOL`, or `[CODE] key = …`.
fn spec_of(keys: &str, codes: &str) -> String {
    let mut spec =
        format!("schema = 1\nvendor = \"v\"\nlocale = \"en\"\n[[set]]\nname = \"S\"\n{keys}\n");
    for (at, code) in codes.split(", ").enumerate() {
        let (code, rest) = code[1..].split_once(']').unwrap();
        let rest = rest.trim();
        let rest = match rest {
            "" => String::new(),
            symbol if !symbol.contains('=') => format!("symbol = \"{symbol}\""),
            key => key.to_owned(),
        };
        writeln!(
            spec,
            "[[set.code]]\ncode = \"{code}\"\nvariant = \"V{at}\"\n{rest}"
        )
        .unwrap();
    }
    spec
}

/// Adds every identifier of an expansion.
fn collect_identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_identifiers(group.stream(), found),
            _ => {}
        }
    }
}

/// Each name of `names.rs` occurs in an expansion, so none is left over from a removed lookup.
#[test]
fn every_name_in_the_list_is_used() {
    let mut specs: Vec<String> = vendors()
        .iter()
        .map(|vendor| read_vendor_file(vendor, "spec.toml"))
        .collect();
    for file in std::fs::read_dir(root().join("tests/fixtures/specs")).unwrap() {
        specs.push(std::fs::read_to_string(file.unwrap().path()).unwrap());
    }
    specs.extend(OTHER_SPECS.map(|(keys, codes)| spec_of(keys, codes)));
    // 3,000 random codes are looked up in two levels.
    let many: Vec<String> = (0..3_000_u32)
        .map(|at| format!("[{}] S{at}", at.wrapping_mul(2_654_435_769).cast_signed()))
        .collect();
    specs.push(spec_of("", &many.join(", ")));
    let mut found = BTreeSet::new();
    for spec in &specs {
        let source = Source::new("spec.toml", spec);
        collect_identifiers(expand(&source, &Options::default()).unwrap(), &mut found);
    }
    let list = std::fs::read_to_string(root().join("macros/codegen/src/names.rs")).unwrap();
    let names: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(
        names.len() > 20,
        "only {} names were found in names.rs",
        names.len()
    );
    let unused: Vec<_> = names
        .iter()
        .filter(|name| !found.contains(**name))
        .collect();
    assert!(unused.is_empty(), "no expansion contains {unused:?}");
}

/// The variants of an enum of the runtime.
fn runtime_variants(file: &str, name: &str) -> BTreeSet<String> {
    let path = root().join("runtime/src").join(file);
    let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
    let found = file.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    });
    let variants = found.unwrap().variants.into_iter();
    variants.map(|variant| variant.ident.to_string()).collect()
}

/// The generator and the derive name the runtime's variants after those of `errbook-spec`.
#[test]
fn the_enums_of_a_spec_and_of_the_runtime_have_the_same_variants() {
    fn spec_variants<T: std::fmt::Debug>(
        words: &[(&str, T)],
        with_unspecified: &[&str],
    ) -> BTreeSet<String> {
        let variants = words.iter().map(|(_, variant)| format!("{variant:?}"));
        let unspecified = with_unspecified.iter().map(|name| (*name).to_owned());
        variants.chain(unspecified).collect()
    }
    let unspecified = &["Unspecified"];
    assert_eq!(
        runtime_variants("retry.rs", "Retry"),
        spec_variants(Retry::WORDS, unspecified)
    );
    assert_eq!(
        runtime_variants("billing.rs", "Billing"),
        spec_variants(Billing::WORDS, unspecified)
    );
    assert_eq!(
        runtime_variants("severity.rs", "Severity"),
        spec_variants(Severity::WORDS, &[])
    );
    assert_eq!(
        runtime_variants("fault.rs", "Fault"),
        spec_variants(Fault::WORDS, &[])
    );
    assert_eq!(
        runtime_variants("grpc.rs", "GrpcCode"),
        spec_variants(GrpcCode::WORDS, &[])
    );
}

/// A taxonomy need not have gRPC codes. As with HTTP statuses, the method exists only if every kind
/// has one.
#[test]
fn a_kind_without_a_grpc_code_is_possible() {
    let kinds = std::fs::read_to_string(root().join("runtime/tests/guide/kinds.toml")).unwrap();
    let has_method = |text: &str| {
        let expansion = expand(&Source::new("kinds.toml", text), &Options::default());
        expansion.unwrap().to_string().contains("grpc")
    };
    assert!(has_method(&kinds));
    let without_one = kinds.replacen("grpc = \"UNAVAILABLE\"\n", "", 1);
    assert_ne!(without_one, kinds);
    assert!(!has_method(&without_one));
}

/// The output of `errbook expand` is Rust that could replace the macro call.
#[test]
fn the_output_of_expand_compiles() {
    let package = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("expanded");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let mut sources = Vec::new();
    for vendor in vendors() {
        let name = vendor.replace('-', "_");
        sources.push((
            name,
            Source::new("spec.toml", &read_vendor_file(&vendor, "spec.toml")),
        ));
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
        let rust = readable(source, "crate::Kind").unwrap();
        assert!(
            !rust.contains("rt::code!"),
            "{name}: a macro of the runtime is not expanded"
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
