//! Writes output files atomically: one file, or all of an export or a site.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::text::is_device;
use crate::transaction::{Lock, Transaction};

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

/// Replaces files of a folder by their paths below it, and deletes others: all of them, or none. A
/// run that is killed while it replaces files is completed by the next one. Folders are deleted as
/// far as they are empty then.
///
/// # Errors
///
/// An I/O error, or a path that leads out of the folder. Every file is unchanged then.
pub fn replace_files<'f>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
    deleted: &[&str],
) -> io::Result<()> {
    replace_files_under(&Lock::of_output(folder)?, folder, files, deleted)
}

/// The same under the lock of the folder, which was taken before its files were read.
///
/// # Errors
///
/// The same.
pub fn replace_files_under<'f>(
    lock: &Lock,
    folder: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
    deleted: &[&str],
) -> io::Result<()> {
    let mut transaction = Transaction::of_output();
    for name in deleted {
        transaction.remove(name);
    }
    let mut names = BTreeMap::new();
    for (name, text) in files {
        check_name(name, &mut names)?;
        transaction.put(name, text);
    }
    // A copy to a server has less to do.
    transaction.changed(folder).commit_under(lock)?;
    for name in deleted {
        let path = folder.join(name);
        let folders = path.ancestors().skip(1);
        for empty in folders.take_while(|path| *path != folder) {
            // Fails if something is in it.
            if fs::remove_dir(empty).is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// Refuses a file that another system cannot have: one that differs from another file only in case
/// or in how its letters are encoded, and one that Windows takes for a device.
fn check_name<'f>(name: &'f str, known: &mut BTreeMap<String, &'f str>) -> io::Result<()> {
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
    match known.insert(folded, name) {
        Some(other) if other == name => refuse(format!("{name:?} would be written twice")),
        Some(other) => refuse(format!(
            "{other:?} and {name:?} are the same file on systems that ignore case"
        )),
        None => Ok(()),
    }
}
