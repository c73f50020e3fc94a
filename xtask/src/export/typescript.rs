//! A registry in, one TypeScript module for each set out: a union of its codes, and functions that
//! a bundler can drop one by one.

use std::fmt::Write;

use askama::Template;
use errbook_spec::check;
use errbook_spec::facts::{Fact, FactType};
use errbook_spec::problem::Problems;
use errbook_spec::registry::{Code, Registry, Set};
use errbook_spec::{self as spec, Billing, Identity, Retry, Spec, word};
use heck::ToLowerCamelCase;
use serde_json::Value;

use crate::explain::Book;
use crate::export::File;
use crate::export::facts::{effective, value_json};
use crate::interface::shown_facts;

#[derive(Template)]
#[template(path = "errbook.ts", escape = "none")]
struct Runtime {
    retries: Vec<String>,
    kinds: Vec<String>,
    locales: Vec<String>,
}

#[derive(Template)]
#[template(path = "set.ts", escape = "none")]
struct Module {
    vendor: String,
    name: String,
    title: String,
    wire: &'static str,
    /// Whether codes are identified by code and symbol.
    pairs: bool,
    number: bool,
    /// How many bits a number has.
    bits: u32,
    has_params: bool,
    rows: Vec<Row>,
    messages: Vec<(String, Vec<String>)>,
    remedies: Vec<(String, Vec<String>)>,
    facts: Vec<FactView>,
}

/// A fact with a function of its own that looks into the table of rare facts.
struct FactView {
    doc: &'static str,
    name: String,
    /// Its type in TypeScript.
    of: String,
    /// The value of most codes, as a literal: those are not in the table.
    default: Option<String>,
}

/// One code; all but the names are literals already.
struct Row {
    key: String,
    code: String,
    variant: String,
    quoted: String,
    symbols: Vec<String>,
    params: Vec<(String, String)>,
    kind: String,
    retry: &'static str,
    billing: &'static str,
    success: bool,
    /// The rare facts that it has, as a literal; empty if there are none.
    facts: String,
}

/// The modules of a registry.
///
/// # Errors
///
/// What is wrong with a spec.
///
/// # Panics
///
/// Never: the templates write texts only.
pub fn typescript(book: &Book) -> Result<Vec<File>, Problems> {
    let kinds = book
        .kinds
        .iter()
        .flat_map(|kinds| &kinds.sets)
        .flat_map(|set| &set.codes);
    let runtime = Runtime {
        retries: Retry::WORDS.iter().map(|(name, _)| literal(name)).collect(),
        kinds: kinds.map(|kind| literal(&kind.code)).collect(),
        locales: crate::coverage::languages(book.specs.iter(), &book.languages)
            .iter()
            .map(|tag| literal(tag))
            .collect(),
    };
    let render = |template: &dyn askama::DynTemplate| {
        template
            .dyn_render()
            .expect("writing to a String cannot fail")
    };
    let mut files = vec![
        File::new("package.json", package(book)),
        File::new("errbook.ts", render(&runtime)),
    ];
    let mut index = String::from(
        "// Written by `errbook export typescript`. Do not edit.\n\
         export * from \"./errbook.js\";\n",
    );
    for spec in &book.specs {
        let registry = check(spec)?;
        let mut vendor = String::from("// Written by `errbook export typescript`. Do not edit.\n");
        for (set, raw) in registry.sets.iter().zip(&spec.sets) {
            files.push(File::new(
                format!("{}/{}.ts", registry.vendor, set.name),
                render(&module(spec, &registry, set, raw)),
            ));
            let _ = writeln!(vendor, "export * as {0} from \"./{0}.js\";", set.name);
        }
        let name = registry.vendor.to_lower_camel_case();
        let _ = writeln!(
            index,
            "export * as {name} from \"./{}/index.js\";",
            registry.vendor
        );
        files.push(File::new(format!("{}/index.ts", registry.vendor), vendor));
    }
    files.push(File::new("index.ts", index));
    Ok(files)
}

/// The package has the name of the crate and the version of the registry.
fn package(book: &Book) -> String {
    let name = book.crate_name.as_deref().unwrap_or("error-codes");
    let name = name.replace('_', "-");
    let version = book.version.as_ref().map_or_else(String::new, |version| {
        format!("  \"version\": {},\n", literal(version))
    });
    format!(
        "{{\n  \"name\": \"{name}\",\n{version}  \"private\": true,\n  \
         \"type\": \"module\",\n  \"sideEffects\": false\n}}\n"
    )
}

fn module(spec: &Spec, registry: &Registry, set: &Set, raw: &spec::Set) -> Module {
    let number = set.wire.is_number();
    let pairs = set.identity == Identity::CodeAndSymbol;
    // A code is its number or string here, which is what it means now.
    let codes = || set.codes.iter().filter(|code| code.former.is_none());
    let rows: Vec<_> = codes()
        .zip(raw.codes.iter().filter(|code| !code.is_former()))
        .map(|(code, raw_code)| {
            let raw_code = effective(spec, raw, raw_code);
            code_row(set, code, &raw_code)
        })
        .collect();
    let texts = |texts: fn(&Code) -> &Vec<String>| {
        let each = registry.locales.iter().enumerate().map(|(at, tag)| {
            let column =
                codes().map(|code| literal(texts(code).get(at).map_or("", String::as_str)));
            (literal(tag), column.collect())
        });
        each.collect()
    };
    let title = set.title.get(
        registry
            .locales
            .iter()
            .position(|tag| tag == "en")
            .unwrap_or_default(),
    );
    Module {
        vendor: spec.vendor.value.clone(),
        name: set.name.clone(),
        title: title
            .filter(|title| !title.is_empty())
            .unwrap_or(&set.name)
            .replace("*/", "* /")
            .replace('\n', " "),
        wire: if number { "number" } else { "string" },
        pairs,
        number,
        bits: if raw.wire == spec::Wire::Integer {
            32
        } else {
            64
        },
        has_params: rows.iter().any(|row| !row.params.is_empty()),
        rows,
        messages: texts(|code| &code.message),
        remedies: texts(|code| &code.remedy),
        facts: shown_facts().map(fact_view).collect(),
    }
}

fn fact_view(fact: &'static Fact) -> FactView {
    let union = |words: &[&str]| {
        let words: Vec<_> = words.iter().map(|word| literal(word)).collect();
        words.join(" | ")
    };
    let table = |keys: &[&str]| {
        let keys: Vec<_> = keys
            .iter()
            .map(|key| format!("readonly {key}?: string"))
            .collect();
        format!("{{ {} }}", keys.join("; "))
    };
    let (of, default) = match fact.fact_type() {
        // The first word is the default.
        FactType::Word(words) => (union(&words), words.first().map(|word| literal(word))),
        FactType::Texts | FactType::Note => ("Readonly<Record<string, string>>".to_owned(), None),
        FactType::Table(keys) => (table(keys), None),
        FactType::List => ("readonly string[]".to_owned(), None),
        FactType::Number => ("number".to_owned(), None),
        FactType::Flag => ("boolean".to_owned(), Some(false.to_string())),
        _ => ("string".to_owned(), None),
    };
    FactView {
        doc: fact.doc,
        name: fact.key.to_lower_camel_case(),
        of,
        default,
    }
}

/// The facts that few codes have, as an object; empty if the code has none of them.
fn rare_facts(code: &spec::Code) -> String {
    let facts = shown_facts().filter_map(|fact| {
        let value = value_json(&fact.get(code)?);
        let is_default = fact_view(fact).default == Some(value.to_string());
        (!is_default).then(|| (fact.key.to_lower_camel_case(), value))
    });
    let facts: serde_json::Map<_, _> = facts.collect();
    if facts.is_empty() {
        String::new()
    } else {
        Value::from(facts).to_string()
    }
}

fn code_row(set: &Set, code: &Code, raw: &spec::Code) -> Row {
    let number = set.wire.is_number();
    let value = if number {
        code.number.to_string()
    } else {
        literal(&code.text)
    };
    let pairs = set.identity == Identity::CodeAndSymbol;
    let form = code
        .template
        .as_ref()
        .map(|template| &template.text)
        .or(code.symbol.as_ref());
    let names = code.template.iter().flat_map(|template| &template.names);
    Row {
        key: if pairs {
            literal(&format!(
                "{} {}",
                code.text,
                form.map_or("", String::as_str)
            ))
        } else {
            value.clone()
        },
        code: value,
        variant: code.variant.clone(),
        quoted: literal(&code.variant),
        symbols: form
            .into_iter()
            .chain(&code.aliases)
            .map(|symbol| literal(symbol))
            .collect(),
        params: names
            .map(|name| (literal(name), value_union(raw, name)))
            .collect(),
        kind: code
            .kind
            .as_ref()
            .map_or_else(|| "undefined".to_owned(), |kind| literal(kind)),
        retry: code
            .retry
            .map_or("unspecified", |retry| word(Retry::WORDS, retry)),
        billing: code
            .billing
            .map_or("unspecified", |billing| word(Billing::WORDS, billing)),
        success: code.success,
        facts: rare_facts(raw),
    }
}

/// The type of a parameter: the documented values, or any other string.
fn value_union(raw: &spec::Code, name: &str) -> String {
    let param = raw.params.iter().find(|param| param.name.value == name);
    let values = param
        .map(|param| param.values.as_slice())
        .unwrap_or_default();
    if values.is_empty() {
        return "string".to_owned();
    }
    let values: Vec<_> = values.iter().map(|value| literal(value)).collect();
    format!("{} | (string & {{}})", values.join(" | "))
}

/// A string literal. JSON and TypeScript have the same syntax.
fn literal(text: &str) -> String {
    Value::from(text).to_string()
}
