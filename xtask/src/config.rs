//! errbook.toml in, what a registry is called and where its files are out.

use std::collections::BTreeMap;

use errbook_ingest::lexicon::{Concept, WordError, WordLists, Words, languages};
use errbook_spec::canonical_tag;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::{Problems, did_you_mean, nearest};
use serde::Deserialize;
use toml::de::DeTable;

use crate::manifest;
use crate::shipped;
use crate::text::check_language_tag;

/// The name of the file that makes a folder a registry.
pub const FILE: &str = "errbook.toml";

/// The only version of the format.
const SCHEMA: i64 = 1;

/// What errbook.toml says. Paths are relative to its folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    schema: i64,
    /// What the registry is called on its page and in exports.
    pub name: String,
    /// The folder with a subfolder for each vendor.
    #[serde(default = "vendors")]
    pub vendors: String,
    /// The taxonomy, if the registry has one.
    pub kinds: Option<Kinds>,
    /// The page that `kinds` writes: which codes of each vendor have which kind.
    #[serde(rename = "kinds-page")]
    pub kinds_page: Option<String>,
    /// The languages in which every text must exist, the main one first; empty if nothing is demanded.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The registries that `explain` and the site know in addition to this one.
    #[serde(default)]
    pub include: Vec<String>,
    /// The crate that carries the registry, if there is one.
    #[serde(rename = "crate")]
    pub package: Option<Package>,
    /// What a release reads and writes.
    #[serde(default)]
    pub release: Release,
    /// What the pages that `site` writes say.
    #[serde(default)]
    pub site: Site,
    #[serde(default)]
    lexicon: WordLists,
    /// The words that documents are read by: `[lexicon]` adds some.
    #[serde(skip)]
    pub words: Words,
}

/// `[site]`: what the pages of the registry say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// The title of the pages, if it is not the name of the registry.
    pub title: Option<String>,
    /// The address that the site is published at. It ends with a slash.
    pub url: Option<String>,
    /// Queries to begin with, which the first page offers.
    pub examples: Option<Vec<String>>,
}

/// `kinds`: the taxonomy of a registry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Kinds {
    /// The one that errbook ships, which registries share.
    Shared,
    /// A file of the registry's own.
    File(String),
}

impl From<String> for Kinds {
    fn from(text: String) -> Self {
        if text == shipped::NAME {
            Self::Shared
        } else {
            Self::File(text)
        }
    }
}

impl Kinds {
    /// What errbook.toml says.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file().unwrap_or(shipped::NAME)
    }

    /// Its file, if it is the registry's own.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Shared => None,
            Self::File(file) => Some(file),
        }
    }

    /// The path of its enum in Rust, as seen from the module of a vendor.
    #[must_use]
    pub fn rust_path(&self) -> String {
        match self {
            Self::Shared => format!("{}::Kind", shipped::crate_name()),
            Self::File(_) => "super::Kind".to_owned(),
        }
    }
}

/// `[crate]`: the Rust crate that carries the registry. The methods give its files relative to the
/// folder of errbook.toml.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Package {
    /// The folder of its Cargo.toml.
    pub path: String,
    /// The folder of its modules.
    modules: String,
    /// The file that lists them.
    list: String,
}

impl Default for Package {
    fn default() -> Self {
        Self {
            path: ".".to_owned(),
            modules: "src".to_owned(),
            list: "src/lib.rs".to_owned(),
        }
    }
}

impl Package {
    /// Its Cargo.toml.
    #[must_use]
    pub fn manifest(&self) -> String {
        self.file(manifest::FILE)
    }

    /// The file of a module; the modules are those of the vendors.
    #[must_use]
    pub fn module(&self, name: &str) -> String {
        self.file(&format!("{}/{name}.rs", self.modules))
    }

    /// The folder of its modules.
    #[must_use]
    pub fn modules_folder(&self) -> String {
        self.file(&self.modules)
    }

    /// The file that lists the modules, in `vendors! { … }`.
    #[must_use]
    pub fn list(&self) -> String {
        self.file(&self.list)
    }

    /// Whether the modules are those of a library itself.
    #[must_use]
    pub fn is_library(&self) -> bool {
        self.list.ends_with("lib.rs")
    }

    /// The modules that those of the vendors are in, from the root of the crate: `codes` of
    /// src/codes/mod.rs and of src/codes.rs.
    #[must_use]
    pub fn modules_within(&self) -> Vec<String> {
        let list = self.list.strip_prefix("src/").unwrap_or(&self.list);
        let mut parts: Vec<&str> = list.split('/').collect();
        match parts.pop() {
            Some("mod.rs") => {}
            Some("lib.rs" | "main.rs") | None => parts.clear(),
            Some(file) => parts.push(file.strip_suffix(".rs").unwrap_or(file)),
        }
        parts.into_iter().map(str::to_owned).collect()
    }

    /// A file of the crate.
    pub(crate) fn file(&self, name: &str) -> String {
        relative(&format!("{}/{name}", self.path), ".")
    }
}

/// `[release]`: the files of a release.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Release {
    /// The Cargo.toml with the version of the registry, in `[package]` or `[workspace.package]`.
    pub version: String,
    /// The folder of what the last release promises.
    pub promises: String,
    /// The changelogs by language; a language without one has no changelog.
    pub changelog: BTreeMap<String, String>,
}

impl Default for Release {
    fn default() -> Self {
        Self {
            version: "Cargo.toml".to_owned(),
            promises: "released".to_owned(),
            changelog: BTreeMap::new(),
        }
    }
}

fn vendors() -> String {
    "vendors".to_owned()
}

impl Config {
    /// The file of the taxonomy, if it is the registry's own: what is shared is neither compared nor
    /// released here.
    #[must_use]
    pub fn own_kinds(&self) -> Option<&str> {
        self.kinds.as_ref().and_then(Kinds::file)
    }

    /// Parses errbook.toml.
    ///
    /// # Errors
    ///
    /// A key that is unknown, missing or of another type; a schema, a name or a language tag that
    /// is not valid; a path that is empty or absolute; an included registry that is unknown; a
    /// site whose title is empty or whose address is not one on the web; a word that cannot be added to
    /// the lexicon.
    pub fn parse(source: &Source) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let Some(mut config) = Self::read(source, &mut problems) else {
            problems.sort();
            return Err(problems);
        };
        config.check(source, &mut problems);
        match Words::new(&config.lexicon) {
            Ok(words) => config.words = words,
            Err(error) => report_word(source, &error, &mut problems),
        }
        if let Some(url) = config.site.url.as_mut().filter(|url| !url.ends_with('/')) {
            url.push('/');
        }
        problems.finish(config)
    }

    /// Reads the keys. serde stops at the first mistake, so each line with one is blanked, and the rest
    /// is read again; `None` if that is not enough.
    fn read(source: &Source, problems: &mut Problems) -> Option<Self> {
        let help = "the keys of errbook.toml are described in the guide";
        let mut text = source.text().to_owned();
        loop {
            let error = match toml::from_str::<Self>(&text) {
                Ok(config) => return Some(config),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_default();
            let is_consequence = error.message().starts_with("missing field");
            if !is_consequence || problems.is_empty() {
                let message = with_nearest(error.message());
                problems.push_with_help(&source.place(&span), message, help);
            }
            if text.parse::<toml::Table>().is_err() || !blank_line(&mut text, span.start) {
                return None;
            }
        }
    }

    fn check(&self, source: &Source, problems: &mut Problems) {
        let place = |key: &str| key_place(source, key);
        if self.schema != SCHEMA {
            let message = format!("unknown schema {}", self.schema);
            problems.push_with_help(&place("schema"), message, "write `schema = 1`");
        }
        if self.name.trim().is_empty() {
            let help = "write what the registry is called, such as `name = \"acme\"`";
            problems.push_with_help(&place("name"), "the name is empty", help);
        }
        for (at, tag) in self.languages.iter().enumerate() {
            check_language_tag(tag, &place("languages"), problems);
            if self.languages[..at].contains(tag) {
                let message = format!("the language `{tag}` is listed twice");
                problems.push_with_help(&place("languages"), message, "remove one of the two");
            }
        }
        self.check_site(&place, problems);
        for name in self.include.iter().filter(|name| *name != shipped::NAME) {
            let message = format!("unknown registry `{name}`");
            let help = format!(
                "write `include = [\"{}\"]`: no other can be included",
                shipped::NAME
            );
            problems.push_with_help(&place("include"), message, help);
        }
        let Release {
            version,
            promises,
            changelog,
        } = &self.release;
        let package = self.package.clone().unwrap_or_default();
        let own_kinds = self.own_kinds().map(str::to_owned);
        let paths = [
            ("vendors", Some(&self.vendors)),
            ("kinds", own_kinds.as_ref()),
            ("kinds-page", self.kinds_page.as_ref()),
            ("crate.path", Some(&package.path)),
            ("crate.modules", Some(&package.modules)),
            ("crate.list", Some(&package.list)),
            ("release.version", Some(version)),
            ("release.promises", Some(promises)),
        ];
        for (key, path) in paths {
            if path.is_some_and(|path| !is_relative(path)) {
                let help = "write a path that is relative to the folder of errbook.toml";
                let (_, own) = key.rsplit_once('.').unwrap_or(("", key));
                problems.push_with_help(&place(key), format!("`{own}` is not a path"), help);
            }
        }
        for (tag, file) in changelog {
            if canonical_tag(tag).as_ref() != Some(tag) || !is_relative(file) {
                let help = "write a language tag and a path, such as `{ en = \"CHANGELOG.md\" }`";
                let message = format!("`{tag} = \"{file}\"` is not a changelog");
                problems.push_with_help(&place("release.changelog"), message, help);
            }
        }
    }

    fn check_site(&self, place: &dyn Fn(&str) -> Place, problems: &mut Problems) {
        let Site {
            title,
            url,
            examples,
        } = &self.site;
        if title.as_ref().is_some_and(|title| title.trim().is_empty()) {
            let help = "write the title of the pages, or remove the key: it is then the name";
            problems.push_with_help(&place("site.title"), "the title is empty", help);
        }
        if let Some(url) = url.as_ref().filter(|url| !is_web_address(url)) {
            let help = "write where the site is published, such as `https://errors.acme.example/`";
            problems.push_with_help(&place("site.url"), format!("`{url}` is not a URL"), help);
        }
        let mut examples = examples.iter().flatten();
        if examples.any(|example| example.trim().is_empty()) {
            problems.push_with_help(&place("site.examples"), "an example is empty", "remove it");
        }
    }
}

/// Whether a text is the address of a folder on the web, without a query and a fragment.
fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let is_plain = |letter: char| letter.is_ascii_graphic() && !"\"'<>\\^`{|}?#".contains(letter);
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        host.starts_with(char::is_alphanumeric) && rest.chars().all(is_plain)
    })
}

fn is_relative(path: &str) -> bool {
    !path.trim().is_empty() && !path.starts_with(['/', '\\']) && !path.contains(['\\', ':', '\0'])
}

/// The message of serde for an unknown key, with the key that is most similar.
fn with_nearest(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names
        .next()
        .filter(|_| message.starts_with("unknown field"));
    let near = wrong.map(|wrong| did_you_mean(wrong, names));
    format!("{message}{}", near.unwrap_or_default())
}

/// Replaces the line with a key and its value by spaces, so that other offsets stay; false if there
/// is no such line, or the value goes on in the next one.
fn blank_line(text: &mut String, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    let line = &text[start..end];
    if line.trim().is_empty() || line.parse::<toml::Table>().is_err() || !line.contains('=') {
        return false;
    }
    text.replace_range(start..end, &" ".repeat(end - start));
    true
}

/// Reports a word of `[lexicon]` that cannot be added.
fn report_word(source: &Source, error: &WordError, problems: &mut Problems) {
    let list = |names: &[&str]| format!("write one of {}", names.join(", "));
    let unknown = |what: &str, name: &str, known: &[&str]| {
        let near = nearest(name, known.iter().copied());
        let near = near.map(|near| format!("; did you mean `{near}`?"));
        format!("unknown {what} `{name}`{}", near.unwrap_or_default())
    };
    let (path, message, help) = match error {
        WordError::Language(language) => {
            let known: Vec<_> = languages().collect();
            let message = unknown("language", language, &known);
            (format!("lexicon.{language}"), message, list(&known))
        }
        WordError::Concept { language, concept } => {
            let known: Vec<_> = Concept::ALL.iter().map(|concept| concept.key()).collect();
            let message = unknown("concept", concept, &known);
            (
                format!("lexicon.{language}.{concept}"),
                message,
                list(&known),
            )
        }
        WordError::Word {
            language,
            concept,
            message,
        } => {
            let help = "write a word or a few: `\"reason no\"`, `\"fault(s)\"`, `\"fail*\"`";
            let path = format!("lexicon.{language}.{concept}");
            (path, message.clone(), help.to_owned())
        }
    };
    problems.push_with_help(&key_place(source, &path), message, help);
}

/// The place of a key, given with the tables that it is in: `release.version`. If it is missing, that
/// of the innermost table that is there.
pub(crate) fn key_place(source: &Source, path: &str) -> Place {
    let Ok(root) = DeTable::parse(source.text()) else {
        return Place::file(source.name());
    };
    let mut found = None;
    let mut table = Some(root.get_ref());
    for part in path.split('.') {
        let Some((key, value)) = table.and_then(|table| table.get_key_value(part)) else {
            break;
        };
        found = Some(key.span());
        table = value.get_ref().as_table();
    }
    found.map_or_else(|| Place::file(source.name()), |span| source.place(&span))
}

/// A path below one folder, as seen from another; both are relative to the same folder.
///
/// ```
/// use errbook_cli::config::relative;
///
/// assert_eq!(relative("vendors/acme", "."), "vendors/acme");
/// assert_eq!(relative("vendors/acme", "crates/codes"), "../../vendors/acme");
/// assert_eq!(relative("codes/vendors", "codes"), "vendors");
/// ```
#[must_use]
pub fn relative(path: &str, from: &str) -> String {
    let parts = |path: &'_ str| -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
            let goes_back = part == ".." && parts.last().is_some_and(|last| last != "..");
            if goes_back {
                parts.pop();
            } else {
                parts.push(part.to_owned());
            }
        }
        parts
    };
    let path = parts(path);
    let from = parts(from);
    let same = path.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let back = std::iter::repeat_n("..", from.len() - same);
    let rest = path[same..].iter().map(String::as_str);
    back.chain(rest).collect::<Vec<_>>().join("/")
}
