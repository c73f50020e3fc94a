//! Checks the gettext catalogues with msgfmt and msgcat.

use std::process::Command;

use errbook_cli::commands::taxonomy;
use errbook_cli::export::po::{Page, export, import, kinds, parse};
use errbook_cli::vendor::{Missing, Vendor};
use errbook_cli::workspace::Workspace;
use errbook_spec::problem::Problems;
use tempfile::TempDir;

use crate::typescript::run;
use crate::workspace::root;

#[test]
fn gettext_accepts_every_catalogue_and_it_round_trips() {
    if crate::is_skipped("ERRBOOK_NO_GETTEXT") {
        return;
    }
    let workspace = Workspace::open(&root()).unwrap();
    let taxonomy = taxonomy(&workspace).unwrap();
    let folder = TempDir::new().unwrap();
    // gettext's own form of a catalogue: folded lines, another order of comments.
    let of_gettext = |name: &str, catalogue: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, catalogue).unwrap();
        let mut check = Command::new("msgfmt");
        check.args(["--check", "--output-file=/dev/null"]);
        assert_eq!(run(check.arg(&path)), "", "{name}: warnings");
        run(Command::new("msgcat")
            .arg("--output-file")
            .arg(&path)
            .arg(&path));
        let (_, entries) = parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (_, own) = parse(catalogue).unwrap();
        assert_eq!(entries.len(), own.len(), "{name}");
        entries
    };
    let mut are_there = false;
    for name in workspace.vendors() {
        let vendor = Vendor::read(&workspace, &name, Missing::Refused).unwrap();
        // Languages of documents, one with translations, and one without.
        for language in ["en", "zh-CN", "ja", "fr"] {
            let page = Page::read(&vendor, taxonomy.as_ref(), language).unwrap();
            let entries = of_gettext(&format!("{name}.{language}.po"), &export(&page));
            let before = vendor.messages.iter().find(|(other, _)| other == language);
            let before = before.map_or("schema = 1\n", |(_, source)| source.text());
            assert_eq!(
                import(&page, before, &entries).unwrap().text,
                before,
                "{name}, {language}"
            );
            assert!(!entries.is_empty() || *page.spec.locale == language);
            // gettext merges what it takes for one text.
            let has = |text: &str| entries.iter().any(|entry| entry.id == text);
            are_there |= has("需要仔细核对请求获取token或ticket参数")
                && has("需要仔细核对请求获取 token 或 ticket 参数");
        }
    }
    assert!(are_there);
    let file = workspace.config().own_kinds().unwrap();
    let source = workspace.read(file, &mut Problems::default()).unwrap();
    let spec = workspace.kinds().unwrap().unwrap();
    for language in ["zh-CN", "fr"] {
        let catalogue = kinds::export(&spec, language);
        let entries = of_gettext(&format!("kinds.{language}.po"), &catalogue);
        let outcome = kinds::import(&source, &spec, language, &entries).unwrap();
        assert!(outcome.text == source.text(), "{language}");
    }
}
