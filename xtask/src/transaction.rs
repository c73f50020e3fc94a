//! Replaces several files atomically: all of them or none, even if a write fails or the process is
//! killed.
//!
//! All temporary files are in `.errbook/` below the workspace. First the new and the old contents
//! are written there; then a journal that lists the files, which commits the change; then each file
//! is replaced. A run that finds a journal completes it before it does anything else, unless the
//! journal is not its own or a file was changed since. Without a journal, the staged contents are
//! deleted.
//!
//! An output (an export, the site) is replaced in the same way, in the folder that it is written
//! to.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::mem;
use std::path::{Component, Path, PathBuf};
use std::slice;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::SystemTime;

use crate::fetched::{day, second_of_day};
use crate::manifest;
use crate::report;

#[cfg(test)]
mod tests;

/// The folder of unfinished changes.
const FOLDER: &str = ".errbook";
/// Lists the files of a committed change while they are replaced.
const JOURNAL: &str = "journal";
/// Lists the same files while they are restored, after one could not be replaced.
const UNDO: &str = "undo";
/// The journal while it is written.
const DRAFT: &str = "draft";
/// Says which process has the lock. It is not in the file of the lock, which other processes cannot
/// read on Windows.
const HOLDER: &str = "holder";
/// How often to make the lock again, if other processes delete it.
const ATTEMPTS: usize = 100;
/// How many characters of the command that has the lock are shown.
const SHOWN: usize = 200;

/// Whose files are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Those of a workspace, which people wrote. They are synced to disk, and may be anywhere in
    /// its repository.
    Workspace,
    /// Those of an output, which can be written again: they are not synced, so a power failure,
    /// unlike a process that is killed, may lose or truncate them. No link leads out of its folder,
    /// and `.errbook` does not remain in it.
    Output,
}

/// Files of a workspace to replace together.
#[derive(Debug, Clone, Default)]
pub struct Transaction {
    /// The path of each file and its new content; `None` deletes the file.
    files: Vec<(String, Option<Vec<u8>>)>,
}

impl Transaction {
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
    /// An I/O error, or a file that is not written: outside of the repository, in `.git`, or a
    /// link. Every file is unchanged then, unless one could not be restored: the next run restores
    /// it.
    pub fn commit(&self, root: &Path) -> io::Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        self.commit_under(&Lock::of_workspace(root)?)
    }

    /// The same under a lock that was taken before the files were read that the new ones are made
    /// from.
    ///
    /// # Errors
    ///
    /// Those of [`commit`](Self::commit).
    pub fn commit_under(&self, lock: &Lock) -> io::Result<()> {
        let mut staging = Staging::new(lock);
        for (file, bytes) in &self.files {
            staging.put(file, bytes.as_deref())?;
        }
        staging.commit()
    }
}

/// Files to replace together, each of which is staged on disk as soon as it is known, so that
/// memory never holds all of them. Dropped without a commit, it leaves every file unchanged.
#[derive(Debug)]
pub struct Staging<'l> {
    lock: &'l Lock,
    disk: Disk<'l>,
    names: Names,
    /// The folders to make, sorted: the outermost first.
    folders: BTreeSet<String>,
}

impl<'l> Staging<'l> {
    /// Of no files yet. The lock was taken before the files were read that the new ones are made
    /// from.
    #[must_use]
    pub fn new(lock: &'l Lock) -> Self {
        Self {
            lock,
            disk: Disk::new(&lock.root, lock.place),
            names: Names::default(),
            folders: BTreeSet::new(),
        }
    }

    /// Stages the new content of a file, by its path below the folder of the lock, and a copy of
    /// the old one; `None` deletes it.
    ///
    /// # Errors
    ///
    /// See [`Transaction::commit`].
    pub fn put(&mut self, file: &str, bytes: Option<&[u8]>) -> io::Result<()> {
        let file = file.to_owned();
        self.disk.check(slice::from_ref(&file))?;
        if bytes.is_some() {
            self.folders.extend(self.disk.missing_folders(&file));
        }
        let at = self.names.files.len();
        self.names.files.push(file);
        self.disk.stage(at, &self.names.files[at], bytes)
    }

    /// Replaces all files, or none.
    ///
    /// # Errors
    ///
    /// See [`Transaction::commit`].
    pub fn commit(mut self) -> io::Result<()> {
        if self.names.files.is_empty() {
            return Ok(());
        }
        let mut names = mem::take(&mut self.names);
        names.folders = mem::take(&mut self.folders).into_iter().collect();
        let result = self.disk.commit(&names);
        self.lock.is_used.store(result.is_ok(), Ordering::Relaxed);
        result
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        if !self.names.files.is_empty() {
            // What cannot be deleted now, the next run deletes.
            let _ = self.disk.clear();
        }
    }
}

/// Keeps other processes from writing to a workspace or an output, until it is dropped. The system
/// releases it when the process ends, even if it is killed.
#[derive(Debug)]
pub struct Lock {
    root: PathBuf,
    place: Place,
    /// Unlocked when it is closed.
    _file: File,
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    /// Whether files were replaced.
    is_used: AtomicBool,
    /// Whether an earlier run was interrupted, and is completed.
    has_recovered: bool,
}

impl Lock {
    /// Waits until no other process writes to a workspace, and completes an interrupted change. If
    /// there is something to wait for, standard error says who has the lock.
    ///
    /// # Errors
    ///
    /// An I/O error, or a change that cannot be completed.
    pub fn of_workspace(root: &Path) -> io::Result<Self> {
        Self::take(root, Place::Workspace)
    }

    /// The same in the folder of an output. It is made if it does not exist.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn of_output(folder: &Path) -> io::Result<Self> {
        Self::take(folder, Place::Output)
    }

    /// Whether an earlier run was interrupted, and is completed.
    #[must_use]
    pub fn has_recovered(&self) -> bool {
        self.has_recovered
    }

    fn take(root: &Path, place: Place) -> io::Result<Self> {
        let folder = root.join(FOLDER);
        step("make", &folder)?;
        let above = folder.ancestors().take_while(|above| !above.exists());
        let made = above.map(Path::to_owned).collect();
        let file = lock(&folder)?;
        let mut lock = Self {
            root: root.to_owned(),
            place,
            _file: file,
            made,
            is_used: AtomicBool::new(false),
            has_recovered: false,
        };
        lock.name_holder();
        lock.has_recovered = Disk::new(&lock.root, place).complete_interrupted()?;
        Ok(lock)
    }

    /// Writes which process has the lock, for those that wait. A full disk is ignored here: a later
    /// write reports it.
    fn name_holder(&self) {
        let path = self.root.join(FOLDER).join(HOLDER);
        let _ = fs::remove_file(&path);
        // What is there would be a link that could not be removed.
        if let Ok(mut file) = File::create_new(path) {
            let _ = file.write_all(holder().as_bytes());
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let folder = self.root.join(FOLDER);
        let _ = fs::remove_file(folder.join(HOLDER));
        // In a workspace, the file remains for those who wait for it.
        let is_traceless = !self.made.is_empty() && !*self.is_used.get_mut();
        if self.place == Place::Output || is_traceless {
            let _ = fs::remove_file(folder.join("lock"));
            // These fail if something is in the folder.
            let _ = fs::remove_dir(&folder);
            for made in &self.made {
                let _ = fs::remove_dir(made);
            }
        }
    }
}

/// Locks the folder of unfinished changes.
fn lock(folder: &Path) -> io::Result<File> {
    let path = folder.join("lock");
    // The files in the folder are written and deleted.
    for link in [folder, &path] {
        if is_link(link) {
            let message = format!("{} is a link: remove it", link.display());
            return Err(io::Error::new(ErrorKind::InvalidData, message));
        }
    }
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    // The process that had the lock may delete it with its folder at any time.
    for _ in 0..ATTEMPTS {
        fs::create_dir_all(folder).map_err(|error| of_file(&folder.display(), &error))?;
        let file = match options.open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            opened => opened.map_err(|error| of_file(&path.display(), &error))?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                report::print_error(&waiting(folder));
                file.lock()
                    .map_err(|error| of_file(&path.display(), &error))?;
            }
            Err(TryLockError::Error(error)) => return Err(of_file(&path.display(), &error)),
        }
        if is_same_file(&file, &path) {
            return Ok(file);
        }
    }
    Err(of_file(&path.display(), &ErrorKind::NotFound.into()))
}

/// Whether a file still has its path: another process may have deleted it, and a third one may have
/// made and locked a new one.
fn is_same_file(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(file), Ok(now)) => identity(&file) == identity(&now),
        _ => false,
    }
}

/// An identifier that a file or a folder keeps while it exists, and that cannot be predicted: a
/// clone, an archive or a copy has another one.
fn identity(metadata: &fs::Metadata) -> u128 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(metadata).into();
    #[cfg(not(unix))]
    {
        let created = metadata.created().unwrap_or(SystemTime::UNIX_EPOCH);
        let since = created.duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_nanos())
    }
}

/// The command of this process, its id, and the time: `errbook add a a.md`, `17`, `2026-11-30
/// 08:00:00 UTC`, a line each.
fn holder() -> String {
    let mut arguments = std::env::args_os();
    let program = arguments.next().map(PathBuf::from);
    let program = program.as_deref().and_then(Path::file_name);
    let words = program.map(ToOwned::to_owned).into_iter().chain(arguments);
    let words: Vec<_> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let command = words.join(" ").replace(char::is_control, " ");
    let now = SystemTime::now();
    let id = std::process::id();
    format!("{command}\n{id}\n{} {} UTC\n", day(now), second_of_day(now))
}

/// What to say while another process has the lock.
fn waiting(folder: &Path) -> String {
    let path = folder.join(HOLDER);
    let said = if is_link(&path) {
        String::new()
    } else {
        fs::read_to_string(path).unwrap_or_default()
    };
    // The file is untrusted.
    let shown = |line: &str| {
        let plain = line.chars().filter(|letter| !letter.is_control());
        report::visible(&plain.take(SHOWN).collect::<String>()).into_owned()
    };
    let lines: Vec<_> = said.lines().map(shown).collect();
    let who = match lines.as_slice() {
        [command, id, since] => format!("`{command}` (process {id}, since {since})"),
        _ => "another process".to_owned(),
    };
    let folder = folder.parent().unwrap_or(folder);
    format!("waiting for {who}, which writes to {}", folder.display())
}

/// Completes the change of an interrupted run in a workspace. Returns whether there was one.
///
/// # Errors
///
/// An I/O error, a journal that was not written in this folder or names files that are not written,
/// or a file that was changed since. Nothing is changed then.
pub fn recover(root: &Path) -> io::Result<bool> {
    Ok(is_interrupted(root) && Lock::of_workspace(root)?.has_recovered())
}

/// Whether a run in a workspace was interrupted while it replaced files, or does it now.
#[must_use]
pub fn is_interrupted(root: &Path) -> bool {
    [JOURNAL, UNDO].iter().any(|name| {
        let journal = root.join(FOLDER).join(name);
        journal.exists() || is_link(&journal)
    })
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
    let root = folder.canonicalize();
    root.is_ok_and(|root| {
        is_below(file) && destination(&folder.join(file)).is_some_and(|it| it.starts_with(root))
    })
}

/// Where a file is written, with the links of its folders followed. The file itself may be a link.
fn destination(path: &Path) -> Option<PathBuf> {
    path.file_name()?;
    for folder in path.ancestors().skip(1) {
        match folder.canonicalize() {
            Ok(real) => {
                let rest = path.strip_prefix(folder).ok()?;
                let is_plain = (rest.components()).all(|it| matches!(it, Component::Normal(_)));
                return is_plain.then(|| real.join(rest));
            }
            Err(error) if error.kind() == ErrorKind::NotFound && !is_link(folder) => {}
            Err(_) => return None,
        }
    }
    None
}

/// The folder that no file of a workspace is written outside of: that of the repository; without
/// one, the outermost folder around the workspace with a Cargo.toml, or its own.
#[must_use]
pub fn tree(root: &Path) -> &Path {
    let mut outermost = root;
    for above in root.ancestors() {
        if above.join(".git").exists() {
            return above;
        }
        if above.join(manifest::FILE).is_file() {
            outermost = above;
        }
    }
    outermost
}

/// Whether a folder or file belongs to git: what is in it may be run. Systems that ignore case know
/// it by other names too.
fn is_of_git(part: Component<'_>) -> bool {
    let name = part.as_os_str().to_string_lossy().to_ascii_lowercase();
    matches!(name.trim_end_matches([' ', '.']), ".git" | "git~1")
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.is_symlink())
}

/// Before each operation. In debug builds, for tests: `ERRBOOK_FAIL_AT=3` makes the third one fail,
/// like a full disk, and `ERRBOOK_DIE_AT=3` aborts before it, like a power failure.
fn step(what: &str, file: &Path) -> io::Result<()> {
    static STEPS: AtomicUsize = AtomicUsize::new(0);
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    let this = STEPS.fetch_add(1, Ordering::Relaxed) + 1;
    let is_now = |name: &str| {
        let value = std::env::var(name).ok();
        value.and_then(|value| value.parse::<usize>().ok()) == Some(this)
    };
    if is_now("ERRBOOK_DIE_AT") {
        std::process::abort();
    }
    if is_now("ERRBOOK_FAIL_AT") {
        let message = format!("refused to {what} {}", file.display());
        return Err(io::Error::other(message));
    }
    Ok(())
}

/// What a journal lists.
#[derive(Debug, Default)]
struct Names {
    files: Vec<String>,
    /// The folders that are made for them, the outermost first.
    folders: Vec<String>,
}

#[derive(Debug)]
struct Disk<'a> {
    root: &'a Path,
    place: Place,
    folder: PathBuf,
}

impl<'a> Disk<'a> {
    fn new(root: &'a Path, place: Place) -> Self {
        Self {
            root,
            place,
            folder: root.join(FOLDER),
        }
    }

    /// Replaces the staged files, or none.
    fn commit(&self, names: &Names) -> io::Result<()> {
        let result = self.journal(names).and_then(|()| self.replace(names));
        match result {
            Ok(()) => self.clear(),
            Err(error) => self.undo().and(Err(error)),
        }
    }

    /// Refuses what is not written: what is outside of the repository or of an output, belongs to
    /// git, or is a link.
    fn check(&self, names: &[String]) -> io::Result<()> {
        let root = self.root.canonicalize()?;
        let within = match self.place {
            Place::Workspace => tree(&root),
            Place::Output => &root,
        };
        let is_output = self.place == Place::Output;
        for name in names {
            let path = self.root.join(name);
            let inside =
                destination(&path).and_then(|to| Some(to.strip_prefix(within).ok()?.to_owned()));
            let why = match inside {
                None if is_output => "is not in this folder: its path or a link leads out of it",
                None => "is outside of this repository: its path or a link leads out of it",
                Some(_) if is_output && !is_below(name) => {
                    "is not in this folder: its path or a link leads out of it"
                }
                Some(_) if name.is_empty() => "is not a file",
                Some(_) if name.contains('\n') => "has a line break in its name",
                Some(inside) if inside.components().any(is_of_git) => "belongs to git",
                // In an output, the link itself is replaced.
                Some(_) if !is_output && is_link(&path) => "is a link: put the file itself there",
                Some(_) => continue,
            };
            let message = format!("{name:?} {why}. Nothing was written");
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        Ok(())
    }

    /// The folders to make for a file.
    fn missing_folders(&self, file: &str) -> impl Iterator<Item = String> {
        let folders = Path::new(file).ancestors().skip(1);
        let folders = folders.filter(|it| !it.as_os_str().is_empty());
        let folders = folders.take_while(|folder| !self.root.join(folder).exists());
        folders.map(|folder| folder.to_string_lossy().into_owned())
    }

    /// Completes or undoes what a journal lists. Returns whether there is one.
    fn complete_interrupted(&self) -> io::Result<bool> {
        let is_interrupted = if let Some(names) = self.read_names(UNDO)? {
            self.check_unchanged(UNDO, &names)?;
            self.restore(&names)?;
            true
        } else if let Some(names) = self.read_names(JOURNAL)? {
            self.check_unchanged(JOURNAL, &names)?;
            self.replace(&names)?;
            true
        } else {
            false
        };
        self.clear()?;
        Ok(is_interrupted)
    }

    /// Refuses a journal if a file is neither what it was before the change nor what it is after
    /// it: a person has edited it since.
    fn check_unchanged(&self, journal: &str, names: &Names) -> io::Result<()> {
        self.check(&names.files)?;
        self.check(&names.folders)?;
        for (at, name) in names.files.iter().enumerate() {
            let read = |path: &Path| match fs::read(path) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(of_file(&path.display(), &error)),
            };
            let staged = [format!("{at}.new"), format!("{at}.old")];
            let staged = staged.map(|name| self.folder.join(name));
            if let Some(link) = staged.iter().find(|staged| is_link(staged)) {
                let message = format!("{} is a link: remove it", link.display());
                return Err(io::Error::new(ErrorKind::InvalidData, message));
            }
            let now = read(&self.root.join(name))?;
            let [new, old] = &staged;
            if now != read(new)? && now != read(old)? {
                let message = format!(
                    "{name:?} was changed after the run that {FOLDER}/{journal} belongs to. That \
                     run had found {FOLDER}/{at}.old and wrote {FOLDER}/{at}.new"
                );
                return Err(io::Error::new(ErrorKind::InvalidData, message));
            }
        }
        Ok(())
    }

    /// Writes the new content of a file and a copy of the old one, and syncs both if the place is a
    /// workspace.
    fn stage(&self, at: usize, file: &str, bytes: Option<&[u8]>) -> io::Result<()> {
        if let Some(bytes) = bytes {
            self.write(&self.folder.join(format!("{at}.new")), bytes)?;
        }
        match fs::read(self.root.join(file)) {
            Ok(old) => self.write(&self.folder.join(format!("{at}.old")), &old),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(of_file(&file, &error)),
        }
    }

    /// Commits the change.
    fn journal(&self, names: &Names) -> io::Result<()> {
        let draft = self.folder.join(DRAFT);
        let mut text = self.title()?;
        for name in &names.files {
            let _ = writeln!(text, "{name}");
        }
        for folder in &names.folders {
            let _ = writeln!(text, "{folder}/");
        }
        self.write(&draft, text.as_bytes())?;
        self.sync(&self.folder)?;
        rename(&draft, &self.folder.join(JOURNAL))?;
        self.sync(&self.folder)
    }

    /// The first line of a journal: it identifies the folder, so that a journal from a clone is
    /// refused.
    fn title(&self) -> io::Result<String> {
        let folder = identity(&fs::metadata(&self.folder)?);
        Ok(format!("errbook {folder}\n"))
    }

    /// Replaces the files. The staged contents are kept until all are replaced, so this can be
    /// repeated.
    fn replace(&self, names: &Names) -> io::Result<()> {
        for folder in &names.folders {
            make(&self.root.join(folder))?;
        }
        // Slow operations come before the first rename, so that an interruption between two renames
        // is unlikely.
        let mut copies = Vec::new();
        for (at, name) in names.files.iter().enumerate() {
            let new = self.folder.join(format!("{at}.new"));
            let copy = self.folder.join(format!("{at}.copy"));
            if new.exists() {
                self.copy(&new, &copy)?;
            }
            copies.push((new.exists().then_some(copy), self.root.join(name)));
        }
        // Before the others: where case is ignored, the name of a new file may be that of a deleted
        // one.
        for (copy, path) in &copies {
            if copy.is_none() {
                remove(path)?;
            }
        }
        for (copy, path) in &copies {
            if let Some(copy) = copy {
                rename(copy, path)?;
            }
        }
        self.sync_folders(names)
    }

    /// Undoes the change after a step failed. Before the journal is written, there is nothing to
    /// undo.
    fn undo(&self) -> io::Result<()> {
        let Some(names) = self.read_names(JOURNAL)? else {
            return self.clear();
        };
        rename(&self.folder.join(JOURNAL), &self.folder.join(UNDO))?;
        self.sync(&self.folder)?;
        self.restore(&names)?;
        self.clear()
    }

    fn restore(&self, names: &Names) -> io::Result<()> {
        for (at, name) in names.files.iter().enumerate() {
            let old = self.folder.join(format!("{at}.old"));
            let copy = self.folder.join(format!("{at}.copy"));
            let path = self.root.join(name);
            if !old.exists() {
                remove(&path)?;
            } else if fs::read(&path).ok() != fs::read(&old).ok() {
                // What could not be replaced cannot be restored either.
                self.copy(&old, &copy)?;
                rename(&copy, &path)?;
            }
        }
        for folder in names.folders.iter().rev() {
            // Fails if something else is in it now.
            let _ = fs::remove_dir(self.root.join(folder));
        }
        self.sync_folders(names)
    }

    /// Deletes what belongs to a change. The journal goes first: without it the staged files have
    /// no meaning, so they are left if they cannot be deleted. Other files are kept.
    fn clear(&self) -> io::Result<()> {
        for name in [JOURNAL, UNDO, DRAFT] {
            remove(&self.folder.join(name))?;
        }
        let entries: Vec<_> = fs::read_dir(&self.folder)?.collect::<io::Result<_>>()?;
        let is_staged = |name: &str| {
            name.split_once('.').is_some_and(|(at, of)| {
                at.parse::<usize>().is_ok() && ["new", "old", "copy"].contains(&of)
            })
        };
        for entry in entries {
            if entry.file_name().to_str().is_some_and(is_staged) {
                let _ = remove(&entry.path());
            }
        }
        Ok(())
    }

    /// What a journal lists, if there is one.
    fn read_names(&self, journal: &str) -> io::Result<Option<Names>> {
        let path = self.folder.join(journal);
        if !path.exists() && !is_link(&path) {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).map_err(|error| of_file(&path.display(), &error))?;
        let title = self.title()?;
        let Some(list) = text.strip_prefix(&title).filter(|_| !is_link(&path)) else {
            let message = format!(
                "{FOLDER}/{journal} was not written in this folder, but came with a copy of it"
            );
            return Err(io::Error::new(ErrorKind::InvalidData, message));
        };
        let mut names = Names::default();
        for line in list.lines() {
            match line.strip_suffix('/') {
                Some(folder) => names.folders.push(folder.to_owned()),
                None => names.files.push(line.to_owned()),
            }
        }
        Ok(Some(names))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        step("write", path)?;
        let write = || {
            let mut file = File::create(path)?;
            file.write_all(bytes)?;
            self.sync_file(&file)
        };
        write().map_err(|error| of_file(&path.display(), &error))
    }

    /// Creates a hard link, or a copy where the file system does not support links.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        step("write", to)?;
        let copy = || {
            if to.exists() || is_link(to) {
                fs::remove_file(to)?;
            }
            if fs::hard_link(from, to).is_ok() {
                return Ok(());
            }
            fs::copy(from, to)?;
            self.sync_file(&File::open(to)?)
        };
        copy().map_err(|error| of_file(&to.display(), &error))
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        match self.place {
            Place::Workspace => file.sync_all(),
            Place::Output => Ok(()),
        }
    }

    fn sync_folders(&self, names: &Names) -> io::Result<()> {
        let folders: BTreeSet<_> = (names.files.iter().chain(&names.folders))
            .filter_map(|name| Some(self.root.join(name).parent()?.to_owned()))
            .collect();
        // A folder that was made is gone again after it is restored.
        let mut folders = folders.iter().filter(|folder| folder.exists());
        folders.try_for_each(|folder| self.sync(folder))
    }

    /// A new file name survives a power failure only after its folder is synced.
    fn sync(&self, folder: &Path) -> io::Result<()> {
        if self.place == Place::Output {
            return Ok(());
        }
        step("sync", folder)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

fn of_file(file: &dyn std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file}: {error}"))
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step("rename to", to)?;
    fs::rename(from, to).map_err(|error| of_file(&to.display(), &error))
}

fn remove(path: &Path) -> io::Result<()> {
    if !path.exists() && !is_link(path) {
        return Ok(());
    }
    step("remove", path)?;
    fs::remove_file(path).map_err(|error| of_file(&path.display(), &error))
}

/// Makes a folder, unless an interrupted run has made it.
fn make(folder: &Path) -> io::Result<()> {
    step("make", folder)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(of_file(&folder.display(), &error))
        }
        _ => Ok(()),
    }
}
