//! What clients read, in which language, and what is only in the log.

use std::fmt::Write;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::http::Method;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

async fn ask(method: Method, path: &str, languages: &str) -> Answer {
    LazyLock::force(&LOG);
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(ACCEPT_LANGUAGE, languages)
        .body(Body::empty())
        .expect("the path is valid");
    let response = service()
        .oneshot(request)
        .await
        .expect("a router always answers");
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let bytes = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("the body is in memory");
    let body = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned().into());
    Answer {
        status,
        headers,
        body,
    }
}

#[tokio::test]
async fn a_client_gets_problem_details_in_its_language() {
    let answer = ask(
        Method::GET,
        "/books/9780000000009",
        "fr, de;q=0.8, en;q=0.5",
    )
    .await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.headers[CONTENT_TYPE], "application/problem+json");
    assert_eq!(answer.headers[CONTENT_LANGUAGE], "de");
    let expected = json!({
        "type": "https://library.example/problems/library/ServiceError/book-not-found",
        "status": 404,
        "detail": "Es gibt kein Buch mit der Nummer 9780000000009.",
        "instance": "/books/9780000000009",
        "vendor": "library",
        "set": "ServiceError",
        "code": "book-not-found",
        "retry": "never",
    });
    assert_eq!(answer.body, expected);
    let answer = ask(Method::GET, "/books/1", "de-AT").await;
    assert_eq!(
        answer.body["detail"],
        "Das Feld isbn ist ungültig: es braucht 13 Ziffern."
    );
    let answer = ask(Method::GET, "/books/1", "ja").await;
    assert_eq!(
        answer.body["detail"],
        "The field isbn is invalid: it needs 13 digits."
    );
    assert_eq!(
        ask(Method::GET, "/books/9780000000001", "de").await.body,
        "A Book"
    );
}

#[tokio::test]
async fn errors_of_a_database_become_errors_of_the_service() {
    let answer = ask(Method::GET, "/books/9780000000002", "en").await;
    assert_eq!(
        (answer.status, &answer.headers[RETRY_AFTER]),
        (503, &HeaderValue::from(30))
    );
    let answer = ask(Method::POST, "/books/9780000000004/loan", "de").await;
    assert_eq!(answer.status, 409);
    assert_eq!(
        answer.body["detail"],
        "Jemand anderes hat dieses Buch gerade ausgeliehen."
    );
}

#[tokio::test]
async fn what_another_service_answered_is_passed_on_with_the_status_of_its_kind() {
    let answer = ask(Method::POST, "/payments/17", "de").await;
    assert_eq!((answer.status, &answer.body["code"]), (409, &json!(17)));
    assert_eq!(answer.body["vendor"], "payments");
    assert_eq!(answer.body["detail"], "Die Karte wurde abgelehnt.");
    let unknown = ask(Method::POST, "/payments/31337", "de").await;
    assert_eq!(
        (unknown.status, &unknown.body["code"]),
        (502, &json!(31337))
    );
    assert_eq!(ask(Method::POST, "/payments/0", "de").await.status, 200);
}

/// The log of all tests. It is there before the first request: a log that begins while another test
/// logs for the first time would miss such events for good.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).expect("there is no other log");
    log
});

#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        event.record(
            &mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                let _ = write!(log, "{field}={value:?} ");
            },
        );
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn what_clients_may_not_read_is_only_in_the_log() {
    let answer = ask(Method::GET, "/books/9780000000003", "en").await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.body["detail"], "Something went wrong on our side.");
    assert!(
        !answer.body.to_string().contains("password"),
        "{}",
        answer.body
    );
    let log = LOG
        .0
        .lock()
        .map(|log| log.clone())
        .expect("no test panicked with it");
    assert!(
        log.contains("error.type=library.ServiceError.internal"),
        "{log}"
    );
    assert!(log.contains("password authentication failed"), "{log}");
    assert!(
        log.contains("library/ServiceError/internal: Something went wrong"),
        "{log}"
    );
    let full = ask(Method::POST, "/books/9780000000005/loan", "en").await;
    assert!(!full.body.to_string().contains("/var/lib"), "{}", full.body);
}
