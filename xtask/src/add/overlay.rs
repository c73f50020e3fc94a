//! Renders the overlay of a new vendor: inferred values as they are, open decisions as comments
//! that say `undecided`.

use std::fmt::Write;

use errbook_spec::{Identity, Wire, word};

use crate::add::sets::DraftSet;
use crate::names::{Open, lines_of};
use crate::regen::{Taxonomy, render_selector};
use crate::write::{schema_line, toml_key, toml_string};

/// The keys above the sets.
pub(super) struct Head<'a> {
    pub(super) vendor: &'a str,
    pub(super) title: Option<String>,
    pub(super) locale: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) encoding: Option<&'a str>,
}

/// Renders overlay.toml. `named` are the codes of the spec that the overlay gives, or empty before
/// there is a spec.
pub(super) fn render_overlay(
    head: &Head<'_>,
    sets: &[DraftSet],
    named: &[Open<'_>],
    taxonomy: Option<&Taxonomy>,
) -> String {
    let mut out = format!(
        "{}\n\
         # Created by `errbook add {}`. Values are inferred from the document.\n\
         # What a person has to decide is marked `undecided`.\n\
         schema = 1\n",
        schema_line("overlay"),
        head.vendor
    );
    if let Some(title) = &head.title {
        let _ = writeln!(out, "title = {}", toml_string(title));
    }
    let _ = writeln!(out, "locale = {}", toml_string(head.locale));
    if let Some(url) = head.url {
        let _ = writeln!(out, "url = {}", toml_string(url));
    }
    if let Some(encoding) = head.encoding {
        let _ = writeln!(out, "encoding = {}", toml_string(encoding));
    }
    if let Some(taxonomy) = taxonomy {
        let _ = writeln!(
            out,
            "# undecided: a `kind` for every code; then uncomment this line, and that with `kinds`\n\
             # in the module\n\
             # kinds = {}",
            toml_string(&taxonomy.name)
        );
    }
    for set in sets {
        write_set(&mut out, set);
        let named = named.iter().find(|open| open.set.name.value == set.name);
        if let Some(named) = named {
            write_codes(&mut out, named, taxonomy);
        }
    }
    out
}

fn write_set(out: &mut String, set: &DraftSet) {
    let name = toml_key(&set.name);
    let _ = writeln!(out, "\n# undecided: the name\n[set.{name}]");
    if let [table] = set.tables.as_slice() {
        let _ = writeln!(out, "table = {}", render_selector(&table.selector));
    }
    if !set.columns.is_empty() {
        let columns: Vec<_> = set
            .columns
            .iter()
            .map(|(header, role)| format!("{} = \"{role}\"", toml_key(header)))
            .collect();
        let _ = writeln!(out, "columns = {{ {} }}", columns.join(", "));
    }
    if set.wire != Wire::default() {
        let _ = writeln!(out, "wire = {}", toml_string(word(Wire::WORDS, set.wire)));
    }
    if set.identity != Identity::default() {
        let _ = writeln!(
            out,
            "identity = {}",
            toml_string(word(Identity::WORDS, set.identity))
        );
    }
    if set.whole_ranges {
        out.push_str(
            "# undecided: what looks like a range is read as one code: its ends are not numbers, \
             or\n\
             # the set would have no codes\nranges = \"code\"\n",
        );
    }
    if set.joins {
        out.push_str(
            "# undecided: a code occurs in several rows, and their messages are joined\n\
             repeated = \"join\"\n",
        );
    }
    if set.tables.len() > 1 {
        let _ = writeln!(out, "\n# undecided: the ids\n[set.{name}.sections]");
        for table in &set.tables {
            let _ = writeln!(
                out,
                "{} = {}",
                toml_key(table.section.as_deref().unwrap_or_default()),
                render_selector(&table.selector)
            );
        }
    }
}

/// Writes one commented line for each code, in the document's order, for a person to uncomment.
fn write_codes(out: &mut String, open: &Open<'_>, taxonomy: Option<&Taxonomy>) {
    let what = taxonomy.map_or("names", |_| "names and kinds");
    let _ = writeln!(
        out,
        "\n# undecided: the {what}; uncomment each line that is right"
    );
    let _ = writeln!(out, "[set.{}.code]", toml_key(&open.set.name));
    for line in lines_of(open) {
        let _ = writeln!(out, "# {line}");
    }
}
