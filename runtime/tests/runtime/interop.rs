//! Integrations with other crates and standards.

use errbook::{Diagnosed, ErrorInfo, ErrorType, HttpStatus, Locale, ProblemDetails, Received};
use serde_json::json;

use crate::shop::{OrderCode, OrderError as Refused};

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
fn problem_details_follow_the_rfc() {
    let problem = ProblemDetails::new(&OUT_OF_STOCK, Locale::EN).instance("/orders/8");
    let expected = json!({
        "type": "about:blank",
        "status": 409,
        "detail": "Only 2 of A/7 are left.",
        "instance": "/orders/8",
        "vendor": "shop",
        "set": "OrderError",
        "code": 1001,
        "symbol": "OUT_OF_STOCK",
        "retry": "after-fix",
    });
    assert_eq!(serde_json::to_value(problem).unwrap(), expected);
    let problem = ProblemDetails::new(&OrderError::Busy, Locale::EN)
        .types("https://shop.example/")
        .answered_with(503);
    let expected = json!({
        "type": "https://shop.example/shop/OrderError/1003",
        "title": "Too many orders at once.",
        "status": 503,
        "detail": "Too many orders at once.",
        "vendor": "shop",
        "set": "OrderError",
        "code": 1003,
        "retry": "throttled",
        "retry_after": 30,
    });
    assert_eq!(serde_json::to_value(problem).unwrap(), expected);
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

#[test]
fn problem_details_of_a_warning_have_its_severity_and_no_failure_status() {
    let problem = ProblemDetails::new(&Checked::Photocopy, Locale::EN);
    let expected = json!({
        "type": "about:blank",
        "detail": "The card was photocopied.",
        "vendor": "shop",
        "set": "Checked",
        "code": 2001,
        "severity": "warning",
    });
    assert_eq!(serde_json::to_value(problem).unwrap(), expected);
    let problem = ProblemDetails::new(&Checked::Copying, Locale::EN);
    assert_eq!(problem.status(), Some(202));
    let json = serde_json::to_value(problem).unwrap();
    assert_eq!(json["severity"], "info");
    // The status that the vendor sends does not depend on the severity.
    assert_eq!(
        Checked::Photocopy.status_code(),
        Some(http::StatusCode::UNPROCESSABLE_ENTITY)
    );
}

#[test]
fn error_info_has_the_severity_of_warnings_and_infos() {
    let severity = |error: &dyn errbook::ErrorCode| {
        let info = ErrorInfo::new(error);
        let mut metadata = info.metadata();
        metadata
            .find(|(key, _)| *key == "severity")
            .map(|(_, value)| value.to_string())
    };
    assert_eq!(severity(&Checked::Photocopy).as_deref(), Some("warning"));
    assert_eq!(severity(&Checked::Done).as_deref(), Some("info"));
    assert_eq!(severity(&OUT_OF_STOCK), None);
}

#[test]
fn only_failures_have_an_error_type() {
    assert_eq!(ErrorType::of_failure(&Checked::Photocopy), None);
    assert_eq!(ErrorType::of_failure(&Checked::Done), None);
    assert_eq!(
        ErrorType::of_failure(&OUT_OF_STOCK),
        Some(ErrorType::of(&OUT_OF_STOCK))
    );
}

#[test]
fn the_severity_of_miette_is_that_of_the_code() {
    let severity = |error| miette::Report::new(Diagnosed::new(error, Locale::EN)).severity();
    assert_eq!(
        severity(Checked::Photocopy),
        Some(miette::Severity::Warning)
    );
    assert_eq!(severity(Checked::Copying), Some(miette::Severity::Advice));
    let report = miette::Report::new(Diagnosed::new(OUT_OF_STOCK, Locale::EN));
    assert_eq!(report.severity(), Some(miette::Severity::Error));
}

#[test]
fn error_info_follows_google() {
    let expected = json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "OUT_OF_STOCK",
        "domain": "shop",
        "metadata": {
            "code": "1001",
            "set": "OrderError",
            "symbol": "OUT_OF_STOCK",
            "billing": "free",
            "retry": "after-fix",
        },
    });
    assert_eq!(
        serde_json::to_value(ErrorInfo::new(&OUT_OF_STOCK)).unwrap(),
        expected
    );
}

#[test]
fn the_language_of_a_request_is_negotiated() {
    let answers = [Locale::ZH_CN, Locale::EN];
    let cases = [
        ("en", Some("en")),
        ("de-AT, en-GB;q=0.8, zh;q=0.9", Some("zh-CN")),
        ("fr;q=0.9, zh-Hant-TW;q=0.5", Some("zh-CN")),
        ("en;q=0, zh-CN", Some("zh-CN")),
        ("en;q=0", None),
        ("zh;q=0.5,en;q=0.5", Some("zh-CN")),
        ("fr, *;q=0.1", Some("zh-CN")),
        ("fr", None),
        ("", None),
        (";;,,q=;en-;q=x", None),
    ];
    for (header, expected) in cases {
        let found = Locale::accepted(header, &answers).map(|locale| locale.to_string());
        assert_eq!(found.as_deref(), expected, "{header}");
    }
    assert_eq!(Locale::accepted("*", &[]), None);
}

#[test]
fn locales_convert_to_icu_and_unic() {
    for tag in [
        "en",
        "zh-CN",
        "zh-Hant-TW",
        "es-419",
        "kok-Deva-IN",
        "sr-Latn",
    ] {
        let locale = Locale::parse(tag).unwrap();
        let icu: icu_locale_core::LanguageIdentifier = locale.into();
        let unic: unic_langid::LanguageIdentifier = locale.into();
        assert_eq!(
            (icu.to_string(), unic.to_string()),
            (tag.to_owned(), tag.to_owned())
        );
        assert_eq!(Locale::try_from(&icu), Ok(locale));
        assert_eq!(Locale::try_from(&unic), Ok(locale));
    }
    let icu: icu_locale_core::Locale = "de-AT-1996-u-co-phonebk".parse().unwrap();
    assert_eq!(
        Locale::try_from(&icu)
            .map(|locale| locale.to_string())
            .as_deref(),
        Ok("de-AT")
    );
    let long: unic_langid::LanguageIdentifier = "sinhala".parse().unwrap();
    assert!(Locale::try_from(&long).is_err());
}

#[test]
fn errors_have_an_http_status() {
    assert_eq!(OUT_OF_STOCK.status_code(), Some(http::StatusCode::CONFLICT));
    assert_eq!(OrderError::Busy.status_code(), None);
    for suggested in [http::StatusCode::FOUND, http::StatusCode::NOT_FOUND] {
        assert_eq!(OUT_OF_STOCK.answer_status(suggested), suggested);
    }
    let answered = Checked::Photocopy.answer_status(http::StatusCode::NOT_FOUND);
    assert_eq!(answered, http::StatusCode::OK);
}

#[test]
fn a_warning_is_not_answered_with_a_failure() {
    let status = |error, suggested| {
        ProblemDetails::new(error, Locale::EN)
            .answered_with(suggested)
            .status()
    };
    assert_eq!(status(&Checked::Photocopy, 422), Some(200));
    assert_eq!(status(&Checked::Copying, 202), Some(202));
    assert_eq!(status(&OUT_OF_STOCK, 422), Some(422));
}

#[test]
fn problem_details_can_be_read_one_by_one() {
    let problem = ProblemDetails::new(&OUT_OF_STOCK, Locale::EN);
    assert_eq!(
        (problem.status(), problem.instance_uri()),
        (Some(409), None)
    );
    assert_eq!(problem.detail(), "Only 2 of A/7 are left.");
    assert!(problem.title().is_none());
    let problem = problem.types("https://shop.example/").instance("/orders/8");
    assert_eq!(problem.instance_uri(), Some("/orders/8"));
    // A title does not depend on the occurrence.
    assert!(problem.title().is_none());
    assert_eq!(
        problem.type_uri().to_string(),
        "https://shop.example/shop/OrderError/1001/OUT_OF_STOCK"
    );
    let busy = ProblemDetails::new(&OrderError::Busy, Locale::EN).types("#");
    assert_eq!(busy.title().unwrap(), "Too many orders at once.");
    assert_eq!(busy.type_uri().to_string(), "#shop/OrderError/1003");
}

#[test]
fn a_type_is_a_valid_uri_for_any_symbol() {
    let uri = ProblemDetails::new(&Refused::MissingField, Locale::EN)
        .types("https://x.example/")
        .type_uri()
        .to_string();
    assert_eq!(
        uri,
        "https://x.example/shop/OrderError/400/MISSING_FIELD%3A%3Cfield%3E"
    );
    assert!(uri.parse::<http::Uri>().is_ok());
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "shop")]
enum Named {
    #[error_code(-7, message = "x")]
    Negative,
    #[error_code(-8, message = "x", symbol = "a.bigCrash--9b c!")]
    Odd,
    #[error_code(-9, message = "x", symbol = "_.http2Error")]
    Begin,
}

#[test]
fn a_reason_is_in_upper_snake_case() {
    let reason = |error| ErrorInfo::new(error).reason().to_string();
    assert_eq!(reason(&OrderError::Busy), "ORDER_ERROR_1003");
    assert_eq!(reason(&Named::Negative), "NAMED_NEG_7");
    assert_eq!(reason(&Named::Odd), "A_BIG_CRASH_9B_C");
    assert_eq!(reason(&Named::Begin), "HTTP2ERROR");
    assert_eq!(reason(&Refused::MissingField), "MISSING_FIELD_FIELD");
}

#[test]
fn error_info_has_what_clients_can_act_on() {
    let all = |error| -> Vec<String> {
        let info = ErrorInfo::new(error);
        info.metadata()
            .map(|(key, value)| format!("{key}={value}"))
            .collect()
    };
    assert_eq!(
        all(&OrderError::Busy),
        [
            "code=1003",
            "set=OrderError",
            "retry=throttled",
            "retry_after=30"
        ]
    );
    assert_eq!(ErrorInfo::new(&OrderError::Busy).domain(), "shop");
}

#[test]
fn an_error_type_has_one_value_per_code() {
    assert_eq!(
        ErrorType::of(&OUT_OF_STOCK).to_string(),
        "shop.OrderError.OUT_OF_STOCK"
    );
    assert_eq!(
        ErrorType::of(&OrderError::Busy).to_string(),
        "shop.OrderError.1003"
    );
    let of = |code: i64| {
        let received: Received<OrderCode, &str> = Received::from(code);
        ErrorType::of_received(&received).to_string()
    };
    assert_eq!(of(1003), "shop.OrderCode.BUSY");
    assert_eq!(of(1000), "shop.OrderCode.1000");
    assert_eq!((of(7), of(8)), (of(9), "shop.OrderCode._OTHER".to_owned()));
    for symbol in ["MISSING_FIELD:a", "MISSING_FIELD:b"] {
        let received: Received<Refused, &str> = Received::from_code_and_symbol(400, symbol);
        let name = ErrorType::of_received(&received).to_string();
        assert_eq!(name, "shop.OrderError.MISSING_FIELD:<field>");
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
    let bank = Diagnosed::new(OrderError::Bank(std::fmt::Error), Locale::EN);
    let report = miette::Report::new(bank);
    assert!(report.help().is_none() && report.url().is_none());
    assert_eq!(report.chain().count(), 2);
    let code = Diagnosed::new(OrderCode::Accepted, Locale::DE);
    assert_eq!(code.to_string(), OrderCode::Accepted.message(Locale::DE));
    assert_eq!(
        miette::Diagnostic::code(&code).unwrap().to_string(),
        "shop::1000"
    );
    assert_eq!(code.into_inner(), OrderCode::Accepted);
}
