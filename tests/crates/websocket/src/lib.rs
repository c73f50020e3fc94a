//! The errors of a WebSocket client, in the shape of those that clients have: one enum around five
//! others, of which some wrap errors of other crates, and the codes that a peer sends when it
//! closes.

#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

use std::fmt;
use std::io;

use errbook::Received;

errbook::include_spec! { "close.toml" }

/// Whatever a call of the client returns instead of its result.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "websocket")]
#[non_exhaustive]
pub enum Error {
    /// The connection was closed as both sides wanted. A reader loop ends with it.
    #[error_code(
        "connection-closed",
        message = "The connection was closed.",
        severity = "info"
    )]
    ConnectionClosed,
    /// The program goes on after the connection was closed: a bug of the program.
    #[error_code(
        "already-closed",
        message = "The connection was already closed.",
        retry = "never"
    )]
    AlreadyClosed,
    /// The peer closed the connection for a reason, which this version may not know.
    #[error_code(transparent)]
    Closed(#[from] Received<CloseCode>),
    /// The connection broke.
    #[error_code("io", message = "The connection broke: <_0>.", retry = "backoff")]
    Io(#[from] io::Error),
    /// The encrypted connection could not be established.
    #[error_code(transparent)]
    Tls(#[from] TlsError),
    /// A limit was exceeded.
    #[error_code(transparent)]
    Capacity(#[from] CapacityError),
    /// The peer violates the protocol.
    #[error_code(transparent)]
    Protocol(#[from] ProtocolError),
    /// Messages are written faster than the network takes them. The message is given back.
    #[error_code(
        "write-buffer-full",
        message = "The buffer for writing is full.",
        retry = "backoff"
    )]
    WriteBufferFull(Box<Message>),
    /// A text message was not UTF-8.
    #[error_code("utf8", message = "A text message is not UTF-8: <_0>.")]
    Utf8(#[from] std::str::Utf8Error),
    /// The address cannot be connected to.
    #[error_code(transparent)]
    Url(#[from] UrlError),
    /// The server answered the handshake with something else than an upgrade.
    #[error_code("http", message = "The server answered <_0> instead of an upgrade.")]
    Http(Box<Rejection>),
    /// The request of the handshake is not valid HTTP.
    #[error_code(
        "http-format",
        message = "The request is not valid HTTP: <_0>.",
        retry = "after-fix"
    )]
    HttpFormat(#[from] http::Error),
}

/// Several types of errors become one variant: `#[from]` is for one of them, and the others are
/// converted to it.
impl From<http::header::InvalidHeaderValue> for Error {
    fn from(error: http::header::InvalidHeaderValue) -> Self {
        Self::HttpFormat(error.into())
    }
}

/// A message of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
}

/// The answer of a server that did not upgrade. A message is a template and cannot call
/// `response.status()`, so the type says how it is printed.
#[derive(Debug)]
pub struct Rejection(pub http::Response<Option<Vec<u8>>>);

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.status().fmt(f)
    }
}

/// A limit was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, errbook::ErrorCode)]
#[error_code(vendor = "websocket")]
#[non_exhaustive]
pub enum CapacityError {
    /// The handshake has too many headers.
    #[error_code("too-many-headers", message = "The handshake has too many headers.")]
    TooManyHeaders,
    /// A message is longer than the limit.
    #[error_code(
        "message-too-long",
        message(
            en = "The message is too long: <size> bytes, of at most <max_size>.",
            de = "Die Nachricht ist zu lang: <size> Bytes, höchstens <max_size>."
        )
    )]
    MessageTooLong {
        /// The size of the message.
        size: usize,
        /// The limit.
        max_size: usize,
    },
}

/// The peer violates the protocol.
#[derive(Debug, Clone, PartialEq, Eq, errbook::ErrorCode)]
#[error_code(vendor = "websocket")]
#[non_exhaustive]
pub enum ProtocolError {
    /// The handshake is not a GET request.
    #[error_code("wrong-method", message = "The handshake must be a GET request.")]
    WrongMethod,
    /// The version of HTTP is too old.
    #[error_code(
        "wrong-http-version",
        message = "The handshake needs HTTP/1.1 or later."
    )]
    WrongHttpVersion,
    /// The version of the protocol is unknown.
    #[error_code(
        "wrong-version",
        message = "The header Sec-WebSocket-Version must be 13."
    )]
    WrongVersion,
    /// A header of the handshake is missing or wrong.
    #[error_code("invalid-header", message = "The header <_0> is missing or wrong.")]
    InvalidHeader(http::HeaderName),
    /// The server chose a protocol that was not offered, or none.
    #[error_code(transparent)]
    SubProtocol(#[from] SubProtocolError),
    /// The peer sent data after the close frame.
    #[error_code("after-closing", message = "Data arrived after the close frame.")]
    ReceivedAfterClosing,
    /// Reserved bits of a frame are set.
    #[error_code("reserved-bits", message = "Reserved bits of a frame are set.")]
    NonZeroReservedBits,
    /// A frame from the client has no mask.
    #[error_code("unmasked", message = "A frame from the client is not masked.")]
    UnmaskedFrame,
    /// A control frame is split or too big.
    #[error_code("control-frame", message = "A control frame is fragmented or too big.")]
    BadControlFrame,
    /// The frame has a type that no version knows.
    #[error_code("unknown-opcode", message = "The opcode <_0> is unknown.")]
    UnknownOpcode(u8),
    /// The connection ended without a close frame.
    #[error_code(
        "reset",
        message = "The connection was reset without a close frame.",
        retry = "backoff"
    )]
    ResetWithoutClosing,
}

/// The server chose a protocol that was not offered, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, errbook::ErrorCode)]
#[error_code(vendor = "websocket")]
#[non_exhaustive]
pub enum SubProtocolError {
    /// The server named one, and the client offered none.
    #[error_code(
        "unrequested",
        message = "The server chose a protocol, but none was offered."
    )]
    Unrequested,
    /// The server named another.
    #[error_code(
        "not-offered",
        message = "The server chose a protocol that was not offered."
    )]
    NotOffered,
    /// The server named none.
    #[error_code("missing", message = "The server chose none of the offered protocols.")]
    Missing,
}

/// The address cannot be connected to.
#[derive(Debug, Clone, PartialEq, Eq, errbook::ErrorCode)]
#[error_code(vendor = "websocket", severity = "error")]
#[non_exhaustive]
pub enum UrlError {
    /// The address is encrypted, and this build cannot encrypt.
    #[error_code(
        "no-tls",
        message = "This build does not support wss.",
        retry = "never"
    )]
    TlsFeatureNotEnabled,
    /// The address names no host.
    #[error_code("no-host", message = "The address names no host.", retry = "after-fix")]
    NoHostName,
    /// The host does not answer.
    #[error_code("unreachable", message = "<_0> does not answer.", retry = "backoff")]
    UnableToConnect(String),
    /// The scheme is neither ws nor wss.
    #[error_code(
        "scheme",
        message = "The scheme must be ws or wss.",
        retry = "after-fix"
    )]
    UnsupportedScheme,
}

/// The encrypted connection could not be established. Which library encrypts is a private matter.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "websocket")]
#[non_exhaustive]
pub enum TlsError {
    /// An error of the library.
    #[error_code("tls", message = "The encrypted connection failed.", retry = "backoff")]
    Library(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The name in the address is not one of a host.
    #[error_code(
        "dns-name",
        message = "The name of the host is invalid.",
        retry = "after-fix"
    )]
    InvalidDnsName,
}

/// Reads a frame, as a client would: each `?` converts.
///
/// # Errors
///
/// Every kind of error that a client meets.
pub fn read_frame(frame: &[u8], max_size: usize) -> Result<Message, Error> {
    let (&opcode, payload) = frame.split_first().ok_or_else(|| {
        let closed = io::ErrorKind::UnexpectedEof;
        io::Error::new(closed, "no more frames")
    })?;
    let size = payload.len();
    if size > max_size {
        return Err(CapacityError::MessageTooLong { size, max_size }.into());
    }
    match opcode {
        1 => Ok(Message::Text(str::from_utf8(payload)?.to_owned())),
        2 => Ok(Message::Binary(payload.to_owned())),
        8 => match payload {
            [] => Err(Error::ConnectionClosed),
            &[high, low, ..] => {
                let code = u16::from_be_bytes([high, low]);
                Err(Received::from(code).into())
            }
            _ => Err(ProtocolError::BadControlFrame.into()),
        },
        other => Err(ProtocolError::UnknownOpcode(other).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use errbook::{ErrorType, Locale, Retry, Severity, Wire};

    use super::*;

    fn error(frame: &[u8]) -> Error {
        read_frame(frame, 4).expect_err("this frame is not a message")
    }

    #[test]
    fn each_question_mark_converts() {
        assert!(matches!(error(&[]), Error::Io(_)));
        assert!(matches!(error(&[1, 255]), Error::Utf8(_)));
        assert!(matches!(error(&[8]), Error::ConnectionClosed));
        assert!(matches!(
            error(&[8, 3]),
            Error::Protocol(ProtocolError::BadControlFrame)
        ));
        assert_eq!(error(&[9]).to_string(), "The opcode 9 is unknown.");
        let chosen = ProtocolError::from(SubProtocolError::Missing);
        assert_eq!(Error::from(chosen).code(), Wire::Text("missing"));
    }

    #[test]
    fn an_inner_error_keeps_its_set_so_that_equal_codes_differ() {
        let missing = Error::from(ProtocolError::from(SubProtocolError::Missing));
        assert_eq!(
            format!("{missing:#}"),
            "websocket/SubProtocolError/missing: The server chose none of the offered protocols."
        );
        assert_eq!(
            ErrorType::of(&missing).to_string(),
            "websocket.SubProtocolError.missing"
        );
        assert_eq!(
            ErrorType::of(&Error::AlreadyClosed).to_string(),
            "websocket.Error.already-closed"
        );
    }

    #[test]
    fn messages_of_inner_errors_are_in_the_readers_language() {
        let error = error(&[1, 97, 98, 99, 100, 101]);
        assert_eq!(
            error.to_string(),
            "The message is too long: 5 bytes, of at most 4."
        );
        assert_eq!(
            error.message(Locale::DE),
            "Die Nachricht ist zu lang: 5 Bytes, höchstens 4."
        );
    }

    #[test]
    fn the_sources_are_those_of_other_crates() {
        let io = error(&[]);
        assert_eq!(
            io.source().expect("the error of the network").to_string(),
            "no more frames"
        );
        // A transparent variant is the error that it wraps, and has the sources of that.
        let error = Error::from(TlsError::Library("certificate expired".into()));
        assert_eq!(error.to_string(), "The encrypted connection failed.");
        assert_eq!(
            error.source().expect("the library's").to_string(),
            "certificate expired"
        );
        assert!(Error::from(UrlError::NoHostName).source().is_none());
    }

    #[test]
    fn close_codes_that_no_document_names_are_kept() {
        let restart = error(&[8, 3, 244]);
        assert_eq!(
            (restart.retry(), restart.severity()),
            (Retry::Backoff, Severity::Info)
        );
        assert_eq!(restart.retry_after().map(|delay| delay.as_secs()), Some(5));
        let own = error(&[8, 0x0F, 0xA0]);
        assert_eq!(own.code(), Wire::Integer(4000));
        assert_eq!(
            (own.retry(), own.severity()),
            (Retry::Never, Severity::Warning)
        );
        let Error::Closed(code) = own else {
            panic!("it is a close code");
        };
        assert_eq!(code.known(), None);
        let normal = Received::<CloseCode>::from(1000_u16);
        assert!(normal.is_success() && normal == CloseCode::Normal);
    }

    #[test]
    fn a_type_says_how_it_is_printed_in_a_message() {
        let response = http::Response::builder()
            .status(403)
            .body(None)
            .expect("403 is a status");
        let error = Error::Http(Box::new(Rejection(response)));
        assert_eq!(
            error.to_string(),
            "The server answered 403 Forbidden instead of an upgrade."
        );
        let invalid = http::HeaderValue::from_str("\n").expect_err("a line feed");
        assert!(matches!(Error::from(invalid), Error::HttpFormat(_)));
    }

    #[test]
    fn errors_are_small_and_can_be_sent() {
        fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
        is_error::<Error>();
        assert_eq!(size_of::<SubProtocolError>(), 1);
        assert!(
            size_of::<Result<(), Error>>() <= 64,
            "{}",
            size_of::<Error>()
        );
    }
}
