//! The tests of the command-line tool, in one binary because each test binary links the whole tool.

mod add;
mod age;
mod config;
mod contributing;
mod crash;
mod diff;
mod documents;
mod editions;
mod expand;
mod explain;
mod export;
mod facts;
mod faults;
mod formats;
mod hostile;
mod hostile_names;
mod include;
mod ingest_extract;
mod init;
mod kinds;
mod languages;
mod lexicon;
mod line_ends;
mod literals;
mod meanings;
mod names;
#[cfg(target_os = "linux")]
mod one_spec;
mod output;
mod outputs;
mod overlay_readings;
mod platforms;
mod promises;
#[cfg(target_os = "linux")]
mod publish;
mod real;
mod recipes;
mod regen;
mod regen_diagnostics;
mod regen_facts;
mod registry;
mod release;
mod replay;
mod reports;
mod scratch;
mod search;
mod semver_checks;
mod shipped;
mod site;
mod spec;
mod templates;
mod translation;
mod update;
mod values;
mod watch;
mod write;
mod writers;

/// Cargo does not compile a file in this folder unless it is a module.
#[test]
fn every_file_is_a_module() {
    let main = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            assert!(
                main.contains(&format!("\nmod {name};\n")),
                "`{name}` is missing"
            );
        }
    }
}
