//! Splits a Rust file into its items, and finds what an expansion reports.

use std::mem::take;
use std::path::{Path, PathBuf};

use errbook_codegen::{Options, expand_partial};
use errbook_syntax::{Include, derive_error_code};
use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree};

/// The folder of the compile errors that trybuild compares with those of rustc.
pub(crate) fn ui() -> PathBuf {
    let macros = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    macros.parent().unwrap().join("tests/macros/ui")
}

/// An error or a warning of a macro, with its line and column: `3:18: code `2` has no message`.
pub(crate) type Report = String;

/// What the macros report about each of their uses in a Rust file.
pub(crate) fn reports(path: &Path) -> Vec<Report> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    find_uses(text.parse().unwrap(), path, &mut found);
    found.sort();
    found
}

fn find_uses(tokens: TokenStream, path: &Path, found: &mut Vec<Report>) {
    for item in items(tokens) {
        let expansion = match &item[..] {
            [
                ..,
                TokenTree::Ident(word),
                TokenTree::Ident(_),
                TokenTree::Group(group),
            ] if word == "mod" => {
                find_uses(group.stream(), path, found);
                continue;
            }
            _ if derives(&item) => {
                derive_error_code(item.iter().cloned().collect(), Some(path.to_owned()))
            }
            _ => match include_input(&item) {
                Some(input) => include(input, path),
                None => continue,
            },
        };
        find_reports(expansion, item[0].span(), found);
    }
}

/// The input of `include_spec! { … }`.
fn include_input(item: &[TokenTree]) -> Option<TokenStream> {
    item.windows(3).find_map(|tokens| match tokens {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Group(input),
        ] if name == "include_spec" => Some(input.stream()),
        _ => None,
    })
}

/// The expansion of `include_spec!`.
fn include(input: TokenStream, path: &Path) -> TokenStream {
    let include = match Include::read(input, Some(path.to_owned())) {
        Ok(include) => include,
        Err(errors) => return errors,
    };
    let options = Options {
        errbook: include.errbook.clone(),
        kinds: include.kinds.clone(),
        locales: include.locales.clone(),
        default: include.default.clone(),
        on_enum: include.on_enum.clone(),
        visibility: include.visibility.clone(),
        exhaustive: include.exhaustive,
        overrides: include.overrides.clone(),
    };
    let expansion = expand_partial(&include.source, &options);
    include.expansion(
        &expansion.tokens,
        expansion.problems.as_ref(),
        &expansion.warnings,
    )
}

/// The tokens of each item, which ends with a block or a semicolon.
fn items(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = Vec::new();
    let mut item = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                item.push(token);
                items.push(take(&mut item));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                item.push(token);
                items.push(take(&mut item));
            }
            // `#![…]` and `//! …` belong to the file.
            TokenTree::Group(_) if is_inner_attribute(&item) => item.clear(),
            _ => item.push(token),
        }
    }
    items
}

fn is_inner_attribute(before: &[TokenTree]) -> bool {
    matches!(before, [_, TokenTree::Punct(not)] if not.as_char() == '!')
}

/// Whether an item has `#[derive(…, ErrorCode)]`.
fn derives(item: &[TokenTree]) -> bool {
    item.iter().any(|token| {
        let text = token.to_string();
        text.starts_with("[derive") && text.contains("ErrorCode")
    })
}

/// Finds `compile_error! { "…" }`, and uses of what is deprecated with a note. What is about the
/// whole input is reported where the macro is used.
fn find_reports(tokens: TokenStream, macro_use: Span, found: &mut Vec<Report>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, &tokens[at + 1..]) {
            (TokenTree::Ident(name), [TokenTree::Punct(_), TokenTree::Group(group), ..])
                if name == "compile_error" =>
            {
                found.push(report(name.span(), macro_use, group.stream()));
            }
            (TokenTree::Group(group), rest) => {
                if let Some(note) = deprecation_note(group.stream()) {
                    let used = rest
                        .iter()
                        .rfind(|token| matches!(token, TokenTree::Ident(_)));
                    found.push(report(used.unwrap().span(), macro_use, note));
                } else {
                    find_reports(group.stream(), macro_use, found);
                }
            }
            _ => {}
        }
    }
}

/// The literal of `deprecated(note = "…")`.
fn deprecation_note(attribute: TokenStream) -> Option<TokenStream> {
    let mut tokens = attribute.into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(arguments))) =
        (tokens.next(), tokens.next())
    else {
        return None;
    };
    (name == "deprecated").then(|| arguments.stream().into_iter().skip(2).collect())
}

/// The messages of all errors and warnings, in their order.
pub(crate) fn messages(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    find_reports(tokens, Span::call_site(), &mut found);
    let message = |report: String| report.splitn(3, ':').nth(2).unwrap()[1..].to_owned();
    found.into_iter().map(message).collect()
}

/// Where the errors and warnings are.
pub(crate) fn places(tokens: TokenStream) -> Vec<LineColumn> {
    let mut found = Vec::new();
    find_reports(tokens, Span::call_site(), &mut found);
    let number = |text: Option<&str>| text.unwrap().parse::<usize>().unwrap();
    let place = |report: String| {
        let mut parts = report.split(':');
        LineColumn {
            line: number(parts.next()),
            column: number(parts.next()) - 1,
        }
    };
    found.into_iter().map(place).collect()
}

fn report(span: Span, macro_use: Span, message: TokenStream) -> Report {
    let message: syn::LitStr = syn::parse2(message).unwrap();
    let is_at_call = span.byte_range() == Span::call_site().byte_range();
    let place = if is_at_call { macro_use } else { span }.start();
    let message = message.value().replace(ui().to_str().unwrap(), "$DIR/ui");
    format!("{}:{}: {message}", place.line, place.column + 1)
}
