//! A folder in, the files that make it a registry out: errbook.toml, a crate, and what git needs to
//! know. Nothing that exists is replaced.

mod package;
mod workflow;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use errbook_spec::is_name;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::config::{FILE, Kinds};
use crate::interface::Words;
use crate::program::program;
use crate::shipped;
use crate::text::{LONGEST_FEATURE, check_language_tag};
use crate::transaction::Transaction;
use crate::workspace::registry_above;
use crate::write::schema_line;

/// What a person decided about the new registry.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// What it is called; the folder's name if nothing is said.
    pub name: Option<String>,
    /// The languages of its texts; the first is that of most documents.
    pub languages: Vec<String>,
    /// Its taxonomy, if it has one.
    pub kinds: Option<Kinds>,
    /// Whether a Rust crate carries it.
    pub package: bool,
    /// Whether to write workflows for GitHub.
    pub workflow: bool,
}

/// What `init` will write, and what a person should know.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files to write.
    pub transaction: Transaction,
    /// What was left alone, and what is left to do.
    pub notes: Vec<String>,
}

/// Plans a registry in a folder, which may not exist yet.
///
/// # Errors
///
/// The folder is or is inside of a registry, or is a cargo workspace without a package; a name or a
/// language tag is not valid; a Cargo.toml cannot be parsed.
pub fn plan(folder: &Path, wishes: &Wishes) -> Result<Plan, Problems> {
    let folder = &std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    check_is_free(folder)?;
    let name = registry_name(folder, wishes)?;
    let mut problems = Problems::default();
    for tag in &wishes.languages {
        check_language_tag(tag, &Place::file("--languages"), &mut problems);
    }
    problems.finish(())?;
    let mut plan = Plan::default();
    let layout = if wishes.package {
        Some(package::add_package(folder, &name, wishes, &mut plan)?)
    } else {
        None
    };
    let is_known = |tag: &&String| Words::languages().iter().any(|words| words.tag == **tag);
    let (known, unknown): (Vec<&String>, Vec<&String>) =
        wishes.languages.iter().partition(is_known);
    plan.transaction
        .put(FILE, config(&name, wishes, layout.as_ref(), &known));
    if let Some(file) = wishes.kinds.as_ref().and_then(Kinds::file) {
        plan.add(folder, file, &own_kinds(&wishes.languages));
    }
    plan.add_lines(folder, ".gitattributes", GIT_ATTRIBUTES);
    plan.add_lines(folder, ".gitignore", GIT_IGNORE);
    plan.add(folder, "README.md", &readme(&name));
    if wishes.workflow {
        workflow::add_workflows(folder, &mut plan);
    }
    for tag in unknown {
        plan.notes.push(format!(
            "{tag}: releases write no changelog in this language"
        ));
    }
    let next = format!(
        "next: `{} add VENDOR FILE` adds a vendor's document",
        program()
    );
    plan.notes.push(next);
    Ok(plan)
}

impl Plan {
    /// Writes a file, unless there is one.
    fn add(&mut self, folder: &Path, file: &str, text: &str) {
        if folder.join(file).exists() {
            self.notes.push(format!("{file} exists and is left alone"));
        } else {
            self.transaction.put(file, text);
        }
    }

    /// Adds the lines that a file lacks at its end.
    fn add_lines(&mut self, folder: &Path, file: &str, lines: &str) {
        let old = fs::read_to_string(folder.join(file)).unwrap_or_default();
        let has = |line: &&str| old.lines().any(|own| own.trim_end() == *line);
        let missing: Vec<&str> = lines.lines().filter(|line| !has(line)).collect();
        if missing.iter().all(|line| line.starts_with('#')) {
            return;
        }
        let mut text = old;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for line in missing {
            let _ = writeln!(text, "{line}");
        }
        self.transaction.put(file, text);
    }
}

/// Where the crate has its modules, as errbook.toml says it.
#[derive(Debug)]
struct Layout {
    modules: &'static str,
    list: &'static str,
}

/// The crate is called `NAME-codes`, and crates.io takes 64 characters.
const LONGEST_NAME: usize = LONGEST_FEATURE - "-codes".len();

fn check_is_free(folder: &Path) -> Result<(), Problems> {
    if folder.join(FILE).exists() {
        let message = "this folder is a registry already";
        return Err(problem(
            folder,
            message,
            "`add VENDOR FILE` adds a document to it",
        ));
    }
    match registry_above(folder) {
        Some(above) => {
            let message = format!("this folder is inside a registry: {}", above.display());
            Err(problem(folder, &message, "choose a folder outside of it"))
        }
        None => Ok(()),
    }
}

/// The name that was given, or that of the folder: it becomes part of the crate's name.
fn registry_name(folder: &Path, wishes: &Wishes) -> Result<String, Problems> {
    let name = wishes.name.clone().unwrap_or_else(|| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.to_lowercase().replace([' ', '_', '.'], "-")
    });
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    if name == shipped::NAME {
        let message = format!("`{name}` is the name of the registry that errbook ships");
        return Err(problem(
            folder,
            &message,
            "choose another one with `--name`",
        ));
    }
    if name.len() > LONGEST_NAME {
        let message = format!("`{name}` is longer than {LONGEST_NAME} characters");
        return Err(problem(
            folder,
            &message,
            "choose a shorter name with `--name`",
        ));
    }
    if begins && name.split('-').all(is_word) && is_name(&name.replace('-', "_")) {
        return Ok(name);
    }
    let message = format!("`{name}` cannot be the name of a registry and its crate");
    let help = "choose one with `--name`: lowercase letters, digits and single hyphens, and no \
                keyword of Rust";
    Err(problem(folder, &message, help))
}

/// The text of errbook.toml; `changelogs` are the languages in which a release is described.
fn config(name: &str, wishes: &Wishes, layout: Option<&Layout>, changelogs: &[&String]) -> String {
    let mut out = format!(
        "{}\n# A registry of error codes, kept with errbook.\nschema = 1\nname = \"{name}\"\n\
         vendors = \"vendors\"\n",
        schema_line("errbook")
    );
    let _ = match &wishes.kinds {
        Some(kinds) => writeln!(
            out,
            "kinds = \"{}\"\nkinds-page = \"KINDS.md\"",
            kinds.name()
        ),
        None => writeln!(
            out,
            "# What a code means whichever vendor sends it: the kinds that errbook ships.\n\
             # kinds = \"{}\"",
            Kinds::Shared.name()
        ),
    };
    let languages: Vec<_> = wishes
        .languages
        .iter()
        .map(|tag| format!("\"{tag}\""))
        .collect();
    let _ = writeln!(out, "languages = [{}]", languages.join(", "));
    let _ = writeln!(
        out,
        "# The vendors that errbook ships, for `explain` and the site.\n# include = [\"{}\"]",
        shipped::NAME
    );
    if let Some(Layout { modules, list }) = layout {
        let _ = write!(
            out,
            "\n[crate]\npath = \".\"\nmodules = \"{modules}\"\nlist = \"{list}\"\n"
        );
    }
    let changelogs: Vec<_> = changelogs
        .iter()
        .map(|tag| match tag.as_str() {
            "en" => "en = \"CHANGELOG.md\"".to_owned(),
            tag => format!("{tag} = \"CHANGELOG.{tag}.md\""),
        })
        .collect();
    out += "\n[release]\npromises = \"released\"\n";
    if layout.is_some() {
        out += "version = \"Cargo.toml\"\n";
    }
    let _ = writeln!(out, "changelog = {{ {} }}", changelogs.join(", "));
    out
}

/// A taxonomy with one kind, to begin with.
fn own_kinds(languages: &[String]) -> String {
    let locale = languages.first().map_or("en", String::as_str);
    format!(
        "# What codes of different vendors have in common. One entry for each kind.\n\
         schema = 1\nvendor = \"kinds\"\nlocale = \"{locale}\"\n\n\
         [[set]]\nname = \"Kind\"\nwire = \"string\"\n\n\
         [[set.code]]\ncode = \"invalid-argument\"\nvariant = \"InvalidArgument\"\n\
         message.{locale} = \"invalid argument\"\n"
    )
}

fn readme(name: &str) -> String {
    format!(
        "# Error codes of {name}\n\n\
         Vendors' documents, and the Rust enums that errbook makes of them.\n\n\
         | command | what it does |\n| --- | --- |\n\
         | `errbook add VENDOR FILE` | adds a vendor from its document, and lists what is left to decide in `vendors/VENDOR/overlay.toml` |\n\
         | `errbook regen` | writes each `spec.toml` again, after a change of an overlay or a translation |\n\
         | `errbook update VENDOR FILE` | replaces a document by a later edition, and shows what changes |\n\
         | `errbook watch` | shows what vendors have changed since, where `url` in an overlay says where the document is published |\n\
         | `errbook explain CODE` | shows what a code means |\n\
         | `errbook release --bump` | raises the version as far as the changes require, and records what is promised |\n"
    )
}

const GIT_ATTRIBUTES: &str = "\
# Vendors' documents are kept byte for byte; a merge of their lines would be a document that was never published.
vendors/*/source.* -text -merge
# After a conflict: `errbook regen VENDOR --previous MERGE_HEAD`.
vendors/*/spec.toml text eol=lf -merge
released/* text eol=lf -merge
";

const GIT_IGNORE: &str = "/target\n.errbook/\n";

fn problem(folder: &Path, message: &str, help: &str) -> Problems {
    let mut problems = Problems::default();
    let place = Place::file(&folder.display().to_string());
    problems.push_with_help(&place, message, help);
    problems
}
