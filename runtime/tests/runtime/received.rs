//! Received codes: numbers and strings, known and unknown, kept as they arrived.

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use errbook::{
    Answer, Billing, Class, ErrorCode, HasKind, Locale, Received, Retry, Severity, UnknownKind,
    Wire,
};

use crate::facts::OrderCode as Facts;
use crate::shop::{OrderCode, OrderError};

errbook::include_spec! { "tests/slow.toml" }

type Code<'a> = Received<OrderCode, &'a str>;

#[test]
fn a_code_is_kept_as_it_arrived() {
    let text = Code::new("1003");
    assert_eq!(text.known(), Some(OrderCode::Busy));
    assert_eq!(
        (text.text(), text.wire()),
        (Some("1003"), Wire::Text("1003"))
    );
    let number = Code::from_integer(1003);
    assert_eq!(number.known(), Some(OrderCode::Busy));
    assert_eq!((number.text(), number.wire()), (None, Wire::Integer(1003)));
    let symbol = Code::new("BUSY");
    assert_eq!(
        (symbol.known(), symbol.wire()),
        (Some(OrderCode::Busy), Wire::Text("BUSY"))
    );
    assert_eq!(
        (symbol.symbol(), symbol.received_symbol()),
        (Some("BUSY"), None)
    );
    let unknown = Code::new("NOPE");
    assert_eq!((unknown.known(), unknown.symbol()), (None, None));
    assert_eq!(unknown.into_known().unwrap_err().wire(), Wire::Text("NOPE"));
    assert_eq!(text.into_known().unwrap(), OrderCode::Busy);
    assert_eq!(
        "1003".parse::<Received<OrderCode>>().unwrap(),
        OrderCode::Busy
    );
    let both = Code::from_text_and_symbol("1003", "NEW");
    assert_eq!(
        (both.received_symbol(), both.wire()),
        (Some("NEW"), Wire::Text("1003"))
    );
    let absent = Code::absent();
    assert!(absent.is_absent() && !text.is_absent());
    assert_eq!(
        (absent.known(), absent.text(), absent.wire()),
        (None, None, Wire::Text(""))
    );
}

#[test]
fn every_type_of_integer_is_a_code() {
    macro_rules! check {
        ($($ty:ty)+) => {$(
            assert_eq!(Wire::from(100 as $ty), Wire::Integer(100));
            assert_eq!(Received::<OrderCode>::from(100 as $ty).wire(), Wire::Integer(100));
        )+};
    }
    check!(i8 i16 i32 i64 u8 u16 u32 u64 usize isize);
    let large = u64::MAX;
    assert_eq!(Wire::from(large), Wire::Large(large));
    assert_eq!(
        Received::<OrderCode>::from(large).wire(),
        Wire::Large(large)
    );
    assert_eq!(Received::<OrderCode>::from(large).text(), None);
    assert_eq!(Wire::try_from(i128::from(large)), Ok(Wire::Large(large)));
    assert_eq!(Wire::try_from(-1_i128), Ok(Wire::Integer(-1)));
    assert!(Wire::try_from(u128::MAX).is_err());
    let wide = |code: i128| Received::<OrderCode>::try_from(code).map(|code| code.known());
    assert_eq!(wide(1003), Ok(Some(OrderCode::Busy)));
    assert_eq!(wide(i128::from(large)), Ok(None));
    assert!(wide(i128::MAX).is_err());
    assert_eq!(
        format!(
            "{:>5}|{:<5}|{:>5}",
            Wire::from(7),
            Wire::from("a"),
            Wire::from(large)
        ),
        "    7|a    |18446744073709551615"
    );
}

#[test]
fn a_string_is_a_number_if_it_is_written_as_one() {
    for (text, number) in [
        ("0", Some(0)),
        ("7", Some(7)),
        ("-7", Some(-7)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("07", None),
        ("-0", None),
        ("+7", None),
        ("", None),
        ("-", None),
        ("--7", None),
        ("x", None),
    ] {
        assert_eq!(Wire::Text(text).as_integer(), number, "{text}");
    }
    assert_eq!(Wire::Integer(7).as_integer(), Some(7));
    assert_eq!(Wire::Large(7).as_integer(), None);
}

#[test]
fn a_known_code_has_its_facts_and_an_unknown_one_those_of_its_range() {
    let known = Code::from(1003);
    assert_eq!(
        (known.retry(), known.billing()),
        (Retry::Throttled, Billing::Free)
    );
    assert_eq!(
        (known.severity(), known.is_success()),
        (Severity::Error, false)
    );
    let accepted = Code::from(1000);
    assert_eq!(
        (accepted.severity(), accepted.is_success()),
        (Severity::Info, true)
    );
    assert_eq!(accepted.billing(), Billing::Billed);
    let ranged = Code::from(5001);
    assert_eq!((ranged.known(), ranged.retry()), (None, Retry::Backoff));
    let unknown = Code::from(7);
    assert_eq!(
        (unknown.retry(), unknown.billing()),
        (Retry::Unspecified, Billing::Unspecified)
    );
    assert!(!unknown.is_success());
}

/// The facts of an error as the trait has them.
fn facts(error: &dyn ErrorCode) -> String {
    let locale = Locale::EN;
    format!(
        "{}/{}/{} {:?} {} | {:?} {:?} {:?} {:?} | {} {} {:?} {} {}",
        error.vendor(),
        error.set(),
        error.wire(),
        error.symbol(),
        error.localized(locale),
        error.remedy(locale),
        error.note(locale),
        error.said(locale),
        error.since(),
        error.billing(),
        error.retry(),
        error.retry_after(),
        error.is_success(),
        error.severity(),
    )
}

#[test]
fn a_received_code_and_an_answer_have_the_facts_of_the_code() {
    for code in OrderCode::ALL {
        let received: Code<'_> = Received::from(*code);
        assert_eq!(facts(&received), facts(code));
        assert_eq!(facts(&received.with_message("text")), facts(code));
    }
    for code in Facts::ALL {
        let received: Received<Facts> = Received::from(*code);
        assert_eq!(facts(&received), facts(code));
        assert_eq!(
            facts(&received.with_message("text".to_owned())),
            facts(code)
        );
    }
    let busy = Code::from(1003);
    assert_eq!(ErrorCode::retry_after(&busy), Some(Duration::from_secs(30)));
    assert_eq!(ErrorCode::http_status(&busy), None);
    let refused = Received::<OrderError, &str>::from_code_and_symbol(409, "OUT_OF_STOCK");
    assert_eq!(ErrorCode::http_status(&refused), Some(409));
    assert_eq!(ErrorCode::http_status(&refused.with_message("")), Some(409));
    assert_eq!(
        facts(&Code::from(7)),
        "shop/OrderCode/7 None unknown code 7 | None None None None | unspecified unspecified \
         None false error"
    );
}

#[test]
fn the_message_of_an_unknown_code_is_in_the_language_of_the_reader() {
    let unknown = Code::from(7);
    let absent = Code::absent();
    for (locale, message, nothing) in [
        (Locale::EN, "unknown code 7", "no code"),
        (Locale::ZH_CN, "未知的错误码 7", "没有错误码"),
        (Locale::ZH_TW, "未知的錯誤碼 7", "沒有錯誤碼"),
        (Locale::JA, "不明なコード 7", "コードがありません"),
        (Locale::DE, "unknown code 7", "no code"),
    ] {
        assert_eq!(unknown.localized(locale), message);
        assert_eq!(absent.localized(locale), nothing);
        assert_eq!(unknown.message(locale), None);
    }
    assert_eq!(
        Code::from(1003).localized(Locale::DE),
        "Zu viele Bestellungen auf einmal."
    );
    let message = Code::from(1003).message(Locale::DE);
    assert_eq!(message, Some("Zu viele Bestellungen auf einmal."));
    let both: Received<OrderError, &str> = Received::from_code_and_symbol(409, "NEW");
    assert_eq!(both.to_string(), "unknown code 409 NEW");
    assert_eq!(
        format!("{both:#}"),
        "shop/OrderError/409 NEW: unknown code 409 NEW"
    );
    assert_eq!(format!("{unknown:#}"), "shop/OrderCode/7: unknown code 7");
}

#[test]
fn the_parameters_of_a_symbol_are_filled_in() {
    let received: Received<OrderError, &str> =
        Received::from_code_and_symbol(400, "MISSING_FIELD:name");
    assert_eq!(received.known(), Some(OrderError::MissingField));
    assert_eq!(received.localized(Locale::EN), "The field name is missing.");
    assert_eq!(received.to_string(), "The field name is missing.");
    assert_eq!(
        received.localized(Locale::EN).template(),
        "The field <field> is missing."
    );
    assert!(received.localized(Locale::EN).has_parameters());
    let plain: Received<OrderError, &str> = Received::from_code_and_symbol(409, "OUT_OF_STOCK");
    assert!(!plain.localized(Locale::EN).has_parameters());
    assert_eq!(
        format!("{:>26}|", plain.localized(Locale::EN)),
        "    Nothing is left of it.|"
    );
    assert_eq!(
        format!("{:>30}|", received.localized(Locale::EN)),
        "    The field name is missing.|"
    );
    assert_eq!(
        format!("{:?}", received.localized(Locale::EN)),
        "Localized(The field name is missing.)"
    );
    assert!(plain.localized(Locale::EN) != "Nothing is left of it");
    assert!(plain.localized(Locale::EN) != "Nothing is left of it..");
    assert!(plain.localized(Locale::EN) == *"Nothing is left of it.");
}

#[test]
fn equality_compares_the_code_and_not_its_type() {
    let text = Code::new;
    let number = |code: i64| Code::from(code);
    assert!(text("1003") == number(1003) && text("BUSY") == number(1003));
    assert!(text("777") == number(777) && text("0777") != number(777));
    assert!(number(7) != number(8) && Code::absent() != text(""));
    assert!(Code::absent() == Code::absent());
    assert!(number(1003) == OrderCode::Busy && number(1000) != OrderCode::Busy);
    assert!(number(7) != OrderCode::Busy);
    let hash = RandomState::new();
    assert_eq!(hash.hash_one(text("777")), hash.hash_one(number(777)));
    assert_ne!(hash.hash_one(text("777")), hash.hash_one(number(778)));
    assert_eq!(text("777").cmp(&number(777)), Ordering::Equal);
    assert_eq!(number(7).partial_cmp(&number(8)), Some(Ordering::Less));
    assert_eq!(number(1003).cmp(&number(1000)), Ordering::Greater);
    let with = |symbol| Received::<OrderError, &str>::from_code_and_symbol(409, symbol);
    assert_ne!(with("A"), with("B"));
}

#[test]
fn an_answer_shows_the_vendors_message_if_the_code_is_unknown() {
    let known: Answer<OrderCode, &str> = Code::from(1003).with_message("zu viel");
    let unknown = Code::from(7).with_message("kaputt");
    assert_eq!(known.message(Locale::EN), "Too many orders at once.");
    assert_eq!(unknown.message(Locale::EN), "kaputt");
    assert_eq!(
        (known.vendor_message(), unknown.vendor_message()),
        ("zu viel", "kaputt")
    );
    assert_eq!(
        known.to_string(),
        "Too many orders at once. (shop/OrderCode/1003)"
    );
    assert_eq!(unknown.to_string(), "kaputt (shop/OrderCode/7)");
    let both = Received::<OrderError, &str>::from_code_and_symbol(409, "NEW").with_message("neu");
    assert_eq!(both.to_string(), "neu (shop/OrderError/409 NEW)");
    assert_eq!(known.known(), Some(OrderCode::Busy));
    assert_eq!(known.into_received(), Code::from(1003));
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    RateLimited,
    Unknown,
    Ranged,
}

impl UnknownKind for Kind {
    const UNKNOWN: Self = Self::Unknown;
}

impl HasKind<Kind> for OrderCode {
    fn kind(&self) -> Kind {
        Kind::RateLimited
    }

    fn kind_of_unknown(wire: Wire<'_>) -> Option<Kind> {
        (wire == Wire::Integer(5001)).then_some(Kind::Ranged)
    }
}

#[test]
fn an_unknown_code_has_the_kind_of_its_range() {
    let kind = |code: i64| {
        let received = Code::from(code);
        let answer = received.with_message("");
        assert_eq!(
            HasKind::<Kind>::kind(&received),
            HasKind::<Kind>::kind(&answer)
        );
        received.kind::<Kind>()
    };
    assert_eq!(kind(1003), Kind::RateLimited);
    assert_eq!(kind(5001), Kind::Ranged);
    assert_eq!(kind(7), Kind::Unknown);
}

/// A symbol with a parameter may arrive in the field of the code.
#[test]
fn the_parameter_of_a_symbol_that_arrived_alone_is_filled_in() {
    let received: Received<ShopCode> = "SLOW: 5".into();
    assert_eq!(received.known(), Some(ShopCode::Slow));
    assert_eq!(received.to_string(), "Wait 5 s.");
    assert_eq!(received.localized(Locale::EN), "Wait 5 s.");
    let number: Received<ShopCode> = Received::from(1);
    assert_eq!(number.to_string(), "Wait <secs> s.");
    assert_eq!(number.class(), Class::default());
}
