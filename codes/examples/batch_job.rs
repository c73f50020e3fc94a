//! A batch job: asks again what may pass by itself, as often and as late as the codes say, and adds up what is billed.

use std::collections::BTreeMap;
use std::time::Duration;

use errbook_codes::errbook::{Bill, Received, Retry};
use errbook_codes::tencent_huiyan::HuiyanCode;

/// What a vendor is asked, and what it answers: the code of its JSON.
pub trait Vendor {
    /// Verifies one person.
    fn verify(&mut self, person: &str) -> i64;
}

/// What came of a job.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Who was verified.
    pub verified: Vec<String>,
    /// Who was not, with the code of the last answer.
    pub failed: BTreeMap<String, String>,
    /// What the vendor charges: every answer counts, those that were asked for again too.
    pub bill: Bill,
    /// How long the job would have waited.
    pub waited: Duration,
}

/// Asks at most this often.
const TRIES: u32 = 4;

/// Verifies everybody.
pub fn run(people: &[&str], vendor: &mut impl Vendor) -> Outcome {
    let mut outcome = Outcome::default();
    for person in people {
        let code = ask(person, vendor, &mut outcome);
        match code.known() {
            Some(code) if code.is_success() => outcome.verified.push((*person).to_owned()),
            _ => drop(
                outcome
                    .failed
                    .insert((*person).to_owned(), code.to_string()),
            ),
        }
    }
    outcome
}

fn ask(person: &str, vendor: &mut impl Vendor, outcome: &mut Outcome) -> Received<HuiyanCode> {
    let mut tries = 1;
    loop {
        let code = Received::from(vendor.verify(person));
        // Billing that the vendor does not state is counted apart, never as free.
        outcome.bill += code.class().billing;
        let Some(delay) = delay(&code, tries).filter(|_| tries < TRIES) else {
            return code;
        };
        outcome.waited += delay;
        tries += 1;
    }
}

/// How long to wait before the same request, or `None` if it would be of no use.
fn delay(code: &Received<HuiyanCode>, tries: u32) -> Option<Duration> {
    let least = code.known().and_then(|code| code.retry_after());
    match code.class().retry {
        Retry::Throttled => Some(least.unwrap_or(Duration::from_secs(60))),
        Retry::Backoff => Some(Duration::from_secs(1 << tries)),
        // Of a code that nobody knows nothing is known: a person has to look.
        _ => None,
    }
}

/// Answers from a list, in turn.
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
fn what_passes_by_itself_is_asked_again_and_everything_is_counted() {
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
fn nothing_is_asked_for_ever() {
    let busy = i64::from(HuiyanCode::SystemError.code());
    let outcome = run(&["Eve"], &mut Script([("Eve", vec![busy; 99])].into()));
    assert_eq!((outcome.bill.free, outcome.failed.len()), (4, 1));
}
