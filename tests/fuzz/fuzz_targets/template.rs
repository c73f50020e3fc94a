//! Runs the check of the same name in `tests/inputs.rs`.

#![no_main]
#![allow(dead_code, reason = "each target runs one of the checks")]

#[path = "../../inputs.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| { let _ = inputs::template(bytes); });
