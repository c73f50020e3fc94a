//! Makes `site` and `export` fail or die while they write: the folder has the old files or the new
//! ones, or the next run completes it. Nothing outside of the folder is touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::scratch::{Scratch, succeeds};
use crate::site::SHOP;

type Files = BTreeMap<PathBuf, Vec<u8>>;

const LIST: &str = "errbook-site.json";

/// A command that writes files below `out/`, and what it does to them.
struct Case {
    scratch: Scratch,
    command: &'static [&'static str],
    old: Files,
    new: Files,
}

/// `site`, after one with another vendor and other texts.
const SITES: [&[&str]; 2] = [
    &[
        "site",
        "--out",
        "out",
        "--spec",
        "b.toml",
        "--spec",
        "bank.toml",
    ],
    &["site", "--out", "out", "--spec", "a.toml"],
];
/// `export`, before another vendor is added.
const EXPORTS: [&[&str]; 2] = [
    &["export", "python", "--out", "out", "--spec", "b.toml"],
    &[
        "export",
        "python",
        "--out",
        "out",
        "--spec",
        "a.toml",
        "--spec",
        "bank.toml",
    ],
];

impl Case {
    /// Runs both commands, one after the other.
    fn new([before, command]: [&'static [&'static str]; 2]) -> Self {
        let scratch = specs();
        succeeds(&scratch.run(before));
        let old = files_of(&scratch, "out");
        succeeds(&scratch.run(command));
        let new = files_of(&scratch, "out");
        assert_ne!(old, new);
        Self {
            scratch,
            command,
            old,
            new,
        }
    }

    /// Restores the old files.
    fn reset(&self) {
        fs::remove_dir_all(self.scratch.path("out")).unwrap();
        for (name, bytes) in &self.old {
            let path = self.scratch.path("out").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn now(&self) -> Files {
        files_of(&self.scratch, "out")
    }

    fn now_without_journal(&self) -> Files {
        let mut now = self.now();
        now.retain(|name, _| !name.starts_with(".errbook"));
        now
    }

    /// Checks the folder after a run that was killed, and that the next run completes it.
    fn assert_completed(&self, at: &str) {
        let now = self.now_without_journal();
        for (name, bytes) in &now {
            let is_whole = self.old.get(name) == Some(bytes) || self.new.get(name) == Some(bytes);
            assert!(is_whole, "{at}: {} is neither old nor new", name.display());
        }
        for name in self.old.keys().filter(|name| self.new.contains_key(*name)) {
            assert!(now.contains_key(name), "{at}: {} is lost", name.display());
        }
        let list = Path::new(LIST);
        if self.new.contains_key(list) && now.get(list) == self.new.get(list) {
            assert!(now == self.new, "{at}: the list is there before the files");
        }
        succeeds(&self.scratch.run(self.command));
        assert!(
            self.now() == self.new,
            "{at}: the next run does not complete it"
        );
        assert!(!self.scratch.path("out/.errbook").exists(), "{at}");
    }

    /// Makes some steps fail, and then die.
    fn interrupt(&self, every: usize) {
        let run = |how: &str, step: usize| {
            self.reset();
            let step = step.to_string();
            self.scratch.run_with(how, Path::new(&step), self.command)
        };
        let mut steps = 0;
        for step in (1..).step_by(every) {
            if run("ERRBOOK_FAIL_AT", step).success {
                break;
            }
            let now = self.now_without_journal();
            assert!(
                now == self.old || now == self.new,
                "step {step} fails, and the folder is neither old nor new"
            );
            assert!(!run("ERRBOOK_DIE_AT", step).success);
            self.assert_completed(&format!("killed at step {step}"));
            steps += 1;
        }
        assert!(steps > 10, "{steps} steps");
    }
}

/// A folder with the specs a.toml, b.toml, which has another text, and bank.toml, of another
/// vendor.
fn specs() -> Scratch {
    let scratch = Scratch::new();
    let spec = SHOP.replace("kind = \"card-declined\"\n", "");
    scratch.write("a.toml", &spec);
    scratch.write("b.toml", &spec.replace("It is lost", "It was lost"));
    scratch.write("bank.toml", &spec.replace("\"shop\"", "\"bank\""));
    scratch
}

/// The files below a folder, those of an unfinished change among them.
fn files_of(scratch: &Scratch, folder: &str) -> Files {
    let folder = scratch.path(folder);
    let below = scratch.tree().into_iter();
    let below = below
        .filter_map(|(path, bytes)| Some((path.strip_prefix(&folder).ok()?.to_owned(), bytes)));
    below.collect()
}

#[test]
fn an_export_that_fails_or_dies_at_any_step_is_old_or_completed() {
    Case::new(EXPORTS).interrupt(1);
}

#[test]
fn a_site_that_fails_or_dies_at_any_step_is_old_or_completed() {
    Case::new(SITES).interrupt(4);
}

#[test]
fn a_site_that_is_killed_at_any_time_is_completed_by_the_next_run() {
    let case = Case::new(SITES);
    case.reset();
    let start = Instant::now();
    succeeds(&case.scratch.run(case.command));
    let all = start.elapsed();
    let times = 12;
    for time in 0..times {
        case.reset();
        let mut child = case.scratch.spawn(case.command);
        // Most files are written near the end.
        let part = f64::from(time + 1) / f64::from(times);
        std::thread::sleep(Duration::from_secs_f64(all.as_secs_f64() * part.sqrt()));
        let _ = child.kill();
        child.wait().unwrap();
        case.assert_completed(&format!("killed in the {time}th run"));
    }
}

/// Files above 2 KiB cannot be written, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_files() {
    let case = Case::new(SITES);
    case.reset();
    let errbook = env!("CARGO_BIN_EXE_errbook");
    let command = format!(
        "trap '' XFSZ; ulimit -f 4; exec {errbook} {}",
        case.command.join(" ")
    );
    let mut shell = std::process::Command::new("sh");
    let output = shell
        .args(["-c", &command])
        .current_dir(case.scratch.path(""))
        .output();
    let output = output.unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: out: "), "{said}");
    assert!(case.now() == case.old, "{said}");
    succeeds(&case.scratch.run(case.command));
}

#[test]
fn what_cannot_be_replaced_leaves_the_old_files() {
    let case = Case::new(SITES);
    // The last file before the list of files.
    let page = case
        .new
        .keys()
        .rfind(|name| name.extension().is_some_and(|it| it == "html"));
    let page = case.scratch.path("out").join(page.unwrap());
    for file in [page, case.scratch.path("out/codes/shop")] {
        case.reset();
        let is_folder = file.is_dir();
        let before = if is_folder {
            fs::remove_dir_all(&file).unwrap();
            fs::write(&file, "a file in the place of a folder").unwrap();
            case.now()
        } else {
            fs::remove_file(&file).unwrap();
            fs::create_dir(&file).unwrap();
            case.now()
        };
        let said = case.scratch.run(case.command);
        assert!(
            !said.success
                && said
                    .err
                    .contains(&*file.file_name().unwrap().to_string_lossy()),
            "{}",
            said.err
        );
        assert!(case.now() == before, "{}", said.err);
    }
}

/// A folder of the output that is a link out of it is neither written to nor emptied.
#[cfg(unix)]
#[test]
fn links_lead_neither_files_nor_removals_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    for (commands, folder) in [(SITES, "codes"), (EXPORTS, "error_codes")] {
        let case = Case::new(commands);
        let inside = case.new.keys().any(|name| name.starts_with(folder));
        assert!(inside, "{folder}: {:?}", case.new.keys());
        for link in [folder, ".errbook"] {
            case.reset();
            let elsewhere = case.scratch.path("elsewhere");
            let _ = fs::remove_dir_all(&elsewhere);
            let path = case.scratch.path("out").join(link);
            if path.is_dir() {
                fs::rename(&path, &elsewhere).unwrap();
            } else {
                fs::create_dir(&elsewhere).unwrap();
            }
            case.scratch.write("elsewhere/precious.txt", "mine");
            symlink(&elsewhere, &path).unwrap();
            let before = (case.now(), files_of(&case.scratch, "elsewhere"));
            let said = case.scratch.run(case.command);
            assert!(!said.success, "{link}: {}", said.out);
            assert!(
                said.err.contains("is not in this folder") || said.err.contains("is a link"),
                "{}",
                said.err
            );
            assert!(
                (case.now(), files_of(&case.scratch, "elsewhere")) == before,
                "{link}: {}",
                said.err
            );
        }
    }
}

/// A file that is a link is replaced, and not what it leads to.
#[cfg(unix)]
#[test]
fn a_file_that_is_a_link_is_replaced() {
    let case = Case::new(SITES);
    case.reset();
    let index = case.scratch.path("out/index.html");
    fs::rename(&index, case.scratch.path("precious.html")).unwrap();
    std::os::unix::fs::symlink("../precious.html", &index).unwrap();
    let precious = case.scratch.read("precious.html");
    succeeds(&case.scratch.run(case.command));
    assert!(case.now() == case.new && !index.is_symlink());
    assert_eq!(case.scratch.read("precious.html"), precious);
}

/// What an interrupted run left is not trusted either.
#[cfg(unix)]
#[test]
fn a_journal_does_not_lead_out_of_the_folder() {
    let case = Case::new(SITES);
    for journal in ["journal", "undo"] {
        for file in [
            "../precious.txt",
            "/tmp/errbook-precious.txt",
            "codes/../../precious.txt",
        ] {
            case.reset();
            case.scratch.write("precious.txt", "mine");
            fs::create_dir(case.scratch.path("out/.errbook")).unwrap();
            let folder = fs::metadata(case.scratch.path("out/.errbook")).unwrap();
            let title = format!("errbook {}\n", std::os::unix::fs::MetadataExt::ino(&folder));
            let list = format!("{title}{file}\n");
            case.scratch
                .write(&format!("out/.errbook/{journal}"), &list);
            for copy in ["0.new", "0.old"] {
                case.scratch
                    .write(&format!("out/.errbook/{copy}"), "stolen");
            }
            let said = case.scratch.run(case.command);
            assert!(
                !said.success && said.err.contains("is not in this folder"),
                "{}",
                said.err
            );
            assert_eq!(case.scratch.read("precious.txt"), "mine");
        }
    }
}

#[test]
fn a_template_does_not_lead_out_of_the_folder() {
    let scratch = specs();
    scratch.write("mine/a.j2", "stolen");
    scratch.write("precious.txt", "mine");
    let absolute = scratch.path("precious.txt").display().to_string();
    for path in ["../precious.txt", "a/../../precious.txt", &absolute, ""] {
        let path = format!("path = '{path}'");
        scratch.write(
            "mine/export.toml",
            &format!("[[file]]\n{path}\ntemplate = 'a.j2'\n"),
        );
        let said = scratch.run(&[
            "export",
            "--template",
            "mine",
            "--out",
            "out",
            "--spec",
            "a.toml",
        ]);
        assert!(
            !said.success && said.err.contains("is not below the folder of the export"),
            "{path}: {}",
            said.err
        );
        assert_eq!(scratch.read("precious.txt"), "mine");
    }
}
