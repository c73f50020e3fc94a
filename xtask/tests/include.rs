//! `include = ["errbook"]`: `explain` and the site of a registry know the shipped vendors as well.

use crate::init::{ALARMS, Folder};
use crate::shipped::run_errbook;

/// A registry that includes the shipped one, with a vendor of this name.
fn including(vendor: &str, kinds: &str) -> Folder {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme", "--kinds", kinds]);
    folder.replace(
        "errbook.toml",
        "vendors = \"vendors\"\n",
        "vendors = \"vendors\"\ninclude = [\"errbook\"]\n",
    );
    // One code that Tencent has too, and one that it does not.
    folder.write("alarms.md", &ALARMS.replace("1002", "-5007"));
    folder.runs(&["add", vendor, "alarms.md"]);
    folder
}

fn explain(folder: &Folder, arguments: &[&str]) -> String {
    let mut all = vec!["explain", "--locale", "en"];
    all.extend(arguments);
    let said = folder.run_in("", &all);
    assert!(said.success, "{arguments:?}: {}{}", said.out, said.err);
    said.out
}

#[test]
fn explain_answers_from_the_registry_first_and_marks_each_answer() {
    let folder = including("push-gw", "none");
    let out = explain(&folder, &["-5007"]);
    let own = out
        .find("acme: push-gw / PushGatewayAlarmsCode")
        .expect(&out);
    let shipped = out.find("errbook: tencent-kyc / FaceCode").expect(&out);
    assert!(own < shipped, "{out}");
    assert!(out.contains("acme_codes::push_gw::"), "{out}");
    assert!(out.contains("errbook_codes::tencent_kyc::"), "{out}");
    // The kind is described, although the registry itself has none.
    assert!(out.contains("user message"), "{out}");
    let lines = explain(&folder, &["image"]);
    assert!(lines.contains("errbook: megvii-faceid"), "{lines}");

    let json: serde_json::Value =
        serde_json::from_str(&explain(&folder, &["--format", "json", "-5007"])).unwrap();
    let registries: Vec<_> = json["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["registry"].as_str().unwrap())
        .collect();
    assert_eq!(registries[0], "acme");
    assert!(registries[1..].iter().all(|name| *name == "errbook") && registries.len() > 1);

    let out = explain(&folder, &["--vendor", "tencent-kyc", "-5007"]);
    assert!(
        out.contains("tencent-kyc") && !out.contains("push-gw"),
        "{out}"
    );
    let said = folder.run_in("", &["explain", "--vendor", "tencent-kyc", "1001"]);
    assert!(
        said.out.contains("is unknown to tencent-kyc"),
        "{}",
        said.out
    );
    let said = folder.run_in("", &["explain", "--vendor", "tencent-kyk", "1001"]);
    assert!(
        said.err.contains("did you mean `tencent-kyc`?"),
        "{}",
        said.err
    );
    assert!(said.err.contains("push-gw"), "{}", said.err);
}

#[test]
fn without_include_only_the_registry_answers() {
    let folder = including("push-gw", "none");
    folder.replace("errbook.toml", "include = [\"errbook\"]\n", "");
    let out = explain(&folder, &["-5007"]);
    assert!(
        out.contains("  push-gw / ") && !out.contains("tencent"),
        "{out}"
    );
}

/// The shipped editions are old: a registry may have a later one of the same vendor.
#[test]
fn a_vendor_of_the_registry_replaces_an_included_one_of_the_same_name() {
    let folder = including("tencent-kyc", "errbook");
    let out = explain(&folder, &["-5007"]);
    assert!(out.contains("acme: tencent-kyc"), "{out}");
    assert!(!out.contains("errbook: tencent-kyc"), "{out}");
    let out = explain(&folder, &["2006"]);
    assert!(out.contains("errbook: tencent-huiyan"), "{out}");
}

#[test]
fn the_site_shows_the_included_vendors_and_exports_do_not() {
    let folder = including("push-gw", "errbook");
    let said = folder.run_in("", &["site", "--out", "page"]);
    assert!(said.success, "{}", said.err);
    let index = folder.read("page/index.html");
    let own = index.find("acme: push-gw").unwrap();
    let shipped = index.find("errbook: tencent-kyc").unwrap();
    assert!(own < shipped);
    let card = folder.read("page/codes/tencent-kyc/FaceCode/-5007.html");
    assert!(card.contains("errbook_codes::tencent_kyc::FaceCode::from_code(-5007)"));
    assert!(
        folder
            .read("page/vendors/tencent-kyc.html")
            .contains("errbook: <code>tencent-kyc")
    );
    let kinds = folder.read("page/kinds.html");
    assert!(
        kinds.contains("errbook: <span lang=\"en\" data-for=\"en ja\">Megvii FaceID"),
        "{kinds}"
    );
    assert!(
        kinds.contains("<div data-vendor=\"tencent-kyc\"><dt>errbook: "),
        "the kinds are the same"
    );
    assert!(!folder.read("page/coverage.html").contains("tencent-kyc"));
    let said = folder.run_in("", &["export", "json"]);
    assert!(
        said.success && !said.out.contains("tencent-kyc"),
        "{}",
        said.err
    );
    assert!(folder.run_in("", &["stats"]).out.contains("push-gw"));
}

#[test]
fn kinds_of_another_taxonomy_are_told_apart_on_the_site() {
    let folder = including("push-gw", "own");
    let said = folder.run_in("", &["site", "--out", "page"]);
    assert!(said.success, "{}", said.err);
    let kinds = folder.read("page/kinds.html");
    let count = |text: &str| kinds.matches(text).count();
    assert_eq!(count("<section class=\"kind\" id=\"invalid-argument\""), 1);
    assert_eq!(
        count("<section class=\"kind\" id=\"errbook/invalid-argument\""),
        1
    );
    let vendor = folder.read("page/vendors/tencent-huiyan.html");
    assert!(vendor.contains("../kinds.html#errbook/invalid-argument"));
}

#[test]
fn an_unknown_registry_cannot_be_included() {
    let folder = including("push-gw", "none");
    folder.replace(
        "errbook.toml",
        "include = [\"errbook\"]",
        "include = [\"errbok\"]",
    );
    let said = folder.run_in("", &["explain", "-5007"]);
    assert!(
        !said.success && said.err.contains("unknown registry `errbok`"),
        "{}",
        said.err
    );
    assert!(said.err.contains("errbook.toml:6:1"), "{}", said.err);
    assert!(
        said.err.contains("help: write `include = [\"errbook\"]`"),
        "{}",
        said.err
    );
}

#[test]
fn the_shipped_registry_marks_its_answers_in_json_only() {
    let out = run_errbook(&["explain", "-5007", "--locale", "en"]);
    assert!(out.contains("  tencent-kyc / FaceCode"), "{out}");
    let out = run_errbook(&["explain", "-5007", "--format", "json"]);
    assert!(out.contains("\"registry\": \"errbook\""), "{out}");
}
