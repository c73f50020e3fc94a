//! The Cargo.toml of a folder in, the crate that carries a registry out: a new package, or the
//! modules of one that exists.

use std::fs;
use std::path::Path;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

use crate::config::relative;
use crate::init::{Layout, Plan, Wishes, problem};
use crate::manifest::{FILE, Manifest};

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

/// Adds a package, or what an existing one lacks.
pub(super) fn add_package(
    folder: &Path,
    name: &str,
    wishes: &Wishes,
    plan: &mut Plan,
) -> Result<Layout, Problems> {
    let kinds = if wishes.kinds {
        "\nerrbook::include_spec! { \"kinds.toml\" }\n"
    } else {
        ""
    };
    let Ok(text) = fs::read_to_string(folder.join(FILE)) else {
        plan.transaction.put(FILE, new_manifest(name, wishes));
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
    manifest.add_dependency("errbook", RUNTIME, &["macros"]);
    // Vendors become features, which are on unless they are left out.
    manifest.add_feature("default");
    for language in wishes.languages.iter().skip(1) {
        manifest.add_feature(language);
    }
    plan.transaction.put(FILE, manifest.text());
    let text = format!(
        "//! The error codes of {name}, a module for each vendor.\n\n\
         #![allow(dead_code, reason = \"not every code of every vendor is used\")]\n{kinds}{MODULES}"
    );
    plan.add(folder, INSIDE.list, &text);
    let note = "add `mod codes;` to src/main.rs or src/lib.rs: the modules are in src/codes/";
    plan.notes.push(note.to_owned());
    Ok(INSIDE)
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
    format!(
        "[package]\nname = \"{name}-codes\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         publish = false\n\n\
         [features]\ndefault = [\"std\"]\nstd = [\"errbook/std\"]\n{languages}\n\
         [dependencies]\n\
         errbook = {{ version = \"{RUNTIME}\", default-features = false, features = [\"macros\"] }}\n"
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
