//! A checkout of this repository with `\r\n` at the end of each line, as git makes it with
//! `core.autocrlf=true` and without `.gitattributes`: its files are read and found up to date.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use errbook_cli::commands::expand::readable;
use errbook_cli::workspace::source;
use errbook_cli::{formats, messages, overlay};
use errbook_spec::place::{Source, unix_line_ends};
use tempfile::TempDir;

use crate::shipped::root;

/// Runs git in this repository, with `input` as its standard input.
fn git(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new("git");
    command.current_dir(root()).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    output.stdout
}

/// The files of this repository, also those that are not committed yet, and whether git must not
/// convert the line ends of each.
fn files() -> Vec<(String, bool)> {
    let kinds = ["--cached", "--others", "--exclude-standard"];
    let files = git(&[&["ls-files", "-z"][..], &kinds].concat(), b"");
    let attributes = git(&["check-attr", "-z", "--stdin", "text"], &files);
    let attributes = String::from_utf8(attributes).unwrap();
    // A path, the name of the attribute, and its value.
    let fields: Vec<&str> = attributes.split_terminator('\0').collect();
    let of_file = |fields: &[&str]| (fields[0].to_owned(), fields[2] == "unset");
    fields.chunks(3).map(of_file).collect()
}

/// Copies the files of this repository to a folder, with `\r\n` at the end of each line.
fn clone_with_crlf(folder: &Path) {
    let mut converted = 0;
    for (file, is_kept) in files() {
        let Ok(mut bytes) = fs::read(root().join(&file)) else {
            // Deleted, and not committed yet.
            continue;
        };
        if !is_kept
            && !bytes.contains(&0)
            && let Ok(text) = str::from_utf8(&bytes)
        {
            bytes = unix_line_ends(text).replace('\n', "\r\n").into_bytes();
            converted += 1;
        }
        let path = folder.join(&file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    assert!(converted > 300, "only {converted} files were converted");
}

/// Whether a command succeeds in a folder, and what it prints.
fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    let output = command.current_dir(folder).args(arguments).output();
    let output = output.unwrap();
    let text = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    (output.status.success(), text.into_owned())
}

#[test]
fn a_checkout_with_crlf_is_read_and_up_to_date() {
    let clone = TempDir::new().unwrap();
    let folder = clone.path();
    clone_with_crlf(folder);
    for (file, _) in files() {
        let parts: Vec<&str> = file.split('/').collect();
        let problems = match *parts {
            ["codes", "vendors", _, "spec.toml"] => {
                // Under one name, which is in the messages about kinds.
                let expand = |folder: &Path| {
                    let text = fs::read_to_string(folder.join(&file)).unwrap();
                    readable(&Source::new(&file, &text), "crate::Kind").unwrap()
                };
                let here = expand(&root());
                let there = expand(folder);
                assert!(here == there, "{file} expands to other Rust");
                None
            }
            ["codes", "kinds.toml"] | ["runtime", "tests", "guide", "orders.toml"] => {
                errbook_spec::parse(&source(&folder.join(&file)).unwrap()).err()
            }
            ["codes", "vendors", _, "overlay.toml"] => {
                overlay::parse(&source(&folder.join(&file)).unwrap()).err()
            }
            ["codes", "vendors", _, "messages", _] => {
                messages::parse(&source(&folder.join(&file)).unwrap(), "en").err()
            }
            _ => None,
        };
        assert!(problems.is_none(), "{file}: {}", problems.unwrap());
    }
    for command in ["regen", "kinds", "stats"] {
        let (succeeds, text) = run(folder, &[command, "--check"]);
        assert!(succeeds, "{command}: {text}");
    }
    // Fails in both if the version is too low for the changes.
    let arguments = ["release", "--check"];
    assert_eq!(run(folder, &arguments), run(&root(), &arguments));
    for file in formats::generate(folder).unwrap() {
        let text = fs::read_to_string(folder.join(&file.path)).unwrap();
        assert!(unix_line_ends(&text) == file.text, "{}", file.path);
    }
}

/// Their SHA-256 is in the specs, and tests of line ends read the others.
#[test]
fn git_keeps_the_documents_byte_for_byte() {
    let mut kept = 0;
    for (file, is_kept) in files() {
        let name = file.rsplit('/').next().unwrap();
        if name.starts_with("source.") && file.contains("/vendors/") {
            assert!(is_kept, "{file}");
            kept += 1;
        }
        let has_carriage_return = fs::read(root().join(&file))
            .is_ok_and(|bytes| !bytes.contains(&0) && bytes.contains(&b'\r'));
        assert!(is_kept || !has_carriage_return, "{file}");
    }
    assert!(kept > 0);
}
