//! A URL in, the bytes of the document there out: over HTTP, within limits of time, size and
//! redirects, and never from inside the network unless a person allows it.

mod address;
mod ending;
mod target;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use ureq::http::{Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use crate::fetch::address::{Allowed, CheckedResolver, PrivateAddress};
use crate::fetch::target::Target;

/// The largest document that is read.
const LARGEST: u64 = errbook_ingest::LARGEST as u64;

/// How many redirects are followed: from http to https, to another host, to a language, and two
/// more.
const MOST_REDIRECTS: usize = 5;

/// The part of what a server says that is shown in a message.
const SHOWN: usize = 200;

/// How a document is downloaded.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The time for everything: names, redirects, and the whole document.
    pub time: Duration,
    /// The hosts that may have an address inside the network.
    pub private_hosts: Vec<String>,
}

/// What a server said about an edition of a document: it is asked to send another one only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The header `ETag`.
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A document as a server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The extension of its kind of file, if it is certain: from its first bytes, its
    /// `Content-Type` or its URL.
    pub extension: Option<String>,
    /// The encoding of its text, if the `Content-Type` has one.
    pub charset: Option<String>,
    /// How to ask for the next edition.
    pub validators: Validators,
}

/// Why a document was not downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Downloads a document; `None` if it is still the one that `known` belongs to.
///
/// # Errors
///
/// The URL is not one that is downloaded, there is no answer within the limits, or the answer is
/// not a document.
pub fn fetch(url: &str, known: &Validators, limits: &Limits) -> Result<Option<Download>, Refusal> {
    let end = Instant::now() + limits.time;
    let mut target = Target::parse(url)?;
    for _ in 0..=MOST_REDIRECTS {
        let response = request(&target, known, limits, end)
            .map_err(|error| explain_error(&error, &target, limits))?;
        let status = response.status();
        match status {
            StatusCode::OK => return read(response, &target, limits).map(Some),
            StatusCode::NOT_MODIFIED if *known != Validators::default() => return Ok(None),
            _ if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
                target = follow(&response, &target)?;
            }
            _ => return Err(explain_status(status)),
        }
    }
    Err(Refusal::new(
        format!("more than {MOST_REDIRECTS} redirects"),
        "open the URL in a browser, and write the final URL into the overlay",
    ))
}

fn request(
    target: &Target,
    known: &Validators,
    limits: &Limits,
    end: Instant,
) -> Result<Response<Body>, ureq::Error> {
    let allowed = Allowed(limits.private_hosts.clone());
    // Behind a proxy nothing is resolved here.
    if let Some(address) = target.address() {
        let checked = allowed.check(target.host(), address);
        checked.map_err(|private| ureq::Error::Other(Box::new(private)))?;
    }
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ureq::Error::Timeout(ureq::Timeout::Global));
    }
    let config = Config::builder()
        .timeout_global(Some(left))
        // Each redirect is checked like the first URL.
        .max_redirects(0)
        .http_status_as_error(false)
        .accept_encoding("identity")
        .user_agent(concat!("errbook/", env!("CARGO_PKG_VERSION")));
    let config = if target.is_https() {
        config.tls_config(tls_config()?)
    } else {
        config
    };
    let resolver = CheckedResolver {
        allowed,
        system: DefaultResolver::default(),
    };
    let agent = Agent::with_parts(config.build(), DefaultConnector::default(), resolver);
    let mut request = agent.get(target.uri());
    let headers = [
        (IF_NONE_MATCH, &known.etag),
        (IF_MODIFIED_SINCE, &known.last_modified),
    ];
    for (name, value) in headers {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    request.call()
}

/// TLS with the root certificates of this machine, so that those of a company count.
fn tls_config() -> Result<TlsConfig, ureq::Error> {
    static ROOTS: OnceLock<Arc<Vec<Certificate<'static>>>> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs().certs;
        let roots = found
            .iter()
            .map(|root| Certificate::from_der(root).to_owned());
        Arc::new(roots.collect())
    });
    if roots.is_empty() {
        return Err(ureq::Error::Tls("this machine has no root certificates"));
    }
    let provider = rustls::crypto::ring::default_provider();
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::clone(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(provider))
        .build())
}

fn follow(response: &Response<Body>, target: &Target) -> Result<Target, Refusal> {
    let Some(location) = header(response, &LOCATION) else {
        return Err(explain_status(response.status()));
    };
    let refuse = |why: &str| {
        Refusal::new(
            format!("redirected to {}: {why}", quoted(&location)),
            "open the URL in a browser, and correct `url`",
        )
    };
    let next = target
        .join(&location)
        .map_err(|refusal| refuse(&refusal.message))?;
    // Without encryption, anybody in between could change the document.
    if target.is_https() && !next.is_https() {
        return Err(refuse("a redirect must not lead from https to http"));
    }
    Ok(next)
}

fn read(
    mut response: Response<Body>,
    target: &Target,
    limits: &Limits,
) -> Result<Download, Refusal> {
    let compressed = header(&response, &CONTENT_ENCODING)
        .filter(|encoding| !encoding.trim().eq_ignore_ascii_case("identity"));
    if let Some(encoding) = compressed {
        return Err(Refusal::new(
            format!(
                "the server sent a compressed document ({}), which was not requested",
                quoted(&encoding)
            ),
            BY_HAND,
        ));
    }
    let length = header(&response, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST) {
        return Err(too_large());
    }
    let body = response.body_mut().with_config().limit(LARGEST);
    let bytes = match body.read_to_vec() {
        Ok(bytes) => bytes,
        Err(ureq::Error::BodyExceedsLimit(_)) => return Err(too_large()),
        Err(error) => return Err(explain_error(&error, target, limits)),
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::new(
            "the server sent an empty document",
            "open the URL in a browser, and correct `url` if it is not that of the document",
        ));
    }
    let content_type = header(&response, &CONTENT_TYPE).unwrap_or_default();
    Ok(Download {
        extension: ending::extension(&content_type, target.extension(), &bytes)?,
        charset: ending::charset(&content_type),
        validators: Validators {
            etag: header(&response, &ETAG),
            last_modified: header(&response, &LAST_MODIFIED),
        },
        bytes,
    })
}

fn header(response: &Response<Body>, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    // A redirect to a path with letters outside of ASCII is often not escaped.
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// What a server said, on one line and not as markup.
fn quoted(text: &str) -> String {
    let is_plain = |c: &char| !c.is_control() && *c != '`';
    format!(
        "`{}`",
        text.chars()
            .filter(is_plain)
            .take(SHOWN)
            .collect::<String>()
    )
}

/// The help where only a person with a browser gets further.
const BY_HAND: &str = "download it with a browser, and pass the file to `update`";

fn too_large() -> Refusal {
    Refusal::new(
        format!("the document is larger than {} MB", LARGEST >> 20),
        "correct `url` if it is not that of a list of error codes; else download it, and pass \
         only the part with the codes to `update`",
    )
}

fn explain_status(status: StatusCode) -> Refusal {
    let help = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the server wants a login, or refuses programs: download it with a browser, and pass \
             the file to `update`"
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            "look where the vendor publishes the document now, and correct `url`"
        }
        StatusCode::TOO_MANY_REQUESTS => "try again later",
        status if status.is_server_error() => "try again later",
        _ => "open the URL in a browser, and correct `url`",
    };
    let reason = status.canonical_reason().unwrap_or_default();
    let message = format!("the server answered {} {reason}", status.as_u16());
    Refusal::new(message.trim_end(), help)
}

fn explain_error(error: &ureq::Error, target: &Target, limits: &Limits) -> Refusal {
    const CONNECTION: &str = "check the network and the proxy, and correct `url` if the host is \
                              not the vendor's";
    let host = target.host();
    match error {
        ureq::Error::Other(inner) if inner.is::<PrivateAddress>() => Refusal::new(
            inner.to_string(),
            format!("if the document is there, pass `--allow-private {host}`"),
        ),
        ureq::Error::Timeout(_) => Refusal::new(
            format!("timed out after {} s", limits.time.as_secs_f32()),
            "try again later, or download it with a browser, and pass the file to `update`",
        ),
        ureq::Error::HostNotFound => {
            Refusal::new(format!("the host `{host}` was not found"), CONNECTION)
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => tls_failure(host, &error.to_string()),
        ureq::Error::Io(inner) => match inner.get_ref() {
            Some(cause) if cause.is::<rustls::Error>() => tls_failure(host, &cause.to_string()),
            _ => Refusal::new(
                format!("the connection to `{host}` failed: {inner}"),
                CONNECTION,
            ),
        },
        other => Refusal::new(
            format!(
                "the answer of `{host}` cannot be read: {}",
                quoted(&other.to_string())
            ),
            BY_HAND,
        ),
    }
}

fn tls_failure(host: &str, reason: &str) -> Refusal {
    Refusal::new(
        format!("the TLS connection to `{host}` failed: {reason}"),
        "check the clock and the root certificates of this machine (`SSL_CERT_FILE` names others), \
         and the certificate of the server",
    )
}
