//! `init`: a registry outside of this repository, from nothing to its second release, and the
//! crates that it writes, compiled.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::scratch::{Said, said};
use crate::shipped::root;

/// An empty folder, in which the tool is called `errbook`.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Said {
        let packaged = packages().map(|packages| packages.join("bin/errbook"));
        let tool = packaged.unwrap_or_else(|| env!("CARGO_BIN_EXE_errbook").into());
        let mut command = Command::new(tool);
        command.current_dir(self.path(folder)).args(arguments);
        for name in ["ERRBOOK_COMMAND", "LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        said(&command.output().unwrap())
    }

    /// Runs a command that must succeed and must not speak of the repository of errbook.
    pub(crate) fn runs(&self, arguments: &[&str]) -> Said {
        let said = self.run_in("", arguments);
        assert!(said.success, "{arguments:?}: {}{}", said.out, said.err);
        for word in [
            "cargo xtask",
            "codes/vendors",
            "errbook_codes",
            "README",
            "zh-CN",
        ] {
            let text = format!("{}{}", said.out, said.err);
            let is_own = word == "README" && arguments[0] == "init";
            assert!(
                is_own || !text.contains(word),
                "{arguments:?}: {word}: {text}"
            );
        }
        said
    }

    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{from} is not in {text}");
        self.write(file, &text.replace(from, to));
    }
}

pub(crate) const ALARMS: &str = "# Push gateway alarms\n\n| Code | Alarm | Description |\n|---|---|---|\n\
                      | 1001 | QUEUE_FULL | The queue is full. |\n\
                      | 1002 | NO_DEVICE | The device is not known. |\n";

#[test]
fn a_registry_goes_from_nothing_to_its_second_release() {
    let folder = Folder::new();
    let said = folder.runs(&["init", "--name", "acme", "--languages", "en"]);
    assert!(
        said.out.contains("`errbook add VENDOR FILE`"),
        "{}",
        said.out
    );
    folder.write("alarms.md", ALARMS);
    folder.runs(&["add", "push-gw", "alarms.md"]);
    let overlay = "vendors/push-gw/overlay.toml";
    for code in ["1001", "1002"] {
        folder.replace(overlay, &format!("# {code} ="), &format!("{code} ="));
    }
    folder.runs(&["regen"]);
    folder.runs(&["regen", "--check"]);
    folder.runs(&["stats"]);
    let said = folder.runs(&["explain", "1001"]);
    assert!(said.out.contains("acme_codes::push_gw::"), "{}", said.out);
    folder.runs(&["site", "--out", "page"]);
    assert!(
        folder
            .read("page/vendors/push-gw.html")
            .contains("The queue is full.")
    );
    folder.runs(&["export", "typescript", "--out", "ts"]);
    assert!(folder.read("ts/package.json").contains("\"acme-codes\""));
    assert!(
        folder
            .read("ts/package.json")
            .contains("\"version\": \"0.1.0\"")
    );
    for format in ["json", "csv", "markdown", "vectors"] {
        assert!(
            folder
                .runs(&["export", format])
                .out
                .contains("The queue is full."),
            "{format}"
        );
    }
    folder.runs(&["release"]);
    assert_eq!(folder.read("released/version.txt"), "0.1.0\n");

    let later = ALARMS.replace("is not known", "is unknown or offline");
    folder.write(
        "alarms.md",
        &(later + "| 1003 | TOO_FAST | Too many pushes. |\n"),
    );
    let said = folder.runs(&["update", "push-gw", "alarms.md"]);
    assert!(said.out.contains("code-added"), "{}", said.out);
    let overlay_text = folder.read(overlay) + "1003 = { variant = \"TooFast\" }\n";
    folder.write(overlay, &overlay_text);
    folder.runs(&["regen"]);
    folder.runs(&["release", "--bump"]);
    assert_eq!(folder.read("released/version.txt"), "0.1.1\n");
    assert!(folder.read("Cargo.toml").contains("version = \"0.1.1\""));
    folder.runs(&["export", "typescript", "--out", "ts"]);
    assert!(
        folder
            .read("ts/package.json")
            .contains("\"version\": \"0.1.1\"")
    );
    assert!(folder.read("CHANGELOG.md").contains("TooFast"));

    let mut files: Vec<_> = fs::read_dir(folder.path("")).unwrap().flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    let names: Vec<_> = files
        .iter()
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            ".errbook",
            ".gitattributes",
            ".gitignore",
            "CHANGELOG.md",
            "Cargo.toml",
            "README.md",
            "alarms.md",
            "errbook.toml",
            "page",
            "released",
            "src",
            "ts",
            "vendors",
        ]
    );
    assert!(folder.read(".gitignore").contains(".errbook/"));
}

/// A folder with the unpacked packages and the tool built from them. `.ci/packages` runs these tests
/// with it; otherwise they use the crates of this repository.
fn packages() -> Option<PathBuf> {
    std::env::var_os("ERRBOOK_PACKAGES").map(PathBuf::from)
}

/// Runs cargo on a scratch project, with our crates instead of published ones. It must succeed.
pub(crate) fn cargo(folder: &Folder, arguments: &[&str]) {
    let said = run_cargo(folder, arguments);
    assert!(said.success, "{arguments:?}: {}", said.err);
}

/// Runs cargo on a scratch project, with our crates instead of published ones.
pub(crate) fn run_cargo(folder: &Folder, arguments: &[&str]) -> Said {
    let root = root();
    let crates: Vec<(String, PathBuf)> = match packages() {
        Some(packages) => {
            let entries = fs::read_dir(packages).unwrap().flatten();
            let folders = entries.filter(|entry| entry.path().join("Cargo.toml").exists());
            folders
                .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
                .collect()
        }
        None => vec![
            ("errbook".to_owned(), root.join("runtime")),
            ("errbook-macros".to_owned(), root.join("macros")),
            ("errbook-codes".to_owned(), root.join("codes")),
        ],
    };
    let patches = crates.iter().map(|(name, path)| {
        let path = path.display().to_string();
        format!("--config=patch.crates-io.{name}.path={path:?}")
    });
    // The same versions of all dependencies, which are there without a network.
    fs::copy(root.join("Cargo.lock"), folder.path("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .current_dir(folder.path(""))
        .args(arguments)
        .args(patches)
        .arg("--offline")
        .env("CARGO_TARGET_DIR", root.join("target/init"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    said(&output)
}

#[test]
fn the_crates_of_init_compile_alone_in_a_workspace_and_in_an_existing_crate() {
    let folder = Folder::new();
    folder.write(
        "Cargo.toml",
        "# Ours.\n[workspace]\nresolver = \"3\"\nmembers = [\"service\", \"plain\", \"shared\"]\n",
    );
    folder.write(
        "service/Cargo.toml",
        "[package]\nname = \"service\"\nversion = \"1.0.0\"\nedition = \"2024\"\n",
    );
    let main = "mod codes;\n\nfn main() {\n    \
                println!(\"{:?}\", codes::push_gw::PushGatewayAlarmsCode::from_code(1001));\n}\n";
    folder.write("service/src/main.rs", main);
    for name in ["plain", "shared"] {
        folder.write(
            &format!("{name}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n"),
        );
        folder.write(&format!("{name}/src/main.rs"), main);
    }
    folder.write("alarms.md", ALARMS);
    for (place, arguments) in [
        ("service", &["init", "service", "--kinds", "own"][..]),
        ("plain", &["init", "plain"]),
        ("shared", &["init", "shared", "--kinds", "errbook"]),
        (
            "errors",
            &[
                "init",
                "errors",
                "--languages",
                "en,zh-CN",
                "--kinds",
                "own",
            ],
        ),
    ] {
        folder.runs_any(arguments);
        let said = folder.run_in(place, &["add", "push-gw", "../alarms.md"]);
        assert!(said.success, "{}", said.err);
    }
    assert_eq!(folder.read("service/src/main.rs"), main);
    for (place, path) in [
        ("service", "crate::codes::push_gw::"),
        ("errors", "errors_codes::push_gw::"),
    ] {
        let said = folder.run_in(place, &["explain", "1001"]);
        assert!(said.out.contains(path), "{}", said.out);
    }
    let manifest = folder.read("Cargo.toml");
    assert!(manifest.starts_with("# Ours.\n"), "{manifest}");
    assert!(manifest.contains("\"shared\", \"errors\""), "{manifest}");
    cargo(&folder, &["test", "--workspace", "--quiet"]);
    cargo(&folder, &["check", "--workspace", "--quiet"]);
    for (place, path) in [("plain", "crate::codes"), ("errors", "errors_codes")] {
        let said = folder.run_in(place, &["explain", "1001"]);
        let rust = format!("{path}::push_gw::PushGatewayAlarmsCode::from_code(1001)");
        assert!(said.out.contains(&rust), "{}", said.out);
    }

    let alone = Folder::new();
    alone.runs(&["init", "--name", "alone"]);
    alone.write("alarms.md", ALARMS);
    alone.runs(&["add", "push-gw", "alarms.md"]);
    translate(&alone, "push-gw");
    alone.runs_any(&["regen"]);
    alone.write("tests/chinese.rs", CHINESE);
    cargo(&alone, &["test", "--quiet"]);
    cargo(&alone, &["check", "--quiet", "--no-default-features"]);
}

/// What a program gets of a translation.
const CHINESE: &str = "\
use alone_codes::errbook::Locale;
use alone_codes::push_gw::PushGatewayAlarmsCode as Code;

#[test]
fn messages_are_translated() {
    let code = Code::from_code(1001).unwrap();
    assert_eq!(code.message(Locale::ZH_CN), \"队列已满\");
    assert_eq!(code.to_string(), \"The queue is full.\");
}
";

/// Translates the alarms into Chinese, as a translator does.
fn translate(folder: &Folder, vendor: &str) {
    folder.runs_any(&["messages", vendor, "zh-CN"]);
    let file = format!("vendors/{vendor}/messages/zh-CN.toml");
    for (of, is) in [
        ("Push gateway alarms", "推送网关告警"),
        ("The queue is full.", "队列已满"),
        ("The device is not known.", "设备未知"),
    ] {
        let entry = format!("of = \"{of}\"\nis = \"");
        folder.replace(&file, &entry, &(entry.clone() + is));
    }
}

/// `regen` adds a language to the module once there are texts in it, and a release waits for that.
#[test]
fn a_translation_reaches_the_module() {
    for (languages, form, locales) in [
        ("en", "locales = [en]", "locales = [en, zh_CN]"),
        (
            "en",
            "locales = [\n    en,\n  ]",
            "locales = [\n    en,\n    zh_CN,\n  ]",
        ),
        (
            "en",
            "locales = [ \"en\", ]",
            "locales = [ \"en\", zh_CN, ]",
        ),
        (
            "en,zh-CN",
            "locales = [en]",
            "locales = [en, #[cfg(feature = \"zh-CN\")] zh_CN]",
        ),
    ] {
        let folder = Folder::new();
        folder.runs_any(&["init", "--name", "acme", "--languages", languages]);
        folder.write("alarms.md", ALARMS);
        folder.runs_any(&["add", "push-gw", "alarms.md"]);
        let overlay = "vendors/push-gw/overlay.toml";
        for code in ["1001", "1002"] {
            folder.replace(overlay, &format!("# {code} ="), &format!("{code} ="));
        }
        let module = "src/push_gw.rs";
        folder.replace(module, "locales = [en]", form);
        translate(&folder, "push-gw");
        for arguments in [&["regen", "--check"][..], &["release", "--check"]] {
            let said = folder.run_in("", arguments);
            assert!(!said.success);
            assert!(
                said.err.contains("is out of date: `locales` lacks"),
                "{}",
                said.err
            );
        }
        let said = folder.run_in("", &["regen"]);
        assert!(
            said.out.contains("zh_CN to `locales` in src/push_gw.rs\n"),
            "{}",
            said.out
        );
        let text = folder.read(module);
        assert!(text.contains(locales), "{text}");
        folder.runs_any(&["release", "--check"]);
        // A language that the module should not have.
        let without = text.replace(locales, "locales = [en, #[cfg(false)] zh_CN]");
        folder.write(module, &without);
        folder.runs_any(&["regen"]);
        assert_eq!(folder.read(module), without);
        folder.runs_any(&["release", "--check"]);
    }
}

impl Folder {
    fn runs_any(&self, arguments: &[&str]) {
        let said = self.run_in("", arguments);
        assert!(said.success, "{arguments:?}: {}", said.err);
    }
}

/// So that a user of the crate has them without a dependency on errbook.
#[test]
fn the_crate_passes_the_features_of_errbook_through() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme", "--languages", "en"]);
    let own = folder.read("Cargo.toml");
    let shipped = fs::read_to_string(root().join("codes/Cargo.toml")).unwrap();
    let passed: Vec<_> = shipped
        .lines()
        .filter(|line| line.contains("[\"errbook/") || line.contains(", \"errbook/"))
        .collect();
    assert!(passed.len() > 10, "{passed:?}");
    for line in passed {
        assert!(own.lines().any(|own| own == line), "{line} is not in {own}");
    }
}

/// `add` extends the list of modules of both, so they have one form.
#[test]
fn the_list_of_modules_is_that_of_the_shipped_crate() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme"]);
    let library = folder.read("src/lib.rs");
    let begin = library.find("macro_rules! vendors {").unwrap();
    let end = library.find("vendors! {\n").unwrap();
    let shipped = root().join("codes/src/lib.rs");
    let shipped = fs::read_to_string(shipped).unwrap();
    assert!(shipped.contains(&library[begin..end]), "{library}");
}

#[test]
fn init_replaces_nothing_and_adds_what_is_missing() {
    let folder = Folder::new();
    let own = [
        ("README.md", "# Mine\n"),
        (".gitignore", "*.tmp"),
        ("src/lib.rs", "pub fn mine() {}\n"),
        (
            "Cargo.toml",
            "# Mine.\n[package]\nname = \"mine\"\nversion = \"3.0.0\"\n\n[dependencies]\nerrbook = \"0.1\"\n\
             \n[features]\ndefault = [\"one\"]\none = []\n",
        ),
    ];
    for (file, text) in own {
        folder.write(file, text);
    }
    let said = folder.run_in("", &["init", "--name", "mine", "--ci", "github"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.contains("add `mod codes;`"), "{}", said.out);
    assert_eq!(folder.read("README.md"), "# Mine\n");
    assert_eq!(folder.read(".gitignore"), "*.tmp\n/target\n.errbook/\n");
    assert_eq!(folder.read("src/lib.rs"), "pub fn mine() {}\n");
    assert_eq!(folder.read("Cargo.toml"), own[3].1);
    assert!(
        folder
            .read(".github/workflows/errbook.yml")
            .contains("errbook regen --check")
    );
    folder.write("alarms.md", ALARMS);
    folder.runs(&["add", "push-gw", "alarms.md"]);
    assert!(
        folder
            .read("src/codes/mod.rs")
            .contains("push_gw = \"push-gw\";")
    );
    assert!(
        folder
            .read("Cargo.toml")
            .contains("default = [\"one\", \"push-gw\"]")
    );
    let said = folder.run_in("", &["init"]);
    assert!(
        !said.success && said.err.contains("is a registry already"),
        "{}",
        said.err
    );
}

/// GitHub reads workflows from the root of a repository only.
#[test]
fn workflows_are_where_the_repository_begins() {
    let folder = Folder::new();
    fs::create_dir(folder.path(".git")).unwrap();
    folder.runs(&[
        "init",
        "codes/errors",
        "--no-crate",
        "--name",
        "acme",
        "--ci",
        "github",
    ]);
    for (file, command) in [
        ("errbook.yml", "errbook regen --check"),
        (
            "errbook-watch.yml",
            "errbook watch >> \"$GITHUB_STEP_SUMMARY\"",
        ),
    ] {
        let workflow = folder.read(&format!(".github/workflows/{file}"));
        for part in [
            &format!("      - run: {command}\n"),
            "\ndefaults:\n  run:\n    working-directory: \"codes/errors\"\njobs:\n",
        ] {
            assert!(workflow.contains(part), "{workflow}");
        }
    }
    assert!(!folder.path("codes/errors/.github").exists());
    folder.write("own/.github/workflows/errbook-watch.yml", "own\n");
    fs::create_dir(folder.path("own/.git")).unwrap();
    let said = folder.runs(&[
        "init",
        "own",
        "--no-crate",
        "--name",
        "acme",
        "--ci",
        "github",
    ]);
    assert!(
        said.out
            .contains("errbook-watch.yml exists and is left alone"),
        "{}",
        said.out
    );
    assert_eq!(
        folder.read("own/.github/workflows/errbook-watch.yml"),
        "own\n"
    );
    assert!(
        !folder
            .read("own/.github/workflows/errbook.yml")
            .contains("defaults:")
    );
}

#[test]
fn what_cannot_begin_a_registry_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write("workspace/Cargo.toml", "[workspace]\nmembers = []\n");
    folder.write("broken/Cargo.toml", "[package\n");
    folder.write("outer/errbook.toml", "schema = 1\nname = \"outer\"\n");
    fs::create_dir_all(folder.path("outer/inner")).unwrap();
    for (arguments, message) in [
        (
            &["init", "workspace"][..],
            "is a cargo workspace without a package",
        ),
        (&["init", "broken"], "unclosed table"),
        (&["init", "outer/inner"], "is inside a registry"),
        (
            &["init", "--name", "errbook"],
            "`errbook` is the name of the registry that errbook ships",
        ),
        (
            &["init", "new", "--name", "Bad Name"],
            "cannot be the name of a registry",
        ),
        (
            &["init", "new", "--name", "fn"],
            "cannot be the name of a registry",
        ),
        (
            &["init", "new", "--languages", "en,english"],
            "is not a language tag",
        ),
        (
            &["init", "new", "--languages", "zh_CN"],
            "is not a language tag",
        ),
    ] {
        let said = folder.run_in("", arguments);
        assert!(
            !said.success && said.err.contains(message),
            "{arguments:?}: {}",
            said.err
        );
        assert!(said.err.contains("help:"), "{}", said.err);
        assert!(said.err.contains("nothing was written"), "{}", said.err);
    }
    for file in [
        "new",
        "outer/inner/errbook.toml",
        "workspace/errbook.toml",
        "broken/src",
    ] {
        assert!(!folder.path(file).exists(), "{file}");
    }
    assert_eq!(folder.read("broken/Cargo.toml"), "[package\n");
}

/// `add` proposes the names of the sets, and a person decides them.
#[test]
fn a_set_may_have_another_name_until_a_release_promises_it() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme"]);
    folder.write("alarms.md", ALARMS);
    folder.runs(&["add", "push-gw", "alarms.md"]);
    folder.write("alarms.md", &ALARMS.replace("| 1001 |", "| 1901 |"));
    folder.runs(&["update", "push-gw", "alarms.md", "--accept-removals"]);
    let overlay = folder.read("vendors/push-gw/overlay.toml");
    let rename = |from: &str, to: &str| {
        let text = folder.read("vendors/push-gw/overlay.toml");
        let text = text.replace(&format!("[set.{from}"), &format!("[set.{to}"));
        folder.write("vendors/push-gw/overlay.toml", &text);
    };
    rename("PushGatewayAlarmsCode", "AlarmCode");
    assert_ne!(folder.read("vendors/push-gw/overlay.toml"), overlay);
    folder.runs(&["regen"]);
    let spec = folder.read("vendors/push-gw/spec.toml");
    assert!(
        spec.contains("name = \"AlarmCode\"") && !spec.contains("was ="),
        "{spec}"
    );
    assert!(
        spec.contains("code = \"1001\"") && spec.contains("\"retired\""),
        "{spec}"
    );

    folder.write("released/push-gw.toml", &spec);
    rename("AlarmCode", "Alarm");
    let said = folder.run_in("", &["regen"]);
    assert!(!said.success, "{}", said.out);
    let message =
        "the set `AlarmCode` is missing from overlay.toml, but its codes must still decode";
    assert!(said.err.contains(message), "{}", said.err);
}

#[test]
fn earlier_states_need_a_git_repository_with_a_commit() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme"]);
    folder.write("alarms.md", ALARMS);
    folder.runs(&["add", "push-gw", "alarms.md"]);
    let refused = |message: &str| {
        for arguments in [&["history", "1001"][..], &["diff"]] {
            let said = folder.run_in("", arguments);
            assert!(
                !said.success && said.err.contains(message),
                "{arguments:?}: {}",
                said.err
            );
            assert!(
                said.err.contains("help: commit the registry"),
                "{}",
                said.err
            );
        }
    };
    refused("this folder is not in a git repository");
    let git = Command::new("git")
        .args(["init", "--quiet"])
        .current_dir(folder.path(""))
        .status();
    assert!(git.unwrap().success());
    refused("the git repository has no commits");
}

#[test]
fn files_that_errbook_toml_names_must_be_there() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme", "--kinds", "own"]);
    folder.write("alarms.md", ALARMS);
    let config = folder.read("errbook.toml");
    for (from, to, message, help) in [
        (
            "modules = \"src\"",
            "modules = \"lib\"",
            "a folder that is not there: lib",
            "`modules`",
        ),
        (
            "kinds = \"kinds.toml\"",
            "kinds = \"no.toml\"",
            "there is no such file",
            "`kinds` in errbook.toml",
        ),
    ] {
        assert!(config.contains(from), "{config}");
        folder.write("errbook.toml", &config.replace(from, to));
        let said = folder.run_in("", &["add", "push-gw", "alarms.md"]);
        let text = format!("{to}: {}", said.err);
        assert!(
            !said.success && said.err.contains(message) && said.err.contains(help),
            "{text}"
        );
        assert!(!folder.path("vendors").exists(), "{text}");
    }
    folder.write("errbook.toml", &config);
    let said = folder.run_in("", &["add", "push-gw", "alarms.md", "--url", "no url"]);
    assert!(
        !said.success && said.err.contains("`no url` is not a URL"),
        "{}",
        said.err
    );
    assert!(!folder.path("vendors").exists());
}

#[test]
fn a_registry_without_vendors_says_so() {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme"]);
    for command in [&["explain", "5"][..], &["stats"], &["export", "json"]] {
        let said = folder.run_in("", command);
        assert!(!said.success, "{}", said.out);
        assert!(said.err.contains("error: no vendors found"), "{}", said.err);
        assert!(said.err.contains("help: add one with"), "{}", said.err);
    }
}
