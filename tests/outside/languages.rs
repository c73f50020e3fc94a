//! Compiles the exports of each language with its own toolchain, and holds them to the test vectors.
//!
//! A program in `languages/`, which is filled from the same model as the exports, reads calls and
//! prints what the exported code answers; the comparison is here. Fields and records are separated by
//! control characters that no text contains.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use errbook_cli::book::Book;
use errbook_cli::export::model::Model;
use errbook_cli::export::template::Folder;
use errbook_cli::export::{File, vectors};
use errbook_spec::Spec;
use errbook_spec::place::Source;
use serde_json::Value;
use tempfile::TempDir;

use crate::answers;
use crate::typescript::{STRICT, tool};
use crate::workspace::{book, root};

const ALL: &[&str] = &[
    "idverify-gateway",
    "megvii-faceid",
    "tencent-faceid-sdk",
    "tencent-huiyan",
    "tencent-kyc",
];

/// Names of sets that some export, or the library of its language, has itself.
const TAKEN: [&str; 31] = [
    "Array",
    "Billing",
    "Code",
    "CodeSet",
    "Deprecated",
    "Dictionary",
    "Entry",
    "Errbook",
    "ErrorCode",
    "Facts",
    "Fault",
    "Flags",
    "Int",
    "Kind",
    "Known",
    "Languages",
    "List",
    "Number",
    "Override",
    "Params",
    "Range",
    "Received",
    "Registry",
    "Retry",
    "Severity",
    "String",
    "System",
    "Table",
    "Template",
    "Text",
    "Words",
];

/// How many generated answers of each set are decoded, beside those of the vectors.
const GENERATED: usize = 150;

const FIELD: &str = "\u{1f}";
const RECORD: &str = "\u{1e}";

/// Vendors of the shipped registry, and one with what they do not have.
fn registry(vendors: &[&str]) -> Book {
    let mut book = book();
    book.specs
        .retain(|spec| vendors.contains(&spec.vendor.as_str()));
    assert_eq!(book.specs.len(), vendors.len());
    let path = "tests/outside/languages/awkward.toml";
    let text = fs::read_to_string(root().join(path)).unwrap();
    book.specs.push(spec(path, &text));
    let mut text = "schema = 1\nvendor = \"kind\"\nlocale = \"en\"\n".to_owned();
    for name in TAKEN {
        let set = "wire = \"string\"\n[[set.code]]\ncode = \"A\"\nvariant = \"One\"\n";
        let _ = write!(text, "[[set]]\nname = \"{name}\"\n{set}");
    }
    book.specs.push(spec("taken.toml", &text));
    book
}

/// A set that is larger than a class initializer of Java.
fn large() -> Book {
    let mut text =
        "schema = 1\nvendor = \"large\"\nlocale = \"en\"\n[[set]]\nname = \"Code\"\n".to_owned();
    for at in 1..=700 {
        let _ = write!(
            text,
            "[[set.code]]\ncode = \"{at}\"\nvariant = \"Number{at}\"\nsymbol = \"NUMBER_{at}\"\n\
             retry = \"backoff\"\nmessage.en = \"number {at}\"\nmessage.de = \"Nummer {at}\"\n"
        );
    }
    Book {
        specs: vec![spec("large.toml", &text)],
        ..Book::default()
    }
}

fn spec(path: &str, text: &str) -> Spec {
    errbook_spec::parse(&Source::new(path, text)).unwrap()
}

/// The templates of the program that tests a language, with its literals and its names.
fn program(language: &str) -> Folder {
    let folder = root().join("tests/outside/languages").join(language);
    let exported = root().join("xtask/templates").join(language);
    let rules = fs::read_to_string(exported.join("export.toml")).unwrap();
    let rules = rules.find("[string]").map_or("", |at| &rules[at..]);
    let folder = Folder::read(&folder).unwrap();
    let files = folder.files().into_iter().map(|(name, text)| match name {
        "export.toml" => (name, format!("{text}\n{rules}")),
        _ => (name, text.to_owned()),
    });
    let files: Vec<_> = files.collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Folder::shipped(language, &files)
}

/// A call of the exported code, and what it must answer.
struct Call {
    fields: Vec<String>,
    answer: Vec<String>,
}

/// The calls of all vectors, and of generated answers.
fn calls(book: &Book) -> Vec<Call> {
    let files = vectors(book).unwrap();
    let vectors: Value = serde_json::from_str(&files[0].text).unwrap();
    let model = Model::new(book, None).unwrap();
    let codes = Codes::new(&vectors, &model);
    let each = |list: &str| vectors[list].as_array().unwrap().clone();
    let mut calls = Vec::new();
    let sets = model.vendors.iter().flat_map(|vendor| &vendor.sets);
    let generated = sets.flat_map(|set| answers::generated(set, GENERATED));
    for vector in each("received").into_iter().chain(generated) {
        calls.extend(codes.received(&vector));
    }
    calls.extend(each("flags").iter().map(|vector| codes.flags(vector)));
    for vector in each("languages") {
        let available: Vec<_> = vector["available"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect();
        let fields = ["language", &text(&vector["wanted"]), &available.join(",")];
        calls.push(call(&fields, vec![text(&vector["nearest"])]));
    }
    for vector in each("kinds") {
        for (language, message) in vector["message"].as_object().unwrap() {
            let answer = [message, &vector["fault"], &vector["http_answer"]];
            let fields = ["kind", &text(&vector["code"]), language];
            calls.push(call(&fields, answer.map(text).to_vec()));
        }
    }
    calls
}

fn call(fields: &[&str], answer: Vec<String>) -> Call {
    Call {
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        answer,
    }
}

/// A value as the programs print it; nothing for `null`.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The vectors of the codes, by set and variant.
struct Codes<'a> {
    by_name: BTreeMap<[String; 2], &'a Value>,
    /// The sets whose codes are numbers and decode alone.
    numbers: Vec<String>,
    /// The fallback language of each vendor.
    fallbacks: BTreeMap<String, String>,
}

impl<'a> Codes<'a> {
    fn new(vectors: &'a Value, model: &Model) -> Self {
        let codes = vectors["codes"].as_array().unwrap().iter();
        let codes = codes.filter(|code| code["until"].is_null());
        let sets = model.vendors.iter().flat_map(|vendor| &vendor.sets);
        let vendors = model.vendors.iter();
        Self {
            by_name: codes
                .map(|code| ([set(code), text(&code["variant"])], code))
                .collect(),
            numbers: sets
                .filter(|set| set.bits > 0 && !set.both)
                .map(|set| format!("{}/{}", set.vendor, set.name))
                .collect(),
            fallbacks: vendors
                .map(|vendor| (vendor.name.clone(), vendor.languages[0].clone()))
                .collect(),
        }
    }

    fn code(&self, vector: &Value, variant: &Value) -> Option<&'a Value> {
        self.by_name.get(&[set(vector), text(variant)]).copied()
    }

    /// A received code in every language that it has, and in one that it does not have.
    fn received(&self, vector: &Value) -> Vec<Call> {
        let set = set(vector);
        let code = text(&vector["code"]);
        let known = self.code(vector, &vector["variant"]);
        let shown = known.map_or([String::new(), String::new()], show);
        let mut calls = Vec::new();
        if vector["code"].is_number() && self.numbers.contains(&set) {
            calls.push(call(&["number", &set, &code], shown.to_vec()));
        }
        let languages = known.map(|code| code["message"].as_object().unwrap().keys());
        let fallback = &self.fallbacks[&text(&vector["vendor"])];
        let asked = languages
            .into_iter()
            .flatten()
            .map(|tag| (tag.as_str(), tag));
        for (asked, language) in asked.chain([("fi", fallback)]) {
            let mut fields = vec!["receive", &set, asked, &code];
            fields.extend(vector["symbol"].as_str());
            let mut answer = shown.to_vec();
            answer.extend(["kind", "retry", "billing", "severity"].map(|fact| text(&vector[fact])));
            answer.extend(match known {
                Some(code) => facts(code, vector, language),
                None => vec![String::new(); 5],
            });
            let parameters = vector["parameters"].as_object().unwrap().iter();
            let parameters: Vec<_> = parameters
                .map(|(name, value)| format!("{name}={}", text(value)))
                .collect();
            answer.push(parameters.join(","));
            calls.push(call(&fields, answer));
        }
        calls
    }

    fn flags(&self, vector: &Value) -> Call {
        let fields = ["flags", &set(vector), &text(&vector["text"])];
        let Some(flags) = vector["flags"].as_array() else {
            return call(&fields, vec!["none".to_owned()]);
        };
        let flags = flags.iter().map(|flag| self.code(vector, flag).unwrap());
        let flags: Vec<_> = flags.map(|flag| text(&flag["code"])).collect();
        let unknown: Vec<_> = vector["unknown"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect();
        call(&fields, vec![flags.join(","), unknown.join(",")])
    }
}

fn set(vector: &Value) -> String {
    format!("{}/{}", text(&vector["vendor"]), text(&vector["set"]))
}

fn show(code: &Value) -> [String; 2] {
    [text(&code["code"]), text(&code["symbol"])]
}

/// What the programs print about a known code.
fn facts(code: &Value, vector: &Value, language: &str) -> Vec<String> {
    let parameters = vector["parameters"].as_object().unwrap();
    let message = match &code["example"] {
        Value::Null => text(&code["message"][language]),
        example if example["parameters"] == vector["parameters"] => {
            text(&example["message"][language])
        }
        _ => {
            let message = text(&code["message"][language]).replace("<<", "\0");
            let filled = parameters.iter().fold(message, |message, (name, value)| {
                message.replace(&format!("<{name}>"), &text(value))
            });
            filled.replace('\0', "<")
        }
    };
    vec![
        text(&code["retry_after"]),
        text(&code["http"]),
        text(&code["success"]),
        message,
        text(&code["remedy"][language]),
    ]
}

/// Exports these vendors to a language, and runs its program after the steps that compile it.
/// `*.java` in a step means all files with this ending, also in folders.
fn check(language: &str, vendors: &[&str], steps: &[&str]) {
    if crate::is_skipped(&format!("ERRBOOK_NO_{}", language.to_uppercase())) {
        return;
    }
    let book = registry(vendors);
    let model = Model::new(&book, None).unwrap();
    let folder = TempDir::new().unwrap();
    write(folder.path(), &templates(language).render(&model).unwrap());
    write(folder.path(), &program(language).render(&model).unwrap());
    if language == "java" {
        let large = Model::new(&large(), None).unwrap();
        write(folder.path(), &templates(language).render(&large).unwrap());
    }
    let calls = calls(&book);
    let input: String = calls
        .iter()
        .map(|call| call.fields.join(FIELD) + RECORD)
        .collect();
    let mut output = String::new();
    for step in steps {
        output = run(language, step, folder.path(), &input);
    }
    let answers: Vec<_> = output.split_terminator(RECORD).collect();
    assert_eq!(answers.len(), calls.len(), "{output}");
    let wrong = calls.iter().zip(&answers);
    let wrong: Vec<_> = wrong
        .filter(|(call, answer)| call.answer.join(FIELD) != **answer)
        .map(|(call, answer)| {
            let answer: Vec<_> = answer.split(FIELD).collect();
            format!(
                "{:?}\n  answers  {answer:?}\n  expected {:?}",
                call.fields, call.answer
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} answers are wrong:\n{}",
        wrong.len(),
        calls.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
    println!("{language}: {} calls", calls.len());
}

/// The templates of a language, from the disk, so that a changed one needs no build.
fn templates(language: &str) -> Folder {
    Folder::read(&root().join("xtask/templates").join(language)).unwrap()
}

fn write(folder: &Path, files: &[File]) {
    for file in files {
        let path = folder.join(&file.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

/// Runs a program in a folder, and returns what it prints.
fn run(language: &str, step: &str, folder: &Path, input: &str) -> String {
    let mut words = Vec::new();
    for word in step.split_whitespace() {
        match word.strip_prefix("*.") {
            Some(end) => words.extend(files(folder, end)),
            None => words.push(PathBuf::from(word)),
        }
    }
    let cache = root().join("target/languages").join(language);
    fs::create_dir_all(&cache).unwrap();
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .current_dir(folder)
        .envs([
            ("GOFLAGS", "-mod=mod"),
            ("GOPROXY", "off"),
            ("LC_ALL", "C.UTF-8"),
        ])
        .env("GOCACHE", &cache)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let variable = format!("ERRBOOK_NO_{}", language.to_uppercase());
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{step}: {error}: install it, or set {variable}=1"));
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A compiler may end without reading its input.
        scope.spawn(move || drop(stdin.write_all(input.as_bytes())));
        child.wait_with_output().unwrap()
    });
    let said = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{step}:\n{said}");
    out
}

/// The files below a folder with an ending.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn python_matches_the_vectors() {
    check("python", ALL, &["python3 -W error harness.py"]);
}

#[test]
fn java_matches_the_vectors() {
    // A short run takes half as long without the optimizing compiler.
    let compile = "javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -encoding UTF-8 -Xlint:all \
                   -Werror -d out *.java";
    let run = "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp out Harness";
    check("java", ALL, &[compile, run]);
}

#[test]
fn go_matches_the_vectors() {
    check("go", ALL, &["go vet ./...", "go run ."]);
}

#[test]
fn php_matches_the_vectors() {
    check(
        "php",
        ALL,
        &["php -d error_reporting=-1 -d zend.assertions=1 harness.php"],
    );
}

#[test]
fn c_matches_the_vectors() {
    let compile = "gcc -std=c99 -pedantic -Wall -Wextra -Wconversion -Werror -o harness *.c";
    check("c", ALL, &[compile, "./harness"]);
}

#[test]
fn csharp_matches_the_vectors() {
    let compile = "mcs -warnaserror -out:harness.exe *.cs";
    check("csharp", ALL, &[compile, "mono harness.exe"]);
}

/// Its compiler is slow: one small vendor.
#[test]
fn kotlin_matches_the_vectors() {
    let run = "kotlin -cp out HarnessKt";
    check(
        "kotlin",
        &["tencent-faceid-sdk"],
        &["kotlinc -Werror -d out *.kt", run],
    );
}

#[test]
fn typescript_matches_the_vectors() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let compile = format!("node {} {}", tool("typescript/bin/tsc"), STRICT);
    let steps = [
        compile + " harness.ts node.d.ts",
        "node harness.js".to_owned(),
    ];
    check("typescript", ALL, &steps.each_ref().map(String::as_str));
}

/// Debian has no Swift. `xtask/tests/templates.rs` compares its export with a file.
#[test]
fn swift_is_not_compiled() {
    eprintln!("SKIPPED: the export to Swift is not compiled");
}
