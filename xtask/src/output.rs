//! Writes output files atomically: one file, or all of an export or a site.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::text::is_device;
use crate::transaction::{Lock, Staging};

/// How many names to try for the temporary file. A name is taken only if an earlier process with
/// the same process id crashed and left its file behind, so a few attempts are enough.
const ATTEMPTS: usize = 100;

/// Replaces a file, and creates its folder if needed.
///
/// # Errors
///
/// An I/O error. The old file is unchanged then.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // In the same folder: a rename cannot cross file systems.
    for attempt in 0..ATTEMPTS {
        let temporary = folder.join(format!(".errbook-{}-{attempt}", std::process::id()));
        let mut file = match File::create_new(&temporary) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            created => created?,
        };
        let written = file.write_all(text.as_bytes());
        // Windows cannot rename an open file.
        drop(file);
        let renamed = written.and_then(|()| fs::rename(&temporary, path));
        if renamed.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        return renamed;
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Files of a folder, by their paths below it, that are replaced together: all of them, or none. Each
/// is written to disk as soon as it is put. A run that is killed while it replaces files is completed
/// by the next one.
#[derive(Debug)]
pub struct Replacement<'l> {
    folder: &'l Path,
    staging: Staging<'l>,
    /// The names that were put, by what they are on systems that ignore case.
    names: BTreeMap<String, String>,
    deleted: Vec<String>,
}

impl<'l> Replacement<'l> {
    /// Of no files yet, in a folder under its lock.
    #[must_use]
    pub fn new(lock: &'l Lock, folder: &'l Path) -> Self {
        Self {
            folder,
            staging: Staging::new(lock),
            names: BTreeMap::new(),
            deleted: Vec::new(),
        }
    }

    /// Adds a file.
    ///
    /// # Errors
    ///
    /// An I/O error, or a path that leads out of the folder or that another system cannot have. No
    /// file may be replaced then.
    pub fn put(&mut self, name: &str, text: &str) -> io::Result<()> {
        check_name(name, &mut self.names)?;
        // A copy to a server has less to do.
        if fs::read(self.folder.join(name)).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        self.staging.put(name, Some(text.as_bytes()))
    }

    /// The names that were put.
    pub fn names(&self) -> BTreeSet<&str> {
        self.names.values().map(String::as_str).collect()
    }

    /// Adds a file that is deleted, and its folders as far as they are empty then.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn remove(&mut self, name: &str) -> io::Result<()> {
        self.deleted.push(name.to_owned());
        self.staging.put(name, None)
    }

    /// Replaces and deletes the files.
    ///
    /// # Errors
    ///
    /// An I/O error. Every file is unchanged then.
    pub fn commit(self) -> io::Result<()> {
        self.staging.commit()?;
        for name in &self.deleted {
            let path = self.folder.join(name);
            let folders = path.ancestors().skip(1);
            for empty in folders.take_while(|path| *path != self.folder) {
                // Fails if something is in it.
                if fs::remove_dir(empty).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Refuses a file that another system cannot have: one that differs from another file only in case
/// or in how its letters are encoded, and one that Windows takes for a device.
fn check_name(name: &str, known: &mut BTreeMap<String, String>) -> io::Result<()> {
    let folded: String = name.nfc().flat_map(char::to_lowercase).collect();
    let refuse = |why: String| {
        let message =
            format!("{why}. Give the vendor or the set another name. Nothing was written");
        Err(io::Error::new(ErrorKind::InvalidInput, message))
    };
    if let Some(device) = name.split('/').find(|part| is_device(part)) {
        return refuse(format!(
            "{name:?} cannot be a file on Windows, which takes {device:?} for a device"
        ));
    }
    match known.insert(folded, name.to_owned()) {
        Some(other) if other == name => refuse(format!("{name:?} would be written twice")),
        Some(other) => refuse(format!(
            "{other:?} and {name:?} are the same file on systems that ignore case"
        )),
        None => Ok(()),
    }
}
