//! `[lexicon]` of errbook.toml: words of a registry's documents, which `add`, `regen`, `update` and
//! `extract` read them by.

use errbook_cli::export::ERRBOOK_SCHEMA;
use errbook_cli::vendor::Original;
use errbook_cli::workspace::Workspace;
use errbook_ingest::lexicon::{Concept, languages};
use errbook_ingest::{self as ingest, Hints};
use serde_json::Value;

use crate::init::Folder;

/// A table that holds codes only if one knows that a quirk is an error code.
const PUMPS: &str = "# Pumps\n\n| Quirk | Since | Text |\n|---|---|---|\n\
                     | 17 | 2019 | The pump is off. |\n| 18 | 2020 | The lid is open. |\n\
                     | 21 | 2020 | Water is low. |\n";

const LEXICON: &str = "\n[lexicon]\nen = { code = [\"quirk(s)\"], error = [\"quirk(s)\"] }\n";

/// A registry, with these words, and the document of the pumps beside it.
fn registry(lexicon: &str) -> Folder {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme"]);
    let config = folder.read("errbook.toml");
    folder.write("errbook.toml", &(config + lexicon));
    folder.write("pumps.md", PUMPS);
    folder
}

#[test]
fn a_document_is_read_by_the_words_of_the_registry() {
    let folder = registry("");
    let said = folder.run_in("", &["add", "pumps", "pumps.md"]);
    assert!(
        said.err.contains("no table or list of codes found"),
        "{}",
        said.err
    );
    assert!(!folder.run_in("", &["extract", "pumps.md"]).success);

    let folder = registry(LEXICON);
    let said = folder.runs(&["extract", "pumps.md"]);
    assert!(
        said.out.contains("the header `Quirk` names codes"),
        "{}",
        said.out
    );
    folder.runs(&["add", "pumps", "pumps.md"]);
    let overlay = "vendors/pumps/overlay.toml";
    for code in ["17", "18", "21"] {
        folder.replace(overlay, &format!("# {code} ="), &format!("{code} ="));
    }
    folder.runs(&["regen"]);
    folder.runs(&["regen", "--check"]);
    folder.write(
        "pumps.md",
        &format!("{PUMPS}| 22 | 2021 | The filter is full. |\n"),
    );
    let said = folder.runs(&["update", "pumps", "pumps.md"]);
    assert!(
        said.out.contains("code-added") && said.out.contains("22"),
        "{}",
        said.out
    );
}

#[test]
fn a_cell_is_read_by_the_words_of_the_registry() {
    let lexicon = "\n[lexicon]\nen = { free = [\"on the house\"] }\n";
    let folder = registry(lexicon);
    let table = "# Errors\n\n| Error code | Message | Charged |\n|---|---|---|\n\
                 | 1 | It is lost. | on the house |\n| 2 | It is late. | yes |\n";
    folder.write("errors.md", table);
    folder.runs(&["add", "post", "errors.md"]);
    let spec = folder.read("vendors/post/spec.toml");
    assert!(spec.contains("billing = \"free\""), "{spec}");
    folder.runs(&["regen", "--check"]);
    folder.replace("errbook.toml", lexicon, "");
    let said = folder.run_in("", &["regen", "--check"]);
    assert!(!said.success, "{}", said.out);
}

/// One process may read the documents of several registries.
#[test]
fn the_words_of_two_registries_do_not_mix() {
    let one = registry(LEXICON);
    let two = registry("\n[lexicon]\nen = { message = [\"quirk\"] }\n");
    let document = Original::new("pumps.md", PUMPS);
    let read = |folder: &Folder| {
        let words = Workspace::open(&folder.path("")).unwrap().config().words;
        document.open(None, words).unwrap().document
    };
    let documents = [read(&one), read(&two), read(&registry("")), read(&one)];
    let codes = |document: &ingest::Document| {
        let extraction = ingest::extract(document, &Hints::default());
        let tables = extraction.tables.iter();
        tables.map(|table| table.codes.len()).sum::<usize>()
    };
    let found: Vec<_> = documents.iter().map(codes).collect();
    assert_eq!(found, [3, 0, 0, 3]);
}

#[test]
fn a_word_that_cannot_be_added_is_an_error_with_its_place() {
    for (lexicon, message, line) in [
        (
            "en = { kode = [\"ref\"] }",
            "unknown concept `kode`; did you mean `code`?",
            "en",
        ),
        ("en.code = [\"\"]", "`` is not a word", "code"),
        ("en.code = [\"a*b\"]", "`a*b` is not a word", "code"),
        (
            "zh-CN = { code = [\"编号\"] }",
            "unknown language `zh-CN`",
            "zh-CN",
        ),
        ("en = { code = \"ref\" }", "expected a sequence", "en"),
        ("en = [\"ref\"]", "expected a map", "en"),
    ] {
        let folder = registry(&format!("\n[lexicon]\n{lexicon}\n"));
        let count = folder.read("errbook.toml").lines().count();
        for arguments in [&["extract", "pumps.md"][..], &["add", "pumps", "pumps.md"]] {
            let said = folder.run_in("", arguments);
            let text = format!("{lexicon}: {line}: {}", said.err);
            assert!(!said.success && said.err.contains(message), "{text}");
            assert!(
                said.err.contains(&format!("errbook.toml:{count}:")),
                "{text}"
            );
            assert!(said.err.contains("help:"), "{text}");
        }
        assert!(!folder.path("vendors").exists());
    }
}

#[test]
fn the_schema_lists_the_languages_and_the_concepts() {
    let schema: Value = serde_json::from_str(ERRBOOK_SCHEMA).unwrap();
    let names = |pointer: &str| -> Vec<String> {
        let names = schema.pointer(pointer).unwrap().as_array().unwrap();
        names
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    let known: Vec<_> = languages().collect();
    assert_eq!(names("/$defs/words/propertyNames/enum"), known);
    let known: Vec<_> = Concept::ALL.iter().map(|concept| concept.key()).collect();
    assert_eq!(
        names("/$defs/words/additionalProperties/propertyNames/enum"),
        known
    );
}
