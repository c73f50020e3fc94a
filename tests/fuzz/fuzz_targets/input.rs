//! Runs the check of `tests/inputs.rs` that has the name of this program.

#![no_main]

#[path = "../../inputs.rs"]
mod inputs;

use inputs::TARGETS;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let target = TARGETS.iter().find(|(name, _)| *name == env!("CARGO_BIN_NAME"));
    let (_, check) = target.expect("each of these programs is called like a check");
    check(bytes);
});
