//! Reads all files of a vendor's folder, without parsing them.

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use hmac_sha256::Hash as Sha256;

use crate::workspace::Workspace;

/// The files that a spec is made from.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The name of the folder.
    pub name: String,
    /// source.md.
    pub document: Source,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// overlay.toml.
    pub overlay: Source,
    /// messages/LANG.toml, by language.
    pub messages: Vec<(String, Source)>,
    /// The previous spec.toml, and those of other revisions.
    pub memory: Vec<Source>,
}

/// How to treat a vendor that has no spec.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// As a mistake: without the previous spec, retired codes would be lost.
    Refused,
    /// As a new vendor.
    Begins,
}

impl Vendor {
    /// Reads a vendor's folder.
    ///
    /// # Errors
    ///
    /// Every file that is missing, unreadable or not UTF-8, or has unresolved merge conflicts.
    pub fn read(workspace: &Workspace, name: &str, missing: Missing) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let folder = format!("codes/vendors/{name}");
        let document = read_required(
            workspace,
            &format!("{folder}/source.md"),
            DOCUMENT,
            &mut problems,
        );
        let overlay = read_required(
            workspace,
            &format!("{folder}/overlay.toml"),
            OVERLAY,
            &mut problems,
        );
        let messages = read_messages(workspace, &folder, &mut problems);
        let memory = read_memory(workspace, &folder, name, missing, &mut problems);
        let (Some(document), Some(overlay)) = (document, overlay) else {
            return Err(problems);
        };
        let texts = messages.iter().map(|(_, source)| source);
        check_no_conflicts(name, [&document, &overlay].into_iter().chain(texts))?;
        let sha256 = hex_sha256(document.text().as_bytes());
        problems.finish(Self {
            name: name.to_owned(),
            document,
            sha256,
            overlay,
            messages,
            memory,
        })
    }
}

/// Reports unresolved merge conflicts alone: they cause every other problem in the file.
fn check_no_conflicts<'a>(
    name: &str,
    sources: impl Iterator<Item = &'a Source>,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for source in sources {
        let begins = |mark: &str| {
            source
                .text()
                .lines()
                .position(|line| line.starts_with(mark))
        };
        let (Some(ours), Some(_), Some(_)) =
            (begins("<<<<<<< "), begins("======="), begins(">>>>>>> "))
        else {
            continue;
        };
        let place = Place {
            line: ours + 1,
            ..Place::file(source.name())
        };
        let help = format!(
            "resolve it and keep the changes of both sides, then run \
             `cargo xtask regen {name} --previous MERGE_HEAD`"
        );
        problems.push_with_help(&place, "unresolved merge conflict", help);
    }
    problems.finish(())
}

/// The help for a missing document.
const DOCUMENT: &str = "copy the vendor's document there, byte for byte";
/// The help for a missing overlay.
const OVERLAY: &str = "create it with `schema = 1`, `locale = \"…\"`, and a `[set.NAME]` with \
                       `table = \"HEADING\"` for each table of codes; `extract` shows the tables";

fn read_required(
    workspace: &Workspace,
    file: &str,
    help: &str,
    problems: &mut Problems,
) -> Option<Source> {
    if workspace.has(file) {
        return workspace.read(file, problems);
    }
    problems.push_with_help(&Place::file(file), "there is no such file", help);
    None
}

fn read_messages(
    workspace: &Workspace,
    folder: &str,
    problems: &mut Problems,
) -> Vec<(String, Source)> {
    let files = workspace.list(&format!("{folder}/messages"), ".toml");
    let read = |file: &String| {
        let source = workspace.read(&format!("{folder}/messages/{file}.toml"), problems)?;
        Some((file.clone(), source))
    };
    files.iter().filter_map(read).collect()
}

fn read_memory(
    workspace: &Workspace,
    folder: &str,
    name: &str,
    missing: Missing,
    problems: &mut Problems,
) -> Vec<Source> {
    let file = format!("{folder}/spec.toml");
    if workspace.has(&file) {
        return workspace.read(&file, problems).into_iter().collect();
    }
    if missing == Missing::Refused {
        let help = format!(
            "restore it from the last commit (`git checkout HEAD -- {file}`), or, for a new \
             vendor, run `cargo xtask add {name}`"
        );
        problems.push_with_help(
            &Place::file(&file),
            "there is no such file, and without it retired codes would be lost",
            help,
        );
    }
    Vec::new()
}

/// The SHA-256 hash of bytes, in hex.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    let digest = Sha256::hash(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
