//! A program without the standard library and without an allocator.

#![no_std]
#![no_main]

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

/// 0 if all was decoded as it should be, else what was not.
#[unsafe(no_mangle)]
pub extern "C" fn main(arguments: c_int, _: *const *const c_char) -> c_int {
    // The number of arguments keeps the compiler from knowing the answer.
    let answers = ["{\"code\":-5007}", "{\"code\": \"31337\"}", "{}"];
    let decided =
        answers.map(|answer| decoder::decide(&answer[..answer.len() + 1 - arguments as usize]));
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
