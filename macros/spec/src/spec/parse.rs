//! TOML text to `Spec`, with the place of each value.

use crate::facts::{parse_facts, parse_since};
use crate::fields::{Fields, parse as parse_toml};
use crate::place::Source;
use crate::problem::Problems;
use crate::spec::{Code, Param, Range, SCHEMA, Section, Set, SourceFile, Spec};

/// Parses a spec. Only its shape is looked at: `check` says whether it makes sense.
///
/// # Errors
///
/// All that is not TOML, not a key of this format, or not of the type that its key asks for.
pub fn parse(source: &Source) -> Result<Spec, Problems> {
    parse_toml(source, |fields, problems| {
        schema(fields, problems);
        spec(fields, problems)
    })
}

/// Asks for `schema = 1`, with which every file of ours begins.
pub fn schema(fields: &mut Fields<'_>, problems: &mut Problems) {
    match fields.number("schema", problems) {
        None if !fields.has("schema") => {
            problems.push_with_help(
                fields.place(),
                "`schema` is missing",
                format!("begin the file with `schema = {SCHEMA}`"),
            );
        }
        Some(number) if number.value != SCHEMA => {
            let message = format!(
                "schema {} is not known: this version of errbook reads schema {SCHEMA}",
                number.value
            );
            problems.push_with_help(
                &number.place,
                message,
                "use a newer errbook, or write the file anew",
            );
        }
        _ => {}
    }
}

fn spec(fields: &mut Fields<'_>, problems: &mut Problems) -> Spec {
    Spec {
        vendor: fields.required_text("vendor", problems),
        locale: fields.required_text("locale", problems),
        kinds: fields.text("kinds", problems),
        title: fields.texts("title", problems),
        source: fields
            .fields("source", problems)
            .map(|fields| source_file(fields, problems)),
        since: parse_since(fields, problems),
        sets: fields.array("set", set, problems),
    }
}

fn source_file(mut fields: Fields<'_>, problems: &mut Problems) -> SourceFile {
    let source = SourceFile {
        file: fields.required_text("file", problems),
        sha256: fields.required_text("sha256", problems),
        url: fields.text("url", problems),
        edition: fields.text("edition", problems),
        date: fields.text("date", problems),
    };
    fields.finish(problems);
    source
}

fn set(mut fields: Fields<'_>, problems: &mut Problems) -> Set {
    let mut set: Set = parse_facts(&mut fields, problems);
    set.sections = fields.array("section", section, problems);
    set.codes = fields.array("code", code, problems);
    set.ranges = fields.array("range", range, problems);
    fields.finish(problems);
    set
}

fn section(mut fields: Fields<'_>, problems: &mut Problems) -> Section {
    let section = Section {
        id: fields.required_text("id", problems),
        title: fields.texts("title", problems),
    };
    fields.finish(problems);
    section
}

fn code(mut fields: Fields<'_>, problems: &mut Problems) -> Code {
    let code = parse_facts(&mut fields, problems);
    fields.finish(problems);
    code
}

/// Reads `params = { key = {}, reason = { written = "reason>" } }`, in the order of the file.
pub fn params(mut fields: Fields<'_>, problems: &mut Problems) -> Vec<Param> {
    let mut params = Vec::new();
    for (name, value) in fields.entries() {
        let Some(mut fields) = value.fields(&name, problems) else {
            continue;
        };
        let param = Param {
            name,
            written: fields.text("written", problems),
            values: fields.list("values", problems),
        };
        fields.finish(problems);
        params.push(param);
    }
    params
}

fn range(mut fields: Fields<'_>, problems: &mut Problems) -> Range {
    let range = parse_facts(&mut fields, problems);
    fields.finish(problems);
    range
}
