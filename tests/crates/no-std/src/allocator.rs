//! The allocator of the C library, and received codes that own their text.

extern crate alloc;

use alloc::string::{String, ToString};
use core::alloc::{GlobalAlloc, Layout};
use core::ffi::{c_int, c_void};

use errbook_codes::errbook::Received;
use errbook_codes::tencent_kyc::FaceCode;

// `aligned_alloc` requires a size that is a multiple of the alignment.
unsafe extern "C" {
    fn aligned_alloc(align: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

struct C;

unsafe impl GlobalAlloc for C {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let layout = layout.pad_to_align();
        unsafe { aligned_alloc(layout.align(), layout.size()).cast() }
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        unsafe { free(memory.cast()) }
    }
}

#[global_allocator]
static ALLOCATOR: C = C;

/// Whether an unknown code is a `String` of its own. `arguments` is 1, which the compiler does not
/// know.
pub fn keeps_an_unknown_code(arguments: c_int) -> bool {
    let text: String = (31336 + arguments).to_string();
    let received: Received<FaceCode> = Received::new(text);
    received.known().is_none() && received.text() == Some("31337")
}
