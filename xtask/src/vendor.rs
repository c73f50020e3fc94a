//! Reads all files of a vendor's folder, without parsing them.

use std::fs;
use std::path::Path;

use errbook_ingest::lexicon::Words;
use errbook_ingest::{self as ingest, Opened};
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use hmac_sha256::Hash as Sha256;

use crate::fetched::Fetched;
use crate::program::program;
use crate::release::{has_releases, record_of};
use crate::text::check_language_tag;
use crate::workspace::{Workspace, cannot_be_read};

/// The files that a spec is made from.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The name of the folder.
    pub name: String,
    /// The path of the folder.
    pub folder: String,
    /// The vendor's document: source.md, source.html, …
    pub document: Original,
    /// overlay.toml.
    pub overlay: Source,
    /// messages/LANG.toml, by language. A language that the registry must have is here without a file.
    pub messages: Vec<(String, Source)>,
    /// The previous spec.toml, and those of other revisions.
    pub memory: Vec<Source>,
    /// The spec as the last release recorded it, if one did.
    pub released: Option<Source>,
    /// Whether the registry has a release.
    pub has_releases: bool,
    /// The words that the document is read by.
    pub words: Words,
}

/// A vendor's document, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    name: String,
    /// A file name with the extension of its kind.
    kind: String,
    bytes: Vec<u8>,
    /// The encoding that the server named which it was downloaded from.
    charset: Option<String>,
}

impl Original {
    /// The bytes of the file with this name.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            kind: name.to_owned(),
            bytes: bytes.into(),
            charset: None,
        }
    }

    /// The bytes that a URL led to, which are a file with this extension.
    #[must_use]
    pub fn downloaded(url: &str, extension: &str, bytes: Vec<u8>, charset: Option<String>) -> Self {
        Self {
            name: url.to_owned(),
            kind: format!("source.{extension}"),
            bytes,
            charset,
        }
    }

    /// Reads a file inside or outside of the workspace, and calls it `name`.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn read(path: &Path, name: &str) -> Result<Self, Problems> {
        fs::read(path)
            .map(|bytes| Self::new(name, bytes))
            .map_err(|error| {
                let mut problems = Problems::default();
                problems.push(&Place::file(name), cannot_be_read(&error));
                problems
            })
    }

    /// Its path, as messages show it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The SHA-256 of its bytes, in hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex_sha256(&self.bytes)
    }

    /// What it is called in the folder of its vendor: `source` with its own extension.
    #[must_use]
    pub fn file_name(&self) -> String {
        let extension = Path::new(&self.kind).extension();
        let extension = extension.map_or("md".into(), |extension| extension.to_string_lossy());
        format!("source.{}", extension.to_ascii_lowercase())
    }

    /// Reads what it says; `encoding` is that of its text, if it is not UTF-8.
    ///
    /// # Errors
    ///
    /// Documents of this kind are not read, or this one is broken.
    pub fn open(&self, encoding: Option<&str>, words: Words) -> Result<Opened, Problems> {
        let file = Path::new(&self.kind);
        let open = |encoding| ingest::open_with(file, &self.bytes, encoding, words);
        let opened = open(encoding).or_else(|error| match &self.charset {
            // Servers name a wrong encoding more often than the bytes are certain of a wrong one.
            Some(charset) if encoding.is_none() => open(Some(charset)).map_err(|_| error),
            _ => Err(error),
        });
        opened.map_err(|error| {
            let place = Place {
                line: error.line,
                column: error.column,
                ..Place::file(&self.name)
            };
            let mut problems = Problems::default();
            problems.push_with_help(&place, error.message, error.help);
            problems
        })
    }
}

/// How to treat a vendor that has no spec.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// As a mistake: without the previous spec, retired codes would be lost.
    Refused,
    /// As a new vendor.
    Begins,
}

impl Vendor {
    /// The path of its translations into a language.
    #[must_use]
    pub fn messages_file(&self, language: &str) -> String {
        messages_file(&self.folder, language)
    }

    /// Reads a vendor's folder.
    ///
    /// # Errors
    ///
    /// Every file that is missing, unreadable or not UTF-8, or has unresolved merge conflicts.
    pub fn read(workspace: &Workspace, name: &str, missing: Missing) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let folder = workspace.vendor_folder(name);
        let document = find_document(workspace, &folder, &mut problems);
        let overlay = read_required(
            workspace,
            &format!("{folder}/overlay.toml"),
            OVERLAY,
            &mut problems,
        );
        let messages = read_messages(workspace, &folder, &mut problems);
        let memory = read_memory(workspace, &folder, name, missing, &mut problems);
        let promises = record_of(workspace, name);
        let released = workspace
            .has(&promises)
            .then(|| workspace.read(&promises, &mut problems));
        let (Some(document), Some(overlay)) = (document, overlay) else {
            return Err(problems);
        };
        let texts = messages.iter().map(|(_, source)| source);
        let text = Source::new(document.name(), &String::from_utf8_lossy(document.bytes()));
        check_no_conflicts(name, [&text, &overlay].into_iter().chain(texts))?;
        problems.finish(Self {
            name: name.to_owned(),
            folder,
            document,
            overlay,
            messages,
            memory,
            released: released.flatten(),
            has_releases: has_releases(workspace),
            words: workspace.config().words,
        })
    }
}

/// The path of the translations into a language in a vendor's folder.
#[must_use]
pub fn messages_file(folder: &str, language: &str) -> String {
    format!("{folder}/messages/{language}.toml")
}

/// Reports unresolved merge conflicts alone: they cause every other problem in the file.
fn check_no_conflicts<'a>(
    name: &str,
    sources: impl Iterator<Item = &'a Source>,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for source in sources {
        let begins = |mark: &str| {
            source
                .text()
                .lines()
                .position(|line| line.starts_with(mark))
        };
        let (Some(ours), Some(_), Some(_)) =
            (begins("<<<<<<< "), begins("======="), begins(">>>>>>> "))
        else {
            continue;
        };
        let place = Place {
            line: ours + 1,
            ..Place::file(source.name())
        };
        let help = format!(
            "resolve it and keep the changes of both sides, then run \
             `{} regen {name} --previous MERGE_HEAD`",
            program()
        );
        problems.push_with_help(&place, "unresolved merge conflict", help);
    }
    problems.finish(())
}

/// The help for a missing document.
const DOCUMENT: &str = "copy the vendor's document there, byte for byte, under its own extension \
                        (`source.html`, `source.csv`, …)";
/// The help for a missing overlay.
const OVERLAY: &str = "create it with `schema = 1`, `locale = \"…\"`, and a `[set.NAME]` with \
                       `table = \"HEADING\"` for each table of codes; `extract` shows the tables";

/// The one `source.*` of a vendor's folder.
fn find_document(workspace: &Workspace, folder: &str, problems: &mut Problems) -> Option<Original> {
    let files = documents(workspace, folder);
    match &files[..] {
        [file] => {
            let document = Original::read(&workspace.path(file), file);
            let document = document.and_then(|document| {
                let fetched = Fetched::read(workspace, folder, &document.sha256())?;
                Ok(Original {
                    charset: fetched.and_then(|fetched| fetched.charset),
                    ..document
                })
            });
            document.map_err(|other| problems.extend(other)).ok()
        }
        [] => {
            let place = Place::file(&format!("{folder}/source.md"));
            problems.push_with_help(&place, "there is no such file", DOCUMENT);
            None
        }
        [first, others @ ..] => {
            let message = format!(
                "this vendor has several documents: {first}, {}",
                others.join(", ")
            );
            let help = "keep the one that the codes come from and delete the rest";
            problems.push_with_help(&Place::file(folder), message, help);
            None
        }
    }
}

/// The paths of the files `source.*` in a vendor's folder.
#[must_use]
pub fn documents(workspace: &Workspace, folder: &str) -> Vec<String> {
    let mut files = workspace.list(folder, "");
    files.retain(|file| file.starts_with("source."));
    files
        .into_iter()
        .map(|file| format!("{folder}/{file}"))
        .collect()
}

fn read_required(
    workspace: &Workspace,
    file: &str,
    help: &str,
    problems: &mut Problems,
) -> Option<Source> {
    if workspace.has(file) {
        return workspace.read(file, problems);
    }
    problems.push_with_help(&Place::file(file), "there is no such file", help);
    None
}

fn read_messages(
    workspace: &Workspace,
    folder: &str,
    problems: &mut Problems,
) -> Vec<(String, Source)> {
    let files = workspace.list(&format!("{folder}/messages"), ".toml");
    let read = |file: &String| {
        let name = messages_file(folder, file);
        check_language_tag(file, &Place::file(&name), problems);
        let source = workspace.read(&name, problems)?;
        Some((file.clone(), source))
    };
    let mut messages: Vec<_> = files.iter().filter_map(read).collect();
    // A language of the registry without a file is one with everything left to translate.
    let languages = workspace.config().languages.iter();
    for language in languages.filter(|language| !files.contains(language)) {
        let begun = Source::new(&messages_file(folder, language), "schema = 1\n");
        messages.push((language.clone(), begun));
    }
    messages
}

fn read_memory(
    workspace: &Workspace,
    folder: &str,
    name: &str,
    missing: Missing,
    problems: &mut Problems,
) -> Vec<Source> {
    let file = format!("{folder}/spec.toml");
    if workspace.has(&file) {
        return workspace.read(&file, problems).into_iter().collect();
    }
    if missing == Missing::Refused {
        let help = format!(
            "restore it from the last commit (`git checkout HEAD -- {}`), or, for a new \
             vendor, run `{} add {name}`",
            workspace.shown(&file),
            program()
        );
        problems.push_with_help(
            &Place::file(&file),
            "there is no such file, and without it retired codes would be lost",
            help,
        );
    }
    Vec::new()
}

/// The SHA-256 hash of bytes, in hex.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    let digest = Sha256::hash(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
