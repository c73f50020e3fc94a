//! Finds the workspace on disk, lists its vendors, and reads its files by their path below the
//! root.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use errbook_spec::place::{Place, Source, unix_line_ends};
use errbook_spec::problem::{Problems, nearest};

/// The folder of all vendors.
const VENDORS: &str = "codes/vendors";

/// A folder that contains codes/vendors.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace that contains a folder.
    ///
    /// # Errors
    ///
    /// Neither the folder nor any of its parents contains codes/vendors.
    pub fn around(folder: &Path) -> Result<Self, Problems> {
        let help = "run this inside the workspace, or pass `--root DIR`";
        let message = format!("neither this folder nor any of its parents contains {VENDORS}");
        folder
            .ancestors()
            .find_map(|folder| Self::open(folder).ok())
            .ok_or_else(|| problem(folder, &message, help))
    }

    /// Opens the workspace whose root is this folder.
    ///
    /// # Errors
    ///
    /// The folder does not contain codes/vendors.
    pub fn open(folder: &Path) -> Result<Self, Problems> {
        if folder.join(VENDORS).is_dir() {
            return Ok(Self {
                root: folder.to_owned(),
            });
        }
        let help = "pass the folder that contains it";
        Err(problem(
            folder,
            &format!("this folder does not contain {VENDORS}"),
            help,
        ))
    }

    /// The root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The names of all vendors, sorted.
    #[must_use]
    pub fn vendors(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(VENDORS))
            .into_iter()
            .flatten()
            .flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut names: Vec<_> = folders
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
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
        select(self.vendors(), asked)
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
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<_> = names
            .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
            .collect();
        names.retain(|name| !name.starts_with('.') && !name.is_empty());
        names.sort();
        names
    }

    /// All files with this name, except in hidden folders and in cargo's `target`.
    #[must_use]
    pub fn files_named(&self, name: &str) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(self.root.join(&folder))
                .into_iter()
                .flatten()
                .flatten();
            for entry in entries {
                // Symbolic links are not followed: they can form a cycle or leave the workspace.
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                let Ok(own) = entry.file_name().into_string() else {
                    continue;
                };
                let file = if folder.is_empty() {
                    own.clone()
                } else {
                    format!("{folder}/{own}")
                };
                if kind.is_dir() && own != "target" && !own.starts_with('.') {
                    folders.push(file);
                } else if kind.is_file() && own == name {
                    files.push(file);
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

/// The requested vendors without duplicates, or all vendors if none is requested.
///
/// # Errors
///
/// Unknown vendors.
pub fn select(vendors: Vec<String>, asked: &[String]) -> Result<Vec<String>, Problems> {
    let mut problems = Problems::default();
    for name in asked.iter().filter(|name| !vendors.contains(name)) {
        let near = nearest(name, vendors.iter().map(String::as_str));
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let help = format!("known vendors: {}", vendors.join(", "));
        problems.push_with_help(
            &Place::file(VENDORS),
            format!("unknown vendor `{name}`{near}"),
            help,
        );
    }
    let chosen = vendors
        .into_iter()
        .filter(|name| asked.is_empty() || asked.contains(name))
        .collect();
    problems.finish(chosen)
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
