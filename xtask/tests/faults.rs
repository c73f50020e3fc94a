//! A full disk, folders that cannot be written, links out of the registry, other processes, and
//! what a clone may bring: each command that writes changes everything or nothing, and nothing
//! outside of the registry.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use errbook_cli::transaction::{Lock, Transaction, recover};
use tempfile::TempDir;

use crate::scratch::{SHOP, Said, Scratch, said, succeeds};
use crate::writers::{Case, read_tree};

fn output(command: &mut Command) -> Said {
    said(
        &command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .unwrap(),
    )
}

/// The command changes nothing, and says why.
fn assert_refused(case: &Case, said: &Said, why: &[&str], at: &str) {
    let name = case.name;
    assert!(!said.success, "{name}, {at}: {}", said.out);
    assert!(
        why.iter().any(|why| said.err.contains(why)),
        "{name}, {at}: {}",
        said.err
    );
}

/// No file can have more than some bytes, as if the disk was full.
#[test]
fn a_full_disk_leaves_the_old_files() {
    for case in Case::all() {
        for blocks in ["0", "2"] {
            case.reset();
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let mut shell = Command::new("sh");
            shell.args(["-c", &script, env!("CARGO_BIN_EXE_errbook")]);
            shell
                .args(case.arguments)
                .current_dir(case.scratch.path(""));
            let said = output(&mut shell);
            // Small files still have room in two blocks.
            if blocks == "2" && said.success {
                assert!(case.now() == case.new, "{}", case.name);
                continue;
            }
            assert_refused(&case, &said, &["File too large"], blocks);
            assert!(said.err.contains("/.errbook/"), "no file: {}", said.err);
            assert!(case.now() == case.old, "{}: {}", case.name, said.err);
            case.assert_atomic("a full disk", true);
        }
    }
}

/// A user that owns nothing of the registry: root may write anywhere.
const NOBODY: u32 = 65534;

/// Runs a command as a user without write permission; `None` if no other user can be used.
fn as_nobody(case: &Case, folder: &Path) -> Option<Said> {
    let binary = folder.join("errbook");
    if !binary.exists() {
        // Folders above that of the build may be closed to others.
        let built = env!("CARGO_BIN_EXE_errbook");
        fs::hard_link(built, &binary)
            .or_else(|_| fs::copy(built, &binary).map(drop))
            .unwrap();
    }
    let mut command = Command::new(&binary);
    command
        .args(case.arguments)
        .current_dir(case.scratch.path(""));
    if fs::metadata(folder).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    match command.output() {
        Ok(output) => Some(said(&output)),
        Err(error) => {
            eprintln!("SKIPPED: no command can be run as another user: {error}");
            None
        }
    }
}

/// Closes a folder and everything in it to others but root, or only this one.
fn set_writable(path: &Path, is_writable: bool) {
    let mut paths = vec![path.to_owned()];
    while let Some(path) = paths.pop() {
        let is_folder = path.is_dir();
        let mode = match (is_folder, is_writable) {
            (true, true) => 0o777,
            (true, false) => 0o555,
            (false, true) => 0o666,
            (false, false) => 0o444,
        };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        if is_folder {
            paths.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .flatten()
                    .map(|entry| entry.path()),
            );
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_files() {
    let folder = TempDir::new().unwrap();
    set_writable(folder.path(), true);
    for case in Case::all() {
        // All folders, then each alone: files are staged, and then cannot be replaced.
        let mut closed = vec![""];
        closed.extend(
            case.folders()
                .into_iter()
                .filter(|it| case.old.contains_key(*it)),
        );
        for name in closed {
            case.reset();
            set_writable(&case.scratch.path(""), !name.is_empty());
            let path = case.scratch.path(name);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o555)).unwrap();
            let Some(said) = as_nobody(&case, folder.path()) else {
                return;
            };
            // A folder that only folders are written to needs none of it.
            let is_direct = name.is_empty()
                || (case.written().iter())
                    .any(|file| Path::new(file).parent() == Some(Path::new(name)));
            set_writable(&case.scratch.path(""), true);
            if !is_direct && said.success {
                continue;
            }
            assert_refused(&case, &said, &["Permission denied"], name);
            assert!(
                case.now() == case.old,
                "{}, {name}: {}",
                case.name,
                said.err
            );
            case.assert_atomic(name, false);
        }
    }
}

/// A registry without pending changes needs no write permission.
#[test]
fn a_registry_that_is_up_to_date_may_be_closed() {
    let folder = TempDir::new().unwrap();
    set_writable(folder.path(), true);
    let case = Case::of("regen");
    succeeds(&output(&mut case.command()));
    let _ = fs::remove_dir_all(case.scratch.path(".errbook"));
    set_writable(&case.scratch.path(""), false);
    let said = as_nobody(&case, folder.path());
    set_writable(&case.scratch.path(""), true);
    if let Some(said) = said {
        succeeds(&said);
        assert!(case.now() == case.new);
    }
}

/// Everything of a folder outside of the registry.
struct Outside(TempDir);

impl Outside {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("precious.txt"), "mine").unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Each file and each folder that a command writes to is a link in turn, to the same file or folder
/// outside of the registry.
#[test]
fn links_lead_no_command_out_of_the_registry() {
    for case in Case::all() {
        let names = case.written().into_iter().chain(case.folders());
        for name in names {
            case.reset();
            let outside = Outside::new();
            let path = case.scratch.path(name);
            let target = outside.path("target");
            if path.exists() {
                fs::rename(&path, &target).unwrap();
            } else if let Some(parent) = path.parent() {
                // A link to nothing, or to a file that the command would create.
                fs::create_dir_all(parent).unwrap();
            }
            symlink(&target, &path).unwrap();
            let before = (case.now(), read_tree(outside.0.path()));
            let said = output(&mut case.command());
            let why = [
                "is outside of this repository",
                "is a link",
                // A link to nothing is read before it is written.
                "there is no such file",
                "there is no errbook.toml",
                "is not there",
                "already exists",
            ];
            assert_refused(&case, &said, &why, name);
            assert!(
                (case.now(), read_tree(outside.0.path())) == before,
                "{}, {name}: {}",
                case.name,
                said.err
            );
        }
    }
}

/// What a command keeps in `.errbook` is not written through links either.
#[test]
fn links_lead_no_lock_out_of_the_registry() {
    for name in [
        ".errbook",
        ".errbook/lock",
        ".errbook/holder",
        ".errbook/0.new",
        ".errbook/draft",
    ] {
        let case = Case::of("kinds");
        let outside = Outside::new();
        let target = outside.path(if name == ".errbook" {
            ""
        } else {
            "precious.txt"
        });
        let path = case.scratch.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(target, path).unwrap();
        let before = read_tree(outside.0.path());
        let said = output(&mut case.command());
        let is_refused = name == ".errbook" || name.ends_with("lock");
        assert_eq!(!said.success, is_refused, "{name}: {}", said.err);
        assert_eq!(
            said.err.contains("is a link"),
            is_refused,
            "{name}: {}",
            said.err
        );
        assert!(read_tree(outside.0.path()) == before, "{name}");
    }
}

/// A repository may be one of links, as long as they stay in it.
#[test]
fn links_within_the_repository_are_followed() {
    let case = Case::of("names");
    fs::create_dir(case.scratch.path(".git")).unwrap();
    fs::rename(case.scratch.path("vendors"), case.scratch.path("all")).unwrap();
    symlink("all", case.scratch.path("vendors")).unwrap();
    succeeds(&output(&mut case.command()));
    let overlay = case.new["vendors/pay/overlay.toml"].clone().unwrap();
    assert_eq!(
        case.scratch.read("all/pay/overlay.toml").as_bytes(),
        overlay
    );
}

/// The first line of a journal that was written in this folder.
fn title(scratch: &Scratch) -> String {
    fs::create_dir_all(scratch.path(".errbook")).unwrap();
    let folder = fs::metadata(scratch.path(".errbook")).unwrap();
    format!("errbook {}\n", folder.ino())
}

const JOURNALS: [&str; 2] = ["journal", "undo"];

/// A journal of another folder is refused, regardless of its files: its author cannot know the
/// inode of `.errbook` in a clone.
#[test]
fn a_journal_that_comes_with_a_clone_is_refused() {
    let scratch = Scratch::regenerated();
    for (journal, title) in JOURNALS.into_iter().zip(["errbook 1\n", ""]) {
        scratch.write(
            &format!(".errbook/{journal}"),
            &format!("{title}notes.txt\n"),
        );
        for staged in ["0.new", "0.old"] {
            scratch.write(&format!(".errbook/{staged}"), "stolen");
        }
        for command in [&["regen"][..], &["stats"], &["kinds"]] {
            let before = scratch.tree();
            let said = scratch.run(command);
            assert!(
                !said.success && scratch.tree() == before,
                "{command:?}: {}",
                said.err
            );
            for part in ["came with a copy of it", "delete the folder `.errbook`"] {
                assert!(said.err.contains(part), "{command:?}: {}", said.err);
            }
        }
        fs::remove_dir_all(scratch.path(".errbook")).unwrap();
        succeeds(&scratch.run(&["regen"]));
    }
}

/// Even a journal that was written in this folder leads neither out of it nor to what git runs.
#[test]
fn a_journal_names_files_of_the_repository_only() {
    let outside = Outside::new();
    let scratch = Scratch::regenerated();
    fs::create_dir_all(scratch.path(".git/hooks")).unwrap();
    symlink(outside.0.path(), scratch.path("codes/link")).unwrap();
    symlink("../.git/hooks", scratch.path("codes/hooks")).unwrap();
    scratch.write("notes.txt", "mine");
    let absolute = outside.path("precious.txt").display().to_string();
    let name = outside.0.path().file_name().unwrap().to_string_lossy();
    let above = format!("../{name}/precious.txt");
    let twice = format!("codes/../../{name}/precious.txt");
    for (file, why) in [
        (above.as_str(), "is outside of this repository"),
        (&twice, "is outside of this repository"),
        (&absolute, "is outside of this repository"),
        ("codes/link/precious.txt", "is outside of this repository"),
        ("codes/link/new.txt", "is outside of this repository"),
        (".git/hooks/post-commit", "belongs to git"),
        (".git/config", "belongs to git"),
        ("codes/../.GIT/config", "belongs to git"),
        ("codes/hooks/post-commit", "belongs to git"),
        ("codes/vendors/", "is outside of this repository"),
        ("", "is not a file"),
        // A person wrote it after the run that was interrupted.
        ("notes.txt", "was changed after the run"),
    ] {
        for journal in JOURNALS {
            for staged in [&["0.new", "0.old"][..], &["0.new"], &["0.old"], &[]] {
                let title = title(&scratch);
                scratch.write(&format!(".errbook/{journal}"), &format!("{title}{file}\n"));
                for staged in staged {
                    scratch.write(&format!(".errbook/{staged}"), "stolen");
                }
                let before = (scratch.tree(), read_tree(outside.0.path()));
                let said = scratch.run(&["regen"]);
                let is_folder = file.ends_with('/');
                assert!(said.success == is_folder, "{file:?}: {}", said.err);
                assert!(
                    is_folder || said.err.contains(why),
                    "{file:?}: {}",
                    said.err
                );
                if !is_folder {
                    let now = (scratch.tree(), read_tree(outside.0.path()));
                    assert!(now == before, "{file:?}: {}", said.err);
                }
                fs::remove_dir_all(scratch.path(".errbook")).unwrap();
            }
        }
    }
}

/// What was staged is not read through links: it would bring a file of this machine into the
/// repository.
#[test]
fn a_journal_stages_no_links() {
    let outside = Outside::new();
    let scratch = Scratch::regenerated();
    for link in ["journal", "0.new", "0.old"] {
        let title = title(&scratch);
        let list = outside.path("list");
        fs::write(&list, format!("{title}new.txt\n")).unwrap();
        scratch.write(".errbook/journal", &format!("{title}new.txt\n"));
        let path = scratch.path(".errbook").join(link);
        let _ = fs::remove_file(&path);
        symlink(
            if link == "journal" {
                list
            } else {
                outside.path("precious.txt")
            },
            path,
        )
        .unwrap();
        let said = scratch.run(&["regen"]);
        let why = if link == "journal" {
            "came with a copy of it"
        } else {
            "is a link"
        };
        assert!(
            !said.success && said.err.contains(why),
            "{link}: {}",
            said.err
        );
        assert!(!scratch.path("new.txt").exists(), "{link}: {}", said.err);
        fs::remove_dir_all(scratch.path(".errbook")).unwrap();
    }
}

/// Kills a run at the first of these steps after which the files are as wanted.
fn interrupt(case: &Case, mut steps: Range<usize>, are_wanted: impl Fn() -> bool) {
    let is_interrupted = steps.any(|step| {
        case.reset();
        let _ = case
            .command()
            .env("ERRBOOK_DIE_AT", step.to_string())
            .status();
        are_wanted()
    });
    assert!(is_interrupted, "{}: no such step", case.name);
}

/// A run is interrupted between two files, and a person edits one of them before the next run.
#[test]
fn what_a_person_wrote_after_an_interruption_is_kept() {
    let case = Case::of("update");
    // Before these, files are staged.
    interrupt(&case, 8..40, || {
        let now = case.now();
        now != case.old && now != case.new
    });
    // The file that the run has not replaced yet. What it has replaced is what it wrote, with the
    // edit.
    let document = "codes/vendors/tencent-faceid-sdk/spec.toml";
    let edited = case.scratch.read(document) + "mine\n";
    case.scratch.write(document, &edited);
    for arguments in [&["stats"][..], case.arguments] {
        let before = case.now();
        let said = case.scratch.run(arguments);
        assert!(
            !said.success && said.err.contains("was changed after the run"),
            "{}",
            said.err
        );
        assert!(case.now() == before);
    }
    fs::remove_dir_all(case.scratch.path(".errbook")).unwrap();
    assert!(!recover(&case.scratch.path("")).unwrap());
    assert_eq!(case.scratch.read(document), edited);
}

/// `errbook.toml` is part of the registry: what it names is written in the repository only.
#[test]
fn a_configuration_leads_no_command_out_of_the_repository() {
    let outside = Outside::new();
    let name = outside
        .0
        .path()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let scratch = Scratch::regenerated();
    let config = scratch.read("errbook.toml");
    for (page, why) in [
        (
            format!("../{name}/KINDS.md"),
            "is outside of this repository",
        ),
        (".git/KINDS.md".to_owned(), "belongs to git"),
    ] {
        scratch.write("errbook.toml", &config.replace("codes/KINDS.md", &page));
        let before = (scratch.tree(), read_tree(outside.0.path()));
        let said = scratch.run(&["kinds"]);
        assert!(!said.success && said.err.contains(why), "{}", said.err);
        assert!((scratch.tree(), read_tree(outside.0.path())) == before);
    }
}

/// Starts a command while this process has the lock, and ends that once the command says that it
/// waits. Returns what the command says.
fn wait_for(lock: Lock, case: &Case) -> String {
    let mut command = case.command();
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut text = String::new();
    errors.read_line(&mut text).unwrap();
    assert!(case.now() == case.old, "{}", case.name);
    drop(lock);
    errors.read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success(), "{}: {text}", case.name);
    assert!(case.now() == case.new, "{}", case.name);
    text
}

/// A command waits for another one, and says for which.
#[test]
fn a_waiting_command_names_the_process_that_has_the_lock() {
    for case in [Case::of("kinds"), Case::of("add"), Case::of("init")] {
        let lock = Lock::of_workspace(&case.scratch.path("")).unwrap();
        let said = wait_for(lock, &case);
        let this = format!("(process {}, since 20", std::process::id());
        assert!(said.starts_with("waiting for `cli-"), "{said}");
        assert!(
            said.contains(&this) && said.contains(" UTC), which writes to "),
            "{said}"
        );
    }
}

/// Each command reads what the other one wrote.
#[test]
fn two_commands_at_once_lose_nothing() {
    for _ in 0..2 {
        let case = Case::of("add");
        case.scratch.write(
            "bank.md",
            &case.scratch.read("gate.md").replace("200", "300"),
        );
        let bank = case.scratch.spawn(&["add", "bank", "bank.md"]);
        let gate = case.scratch.spawn(case.arguments);
        for mut child in [bank, gate] {
            assert!(child.wait().unwrap().success());
        }
        for vendor in ["bank", "gate", "pay"] {
            assert!(
                case.scratch
                    .read("src/lib.rs")
                    .contains(&format!("{vendor} = \"{vendor}\";")),
                "{vendor}"
            );
            assert!(
                case.scratch
                    .read("Cargo.toml")
                    .contains(&format!("{vendor} = ")),
                "{vendor}"
            );
        }
        succeeds(&case.scratch.run(&["regen", "--check"]));
    }
}

/// The file `holder` is untrusted.
#[test]
fn a_name_of_the_holder_cannot_control_a_terminal() {
    let case = Case::of("kinds");
    let lock = Lock::of_workspace(&case.scratch.path("")).unwrap();
    let name = format!("\u{1b}[31m\u{202e}{}\n1\u{7}\nnow\n", "x".repeat(10_000));
    case.scratch.write(".errbook/holder", &name);
    let said = wait_for(lock, &case);
    let is_hostile = |letter: char| letter != '\n' && letter.is_control() || letter == '\u{202e}';
    assert!(!said.contains(is_hostile) && said.len() < 500, "{said:?}");
}

/// Nothing depends on the clock, which may go back: not on that of the machine, and not on the
/// times of files and the days in them.
#[test]
fn times_in_the_future_change_nothing() {
    let future = SystemTime::now() + Duration::from_hours(80 * 365 * 24);
    let age = |folder: &Path| {
        let mut paths = vec![folder.to_owned()];
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .flatten()
                        .map(|entry| entry.path()),
                );
            }
            fs::File::open(path).unwrap().set_modified(future).unwrap();
        }
    };
    for case in Case::all() {
        age(&case.scratch.path(""));
        succeeds(&output(&mut case.command()));
        assert!(case.now() == case.new, "{}", case.name);
    }
    // An interrupted run, with its lock and its journal.
    let case = Case::of("names");
    interrupt(&case, 1..300, || {
        case.scratch.path(".errbook/journal").exists()
    });
    age(&case.scratch.path(""));
    assert!(recover(&case.scratch.path("")).unwrap());
    assert!(case.now() == case.new);
    // A day on which the document was downloaded.
    let scratch = Scratch::regenerated();
    let sha256 = "0".repeat(64);
    let fetched = format!(
        "schema = 1\nurl = \"https://a.example/\"\nsha256 = \"{sha256}\"\nseen = \"2106-01-01\"\n"
    );
    scratch.write(&format!("{SHOP}/fetched.toml"), &fetched);
    for command in [&["regen", "--check"][..], &["stats"], &["watch"]] {
        succeeds(&scratch.run(command));
    }
}

/// A file that cannot be replaced is named, and the folders that were made for others are gone.
#[test]
fn a_refused_change_leaves_no_folders() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("busy")).unwrap();
    fs::create_dir(folder.path().join("busy/inside")).unwrap();
    let mut transaction = Transaction::default();
    transaction.put("a/b/new.txt", "new");
    transaction.remove("busy");
    let error = transaction.commit(folder.path()).unwrap_err().to_string();
    assert!(error.contains("busy"), "{error}");
    assert!(!folder.path().join("a").exists());
    assert!(!folder.path().join(".errbook").exists());
}
