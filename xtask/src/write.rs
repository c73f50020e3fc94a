//! A `Spec` as the text of a spec.toml: one code a stanza, one language a line, always in the same order.

use std::fmt::Write;

use errbook_spec::Texts;
use errbook_spec::place::At;
use errbook_spec::{
    Billing, BillingSource, Code, Fault, Identity, Param, Range, Retry, SCHEMA, Section, Set, Spec,
    Status, Wire, word,
};

/// The text of a spec.toml. `spec::parse` reads the same spec from it.
#[must_use]
pub fn spec(spec: &Spec) -> String {
    let mut out = Lines::default();
    if spec.source.is_some() {
        let vendor = &spec.vendor.value;
        out.line("#:schema ../../../xtask/schemas/spec.schema.json");
        out.line(&format!(
            "# Written by `cargo xtask regen {vendor}` from source.md, overlay.toml and messages/. Do not edit."
        ));
    }
    out.line(&format!("schema = {SCHEMA}"));
    out.text("vendor", &spec.vendor);
    out.text("locale", &spec.locale);
    out.optional("kinds", spec.kinds.as_ref());
    out.texts("title", &spec.title, &spec.locale);
    if let Some(source) = &spec.source {
        let (file, sha256) = (string(&source.file), string(&source.sha256));
        let url = source
            .url
            .iter()
            .map(|url| format!(", url = {}", string(url)))
            .collect::<String>();
        out.line(&format!(
            "source = {{ file = {file}, sha256 = {sha256}{url} }}"
        ));
    }
    spec.sets
        .iter()
        .for_each(|item| set(&mut out, item, &spec.locale));
    out.0
}

fn set(out: &mut Lines, set: &Set, locale: &str) {
    out.header("set");
    out.text("name", &set.name);
    out.list("was", &set.was);
    out.field("wire", &string(word(Wire::WORDS, set.wire)));
    if set.identity != Identity::default() {
        out.field("identity", &string(word(Identity::WORDS, set.identity)));
    }
    status(out, set.status);
    out.texts("title", &set.title, locale);
    match &set.billing_source {
        Some(BillingSource::Column(column)) => out.text("billing-source.column", column),
        Some(BillingSource::Quote(quote)) => out.text("billing-source.quote", quote),
        None => {}
    }
    set.sections
        .iter()
        .for_each(|item| section(out, item, locale));
    set.codes.iter().for_each(|item| code(out, item, locale));
    set.ranges.iter().for_each(|item| range(out, item));
}

fn section(out: &mut Lines, section: &Section, locale: &str) {
    out.header("set.section");
    out.text("id", &section.id);
    out.texts("title", &section.title, locale);
}

fn code(out: &mut Lines, code: &Code, locale: &str) {
    out.header("set.code");
    out.text("code", &code.code);
    out.optional("symbol", code.symbol.as_ref());
    out.list("aliases", &code.aliases);
    out.list("was", &code.was);
    out.text("variant", &code.variant);
    out.list("was-variant", &code.was_variant);
    status(out, code.status);
    out.optional("retired-in", code.retired_in.as_ref());
    out.optional("replaced-by", code.replaced_by.as_ref());
    out.optional("section", code.section.as_ref());
    out.optional("locale", code.locale.as_ref());
    params(out, &code.params);
    let locale = code
        .locale
        .as_ref()
        .map_or(locale, |locale| locale.as_str());
    taxonomy(out, code, locale);
    out.texts("message", &code.message, locale);
    out.texts("remedy", &code.remedy, locale);
    out.optional("kind", code.kind.as_ref());
    out.word("retry", Retry::WORDS, code.retry.as_ref());
    out.number("retry-after", code.retry_after.as_ref());
    out.word("billing", Billing::WORDS, code.billing.as_ref());
    out.number("http", code.http.as_ref());
    if code.success {
        out.field("success", "true");
    }
}

/// The keys that only a taxonomy has.
fn taxonomy(out: &mut Lines, code: &Code, locale: &str) {
    out.texts("doc", &code.doc, locale);
    out.list("unlike", &code.unlike);
    out.word("fault", Fault::WORDS, code.fault.as_ref());
    out.number("http-answer", code.http_answer.as_ref());
}

fn range(out: &mut Lines, range: &Range) {
    out.header("set.range");
    out.text("from", &range.from);
    out.text("to", &range.to);
    out.optional("kind", range.kind.as_ref());
    out.word("retry", Retry::WORDS, range.retry.as_ref());
    out.word("billing", Billing::WORDS, range.billing.as_ref());
}

fn status(out: &mut Lines, status: Status) {
    if status != Status::default() {
        out.field("status", &string(word(Status::WORDS, status)));
    }
}

/// `params = { key = {}, reason = { written = "reason>" } }`.
fn params(out: &mut Lines, params: &[Param]) {
    if params.is_empty() {
        return;
    }
    let each: Vec<_> = params
        .iter()
        .map(|param| format!("{} = {}", key(&param.name), fields(param)))
        .collect();
    out.field("params", &format!("{{ {} }}", each.join(", ")));
}

fn fields(param: &Param) -> String {
    let written = param
        .written
        .iter()
        .map(|written| format!("written = {}", string(written)));
    let values = (!param.values.is_empty()).then(|| format!("values = {}", list(&param.values)));
    let fields: Vec<_> = written.chain(values).collect();
    if fields.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", fields.join(", "))
    }
}

/// The lines so far; each method adds what its name says, and nothing for what is absent.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn header(&mut self, name: &str) {
        self.line(&format!("\n[[{name}]]"));
    }

    fn field(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    fn text(&mut self, key: &str, text: &str) {
        self.field(key, &string(text));
    }

    fn optional(&mut self, key: &str, text: Option<&At<String>>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn number(&mut self, key: &str, number: Option<&At<u32>>) {
        if let Some(number) = number {
            self.field(key, &number.value.to_string());
        }
    }

    fn word<T: Copy + PartialEq>(
        &mut self,
        key: &str,
        words: &[(&'static str, T)],
        value: Option<&At<T>>,
    ) {
        if let Some(value) = value {
            self.text(key, word(words, value.value));
        }
    }

    fn list(&mut self, key: &str, texts: &[At<String>]) {
        if !texts.is_empty() {
            self.field(key, &list(texts));
        }
    }

    /// One line a language: the source language, then the others by tag.
    fn texts(&mut self, name: &str, texts: &Texts, first: &str) {
        let source = texts.iter().filter(|(tag, _)| *tag == first);
        let others = texts.iter().filter(|(tag, _)| *tag != first);
        for (tag, text) in source.chain(others) {
            self.text(&format!("{name}.{}", key(tag)), text);
        }
    }
}

fn list(texts: &[At<String>]) -> String {
    format!(
        "[{}]",
        texts
            .iter()
            .map(|text| string(text))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

/// A key, bare where TOML lets it be.
pub(crate) fn key(name: &str) -> String {
    let bare = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if bare && !name.is_empty() {
        name.to_owned()
    } else {
        format!("\"{}\"", escaped(name).replace('\n', "\\n"))
    }
}

/// A string; one of several lines begins on its own line.
#[must_use]
pub fn string(text: &str) -> String {
    let text = escaped(text);
    if text.contains('\n') {
        format!("\"\"\"\n{text}\"\"\"")
    } else {
        format!("\"{text}\"")
    }
}

/// Everything that a TOML string may not hold as it is. A line break may stand in one of several lines.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push('\n'),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            control if control.is_control() => {
                write!(out, "\\u{:04X}", u32::from(control))
                    .expect("a String takes whatever is written");
            }
            other => out.push(other),
        }
    }
    out
}
