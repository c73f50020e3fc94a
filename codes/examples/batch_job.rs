//! A batch job that retries transient failures with the delays that the codes ask for, and adds up
//! what is billed.

use std::collections::BTreeMap;
use std::time::Duration;

use errbook_codes::errbook::{Bill, Received, Retry};
use errbook_codes::tencent_huiyan::HuiyanCode;

/// A vendor's verification service.
pub trait Vendor {
    /// Verifies one person and returns the code in the vendor's answer.
    fn verify(&mut self, person: &str) -> i64;
}

/// The result of a job.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The people who were verified.
    pub verified: Vec<String>,
    /// The people who were not, with the code of the last answer.
    pub failed: BTreeMap<String, String>,
    /// What the vendor charges for: every answer counts, including those of retried requests.
    pub bill: Bill,
    /// How long the job would have waited.
    pub waited: Duration,
}

/// The maximum number of attempts for one person: enough for a short outage, and each attempt may
/// be billed.
const MAX_ATTEMPTS: u32 = 4;

/// Verifies everyone.
pub fn run(people: &[&str], vendor: &mut impl Vendor) -> Outcome {
    let mut outcome = Outcome::default();
    for person in people {
        let code = verify_with_retries(person, vendor, &mut outcome);
        match code.known() {
            Some(code) if code.is_success() => outcome.verified.push((*person).to_owned()),
            _ => drop(
                outcome
                    .failed
                    .insert((*person).to_owned(), code.wire().to_string()),
            ),
        }
    }
    outcome
}

fn verify_with_retries(
    person: &str,
    vendor: &mut impl Vendor,
    outcome: &mut Outcome,
) -> Received<HuiyanCode> {
    let mut attempts = 1;
    loop {
        let code = Received::from(vendor.verify(person));
        // Answers whose billing the vendor does not state are counted separately, never as free.
        outcome.bill += code.billing();
        let Some(delay) = delay(&code, attempts).filter(|_| attempts < MAX_ATTEMPTS) else {
            return code;
        };
        outcome.waited += delay;
        attempts += 1;
    }
}

/// How long to wait before the next attempt; `None` if the same request should not be sent again.
fn delay(code: &Received<HuiyanCode>, attempts: u32) -> Option<Duration> {
    let stated = code.known().and_then(|code| code.retry_after());
    match code.retry() {
        Retry::Throttled => Some(stated.unwrap_or(Duration::from_secs(60))),
        Retry::Backoff => Some(Duration::from_secs(1 << attempts)),
        // Includes unknown codes: a person should look at them.
        _ => None,
    }
}

/// A vendor that returns prepared answers, the last one first.
struct Script(BTreeMap<&'static str, Vec<i64>>);

impl Vendor for Script {
    fn verify(&mut self, person: &str) -> i64 {
        self.0
            .get_mut(person)
            .and_then(Vec::pop)
            .unwrap_or_default()
    }
}

fn script() -> Script {
    let [busy, differs] =
        [HuiyanCode::SystemError, HuiyanCode::NameAndIdMismatch].map(|code| i64::from(code.code()));
    Script(
        [
            ("Ann", vec![0]),
            ("Bob", vec![0, busy]),
            ("Cleo", vec![differs]),
            ("Dan", vec![31337]),
        ]
        .into(),
    )
}

fn main() {
    let outcome = run(&["Ann", "Bob", "Cleo", "Dan"], &mut script());
    println!("verified: {}", outcome.verified.join(", "));
    println!("failed:   {:?}", outcome.failed);
    println!("bill:     {}", outcome.bill);
    println!("waited:   {} s", outcome.waited.as_secs());
}

#[test]
fn transient_failures_are_retried_and_every_answer_is_counted() {
    let outcome = run(&["Ann", "Bob", "Cleo", "Dan"], &mut script());
    assert_eq!(outcome.verified, ["Ann", "Bob"]);
    assert_eq!(
        outcome.failed.into_iter().collect::<Vec<_>>(),
        [("Cleo", "2006"), ("Dan", "31337")]
            .map(|(person, code)| (person.to_owned(), code.to_owned()))
    );
    assert_eq!(
        outcome.bill,
        Bill {
            billed: 3,
            free: 1,
            unspecified: 1
        }
    );
    assert_eq!(outcome.waited, Duration::from_secs(2));
}

#[test]
fn the_number_of_attempts_is_limited() {
    let busy = i64::from(HuiyanCode::SystemError.code());
    let outcome = run(&["Eve"], &mut Script([("Eve", vec![busy; 99])].into()));
    assert_eq!((outcome.bill.free, outcome.failed.len()), (4, 1));
}
