//! Replaces several files atomically: all of them or none, even if a write fails or the process is
//! killed.
//!
//! All temporary files are in `.errbook/` below the workspace. First the new and the old contents
//! are written there; then a journal that lists the files, which commits the change; then each file
//! is replaced. A run that finds a journal completes it before it does anything else. Without a
//! journal, the contents of the folder are deleted.
//!
//! An output (an export, the site) is replaced in the same way, in the folder that it is written
//! to.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// The folder of unfinished changes.
const FOLDER: &str = ".errbook";
/// Lists the files of a committed change while they are replaced.
const JOURNAL: &str = "journal";
/// Lists the same files while they are restored, after one could not be replaced.
const UNDO: &str = "undo";
/// How often to make the lock again, if other processes delete it.
const ATTEMPTS: usize = 100;

/// Whose files are replaced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// Those of a workspace, which people wrote. They are synced to disk, and may be anywhere.
    #[default]
    Workspace,
    /// Those of an output, which can be written again: they are not synced. No link leads out of
    /// its folder, and `.errbook` does not remain in it.
    Output,
}

/// Files to replace together.
#[derive(Debug, Clone, Default)]
pub struct Transaction {
    place: Place,
    /// The path of each file and its new content; `None` deletes the file.
    files: Vec<(String, Option<Vec<u8>>)>,
}

/// One file operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// The operation, as a verb.
    pub what: &'static str,
    /// The file or folder.
    pub file: &'a Path,
}

/// Called before each step; an error simulates an I/O failure.
pub type Watch<'w> = dyn FnMut(Step<'_>) -> io::Result<()> + 'w;

impl Transaction {
    /// Files of an output. A power failure, unlike a process that is killed, may lose or truncate
    /// them.
    #[must_use]
    pub fn of_output() -> Self {
        Self {
            place: Place::Output,
            files: Vec::new(),
        }
    }

    /// Writes a file, by its path below the workspace.
    pub fn put(&mut self, file: &str, bytes: impl Into<Vec<u8>>) {
        self.files.push((file.to_owned(), Some(bytes.into())));
    }

    /// Deletes a file, by its path below the workspace.
    pub fn remove(&mut self, file: &str) {
        self.files.push((file.to_owned(), None));
    }

    /// The files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(file, _)| file.as_str())
    }

    /// Removes the files that already have their new content.
    #[must_use]
    pub fn changed(mut self, root: &Path) -> Self {
        self.files
            .retain(|(file, bytes)| fs::read(root.join(file)).ok() != *bytes);
        self
    }

    /// Replaces all files, or none.
    ///
    /// # Errors
    ///
    /// An I/O error. Every file is unchanged then, unless one could not be restored: the next run
    /// restores it.
    pub fn commit(&self, root: &Path) -> io::Result<()> {
        self.commit_watched(root, &mut from_environment())
    }

    /// Like [`commit`](Self::commit), and calls `watch` before each step.
    ///
    /// # Errors
    ///
    /// An I/O error, or an error from `watch`.
    pub fn commit_watched(&self, root: &Path, watch: &mut Watch<'_>) -> io::Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        let mut disk = Disk::new(root, self.place, watch);
        let lock = disk.lock()?;
        disk.complete_interrupted()?;
        let names: Vec<_> = self.files.iter().map(|(file, _)| file.clone()).collect();
        let result = disk
            .check(&names)
            .and_then(|()| disk.stage(&self.files))
            .and_then(|()| disk.journal(&names))
            .and_then(|()| disk.replace(&names));
        let result = match result {
            Ok(()) => disk.clear(),
            Err(error) => disk.undo().and(Err(error)),
        };
        disk.leave(lock);
        result
    }
}

/// Completes the change of an interrupted run. Returns whether there was one.
///
/// # Errors
///
/// An I/O error.
pub fn recover(root: &Path) -> io::Result<bool> {
    recover_at(root, Place::Workspace)
}

/// Like [`recover`], in the folder of an output. It need not exist.
///
/// # Errors
///
/// An I/O error, or a journal of files that are not in the folder.
pub fn recover_output(folder: &Path) -> io::Result<()> {
    recover_at(folder, Place::Output).map(drop)
}

fn recover_at(root: &Path, place: Place) -> io::Result<bool> {
    let mut watch = from_environment();
    let mut disk = Disk::new(root, place, &mut watch);
    let is_interrupted = match place {
        Place::Workspace => disk.folder.join(JOURNAL).exists() || disk.folder.join(UNDO).exists(),
        // Without a journal, what was staged is deleted.
        Place::Output => disk.folder.exists(),
    };
    if is_interrupted {
        let lock = disk.lock()?;
        disk.complete_interrupted()?;
        disk.leave(lock);
    }
    Ok(is_interrupted)
}

/// Whether a path consists of names alone, so that it leads to a place below any folder.
#[must_use]
pub fn is_below(file: &str) -> bool {
    let mut parts = Path::new(file).components();
    // The journal has a line for each file.
    !file.is_empty()
        && !file.contains('\n')
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a file is below a folder, which exists, also through links.
#[must_use]
pub fn is_inside(folder: &Path, file: &str) -> bool {
    let Ok(root) = folder.canonicalize() else {
        return false;
    };
    let path = folder.join(file);
    // The file itself may be a link: it is replaced, not what it leads to.
    let folders = path.ancestors().skip(1);
    for folder in folders {
        match folder.canonicalize() {
            Ok(folder) => return is_below(file) && folder.starts_with(root),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => return false,
        }
    }
    false
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.is_symlink())
}

/// In debug builds, for tests: `ERRBOOK_FAIL_AT=3` makes the third step fail, like a full disk, and
/// `ERRBOOK_DIE_AT=3` aborts before it, like a power failure.
fn from_environment() -> impl FnMut(Step<'_>) -> io::Result<()> {
    let number = |name: &str| {
        let value = cfg!(debug_assertions)
            .then(|| std::env::var(name).ok())
            .flatten();
        value.and_then(|value| value.parse::<usize>().ok())
    };
    let fail = number("ERRBOOK_FAIL_AT");
    let die = number("ERRBOOK_DIE_AT");
    let mut steps = 0;
    move |step| {
        steps += 1;
        if die == Some(steps) {
            std::process::abort();
        }
        let refused =
            || io::Error::other(format!("refused to {} {}", step.what, step.file.display()));
        if fail == Some(steps) {
            Err(refused())
        } else {
            Ok(())
        }
    }
}

struct Disk<'a, 'w> {
    root: &'a Path,
    place: Place,
    folder: PathBuf,
    watch: &'a mut Watch<'w>,
}

impl<'a, 'w> Disk<'a, 'w> {
    fn new(root: &'a Path, place: Place, watch: &'a mut Watch<'w>) -> Self {
        Self {
            root,
            place,
            folder: root.join(FOLDER),
            watch,
        }
    }

    /// Keeps other processes from writing. The system releases the lock when the process ends, even
    /// if it is killed.
    fn lock(&mut self) -> io::Result<File> {
        self.step("make", &self.folder.clone())?;
        // Everything in it is deleted.
        if is_link(&self.folder) {
            let message = format!("{} is a link", self.folder.display());
            return Err(io::Error::new(ErrorKind::InvalidData, message));
        }
        let path = self.folder.join("lock");
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        // The process that had the lock may delete it with its folder at any time.
        for _ in 0..ATTEMPTS {
            fs::create_dir_all(&self.folder)?;
            let file = match options.open(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                opened => opened?,
            };
            file.lock()?;
            if path.exists() {
                return Ok(file);
            }
        }
        Err(of_file(&path.display(), &ErrorKind::NotFound.into()))
    }

    /// Releases the lock. In a workspace, the file remains for those who wait for it.
    fn leave(&self, lock: File) {
        if self.place == Place::Output {
            let _ = fs::remove_file(self.folder.join("lock"));
            // Fails if it could not be cleared.
            let _ = fs::remove_dir(&self.folder);
        }
        drop(lock);
    }

    /// Refuses what is not in the folder of an output.
    fn check(&self, names: &[String]) -> io::Result<()> {
        let outside = names
            .iter()
            .find(|name| self.place == Place::Output && !is_inside(self.root, name));
        outside.map_or(Ok(()), |name| {
            let message = format!(
                "{name:?} is not in this folder: its path or a link leads out of it. Nothing was \
                 written"
            );
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        })
    }

    fn step(&mut self, what: &'static str, file: &Path) -> io::Result<()> {
        (self.watch)(Step { what, file })
    }

    fn complete_interrupted(&mut self) -> io::Result<()> {
        if let Some(names) = self.read_names(UNDO)? {
            self.check(&names)?;
            self.restore(&names)?;
        } else if let Some(names) = self.read_names(JOURNAL)? {
            self.check(&names)?;
            self.replace(&names)?;
        }
        self.clear()
    }

    /// Writes the new content of each file and a copy of the old one, and syncs both to disk.
    fn stage(&mut self, files: &[(String, Option<Vec<u8>>)]) -> io::Result<()> {
        for (at, (file, bytes)) in files.iter().enumerate() {
            if let Some(bytes) = bytes {
                self.write(&self.folder.join(format!("{at}.new")), bytes)?;
            }
            match fs::read(self.root.join(file)) {
                Ok(old) => self.write(&self.folder.join(format!("{at}.old")), &old)?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(of_file(file, &error)),
            }
        }
        Ok(())
    }

    /// Commits the change.
    fn journal(&mut self, names: &[String]) -> io::Result<()> {
        let draft = self.folder.join("draft");
        self.write(
            &draft,
            names
                .iter()
                .map(|name| format!("{name}\n"))
                .collect::<String>()
                .as_bytes(),
        )?;
        self.sync(&self.folder.clone())?;
        self.rename(&draft, &self.folder.join(JOURNAL))?;
        self.sync(&self.folder.clone())
    }

    /// Replaces the files. The staged contents are kept until all are replaced, so this can be
    /// repeated.
    fn replace(&mut self, names: &[String]) -> io::Result<()> {
        // Slow operations come before the first rename, so that an interruption between two renames
        // is unlikely.
        let mut copies = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let new = self.folder.join(format!("{at}.new"));
            let copy = self.folder.join(format!("{at}.copy"));
            let path = self.root.join(name);
            if new.exists() {
                self.copy(&new, &copy)?;
                self.make_room(&path)?;
            }
            copies.push((new.exists().then_some(copy), path));
        }
        for (copy, path) in &copies {
            match copy {
                Some(copy) => self.rename(copy, path)?,
                None => self.remove(path)?,
            }
        }
        self.sync_folders(names)
    }

    /// Undoes the change after a step failed. Before the journal is written, there is nothing to
    /// undo.
    fn undo(&mut self) -> io::Result<()> {
        let Some(names) = self.read_names(JOURNAL)? else {
            return self.clear();
        };
        self.rename(&self.folder.join(JOURNAL), &self.folder.join(UNDO))?;
        self.sync(&self.folder.clone())?;
        self.restore(&names)?;
        self.clear()
    }

    fn restore(&mut self, names: &[String]) -> io::Result<()> {
        for (at, name) in names.iter().enumerate() {
            let old = self.folder.join(format!("{at}.old"));
            let copy = self.folder.join(format!("{at}.copy"));
            let path = self.root.join(name);
            if old.exists() {
                self.copy(&old, &copy)?;
                self.rename(&copy, &path)?;
            } else {
                self.remove(&path)?;
            }
        }
        self.sync_folders(names)
    }

    /// Deletes everything but the lock, which another process may be waiting for. The journal goes
    /// first: without it the other files have no meaning.
    fn clear(&mut self) -> io::Result<()> {
        for name in [JOURNAL, UNDO] {
            self.remove(&self.folder.join(name))?;
        }
        let entries: Vec<_> = fs::read_dir(&self.folder)?.collect::<io::Result<_>>()?;
        for entry in entries.iter().filter(|entry| entry.file_name() != "lock") {
            self.remove(&entry.path())?;
        }
        Ok(())
    }

    fn read_names(&self, name: &str) -> io::Result<Option<Vec<String>>> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some(text.lines().map(str::to_owned).collect())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step("write", path)?;
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        self.sync_file(&file)
    }

    /// Creates a hard link, or a copy where the file system does not support links.
    fn copy(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("write", to)?;
        if to.exists() || is_link(to) {
            fs::remove_file(to)?;
        }
        if fs::hard_link(from, to).is_ok() {
            return Ok(());
        }
        fs::copy(from, to)?;
        self.sync_file(&File::open(to)?)
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        match self.place {
            Place::Workspace => file.sync_all(),
            Place::Output => Ok(()),
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename to", to)?;
        fs::rename(from, to).map_err(|error| of_file(&to.display(), &error))
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        if !path.exists() && !is_link(path) {
            return Ok(());
        }
        self.step("remove", path)?;
        fs::remove_file(path)
    }

    fn make_room(&mut self, path: &Path) -> io::Result<()> {
        let Some(folder) = path.parent().filter(|folder| !folder.exists()) else {
            return Ok(());
        };
        self.step("make", folder)?;
        fs::create_dir_all(folder).map_err(|error| of_file(&folder.display(), &error))
    }

    fn sync_folders(&mut self, names: &[String]) -> io::Result<()> {
        let folders: BTreeSet<_> = names
            .iter()
            .filter_map(|name| Some(self.root.join(name).parent()?.to_owned()))
            .collect();
        folders.iter().try_for_each(|folder| self.sync(folder))
    }

    /// A new file name survives a power failure only after its folder is synced.
    fn sync(&mut self, folder: &Path) -> io::Result<()> {
        if self.place == Place::Output {
            return Ok(());
        }
        self.step("sync", folder)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

fn of_file(file: &dyn std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file}: {error}"))
}
