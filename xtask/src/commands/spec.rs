//! `spec`: converts enums with codes on their variants into a spec, on standard output.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::Spec;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_syntax::derived_specs;
use toml_edit::DocumentMut;

use crate::commands::{finish, problem_with_help};
use crate::workspace::source;
use crate::write;

/// Which file to read, and which of its enums to convert.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Rust file with enums that derive `ErrorCode`.
    #[arg(value_name = "FILE.rs")]
    file: PathBuf,
    /// Enums to convert [default: all enums of the file].
    #[arg(long = "enum", value_name = "NAME")]
    enums: Vec<String>,
    /// Vendor of enums that do not name one [default: name of the file's package].
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
}

const HEADER: &str = "# Written by `errbook spec` from an enum. Edit it by hand from now on.";

/// Runs the command: prints the spec to standard output.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let written = source(&args.file).and_then(|source| {
        let spec = combine(read_enums(args, &source)?, args)?;
        Ok(format!(
            "{HEADER}\n{}{}",
            comments_for_skipped(&source, &spec),
            write::spec(&spec)
        ))
    });
    finish(written, Path::new(""))
}

fn read_enums(args: &Args, source: &Source) -> Result<Vec<Spec>, Problems> {
    let vendor = args.vendor.clone().or_else(|| package(&args.file));
    derived_specs(source, &vendor.unwrap_or_default())
}

/// The name of the package that a file belongs to, which the derive itself takes from Cargo.
fn package(file: &Path) -> Option<String> {
    let file = fs::canonicalize(file).ok()?;
    let package = |path: PathBuf| {
        let manifest: DocumentMut = fs::read_to_string(path).ok()?.parse().ok()?;
        Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
    };
    file.ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"))
        .find_map(package)
}

/// Combines the requested enums into one spec, as its sets.
fn combine(specs: Vec<Spec>, args: &Args) -> Result<Spec, Problems> {
    let file = args.file.display().to_string();
    let names: Vec<String> = specs
        .iter()
        .map(|spec| spec.sets[0].name.value.clone())
        .collect();
    let mut problems = Problems::default();
    for name in args.enums.iter().filter(|name| !names.contains(name)) {
        let help = format!("enums with codes on their variants: {}", names.join(", "));
        problems.push_with_help(
            &Place::file(&file),
            format!("enum `{name}` with codes on its variants not found in this file"),
            help,
        );
    }
    problems.finish(())?;
    let asked = |spec: &Spec| args.enums.is_empty() || args.enums.contains(&spec.sets[0].name);
    let mut chosen = specs.into_iter().filter(asked);
    let Some(mut first) = chosen.next() else {
        let help = "an enum is converted if it derives `ErrorCode` and does not name a `spec`";
        return Err(problem_with_help(
            &file,
            "no enums with codes on their variants found in this file",
            help,
        ));
    };
    for other in chosen {
        let is_alike = first.vendor == other.vendor && first.locale == other.locale;
        if !is_alike {
            let first = first.sets[0].name.as_str();
            let second = other.sets[0].name.as_str();
            let message = format!(
                "`{first}` and `{second}` have different vendors or languages; \
                 a spec has one of each"
            );
            return Err(problem_with_help(
                &file,
                &message,
                "convert them one at a time with `--enum NAME`",
            ));
        }
        first.kinds = first.kinds.or(other.kinds);
        first.sets.extend(other.sets);
    }
    Ok(first)
}

/// A comment for each variant that wraps another error: it has no code, so the spec cannot contain
/// it.
fn comments_for_skipped(source: &Source, spec: &Spec) -> String {
    let mut enums = Vec::new();
    if let Ok(file) = syn::parse_file(source.text()) {
        all_enums(file.items, &mut enums);
    }
    let mut out = String::new();
    for set in &spec.sets {
        let item = enums.iter().find(|item| item.ident == *set.name.value);
        for variant in item
            .into_iter()
            .flat_map(|item| &item.variants)
            .filter(|variant| is_transparent(variant))
        {
            let name = format!("{}::{}", set.name.value, variant.ident);
            out = out
                + "# `"
                + &name
                + "` is transparent: its codes are those of the error that it wraps.\n";
        }
    }
    out
}

fn all_enums(items: Vec<syn::Item>, found: &mut Vec<syn::ItemEnum>) {
    for item in items {
        match item {
            syn::Item::Enum(item) => found.push(item),
            syn::Item::Mod(module) => all_enums(module.content.unwrap_or_default().1, found),
            _ => {}
        }
    }
}

fn is_transparent(variant: &syn::Variant) -> bool {
    let said = variant
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("error_code"));
    let lists = said.filter_map(|attribute| attribute.meta.require_list().ok());
    lists
        .flat_map(|list| list.tokens.clone())
        .any(|token| token.to_string() == "transparent")
}
