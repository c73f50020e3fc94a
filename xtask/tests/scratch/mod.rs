//! A temporary workspace for a test: the files of the fixture `shop`, which the test edits, and
//! functions that run the binary in it.

#![allow(dead_code, reason = "each test file uses what it needs")]
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The folder of the fixture's only vendor.
pub(crate) const SHOP: &str = "codes/vendors/shop";

/// The errbook.toml of each scratch registry. Its files are below codes/.
pub(crate) const CONFIG: &str = r#"schema = 1
name = "shop"
vendors = "codes/vendors"
kinds = "codes/kinds.toml"
kinds-page = "codes/KINDS.md"
languages = ["en"]

[release]
promises = "codes/released"
changelog = { en = "CHANGELOG.md", zh-CN = "CHANGELOG.zh-CN.md" }
"#;

/// A workspace in a temporary folder, which is deleted when it is dropped.
pub(crate) struct Scratch {
    folder: TempDir,
}

/// The output of a command, and whether it succeeded.
pub(crate) struct Said {
    pub(crate) success: bool,
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Stops the test with the output of a command that failed.
pub(crate) fn succeeds(said: &Said) {
    assert!(said.success, "{}{}", said.out, said.err);
}

/// Releases what the workspace has.
pub(crate) fn release(scratch: &Scratch) {
    succeeds(&scratch.run(&["kinds"]));
    succeeds(&scratch.run(&["release", "--bump"]));
}

impl Scratch {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// A workspace with the shop, which has no spec yet.
    pub(crate) fn new() -> Self {
        let scratch = Self {
            folder: TempDir::new().unwrap(),
        };
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/regen");
        for file in [
            "source.md",
            "overlay.toml",
            "messages/en.toml",
            "messages/zh-CN.toml",
        ] {
            scratch.write(
                &format!("{SHOP}/{file}"),
                &fs::read_to_string(fixtures.join("shop").join(file)).unwrap(),
            );
        }
        scratch.write(
            "codes/kinds.toml",
            &fs::read_to_string(fixtures.join("kinds.toml")).unwrap(),
        );
        scratch.write("errbook.toml", CONFIG);
        scratch
    }

    /// A workspace with the shop and its generated spec.
    pub(crate) fn regenerated() -> Self {
        let scratch = Self::new();
        let said = scratch.run(&["regen", "--new"]);
        assert!(said.success, "{}", said.err);
        scratch
    }

    /// A workspace with one of the shipped vendors and its spec, and a later edition of the
    /// vendor's document as new.md.
    pub(crate) fn edition(vendor: &str, edition: &str) -> Self {
        let scratch = Self {
            folder: TempDir::new().unwrap(),
        };
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/editions");
        let base = fixtures.join(vendor).join("base");
        let messages = fs::read_dir(base.join("messages")).unwrap().flatten();
        let messages =
            messages.map(|entry| format!("messages/{}", entry.file_name().to_string_lossy()));
        for file in ["source.md".to_owned(), "overlay.toml".to_owned()]
            .into_iter()
            .chain(messages)
        {
            let text = fs::read_to_string(base.join(&file)).unwrap();
            scratch.write(&format!("codes/vendors/{vendor}/{file}"), &text);
        }
        scratch.write(
            "codes/kinds.toml",
            &fs::read_to_string(fixtures.join("kinds.toml")).unwrap(),
        );
        scratch.write("errbook.toml", CONFIG);
        scratch.write(
            "Cargo.toml",
            "[workspace]\n[workspace.package]\nversion = \"0.1.0\"\n",
        );
        scratch.write(
            "new.md",
            &fs::read_to_string(fixtures.join(vendor).join(edition).join("source.md")).unwrap(),
        );
        let said = scratch.run(&["regen", "--new"]);
        assert!(said.success, "{}", said.err);
        scratch
    }

    /// A workspace with one vendor, which has no spec yet, and that demands no language.
    pub(crate) fn vendor(overlay: &str, document: &str) -> Self {
        let kinds =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/editions/kinds.toml");
        let scratch = Self::registry(&fs::read_to_string(kinds).unwrap(), &[]);
        let folder = "codes/vendors/vendor";
        scratch.write(&format!("{folder}/overlay.toml"), overlay);
        scratch.write(&format!("{folder}/source.md"), document);
        scratch
    }

    /// A workspace without vendors that demands these languages.
    pub(crate) fn registry(kinds: &str, languages: &[String]) -> Self {
        let scratch = Self {
            folder: TempDir::new().unwrap(),
        };
        scratch.write("codes/kinds.toml", kinds);
        let languages = format!("languages = {languages:?}");
        scratch.write(
            "errbook.toml",
            &CONFIG.replace("languages = [\"en\"]", &languages),
        );
        scratch.write(
            "Cargo.toml",
            "[workspace]\n[workspace.package]\nversion = \"0.1.0\"\n",
        );
        scratch
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// The path and the content of each file, except those of git and the lock of transactions.
    pub(crate) fn tree(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                let name = entry.file_name();
                if path.is_dir() && name != ".git" {
                    folders.push(path);
                } else if path.is_file() && name != "lock" {
                    let bytes = fs::read(&path).unwrap();
                    files.push((path, bytes));
                }
            }
        }
        files.sort();
        files
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn spec(&self) -> String {
        self.read(&format!("{SHOP}/spec.toml"))
    }

    /// Replaces a text in a file of the shop, where it must occur exactly once.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let file = format!("{SHOP}/{file}");
        let text = self.read(&file);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {file}");
        self.write(&file, &text.replace(from, to));
    }

    /// Runs `errbook` in the workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_in("", arguments)
    }

    /// Runs `errbook` in this folder of the workspace, without a locale in the environment.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Said {
        said(&self.command(folder, arguments).output().unwrap())
    }

    /// Runs `errbook` in the workspace, with this path in the environment.
    pub(crate) fn run_with(&self, name: &str, path: &Path, arguments: &[&str]) -> Said {
        let mut command = self.command("", arguments);
        said(&command.env(name, path).output().unwrap())
    }

    /// Runs `errbook` in the workspace, with a text as its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command("", arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        said(&child.wait_with_output().unwrap())
    }

    /// Starts `errbook` in the workspace, without its output.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        let mut command = self.command("", arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command.current_dir(self.path(folder)).args(arguments);
        for name in [
            "LC_ALL",
            "LC_MESSAGES",
            "LANG",
            "ALL_PROXY",
            "HTTPS_PROXY",
            "HTTP_PROXY",
        ] {
            command.env_remove(name);
            command.env_remove(name.to_ascii_lowercase());
        }
        command
    }

    /// Runs git in the workspace, without the configuration of the machine.
    pub(crate) fn git(&self, arguments: &[&str]) -> Said {
        let identity = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        let mut command = Command::new("git");
        command
            .current_dir(self.folder.path())
            .args(identity)
            .args(arguments);
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        said(&command.output().unwrap())
    }
}

/// What a command printed.
pub(crate) fn said(output: &Output) -> Said {
    Said {
        success: output.status.success(),
        code: output.status.code(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}
