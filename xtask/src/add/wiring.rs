//! Adds a vendor to the crate that ships the registry: its module, its feature and the list of
//! modules.

use errbook_spec::Spec;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::config::{Kinds, relative};
use crate::coverage;
use crate::manifest::Manifest;
use crate::module::{self, module_name};
use crate::shipped;
use crate::workspace::Workspace;

/// The start of the list of modules in the library.
const MODULE_LIST: &str = "vendors! {\n";

/// The files outside its folder that a new vendor changes, with their new contents.
#[derive(Debug, Clone)]
pub struct Wiring(Vec<(String, String)>);

impl Wiring {
    /// Computes the changes for a vendor. Empty if the registry has no crate.
    ///
    /// # Errors
    ///
    /// A file of the crate cannot be read or does not have the expected form.
    pub fn new(workspace: &Workspace, spec: &Spec) -> Result<Self, Problems> {
        let Some(package) = &workspace.config().package else {
            return Ok(Self(Vec::new()));
        };
        let manifest_file = package.manifest();
        let list_file = package.list();
        let mut problems = Problems::default();
        let manifest = workspace.read(&manifest_file, &mut problems);
        let list = workspace.read(&list_file, &mut problems);
        let Some((manifest, list)) = manifest.zip(list) else {
            return Err(problems);
        };
        let vendor = spec.vendor.as_str();
        let mut manifest = Manifest::parse(&manifest)?;
        let features = manifest.features();
        manifest
            .add_default_feature(vendor)
            .ok_or_else(|| unexpected_form(&manifest_file, vendor))?;
        let list =
            add_module(list.text(), vendor).ok_or_else(|| unexpected_form(&list_file, vendor))?;
        let spec_file = relative(&workspace.spec_file(vendor), &package.path);
        let kinds = workspace.config().kinds.as_ref();
        if kinds == Some(&Kinds::Shared) {
            manifest.add_dependency(shipped::PACKAGE, &shipped::version()?, &[]);
        }
        let languages = &workspace.config().languages;
        let languages = languages_of_module(spec, &features, languages);
        // Other crates reach errbook through the root of this one.
        let is_root = list_file.ends_with("src/lib.rs") && list.contains("pub use errbook;");
        let options = render_paths(spec, kinds, is_root);
        let module =
            format!("errbook::include_spec! {{\n    \"{spec_file}\",\n{options}{languages}}}\n");
        let files = [
            (manifest_file, manifest.text()),
            (list_file, list),
            (package.module(&module_name(vendor)), module),
        ];
        Ok(Self(files.into()))
    }

    /// The files and their contents.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str()))
    }
}

/// Why a vendor cannot have this name in the crate: its module or its feature already exists or is
/// reserved. `None` if the name is free.
///
/// # Errors
///
/// The crate's manifest cannot be read.
pub fn name_conflict(vendor: &str, workspace: &Workspace) -> Result<Option<String>, Problems> {
    let module = module_name(vendor);
    if !errbook_spec::is_name(&module) {
        return Ok(Some(format!(
            "its module would be named `{module}`, which is a Rust keyword"
        )));
    }
    if ["alloc", "by_kind", "core", "errbook", "lib", "main", "std"].contains(&module.as_str()) {
        return Ok(Some(format!("the crate already uses the name `{module}`")));
    }
    let languages = &workspace.config().languages;
    if languages.iter().any(|tag| tag == vendor) {
        return Ok(Some(format!("`{vendor}` is a language of this registry")));
    }
    let package = workspace.config().package.as_ref();
    let Some(package) = package.filter(|_| !workspace.has(&workspace.vendor_folder(vendor))) else {
        return Ok(None);
    };
    let mut problems = Problems::default();
    let manifest = workspace.read(&package.manifest(), &mut problems);
    let manifest = Manifest::parse(&manifest.ok_or(problems)?)?;
    let is_vendor = |feature: &String| feature == vendor;
    if manifest.features().iter().any(is_vendor) {
        return Ok(Some(format!("the crate already has a feature `{vendor}`")));
    }
    let file = package.module(&module);
    Ok(workspace
        .has(&file)
        .then(|| format!("{} already exists", workspace.shown(&file))))
}

fn unexpected_form(file: &str, vendor: &str) -> Problems {
    let mut problems = Problems::default();
    let help = format!(
        "add the module `{}` and the feature `{vendor}` by hand, like those of the other vendors",
        module_name(vendor)
    );
    problems.push_with_help(
        &Place::file(file),
        "this file does not have the expected form",
        help,
    );
    problems
}

/// Adds a module to the list, which is sorted by name.
fn add_module(library: &str, vendor: &str) -> Option<String> {
    let module = module_name(vendor);
    let line = format!("    {module} = \"{vendor}\";\n");
    if library.contains(&line) {
        return Some(library.to_owned());
    }
    let begin = library.find(MODULE_LIST)? + MODULE_LIST.len();
    // The line that begins the list may be followed by the one that ends it.
    let end = begin + library[begin - 1..].find("\n}")?;
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

/// The languages of a module, as they are written there. A language that is a feature of the crate is
/// included only with that feature. The first is the fallback, and cannot be a feature: the main
/// language of the registry if the spec has it, or else the vendor's own.
fn languages_of_module(spec: &Spec, features: &[String], languages: &[String]) -> String {
    let own = &spec.locale.value;
    let found = coverage::languages(std::iter::once(spec), &[]);
    let listed = languages.iter().filter(|tag| found.contains(*tag));
    let others = found.iter().filter(|tag| *tag != own);
    let mut tags: Vec<&String> = listed.collect();
    for tag in std::iter::once(own).chain(others) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let is_feature = |tag: &String| features.contains(tag);
    let first = tags.iter().position(|tag| !is_feature(tag));
    let own = tags.iter().position(|tag| *tag == own);
    if let Some(first) = first.or(own) {
        let first = tags.remove(first);
        tags.insert(0, first);
    }
    let first = tags.iter().take(1).map(|tag| tag.replace('-', "_"));
    let others = tags.iter().skip(1).map(|tag| module::entry(tag, features));
    let locales: Vec<String> = first.chain(others).collect();
    let locales = locales.join(", ");
    // A feature such as `default-en` chooses the language of `Display`.
    let default = tags.iter().filter_map(|tag| {
        let feature = format!("default-{tag}");
        let ident = tag.replace('-', "_");
        let is_feature = features.contains(&feature);
        is_feature.then(|| format!("#[cfg(feature = \"{feature}\")] {ident}"))
    });
    let default: Vec<String> = default.collect();
    if default.is_empty() {
        return format!("    locales = [{locales}],\n");
    }
    let default = default.join(", ");
    format!("    locales = [{locales}],\n    default = [{default}],\n")
}

/// The options of a module that contain paths. The kinds are commented out as long as a code has
/// none, because then they would not compile. A module of the root of a crate exports its spec, so
/// that other crates can override facts, unless the kinds are in a crate that these may not have.
fn render_paths(spec: &Spec, kinds: Option<&Kinds>, is_root: bool) -> String {
    let mut codes = spec.sets.iter().flat_map(|set| &set.codes);
    let all_have_kinds = spec.kinds.is_some() && codes.all(|code| code.kind.is_some());
    let comment = if all_have_kinds { "" } else { "// " };
    let path = kinds.map(|kinds| match kinds {
        Kinds::File(_) if is_root => "crate::Kind".to_owned(),
        _ => kinds.rust_path(),
    });
    let kinds_line = path.map(|path| format!("    {comment}kinds = {path},\n"));
    let kinds_line = kinds_line.unwrap_or_default();
    if !is_root || kinds == Some(&Kinds::Shared) {
        return kinds_line;
    }
    let module = module_name(&spec.vendor);
    format!("{kinds_line}    crate = crate::errbook,\n    export = {module}_spec,\n")
}
