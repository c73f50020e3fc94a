//! Views in, HTML pages out: each is one file that contains its style and its script.

use std::collections::BTreeMap;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash as Sha256;

use crate::coverage::{Coverage, languages};
use crate::explain::Book;
use crate::interface::Words;
use crate::release::ReleaseChanges;
use crate::search::Index as SearchIndex;
use crate::site::changes::{ReleaseView, views};
use crate::site::matrix::{KindView, kinds};
use crate::site::view::{FactPart, VendorView, vendor_view};

const STYLE: &str = include_str!("assets/errbook.css");
/// Sets language and color scheme before the page is rendered, so that it does not flicker.
const EARLY: &str = include_str!("assets/early.js");
/// The search, which the first page needs before the script.
const SEARCH: &str = include_str!("assets/search.js");
const SCRIPT: &str = include_str!("assets/errbook.js");

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path, relative to the folder of the site.
    pub name: String,
    /// Its HTML.
    pub text: String,
}

/// The parts that all pages share, for the base template.
struct Shell {
    title: String,
    /// The title of the site.
    site: String,
    /// The address of the page, if the site has one.
    canonical: Option<String>,
    /// The relative path to the folder of the site: empty, or `../`.
    root: &'static str,
    /// The current entry of the menu.
    here: &'static str,
    english: BTreeMap<String, &'static str>,
    /// Words of the interface by language, for the script.
    words: BTreeMap<&'static str, BTreeMap<String, &'static str>>,
    /// The languages of the registry.
    languages: Vec<String>,
    policy: String,
    style: &'static str,
    early: &'static str,
    script: &'static str,
}

impl Shell {
    fn word(&self, name: &str) -> &'static str {
        self.english.get(name).copied().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'a> {
    shell: Shell,
    vendors: &'a [VendorView<'a>],
    kinds: &'a [KindView<'a>],
    examples: Vec<&'a str>,
    /// The index of the search.
    packed: String,
    search: &'static str,
}

#[derive(Template)]
#[template(path = "vendor.html")]
struct Vendor<'a> {
    shell: Shell,
    vendor: &'a VendorView<'a>,
}

#[derive(Template)]
#[template(path = "kinds.html")]
#[expect(
    clippy::struct_field_names,
    reason = "the page of the kinds shows kinds"
)]
struct Kinds<'a> {
    shell: Shell,
    vendors: &'a [VendorView<'a>],
    kinds: &'a [KindView<'a>],
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage<'a> {
    shell: Shell,
    /// Vendor, set and coverage.
    sets: Vec<(&'a str, &'a str, Coverage)>,
    total: Coverage,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    shell: Shell,
    releases: Vec<ReleaseView>,
}

/// All pages of the site. `releases` are sorted from newest to oldest and can be empty.
///
/// # Errors
///
/// Errors of the template engine; our templates cause none.
pub fn pages(book: &Book, releases: &[ReleaseChanges]) -> Result<Vec<Page>, askama::Error> {
    let tags = languages(book.vendors(), &book.languages);
    let vendors: Vec<_> = book.vendors().map(|spec| vendor_view(book, spec)).collect();
    let kinds = kinds(book);
    // What an included registry lacks is not to be done here.
    let mut sets = Vec::new();
    for spec in &book.specs {
        for set in &spec.sets {
            let coverage = Coverage::of(set, &tags);
            sets.push((spec.vendor.as_str(), set.name.as_str(), coverage));
        }
    }
    let site = site_title(book);
    let shell = |title: &str, page: &str, here| {
        let canonical = book.site.url.as_ref().map(|url| format!("{url}{page}"));
        let root = if page.contains('/') { "../" } else { "" };
        Shell {
            site: site.to_owned(),
            canonical,
            ..shell(title, root, here, &tags)
        }
    };
    let mut pages = vec![
        render_page(
            "index.html",
            &Index {
                shell: shell(site, "", "search"),
                examples: examples(book),
                packed: SearchIndex::of(book).packed(),
                search: SEARCH,
                vendors: &vendors,
                kinds: &kinds,
            },
        )?,
        render_page(
            "kinds.html",
            &Kinds {
                shell: shell("Kinds", "kinds.html", "kinds"),
                vendors: &vendors,
                kinds: &kinds,
            },
        )?,
        render_page(
            "coverage.html",
            &CoveragePage {
                shell: shell("Coverage", "coverage.html", "coverage"),
                total: Coverage::total(sets.iter().map(|(_, _, coverage)| coverage)),
                sets,
            },
        )?,
        render_page(
            "changes.html",
            &Changes {
                shell: shell("Changes", "changes.html", "changes"),
                releases: views(releases),
            },
        )?,
    ];
    for vendor in &vendors {
        let name = format!("vendors/{}.html", vendor.name);
        pages.push(render_page(
            &name,
            &Vendor {
                shell: shell(vendor.name, &name, "vendors"),
                vendor,
            },
        )?);
    }
    Ok(pages)
}

/// The title of the site: the one that errbook.toml gives, or the name of the registry.
fn site_title(book: &Book) -> &str {
    let title = book.site.title.as_ref().or(book.registry.as_ref());
    title.map_or("Error codes", String::as_str)
}

/// The queries that the first page offers: those of errbook.toml, or the first code and symbol.
fn examples(book: &Book) -> Vec<&str> {
    if let Some(examples) = &book.site.examples {
        return examples.iter().map(String::as_str).collect();
    }
    let codes = || {
        book.specs
            .iter()
            .flat_map(|spec| &spec.sets)
            .flat_map(|set| &set.codes)
    };
    let code = codes().next().map(|code| code.code.as_str());
    let symbol = codes()
        .find_map(|code| code.symbol.as_ref())
        .map(|symbol| symbol.as_str());
    code.into_iter().chain(symbol).collect()
}

fn render_page(name: &str, template: &impl Template) -> Result<Page, askama::Error> {
    Ok(Page {
        name: name.to_owned(),
        text: template.render()?,
    })
}

fn shell(title: &str, root: &'static str, here: &'static str, languages: &[String]) -> Shell {
    // Only our scripts run, even if a vendor's text contains markup.
    let hash = |script: &str| {
        format!(
            "'sha256-{}'",
            STANDARD.encode(Sha256::hash(script.as_bytes()))
        )
    };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {} {} {}",
        hash(EARLY),
        hash(SEARCH),
        hash(SCRIPT)
    );
    Shell {
        title: title.to_owned(),
        site: String::new(),
        canonical: None,
        root,
        here,
        english: Words::for_reader("en").of_site(),
        words: Words::languages()
            .iter()
            .map(|words| (words.tag, words.of_site()))
            .collect(),
        languages: languages.to_vec(),
        policy,
        style: STYLE,
        early: EARLY,
        script: SCRIPT,
    }
}
