//! Codes that the vendor gave to another error: the released name keeps its meaning, and the code
//! decodes to the other one.

#![expect(deprecated, reason = "former meanings are retired")]

use std::cmp::Ordering;
use std::collections::BTreeSet;

use errbook::{Billing, CodeSet, ErrorCode, Flag, Received, Retry, Wire};

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
