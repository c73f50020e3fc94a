//! What programs in other languages are told about small registries.

use errbook_spec::place::Source;
use errbook_spec::{Code, Note, Spec};
use serde_json::{Value, json};

use crate::book::Book;
use crate::export::facts::{billing_note, cells, columns, effective};
use crate::export::model::{Code as CodeModel, Model, Set};
use crate::export::received::{flag_cases, received_cases};
use crate::export::{received, vectors};

/// A book of these vendors, without kinds.
fn book(specs: &[&str]) -> Book {
    let specs = specs.iter().map(|text| {
        let text = format!("schema = 1\n{text}");
        errbook_spec::parse(&Source::new("spec.toml", &text))
            .unwrap_or_else(|it| panic!("{it}\n{text}"))
    });
    Book {
        specs: specs.collect(),
        ..Book::default()
    }
}

fn model(book: &Book, fallback: Option<&str>) -> Model {
    Model::new(book, fallback).unwrap_or_else(|it| panic!("{it}"))
}

/// The only set of a vendor with these lines.
fn set(text: &str) -> Set {
    let book = book(&[&format!(
        "vendor = \"shop\"\nlocale = \"en\"\nkinds = \"errbook\"\n[[set]]\nname = \"Order\"\n{text}"
    )]);
    model(&book, None).vendors.remove(0).sets.remove(0)
}

fn code_lines(code: &str, variant: &str, more: &str) -> String {
    format!("[[set.code]]\ncode = \"{code}\"\nvariant = \"{variant}\"\n{more}\n")
}

/// `KEY -> CODE` for everything that leads to a code.
fn lookups(set: &Set) -> Vec<String> {
    let name = |index: usize| set.codes[index].names.pascal.as_str();
    let keys = set
        .keys
        .iter()
        .map(|key| format!("{} -> {}", key.key, name(key.index)));
    let symbols = set.symbols.iter();
    let symbols = symbols.map(|it| format!("{:?} {} -> {}", it.key, it.code, name(it.index)));
    let templates = set.templates.iter().map(|form| {
        let shared = if form.shared { " (shared)" } else { "" };
        let literals = form.literals.join("|");
        let parameters = form.parameters.join(",");
        format!(
            "{} {literals} {parameters} -> {}{shared}",
            form.code,
            name(form.index)
        )
    });
    keys.chain(symbols).chain(templates).collect()
}

#[test]
fn a_number_or_a_symbol_leads_to_one_code_or_to_none() {
    let set = set(&[
        code_lines(
            "7",
            "SoldOut",
            "was = [\"8\"]\nsymbol = \"SAME\"\naliases = [\"GONE\"]",
        ),
        code_lines(
            "0x10",
            "Late",
            "aliases = [\"LATE:<days>\", \"TOO_LATE:<days>:x\"]",
        ),
        code_lines(
            "9",
            "Later",
            "aliases = [\"LATE:<hours>\"]\nstatus = \"retired\"",
        ),
        code_lines("10", "Again", "symbol = \"SAME\""),
    ]
    .concat());
    assert_eq!(
        (set.wire, set.bits, set.both, set.width),
        ("integer", 32, false, 0)
    );
    assert_eq!(
        lookups(&set),
        [
            "7 -> SoldOut",
            "8 -> SoldOut",
            "16 -> Late",
            "9 -> Later",
            "10 -> Again",
            "\"GONE\"  -> SoldOut",
            " TOO_LATE:|:x days -> Late",
            " LATE:| days -> Late (shared)",
            " LATE:| hours -> Later (shared)",
        ]
    );
    assert_eq!(set.codes[1].number, Some(16));
    assert!(set.codes[2].retired && !set.codes[1].retired);
}

#[test]
fn a_code_with_its_symbol_leads_to_one_code() {
    let set = set(&format!(
        "identity = \"code+symbol\"\n{}{}{}",
        code_lines("400", "Bad", "symbol = \"BAD\"\naliases = [\"WRONG\"]"),
        code_lines("401", "BadToo", "symbol = \"BAD\""),
        code_lines(
            "400",
            "Missing",
            "symbol = \"MISSING:<key>\"\nparams = { key = { values = [\"a\", \"b\"] } }"
        ),
    ));
    assert!(set.both);
    assert_eq!(
        lookups(&set),
        [
            "\"400\\nBAD\" 400 -> Bad",
            "\"400\\nWRONG\" 400 -> Bad",
            "\"401\\nBAD\" 401 -> BadToo",
            "400 MISSING:| key -> Missing",
        ]
    );
    let missing = &set.codes[2];
    assert_eq!(missing.parameters, ["key"]);
    assert_eq!(missing.values, [["a", "b"]]);
}

#[test]
fn strings_and_flags_are_not_numbers() {
    let strings = set(&format!(
        "wire = \"string\"\n{}",
        code_lines("E-1", "One", "")
    ));
    assert_eq!(
        (strings.wire, strings.bits, strings.width),
        ("string", 0, 0)
    );
    assert_eq!(strings.codes[0].number, None);
    assert_eq!(strings.codes[0].position, 0);
    assert_eq!(lookups(&strings), ["E-1 -> One"]);
    let flags = set(&format!(
        "wire = \"flags\"\n{}{}",
        code_lines("1000", "First", ""),
        code_lines("0010", "Third", "")
    ));
    assert_eq!((flags.wire, flags.bits, flags.width), ("flags", 0, 4));
    let positions: Vec<_> = flags.codes.iter().map(|code| code.position).collect();
    assert_eq!(positions, [1, 3]);
    let long = set(&format!(
        "wire = \"integer64\"\n{}",
        code_lines("5000000000", "Big", "")
    ));
    assert_eq!((long.bits, long.codes[0].number), (64, Some(5_000_000_000)));
}

/// A former meaning does not decode, and is no constant of its own.
#[test]
fn former_meanings_are_left_out() {
    let set = set(&[
        code_lines("1", "Now", "message.en = \"now\""),
        code_lines("1", "Before", "status = \"retired\"\nuntil = \"V1\""),
    ]
    .concat());
    assert_eq!(set.codes.len(), 1);
    assert_eq!(lookups(&set), ["1 -> Now"]);
}

#[test]
fn names_that_would_be_the_same_in_a_notation_get_a_number() {
    let set = set(&[
        code_lines("1", "IdCard", ""),
        code_lines("2", "IDCard", ""),
        code_lines("3", "IdCard2", ""),
    ]
    .concat());
    let names = |notation: fn(&CodeModel) -> &String| {
        set.codes
            .iter()
            .map(notation)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(names(|code| &code.names.camel), "idCard idCard_2 idCard2");
    assert_eq!(names(|code| &code.names.pascal), "IdCard IdCard_2 IdCard2");
    assert_eq!(
        names(|code| &code.names.screaming),
        "ID_CARD ID_CARD_2 ID_CARD2"
    );
    assert_eq!(
        names(|code| &code.names.snake),
        "id_card id_card_2 id_card2"
    );
}

#[test]
fn what_is_known_of_ranges_and_codes_is_in_words() {
    let set = set(
        "severity = \"warning\"\n[[set.code]]\ncode = \"1\"\nvariant = \"One\"\nkind = \"a\"\n\
         [[set.range]]\nfrom = \"500\"\nto = \"599\"\nkind = \"b\"\nretry = \"backoff\"\n\
         billing = \"free\"\nseverity = \"info\"\n[[set.range]]\nfrom = \"600\"\nto = \"699\"\n",
    );
    let ranges: Vec<_> = set
        .ranges
        .iter()
        .map(|range| {
            let kind = range.kind.as_deref().unwrap_or("-");
            let [from, to] = [range.from, range.to];
            format!(
                "{from}-{to} {kind} {} {} {}",
                range.retry, range.billing, range.severity
            )
        })
        .collect();
    assert_eq!(
        ranges,
        [
            "500-599 b backoff free info",
            "600-699 - unspecified unspecified warning"
        ]
    );
    let code = &set.codes[0];
    assert_eq!(code.fact("severity"), "warning");
    assert_eq!(code.fact("billing"), "unspecified");
    assert_eq!(code.fact("http"), &Value::Null);
    assert_eq!(code.fact("nothing"), &Value::Null);
    // What is beside the facts is not among them as well.
    let json = serde_json::to_string(code).unwrap();
    for key in ["\"message\"", "\"remedy\"", "\"parameters\""] {
        assert_eq!(json.matches(key).count(), 1, "{key}: {json}");
    }
}

#[test]
fn a_registry_without_kinds_has_those_that_its_codes_name() {
    let text = "vendor = \"shop\"\nlocale = \"en\"\nkinds = \"errbook\"\n\
                [[set]]\nname = \"Order\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nkind = \"b\"\n\
                [[set.range]]\nfrom = \"500\"\nto = \"599\"\nkind = \"a\"\n";
    let found = model(&book(&[text]), None);
    let kinds: Vec<_> = found.kinds.iter().map(|kind| kind.code.as_str()).collect();
    assert_eq!(kinds, ["a", "b"]);
    assert!(
        found
            .kinds
            .iter()
            .all(|kind| !kind.success && kind.retry == "unspecified")
    );
    assert_eq!(
        (found.name.as_str(), found.languages.len()),
        ("error_codes", 0)
    );
}

#[test]
fn the_fallback_language_comes_first() {
    let vendor = |name: &str, locale: &str, other: &str| {
        format!(
            "vendor = \"{name}\"\nlocale = \"{locale}\"\ntitle.{locale} = \"T\"\n[[set]]\n\
             name = \"Order\"\n[[set.code]]\ncode = \"1\"\nvariant = \"One\"\n\
             message.{locale} = \"a\"\nmessage.{other} = \"b\"\n"
        )
    };
    let kinds = "schema = 1\nvendor = \"errbook\"\nlocale = \"en\"\n\
                 [[set]]\nname = \"Kind\"\nwire = \"string\"\n\
                 [[set.code]]\ncode = \"network\"\nvariant = \"Network\"\nmessage.en = \"m\"\n\
                 message.de = \"n\"\ndoc.en = \"d\"\nfault = \"network\"\nretry = \"backoff\"\n";
    let kinds = errbook_spec::parse(&Source::new("kinds.toml", kinds)).unwrap();
    let [english, german] = [vendor("a", "en", "de"), vendor("b", "de", "en")];
    let languages = |specs: &[&str], fallback: Option<&str>| {
        let book = Book {
            kinds: Some(kinds.clone()),
            ..book(specs)
        };
        let model = model(&book, fallback);
        let vendors = model
            .vendors
            .iter()
            .map(|vendor| vendor.languages.join(" "));
        (
            vendors.collect::<Vec<_>>().join(", "),
            model.languages.join(" "),
        )
    };
    let both = [english.as_str(), &german];
    let result = |vendors: &str, kinds: &str| (vendors.to_owned(), kinds.to_owned());
    // Kinds are in the language of the codes, if they are all in one.
    assert_eq!(languages(&both, None), result("en de, de en", "en de"));
    assert_eq!(languages(&both[1..], None), result("de en", "de en"));
    assert_eq!(languages(&both[..1], None), result("en de", "en de"));
    let more = vendor("c", "de", "en");
    assert_eq!(
        languages(&[&german, &more], None),
        result("de en, de en", "de en")
    );
    assert_eq!(
        languages(&[&german, &english], None),
        result("de en, en de", "en de")
    );
    assert_eq!(
        languages(&both, Some("de-AT")),
        result("de en, de en", "de en")
    );
    assert_eq!(
        languages(&both, Some("fr")),
        result("en de, de en", "en de")
    );
    let book = Book {
        kinds: Some(kinds.clone()),
        ..book(&both)
    };
    let kind = &model(&book, None).kinds[0];
    assert_eq!(kind.message["de"], "n");
    assert_eq!(kind.definition["en"], "d");
    assert_eq!((kind.fault, kind.retry), (Some("network"), "backoff"));
}

#[test]
fn a_vendor_says_which_edition_its_codes_are_from() {
    let document = |source: &str| {
        let text = format!(
            "vendor = \"shop\"\nlocale = \"en\"\n\
             source = {{ file = \"source.md\", sha256 = \"00\"{source} }}\n\
             [[set]]\nname = \"Order\"\n[[set.code]]\ncode = \"1\"\nvariant = \"One\"\n"
        );
        model(&book(&[&text]), None).vendors.remove(0).document
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(document(""), None);
    assert_eq!(
        document(", url = \"https://a.example\""),
        text("https://a.example")
    );
    assert_eq!(
        document(", edition = \"V2\", date = \"2018-12-06\", url = \"https://a.example\""),
        text("V2 (2018-12-06), https://a.example")
    );
    assert_eq!(
        document(", edition = \"V2\", superseded = \"2019-01-28\", newer = \"https://b.example\""),
        text("V2; superseded on 2019-01-28 by https://b.example")
    );
    assert_eq!(
        document(", edition = \"V2\", superseded = true"),
        text("V2; superseded")
    );
}

#[test]
fn a_retired_code_names_what_replaces_it() {
    let shop = "vendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"Order\"\n\
                identity = \"code+symbol\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"A\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"B\"\nvariant = \"B\"\n\
                status = \"retired\"\nreplaced-by = \"Order.1.A\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"C\"\nvariant = \"C\"\n\
                status = \"retired\"\nreplaced-by = \"bank/Pay.2\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"D\"\nvariant = \"D\"\n\
                status = \"retired\"\nreplaced-by = \"bank/Pay.3\"\n";
    let bank = "vendor = \"bank\"\nlocale = \"en\"\n[[set]]\nname = \"Pay\"\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\n";
    let replacements = |specs: &[&str]| {
        let model = model(&book(specs), None);
        let codes = model.vendors[0].sets[0].codes.iter();
        let line = |code: &CodeModel| {
            let it = code.replacement.as_ref();
            it.map(|it| format!("{}/{}.{}", it.vendor, it.set, it.names.pascal))
        };
        codes
            .map(|code| line(code).unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        replacements(&[shop, bank]),
        ["", "shop/Order.A", "bank/Pay.Two", ""]
    );
    assert_eq!(replacements(&[shop]), ["", "shop/Order.A", "", ""]);
}

#[test]
fn the_documentation_of_a_constant_is_its_message_and_its_note() {
    let summary = |more: &str| set(&code_lines("1", "One", more)).codes.remove(0).summary;
    assert_eq!(summary(""), "1");
    assert_eq!(summary("message.en = \"Busy\""), "Busy");
    let note = "note = { en = \"Since May.\" }";
    assert_eq!(
        summary(&format!("message.en = \"Busy\"\n{note}")),
        "Busy. Note: Since May."
    );
    for message in ["Busy.", "Busy!", "忙。"] {
        assert_eq!(
            summary(&format!("message.en = \"{message}\"\n{note}")),
            format!("{message} Note: Since May.")
        );
    }
    // In English if there is some.
    assert_eq!(
        summary("message.de = \"Belegt\"\nmessage.en = \"Busy\""),
        "Busy"
    );
    assert_eq!(
        summary("message.en = \"B\"\nmessage.de = \"A\"\nnote = { de = \"N\" }"),
        "B. Note: N"
    );
}

/// `<<name>` is an escape everywhere, because implementations do not know all parameters.
#[test]
fn brackets_that_are_no_parameter_are_escaped_in_texts() {
    let message = |text: &str| {
        let more = format!("symbol = \"BAD:<key>\"\nmessage.en = \"{text}\"");
        set(&code_lines("1", "Bad", &more)).codes.remove(0).message["en"].clone()
    };
    for (text, expected) in [
        ("The <key> is bad", "The <key> is bad"),
        ("The <<key> is bad", "The <<key> is bad"),
        ("a << b", "a << b"),
        ("a <<< b", "a <<< b"),
        ("a <<b", "a <<b"),
        ("a <<b> c", "a <<<b> c"),
    ] {
        let actual = message(text);
        let plain = errbook::Filled::new(&actual, &[("key", &"K")]).to_string();
        let original = errbook::Filled::new(text, &[("key", &"K")]).to_string();
        assert_eq!(
            actual.contains("<<b>"),
            expected.contains("<<b>"),
            "{text}: {actual}"
        );
        if text != "a <<b> c" {
            assert_eq!(plain, original, "{text}: {actual}");
            assert_eq!(actual, expected, "{text}");
        }
    }
}

#[test]
fn templates_learn_the_words_and_the_types_of_facts() {
    let model = model(&book(&[]), None);
    assert_eq!(model.words["severity"], ["error", "warning", "info"]);
    assert_eq!(model.words["billing"], ["billed", "free", "unspecified"]);
    assert_eq!(model.words["retry"].last(), Some(&"unspecified"));
    assert_eq!(model.words["fault"].len(), 4);
    for (fact, words) in &model.words {
        let meanings: Vec<_> = model.meanings[fact].keys().collect();
        let mut words: Vec<_> = words.iter().collect();
        words.sort();
        assert_eq!(meanings, words, "each word has a meaning");
    }
    let of = |key: &str| {
        let fact = model.facts.iter().find(|fact| fact.key == key);
        let fact = fact.unwrap_or_else(|| panic!("{key}"));
        format!("{} {}", fact.of, fact.words.join(" "))
            .trim()
            .to_owned()
    };
    for (key, expected) in [
        ("variant", "text"),
        ("message", "texts"),
        ("note", "note"),
        ("aliases", "list"),
        ("retry_after", "number"),
        ("success", "flag"),
        ("severity", "word error warning info"),
        ("since", "table edition release"),
    ] {
        assert_eq!(of(key), expected, "{key}");
    }
    assert!(
        model.facts.iter().all(|fact| fact.key != "fault"),
        "only kinds have it"
    );
    assert_eq!(model.likely_scripts["zh-TW"], "Hant");
}

/// What an implementation makes of an answer with this code and symbol: the variant, its
/// parameters, and the retry class.
fn decoded(set: &Set, code: &Value, symbol: Option<&str>) -> String {
    let case = received(set, code, symbol);
    let variant = case["variant"].as_str().unwrap_or("-");
    let parameters = case["parameters"].to_string();
    let parameters = if parameters == "{}" {
        String::new()
    } else {
        parameters
    };
    format!("{variant}{parameters} {}", case["retry"].as_str().unwrap())
}

#[test]
fn an_answer_is_decoded_by_its_number_or_its_symbol() {
    let set = set(&format!(
        "{}{}[[set.range]]\nfrom = \"500\"\nto = \"599\"\nretry = \"backoff\"\n",
        code_lines(
            "7",
            "SoldOut",
            "was = [\"8\"]\nsymbol = \"SOLD_OUT\"\nretry = \"never\""
        ),
        code_lines(
            "-9",
            "Late",
            "symbol = \"LATE:<days>:<hours>\"\nretry = \"after-fix\""
        ),
    ));
    for (code, expected) in [
        (json!(7), "SoldOut never"),
        (json!("7"), "SoldOut never"),
        (json!("8"), "SoldOut never"),
        (json!("0x7"), "SoldOut never"),
        (json!("0X7"), "SoldOut never"),
        (json!("07"), "- unspecified"),
        (json!("+7"), "- unspecified"),
        (json!("0xFFFFFFF7"), "Late after-fix"),
        (json!("SOLD_OUT"), "SoldOut never"),
        (json!("sold_out"), "- unspecified"),
        (
            json!("LATE:1:2"),
            "Late{\"days\":\"1\",\"hours\":\"2\"} after-fix",
        ),
        (
            json!("LATE: 1: 2 3"),
            "Late{\"days\":\"1\",\"hours\":\"2 3\"} after-fix",
        ),
        (json!("LATE:1"), "- unspecified"),
        (json!(""), "- unspecified"),
        // The ends of a range are in it.
        (json!(499), "- unspecified"),
        (json!(500), "- backoff"),
        (json!(599), "- backoff"),
        (json!(600), "- unspecified"),
    ] {
        assert_eq!(decoded(&set, &code, None), expected, "{code}");
    }
    // A symbol beside the number gives the parameters only.
    let expected = "Late{\"days\":\"1\",\"hours\":\"2\"} after-fix";
    assert_eq!(decoded(&set, &json!(-9), Some("LATE:1:2")), expected);
    assert_eq!(decoded(&set, &json!(7), Some("LATE:1:2")), "SoldOut never");
    let unknown = received(&set, &json!(1), None);
    assert_eq!(unknown["severity"], "error");
    assert_eq!(
        (&unknown["billing"], &unknown["kind"]),
        (&json!("unspecified"), &Value::Null)
    );
}

/// A symbol that looks like a number is none in a set of numbers.
#[test]
fn a_number_that_is_no_code_is_not_looked_up_as_a_symbol() {
    let numbers = set(&code_lines("7", "SoldOut", "symbol = \"777\""));
    assert_eq!(decoded(&numbers, &json!(777), None), "- unspecified");
    assert_eq!(decoded(&numbers, &json!("777"), None), "- unspecified");
    let strings = set(&format!(
        "wire = \"string\"\n{}",
        code_lines("E-1", "SoldOut", "symbol = \"777\"")
    ));
    assert_eq!(
        decoded(&strings, &json!("777"), None),
        "SoldOut unspecified"
    );
    assert_eq!(
        decoded(&strings, &json!("E-1"), None),
        "SoldOut unspecified"
    );
}

#[test]
fn an_answer_of_code_and_symbol_needs_both() {
    let set = set(&format!(
        "identity = \"code+symbol\"\n{}{}{}",
        code_lines("400", "Bad", "symbol = \"BAD\"\nretry = \"never\""),
        code_lines(
            "400",
            "Missing",
            "symbol = \"MISSING:<key>\"\nretry = \"after-fix\""
        ),
        code_lines(
            "401",
            "Gone",
            "symbol = \"MISSING:<key>\"\nretry = \"backoff\""
        ),
    ));
    for (code, symbol, expected) in [
        (json!(400), Some("BAD"), "Bad never"),
        (json!("0x190"), Some("BAD"), "Bad never"),
        (json!(401), Some("BAD"), "- unspecified"),
        (json!(400), None, "- unspecified"),
        (
            json!(400),
            Some("MISSING:a"),
            "Missing{\"key\":\"a\"} after-fix",
        ),
        (json!(401), Some("MISSING:a"), "Gone{\"key\":\"a\"} backoff"),
        (json!(402), Some("MISSING:a"), "- unspecified"),
    ] {
        assert_eq!(decoded(&set, &code, symbol), expected, "{code} {symbol:?}");
    }
}

/// A symbol that several codes have decodes to none of them.
#[test]
fn a_shared_template_does_not_decode() {
    let set = set(&[
        code_lines("1", "Late", "aliases = [\"LATE:<days>\"]"),
        code_lines("2", "Later", "aliases = [\"LATE:<hours>\"]"),
    ]
    .concat());
    assert_eq!(decoded(&set, &json!("LATE:1"), None), "- unspecified");
    assert_eq!(
        decoded(&set, &json!(2), Some("LATE:1")),
        "Later{\"hours\":\"1\"} unspecified"
    );
}

#[test]
fn the_cases_of_a_set_have_every_key_and_the_ends_of_what_is_known() {
    let strings = |set: &Set| {
        let cases = received_cases(set);
        let line = |case: &Value| {
            let symbol = case["symbol"].as_str().map(|it| format!(" {it}"));
            let variant = case["variant"].as_str().unwrap_or("-");
            format!("{}{} {variant}", case["code"], symbol.unwrap_or_default())
        };
        cases.iter().map(line).collect::<Vec<_>>()
    };
    let numbers = set(&format!(
        "{}{}[[set.range]]\nfrom = \"500\"\nto = \"510\"\n",
        code_lines("7", "SoldOut", "symbol = \"SOLD_OUT\""),
        code_lines("300", "Late", "symbol = \"LATE:<days>\""),
    ));
    assert_eq!(
        strings(&numbers),
        [
            "\"7\" SoldOut",
            "\"300\" Late",
            "\"SOLD_OUT\" SoldOut",
            "\"LATE:value1\" Late",
            "\"LATE: value1\" Late",
            "\"300\" LATE:value1 Late",
            "\"ERRBOOK_NO_SUCH_CODE\" -",
            "6 -",
            "7 SoldOut",
            "8 -",
            "299 -",
            "300 Late",
            "301 -",
            "499 -",
            "500 -",
            "501 -",
            "504 -",
            "505 -",
            "506 -",
            "509 -",
            "510 -",
            "511 -",
            "\"0x00000006\" -",
            "\"0x00000007\" SoldOut",
            "\"0x00000008\" -",
            "\"0x0000012B\" -",
            "\"0x0000012C\" Late",
            "\"0x0000012D\" -",
            "\"0x000001F3\" -",
            "\"0x000001F4\" -",
            "\"0x000001F5\" -",
            "\"0x000001F8\" -",
            "\"0x000001F9\" -",
            "\"0x000001FA\" -",
            "\"0x000001FD\" -",
            "\"0x000001FE\" -",
            "\"0x000001FF\" -",
            "\"06\" -",
            "\"+6\" -",
            "\"\" -",
            "\"0x\" -",
            "\"0x100000000000000000\" -",
            "\"9223372036854775808\" -",
            "\"1e3\" -",
            "\"-0\" -",
        ]
    );
    let pairs = set(&format!(
        "wire = \"string\"\nidentity = \"code+symbol\"\n{}{}",
        code_lines("A", "One", "symbol = \"ONE\""),
        code_lines("A", "Two", "symbol = \"TWO:<x>\""),
    ));
    assert_eq!(
        strings(&pairs),
        [
            "\"A\" ONE One",
            "\"A\" TWO:value1 Two",
            "\"A\" TWO: value1 Two",
            "7 ERRBOOK_NO_SUCH_CODE -",
        ]
    );
    let long = set(&format!(
        "wire = \"integer64\"\n{}",
        code_lines("255", "One", "")
    ));
    let long = strings(&long);
    assert!(long.contains(&"\"0Xff\" One".to_owned()), "{long:?}");
    assert!(long.contains(&"\"+254\" -".to_owned()), "{long:?}");
    let edge = set(&code_lines("2147483647", "Max", ""));
    let edge = strings(&edge);
    assert!(edge.contains(&"2147483648 -".to_owned()), "{edge:?}");
    let edge = edge.concat().to_lowercase();
    assert!(!edge.contains("0x80000000"), "it does not fit: {edge}");
}

#[test]
fn a_string_of_flags_has_known_and_unknown_ones() {
    let flags = set(&format!(
        "wire = \"flags\"\n{}{}",
        code_lines("1000", "First", ""),
        code_lines("0010", "Third", "")
    ));
    let cases = flag_cases(&flags);
    let of = |text: &str| {
        let case = cases.iter().find(|case| case["text"] == text);
        let case = case.unwrap_or_else(|| panic!("{text}: {cases:?}"));
        format!("{} {}", case["flags"], case["unknown"])
    };
    for (text, expected) in [
        ("1000", "[\"First\"] []"),
        ("0100", "[] [2]"),
        ("0010", "[\"Third\"] []"),
        ("0001", "[] [4]"),
        ("1111", "[\"First\",\"Third\"] [2,4]"),
        ("111101", "[\"First\",\"Third\"] [2,4,6]"),
        ("0000", "[] []"),
        ("1", "[\"First\"] []"),
        ("", "null null"),
        ("1112", "null null"),
    ] {
        assert_eq!(of(text), expected, "{text}");
    }
    assert!(of(&"1".repeat(64)).ends_with(",64]"));
    assert_eq!(of(&"1".repeat(65)), "null null");
    assert_eq!(
        flag_cases(&set(&code_lines("1", "One", ""))),
        Vec::<Value>::new()
    );
}

#[test]
fn a_vector_has_an_example_if_there_is_something_to_fill_in() {
    let text = "vendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"Order\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"Bad\"\nsymbol = \"BAD:<a>:<b>\"\n\
                aliases = [\"WORSE\"]\nmessage.en = \"The <a> is <b>\"\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"Plain\"\nsymbol = \"PLAIN\"\n\
                message.en = \"plain\"\nstatus = \"retired\"\n\
                [[set.code]]\ncode = \"3\"\nvariant = \"Open\"\nparams = { x = {} }\n\
                message.en = \"The <x> of <<x>\"\n\
                [[set.code]]\ncode = \"4\"\nvariant = \"None\"\n";
    let vectors = vectors(&book(&[text])).unwrap().remove(0);
    assert_eq!(vectors.name, "vectors.json");
    let all: Value = serde_json::from_str(&vectors.text).unwrap();
    assert_eq!(all["schema"], 1);
    let codes = all["codes"].as_array().unwrap();
    assert_eq!(codes[0]["received"], "BAD:value1:value2");
    assert_eq!(
        codes[0]["example"],
        json!({ "parameters": { "a": "value1", "b": "value2" },
                "message": { "en": "The value1 is value2" } })
    );
    assert_eq!(codes[0]["aliases"], json!(["WORSE"]));
    assert_eq!(codes[0]["number"], 1);
    assert_eq!(
        (&codes[1]["received"], &codes[1]["example"]),
        (&json!("PLAIN"), &Value::Null)
    );
    assert_eq!(
        (&codes[0]["retired"], &codes[1]["retired"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(codes[2]["received"], Value::Null);
    assert_eq!(
        codes[2]["example"],
        json!({ "parameters": {}, "message": { "en": "The <x> of <x>" } })
    );
    assert_eq!(codes[3]["example"], Value::Null);
    // Each of the languages is looked for among each of the lists.
    let languages = all["languages"].as_array().unwrap();
    assert_eq!(languages.len(), 100);
    let nearest = |wanted: &str, first: &str| {
        let mut cases = languages.iter();
        let case = cases.find(|it| it["wanted"] == wanted && it["available"][0] == first);
        case.unwrap()["nearest"].clone()
    };
    assert_eq!(nearest("zh-TW", "en"), "zh-TW");
    assert_eq!(nearest("pt-PT", "de"), "pt");
    assert_eq!(nearest("fr", "ja"), Value::Null);
    assert!(all["received"].as_array().unwrap().len() > 10);
    assert!(vectors.text.lines().count() > 100, "one a line");
}

#[test]
fn a_fact_fills_its_columns() {
    let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n\
                since.release = \"0.1.0\"\n[[set]]\n\
                name = \"Order\"\nseverity = \"warning\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nsymbol = \"BAD:key>\"\n\
                params = { key = { written = \"key>\" } }\naliases = [\"A\", \"B\"]\n\
                message.en = \"one\"\nmessage.de = \"eins\"\nhttp = 404\n\
                note = { en = \"N\", source = \"https://a.example\" }\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\n\
                success = true\nseverity = \"info\"\n\
                since.edition = \"V2\"\n";
    let spec = errbook_spec::parse(&Source::new("spec.toml", text)).unwrap();
    let set = &spec.sets[0];
    let one = effective(&spec, set, &set.codes[0]);
    let two = effective(&spec, set, &set.codes[1]);
    let fact = |key: &str| {
        let mut facts = errbook_spec::facts::facts_of::<Code>();
        facts.find(|fact| fact.key == key).unwrap()
    };
    let shown = |key: &str, code: &Code| {
        let cells = cells(fact(key), code).into_iter();
        cells
            .map(|(column, text)| format!("{column}={text}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (key, expected) in [
        ("symbol", "symbol=BAD:<key>"),
        ("aliases", "aliases=A B"),
        ("message", "message.de=eins message.en=one"),
        ("http", "http=404"),
        ("note", "note.en=N note.source=https://a.example"),
        ("success", "success=false"),
        ("severity", "severity=warning"),
        ("billing", "billing=unspecified"),
        ("remedy", ""),
        ("since", "since.release=0.1.0"),
    ] {
        assert_eq!(shown(key, &one), expected, "{key}");
    }
    for (key, expected) in [
        ("success", "success=true"),
        ("severity", "severity=info"),
        ("since", "since.edition=V2"),
    ] {
        assert_eq!(shown(key, &two), expected, "{key}");
    }
    let languages = ["en".to_owned(), "de".to_owned()];
    let names = |key: &str| columns(fact(key), &languages).join(" ");
    assert_eq!(names("message"), "message.en message.de");
    assert_eq!(names("note"), "note.en note.de note.source note.date");
    assert_eq!(names("since"), "since.edition since.release");
    assert_eq!(names("http"), "http");
}

/// A note without a source says nothing that another page of the vendor proves.
#[test]
fn a_note_about_billing_has_a_source() {
    let note = |source: bool| {
        Some(Note {
            source: source.then(|| "https://a.example".into()),
            ..Note::default()
        })
    };
    let of = |code: Option<Note>, set: Option<Note>, billing: Option<errbook_spec::Billing>| {
        let code = Code {
            note: code,
            billing: billing.map(Into::into),
            ..Code::default()
        };
        let set = errbook_spec::Set {
            note: set,
            ..errbook_spec::Set::default()
        };
        billing_note(&set, &code)
    };
    let free = Some(errbook_spec::Billing::Free);
    let billed = Some(errbook_spec::Billing::Billed);
    assert_eq!(of(note(true), note(true), None), Some("note"));
    assert_eq!(of(note(false), note(true), free), Some("set-note"));
    assert_eq!(of(None, note(true), None), Some("set-note"));
    assert_eq!(of(note(false), note(false), None), None);
    assert_eq!(of(None, None, free), None);
    // What is charged for is the worst case already.
    assert_eq!(of(note(true), note(true), billed), None);
}

#[test]
fn the_catalogue_says_where_a_document_is_from() {
    let catalogue = |source: &str| -> Value {
        let text =
            format!("vendor = \"shop\"\nlocale = \"en\"\n{source}[[set]]\nname = \"Order\"\n");
        let book = book(&[&text]);
        let file = crate::export::catalogue(&book).unwrap().remove(0);
        let all: Value = serde_json::from_str(&file.text).unwrap();
        all["vendors"][0].clone()
    };
    assert_eq!(catalogue("").get("source"), None);
    let source = |more: &str| {
        let line = format!("source = {{ file = \"source.md\", sha256 = \"00\"{more} }}\n");
        catalogue(&line)["source"].clone()
    };
    assert_eq!(source(""), json!({}));
    assert_eq!(source(", superseded = true"), json!({ "superseded": true }));
    assert_eq!(
        source(", edition = \"V2\", superseded = \"2019-01-28\", newer = \"https://b.example\""),
        json!({ "edition": "V2", "superseded": "2019-01-28", "newer": "https://b.example" })
    );
}

/// A reader may rely on what is always there, and finds nothing where there is nothing to say.
#[test]
fn the_catalogue_has_every_fact_in_its_own_form() {
    let text = "vendor = \"shop\"\nlocale = \"en\"\nsince.edition = \"V1\"\n[[set]]\n\
                name = \"Order\"\n\
                [[set.section]]\nid = \"cards\"\ntitle.en = \"Cards\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"Bad\"\nwas = [\"2\"]\n\
                symbol = \"BAD:key>\"\n\
                params = { key = { written = \"key>\" }, age = { values = [\"1\", \"2\"] } }\n\
                message.en = \"The <key> is bad\"\nretry-after = 5\nretry = \"backoff\"\n\
                [[set.range]]\nfrom = \"500\"\nto = \"599\"\n";
    let file = crate::export::catalogue(&book(&[text])).unwrap().remove(0);
    assert!(file.text.ends_with("}\n"));
    let all: Value = serde_json::from_str(&file.text).unwrap();
    let vendor = &all["vendors"][0];
    assert_eq!(vendor["since"], json!({ "edition": "V1" }));
    let set = &vendor["sets"][0];
    assert_eq!(
        set["sections"],
        json!([{ "id": "cards", "title": { "en": "Cards" } }])
    );
    assert_eq!(set["ranges"].as_array().unwrap().len(), 1);
    let code = &set["codes"][0];
    for (key, expected) in [
        ("code", json!("1")),
        ("symbol", json!("BAD:<key>")),
        ("was", json!(["2"])),
        (
            "parameters",
            json!([{ "name": "key", "written": "key>" }, { "name": "age", "values": ["1", "2"] }]),
        ),
        ("message", json!({ "en": "The <key> is bad" })),
        ("retry", json!("backoff")),
        ("retry_after", json!(5)),
        ("billing", json!("unspecified")),
        ("success", json!(false)),
        ("severity", json!("error")),
        ("since", json!({ "edition": "V1" })),
    ] {
        assert_eq!(code[key], expected, "{key}");
    }
    for absent in ["remedy", "said", "note", "http", "replaced_by", "section"] {
        assert_eq!(code.get(absent), None, "{absent}");
    }
    let bare = "vendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"Order\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"Bad\"\n";
    let file = crate::export::catalogue(&book(&[bare])).unwrap().remove(0);
    let all: Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(all["vendors"][0].get("since"), None);
    let set = &all["vendors"][0]["sets"][0];
    assert_eq!(set.get("ranges"), None);
    assert_eq!(set["codes"][0]["message"], json!({}));
}

#[test]
fn a_table_for_people_has_the_columns_that_its_codes_fill() {
    let text = "vendor = \"shop\"\nlocale = \"en\"\nkinds = \"errbook\"\n[[set]]\n\
                name = \"Order\"\ntitle.en = \"Order <codes>\"\n\
                note.en = \"Read it.\"\nnote.source = \"https://a.example\"\n\
                note.date = \"2021-07-19\"\n\
                [[set.section]]\nid = \"cards\"\ntitle.en = \"Cards\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nsection = \"cards\"\n\
                retry = \"backoff\"\nretry-after = 7200\nbilling = \"free\"\nhttp = 503\n\
                message.en = \"a | b\"\nseverity = \"warning\"\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nretry = \"throttled\"\n\
                retry-after = 5400\nmessage.en = \"two\\nlines\"\nstatus = \"retired\"\n\
                [[set.code]]\ncode = \"3\"\nvariant = \"Three\"\nretry = \"backoff\"\n\
                retry-after = 0\nsuccess = true\nsection = \"none\"\n\
                [[set.section]]\nid = \"none\"\n\
                [[set]]\nname = \"Refund\"\nnote = { en = \"Alone.\" }\n\
                [[set.code]]\ncode = \"4\"\nvariant = \"Four\"\n";
    let file = crate::export::markdown(&book(&[text]), None).remove(0);
    assert_eq!(file.name, "shop.md");
    let lines = [
        "# shop",
        "",
        "## Order &lt;codes&gt; (Order)",
        "",
        "Read it. (https://a.example, 2021-07-19)",
        "",
        "| Error code | Section | Message | Billing | Retry | Severity | HTTP status | Lifecycle |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 1 | Cards | a \\| b | free | with increasing delays (at least 2 h) | warning | 503 |  |",
        "| ~~2~~ |  | two<br>lines | not stated | more slowly (at least 5400 s) | error |  | \
         retired |",
        "| 3 | none |  | not stated | with increasing delays (at least 0 s) | info |  |  |",
        "",
        "## Refund error codes",
        "",
        "Alone.",
        "",
        "| Error code |",
        "| --- |",
        "| 4 |",
    ];
    assert_eq!(file.text.lines().collect::<Vec<_>>(), lines);
    // A reader is told which texts are not in their language.
    let german = crate::export::markdown(&book(&[text]), Some("de"))
        .remove(0)
        .text;
    let english = crate::export::markdown(&book(&[text]), Some("en-GB"))
        .remove(0)
        .text;
    assert_ne!(german.lines().nth(2), english.lines().nth(2));
    assert_eq!(
        english.lines().nth(2),
        Some("## Order &lt;codes&gt; (Order)")
    );
}

/// What begins like a formula, or like nothing, is shown as it is.
#[test]
fn a_cell_that_a_spreadsheet_would_change_is_written_as_a_formula() {
    use crate::export::csv::spreadsheet_cell;
    for (text, expected) in [
        ("late", "late"),
        ("a = b", "a = b"),
        (" late", "=\" late\""),
        ("\u{1}late", "=\"\"&CHAR(1)&\"late\""),
        ("\u{9b}late", "=\"\u{9b}late\""),
        ("=late", "=\"=late\""),
        ("True", "=\"True\""),
        ("truer", "truer"),
        ("a1", "=\"a1\""),
        ("-\"x\"", "=\"-\"\"x\"\"\""),
    ] {
        assert_eq!(spreadsheet_cell(text), expected, "{text:?}");
    }
    // A string in a formula may have 255 characters, and a quotation mark counts twice.
    let long = spreadsheet_cell(&format!("-{}", "x".repeat(300))).into_owned();
    assert_eq!(
        long,
        format!("=\"-{}\"&\"{}\"", "x".repeat(254), "x".repeat(46))
    );
    let quotes = spreadsheet_cell(&format!("-{}", "\"".repeat(128))).into_owned();
    assert_eq!(quotes, format!("=\"-{}\"&\"\"\"\"", "\"\"".repeat(127)));
}

/// The specs of these tests are valid, so that the model can be made.
#[test]
fn a_spec_that_is_not_valid_has_no_model() {
    let spec = Spec {
        vendor: "Not A Vendor".into(),
        ..Spec::default()
    };
    let book = Book {
        specs: vec![spec],
        ..Book::default()
    };
    assert!(Model::new(&book, None).is_err());
    assert!(vectors(&book).is_err());
}
