//! `--spec FILE`: a spec that belongs to no registry.

use std::fs;

use crate::scratch::{SHOP, Said, Scratch};

/// A folder with the spec of the shop as errors.toml, and no registry.
fn one_spec() -> Scratch {
    let scratch = Scratch::regenerated();
    let spec = scratch.spec();
    fs::remove_dir_all(scratch.path("codes")).unwrap();
    fs::remove_file(scratch.path("errbook.toml")).unwrap();
    scratch.write("errors.toml", &spec);
    scratch
}

fn succeed(said: Said) -> String {
    assert!(said.success, "{}{}", said.out, said.err);
    said.out
}

#[test]
fn every_reading_command_takes_a_spec() {
    let scratch = one_spec();
    let run = |arguments: &[&str]| succeed(scratch.run(arguments));
    let card = run(&["explain", "--spec", "errors.toml", "-1"]);
    assert!(card.contains("shop / OrderCode") && card.contains("shop::OrderCode::from_code(-1)"));
    assert!(run(&["expand", "errors.toml"]).contains("enum OrderCode"));
    assert!(run(&["expand", "--spec", "errors.toml"]).contains("enum OrderCode"));
    let stats = run(&["stats", "--spec", "errors.toml"]);
    assert!(
        stats.contains("OrderCode") && stats.contains("all "),
        "{stats}"
    );
    assert!(run(&["export", "json", "--spec", "errors.toml"]).contains("\"vendor\": \"shop\""));
    run(&[
        "export",
        "typescript",
        "--spec",
        "errors.toml",
        "--out",
        "ts",
    ]);
    assert!(scratch.read("ts/shop.js").contains("OrderCode"));
    run(&["site", "--spec", "errors.toml", "--out", "page"]);
    assert!(scratch.read("page/vendors/shop.html").contains("OrderCode"));
    assert!(run(&["check", "--spec", "errors.toml"]).starts_with("shop: "));
    scratch.write(
        "later.toml",
        &scratch
            .read("errors.toml")
            .replace("variant = \"Busy\"", "variant = \"TooBusy\""),
    );
    run(&["diff", "--from", "errors.toml", "--to", "later.toml"]);
    let both = [
        "export",
        "csv",
        "--spec",
        "errors.toml",
        "--spec",
        "later.toml",
    ];
    assert!(run(&both).lines().count() > 2);
}

#[test]
fn a_spec_that_is_wrong_is_shown_with_its_line() {
    let scratch = one_spec();
    let text = scratch
        .read("errors.toml")
        .replacen("wire = \"integer\"", "wire = \"intger\"", 1);
    scratch.write("errors.toml", &text);
    for arguments in [
        &["explain", "--spec", "errors.toml", "1"][..],
        &["export", "csv", "--spec", "errors.toml"],
        &["site", "--spec", "errors.toml"],
        &["check", "--spec", "errors.toml"],
    ] {
        let said = scratch.run(arguments);
        assert!(
            !said.success && said.err.contains("errors.toml:"),
            "{}",
            said.err
        );
        assert!(said.err.contains("intger"), "{}", said.err);
    }
    assert!(!scratch.path("target").exists());
    for (arguments, message) in [
        (
            &["explain", "--spec", "none.toml", "1"][..],
            "there is no such file",
        ),
        (
            &["export", "po", "--spec", "errors.toml"],
            "translations of a registry",
        ),
        (
            &["check", "--spec", "later.toml", "shop"],
            "cannot be used with",
        ),
    ] {
        let said = scratch.run(arguments);
        assert!(!said.success && said.err.contains(message), "{}", said.err);
    }
}

#[test]
fn the_specs_of_a_registry_are_checked_with_its_taxonomy() {
    let scratch = Scratch::regenerated();
    let said = succeed(scratch.run(&["check"]));
    assert!(
        said.contains("shop: ") && said.contains("errbook: "),
        "{said}"
    );
    assert!(!succeed(scratch.run(&["check", "shop"])).contains("errbook: "));
    let file = format!("{SHOP}/spec.toml");
    let twice = scratch
        .read(&file)
        .replacen("variant = \"", "variant = \"1", 1);
    scratch.write(&file, &twice);
    let said = scratch.run(&["check"]);
    assert!(
        !said.success && said.err.contains("spec.toml:"),
        "{}",
        said.err
    );
}

#[test]
fn a_translation_without_a_parameter_of_its_source_is_a_warning() {
    let spec = |params: &str| {
        format!(
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
             [[set.code]]\ncode = \"7\"\nsymbol = \"BAD:<key>\"\nvariant = \"Bad\"\n{params}\
             message.en = \"<key> is bad.\"\nmessage.de = \"Etwas ist falsch.\"\n"
        )
    };
    let scratch = one_spec();
    scratch.write("errors.toml", &spec(""));
    let said = succeed(scratch.run(&["check", "--spec", "errors.toml"]));
    for expected in [
        "warning: the message of C.7 in de leaves out `<key>`",
        "--> errors.toml:11:14",
        "help: add `<key>`, or say that it may be left out: `params = { key = { optional = true } }`",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    scratch.write(
        "errors.toml",
        &spec("params = { key = { optional = true } }\n"),
    );
    let said = succeed(scratch.run(&["check", "--spec", "errors.toml"]));
    assert!(!said.contains("warning"), "{said}");
}
