//! A vendor's Rust module in, the same module with every language of its spec out: what a translator
//! writes reaches programs.

use std::collections::BTreeSet;

use errbook_spec::Spec;
use errbook_spec::problem::Problems;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::coverage::languages;
use crate::manifest::Manifest;
use crate::workspace::Workspace;

/// A module that lacks languages of its spec.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its path.
    pub file: String,
    /// Its text with all languages.
    pub text: String,
    /// The languages that it lacks, as they are written there.
    pub added: Vec<String>,
}

/// The module of a vendor with the languages that it lacks. `None` if it has all, which one without
/// `locales` always does, if it is not in the registry's crate, or if it is not Rust.
///
/// A language that the module should not have is listed there with `#[cfg(false)]`.
///
/// # Errors
///
/// A file of the crate cannot be read.
pub fn outdated(workspace: &Workspace, spec: &Spec) -> Result<Option<Module>, Problems> {
    let Some(package) = &workspace.config().package else {
        return Ok(None);
    };
    let vendor = spec.vendor.as_str();
    let file = package.module(&module_name(vendor));
    lacking(workspace, file, &format!("/{vendor}/spec.toml\""), spec)
}

/// The same of the root of the crate, where its kinds are.
///
/// # Errors
///
/// A file of the crate cannot be read.
pub fn outdated_kinds(workspace: &Workspace, kinds: &Spec) -> Result<Option<Module>, Problems> {
    let config = workspace.config();
    let Some((package, file)) = config.package.as_ref().zip(config.own_kinds()) else {
        return Ok(None);
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    let root = package.file("src/lib.rs");
    lacking(workspace, root, &format!("{name}\""), kinds)
}

/// The module in a file, if it lacks languages of the spec that it includes.
fn lacking(
    workspace: &Workspace,
    file: String,
    spec_file: &str,
    spec: &Spec,
) -> Result<Option<Module>, Problems> {
    let config = workspace.config();
    let package = config.package.as_ref().filter(|_| workspace.has(&file));
    let Some(package) = package else {
        return Ok(None);
    };
    let mut problems = Problems::default();
    let module = workspace.read(&file, &mut problems);
    let manifest = workspace.read(&package.manifest(), &mut problems);
    let Some((module, manifest)) = module.zip(manifest) else {
        return Err(problems);
    };
    let tokens = module.text().parse().ok();
    let Some(locales) = tokens.and_then(|tokens| locales_of(tokens, spec_file)) else {
        return Ok(None);
    };
    let features = Manifest::parse(&manifest)?.features();
    let known = tags(&locales);
    let missing = languages(std::iter::once(spec), &config.languages);
    let missing = missing.into_iter().filter(|tag| !known.contains(tag));
    let added: Vec<String> = missing.map(|tag| entry(&tag, &features)).collect();
    Ok((!added.is_empty()).then(|| Module {
        text: with_entries(module.text(), &locales, &added),
        file,
        added,
    }))
}

/// The name of a vendor's module.
#[must_use]
pub fn module_name(vendor: &str) -> String {
    vendor.replace('-', "_")
}

/// A language as a module lists it: only with the feature of its name, if the crate has one.
pub(crate) fn entry(tag: &str, features: &[String]) -> String {
    let ident = tag.replace('-', "_");
    if features.iter().any(|feature| feature == tag) {
        format!("#[cfg(feature = \"{tag}\")] {ident}")
    } else {
        ident
    }
}

/// The brackets of `locales = […]` in `include_spec! { "…/spec.toml", … }`.
fn locales_of(tokens: TokenStream, spec_file: &str) -> Option<Group> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let name = at.checked_sub(2).map(|at| tokens[at].to_string());
        let names_spec = group.stream().to_string().contains(spec_file);
        let found = if name.as_deref() == Some("include_spec") && names_spec {
            value_of(group.stream(), "locales")
        } else {
            locales_of(group.stream(), spec_file)
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The brackets of `key = […]`.
fn value_of(options: TokenStream, key: &str) -> Option<Group> {
    let tokens: Vec<TokenTree> = options.into_iter().collect();
    tokens.windows(3).find_map(|window| match window {
        [
            TokenTree::Ident(ident),
            TokenTree::Punct(equals),
            TokenTree::Group(group),
        ] if ident == key && equals.as_char() == '=' && group.delimiter() == Delimiter::Bracket => {
            Some(group.clone())
        }
        _ => None,
    })
}

/// The languages in a list. `zh_CN` is `zh-CN`, and so is `"zh-CN"`.
fn tags(list: &Group) -> BTreeSet<String> {
    let tag = |token: TokenTree| match token {
        TokenTree::Ident(ident) => Some(ident.to_string().replace('_', "-")),
        TokenTree::Literal(literal) => Some(literal.to_string().trim_matches('"').to_owned()),
        TokenTree::Group(_) | TokenTree::Punct(_) => None,
    };
    list.stream().into_iter().filter_map(tag).collect()
}

/// The text of a module with more entries at the end of a list, in the style of the others: on one
/// line, or each on its own.
fn with_entries(text: &str, brackets: &Group, added: &[String]) -> String {
    let last = brackets.stream().into_iter().last();
    let ends_with_comma = matches!(&last, Some(TokenTree::Punct(last)) if last.as_char() == ',');
    let end = last
        .map_or(brackets.span_open(), |last| last.span())
        .byte_range()
        .end;
    let before = &text[..end];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let is_vertical = line > brackets.span_open().byte_range().end;
    let between = if is_vertical {
        let indent = &before[line..];
        format!("\n{}", &indent[..indent.len() - indent.trim_start().len()])
    } else {
        " ".to_owned()
    };
    let mut out = before.to_owned();
    if !ends_with_comma {
        out.push(',');
    }
    out += &between;
    out += &added.join(&format!(",{between}"));
    if ends_with_comma {
        out.push(',');
    }
    out + &text[end..]
}
