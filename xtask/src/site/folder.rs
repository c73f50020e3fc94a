//! Files of a site in, a folder with exactly these out: what an earlier run wrote and this one does
//! not is removed. A list of the files in the folder says which ones are ours.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::output::Replacement;
use crate::site::Page;
use crate::transaction::{Lock, is_inside};

/// The list of the files that `site` wrote.
const MANIFEST: &str = "errbook-site.json";

/// A folder that a site is written to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    lock: Lock,
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
    /// Locks a folder, which need not exist, and reads which files of it earlier runs wrote.
    ///
    /// # Errors
    ///
    /// A list that cannot be read, is not one of ours, or names a file outside of the folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        let lock = Lock::of_output(path)?;
        let before = match fs::read_to_string(path.join(MANIFEST)) {
            Ok(text) => listed_files(path, &text)?,
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(io::Error::new(error.kind(), format!("{MANIFEST}: {error}"))),
        };
        Ok(Self {
            path: path.to_owned(),
            lock,
            before,
        })
    }

    /// Writes the files that `each` passes on, and removes those of earlier runs that are not among
    /// them.
    ///
    /// # Errors
    ///
    /// An I/O error. The folder has the old site then, or the next run completes the new one.
    pub fn write(
        &self,
        each: impl FnOnce(&mut dyn FnMut(&Page) -> io::Result<()>) -> io::Result<()>,
    ) -> io::Result<Written> {
        let mut replacement = Replacement::new(&self.lock, &self.path);
        each(&mut |page| replacement.put(&page.name, &page.text))?;
        let now = replacement.names();
        let list = manifest(&now);
        let is_old = |name: &&String| !now.contains(name.as_str()) && self.path.join(name).exists();
        let old: Vec<_> = self.before.iter().filter(is_old).collect();
        let files = now.len();
        for name in &old {
            replacement.remove(name)?;
        }
        replacement.put(MANIFEST, &list)?;
        replacement.commit()?;
        Ok(Written {
            files,
            removed: old.len(),
        })
    }
}

fn manifest(files: &BTreeSet<&str>) -> String {
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
        // What another system takes for a drive or a separator is in none of our names.
        if !is_inside(folder, file) || file.contains(['\\', ':']) {
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
