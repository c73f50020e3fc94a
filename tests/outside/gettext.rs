//! Checks the gettext catalogues with msgfmt and msgcat.

use std::process::Command;

use errbook_cli::commands::taxonomy;
use errbook_cli::export::po::{Page, export, import, parse};
use errbook_cli::vendor::{Missing, Vendor};
use errbook_cli::workspace::Workspace;
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
    for name in workspace.vendors() {
        let vendor = Vendor::read(&workspace, &name, Missing::Refused).unwrap();
        // A language with translations, and one without.
        for language in ["en", "ja"] {
            let page = Page::read(&vendor, taxonomy.as_ref(), language).unwrap();
            if *page.spec.locale == language {
                continue;
            }
            let path = folder.path().join(format!("{name}.{language}.po"));
            std::fs::write(&path, export(&page)).unwrap();
            run(Command::new("msgfmt")
                .args(["--check", "--output-file=/dev/null"])
                .arg(&path));
            // msgcat rewrites the catalogue in gettext's format: folded lines, another order of
            // comments.
            run(Command::new("msgcat")
                .arg("--output-file")
                .arg(&path)
                .arg(&path));
            let before = vendor.messages.iter().find(|(other, _)| other == language);
            let before = before.map_or("schema = 1\n", |(_, source)| source.text());
            let (_, entries) = parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(
                import(&page, before, &entries).unwrap().text,
                before,
                "{name}, {language}"
            );
            assert!(!entries.is_empty());
        }
    }
}
