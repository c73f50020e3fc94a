//! An HTTP service whose error type wraps the codes of two vendors; it answers with RFC 9457 in the
//! caller's language.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use errbook_codes::Kind;
use errbook_codes::errbook::{self, ErrorType, Locale, ProblemDetails, Received};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::FaceCode;

/// Why a sign-up failed. The service's own codes are declared here; the vendors' codes come from
/// the registry.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(crate = errbook_codes::errbook, vendor = "sign-up", kinds = Kind)]
pub enum SignUpError {
    /// The name is taken.
    #[error_code(
        1,
        symbol = "NAME_TAKEN",
        message(en = "The name <name> is taken.", "zh-CN" = "用户名 <name> 已被占用"),
        kind = "invalid-argument",
        retry = "after-fix",
        http = 409
    )]
    NameTaken {
        /// The name.
        name: String,
    },
    /// The answer of the vendor that checks names and ID numbers, known or unknown.
    #[error_code(transparent)]
    Identity(#[from] Received<HuiyanCode>),
    /// The answer of the vendor that checks faces.
    #[error_code(transparent)]
    Face(#[from] Received<FaceCode>),
}

impl SignUpError {
    /// The HTTP status to answer with: the error's own, or else that of its kind. A warning is not a
    /// failure.
    fn status(&self) -> StatusCode {
        let status = self
            .http_status()
            .unwrap_or_else(|| self.kind().http_answer());
        let status = self.severity().http_answer(status);
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An error with the language in which the client wants to read it.
struct Answered {
    error: SignUpError,
    locale: Locale,
}

impl IntoResponse for Answered {
    fn into_response(self) -> Response {
        // One label for each code, not for each request: `error.type` must have few values.
        eprintln!("error.type={}", ErrorType::of(&self.error));
        let status = self.error.status();
        let problem = ProblemDetails::new(&self.error, self.locale)
            .types("https://sign-up.example/problems/")
            .answered_with(status.as_u16());
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let headers = [
            (CONTENT_TYPE, "application/problem+json".to_owned()),
            (CONTENT_LANGUAGE, self.locale.to_string()),
        ];
        (status, headers, body).into_response()
    }
}

/// The languages of this service; the first is the fallback.
const LANGUAGES: [Locale; 2] = [Locale::EN, Locale::ZH_CN];

fn locale(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok());
    header
        .and_then(|header| Locale::accepted(header, &LANGUAGES))
        .unwrap_or(LANGUAGES[0])
}

async fn sign_up(Path(name): Path<String>, headers: HeaderMap) -> Result<String, Answered> {
    verify(&name).map_err(|error| Answered {
        error,
        locale: locale(&headers),
    })
}

/// Simulates the calls to the two vendors.
fn verify(name: &str) -> Result<String, SignUpError> {
    let (identity, face): (i64, i64) = match name {
        "Ann" => {
            return Err(SignUpError::NameTaken {
                name: name.to_owned(),
            });
        }
        "Bob" => (2006, 0),
        "Cleo" => (0, -5007),
        "Dan" => (31337, 0),
        _ => (0, 0),
    };
    let identity = Received::<HuiyanCode>::from(identity);
    let face = Received::<FaceCode>::from(face);
    match (identity.is_success(), face.is_success()) {
        (false, _) => Err(identity.into()),
        (true, false) => Err(face.into()),
        (true, true) => Ok(format!("welcome, {name}")),
    }
}

/// The service.
pub fn service() -> Router {
    Router::new().route("/sign-up/{name}", get(sign_up))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (name, language) in [
        ("Ann", "de, zh;q=0.5"),
        ("Bob", "en-GB"),
        ("Cleo", "zh-Hans"),
        ("Dan", "fr"),
        ("Eve", "en"),
    ] {
        let (status, body) = ask(name, language).await;
        println!("{name} ({language}): {status} {body}");
    }
}

/// Sends a request to the service in memory, without a network.
async fn ask(name: &str, language: &str) -> (StatusCode, String) {
    use tower::ServiceExt;
    let request =
        axum::http::Request::get(format!("/sign-up/{name}")).header(ACCEPT_LANGUAGE, language);
    let request = request
        .body(axum::body::Body::empty())
        .expect("the path is valid");
    let response = service()
        .oneshot(request)
        .await
        .expect("a router always answers");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap_or_default();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{StatusCode, ask};

    async fn problem(name: &str, language: &str) -> (u16, serde_json::Value) {
        let (status, body) = ask(name, language).await;
        (
            status.as_u16(),
            serde_json::from_str(&body).expect("a problem is JSON"),
        )
    }

    #[tokio::test]
    async fn clients_are_answered_in_their_language() {
        let (status, body) = problem("Ann", "de, zh;q=0.5").await;
        assert_eq!(
            (status, body["detail"].as_str()),
            (409, Some("用户名 Ann 已被占用"))
        );
        assert_eq!(
            body["type"],
            "https://sign-up.example/problems/sign-up/SignUpError/1/NAME_TAKEN"
        );
        let (status, body) = problem("Bob", "en-GB").await;
        assert_eq!(
            (status, body["code"].as_i64(), body["vendor"].as_str()),
            (422, Some(2006), Some("tencent-huiyan"))
        );
        assert_eq!(
            body["detail"],
            "The name and the ID number do not match. Please check them and try again."
        );
        let (status, body) = problem("Cleo", "zh-Hans").await;
        assert_eq!(
            (status, body["detail"].as_str()),
            (422, Some("视频没有声音或声音太小"))
        );
        let (status, body) = problem("Dan", "fr").await;
        assert_eq!(
            (status, body["detail"].as_str()),
            (502, Some("unknown code 31337"))
        );
        assert_eq!(
            (body["vendor"].as_str(), body["code"].as_i64()),
            (Some("tencent-huiyan"), Some(31337))
        );
        assert_eq!(
            ask("Eve", "en").await,
            (StatusCode::OK, "welcome, Eve".to_owned())
        );
    }
}
