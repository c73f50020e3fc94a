//! What is written, refused, completed and undone in one folder, without a command.

use tempfile::TempDir;

use super::*;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &TempDir, file: &str) -> Option<String> {
    fs::read_to_string(folder.path().join(file)).ok()
}

/// The names in `.errbook`; `None` if it is not there.
fn kept(folder: &TempDir) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder.path().join(FOLDER)).ok()?.flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    Some(names)
}

fn put(files: &[(&str, &str)]) -> Transaction {
    let mut transaction = Transaction::default();
    for (file, text) in files {
        transaction.put(file, *text);
    }
    transaction
}

/// Replaces files of an output.
fn commit_output(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    put(files).commit_under(&Lock::of_output(folder)?)
}

/// Writes what an interrupted run leaves: a journal of this folder, and what is staged.
fn interrupt(folder: &TempDir, journal: &str, names: &str, staged: &[(&str, &str)]) {
    let errbook = folder.path().join(FOLDER);
    fs::create_dir_all(&errbook).unwrap();
    let title = format!("errbook {}\n", identity(&fs::metadata(&errbook).unwrap()));
    fs::write(errbook.join(journal), title + names).unwrap();
    for (name, text) in staged {
        fs::write(errbook.join(name), text).unwrap();
    }
}

#[test]
fn files_are_written_removed_and_put_into_new_folders() {
    let folder = folder(&[
        ("old.txt", "old"),
        ("gone.txt", "gone"),
        ("kept.txt", "kept"),
    ]);
    let mut transaction = put(&[("old.txt", "new"), ("a/b/new.txt", "made")]);
    transaction.remove("gone.txt");
    transaction.remove("never.txt");
    let files: Vec<_> = transaction.files().collect();
    assert_eq!(files, ["old.txt", "a/b/new.txt", "gone.txt", "never.txt"]);
    transaction.commit(folder.path()).unwrap();
    let state = ["old.txt", "a/b/new.txt", "gone.txt", "kept.txt"].map(|it| read(&folder, it));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(state, [text("new"), text("made"), None, text("kept")]);
    // Others may wait for the lock.
    assert_eq!(kept(&folder).unwrap(), ["lock"]);
}

#[test]
fn what_has_its_content_already_is_not_written() {
    let folder = folder(&[("same.txt", "same"), ("other.txt", "old")]);
    let mut transaction = put(&[("same.txt", "same"), ("other.txt", "new")]);
    transaction.remove("never.txt");
    let changed = transaction.changed(folder.path());
    assert_eq!(changed.files().collect::<Vec<_>>(), ["other.txt"]);
    // Nothing to write leaves no trace.
    let nothing = put(&[("same.txt", "same")]).changed(folder.path());
    nothing.commit(folder.path()).unwrap();
    assert_eq!(kept(&folder), None);
    let lock = Lock::of_workspace(folder.path()).unwrap();
    nothing.commit_under(&lock).unwrap();
    drop(lock);
    assert_eq!(kept(&folder), None);
}

#[test]
fn an_output_keeps_nothing_but_its_files() {
    let folder = folder(&[("index.html", "old")]);
    commit_output(
        folder.path(),
        &[("index.html", "new"), ("codes/1.html", "1")],
    )
    .unwrap();
    assert_eq!(read(&folder, "index.html").unwrap(), "new");
    assert_eq!(read(&folder, "codes/1.html").unwrap(), "1");
    assert_eq!(kept(&folder), None);
}

/// The folder of an output is made for it, and goes again if nothing was written.
#[test]
fn folders_that_were_made_for_a_lock_alone_are_removed() {
    let folder = folder(&[]);
    let inner = folder.path().join("a/b");
    drop(Lock::of_output(&inner).unwrap());
    assert!(!folder.path().join("a").exists());
    drop(Lock::of_workspace(&inner).unwrap());
    assert!(!folder.path().join("a").exists());
    // What was there stays.
    fs::create_dir_all(folder.path().join(FOLDER)).unwrap();
    drop(Lock::of_workspace(folder.path()).unwrap());
    assert_eq!(kept(&folder).unwrap(), ["lock"]);
    // A refused change is no change.
    fs::remove_dir_all(folder.path().join(FOLDER)).unwrap();
    assert!(put(&[("../x", "x")]).commit(folder.path()).is_err());
    assert_eq!(kept(&folder), None);
}

/// The files that a transaction may not write, and why.
#[test]
fn nothing_is_written_outside_into_git_or_to_a_strange_name() {
    let outer = folder(&[("Cargo.toml", ""), ("a.txt", "a")]);
    let root = outer.path().join("codes");
    fs::create_dir_all(root.join(".git")).unwrap();
    let refused = |result: io::Result<()>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let text = error.to_string();
        assert!(text.ends_with(". Nothing was written"), "{text}");
        text
    };
    for (file, why) in [
        ("../a.txt", "is outside of this repository"),
        ("x/../../a.txt", "is outside of this repository"),
        ("", "is not a file"),
        ("a\nb", "has a line break in its name"),
        (".git/config", "belongs to git"),
        (".GIT/config", "belongs to git"),
        (".git./config", "belongs to git"),
        ("git~1/config", "belongs to git"),
    ] {
        let text = refused(put(&[("good.txt", "x"), (file, "x")]).commit(&root));
        assert!(text.contains(&format!("{file:?} {why}")), "{text}");
        assert!(!root.join("good.txt").exists(), "{file}");
    }
    fs::create_dir(root.join("x")).unwrap();
    for file in ["../a.txt", "x/../y.txt", "missing/../y.txt"] {
        let text = refused(commit_output(&root, &[(file, "x")]));
        assert!(text.contains("is not in this folder"), "{text}");
    }
    assert_eq!(read(&outer, "a.txt").unwrap(), "a");
    // What only resembles a folder of git is a file like others.
    put(&[(".gitignore", "x"), ("git/config", "x")])
        .commit(&root)
        .unwrap();
    assert!(root.join("git/config").exists());
}

#[test]
fn a_workspace_is_written_to_anywhere_in_its_repository() {
    let outer = folder(&[(".git/HEAD", ""), ("book/codes/errbook.toml", "")]);
    let root = outer.path().join("book/codes");
    put(&[("../page.md", "page"), ("../../CHANGELOG.md", "log")])
        .commit(&root)
        .unwrap();
    assert_eq!(read(&outer, "book/page.md").unwrap(), "page");
    assert_eq!(read(&outer, "CHANGELOG.md").unwrap(), "log");
}

#[test]
fn the_outermost_cargo_workspace_is_the_tree_without_a_repository() {
    let outer = folder(&[
        ("a/Cargo.toml", ""),
        ("a/b/c/Cargo.toml", ""),
        ("d/.git/HEAD", ""),
        ("d/e/Cargo.toml", ""),
        ("f/g/x", ""),
    ]);
    for (root, expected) in [
        ("a/b/c", "a"),
        ("a/b", "a"),
        ("a", "a"),
        ("d/e", "d"),
        ("f/g", "f/g"),
    ] {
        assert_eq!(
            tree(&outer.path().join(root)),
            outer.path().join(expected),
            "{root}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_replaced_in_an_output_and_refused_in_a_workspace() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("secret.txt", "secret")]);
    let inside = folder(&[("real.txt", "real")]);
    let link = |to: &Path, name: &str| symlink(to, inside.path().join(name)).unwrap();
    link(&outside.path().join("secret.txt"), "file.txt");
    link(outside.path(), "folder");
    link(Path::new("nowhere"), "dead");
    for file in ["folder/x.txt", "dead/x.txt", "folder/../x.txt"] {
        assert!(put(&[(file, "x")]).commit(inside.path()).is_err(), "{file}");
        assert!(
            commit_output(inside.path(), &[(file, "x")]).is_err(),
            "{file}"
        );
    }
    let error = put(&[("file.txt", "x")]).commit(inside.path()).unwrap_err();
    assert!(error.to_string().contains("is a link"), "{error}");
    commit_output(inside.path(), &[("file.txt", "new")]).unwrap();
    assert_eq!(read(&inside, "file.txt").unwrap(), "new");
    assert!(!is_link(&inside.path().join("file.txt")));
    assert_eq!(read(&outside, "secret.txt").unwrap(), "secret");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    for (file, is_in) in [
        ("real.txt", true),
        ("new/x.txt", true),
        ("folder/x.txt", false),
        ("dead/x.txt", false),
        ("../x.txt", false),
        ("", false),
    ] {
        assert_eq!(is_inside(inside.path(), file), is_in, "{file}");
    }
    assert!(!is_inside(&inside.path().join("missing"), "x"));
}

#[test]
fn a_path_of_names_alone_is_below_any_folder() {
    for (file, is_it) in [
        ("a", true),
        ("a/b.txt", true),
        ("", false),
        ("a\nb", false),
        ("../a", false),
        ("a/../b", false),
        ("/a", false),
        ("./a", false),
    ] {
        assert_eq!(is_below(file), is_it, "{file:?}");
    }
}

#[test]
fn an_interrupted_change_is_completed() {
    let folder = folder(&[("old.txt", "old"), ("gone.txt", "gone")]);
    assert!(!is_interrupted(folder.path()));
    assert!(!recover(folder.path()).unwrap());
    assert_eq!(kept(&folder), None);
    interrupt(
        &folder,
        JOURNAL,
        "old.txt\ngone.txt\na/new.txt\na/\n",
        &[
            ("0.new", "new"),
            ("0.old", "old"),
            ("1.old", "gone"),
            ("2.new", "made"),
            ("2.copy", "half"),
            ("notes.txt", "mine"),
            ("0.new.txt", "mine"),
            ("x.new", "mine"),
        ],
    );
    assert!(is_interrupted(folder.path()));
    assert!(recover(folder.path()).unwrap());
    assert!(!is_interrupted(folder.path()));
    assert_eq!(read(&folder, "old.txt").unwrap(), "new");
    assert_eq!(read(&folder, "gone.txt"), None);
    assert_eq!(read(&folder, "a/new.txt").unwrap(), "made");
    // The files of others are kept.
    assert_eq!(
        kept(&folder).unwrap(),
        ["0.new.txt", "lock", "notes.txt", "x.new"]
    );
    assert!(!recover(folder.path()).unwrap());
}

#[test]
fn a_change_that_failed_is_undone() {
    let folder = folder(&[
        ("old.txt", "new"),
        ("a/b/new.txt", "made"),
        ("c/other.txt", "x"),
    ]);
    interrupt(
        &folder,
        UNDO,
        "old.txt\ngone.txt\na/b/new.txt\na/\na/b/\nc/\n",
        &[
            ("0.new", "new"),
            ("0.old", "old"),
            ("1.old", "gone"),
            ("2.new", "made"),
        ],
    );
    assert!(is_interrupted(folder.path()));
    assert!(recover(folder.path()).unwrap());
    assert_eq!(read(&folder, "old.txt").unwrap(), "old");
    assert_eq!(read(&folder, "gone.txt").unwrap(), "gone");
    assert!(!folder.path().join("a").exists());
    // Somebody has put another file into it since.
    assert_eq!(read(&folder, "c/other.txt").unwrap(), "x");
    assert_eq!(kept(&folder).unwrap(), ["lock"]);
}

/// What a person has written since is not overwritten.
#[test]
fn a_journal_is_refused_if_a_file_was_changed_since() {
    for journal in [JOURNAL, UNDO] {
        let folder = folder(&[("a.txt", "edited"), ("b.txt", "old")]);
        let staged = [
            ("0.new", "new"),
            ("0.old", "old"),
            ("1.new", "new"),
            ("1.old", "old"),
        ];
        interrupt(&folder, journal, "a.txt\nb.txt\n", &staged);
        let error = recover(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("\"a.txt\" was changed after the run"),
            "{error}"
        );
        assert!(error.contains(&format!(".errbook/{journal}")), "{error}");
        assert_eq!(read(&folder, "b.txt").unwrap(), "old");
        // Both what the run had found and what it wrote are fine.
        for text in ["old", "new"] {
            fs::write(folder.path().join("a.txt"), text).unwrap();
            let names = Names {
                files: vec!["a.txt".to_owned()],
                folders: Vec::new(),
            };
            let disk = Disk::new(folder.path(), Place::Workspace);
            assert!(disk.check_unchanged(journal, &names).is_ok(), "{text}");
        }
        assert!(recover(folder.path()).unwrap());
    }
    // A file that is gone was changed too.
    let folder = folder(&[]);
    interrupt(
        &folder,
        JOURNAL,
        "a.txt\n",
        &[("0.new", "new"), ("0.old", "old")],
    );
    assert!(recover(folder.path()).is_err());
}

#[test]
fn a_journal_of_another_folder_or_for_other_places_is_refused() {
    let folder = folder(&[("a.txt", "old")]);
    let staged = [("0.new", "new"), ("0.old", "old")];
    interrupt(&folder, JOURNAL, "a.txt\n", &staged);
    let journal = folder.path().join(FOLDER).join(JOURNAL);
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("errbook ", "errbook 1", 1)).unwrap();
    let error = recover(folder.path()).unwrap_err().to_string();
    assert!(error.contains("came with a copy of it"), "{error}");
    for names in ["../a.txt\n", ".git/config\n", "x\n../a/\n"] {
        interrupt(&folder, JOURNAL, names, &staged);
        let error = recover(folder.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{names}");
    }
    assert_eq!(read(&folder, "a.txt").unwrap(), "old");
}

/// A folder where a file should be is found before anything is replaced.
#[test]
fn what_cannot_be_read_is_not_taken_for_missing() {
    let folder = folder(&[("b.txt", "old"), ("a.txt/x", "x")]);
    assert!(
        put(&[("b.txt", "new"), ("a.txt", "new")])
            .commit(folder.path())
            .is_err()
    );
    assert_eq!(read(&folder, "b.txt").unwrap(), "old");
    assert!(!is_interrupted(folder.path()));
    let staged = [("0.new", "new"), ("0.old", "old"), ("1.new", "new")];
    interrupt(&folder, JOURNAL, "b.txt\na.txt\n", &staged);
    assert!(recover(folder.path()).is_err());
    assert_eq!(read(&folder, "b.txt").unwrap(), "old");
}

/// What is left in `.errbook` may be a link that somebody else has put there.
#[cfg(unix)]
#[test]
fn staged_files_are_not_written_through_links() {
    let outside = folder(&[("there.txt", "mine")]);
    for target in ["there.txt", "missing.txt"] {
        let folder = folder(&[("a.txt", "old")]);
        interrupt(
            &folder,
            JOURNAL,
            "a.txt\n",
            &[("0.new", "new"), ("0.old", "old")],
        );
        let copy = folder.path().join(FOLDER).join("0.copy");
        std::os::unix::fs::symlink(outside.path().join(target), copy).unwrap();
        assert!(recover(folder.path()).unwrap());
        assert_eq!(read(&folder, "a.txt").unwrap(), "new");
    }
    assert_eq!(read(&outside, "there.txt").unwrap(), "mine");
    assert_eq!(read(&outside, "missing.txt"), None);
}

#[test]
fn a_folder_may_have_been_made_by_an_interrupted_run() {
    let folder = folder(&[]);
    let path = folder.path().join("a");
    make(&path).unwrap();
    make(&path).unwrap();
    assert!(path.is_dir());
    let error = make(&folder.path().join("b/c")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("b/c: "), "{error}");
}

/// What was staged without a journal has no meaning.
#[test]
fn staged_files_without_a_journal_are_deleted() {
    let folder = folder(&[("a.txt", "old")]);
    interrupt(
        &folder,
        DRAFT,
        "a.txt\n",
        &[("0.new", "new"), ("0.old", "old")],
    );
    assert!(!is_interrupted(folder.path()));
    let lock = Lock::of_workspace(folder.path()).unwrap();
    assert!(!lock.has_recovered());
    assert_eq!(kept(&folder).unwrap(), ["holder", "lock"]);
    assert_eq!(read(&folder, "a.txt").unwrap(), "old");
}

/// Whoever deletes the folder of a lock must not let two others believe that they have it.
#[test]
fn a_lock_whose_file_was_replaced_is_not_the_lock() {
    let folder = folder(&[("lock", ""), ("other", "")]);
    let path = folder.path().join("lock");
    let file = File::open(&path).unwrap();
    assert!(is_same_file(&file, &path));
    assert!(!is_same_file(&file, &folder.path().join("other")));
    fs::remove_file(&path).unwrap();
    assert!(!is_same_file(&file, &path));
}

/// Those who wait learn for whom, from a file that anyone may have written.
#[test]
fn who_has_the_lock_is_said_only_as_far_as_it_is_plain() {
    let folder = folder(&[(".errbook/x", "")]);
    let errbook = folder.path().join(FOLDER);
    let said = |holder: &str| {
        fs::write(errbook.join(HOLDER), holder).unwrap();
        waiting(&errbook)
    };
    let place = folder.path().display();
    assert_eq!(
        said("errbook add a\n17\n2026-11-30 08:00:00 UTC\n"),
        format!(
            "waiting for `errbook add a` (process 17, since 2026-11-30 08:00:00 UTC), which writes \
             to {place}"
        )
    );
    let other = format!("waiting for another process, which writes to {place}");
    assert_eq!(said("errbook add a\n17\n"), other);
    assert_eq!(said("a\nb\nc\nd\n"), other);
    fs::remove_file(errbook.join(HOLDER)).unwrap();
    assert_eq!(waiting(&errbook), other);
    let long = said(&format!("\u{1b}[31m{}\n1\u{7}\nnow\n", "x".repeat(500)));
    assert!(!long.contains(char::is_control), "{long:?}");
    let command = long.split(" (process").next().unwrap();
    assert_eq!(command.matches('x').count(), SHOWN - "[31m".len());
}

#[test]
fn the_holder_of_a_lock_is_its_command_its_process_and_the_time() {
    let text = holder();
    let lines: Vec<_> = text.lines().collect();
    let [command, id, since] = lines[..] else {
        panic!("{text}")
    };
    assert!(command.starts_with("errbook_cli-"), "{command}");
    assert_eq!(id, std::process::id().to_string());
    assert!(
        since.starts_with("20") && since.ends_with(" UTC"),
        "{since}"
    );
    let folder = folder(&[]);
    let lock = Lock::of_workspace(folder.path()).unwrap();
    let written = read(&folder, ".errbook/holder").unwrap();
    assert_eq!(written.lines().next(), Some(command));
    drop(lock);
}

#[test]
fn no_lock_is_taken_through_a_link() {
    let folder = folder(&[("real/x", "")]);
    assert!(lock(&folder.path().join("real")).is_ok());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("real", folder.path().join(FOLDER)).unwrap();
        let error = lock(&folder.path().join(FOLDER)).unwrap_err().to_string();
        assert!(error.contains("is a link: remove it"), "{error}");
    }
}
