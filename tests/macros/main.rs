//! What the macros accept, and which compile errors they report. trybuild compares the errors with
//! `ui/*/*.stderr`.

#[test]
fn the_macros_report_mistakes_as_compile_errors() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/ok/*.rs");
    cases.compile_fail("ui/err/*.rs");
    cases.compile_fail("ui/derive/*.rs");
}
