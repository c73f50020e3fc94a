//! The registry is consistent across vendors, across sets, and with the vendors' documents.

use std::collections::{BTreeMap, BTreeSet};

use errbook::{CodeSet, ErrorCode, Fault, GrpcCode, HasKind, Locale, Received, Retry, UnknownKind};
use errbook_cli::overlay::{self, Overlay};
use errbook_cli::vendor::{Missing, Vendor};
use errbook_cli::workspace::Workspace;
use errbook_codes::Kind;
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::{LoginCode, VerifyCode};
use errbook_codes::tencent_kyc::{BankCardCode, BankCardWarning, IdCardWarning};
use errbook_spec::Spec;
use errbook_spec::place::Source;

use crate::workspace::{parse_spec, read_vendor_file, root, vendors};

/// A number of the SDK is 50000 plus the number of the server or the HTTP status. These codes break
/// the rule in the document itself.
const WITHOUT_A_TWIN: [(i32, &str); 5] = [
    // A permission of the device, which a server does not have.
    (56000, "NO_WRITE_EXTERNAL_STORAGE_PERMISSION"),
    // The SDK's own code for unknown errors.
    (50000, "UNKOWN_ERROR"),
    // The document lists the status 403 under one heading and 429 under the other.
    (403, "CONCURRENCY_LIMIT_EXCEEDED"),
    // For an invalid signature, the server sends AUTHENTICATION_ERROR or INVALID_SIGN, and the SDK
    // only INVALID_SIGN, with 55000.
    (403, "AUTHENTICATION_ERROR"),
    (403, "INVALID_SIGN"),
];

/// A symbol without its parameter, which the sets write in several ways.
fn stem<C: CodeSet>(code: &C) -> &str {
    let symbol = code.symbol().unwrap();
    let end = match code.template() {
        Some(_) => symbol.find([':', '<']),
        None => None,
    };
    &symbol[..end.unwrap_or(symbol.len())]
}

#[test]
fn the_sdk_of_megvii_agrees_with_its_server() {
    let mut server: BTreeMap<(i32, &str), (Kind, Retry)> = BTreeMap::new();
    let mut unmatched = Vec::new();
    for code in ResultCode::ALL {
        server.insert((code.code(), stem(code)), (code.kind(), code.retry()));
    }
    for code in ResultError::ALL {
        server.insert((code.code(), stem(code)), (code.kind(), code.retry()));
    }
    for code in TokenError::ALL {
        server
            .entry((code.code(), stem(code)))
            .or_insert((code.kind(), code.retry()));
    }
    for code in SdkCode::ALL {
        let key = (code.code() - 50000, stem(code));
        match server.remove(&key) {
            Some(twin) => assert_eq!((code.kind(), code.retry()), twin, "{code:?}"),
            None => unmatched.push((code.code(), key.1)),
        }
    }
    unmatched.extend(server.into_keys());
    unmatched.sort_unstable();
    let mut expected = WITHOUT_A_TWIN;
    expected.sort_unstable();
    assert_eq!(unmatched, expected);
}

/// Texts with two meanings, which their remedies or the vendor's symbols distinguish; the overlays
/// explain each.
const TWO_MEANINGS: [&str; 6] = [
    "传入图片分辨率太低，请重新上传",
    "库中无此号，请到户籍所在地进行核实",
    "不合法的请求",
    "不合法请求",
    "请确保正脸对框且光线充足",
    "1.请确保光线充足;2.请确保人脸正对框内;3.请确保脸部无遮挡",
];

#[test]
fn the_same_text_has_the_same_kind_at_every_vendor() {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for vendor in vendors() {
        for code in parse_spec(&vendor).sets.iter().flat_map(|set| &set.codes) {
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
    for vendor in vendors() {
        let overlay = read_vendor_file(&vendor, "overlay.toml");
        let overlay = overlay::parse(&Source::new("overlay.toml", &overlay)).unwrap();
        let document = visible_characters(&read_document(&vendor, &overlay));
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
                document.contains(&visible_characters(because)),
                "{}: the vendor does not say `{}`",
                entry.place,
                **because
            );
        }
    }
}

/// The text of a vendor's document, of any kind.
fn read_document(vendor: &str, overlay: &Overlay) -> String {
    let workspace = Workspace::open(&root()).unwrap();
    let vendor = Vendor::read(&workspace, vendor, Missing::Refused).unwrap();
    let encoding = overlay.encoding.as_ref().map(|encoding| encoding.as_str());
    vendor.document.open(encoding, vendor.words).unwrap().text
}

/// A text without the characters that are invisible when the document is rendered.
fn visible_characters(text: &str) -> String {
    let text = text.replace("<br>", "").replace("&nbsp;", "");
    text.chars()
        .filter(|each| !each.is_whitespace() && *each != '\\')
        .collect()
}

#[test]
fn every_code_has_a_kind_a_retry_class_texts_and_a_name() {
    for vendor in vendors() {
        let spec = parse_spec(&vendor);
        let languages = languages_of(&spec);
        for code in spec.sets.iter().flat_map(|set| &set.codes) {
            let what = format!("{vendor} {}", code.code.value);
            assert!(code.kind.is_some() && code.retry.is_some(), "{what}");
            for language in &languages {
                assert!(code.message.contains_key(language), "{what} in {language}");
                assert!(
                    code.remedy.is_empty() || code.remedy.contains_key(language),
                    "{what} in {language}"
                );
            }
            let variant = &code.variant.value;
            assert_ne!(
                variant.trim_end_matches(|each: char| each.is_ascii_digit()),
                "Code",
                "{variant} repeats the number instead of naming the error"
            );
        }
    }
}

/// The languages of a vendor: that of its document, those of the registry, and each one with a
/// translation.
fn languages_of(spec: &Spec) -> BTreeSet<String> {
    let registry = Workspace::open(&root()).unwrap();
    let codes = spec.sets.iter().flat_map(|set| &set.codes);
    let translated = codes.flat_map(|code| code.message.keys().chain(code.remedy.keys()));
    std::iter::once(&spec.locale.value)
        .chain(&registry.config().languages)
        .chain(translated)
        .cloned()
        .collect()
}

/// Kinds that no vendor of this registry has: they are for the codes of other services.
const FOR_OTHER_SERVICES: [Kind; 9] = [
    Kind::RiskRejected,
    Kind::PaymentDeclined,
    Kind::InsufficientFunds,
    Kind::RecipientUnreachable,
    Kind::ConsentMissing,
    Kind::NotRegistered,
    Kind::AuthenticationRequired,
    Kind::DeviceIntegrity,
    Kind::Maintenance,
];

#[test]
fn every_kind_is_used_and_has_messages() {
    let used: BTreeSet<Kind> = KINDS.iter().flat_map(|(_, _, kinds)| kinds()).collect();
    assert!(!used.contains(&Kind::UNKNOWN));
    for kind in Kind::ALL {
        let is_free = *kind == Kind::UNKNOWN || FOR_OTHER_SERVICES.contains(kind);
        assert_ne!(used.contains(kind), is_free, "{kind:?}");
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

#[test]
fn a_retry_class_says_whose_move_it_is() {
    for kind in Kind::ALL {
        let fault = kind.fault();
        let retry = kind.retry();
        // Programs alert developers on `after-fix`: never for what a person did or typed.
        if retry == Retry::AfterFix {
            assert_eq!(fault, Some(Fault::Caller), "{kind:?}");
        }
        // What only a person may repeat is not repeated by a program.
        if fault == Some(Fault::EndUser) {
            assert!(!retry.is_automatic(), "{kind:?}");
        }
        if retry == Retry::AfterUserAction {
            assert_eq!(fault, Some(Fault::EndUser), "{kind:?}");
        }
    }
}

/// What clients of a gRPC service are told is what clients of an HTTP service are told.
#[test]
fn a_grpc_code_says_the_same_as_the_http_answer() {
    for kind in Kind::ALL {
        let http = kind.http_answer();
        let grpc = kind.grpc();
        let expected: &[GrpcCode] = match http {
            200 => &[GrpcCode::Ok],
            429 => &[GrpcCode::ResourceExhausted],
            400 | 413 => &[GrpcCode::InvalidArgument],
            402 => &[GrpcCode::FailedPrecondition],
            404 => &[GrpcCode::NotFound],
            409 => &[
                GrpcCode::Aborted,
                GrpcCode::AlreadyExists,
                GrpcCode::FailedPrecondition,
            ],
            422 => &[
                GrpcCode::Aborted,
                GrpcCode::Cancelled,
                GrpcCode::FailedPrecondition,
                GrpcCode::InvalidArgument,
                GrpcCode::NotFound,
            ],
            500.. => &[GrpcCode::Internal, GrpcCode::Unavailable, GrpcCode::Unknown],
            _ => &[],
        };
        assert!(expected.contains(&grpc), "{kind:?}: {http}, {grpc}");
        // gRPC clients repeat such a call by themselves.
        let is_repeated = http >= 500 && kind.retry() == Retry::Backoff;
        assert_eq!(grpc == GrpcCode::Unavailable, is_repeated, "{kind:?}");
        // The caller's own account is not the client's.
        let is_of_account = [
            Kind::Unauthenticated,
            Kind::Forbidden,
            Kind::AccountDisabled,
            Kind::QuotaExhausted,
        ];
        let is_of_account = is_of_account.contains(kind);
        assert_eq!(grpc == GrpcCode::Internal, is_of_account, "{kind:?}");
    }
}

#[test]
fn bank_card_codes_decode_with_and_without_the_minus_sign() {
    for code in BankCardCode::ALL.iter().filter(|code| !code.is_success()) {
        assert_eq!(BankCardCode::from_code(-code.code()), Some(*code));
        assert_eq!(
            Received::<BankCardCode>::from(-code.code()).known(),
            Some(*code)
        );
    }
    assert_eq!(
        BankCardWarning::from_code(-9110),
        BankCardWarning::from_code(9110)
    );
}

#[test]
fn misspelled_symbols_decode_in_the_right_spelling_too() {
    assert_eq!(
        SdkCode::from_symbol("UNKNOWN_ERROR").map(|code| code.code()),
        Some(50000)
    );
    let response = LoginCode::from_symbol("FACEVERIFY_LOGIN_NO_RESPONSE");
    assert_eq!(response, Some(LoginCode::NoResponse));
}

#[test]
fn a_warning_that_the_vendor_passes_is_not_answered_with_a_failure() {
    fn answers<C: errbook::CodeSet + HasKind<Kind>>() -> Vec<u16> {
        let codes = C::ALL.iter();
        codes
            .map(|code| code.severity().http_answer(code.kind().http_answer()))
            .collect()
    }
    fn grpc_answers<C: errbook::CodeSet + HasKind<Kind>>() -> Vec<GrpcCode> {
        let codes = C::ALL.iter();
        codes
            .map(|code| code.severity().grpc(code.kind().grpc()))
            .collect()
    }
    assert_eq!(answers::<IdCardWarning>(), [200; 3]);
    assert_eq!(answers::<BankCardWarning>(), [200; 2]);
    assert_eq!(grpc_answers::<IdCardWarning>(), [GrpcCode::Ok; 3]);
    assert_eq!(grpc_answers::<BankCardWarning>(), [GrpcCode::Ok; 2]);
}

fn kinds_of<C: errbook::CodeSet + HasKind<Kind>>() -> Vec<Kind> {
    C::ALL.iter().map(HasKind::kind).collect()
}

/// The function that returns the kinds of a set, for each set.
const KINDS: &crate::EachSet<fn() -> Vec<Kind>> = &each_set!(kinds_of);

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
    // Without a translation, the vendor's own text is the fallback.
    assert_eq!(
        ResultCode::Success.message(Locale::JA),
        ResultCode::Success.message(Locale::ZH_CN)
    );
    assert_eq!(
        cancelled.localized(Locale::JA).to_string(),
        "ユーザーがキャンセルしました。"
    );
}
