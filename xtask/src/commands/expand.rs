//! `expand`: shows the Rust that a spec becomes, or how its tables are laid out.

use std::path::Path;
use std::process::ExitCode;

use errbook::__private::MACROS;
use errbook_codegen::{Options, expand, layouts};
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Spec, parse};

use crate::commands::{fail, finish, workspace};
use crate::config::Kinds;
use crate::macro_rules::Macros;
use crate::workspace::{Workspace, source};

/// What to expand, and what to show of it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A vendor of the registry, or the path of a spec.
    #[arg(value_name = "VENDOR|SPEC.toml", required_unless_present = "file")]
    spec: Option<String>,
    /// Read this spec; the same as its path alone.
    #[arg(long = "spec", value_name = "FILE", conflicts_with = "spec")]
    file: Option<String>,
    /// Show how each table is laid out and what it costs, instead of the Rust.
    #[arg(long)]
    layout: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let spec = args.file.as_ref().or(args.spec.as_ref());
    let spec = spec.map(String::as_str).unwrap_or_default();
    let path = Path::new(spec);
    if args.file.is_some() || is_spec(path) && (path.is_absolute() || path.exists()) {
        // A spec given by path does not need a workspace.
        let shown = source(path).and_then(|source| show(&source, KINDS, args.layout));
        return finish(shown, Path::new(""));
    }
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let kinds = workspace.config().kinds.as_ref().map(Kinds::rust_path);
    let kinds = kinds.as_deref().unwrap_or(KINDS);
    let spec = read_spec(spec, &workspace);
    finish(
        spec.and_then(|source| show(&source, kinds, args.layout)),
        workspace.root(),
    )
}

/// The enum of the kinds in the Rust of a spec whose registry is not known.
pub(super) const KINDS: &str = "crate::Kind";

fn is_spec(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

/// The spec of a vendor, or at a path.
fn read_spec(name: &str, workspace: &Workspace) -> Result<Source, Problems> {
    let mut problems = Problems::default();
    if is_spec(Path::new(name)) {
        return workspace.read(name, &mut problems).ok_or(problems);
    }
    workspace.select(&[name.to_owned()])?;
    workspace
        .read(&workspace.spec_file(name), &mut problems)
        .ok_or(problems)
}

fn show(source: &Source, kinds: &str, layout: bool) -> Result<String, Problems> {
    if layout {
        let lines: Vec<String> = layouts(source)?.iter().map(ToString::to_string).collect();
        return Ok(lines.join("\n") + "\n");
    }
    readable(source, kinds)
}

/// The Rust that a spec becomes, formatted, with the runtime's macros expanded. `kinds` is the path
/// of the enum of its kinds.
///
/// # Errors
///
/// Every mistake in the spec.
///
/// # Panics
///
/// If the generator writes what is not Rust.
pub fn readable(source: &Source, kinds: &str) -> Result<String, Problems> {
    let tokens = expand(source, &options(&parse(source)?, kinds))?;
    let tokens = Macros::parse(MACROS).expand(tokens);
    let file = syn::parse2(tokens).expect("the generator writes Rust");
    Ok(prettyplease::unparse(&file))
}

/// The options of a registry's module: `kind()` where the spec names a taxonomy.
pub(super) fn options(spec: &Spec, kinds: &str) -> Options {
    let options = Options::default();
    match spec.kinds {
        None => options,
        Some(_) => options.kinds(kinds).expect("this is a path"),
    }
}
