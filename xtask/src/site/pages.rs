//! The registry in, the files of its site out.

use std::fmt::Write;
use std::io;

use askama::Template;
use errbook_spec::{BillingSource, Texts};
use hmac_sha256::Hash as Sha256;
use serde_json::Value;

use crate::book::Book;
use crate::coverage::Coverage;
use crate::interface::Words;
use crate::locale::pick_text;
use crate::release::ReleaseChanges;
use crate::site::card::{CardView, FactPart, VendorLink, card_view, own_language, vendor_link};
use crate::site::changes::{ReleaseView, views};
use crate::site::context::{Context, Text};
use crate::site::data::{CARDS_PER_FILE, data, script};
use crate::site::kinds::{KindView, kinds};
use crate::site::peers::Place;
use crate::site::shell::{Frame, Shell, english};
use crate::site::view::{VendorView, vendor_view};

const STYLE: &str = include_str!("assets/errbook.css");
/// Sets language and color scheme before the page is rendered, so that it does not flicker.
const EARLY: &str = include_str!("assets/early.js");
const SEARCH: &str = include_str!("assets/search.js");
const SCRIPT: &str = include_str!("assets/errbook.js");

/// The filters of the search page: the key in the address, and the word of the interface.
const FILTERS: [(&str, &str); 6] = [
    ("vendor", "vendor"),
    ("kind", "kind"),
    ("fault", "fault"),
    ("billing", "billing"),
    ("retry", "retry"),
    ("severity", "fact.severity"),
];

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path, relative to the folder of the site.
    pub name: String,
    /// Its text.
    pub text: String,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'a> {
    shell: Shell<'a>,
    vendors: &'a [VendorView<'a>],
    examples: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "vendor.html")]
struct Vendor<'a> {
    shell: Shell<'a>,
    vendor: &'a VendorView<'a>,
}

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage<'a> {
    shell: Shell<'a>,
    card: String,
    id: &'a str,
}

/// A card, as HTML.
#[derive(Template)]
#[template(path = "card.html")]
#[expect(clippy::struct_field_names, reason = "a card shows a card")]
struct Card<'a> {
    shell: &'a Shell<'a>,
    card: &'a CardView<'a>,
    /// The level of its heading.
    level: u8,
    /// The relative path to the folder of the site.
    root: &'a str,
}

#[derive(Template)]
#[template(path = "kinds.html")]
struct Kinds<'a> {
    shell: Shell<'a>,
    kinds: &'a [KindView<'a>],
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage<'a> {
    shell: Shell<'a>,
    /// Vendor, set, its title, and coverage.
    sets: Vec<(VendorLink<'a>, &'a str, Vec<Text<'a>>, Coverage)>,
    total: Coverage,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes<'a> {
    shell: Shell<'a>,
    releases: Vec<ReleaseView>,
}

/// Passes all files of the site on to `put`, each as soon as it is made. `releases` are sorted from
/// newest to oldest and can be empty. `date` is the day that the pages show beside the version of the
/// registry.
///
/// # Errors
///
/// Those of `put`.
pub fn each_page(
    book: &Book,
    releases: &[ReleaseChanges],
    date: Option<&str>,
    put: &mut dyn FnMut(&Page) -> io::Result<()>,
) -> io::Result<()> {
    let context = Context::new(book);
    let vendors: Vec<_> = (book.vendors())
        .map(|spec| vendor_view(&context, spec))
        .collect();
    let kinds = kinds(&context);
    let assets = assets(&context, &data(&context, &vendors, &kinds));
    let frame = Frame::new(book, &context.tags, date, stamp(&assets));
    assets.iter().try_for_each(&mut *put)?;
    drop(assets);
    for vendor in &vendors {
        put(&vendor_page(&frame, vendor)?)?;
    }
    put(&index(&frame, book, &vendors)?)?;
    drop(vendors);
    put(&kinds_page(&frame, &kinds)?)?;
    put(&coverage_page(&frame, &context)?)?;
    put(&changes_page(&frame, releases)?)?;
    let places: Vec<_> = book.codes().collect();
    for (at, places) in places.chunks(CARDS_PER_FILE).enumerate() {
        let mut cards = Vec::new();
        for place in places {
            let card = card_view(&context, *place);
            put(&code_page(&frame, &context, *place, &card)?)?;
            let shell = Shell::new(&frame, "index.html", "search");
            cards.push(card_html(&shell, &card, 2)?);
        }
        let name = format!("cards/{at}");
        put(&Page {
            text: script(&name, &cards.into()),
            name: format!("{name}.js"),
        })?;
    }
    Ok(())
}

/// The files that pages load.
fn assets(context: &Context<'_>, data: &Value) -> Vec<Page> {
    let words: Value = Words::languages()
        .iter()
        .map(|words| (words.tag.to_owned(), serde_json::json!(words.of_site())))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let file = |name: &str, text: String| Page {
        name: name.to_owned(),
        text,
    };
    vec![
        file("errbook.css", format!("{STYLE}{}", language_style(context))),
        file("early.js", EARLY.to_owned()),
        file("search.js", SEARCH.to_owned()),
        file("errbook.js", format!("errbook.words={words};\n{SCRIPT}")),
        file("index.js", script("index", data)),
    ]
}

/// Shows each text in the reader's language only, and also in the vendor's where both are wanted.
fn language_style(context: &Context<'_>) -> String {
    let mut style = String::new();
    for tag in &context.tags {
        let root = format!("[data-language=\"{tag}\"]");
        let others = format!("[data-for]:not([data-for~=\"{tag}\"])");
        writeln!(
            style,
            "{root} {others}:not(.both>.own){{display:none}}\n\
             {root} .both>.own:not([data-for~=\"{tag}\"]):not(:only-child){{color:var(--soft)}}"
        )
        .expect("writing to a String cannot fail");
    }
    style
}

/// Eight digits that change with the files.
fn stamp(files: &[Page]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.text.as_bytes());
    }
    let mut stamp = String::new();
    for byte in &hash.finalize()[..4] {
        write!(stamp, "{byte:02x}").expect("writing to a String cannot fail");
    }
    stamp
}

fn card_html(shell: &Shell<'_>, card: &CardView<'_>, level: u8) -> io::Result<String> {
    Card {
        shell,
        card,
        level,
        root: &shell.root,
    }
    .render()
    .map_err(io::Error::other)
}

fn code_page(
    frame: &Frame<'_>,
    context: &Context<'_>,
    place: Place<'_>,
    card: &CardView<'_>,
) -> io::Result<Page> {
    let (spec, set, code) = place;
    // Without a script the page is English, and so is what a preview of a link shows.
    let in_english = |texts: &Texts, own: &str| {
        let picked = pick_text(texts, "en", &context.book.languages, own);
        picked.map(|(_, text)| text.to_owned())
    };
    let own = own_language(spec, code);
    let message = in_english(&code.message, own).unwrap_or_else(|| code.variant.value.clone());
    let vendor = in_english(&spec.title, &spec.locale).unwrap_or_else(|| spec.vendor.value.clone());
    let set_title = in_english(&set.title, &spec.locale).unwrap_or_else(|| set.name.value.clone());
    let kind = code.kind.as_ref();
    let kind = kind.and_then(|kind| context.book.registry_of(spec).kind(kind));
    let user = kind.and_then(|kind| in_english(&kind.message, "en"));
    let parts = [
        Some(format!("{vendor}, {set_title}: {}", code.code.value)),
        Some(message.clone()),
        in_english(&code.remedy, own),
        user,
    ];
    let description: Vec<_> = parts.into_iter().flatten().collect();
    let shell = Shell::new(frame, &card.page, "code").titled(
        format!("{} {message}", code.code.value),
        description.join(" — "),
    );
    let card_html = card_html(&shell, card, 1)?;
    render_page(
        &card.page,
        &CodePage {
            shell,
            card: card_html,
            id: &card.id,
        },
    )
}

fn vendor_page(frame: &Frame<'_>, vendor: &VendorView<'_>) -> io::Result<Page> {
    let titles = &vendor.title;
    let in_english = titles.iter().find(|text| text.language == "en");
    let title = in_english.or(titles.first());
    let title = title.map_or(vendor.name, |text| text.text);
    let shell = Shell::new(frame, &vendor.page, "vendors");
    let intro = english("intro");
    render_page(
        &vendor.page,
        &Vendor {
            shell: shell.titled(title, format!("{title}. {intro}")),
            vendor,
        },
    )
}

fn index(frame: &Frame<'_>, book: &Book, vendors: &[VendorView<'_>]) -> io::Result<Page> {
    let shell = Shell::new(frame, "index.html", "search");
    render_page(
        "index.html",
        &Index {
            shell: shell.titled(frame.title, english("intro")),
            examples: examples(book),
            vendors,
        },
    )
}

fn kinds_page(frame: &Frame<'_>, kinds: &[KindView<'_>]) -> io::Result<Page> {
    let shell = Shell::new(frame, "kinds.html", "kinds");
    let shell = shell.titled(english("kinds"), english("kinds_intro"));
    render_page("kinds.html", &Kinds { shell, kinds })
}

fn coverage_page(frame: &Frame<'_>, context: &Context<'_>) -> io::Result<Page> {
    // What an included registry lacks is not to be done here.
    let mut sets = Vec::new();
    for spec in &context.book.specs {
        for set in &spec.sets {
            sets.push((
                vendor_link(context, spec),
                set.name.as_str(),
                context.texts(&set.title, &spec.locale),
                Coverage::of(set, &context.tags),
            ));
        }
    }
    let shell = Shell::new(frame, "coverage.html", "coverage");
    render_page(
        "coverage.html",
        &CoveragePage {
            shell: shell.titled(english("coverage"), english("coverage_intro")),
            total: Coverage::total(sets.iter().map(|(.., coverage)| coverage)),
            sets,
        },
    )
}

fn changes_page(frame: &Frame<'_>, releases: &[ReleaseChanges]) -> io::Result<Page> {
    let shell = Shell::new(frame, "changes.html", "changes");
    render_page(
        "changes.html",
        &Changes {
            shell: shell.titled(english("changes"), english("changes_intro")),
            releases: views(releases, frame.languages),
        },
    )
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

fn render_page(name: &str, template: &impl Template) -> io::Result<Page> {
    Ok(Page {
        name: name.to_owned(),
        text: template.render().map_err(io::Error::other)?,
    })
}
