//! `export`: the registry as files for those who do not write Rust.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::canonical_tag;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use super::{book, fail, taxonomy, workspace};
use crate::count::count;
use crate::explain::Book;
use crate::export::{
    CATALOGUE_SCHEMA, File, MESSAGES_SCHEMA, OVERLAY_SCHEMA, SEVERITIES_SCHEMA, SPEC_SCHEMA,
    catalogue, csv, markdown, po, typescript, vectors,
};
use crate::vendor::{Missing, Vendor};
use crate::workspace::Workspace;
use crate::{output, report};

/// What to export, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The form of it.
    #[arg(value_enum)]
    format: Format,
    /// Only these vendors.
    vendors: Vec<String>,
    /// The folder to write to; without it, one file goes to the standard output.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The language: of Markdown (by default the vendor's own), of gettext (by default every one that is begun).
    #[arg(long)]
    locale: Option<String>,
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// All that is known, as one catalogue.
    Json,
    /// Typed modules, one a set, for `tsc` and bundlers; `--out` is needed.
    Typescript,
    /// A gettext catalogue for translators, which `import` reads back.
    Po,
    /// One table of all codes.
    Csv,
    /// Tables for people, in one language.
    Markdown,
    /// What every code must come out as, to hold an implementation to.
    Vectors,
    /// The JSON Schema of the catalogue.
    CatalogueSchema,
    /// The JSON Schema of spec.toml and kinds.toml, for editors.
    SpecSchema,
    /// The JSON Schema of overlay.toml, for editors.
    OverlaySchema,
    /// The JSON Schema of messages/LANG.toml, for editors.
    MessagesSchema,
    /// The JSON Schema of severities.toml, for editors.
    SeveritiesSchema,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    if let Err(problems) = the_language_is_one_and_is_used(args) {
        return fail(&problems, Path::new("."));
    }
    let files = match args.format {
        Format::CatalogueSchema => Ok(vec![file("catalogue.schema.json", CATALOGUE_SCHEMA)]),
        Format::SpecSchema => Ok(vec![file("spec.schema.json", SPEC_SCHEMA)]),
        Format::OverlaySchema => Ok(vec![file("overlay.schema.json", OVERLAY_SCHEMA)]),
        Format::MessagesSchema => Ok(vec![file("messages.schema.json", MESSAGES_SCHEMA)]),
        Format::SeveritiesSchema => Ok(vec![file("severities.schema.json", SEVERITIES_SCHEMA)]),
        Format::Po => catalogues(args, root),
        _ => book(root, &args.vendors).and_then(|book| files(args, &book)),
    };
    match files {
        Ok(files) => write(&files, args.out.as_deref()),
        Err((problems, root)) => fail(&problems, &root),
    }
}

fn the_language_is_one_and_is_used(args: &Args) -> Result<(), Problems> {
    let Some(locale) = &args.locale else {
        return Ok(());
    };
    let mut problems = Problems::default();
    let place = Place::file("--locale");
    if !matches!(args.format, Format::Markdown | Format::Po) {
        let help = "leave `--locale` out: only Markdown and gettext are of one language";
        problems.push_with_help(&place, "this form of an export holds every language", help);
    }
    match canonical_tag(locale) {
        Some(tag) if tag == *locale => {}
        Some(tag) => problems.push(&place, format!("`{locale}` is written `{tag}`")),
        None => {
            let help =
                "a tag begins with two or three letters, such as `ja`, `pt-BR` or `zh-Hant-TW`";
            problems.push_with_help(&place, format!("`{locale}` is not a language tag"), help);
        }
    }
    problems.finish(())
}

fn file(name: &str, text: &str) -> File {
    File {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

type Failure = (Problems, PathBuf);

fn files(args: &Args, book: &Book) -> Result<Vec<File>, Failure> {
    let written = match args.format {
        Format::Json => catalogue(book).map_err(|error| said(&error)),
        Format::Csv => csv(book).map_err(|error| said(&error)),
        Format::Typescript => typescript(book),
        Format::Vectors => vectors(book),
        _ => Ok(markdown(book, args.locale.as_deref())),
    };
    written.map_err(|problems| (problems, PathBuf::from(".")))
}

fn said(error: &dyn std::error::Error) -> Problems {
    let mut problems = Problems::default();
    problems.push(
        &Place::default(),
        format!("the export could not be written: {error}"),
    );
    problems
}

/// A catalogue for each vendor and each language that it has a dictionary for, or for the one that was asked for.
fn catalogues(args: &Args, root: Option<&Path>) -> Result<Vec<File>, Failure> {
    let workspace = workspace(root).map_err(|problems| (problems, PathBuf::from(".")))?;
    let all = || {
        let taxonomy = taxonomy(&workspace)?;
        let mut files = Vec::new();
        for name in workspace.select(&args.vendors)? {
            let vendor = Vendor::read(&workspace, &name, Missing::Refused)?;
            for language in languages(args, &workspace, &name) {
                let page = po::Page::read(&vendor, taxonomy.as_ref(), &language)?;
                files.push(file(&format!("{name}.{language}.po"), &po::export(&page)));
            }
        }
        Ok(files)
    };
    all().map_err(|problems| (problems, workspace.root().to_owned()))
}

fn languages(args: &Args, workspace: &Workspace, vendor: &str) -> Vec<String> {
    args.locale.as_ref().map_or_else(
        || workspace.list(&format!("codes/vendors/{vendor}/messages"), ".toml"),
        |locale| vec![locale.clone()],
    )
}

fn write(files: &[File], out: Option<&Path>) -> ExitCode {
    let Some(out) = out else {
        if let [file] = files {
            report::say_plain(&file.text);
            return ExitCode::SUCCESS;
        }
        report::print_error(&format!(
            "error: this is {} files: name a folder for them with `--out DIR`",
            files.len()
        ));
        return ExitCode::FAILURE;
    };
    for file in files {
        let path = out.join(&file.name);
        if let Err(error) = output::put(&path, &file.text) {
            report::print_error(&format!("error: {}: {error}", path.display()));
            return ExitCode::FAILURE;
        }
    }
    report::say(&format!(
        "{}: {}\n",
        out.display(),
        count(files.len(), "file")
    ));
    ExitCode::SUCCESS
}
