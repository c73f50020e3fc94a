//! Symbols with parameters, both ways.

use errbook::{CodeSet, Locale, Wire};
use errbook_codes::megvii_faceid::{ResultError, SdkCode, TokenError};

#[test]
fn a_symbol_gives_its_parameter() {
    let parsed = TokenError::parse(400, "MISSING_ARGUMENTS:image_ref1").unwrap();
    assert_eq!(parsed.code().symbol(), Some("MISSING_ARGUMENTS:<key>"));
    assert_eq!(parsed.args().get("key"), Some("image_ref1"));
    assert!(parsed.localized(Locale::EN).to_string().contains("image_ref1"), "{}", parsed.localized(Locale::EN));
    assert_eq!(parsed.to_string(), "MISSING_ARGUMENTS:image_ref1");
}

#[test]
fn a_parameter_may_be_written_broken() {
    let parsed = ResultError::parse(403, "AUTHORIZATION_ERROR:no such right").unwrap();
    assert_eq!(parsed.args().get("reason"), Some("no such right"));
    assert_eq!(parsed.code().symbol(), Some("AUTHORIZATION_ERROR:reason>"));
}

#[test]
fn a_parameter_may_follow_without_a_separator_or_with_one() {
    for symbol in ["INVALID_IMAGE_SIZEimage_ref2", "INVALID_IMAGE_SIZE:image_ref2"] {
        let parsed = TokenError::parse(400, symbol).unwrap();
        assert_eq!(parsed.args().get("param"), Some("image_ref2"), "{symbol}");
    }
}

#[test]
fn the_most_specific_template_wins() {
    let plain = SdkCode::from_symbol("NO_FACE_FOUND").unwrap();
    let with_parameter = SdkCode::from_symbol("NO_FACE_FOUND:image_ref1").unwrap();
    assert_eq!((plain.code(), with_parameter.code()), (53000, 50400));
    assert_eq!(SdkCode::from_code_and_symbol(53000, "NO_FACE_FOUND:image_ref1"), None);
}

#[test]
fn a_line_break_in_a_symbol_is_not_part_of_it() {
    let parsed = SdkCode::parse(50400, "IMAGE_ERROR_UNSUPPORTED_FORMAT:image_ref1").unwrap();
    assert_eq!(parsed.args().get("param"), Some("image_ref1"));
}

#[test]
fn a_value_may_hold_anything() {
    for value in ["", " ", "a:b", "<key>", "图", "\n"] {
        let symbol = format!("MISSING_ARGUMENTS:{value}");
        assert_eq!(TokenError::parse(400, &symbol).unwrap().args().get("key"), Some(value));
    }
}

#[test]
fn a_code_and_a_symbol_must_belong_together() {
    assert_eq!(TokenError::parse(403, "MISSING_ARGUMENTS:key"), None);
    assert_eq!(TokenError::decode_with_symbol(Wire::Text("0400"), "MISSING_ARGUMENTS:key"), None);
    assert!(TokenError::decode_with_symbol(Wire::Text("400"), "MISSING_ARGUMENTS:key").is_some());
    assert_eq!(TokenError::parse(400, "MISSING_ARGUMENTS"), None);
}
