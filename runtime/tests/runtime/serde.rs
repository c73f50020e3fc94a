//! Codes, flags, languages and classes in formats that people read and in binary ones.

use errbook::{Billing, ErrorCode, Locale, Received, Wire};
use serde::Deserialize;
use serde::de::value::{self, MapDeserializer};
use serde_json::{from_str, json, to_string, to_value};

use crate::shop::{OrderCode, OrderError, OrderWarnings};

type Code = Received<OrderCode>;

#[test]
fn every_code_is_written_as_it_was_read() {
    let text = r#"[1003,"1003","BUSY","01003",-7,18446744073709551615,null]"#;
    let received: Vec<Code> = from_str(text).unwrap();
    assert_eq!(to_string(&received).unwrap(), text);
    let known: Vec<bool> = received.iter().map(|code| code.known().is_some()).collect();
    assert_eq!(known, [true, true, true, false, false, false, false]);
    assert!(received[6].is_absent() && !received[5].is_absent());
    assert_eq!(received[5].wire(), Wire::Large(u64::MAX));
    assert_eq!(from_str::<OrderCode>("1003").unwrap(), OrderCode::Busy);
    assert_eq!(to_string(&OrderCode::Busy).unwrap(), "1003");
    let error = from_str::<OrderCode>("7").unwrap_err().to_string();
    assert_eq!(error, "unknown code 7 of shop/OrderCode");
}

#[test]
fn a_number_may_be_written_as_a_float() {
    for (text, code) in [
        ("1003.0", Some(Wire::Integer(1003))),
        ("-7.0", Some(Wire::Integer(-7))),
        ("1e19", Some(Wire::Large(10_000_000_000_000_000_000))),
        ("1003.5", None),
        ("1e30", None),
        ("-1e30", None),
        ("18446744073709551616", None),
    ] {
        let found = from_str::<Code>(text);
        assert_eq!(found.as_ref().ok().map(Received::wire), code, "{text}");
    }
    let error = from_str::<Code>("1003.5").unwrap_err().to_string();
    assert!(
        error.starts_with("the code 1003.5 is not a whole number of 64 bits"),
        "{error}"
    );
}

#[test]
fn what_is_not_a_code_is_an_error() {
    for invalid in ["true", "[1]", "{}", r#"{"symbol":"BUSY"}"#] {
        assert!(from_str::<Code>(invalid).is_err(), "{invalid}");
    }
    let error = from_str::<Code>("true").unwrap_err().to_string();
    assert!(
        error.contains("a code of OrderCode: an integer or a string"),
        "{error}"
    );
    let error = from_str::<Code>("{}").unwrap_err().to_string();
    assert!(error.starts_with("missing field `code`"), "{error}");
}

#[test]
fn a_code_with_a_symbol_is_an_object() {
    let read = |text| from_str::<Received<OrderError>>(text);
    let known = read(r#"{"code":409,"symbol":"OUT_OF_STOCK","more":[1]}"#).unwrap();
    assert_eq!(known.known(), Some(OrderError::OutOfStock));
    let object = json!({"code": 409, "symbol": "OUT_OF_STOCK"});
    assert_eq!(to_value(&known).unwrap(), object);
    assert_eq!(to_value(OrderError::OutOfStock).unwrap(), object);
    assert_eq!(
        from_str::<OrderError>(&object.to_string()).unwrap(),
        OrderError::OutOfStock
    );
    for text in [r#"{"code":409,"symbol":null}"#, r#"{"$text":409}"#] {
        let bare = read(text).unwrap();
        assert_eq!(
            (bare.wire(), bare.received_symbol()),
            (Wire::Integer(409), None),
            "{text}"
        );
    }
    let error = read(r#"{"code":409,"symbol":7}"#).unwrap_err().to_string();
    assert!(
        error.contains("invalid type: integer `7`, expected a string"),
        "{error}"
    );
    // A format whose values have types of their own.
    let typed = [("code", 409_u16), ("symbol", 7)].into_iter();
    let typed = MapDeserializer::<_, value::Error>::new(typed);
    let error = Received::<OrderError>::deserialize(typed)
        .unwrap_err()
        .to_string();
    assert!(error.contains("expected a string or null"), "{error}");
    let numbers = MapDeserializer::<_, value::Error>::new([(1_u8, 409_u16)].into_iter());
    let error = Received::<OrderError>::deserialize(numbers).unwrap_err();
    assert!(error.to_string().contains("expected a key"), "{error}");
    let error = read("409").unwrap_err().to_string();
    assert!(
        error.contains("codes of OrderError are identified by code and symbol"),
        "{error}"
    );
}

#[test]
fn a_borrowed_string_is_not_copied() {
    let read = |text| from_str::<Received<OrderCode, &str>>(text);
    assert_eq!(read(r#""NOPE""#).unwrap().wire(), Wire::Text("NOPE"));
    let error = read(r#""N\u004fPE""#).unwrap_err().to_string();
    assert!(
        error.starts_with("the string cannot be borrowed from the input"),
        "{error}"
    );
    assert_eq!(
        from_str::<Code>(r#""N\u004fPE""#).unwrap().wire(),
        Wire::Text("NOPE")
    );
    assert_eq!(
        from_str::<OrderCode>(r#""B\u0055SY""#).unwrap(),
        OrderCode::Busy
    );
    let owned: Code = serde_json::from_value(json!("NOPE")).unwrap();
    assert_eq!(owned.wire(), Wire::Text("NOPE"));
    let pair = json!({"code": "409", "symbol": "OUT_OF_STOCK"});
    let pair: Received<OrderError> = serde_json::from_value(pair).unwrap();
    assert_eq!(pair.known(), Some(OrderError::OutOfStock));
}

#[test]
fn a_binary_format_keeps_the_form_of_a_code() {
    let both = |code: Received<OrderError>| {
        let bytes = postcard::to_stdvec(&code).unwrap();
        let again: Received<OrderError> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(
            (
                again.wire(),
                again.received_symbol(),
                again.known(),
                again.is_absent()
            ),
            (
                code.wire(),
                code.received_symbol(),
                code.known(),
                code.is_absent()
            )
        );
        bytes
    };
    // Form, number, text and symbol; a number is written in zigzag notation.
    assert_eq!(both(Received::absent()), [0, 0, 0, 0]);
    let symbol = "OUT_OF_STOCK";
    let bytes = both(Received::from_code_and_symbol(409, symbol.to_owned()));
    assert_eq!(bytes[..5], [9, 178, 6, 0, 12]);
    assert_eq!(
        both(Received::from_text_and_symbol("1".into(), String::new())),
        [11, 0, 1, b'1', 0]
    );
    let single = |code: Code| {
        let bytes = postcard::to_stdvec(&code).unwrap();
        let again: Code = postcard::from_bytes(&bytes).unwrap();
        assert_eq!((again.wire(), again.text()), (code.wire(), code.text()));
        bytes
    };
    assert_eq!(single(Received::from(-1)), [1, 1, 0, 0]);
    assert_eq!(single(Received::from(u64::MAX)), [2, 1, 0, 0]);
    assert_eq!(single("ab".parse().unwrap()), [3, 0, 2, b'a', b'b', 0]);
    assert_eq!(
        postcard::to_stdvec(&OrderCode::Busy).unwrap(),
        single(Received::from(1003))
    );
    let bytes = postcard::to_stdvec(&OrderError::OutOfStock).unwrap();
    assert_eq!(
        postcard::from_bytes::<OrderError>(&bytes).unwrap(),
        OrderError::OutOfStock
    );
    let error = postcard::from_bytes::<Code>(&[4, 0, 0, 0]);
    assert!(error.is_err());
    for short in [&[][..], &[1], &[1, 2], &[1, 2, 0]] {
        assert!(postcard::from_bytes::<Code>(short).is_err());
    }
}

#[test]
fn other_values_are_written_as_strings() {
    let warnings: OrderWarnings = from_str("\"0110\"").unwrap();
    assert_eq!(to_string(&warnings).unwrap(), "\"0110\"");
    assert!(from_str::<OrderWarnings>("\"02\"").is_err());
    let error = from_str::<OrderWarnings>("7").unwrap_err().to_string();
    assert!(
        error.contains("expected a string of zeros and ones"),
        "{error}"
    );
    let locale: Locale = from_str("\"zh_cn\"").unwrap();
    assert_eq!(locale, Locale::ZH_CN);
    assert_eq!(to_string(&locale).unwrap(), "\"zh-CN\"");
    assert_eq!(to_string(&Billing::Free).unwrap(), "\"free\"");
    assert_eq!(from_str::<Billing>("\"free\"").unwrap(), Billing::Free);
    assert!(from_str::<Billing>("\"gratis\"").is_err());
    let message = OrderCode::Busy.localized(Locale::EN);
    assert_eq!(to_string(&message).unwrap(), "\"Too many orders at once.\"");
    assert_eq!(to_string(&Wire::from("a")).unwrap(), "\"a\"");
    assert_eq!(
        to_string(&Wire::from(u64::MAX)).unwrap(),
        "18446744073709551615"
    );
    assert_eq!(to_string(&Wire::from(-7)).unwrap(), "-7");
}
