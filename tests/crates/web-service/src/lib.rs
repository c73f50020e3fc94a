//! The error of a web service: handlers return it with `?`, clients get RFC 9457 in their language,
//! and the log has what clients may not read.

#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

mod database;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use errbook::{ErrorType, HttpStatus, Locale, ProblemDetails, Received};

pub use crate::database::DatabaseError;

errbook::include_spec! { "src/kinds.toml" }

impl errbook::UnknownKind for Kind {
    const UNKNOWN: Self = Self::Unknown;
}

errbook::include_spec! { "src/payment.toml", kinds = Kind }

/// Whatever a handler returns instead of its answer.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "library", kinds = Kind)]
#[non_exhaustive]
pub enum ServiceError {
    /// There is no such book.
    #[error_code(
        "book-not-found",
        message(
            en = "There is no book with the number <isbn>.",
            de = "Es gibt kein Buch mit der Nummer <isbn>."
        ),
        kind = "not-found",
        retry = "never"
    )]
    BookNotFound {
        /// The number.
        isbn: String,
    },
    /// A part of the request is invalid.
    #[error_code(
        "invalid-field",
        message(
            en = "The field <field> is invalid: <reason>.",
            de = "Das Feld <field> ist ungültig: <reason>."
        ),
        kind = "invalid",
        retry = "after-fix"
    )]
    InvalidField {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: FieldProblem,
    },
    /// The book is lent already.
    #[error_code(
        "already-lent",
        message(
            en = "Somebody else has just borrowed this book.",
            de = "Jemand anderes hat dieses Buch gerade ausgeliehen."
        ),
        kind = "conflict",
        retry = "after-user-action"
    )]
    AlreadyLent,
    /// The database has too much to do.
    #[error_code(
        "busy",
        message(
            en = "Please try again in a minute.",
            de = "Bitte versuche es gleich noch einmal."
        ),
        kind = "busy",
        retry = "backoff",
        retry_after = 30
    )]
    Busy(#[source] DatabaseError),
    /// The service failed. The message does not name the source, so that clients do not read it.
    #[error_code(
        "internal",
        message(
            en = "Something went wrong on our side.",
            de = "Bei uns ist etwas schiefgegangen."
        ),
        kind = "internal",
        retry = "backoff"
    )]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer of the payment service, known or unknown.
    #[error_code(transparent)]
    Payment(#[from] Received<PaymentCode>),
}

/// What is wrong with a field. It is an error with a code itself, so it is written in the language
/// of the message around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, errbook::ErrorCode)]
#[error_code(vendor = "library")]
#[non_exhaustive]
pub enum FieldProblem {
    /// It has the wrong number of digits.
    #[error_code(
        "digits",
        message(en = "it needs 13 digits", de = "es braucht 13 Ziffern")
    )]
    Digits,
    /// It is empty.
    #[error_code("empty", message(en = "it is empty", de = "es ist leer"))]
    Empty,
}

/// Each error of the database becomes one that clients understand, in one place.
impl From<DatabaseError> for ServiceError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::PoolTimedOut => Self::Busy(error),
            DatabaseError::UniqueViolation {
                constraint: "one_loan_per_book",
            } => Self::AlreadyLent,
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<io::Error> for ServiceError {
    fn from(error: io::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl ServiceError {
    /// The status to answer with: that of the kind, because the status of another service's code is
    /// what that service answered to us. A warning or an info is not a failure.
    fn status(&self) -> StatusCode {
        let suggested = StatusCode::from_u16(self.kind().http_answer());
        self.answer_status(suggested.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// Logs the code, and everything that clients may not read.
    fn log(&self) {
        let mut sources = Vec::new();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            sources.push(error.to_string());
            source = error.source();
        }
        tracing::error!(
            error.r#type = %ErrorType::of(self),
            sources = sources.join(": "),
            "{self:#}"
        );
    }
}

/// `into_response` does not see the request, so it cannot know the client's language. It puts the
/// error into the response, and [`describe_errors`], which sees both, writes the body.
impl IntoResponse for ServiceError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The languages of this service; the first is the fallback.
const LANGUAGES: [Locale; 2] = [Locale::EN, Locale::DE];

fn locale(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok());
    let accepted = header.and_then(|header| Locale::accepted(header, &LANGUAGES));
    accepted.unwrap_or(LANGUAGES[0])
}

/// Writes the body of each response that is an error, in the language of the request.
async fn describe_errors(request: Request, next: Next) -> Response {
    let locale = locale(request.headers());
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<Arc<ServiceError>>() else {
        return response;
    };
    error.log();
    let problem = ProblemDetails::new(&*error, locale)
        .types("https://library.example/problems/")
        .answered_with(response.status().as_u16())
        .instance(&path);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    *response.body_mut() = body.into();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(VARY, HeaderValue::from_static("accept-language"));
    if let Ok(language) = HeaderValue::from_str(&locale.to_string()) {
        headers.insert(CONTENT_LANGUAGE, language);
    }
    if let Some(delay) = error.retry_after() {
        headers.insert(RETRY_AFTER, delay.as_secs().into());
    }
    response
}

/// Simulates a query.
fn find_book(isbn: &str) -> Result<String, DatabaseError> {
    match isbn {
        "9780000000001" => Ok("A Book".to_owned()),
        "9780000000002" => Err(DatabaseError::PoolTimedOut),
        "9780000000003" => Err(DatabaseError::Protocol(
            "password authentication failed for user \"library\"".to_owned(),
        )),
        _ => Err(DatabaseError::RowNotFound),
    }
}

async fn show_book(Path(isbn): Path<String>) -> Result<String, ServiceError> {
    if isbn.len() != 13 {
        return Err(ServiceError::InvalidField {
            field: "isbn",
            reason: FieldProblem::Digits,
        });
    }
    match find_book(&isbn) {
        // Only this handler knows which book was asked for.
        Err(DatabaseError::RowNotFound) => Err(ServiceError::BookNotFound { isbn }),
        found => Ok(found?),
    }
}

async fn lend_book(Path(isbn): Path<String>) -> Result<String, ServiceError> {
    if isbn == "9780000000004" {
        let constraint = "one_loan_per_book";
        return Err(DatabaseError::UniqueViolation { constraint }.into());
    }
    if isbn == "9780000000005" {
        return Err(io::Error::other("/var/lib/library: no space left").into());
    }
    Ok(find_book(&isbn)?)
}

async fn pay(Path(answer): Path<i32>) -> Result<String, ServiceError> {
    let code = Received::<PaymentCode>::from(answer);
    if code.is_success() {
        return Ok("paid".to_owned());
    }
    Err(code.into())
}

/// The service.
pub fn service() -> Router {
    Router::new()
        .route("/books/{isbn}", get(show_book))
        .route("/books/{isbn}/loan", post(lend_book))
        .route("/payments/{answer}", post(pay))
        .layer(middleware::from_fn(describe_errors))
}

#[cfg(test)]
mod tests;
