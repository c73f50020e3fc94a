//! The conformance vectors of `export vectors`, checked against the Rust implementation.

use errbook_cli::book::Book;
use errbook_cli::{commands, export};
use errbook_codes::Kind;
use errbook_codes::errbook::{CodeSet, HasKind, Locale, Parsed, Wire};
use errbook_codes::tencent_kyc::IdCardWarnings;
use errbook_spec::place::Source;
use serde_json::Value;

use crate::former::{GroupCode, PairCode};
use crate::workspace::root;

errbook::include_spec! { "../runtime/tests/facts.toml" }

/// Compares one code of a vendor with its vector.
fn check_vendor_code<C: CodeSet + HasKind<Kind> + std::fmt::Debug>(vector: &Value) {
    let code = check_code::<C>(vector);
    let kind = Kind::decode(Wire::Text(text(&vector["kind"])));
    assert_eq!(Some(code.kind()), kind, "{code}");
}

/// The function that compares a code, for each set.
const CHECKS: &crate::EachSet<fn(&Value)> = &each_set!(check_vendor_code);

/// Decodes one answer, and compares the result with its vector.
fn check_received<C: CodeSet + HasKind<Kind>>(vector: &Value) {
    check_answer::<C>(vector, &|code, wire| {
        let kind = code.map_or_else(|| C::kind_of_unknown(wire), |code| Some(code.kind()));
        let expected = vector["kind"].as_str();
        let expected = expected.and_then(|kind| Kind::decode(Wire::Text(kind)));
        assert_eq!(kind, expected, "{vector}");
    });
}

/// The function that compares an answer, for each set.
const RECEIVED: &crate::EachSet<fn(&Value)> = &each_set!(check_received);

/// The same apart from the kind, which `check_kind` compares.
fn check_answer<C: CodeSet>(vector: &Value, check_kind: &dyn Fn(Option<C>, Wire<'_>)) {
    let wire =
        (vector["code"].as_i64()).map_or_else(|| Wire::Text(text(&vector["code"])), Wire::Integer);
    let name = match (vector["symbol"].as_str(), wire) {
        (Some(symbol), _) => symbol,
        (None, Wire::Text(text)) => text,
        (None, _) => "",
    };
    let known = match vector["symbol"].as_str() {
        Some(symbol) => C::decode_with_symbol(wire, symbol).map(|parsed| parsed.code()),
        None => C::decode(wire),
    };
    let variant = known.map(|code| code.variant_name());
    assert_eq!(variant, vector["variant"].as_str(), "{vector}");
    let parsed = known.and_then(|code| C::decode_with_symbol(code.wire(), name));
    let args = parsed.map(|parsed| parsed.args()).unwrap_or_default();
    let values = args.iter().map(|(name, value)| (name.into(), value.into()));
    let values = values.collect();
    assert_eq!(Value::Object(values), vector["parameters"], "{vector}");
    let class = C::class(wire);
    let billing = known.map_or(class.billing, |code| code.billing());
    let retry = known.map_or(class.retry, |code| code.retry());
    let severity = known.map_or(class.severity, |code| code.severity());
    assert_eq!(billing.to_string(), vector["billing"], "{vector}");
    assert_eq!(retry.to_string(), vector["retry"], "{vector}");
    assert_eq!(severity.as_str(), vector["severity"], "{vector}");
    check_kind(known, wire);
}

/// Compares one code with its vector, apart from its kind.
fn check_code<C: CodeSet + std::fmt::Debug>(vector: &Value) -> C {
    let what = format!("{} {} {}", C::VENDOR, C::NAME, vector["code"]);
    let wire = vector["number"]
        .as_i64()
        .map_or_else(|| Wire::Text(text(&vector["code"])), Wire::Integer);
    let parsed = vector["received"]
        .as_str()
        .and_then(|symbol| C::decode_with_symbol(wire, symbol));
    let is_former = vector["until"].is_string();
    let name = text(&vector["variant"]);
    let named = C::ALL.iter().find(|code| code.variant_name() == name);
    let code = parsed
        .as_ref()
        .map(Parsed::code)
        .or_else(|| C::decode(wire))
        .filter(|_| !is_former)
        .or_else(|| named.copied().filter(|_| is_former))
        .expect(&what);
    if vector["identity"] == "code" && !is_former {
        for alias in vector["aliases"].as_array().unwrap() {
            assert_eq!(
                C::decode(Wire::Text(text(alias))),
                Some(code),
                "{what} by {alias}"
            );
        }
    }
    assert_eq!(format!("{code:?}"), name, "{what}");
    // `symbol` is in the notation of the vendor's document.
    let symbol = code.template().or(code.symbol());
    assert_eq!(symbol, vector["symbol"].as_str(), "{what}");
    for (tag, message) in vector["message"].as_object().unwrap() {
        let locale = Locale::parse(tag).unwrap();
        assert_eq!(CodeSet::message(&code, locale), text(message), "{what}");
        assert_eq!(
            code.remedy(locale),
            vector["remedy"][tag].as_str(),
            "{what}"
        );
        if let (Some(example), Some(parsed), false) =
            (vector["example"].as_object(), &parsed, is_former)
        {
            assert_eq!(
                parsed.localized(locale).to_string(),
                text(&example["message"][tag]),
                "{what}"
            );
            for (name, value) in example["parameters"].as_object().unwrap() {
                assert_eq!(parsed.args().get(name), value.as_str(), "{what}");
            }
        }
    }
    assert_eq!(
        code.billing().to_string(),
        text(&vector["billing"]),
        "{what}"
    );
    assert_eq!(code.retry().to_string(), text(&vector["retry"]), "{what}");
    assert_eq!(
        code.retry_after().map(|time| time.as_secs()),
        vector["retry_after"].as_u64(),
        "{what}"
    );
    assert_eq!(
        code.http_status().map(u64::from),
        vector["http"].as_u64(),
        "{what}"
    );
    assert_eq!(code.is_success(), vector["success"], "{what}");
    assert_eq!(
        code.severity().as_str(),
        text(&vector["severity"]),
        "{what}"
    );
    assert_eq!(code.since(), vector["since"]["release"].as_str(), "{what}");
    check_texts(&vector["note"], &|locale| code.note(locale), &what);
    check_texts(&vector["said"], &|locale| code.said(locale), &what);
    code
}

/// Compares a text that only some codes have with its vector, which is `null` for the others.
fn check_texts(vector: &Value, text: &dyn Fn(Locale) -> Option<&'static str>, what: &str) {
    let Some(texts) = vector.as_object() else {
        assert!(vector.is_null(), "{what}: {vector}");
        assert_eq!(text(Locale::ZH_CN), None, "{what}");
        return;
    };
    // A code without a text in one language returns that of another.
    assert!(text(Locale::JA).is_some(), "{what}");
    for (tag, expected) in texts {
        // The enums contain neither the source of a note nor its date.
        if tag == "source" || tag == "date" {
            continue;
        }
        let locale = Locale::parse(tag).unwrap();
        assert_eq!(text(locale), expected.as_str(), "{what}");
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the vector has a string here")
}

#[test]
fn every_code_matches_its_vector() {
    let vectors = shipped_vectors();
    let codes = vectors["codes"].as_array().unwrap();
    for vector in codes {
        let key = (text(&vector["vendor"]), text(&vector["set"]));
        let check = CHECKS
            .iter()
            .find(|(vendor, set, _)| (*vendor, *set) == key);
        let (_, _, check) = check.unwrap_or_else(|| panic!("{key:?} is not compiled"));
        check(vector);
    }
    for (vendor, set, _) in CHECKS {
        let is_compared = |code: &Value| code["vendor"] == *vendor && code["set"] == *set;
        assert!(
            codes.iter().any(is_compared),
            "no vector is of {vendor} {set}"
        );
    }
    // The facts that few codes have are compared, too.
    let has =
        |key: &str, value: &dyn Fn(&Value) -> bool| codes.iter().any(|code| value(&code[key]));
    assert!(has("severity", &|severity| severity == "warning"));
    assert!(has("said", &Value::is_object));
    assert!(has("since", &Value::is_object));
}

/// The vectors of the shipped registry.
fn shipped_vectors() -> Value {
    let book = commands::book(Some(&root()), &commands::Specs::default(), &[]).unwrap();
    let files = export::vectors(&book).unwrap();
    serde_json::from_str(&files[0].text).unwrap()
}

#[test]
fn every_answer_is_decoded_as_its_vector_says() {
    let vectors = shipped_vectors();
    let answers = vectors["received"].as_array().unwrap();
    for vector in answers {
        let key = (text(&vector["vendor"]), text(&vector["set"]));
        let check = RECEIVED
            .iter()
            .find(|(vendor, set, _)| (*vendor, *set) == key);
        let (_, _, check) = check.unwrap_or_else(|| panic!("{key:?} is not compiled"));
        check(vector);
    }
    // Each rule has its cases.
    let has_prefix =
        |code: &Value, prefix: &str| code.as_str().is_some_and(|code| code.starts_with(prefix));
    let has = |accept: &dyn Fn(&Value) -> bool| answers.iter().any(accept);
    assert!(has(&|answer| answer["parameters"] != serde_json::json!({})));
    assert!(has(
        &|answer| answer["variant"].is_null() && answer["retry"] == "backoff"
    ));
    assert!(has(
        &|answer| answer["variant"].is_null() && answer["kind"].is_null()
    ));
    assert!(has(&|answer| {
        answer["variant"].is_string() && has_prefix(&answer["code"], "0x")
    }));
}

/// Enums decode answers as the guide says, including generated ones: codes and symbols that are cut,
/// joined, padded, in other notations and combined.
#[test]
fn generated_answers_are_decoded_as_the_guide_says() {
    let book = commands::book(Some(&root()), &commands::Specs::default(), &[]).unwrap();
    let model = export::model::Model::new(&book, None).unwrap();
    let mut known = 0;
    let mut unknown = 0;
    for vendor in &model.vendors {
        for set in &vendor.sets {
            let key = (vendor.name.as_str(), set.name.as_str());
            let check = RECEIVED
                .iter()
                .find(|(vendor, set, _)| (*vendor, *set) == key);
            let (_, _, check) = check.unwrap_or_else(|| panic!("{key:?} is not compiled"));
            for answer in crate::answers::generated(set, 1500) {
                check(&answer);
                let count = if answer["variant"].is_null() {
                    &mut unknown
                } else {
                    &mut known
                };
                *count += 1;
            }
        }
    }
    // Answers that are all unknown, or all known, would compare little.
    assert!(
        known > 2000 && unknown > 2000,
        "{known} known, {unknown} unknown"
    );
}

#[test]
fn every_string_of_flags_is_decoded_as_its_vector_says() {
    let vectors = shipped_vectors();
    let cases = vectors["flags"].as_array().unwrap();
    assert!(cases.iter().any(|case| case["flags"].is_null()));
    for case in cases {
        assert_eq!(case["set"], "IdCardWarning", "{case}");
        let flags = text(&case["text"]).parse::<IdCardWarnings>().ok();
        let names = flags.map(|flags| flags.iter().map(|flag| flag.variant_name()).collect());
        let unknown = flags.map(|flags| flags.unknown().collect::<Vec<_>>());
        assert_eq!(
            serde_json::json!(names.map(|names: Vec<_>| names)),
            case["flags"],
            "{case}"
        );
        assert_eq!(serde_json::json!(unknown), case["unknown"], "{case}");
    }
}

/// The vectors of a spec in the folder of fixtures.
fn vectors_of(file: &str) -> Vec<Value> {
    let path = root().join(file);
    let source = Source::new(file, &std::fs::read_to_string(path).unwrap());
    let mut book = Book::default();
    book.specs.push(errbook_spec::parse(&source).unwrap());
    let files = export::vectors(&book).unwrap();
    let vectors: Value = serde_json::from_str(&files[0].text).unwrap();
    vectors["codes"].as_array().unwrap().clone()
}

#[test]
fn former_meanings_match_their_vectors_by_name() {
    let vectors = vectors_of("tests/fixtures/former.toml");
    for vector in &vectors {
        match text(&vector["set"]) {
            "GroupCode" => _ = check_code::<GroupCode>(vector),
            "PairCode" => _ = check_code::<PairCode>(vector),
            _ => {}
        }
    }
    assert!(vectors.iter().any(|code| code["until"] == "2021-03"));
}

/// The shipped specs have no note, and no code that is newer than its vendor's first release.
#[test]
fn the_codes_of_a_spec_with_every_fact_match_their_vectors() {
    let codes = vectors_of("runtime/tests/facts.toml");
    for vector in &codes {
        match text(&vector["set"]) {
            "OrderCode" => {
                check_code::<OrderCode>(vector);
            }
            "OrderWarning" => {
                check_code::<OrderWarning>(vector);
            }
            set => panic!("{set} is not compared with its vectors"),
        }
    }
    for key in ["note", "said", "since"] {
        assert!(codes.iter().any(|code| code[key].is_object()), "{key}");
        assert!(codes.iter().any(|code| code[key].is_null()), "{key}");
    }
}
