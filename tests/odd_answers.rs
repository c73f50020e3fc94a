//! Codes in answers as vendors really send them: as a fraction without digits, too large, null, in
//! XML; and in formats of our own.

use std::collections::{BTreeMap, BTreeSet};

use errbook::{
    Billing, CodeSet, ErrorCode, ErrorType, HasKind, Locale, ProblemDetails, Received, Retry,
    Severity, Wire,
};
use errbook_codes::Kind;
use errbook_codes::idverify_gateway::CarrierCode;
use errbook_codes::megvii_faceid::{SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::LoginCode;
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::FaceCode;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Reply<C: CodeSet> {
    code: Received<C>,
}

fn face(json: &str) -> Received<FaceCode> {
    let reply: Reply<FaceCode> = serde_json::from_str(&format!("{{\"code\":{json}}}")).unwrap();
    reply.code
}

#[test]
fn a_number_in_any_notation_is_a_code() {
    for json in ["66660004", "66660004.0", "6.6660004e7", "\"66660004\""] {
        assert_eq!(
            face(json).known(),
            FaceCode::from_code(66_660_004),
            "{json}"
        );
    }
    assert_eq!(face("1e3").wire(), Wire::Integer(1000));
    assert_eq!(face("-5007.0"), FaceCode::from_code(-5007).unwrap());
}

#[test]
fn a_code_that_no_set_can_contain_is_kept() {
    let large = face("18446744073709551615");
    assert_eq!(large.wire(), Wire::Large(u64::MAX));
    assert_eq!(
        serde_json::to_string(&large).unwrap(),
        "18446744073709551615"
    );
    assert_eq!(large, Received::from(u64::MAX));
    let absent = face("null");
    assert!(absent.is_absent() && absent.known().is_none() && absent.text().is_none());
    assert_eq!(serde_json::to_string(&absent).unwrap(), "null");
    assert_ne!(absent, face("\"\""));
    assert_eq!(face("\"\"").text(), Some(""));
}

#[test]
fn a_symbol_is_kept_beside_whatever_the_code_is() {
    for code in ["7", "\"7\"", "null", "18446744073709551615"] {
        let json = format!("{{\"code\":{code},\"symbol\":\"NEW\"}}");
        let received: Received<TokenError> = serde_json::from_str(&json).unwrap();
        assert_eq!(received.received_symbol(), Some("NEW"), "{json}");
        assert_eq!(serde_json::to_string(&received).unwrap(), json);
        assert_eq!(through_postcard(&received), received);
    }
    let received: Received<FaceCode> =
        serde_json::from_str(r#"{"code":-5007,"symbol":null}"#).unwrap();
    assert_eq!(received, FaceCode::from_code(-5007).unwrap());
}

#[test]
fn what_cannot_be_kept_is_said_in_words() {
    for (json, expected) in [
        ("1.5", "the code 1.5 is not a whole number of 64 bits"),
        ("1e30", "is not a whole number of 64 bits"),
        ("-1e19", "is not a whole number of 64 bits"),
        (
            "true",
            "invalid type: boolean `true`, expected a code of FaceCode",
        ),
        ("[1]", "invalid type: sequence, expected"),
        ("{}", "missing field `code`"),
    ] {
        let json = format!("{{\"code\":{json}}}");
        let error = serde_json::from_str::<Reply<FaceCode>>(&json).unwrap_err();
        assert!(error.to_string().contains(expected), "{json}: {error}");
    }
}

#[test]
fn the_text_of_an_xml_element_is_a_code() {
    let parsed: Reply<HuiyanCode> =
        quick_xml::de::from_str("<reply><code>2006</code></reply>").unwrap();
    assert_eq!(parsed.code, HuiyanCode::NameAndIdMismatch);
    let parsed: Reply<LoginCode> =
        quick_xml::de::from_str("<reply><code kind=\"a\">-10000</code></reply>").unwrap();
    assert_eq!(parsed.code.known(), LoginCode::from_code("-10000"));
    assert_eq!(parsed.code.text(), Some("-10000"));
}

/// Serializes to postcard and back.
fn through_postcard<T: Serialize + for<'de> Deserialize<'de>>(value: &T) -> T {
    let bytes = postcard::to_stdvec(value).unwrap();
    postcard::from_bytes(&bytes).unwrap()
}

/// Serializes to JSON and back.
fn through_json<T: Serialize + for<'de> Deserialize<'de>>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

#[test]
fn every_form_survives_json_and_a_binary_format() {
    let forms: [Received<FaceCode>; 7] = [
        Received::from(-5007),
        Received::from(31337_u16),
        Received::from(u64::MAX),
        Received::from("-5007"),
        Received::from("NEW".to_owned()),
        Received::from_text_and_symbol("7".to_owned(), "SEVEN".to_owned()),
        Received::absent(),
    ];
    for form in &forms {
        for again in [through_postcard(form), through_json(form)] {
            assert_eq!(&again, form);
            assert_eq!((again.wire(), again.text()), (form.wire(), form.text()));
            assert_eq!(again.received_symbol(), form.received_symbol());
            assert_eq!(again.is_absent(), form.is_absent());
        }
    }
    let pair: Received<TokenError> =
        Received::from_code_and_symbol(400, "MISSING_ARGUMENTS: api_key".to_owned());
    assert_eq!(
        serde_json::to_string(&pair).unwrap(),
        r#"{"code":400,"symbol":"MISSING_ARGUMENTS: api_key"}"#
    );
    let error = serde_json::from_str::<Received<TokenError>>("400").unwrap_err();
    let expected = "codes of TokenError are identified by code and symbol: expected an object";
    assert!(error.to_string().contains(expected), "{error}");
    for again in [through_postcard(&pair), through_json(&pair)] {
        assert!(again.known().is_some());
        assert_eq!(
            again.localized(Locale::EN),
            *pair.localized(Locale::EN).to_string()
        );
    }
}

fn codes_survive<C: CodeSet + Serialize + for<'de> Deserialize<'de>>() {
    for code in C::ALL {
        assert_eq!(&through_json(code), code);
        assert_eq!(&through_postcard(code), code);
    }
}

#[test]
fn generated_enums_are_serialized_as_the_vendor_writes_them() {
    codes_survive::<HuiyanCode>();
    codes_survive::<LoginCode>();
    codes_survive::<CarrierCode>();
    codes_survive::<TokenError>();
    codes_survive::<SdkCode>();
    let code = HuiyanCode::NameAndIdMismatch;
    assert_eq!(serde_json::to_string(&code).unwrap(), "2006");
    let counts: BTreeMap<HuiyanCode, u32> = [(code, 3)].into();
    let json = serde_json::to_string(&counts).unwrap();
    assert_eq!(json, r#"{"2006":3}"#);
    assert_eq!(
        serde_json::from_str::<BTreeMap<HuiyanCode, u32>>(&json).unwrap(),
        counts
    );
    let error = serde_json::from_str::<HuiyanCode>("31337").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown code 31337 of tencent-huiyan/HuiyanCode"
    );
}

#[test]
fn classes_are_serialized_by_name() {
    for class in Retry::ALL {
        assert_eq!(through_json(&class), class);
        assert_eq!(class.as_str().parse(), Ok(class));
    }
    for class in Billing::ALL {
        assert_eq!(through_json(&class), class);
    }
    for class in Severity::ALL {
        assert_eq!(through_json(&class), class);
    }
    let error = serde_json::from_str::<Billing>("\"gratis\"").unwrap_err();
    let expected = "unknown billing class: expected `billed`, `free` or `unspecified`";
    assert!(error.to_string().starts_with(expected), "{error}");
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", kinds = Kind)]
enum Checked {
    #[error_code(transparent)]
    Vendor(Received<FaceCode>),
    #[error_code(1, message = "No face.", kind = "invalid-argument")]
    NoFace,
}

#[test]
fn an_unknown_code_keeps_vendor_set_and_number_everywhere() {
    let error = Checked::Vendor(Received::from(31337));
    assert_eq!(error.to_string(), "unknown code 31337");
    assert_eq!(
        format!("{error:#}"),
        "tencent-kyc/FaceCode/31337: unknown code 31337"
    );
    assert_eq!(
        ErrorType::of(&error).to_string(),
        "tencent-kyc.FaceCode.31337"
    );
    let problem = ProblemDetails::new(&error, Locale::ZH_CN).types("https://x.example/");
    let problem = serde_json::to_value(problem).unwrap();
    assert_eq!(
        problem["type"],
        "https://x.example/tencent-kyc/FaceCode/31337"
    );
    assert_eq!(problem["vendor"], "tencent-kyc");
    assert_eq!(problem["set"], "FaceCode");
    assert_eq!(problem["code"], 31337);
    assert_eq!(problem["detail"], "未知的错误码 31337");
    assert_eq!(
        (error.kind(), error.billing()),
        (Kind::Unknown, Billing::Unspecified)
    );
    assert_eq!(Checked::NoFace.kind(), Kind::InvalidArgument);
    let known = Checked::Vendor(Received::from(-5007));
    assert_eq!(known.message(Locale::ZH_CN), "视频没有声音或声音太小");
}

#[test]
fn a_known_code_is_what_it_is_without_received() {
    let code = HuiyanCode::NameAndIdMismatch;
    let received: Received<HuiyanCode> = Received::from(2006);
    assert_eq!(received, code);
    assert_ne!(Received::<HuiyanCode>::from(31337), code);
    let boxed: Box<dyn ErrorCode> = Box::new(received.clone());
    assert_eq!(
        (boxed.billing(), boxed.retry()),
        (code.billing(), code.retry())
    );
    assert_eq!(boxed.localized(Locale::EN), code.message(Locale::EN));
    assert_eq!(HasKind::<Kind>::kind(&received), code.kind());
    assert_eq!(received.to_string(), code.to_string());
    let sorted: BTreeSet<Received<HuiyanCode>> = [2006, 31337, 1003, -1].map(Received::from).into();
    let wires: Vec<_> = sorted.iter().map(Received::wire).collect();
    assert_eq!(wires, [-1, 31337, 1003, 2006].map(Wire::Integer));
}

#[test]
fn an_unknown_code_of_a_range_has_the_kind_of_the_range() {
    let received: Received<SdkCode> =
        Received::from_code_and_symbol(50555, "ENGINE_DOWN".to_owned());
    assert_eq!(received.known(), None);
    assert_eq!(received.kind::<Kind>(), Kind::VendorInternal);
    assert_eq!(received.symbol(), Some("ENGINE_DOWN"));
    let outside: Received<SdkCode> = Received::from_code_and_symbol(1, "NEW".to_owned());
    assert_eq!(outside.kind::<Kind>(), Kind::Unknown);
}

#[test]
fn every_integer_type_converts() {
    let known = Some(HuiyanCode::NameAndIdMismatch);
    assert_eq!(Received::<HuiyanCode>::from(2006_u16).known(), known);
    assert_eq!(Received::<HuiyanCode>::from(2006_usize).known(), known);
    assert_eq!(Received::<HuiyanCode>::from(2006_i64).known(), known);
    assert_eq!(
        "2006".parse::<Received<HuiyanCode>>().unwrap().known(),
        known
    );
    assert_eq!(HuiyanCode::try_from(2006_u64).ok(), known);
    assert_eq!(HuiyanCode::try_from("2006").ok(), known);
    let error = HuiyanCode::try_from(u64::MAX).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown code 18446744073709551615 of tencent-huiyan/HuiyanCode"
    );
    let text = "字".repeat(40);
    let error = text.parse::<HuiyanCode>().unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "`{}…` is not a code or symbol of tencent-huiyan/HuiyanCode",
            "字".repeat(20)
        )
    );
}

#[test]
fn symbols_are_found_in_any_case_on_request() {
    assert_eq!(
        TokenError::from_symbol_ignore_case("missing_arguments: api_key"),
        TokenError::from_code_and_symbol(400, "MISSING_ARGUMENTS:api_key")
    );
    assert_eq!(
        HuiyanCode::NameAndIdMismatch.variant_name(),
        "NameAndIdMismatch"
    );
}

#[test]
fn integers_of_more_than_64_bits_convert_if_a_code_fits() {
    let known = HuiyanCode::try_from("2006").ok();
    assert_eq!(HuiyanCode::try_from(2006_i128).ok(), known);
    assert_eq!(HuiyanCode::try_from(2006_u128).ok(), known);
    let unknown = |code: i128| HuiyanCode::try_from(code).unwrap_err();
    assert_eq!(unknown(-7).wire(), Wire::Integer(-7));
    for code in [i128::MIN, i128::MAX, 1 << 64, -(1 << 63) - 1] {
        let error = format!("unknown code {code} of tencent-huiyan/HuiyanCode");
        assert_eq!(unknown(code).to_string(), error);
    }
    let error = HuiyanCode::try_from(u128::MAX).unwrap_err();
    assert!(error.to_string().contains(&u128::MAX.to_string()));
    assert_eq!(error.wire(), Wire::Large(u64::MAX));
    assert_eq!(unknown(i128::MIN).wire(), Wire::Integer(i64::MIN));

    let received = |code: u128| Received::<HuiyanCode>::try_from(code);
    assert_eq!(received(2006).unwrap().known(), known);
    assert_eq!(
        received(u64::MAX.into()).unwrap().wire(),
        Wire::Large(u64::MAX)
    );
    assert!(received(1 << 64).is_err());
    assert!(Received::<HuiyanCode>::try_from(i128::MIN).is_err());
}

#[test]
fn strings_of_the_answer_convert() {
    let known = HuiyanCode::try_from("2006").ok();
    let text = String::from("2006");
    assert_eq!(HuiyanCode::try_from(&text).ok(), known);
    assert_eq!(HuiyanCode::try_from(text).ok(), known);
    let text = String::from("NONE");
    let error = HuiyanCode::try_from(&text).unwrap_err();
    assert_eq!(error.wire(), Wire::Text("NONE"));
    let error = HuiyanCode::try_from(text.clone()).unwrap_err();
    assert_eq!(error, text.parse::<HuiyanCode>().unwrap_err());
}
