//! A program without the standard library; without an allocator, unless the feature `alloc` is on.

#![no_std]
#![no_main]

#[cfg(feature = "alloc")]
mod allocator;
#[path = "../../../../codes/examples/no_std_decoder.rs"]
mod decoder;

use core::ffi::{c_char, c_int};

// The C library calls `main` and compares bytes.
#[link(name = "c")]
unsafe extern "C" {}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Returns 0 if all responses were decoded correctly, and otherwise the number of the failed check.
#[unsafe(no_mangle)]
pub extern "C" fn main(arguments: c_int, _: *const *const c_char) -> c_int {
    // The number of arguments, 1, is unknown to the compiler, so it cannot evaluate the decoding.
    let responses = ["{\"code\":-5007}", "{\"code\": \"31337\"}", "{}"];
    let decided =
        responses.map(|text| decoder::decide(&text[..text.len() + 1 - arguments as usize]));
    #[cfg(feature = "alloc")]
    if !allocator::keeps_an_unknown_code(arguments) {
        return 3;
    }
    match decided {
        [Some(known), Some(unknown), None] if known.message == "视频没有声音或声音太小" => {
            if unknown.message == "请稍后再试" {
                0
            } else {
                2
            }
        }
        _ => 1,
    }
}
