//! Checks that the codes of other vendors exist which replace a vendor's retired codes.

use std::collections::BTreeMap;

use errbook_spec::problem::{Problems, did_you_mean};
use errbook_spec::{Spec, other_vendor, parse, references};

use crate::workspace::Workspace;

/// Checks every `replaced-by = "vendor/Set.code"` of these specs, in the registry that they are part
/// of. A spec that is not among them is read from its file.
pub fn check_threads(specs: &[&Spec], workspace: &Workspace, problems: &mut Problems) {
    let codes = specs.iter().flat_map(|spec| &spec.sets);
    let codes = codes.flat_map(|set| &set.codes);
    let threads = codes.filter_map(|code| {
        let reference = code.replaced_by.as_ref()?;
        let (vendor, code) = other_vendor(reference)?;
        Some((reference, vendor, code))
    });
    let mut known = BTreeMap::<&str, Codes>::new();
    for (reference, vendor, code) in threads {
        let codes = known.entry(vendor).or_insert_with(|| {
            let here = specs.iter().find(|spec| spec.vendor.value == vendor);
            here.map_or_else(
                || Codes::read(workspace, vendor),
                |spec| Codes::Known(references(spec)),
            )
        });
        let message = match codes {
            Codes::NoVendor => {
                let vendors = workspace.vendors();
                let near = did_you_mean(vendor, vendors.iter().map(String::as_str));
                format!("`{vendor}` is not a vendor of this registry{near}")
            }
            Codes::Known(codes) if codes.iter().all(|known| known != code) => {
                let near = did_you_mean(code, codes.iter().map(String::as_str));
                format!("`{code}` is not a code of {vendor}{near}")
            }
            Codes::Known(_) | Codes::Broken => continue,
        };
        let help = "write `replaced-by = \"vendor/Set.code\"` with a code that its spec.toml has";
        problems.push_with_help(&reference.place, message, help);
    }
}

/// The references to the codes of a vendor.
enum Codes {
    NoVendor,
    /// Its spec is reported where it is read for its own sake.
    Broken,
    Known(Vec<String>),
}

impl Codes {
    fn read(workspace: &Workspace, vendor: &str) -> Self {
        let file = workspace.spec_file(vendor);
        if !workspace.has(&file) {
            return Self::NoVendor;
        }
        let source = workspace.read(&file, &mut Problems::default());
        let spec = source.and_then(|source| parse(&source).ok());
        spec.map_or(Self::Broken, |spec| Self::Known(references(&spec)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use errbook_spec::place::Source;
    use tempfile::TempDir;

    use super::*;

    fn spec(vendor: &str, codes: &str) -> String {
        format!(
            "schema = 1\nvendor = \"{vendor}\"\nlocale = \"en\"\n[[set]]\nname = \"Code\"\n{codes}"
        )
    }

    fn code(variant: &str, more: &str) -> String {
        format!("[[set.code]]\ncode = \"1\"\nvariant = \"{variant}\"\n{more}\n")
    }

    /// A code may be replaced by one of another vendor, which must be in the registry.
    #[test]
    fn a_code_of_another_vendor_that_replaces_one_exists() {
        let folder = TempDir::new().unwrap();
        let write = |file: &str, text: &str| {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let config = "schema = 1\nname = \"shop\"\nvendors = \"vendors\"\n";
        write("errbook.toml", config);
        write("vendors/lock/spec.toml", &spec("lock", &code("Jammed", "")));
        write("vendors/lock/overlay.toml", "");
        write("vendors/broken/spec.toml", "schema = 1\n");
        write("vendors/broken/overlay.toml", "");
        let workspace = Workspace::open(folder.path()).unwrap();
        let parse = |text: &str| parse(&Source::new("spec.toml", text)).unwrap();
        let gate = parse(&spec("gate", &code("Open", "")));
        let reported = |reference: &str| {
            let more = format!("status = \"retired\"\nreplaced-by = \"{reference}\"");
            let door = parse(&spec("door", &code("Shut", &more)));
            let mut problems = Problems::default();
            check_threads(&[&door, &gate], &workspace, &mut problems);
            problems.to_string()
        };
        for reference in ["lock/Code.1", "gate/Code.1", "Code.1", "broken/Code.9"] {
            assert_eq!(reported(reference), "", "{reference}");
        }
        for (reference, problem) in [
            (
                "lock/Code.2",
                "`Code.2` is not a code of lock; did you mean `Code.1`?",
            ),
            ("gate/Code.2", "`Code.2` is not a code of gate"),
            (
                "look/Code.1",
                "`look` is not a vendor of this registry; did you mean `lock`?",
            ),
        ] {
            let problems = reported(reference);
            assert!(problems.contains(problem), "{reference}: {problems}");
        }
    }
}
