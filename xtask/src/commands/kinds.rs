//! `kinds`: writes KINDS.md, which shows the codes that each vendor has for each kind.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Code, Fault, GrpcCode, Retry, Spec, word};

use crate::commands::{fail, finish, problem_with_help, replace, workspace_to_write_if};
use crate::config::FILE;
use crate::kind_matrix::{KindCell, KindRow, kind_matrix};
use crate::locale::pick_text;
use crate::program::program;
use crate::workspace::Workspace;

/// Whether to write the page or to check it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Write nothing; fail if the page is out of date.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write_if(!args.check, root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    finish(update_page(args, &workspace), workspace.root())
}

fn update_page(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let Some((file, taxonomy)) = page(workspace).zip(workspace.kinds()?) else {
        let help = "name both in errbook.toml: `kinds = \"errbook\"` or a file, and \
                    `kinds-page = \"KINDS.md\"`";
        let message = "this registry has no taxonomy, or no page for it";
        return Err(problem_with_help(FILE, message, help));
    };
    let page = generate(&taxonomy, workspace)?;
    if workspace.has_text(file, &page) {
        return Ok(format!("{} is up to date\n", workspace.shown(file)));
    }
    if args.check {
        return Err(out_of_date(file));
    }
    replace(file, &page, workspace)?;
    Ok(format!("{} written\n", workspace.shown(file)))
}

/// The file of the page.
fn page(workspace: &Workspace) -> Option<&str> {
    workspace.config().kinds_page.as_deref()
}

/// Checks that the page is up to date. A registry without kinds has no page.
///
/// # Errors
///
/// The page is out of date, or cannot be generated.
pub(super) fn check(workspace: &Workspace) -> Result<(), Problems> {
    let Some((file, taxonomy)) = page(workspace).zip(workspace.kinds()?) else {
        return Ok(());
    };
    if workspace.has_text(file, &generate(&taxonomy, workspace)?) {
        Ok(())
    } else {
        Err(out_of_date(file))
    }
}

fn out_of_date(file: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push_with_help(
        &Place::file(file),
        "this page is out of date",
        format!("run `{} kinds`", program()),
    );
    problems
}

/// Generates the page from the specs.
fn generate(taxonomy: &Spec, workspace: &Workspace) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let mut read = |file: &str| -> Option<Spec> {
        let source = workspace.read(file, &mut problems)?;
        spec::parse(&source)
            .map_err(|other| problems.extend(other))
            .ok()
    };
    let vendors = workspace.vendors();
    let specs: Vec<Spec> = vendors
        .iter()
        .filter_map(|name| read(&workspace.spec_file(name)))
        .collect();
    problems.finish(render_page(taxonomy, &specs, &workspace.config().languages))
}

/// A table with a row for each kind and a column for each vendor, then the definitions.
fn render_page(taxonomy: &Spec, specs: &[Spec], languages: &[String]) -> String {
    let mut page = String::from(
        "<!-- Written by `errbook kinds` from the taxonomy and the vendors' specs. \
         Do not edit. -->\n\n\
         Which codes of each vendor have which kind. An application that decides by kind \
         does not depend on the vendor that answered.\n\n",
    );
    let names: Vec<String> = specs
        .iter()
        .map(|spec| format!("`{}`", spec.vendor.replace('-', "_")))
        .collect();
    let rows = kind_matrix(taxonomy, &specs.iter().collect::<Vec<_>>());
    let _ = writeln!(page, "| kind | {} |", names.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(specs.len()));
    for row in &rows {
        let cells: Vec<_> = row.cells.iter().map(render_cell).collect();
        let _ = writeln!(page, "| **{}** | {} |", *row.kind.code, cells.join(" | "));
    }
    page.push_str(&render_definitions(taxonomy, &rows, languages));
    page
}

/// A table with the definition and the facts of each kind.
fn render_definitions(taxonomy: &Spec, rows: &[KindRow<'_>], languages: &[String]) -> String {
    let mut text = String::from(
        "\n## What the kinds mean\n\n\
         `retry` is the default of a code of this kind, and says whose move it is: with \
         `after-fix` the developer's, with `after-user-action` that of the person in front of the \
         device, with `contact-vendor` that of whoever holds the contract. `whose fault` says who \
         usually causes it. The last two columns are the HTTP status and the gRPC code with which \
         a service answers its own clients.\n\n\
         | kind | definition | not the same | retry | whose fault | HTTP | gRPC |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for KindRow { kind, .. } in rows {
        let language = languages.first().unwrap_or(&taxonomy.locale.value);
        let definition = pick_text(&kind.doc, language, languages, &taxonomy.locale);
        let definition = definition.map(|(_, text)| text).unwrap_or_default();
        let facts = kind_facts(kind).join(" | ");
        let _ = writeln!(text, "| **{}** | {definition} | {facts} |", *kind.code);
    }
    text
}

/// The facts of a kind, each an empty string if the kind does not have it.
fn kind_facts(kind: &Code) -> [String; 5] {
    let unlike: Vec<&str> = kind.unlike.iter().map(|other| other.as_str()).collect();
    let retry = kind.retry.as_ref();
    let fault = kind.fault.as_ref();
    let http = kind.http_answer.as_ref();
    let grpc = kind.grpc.as_ref();
    [
        unlike.join(", "),
        retry
            .map_or("", |retry| word(Retry::WORDS, retry.value))
            .to_owned(),
        fault
            .map_or("", |fault| word(Fault::WORDS, fault.value))
            .to_owned(),
        http.map(|status| status.to_string()).unwrap_or_default(),
        grpc.map_or("", |code| word(GrpcCode::WORDS, code.value))
            .to_owned(),
    ]
}

/// `` `FaceCode` `-5001 NoFace`, `-5002 NoSound` ``, one line for each set.
fn render_cell(cell: &KindCell<'_>) -> String {
    let lines = cell.sets.iter().map(|(set, codes)| {
        let names: Vec<_> = codes
            .iter()
            .map(|code| format!("`{} {}`", *code.code, *code.variant))
            .collect();
        format!("`{}` {}", *set.name, names.join(", "))
    });
    lines.collect::<Vec<_>>().join("<br>")
}
