//! Embeds the shipped registry in the binary, so that it works outside the repository.
//!
//! In the repository in release builds only: a debug build is what `cargo xtask` runs there, and
//! would have to be built again after each `regen`, so it reads the files when it needs them. The
//! published package contains the files in registry/; here that folder contains links to them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let is_packaged = !manifest().join("../codes/errbook.toml").exists();
    let mut list = String::from("&[");
    for (name, path) in registry(is_packaged) {
        let file = path.display().to_string();
        let text = if is_release || is_packaged {
            println!("cargo::rerun-if-changed={file}");
            format!("Text::Embedded(include_str!({file:?}))")
        } else {
            format!("Text::File({file:?})")
        };
        write!(list, "({name:?}, {text}),").expect("a String takes anything");
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
    let folder = manifest().join("interface");
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

/// The files of the shipped registry, by name: each vendor's spec, the kinds and the version.
fn registry(is_packaged: bool) -> Vec<(String, PathBuf)> {
    let registry = manifest().join("registry");
    println!("cargo::rerun-if-changed={}", registry.display());
    let files = fs::read_dir(registry).into_iter().flatten().flatten();
    let named = files.filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        let path = if is_packaged {
            file.path()
        } else {
            // A checkout without links has their targets as text.
            let codes = manifest().join("../codes");
            match name.as_str() {
                "kinds.toml" => codes.join("kinds.toml"),
                "version.txt" => codes.join("released/version.txt"),
                spec => {
                    let vendor = spec.strip_suffix(".toml")?;
                    codes.join("vendors").join(vendor).join("spec.toml")
                }
            }
        };
        Some((name, path))
    });
    let mut files: Vec<_> = named.collect();
    files.sort();
    files
}

/// The folder of the package.
fn manifest() -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR");
    PathBuf::from(folder.expect("cargo sets it for every build script"))
}
