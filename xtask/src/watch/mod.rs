//! A vendor with a URL in, the edition of its document that is published there out, unless it is
//! the one that the registry has.

mod report;

use std::path::Path;

use errbook_ingest::{self as ingest, Hints, is_readable, is_same_kind};
use errbook_spec::place::{At, Place};
use errbook_spec::problem::Problems;

use crate::count::count;
use crate::fetch::{Limits, Refusal, fetch};
use crate::fetched::Fetched;
use crate::overlay::{self, Overlay};
use crate::program::program;
use crate::regen::open_document;
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;

pub use report::{Outcome, report};

/// Of how many rows with codes one must be left, or the page is another one: a login form, a
/// notice. No vendor withdraws four fifths of its codes in one edition.
const LEAST_SHARE: usize = 5;

/// What the URL of a vendor led to.
#[derive(Debug, Clone)]
pub enum Published {
    /// The document that the registry has.
    Unchanged {
        /// What to write into fetched.toml, if it says something else.
        fetched: Option<Fetched>,
        /// The day on which the document was downloaded, if it was.
        seen: Option<String>,
    },
    /// Another edition.
    Edition {
        /// The document.
        document: Original,
        /// What to write into fetched.toml.
        fetched: Fetched,
    },
}

/// Downloads the document of a vendor. Writes nothing.
///
/// # Errors
///
/// The vendor or one of its files is missing or invalid, its overlay has no `url`, nothing can be
/// downloaded from there, or what is there is not an edition of the document.
pub fn published(
    workspace: &Workspace,
    name: &str,
    limits: &Limits,
) -> Result<Published, Problems> {
    let vendor = Vendor::read(workspace, name, Missing::Refused)?;
    let overlay = overlay::parse(&vendor.overlay)?;
    let Some(url) = &overlay.url else {
        return Err(no_url(&vendor));
    };
    let has = vendor.document.sha256();
    let known = Fetched::read(workspace, &vendor.folder, &has)?;
    let known = known.filter(|known| known.url == url.value);
    let validators = known.as_ref().map(Fetched::validators);
    let refuse = |refusal| refused(name, url, refusal);
    let download = fetch(url, &validators.unwrap_or_default(), limits).map_err(refuse)?;
    let seen = known.as_ref().map(|known| known.seen.clone());
    let Some(download) = download else {
        return Ok(Published::Unchanged {
            fetched: None,
            seen,
        });
    };
    let extension = registered_extension(download.extension, &vendor.document).map_err(refuse)?;
    let charset = download.charset.filter(|_| overlay.encoding.is_none());
    let document = Original::downloaded(url, &extension, download.bytes, charset.clone());
    let fetched = Fetched::today(url, document.sha256(), download.validators, charset);
    if document.sha256() == has {
        let is_new = known.is_none_or(|known| !known.says_the_same_as(&fetched));
        return Ok(Published::Unchanged {
            fetched: is_new.then_some(fetched),
            seen,
        });
    }
    check_has_codes(&vendor, &document, &overlay).map_err(refuse)?;
    Ok(Published::Edition { document, fetched })
}

/// The extension of the registered document, if the download is of the same kind.
fn registered_extension(
    downloaded: Option<String>,
    registered: &Original,
) -> Result<String, Refusal> {
    let name = registered.file_name();
    let (_, own) = name.rsplit_once('.').expect("`file_name` has an extension");
    let Some(extension) = downloaded else {
        return Ok(own.to_owned());
    };
    let file = format!("document.{extension}");
    let file = Path::new(&file);
    if is_same_kind(file, Path::new(&name)) {
        return Ok(own.to_owned());
    }
    if !is_readable(file)
        && let Err(error) = ingest::open(file, &[], None)
    {
        return Err(Refusal {
            message: format!("the server sent a .{extension} file: {}", error.message),
            help: error.help,
        });
    }
    Err(Refusal {
        message: format!(
            "the server sent a .{extension} file, but the registered document is {name}"
        ),
        help: format!(
            "if it is the document, download it as {}, and pass the file to `update`, which \
             replaces {name}",
            file.display()
        ),
    })
}

/// A page with hardly any of the codes is refused before it is compared: what the comparison would
/// say, a problem for each table, hides that it is another page.
fn check_has_codes(vendor: &Vendor, document: &Original, overlay: &Overlay) -> Result<(), Refusal> {
    let rows = |document: &Original| {
        let vendor = Vendor {
            document: document.clone(),
            ..vendor.clone()
        };
        let document = open_document(&vendor, overlay)?;
        Ok(ingest::extract(&document, &Hints::default())
            .accounting
            .accepted)
    };
    let now = rows(document).map_err(|problems: Problems| unreadable(&problems))?;
    // The overlay may already be edited for a later edition. Then `update` says what is wrong.
    let Ok(before) = rows(&vendor.document) else {
        return Ok(());
    };
    if now * LEAST_SHARE >= before {
        return Ok(());
    }
    let has = if now == 0 {
        "no codes".to_owned()
    } else {
        count(now, "row") + " with codes"
    };
    Err(Refusal {
        message: format!(
            "the page has {has}, but the registered document has {}: it may be a login form or an \
             error page",
            count(before, "row")
        ),
        help: "open the URL in a browser; if the page is the document, download it, and pass the \
               file to `update`"
            .to_owned(),
    })
}

/// The first problem: what cannot be read has one.
fn unreadable(problems: &Problems) -> Refusal {
    let first = problems.iter().next();
    Refusal {
        message: first.map_or_else(String::new, |problem| problem.message.clone()),
        help: first
            .and_then(|problem| problem.help.clone())
            .unwrap_or_else(|| "open the URL in a browser, and correct `url`".to_owned()),
    }
}

fn refused(vendor: &str, url: &At<String>, refusal: Refusal) -> Problems {
    let mut problems = Problems::default();
    let message = format!("{vendor}: {}: {}", url.value, refusal.message);
    problems.push_with_help(&url.place, message, refusal.help);
    problems
}

fn no_url(vendor: &Vendor) -> Problems {
    let mut problems = Problems::default();
    let message = format!(
        "{}: the overlay does not say where the document is published",
        vendor.name
    );
    let help = format!(
        "write `url = \"https://…\"` there, below `schema`, or pass a file: `{} update {} FILE`",
        program(),
        vendor.name
    );
    problems.push_with_help(&Place::file(vendor.overlay.name()), message, help);
    problems
}
