//! The facts that an overlay or a kind decides, in the spec that `regen` writes.

use errbook_spec::place::Source;
use errbook_spec::{Code, Range, Retry, Set, Severity, Spec, check, parse};

use crate::scratch::Scratch;

const NOTE: &str =
    "{ en = \"A note.\", source = \"https://shop.example/news\", date = \"2021-07-19\" }";

/// Regenerates the shop with changed files, and parses its spec.
fn regenerated(change: impl FnOnce(&Scratch)) -> Spec {
    let scratch = Scratch::new();
    change(&scratch);
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    parse(&Source::new("spec.toml", &scratch.spec())).unwrap()
}

fn set<'a>(spec: &'a Spec, name: &str) -> &'a Set {
    let found = spec.sets.iter().find(|set| set.name.value == name);
    found.unwrap_or_else(|| panic!("no set {name}"))
}

fn code<'a>(spec: &'a Spec, set_name: &str, code: &str) -> &'a Code {
    let found = set(spec, set_name)
        .codes
        .iter()
        .find(|known| known.code.value == code);
    found.unwrap_or_else(|| panic!("no code {code}"))
}

/// The severity of a code after the defaults, as the generated enum has it.
fn severity(spec: &Spec, set_name: &str, code: &str) -> Severity {
    let registry = check(spec).unwrap_or_else(|problems| panic!("{problems}"));
    let sets = registry.sets.iter();
    let mut codes = sets
        .filter(|set| set.name == set_name)
        .flat_map(|set| &set.codes);
    codes.find(|known| known.text == code).unwrap().severity
}

/// Adds keys to the kind `image-quality`.
fn add_to_kind(scratch: &Scratch, keys: &str) {
    let kinds = scratch.read("codes/kinds.toml");
    let variant = "variant = \"ImageQuality\"\n";
    assert_eq!(kinds.matches(variant).count(), 1);
    scratch.write(
        "codes/kinds.toml",
        &kinds.replace(variant, &format!("{variant}{keys}\n")),
    );
}

#[test]
fn a_note_of_the_overlay_is_in_the_spec_for_a_code_a_set_and_a_range() {
    let spec = regenerated(|scratch| {
        scratch.edit(
            "overlay.toml",
            "kind = \"image-quality\" }\n-3",
            &format!("kind = \"image-quality\", note = {NOTE} }}\n-3"),
        );
        scratch.edit(
            "overlay.toml",
            "title = \"接口错误码\"",
            &format!("title = \"接口错误码\"\nnote = {NOTE}"),
        );
        scratch.edit(
            "overlay.toml",
            "\"500..599\" = { kind = \"vendor-internal\" }",
            &format!("\"500..599\" = {{ kind = \"vendor-internal\", note = {NOTE} }}"),
        );
    });
    let range: &Range = &set(&spec, "ApiCode").ranges[0];
    let notes = [
        &code(&spec, "OrderCode", "-2").note,
        &set(&spec, "ApiCode").note,
        &range.note,
    ];
    for note in notes {
        let note = note.as_ref().expect("the overlay has a note");
        assert_eq!(note.text.get("en").unwrap().value, "A note.");
        assert_eq!(
            note.source.as_ref().unwrap().value,
            "https://shop.example/news"
        );
        assert_eq!(note.date.as_ref().unwrap().value, "2021-07-19");
    }
    let with_note = spec.sets.iter().flat_map(|set| &set.codes);
    assert_eq!(with_note.filter(|code| code.note.is_some()).count(), 1);
    assert!(set(&spec, "OrderCode").note.is_none());
}

#[test]
fn a_code_has_the_severity_of_its_kind_unless_the_overlay_gives_it_one() {
    let spec = regenerated(|scratch| {
        add_to_kind(scratch, "severity = \"warning\"");
        scratch.edit(
            "overlay.toml",
            "kind = \"image-quality\", retry = \"never\"",
            "kind = \"image-quality\", severity = \"info\", retry = \"never\"",
        );
    });
    assert_eq!(severity(&spec, "OrderCode", "-2"), Severity::Warning);
    assert_eq!(severity(&spec, "OrderCode", "-3"), Severity::Info);
    assert_eq!(severity(&spec, "OrderCode", "-1"), Severity::Error);
    assert_eq!(severity(&spec, "OrderCode", "0"), Severity::Info);
}

/// A kind says what a condition usually means. The severity of a set says what this vendor's
/// document states about this table, so it is the more exact of the two.
#[test]
fn the_severity_of_a_set_overrides_that_of_a_kind() {
    let spec = regenerated(|scratch| {
        add_to_kind(scratch, "severity = \"info\"");
        scratch.edit(
            "overlay.toml",
            "[set.OrderCode]\n",
            "[set.OrderCode]\nseverity = \"warning\"\n",
        );
        scratch.edit(
            "overlay.toml",
            "kind = \"image-quality\", retry = \"never\"",
            "kind = \"image-quality\", severity = \"error\", retry = \"never\"",
        );
    });
    let of_set = set(&spec, "OrderCode").severity.as_ref().unwrap();
    assert_eq!(of_set.value, Severity::Warning);
    assert!(code(&spec, "OrderCode", "-2").severity.is_none());
    assert_eq!(severity(&spec, "OrderCode", "-2"), Severity::Warning);
    assert_eq!(severity(&spec, "OrderCode", "-3"), Severity::Error);
    // Its kind says that it reports success.
    assert_eq!(severity(&spec, "OrderCode", "0"), Severity::Info);
    // A set without a severity keeps that of the kind.
    assert_eq!(severity(&spec, "ApiCode", "2"), Severity::Info);
}

#[test]
fn a_range_has_the_severity_of_the_overlay_else_of_the_set_else_of_the_kind() {
    let severity = |keys_of_set: &str, keys_of_range: &str| {
        let spec = regenerated(|scratch| {
            add_to_kind(scratch, "severity = \"info\"");
            scratch.edit(
                "overlay.toml",
                "title = \"接口错误码\"",
                &format!("title = \"接口错误码\"\n{keys_of_set}"),
            );
            scratch.edit(
                "overlay.toml",
                "\"500..599\" = { kind = \"vendor-internal\" }",
                &format!("\"500..599\" = {{ kind = \"image-quality\"{keys_of_range} }}"),
            );
        });
        let registry = check(&spec).unwrap();
        let mut sets = registry.sets.iter();
        sets.find(|set| set.name == "ApiCode").unwrap().ranges[0].severity
    };
    let warning = "severity = \"warning\"";
    assert_eq!(severity("", ""), Severity::Info);
    assert_eq!(severity(warning, ""), Severity::Warning);
    assert_eq!(severity(warning, ", severity = \"error\""), Severity::Error);
}

#[test]
fn a_card_says_that_success_is_info_in_a_set_of_warnings() {
    let scratch = Scratch::new();
    scratch.edit(
        "overlay.toml",
        "[set.OrderCode]\n",
        "[set.OrderCode]\nseverity = \"warning\"\n",
    );
    assert!(scratch.run(&["regen", "--new"]).success);
    let card = |code: &str| scratch.run(&["explain", code, "--locale", "en"]).out;
    let severity = |card: &str| {
        let line = card.lines().find(|line| line.contains("severity"));
        line.map(|line| line.split_whitespace().last().unwrap().to_owned())
    };
    assert_eq!(severity(&card("OrderCode.0")).as_deref(), Some("info"));
    assert_eq!(severity(&card("OrderCode.-2")).as_deref(), Some("warning"));
}

#[test]
fn what_the_document_says_of_retries_and_severity_is_kept_unless_the_overlay_decides() {
    let spec = regenerated(|scratch| {
        let old = "| 返回码 | 返回信息 | 处理措施 |\n|---|---|---|\n| 0 | 成功 | |\n| -1 | 参数错误 | 请检查参数 |\n";
        let new = "| 返回码 | 返回信息 | 处理措施 | 可重试 | 级别 |\n|---|---|---|---|---|\n\
                   | 0 | 成功 | | 否 | |\n| -1 | 参数错误 | 请检查参数 | 是 | 警告 |\n\
                   | -9 | 系统繁忙 | | 是 | P1 |\n";
        scratch.edit("source.md", old, new);
        scratch.edit(
            "overlay.toml",
            "[set.OrderCode]\n",
            "[set.OrderCode]\ncolumns = { \"可重试\" = \"retry\", \"级别\" = \"severity\" }\n",
        );
    });
    let retry = |name: &str| {
        code(&spec, "OrderCode", name)
            .retry
            .as_ref()
            .map(|at| at.value)
    };
    // Its kind says that the request must be fixed first.
    assert_eq!(retry("-1"), Some(Retry::Backoff));
    assert_eq!(retry("-9"), Some(Retry::Backoff));
    assert_eq!(severity(&spec, "OrderCode", "-1"), Severity::Warning);
    assert_eq!(severity(&spec, "OrderCode", "-9"), Severity::Error);
}
