//! `languages` and `[site]` of errbook.toml: which languages every vendor must have, which one is the
//! fallback, and what the pages say.

use crate::init::{ALARMS, Folder};

/// A registry in German, with the alarms of an English document, which have names.
fn german(options: &[&str]) -> Folder {
    let folder = Folder::new();
    let mut init = vec!["init", "--name", "acme", "--languages", "de,en"];
    init.extend(options);
    assert!(folder.run_in("", &init).success);
    assert!(
        folder
            .read("errbook.toml")
            .contains("\nlanguages = [\"de\", \"en\"]\n")
    );
    folder.write("alarms.md", ALARMS);
    let said = folder.run_in("", &["add", "push-gw", "alarms.md"]);
    assert!(
        said.out
            .contains("- de: `errbook messages push-gw de` lists"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("- en:"), "{}", said.out);
    for code in ["1001", "1002"] {
        let overlay = "vendors/push-gw/overlay.toml";
        folder.replace(overlay, &format!("# {code} ="), &format!("{code} ="));
    }
    folder.runs(&["regen"]);
    folder
}

/// Fills the empty translations, in the order of the document.
fn translate(folder: &Folder) {
    folder.runs(&["messages", "push-gw", "de"]);
    let file = "vendors/push-gw/messages/de.toml";
    let mut german = [
        "Störungen",
        "Die Warteschlange ist voll.",
        "Das Gerät ist unbekannt.",
    ]
    .iter();
    let text = folder.read(file);
    let lines = text.lines().map(|line| match line {
        "is = \"\"" => format!("is = \"{}\"\n", german.next().unwrap()),
        line => format!("{line}\n"),
    });
    let text: String = lines.collect();
    folder.write(file, &text);
    folder.runs(&["regen"]);
}

#[test]
fn a_language_of_the_registry_is_demanded_of_every_vendor() {
    let folder = german(&[]);
    let said = folder.run_in("", &["stats", "--check"]);
    assert!(!said.success && said.out.contains("0/2"), "{}", said.out);
    let header: Vec<_> = said
        .out
        .lines()
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(header[3..6], ["retired", "de", "en"]);
    let said = folder.run_in("", &["release"]);
    assert!(!said.success, "{}", said.out);
    assert!(
        said.err
            .contains("3 texts of push-gw have no translation into de: "),
        "{}",
        said.err
    );
    translate(&folder);
    folder.runs(&["stats", "--check"]);
    folder.runs(&["release"]);
}

/// Ours demands English, and no other language of a vendor whose document is in English.
#[test]
fn a_language_that_is_not_listed_is_not_demanded() {
    let folder = german(&[]);
    folder.replace("errbook.toml", "languages = [\"de\", \"en\"]\n", "");
    folder.runs(&["stats", "--check"]);
    folder.runs(&["release"]);
}

#[test]
fn the_first_language_is_the_fallback() {
    let folder = german(&[]);
    translate(&folder);
    let said = folder.run_in("", &["explain", "--locale", "fr", "1001"]);
    assert!(
        said.out.contains("Die Warteschlange ist voll."),
        "{}",
        said.out
    );
    folder.runs(&["site", "--out", "page"]);
    assert!(
        folder
            .read("page/index.html")
            .contains("data-languages=\"de en\"")
    );
    let header = folder.runs(&["export", "csv"]).out;
    let header = header.lines().next().unwrap();
    assert!(
        header.find("message.de") < header.find("message.en"),
        "{header}"
    );

    // A vendor that is added again has the translations from the beginning.
    std::fs::remove_file(folder.path("vendors/push-gw/spec.toml")).unwrap();
    std::fs::remove_file(folder.path("src/push_gw.rs")).unwrap();
    folder.replace("Cargo.toml", ", \"push-gw\"", "");
    folder.replace("Cargo.toml", "push-gw = []\n", "");
    folder.runs(&["add", "push-gw"]);
    let module = folder.read("src/push_gw.rs");
    assert!(
        module.contains("locales = [de, #[cfg(feature = \"en\")] en],"),
        "{module}"
    );
}

#[test]
fn shared_kinds_have_texts_in_the_languages_of_the_registry() {
    let folder = german(&["--kinds", "errbook"]);
    let said = folder.run_in("", &["export", "json"]);
    assert!(said.out.contains("\"vendor-internal\""), "{}", said.err);
    assert!(!said.out.contains("zh-CN"));
    folder.replace(
        "errbook.toml",
        "[\"de\", \"en\"]",
        "[\"de\", \"en\", \"zh-CN\"]",
    );
    let said = folder.run_in("", &["export", "json"]);
    assert!(said.out.contains("zh-CN"), "{}", said.err);
}

#[test]
fn the_pages_have_the_title_and_the_address_of_errbook_toml() {
    let folder = german(&[]);
    folder.runs(&["site", "--out", "page"]);
    let index = folder.read("page/index.html");
    assert!(index.contains("<title>acme</title>"));
    assert!(!index.contains("canonical") && !index.contains("-5007"));
    assert!(index.contains("data-q=\"1001\"") && index.contains("data-q=\"QUEUE_FULL\""));
    let config = folder.read("errbook.toml");
    folder.write(
        "errbook.toml",
        &(config
            + "\n[site]\ntitle = \"Fehler von ACME\"\nurl = \"https://errors.acme.example/codes\"\n\
               examples = [\"voll\"]\n"),
    );
    folder.runs(&["site", "--out", "page"]);
    let index = folder.read("page/index.html");
    assert!(index.contains("<title>Fehler von ACME</title>"));
    assert!(index.contains("href=\"index.html\">Fehler von ACME</a>"));
    assert!(index.contains("<link rel=\"canonical\" href=\"https://errors.acme.example/codes/\">"));
    assert!(index.contains("data-q=\"voll\"") && !index.contains("data-q=\"1001\""));
    let vendor = folder.read("page/vendors/push-gw.html");
    let title = "<title>Push gateway alarms · Fehler von ACME</title>";
    assert!(vendor.contains(title), "{vendor}");
    assert!(vendor.contains("href=\"https://errors.acme.example/codes/vendors/push-gw.html\""));
    let said = folder.runs(&["explain", "1001", "--format", "json"]);
    let link = "\"https://errors.acme.example/codes/#push-gw/PushGatewayAlarmsCode/1001";
    assert!(said.out.contains(link), "{}", said.out);
}
