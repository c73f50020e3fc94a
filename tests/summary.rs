//! A snapshot of each spec of the registry, with one line for each code.

use std::fmt::Write;

use errbook_spec::{Billing, Code, Retry, Set, Status, word};

use crate::workspace::{has_snapshot, parse_spec, vendors};

#[test]
fn the_registry_is_as_reviewed() {
    for vendor in vendors() {
        if !has_snapshot(&format!("summary__spec-{vendor}")) {
            continue;
        }
        let spec = parse_spec(&vendor);
        insta::assert_snapshot!(
            format!("spec-{vendor}"),
            spec.sets.iter().map(summarize_set).collect::<String>()
        );
    }
}

/// A line for the set and one for each of its codes.
fn summarize_set(set: &Set) -> String {
    let mut lines = format!("{} ({} codes)\n", set.name.value, set.codes.len());
    for code in &set.codes {
        let _ = writeln!(lines, "  {}", summarize_code(code));
    }
    lines
}

fn summarize_code(code: &Code) -> String {
    let symbol = code
        .symbol
        .iter()
        .map(|symbol| format!(" {}", symbol.value))
        .collect::<String>();
    let kind = code.kind.as_ref().map_or("-", |kind| kind.value.as_str());
    let retry = code
        .retry
        .as_ref()
        .map_or("-", |retry| word(Retry::WORDS, retry.value));
    let billing = code
        .billing
        .as_ref()
        .map_or("-", |billing| word(Billing::WORDS, billing.value));
    let retired = if code.status == Status::Retired {
        " retired"
    } else {
        ""
    };
    format!(
        "{}{symbol} = {} {kind} {retry} {billing}{retired}",
        code.code.value, code.variant.value
    )
}
