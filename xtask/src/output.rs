//! Writes output files (exports, the site) atomically: readers see the old file or the new one.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

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
