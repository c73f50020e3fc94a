//! One vendor's folder as it lies on disk: every file read, nothing understood yet.

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use hmac_sha256::Hash as Sha256;

use crate::workspace::Workspace;

/// The files that a spec is made from.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The folder's name.
    pub name: String,
    /// source.md.
    pub document: Source,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// overlay.toml.
    pub overlay: Source,
    /// messages/LANG.toml, by language.
    pub messages: Vec<(String, Source)>,
    /// spec.toml as it was before, and as it was in other revisions.
    pub memory: Vec<Source>,
}

/// What a vendor without a spec.toml means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A mistake: with it, retired codes are forgotten.
    Refused,
    /// A beginning.
    Begins,
}

impl Vendor {
    /// Reads a vendor's folder.
    ///
    /// # Errors
    ///
    /// Each file that is missing, unreadable or not UTF-8.
    pub fn read(workspace: &Workspace, name: &str, missing: Missing) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let folder = format!("codes/vendors/{name}");
        let document = required(
            workspace,
            &format!("{folder}/source.md"),
            DOCUMENT,
            &mut problems,
        );
        let overlay = required(
            workspace,
            &format!("{folder}/overlay.toml"),
            OVERLAY,
            &mut problems,
        );
        let messages = messages(workspace, &folder, &mut problems);
        let memory = memory(workspace, &folder, name, missing, &mut problems);
        let (Some(document), Some(overlay)) = (document, overlay) else {
            return Err(problems);
        };
        let texts = messages.iter().map(|(_, source)| source);
        is_merged(name, [&document, &overlay].into_iter().chain(texts))?;
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

/// That no merge is under way in a file: whatever else is wrong with it follows from that.
fn is_merged<'a>(name: &str, sources: impl Iterator<Item = &'a Source>) -> Result<(), Problems> {
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
            "settle it first, keeping what both sides say; then `cargo xtask regen {name} --previous MERGE_HEAD`"
        );
        problems.push_with_help(&place, "a merge of this file is not settled", help);
    }
    problems.finish(())
}

/// What to do about a file that is not there.
const DOCUMENT: &str = "put the vendor's document there, byte for byte";
const OVERLAY: &str = "begin one with `schema = 1`, `locale = \"…\"` and a `[set.NAME]` with `table = \"HEADING\"` for \
                       each table of codes; `extract` shows the tables";

fn required(
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

fn messages(workspace: &Workspace, folder: &str, problems: &mut Problems) -> Vec<(String, Source)> {
    let files = workspace.list(&format!("{folder}/messages"), ".toml");
    let read = |file: &String| {
        let source = workspace.read(&format!("{folder}/messages/{file}.toml"), problems)?;
        Some((file.clone(), source))
    };
    files.iter().filter_map(read).collect()
}

fn memory(
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
            "take it from the last commit (`git checkout HEAD -- {file}`), or, for a vendor that is new, go on with \
             `cargo xtask add {name}`"
        );
        problems.push_with_help(
            &Place::file(&file),
            "there is no such file, and without it retired codes are forgotten",
            help,
        );
    }
    Vec::new()
}

/// The SHA-256 of bytes, in hex.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    let digest = Sha256::hash(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
