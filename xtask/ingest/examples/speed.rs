//! How long extraction takes beside the Markdown parser's own event loop, over the same bytes.
//!
//! `cargo run --release -p errbook-ingest --example speed [FILE…]`: by default the vendors'
//! documents, and one of 50 MB that is made of them.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use errbook_ingest::{self as ingest, Hints};
use pulldown_cmark::{Options, Parser};

const LARGE: usize = 50_000_000;

fn main() {
    let named: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let files = if named.is_empty() {
        vendor_documents()
    } else {
        named
    };
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    println!(
        "{:>12}  {:>10}  {:>10}  {:>10}  {:>6}  document",
        "bytes", "parser", "read", "extract", "times"
    );
    for (file, text) in files.iter().zip(&texts) {
        show(&file.display().to_string(), text, 200);
    }
    let all = texts.join("\n\n");
    show("all of them", &all, 50);
    let large = format!("{all}\n\n").repeat(LARGE / all.len().max(1) + 1);
    show("all of them, again and again", &large, 1);
    let half = &large[..large.floor_char_boundary(large.len() / 2)];
    show("half of that", half, 1);
}

fn vendor_documents() -> Vec<PathBuf> {
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codes/vendors");
    let folders = fs::read_dir(vendors)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = folders
        .map(|folder| folder.join("source.md"))
        .filter(|file| file.is_file())
        .collect();
    files.sort();
    files
}

fn show(name: &str, text: &str, rounds: u32) {
    // Those of the reader.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let parser = fastest(rounds, || {
        Parser::new_ext(text, options)
            .into_offset_iter()
            .map(black_box)
            .count()
    });
    let read = fastest(rounds, || ingest::read(text).tables.len());
    let extract = fastest(rounds, || {
        let document = ingest::read(text);
        ingest::extract(&document, &Hints::default())
            .accounting
            .rows
    });
    let times = extract.as_secs_f64() / parser.as_secs_f64();
    println!(
        "{:>12}  {parser:>10.2?}  {read:>10.2?}  {extract:>10.2?}  {times:>6.2}  {name}",
        text.len()
    );
}

fn fastest(rounds: u32, run: impl Fn() -> usize) -> Duration {
    let time = || {
        let begin = Instant::now();
        black_box(run());
        begin.elapsed()
    };
    (0..rounds).map(|_| time()).min().unwrap_or_default()
}
