//! `explain`: what a code means, for every vendor that uses it.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::canonical_tag;

use crate::commands::{self, Specs, fail};
use crate::explain::{
    Book, Found, How, Reader, cards, environment_locale, find, is_empty_query, json,
    normalized_query, terminal_width,
};
use crate::report;

/// What to explain, and how to show it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Code (`-5007`, `01001000`), symbol, Rust name, `Set.code`, kind, or words of a text in any
    /// language. Several codes are explained one by one; other words are one query.
    #[arg(
        required = true,
        allow_negative_numbers = true,
        value_name = "CODE|SYMBOL|TEXT"
    )]
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
    let queries = queries(&book, &args.query);
    if queries.iter().any(|query| is_empty_query(query)) {
        report::print_error("error: empty query\nhelp: give a code, a symbol, or words of a text");
        return ExitCode::FAILURE;
    }
    let everyone;
    let mut found: Vec<_> = queries.iter().map(|query| find(&book, query)).collect();
    if args.vendor.is_some() && found.iter().any(Found::is_empty) {
        everyone = match commands::book_with_included(root, &args.specs, &[]) {
            Ok(book) => book,
            Err((problems, root)) => return fail(&problems, &root),
        };
        for (found, query) in found
            .iter_mut()
            .zip(&queries)
            .filter(|(found, _)| found.is_empty())
        {
            let elsewhere = find(&everyone, query);
            found.elsewhere = if elsewhere.exact.is_empty() {
                elsewhere.partial
            } else {
                elsewhere.exact
            };
        }
    }
    report::print_output(&render_answers(args, &book, &queries, &found));
    if found.iter().any(Found::is_empty) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Splits the arguments into queries: `name mismatch` is one text, `-5007 -5008` are two codes.
fn queries(book: &Book, words: &[String]) -> Vec<String> {
    let joined = normalized_query(&words.join(" "));
    let each: Vec<_> = words.iter().map(|word| normalized_query(word)).collect();
    let several =
        each.len() > 1 && !is_code(book, &joined) && each.iter().all(|word| is_code(book, word));
    if several { each } else { vec![joined] }
}

fn is_code(book: &Book, query: &str) -> bool {
    let is_number = query.parse::<i64>().is_ok();
    is_number
        || find(book, query)
            .exact
            .iter()
            .any(|hit| matches!(hit.how, How::Code | How::Symbol(_)))
}

fn render_answers(args: &Args, book: &Book, queries: &[String], found: &[Found<'_>]) -> String {
    let locale = args.locale.clone().unwrap_or_else(environment_locale);
    let reader = Reader {
        locale: &locale,
        width: terminal_width(),
    };
    let each = queries.iter().zip(found);
    match args.format {
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
