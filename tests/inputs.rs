//! What holds for every input, of any bytes: the targets of the fuzzer, which an ordinary test
//! replays with the inputs of `fuzz/corpus`.

use std::str::FromStr;
use std::sync::LazyLock;

use errbook::{CodeSet, Locale, Received, Wire};
use errbook_cli::book::Book;
use errbook_cli::export::po;
use errbook_cli::regen::regen;
use errbook_cli::search::{Engine, Index};
use errbook_cli::vendor::{Original, Vendor};
use errbook_cli::{messages, shipped, write};
use errbook_codegen::{Options, expand_partial};
use errbook_codes::{megvii_faceid, tencent_huiyan, tencent_kyc};
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_syntax::Include;
use proc_macro2::TokenStream;

/// What separates the files of an input that has several.
const NEXT_FILE: &str = "\n=====\n";

/// A target: its name, which is that of its folder in the corpus, and its check, which says whether
/// the input was accepted.
type Target = (&'static str, fn(&[u8]) -> bool);

/// All of them, except those of ingestion.
pub(crate) const TARGETS: &[Target] = &[
    ("spec", spec),
    ("overlay", overlay),
    ("tokens", tokens),
    ("gettext", gettext),
    ("template", template),
    ("received", received),
    ("search", search),
];

/// A spec.toml and an overrides file. What is accepted is written and read as the same, and becomes
/// Rust; a problem is at a line of one of the files.
fn spec(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (text, overrides) = text.split_once(NEXT_FILE).unwrap_or((&text, ""));
    let source = Source::new("spec.toml", text);
    let is_valid = match errbook_spec::open(&source) {
        Ok(opened) => {
            let written = write::spec(&opened.spec);
            let again = errbook_spec::open(&Source::new("spec.toml", &written));
            let again = again.unwrap_or_else(|broken| panic!("{}\n{written}", broken.problems));
            assert_eq!(write::spec(&again.spec), written);
            let tokens = expand_partial(&source, &Options::default());
            assert!(tokens.problems.is_none());
            syn::parse2::<syn::File>(tokens.tokens).expect("a valid spec becomes Rust");
            true
        }
        Err(broken) => {
            has_places(&broken.problems, &[&source]);
            false
        }
    };
    let overrides = Source::new("overrides.toml", overrides);
    let options = Options {
        overrides: Some(overrides.clone()),
        ..Options::default()
    };
    let expansion = expand_partial(&source, &options);
    if let Some(problems) = &expansion.problems {
        has_places(problems, &[&source, &overrides]);
    }
    syn::parse2::<syn::File>(expansion.tokens).expect("the valid part becomes Rust");
    is_valid
}

/// Every problem is at a line of its file.
fn has_places(problems: &Problems, sources: &[&Source]) {
    assert!(!problems.is_empty());
    for problem in problems.iter() {
        let source = sources
            .iter()
            .find(|source| Some(source.name()) == problem.place.file.as_deref());
        let source = source.unwrap_or_else(|| panic!("{problem:?} is in no file"));
        let lines = source.text().split('\n').count();
        assert!(problem.place.line <= lines, "{problem:?} of {lines} lines");
    }
}

/// The files of a vendor.
fn shop(document: &str, overlay: &str, german: Option<&str>) -> Vendor {
    let german = german.map(|text| ("de".into(), Source::new("messages/de.toml", text)));
    Vendor {
        name: "shop".into(),
        folder: "vendors/shop".into(),
        document: Original::new("source.md", document),
        overlay: Source::new("overlay.toml", overlay),
        messages: german.into_iter().collect(),
        memory: Vec::new(),
        released: None,
        has_releases: false,
        words: errbook_ingest::lexicon::Words::default(),
    }
}

/// A document, overlay.toml and a translation: what is made of them is a valid spec.
fn overlay(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut files = text.split(NEXT_FILE);
    let mut next = || files.next();
    let (document, overlay) = (next().unwrap_or_default(), next().unwrap_or_default());
    let vendor = shop(document, overlay, next());
    let Ok(made) = regen(&vendor, None) else {
        return false;
    };
    let written = write::spec(&made.spec);
    let again = errbook_spec::open(&Source::new("spec.toml", &written));
    let again = again.unwrap_or_else(|broken| panic!("{}\n{written}", broken.problems));
    assert_eq!(write::spec(&again.spec), written);
    true
}

/// The input of the derive and of `include_spec!`: Rust comes out, an error if it was not right.
fn tokens(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Ok(tokens) = TokenStream::from_str(&text) else {
        return false;
    };
    let derived = errbook_syntax::derive_error_code(tokens.clone(), None);
    let is_derived = !derived.to_string().contains("compile_error");
    syn::parse2::<syn::File>(derived).expect("the derive expands to items");
    if let Err(error) = Include::read(tokens, None) {
        syn::parse2::<syn::File>(error).expect("the error is an item");
    }
    is_derived
}

/// What catalogues are imported into: the texts of a vendor, and its translation file.
static PAGE: LazyLock<(po::Page, String)> = LazyLock::new(|| {
    let document =
        "# Codes\n\n| Code | Message |\n| --- | --- |\n| 7 | No face |\n| 8 | Two faces |\n";
    let overlay = "schema = 1\ntitle = \"Shop\"\nlocale = \"en\"\n[set.Code]\ntable = \"Codes\"\n[set.Code.code]\n\
                   7 = { variant = \"NoFace\" }\n8 = { variant = \"TwoFaces\" }\n";
    let before = "schema = 1\n\n[[text]]\nof = \"No face\"\nis = \"Kein Gesicht\"\n";
    let vendor = shop(document, overlay, Some(before));
    let page = po::Page::read(&vendor, None, "de");
    let page = page.unwrap_or_else(|problems| panic!("{problems}"));
    (page, before.to_owned())
});

/// A gettext catalogue: what is read is written and read as the same, and an import makes a
/// translation file that can be read.
fn gettext(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Ok((header, entries)) = po::parse(&text) else {
        return false;
    };
    let header: Vec<_> = header
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let without_lines = |entries: &[po::Entry]| -> Vec<po::Entry> {
        let each = entries.iter().map(|entry| po::Entry {
            line: 0,
            id_line: 0,
            comments: Vec::new(),
            ..entry.clone()
        });
        each.collect()
    };
    let written = po::write(&header, &entries);
    let (_, again) = po::parse(&written).unwrap_or_else(|wrong| panic!("{wrong:?}\n{written}"));
    assert_eq!(without_lines(&again), without_lines(&entries), "{written}");
    let (page, before) = &*PAGE;
    if !po::check(page, &entries).is_empty() {
        return false;
    }
    let Ok(outcome) = po::import(page, before, &entries) else {
        return false;
    };
    let source = Source::new("messages/de.toml", &outcome.text);
    if let Err(problems) = messages::parse(&source, "de") {
        panic!("{problems}\n{}", outcome.text);
    }
    true
}

/// A symbol: each parameter is a part of it, and printing the decoded symbol gives the symbol.
fn template(bytes: &[u8]) -> bool {
    fn of<C: CodeSet>(code: Wire<'_>, symbol: &str) -> bool {
        let Some(parsed) = C::decode_with_symbol(code, symbol) else {
            return false;
        };
        assert_eq!(parsed.to_string(), symbol);
        for (name, value) in parsed.args().iter() {
            assert!(symbol.contains(value), "{name} = {value} in {symbol}");
            assert_eq!(parsed.args().get(name), Some(value));
        }
        for locale in [Locale::EN, Locale::ZH_CN] {
            let _ = parsed.localized(locale).to_string();
        }
        true
    }
    let text = String::from_utf8_lossy(bytes);
    let (code, symbol) = text.split_once(' ').unwrap_or(("400", &text));
    let code = Wire::Integer(code.parse().unwrap_or(400));
    [
        of::<megvii_faceid::TokenError>(code, symbol),
        of::<megvii_faceid::ResultError>(code, symbol),
        of::<megvii_faceid::ResultCode>(code, symbol),
        of::<megvii_faceid::SdkCode>(code, symbol),
    ]
    .contains(&true)
}

/// A code in JSON: what is read is written and read as the same.
fn received(bytes: &[u8]) -> bool {
    fn of<C: CodeSet + std::fmt::Debug>(text: &str) -> bool {
        let Ok(received) = serde_json::from_str::<Received<C>>(text) else {
            return false;
        };
        let written = serde_json::to_string(&received).expect("a code is JSON");
        let again: Received<C> = serde_json::from_str(&written).expect("it was written from one");
        assert_eq!(again, received, "{written}");
        assert_eq!(again.wire(), received.wire(), "{written}");
        // What is unknown is never called free, unless the vendor says so of a whole range.
        assert_eq!(received.billing(), received.class().billing, "{written}");
        true
    }
    let text = String::from_utf8_lossy(bytes);
    [
        of::<tencent_huiyan::HuiyanCode>(&text),
        of::<tencent_kyc::FaceCode>(&text),
        of::<megvii_faceid::TokenError>(&text),
    ]
    .contains(&true)
}

/// A query: results are in order and each once.
fn search(bytes: &[u8]) -> bool {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let vendors: Vec<_> = shipped::vendors().map(str::to_owned).collect();
        Index::of(&Book::shipped(&vendors).expect("the shipped registry is valid"))
    });
    static ENGINE: LazyLock<Engine<'static>> = LazyLock::new(|| Engine::new(&INDEX));
    let query = String::from_utf8_lossy(bytes);
    let found = ENGINE.find(&query, 30);
    assert!(found.matches.len() <= found.total && found.matches.len() <= 30);
    let mut ids: Vec<_> = found
        .matches
        .iter()
        .map(|found| ENGINE.id(found.target))
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), found.matches.len(), "{query}");
    !ids.is_empty()
}
