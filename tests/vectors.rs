//! The conformance vectors of `export vectors`, checked against the Rust implementation.

use errbook_cli::{commands, export};
use errbook_codes::errbook::{CodeSet, HasKind, Locale, Parsed, Wire};
use errbook_codes::{
    Kind, idverify_gateway, megvii_faceid, tencent_faceid_sdk, tencent_huiyan, tencent_kyc,
};
use serde_json::Value;

use crate::workspace::root;

/// Compares one code with its vector.
fn check_code<C: CodeSet + HasKind<Kind> + std::fmt::Debug>(vector: &Value) {
    let what = format!("{} {} {}", C::VENDOR, C::NAME, vector["code"]);
    let wire = vector["number"]
        .as_i64()
        .map_or_else(|| Wire::Text(text(&vector["code"])), Wire::Integer);
    let parsed = vector["received"]
        .as_str()
        .and_then(|symbol| C::decode_with_symbol(wire, symbol));
    let code = parsed
        .as_ref()
        .map(Parsed::code)
        .or_else(|| C::decode(wire))
        .expect(&what);
    if vector["identity"] == "code" {
        for alias in vector["aliases"].as_array().unwrap() {
            assert_eq!(
                C::decode(Wire::Text(text(alias))),
                Some(code),
                "{what} by {alias}"
            );
        }
    }
    assert_eq!(format!("{code:?}"), text(&vector["variant"]), "{what}");
    assert_eq!(code.symbol(), vector["symbol"].as_str(), "{what}");
    for (tag, message) in vector["message"].as_object().unwrap() {
        let locale = Locale::parse(tag).unwrap();
        assert_eq!(CodeSet::message(&code, locale), text(message), "{what}");
        assert_eq!(
            code.remedy(locale),
            vector["remedy"][tag].as_str(),
            "{what}"
        );
        if let (Some(example), Some(parsed)) = (vector["example"].as_object(), &parsed) {
            assert_eq!(
                parsed.localized(locale).to_string(),
                text(&example["message"][tag]),
                "{what}"
            );
            for (name, value) in example["parameters"].as_object().unwrap() {
                assert_eq!(parsed.args().get(name), value.as_str(), "{what}");
            }
        }
    }
    assert_eq!(
        code.kind().to_string(),
        Kind::decode(Wire::Text(text(&vector["kind"])))
            .unwrap()
            .to_string(),
        "{what}"
    );
    assert_eq!(
        code.billing().to_string(),
        text(&vector["billing"]),
        "{what}"
    );
    assert_eq!(code.retry().to_string(), text(&vector["retry"]), "{what}");
    assert_eq!(
        code.retry_after().map(|time| time.as_secs()),
        vector["retry_after"].as_u64(),
        "{what}"
    );
    assert_eq!(
        code.http_status().map(u64::from),
        vector["http"].as_u64(),
        "{what}"
    );
    assert_eq!(code.is_success(), vector["success"], "{what}");
    if let Some(severity) = vector.get("severity") {
        assert_eq!(code.severity().as_str(), text(severity), "{what}");
    }
    // A code without a text in one language returns that of another, so a code with a note in any
    // language has one in Chinese.
    let in_vector = |fact: &str| vector[fact].as_object().cloned().unwrap_or_default();
    let note = in_vector("note");
    let said = in_vector("said");
    assert_eq!(
        code.note(Locale::ZH_CN).is_some(),
        !note.is_empty(),
        "{what}"
    );
    assert_eq!(
        code.said(Locale::ZH_CN).is_some(),
        !said.is_empty(),
        "{what}"
    );
    for (tag, note) in &note {
        let locale = Locale::parse(tag).unwrap();
        assert_eq!(code.note(locale), note.as_str(), "{what}");
    }
    for (tag, said) in &said {
        let locale = Locale::parse(tag).unwrap();
        assert_eq!(code.said(locale), said.as_str(), "{what}");
    }
    if let Some(since) = vector.get("since") {
        // Either the release alone or a table with the edition beside it.
        let release = since.as_str().or(since["release"].as_str());
        assert_eq!(code.since(), release, "{what}");
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the vector has a string here")
}

#[test]
fn every_code_matches_its_vector() {
    let book = commands::book(Some(&root()), &[]).unwrap();
    let files = export::vectors(&book).unwrap();
    let vectors: Value = serde_json::from_str(&files[0].text).unwrap();
    let codes = vectors["codes"].as_array().unwrap();
    for vector in codes {
        match (text(&vector["vendor"]), text(&vector["set"])) {
            ("idverify-gateway", "ApiCode") => check_code::<idverify_gateway::ApiCode>(vector),
            ("idverify-gateway", "CarrierCode") => {
                check_code::<idverify_gateway::CarrierCode>(vector);
            }
            ("megvii-faceid", "TokenError") => check_code::<megvii_faceid::TokenError>(vector),
            ("megvii-faceid", "SdkCode") => check_code::<megvii_faceid::SdkCode>(vector),
            ("megvii-faceid", "ResultCode") => check_code::<megvii_faceid::ResultCode>(vector),
            ("megvii-faceid", "ResultError") => check_code::<megvii_faceid::ResultError>(vector),
            ("tencent-faceid-sdk", "LoginCode") => {
                check_code::<tencent_faceid_sdk::LoginCode>(vector);
            }
            ("tencent-faceid-sdk", "VerifyCode") => {
                check_code::<tencent_faceid_sdk::VerifyCode>(vector);
            }
            ("tencent-huiyan", "HuiyanCode") => check_code::<tencent_huiyan::HuiyanCode>(vector),
            ("tencent-kyc", "GatewayCode") => check_code::<tencent_kyc::GatewayCode>(vector),
            ("tencent-kyc", "FaceCode") => check_code::<tencent_kyc::FaceCode>(vector),
            ("tencent-kyc", "IdCardCode") => check_code::<tencent_kyc::IdCardCode>(vector),
            ("tencent-kyc", "IdCardWarning") => check_code::<tencent_kyc::IdCardWarning>(vector),
            ("tencent-kyc", "BankCardCode") => check_code::<tencent_kyc::BankCardCode>(vector),
            ("tencent-kyc", "BankCardWarning") => {
                check_code::<tencent_kyc::BankCardWarning>(vector);
            }
            ("tencent-kyc", "TwoFactorCode") => check_code::<tencent_kyc::TwoFactorCode>(vector),
            (vendor, set) => {
                panic!("{vendor} {set} has codes in the vectors but is not compared with them")
            }
        }
    }
    assert!(codes.len() > 400);
}
