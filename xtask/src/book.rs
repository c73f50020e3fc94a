//! The data of a registry: the specs of its vendors and its kinds, from its files, from files
//! without a registry, or from the tool itself.

use std::path::PathBuf;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Code, Set, Spec};

use crate::config::Site;
use crate::program::program;
use crate::shipped;
use crate::workspace::{self, Workspace};

/// The specs of the vendors and the kinds of a registry, and those of the registries that it
/// includes.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// What the registry is called; `None` for specs that belong to none.
    pub registry: Option<String>,
    /// What its pages say.
    pub site: Site,
    /// Its languages, the fallback first.
    pub languages: Vec<String>,
    /// The specs of the vendors.
    pub specs: Vec<Spec>,
    /// The taxonomy: the spec that defines the kinds.
    pub kinds: Option<Spec>,
    /// The name that Rust code knows the crate of these vendors by, if there is one.
    pub crate_name: Option<String>,
    /// The path of the modules of these vendors in Rust, if there are any.
    pub modules: Option<String>,
    /// The version of the registry, if it has one.
    pub version: Option<String>,
    /// The registries that this one includes. Their vendors have other names.
    pub included: Vec<Book>,
}

impl Book {
    /// Reads the specs of these vendors from a workspace.
    ///
    /// # Errors
    ///
    /// Specs that are missing or invalid.
    pub fn read(workspace: &Workspace, vendors: &[String]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let files = vendors.iter().map(|name| (workspace.spec_file(name), name));
        let mut specs = Vec::new();
        for (file, name) in files {
            if workspace.has(&file) {
                specs.extend(read_spec(workspace, &file, &mut problems));
            } else {
                let place = Place::file(&file);
                let help = format!("run `{} regen {name} --new`", program());
                problems.push_with_help(&place, "there is no such file", help);
            }
        }
        let kinds = workspace.kinds().unwrap_or_else(|other| {
            problems.extend(other);
            None
        });
        problems.finish(Self {
            registry: Some(workspace.config().name.clone()),
            site: workspace.config().site.clone(),
            languages: workspace.config().languages.clone(),
            specs,
            kinds,
            crate_name: workspace.crate_name(),
            modules: workspace.modules(),
            version: workspace.version(),
            included: Vec::new(),
        })
    }

    /// Reads specs from files; if the list is not empty, only those of these vendors.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is not a spec; an unknown vendor.
    pub fn of_files(files: &[PathBuf], vendors: &[String]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut specs = Vec::new();
        for file in files {
            let spec = workspace::source(file).and_then(|source| spec::parse(&source));
            match spec {
                Ok(spec) => specs.push(spec),
                Err(other) => problems.extend(other),
            }
        }
        let specs = problems.finish(specs)?;
        let names = specs.iter().map(|spec| spec.vendor.value.clone());
        let chosen = workspace::select("--spec", names.collect(), vendors)?;
        let is_chosen = |spec: &Spec| chosen.contains(&spec.vendor.value);
        Ok(Self {
            specs: specs.into_iter().filter(is_chosen).collect(),
            ..Self::default()
        })
    }

    /// Reads the specs of these vendors from the registry that the tool carries.
    ///
    /// # Errors
    ///
    /// See [`shipped::spec`].
    pub fn shipped(vendors: &[String]) -> Result<Self, Problems> {
        let specs: Result<_, _> = vendors.iter().map(|name| shipped::spec(name)).collect();
        Ok(Self {
            registry: Some(shipped::NAME.to_owned()),
            specs: specs?,
            kinds: Some(spec::parse(&shipped::kinds()?)?),
            crate_name: Some(shipped::crate_name()),
            modules: Some(shipped::crate_name()),
            version: Some(shipped::version()?),
            ..Self::default()
        })
    }

    /// The registry itself, then those that it includes.
    pub fn registries(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.included)
    }

    /// The registry that a spec of this book is from.
    #[must_use]
    pub fn registry_of(&self, spec: &Spec) -> &Self {
        let spec: *const Spec = spec;
        let is_it = |book: &&Self| book.specs.as_ptr_range().contains(&spec);
        self.registries().find(is_it).unwrap_or(self)
    }

    /// What the registry of a spec is called, if there are several.
    #[must_use]
    pub fn mark(&self, spec: &Spec) -> Option<&str> {
        let registry = self.registry_of(spec).registry.as_deref();
        registry.filter(|_| !self.included.is_empty())
    }

    /// Every vendor.
    pub fn vendors(&self) -> impl Iterator<Item = &Spec> {
        self.registries().flat_map(|registry| &registry.specs)
    }

    /// Every code with its set and its vendor.
    pub fn codes(&self) -> impl Iterator<Item = (&Spec, &Set, &Code)> {
        self.sets()
            .flat_map(|(spec, set)| set.codes.iter().map(move |code| (spec, set, code)))
    }

    /// Every set with its vendor.
    pub fn sets(&self) -> impl Iterator<Item = (&Spec, &Set)> {
        self.vendors()
            .flat_map(|spec| spec.sets.iter().map(move |set| (spec, set)))
    }

    /// The entry of a kind in the taxonomy of this registry.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Code> {
        let codes = self
            .kinds
            .iter()
            .flat_map(|kinds| &kinds.sets)
            .flat_map(|set| &set.codes);
        codes.into_iter().find(|code| code.code.value == name)
    }
}

fn read_spec(workspace: &Workspace, file: &str, problems: &mut Problems) -> Option<Spec> {
    let source = workspace.read(file, problems)?;
    spec::parse(&source)
        .map_err(|other| problems.extend(other))
        .ok()
}
