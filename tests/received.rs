//! Received codes: numbers and strings, known and unknown, in responses in the vendors' formats.

use std::collections::HashSet;

use errbook::{Received, Retry, Wire};
use errbook_codes::megvii_faceid::ResultCode;
use errbook_codes::tencent_faceid_sdk::LoginCode;
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::FaceCode;

#[test]
fn every_code_round_trips_byte_for_byte() {
    let text = concat!(
        r#"[2006,"2006","FailedOperation.ActionCloseEye","02006","+2006","#,
        r#"13,"13","NOPE",-7,9999999999]"#
    );
    let received: Vec<Received<HuiyanCode>> = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&received).unwrap(), text);
    let known: Vec<bool> = received.iter().map(|code| code.known().is_some()).collect();
    assert_eq!(
        known,
        [
            true, true, true, false, false, true, true, false, false, false
        ]
    );
}

#[test]
fn a_borrowed_string_is_not_copied() {
    let received: Vec<Received<HuiyanCode, &str>> = serde_json::from_str(r#"[5,"NOPE"]"#).unwrap();
    assert_eq!(received[1].wire(), Wire::Text("NOPE"));
}

#[test]
fn values_that_are_not_codes_are_errors() {
    for invalid in ["1.5", "true", "[1]", "{}", "1e30"] {
        assert!(
            serde_json::from_str::<Received<HuiyanCode>>(invalid).is_err(),
            "{invalid}"
        );
    }
}

#[test]
fn equality_compares_the_code_and_not_its_type() {
    let received = |text| Received::<HuiyanCode, &str>::new(text);
    assert_eq!(received("2006"), Received::from(2006));
    assert_eq!(
        received("FailedOperation.ActionCloseEye"),
        Received::from(1207)
    );
    assert_eq!(received("777"), Received::from(777));
    assert_ne!(received("0777"), Received::from(777));
    let set: HashSet<_> = [
        received("2006"),
        Received::from(2006),
        received("777"),
        Received::from(777),
        received("0777"),
    ]
    .into();
    assert_eq!(set.len(), 3);
}

#[test]
fn a_set_of_strings_accepts_numbers() {
    let number: Received<LoginCode, &str> = Received::from(-10000);
    assert_eq!(number.known(), LoginCode::from_code("-10000"));
    assert!(number.known().is_some());
    assert_eq!(number.wire(), Wire::Integer(-10000));
}

#[test]
fn a_known_number_with_an_unknown_symbol_keeps_both() {
    let received: Received<ResultCode> =
        Received::from_code_and_symbol(3000, "NEW_REASON".to_owned());
    assert_eq!(received.known(), None);
    assert_eq!(
        (received.wire(), received.symbol()),
        (Wire::Integer(3000), Some("NEW_REASON"))
    );
    assert_eq!(received.to_string(), "unknown code 3000 NEW_REASON");
    assert_eq!(
        format!("{received:#}"),
        "megvii-faceid/ResultCode/3000 NEW_REASON: unknown code 3000 NEW_REASON"
    );
}

#[test]
fn a_response_of_megvii_is_decoded() {
    let response: serde_json::Value = serde_json::from_str(
        r#"{"request_id":"1532487162,7fb9b4af","time_used":108,
            "result_message":"SUCCESS","result_code":1000}"#,
    )
    .unwrap();
    let code = response["result_code"].as_i64().unwrap();
    let symbol = response["result_message"].as_str().unwrap();
    let received: Received<ResultCode, &str> = Received::from_code_and_symbol(code, symbol);
    assert_eq!(received.known(), Some(ResultCode::Success));
}

#[test]
fn an_unknown_code_can_be_passed_on() {
    let received: Received<FaceCode> = Received::from(1);
    assert_eq!(received.class().retry, Retry::Unspecified);
    assert_eq!(
        received.into_known().unwrap_err().to_string(),
        "unknown code 1"
    );
}
