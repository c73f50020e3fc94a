//! `explain`: what a code means, for every vendor that uses it.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::canonical_tag;

use crate::book::Book;
use crate::commands::{self, Specs, fail};
use crate::explain::{
    Finder, Found, Reader, cards, find, is_empty_query, json, normalized_query, terminal_width,
};
use crate::locale::environment_locale;
use crate::report;
use crate::search::{Engine, How, Index};

/// What is read of the standard input, in bytes: more than the search looks at.
const MOST_INPUT: u64 = 1 << 20;
/// Takes the place of the minus of a number among the arguments, so that clap does not read
/// `-5011/-5014` as options.
const MINUS: char = '\u{2212}';

/// What to explain, and how to show it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Text that contains the code: `-5007`, `tencent-kyc 5007`, a symbol, a Rust name, a kind,
    /// words of a text in any language, a vendor's answer, a line of a log. Several codes are
    /// explained one by one; other words are one query. `-` reads it from the standard input.
    #[arg(required = true, value_name = "CODE|SYMBOL|TEXT")]
    query: Vec<String>,
    #[command(flatten)]
    specs: Specs,
    /// Search this vendor only.
    #[arg(long)]
    vendor: Option<String>,
    /// Language of the answer, such as `en` or `zh-CN` [default: from the environment].
    #[arg(long, value_parser = locale)]
    locale: Option<String>,
    /// Output format; in `json`, several codes are an array.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Short for `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// Protects numbers among the arguments of `explain`, so that none is read as an option: `-5007`,
/// `-5011/-5014`.
#[must_use]
pub fn protect_numbers(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut is_explain = false;
    let protect = |argument: OsString| {
        let number = argument.to_str().and_then(|text| text.strip_prefix('-'));
        let is_number = number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        match number.filter(|_| is_number && is_explain) {
            Some(number) => OsString::from(format!("{MINUS}{number}")),
            None => {
                is_explain |= argument == "explain";
                argument
            }
        }
    };
    arguments.map(protect).collect()
}

/// The formats of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

fn locale(tag: &str) -> Result<String, &'static str> {
    canonical_tag(&tag.replace('_', "-"))
        .ok_or("not a language tag (expected something like `en`, `zh-CN` or `pt-BR`)")
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let asked: Vec<_> = args.vendor.iter().cloned().collect();
    let book = match commands::book_with_included(root, &args.specs, &asked) {
        Ok(book) => book,
        Err((problems, root)) => return fail(&problems, &root),
    };
    let words = match words(&args.query) {
        Ok(words) => words,
        Err(error) => {
            report::print_error(&format!("error: standard input: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let index = Index::of(&book);
    let engine = Engine::new(&index);
    let finder = Finder::new(&book, &engine);
    let queries = queries(&finder, &engine, &words);
    if queries.iter().any(|query| is_empty_query(query)) {
        report::print_error("error: empty query\nhelp: give a code, a symbol, or words of a text");
        return ExitCode::FAILURE;
    }
    let everyone;
    let mut found: Vec<_> = queries.iter().map(|query| finder.find(query)).collect();
    if args.vendor.is_some() && !found.iter().all(Found::is_answered) {
        everyone = match commands::book_with_included(root, &args.specs, &[]) {
            Ok(book) => book,
            Err((problems, root)) => return fail(&problems, &root),
        };
        for (found, query) in found
            .iter_mut()
            .zip(&queries)
            .filter(|(found, _)| !found.is_answered())
        {
            let elsewhere = find(&everyone, query);
            if elsewhere.is_answered() {
                found.elsewhere = if elsewhere.exact.is_empty() {
                    elsewhere.partial
                } else {
                    elsewhere.exact
                };
            }
        }
    }
    report::print_output(&render_answers(args, &book, &queries, &found));
    if found.iter().all(Found::is_answered) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The words of the arguments, or the standard input as one.
fn words(arguments: &[String]) -> io::Result<Vec<String>> {
    if arguments != ["-"] {
        let with_minus =
            |word: &String| word.replacen(MINUS, "-", usize::from(word.starts_with(MINUS)));
        return Ok(arguments.iter().map(with_minus).collect());
    }
    let mut input = Vec::new();
    io::stdin().take(MOST_INPUT).read_to_end(&mut input)?;
    Ok(vec![String::from_utf8_lossy(&input).into_owned()])
}

/// Splits the arguments into queries: `name mismatch` is one text, `-5007 -5008` are two codes, and
/// `403 AUTHENTICATION_ERROR` are two facts of one code.
fn queries(finder: &Finder<'_, '_>, engine: &Engine<'_>, words: &[String]) -> Vec<String> {
    let joined = normalized_query(&words.join(" "));
    let each: Vec<_> = words.iter().map(|word| normalized_query(word)).collect();
    let is_one_code = || engine.find(&joined, 1).is_complete;
    let is_number = |word: &String| word.parse::<i64>().is_ok();
    let several = each.len() > 1
        && each
            .iter()
            .all(|word| is_number(word) || is_code(finder, word))
        && (each.iter().all(is_number) || !is_one_code());
    if several { each } else { vec![joined] }
}

fn is_code(finder: &Finder<'_, '_>, query: &str) -> bool {
    let is_code = |how: How| matches!(how, How::Code | How::Symbol);
    finder.find(query).exact.iter().any(|hit| is_code(hit.how))
}

fn render_answers(args: &Args, book: &Book, queries: &[String], found: &[Found<'_>]) -> String {
    let locale = args.locale.clone().unwrap_or_else(environment_locale);
    let reader = Reader {
        locale: &locale,
        width: terminal_width(),
    };
    let each = queries.iter().zip(found);
    let format = if args.json { Format::Json } else { args.format };
    match format {
        Format::Text => each
            .map(|(query, found)| cards(book, found, query, reader))
            .collect::<Vec<_>>()
            .join("\n"),
        Format::Json => {
            let mut each: Vec<_> = each
                .map(|(query, found)| json(book, found, query))
                .collect();
            let value = if each.len() == 1 {
                each.remove(0)
            } else {
                each.into()
            };
            format!("{value:#}\n")
        }
    }
}
