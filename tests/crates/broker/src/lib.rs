//! The client of a message broker: each answer begins with a 16-bit number, which means one of 106
//! things today, and one of more tomorrow. The broker is imagined; the shape of its protocol is not.

#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

use std::io;

use errbook::Received;

errbook::include_spec! { "relay.toml" }

/// What a call of the client returns instead of its result.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "relay")]
#[non_exhaustive]
pub enum ClientError {
    /// What the broker answered: a number of the table, or one that a newer broker has.
    #[error_code(transparent)]
    Broker(#[from] Received<RelayCode>),
    /// The connection broke.
    #[error_code(
        "io",
        message = "The connection to the broker broke.",
        retry = "backoff"
    )]
    Io(#[from] io::Error),
    /// The answer ends in the middle.
    #[error_code(
        "truncated",
        message = "The answer has <len> bytes; it needs <expected>.",
        retry = "never"
    )]
    Truncated {
        /// How long it is.
        len: usize,
        /// How long it has to be.
        expected: usize,
    },
}

impl ClientError {
    /// Whether the same request may succeed later, without a change of it.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        self.retry().is_automatic()
    }

    /// Whether the client has to ask again which server leads the lane. A program that handles single
    /// codes matches on those that it knows.
    #[must_use]
    pub fn needs_metadata(&self) -> bool {
        let Self::Broker(code) = self else {
            return false;
        };
        matches!(
            code.known(),
            Some(
                RelayCode::NotLaneLeader
                    | RelayCode::UnknownLane
                    | RelayCode::LeaderEpochFenced
                    | RelayCode::ChannelIdUnknown
            )
        )
    }
}

/// An answer of the broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The number of the request.
    pub request: u32,
    /// What the request asked for.
    pub payload: &'a [u8],
}

/// Reads an answer: the number of the request in four bytes, the code in two, and the payload.
///
/// # Errors
///
/// If the code is not 0, or the answer is shorter than six bytes.
pub fn read_answer(bytes: &[u8]) -> Result<Answer<'_>, ClientError> {
    let truncated = || ClientError::Truncated {
        len: bytes.len(),
        expected: 6,
    };
    let (request, rest) = bytes.split_first_chunk().ok_or_else(truncated)?;
    let (code, payload) = rest.split_first_chunk().ok_or_else(truncated)?;
    let code = Received::<RelayCode>::from(i16::from_be_bytes(*code));
    if !code.is_success() {
        return Err(code.into());
    }
    Ok(Answer {
        request: u32::from_be_bytes(*request),
        payload,
    })
}

#[cfg(test)]
mod tests {
    use errbook::{ErrorType, Retry, Severity, Wire};

    use super::*;

    fn answer(code: i16) -> Vec<u8> {
        let mut bytes = 7_u32.to_be_bytes().to_vec();
        bytes.extend(code.to_be_bytes());
        bytes.extend(b"payload");
        bytes
    }

    fn refused(code: i16) -> ClientError {
        read_answer(&answer(code)).expect_err("only 0 is success")
    }

    #[test]
    fn every_number_of_the_table_is_read() {
        assert_eq!(RelayCode::ALL.len(), 106);
        for (number, code) in (-1_i16..).zip(RelayCode::ALL) {
            assert_eq!(code.code(), i32::from(number));
            assert_eq!(RelayCode::try_from(number), Ok(*code));
            if code.is_success() {
                continue;
            }
            let error = refused(number);
            assert_eq!(error.code(), Wire::Integer(number.into()));
            assert_eq!(error.to_string(), code.to_string());
            assert_eq!(error.is_retriable(), code.retry().is_automatic());
        }
        let retriable = RelayCode::ALL
            .iter()
            .filter(|code| code.retry().is_automatic());
        assert_eq!(retriable.count(), 27);
        let payload = b"payload";
        assert_eq!(
            read_answer(&answer(0)).expect("success"),
            Answer {
                request: 7,
                payload
            }
        );
    }

    #[test]
    fn a_number_of_a_newer_broker_is_passed_on() {
        let error = refused(250);
        assert_eq!((error.vendor(), error.set()), ("relay", "RelayCode"));
        assert_eq!(error.code(), Wire::Integer(250));
        assert_eq!(ErrorType::of(&error).to_string(), "relay.RelayCode.250");
        assert_eq!(
            format!("{error:#}"),
            "relay/RelayCode/250: unknown code 250"
        );
        // Nobody said that it may be sent again, or that it is harmless.
        assert_eq!(
            (error.retry(), error.severity()),
            (Retry::Unspecified, Severity::Error)
        );
        assert!(!error.is_retriable() && !error.needs_metadata());
    }

    #[test]
    fn the_client_acts_on_codes_that_it_knows() {
        assert!(refused(103).needs_metadata() && refused(103).is_retriable());
        assert_eq!(refused(104).retry(), Retry::Throttled);
        assert_eq!(refused(81).symbol(), Some("UNKNOWN_LANE"));
        assert!(!refused(40).is_retriable());
        assert_eq!(
            RelayCode::from_symbol("QUOTA_EXCEEDED"),
            Some(RelayCode::QuotaExceeded)
        );
    }

    #[test]
    fn what_is_no_answer_is_an_error_of_the_client() {
        let error = read_answer(&[0, 0, 0, 7, 0]).expect_err("a byte is missing");
        assert_eq!(error.to_string(), "The answer has 5 bytes; it needs 6.");
        let broken = ClientError::from(io::Error::other("reset"));
        assert!(broken.is_retriable() && broken.code() == Wire::Text("io"));
    }

    #[test]
    fn a_code_is_a_byte_and_so_is_an_optional_one() {
        assert_eq!(
            (size_of::<RelayCode>(), size_of::<Option<RelayCode>>()),
            (1, 1)
        );
    }
}
