//! Numbers in hexadecimal, with a sign, and as aliases.

use errbook::{CodeSet, Received, Wire};

errbook::include_spec! { "fixtures/numbers.toml" }

#[test]
fn a_hexadecimal_code_is_a_number_of_the_wire_type() {
    assert_eq!(Hresult::AccessDenied.code(), -2_147_024_891);
    assert_eq!(Ntstatus::AccessViolation.code(), 0xC000_0005);
    assert_eq!(Hresult::Twelve.code(), 12);
    for text in [
        "0x80070005",
        "0X80070005",
        "0x80070005",
        "0x0080070005",
        "-2147024891",
    ] {
        let found = Received::<Hresult>::new(text.to_owned()).known();
        assert_eq!(found, Some(Hresult::AccessDenied), "{text}");
        assert_eq!(text.parse(), Ok(Hresult::AccessDenied));
    }
    let found = |text| Ntstatus::decode(Wire::Text(text));
    assert_eq!(found("0xc0000005"), Some(Ntstatus::AccessViolation));
    assert_eq!(found("3221225477"), Some(Ntstatus::AccessViolation));
    // More bits than the type has, and what is no number.
    for text in [
        "0x180070005",
        "0x",
        "0x-1",
        "0x+1",
        "x80070005",
        "80070005",
        "0xC00000050000000000",
    ] {
        assert_eq!(Hresult::decode(Wire::Text(text)), None, "{text}");
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn an_alias_that_is_a_number_decodes_as_a_code_does() {
    assert_eq!(Hresult::from_code(70), Some(Hresult::Twelve));
    assert_eq!(Hresult::from_code(0x46AA), Some(Hresult::Twelve));
    let received: Received<Hresult> = Received::from(70);
    assert_eq!(received.known(), Some(Hresult::Twelve));
    assert_eq!(received.wire(), Wire::Integer(70));
    for text in ["70", "0x46aa", "TWELVE", "0xC"] {
        assert_eq!(text.parse(), Ok(Hresult::Twelve), "{text}");
    }
    assert_eq!(Ntstatus::from_code(-3), Some(Ntstatus::AccessViolation));
}
