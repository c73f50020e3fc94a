//! The macro's grammar: what compiles, and what is said of what does not.

#[test]
fn the_macro_says_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/ok/*.rs");
    cases.compile_fail("ui/err/*.rs");
}
