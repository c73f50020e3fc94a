//! Ingests arbitrary bytes as Markdown: it must not panic or hang, every row must be accounted
//! for, and every line must be one of the text.

#![no_main]

mod check;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    check::check(&errbook_ingest::read(&text), check::lines(&text));
});
