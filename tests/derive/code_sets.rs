//! Derived errors without fields, which are sets of codes.

use errbook::{CodeSet, HasKind, Locale, Received, Retry, Wire};
use errbook_codes::Kind;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code(vendor = "acme", kinds = Kind, code_set)]
enum Order {
    #[error_code(
        1001,
        symbol = "LATE",
        message = "Late.",
        retry = "never",
        kind = "vendor-internal"
    )]
    Late,
    #[error_code(-1002, symbol = "BIG:<size>", kind = "payload-too-large")]
    #[error_code(message(en = "Too big.", de = "Zu groß."))]
    Big {},
    #[error_code(
        1003,
        symbol = "BIG:all",
        message = "All too big.",
        kind = "payload-too-large"
    )]
    All(),
    #[error_code(0, message = "Done.", success, kind = "success")]
    #[deprecated(note = "it never arrives")]
    Done,
}

#[test]
#[expect(deprecated, reason = "a deprecated code is decoded like any other")]
fn an_enum_without_fields_is_a_set() {
    let all = [Order::Late, Order::Big {}, Order::All(), Order::Done];
    assert_eq!(Order::ALL, all);
    assert_eq!((Order::VENDOR, Order::NAME), ("acme", "Order"));
    for code in all {
        assert_eq!(Order::from_code(CodeSet::code(&code)), Some(code));
        assert_eq!(i32::from(code), CodeSet::code(&code));
        assert_eq!(Order::decode(code.code()), Some(code), "the wire form");
        assert_eq!(Received::<Order>::from(code).known(), Some(code));
    }
    assert_eq!(Order::from_code(1), None);
    assert_eq!(Order::Big {}.variant_name(), "Big");
    assert_eq!(CodeSet::message(&Order::Big {}, Locale::DE), "Zu groß.");
    assert_eq!(Order::Big {}.default_message(), "Too big.");
}

#[test]
fn codes_of_every_type_and_symbols_are_decoded() {
    assert_eq!(Order::try_from(1001_u64), Ok(Order::Late));
    assert_eq!(Order::try_from("-1002"), Ok(Order::Big {}));
    assert_eq!(Order::try_from(-1002_i128), Ok(Order::Big {}));
    assert_eq!(Order::try_from(String::from("LATE")), Ok(Order::Late));
    assert_eq!(Order::try_from(&String::from("LATE")), Ok(Order::Late));
    let unknown = Order::try_from(u64::MAX).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        format!("unknown code {} of acme/Order", u64::MAX)
    );
    assert_eq!("LATE".parse(), Ok(Order::Late));
    assert_eq!("0x3E9".parse(), Ok(Order::Late));
    assert_eq!("BIG:7".parse(), Ok(Order::Big {}));
    assert_eq!(
        "BIG:all".parse(),
        Ok(Order::All()),
        "the whole symbol comes first"
    );
    let error = "1".parse::<Order>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`1` is not a code or symbol of acme/Order"
    );
    let parsed = Order::decode_with_symbol(Wire::Integer(-1002), "BIG:7").unwrap();
    assert_eq!(
        (parsed.code(), parsed.args().get("size")),
        (Order::Big {}, Some("7"))
    );
}

#[test]
fn a_received_code_may_be_unknown() {
    let late: Received<Order> = "LATE".into();
    assert_eq!(
        (late.known(), late.retry()),
        (Some(Order::Late), Retry::Never)
    );
    assert_eq!(HasKind::<Kind>::kind(&late), Kind::VendorInternal);
    let unknown = Received::<Order>::from(7);
    assert_eq!(format!("{unknown:#}"), "acme/Order/7: unknown code 7");
    assert_eq!(unknown.kind::<Kind>(), Kind::Unknown);
}

#[test]
fn serde_reads_and_writes_the_code() {
    let codes = [Order::Late, Order::Big {}];
    let json = serde_json::to_string(&codes).unwrap();
    assert_eq!(json, "[1001,-1002]");
    assert_eq!(serde_json::from_str::<[Order; 2]>(&json).unwrap(), codes);
    assert!(serde_json::from_str::<Order>("7").is_err());
    let received: Vec<Received<Order>> = serde_json::from_str("[1001, 7]").unwrap();
    assert_eq!(received[0], Order::Late);
}

/// It has no other traits than `CodeSet`, so that it can implement or derive them itself.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode, serde::Serialize,
)]
enum Text {
    #[error_code("E1", symbol = "FIRST", message = "One.")]
    One,
    #[error_code("E2", message = "Two.")]
    Two,
}

impl std::str::FromStr for Text {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::from_code(text).ok_or(())
    }
}

#[test]
fn codes_can_be_strings() {
    assert_eq!(Text::from_code("E2"), Some(Text::Two));
    assert_eq!("FIRST".parse::<Text>(), Err(()));
    assert_eq!(Received::<Text>::new("FIRST".to_owned()), Text::One);
    assert_eq!(serde_json::to_string(&Text::One).unwrap(), "\"One\"");
}

/// Without `Copy` and others it is no set, and has only the methods.
#[derive(Debug, errbook::ErrorCode)]
enum NoSet {
    #[error_code(1, message = "One.")]
    One,
    #[error_code(5_000_000_000, message = "Two.")]
    Two,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, errbook::ErrorCode)]
#[error_code("E", message = "Unit.", code_set, methods = false)]
struct Unit;

#[test]
fn methods_and_traits_are_independent() {
    assert_eq!(NoSet::ALL.len(), 2);
    assert!(matches!(NoSet::from_code(5_000_000_000), Some(NoSet::Two)));
    assert!(matches!(NoSet::from_code(1), Some(NoSet::One)));
    assert_eq!(<Unit as CodeSet>::ALL, [Unit]);
    assert_eq!(Unit::try_from("E"), Ok(Unit));
    assert_eq!(<&str>::from(Unit), "E");
}
