//! Files that are written for somebody else, outside of the registry: each is the old one or the new one, never half.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts a text in place of a file, whose folder may not be there yet.
///
/// # Errors
///
/// What the system says; what was there before is there still.
pub fn put(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".errbook-");
    // A temporary file is for its owner only; what is written here is as readable as any other file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
