//! Codes for single values of a symbol's parameter: `template` of an entry in an overlay.

use errbook_spec::place::Source;
use errbook_spec::{Billing, Code, Retry, Spec, parse};

use crate::scratch::{Scratch, release, succeeds};

const FOLDER: &str = "codes/vendors/vendor";

const OVERLAY: &str = r#"schema = 1
title = "Login"
locale = "en"
kinds = "errbook"

[set.LoginError]
table = "Login"
identity = "code+symbol"
http = "code"

[set.LoginError.code]
403."AUTH:<reason>" = { variant = "NotAuthorized", kind = "forbidden", note = { en = "There may be other reasons." } }
403.NO_ACCOUNT = { variant = "NoAccount", kind = "account-disabled" }
500.INTERNAL = { variant = "Internal", kind = "vendor-internal" }
"#;

/// The entry of the template, which the tests replace or add lines to.
const TEMPLATE: &str = "403.\"AUTH:<reason>\" = { variant = \"NotAuthorized\"";

const EXPIRED: &str = "403.\"AUTH:EXPIRED\" = { variant = \"Expired\", kind = \"session-expired\", template = \"AUTH:<reason>\" }\n";

const ROW: &str = "| 403 | AUTH:<reason> | not allowed: <reason> | ask us about <reason> | no |\n";

const GERMAN: &str = "schema = 1\n\n[[text]]\nof = \"not allowed: <reason>\"\n\
                      is = \"nicht erlaubt (<reason>)\"\n";

fn document(row: &str) -> String {
    format!(
        "# Login\n\n| code | symbol | message | remedy | billed |\n| --- | --- | --- | --- | --- |\n\
         {row}| 403 | NO_ACCOUNT | no such account | | yes |\n| 500 | INTERNAL | failed | | no |\n"
    )
}

/// The vendor with more entries, not yet generated.
fn vendor(entries: &str) -> Scratch {
    Scratch::vendor(&format!("{OVERLAY}{entries}"), &document(ROW))
}

fn regenerated(entries: &str) -> Scratch {
    let scratch = vendor(entries);
    succeeds(&scratch.run(&["regen", "--new"]));
    scratch
}

fn spec(scratch: &Scratch) -> Spec {
    let text = scratch.read(&format!("{FOLDER}/spec.toml"));
    parse(&Source::new("spec.toml", &text)).unwrap()
}

fn code(spec: &Spec, symbol: &str) -> Code {
    let mut codes = spec.sets[0].codes.iter();
    let is_it = |code: &&Code| code.symbol.as_ref().is_some_and(|it| it.value == symbol);
    codes
        .find(is_it)
        .unwrap_or_else(|| panic!("no code {symbol}"))
        .clone()
}

fn edit(scratch: &Scratch, from: &str, to: &str) {
    let file = format!("{FOLDER}/overlay.toml");
    let text = scratch.read(&file);
    assert_eq!(text.matches(from).count(), 1, "{from}");
    scratch.write(&file, &text.replace(from, to));
}

/// What `regen` says about a vendor with these entries, which it refuses.
fn refused(entries: &str) -> String {
    let said = vendor(entries).run(&["regen", "--new"]);
    assert!(!said.success, "{}", said.out);
    said.err
}

#[test]
fn a_value_has_a_code_with_the_facts_of_the_row_and_the_texts_filled_in() {
    let scratch = vendor(EXPIRED);
    scratch.write(&format!("{FOLDER}/messages/de.toml"), GERMAN);
    let said = scratch.run(&["regen", "--new"]);
    succeeds(&said);
    assert!(
        said.out
            .contains("3 rows,    3 accepted ->    4 codes, 1 for values of a template"),
        "{}",
        said.out
    );
    assert!(said.out.contains("3 rows: 3 accepted"), "{}", said.out);
    let spec = spec(&scratch);
    let codes = &spec.sets[0].codes;
    let symbols: Vec<_> = codes
        .iter()
        .filter_map(|code| code.symbol.as_ref())
        .collect();
    assert_eq!(
        symbols.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        ["AUTH:<reason>", "AUTH:EXPIRED", "NO_ACCOUNT", "INTERNAL"]
    );
    let value = code(&spec, "AUTH:EXPIRED");
    assert_eq!(value.variant.value, "Expired");
    assert_eq!(value.kind.as_ref().unwrap().value, "session-expired");
    assert_eq!(value.retry.as_ref().unwrap().value, Retry::AfterFix);
    assert_eq!(value.billing.as_ref().unwrap().value, Billing::Free);
    assert_eq!(value.http.as_ref().unwrap().value, 403);
    assert!(value.params.is_empty());
    let text = |tag: &str| value.message.get(tag).unwrap().value.clone();
    assert_eq!(text("en"), "not allowed: EXPIRED");
    assert_eq!(text("de"), "nicht erlaubt (EXPIRED)");
    assert_eq!(
        value.remedy.get("en").unwrap().value,
        "ask us about EXPIRED"
    );
    assert_eq!(
        value.note.unwrap().text.get("en").unwrap().value,
        "There may be other reasons."
    );
    // A vendor may write a space after the separator: the template takes it for the same value.
    let aliases: Vec<_> = value.aliases.iter().map(|alias| alias.as_str()).collect();
    assert_eq!(aliases, ["AUTH: EXPIRED"]);
    let template = code(&spec, "AUTH:<reason>");
    assert_eq!(template.kind.unwrap().value, "forbidden");
    assert_eq!(
        template.message.get("en").unwrap().value,
        "not allowed: <reason>"
    );

    let said = scratch.run(&["regen", "--check"]);
    succeeds(&said);
    // The translation of the template is that of its values: none is stale, and what is missing is
    // missing for both.
    let said = scratch.run(&["regen"]);
    assert!(
        !said.out.contains("stale") && said.out.contains("4 texts without a translation into de"),
        "{}",
        said.out
    );
}

#[test]
fn a_value_may_have_texts_and_facts_of_its_own() {
    let scratch = regenerated(
        "403.\"AUTH:EXPIRED\" = { variant = \"Expired\", message = \"too late (<reason>)\", \
         billing = \"billed\", http = 401, kind = \"session-expired\", retry = \"never\", because = \
         \"the vendor says so\", note = { en = \"Since 2020.\" }, aliases = [\"AUTH/EXPIRED\"], \
         template = \"AUTH:<reason>\" }\n",
    );
    let value = code(&spec(&scratch), "AUTH:EXPIRED");
    assert_eq!(value.message.get("en").unwrap().value, "too late (EXPIRED)");
    // The words of the row are about all values.
    assert!(value.said.is_empty());
    assert_eq!(value.billing.unwrap().value, Billing::Billed);
    assert_eq!(value.http.unwrap().value, 401);
    assert_eq!(value.retry.unwrap().value, Retry::Never);
    assert_eq!(
        value.note.unwrap().text.get("en").unwrap().value,
        "Since 2020."
    );
    let aliases: Vec<_> = value.aliases.iter().map(|alias| alias.as_str()).collect();
    assert_eq!(aliases, ["AUTH/EXPIRED", "AUTH: EXPIRED"]);
}

/// What a program would do without the entry: nothing is decided of the value alone.
#[test]
fn a_value_without_a_kind_has_that_of_the_row() {
    let scratch = regenerated("403.\"AUTH:DENIED\" = { template = \"AUTH:<reason>\" }\n");
    let value = code(&spec(&scratch), "AUTH:DENIED");
    assert_eq!(value.kind.unwrap().value, "forbidden");
    assert_eq!(value.retry.unwrap().value, Retry::ContactVendor);
    assert_eq!(value.variant.value, "AuthDenied");
}

/// The wait of the template is not that of a value with another retry class.
#[test]
fn a_wait_and_a_retry_class_of_the_row_are_not_those_of_another_kind() {
    let scratch = vendor(EXPIRED);
    edit(
        &scratch,
        TEMPLATE,
        &format!(
            "{TEMPLATE}, retry = \"backoff\", retry-after = 60, because = \"the vendor says so\""
        ),
    );
    edit(
        &scratch,
        EXPIRED,
        &format!("{EXPIRED}403.\"AUTH:SLOW\" = {{ template = \"AUTH:<reason>\" }}\n"),
    );
    succeeds(&scratch.run(&["regen", "--new"]));
    let spec = spec(&scratch);
    let retry = |symbol: &str| {
        let code = code(&spec, symbol);
        (
            code.retry.unwrap().value,
            code.retry_after.map(|seconds| seconds.value),
        )
    };
    assert_eq!(retry("AUTH:<reason>"), (Retry::Backoff, Some(60)));
    assert_eq!(retry("AUTH:SLOW"), (Retry::Backoff, Some(60)));
    assert_eq!(retry("AUTH:EXPIRED"), (Retry::AfterFix, None));
}

/// The vendor writes `reason>` without the opening bracket, and the template has an alias.
#[test]
fn a_parameter_may_be_written_in_another_way_and_the_template_may_have_aliases() {
    let row = ROW.replace("AUTH:<reason>", "AUTH:reason>");
    let overlay = OVERLAY.replace(
        "403.\"AUTH:<reason>\" = { variant",
        "403.\"AUTH:reason>\" = { params = { reason = { written = \"reason>\" } }, \
         aliases = [\"AUTH-<reason>\", \"AUTH\"], variant",
    );
    let value = EXPIRED.replace("AUTH:<reason>", "AUTH:reason>");
    let scratch = Scratch::vendor(&format!("{overlay}{value}"), &document(&row));
    succeeds(&scratch.run(&["regen", "--new"]));
    let value = code(&spec(&scratch), "AUTH:EXPIRED");
    let aliases: Vec<_> = value.aliases.iter().map(|alias| alias.as_str()).collect();
    assert_eq!(aliases, ["AUTH: EXPIRED", "AUTH-EXPIRED", "AUTH- EXPIRED"]);
    assert!(value.params.is_empty());
    for symbol in ["AUTH:EXPIRED", "AUTH- EXPIRED"] {
        let said = scratch.run(&["explain", symbol, "--locale", "en"]);
        assert!(
            said.out.contains("Expired") && !said.out.contains("NotAuthorized"),
            "{}",
            said.out
        );
    }
}

/// A rule of billing may name the value; what it says of the number is that of the row.
#[test]
fn a_rule_of_billing_may_name_a_value() {
    let billing = |rule: &str| {
        let scratch = vendor(EXPIRED);
        edit(
            &scratch,
            "http = \"code\"\n",
            &format!("http = \"code\"\n[set.LoginError.billing]\n{rule}quote = \"not allowed\"\n"),
        );
        succeeds(&scratch.run(&["regen", "--new"]));
        let spec = spec(&scratch);
        ["AUTH:<reason>", "AUTH:EXPIRED"].map(|symbol| code(&spec, symbol).billing.unwrap().value)
    };
    let template = "billed = ['403.AUTH:<reason>']\notherwise = \"free\"\n";
    assert_eq!(billing(template), [Billing::Billed, Billing::Billed]);
    let value = "billed = ['403.AUTH:EXPIRED']\notherwise = \"free\"\n";
    assert_eq!(billing(value), [Billing::Free, Billing::Billed]);
}

#[test]
fn explain_shows_the_value_and_not_its_template() {
    let scratch = regenerated(EXPIRED);
    for query in ["AUTH:EXPIRED", "auth:expired", "AUTH: EXPIRED"] {
        let said = scratch.run(&["explain", query, "--locale", "en"]);
        assert!(
            said.out.contains("session-expired") && !said.out.contains("NotAuthorized"),
            "{query}: {}",
            said.out
        );
    }
    let said = scratch.run(&["explain", "AUTH:OTHER", "--locale", "en"]);
    assert!(said.out.contains("not allowed: OTHER"), "{}", said.out);
    let said = scratch.run(&["explain", "403", "--locale", "en"]);
    assert!(
        said.out.contains("NotAuthorized") && said.out.contains("Expired"),
        "{}",
        said.out
    );
}

#[test]
fn a_template_that_is_withdrawn_takes_its_values_with_it() {
    let scratch = regenerated(EXPIRED);
    release(&scratch);
    scratch.write("new.md", &document(""));
    let before = scratch.tree();
    let said = scratch.run(&["update", "vendor", "new.md"]);
    assert!(!said.success);
    assert!(
        said.err.contains(
            "LoginError: 2 codes are not in the new document: 403.AUTH:<reason> NotAuthorized, \
             403.AUTH:EXPIRED Expired"
        ),
        "{}",
        said.err
    );
    assert_eq!(scratch.tree(), before);
    succeeds(&scratch.run(&["update", "vendor", "new.md", "--accept-removals"]));
    let spec_of = || spec(&scratch);
    let spec = spec_of();
    for symbol in ["AUTH:<reason>", "AUTH:EXPIRED"] {
        let code = code(&spec, symbol);
        assert!(code.retired_in.is_some(), "{symbol}");
    }
    assert_eq!(
        code(&spec, "AUTH:EXPIRED").message.get("en").unwrap().value,
        "not allowed: EXPIRED"
    );
    succeeds(&scratch.run(&["regen", "--check"]));

    // A retired template has no new values.
    let more = EXPIRED
        .replace("EXPIRED", "OTHER")
        .replace("Expired", "Other");
    edit(&scratch, EXPIRED, &format!("{EXPIRED}{more}"));
    let said = scratch.run(&["regen"]);
    assert!(
        !said.success
            && said
                .err
                .contains("`LoginError.403.AUTH:OTHER` does not match a row of the document"),
        "{}",
        said.err
    );
    edit(&scratch, &more, "");

    // The row is back, and its values with it.
    scratch.write("new.md", &document(ROW));
    let said = scratch.run(&["update", "vendor", "new.md"]);
    succeeds(&said);
    assert!(
        said.out.contains("code-revived") || said.out.contains("again"),
        "{}",
        said.out
    );
    assert!(code(&spec_of(), "AUTH:EXPIRED").retired_in.is_none());
}

/// Before the first release with a value, it goes with its template, and so do both entries.
#[test]
fn values_that_no_release_has_are_dropped_with_their_template() {
    let scratch = Scratch::vendor(
        &OVERLAY.replace(&line_of(OVERLAY, TEMPLATE), ""),
        &document(""),
    );
    succeeds(&scratch.run(&["regen", "--new"]));
    release(&scratch);
    scratch.write(
        &format!("{FOLDER}/overlay.toml"),
        &format!("{OVERLAY}{EXPIRED}"),
    );
    scratch.write(&format!("{FOLDER}/source.md"), &document(ROW));
    succeeds(&scratch.run(&["regen"]));
    scratch.write("new.md", &document(""));
    let said = scratch.run(&["update", "vendor", "new.md", "--accept-removals"]);
    succeeds(&said);
    assert_eq!(spec(&scratch).sets[0].codes.len(), 2);
    let overlay = scratch.read(&format!("{FOLDER}/overlay.toml"));
    assert!(!overlay.contains("AUTH:"), "{overlay}");
}

fn line_of(text: &str, start: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(start)).unwrap();
    format!("{line}\n")
}

/// The document lists the value itself: its own row says what it means.
#[test]
fn a_row_of_the_document_comes_before_a_value_of_a_template() {
    let scratch = regenerated(EXPIRED);
    release(&scratch);
    let row = "| 403 | AUTH:EXPIRED | the login has expired | log in again | yes |\n";
    scratch.write("new.md", &document(&format!("{ROW}{row}")));
    let said = scratch.run(&["update", "vendor", "new.md"]);
    succeeds(&said);
    assert!(said.out.contains("message-changed"), "{}", said.out);
    let own = code(&spec(&scratch), "AUTH:EXPIRED");
    assert_eq!(
        own.message.get("en").unwrap().value,
        "the login has expired"
    );
    assert_eq!(own.billing.unwrap().value, Billing::Billed);
    assert_eq!(own.variant.value, "Expired");
    assert_eq!(own.kind.unwrap().value, "session-expired");
    // Also if the template itself is gone.
    scratch.write("new.md", &document(row));
    succeeds(&scratch.run(&["update", "vendor", "new.md", "--accept-removals"]));
    // And it is a value again once the row is gone.
    scratch.write("new.md", &document(ROW));
    let said = scratch.run(&["update", "vendor", "new.md"]);
    succeeds(&said);
    let value = code(&spec(&scratch), "AUTH:EXPIRED");
    assert_eq!(
        value.message.get("en").unwrap().value,
        "not allowed: EXPIRED"
    );
}

/// The rows of the previous spec find a table whose heading changed; values are in no row.
#[test]
fn values_do_not_count_as_rows_of_a_table_that_moved() {
    let values = ["A", "B", "C", "D", "E", "F"].map(|name| {
        EXPIRED
            .replace("EXPIRED", name)
            .replace("\"Expired\"", &format!("\"Value{name}\""))
    });
    let scratch = regenerated(&values.concat());
    let moved = document("").replace("# Login", "# Sign in");
    scratch.write(
        &format!("{FOLDER}/source.md"),
        &moved.replace("403 | NO_", "404 | NO_"),
    );
    let said = scratch.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
}

#[test]
fn an_export_has_the_value_with_its_own_facts() {
    let scratch = regenerated(EXPIRED);
    let vectors = scratch.run(&["export", "vectors"]);
    succeeds(&vectors);
    let json: serde_json::Value = serde_json::from_str(&vectors.out).unwrap();
    let codes = json["codes"].as_array().unwrap();
    let value = codes
        .iter()
        .find(|code| code["variant"] == "Expired")
        .unwrap();
    assert_eq!(value["received"], "AUTH:EXPIRED");
    assert_eq!(value["kind"], "session-expired");
    assert_eq!(value["message"]["en"], "not allowed: EXPIRED");
    assert_eq!(value["example"], serde_json::Value::Null);
}

#[test]
fn mistakes_in_values_are_named() {
    let with_template = |key: &str, template: &str| {
        format!("403.\"{key}\" = {{ kind = \"forbidden\", template = \"{template}\" }}\n")
    };
    let problems = [
        // The template is not in the document.
        with_template("AUTH:EXPIRED", "AUTH:<raeson>"),
        with_template("AUTH:EXPIRED", "LOGIN:<reason>"),
        // A symbol without a parameter has no values.
        with_template("NO_ACCOUNT:X", "NO_ACCOUNT"),
        // These are not values.
        with_template("AUTHENTICATION:EXPIRED", "AUTH:<reason>"),
        with_template("auth:EXPIRED", "AUTH:<reason>"),
        with_template("AUTH:", "AUTH:<reason>"),
        with_template("AUTH: EXPIRED", "AUTH:<reason>"),
        with_template("AUTH:<why>", "AUTH:<reason>"),
        // The same value twice.
        format!("{EXPIRED}{EXPIRED}"),
        // An unknown kind.
        EXPIRED.replace("session-expired", "session-expird"),
    ];
    let problems: Vec<_> = problems.iter().map(|entries| refused(entries)).collect();
    insta::assert_snapshot!(problems.join("\n"));
}

/// Where a number alone identifies a code, a symbol cannot lead to another one.
#[test]
fn a_template_needs_codes_that_symbols_identify() {
    let overlay = OVERLAY
        .replace("identity = \"code+symbol\"\n", "")
        .replace("403.NO_ACCOUNT", "404")
        .replace("403.\"AUTH:<reason>\"", "403")
        .replace(
            "500.INTERNAL = { ",
            "500 = { template = \"AUTH:<reason>\", ",
        );
    let text = document(ROW).replace("| 403 | NO_", "| 404 | NO_");
    let scratch = Scratch::vendor(&overlay, &text);
    let said = scratch.run(&["regen", "--new"]);
    assert!(!said.success, "{}", said.out);
    insta::assert_snapshot!(said.err);
}
