//! Checks that every fact of the table `FACTS` is in every output, so that a new fact cannot be
//! forgotten in one of them.

use errbook_cli::book::Book;
use errbook_cli::diff::diff;
use errbook_cli::explain::{Reader, cards, find, json};
use errbook_cli::export::csv::{Cells, csv};
use errbook_cli::export::languages::templates;
use errbook_cli::export::model::Model;
use errbook_cli::export::{CATALOGUE_SCHEMA, SPEC_SCHEMA, catalogue, vectors};
use errbook_cli::interface::shown_facts;
use errbook_cli::release::snapshot;
use errbook_cli::site::Page;
use errbook_cli::write;
use errbook_spec::facts::{Entry, Fact, FactType, Form, Merge, Value, facts_of};
use errbook_spec::place::{At, Source};
use errbook_spec::{Code, Param, Range, Section, Set, Spec, Texts, parse};
use heck::ToLowerCamelCase;

use crate::site::pages;

/// A string that occurs nowhere else in the output.
const MARK: &str = "distinctive";

/// A spec whose set, first code and first range have all facts, with distinctive values where
/// possible. Only its last code, a former meaning of the first, has `until`.
fn full_spec() -> Spec {
    let mut code: Code = with_all_facts();
    let former = Code {
        code: code.code.clone(),
        symbol: code.symbol.clone(),
        variant: "OldMeaning".into(),
        status: code.status,
        until: code.until.take(),
        ..Code::default()
    };
    let range: Range = with_all_facts();
    let mut set: Set = with_all_facts();
    // `was` of a code contains numbers, and `was` of a set names.
    set.was = vec!["OldCode".into()];
    let other = Code {
        code: "2".into(),
        variant: "Two".into(),
        ..Code::default()
    };
    set.sections = vec![Section {
        id: "general".into(),
        title: Texts::new(),
    }];
    set.codes = vec![code, other, former];
    set.ranges = vec![range];
    Spec {
        vendor: "shop".into(),
        locale: "en".into(),
        kinds: Some("shop-kinds".into()),
        sets: vec![set],
        ..Spec::default()
    }
}

/// An entry that has every fact.
pub(crate) fn with_all_facts<E: Entry>() -> E {
    let mut entry = E::default();
    for fact in facts_of::<E>() {
        fact.set(&mut entry, Some(sample_value(fact)));
    }
    entry
}

/// A value of the fact that `check` accepts.
fn sample_value(fact: &Fact) -> Value {
    let text = |text: &str| At::<String>::from(text);
    let formed = match (fact.key, fact.form) {
        // They are numbers, or refer to something else in the spec.
        ("code" | "from", _) => Some("1"),
        ("to", _) => Some("9"),
        ("name", _) => Some("ShopCode"),
        ("section", _) => Some("general"),
        ("replaced-by", _) => Some("ShopCode.2"),
        (_, Form::UpperCamelCase) => Some("One"),
        (_, Form::Language) => Some("de"),
        _ => None,
    };
    match fact.fact_type() {
        FactType::Text | FactType::RequiredText => Value::Text(text(
            formed
                .map_or_else(|| format!("{MARK} {}", fact.key), str::to_owned)
                .as_str(),
        )),
        FactType::Texts => Value::Texts(Texts::from([(
            "de".to_owned(),
            text(&format!("{MARK} {}", fact.key)),
        )])),
        FactType::List => Value::List(vec![match fact.key {
            "was" => text("3"),
            "was-variant" => text("OldOne"),
            "unlike" => text("2"),
            _ => text(&format!("{MARK} {}", fact.key)),
        }]),
        FactType::Number => Value::Number(417.into()),
        FactType::Word(words) => {
            // `wire` and `identity` must fit the code and the symbol. Otherwise the last word,
            // because the first one is often the default.
            let word = match fact.key {
                "wire" => "integer64",
                "identity" => "code+symbol",
                _ => words.last().unwrap(),
            };
            Value::Word(
                words
                    .iter()
                    .copied()
                    .find(|known| *known == word)
                    .unwrap()
                    .into(),
            )
        }
        FactType::Flag => Value::Flag,
        FactType::Params => Value::Params(vec![Param {
            name: text("hole"),
            ..Param::default()
        }]),
        FactType::Note => Value::Table(vec![
            ("de".to_owned(), text(&format!("{MARK} {}", fact.key))),
            ("source".to_owned(), text("https://shop.example")),
            ("date".to_owned(), text("2021-07-19")),
        ]),
        FactType::Table(keys) => {
            let key = keys.last().unwrap();
            Value::Table(vec![(
                (*key).to_owned(),
                text(&format!("{MARK} {}", fact.key)),
            )])
        }
        other => panic!("give a fact of type {other:?} a value here"),
    }
}

/// The position of the code that has a fact.
fn place_of(fact: &Fact) -> usize {
    if fact.key == "until" { 2 } else { 0 }
}

/// The spec without one fact of a code.
fn without(fact: &Fact) -> Spec {
    let mut spec = full_spec();
    fact.set(&mut spec.sets[0].codes[place_of(fact)], None);
    spec
}

/// The optional facts of codes.
fn optional_facts() -> impl Iterator<Item = &'static Fact> {
    facts_of::<Code>().filter(|fact| fact.fact_type() != FactType::RequiredText)
}

/// A book of one spec. Its codes decode alone, because the sample symbol does not contain the
/// sample parameter.
fn book_of(spec: Spec) -> Book {
    let mut book = Book::default();
    book.specs.push(spec);
    book.specs[0].sets[0].identity = errbook_spec::Identity::Code;
    book
}

#[test]
fn every_fact_is_written_and_parsed() {
    let spec = full_spec();
    let text = write::spec(&spec);
    let parsed =
        parse(&Source::new("spec.toml", &text)).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(parsed, spec);
    for fact in facts_of::<Code>() {
        assert_eq!(
            fact.get(&parsed.sets[0].codes[place_of(fact)]),
            Some(sample_value(fact)),
            "{}",
            fact.key
        );
    }
}

#[test]
fn every_fact_is_in_the_schema_with_its_description() {
    let schema: serde_json::Value = serde_json::from_str(SPEC_SCHEMA).unwrap();
    let sets = &schema["$defs"]["set"]["properties"];
    let assert_described = |fact: &Fact, properties: &serde_json::Value| {
        let property = &properties[fact.key];
        assert!(
            property["description"].is_string(),
            "the schema has no description of {}",
            fact.key
        );
    };
    facts_of::<Set>().for_each(|fact| assert_described(fact, sets));
    facts_of::<Range>()
        .for_each(|fact| assert_described(fact, &sets["range"]["items"]["properties"]));
    facts_of::<Code>()
        .for_each(|fact| assert_described(fact, &schema["$defs"]["code"]["properties"]));
}

#[test]
fn a_change_of_every_fact_is_found_and_changes_the_promises() {
    let full = full_spec();
    for fact in optional_facts() {
        let less = without(fact);
        assert_ne!(
            snapshot(&full),
            snapshot(&less),
            "the snapshot does not depend on {}",
            fact.key
        );
        let findings = diff(Some(&less), Some(&full));
        // Not compared: `retired-in` and `until`, because the status says the same, and the section
        // of a retired code.
        if ["retired-in", "until", "section"].contains(&fact.key) {
            continue;
        }
        assert!(
            !findings.is_empty(),
            "diff does not report a change of {}",
            fact.key
        );
        if let Some(difference) = fact.diff {
            let classes: Vec<_> = findings
                .iter()
                .map(|finding| finding.class.word())
                .collect();
            // An added translation has a separate class.
            let is_translation = fact.merge == Merge::OverlayInOneLanguage;
            assert!(
                is_translation || classes.contains(&difference.class),
                "{}: {classes:?}",
                fact.key
            );
        }
    }
}

#[test]
fn every_fact_is_in_every_export() {
    let book = book_of(full_spec());
    let catalogue = catalogue(&book).unwrap().remove(0).text;
    let catalogue: serde_json::Value = serde_json::from_str(&catalogue).unwrap();
    let schema: serde_json::Value = serde_json::from_str(CATALOGUE_SCHEMA).unwrap();
    let codes = &catalogue["vendors"][0]["sets"][0]["codes"];
    let table = csv(&book, Cells::Plain).unwrap().remove(0).text;
    let header = table.lines().next().unwrap();
    let vectors = vectors(&book)
        .unwrap_or_else(|error| panic!("{error}"))
        .remove(0)
        .text;
    let vectors: serde_json::Value = serde_json::from_str(&vectors).unwrap();
    let found = find(&book, "1");
    let explained = json(&book, &found, "1");
    for fact in facts_of::<Code>() {
        let key = fact.exported_key();
        let at = place_of(fact);
        assert!(!codes[at][&key].is_null(), "the catalogue lacks {key}");
        let described = &schema["$defs"]["code"]["properties"][&key];
        assert!(!described.is_null(), "the catalogue's schema lacks {key}");
        if fact.is_for_kinds {
            continue;
        }
        let is_column = |column: &str| column == key || column.starts_with(&format!("{key}."));
        assert!(header.split(',').any(is_column), "the table lacks {key}");
        assert!(
            !vectors["codes"][at][&key].is_null(),
            "the vectors lack {key}"
        );
        let mut matches = explained["matches"].as_array().unwrap().iter();
        assert!(
            matches.any(|found| !found[&key].is_null()),
            "explain lacks {key}"
        );
    }
}

#[test]
fn every_generically_shown_fact_is_on_the_card_the_page_and_in_typescript() {
    let book = book_of(full_spec());
    let reader = Reader {
        locale: "de",
        width: 1000,
    };
    let card = cards(&book, &find(&book, "1"), "1", reader);
    let model = Model::new(&book, None).unwrap();
    let package = templates("typescript").unwrap().render(&model).unwrap();
    let script = package.iter();
    let mut script = script.filter(|file| file.name == "shop/ShopCode/codes.js");
    let script = script.next().unwrap();
    let pages = pages(&book);
    let is_card = |page: &&Page| page.name.starts_with("codes/shop/ShopCode/1");
    let page = pages.iter().find(is_card).unwrap();
    let mut shown = 0;
    for fact in shown_facts() {
        let value = match sample_value(fact) {
            Value::Word(word) => word.value.to_owned(),
            _ => format!("{MARK} {}", fact.key),
        };
        assert!(
            card.contains(&value),
            "the card lacks {}:\n{card}",
            fact.key
        );
        assert!(page.text.contains(&value), "the page lacks {}", fact.key);
        let function = format!("export function {}(", fact.key.to_lower_camel_case());
        assert!(script.text.contains(&function), "{}", fact.key);
        assert!(
            script.text.contains(&value),
            "TypeScript lacks {}",
            fact.key
        );
        shown += 1;
    }
    assert!(shown >= 4);
}

#[test]
fn explain_finds_the_vendors_own_words() {
    let book = book_of(full_spec());
    let found = find(&book, &format!("{MARK} said"));
    assert!(!found.is_empty());
}
