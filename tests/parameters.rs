//! Parses and prints symbols with parameters.

use std::fmt::Debug;

use errbook::{CodeSet, HasKind, Locale, Received, Retry, Wire};
use errbook_codes::Kind;
use errbook_codes::megvii_faceid::{ResultError, SdkCode, TokenError};

#[test]
fn chinese_and_english_name_the_parameter_once() {
    let shown = |code: i32, symbol: &str, locale| {
        let parsed = TokenError::parse(code, symbol).unwrap();
        parsed.localized(locale).to_string()
    };
    for (code, symbol, value) in [
        (400, "MISSING_ARGUMENTS:image_ref1", "image_ref1"),
        (400, "BAD_ARGUMENTS:image_ref1", "image_ref1"),
        (
            400,
            "IMAGE_ERROR_UNSUPPORTED_FORMAT:image_ref1",
            "image_ref1",
        ),
        (400, "NO_FACE_FOUND:image_ref1", "image_ref1"),
        (400, "INVALID_IMAGE_SIZE:image_ref1", "image_ref1"),
        (403, "AUTHORIZATION_ERROR:NEW_REASON", "NEW_REASON"),
    ] {
        for locale in [Locale::EN, Locale::ZH_CN] {
            let text = shown(code, symbol, locale);
            assert_eq!(text.matches(value).count(), 1, "{text}");
            assert!(!text.contains("image_ref2"), "{text}");
        }
    }
}

#[test]
fn a_symbol_yields_its_parameter() {
    let parsed = TokenError::parse(400, "MISSING_ARGUMENTS:image_ref1").unwrap();
    assert_eq!(parsed.code().symbol(), Some("MISSING_ARGUMENTS:<key>"));
    assert_eq!(parsed.args().get("key"), Some("image_ref1"));
    assert!(
        parsed
            .localized(Locale::EN)
            .to_string()
            .contains("image_ref1"),
        "{}",
        parsed.localized(Locale::EN)
    );
    assert_eq!(parsed.to_string(), "MISSING_ARGUMENTS:image_ref1");
}

#[test]
fn a_template_with_a_broken_bracket_matches() {
    let parsed = ResultError::parse(403, "AUTHORIZATION_ERROR:no such right").unwrap();
    assert_eq!(parsed.args().get("reason"), Some("no such right"));
    assert_eq!(parsed.code().symbol(), Some("AUTHORIZATION_ERROR:reason>"));
}

/// The reasons that have codes of their own, with what they mean.
const REASONS: [(&str, Kind, Retry); 9] = [
    (
        "API_KEY_BE_DISCONTINUED",
        Kind::AccountDisabled,
        Retry::ContactVendor,
    ),
    ("IP_NOT_ALLOWED", Kind::Forbidden, Retry::ContactVendor),
    ("LIMIT_REACHED", Kind::QuotaExhausted, Retry::ContactVendor),
    (
        "MORE_RETRY_TIMES",
        Kind::TooManyAttempts,
        Retry::AfterUserAction,
    ),
    (
        "NO_VERIFY_PERMISSION",
        Kind::Forbidden,
        Retry::ContactVendor,
    ),
    (
        "NO_DATA_SOURCE_PERMISSION",
        Kind::Forbidden,
        Retry::ContactVendor,
    ),
    ("DENIED", Kind::Forbidden, Retry::ContactVendor),
    ("EXPIRED_SIGN", Kind::SessionExpired, Retry::AfterFix),
    ("INVALID_SIGN", Kind::Unauthenticated, Retry::AfterFix),
];

#[test]
fn a_value_with_a_code_of_its_own_comes_before_its_template() {
    fn check<C: CodeSet + HasKind<Kind> + Debug>(code: i64, template: C) {
        let decode = |symbol: &str| {
            let parsed = C::decode_with_symbol(Wire::Integer(code), symbol);
            parsed.unwrap_or_else(|| panic!("{symbol}")).code()
        };
        for (reason, kind, retry) in REASONS {
            let symbol = format!("AUTHORIZATION_ERROR:{reason}");
            let value = decode(&symbol);
            assert_eq!((value.kind(), value.retry()), (kind, retry), "{reason}");
            assert_eq!(value.symbol(), Some(symbol.as_str()));
            assert_eq!(
                (value.template(), value.http_status()),
                (None, template.http_status())
            );
            assert_eq!(value.billing(), template.billing());
            // Vendors write a space after the separator in one answer, and none in the next.
            assert_eq!(decode(&format!("AUTHORIZATION_ERROR: {reason}")), value);
            assert_eq!(C::decode(Wire::Text(&symbol)), Some(value));
            for other in [format!("{symbol}_"), symbol[..symbol.len() - 1].to_owned()] {
                assert_eq!(decode(&other), template, "{other}");
            }
        }
        assert_eq!(template.kind(), Kind::Forbidden);
    }
    check(403, TokenError::NotAuthorized);
    check(50403, SdkCode::NotAuthorized);
    check(403, ResultError::NotAuthorized);
}

#[test]
fn a_received_value_has_the_facts_and_the_message_of_its_own_code() {
    let received: Received<TokenError, &str> =
        Received::from_code_and_symbol(403, "AUTHORIZATION_ERROR:EXPIRED_SIGN");
    assert_eq!(received.known(), Some(TokenError::RequestSignatureExpired));
    assert_eq!(received.kind::<Kind>(), Kind::SessionExpired);
    assert_eq!(received.localized(Locale::EN), "The signature has expired.");
    let received: Received<TokenError, &str> =
        Received::from_code_and_symbol(403, "AUTHORIZATION_ERROR:NEW_REASON");
    assert_eq!(received.known(), Some(TokenError::NotAuthorized));
    let message = received.localized(Locale::EN).to_string();
    assert!(message.ends_with(": NEW_REASON."), "{message}");
}

#[test]
fn the_separator_before_a_parameter_is_optional() {
    for symbol in [
        "INVALID_IMAGE_SIZEimage_ref2",
        "INVALID_IMAGE_SIZE:image_ref2",
    ] {
        let parsed = TokenError::parse(400, symbol).unwrap();
        assert_eq!(parsed.args().get("param"), Some("image_ref2"), "{symbol}");
    }
}

#[test]
fn the_most_specific_template_wins() {
    let plain = SdkCode::from_symbol("NO_FACE_FOUND").unwrap();
    let with_parameter = SdkCode::from_symbol("NO_FACE_FOUND:image_ref1").unwrap();
    assert_eq!((plain.code(), with_parameter.code()), (53000, 50400));
    assert_eq!(
        SdkCode::from_code_and_symbol(53000, "NO_FACE_FOUND:image_ref1"),
        None
    );
}

errbook::include_spec! { "fixtures/derive/templates.toml" }

#[test]
fn of_overlapping_templates_the_most_specific_one_wins() {
    let cases = [
        ("A:1", Overlap::One, vec![("x", "1")]),
        ("A:", Overlap::One, vec![("x", "")]),
        ("A:B", Overlap::One, vec![("x", "B")]),
        ("A:B:1", Overlap::Nested, vec![("x", "1")]),
        ("A:B:C", Overlap::Plain, vec![]),
        ("A:B:C:D", Overlap::Nested, vec![("x", "C:D")]),
        ("AB", Overlap::Begin, vec![]),
        ("ABC", Overlap::Tail, vec![("x", "C")]),
        ("AB:1", Overlap::Tail, vec![("x", ":1")]),
        ("A-B:1/2", Overlap::Two, vec![("x", "1"), ("y", "2")]),
        ("A-B:1", Overlap::Dash, vec![("x", "B:1")]),
        ("A-1", Overlap::Dash, vec![("x", "1")]),
        ("D:", Overlap::Colon, vec![]),
    ];
    for (symbol, code, args) in cases {
        let parsed = Overlap::parse(symbol).unwrap_or_else(|| panic!("{symbol}"));
        assert_eq!(
            (parsed.code(), parsed.args().iter().collect::<Vec<_>>()),
            (code, args),
            "{symbol}"
        );
    }
    for unknown in ["", "A", "D:1", "B:1", "a:1"] {
        assert_eq!(Overlap::parse(unknown), None, "{unknown}");
    }
}

#[test]
fn a_symbol_of_several_codes_is_not_decoded() {
    assert_eq!(Shared::from_symbol("DOWN"), Some(Shared::Down));
    for shared in ["BUSY", "LIMIT:requests"] {
        assert_eq!(Shared::from_symbol(shared), None, "{shared}");
        assert_eq!(Shared::decode(Wire::Text(shared)), None, "{shared}");
    }
    assert_eq!(
        Shared::from_code_and_symbol(500, "BUSY"),
        Some(Shared::BusyForLong)
    );
    assert_eq!(
        Shared::parse(429, "LIMIT:requests")
            .unwrap()
            .args()
            .get("name"),
        Some("requests")
    );
}

#[test]
fn a_line_break_within_a_documented_symbol_is_ignored() {
    let parsed = SdkCode::parse(50400, "IMAGE_ERROR_UNSUPPORTED_FORMAT:image_ref1").unwrap();
    assert_eq!(parsed.args().get("param"), Some("image_ref1"));
}

#[test]
fn a_space_after_the_separator_is_not_part_of_the_value() {
    let parsed = TokenError::parse(400, "MISSING_ARGUMENTS: api_key").unwrap();
    assert_eq!(parsed.args().get("key"), Some("api_key"));
    assert_eq!(
        parsed.args().iter().collect::<Vec<_>>(),
        [("key", "api_key")]
    );
    assert_eq!(parsed.to_string(), "MISSING_ARGUMENTS: api_key");
    let message = parsed.localized(Locale::EN).to_string();
    assert!(message.contains(" api_key "), "{message}");
    let printed = parsed.filled(&[("key", &"api_key")]).unwrap().to_string();
    assert_eq!(printed, "MISSING_ARGUMENTS:api_key");
    let again = TokenError::parse(400, &printed).unwrap();
    assert_eq!(again.args().get("key"), Some("api_key"));
}

#[test]
fn a_value_may_contain_any_character() {
    for value in ["", "a b", "a:b", "<key>", "图", "\n"] {
        let symbol = format!("MISSING_ARGUMENTS:{value}");
        assert_eq!(
            TokenError::parse(400, &symbol).unwrap().args().get("key"),
            Some(value)
        );
    }
}

/// Fills every template of a set with `value`, parses the result, and returns the number of
/// templates.
fn round_trip_templates<C: CodeSet>(value: &str) -> usize {
    let templated = C::ALL
        .iter()
        .filter_map(|code| Some((code, code.template()?)));
    let each = templated.map(|(code, template)| {
        let names: Vec<&str> = template
            .split('<')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('>')?.0))
            .collect();
        let values: Vec<(&str, &dyn std::fmt::Display)> =
            names.iter().map(|name| (*name, &value as _)).collect();
        let symbol = code.filled(&values).unwrap().to_string();
        let parsed =
            C::decode_with_symbol(code.wire(), &symbol).unwrap_or_else(|| panic!("{symbol}"));
        assert_eq!(parsed.code(), *code, "{symbol}");
        assert_eq!(
            parsed
                .args()
                .iter()
                .map(|(_, value)| value)
                .collect::<Vec<_>>(),
            vec![value; names.len()],
            "{symbol}"
        );
    });
    each.count()
}

proptest::proptest! {
    #[test]
    fn printed_symbols_parse(value in "([a-z0-9_<>图][a-z0-9_ <>图]{0,11})?") {
        let counts = [
            round_trip_templates::<TokenError>(&value),
            round_trip_templates::<SdkCode>(&value),
            round_trip_templates::<ResultError>(&value),
        ];
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    }
}

#[test]
fn a_code_and_a_symbol_must_belong_together() {
    assert_eq!(TokenError::parse(403, "MISSING_ARGUMENTS:key"), None);
    assert_eq!(
        TokenError::decode_with_symbol(Wire::Text("0400"), "MISSING_ARGUMENTS:key"),
        None
    );
    assert!(TokenError::decode_with_symbol(Wire::Text("400"), "MISSING_ARGUMENTS:key").is_some());
    assert_eq!(TokenError::parse(400, "MISSING_ARGUMENTS"), None);
}
