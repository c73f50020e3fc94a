//! Every command that writes to a registry, each with a registry in which it has something to
//! write: tests make all of them fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use errbook_cli::transaction::recover;

use crate::scratch::{Scratch, succeeds};

/// The content of each file by its path; `None` for a folder.
pub(crate) type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// Everything below a folder, except `.errbook`. Links are not followed.
pub(crate) fn read_tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap().display().to_string();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                if entry.file_name() != ".errbook" {
                    tree.insert(name, None);
                    folders.push(path);
                }
            } else if kind.is_symlink() {
                let to = fs::read_link(&path).unwrap();
                tree.insert(name, Some(format!("link to {}", to.display()).into()));
            } else {
                tree.insert(name, Some(fs::read(&path).unwrap()));
            }
        }
    }
    tree
}

/// Writes these files and folders to a folder.
pub(crate) fn write_tree(root: &Path, tree: &Tree) {
    // A folder comes before what is in it.
    for (name, bytes) in tree {
        match bytes {
            Some(bytes) => fs::write(root.join(name), bytes).unwrap(),
            None => fs::create_dir(root.join(name)).unwrap(),
        }
    }
}

/// A command, with what it needs, before it runs.
type Prepare = fn() -> (Scratch, &'static [&'static str]);

/// Each by its name.
pub(crate) const WRITERS: [(&str, Prepare); 10] = [
    ("init", || {
        let scratch = Scratch::empty();
        scratch.write("README.md", "# Mine\n");
        (scratch, INIT)
    }),
    ("add", || {
        let scratch = acme();
        scratch.write("gate.md", &PAY.replace("100", "200"));
        (scratch, &["add", "gate", "gate.md"])
    }),
    ("import", || {
        let scratch = acme();
        succeeds(&scratch.run(&["export", "po", "--locale", "ja", "--out", "po"]));
        for (file, text) in [
            ("po/pay.ja.po", "署名が正しくない"),
            ("po/kinds.ja.po", "無効な引数"),
        ] {
            let catalogue = scratch.read(file);
            let end = catalogue.rfind("msgstr \"\"").unwrap();
            let (before, after) = catalogue.split_at(end);
            scratch.write(
                file,
                &format!(
                    "{before}{}",
                    after.replacen("\"\"", &format!("\"{text}\""), 1)
                ),
            );
        }
        (scratch, &["import", "po/pay.ja.po", "po/kinds.ja.po"])
    }),
    ("messages", || (acme(), &["messages", "pay", "ja"])),
    ("names", || (acme(), &["names", "pay", "--write"])),
    ("regen", || {
        let scratch = acme();
        succeeds(&scratch.run(&["messages", "pay", "ja"]));
        let file = "vendors/pay/messages/ja.toml";
        let entries = scratch.read(file);
        scratch.write(file, &entries.replacen("is = \"\"", "is = \"署名\"", 1));
        (scratch, &["regen"])
    }),
    ("kinds", || (acme(), &["kinds"])),
    ("resolve", || {
        let scratch = acme();
        let text = "schema = 1\n[[text]]\nof = \"The signature was wrong\"\nis = \"署名\"\n";
        scratch.write("vendors/pay/messages/ja.toml", text);
        (scratch, &["resolve", "pay", "ja:3"])
    }),
    ("update", || (edition(), UPDATE)),
    ("release", || {
        let scratch = edition();
        succeeds(&scratch.run(UPDATE));
        succeeds(&scratch.run(&["kinds"]));
        (scratch, &["release", "--bump"])
    }),
];

const INIT: &[&str] = &[
    "init",
    ".",
    "--name",
    "acme",
    "--kinds",
    "own",
    "--languages",
    "en",
    "--ci",
    "github",
];

const UPDATE: &[&str] = &[
    "update",
    "tencent-faceid-sdk",
    "new.md",
    "--accept-removals",
];

const PAY: &str = "\
# Codes

| Code | Message |
| --- | --- |
| 1001 | The signature is wrong |
| 1002 | The balance is too low |
";

/// A registry with a crate, kinds of its own, and one vendor.
fn acme() -> Scratch {
    let scratch = Scratch::empty();
    succeeds(&scratch.run(INIT));
    scratch.write("pay.md", PAY);
    succeeds(&scratch.run(&["add", "pay", "pay.md"]));
    scratch
}

/// A vendor that was released once, with a new document.
fn edition() -> Scratch {
    let scratch = Scratch::edition("tencent-faceid-sdk", "withdrawn");
    succeeds(&scratch.run(&["kinds"]));
    succeeds(&scratch.run(&["release"]));
    scratch
}

/// What a command does, computed once for all tests.
type Trees = (&'static [&'static str], Tree, Tree);

static TREES: [OnceLock<Trees>; WRITERS.len()] = [const { OnceLock::new() }; WRITERS.len()];

/// The files before a command, and those after it.
fn trees(prepare: Prepare) -> Trees {
    let (scratch, arguments) = prepare();
    let old = read_tree(&scratch.path(""));
    succeeds(&scratch.run(arguments));
    let new = read_tree(&scratch.path(""));
    assert_ne!(old, new);
    (arguments, old, new)
}

/// A command, with the files before and after it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) scratch: Scratch,
    pub(crate) arguments: &'static [&'static str],
    pub(crate) old: Tree,
    pub(crate) new: Tree,
}

impl Case {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..WRITERS.len()).map(Self::new)
    }

    /// One of them.
    pub(crate) fn of(name: &str) -> Self {
        let at = WRITERS.iter().position(|writer| writer.0 == name);
        Self::new(at.unwrap())
    }

    /// A folder with the files before the command.
    fn new(at: usize) -> Self {
        let (name, prepare) = WRITERS[at];
        let (arguments, old, new) = TREES[at].get_or_init(|| trees(prepare));
        let case = Self {
            name,
            scratch: Scratch::empty(),
            arguments,
            old: old.clone(),
            new: new.clone(),
        };
        case.reset();
        case
    }

    /// Restores everything before the command.
    pub(crate) fn reset(&self) {
        for entry in fs::read_dir(self.scratch.path("")).unwrap().flatten() {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                fs::remove_dir_all(path).unwrap();
            } else {
                fs::remove_file(path).unwrap();
            }
        }
        write_tree(&self.scratch.path(""), &self.old);
    }

    pub(crate) fn now(&self) -> Tree {
        read_tree(&self.scratch.path(""))
    }

    /// The files that the command writes.
    pub(crate) fn written(&self) -> Vec<&str> {
        let is_changed = |name: &String, bytes: &Option<Vec<u8>>| {
            bytes.is_some() && self.old.get(name) != Some(bytes)
        };
        let changed = self
            .new
            .iter()
            .filter(|(name, bytes)| is_changed(name, bytes));
        changed.map(|(name, _)| name.as_str()).collect()
    }

    /// The folders that they are in, below the registry.
    pub(crate) fn folders(&self) -> BTreeSet<&str> {
        let above = self
            .written()
            .into_iter()
            .flat_map(|file| Path::new(file).ancestors().skip(1));
        above
            .filter_map(Path::to_str)
            .filter(|it| !it.is_empty())
            .collect()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command
            .current_dir(self.scratch.path(""))
            .args(self.arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Checks that after recovery all files are old or all are new, and that the command can then
    /// be run again. Returns which they are.
    pub(crate) fn assert_atomic(&self, at: &str, again: bool) -> &'static str {
        let name = self.name;
        // Every command does this first.
        recover(&self.scratch.path("")).unwrap();
        let now = self.now();
        assert!(
            now == self.old || now == self.new,
            "{name}, {at}: the tree is neither old nor new"
        );
        let state = if now == self.old { "old" } else { "new" };
        // What `init` and `add` made is there.
        let refuses = ["init", "add"].contains(&name) && state == "new";
        if again && !refuses {
            assert!(
                self.command().status().unwrap().success(),
                "{name}, {at}: running again fails"
            );
            assert!(
                self.now() == self.new,
                "{name}, {at}: running again does not complete it"
            );
        }
        state
    }
}
