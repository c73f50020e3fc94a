//! Writes the macro `each_set!`, which names the enum of every set of the registry: a test of all
//! sets needs no change when a vendor is added.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use errbook_spec::place::Source;

/// A spec that no file of the package contains.
const GENERATED: &str = "schema = 1\nvendor = \"build\"\nlocale = \"en\"\n[[set]]\n\
                         name = \"BuildCode\"\n[[set.code]]\ncode = \"7\"\n\
                         variant = \"Written\"\nmessage.en = \"Written.\"\n";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for every build script");
    let vendors = Path::new(&manifest).join("../codes/vendors");
    println!("cargo::rerun-if-changed={}", vendors.display());
    let mut specs: Vec<PathBuf> = fs::read_dir(&vendors)
        .expect("the registry is beside the tests")
        .flatten()
        .map(|folder| folder.path().join("spec.toml"))
        .filter(|spec| spec.exists())
        .collect();
    specs.sort();
    let mut sets = String::new();
    for file in specs {
        let text = fs::read_to_string(&file).expect("a spec is readable");
        let source = Source::new(&file.display().to_string(), &text);
        let spec = errbook_spec::parse(&source).unwrap_or_else(|problems| panic!("{problems}"));
        let vendor = spec.vendor.as_str();
        let module = vendor.replace('-', "_");
        for set in &spec.sets {
            let name = set.name.as_str();
            writeln!(
                sets,
                "({vendor:?}, {name:?}, $function::<errbook_codes::{module}::{name}>),"
            )
            .expect("a String takes anything");
        }
    }
    let rules = format!("macro_rules! each_set {{ ($function:ident) => {{ [{sets}] }} }}");
    let out = env::var_os("OUT_DIR").expect("cargo sets it for every build script");
    for (file, text) in [
        ("each_set.rs", rules.as_str()),
        ("generated.toml", GENERATED),
    ] {
        fs::write(Path::new(&out).join(file), text)
            .expect("cargo creates the folder for its script");
    }
}
