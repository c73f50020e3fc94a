//! errbook.toml: how a registry is found, what may be written there, and that no path or name is
//! fixed in the tool.

use std::fs;

use crate::scratch::{CONFIG, SHOP, Scratch};

/// A registry of its own layout: a crate with its version, no taxonomy, no changelog.
fn own_layout() -> Scratch {
    let scratch = Scratch::new();
    fs::remove_file(scratch.path("errbook.toml")).unwrap();
    fs::create_dir_all(scratch.path("errors")).unwrap();
    fs::rename(scratch.path("codes/vendors"), scratch.path("errors/of")).unwrap();
    fs::rename(
        scratch.path("codes/kinds.toml"),
        scratch.path("errors/what.toml"),
    )
    .unwrap();
    scratch.write(
        "errors/errbook.toml",
        "schema = 1\nname = \"acme\"\nvendors = \"of\"\nkinds = \"what.toml\"\n\n\
         [crate]\npath = \"crate\"\nmodules = \"src/vendors\"\nlist = \"src/vendors/lib.rs\"\n\n\
         [release]\nversion = \"crate/Cargo.toml\"\npromises = \"last\"\n",
    );
    scratch.write(
        "errors/crate/Cargo.toml",
        "[package]\nname = \"acme-errors\"\nversion = \"1.2.3\"\n\n\
         [features]\ndefault = [\"shop\"]\nshop = []\n",
    );
    scratch.write(
        "errors/crate/src/vendors/lib.rs",
        "vendors! {\n    /// The shop.\n    shop = \"shop\";\n}\n",
    );
    scratch
}

/// The same with one vendor, a door, that can be released.
fn ready_door() -> Scratch {
    let scratch = own_layout();
    fs::remove_dir_all(scratch.path("errors/of/shop")).unwrap();
    scratch.write(
        "door.md",
        "# Error codes\n\n| Code | Message |\n|---|---|\n| 7001 | The door is open. |\n",
    );
    let said = scratch.run_in("errors", &["add", "door", "../door.md"]);
    assert!(said.success, "{}", said.err);
    let overlay = scratch.read("errors/of/door/overlay.toml");
    let named = overlay.replace("# 7001 =", "7001 =");
    scratch.write("errors/of/door/overlay.toml", &named);
    let said = scratch.run_in("errors", &["regen"]);
    assert!(said.success, "{}", said.err);
    scratch
}

#[test]
fn a_registry_may_have_any_layout() {
    let scratch = own_layout();
    let said = scratch.run_in("errors/of", &["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    assert!(scratch.path("errors/of/shop/spec.toml").is_file());
    scratch.write(
        "door.md",
        "# Error codes\n\n| Code | Message |\n|---|---|\n| 7001 | The door is open. |\n",
    );
    let said = scratch.run_in("errors/of", &["add", "door", "../../door.md"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.out.contains("wrote ../crate/Cargo.toml"),
        "{}",
        said.out
    );
    assert!(said.out.contains("wrote door/spec.toml"), "{}", said.out);
    assert!(!said.out.contains("README") && !said.out.contains("CHANGELOG"));
    let module = scratch.read("errors/crate/src/vendors/door.rs");
    assert!(module.contains("\"../of/door/spec.toml\""), "{module}");
    let said = scratch.run_in("errors/of", &["explain", "7001"]);
    assert!(said.out.contains("acme_errors::door::"), "{}", said.out);
}

#[test]
fn a_release_writes_only_what_errbook_toml_names() {
    let scratch = ready_door();
    let said = scratch.run_in("errors/of/door", &["release"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.contains("review ../../last,"), "{}", said.out);
    assert!(scratch.path("errors/last/door.txt").is_file());
    assert_eq!(scratch.read("errors/last/version.txt"), "1.2.3\n");
    assert!(!scratch.path("CHANGELOG.md").exists());
    assert!(!scratch.path("errors/CHANGELOG.md").exists());
}

#[test]
fn the_only_registry_of_a_cargo_workspace_is_found_from_its_root_and_its_members() {
    let scratch = own_layout();
    scratch.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"errors\", \"services/*\"]\n",
    );
    scratch.write("services/mail/src/lib.rs", "");
    for folder in ["", "services/mail/src", "errors", "errors/of/shop"] {
        let said = scratch.run_in(folder, &["regen", "--new"]);
        assert!(said.success, "{folder}: {}", said.err);
    }
    let said = scratch.run_in(
        "/",
        &["regen", "--root", scratch.path("").to_str().unwrap()],
    );
    assert!(said.success, "{}", said.err);

    scratch.write(
        "services/mail/errbook.toml",
        "schema = 1\nname = \"mail\"\n",
    );
    let said = scratch.run_in("", &["regen"]);
    assert!(
        !said.success && said.err.contains("several members are registries"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("errors") && said.err.contains("services/mail"),
        "{}",
        said.err
    );
    let said = scratch.run_in("", &["regen", "--root", "errors"]);
    assert!(said.success, "{}", said.err);
}

#[test]
fn a_registry_inside_another_is_refused_unless_it_is_chosen() {
    let scratch = Scratch::regenerated();
    scratch.write(
        &format!("{SHOP}/errbook.toml"),
        "schema = 1\nname = \"inner\"\n",
    );
    let said = scratch.run_in(SHOP, &["regen"]);
    assert!(
        !said.success && said.err.contains("is inside another one"),
        "{}",
        said.err
    );
    let said = scratch.run_in(SHOP, &["regen", "--root", "."]);
    assert!(said.err.contains("no vendors found"), "{}", said.err);
    assert!(scratch.run(&["regen", "--check"]).success);
    // A repository of its own is another matter.
    std::fs::create_dir_all(scratch.path(&format!("{SHOP}/.git"))).unwrap();
    let said = scratch.run_in(SHOP, &["regen"]);
    assert!(said.err.contains("no vendors found"), "{}", said.err);
}

#[test]
fn messages_show_paths_as_seen_from_the_current_folder() {
    let scratch = Scratch::regenerated();
    scratch.edit("overlay.toml", "locale = \"zh-CN\"", "locale = \"Chinese\"");
    for (folder, shown) in [
        ("", "codes/vendors/shop/overlay.toml"),
        ("codes", "vendors/shop/overlay.toml"),
        (SHOP, "--> overlay.toml"),
        ("codes/vendors/shop/messages", "../overlay.toml"),
    ] {
        let said = scratch.run_in(folder, &["regen"]);
        assert!(said.err.contains(shown), "{folder}: {}", said.err);
    }
}

/// A mistake in errbook.toml: what is replaced, by what, and what is said.
const MISTAKES: [(&str, &str, &str); 18] = [
    ("schema = 1\n", "", "missing field `schema`"),
    ("schema = 1", "schema = 2", "unknown schema 2"),
    ("name = \"shop\"", "name = \" \"", "the name is empty"),
    ("name = \"shop\"", "naem = \"shop\"", "unknown field `naem`"),
    ("name = \"shop\"", "name = 7", "invalid type: integer `7`"),
    (
        "\"codes/vendors\"",
        "\"/codes/vendors\"",
        "`vendors` is not a path",
    ),
    ("\"codes/vendors\"", "\"\"", "`vendors` is not a path"),
    (
        "en = \"CHANGELOG.md\"",
        "English = \"CHANGELOG.md\"",
        "is not a changelog",
    ),
    (
        "[release]",
        "[crate]\npath = \"nowhere\"\n\n[release]",
        "names a crate that is not there",
    ),
    ("[release]", "[release", "unclosed table"),
    ("\"codes/kinds.toml\"", "\"\"", "`kinds` is not a path"),
    (
        "[release]",
        "include = \"errbook\"\n[release]",
        "expected a sequence",
    ),
    (
        "[release]",
        "include = [\"acme\"]\n[release]",
        "unknown registry `acme`",
    ),
    (
        "[\"en\"]",
        "[\"en\", \"zh_CN\"]",
        "`zh_CN` is not a language tag",
    ),
    (
        "[\"en\"]",
        "[\"en\", \"en\"]",
        "the language `en` is listed twice",
    ),
    (
        "[release]",
        "[site]\nurl = \"errors.acme.example\"\n[release]",
        "`errors.acme.example` is not a URL",
    ),
    (
        "[release]",
        "[site]\nurl = \"https://acme.example/?a\"\n[release]",
        "is not a URL",
    ),
    (
        "[release]",
        "[site]\ntitel = \"ACME\"\n[release]",
        "unknown field `titel`",
    ),
];

#[test]
fn a_mistake_is_shown_with_its_place_and_nothing_is_written() {
    let scratch = Scratch::new();
    for (from, to, message) in MISTAKES {
        assert!(CONFIG.contains(from), "{from}");
        scratch.write("errbook.toml", &CONFIG.replacen(from, to, 1));
        for arguments in [
            &["regen", "--new"][..],
            &["release"],
            &["explain", "1"],
            &["site"],
        ] {
            let said = scratch.run(arguments);
            let text = format!("{from} -> {to}, {arguments:?}: {}", said.err);
            assert!(!said.success && said.err.contains(message), "{text}");
            assert!(
                said.err.contains("errbook.toml") && said.err.contains("help:"),
                "{text}"
            );
        }
        let is_whole = message.contains("not there") || message.contains("missing");
        let said = scratch.run(&["regen"]);
        let line = (1..12).any(|line| said.err.contains(&format!("errbook.toml:{line}:")));
        assert!(is_whole || line, "{}", said.err);
    }
    assert!(!scratch.path(&format!("{SHOP}/spec.toml")).exists());
    assert!(!scratch.path("target").exists());
}

#[test]
fn a_release_needs_a_version_file_with_a_version() {
    let scratch = ready_door();
    for (text, message) in [
        (
            "[package]\nname = \"acme-errors\"\nversion.workspace = true\n",
            "neither `[package]` nor `[workspace.package]` has a `version`",
        ),
        ("[package]\nversion = \"1.2\"\n", "`1.2` is not a version"),
        (
            "[package]\nname = \"acme-errors\"\n",
            "help: write `version = \"0.1.0\"` there, or name the Cargo.toml that has it",
        ),
        ("[package\n", "unclosed table"),
    ] {
        scratch.write("errors/crate/Cargo.toml", text);
        let said = scratch.run_in("errors", &["release"]);
        let text = format!("{text}: {}", said.err);
        assert!(!said.success && said.err.contains(message), "{text}");
        assert!(said.err.contains("crate/Cargo.toml"), "{text}");
    }
    assert!(!scratch.path("errors/last").exists());
}

/// serde stops at the first mistake, and a person should not.
#[test]
fn every_mistake_is_reported_at_once() {
    let scratch = Scratch::new();
    scratch.write(
        "errbook.toml",
        "schema = 1\nnaem = \"shop\"\nname = \"shop\"\nvendors = 5\nlanguages = [\"english\"]\n\n\
         [site]\ntitel = \"Codes\"\nurl = \"nowhere\"\n",
    );
    let said = scratch.run(&["regen"]);
    assert!(!said.success, "{}", said.out);
    for (line, message) in [
        (2, "unknown field `naem`"),
        (2, "did you mean `name`?"),
        (4, "invalid type: integer `5`"),
        (5, "english"),
        (8, "did you mean `title`?"),
        (9, "nowhere"),
    ] {
        assert!(said.err.contains(message), "{message}: {}", said.err);
        let place = format!("errbook.toml:{line}:");
        assert!(said.err.contains(&place), "{place}: {}", said.err);
    }
}
