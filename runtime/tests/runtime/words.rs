//! The classes of codes: what they mean, their names, and totals.

use errbook::{Bill, Billing, Class, GrpcCode, ParseNameError, Retry, Severity};

#[test]
fn every_name_is_printed_as_it_is_parsed() {
    macro_rules! check {
        ($($class:ident: $($name:literal)+;)+) => {$(
            let names = [$($name),+];
            assert_eq!($class::ALL.map($class::as_str), names);
            for (value, name) in $class::ALL.into_iter().zip(names) {
                assert_eq!(value.to_string(), name);
                assert_eq!(format!("{value:>20}"), format!("{name:>20}"));
                assert_eq!(name.parse(), Ok(value));
            }
        )+};
    }
    check! {
        Billing: "billed" "free" "unspecified";
        Severity: "error" "warning" "info";
        Retry: "never" "after-fix" "after-user-action" "backoff" "throttled" "contact-vendor"
            "unspecified";
    }
    assert_eq!(
        GrpcCode::ALL.map(GrpcCode::as_i32)[..],
        (0..17).collect::<Vec<_>>()
    );
    assert_eq!(i32::from(GrpcCode::Unauthenticated), 16);
    for code in GrpcCode::ALL {
        assert_eq!(code.as_str().parse(), Ok(code));
        assert_eq!(code.to_string(), code.as_str());
    }
    assert_eq!(GrpcCode::NotFound.as_str(), "NOT_FOUND");
}

#[test]
fn an_unknown_name_is_an_error_that_lists_the_names() {
    let error: ParseNameError = "Free".parse::<Billing>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown billing class: expected `billed`, `free` or `unspecified`"
    );
}

#[test]
fn only_what_was_charged_is_billed() {
    let all = Billing::ALL;
    assert_eq!(all.map(Billing::is_billed), [true, false, false]);
    assert_eq!(all.map(Billing::is_free), [false, true, false]);
    let bill: Bill = [0, 0, 0, 1, 1, 2]
        .into_iter()
        .map(|at: usize| all[at])
        .sum();
    assert_eq!((bill.billed, bill.free, bill.unspecified), (3, 2, 1));
    assert_eq!(bill.to_string(), "3 billed, 2 free, 1 unspecified");
}

#[test]
fn only_transient_failures_are_retried_automatically() {
    let automatic = Retry::ALL.into_iter().filter(|retry| retry.is_automatic());
    assert_eq!(
        automatic.collect::<Vec<_>>(),
        [Retry::Backoff, Retry::Throttled]
    );
}

#[test]
fn only_errors_are_answered_with_a_failure() {
    assert_eq!(
        Severity::ALL.map(Severity::is_failure),
        [true, false, false]
    );
    for (severity, answers) in [
        (Severity::Error, [302, 399, 400, 503]),
        (Severity::Warning, [302, 399, 200, 200]),
        (Severity::Info, [302, 399, 200, 200]),
    ] {
        assert_eq!(
            [302, 399, 400, 503].map(|status| severity.http_answer(status)),
            answers
        );
    }
    assert_eq!(
        Severity::ALL.map(|severity| severity.grpc(GrpcCode::NotFound)),
        [GrpcCode::NotFound, GrpcCode::Ok, GrpcCode::Ok]
    );
}

#[test]
fn a_class_is_an_error_unless_it_says_otherwise() {
    let class = Class::new(Billing::Free, Retry::Never);
    assert_eq!((class.billing, class.retry), (Billing::Free, Retry::Never));
    assert_eq!(class.severity, Severity::Error);
    let warning = class.with_severity(Severity::Warning);
    assert_eq!(
        (warning.billing, warning.retry),
        (Billing::Free, Retry::Never)
    );
    assert_eq!(warning.severity, Severity::Warning);
}
