//! Files of a site in, a folder with exactly these out: what an earlier run wrote and this one does
//! not is removed. A list of the files in the folder says which ones are ours.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};

use crate::output;
use crate::site::Page;

/// The list of the files that `site` wrote.
const MANIFEST: &str = "errbook-site.json";

/// A folder that a site is written to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The files that earlier runs wrote.
    before: BTreeSet<String>,
}

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many files of earlier runs were removed.
    pub removed: usize,
}

impl Folder {
    /// Reads which files of a folder earlier runs wrote. The folder need not exist.
    ///
    /// # Errors
    ///
    /// A list that cannot be read, is not one of ours, or names a file outside of the folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        let before = match fs::read_to_string(path.join(MANIFEST)) {
            Ok(text) => listed_files(path, &text)?,
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(io::Error::new(error.kind(), format!("{MANIFEST}: {error}"))),
        };
        Ok(Self {
            path: path.to_owned(),
            before,
        })
    }

    /// Writes the files, and removes those of earlier runs that are not among them.
    ///
    /// # Errors
    ///
    /// An I/O error. Each file is the old or the new one then, and the list names all of them, so
    /// that the next run completes the site.
    pub fn write(&self, pages: &[Page]) -> io::Result<Written> {
        let now: BTreeSet<_> = pages.iter().map(|page| page.name.clone()).collect();
        self.write_file(MANIFEST, &manifest(self.before.union(&now)))?;
        for page in pages {
            self.write_file(&page.name, &page.text)?;
        }
        let mut removed = 0;
        for name in self.before.difference(&now) {
            removed += usize::from(self.remove_file(name)?);
        }
        self.write_file(MANIFEST, &manifest(now.iter()))?;
        Ok(Written {
            files: now.len(),
            removed,
        })
    }

    /// Writes a file, unless it already has this text: a copy to a server then has less to do.
    fn write_file(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.path.join(name);
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        output::write_file(&path, text)
    }

    /// Removes a file, and its folders as far as they are empty then. Returns whether there was
    /// one.
    fn remove_file(&self, name: &str) -> io::Result<bool> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        let folders = path.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != self.path) {
            // Fails if something else is in it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(true)
    }
}

fn manifest<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let files: Vec<_> = files.collect();
    let list = json!({ "generator": "errbook", "files": files });
    format!("{list:#}\n")
}

/// The files of a list, each of which is in the folder.
fn listed_files(folder: &Path, text: &str) -> io::Result<BTreeSet<String>> {
    let list: Value = serde_json::from_str(text).unwrap_or_default();
    let files = list["files"].as_array();
    let files = files.filter(|_| list["generator"] == "errbook");
    let files = files.and_then(|files| files.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    let Some(files) = files else {
        return Err(refused("is not a list of files that `site` wrote"));
    };
    for file in &files {
        if !is_inside(folder, file) {
            return Err(refused(&format!("{file:?} is not in this folder")));
        }
    }
    Ok(files.into_iter().map(str::to_owned).collect())
}

fn refused(what: &str) -> io::Error {
    let message = format!(
        "{MANIFEST}: {what}. Nothing was written. Remove {MANIFEST} if the folder has no files of \
         an earlier site, or choose another folder with `--out DIR`"
    );
    io::Error::new(ErrorKind::InvalidData, message)
}

/// Whether a path leads to a place below the folder, also through links.
fn is_inside(folder: &Path, file: &str) -> bool {
    let path = Path::new(file);
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    // What another system takes for a drive or a separator is in none of our names.
    if file.is_empty() || !is_plain || file.contains(['\\', ':']) {
        return false;
    }
    let parent = folder.join(path);
    let parent = parent.parent().unwrap_or(folder);
    match (fs::canonicalize(parent), fs::canonicalize(folder)) {
        (Ok(parent), Ok(folder)) => parent.starts_with(folder),
        // Without its folder, the file does not exist.
        (Err(error), _) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}
