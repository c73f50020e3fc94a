//! The macros' grammar: what compiles, and what is said of what does not.

#[test]
fn the_macros_say_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/ok/*.rs");
    cases.compile_fail("ui/err/*.rs");
    cases.compile_fail("ui/derive/*.rs");
}
