//! Parses the text of a spec.toml into a `Spec` whose values know their positions.

use crate::facts::{parse_facts, parse_since};
use crate::fields::{Fields, Partial, parse_partial as parse_toml};
use crate::order::Firsts;
use crate::place::{At, Source};
use crate::problem::Problems;
use crate::spec::{
    Code, Identity, Param, Range, SCHEMA, Section, Set, SourceFile, Spec, Superseded, Wire,
};

/// Parses a spec. Only checks the format; `check` checks the contents.
///
/// # Errors
///
/// Everything that is not valid TOML, not a key of this format, or not a value of the expected
/// type.
pub fn parse(source: &Source) -> Result<Spec, Problems> {
    let Partial {
        value, problems, ..
    } = parse_partial(source);
    problems.finish(value)
}

/// Parses as much of a spec as can be read.
pub(crate) fn parse_partial(source: &Source) -> Partial<Spec> {
    parse_toml(source, |fields, problems| {
        parse_schema(fields, problems);
        parse_spec(fields, problems)
    })
}

/// Parses `schema = 1`, which every file format of errbook requires.
pub fn parse_schema(fields: &mut Fields<'_>, problems: &mut Problems) {
    match fields.number("schema", problems) {
        None if !fields.has("schema") => {
            problems.push_with_help(
                fields.place(),
                "missing `schema`",
                format!("start the file with `schema = {SCHEMA}`"),
            );
        }
        Some(number) if number.value != SCHEMA => {
            let message = format!(
                "unsupported schema {}; this version of errbook supports schema {SCHEMA}",
                number.value
            );
            problems.push_with_help(
                &number.place,
                message,
                "use a newer version of errbook, or regenerate the file",
            );
        }
        _ => {}
    }
}

fn parse_spec(fields: &mut Fields<'_>, problems: &mut Problems) -> Spec {
    Spec {
        vendor: fields.required_text("vendor", problems),
        locale: fields.required_text("locale", problems),
        kinds: fields.text("kinds", problems),
        title: fields.texts("title", problems),
        source: fields
            .fields("source", problems)
            .map(|fields| parse_source_file(fields, problems)),
        since: parse_since(fields, problems),
        sets: fields.array("set", parse_set, problems),
        overrides: None,
        fallbacks: Vec::new(),
    }
}

fn parse_source_file(mut fields: Fields<'_>, problems: &mut Problems) -> SourceFile {
    let source = SourceFile {
        file: fields.required_text("file", problems),
        sha256: fields.required_text("sha256", problems),
        url: fields.text("url", problems),
        edition: fields.text("edition", problems),
        date: fields.text("date", problems),
        superseded: parse_superseded(&mut fields, problems),
        newer: fields.text("newer", problems),
    };
    fields.finish(problems);
    source
}

/// Parses `superseded = true` or `superseded = "2019-01-28"`. `false` says nothing.
pub fn parse_superseded(
    fields: &mut Fields<'_>,
    problems: &mut Problems,
) -> Option<At<Superseded>> {
    let value = fields.value("superseded")?;
    match (value.as_bool(), value.as_text()) {
        (Some(true), _) => Some(At::new(Superseded::Undated, value.place())),
        (Some(false), _) => None,
        (None, Some(day)) => Some(At::new(Superseded::Since(day.value), value.place())),
        (None, None) => {
            let message = format!(
                "`superseded` must be true or a day such as \"2019-01-28\", not {}",
                value.kind()
            );
            problems.push(&value.place(), message);
            None
        }
    }
}

fn parse_set(mut fields: Fields<'_>, problems: &mut Problems) -> Set {
    let mut set: Set = parse_facts(&mut fields, problems);
    set.sections = fields.array("section", parse_section, problems);
    set.codes = former_last(fields.array("code", parse_code, problems));
    set.ranges = fields.array("range", parse_range, problems);
    // The default would make each code a problem.
    if fields.is_unreadable("wire") {
        set.wire = likely_wire(&set.codes);
    }
    if fields.is_unreadable("identity") {
        set.identity = likely_identity(&set.codes);
    }
    fields.finish(problems);
    set
}

/// The codes with the former meanings at the end: the first code with a key is what it means now.
fn former_last(mut codes: Vec<Code>) -> Vec<Code> {
    if codes.iter().any(Code::is_former) {
        let former: Vec<Code> = codes
            .iter()
            .filter(|code| code.is_former())
            .cloned()
            .collect();
        codes.retain(|code| !code.is_former());
        codes.extend(former);
    }
    codes
}

/// The wire type that codes fit.
fn likely_wire(codes: &[Code]) -> Wire {
    let are = |wire: Wire| codes.iter().all(|code| wire.number(&code.code).is_some());
    [Wire::Integer, Wire::Integer64]
        .into_iter()
        .find(|&wire| are(wire))
        .unwrap_or(Wire::String)
}

/// What identifies codes that all have a symbol, if some are equal: the symbol, too.
fn likely_identity(codes: &[Code]) -> Identity {
    let have_symbols = codes.iter().all(|code| code.symbol.is_some());
    let mut firsts = Firsts::with_capacity(codes.len());
    let codes = codes.iter().filter(|code| !code.is_former());
    let mut codes = codes.enumerate();
    if have_symbols && codes.any(|(at, code)| firsts.before(&code.code, at).is_some()) {
        Identity::CodeAndSymbol
    } else {
        Identity::Code
    }
}

fn parse_section(mut fields: Fields<'_>, problems: &mut Problems) -> Section {
    let section = Section {
        id: fields.required_text("id", problems),
        title: fields.texts("title", problems),
    };
    fields.finish(problems);
    section
}

fn parse_code(mut fields: Fields<'_>, problems: &mut Problems) -> Code {
    let code = parse_facts(&mut fields, problems);
    fields.finish(problems);
    code
}

/// Parses `params = { key = {}, reason = { written = "reason>" } }`, in the order of the file.
pub fn parse_params(mut fields: Fields<'_>, problems: &mut Problems) -> Vec<Param> {
    let mut params = Vec::new();
    for (name, value) in fields.entries() {
        let Some(mut fields) = value.fields(&name, problems) else {
            continue;
        };
        let param = Param {
            name,
            written: fields.text("written", problems),
            values: fields.list("values", problems),
            optional: fields.flag("optional", problems),
        };
        fields.finish(problems);
        params.push(param);
    }
    params
}

fn parse_range(mut fields: Fields<'_>, problems: &mut Problems) -> Range {
    let range = parse_facts(&mut fields, problems);
    fields.finish(problems);
    range
}
