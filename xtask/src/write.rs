//! Writes a `Spec` as spec.toml: one paragraph for each code, one line for each language, in the
//! order of the facts.

use std::fmt::Write;

use errbook_spec::facts::{self, Entry, Value, facts_of};
use errbook_spec::place::At;
use errbook_spec::{Param, SCHEMA, Section, Set, SourceFile, Spec, Superseded, Texts};

/// The first line of a file of this format: editors check the file by the schema that it names.
#[must_use]
pub fn schema_line(format: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    format!("#:schema {repository}/raw/main/xtask/schemas/{format}.schema.json")
}

/// The text of a spec.toml. `spec::parse` reads the same spec from it.
#[must_use]
pub fn spec(spec: &Spec) -> String {
    let mut out = Lines::default();
    if let Some(source) = &spec.source {
        let vendor = &spec.vendor.value;
        out.push_line(&schema_line("spec"));
        out.push_line(&format!(
            "# Written by `errbook regen {vendor}` from {}, overlay.toml and messages/. \
             Do not edit.",
            source.file.value
        ));
    }
    out.push_line(&format!("schema = {SCHEMA}"));
    out.write_text("vendor", &spec.vendor);
    out.write_text("locale", &spec.locale);
    if let Some(kinds) = &spec.kinds {
        out.write_text("kinds", kinds);
    }
    out.write_texts("title", &spec.title, &spec.locale);
    if let Some(source) = &spec.source {
        out.write_field("source", &source_file(source));
    }
    if let Some(since) = facts::since_of_vendor(spec) {
        out.write_value("since", &since, &spec.locale);
    }
    for set in &spec.sets {
        write_set(&mut out, set, &spec.locale);
    }
    out.0
}

fn source_file(source: &SourceFile) -> String {
    let day = match source.superseded.as_ref().map(|at| &at.value) {
        Some(Superseded::Since(day)) => Some(string_entry("superseded", day)),
        Some(Superseded::Undated) => Some("superseded = true".to_owned()),
        None => None,
    };
    let text = |name, text: &Option<At<String>>| text.as_ref().map(|text| string_entry(name, text));
    let entries = [
        Some(string_entry("file", &source.file)),
        Some(string_entry("sha256", &source.sha256)),
        text("url", &source.url),
        text("edition", &source.edition),
        text("date", &source.date),
        day,
        text("newer", &source.newer),
    ];
    let entries: Vec<_> = entries.into_iter().flatten().collect();
    format!("{{ {} }}", entries.join(", "))
}

fn write_set(out: &mut Lines, set: &Set, locale: &str) {
    out.write_header("set");
    out.write_facts(set, locale);
    for section in &set.sections {
        write_section(out, section, locale);
    }
    for code in &set.codes {
        out.write_header("set.code");
        out.write_facts(code, code.locale.as_ref().map_or(locale, |locale| locale));
    }
    for range in &set.ranges {
        out.write_header("set.range");
        out.write_facts(range, locale);
    }
}

fn write_section(out: &mut Lines, section: &Section, locale: &str) {
    out.write_header("set.section");
    out.write_text("id", &section.id);
    out.write_texts("title", &section.title, locale);
}

/// The lines so far.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push_line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn write_header(&mut self, name: &str) {
        self.push_line(&format!("\n[[{name}]]"));
    }

    fn write_field(&mut self, key: &str, value: &str) {
        self.push_line(&format!("{key} = {value}"));
    }

    fn write_text(&mut self, key: &str, text: &str) {
        self.write_field(key, &toml_string(text));
    }

    /// Every fact that an entry has. In facts with several languages, `locale` comes first.
    fn write_facts<E: Entry>(&mut self, entry: &E, locale: &str) {
        for fact in facts_of::<E>() {
            if let Some(value) = fact.get(entry) {
                self.write_value(fact.key, &value, locale);
            }
        }
    }

    fn write_value(&mut self, name: &str, value: &Value, locale: &str) {
        match value {
            Value::Text(text) => self.write_text(name, text),
            Value::Texts(texts) => self.write_texts(name, texts, locale),
            Value::List(texts) => self.write_field(name, &inline_array(texts)),
            Value::Number(number) => self.write_field(name, &number.value.to_string()),
            Value::Word(word) => self.write_text(name, word.value),
            Value::Flag => self.write_field(name, "true"),
            Value::Params(params) => self.write_field(name, &write_params(params)),
            // A dotted key is easier to read than a table of one entry.
            Value::Table(entries) if entries.len() == 1 => {
                for (key_of_entry, text) in entries {
                    self.write_text(&format!("{name}.{}", toml_key(key_of_entry)), text);
                }
            }
            Value::Table(entries) => self.write_field(name, &inline_table(entries)),
            _ => unreachable!("every type of value is written"),
        }
    }

    /// One line for each language: `first`, followed by the others, sorted by tag.
    fn write_texts(&mut self, name: &str, texts: &Texts, first: &str) {
        let source = texts.iter().filter(|(tag, _)| *tag == first);
        let others = texts.iter().filter(|(tag, _)| *tag != first);
        for (tag, text) in source.chain(others) {
            self.write_text(&format!("{name}.{}", toml_key(tag)), text);
        }
    }
}

/// `{ key = {}, reason = { written = "reason>" } }`.
fn write_params(params: &[Param]) -> String {
    let each: Vec<_> = params
        .iter()
        .map(|param| format!("{} = {}", toml_key(&param.name), param_fields(param)))
        .collect();
    format!("{{ {} }}", each.join(", "))
}

fn param_fields(param: &Param) -> String {
    let written = param
        .written
        .iter()
        .map(|written| format!("written = {}", toml_string(written)));
    let values =
        (!param.values.is_empty()).then(|| format!("values = {}", inline_array(&param.values)));
    let optional = param.optional.then(|| "optional = true".to_owned());
    let fields: Vec<_> = written.chain(values).chain(optional).collect();
    if fields.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", fields.join(", "))
    }
}

/// An inline table. Line feeds are escaped, because it must stay on one line.
fn inline_table(entries: &[(String, At<String>)]) -> String {
    let each: Vec<_> = entries
        .iter()
        .map(|(name, text)| string_entry(name, text))
        .collect();
    format!("{{ {} }}", each.join(", "))
}

fn string_entry(name: &str, text: &str) -> String {
    let text = escape_string(text).replace('\n', "\\n");
    format!("{} = \"{text}\"", toml_key(name))
}

fn inline_array(texts: &[At<String>]) -> String {
    format!(
        "[{}]",
        texts
            .iter()
            .map(|text| toml_string(text))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

/// A TOML key, quoted if necessary.
pub(crate) fn toml_key(name: &str) -> String {
    let bare = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if bare && !name.is_empty() {
        name.to_owned()
    } else {
        format!("\"{}\"", escape_string(name).replace('\n', "\\n"))
    }
}

/// A TOML string. A string of several lines starts on a line of its own.
#[must_use]
pub fn toml_string(text: &str) -> String {
    let text = escape_string(text);
    if text.contains('\n') {
        format!("\"\"\"\n{text}\"\"\"")
    } else {
        format!("\"{text}\"")
    }
}

/// Escapes the characters that a TOML string must not contain. Line feeds stay, for multi-line
/// strings.
fn escape_string(text: &str) -> String {
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
                    .expect("writing to a String cannot fail");
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a string must not contain would make spec.toml invalid.
    #[test]
    fn a_string_has_its_special_characters_escaped() {
        for (text, expected) in [
            ("plain 图", "\"plain 图\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("a\tb\rc", "\"a\\tb\\rc\""),
            ("\u{1}\u{7f}\u{9b}", "\"\\u0001\\u007F\\u009B\""),
            ("a\nb", "\"\"\"\na\nb\"\"\""),
            ("", "\"\""),
        ] {
            assert_eq!(toml_string(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_key_is_quoted_if_it_must_be() {
        for (name, expected) in [
            ("zh-CN", "zh-CN"),
            ("a_1", "a_1"),
            ("a.b", "\"a.b\""),
            ("a b", "\"a b\""),
            ("a\nb", "\"a\\nb\""),
            ("图", "\"图\""),
            ("", "\"\""),
        ] {
            assert_eq!(toml_key(name), expected, "{name:?}");
        }
    }
}
