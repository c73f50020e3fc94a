//! A Cargo.toml: what the tool reads of it and changes in it. The rest stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, value};

/// Its name.
pub const FILE: &str = "Cargo.toml";

/// A Cargo.toml.
#[derive(Debug, Clone)]
pub struct Manifest(DocumentMut);

/// Where a version may be: that of one package, or of all packages of a workspace.
const VERSION_TABLES: [&[&str]; 2] = [&["package"], &["workspace", "package"]];

impl Manifest {
    /// Parses a Cargo.toml.
    ///
    /// # Errors
    ///
    /// It is not TOML.
    ///
    /// ```
    /// use errbook_cli::manifest::Manifest;
    /// use errbook_spec::place::Source;
    ///
    /// let text = "[package]\nname = \"acme-codes\"\nversion = \"1.2.3\" # released\n";
    /// let mut manifest = Manifest::parse(&Source::new("Cargo.toml", text))?;
    /// assert_eq!(manifest.package(), Some("acme-codes"));
    /// manifest.set_version("1.3.0");
    /// assert_eq!(manifest.text(), text.replace("1.2.3", "1.3.0"));
    /// # Ok::<(), errbook_spec::problem::Problems>(())
    /// ```
    pub fn parse(source: &Source) -> Result<Self, Problems> {
        let parsed: Result<DocumentMut, toml_edit::TomlError> = source.text().parse();
        parsed.map(Self).map_err(|error| {
            let place = error.span().map(|span| source.place(&span));
            let place = place.unwrap_or_else(|| Place::file(source.name()));
            let message = error.message().trim().to_owned();
            let mut problems = Problems::default();
            problems.push_with_help(&place, message, "correct the file, then run this again");
            problems
        })
    }

    /// Reads the Cargo.toml of a folder; `None` if there is none, or it cannot be read or parsed.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(FILE)).ok()?;
        text.parse().map(Self).ok()
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// The name of its package.
    #[must_use]
    pub fn package(&self) -> Option<&str> {
        self.item(&["package", "name"])?.as_str()
    }

    /// Whether it has a workspace.
    #[must_use]
    pub fn has_workspace(&self) -> bool {
        self.item(&["workspace"]).is_some()
    }

    /// The version of its package, or of all packages of its workspace.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.item(self.version_table()?)?.get("version")?.as_str()
    }

    /// The package that the version is of; `None` if it is of all packages of the workspace.
    #[must_use]
    pub fn versioned_package(&self) -> Option<&str> {
        let is_own = self.version_table() == Some(VERSION_TABLES[0]);
        self.package().filter(|_| is_own)
    }

    /// Sets the version, if it has one.
    pub fn set_version(&mut self, to: &str) {
        let Some(path) = self.version_table() else {
            return;
        };
        let table = path
            .iter()
            .try_fold(self.0.as_item_mut(), |item, key| item.get_mut(key));
        let version = table.and_then(|table| table.get_mut("version")?.as_value_mut());
        if let Some(version) = version {
            let decor = version.decor().clone();
            *version = to.into();
            *version.decor_mut() = decor;
        }
    }

    /// The names of its features.
    #[must_use]
    pub fn features(&self) -> Vec<String> {
        let features = self.item(&["features"]).and_then(Item::as_table_like);
        let names = features.into_iter().flat_map(TableLike::iter);
        names.map(|(name, _)| name.to_owned()).collect()
    }

    /// Adds a feature that is on by default; `None` if the features do not have the expected form.
    #[must_use]
    pub fn add_default_feature(&mut self, name: &str) -> Option<()> {
        let features = self.0.get_mut("features")?.as_table_mut()?;
        if !features.contains_key(name) {
            features.get_mut("default")?.as_array_mut()?.push(name);
            features.insert(name, value(Array::new()));
        }
        Some(())
    }

    /// Adds a feature that contains no other, if there is none with this name.
    pub fn add_feature(&mut self, name: &str) {
        if let Some(features) = self.table("features")
            && !features.contains_key(name)
        {
            features.insert(name, value(Array::new()));
        }
    }

    /// Adds a dependency with these features only, if there is none with this name.
    pub fn add_dependency(&mut self, name: &str, version: &str, features: &[&str]) {
        if let Some(dependencies) = self.table("dependencies")
            && !dependencies.contains_key(name)
        {
            let mut dependency = InlineTable::new();
            dependency.insert("version", version.into());
            dependency.insert("default-features", false.into());
            if !features.is_empty() {
                let features: Array = features.iter().copied().collect();
                dependency.insert("features", features.into());
            }
            dependencies.insert(name, value(dependency));
        }
    }

    /// The folders of the members of its workspace, of which this is the folder.
    #[must_use]
    pub fn member_folders(&self, root: &Path) -> Vec<PathBuf> {
        let folders = |pattern: &str| match pattern.strip_suffix("/*") {
            Some(parent) => subfolders(&root.join(parent)),
            None => vec![root.join(pattern)],
        };
        self.patterns("members").flat_map(folders).collect()
    }

    /// Whether a folder is a member of its workspace, or is left out on purpose.
    #[must_use]
    pub fn decides_on(&self, folder: &str) -> bool {
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        let is_it = |pattern: &str| match pattern.strip_suffix("/*") {
            Some(above) => above == parent,
            None => pattern == folder,
        };
        self.patterns("members").any(is_it) || self.patterns("exclude").any(|out| out == folder)
    }

    /// Adds a member to its workspace; `None` if `members` is not an array.
    #[must_use]
    pub fn add_member(&mut self, folder: &str) -> Option<()> {
        let workspace = self.0.get_mut("workspace")?.as_table_like_mut()?;
        let members = workspace.entry("members").or_insert(value(Array::new()));
        members.as_array_mut()?.push(folder);
        Some(())
    }

    fn item(&self, path: &[&str]) -> Option<&Item> {
        path.iter()
            .try_fold(self.0.as_item(), |item, key| item.get(key))
    }

    /// The table with this name, which is added if it is missing.
    fn table(&mut self, name: &str) -> Option<&mut dyn TableLike> {
        let table = self.0.entry(name);
        let table = table.or_insert_with(|| Item::Table(Table::new()));
        table.as_table_like_mut()
    }

    fn version_table(&self) -> Option<&'static [&'static str]> {
        let has_version = |path: &&'static [&'static str]| {
            let version = self.item(path).and_then(|table| table.get("version"));
            version.is_some_and(Item::is_str)
        };
        VERSION_TABLES.into_iter().find(has_version)
    }

    fn patterns(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self.item(&["workspace", key]).and_then(Item::as_array);
        list.into_iter().flatten().filter_map(|item| item.as_str())
    }
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Manifest {
        Manifest::parse(&Source::new("Cargo.toml", text)).unwrap()
    }

    /// All members inherit the version of the workspace, also where its root is a package.
    #[test]
    fn a_version_is_of_one_package_or_of_the_workspace() {
        let inherited = "[package]\nname = \"root\"\nversion.workspace = true\n\
                         [workspace.package]\nversion = \"2.0.0\"\n";
        let mut manifest = parse(inherited);
        assert_eq!(manifest.version(), Some("2.0.0"));
        assert_eq!(manifest.versioned_package(), None);
        manifest.set_version("2.1.0");
        assert_eq!(manifest.text(), inherited.replace("2.0.0", "2.1.0"));
        let own = parse("[package]\nname = \"one\"\nversion = \"1.0.0\"\n");
        assert_eq!(own.versioned_package(), Some("one"));
        assert_eq!(parse("[workspace]\nmembers = []\n").version(), None);
    }
}
