//! `expand`: shows the Rust that a spec becomes, or how its tables are laid out.

use std::path::Path;
use std::process::ExitCode;

use errbook_codegen::{Options, expand, layouts};
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

use crate::commands::{fail, finish, workspace};
use crate::workspace::{Workspace, source};

/// What to expand, and what to show of it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A vendor of this workspace, or a spec by its path.
    #[arg(value_name = "VENDOR|SPEC.toml")]
    spec: String,
    /// Show how each table is laid out and what it costs, in place of the Rust.
    #[arg(long)]
    layout: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let path = Path::new(&args.spec);
    if path
        .extension()
        .is_some_and(|extension| extension == "toml")
        && (path.is_absolute() || path.exists())
    {
        // A spec by its path belongs to nobody's workspace.
        let shown = source(path).and_then(|source| show(&source, &Options::default(), args.layout));
        return finish(shown, Path::new(""));
    }
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let read = read(&args.spec, &workspace);
    finish(
        read.and_then(|(source, options)| show(&source, &options, args.layout)),
        workspace.root(),
    )
}

/// The spec, and the options that it is compiled with: those of `errbook-codes` for a vendor of the workspace.
fn read(name: &str, workspace: &Workspace) -> Result<(Source, Options), Problems> {
    let mut problems = Problems::default();
    if Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml")
    {
        let source = workspace.read(name, &mut problems);
        return source
            .map(|source| (source, Options::default()))
            .ok_or(problems);
    }
    workspace.select(&[name.to_owned()])?;
    let source = workspace
        .read(&format!("codes/vendors/{name}/spec.toml"), &mut problems)
        .ok_or(problems)?;
    let options = Options::default()
        .kinds("crate::Kind")
        .expect("this is a path");
    Ok((source, options))
}

fn show(source: &Source, options: &Options, layout: bool) -> Result<String, Problems> {
    if layout {
        let lines: Vec<String> = layouts(source)?.iter().map(ToString::to_string).collect();
        return Ok(lines.join("\n") + "\n");
    }
    let tokens = expand(source, options)?;
    // What was generated is Rust, so this fails only on a fault of ours; the tokens then show it best.
    Ok(syn::parse2(tokens.clone())
        .map_or_else(|_| tokens.to_string(), |file| prettyplease::unparse(&file)))
}
