//! `export`: writes the registry as JSON, as source code of other languages, gettext, CSV, Markdown
//! or conformance vectors, and the JSON Schemas of the formats.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use errbook::Locale;
use errbook_spec::canonical_tag;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::book::Book;
use crate::commands::{Specs, book, fail, problem_with_help, taxonomy, workspace};
use crate::count::count;
use crate::export::csv::{Cells, csv};
use crate::export::languages::templates;
use crate::export::model::Model;
use crate::export::template::Folder;
use crate::export::{
    CATALOGUE_SCHEMA, ERRBOOK_SCHEMA, File, MESSAGES_SCHEMA, OVERLAY_SCHEMA, OVERRIDES_SCHEMA,
    SEVERITIES_SCHEMA, SPEC_SCHEMA, catalogue, markdown, po, vectors,
};
use crate::output::Replacement;
use crate::report;
use crate::text::check_language_tag;
use crate::transaction::Lock;
use crate::vendor::{Missing, Vendor};
use crate::workspace::Workspace;

/// What `export po` calls the kinds of the registry.
const KINDS: &str = "kinds";

/// What to export, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Output format.
    #[arg(value_enum, required_unless_present = "template")]
    format: Option<Format>,
    #[command(flatten)]
    specs: Specs,
    /// Vendors, by folder name [default: all vendors]; for `po` also `kinds`, the registry's own.
    vendors: Vec<String>,
    /// Write to this folder instead of standard output; required for several files.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Language of `markdown` [default: the vendor's] and of `po` [default: each that has a
    /// translation file]; in source code, the language of readers whose own is missing [default:
    /// the vendor's].
    #[arg(long)]
    locale: Option<String>,
    /// Write the values of `csv` for programs: without what spreadsheets need to show them as they
    /// are.
    #[arg(long)]
    plain: bool,
    /// Fill this template of yours with the registry, or those in this folder, which has an
    /// export.toml. To choose vendors, give the format `custom` before them.
    #[arg(long, value_name = "PATH")]
    template: Option<PathBuf>,
}

/// The formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole registry as one catalogue.
    Json,
    /// An npm package of typed modules, one per set and language; needs `--out`.
    Typescript,
    /// C99: tables of constants, and functions that do not allocate; needs `--out`.
    C,
    /// C# enums with extension methods; needs `--out`.
    Csharp,
    /// A Go module with a package for each vendor; needs `--out`.
    Go,
    /// Java enums, one class per set; needs `--out`.
    Java,
    /// Kotlin enum classes; needs `--out`.
    Kotlin,
    /// PHP 8.1 enums; needs `--out`.
    Php,
    /// A Python package of enums; needs `--out`.
    Python,
    /// Swift enums; needs `--out`.
    Swift,
    /// Your own templates, of `--template`.
    Custom,
    /// gettext catalogues for translators; `import` reads them back.
    Po,
    /// One table of all codes, for spreadsheets; with `--plain` for programs.
    Csv,
    /// Tables for reading, in one language.
    Markdown,
    /// Conformance vectors for other implementations.
    Vectors,
    /// The JSON Schema of the catalogue.
    CatalogueSchema,
    /// The JSON Schema of errbook.toml, for editors.
    ErrbookSchema,
    /// The JSON Schema of spec.toml and kinds.toml, for editors.
    SpecSchema,
    /// The JSON Schema of overlay.toml, for editors.
    OverlaySchema,
    /// The JSON Schema of the overrides file of a program, for editors.
    OverridesSchema,
    /// The JSON Schema of messages/LANG.toml, for editors.
    MessagesSchema,
    /// The JSON Schema of severities.toml, for editors.
    SeveritiesSchema,
}

impl Format {
    /// Whether `--locale` means something for it.
    fn has_language(self) -> bool {
        self.language().is_some() || matches!(self, Self::Markdown | Self::Po | Self::Custom)
    }

    /// The language of its templates; `None` if it has none.
    fn language(self) -> Option<&'static str> {
        match self {
            Self::C => Some("c"),
            Self::Csharp => Some("csharp"),
            Self::Go => Some("go"),
            Self::Java => Some("java"),
            Self::Kotlin => Some("kotlin"),
            Self::Php => Some("php"),
            Self::Python => Some("python"),
            Self::Swift => Some("swift"),
            Self::Typescript => Some("typescript"),
            _ => None,
        }
    }
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    if let Err(problems) = check_arguments(args) {
        return fail(&problems, Path::new("."));
    }
    let of_book = |write: &dyn Fn(&Book) -> Result<Vec<File>, Problems>| {
        let book = book(root, &args.specs, &args.vendors)?;
        write(&book).map_err(|problems| (problems, PathBuf::from(".")))
    };
    let format = args.format.unwrap_or(Format::Custom);
    let files = match format {
        Format::CatalogueSchema => Ok(vec![new_file("catalogue.schema.json", CATALOGUE_SCHEMA)]),
        Format::ErrbookSchema => Ok(vec![new_file("errbook.schema.json", ERRBOOK_SCHEMA)]),
        Format::SpecSchema => Ok(vec![new_file("spec.schema.json", SPEC_SCHEMA)]),
        Format::OverlaySchema => Ok(vec![new_file("overlay.schema.json", OVERLAY_SCHEMA)]),
        Format::MessagesSchema => Ok(vec![new_file("messages.schema.json", MESSAGES_SCHEMA)]),
        Format::OverridesSchema => Ok(vec![new_file("overrides.schema.json", OVERRIDES_SCHEMA)]),
        Format::SeveritiesSchema => Ok(vec![new_file("severities.schema.json", SEVERITIES_SCHEMA)]),
        Format::Po => catalogues(args, root),
        Format::Json => of_book(&|book| catalogue(book).map_err(|error| cannot_write(&error))),
        Format::Csv => {
            let written = if args.plain {
                Cells::Plain
            } else {
                Cells::Spreadsheet
            };
            of_book(&|book| csv(book, written).map_err(|error| cannot_write(&error)))
        }
        Format::Vectors => of_book(&vectors),
        Format::Markdown => of_book(&|book| Ok(markdown(book, args.locale.as_deref()))),
        _ => of_book(&|book| source_code(format.language(), args, book)),
    };
    match files {
        Ok(files) => write(&files, args.out.as_deref()),
        Err((problems, root)) => fail(&problems, &root),
    }
}

/// Source code of a language, or what the templates of the user make of the registry.
fn source_code(language: Option<&str>, args: &Args, book: &Book) -> Result<Vec<File>, Problems> {
    let templates = match &args.template {
        Some(path) => Folder::read(path)?,
        None => language.and_then(templates).ok_or_else(|| {
            let help = "give the path of a template or of a folder of templates";
            problem_with_help("custom", "there is no `--template PATH`", help)
        })?,
    };
    let model = Model::new(book, args.locale.as_deref())?;
    if let Some(locale) = &args.locale {
        check_language_exists(&model, locale)?;
    }
    templates.render(&model)
}

/// Some text of the export is in the language of `--locale`.
fn check_language_exists(model: &Model, locale: &str) -> Result<(), Problems> {
    let of_vendors = model.vendors.iter().flat_map(|vendor| &vendor.languages);
    let languages: BTreeSet<&str> = (model.languages.iter().chain(of_vendors))
        .map(String::as_str)
        .collect();
    let parse = |tag: &str| Locale::parse(tag).ok();
    let known: Vec<_> = languages.iter().filter_map(|tag| parse(tag)).collect();
    if parse(locale).is_none_or(|locale| locale.best_of(&known).is_some()) {
        return Ok(());
    }
    let list: Vec<_> = languages.into_iter().collect();
    let help = format!("there are texts in: {}", list.join(", "));
    let message = format!("no text is in `{locale}`");
    Err(problem_with_help("--locale", &message, &help))
}

fn check_arguments(args: &Args) -> Result<(), Problems> {
    if args.template.is_some() && args.format.is_some_and(|format| format != Format::Custom) {
        let help = "omit one of both: a format has templates of its own";
        let message = "your templates are not used with this format";
        return Err(problem_with_help("--template", message, help));
    }
    if args.plain && args.format != Some(Format::Csv) {
        let help = "omit `--plain`: only `csv` has a form for spreadsheets";
        return Err(problem_with_help(
            "--plain",
            "this format is for programs",
            help,
        ));
    }
    let Some(locale) = &args.locale else {
        return Ok(());
    };
    let mut problems = Problems::default();
    let place = Place::file("--locale");
    if !args.format.is_none_or(Format::has_language) {
        let help = "omit `--locale`: `markdown`, `po` and source code have a language";
        problems.push_with_help(&place, "this format contains every language", help);
    }
    match canonical_tag(locale) {
        Some(tag) if tag != *locale => {
            problems.push(&place, format!("`{locale}` is written `{tag}`"));
        }
        _ => check_language_tag(locale, &place, &mut problems),
    }
    problems.finish(())
}

fn new_file(name: &str, text: &str) -> File {
    File {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

type Failure = (Problems, PathBuf);

fn cannot_write(error: &dyn std::error::Error) -> Problems {
    let mut problems = Problems::default();
    problems.push(
        &Place::default(),
        format!("the export could not be written: {error}"),
    );
    problems
}

/// A catalogue for each vendor and language: the language of `--locale`, or each that the vendor
/// has a translation file for. The kinds of the registry are one vendor more.
fn catalogues(args: &Args, root: Option<&Path>) -> Result<Vec<File>, Failure> {
    if !args.specs.is_empty() {
        let help = "keep the spec in a registry: translations are files beside its overlay";
        let message = "`po` exports the translations of a registry";
        let problems = problem_with_help("--spec", message, help);
        return Err((problems, PathBuf::from(".")));
    }
    let workspace = workspace(root).map_err(|problems| (problems, PathBuf::from(".")))?;
    let all = || {
        let taxonomy = taxonomy(&workspace)?;
        let mut files = Vec::new();
        // A vendor of this name has the name.
        let are_kinds =
            |name: &str| name == KINDS && !workspace.vendors().contains(&name.to_owned());
        let mut vendors = args.vendors.clone();
        vendors.retain(|name| !are_kinds(name));
        let asks_for_kinds = vendors.len() < args.vendors.len();
        let names = if vendors.is_empty() && asks_for_kinds {
            Vec::new()
        } else {
            workspace.select(&vendors)?
        };
        for name in names {
            let vendor = Vendor::read(&workspace, &name, Missing::Refused)?;
            for language in languages(args, &workspace, &name) {
                let page = po::Page::read(&vendor, taxonomy.as_ref(), &language)?;
                files.push(new_file(
                    &format!("{name}.{language}.po"),
                    &po::export(&page),
                ));
            }
        }
        if asks_for_kinds || (args.vendors.is_empty() && are_kinds(KINDS)) {
            files.extend(catalogues_of_kinds(args, &workspace)?);
        }
        Ok(files)
    };
    all().map_err(|problems| (problems, workspace.root().to_owned()))
}

/// The kinds of the registry, in each language but that in which they are written. That there are
/// none is a problem only if the command names them.
fn catalogues_of_kinds(args: &Args, workspace: &Workspace) -> Result<Vec<File>, Problems> {
    let own = workspace.config().own_kinds();
    let Some(spec) = own.and(workspace.kinds()?) else {
        if args.vendors.is_empty() {
            return Ok(Vec::new());
        }
        let help = "`kinds` in errbook.toml names their file";
        let message = "this registry has no kinds of its own";
        return Err(problem_with_help(KINDS, message, help));
    };
    let languages = match &args.locale {
        Some(locale) => vec![locale.clone()],
        None => po::kinds::languages(&spec),
    };
    let languages = languages.iter().filter(|tag| **tag != *spec.locale);
    let files = languages.map(|tag| {
        let text = po::kinds::export(&spec, tag);
        new_file(&format!("{KINDS}.{tag}.po"), &text)
    });
    let files: Vec<_> = files.collect();
    if files.is_empty() && !args.vendors.is_empty() {
        let message = format!("the kinds are written in {}", *spec.locale);
        let help = "name the language of the translation with `--locale`";
        return Err(problem_with_help(KINDS, &message, help));
    }
    Ok(files)
}

fn languages(args: &Args, workspace: &Workspace, vendor: &str) -> Vec<String> {
    args.locale.as_ref().map_or_else(
        || {
            workspace.list(
                &format!("{}/messages", workspace.vendor_folder(vendor)),
                ".toml",
            )
        },
        |locale| vec![locale.clone()],
    )
}

fn write(files: &[File], out: Option<&Path>) -> ExitCode {
    let Some(out) = out else {
        if let [file] = files {
            report::print_raw(&file.text);
            return ExitCode::SUCCESS;
        }
        report::print_error(&format!(
            "error: this export has {} files; write them to a folder with `--out DIR`",
            files.len()
        ));
        return ExitCode::FAILURE;
    };
    if let Err(error) = replace(files, out) {
        report::print_error(&format!("error: {}: {error}", out.display()));
        return ExitCode::FAILURE;
    }
    report::print_output(&format!(
        "{}: {}\n",
        report::plain(&out.display().to_string()),
        count(files.len(), "file")
    ));
    ExitCode::SUCCESS
}

/// Replaces the files of an export, all or none. Other files of the folder are kept.
fn replace(files: &[File], out: &Path) -> io::Result<()> {
    let lock = Lock::of_output(out)?;
    let mut replacement = Replacement::new(&lock, out);
    for file in files {
        replacement.put(&file.name, &file.text)?;
    }
    replacement.commit()
}
