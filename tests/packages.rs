//! The packages: features of errbook that errbook-codes passes through, the places that list
//! features, the versions that the packages require of each other, and the links of the README.

use std::fs;

use errbook_cli::manifest::Manifest;
use errbook_spec::place::Source;

use crate::workspace::{root, vendors};

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The features of a package, except `default`.
fn features(manifest: &str) -> Vec<String> {
    let manifest = Manifest::parse(&Source::new(manifest, &read(manifest))).unwrap();
    let mut features = manifest.features();
    features.retain(|name| name != "default");
    features.sort();
    features
}

/// The features in the table of a crate's documentation.
fn documented(lib: &str) -> Vec<String> {
    let text = read(lib);
    let rows = text.lines().filter_map(|line| {
        let cell = line.strip_prefix("//! | `")?;
        Some(cell.split_once('`')?.0.to_owned())
    });
    let mut features: Vec<_> = rows.collect();
    features.sort();
    features
}

#[test]
fn errbook_codes_passes_every_feature_of_errbook_through() {
    let manifest = read("codes/Cargo.toml");
    // It uses the macros itself.
    for name in features("runtime/Cargo.toml")
        .iter()
        .filter(|name| *name != "macros")
    {
        let line = manifest
            .lines()
            .find(|line| line.starts_with(&format!("{name} = ")));
        let line = line.unwrap_or_else(|| panic!("errbook-codes has no feature `{name}`"));
        assert!(line.contains(&format!("\"errbook/{name}\"")), "{line}");
    }
}

#[test]
fn the_documentation_lists_every_feature() {
    for folder in ["runtime", "codes"] {
        let wanted = features(&format!("{folder}/Cargo.toml"));
        assert_eq!(
            documented(&format!("{folder}/src/lib.rs")),
            wanted,
            "{folder}"
        );
    }
    let readme = read("README.md");
    let (_, readme) = readme
        .split_once("## Features\n")
        .expect("a section about features");
    let readme = readme.split("\n## ").next().unwrap_or_default();
    let vendors = vendors();
    for name in features("codes/Cargo.toml")
        .iter()
        .filter(|name| !vendors.contains(name))
    {
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md does not name `{name}`"
        );
    }
}

/// A person raises the version of the engine, and must not forget a requirement.
#[test]
fn the_packages_require_the_version_of_the_engine() {
    let workspace = read("Cargo.toml");
    let manifest = Manifest::parse(&Source::new("Cargo.toml", &workspace)).unwrap();
    let engine = manifest.version().expect("the workspace has a version");
    for (file, text, requirement) in [
        ("Cargo.toml", workspace.as_str(), format!("\"={engine}\"")),
        (
            "codes/Cargo.toml",
            &read("codes/Cargo.toml"),
            format!("\"{engine}\""),
        ),
    ] {
        let own = |line: &&str| line.starts_with("errbook") && line.contains("version = ");
        let lines: Vec<_> = text.lines().filter(own).collect();
        assert!(!lines.is_empty(), "{file}");
        for line in lines {
            assert!(line.contains(&requirement), "{file}: {line}");
        }
    }
}

/// The README is the page of every package, where a relative link leads nowhere.
#[test]
fn links_of_the_readme_work_on_the_page_of_a_package() {
    let readme = read("README.md");
    let targets = readme.split("](").skip(1).map(|rest| {
        let (target, _) = rest.split_once(')').expect("a link ends");
        target
    });
    let mut broken: Vec<_> = targets
        .filter(|target| !leads_somewhere(target, &readme))
        .collect();
    broken.sort_unstable();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(!leads_somewhere("CONTRIBUTING.md", &readme));
    assert!(!leads_somewhere("#no-such-heading", &readme));
}

/// Whether a link has its heading, its file in this repository or its page of the guide; other
/// pages only have to be `https:`.
fn leads_somewhere(target: &str, readme: &str) -> bool {
    const REPOSITORY: &str = "https://github.com/errbook/errbook/";
    const GUIDE: &str = "https://docs.rs/errbook/latest/errbook/guide/";
    if let Some(anchor) = target.strip_prefix('#') {
        return has_heading(readme, anchor);
    }
    if let Some(path) = target.strip_prefix(REPOSITORY) {
        let file = path
            .strip_prefix("blob/main/")
            .or_else(|| path.strip_prefix("tree/main/"));
        let workflow = path.strip_prefix("actions/workflows/");
        let workflow = workflow.map(|name| name.trim_end_matches("/badge.svg"));
        let workflow = workflow.map(|name| format!(".github/workflows/{name}"));
        let file = file.map(str::to_owned).or(workflow);
        return file.is_some_and(|file| root().join(file).exists());
    }
    if let Some(page) = target.strip_prefix(GUIDE) {
        let page = page.trim_end_matches('/');
        let file = root().join(format!("runtime/src/guide/{page}.md"));
        return page.is_empty() || file.exists();
    }
    target.starts_with("https://")
}

fn has_heading(readme: &str, anchor: &str) -> bool {
    let headings = readme.lines().filter(|line| line.starts_with('#'));
    let mut anchors = headings.map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        words.replace(' ', "-").replace([',', '.', '`'], "")
    });
    anchors.any(|known| known == anchor)
}

/// `.ci/packages` and `.ci/release` take the packages from this file.
#[test]
fn each_package_is_published_after_those_that_it_requires() {
    let order = read(".ci/publish-order");
    let order: Vec<_> = order.lines().collect();
    let workspace = Manifest::of_folder(&root()).expect("the workspace has a manifest");
    let mut packages = 0;
    for folder in workspace.member_folders(&root()) {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        if text.contains("\npublish = false\n") {
            continue;
        }
        let manifest = Manifest::of_folder(&folder).unwrap();
        let name = manifest.package().expect("a member is a package");
        let place = |name: &str| order.iter().position(|listed| *listed == name);
        let own = place(name).unwrap_or_else(|| panic!("{name} is not in .ci/publish-order"));
        let (_, dependencies) = text.split_once("\n[dependencies]\n").unwrap();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        for line in dependencies
            .lines()
            .filter(|line| line.starts_with("errbook"))
        {
            let required = line.split(['.', ' ']).next().unwrap_or_default();
            assert!(place(required) < Some(own), "{name} requires {required}");
        }
        packages += 1;
    }
    assert_eq!(packages, order.len());
}

/// `.ci/run` reads the documentation; this is what docs.rs must be told to write the same.
#[test]
fn the_documentation_names_the_features_that_items_need() {
    for folder in ["runtime", "codes"] {
        let manifest = read(&format!("{folder}/Cargo.toml"));
        let told = "[package.metadata.docs.rs]\nall-features = true\n";
        let (_, metadata) = manifest
            .split_once(told)
            .expect("docs.rs enables all features");
        let metadata = metadata.split("\n\n").next().unwrap_or_default();
        assert!(
            metadata.contains("rustdoc-args = [\"--cfg\", \"docsrs\"]"),
            "{folder}"
        );
        let library = read(&format!("{folder}/src/lib.rs"));
        assert!(
            library.contains("\n#![cfg_attr(docsrs, feature(doc_cfg))]\n"),
            "{folder}"
        );
    }
}
