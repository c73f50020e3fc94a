//! Machines that are set up in other ways: line endings of Windows, paths with spaces and Chinese
//! letters, no home, no git, other locales, outputs that are closed, arguments that are not UTF-8.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use errbook_spec::place::unix_line_ends;

use crate::scratch::{Said, Scratch, said, succeeds};
use crate::writers::{Case, Tree, read_tree, write_tree};

/// What the tool reads with other line endings is another document, and so are its digests.
fn without_line_ends(tree: &Tree) -> Vec<(&str, String)> {
    let is_digest = |word: &&str| word.len() >= 12 && word.bytes().all(|it| it.is_ascii_hexdigit());
    let text = |bytes: &Vec<u8>| {
        let text = unix_line_ends(str::from_utf8(bytes).unwrap()).into_owned();
        let words = text.split_inclusive(|letter: char| !letter.is_alphanumeric());
        let is_kept = |word: &&str| {
            let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            !is_digest(&word)
        };
        words.filter(is_kept).collect()
    };
    let files = tree
        .iter()
        .filter_map(|(name, bytes)| Some((name, bytes.as_ref()?)));
    files
        .map(|(name, bytes)| (name.as_str(), text(bytes)))
        .collect()
}

/// Documents, overlays, translations, errbook.toml, kinds.toml, catalogues, manifests, modules: all
/// that a command reads.
#[test]
fn line_ends_of_windows_change_no_result() {
    for case in Case::all() {
        for (name, bytes) in &case.old {
            // A release refuses a document that is not the one of the spec, byte for byte.
            let is_kept = case.name == "release" && name.ends_with("source.md");
            if let Some(bytes) = bytes.as_ref().filter(|_| !is_kept) {
                let text = str::from_utf8(bytes).unwrap().replace('\n', "\r\n");
                fs::write(case.scratch.path(name), text).unwrap();
            }
        }
        let output = case.scratch.run(case.arguments);
        assert!(output.success, "{}: {}", case.name, output.err);
        let now = case.now();
        for (now, new) in without_line_ends(&now)
            .into_iter()
            .zip(without_line_ends(&case.new))
        {
            assert!(now == new, "{}: {}", case.name, now.0);
        }
        assert_eq!(now.len(), case.new.len());
    }
    // Those that no command above reads.
    let scratch = Scratch::empty();
    for (at, ends) in ["\n", "\r\n"].into_iter().enumerate() {
        scratch.write(
            &format!("{at}/a.csv"),
            &format!("Code,Message{ends}1001,\"It{ends}is\"{ends}"),
        );
        scratch.write(&format!("{at}/a.html"), &format!(
            "<table>{ends}<tr><th>Code<th>Message{ends}<tr><td>1001<td>It is{ends}</table>{ends}"
        ));
    }
    for file in ["a.csv", "a.html"] {
        let [unix, windows] = ["0", "1"].map(|folder| scratch.run_in(folder, &["extract", file]));
        succeeds(&unix);
        assert_eq!(unix.out, windows.out);
    }
}

/// A machine with nothing: no home, no programs, a locale of another encoding that is not
/// installed, and a folder with spaces, quotes and Chinese characters.
fn bare(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    command.current_dir(folder).env_clear();
    command
        .env("LC_ALL", "zh_CN.GB18030")
        .env("CARGO_TARGET_DIR", "/nonexistent");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

const ODD_FOLDER: &str = "支付 服务 & 'x'/error codes";

#[test]
fn every_command_works_on_a_bare_machine_in_an_odd_folder() {
    for case in Case::all() {
        let scratch = Scratch::empty();
        let folder = scratch.path(ODD_FOLDER);
        fs::create_dir_all(&folder).unwrap();
        write_tree(&folder, &case.old);
        let output = said(&bare(&folder).args(case.arguments).output().unwrap());
        assert!(output.success, "{}: {}", case.name, output.err);
        assert!(read_tree(&folder) == case.new, "{}", case.name);
        if case.name != "names" {
            continue;
        }
        for arguments in [
            &["explain", "1001"][..],
            &["explain", "不存在"],
            &["stats"],
            &["regen", "--check"],
            &["kinds"],
            &["check"],
            &["expand", "pay"],
            &["extract", "pay.md"],
            &["watch"],
            &["export", "json"],
            &["export", "typescript", "--out", "typescript 支付"],
            &["export", "po", "--locale", "ja", "--out", "po"],
            &["site", "--out", "site 支付"],
            &["completions", "bash"],
            &["man"],
        ] {
            // `said` reads UTF-8.
            let said = said(&bare(&folder).args(arguments).output().unwrap());
            assert!(
                said.code == Some(0) || arguments[1..] == ["不存在"],
                "{arguments:?}: {}",
                said.err
            );
            assert!(
                !said.err.contains("panicked"),
                "{arguments:?}: {}",
                said.err
            );
        }
        // The language is that of the locale, and the encoding is not.
        let said = said(&bare(&folder).args(["explain", "1001"]).output().unwrap());
        assert!(said.out.contains("计费"), "{}", said.out);
    }
}

/// A home that cannot be written or does not exist.
#[test]
fn no_command_needs_a_home() {
    let scratch = Scratch::regenerated();
    succeeds(&scratch.git(&["init", "-q"]));
    succeeds(&scratch.git(&["add", "."]));
    succeeds(&scratch.git(&["commit", "-qm", "one"]));
    for home in ["/proc", "/nonexistent", ""] {
        for arguments in [
            &["diff", "--base", "HEAD"][..],
            &["history", "1"],
            &["stats"],
        ] {
            succeeds(&scratch.run_with("HOME", Path::new(home), arguments));
        }
    }
}

#[test]
fn what_git_lacks_is_named() {
    let asks: [&[&str]; 3] = [
        &["history", "1"],
        &["diff", "--base", "HEAD~1"],
        &["regen", "--previous", "HEAD~1"],
    ];
    let scratch = Scratch::regenerated();
    let assert_named = |folder: &str, is_without_git: bool, what: &[&str]| {
        for arguments in asks {
            let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
            command.current_dir(scratch.path(folder)).args(arguments);
            // Otherwise a repository around the temporary folder would be found.
            command.env("GIT_CEILING_DIRECTORIES", scratch.path(".."));
            if is_without_git {
                command.env("PATH", "/nonexistent");
            }
            let said = said(&command.output().unwrap());
            let is_refused = folder.is_empty() || arguments[0] != "history";
            assert_eq!(!said.success, is_refused, "{arguments:?}: {}", said.err);
            for what in what {
                assert!(said.err.contains(what), "{arguments:?}: {}", said.err);
            }
        }
    };
    assert_named(
        "",
        true,
        &[
            "git cannot be run",
            "install git",
            "diff --from FILE --to FILE",
        ],
    );
    assert_named(
        "",
        false,
        &["is not in a git repository", "commit the registry"],
    );
    succeeds(&scratch.git(&["init", "-q"]));
    assert_named("", false, &["has no commits", "commit the registry"]);
    for subject in ["one", "two"] {
        scratch.write("subject.txt", subject);
        succeeds(&scratch.git(&["add", "."]));
        succeeds(&scratch.git(&["commit", "-qm", subject]));
    }
    let url = format!("file://{}", scratch.path("").display());
    succeeds(&scratch.git(&["clone", "-q", "--depth", "1", &url, "shallow"]));
    assert_named(
        "shallow",
        false,
        &["this clone is shallow", "git fetch --unshallow"],
    );
}

/// Commands that print in every way that there is.
const PRINTING: [&[&str]; 15] = [
    &["--help"],
    &["--version"],
    &["explain", "--help"],
    &["explain", "1"],
    &["completions", "bash"],
    &["man"],
    &["export", "json"],
    &["export", "csv"],
    &["stats"],
    &["regen", "--check"],
    &["extract", "codes/vendors/shop/source.md"],
    &["check"],
    &["expand", "shop"],
    &["site", "--out", "site"],
    &["explain", "nothing-such"],
];

#[cfg(unix)]
#[test]
fn closed_outputs_cause_no_panic() {
    let scratch = Scratch::regenerated();
    for arguments in PRINTING {
        let open = scratch.run(arguments);
        for (redirection, may_fail) in [(">&-", false), ("2>&-", false), (">/dev/full", true)] {
            let script = format!("exec \"$0\" \"$@\" {redirection}");
            let mut shell = Command::new("sh");
            shell
                .args(["-c", &script, env!("CARGO_BIN_EXE_errbook")])
                .args(arguments);
            let said = said(&shell.current_dir(scratch.path("")).output().unwrap());
            let at = format!("{arguments:?} {redirection}: {}", said.err);
            assert!(!said.err.contains("panicked"), "{at}");
            let is_loud = said.code == Some(1) && said.err.contains("No space left");
            assert!(said.code == open.code || may_fail && is_loud, "{at}");
        }
        // A reader that is gone, as `head` is.
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command.args(arguments).current_dir(scratch.path(""));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), open.code, "{arguments:?}: {errors}");
        assert!(!errors.contains("panicked"), "{arguments:?}: {errors}");
    }
}

/// Paths may be of any bytes; all else is refused.
#[cfg(target_os = "linux")]
#[test]
fn arguments_that_are_not_utf_8_are_paths_or_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let name = OsStr::from_bytes(b"\xff\xfe");
    let scratch = Scratch::regenerated();
    let document = scratch.read("codes/vendors/shop/source.md");
    fs::write(scratch.path("").join(name), document).unwrap();
    let folder = scratch.path("").join(OsStr::from_bytes(b"d\xff"));
    fs::create_dir(&folder).unwrap();
    let run = |arguments: &[&str], last: &OsStr| -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command
            .current_dir(scratch.path(""))
            .args(arguments)
            .arg(last);
        let output = command.output().unwrap();
        Said {
            success: output.status.success(),
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    };
    for (arguments, is_path) in [
        (&["update", "shop", "--dry-run"][..], true),
        (&["export", "json", "--out"], true),
        (&["extract"], true),
        (&["explain"], false),
        (&["add"], false),
        (&["names"], false),
        (&["messages", "shop"], false),
        (&["diff", "--base"], false),
        (&["history"], false),
        (&["import"], false),
        (&["check", "--spec"], false),
        (&["stats", "--root"], false),
        (&["export", "--template"], true),
        (&["init", "--name"], false),
        (&[], false),
    ] {
        let is_folder = arguments.last() == Some(&"--out");
        let last = if is_folder { folder.as_os_str() } else { name };
        let said = run(arguments, last);
        let at = format!("{arguments:?}: {}", said.err);
        assert!(
            matches!(said.code, Some(0..=2)) && !said.err.contains("panicked"),
            "{at}"
        );
        assert_eq!(said.success, is_path, "{at}");
        assert!(is_path || said.err.contains("rror"), "{at}");
    }
    // A registry in such a folder.
    let case = Case::of("names");
    let scratch = Scratch::empty();
    let folder = scratch.path("").join(OsStr::from_bytes(b"r\xff"));
    fs::create_dir(&folder).unwrap();
    write_tree(&folder, &case.old);
    let mut command = case.command();
    assert!(command.current_dir(&folder).status().unwrap().success());
    assert!(read_tree(&folder) == case.new);
}
