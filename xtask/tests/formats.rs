//! Compares the guide's references and the JSON Schemas of the formats that people edit with the
//! parsers, and the lists of features with the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use errbook_cli::config::Config;
use errbook_cli::export::{
    ERRBOOK_SCHEMA, MESSAGES_SCHEMA, OVERLAY_SCHEMA, OVERRIDES_SCHEMA, SEVERITIES_SCHEMA,
    SPEC_SCHEMA,
};
use errbook_cli::{diff, messages, overlay};
use errbook_spec::fields::{Expected, Key, record_tables};
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Spec, override_facts};
use serde_json::Value;

use crate::shipped::{root, run_errbook};

/// A format, its reference in the guide, and files that together contain every table of it.
struct Format {
    name: &'static str,
    reference: &'static str,
    schema: &'static str,
    parse: fn(&Source) -> Result<(), Problems>,
    files: Vec<String>,
}

/// The type of each key of a table, and whether it is required.
type Table = BTreeMap<String, (String, bool)>;

/// The spec of the guide, which overrides are checked against. It is parsed before any keys are
/// recorded.
static ORDERS: LazyLock<Spec> = LazyLock::new(|| {
    let file = "runtime/tests/guide/orders.toml";
    errbook_spec::parse(&Source::new(file, &read_file(file))).unwrap()
});

fn formats() -> Vec<Format> {
    LazyLock::force(&ORDERS);
    let vendors = std::fs::read_dir(root().join("codes/vendors")).unwrap();
    let vendors: Vec<String> = vendors
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let of_vendors = |file: &str| {
        let files = vendors
            .iter()
            .map(|vendor| format!("codes/vendors/{vendor}/{file}"));
        files.collect::<Vec<_>>()
    };
    let mut specs = of_vendors("spec.toml");
    specs.extend(
        [
            "codes/kinds.toml",
            "runtime/tests/guide/kinds.toml",
            "runtime/tests/guide/orders.toml",
            "runtime/tests/shop.toml",
        ]
        .map(str::to_owned),
    );
    let mut overlays = of_vendors("overlay.toml");
    overlays.push("runtime/tests/guide/overlay.toml".to_owned());
    // A vendor whose document is in English has none.
    let mut translations = of_vendors("messages/en.toml");
    translations.retain(|file| root().join(file).exists());
    translations.push("runtime/tests/guide/messages.toml".to_owned());
    vec![
        Format {
            name: "spec.toml",
            reference: "spec.md",
            schema: SPEC_SCHEMA,
            parse: |source| errbook_spec::parse(source).map(drop),
            files: specs,
        },
        Format {
            name: "overlay.toml",
            reference: "registry/overlay.md",
            schema: OVERLAY_SCHEMA,
            parse: |source| overlay::parse(source).map(drop),
            files: overlays,
        },
        Format {
            name: "overrides.toml",
            reference: "overrides.md",
            schema: OVERRIDES_SCHEMA,
            parse: |source| override_facts(&ORDERS, source).errors.finish(()),
            files: vec!["runtime/tests/guide/overrides.toml".to_owned()],
        },
        Format {
            name: "messages/LANG.toml",
            reference: "registry/messages.md",
            schema: MESSAGES_SCHEMA,
            parse: |source| messages::parse(source, "en").map(drop),
            files: translations,
        },
        Format {
            name: "severities.toml",
            reference: "registry/severities.md",
            schema: SEVERITIES_SCHEMA,
            parse: |source| diff::parse_severities(source).map(drop),
            files: vec!["runtime/tests/guide/severities.toml".to_owned()],
        },
        Format {
            name: "errbook.toml",
            reference: "registry/errbook.md",
            schema: ERRBOOK_SCHEMA,
            parse: |source| Config::parse(source).map(drop),
            files: ["codes/errbook.toml", "runtime/tests/guide/errbook.toml"]
                .map(str::to_owned)
                .into(),
        },
    ]
}

fn read_file(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The tables that the parser of a format knows.
fn parser_tables(format: &Format) -> Vec<Table> {
    let tables = record_tables(|| {
        for file in &format.files {
            (format.parse)(&Source::new(file, &read_file(file)))
                .unwrap_or_else(|error| panic!("{error}"));
        }
    });
    let mut tables: Vec<Table> = tables
        .iter()
        .map(|keys| keys.iter().map(describe_key).collect())
        .collect();
    if tables.is_empty() {
        // serde parses errbook.toml, and records nothing.
        collect_serde_tables("", format.parse, &mut tables);
    }
    tables
}

/// The tables that a parser made with serde knows, by what it says about mistakes: an unknown key
/// lists the known ones, a value of another type names the expected type, and a missing key is
/// named.
fn collect_serde_tables(
    table: &str,
    parse: fn(&Source) -> Result<(), Problems>,
    tables: &mut Vec<Table>,
) {
    let message = |text: &str| match parse(&Source::new("errbook.toml", text)) {
        Ok(()) => String::new(),
        Err(problems) => problems.to_string(),
    };
    let header = match table {
        "" => String::new(),
        table => format!("[{table}]\n"),
    };
    let unknown = message(&format!("{header}unknown-key = 1"));
    let (_, keys) = unknown.split_once(", expected ").expect(&unknown);
    let keys = keys.lines().next().unwrap();
    let mut rows = Table::new();
    // Splitting at backticks makes every second part a key.
    for key in keys.split('`').skip(1).step_by(2) {
        let mistyped = message(&format!("{header}{key} = 1.5"));
        let (_, expected) = mistyped.split_once(", expected ").expect(&mistyped);
        let kind = match expected.lines().next().unwrap() {
            "a string" => "string",
            "i64" => "integer",
            "a map" if message(&format!("{header}{key}.en = 1.5")).contains("a map") => {
                "words by language"
            }
            "a map" => "strings by language",
            "a sequence" => "array of strings",
            record if record.starts_with("struct ") => {
                collect_serde_tables(key, parse, tables);
                "table"
            }
            other => panic!("`{key}` is {other}"),
        };
        rows.insert(key.to_owned(), (kind.to_owned(), false));
    }
    // The message names one missing key. Give it, to see the next one.
    let mut text = header;
    while let Some((_, missing)) = message(&text).split_once("missing field `") {
        let key = missing.split('`').next().unwrap();
        let Some(row) = rows.get_mut(key) else {
            break; // of the table around this one
        };
        row.1 = true;
        let value = if row.0 == "integer" { "1" } else { "\"a\"" };
        writeln!(text, "{key} = {value}").unwrap();
    }
    tables.push(rows);
}

fn describe_key(key: &Key) -> (String, (String, bool)) {
    let kind = match &key.expected {
        Expected::String => "string".to_owned(),
        Expected::StringsByLanguage => "strings by language".to_owned(),
        Expected::Strings => "array of strings".to_owned(),
        Expected::Number => "integer".to_owned(),
        Expected::Boolean => "boolean".to_owned(),
        Expected::OneOf(words) => format!("one of {}", words.join(", ")),
        Expected::Table => "table".to_owned(),
        Expected::Tables => "array of tables".to_owned(),
        Expected::Any => "any".to_owned(),
    };
    (key.name.to_owned(), (kind, key.is_required))
}

/// The tables of a reference: those whose columns are key, type, default and meaning.
fn reference_tables(text: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut table: Option<Table> = None;
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            ["", "key", "type", "default", "meaning", ""] => table = Some(Table::new()),
            ["", key, kind, default, meaning, ""] => {
                let Some(rows) = table.as_mut().filter(|_| key.starts_with('`')) else {
                    continue;
                };
                assert!(!meaning.is_empty(), "{key} has no meaning");
                let kind = match *kind {
                    "string or table" | "boolean or string" => "any".to_owned(),
                    kind => kind.replace('`', ""),
                };
                let row = (kind, *default == "required");
                let before = rows.insert(key.trim_matches('`').to_owned(), row);
                assert!(before.is_none(), "{key} is documented twice");
            }
            _ => tables.extend(table.take()),
        }
    }
    tables.extend(table);
    tables
}

/// The tables of a JSON Schema: its objects with a fixed list of properties.
fn schema_tables(schema: &Value) -> Vec<Table> {
    let mut tables = Vec::new();
    collect_tables(schema, schema, &mut tables);
    tables
}

fn collect_tables(value: &Value, schema: &Value, tables: &mut Vec<Table>) {
    let required = |key: &str| {
        let names = value["required"].as_array();
        names.is_some_and(|names| names.iter().any(|name| name == key))
    };
    if value["additionalProperties"] == false
        && let Some(properties) = value["properties"].as_object()
    {
        let rows = properties.iter().map(|(key, property)| {
            assert!(
                property["description"].is_string(),
                "{key} has no description"
            );
            (
                key.clone(),
                (kind_in_schema(property, schema), required(key)),
            )
        });
        tables.push(rows.collect());
    }
    match value {
        Value::Object(fields) => fields
            .values()
            .for_each(|field| collect_tables(field, schema, tables)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_tables(item, schema, tables)),
        _ => {}
    }
}

fn kind_in_schema(property: &Value, schema: &Value) -> String {
    if let Some(reference) = property["$ref"].as_str() {
        if reference.ends_with("/texts") {
            return "strings by language".to_owned();
        }
        if reference.ends_with("/words") {
            return "words by language".to_owned();
        }
        return kind_in_schema(schema.pointer(&reference[1..]).unwrap(), schema);
    }
    if let Some(words) = property["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of {}", words.join(", "));
    }
    if property["const"].is_number() {
        return "integer".to_owned();
    }
    match property["type"].as_str() {
        Some("array") if property["items"]["type"] == "string" => "array of strings".to_owned(),
        Some("array") => "array of tables".to_owned(),
        Some("object") => "table".to_owned(),
        Some(kind) => kind.to_owned(),
        None => "any".to_owned(),
    }
}

/// Asserts that two lists of tables have the same keys, types and required keys. Reports how a
/// table differs from the most similar one.
fn assert_same_tables(name: &str, what: &str, described: &[Table], parsed: &[Table]) {
    let differences = |left: &[Table], right: &[Table], verb: &str| {
        let mut report = String::new();
        for table in left.iter().filter(|table| !right.contains(table)) {
            let rows = |table: &Table| table.clone().into_iter().collect::<BTreeSet<_>>();
            let shared = |other: &&Table| rows(other).intersection(&rows(table)).count();
            let nearest = right.iter().max_by_key(shared).cloned().unwrap_or_default();
            let only: Vec<_> = rows(table).difference(&rows(&nearest)).cloned().collect();
            let keys = table.keys();
            writeln!(report, "{verb}, in the table {keys:?}: {only:?}").unwrap();
        }
        report
    };
    let report = differences(parsed, described, "parsed but not described")
        + &differences(described, parsed, "described but not parsed");
    assert!(
        report.is_empty(),
        "{name}: {what} and the parser differ\n{report}"
    );
}

#[test]
fn the_schemas_and_the_guide_contain_the_facts_as_the_table_has_them() {
    for file in errbook_cli::formats::generate(&root()).unwrap() {
        assert!(
            read_file(&file.path) == file.text,
            "{} is out of date: run `cargo xtask formats`",
            file.path
        );
    }
}

#[test]
fn every_reference_describes_the_keys_that_its_parser_knows() {
    for format in formats() {
        let text = read_file(&format!("runtime/src/guide/{}", format.reference));
        assert_same_tables(
            format.name,
            format.reference,
            &without_stricter_keys(reference_tables(&text), &parser_tables(&format)),
            &parser_tables(&format),
        );
    }
}

#[test]
fn every_json_schema_describes_the_keys_that_its_parser_knows() {
    for format in formats() {
        let schema: Value = serde_json::from_str(format.schema).unwrap();
        let parsed = parser_tables(&format);
        assert_same_tables(
            format.name,
            "the JSON Schema",
            &without_stricter_keys(schema_tables(&schema), &parsed),
            &parsed,
        );
    }
}

/// Makes keys optional that only a description requires, not the parser: a later check can require
/// a key, too.
fn without_stricter_keys(mut described: Vec<Table>, parsed: &[Table]) -> Vec<Table> {
    for table in &mut described {
        let same_keys = |other: &&Table| other.keys().eq(table.keys());
        let Some(parsed) = parsed.iter().find(same_keys) else {
            continue;
        };
        for (key, row) in table {
            row.1 &= parsed[key].1;
        }
    }
    described
}

#[test]
fn every_file_matches_the_json_schema_of_its_format() {
    for format in formats() {
        let schema: Value = serde_json::from_str(format.schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for file in &format.files {
            let value = toml_to_json(&read_file(file));
            let errors = validator.iter_errors(&value);
            let errors: Vec<_> = errors
                .map(|error| format!("{file}: {}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{}", errors.join("\n"));
        }
    }
}

#[test]
fn the_json_schemas_reject_what_the_parsers_reject() {
    let head = "schema = 1\n";
    let broken = [
        (OVERLAY_SCHEMA, "locale = \"en\"\ntitel = \"A\""),
        (OVERLAY_SCHEMA, "locale = \"en\"\n[set.A]"),
        (
            OVERLAY_SCHEMA,
            "locale = \"en\"\n[set.A]\ntable = \"A\"\nstatus = \"retired\"",
        ),
        (
            OVERLAY_SCHEMA,
            "locale = \"en\"\n[set.A]\ntable = \"A\"\n[set.A.code]\n1 = { varaint = \"B\" }",
        ),
        (
            OVERLAY_SCHEMA,
            "locale = \"en\"\n[set.A]\ntable = \"A\"\nidentity = \"code+symbol\"\n\
             [set.A.code]\n1 = { variant = \"B\" }",
        ),
        (
            OVERLAY_SCHEMA,
            "locale = \"en\"\n[set.A]\ntable = \"A\"\n[set.A.range]\n12 = {}",
        ),
        (OVERLAY_SCHEMA, "locale = \"en\"\n[[ignore]]\ntable = \"A\""),
        (
            OVERRIDES_SCHEMA,
            "vendor = \"a\"\n[set.A.code]\n1 = { variant = \"B\" }",
        ),
        (OVERRIDES_SCHEMA, "vendor = \"a\"\n[set.A.range]\n1 = {}"),
        (MESSAGES_SCHEMA, "[[text]]\nof = \"a\""),
        (MESSAGES_SCHEMA, "[[text]]\nof = \"a\"\nis = 1"),
        (
            SEVERITIES_SCHEMA,
            "[[severity]]\nof = \"code-retired\"\nis = \"fatal\"\nbecause = \"b\"",
        ),
        (ERRBOOK_SCHEMA, "naem = \"a\""),
        (ERRBOOK_SCHEMA, "name = \" \""),
        (ERRBOOK_SCHEMA, "name = \"a\"\nvendors = \"/a\""),
        (ERRBOOK_SCHEMA, "name = \"a\"\n[crate]\nmodule = \"a\""),
        (
            ERRBOOK_SCHEMA,
            "name = \"a\"\n[release]\nchangelog = { English = \"a\" }",
        ),
        (
            SPEC_SCHEMA,
            "vendor = \"a\"\nlocale = \"en\"\n[[set]]\nname = \"A\"\nbilling-source = {}",
        ),
    ];
    for (schema, text) in broken {
        let schema: Value = serde_json::from_str(schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        assert!(
            !validator.is_valid(&toml_to_json(&format!("{head}{text}"))),
            "{text}"
        );
    }
}

#[test]
fn what_init_writes_matches_the_json_schema() {
    let schema: Value = serde_json::from_str(ERRBOOK_SCHEMA).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, option) in [("full", "--kinds=own"), ("bare", "--no-crate")] {
        let path = folder.path().join(name);
        run_errbook(&["init", path.to_str().unwrap(), option]);
        let text = std::fs::read_to_string(path.join("errbook.toml")).unwrap();
        let value = toml_to_json(&text);
        jsonschema::draft202012::validate(&schema, &value).unwrap_or_else(|e| panic!("{e}"));
    }
}

#[test]
fn the_schema_that_a_file_names_exists() {
    for file in formats().iter().flat_map(|format| &format.files) {
        let text = read_file(file);
        let Some(schema) = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema "))
        else {
            assert!(file.starts_with("runtime/tests/"), "{file} names no schema");
            continue;
        };
        // What the tool writes names the published schema, which is this file.
        let published = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/");
        let path = match schema.strip_prefix(published) {
            Some(path) => root().join(path),
            None => root().join(file).parent().unwrap().join(schema),
        };
        assert!(path.is_file(), "{file}: {schema}");
    }
}

#[test]
fn the_front_pages_list_every_feature() {
    for package in ["codes", "runtime"] {
        let manifest = read_file(&format!("{package}/Cargo.toml"));
        let manifest = manifest.parse::<toml_edit::DocumentMut>().unwrap();
        let page = read_file(&format!("{package}/src/lib.rs"));
        let features = manifest["features"].as_table().unwrap().iter();
        let defaults = manifest["features"]["default"].as_array().unwrap();
        for (feature, _) in features.filter(|(feature, _)| *feature != "default") {
            let is_default = defaults
                .iter()
                .any(|default| default.as_str() == Some(feature));
            // `std`, a default, enables `alloc`.
            let is_default = is_default || feature == "alloc";
            let row = format!(
                "//! | `{feature}` | {} |",
                if is_default { "yes" } else { "no" }
            );
            assert!(page.contains(&row), "{package}/src/lib.rs lacks `{row}`");
        }
    }
}

/// Converts TOML to JSON, for the JSON Schema validator.
fn toml_to_json(text: &str) -> Value {
    fn item(value: &toml_edit::Item) -> Value {
        match value {
            toml_edit::Item::Value(value) => scalar(value),
            toml_edit::Item::Table(table) => object(table),
            toml_edit::Item::ArrayOfTables(tables) => tables.iter().map(object).collect(),
            toml_edit::Item::None => Value::Null,
        }
    }
    fn object(table: &toml_edit::Table) -> Value {
        let fields = table
            .iter()
            .map(|(key, value)| (key.to_owned(), item(value)));
        Value::Object(fields.collect())
    }
    fn scalar(value: &toml_edit::Value) -> Value {
        match value {
            toml_edit::Value::String(text) => text.value().as_str().into(),
            toml_edit::Value::Integer(number) => (*number.value()).into(),
            toml_edit::Value::Boolean(boolean) => (*boolean.value()).into(),
            toml_edit::Value::Array(array) => array.iter().map(scalar).collect(),
            toml_edit::Value::InlineTable(table) => {
                let fields = table
                    .iter()
                    .map(|(key, value)| (key.to_owned(), scalar(value)));
                Value::Object(fields.collect())
            }
            other => panic!("the formats have no values of the type of {other}"),
        }
    }
    object(text.parse::<toml_edit::DocumentMut>().unwrap().as_table())
}
