//! The overlay of a new vendor: what was inferred as it is, what is undecided as comments that say so.

use std::fmt::Write;

use errbook_spec::{Code, Identity, Set, Wire, word};

use super::sets::{DraftSet, DraftTable};
use crate::write::{key, string};

/// What stands above the sets.
pub(super) struct Head<'a> {
    pub(super) vendor: &'a str,
    pub(super) title: Option<String>,
    pub(super) locale: &'a str,
    pub(super) url: Option<&'a str>,
}

/// The text of overlay.toml; `named` are the sets of the spec that it gives, once it gives one.
pub(super) fn text(head: &Head<'_>, sets: &[DraftSet], named: &[Set], has_kinds: bool) -> String {
    let mut out = format!(
        "#:schema ../../../xtask/schemas/overlay.schema.json\n\
         # Begun by `cargo xtask add {}`: what was inferred is written down, and what is left to decide says `undecided`.\n\
         schema = 1\n",
        head.vendor
    );
    if let Some(title) = &head.title {
        let _ = writeln!(out, "title = {}", string(title));
    }
    let _ = writeln!(out, "locale = {}", string(head.locale));
    if let Some(url) = head.url {
        let _ = writeln!(out, "url = {}", string(url));
    }
    if has_kinds {
        out += "# undecided: a `kind` for every code; then this line, and `kinds = crate::Kind` in the module\n\
                # kinds = \"errbook\"\n";
    }
    for (at, set) in sets.iter().enumerate() {
        one_set(&mut out, set);
        if let Some(named) = named.get(at) {
            codes(&mut out, named);
        }
    }
    out
}

fn one_set(out: &mut String, set: &DraftSet) {
    let name = key(&set.name);
    let _ = writeln!(out, "\n# undecided: the name\n[set.{name}]");
    if let [table] = set.tables.as_slice() {
        let _ = writeln!(out, "table = {}", selector(table));
    }
    if !set.columns.is_empty() {
        let columns: Vec<_> = set
            .columns
            .iter()
            .map(|(header, role)| format!("{} = \"{role}\"", key(header)))
            .collect();
        let _ = writeln!(out, "columns = {{ {} }}", columns.join(", "));
    }
    if set.wire != Wire::default() {
        let _ = writeln!(out, "wire = {}", string(word(Wire::WORDS, set.wire)));
    }
    if set.identity != Identity::default() {
        let _ = writeln!(
            out,
            "identity = {}",
            string(word(Identity::WORDS, set.identity))
        );
    }
    if set.whole_ranges {
        out.push_str(
            "# undecided: what looks like a range is one code here: its ends are no numbers, or the set would hold no code\nranges = \"code\"\n",
        );
    }
    if set.joins {
        out.push_str(
            "# undecided: one code stands in several rows, and its texts are put together\nrepeated = \"join\"\n",
        );
    }
    if set.tables.len() > 1 {
        let _ = writeln!(out, "\n# undecided: the ids\n[set.{name}.sections]");
        for table in &set.tables {
            let _ = writeln!(
                out,
                "{} = {}",
                key(table.section.as_deref().unwrap_or_default()),
                selector(table)
            );
        }
    }
}

/// `"HEADING"`, or a table with what else it takes.
fn selector(table: &DraftTable) -> String {
    let heading = string(&table.heading).replace('\n', "\\n");
    match (&table.column, table.nth) {
        (None, None) => heading,
        (Some(column), _) => format!("{{ heading = {heading}, column = {} }}", string(column)),
        (None, Some(nth)) => format!("{{ heading = {heading}, nth = {nth} }}"),
    }
}

/// A line a code, in the document's order, for a person to take over.
fn codes(out: &mut String, set: &Set) {
    let _ = writeln!(
        out,
        "\n# undecided: the names and kinds; take the `#` away where a line is right"
    );
    let _ = writeln!(out, "[set.{}.code]", key(&set.name));
    for code in &set.codes {
        let about = code
            .message
            .values()
            .next()
            .map(|text| text.value.lines().next().unwrap_or_default().to_owned());
        let about = about
            .filter(|text| !text.is_empty())
            .map(|text| format!("  # {}", plain(&text)))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "# {} = {{ variant = {} }}{about}",
            path(code, set.identity),
            string(&code.variant)
        );
    }
}

fn path(code: &Code, identity: Identity) -> String {
    let symbol = code
        .symbol
        .as_ref()
        .filter(|_| identity == Identity::CodeAndSymbol);
    let parts = std::iter::once(&code.code)
        .chain(symbol)
        .map(|part| key(part));
    parts.collect::<Vec<_>>().join(".")
}

/// A comment holds no control character.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
