//! Decodes an answer without the standard library and without an allocator.
//!
//! `tests/crates/no-std` links this file into a `#![no_std]` program that has neither.

use errbook_codes::errbook::{Billing, Locale, Received, Retry};
use errbook_codes::tencent_kyc::FaceCode;

/// What a device needs to know about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The message for the person in front of the device.
    pub message: &'static str,
    /// Whether the device may retry by itself.
    pub again: bool,
    /// Whether the vendor charges for the answer.
    pub billed: bool,
}

/// Reads the number after `"code":` in `{"code":-5007,…}`, without a JSON parser.
#[must_use]
pub fn decide(answer: &str) -> Option<Decision> {
    let (_, rest) = answer.split_once("\"code\":")?;
    let rest = rest.trim_start().trim_start_matches('"');
    let end = rest
        .find(|each: char| each != '-' && !each.is_ascii_digit())
        .unwrap_or(rest.len());
    let received: Received<FaceCode, &str> = Received::new(&rest[..end]);
    Some(Decision {
        message: received.message(Locale::ZH_CN).unwrap_or("请稍后再试"),
        again: matches!(received.retry(), Retry::Backoff | Retry::Throttled),
        billed: received.billing() == Billing::Billed,
    })
}

#[test]
fn an_answer_is_decoded() {
    let known = decide(r#"{"code":-5007,"msg":""}"#).expect("there is a code");
    assert_eq!(
        (known.message, known.again, known.billed),
        ("视频没有声音或声音太小", false, false)
    );
    assert_eq!(
        decide(r#"{"code": "31337"}"#).map(|decision| decision.message),
        Some("请稍后再试")
    );
    assert_eq!(decide("{}"), None);
}
