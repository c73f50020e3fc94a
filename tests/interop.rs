//! Integrations with other crates and standards, tested with those crates.

use std::sync::{Arc, Mutex};

use errbook::{ErrorInfo, ErrorType, HttpStatus, Locale, ProblemDetails, Received, Severity};
use errbook_codes::megvii_faceid::TokenError;
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{FaceCode, GatewayCode, IdCardWarning};

/// `IdCardWarning::Photocopy` passes by default, although its kind is a failure.
#[test]
fn a_warning_is_never_answered_with_the_failure_of_its_kind() {
    let kind = IdCardWarning::Photocopy.kind();
    assert!(kind.http_answer() >= 400, "{kind:?}");
    // Otherwise the filter below would leave no code of the set.
    assert_eq!(IdCardWarning::Photocopy.severity(), Severity::Warning);
    let all = IdCardWarning::ALL.iter();
    for code in all.filter(|code| code.severity() != Severity::Error) {
        let severity = code.severity();
        for suggested in 400..600 {
            assert_eq!(severity.http_answer(suggested), 200, "{code}");
            let problem = ProblemDetails::new(code, Locale::EN).answered_with(suggested);
            assert_eq!(problem.status(), Some(200), "{code}");
            let suggested = http::StatusCode::from_u16(suggested).unwrap();
            assert_eq!(
                code.answer_status(suggested),
                http::StatusCode::OK,
                "{code}"
            );
        }
        for suggested in 100..400 {
            assert_eq!(severity.http_answer(suggested), suggested, "{code}");
        }
    }
    for suggested in 100..600 {
        assert_eq!(Severity::Error.http_answer(suggested), suggested);
        let problem = ProblemDetails::new(&FaceCode::VoiceMissingOrTooQuiet5007, Locale::EN);
        assert_eq!(problem.answered_with(suggested).status(), Some(suggested));
    }
}

#[test]
fn a_type_is_a_valid_uri_for_any_symbol() {
    let parsed = TokenError::parse(400, "MISSING_ARGUMENTS:x").unwrap();
    let uri = ProblemDetails::new(&*parsed, Locale::EN)
        .types("https://x.example/")
        .type_uri()
        .to_string();
    assert_eq!(
        uri,
        "https://x.example/megvii-faceid/TokenError/400/MISSING_ARGUMENTS%3A%3Ckey%3E"
    );
    assert!(uri.parse::<http::Uri>().is_ok());
}

/// `[A-Z][A-Z0-9_]+[A-Z0-9]`, at most 63 characters.
fn is_reason(reason: &str) -> bool {
    let ends = reason.ends_with(|last: char| last.is_ascii_uppercase() || last.is_ascii_digit());
    let all = reason
        .chars()
        .all(|each| each.is_ascii_uppercase() || each.is_ascii_digit() || each == '_');
    reason.starts_with(|first: char| first.is_ascii_uppercase())
        && ends
        && all
        && (3..=63).contains(&reason.len())
}

#[test]
fn reasons_have_the_format_that_google_requires() {
    fn reason_of(error: &dyn errbook::ErrorCode) -> String {
        ErrorInfo::new(error).reason().to_string()
    }
    let missing = TokenError::parse(400, "MISSING_ARGUMENTS:x").unwrap();
    assert_eq!(reason_of(&*missing), "MISSING_ARGUMENTS_KEY");
    assert_eq!(
        reason_of(&FaceCode::VoiceMissingOrTooQuiet5007),
        "FACE_CODE_NEG_5007"
    );
    let all = TokenError::ALL
        .iter()
        .map(|code| reason_of(code))
        .chain(FaceCode::ALL.iter().map(|code| reason_of(code)));
    let all = all
        .chain(HuiyanCode::ALL.iter().map(|code| reason_of(code)))
        .chain(GatewayCode::ALL.iter().map(|code| reason_of(code)));
    for reason in all {
        assert!(is_reason(&reason), "{reason}");
    }
}

/// Records the `error.type` of spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl tracing::field::Visit for Recorder {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        if field.name() == "error.type" {
            self.0.lock().unwrap().push(format!("{value:?}"));
        }
    }
}

impl tracing::Subscriber for Recorder {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn the_error_type_reaches_telemetry() {
    let telemetry = Recorder::default();
    tracing::subscriber::with_default(telemetry.clone(), || {
        tracing::error!(error.type = %ErrorType::of(&TokenError::ALL[0]), "no token");
        for code in [2006, 31337, 31338] {
            let received: Received<HuiyanCode, &str> = Received::from(code);
            tracing::error!(error.type = %ErrorType::of_received(&received));
        }
        for symbol in ["MISSING_ARGUMENTS:a", "MISSING_ARGUMENTS:b"] {
            let received: Received<TokenError, &str> = Received::from_code_and_symbol(400, symbol);
            tracing::error!(error.type = %ErrorType::of_received(&received));
        }
    });
    let recorded = telemetry.0.lock().unwrap();
    let of_megvii = "megvii-faceid.TokenError.MISSING_ARGUMENTS:<key>";
    let unknown = "tencent-huiyan.HuiyanCode._OTHER";
    let expected = [
        &ErrorType::of(&TokenError::ALL[0]).to_string(),
        "tencent-huiyan.HuiyanCode.2006",
        unknown,
        unknown,
        of_megvii,
        of_megvii,
    ];
    assert_eq!(*recorded, expected);
}
