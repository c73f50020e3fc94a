//! TOML text to `Spec`, with the place of each value.

use crate::fields::{Fields, parse as parse_toml};
use crate::place::Source;
use crate::problem::Problems;
use crate::spec::{
    Billing, BillingSource, Code, Fault, Identity, Note, Param, Range, Retry, SCHEMA, Section, Set,
    Severity, Since, SourceFile, Spec, Status, Wire,
};
use crate::texts::Texts;

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
        since: fields
            .fields("since", problems)
            .map(|fields| since(fields, problems)),
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

/// Reads `note = { en = "…", source = "https://…", date = "2021-07-19" }`: every other key is a language.
fn note(mut fields: Fields<'_>, problems: &mut Problems) -> Note {
    let source = fields.text("source", problems);
    let date = fields.text("date", problems);
    let mut text = Texts::new();
    for (tag, value) in fields.entries() {
        if tag.value == "source" || tag.value == "date" {
            continue;
        }
        if let Some(note) = value.text("note", problems) {
            text.insert(tag.value, note);
        }
    }
    Note { text, source, date }
}

/// Reads `since = { edition = "2018-12-06", release = "0.1.0" }`.
fn since(mut fields: Fields<'_>, problems: &mut Problems) -> Since {
    let since = Since {
        edition: fields.text("edition", problems),
        release: fields.text("release", problems),
    };
    fields.finish(problems);
    since
}

fn set(mut fields: Fields<'_>, problems: &mut Problems) -> Set {
    let set = Set {
        name: fields.required_text("name", problems),
        was: fields.list("was", problems),
        wire: fields
            .word("wire", Wire::WORDS, problems)
            .map(|wire| wire.value)
            .unwrap_or_default(),
        identity: fields
            .word("identity", Identity::WORDS, problems)
            .map(|at| at.value)
            .unwrap_or_default(),
        status: fields
            .word("status", Status::WORDS, problems)
            .map(|at| at.value)
            .unwrap_or_default(),
        title: fields.texts("title", problems),
        severity: fields.word("severity", Severity::WORDS, problems),
        note: fields
            .fields("note", problems)
            .map(|fields| note(fields, problems)),
        billing_source: fields
            .fields("billing-source", problems)
            .and_then(|fields| billing_source(fields, problems)),
        sections: fields.array("section", section, problems),
        codes: fields.array("code", code, problems),
        ranges: fields.array("range", range, problems),
    };
    fields.finish(problems);
    set
}

fn billing_source(mut fields: Fields<'_>, problems: &mut Problems) -> Option<BillingSource> {
    let column = fields.text("column", problems).map(BillingSource::Column);
    let quote = fields.text("quote", problems).map(BillingSource::Quote);
    fields.finish(problems);
    column.or(quote)
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
    let code = Code {
        code: fields.required_text("code", problems),
        symbol: fields.text("symbol", problems),
        aliases: fields.list("aliases", problems),
        was: fields.list("was", problems),
        variant: fields.required_text("variant", problems),
        was_variant: fields.list("was-variant", problems),
        status: fields
            .word("status", Status::WORDS, problems)
            .map(|at| at.value)
            .unwrap_or_default(),
        retired_in: fields.text("retired-in", problems),
        replaced_by: fields.text("replaced-by", problems),
        section: fields.text("section", problems),
        locale: fields.text("locale", problems),
        params: fields
            .fields("params", problems)
            .map(|fields| params(fields, problems))
            .unwrap_or_default(),
        message: fields.texts("message", problems),
        remedy: fields.texts("remedy", problems),
        doc: fields.texts("doc", problems),
        unlike: fields.list("unlike", problems),
        fault: fields.word("fault", Fault::WORDS, problems),
        http_answer: fields.number("http-answer", problems),
        kind: fields.text("kind", problems),
        retry: fields.word("retry", Retry::WORDS, problems),
        retry_after: fields.number("retry-after", problems),
        billing: fields.word("billing", Billing::WORDS, problems),
        http: fields.number("http", problems),
        success: fields.flag("success", problems),
        severity: fields.word("severity", Severity::WORDS, problems),
        note: fields
            .fields("note", problems)
            .map(|fields| note(fields, problems)),
        said: fields.texts("said", problems),
        since: fields
            .fields("since", problems)
            .map(|fields| since(fields, problems)),
    };
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
    let range = Range {
        from: fields.required_text("from", problems),
        to: fields.required_text("to", problems),
        kind: fields.text("kind", problems),
        retry: fields.word("retry", Retry::WORDS, problems),
        billing: fields.word("billing", Billing::WORDS, problems),
        severity: fields.word("severity", Severity::WORDS, problems),
        note: fields
            .fields("note", problems)
            .map(|fields| note(fields, problems)),
    };
    fields.finish(problems);
    range
}
