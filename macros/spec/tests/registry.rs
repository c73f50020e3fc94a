//! What a valid spec becomes: defaults are filled in, references are resolved, and each text is
//! there in each language.

use errbook_spec::place::Source;
use errbook_spec::registry::{Code, Registry};
use errbook_spec::{GrpcCode, Retry, Severity, Wire, locales, open, open_with, references};

/// A spec that begins with a set, or with keys of the whole file.
fn source(rest: &str) -> Source {
    let text = format!("schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n{rest}");
    Source::new("spec.toml", &text)
}

fn registry(rest: &str) -> Registry {
    let opened = open(&source(rest));
    opened
        .unwrap_or_else(|broken| panic!("{}", broken.problems))
        .registry
}

fn codes(rest: &str) -> Vec<Code> {
    registry(rest).sets.remove(0).codes
}

#[test]
fn a_missing_text_is_that_in_the_preferred_language_or_the_own_or_any_or_a_name() {
    let source = source(
        "[[set]]\nname = \"C\"\ntitle.zh = \"组\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage = { en = \"one\", zh = \"一\" }\n\
         remedy.fr = \"r\"\n\
         [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nlocale = \"de\"\n\
         message = { de = \"zwei\", en = \"two\" }\n\
         [[set.code]]\ncode = \"3\"\nvariant = \"Three\"\nlocale = \"de\"\nmessage.en = \"three\"\n\
         [[set.code]]\ncode = \"4\"\nsymbol = \"FOUR\"\nvariant = \"Four\"\nmessage.fr = \
         \"quatre\"\n[[set.code]]\ncode = \"5\"\nsymbol = \"FIVE\"\nvariant = \"Five\"\nnote.zh \
         = \"n\"\n[[set.code]]\ncode = \"6\"\nvariant = \"Six\"\n",
    );
    let messages = |fallbacks: &[&str]| {
        let fallbacks: Vec<String> = fallbacks.iter().map(|tag| (*tag).to_owned()).collect();
        let registry = open_with(&source, None, &fallbacks).unwrap().registry;
        assert_eq!(registry.locales, ["en", "de", "fr", "zh"]);
        let codes = registry.sets[0].codes.iter();
        codes.map(|code| code.message.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(
        messages(&[]),
        [
            "one one one 一",
            "two zwei zwei zwei",
            "three three three three",
            "quatre quatre quatre quatre",
            "FIVE FIVE FIVE FIVE",
            "6 6 6 6"
        ]
    );
    assert_eq!(
        messages(&["zh", "en"])[..2],
        ["one 一 一 一", "two zwei two two"]
    );
    let registry = open(&source).unwrap().registry;
    assert_eq!(registry.title, ["shop"; 4]);
    let set = &registry.sets[0];
    assert_eq!(set.title, ["组"; 4]);
    // A remedy or a note that no language has is not there at all.
    assert_eq!(set.codes[0].remedy, ["r"; 4]);
    assert_eq!(set.codes[1].remedy, [""; 4]);
    assert_eq!(set.codes[4].note, ["n"; 4]);
    assert!(set.codes[0].note.is_empty());
    assert_eq!(set.codes[0].doc, [""; 4]);
    assert_eq!(set.codes[0].said, [""; 4]);
}

#[test]
fn the_language_of_the_document_comes_first_even_without_a_text() {
    let spec = open(&source(
        "title.ab = \"t\"\n[[set]]\nname = \"C\"\nnote.zh = \"n\"\n\
         [[set.section]]\nid = \"a\"\ntitle.fr = \"A\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage.fr = \"un\"\n\
         [[set.range]]\nfrom = \"5\"\nto = \"6\"\nnote.de = \"n\"\n",
    ))
    .unwrap()
    .spec;
    assert_eq!(locales(&spec), ["en", "ab", "de", "fr", "zh"]);
}

#[test]
fn a_code_is_retired_with_its_set_or_alone() {
    let retired = |set: &str| {
        let registry = registry(&format!(
            "[[set]]\nname = \"C\"\n{set}\n[[set.code]]\ncode = \"1\"\nvariant = \"One\"\n\
             [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nstatus = \"retired\"\n"
        ));
        let codes = registry.sets[0].codes.iter();
        (
            registry.sets[0].retired,
            codes.map(|code| code.retired).collect::<Vec<_>>(),
        )
    };
    assert_eq!(retired(""), (false, vec![false, true]));
    assert_eq!(retired("status = \"active\""), (false, vec![false, true]));
    assert_eq!(retired("status = \"retired\""), (true, vec![true, true]));
}

#[test]
fn a_replacement_is_a_variant_or_a_code_of_another_vendor() {
    let registry = registry(
        "[[set]]\nname = \"C\"\n\
         [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"One\"\nreplaced-by = \"D.2\"\n\
         [[set.code]]\ncode = \"3\"\nvariant = \"Three\"\nreplaced-by = \"C.1.A\"\n\
         [[set.code]]\ncode = \"4\"\nvariant = \"Four\"\nreplaced-by = \"C.3\"\n\
         [[set.code]]\ncode = \"5\"\nvariant = \"Five\"\nreplaced-by = \"other/C.3\"\n\
         [[set.code]]\ncode = \"6\"\nvariant = \"Six\"\n\
         [[set]]\nname = \"D\"\n[[set.code]]\ncode = \"2\"\nvariant = \"Two\"\n",
    );
    let replaced = registry.sets[0].codes.iter();
    let replaced: Vec<_> = replaced.map(|code| code.replaced_by.as_deref()).collect();
    assert_eq!(
        replaced,
        [
            Some("D::Two"),
            Some("C::One"),
            Some("C::Three"),
            Some("other/C.3"),
            None
        ]
    );
}

#[test]
fn a_reference_names_a_code_with_or_without_its_symbol() {
    let spec = open(&source(
        "[[set]]\nname = \"C\"\n[[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"One\"\n\
         [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\n",
    ))
    .unwrap()
    .spec;
    assert_eq!(references(&spec), ["C.1.A", "C.1", "C.2"]);
}

#[test]
fn other_codes_are_former_ones_and_aliases_that_are_numbers() {
    let codes = codes(
        "[[set]]\nname = \"C\"\n[[set.code]]\ncode = \"0xC\"\nvariant = \"Twelve\"\n\
         was = [\"11\", \"0x10\"]\naliases = [\"+20\", \"A\", \"2.5\"]\nunlike = [\"0xC\"]\n\
         was-variant = [\"Dozen\"]\n",
    );
    let other = |number: i64, text: &str| (number, text.to_owned(), None);
    assert_eq!((codes[0].number, codes[0].text.as_str()), (12, "0xC"));
    assert_eq!(
        codes[0].other_codes,
        [other(11, "11"), other(16, "0x10"), other(20, "+20")]
    );
    assert_eq!(codes[0].aliases, ["+20", "A", "2.5"]);
    assert_eq!(codes[0].was_variant, ["Dozen"]);
    assert_eq!(codes[0].unlike, ["0xC"]);
}

#[test]
fn a_former_code_has_a_symbol_where_the_set_is_identified_by_both() {
    let other = |wire: &str, identity: &str, was: &str| {
        let codes = codes(&format!(
            "[[set]]\nname = \"C\"\nwire = \"{wire}\"\nidentity = \"{identity}\"\n[[set.code]]\n\
             code = \"1\"\nsymbol = \"A\"\nvariant = \"One\"\nwas = [\"{was}\"]\naliases = \
             [\"7\"]\n"
        ));
        codes[0].other_codes.clone()
    };
    let entry = |number: i64, text: &str, symbol: Option<&str>| {
        vec![(number, text.to_owned(), symbol.map(str::to_owned))]
    };
    assert_eq!(
        other("integer", "code+symbol", "400.B.c"),
        entry(400, "400", Some("B.c"))
    );
    assert_eq!(
        other("integer", "code+symbol", "400"),
        entry(400, "400", None)
    );
    assert_eq!(
        other("string", "code+symbol", "E.B"),
        entry(0, "E", Some("B"))
    );
    assert_eq!(other("string", "code", "E.B"), entry(0, "E.B", None));
}

#[test]
fn a_former_meaning_comes_last_and_names_what_its_key_means_now() {
    let codes = codes(
        "[[set]]\nname = \"C\"\nidentity = \"code+symbol\"\n\
         [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"Old\"\nstatus = \"retired\"\n\
         until = \"2019\"\n\
         [[set.code]]\ncode = \"1\"\nsymbol = \"B\"\nvariant = \"Other\"\n\
         [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"Now\"\n",
    );
    let variants: Vec<&str> = codes.iter().map(|code| code.variant.as_str()).collect();
    assert_eq!(variants, ["Other", "Now", "Old"]);
    assert!(codes[0].former.is_none() && codes[1].former.is_none());
    let former = codes[2].former.as_ref().unwrap();
    assert_eq!(
        (former.until.as_str(), former.now.as_str()),
        ("2019", "C::Now")
    );
}

#[test]
fn facts_that_a_code_does_not_have_are_those_of_the_spec_or_none() {
    let codes = codes(
        "since = { edition = \"2018\", release = \"0.1.0\" }\nkinds = \"shop-kinds\"\n\
         [[set]]\nname = \"C\"\nwire = \"string\"\n\
         [[set.section]]\nid = \"a\"\n[[set.section]]\nid = \"b\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\n\
         [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nsince.release = \"0.2.0\"\nsection = \
         \"b\"\nkind = \"late\"\nretry = \"throttled\"\nretry-after = 5\nbilling = \"free\"\n\
         http = 599\nhttp-answer = 100\ngrpc = \"ABORTED\"\nfault = \"network\"\nsuccess = true\n\
         [[set.code]]\ncode = \"3\"\nvariant = \"Three\"\nsince.edition = \"2019\"\n",
    );
    let since: Vec<_> = codes.iter().map(|code| code.since.as_deref()).collect();
    assert_eq!(since, [Some("0.1.0"), Some("0.2.0"), None]);
    let one = &codes[0];
    assert_eq!((one.section, one.retry, one.http), (None, None, None));
    assert_eq!((one.severity, one.success), (Severity::Error, false));
    let two = &codes[1];
    assert_eq!((two.number, two.section), (0, Some(1)));
    assert_eq!((two.http, two.http_answer), (Some(599), Some(100)));
    assert_eq!(
        (two.retry, two.retry_after),
        (Some(Retry::Throttled), Some(5))
    );
    assert_eq!(
        (two.grpc, two.severity),
        (Some(GrpcCode::Aborted), Severity::Info)
    );
    assert_eq!(two.kind.as_deref().map(String::as_str), Some("late"));
    assert!(two.success);
}

#[test]
fn a_range_includes_its_ends_and_has_the_severity_of_its_set() {
    let registry = registry(
        "[[set]]\nname = \"C\"\nwas = [\"Old\"]\nwire = \"integer64\"\nseverity = \"warning\"\n\
         [[set.section]]\nid = \"a\"\ntitle.en = \"A\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\n\
         [[set.range]]\nfrom = \"-5\"\nto = \"0x10\"\n",
    );
    let set = &registry.sets[0];
    assert_eq!(
        (set.wire, &set.was[..]),
        (Wire::Integer64, &["Old".to_owned()][..])
    );
    assert_eq!(
        (set.sections[0].id.as_str(), &set.sections[0].title[..]),
        ("a", &["A".to_owned()][..])
    );
    let range = &set.ranges[0];
    assert_eq!((range.from, range.to), (-5, 16));
    assert_eq!(range.severity, Severity::Warning);
}
