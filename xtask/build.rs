//! Embeds the registry's specs in the binary, so that it works outside a workspace.
//!
//! In release builds only: a debug build is what `cargo xtask` runs inside the workspace, and would have to be built
//! again after each `regen`. The published package has no registry beside it, and builds without one.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let specs = if release { specs() } else { Vec::new() };
    let mut list = String::from("&[");
    for (name, path) in specs {
        println!("cargo::rerun-if-changed={}", path.display());
        write!(
            list,
            "({name:?}, include_str!({:?})),",
            path.display().to_string()
        )
        .expect("a String takes anything");
    }
    list.push(']');
    write_list("registry.rs", &list);
    write_list("interface.rs", &interface());
}

fn write_list(file: &str, list: &str) {
    let out = env::var_os("OUT_DIR").expect("cargo sets it for every build script");
    fs::write(Path::new(&out).join(file), list).expect("cargo creates the folder for its script");
}

/// The files of interface/ by language, so that a new language of the interface is a new file.
fn interface() -> String {
    println!("cargo::rerun-if-changed=interface");
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for every build script");
    let folder = Path::new(&manifest).join("interface");
    let entries = fs::read_dir(folder).expect("the package contains interface/");
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut list = String::from("&[");
    for path in files {
        let language = path.file_stem().unwrap_or_default().to_string_lossy();
        let path = path.display().to_string();
        write!(list, "({language:?}, include_str!({path:?})),").expect("a String takes anything");
    }
    list + "]"
}

/// Each vendor's spec and the kinds, by name; empty outside the workspace.
fn specs() -> Vec<(String, PathBuf)> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for every build script");
    let codes = Path::new(&manifest)
        .parent()
        .map(|workspace| workspace.join("codes"))
        .unwrap_or_default();
    println!(
        "cargo::rerun-if-changed={}",
        codes.join("vendors").display()
    );
    let folders = fs::read_dir(codes.join("vendors"))
        .into_iter()
        .flatten()
        .flatten();
    let named = folders.filter_map(|folder| {
        Some((
            folder.file_name().into_string().ok()?,
            folder.path().join("spec.toml"),
        ))
    });
    let kinds = ("kinds".to_owned(), codes.join("kinds.toml"));
    let mut specs: Vec<_> = named
        .chain([kinds])
        .filter(|(_, path)| path.exists())
        .collect();
    specs.sort();
    specs
}
