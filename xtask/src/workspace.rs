//! Finds a registry on disk, lists its vendors, and reads its files by their path below its
//! folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errbook_spec::Spec;
use errbook_spec::place::{Place, Source, unix_line_ends};
use errbook_spec::problem::{Problems, nearest};

use crate::config::{self, Config, Kinds};
use crate::manifest::{self, Manifest};
use crate::program::program;
use crate::shipped;
use crate::text::{VENDOR_NAME_HELP, is_vendor_name};
use crate::transaction::{Lock, tree};
use crate::vendor::messages_file;

/// A registry: a folder with an errbook.toml.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    config: Config,
    /// Keeps others from writing, if the command may write.
    lock: Option<Arc<Lock>>,
}

impl Workspace {
    /// Finds the registry that a folder belongs to: the one in it or in a folder around it, or the
    /// only one among the members of the cargo workspace around it.
    ///
    /// # Errors
    ///
    /// There are several registries, or the errbook.toml is not valid.
    pub fn find(folder: &Path) -> Result<Option<Self>, Problems> {
        for above in folder.ancestors() {
            if above.join(config::FILE).is_file() {
                check_not_nested(above)?;
                return Self::at(above).map(Some);
            }
            if let Some(member) = registry_member(above)? {
                return Self::at(&member).map(Some);
            }
        }
        Ok(None)
    }

    /// Opens the registry in this folder, or the only one among the members of the cargo workspace
    /// there.
    ///
    /// # Errors
    ///
    /// There is no registry, or its errbook.toml is not valid.
    pub fn open(folder: &Path) -> Result<Self, Problems> {
        if folder.join(config::FILE).is_file() {
            return Self::at(folder);
        }
        match registry_member(folder)? {
            Some(member) => Self::at(&member),
            None => Err(problem(
                folder,
                "there is no errbook.toml in this folder",
                "pass the folder that contains it",
            )),
        }
    }

    fn at(folder: &Path) -> Result<Self, Problems> {
        let source = source(&folder.join(config::FILE))?;
        let workspace = Self {
            root: folder.to_owned(),
            config: Config::parse(&source)?,
            lock: None,
        };
        workspace.check_crate(&source)?;
        Ok(workspace)
    }

    /// A crate that is named must be there: what `add` writes would be lost otherwise.
    fn check_crate(&self, source: &Source) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let Some(package) = &self.config.package else {
            return Ok(());
        };
        let place = Place::file(source.name());
        let manifest = package.manifest();
        let modules = package.modules_folder();
        if !self.has(&manifest) {
            let message = format!("`[crate]` names a crate that is not there: {manifest}");
            let help = "correct `path`, or remove `[crate]`";
            problems.push_with_help(&place, message, help);
        } else if !self.has(&modules) {
            let message = format!("`[crate]` names a folder that is not there: {modules}");
            problems.push_with_help(&place, message, "correct `modules`, or create the folder");
        }
        problems.finish(())
    }

    /// A file as a person sees it who is in the current folder.
    #[must_use]
    pub fn shown(&self, file: &str) -> String {
        crate::report::shown(&self.root, file)
    }

    /// Reads the registry again under its lock, which the command keeps until it ends.
    ///
    /// # Errors
    ///
    /// errbook.toml is not valid.
    pub fn locked(self, lock: Lock) -> Result<Self, Problems> {
        // It may have changed while the command waited.
        let mut workspace = Self::at(&self.root)?;
        workspace.lock = Some(Arc::new(lock));
        Ok(workspace)
    }

    /// The lock of a command that may write.
    #[must_use]
    pub fn lock(&self) -> Option<&Lock> {
        self.lock.as_deref()
    }

    /// The folder of errbook.toml.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What errbook.toml says.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The folder of all vendors.
    #[must_use]
    pub fn vendors_folder(&self) -> &str {
        &self.config.vendors
    }

    /// The folder of a vendor.
    #[must_use]
    pub fn vendor_folder(&self, vendor: &str) -> String {
        format!("{}/{vendor}", self.config.vendors)
    }

    /// The spec of a vendor.
    #[must_use]
    pub fn spec_file(&self, vendor: &str) -> String {
        format!("{}/spec.toml", self.vendor_folder(vendor))
    }

    /// The translations of a vendor into a language.
    #[must_use]
    pub fn messages_file(&self, vendor: &str, language: &str) -> String {
        messages_file(&self.vendor_folder(vendor), language)
    }

    /// The severities of changes that a person decided.
    #[must_use]
    pub fn severities_file(&self) -> &'static str {
        "severities.toml"
    }

    /// The taxonomy, if the registry has one.
    ///
    /// # Errors
    ///
    /// Every problem in its file.
    pub fn kinds(&self) -> Result<Option<Spec>, Problems> {
        let source = match &self.config.kinds {
            None => return Ok(None),
            Some(Kinds::Shared) => shipped::kinds()?,
            Some(Kinds::File(file)) if !self.has(file) => {
                let help = "`kinds` in errbook.toml names it: write the file, or correct the key";
                let mut problems = Problems::default();
                problems.push_with_help(&Place::file(file), "there is no such file", help);
                return Err(problems);
            }
            Some(Kinds::File(file)) => {
                let mut problems = Problems::default();
                let source = self.read(file, &mut problems);
                source.ok_or(problems)?
            }
        };
        let mut kinds = errbook_spec::parse(&source)?;
        if self.config.kinds == Some(Kinds::Shared) && !self.config.languages.is_empty() {
            keep_languages(&mut kinds, &self.config.languages);
        }
        Ok(Some(kinds))
    }

    /// The name that Rust code knows the crate of the registry by.
    #[must_use]
    pub fn crate_name(&self) -> Option<String> {
        let package = self.config.package.as_ref()?;
        let manifest = Manifest::of_folder(&self.path(&package.path))?;
        Some(manifest.package()?.replace('-', "_"))
    }

    /// The path of the modules in Rust: `acme_codes`, or `crate::codes` inside of a program.
    #[must_use]
    pub fn modules(&self) -> Option<String> {
        let package = self.config.package.as_ref()?;
        let is_library = package.is_library() || self.has(&package.file("src/lib.rs"));
        let root = if is_library {
            self.crate_name()?
        } else {
            "crate".to_owned()
        };
        let inside = package.modules_within().into_iter();
        Some(
            std::iter::once(root)
                .chain(inside)
                .collect::<Vec<_>>()
                .join("::"),
        )
    }

    /// The version of the registry, if the Cargo.toml that errbook.toml names has one.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        let file = self.path(&self.config.release.version);
        let text = fs::read_to_string(&file).ok()?;
        let source = Source::new(&file.display().to_string(), &text);
        Some(Manifest::parse(&source).ok()?.version()?.to_owned())
    }

    /// The outermost folder around the registry, in its repository, that has a Cargo.toml, or the
    /// registry's own.
    #[must_use]
    pub fn project(&self) -> PathBuf {
        let root = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
        let repository = tree(&root);
        let known = root
            .ancestors()
            .take_while(|above| above.starts_with(repository))
            .filter(|above| above.join(manifest::FILE).is_file());
        known.last().map_or(root.clone(), Path::to_owned)
    }

    /// The names of all vendors, sorted.
    #[must_use]
    pub fn vendors(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path(&self.config.vendors))
            .into_iter()
            .flatten()
            .flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut names: Vec<_> = folders.map(|entry| name_of(&entry)).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }

    /// The requested vendors without duplicates, or all vendors if none is requested.
    ///
    /// # Errors
    ///
    /// Unknown vendors.
    pub fn select(&self, asked: &[String]) -> Result<Vec<String>, Problems> {
        select(&self.config.vendors, self.vendors(), asked)
    }

    /// How to demand a language of every vendor, unless errbook.toml does.
    ///
    /// # Errors
    ///
    /// errbook.toml cannot be read.
    pub fn language_note(&self, language: &str) -> Result<Option<String>, Problems> {
        let known = &self.config.languages;
        if known.iter().any(|known| known == language) {
            return Ok(None);
        }
        let source = source(&self.root.join(config::FILE))?;
        let place = config::key_place(&source, "languages");
        let all = known.iter().map(String::as_str).chain([language]);
        let all: Vec<_> = all.map(|tag| format!("\"{tag}\"")).collect();
        let place = Place {
            file: Some(self.shown(config::FILE).into()),
            column: 0,
            ..place
        };
        Ok(Some(format!(
            "{place}: to demand {language} of every vendor, write `languages = [{}]`\n",
            all.join(", ")
        )))
    }

    /// Whether a file exists.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.root.join(name).exists()
    }

    /// The names of the files in a folder that have this extension, without it.
    #[must_use]
    pub fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<_> = entries
            .filter_map(|entry| name_of(&entry).strip_suffix(ending).map(str::to_owned))
            .collect();
        names.retain(|name| !name.starts_with('.') && !name.is_empty());
        names.sort();
        names
    }

    /// The lock files of cargo in the project that the registry is part of, except in hidden
    /// folders and in cargo's `target`. Other workspaces may depend on its crate by path.
    #[must_use]
    pub fn lock_files(&self) -> Vec<String> {
        let project = self.project();
        let root = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
        let depth = root
            .strip_prefix(&project)
            .map_or(0, |below| below.iter().count());
        let back = "../".repeat(depth);
        let mut files = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(project.join(&folder)).into_iter().flatten();
            for entry in entries.flatten() {
                // Symbolic links are not followed: they can form a cycle or leave the project.
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                let Ok(own) = entry.file_name().into_string() else {
                    continue;
                };
                if kind.is_dir() && own != "target" && !own.starts_with('.') {
                    folders.push(format!("{folder}{own}/"));
                } else if kind.is_file() && own == "Cargo.lock" {
                    files.push(format!("{back}{folder}{own}"));
                }
            }
        }
        files.sort();
        files
    }

    /// Reads a file. Reports a problem if it is missing or is not UTF-8.
    pub fn read(&self, name: &str, problems: &mut Problems) -> Option<Source> {
        match fs::read(self.root.join(name)) {
            Ok(bytes) => decode_utf8(name, bytes, problems),
            Err(error) => {
                problems.push(&Place::file(name), cannot_be_read(&error));
                None
            }
        }
    }

    /// Whether a file has this text. Its line ends may be those of Windows.
    #[must_use]
    pub fn has_text(&self, name: &str, text: &str) -> bool {
        fs::read_to_string(self.path(name)).is_ok_and(|now| unix_line_ends(&now) == text)
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

/// Leaves the texts of a taxonomy in these languages and in its own.
fn keep_languages(kinds: &mut Spec, languages: &[String]) {
    let own = kinds.locale.value.clone();
    for kind in kinds.sets.iter_mut().flat_map(|set| &mut set.codes) {
        for texts in [&mut kind.message, &mut kind.title, &mut kind.doc] {
            let tags: Vec<String> = texts.keys().cloned().collect();
            for tag in tags {
                if tag != own && !languages.contains(&tag) {
                    texts.remove(&tag);
                }
            }
        }
    }
}

/// The requested vendors without duplicates, or all vendors if none is requested.
///
/// # Errors
///
/// Unknown vendors, and folders whose names are not those of vendors.
pub fn select(
    folder: &str,
    vendors: Vec<String>,
    asked: &[String],
) -> Result<Vec<String>, Problems> {
    let mut problems = Problems::default();
    for name in asked.iter().filter(|name| !vendors.contains(name)) {
        let near = nearest(name, vendors.iter().map(String::as_str));
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let help = format!("known vendors: {}", vendors.join(", "));
        problems.push_with_help(
            &Place::file(folder),
            format!("unknown vendor `{name}`{near}"),
            help,
        );
    }
    let chosen: Vec<_> = vendors
        .into_iter()
        .filter(|name| asked.is_empty() || asked.contains(name))
        .collect();
    for name in chosen.iter().filter(|name| !is_vendor_name(name)) {
        let message = format!("`{name}` is not a valid vendor name");
        problems.push_with_help(&Place::file(folder), message, VENDOR_NAME_HELP);
    }
    problems.finish(chosen)
}

/// The problem that a folder belongs to no registry.
#[must_use]
pub fn not_found(folder: &Path) -> Problems {
    let message = "there is no errbook.toml in this folder or above it";
    let help = format!(
        "run this in a registry, pass `--root DIR`, or begin a registry with `{} init`",
        program()
    );
    problem(folder, message, &help)
}

/// The member of the cargo workspace in a folder that is a registry.
///
/// # Errors
///
/// Several members are registries.
fn registry_member(folder: &Path) -> Result<Option<PathBuf>, Problems> {
    let Some(manifest) = Manifest::of_folder(folder) else {
        return Ok(None);
    };
    let mut found = manifest.member_folders(folder);
    found.retain(|member| member.join(config::FILE).is_file());
    if found.len() > 1 {
        let names: Vec<_> = found
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let message = format!("several members are registries: {}", names.join(", "));
        return Err(problem(folder, &message, "choose one with `--root DIR`"));
    }
    Ok(found.pop())
}

/// A registry inside another would be read as one of its vendors, or not at all.
fn check_not_nested(folder: &Path) -> Result<(), Problems> {
    match registry_above(folder) {
        Some(above) => {
            let message = format!("this registry is inside another one: {}", above.display());
            let help = "choose one with `--root DIR`, or move one of them";
            Err(problem(folder, &message, help))
        }
        None => Ok(()),
    }
}

/// The registry around a folder, in the same repository.
#[must_use]
pub fn registry_above(folder: &Path) -> Option<&Path> {
    let mut folder = folder;
    while !folder.join(".git").exists() {
        folder = folder.parent()?;
        if folder.join(config::FILE).is_file() {
            return Some(folder);
        }
    }
    None
}

fn problem(folder: &Path, message: &str, help: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push_with_help(&Place::file(&folder.display().to_string()), message, help);
    problems
}

/// The message for a file that cannot be read.
#[must_use]
pub fn cannot_be_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("this file cannot be read: {error}"),
    }
}

/// Reads a file inside or outside of the workspace.
///
/// # Errors
///
/// The file cannot be read or is not UTF-8.
pub fn source(path: &Path) -> Result<Source, Problems> {
    let name = path.display().to_string();
    let mut problems = Problems::default();
    let source = match fs::read(path) {
        Ok(bytes) => decode_utf8(&name, bytes, &mut problems),
        Err(error) => {
            problems.push(&Place::file(&name), cannot_be_read(&error));
            None
        }
    };
    source.ok_or(problems)
}

/// The name of a file or folder. One that is not UTF-8 has the character U+FFFD in it, so whoever
/// checks names refuses it.
fn name_of(entry: &fs::DirEntry) -> String {
    entry.file_name().to_string_lossy().into_owned()
}

/// Decodes bytes as UTF-8. Reports a problem at the first invalid byte.
pub fn decode_utf8(name: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<Source> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(Source::new(name, &text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
            let before = Source::new(name, &before);
            let end = before.text().len();
            let place = before.place(&(end..end));
            problems.push_with_help(&place, "invalid UTF-8", "save it as UTF-8");
            None
        }
    }
}
