//! Checks that reports which are shown in two places have the same figures in both.

use std::fs;

use errbook_cli::release::{changelogs_are_up_to_date, recorded};
use errbook_cli::workspace::Workspace;
use serde_json::Value;

use crate::shipped::{root, run_errbook};

/// A page of the site of the shipped registry.
fn site_page(name: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    run_errbook(&["site", "--out", folder.path().to_str().unwrap()]);
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The cells of a row of an HTML table, without their markup.
fn cells_of(row: &str) -> Vec<String> {
    let cells = row.split("<td").flat_map(|part| part.split("<th")).skip(1);
    let text = |cell: &str| {
        let mut text = String::new();
        for piece in cell.split('<') {
            text += piece.split_once('>').map_or(piece, |(_, text)| text);
        }
        text.trim().to_owned()
    };
    cells.map(text).collect()
}

/// Cells without the labels that only narrow screens show.
fn without_labels(html: &str) -> String {
    let mut parts = html.split("<span class=\"label\">");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once(" </span>").unwrap().1
    })
}

#[test]
fn stats_and_the_coverage_page_show_the_same_figures_for_each_set_and_language() {
    let html = site_page("coverage.html");
    let stats: Value = serde_json::from_str(&run_errbook(&["stats", "--format", "json"])).unwrap();
    let rows = stats.as_array().unwrap();
    let body = without_labels(html.split_once("<tbody>").unwrap().1);
    let lines: Vec<_> = body
        .split("</tr>")
        .filter(|row| row.contains("<td"))
        .collect();
    assert_eq!(lines.len(), rows.len());
    let languages: Vec<_> = html
        .split_once("<thead>")
        .and_then(|(_, rest)| rest.split_once("</thead>"))
        .map(|(head, _)| cells_of(head))
        .unwrap()
        .iter()
        .filter_map(|header| header.strip_prefix("Texts in ").map(str::to_owned))
        .collect();
    assert!(languages.len() >= 3, "{languages:?}");
    for (row, line) in rows.iter().zip(&lines) {
        let share = |value: &Value| format!("{}/{}", value["part"], value["whole"]);
        let texts = row["texts"].as_array().unwrap();
        let tags: Vec<_> = texts.iter().map(|text| text[0].as_str().unwrap()).collect();
        assert_eq!(tags, languages);
        let codes = match row["retired"].as_u64().unwrap() {
            0 => row["codes"].to_string(),
            retired => format!("{} (−{retired})", row["codes"]),
        };
        // The page shows titles, and links to the set.
        let cells = cells_of(line);
        let titles = match row["set"].as_str().unwrap() {
            "" => 1,
            set => {
                let vendor = row["vendor"].as_str().unwrap();
                let link = format!("vendors/{vendor}.html#{vendor}/{set}");
                assert!(line.contains(&link), "{line}");
                2
            }
        };
        let mut expected = vec![codes];
        expected.extend(texts.iter().map(|text| share(&text[1])));
        expected.extend(["kinds", "retry", "billing"].map(|name| share(&row[name])));
        assert_eq!(cells[titles..], expected);
    }
}

#[test]
fn kinds_md_and_the_kinds_page_list_the_same_codes() {
    let html = site_page("kinds.html");
    let markdown = fs::read_to_string(root().join("codes/KINDS.md")).unwrap();
    let mut compared = 0;
    // The second table contains the definitions of the kinds.
    let is_row = |line: &&str| line.starts_with("| **");
    let rows = markdown.lines().skip_while(|line| !is_row(line));
    for line in rows.take_while(is_row) {
        let mut columns = line.trim_matches(['|', ' ']).split(" | ");
        let kind = columns.next().unwrap().trim_matches('*');
        let row = html
            .split_once(&format!("<section class=\"kind\" id=\"{kind}\">"))
            .unwrap_or_else(|| panic!("{kind} has no section"))
            .1;
        let row = row.split("</section>").next().unwrap();
        // The page leaves out vendors without such a code.
        let columns = line.strip_suffix('|').unwrap().split('|').skip(2);
        let columns = columns.filter(|column| !column.trim().is_empty());
        let columns: Vec<_> = columns.collect();
        assert_eq!(columns.len(), row.matches("<div data-vendor=").count());
        for (column, cell) in columns
            .into_iter()
            .zip(row.split("<div data-vendor=").skip(1))
        {
            let code = |name: &str| {
                let (code, variant) = name.split_once(' ')?;
                Some((code.to_owned(), variant.to_owned()))
            };
            // A cell is `Set` `code Variant` `code Variant`; only the codes contain a space.
            let listed: Vec<_> = column
                .split('`')
                .filter_map(|name| code(name.trim()))
                .collect();
            let linked: Vec<_> = cell
                .split("title=\"")
                .skip(1)
                .map(|link| {
                    let (variant, rest) = link.split_once("\">").unwrap();
                    let code = rest.split_once("</a>").unwrap().0;
                    (code.to_owned(), variant.to_owned())
                })
                .collect();
            assert_eq!(listed, linked, "{kind}");
            compared += listed.len();
        }
    }
    assert!(compared > 350, "only {compared} codes were compared");
}

#[test]
fn changelogs_have_the_sections_that_are_recorded() {
    let workspace = Workspace::open(&root()).unwrap();
    assert!(!recorded(&workspace).unwrap().is_empty());
    if let Err(problems) = changelogs_are_up_to_date(&workspace) {
        panic!("{problems}");
    }
}

#[test]
fn the_changes_page_contains_every_line_of_the_changelogs() {
    let html = site_page("changes.html");
    for file in ["CHANGELOG.md", "CHANGELOG.zh-CN.md"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let (_, section) = text
            .split_once("### Error codes\n")
            .or_else(|| text.split_once("### 错误码\n"))
            .unwrap();
        let lines = section.lines().take_while(|line| !line.starts_with("## "));
        let mut compared = 0;
        for line in lines.filter_map(|line| line.strip_prefix("- ")) {
            assert!(html.contains(&format!("<li>{line}</li>")), "{file}: {line}");
            compared += 1;
        }
        assert!(compared >= 6, "{file}");
    }
}
