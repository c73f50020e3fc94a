//! `explain`: what a code means, at every vendor that uses it.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::canonical_tag;

use super::fail;
use crate::explain::{
    Book, Found, How, Reader, cards, find, from_environment, is_blank, json, width, written,
};
use crate::report;

/// What `explain` is asked.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// A code (`-5007`, `01001000`), a symbol, a name, `Set.code`, a kind, or words of a text in any language. Several
    /// words are one text; several codes, each a code by itself, get a card each.
    #[arg(
        required = true,
        allow_negative_numbers = true,
        value_name = "CODE|SYMBOL|TEXT"
    )]
    query: Vec<String>,
    /// Only this vendor.
    #[arg(long)]
    vendor: Option<String>,
    /// The language of the answer, such as `en` or `zh-CN`; by default the environment's.
    #[arg(long, value_parser = locale)]
    locale: Option<String>,
    /// How to print what was found; for a program, several codes are a list.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

fn locale(tag: &str) -> Result<String, &'static str> {
    canonical_tag(&tag.replace('_', "-"))
        .ok_or("this is no language tag, such as `en`, `zh-CN` or `pt-BR`")
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let asked: Vec<_> = args.vendor.iter().cloned().collect();
    let book = match super::book(root, &asked) {
        Ok(book) => book,
        Err((problems, root)) => return fail(&problems, &root),
    };
    let queries = queries(&book, &args.query);
    if queries.iter().any(|query| is_blank(query)) {
        report::print_error(
            "error: there is nothing to look for\nhelp: name a code, a symbol, or words of a text",
        );
        return ExitCode::FAILURE;
    }
    let everyone;
    let mut found: Vec<_> = queries.iter().map(|query| find(&book, query)).collect();
    if args.vendor.is_some() && found.iter().any(Found::is_empty) {
        everyone = match super::book(root, &[]) {
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
    report::say(&text(args, &book, &queries, &found));
    if found.iter().any(Found::is_empty) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// What is asked, one thing or several: `name mismatch` is a text, `-5007 -5008` are two codes.
fn queries(book: &Book, words: &[String]) -> Vec<String> {
    let joined = written(&words.join(" "));
    let each: Vec<_> = words.iter().map(|word| written(word)).collect();
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

fn text(args: &Args, book: &Book, queries: &[String], found: &[Found<'_>]) -> String {
    let locale = args.locale.clone().unwrap_or_else(from_environment);
    let reader = Reader {
        locale: &locale,
        width: width(),
    };
    let each = queries.iter().zip(found);
    match args.format {
        Format::Text => each
            .map(|(query, found)| cards(book, found, query, reader))
            .collect::<Vec<_>>()
            .join("\n"),
        Format::Json => {
            let mut each: Vec<_> = each.map(|(query, found)| json(found, query)).collect();
            let value = if each.len() == 1 {
                each.remove(0)
            } else {
                each.into()
            };
            format!("{value:#}\n")
        }
    }
}
