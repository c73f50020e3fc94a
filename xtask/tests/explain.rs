//! `explain` as a person asks it.

mod scratch;

use std::time::{Duration, Instant};

use scratch::{SHOP, Scratch};

fn explained(name: &str, arguments: &[&str]) {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&[&["explain"], arguments].concat());
    assert!(said.success && said.err.is_empty(), "{}{}", said.out, said.err);
    insta::assert_snapshot!(name, said.out);
}

#[test]
fn a_code_by_its_number() {
    explained("number", &["-1"]);
    explained("number_in_chinese", &["-3", "--locale", "zh-CN"]);
    explained("number_with_column", &["101"]);
}

#[test]
fn a_code_by_its_symbol_with_the_parameter() {
    explained("symbol", &["MISSING_ARGUMENTS:image_ref1"]);
    explained("broken_symbol", &["BAD_SIZE:m"]);
}

#[test]
fn a_code_by_its_name_its_alias_or_its_reference() {
    explained("variant", &["pictureunreadable"]);
    let scratch = Scratch::regenerated();
    let by_name = scratch.run(&["explain", "PictureUnreadable"]).out;
    for other in ["PicUnreadable", "OrderCode.1001", "OrderCode::PictureUnreadable"] {
        assert_eq!(scratch.run(&["explain", other]).out, by_name, "{other}");
    }
}

#[test]
fn a_combination_of_flags_documented_or_not() {
    explained("flags", &["0111"]);
}

#[test]
fn a_number_that_only_a_range_knows() {
    explained("range", &["555"]);
}

#[test]
fn codes_by_the_words_of_any_language() {
    explained("chinese", &["图片"]);
    explained("english", &["picture", "blurred"]);
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "ＰＩＣＴＵＲＥ　ＢＬＵＲＲＥＤ"]);
    assert!(said.success && said.out.contains("BlurredPicture2"), "{}", said.out);
}

#[test]
fn exact_comes_before_partial() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "系统错误"]);
    assert!(said.out.starts_with("1  shop / ApiCode  SystemError"), "{}", said.out);
}

#[test]
fn a_retired_code_says_so() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit("overlay.toml", "0100 = { variant", "0100 = { replaced-by = \"OrderWarning.1000\", variant");
    assert!(scratch.run(&["regen"]).success);
    insta::assert_snapshot!(scratch.run(&["explain", "0100"]).out);
}

#[test]
fn near_misses_when_nothing_matches() {
    let scratch = Scratch::regenerated();
    for (name, query) in [("near_number", "0001001"), ("near_symbol", "MISING_ARGUMENTS"), ("near_nothing", "-777")] {
        let said = scratch.run(&["explain", query]);
        assert!(!said.success, "{query} was found");
        insta::assert_snapshot!(name, said.out);
    }
}

#[test]
fn a_page_of_letters_is_answered_as_fast_as_a_word() {
    let scratch = Scratch::regenerated();
    let began = Instant::now();
    for query in ["a".repeat(120_000), "zq ".repeat(40_000), "7".repeat(120_000)] {
        let said = scratch.run(&["explain", &query]);
        assert!(!said.success && said.out.len() < 1_000, "{}", said.out);
        assert!(said.out.contains("… is unknown"), "{}", said.out);
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn every_vendor_that_uses_the_code_is_shown_or_the_one_that_was_asked_for() {
    let scratch = Scratch::regenerated();
    let overlay =
        "schema = 1\nlocale = \"en\"\n[set.Code]\ntable = \"Codes\"\n[set.Code.code]\n-1 = { variant = \"Lost\" }\n";
    scratch.write("codes/vendors/door/overlay.toml", overlay);
    scratch.write("codes/vendors/door/source.md", "## Codes\n\n| Error code | Message |\n|---|---|\n| -1 | Lost |\n");
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let out = scratch.run(&["explain", "-1"]).out;
    assert!(out.contains("shop / OrderCode") && out.contains("door / Code"), "{out}");
    let out = scratch.run(&["explain", "-1", "--vendor", "door"]).out;
    assert!(!out.contains("shop / OrderCode") && out.contains("door / Code"), "{out}");
    let said = scratch.run(&["explain", "-1", "--vendor", "dor"]);
    assert!(!said.success && said.err.contains("did you mean `door`?"), "{}", said.err);
}

#[test]
fn the_same_as_json() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "MISSING_ARGUMENTS:x", "--format", "json"]);
    insta::assert_snapshot!(said.out);
    let said = scratch.run(&["explain", "nothing of this kind", "--format", "json"]);
    assert!(!said.success);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["matches"], serde_json::json!([]));
}

#[test]
fn a_vendor_without_a_spec_is_told_how_to_get_one() {
    let scratch = Scratch::new();
    let said = scratch.run(&["explain", "-1"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
    scratch.write(&format!("{SHOP}/spec.toml"), "schema = 1\n");
    assert!(!scratch.run(&["explain", "-1"]).success);
}
