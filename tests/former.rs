//! Codes that the vendor gave to another error: the released name keeps its meaning, and the code
//! decodes to the other one.

#![expect(deprecated, reason = "former meanings are retired")]

use std::cmp::Ordering;
use std::collections::BTreeSet;

use errbook::{Billing, CodeSet, ErrorCode, Flag, Received, Retry, Wire};
use errbook_codegen::{Options, expand_partial};
use errbook_spec::place::Source;
use errbook_spec::{open_with, parse};

errbook::include_spec! { "fixtures/former.toml" }

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "fixtures/former.toml", set = "GroupCode")]
enum GroupError {
    #[error_code(-810001)]
    Now,
    #[error_code("GroupIdNotExist")]
    Before,
}

#[test]
fn a_former_meaning_keeps_its_facts_and_does_not_decode() {
    let old = GroupCode::GroupIdNotExist;
    assert_eq!(old.code(), -810_001);
    assert_eq!(old.message(errbook::Locale::EN), "group id not exist");
    assert_eq!(
        (old.retry(), old.billing()),
        (Retry::AfterFix, Billing::Free)
    );
    let now = GroupCode::TargetInGroupBlacklist;
    assert_eq!(GroupCode::from_code(-810_001), Some(now));
    assert_eq!(GroupCode::try_from(-810_001), Ok(now));
    assert_eq!("-810001".parse(), Ok(now));
    assert_eq!(Received::<GroupCode>::from(-810_001).known(), Some(now));
    // What was the code of that error alone still is.
    assert_eq!(
        GroupCode::from_code(-902),
        Some(GroupCode::GroupIdNotUnique)
    );
    assert_eq!(GroupCode::from_code(-903), None);
}

#[test]
fn every_kind_of_lookup_leads_to_what_the_code_means_now() {
    assert_eq!(DenseCode::from_code(1), Some(DenseCode::One));
    assert_eq!(DenseCode::from_code(2), None);
    assert_eq!(TextCode::from_code("E1"), Some(TextCode::Late));
    assert_eq!(TextCode::from_code("E2"), Some(TextCode::Never));
    assert_eq!(NamedCode::from_code(1), Some(NamedCode::New));
    for (symbol, code) in [
        ("NEW", NamedCode::New),
        ("SHARED", NamedCode::New),
        ("OLD", NamedCode::Old),
        ("OLDER", NamedCode::Old),
        ("SAME", NamedCode::SameNow),
    ] {
        assert_eq!(NamedCode::from_symbol(symbol), Some(code), "{symbol}");
    }
    assert_eq!(
        PairCode::all_with_code(400),
        [PairCode::Missing, PairCode::Empty]
    );
    let parsed = PairCode::parse(400, "MISSING:street").unwrap();
    assert_eq!(parsed.code(), PairCode::Missing);
    let decoded = PairCode::decode_with_symbol(Wire::Integer(400), "MISSING:x").unwrap();
    assert_eq!(decoded.code(), PairCode::Missing);
    assert_eq!(PairCode::all_with_code(500), [PairCode::Busy]);
}

#[test]
fn former_meanings_are_values_of_their_own() {
    let codes: BTreeSet<GroupCode> = GroupCode::ALL.iter().copied().collect();
    assert_eq!(codes.len(), GroupCode::ALL.len());
    let old = GroupCode::GroupIdNotExist;
    let now = GroupCode::TargetInGroupBlacklist;
    assert_ne!(old, now);
    assert_ne!(old.cmp(&now), Ordering::Equal);
    assert_eq!(old.cmp(&GroupCode::Unauthorized), Ordering::Less);
    let pairs: BTreeSet<PairCode> = PairCode::ALL.iter().copied().collect();
    assert_eq!(pairs.len(), PairCode::ALL.len());
    // They come last.
    assert_eq!(GroupCode::ALL[0], GroupCode::Timeout);
    assert_eq!(GroupCode::ALL[1], now);
}

#[test]
fn a_set_of_flags_contains_what_the_position_means_now() {
    let warnings = CardWarnings::parse("01").unwrap();
    assert!(warnings.contains(CardWarning::Blurred));
    assert!(!warnings.contains(CardWarning::Reflection));
    assert_eq!(warnings.iter().collect::<Vec<_>>(), [CardWarning::Blurred]);
    assert_eq!(CardWarning::FORMER, [CardWarning::Reflection]);
    assert!(CardWarnings::from(CardWarning::Reflection).is_empty());
}

#[test]
fn a_serialized_former_meaning_comes_back_as_what_its_code_means_now() {
    let text = serde_json::to_string(&GroupCode::GroupIdNotExist).unwrap();
    assert_eq!(text, "-810001");
    let code: GroupCode = serde_json::from_str(&text).unwrap();
    assert_eq!(code, GroupCode::TargetInGroupBlacklist);
}

#[test]
fn a_derived_error_names_what_a_code_means_now_by_the_code() {
    assert_eq!(GroupError::Now.to_string(), "target in group blacklist");
    assert_eq!(GroupError::Before.to_string(), "group id not exist");
    assert_eq!(GroupError::Before.wire(), Wire::Integer(-810_001));
}

fn spec(codes: &[&str]) -> Source {
    let codes = codes.iter().map(|code| format!("[[set.code]]\n{code}\n"));
    let text = format!(
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n{}",
        codes.collect::<String>()
    );
    Source::new("spec.toml", &text)
}

#[test]
fn real_duplicates_are_errors() {
    let problems = |codes: &[&str]| {
        let spec = parse(&spec(codes)).unwrap();
        errbook_spec::check(&spec).unwrap_err().to_string()
    };
    let now = "code = \"1\"\nvariant = \"Now\"";
    let old = "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"";
    assert_eq!(
        problems(&[now, old, "code = \"1\"\nvariant = \"Other\""]),
        "spec.toml:15:8: code `1` is already `Now` in C"
    );
    assert_eq!(
        problems(&[now, "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\""]),
        "spec.toml:10:8: code `1` is already `Now` in C"
    );
    assert_eq!(
        problems(&[now, "code = \"1\"\nvariant = \"Old\"\nuntil = \"2\""]),
        "spec.toml:12:9: `Old` has `until`, but is not retired\n  \
         help: add `status = \"retired\"`"
    );
    assert_eq!(
        problems(&[old]),
        "spec.toml:10:9: `until` says that `1` has another meaning now, but no code has it\n  \
         help: add the code that `1` is now, or delete `until`: `Old` then decodes again"
    );
    assert_eq!(
        problems(&[now, old, &old.replace("until = \"2\"", "until = \"3\"")]),
        "spec.toml:16:11: variant `Old` is already the name of code `1` in C"
    );
}

/// One mistake causes no errors at the uses of other variants.
#[test]
fn a_broken_spec_still_has_its_former_meanings() {
    let source = spec(&[
        "code = \"1\"\nvariant = \"Now\"",
        "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"",
        "code = \"x\"\nvariant = \"Wrong\"",
        "code = \"3\"\nvariant = \"Alone\"\nuntil = \"2\"",
    ]);
    let expansion = expand_partial(&source, &Options::default());
    let rust = expansion.tokens.to_string();
    assert!(expansion.problems.is_some());
    for variant in ["Now", "Old", "Alone"] {
        assert!(rust.contains(&format!("C :: {variant}")), "{variant}");
    }
    assert!(!rust.contains("C :: Wrong"));
}

#[test]
fn an_entry_of_an_overrides_file_is_for_what_the_code_means_now() {
    let source = spec(&[
        "code = \"1\"\nvariant = \"Now\"\nmessage.en = \"now\"",
        "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"\nmessage.en = \"old\"",
    ]);
    let warnings = |key: &str, expected: &str| {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\n[set.C.code]\n{key} = {{ retry = \"never\" }}\n"
        );
        let opened = open_with(&source, Some(&Source::new("mine.toml", &text)), &[]).unwrap();
        let codes = &opened.registry.sets[0].codes;
        let changed = codes.iter().filter(|code| code.retry.is_some());
        let changed: Vec<_> = changed.map(|code| code.variant.as_str()).collect();
        assert_eq!(changed, [expected]);
        opened.warnings.to_string()
    };
    assert_eq!(
        warnings("1", "Now"),
        "mine.toml:4:1: `1` means `Now` since 2; before, it meant `Old`\n  \
         help: write `Now` if that is meant"
    );
    assert_eq!(warnings("Now", "Now"), "");
    assert!(warnings("Old", "Old").contains("this overrides C.Old, which the vendor no longer"));
}
