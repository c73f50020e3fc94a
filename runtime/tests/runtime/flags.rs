//! Sets of flags: documented flags, unknown flags, and combinations.

use std::hash::{BuildHasher, RandomState};

use errbook::{Flag, Flags};

use crate::shop::{OrderWarning, OrderWarnings};

const NEW: OrderWarning = OrderWarning::NewCustomer;
const INCOMPLETE: OrderWarning = OrderWarning::AddressIncomplete;

fn parse(text: &str) -> OrderWarnings {
    text.parse().unwrap()
}

#[test]
fn positions_are_counted_from_the_left() {
    assert_eq!((NEW.position(), INCOMPLETE.position()), (1, 2));
    let warnings = parse("0110");
    assert!(warnings.contains(INCOMPLETE) && !warnings.contains(NEW));
    assert_eq!(warnings.iter().collect::<Vec<_>>(), [INCOMPLETE]);
    assert_eq!(warnings.unknown().collect::<Vec<_>>(), [3]);
    assert_eq!(warnings.bits(), 0b110);
    assert_eq!(parse("1100").unknown().count(), 0);
    assert_eq!(parse(&"1".repeat(64)).unknown().count(), 62);
}

#[test]
fn every_string_of_zeros_and_ones_is_printed_as_it_is_parsed() {
    for number in 0..1_u32 << 10 {
        let text = format!("{number:010b}");
        assert_eq!(parse(&text).to_string(), text);
        assert_eq!(parse(&text).bits().count_ones(), number.count_ones());
    }
    for width in [1, 63, 64] {
        let text = "1".repeat(width);
        assert_eq!(parse(&text).to_string(), text);
    }
    for invalid in ["", "2", "01x", "０１", "/", &"0".repeat(65)] {
        let error = invalid.parse::<OrderWarnings>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "flags are 1 to 64 characters, each `0` or `1`",
            "{invalid}"
        );
    }
    assert_eq!(format!("{:?}", parse("0100")), "Flags(0100)");
}

#[test]
fn flags_are_added_and_removed() {
    let none = OrderWarnings::none();
    assert!(none.is_empty() && none == Flags::default());
    assert_eq!(none.to_string(), "0000");
    let new = none.with(NEW);
    assert!(!new.is_empty());
    assert_eq!(new.to_string(), "1000");
    assert_eq!(new.with(NEW), new);
    assert_eq!(new.with(INCOMPLETE).without(NEW).to_string(), "0100");
    assert_eq!(new.without(INCOMPLETE), new);
    assert_eq!(new.without(NEW), none);
    let mut changed = new;
    changed.insert(INCOMPLETE);
    assert_eq!(changed.to_string(), "1100");
    changed.remove(NEW);
    assert_eq!(changed.to_string(), "0100");
    changed.extend([NEW]);
    assert_eq!(changed.to_string(), "1100");
    assert_eq!(Flags::from(INCOMPLETE).to_string(), "0100");
    let both: OrderWarnings = [NEW, INCOMPLETE].into_iter().collect();
    assert_eq!(both, changed);
    assert_eq!(both.into_iter().collect::<Vec<_>>(), [NEW, INCOMPLETE]);
    assert_eq!((&both).into_iter().count(), 2);
}

#[test]
fn a_flag_beyond_the_width_widens_the_string() {
    let narrow = parse("1");
    assert_eq!(narrow.with(INCOMPLETE).to_string(), "11");
    assert_eq!((narrow | parse("00001")).to_string(), "10001");
    assert_eq!((parse("00001") | narrow).to_string(), "10001");
    assert_eq!((narrow | NEW).to_string(), "1");
}

#[test]
fn flags_are_united() {
    assert_eq!(parse("1010") | parse("1100"), parse("1110"));
    assert_eq!(parse("0010") | NEW, parse("1010"));
    let mut warnings = parse("1000");
    warnings |= parse("1010");
    assert_eq!(warnings, parse("1010"));
    warnings |= INCOMPLETE;
    warnings |= INCOMPLETE;
    assert_eq!(warnings, parse("1110"));
}

#[test]
fn equality_compares_the_flags_and_not_the_width() {
    let hash = RandomState::new();
    assert_eq!(parse("10"), parse("1000"));
    assert_eq!(hash.hash_one(parse("10")), hash.hash_one(parse("1000")));
    assert_ne!(parse("10"), parse("01"));
    assert_ne!(hash.hash_one(parse("10")), hash.hash_one(parse("01")));
}
