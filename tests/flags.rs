//! Sets of flags: documented flags, unknown flags, and combinations.

use errbook::{Flag, Flags};
use errbook_codes::tencent_kyc::{IdCardWarning, IdCardWarnings};

#[test]
fn several_flags_are_parsed() {
    let warnings: IdCardWarnings = "01001000".parse().unwrap();
    let codes: Vec<_> = warnings.iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, ["01000000", "00001000"]);
    assert_eq!(warnings.unknown().count(), 0);
    assert_eq!(warnings.to_string(), "01001000");
}

#[test]
fn unknown_flags_are_kept() {
    let warnings: IdCardWarnings = "11000001".parse().unwrap();
    assert_eq!(warnings.iter().count(), 2);
    assert_eq!(warnings.unknown().collect::<Vec<_>>(), [8]);
    assert_eq!(warnings.to_string(), "11000001");
    let longer: IdCardWarnings = "0000000011".parse().unwrap();
    assert_eq!(longer.to_string(), "0000000011");
    assert_eq!(longer.unknown().collect::<Vec<_>>(), [9, 10]);
}

#[test]
fn positions_are_counted_from_the_left() {
    let positions: Vec<_> = IdCardWarning::ALL.iter().map(Flag::position).collect();
    assert_eq!(positions, [1, 2, 5]);
    let both: IdCardWarnings = IdCardWarning::ALL.iter().copied().collect();
    assert_eq!(both.to_string(), "11001000");
}

#[test]
fn every_string_of_zeros_and_ones_round_trips() {
    for number in 0..1_u32 << 12 {
        let text = format!("{number:012b}");
        assert_eq!(
            text.parse::<Flags<IdCardWarning>>().unwrap().to_string(),
            text
        );
    }
    for invalid in ["", "2", "0100000x", "０１", &"0".repeat(65)] {
        assert!(IdCardWarnings::parse(invalid).is_err(), "{invalid}");
    }
}

#[test]
fn flags_serialize_as_a_string() {
    let warnings: IdCardWarnings = serde_json::from_str("\"01001000\"").unwrap();
    assert_eq!(serde_json::to_string(&warnings).unwrap(), "\"01001000\"");
    assert!(serde_json::from_str::<IdCardWarnings>("1001000").is_err());
}
