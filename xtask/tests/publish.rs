//! `.ci/release`, in a clone of this repository: all of a release but publishing, and what it
//! refuses.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use errbook_cli::manifest::Manifest;
use errbook_spec::place::Source;

use crate::scratch::{Said, said};
use crate::shipped::root;

/// A clone of the commit that is checked out, with the script as it is.
struct Clone(tempfile::TempDir);

impl Clone {
    fn new() -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let mut command = Command::new("git");
        command.args(["clone", "--quiet", "--no-tags"]);
        let output = command.arg(root()).arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", said(&output).err);
        let clone = Self(folder);
        for file in [".ci/release", ".ci/publish-order"] {
            fs::copy(root().join(file), clone.path(file)).unwrap();
        }
        // As before a release: what has changed since the last one is recorded, and is in the
        // changelog below a version.
        clone.errbook(&["release", "--bump"]);
        let heading = format!("## Unreleased\n\n## errbook {}\n", clone.engine());
        clone.replace("CHANGELOG.md", "## Unreleased\n", &heading);
        clone.commit();
        clone
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{from} is not in {file}");
        fs::write(self.path(file), text.replace(from, to)).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.0.path());
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", said(&output).err);
    }

    fn errbook(&self, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        let output = command.current_dir(self.0.path()).args(arguments).output();
        let said = said(&output.unwrap());
        assert!(said.success, "{}", said.err);
    }

    fn engine(&self) -> String {
        self.version("Cargo.toml")
    }

    fn data(&self) -> String {
        self.version("codes/Cargo.toml")
    }

    fn version(&self, manifest: &str) -> String {
        let source = Source::new(manifest, &self.read(manifest));
        let manifest = Manifest::parse(&source).unwrap();
        manifest.version().expect("it has a version").to_owned()
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "Next"]);
    }

    fn release(&self, tag: &str) -> Said {
        let mut command = Command::new(self.path(".ci/release"));
        command
            .arg(tag)
            .env("ERRBOOK_CI", "passed")
            .env("ERRBOOK", env!("CARGO_BIN_EXE_errbook"))
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("CARGO_TARGET_DIR");
        said(&command.output().unwrap())
    }

    /// The packages that the printed commands publish.
    fn published(&self, tag: &str) -> Vec<String> {
        let said = self.release(tag);
        assert!(said.success, "{}", said.err);
        let packages = said.out.lines().map(|line| {
            let package = line.strip_prefix("cargo publish --locked --package ");
            package.unwrap_or_else(|| panic!("{line}")).to_owned()
        });
        packages.collect()
    }

    fn refuses(&self, tag: &str, reason: &str) {
        let said = self.release(tag);
        assert!(!said.success && said.out.is_empty(), "{tag}: {}", said.out);
        assert!(said.err.contains(reason), "{tag}: {}", said.err);
        assert!(said.err.contains("= help: "), "{tag}: {}", said.err);
    }

    /// Writes the versions of the packages into Cargo.lock.
    fn update_lock(&self) {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(self.0.path());
        let output = command
            .args(["update", "--workspace", "--offline"])
            .output();
        let said = said(&output.unwrap());
        assert!(said.success, "{}", said.err);
    }

    /// Raises the version of errbook-codes, as `release --bump` does after a change.
    fn raise_data(&self, version: &str) {
        let old = self.data();
        let line = |version: &str| format!("\nversion = \"{version}\"");
        self.replace("codes/Cargo.toml", &line(&old), &line(version));
        self.replace("codes/released/version.txt", &old, version);
        let heading = format!("## Unreleased\n\n## {version}\n");
        self.replace("CHANGELOG.md", "## Unreleased\n", &heading);
        self.update_lock();
        self.commit();
    }

    /// Raises the version of all other packages, as a person does.
    fn raise_engine(&self, version: &str) {
        let old = self.engine();
        for file in ["Cargo.toml", "codes/Cargo.toml"] {
            let text = self.read(file);
            let lines = text.lines().map(|line| {
                let is_own = file == "Cargo.toml" && line.starts_with("version = ");
                if is_own || line.starts_with("errbook") {
                    line.replacen(&old, version, 1)
                } else {
                    line.to_owned()
                }
            });
            let text: Vec<_> = lines.collect();
            fs::write(self.path(file), text.join("\n") + "\n").unwrap();
        }
        self.update_lock();
        self.commit();
    }

    /// What the last release wrote to be attached; removes it.
    fn take_files(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path("target/release-files");
        let check = Command::new("sha256sum")
            .args(["--check", "--quiet", "SHA256SUMS"])
            .current_dir(&folder)
            .status();
        assert!(check.unwrap().success());
        let entries = fs::read_dir(&folder).unwrap().flatten();
        let read = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        };
        let files = entries.map(read).collect();
        fs::remove_dir_all(folder).unwrap();
        files
    }
}

#[test]
fn a_release_is_all_but_published_and_later_only_what_changed() {
    let clone = Clone::new();
    let order = clone.read(".ci/publish-order");
    let all: Vec<_> = order.lines().collect();
    let engine = format!("v{}", clone.engine());
    assert_eq!(clone.published(&engine), all);
    clone.refuses(&engine, "target/release-files is not empty");
    let first = clone.take_files();
    let data = clone.data();
    let names = ["-site.tar.gz", "-typescript.tar.gz", ".csv", ".json"]
        .map(|ending| format!("errbook-codes-{data}{ending}"));
    let expected = std::iter::once("SHA256SUMS").chain(names.iter().map(String::as_str));
    assert!(first.keys().eq(expected), "{:?}", first.keys());
    assert_eq!(clone.published(&engine), all);
    assert_eq!(clone.take_files(), first, "the same bytes each time");

    clone.git(&["tag", &engine]);
    clone.raise_data("99.0.0");
    clone.refuses(&engine, "is already on another commit");
    clone.refuses(&format!("codes-v{data}"), "fits no version");
    assert_eq!(clone.published("codes-v99.0.0"), ["errbook-codes"]);
    clone.take_files();

    clone.git(&["tag", "codes-v99.0.0"]);
    clone.raise_engine("98.0.0");
    clone.refuses("v98.0.0", "CHANGELOG.md has no section for 98.0.0");
    let heading = "## Unreleased\n\n## errbook 98.0.0\n";
    clone.replace("CHANGELOG.md", "## Unreleased\n", heading);
    clone.commit();
    clone.refuses("codes-v99.0.0", "is already on another commit");
    assert_eq!(clone.published("v98.0.0"), &all[..all.len() - 1]);
}

#[test]
fn a_release_that_is_not_ready_is_refused() {
    let clone = Clone::new();
    let engine = format!("v{}", clone.engine());
    let data = clone.data();
    clone.refuses(&clone.engine(), "fits no version");
    clone.refuses("v97.0.0", "the tag v97.0.0 fits no version");
    clone.refuses(&format!("codes-v{data}"), "which was not released");
    fs::write(clone.path("left"), "over").unwrap();
    clone.refuses(&engine, "the working tree has changes");
    fs::remove_file(clone.path("left")).unwrap();

    clone.replace(
        "CHANGELOG.md",
        "## Unreleased\n",
        "## Unreleased\n\n- One more.\n",
    );
    clone.commit();
    clone.refuses(
        &engine,
        "is in CHANGELOG.md already, and some changes are below",
    );
    clone.replace("CHANGELOG.md", "\n- One more.\n", "");
    clone.replace("codes/released/version.txt", &data, "0.0.9");
    clone.commit();
    clone.refuses(&engine, "is not recorded in codes/released");
    clone.replace("codes/released/version.txt", "0.0.9", &data);
    let spec = "codes/vendors/tencent-huiyan/spec.toml";
    clone.replace(spec, "billing = \"free\"", "billing = \"billed\"");
    clone.commit();
    let said = clone.release(&engine);
    assert!(
        !said.success && said.err.contains("out of date"),
        "{}",
        said.err
    );
    clone.git(&["checkout", "--quiet", "HEAD~1", "--", spec]);
    clone.commit();

    clone.git(&["tag", "v0.0.1"]);
    clone.commit();
    clone.refuses(&engine, "was released with v0.0.1");
}
