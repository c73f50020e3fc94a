//! What the tables show, written down by the templates: one file each, with its style and its script in it.

use std::collections::BTreeMap;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash as Sha256;

use crate::coverage::{Coverage, languages};
use crate::explain::Book;
use crate::release::ReleaseChanges;
use crate::site::changes::{ReleaseView, views};
use crate::site::matrix::{KindView, kinds};
use crate::site::view::{VendorView, vendor};
use crate::words::Words;

const STYLE: &str = include_str!("assets/errbook.css");
/// Sets language and colours before anything is shown.
const EARLY: &str = include_str!("assets/early.js");
const SCRIPT: &str = include_str!("assets/errbook.js");

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the folder of the site.
    pub name: String,
    /// Its bytes.
    pub text: String,
}

/// What every page has around it.
struct Shell {
    title: String,
    /// The way to the folder of the site: nothing, or `../`.
    root: &'static str,
    /// Which entry of the menu this is.
    here: &'static str,
    english: BTreeMap<String, &'static str>,
    /// Words by language, for the script.
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
    /// Vendor and set, with their figures.
    sets: Vec<(&'a str, &'a str, Coverage)>,
    total: Coverage,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    shell: Shell,
    releases: Vec<ReleaseView>,
}

/// All pages of the site. There may be no releases; the newest is first.
///
/// # Errors
///
/// What a template says that cannot write; none of ours does.
pub fn pages(book: &Book, releases: &[ReleaseChanges]) -> Result<Vec<Page>, askama::Error> {
    let tags = languages(book.specs.iter());
    let vendors: Vec<_> = book.specs.iter().map(vendor).collect();
    let kinds = kinds(book);
    let sets: Vec<_> = book
        .sets()
        .map(|(spec, set)| {
            (
                spec.vendor.as_str(),
                set.name.as_str(),
                Coverage::of(set, &tags),
            )
        })
        .collect();
    let shell = |title: &str, root, here| shell(title, root, here, &tags);
    let mut pages = vec![
        page(
            "index.html",
            &Index {
                shell: shell("errbook", "", "search"),
                vendors: &vendors,
                kinds: &kinds,
            },
        )?,
        page(
            "kinds.html",
            &Kinds {
                shell: shell("Kinds", "", "kinds"),
                vendors: &vendors,
                kinds: &kinds,
            },
        )?,
        page(
            "coverage.html",
            &CoveragePage {
                shell: shell("Coverage", "", "coverage"),
                total: Coverage::total(sets.iter().map(|(_, _, coverage)| coverage)),
                sets,
            },
        )?,
        page(
            "changes.html",
            &Changes {
                shell: shell("Changes", "", "changes"),
                releases: views(releases),
            },
        )?,
    ];
    for vendor in &vendors {
        let name = format!("vendors/{}.html", vendor.name);
        pages.push(page(
            &name,
            &Vendor {
                shell: shell(vendor.name, "../", "vendors"),
                vendor,
            },
        )?);
    }
    Ok(pages)
}

fn page(name: &str, template: &impl Template) -> Result<Page, askama::Error> {
    Ok(Page {
        name: name.to_owned(),
        text: template.render()?,
    })
}

fn shell(title: &str, root: &'static str, here: &'static str, languages: &[String]) -> Shell {
    // No script runs but ours, whatever a vendor's text holds.
    let hash = |script: &str| {
        format!(
            "'sha256-{}'",
            STANDARD.encode(Sha256::hash(script.as_bytes()))
        )
    };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {} {}",
        hash(EARLY),
        hash(SCRIPT)
    );
    Shell {
        title: title.to_owned(),
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
