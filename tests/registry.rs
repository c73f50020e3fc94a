//! The registry is consistent across vendors, across sets, and with the vendors' documents.

use std::collections::{BTreeMap, BTreeSet};

use errbook::{ErrorCode, HasKind, Locale};
use errbook_cli::overlay;
use errbook_codes::Kind;
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::VerifyCode;
use errbook_spec::Code;
use errbook_spec::place::Source;

use crate::workspace::{VENDORS, read, spec};

/// The SDK's number is 50000 and the server's, or the HTTP status. What the document itself breaks, each with its
/// reason.
const WITHOUT_A_TWIN: [(i32, &str); 5] = [
    // Only a device can lack it.
    (56000, "NO_WRITE_EXTERNAL_STORAGE_PERMISSION"),
    // The SDK's own number for what it does not know.
    (50000, "UNKOWN_ERROR"),
    // The server's answer has the status 403 under one heading and 429 under the other.
    (403, "CONCURRENCY_LIMIT_EXCEEDED"),
    // The server says INVALID_SIGN or AUTHENTICATION_ERROR of a wrong signature, the SDK only INVALID_SIGN with 55000.
    (403, "AUTHENTICATION_ERROR"),
    (403, "INVALID_SIGN"),
];

/// A symbol without its parameter.
fn stem(symbol: &str) -> &str {
    symbol.split([':', '<']).next().unwrap_or(symbol)
}

#[test]
fn the_sdk_of_megvii_agrees_with_its_server() {
    let mut server: BTreeMap<(i32, &str), (Kind, errbook::Retry)> = BTreeMap::new();
    let mut breaks = Vec::new();
    for code in ResultCode::ALL {
        server.insert(
            (code.code(), stem(code.symbol().unwrap())),
            (code.kind(), code.retry()),
        );
    }
    for code in ResultError::ALL {
        server.insert(
            (code.code(), stem(code.symbol().unwrap())),
            (code.kind(), code.retry()),
        );
    }
    for code in TokenError::ALL {
        server
            .entry((code.code(), stem(code.symbol().unwrap())))
            .or_insert((code.kind(), code.retry()));
    }
    for code in SdkCode::ALL {
        let key = (code.code() - 50000, stem(code.symbol().unwrap()));
        match server.remove(&key) {
            Some(twin) => assert_eq!((code.kind(), code.retry()), twin, "{code:?}"),
            None => breaks.push((code.code(), key.1)),
        }
    }
    breaks.extend(server.into_keys());
    breaks.sort_unstable();
    let mut known = WITHOUT_A_TWIN;
    known.sort_unstable();
    assert_eq!(breaks, known);
}

/// Texts with two meanings, which their remedies distinguish; the overlays explain each.
const TWO_MEANINGS: [&str; 4] = [
    "不合法的请求",
    "不合法请求",
    "请确保正脸对框且光线充足",
    "1.请确保光线充足;2.请确保人脸正对框内;3.请确保脸部无遮挡",
];

#[test]
fn the_same_text_has_the_same_kind_at_every_vendor() {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for vendor in VENDORS {
        for code in spec(vendor).sets.iter().flat_map(|set| &set.codes) {
            let kind = code.kind.as_ref().unwrap().value.clone();
            for text in code.message.values() {
                let text: String = text.chars().filter(|each| !each.is_whitespace()).collect();
                kinds.entry(text).or_default().insert(kind.clone());
            }
        }
    }
    let several: BTreeSet<&str> = kinds
        .iter()
        .filter(|(_, kinds)| kinds.len() > 1)
        .map(|(text, _)| text.as_str())
        .collect();
    let chinese: BTreeSet<&str> = several
        .into_iter()
        .filter(|text| !text.is_ascii())
        .collect();
    assert_eq!(chinese, TWO_MEANINGS.into_iter().collect());
}

#[test]
fn a_retry_class_that_differs_from_that_of_the_kind_quotes_the_vendor() {
    for vendor in VENDORS {
        let document: String = visible(&read(vendor, "source.md"));
        let overlay =
            overlay::parse(&Source::new("overlay.toml", &read(vendor, "overlay.toml"))).unwrap();
        for entry in overlay
            .sets
            .iter()
            .flat_map(|set| &set.entries)
            .filter(|entry| entry.decided.retry.is_some())
        {
            let because = entry
                .because
                .as_ref()
                .unwrap_or_else(|| panic!("{}: no `because`", entry.place));
            assert!(
                document.contains(&visible(because)),
                "{}: the vendor does not say `{}`",
                entry.place,
                **because
            );
        }
    }
}

/// A text without the characters that are invisible on the page.
fn visible(text: &str) -> String {
    let text = text.replace("<br>", "").replace("&nbsp;", "");
    text.chars()
        .filter(|each| !each.is_whitespace() && *each != '\\')
        .collect()
}

#[test]
fn every_code_has_every_fact_that_applies() {
    let codes: Vec<Code> = VENDORS
        .iter()
        .flat_map(|vendor| spec(vendor).sets)
        .flat_map(|set| set.codes)
        .collect();
    assert_eq!(codes.len(), 416);
    for code in &codes {
        assert!(
            code.kind.is_some() && code.retry.is_some(),
            "{}",
            code.code.value
        );
        for language in ["zh-CN", "en"] {
            assert!(
                code.message.contains_key(language),
                "{} in {language}",
                code.code.value
            );
            assert!(
                code.remedy.is_empty() || code.remedy.contains_key(language),
                "{} in {language}",
                code.code.value
            );
        }
        let digits = code
            .variant
            .value
            .trim_end_matches(|each: char| each.is_ascii_digit());
        assert_ne!(
            digits, "Code",
            "{} is a name and no number",
            code.variant.value
        );
    }
}

#[test]
fn every_kind_is_used_and_has_messages() {
    let used: BTreeSet<Kind> = ALL_KINDS.iter().flat_map(|kinds| kinds()).collect();
    for kind in Kind::ALL {
        assert!(used.contains(kind), "{kind:?} is the kind of no code");
        assert!((200..600).contains(&kind.http_answer()));
        for locale in [Locale::EN, Locale::ZH_CN] {
            assert!(!kind.message(locale).is_empty());
            assert!(!kind.definition(locale).is_empty());
        }
        let vendors = ["Tencent", "Megvii", "腾讯", "旷视"];
        assert!(
            vendors
                .iter()
                .all(|name| !kind.message(Locale::EN).contains(name))
        );
        assert_eq!(kind.fault().is_none(), *kind == Kind::Success, "{kind:?}");
    }
}

type Kinds = fn() -> Vec<Kind>;

fn kinds<C: errbook::CodeSet + HasKind<Kind>>() -> Vec<Kind> {
    C::ALL.iter().map(HasKind::kind).collect()
}

const ALL_KINDS: [Kinds; 16] = [
    kinds::<errbook_codes::idverify_gateway::ApiCode>,
    kinds::<errbook_codes::idverify_gateway::CarrierCode>,
    kinds::<TokenError>,
    kinds::<SdkCode>,
    kinds::<ResultCode>,
    kinds::<ResultError>,
    kinds::<errbook_codes::tencent_faceid_sdk::LoginCode>,
    kinds::<VerifyCode>,
    kinds::<errbook_codes::tencent_huiyan::HuiyanCode>,
    kinds::<errbook_codes::tencent_kyc::GatewayCode>,
    kinds::<errbook_codes::tencent_kyc::FaceCode>,
    kinds::<errbook_codes::tencent_kyc::IdCardCode>,
    kinds::<errbook_codes::tencent_kyc::IdCardWarning>,
    kinds::<errbook_codes::tencent_kyc::BankCardCode>,
    kinds::<errbook_codes::tencent_kyc::BankCardWarning>,
    kinds::<errbook_codes::tencent_kyc::TwoFactorCode>,
];

#[test]
fn an_enabled_third_language_is_available() {
    let cancelled = VerifyCode::from_code(20000).unwrap();
    assert_eq!(
        cancelled.message(Locale::JA),
        "ユーザーがキャンセルしました。"
    );
    assert!(
        VerifyCode::ALL
            .iter()
            .all(|code| code.message(Locale::JA) != code.message(Locale::ZH_CN))
    );
    // Where nobody has translated, the vendor's own words are better than none.
    assert_eq!(
        ResultCode::Success.message(Locale::JA),
        ResultCode::Success.message(Locale::ZH_CN)
    );
    assert_eq!(
        cancelled.localized(Locale::JA).to_string(),
        "ユーザーがキャンセルしました。"
    );
}
