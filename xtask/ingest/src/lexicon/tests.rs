use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use toml::de::DeTable;

use crate::lexicon::concept::Place;
use crate::lexicon::{
    Concept, Concepts, FILES, LEXICON, Lexicon, cell, concepts, phrase, tells_of_failure,
};

/// The words of each file by key.
fn files() -> impl Iterator<Item = (&'static str, BTreeMap<String, Vec<String>>)> {
    FILES.iter().map(|&(name, text)| {
        let table = DeTable::parse(text).expect("a file is TOML");
        let words = |value: &toml::de::DeValue<'_>| -> Vec<String> {
            value.as_array().map_or_else(Vec::new, |words| {
                words
                    .iter()
                    .filter_map(|word| Some(word.get_ref().as_str()?.to_owned()))
                    .collect()
            })
        };
        let keys = table.get_ref().iter();
        let by_key = keys.map(|(key, value)| (key.get_ref().to_string(), words(value.get_ref())));
        (name, by_key.collect())
    })
}

/// Texts with what is said of them: a line that ends with `:`, and texts below it.
fn kinds() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut kinds = Vec::new();
    for line in include_str!("texts.txt").lines() {
        match (line.strip_prefix("  "), kinds.last_mut()) {
            (Some(more), Some((_, texts))) => Vec::extend(texts, more.split(" | ")),
            _ => kinds.push((line.trim_end_matches(':'), Vec::new())),
        }
    }
    kinds
}

fn texts(kind: &str) -> Vec<&'static str> {
    let kind = kinds().into_iter().find(|(known, _)| *known == kind);
    kind.expect("it is in the file").1
}

/// The texts of each kind that is this word and another one.
fn texts_by(word: &str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    kinds().into_iter().filter_map(move |(kind, texts)| {
        let (first, name) = kind.split_once(' ')?;
        (first == word).then_some((name, texts))
    })
}

fn concept(name: &str) -> Concept {
    let mut all = Concept::ALL.iter();
    let concept = all.find(|concept| format!("{concept:?}") == name);
    *concept.expect("it is a concept")
}

#[test]
fn codes_are_named_by_two_parts_in_every_language() {
    for text in texts("names codes") {
        assert!(concepts(text).is_code(), "{text}: {:?}", phrase(text));
    }
    for text in texts("names no codes") {
        assert!(!concepts(text).is_code(), "{text}: {:?}", phrase(text));
    }
}

/// One row a concept: a word of each language is found to be of it.
#[test]
fn words_of_one_concept_are_alike_in_every_language() {
    for (name, texts) in texts_by("concept") {
        for text in texts {
            let found = phrase(text);
            assert!(
                found.concepts().contains(concept(name)),
                "{name}: {text}: {found:?}"
            );
        }
    }
}

#[test]
fn a_phrase_is_about_its_head() {
    for (name, texts) in texts_by("head") {
        for text in texts {
            let found = phrase(text);
            assert!(
                found.head().contains(concept(name)),
                "{name}: {text}: {found:?}"
            );
        }
    }
}

#[test]
fn the_longest_word_counts() {
    // The parts of a composition are both found.
    let words: Vec<_> = LEXICON
        .phrase("错误码")
        .words()
        .map(|(word, _)| word.to_owned())
        .collect();
    assert_eq!(words, ["错误", "码"]);
    // `例外` is no example, `密码` has no code, `默认值` is no value.
    assert!(!concepts("例外").contains(Concept::Example));
    assert!(!concepts("密码").contains(Concept::Code));
    assert!(!concepts("默认值").contains(Concept::Value));
    assert!(!concepts("order status").contains(Concept::Outcome));
    assert!(concepts("message types").contains(Concept::Event));
    // The second part of a compound is none by itself.
    assert!(!concepts("Unicode").contains(Concept::Code));
    // `Data` is a date in Italian, `Tip` a type in Turkish.
    assert!(!concepts("Data").contains(Concept::Time));
    assert!(concepts("Tip").contains(Concept::Remedy));
}

#[test]
fn sentences_tell_of_failures() {
    for text in texts("tells of a failure") {
        assert!(tells_of_failure(text), "{text}");
    }
    for text in texts("tells of no failure").into_iter().chain([""]) {
        assert!(!tells_of_failure(text), "{text}");
    }
}

#[test]
fn billing_is_said_by_whole_cells_only() {
    for text in texts("is billed") {
        assert_eq!(cell(text).is_billed(), Some(true), "{text}");
    }
    for text in texts("is free") {
        assert_eq!(cell(text).is_billed(), Some(false), "{text}");
    }
    for text in texts("says nothing of billing").into_iter().chain([""]) {
        assert_eq!(cell(text).is_billed(), None, "{text}");
    }
    // No cell says both, nor `free` by a word that says `billed` in another language.
    for meaning in &LEXICON.cells.values {
        let says_yes = meaning.has_any(&[Concept::Billed, Concept::Yes]);
        let says_no = meaning.has_any(&[Concept::Free, Concept::No]);
        assert!(!(says_yes && says_no), "{meaning:?}");
    }
    assert_eq!(cell("可以").is_yes(), Some(true));
    assert_eq!(cell("不可以").is_yes(), Some(false));
}

#[test]
fn cells_name_types_and_fields() {
    assert!(cell("String").contains(Concept::DataType));
    assert!(cell("字符串").contains(Concept::DataType));
    assert!(cell("error_code").contains(Concept::Field));
    assert!(cell("其他错误码").contains(Concept::Others));
    assert_eq!(cell(&"long".repeat(100)), Concepts::default());
}

/// A new language is one file; it has words for every concept.
#[test]
fn every_language_has_every_concept() {
    let mut tags = BTreeSet::new();
    for (name, keys) in files() {
        if name == "common" {
            continue;
        }
        tags.insert(name);
        // Identifiers are of no language.
        let common = [Concept::DataType, Concept::Field];
        for concept in Concept::ALL {
            let count = keys.get(concept.key()).map_or(0, Vec::len);
            assert!(
                count > 0 || common.contains(concept),
                "{name} has no `{}`",
                concept.key()
            );
        }
    }
    assert!(tags.len() >= 17, "{tags:?}");
    assert_eq!(LEXICON.languages.len(), FILES.len());
    for (language, &(name, _)) in LEXICON.languages.iter().zip(FILES) {
        assert!(
            language.tag == name || name == "common",
            "{name} says {}",
            language.tag
        );
    }
}

/// Pairs of concepts that share words, and why.
const ALIKE: &[(Concept, Concept, &str)] = &[
    (Concept::Error, Concept::Code, "`errno` is both by itself"),
    (
        Concept::Outcome,
        Concept::Code,
        "`retcode` is both by itself",
    ),
    (
        Concept::Error,
        Concept::Symbol,
        "`エラー名` is both by itself",
    ),
    (
        Concept::Error,
        Concept::Remedy,
        "a heading `Troubleshooting` announces errors, a header says what to do",
    ),
    (
        Concept::Outcome,
        Concept::Status,
        "a status code names an outcome, a status a state",
    ),
    (
        Concept::Outcome,
        Concept::Cause,
        "a reason code names an outcome, a reason a cause",
    ),
    (
        Concept::Outcome,
        Concept::Value,
        "`戻り値` is both by itself",
    ),
    (
        Concept::Outcome,
        Concept::Http,
        "an HTTP code is a code of an outcome",
    ),
    (
        Concept::Outcome,
        Concept::Message,
        "`提示码` is a code, `提示` a message",
    ),
    (
        Concept::Code,
        Concept::Number,
        "`error no` is a code, `no` the number of a row",
    ),
    (
        Concept::Code,
        Concept::Status,
        "`statuscode` is both by itself",
    ),
    (
        Concept::Code,
        Concept::Value,
        "`cause value` is both by itself",
    ),
    (Concept::Status, Concept::State, "a status is a state"),
    (
        Concept::Value,
        Concept::Description,
        "Russian has one word for value and meaning",
    ),
    (
        Concept::Permanent,
        Concept::Retry,
        "whether an error is permanent is about retries",
    ),
    (
        Concept::Permanent,
        Concept::Severity,
        "a fatal error is severe, and a retry useless",
    ),
];

#[test]
fn a_word_is_of_two_concepts_for_a_reason_only() {
    let mut wrong = Vec::new();
    for (name, keys) in files() {
        let mut known: BTreeMap<&str, Vec<Concept>> = BTreeMap::new();
        for (key, words) in &keys {
            let Some(concept) = Concept::from_key(key) else {
                continue;
            };
            if concept.place() != Place::Phrase {
                continue;
            }
            for word in words {
                known.entry(word).or_default().push(concept);
            }
        }
        for (word, concepts) in known {
            for (place, &one) in concepts.iter().enumerate() {
                for &other in &concepts[place + 1..] {
                    let is_alike = |&(a, b, _): &(Concept, Concept, &str)| {
                        (a, b) == (one, other) || (b, a) == (one, other)
                    };
                    if !ALIKE.iter().any(is_alike) {
                        wrong.push(format!("{name}: {word}: {one:?} and {other:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_with_a_mistake_is_refused() {
    for (text, message) in [
        ("errors = [\"x\"]", "`errors` is not a concept"),
        ("error = \"x\"", "expected an array of strings"),
        ("error = [\"a*b\"]", "`a*b` is not a word"),
        ("error = [\"a(b\"]", "`a(b` has no `)`"),
        ("error = [\"-\"]", "`-` is not a word"),
        ("head = \"middle\"", "`middle` is not `first` or `last`"),
    ] {
        let error = Lexicon::new(&[("x.toml", text)]).err();
        assert_eq!(error, Some(format!("x.toml: {message}")), "{text}");
    }
}

/// Compiling takes milliseconds: each run of the tool pays for it.
#[test]
fn compiling_is_quick() {
    let compile = || {
        let begin = Instant::now();
        assert!(Lexicon::new(FILES).is_ok());
        begin.elapsed()
    };
    let fastest = (0..20).map(|_| compile()).min().unwrap_or_default();
    println!("compiled in {fastest:?}");
    let most = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 15 });
    assert!(fastest < most, "{fastest:?}");
}

#[test]
fn languages_of_one_script_are_told_apart_by_common_words() {
    for (language, texts) in texts_by("language") {
        for text in texts {
            assert_eq!(crate::lexicon::language(text), Some(language), "{text}");
        }
    }
    for text in ["1001", ""] {
        assert_eq!(crate::lexicon::language(text), None, "{text}");
    }
}

#[test]
fn what_a_phrase_has_besides_known_words_is_measured() {
    for (text, unknown) in [
        ("Error code", 0),
        ("Código de error", 0),
        ("Code of the error", 0),
        ("Коды ошибок", 0),
        ("Fehlernummern", 0),
        ("错误码", 0),
        ("OceanBase error code", 9),
        ("登录错误码", 6),
    ] {
        assert_eq!(
            phrase(text).unknown(),
            unknown,
            "{text}: {:?}",
            phrase(text)
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_looked_up(text in "\\PC{0,60}|[错误码エラーコード 에러값 Fehlercode(（#_\u{301}ﾞｶÀßالخطأ]{0,30}") {
        let read = phrase(&text);
        assert!(read.words().all(|(word, concepts)| !word.is_empty() && !concepts.is_empty()));
        assert!(read.head().iter().all(|concept| read.concepts().contains(concept)));
        let _ = (cell(&text), tells_of_failure(&text), crate::lexicon::language(&text), crate::lexicon::main_language(&text));
    }

    /// Letter case, width and accents make no difference to a header.
    #[test]
    fn spelling_makes_no_difference(text in "[a-z]{1,8} [a-z]{1,8}") {
        let wide: String = text
            .chars()
            .map(|c| if c == ' ' { c } else { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) })
            .collect();
        assert_eq!(concepts(&text.to_uppercase()), concepts(&text));
        assert_eq!(concepts(&wide), concepts(&text));
    }
}
