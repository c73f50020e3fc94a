//! The Cargo.toml of a folder in, the crate that carries a registry out: a new package, or the
//! modules of one that exists.

use std::fs;
use std::path::Path;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

use crate::config::{Kinds, relative};
use crate::init::{Layout, Plan, Wishes, problem};
use crate::manifest::{FILE, Manifest};
use crate::shipped;

/// The modules of a package of their own.
const OWN: Layout = Layout {
    modules: "src",
    list: "src/lib.rs",
};

/// The modules inside of a package that has a purpose of its own.
const INSIDE: Layout = Layout {
    modules: "src/codes",
    list: "src/codes/mod.rs",
};

/// The crate of errbook that fits this tool.
const RUNTIME: &str = env!("CARGO_PKG_VERSION");

/// The features of errbook that a crate of a registry passes through.
const PASSED: [&str; 9] = [
    "serde",
    "http",
    "problem-details",
    "error-info",
    "error-type",
    "miette",
    "accept-language",
    "icu",
    "unic-langid",
];

/// Adds a package, or what an existing one lacks.
pub(super) fn add_package(
    folder: &Path,
    name: &str,
    wishes: &Wishes,
    plan: &mut Plan,
) -> Result<Layout, Problems> {
    let kinds = match &wishes.kinds {
        None => String::new(),
        Some(Kinds::File(file)) => format!("\nerrbook::include_spec! {{ \"{file}\" }}\n"),
        Some(kinds) => format!("\npub use {};\n", kinds.rust_path()),
    };
    let Ok(text) = fs::read_to_string(folder.join(FILE)) else {
        let mut manifest = Manifest::parse(&Source::new(FILE, &new_manifest(name, wishes)))?;
        add_dependencies(&mut manifest, &["macros"], wishes)?;
        plan.transaction.put(FILE, manifest.text());
        let text = format!(
            "//! The error codes of {name}, a module for each vendor.\n\n#![no_std]\n{kinds}{MODULES}"
        );
        plan.add(folder, OWN.list, &text);
        join_workspace(folder, plan)?;
        return Ok(OWN);
    };
    let path = folder.join(FILE).display().to_string();
    let mut manifest = Manifest::parse(&Source::new(&path, &text))?;
    if manifest.package().is_none() {
        let help = "choose a folder for the registry, such as `init errors`, or `--no-crate`";
        let message = "this folder is a cargo workspace without a package of its own";
        return Err(problem(folder, message, help));
    }
    add_dependencies(&mut manifest, &["macros", "std"], wishes)?;
    // Vendors become features, which are on unless they are left out.
    manifest.add_feature("default");
    for language in wishes.languages.iter().skip(1) {
        manifest.add_feature(language);
    }
    plan.transaction.put(FILE, manifest.text());
    let text = format!(
        "//! The error codes of {name}, a module for each vendor.\n\n\
         #![allow(dead_code, unused_imports, reason = \"not everything here is used\")]\n{kinds}{MODULES}"
    );
    plan.add(folder, INSIDE.list, &text);
    let note = "add `mod codes;` to src/main.rs or src/lib.rs: the modules are in src/codes/";
    plan.notes.push(note.to_owned());
    Ok(INSIDE)
}

/// Adds the crates that the modules need. `features` are those of errbook.
fn add_dependencies(
    manifest: &mut Manifest,
    features: &[&str],
    wishes: &Wishes,
) -> Result<(), Problems> {
    manifest.add_dependency("errbook", RUNTIME, features);
    if wishes.kinds == Some(Kinds::Shared) {
        let has_english = wishes.languages.iter().any(|tag| tag == "en");
        let features: &[&str] = if has_english { &["en"] } else { &[] };
        manifest.add_dependency(shipped::PACKAGE, &shipped::version()?, features);
    }
    Ok(())
}

/// The list of modules, which `add` extends.
const MODULES: &str = "
pub use errbook;

macro_rules! vendors {
    ($($(#[$doc:meta])* $module:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = $name)]
        pub mod $module;
    )*};
}

vendors! {
}
";

fn new_manifest(name: &str, wishes: &Wishes) -> String {
    let others = wishes.languages.iter().skip(1);
    let languages: String = others.map(|tag| format!("{tag} = []\n")).collect();
    let passed = PASSED.map(|name| format!("{name} = [\"errbook/{name}\"]\n"));
    let passed = passed.concat();
    format!(
        "[package]\nname = \"{name}-codes\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         publish = false\n\n\
         [features]\ndefault = [\"std\"]\nstd = [\"alloc\", \"errbook/std\"]\n\
         alloc = [\"errbook/alloc\"]\n{passed}{languages}\n\
         [dependencies]\n"
    )
}

/// A package inside of a cargo workspace must be one of its members.
fn join_workspace(folder: &Path, plan: &mut Plan) -> Result<(), Problems> {
    for root in folder.ancestors().skip(1) {
        let path = root.join(FILE).display().to_string();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let mut manifest = Manifest::parse(&Source::new(&path, &text))?;
        if !manifest.has_workspace() {
            continue;
        }
        let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
        let member = relative(&text(folder), &text(root));
        if manifest.decides_on(&member) {
            return Ok(());
        }
        manifest.add_member(&member).ok_or_else(|| {
            let help = "add the new package to `members` by hand, or use `--no-crate`";
            problem(root, "`workspace.members` is not an array", help)
        })?;
        let file = relative(&path.replace('\\', "/"), &text(folder));
        plan.transaction.put(&file, manifest.text());
        return Ok(());
    }
    Ok(())
}
