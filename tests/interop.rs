//! Integrations with other crates and standards, tested with those crates.

use std::sync::{Arc, Mutex};

use errbook::{
    Diagnosed, ErrorInfo, ErrorType, HttpStatus, Locale, ProblemDetails, Received, Severity,
};
use errbook_codes::megvii_faceid::{ResultError, TokenError};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{FaceCode, GatewayCode, IdCardWarning};

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "shop")]
enum OrderError {
    #[error_code(
        1001,
        symbol = "OUT_OF_STOCK",
        message = "Only <left> of <sku> are left.",
        remedy = "Order fewer.",
        retry = "after-fix",
        billing = "free",
        http = 409
    )]
    OutOfStock { sku: &'static str, left: u8 },
    #[error_code(
        1003,
        message = "Too many orders at once.",
        retry = "throttled",
        retry_after = 30
    )]
    Busy,
    #[error_code(1004, symbol = "BANK", message = "The bank said no.")]
    Bank(#[source] std::fmt::Error),
}

const OUT_OF_STOCK: OrderError = OrderError::OutOfStock {
    sku: "A/7",
    left: 2,
};

#[test]
fn errors_have_an_http_status() {
    assert_eq!(OUT_OF_STOCK.status_code(), Some(http::StatusCode::CONFLICT));
    assert_eq!(OrderError::Busy.status_code(), None);
    let parsed = ResultError::parse(403, "AUTHORIZATION_ERROR:reason").unwrap();
    assert_eq!(parsed.status_code(), Some(http::StatusCode::FORBIDDEN));
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "shop")]
enum Checked {
    #[error_code(
        2001,
        message = "The card was photocopied.",
        severity = "warning",
        http = 422
    )]
    Photocopy,
    #[error_code(2002, message = "It is being copied.", severity = "info", http = 202)]
    Copying,
    #[error_code(0, message = "All is well.", success)]
    Done,
}

/// `IdCardWarning::Photocopy` passes by default, although its kind is a failure.
#[test]
fn a_warning_is_never_answered_with_the_failure_of_its_kind() {
    let kind = IdCardWarning::Photocopy.kind();
    assert!(kind.http_answer() >= 400, "{kind:?}");
    // Otherwise the filter below would leave no code of the set.
    assert_eq!(IdCardWarning::Photocopy.severity(), Severity::Warning);
    let all = IdCardWarning::ALL
        .iter()
        .map(|code| (code as &dyn errbook::ErrorCode, code.severity()))
        .chain([
            (&Checked::Photocopy as _, Severity::Warning),
            (&Checked::Copying as _, Severity::Info),
            (&Checked::Done as _, Severity::Info),
        ]);
    for (code, severity) in all.filter(|(_, severity)| *severity != Severity::Error) {
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
        let problem = ProblemDetails::new(&OrderError::Busy, Locale::EN);
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
    assert_eq!(reason_of(&OrderError::Busy), "ORDER_ERROR_1003");
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

#[test]
fn errors_are_miette_diagnostics() {
    let report =
        miette::Report::new(Diagnosed::new(OUT_OF_STOCK, Locale::EN).urls("https://shop.example/"));
    assert_eq!(report.to_string(), "Only 2 of A/7 are left.");
    assert_eq!(report.code().unwrap().to_string(), "shop::OUT_OF_STOCK");
    assert_eq!(report.help().unwrap().to_string(), "Order fewer.");
    assert_eq!(
        report.url().unwrap().to_string(),
        "https://shop.example/OUT_OF_STOCK"
    );
    let report = miette::Report::new(Diagnosed::new(
        OrderError::Bank(std::fmt::Error),
        Locale::EN,
    ));
    assert!(report.help().is_none() && report.url().is_none());
    assert_eq!(report.chain().count(), 2);
    let report = miette::Report::new(Diagnosed::new(HuiyanCode::NameAndIdMismatch, Locale::EN));
    assert_eq!(
        report.to_string(),
        HuiyanCode::NameAndIdMismatch.message(Locale::EN)
    );
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
        tracing::error!(error.type = %ErrorType::of(&OUT_OF_STOCK), "no order");
        tracing::error!(error.type = %ErrorType::of(&OrderError::Busy));
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
        "shop.OrderError.OUT_OF_STOCK",
        "shop.OrderError.1003",
        "tencent-huiyan.HuiyanCode.2006",
        unknown,
        unknown,
        of_megvii,
        of_megvii,
    ];
    assert_eq!(*recorded, expected);
}
