//! The taxonomy of a registry: the shared one (`kinds = "errbook"`), one of its own, and none.

use std::fs;

use crate::init::{ALARMS, Folder, cargo, run_cargo};
use crate::shipped::root;

const OVERLAY: &str = "vendors/push-gw/overlay.toml";

/// A registry with the alarms, which have names.
fn alarms(kinds: &str) -> Folder {
    let folder = Folder::new();
    folder.runs(&["init", "--name", "acme", "--kinds", kinds]);
    folder.write("alarms.md", ALARMS);
    folder.runs(&["add", "push-gw", "alarms.md"]);
    for code in ["1001", "1002"] {
        folder.replace(OVERLAY, &format!("# {code} ="), &format!("{code} ="));
    }
    folder.runs(&["regen"]);
    folder
}

/// The same with the shared taxonomy, and a kind for each code.
fn with_shared_kinds() -> Folder {
    let folder = alarms("errbook");
    folder.replace(OVERLAY, "# kinds = ", "kinds = ");
    for (name, kind) in [
        ("QueueFull", "rate-limited"),
        ("NoDevice", "invalid-argument"),
    ] {
        let variant = format!("variant = \"{name}\"");
        folder.replace(OVERLAY, &variant, &format!("{variant}, kind = \"{kind}\""));
    }
    folder.replace("src/push_gw.rs", "// kinds", "kinds");
    folder.runs(&["regen"]);
    folder
}

/// A test in the crate, which uses the enum that other vendors' codes have as well.
const TEST: &str = "
#[test]
fn kinds_are_those_of_every_vendor() {
    let full = push_gw::PushGatewayAlarmsCode::QueueFull;
    assert_eq!(full.kind(), errbook_codes::Kind::RateLimited);
    assert_eq!(full.kind(), Kind::RateLimited);
    assert_eq!(full.retry(), errbook::Retry::Throttled);
    let kind: &dyn errbook::HasKind<errbook_codes::Kind> = &full;
    assert!(!kind.kind().message(errbook::Locale::EN).is_empty());
}
";

#[test]
fn a_registry_that_shares_the_kinds_needs_no_copy_of_them() {
    let folder = with_shared_kinds();
    assert!(!folder.path("kinds.toml").exists());
    folder.runs(&["regen", "--check"]);
    let said = folder.runs(&["explain", "1001", "--locale", "en"]);
    assert!(said.out.contains("rate-limited: "), "{}", said.out);
    assert!(said.out.contains("user message"), "{}", said.out);
    let said = folder.runs(&["explain", "rate-limited"]);
    assert!(said.out.contains("1001"), "{}", said.out);
    let said = folder.run_in("", &["export", "json"]);
    assert!(said.out.contains("\"vendor-internal\""), "{}", said.err);
    folder.runs(&["export", "typescript", "--out", "ts"]);
    folder.runs(&["site", "--out", "page"]);
    assert!(
        folder
            .read("page/kinds.html")
            .contains("id=\"rate-limited\"")
    );
    folder.runs(&["kinds"]);
    let page = folder.read("KINDS.md");
    assert!(
        page.contains("`1001 QueueFull`") && !page.contains("tencent"),
        "{page}"
    );
    folder.runs(&["kinds", "--check"]);
    folder.runs(&["stats", "--check"]);
    let said = folder.runs(&["check"]);
    assert_eq!(said.out, "push-gw: 2 codes in 1 set\n");
    let said = folder.run_in("", &["expand", "push-gw"]);
    assert!(said.out.contains("errbook_codes::Kind"), "{}", said.err);
}

#[test]
fn a_release_of_a_registry_that_shares_the_kinds_does_not_count_them() {
    let folder = with_shared_kinds();
    folder.runs(&["kinds"]);
    let said = folder.runs(&["release", "--format", "json"]);
    assert!(!said.out.contains("vendor-internal"), "{}", said.out);
    assert!(!folder.path("released/kinds.toml").exists());
    assert!(!folder.read("CHANGELOG.md").contains("36"));
    let said = folder.runs(&["release", "--check"]);
    assert!(
        said.out.contains("nothing has changed since"),
        "{}",
        said.out
    );
    let later = ALARMS.replace("is not known", "is unknown or offline");
    folder.write("alarms.md", &later);
    let said = folder.runs(&["update", "push-gw", "alarms.md"]);
    assert!(!said.out.contains("kinds"), "{}", said.out);
}

#[test]
fn a_kind_that_the_taxonomy_does_not_have_is_an_error() {
    let folder = with_shared_kinds();
    folder.replace(OVERLAY, "\"rate-limited\"", "\"rate-limitd\"");
    let said = folder.run_in("", &["regen"]);
    assert!(
        !said.success && said.err.contains("`rate-limitd`"),
        "{}",
        said.err
    );
    assert!(said.err.contains("`rate-limited`"), "{}", said.err);
    folder.replace(OVERLAY, "kinds = \"errbook\"", "kinds = \"acme\"");
    let said = folder.run_in("", &["regen"]);
    assert!(
        said.err
            .contains("the taxonomy of this registry is `errbook`"),
        "{}",
        said.err
    );
}

#[test]
fn a_crate_that_shares_the_kinds_compiles_without_the_vendors() {
    let folder = with_shared_kinds();
    let manifest = folder.read("Cargo.toml");
    let shipped = fs::read_to_string(root().join("codes/Cargo.toml")).unwrap();
    let version = shipped
        .lines()
        .find(|line| line.starts_with("version = "))
        .unwrap();
    let wanted =
        format!("errbook-codes = {{ {version}, default-features = false, features = [\"en\"] }}");
    assert!(manifest.contains(&wanted), "{manifest}");
    let library = folder.read("src/lib.rs");
    folder.write("src/lib.rs", &(library + TEST));
    cargo(&folder, &["test", "--quiet"]);

    // As if the tool knew a kind that the crate does not have yet.
    let spec = folder.read("vendors/push-gw/spec.toml");
    let newer = spec.replace("kind = \"rate-limited\"", "kind = \"queue-full\"");
    assert_ne!(spec, newer);
    folder.write("vendors/push-gw/spec.toml", &newer);
    let said = run_cargo(&folder, &["check", "--quiet"]);
    assert!(
        !said.success
            && said
                .err
                .contains("the kind `queue-full` needs a variant `QueueFull`"),
        "{}",
        said.err
    );
    assert!(said.err.contains("src/push_gw.rs"), "{}", said.err);
}

#[test]
fn a_registry_may_have_kinds_of_its_own_or_none() {
    let folder = alarms("own");
    folder.replace(OVERLAY, "# kinds = ", "kinds = ");
    for name in ["QueueFull", "NoDevice"] {
        let variant = format!("variant = \"{name}\"");
        folder.replace(
            OVERLAY,
            &variant,
            &format!("{variant}, kind = \"invalid-argument\""),
        );
    }
    folder.replace(
        "src/push_gw.rs",
        "// kinds = crate::Kind",
        "kinds = crate::Kind",
    );
    folder.runs(&["regen"]);
    folder.runs(&["kinds"]);
    folder.runs(&["release"]);
    assert!(folder.path("released/kinds.toml").exists());
    assert!(!folder.read("Cargo.toml").contains("errbook-codes"));
    cargo(&folder, &["check", "--quiet"]);

    let folder = alarms("none");
    assert!(
        folder
            .read("errbook.toml")
            .contains("\n# kinds = \"errbook\"\n")
    );
    assert!(!folder.read("src/push_gw.rs").contains("kinds"));
    assert!(
        folder
            .runs(&["expand", "push-gw"])
            .out
            .contains("enum PushGatewayAlarmsCode")
    );
    folder.runs(&["stats", "--check"]);
    folder.runs(&["release"]);
    let said = folder.run_in("", &["kinds"]);
    assert!(
        !said.success && said.err.contains("help: name both in errbook.toml"),
        "{}",
        said.err
    );
}
