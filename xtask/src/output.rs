//! Writes files outside of the registry. Each is either the old file or the new one, never half of it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// How many temporary names are tried. Only another process with the same number can have left one behind.
const ATTEMPTS: usize = 100;

/// Replaces a file, and creates its folder if needed.
///
/// # Errors
///
/// An I/O error. The old file is unchanged then.
pub fn put(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // In the same folder, since a rename does not cross file systems.
    for attempt in 0..ATTEMPTS {
        let temporary = folder.join(format!(".errbook-{}-{attempt}", std::process::id()));
        let mut file = match File::create_new(&temporary) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            created => created?,
        };
        let written = file.write_all(text.as_bytes());
        // Windows does not rename an open file.
        drop(file);
        let renamed = written.and_then(|()| fs::rename(&temporary, path));
        if renamed.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        return renamed;
    }
    Err(ErrorKind::AlreadyExists.into())
}
