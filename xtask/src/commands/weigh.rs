//! `weigh`: labelled documents to the weights that decide which tables hold codes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::Parser;
use errbook_ingest::training::{self, Figures};

use crate::commands::{fail, workspace};
use crate::{output, report};

/// Arguments of `weigh`.
#[derive(Debug, Parser)]
pub struct Args {
    /// Write nothing; exit with 1 if a file is not what the labels or the features give.
    #[arg(long)]
    check: bool,
    /// Folder of the labelled documents; without it, the weights are learned from features.tsv.
    #[arg(long, value_name = "DIR", default_value = "../shared/corpus")]
    corpus: PathBuf,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let project = workspace.project();
    let ingest = project.join("xtask/ingest");
    let corpus = project.join(&args.corpus);
    let corpus = corpus.join("expected").is_dir().then_some(corpus);
    if corpus.is_none() {
        report::print_output(
            "the labelled documents are not here, so features.tsv is used as it is\n",
        );
    }
    let result = if args.check {
        check(&ingest, corpus.as_deref())
    } else {
        weigh(&ingest, corpus.as_deref()).map(|()| true)
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::print_error(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

const FEATURES: &str = "training/features.tsv";
const FIGURES: &str = "training/figures.txt";
const WEIGHTS: &str = "weights.toml";

/// The line that begins the figures of the weights that are shipped.
const SHIPPED: &str =
    "\nwith the weights of weights.toml, which were learned from these documents:\n";

/// Learns the weights, and measures them with each document held back.
fn weigh(ingest: &Path, corpus: Option<&Path>) -> io::Result<()> {
    let features = match corpus {
        Some(corpus) => training::features(corpus, &ingest.join("tests/fixtures"))?,
        None => fs::read_to_string(ingest.join(FEATURES))?,
    };
    let weighed = training::weigh(&features);
    report::print_output(&weighed.report);
    output::write_file(&ingest.join(FEATURES), &features)?;
    output::write_file(&ingest.join(WEIGHTS), &weighed.weights)?;
    let Some(corpus) = corpus else {
        return Ok(());
    };
    let mut text = format!(
        "# Written by `cargo xtask weigh`. How well the labelled documents are read, by language.\n\
         \n{} weights, learned without the document, in {} parts:\n",
        weighed.count,
        training::FOLDS
    );
    text.push_str(&lines(&training::held_back_figures(
        corpus,
        &weighed.held_back,
    )?));
    text.push_str(SHIPPED);
    text.push_str(&lines(&training::figures(corpus, &weighed.weights)?));
    report::print_output(&text);
    output::write_file(&ingest.join(FIGURES), &text)
}

/// Whether the features, the weights and the figures are fresh. Names each file that is not.
fn check(ingest: &Path, corpus: Option<&Path>) -> io::Result<bool> {
    let features = fs::read_to_string(ingest.join(FEATURES))?;
    let weights = fs::read_to_string(ingest.join(WEIGHTS))?;
    let mut stale = Vec::new();
    if training::weights(&features) != weights {
        stale.push(WEIGHTS);
    }
    if let Some(corpus) = corpus {
        if training::features(corpus, &ingest.join("tests/fixtures"))? != features {
            stale.push(FEATURES);
        }
        let lines = lines(&training::figures(corpus, &weights)?);
        report::print_output(&lines);
        let known = fs::read_to_string(ingest.join(FIGURES))?;
        if known.split_once(SHIPPED).map(|(_, shipped)| shipped) != Some(lines.as_str()) {
            stale.push(FIGURES);
        }
    }
    for file in &stale {
        report::print_error(&format!(
            "error: xtask/ingest/{file} is not what the labelled documents give now\n  \
             help: run `cargo xtask weigh`, and look at what changes in {FIGURES}"
        ));
    }
    Ok(stale.is_empty())
}

/// A line for each language, and one for all.
fn lines(figures: &BTreeMap<String, Figures>) -> String {
    let mut lines = String::new();
    for (language, figures) in figures.iter().filter(|(language, _)| !language.is_empty()) {
        writeln!(lines, "{language:<6} {figures}").expect("a string takes all");
    }
    if let Some(all) = figures.get("") {
        writeln!(lines, "all    {all}").expect("a string takes all");
    }
    lines
}
