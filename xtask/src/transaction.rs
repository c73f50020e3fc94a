//! Several files replaced as one: all of them or none, whatever fails and whenever the process is killed.
//!
//! Everything lies in `.errbook/` below the workspace. The new texts and the old are put there first; then a journal
//! names them, which is the moment from which the change has happened; then each file is replaced. A run that finds a
//! journal finishes what it says before it does anything else, and a folder without a journal is thrown away.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of what is under way.
const FOLDER: &str = ".errbook";
/// The files of this change are being replaced.
const JOURNAL: &str = "journal";
/// They are being put back, since one of them could not be replaced.
const UNDO: &str = "undo";

/// Files that are to be replaced together.
#[derive(Debug, Clone, Default)]
pub struct Transaction {
    /// Nothing in place of bytes: the file is to go.
    files: Vec<(String, Option<Vec<u8>>)>,
}

/// One thing that is done to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// What is done.
    pub what: &'static str,
    /// To which file.
    pub file: &'a Path,
}

/// Is told of each step before it is taken; an error is as if the disk had refused it.
pub type Watch<'w> = dyn FnMut(Step<'_>) -> io::Result<()> + 'w;

impl Transaction {
    /// Adds a file, by its name below the workspace.
    pub fn put(&mut self, file: &str, bytes: impl Into<Vec<u8>>) {
        self.files.push((file.to_owned(), Some(bytes.into())));
    }

    /// Takes a file away, by its name below the workspace.
    pub fn remove(&mut self, file: &str) {
        self.files.push((file.to_owned(), None));
    }

    /// The files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(file, _)| file.as_str())
    }

    /// Leaves out what is on the disk already.
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
    /// What the system says. Every file is as it was then, unless the system refused to put one back: the next run
    /// does that.
    pub fn commit(&self, root: &Path) -> io::Result<()> {
        self.commit_watched(root, &mut from_environment())
    }

    /// The same, with somebody watching.
    ///
    /// # Errors
    ///
    /// What the system says, or the watcher.
    pub fn commit_watched(&self, root: &Path, watch: &mut Watch<'_>) -> io::Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        let mut disk = Disk {
            folder: root.join(FOLDER),
            root,
            watch,
        };
        let lock = disk.lock()?;
        disk.finish_what_was_begun()?;
        let names: Vec<_> = self.files.iter().map(|(file, _)| file.clone()).collect();
        let result = disk
            .stage(&self.files)
            .and_then(|()| disk.journal(&names))
            .and_then(|()| disk.replace(&names));
        let result = match result {
            Ok(()) => disk.clear(),
            Err(error) => disk.take_back().and(Err(error)),
        };
        drop(lock);
        result
    }
}

/// Finishes what an earlier run began and could not. Says whether there was anything.
///
/// # Errors
///
/// What the system says.
pub fn recover(root: &Path) -> io::Result<bool> {
    let folder = root.join(FOLDER);
    if !folder.join(JOURNAL).exists() && !folder.join(UNDO).exists() {
        return Ok(false);
    }
    let mut watch = from_environment();
    let mut disk = Disk {
        folder,
        root,
        watch: &mut watch,
    };
    let lock = disk.lock()?;
    disk.finish_what_was_begun()?;
    drop(lock);
    Ok(true)
}

/// In builds that are tested, `ERRBOOK_FAIL_AT=3` refuses the third step and `ERRBOOK_DIE_AT=3` dies before it, as a
/// full disk or the loss of power would have it.
fn from_environment() -> impl FnMut(Step<'_>) -> io::Result<()> {
    let number = |name: &str| {
        let value = cfg!(debug_assertions)
            .then(|| std::env::var(name).ok())
            .flatten();
        value.and_then(|value| value.parse::<usize>().ok())
    };
    let (fail, die) = (number("ERRBOOK_FAIL_AT"), number("ERRBOOK_DIE_AT"));
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
    folder: PathBuf,
    watch: &'a mut Watch<'w>,
}

impl Disk<'_, '_> {
    /// Nobody else may write meanwhile. The system lets go of the lock when the process ends, however it ends.
    fn lock(&mut self) -> io::Result<File> {
        self.step("make", &self.folder.clone())?;
        fs::create_dir_all(&self.folder)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn step(&mut self, what: &'static str, file: &Path) -> io::Result<()> {
        (self.watch)(Step { what, file })
    }

    fn finish_what_was_begun(&mut self) -> io::Result<()> {
        if let Some(names) = self.read(UNDO)? {
            self.put_back(&names)?;
        } else if let Some(names) = self.read(JOURNAL)? {
            self.replace(&names)?;
        }
        self.clear()
    }

    /// The new text of each file, and a copy of the old one, both on the disk before anything else happens.
    fn stage(&mut self, files: &[(String, Option<Vec<u8>>)]) -> io::Result<()> {
        for (at, (file, bytes)) in files.iter().enumerate() {
            if let Some(bytes) = bytes {
                self.write(&self.folder.join(format!("{at}.new")), bytes)?;
            }
            match fs::read(self.root.join(file)) {
                Ok(old) => self.write(&self.folder.join(format!("{at}.old")), &old)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// From here on the change has happened.
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

    /// Puts each new text in its place. What is staged stays until all are in place, so this may be done again.
    fn replace(&mut self, names: &[String]) -> io::Result<()> {
        // All that takes time is done before the first file changes.
        let mut copies = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let (new, copy) = (
                self.folder.join(format!("{at}.new")),
                self.folder.join(format!("{at}.copy")),
            );
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

    /// After a refusal: either nothing has happened yet, or what happened is undone.
    fn take_back(&mut self) -> io::Result<()> {
        let Some(names) = self.read(JOURNAL)? else {
            return self.clear();
        };
        self.rename(&self.folder.join(JOURNAL), &self.folder.join(UNDO))?;
        self.sync(&self.folder.clone())?;
        self.put_back(&names)?;
        self.clear()
    }

    fn put_back(&mut self, names: &[String]) -> io::Result<()> {
        for (at, name) in names.iter().enumerate() {
            let (old, copy) = (
                self.folder.join(format!("{at}.old")),
                self.folder.join(format!("{at}.copy")),
            );
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

    /// The journal goes first: without it the rest means nothing. The lock stays for who may be waiting for it.
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

    fn read(&self, name: &str) -> io::Result<Option<Vec<String>>> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some(text.lines().map(str::to_owned).collect())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step("write", path)?;
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// A second name for the same bytes where the file system knows such a thing, else a copy.
    fn copy(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("write", to)?;
        if to.exists() {
            fs::remove_file(to)?;
        }
        if fs::hard_link(from, to).is_ok() {
            return Ok(());
        }
        fs::copy(from, to)?;
        File::open(to)?.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename to", to)?;
        fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        if !path.exists() {
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
        fs::create_dir_all(folder)
    }

    fn sync_folders(&mut self, names: &[String]) -> io::Result<()> {
        let folders: BTreeSet<_> = names
            .iter()
            .filter_map(|name| Some(self.root.join(name).parent()?.to_owned()))
            .collect();
        folders.iter().try_for_each(|folder| self.sync(folder))
    }

    /// A name lasts once its folder is on the disk.
    fn sync(&mut self, folder: &Path) -> io::Result<()> {
        self.step("sync", folder)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}
