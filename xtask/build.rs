//! The registry's specs into the binary, so that it answers where there is no workspace.
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
    let out = env::var_os("OUT_DIR").expect("cargo sets it for every build script");
    fs::write(Path::new(&out).join("registry.rs"), list)
        .expect("cargo has made the folder, to be written to");
}

/// Each vendor's spec and the kinds, by name; none where the package stands alone.
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
