//! The Cargo.toml of a folder in, the crate that carries a registry out: a new package, or the
//! modules of one that exists.

use std::fs;
use std::path::Path;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};

use crate::config::relative;
use crate::init::{Layout, Plan, Wishes, problem};

const MANIFEST: &str = "Cargo.toml";

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
    let Ok(text) = fs::read_to_string(folder.join(MANIFEST)) else {
        plan.transaction.put(MANIFEST, new_manifest(name, wishes));
        let text = format!(
            "//! The error codes of {name}, a module for each vendor.\n\n#![no_std]\n{kinds}{MODULES}"
        );
        plan.add(folder, OWN.list, &text);
        join_workspace(folder, plan)?;
        return Ok(OWN);
    };
    let path = folder.join(MANIFEST).display().to_string();
    let mut document = parse(&path, &text)?;
    if document.get("package").is_none() {
        let help = "choose a folder for the registry, such as `init errors`, or `--no-crate`";
        let message = "this folder is a cargo workspace without a package of its own";
        return Err(problem(folder, message, help));
    }
    add_dependency(&mut document);
    add_features(&mut document, wishes);
    plan.transaction.put(MANIFEST, document.to_string());
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

fn add_dependency(document: &mut DocumentMut) {
    let dependencies = document
        .entry("dependencies")
        .or_insert_with(|| Item::Table(Table::new()));
    let Some(dependencies) = dependencies.as_table_like_mut() else {
        return;
    };
    if !dependencies.contains_key("errbook") {
        let mut errbook = InlineTable::new();
        errbook.insert("version", RUNTIME.into());
        errbook.insert("features", Array::from_iter(["macros"]).into());
        dependencies.insert("errbook", value(errbook));
    }
}

/// Vendors become features, which are on unless they are left out.
fn add_features(document: &mut DocumentMut, wishes: &Wishes) {
    let features = document
        .entry("features")
        .or_insert_with(|| Item::Table(Table::new()));
    let Some(features) = features.as_table_like_mut() else {
        return;
    };
    for name in ["default"]
        .into_iter()
        .chain(wishes.languages.iter().skip(1).map(String::as_str))
    {
        if !features.contains_key(name) {
            features.insert(name, value(Array::new()));
        }
    }
}

/// A package inside of a cargo workspace must be one of its members.
fn join_workspace(folder: &Path, plan: &mut Plan) -> Result<(), Problems> {
    let above = folder.ancestors().skip(1);
    let above = above.filter(|above| above.join(MANIFEST).is_file());
    for root in above {
        let path = root.join(MANIFEST).display().to_string();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let mut document = parse(&path, &text)?;
        let Some(workspace) = document.get_mut("workspace") else {
            continue;
        };
        let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
        let member = relative(&text(folder), &text(root));
        if is_member(workspace, &member) {
            return Ok(());
        }
        let file = relative(&format!("{}/{MANIFEST}", text(root)), &text(folder));
        let members = workspace
            .as_table_like_mut()
            .map(|workspace| workspace.entry("members").or_insert(value(Array::new())));
        match members.and_then(Item::as_array_mut) {
            Some(members) => members.push(member),
            None => {
                let help = "add the new package to `members` by hand, or use `--no-crate`";
                return Err(problem(root, "`workspace.members` is not an array", help));
            }
        }
        plan.transaction.put(&file, document.to_string());
        return Ok(());
    }
    Ok(())
}

fn is_member(workspace: &Item, member: &str) -> bool {
    let list = |key: &str| -> Vec<String> {
        let list = workspace.get(key).and_then(Item::as_array);
        let texts = list.into_iter().flatten().filter_map(|item| item.as_str());
        texts.map(str::to_owned).collect()
    };
    let parent = member.rsplit_once('/').map_or("", |(parent, _)| parent);
    let matches = |pattern: &String| match pattern.strip_suffix("/*") {
        Some(folder) => folder == parent,
        None => pattern == member,
    };
    list("members").iter().any(matches) || list("exclude").iter().any(|out| out == member)
}

fn parse(path: &str, text: &str) -> Result<DocumentMut, Problems> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let mut problems = Problems::default();
        let source = errbook_spec::place::Source::new(path, text);
        let place = error
            .span()
            .map_or_else(|| Place::file(path), |span| source.place(&span));
        let message = error.message().trim().to_owned();
        problems.push_with_help(&place, message, "correct the file, then run this again");
        problems
    })
}
