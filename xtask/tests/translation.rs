//! The commands for translators: a new language, stale translations, and what is missing.

use crate::scratch::{SHOP, Scratch};

#[test]
fn a_new_language_lists_every_text() {
    let shop = Scratch::regenerated();
    let said = shop.run(&["messages", "shop", "ja"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(
        "new_language",
        shop.read(&format!("{SHOP}/messages/ja.toml"))
    );
    // An empty entry counts as missing.
    assert!(shop.run(&["regen"]).success);
    assert!(!shop.spec().contains("message.ja"));
    let stats = shop.run(&["stats", "--check"]);
    assert!(!stats.success);
    insta::assert_snapshot!("stats_with_debts", format!("{}{}", stats.out, stats.err));
}

#[test]
fn missing_texts_are_added_and_existing_translations_kept() {
    let shop = Scratch::regenerated();
    let begun = "schema = 1\n\n# Mine.\n[[text]]\nof = \"参数错误\"\n\
                 is = \"パラメーターが正しくありません。\"\n";
    shop.write(&format!("{SHOP}/messages/ja.toml"), begun);
    let said = shop.run(&["messages", "shop", "ja"]);
    assert!(said.success, "{}", said.err);
    let text = shop.read(&format!("{SHOP}/messages/ja.toml"));
    assert!(text.starts_with(begun));
    assert_eq!(text.matches("of = \"参数错误\"").count(), 1);
    let again = shop.run(&["messages", "shop", "ja"]);
    assert!(
        again.out.contains("every text has an entry"),
        "{}",
        again.out
    );
    assert_eq!(shop.read(&format!("{SHOP}/messages/ja.toml")), text);
}

#[test]
fn an_unknown_parameter_is_refused() {
    let shop = Scratch::regenerated();
    let text = "schema = 1\n\n[[text]]\nof = \"参数错误\"\nis = \"<nani> が正しくありません。\"\n";
    shop.write(&format!("{SHOP}/messages/ja.toml"), text);
    let said = shop.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!("foreign_parameter", said.err);
}

#[test]
fn an_invalid_language_tag_is_refused() {
    let said = Scratch::regenerated().run(&["messages", "shop", "zh_cn"]);
    assert!(!said.success);
    insta::assert_snapshot!("no_language", said.err);
}

#[test]
fn resolve_marks_a_stale_translation_as_correct() {
    let shop = Scratch::regenerated();
    assert!(
        shop.run(&["resolve", "shop"])
            .out
            .contains("no stale translations")
    );
    shop.edit("source.md", "参数错误", "请求参数错误");
    let said = shop.run(&["regen"]);
    assert!(
        said.success && said.out.contains("stale translation"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(!shop.run(&["stats", "--check"]).success);

    let listed = shop.run(&["resolve", "shop"]);
    assert!(listed.success);
    insta::assert_snapshot!("stale_list", listed.out);
    let name = listed.out.split_whitespace().next().unwrap().to_owned();

    let wrong = shop.run(&["resolve", "shop", "en:1"]);
    assert!(
        !wrong.success && wrong.err.contains("is not a stale entry"),
        "{}",
        wrong.err
    );
    let resolved = shop.run(&["resolve", "shop", &name]);
    assert!(resolved.success, "{}", resolved.err);
    let said = shop.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(
        shop.read(&format!("{SHOP}/messages/en.toml"))
            .contains("of = \"请求参数错误\"")
    );
}

#[test]
fn a_retry_class_that_differs_from_the_kind_must_quote_the_vendor() {
    let shop = Scratch::regenerated();
    shop.edit(
        "overlay.toml",
        ", because = \"the vendor says so by mail\"",
        "",
    );
    let said = shop.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!("retry_without_reason", said.err);
}

#[test]
fn an_outdated_page_of_kinds_is_reported() {
    let shop = Scratch::regenerated();
    let stale = shop.run(&["kinds", "--check"]);
    assert!(
        !stale.success && stale.err.contains("run `cargo xtask kinds`"),
        "{}",
        stale.err
    );
    assert!(shop.run(&["kinds"]).success);
    assert!(shop.run(&["kinds", "--check"]).success);
    insta::assert_snapshot!("kinds", shop.read("codes/KINDS.md"));
}
