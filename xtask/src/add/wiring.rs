//! The crate that carries the registry, with one vendor more: a module, a feature, and where both are told of.

use errbook_spec::Spec;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use toml_edit::{Array, DocumentMut, value};

use crate::workspace::Workspace;

const MANIFEST: &str = "codes/Cargo.toml";
const LIBRARY: &str = "codes/src/lib.rs";
/// What the list of modules begins with.
const LIST: &str = "\nvendors! {\n";
/// The languages that are features of the crate.
const FEATURES: [&str; 2] = ["en", "ja"];

/// The files that a new vendor changes beside its folder, with their new texts.
#[derive(Debug, Clone)]
pub struct Wiring(Vec<(String, String)>);

impl Wiring {
    /// What has to change for a vendor; nothing where the workspace has no crate of the registry.
    ///
    /// # Errors
    ///
    /// The crate is not written as this expects.
    pub fn new(workspace: &Workspace, spec: &Spec) -> Result<Self, Problems> {
        if !workspace.has(MANIFEST) {
            return Ok(Self(Vec::new()));
        }
        let mut problems = Problems::default();
        let manifest = workspace.read(MANIFEST, &mut problems);
        let Some((manifest, library)) = manifest.zip(workspace.read(LIBRARY, &mut problems)) else {
            return Err(problems);
        };
        let vendor = spec.vendor.as_str();
        let files = [
            (
                MANIFEST.to_owned(),
                with_feature(manifest.text(), vendor)
                    .ok_or_else(|| unexpected(MANIFEST, vendor))?,
            ),
            (
                LIBRARY.to_owned(),
                with_module(library.text(), vendor).ok_or_else(|| unexpected(LIBRARY, vendor))?,
            ),
            (format!("codes/src/{}.rs", module(vendor)), include(spec)),
        ];
        Ok(Self(files.into()))
    }

    /// The files and their texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str()))
    }
}

/// Why a vendor cannot have this name in the crate: its module or its feature would be somebody else's.
///
/// # Errors
///
/// The crate's manifest cannot be read.
pub fn taken(vendor: &str, workspace: &Workspace) -> Result<Option<String>, Problems> {
    let module = module(vendor);
    if !errbook_spec::is_name(&module) {
        return Ok(Some(format!(
            "`{module}` is a keyword of Rust, and would be its module"
        )));
    }
    if ["alloc", "by_kind", "core", "errbook", "std"].contains(&module.as_str()) {
        return Ok(Some(format!(
            "`{module}` is a name that the crate uses already"
        )));
    }
    if workspace.has(&format!("codes/vendors/{vendor}")) || !workspace.has(MANIFEST) {
        return Ok(None);
    }
    let mut problems = Problems::default();
    let manifest = workspace.read(MANIFEST, &mut problems).ok_or(problems)?;
    let document: Option<DocumentMut> = manifest.text().parse().ok();
    let has_feature = document.is_some_and(|document| {
        document
            .get("features")
            .and_then(|features| features.as_table()?.get(vendor))
            .is_some()
    });
    if has_feature {
        return Ok(Some(format!(
            "`{vendor}` is a feature of the crate already"
        )));
    }
    let file = format!("codes/src/{module}.rs");
    Ok(workspace
        .has(&file)
        .then(|| format!("{file} is there already")))
}

/// The module of a vendor.
#[must_use]
pub fn module(vendor: &str) -> String {
    vendor.replace('-', "_")
}

fn unexpected(file: &str, vendor: &str) -> Problems {
    let mut problems = Problems::default();
    let help = format!(
        "add the module `{}` and the feature `{vendor}` by hand, as the other vendors have them",
        module(vendor)
    );
    problems.push_with_help(
        &Place::file(file),
        "this file is not written as it is expected to be",
        help,
    );
    problems
}

fn with_feature(manifest: &str, vendor: &str) -> Option<String> {
    let mut document: DocumentMut = manifest.parse().ok()?;
    let features = document.get_mut("features")?.as_table_mut()?;
    if features.contains_key(vendor) {
        return Some(manifest.to_owned());
    }
    let default = features.get_mut("default")?.as_array_mut()?;
    default.push(vendor);
    features.insert(vendor, value(Array::new()));
    Some(document.to_string())
}

/// The list of modules is in their order.
fn with_module(library: &str, vendor: &str) -> Option<String> {
    let module = module(vendor);
    let line = format!("    {module} = \"{vendor}\";\n");
    if library.contains(&line) {
        return Some(library.to_owned());
    }
    let begin = library.find(LIST)? + LIST.len();
    let end = begin + library[begin..].find("\n}")? + 1;
    let mut entries: Vec<&str> = library[begin..end].split_inclusive(";\n").collect();
    let name = |entry: &str| {
        let line = entry
            .lines()
            .map(str::trim)
            .find(|line| !line.starts_with("///"));
        line.and_then(|line| line.split_once(" = "))
            .map(|(name, _)| name.to_owned())
    };
    let at = entries
        .iter()
        .position(|entry| name(entry).is_some_and(|name| name > module))
        .unwrap_or(entries.len());
    let entry = format!("    /// The error codes of `{vendor}`.\n{line}");
    entries.insert(at, &entry);
    Some(format!(
        "{}{}{}",
        &library[..begin],
        entries.concat(),
        &library[end..]
    ))
}

/// A language that is a feature of the crate is there only with the feature; the vendor's own always is.
fn include(spec: &Spec) -> String {
    let texts = || {
        spec.sets
            .iter()
            .flat_map(|set| &set.codes)
            .flat_map(|code| code.message.keys().chain(code.remedy.keys()))
    };
    let mut others: Vec<_> = texts()
        .filter(|tag| **tag != spec.locale.value)
        .cloned()
        .collect();
    others.sort();
    others.dedup();
    let own = std::iter::once(ident(&spec.locale));
    let others = others.iter().map(|tag| {
        let is_feature = FEATURES.contains(&tag.as_str());
        if is_feature {
            format!("#[cfg(feature = \"{tag}\")] {}", ident(tag))
        } else {
            ident(tag)
        }
    });
    let locales: Vec<_> = own.chain(others).collect();
    format!(
        "errbook::include_spec! {{\n    \"vendors/{}/spec.toml\",\n    locales = [{}],\n}}\n",
        spec.vendor.as_str(),
        locales.join(", ")
    )
}

fn ident(tag: &str) -> String {
    tag.replace('-', "_")
}
