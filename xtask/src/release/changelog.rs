//! Renders the changes of releases as sections of the changelogs: one file for each language of the
//! interface, and one line with its message for each code.

use std::fmt::Write;

use errbook_spec::Billing;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::diff::{Class, is_variant};
use crate::interface::{ChangelogWords, Words, fill};
use crate::program::program;
use crate::release::changes::{Change, RegistryChanges, ReleaseChanges, changes_file, recorded};
use crate::release::version::Version;
use crate::text::one_line;
use crate::workspace::Workspace;

/// The heading of what the next release will contain. It is English in every changelog, as Keep a
/// Changelog has it.
const UNRELEASED: &str = "## Unreleased\n";

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, on one line.
    pub text: String,
    /// Whether it is code.
    pub is_code: bool,
}

/// Every changelog with the sections of these releases, by file. The newest release is first.
///
/// # Errors
///
/// A changelog that cannot be read.
pub fn changelogs(
    workspace: &Workspace,
    releases: &[ReleaseChanges],
) -> Result<Vec<(String, String)>, Problems> {
    let mut problems = Problems::default();
    let mut changelogs = Vec::new();
    for (language, file) in &workspace.config().release.changelog {
        let words = Words::for_reader(language);
        let source = if workspace.has(file) {
            workspace.read(file, &mut problems)
        } else {
            None
        };
        let mut text = source.map_or_else(
            || words.changelog.head.clone(),
            |source| source.text().to_owned(),
        );
        for release in releases.iter().rev() {
            if let Some(version) = release.version {
                text = with_section(&text, version, &changelog_section(release, words), words);
            }
        }
        changelogs.push((file.clone(), text));
    }
    problems.finish(changelogs)
}

/// Checks that each changelog has the sections that are recorded in changes.toml.
///
/// # Errors
///
/// Each changelog with another section.
pub fn changelogs_are_up_to_date(workspace: &Workspace) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for (file, text) in changelogs(workspace, &recorded(workspace)?)? {
        if workspace.has(&file) && !workspace.has_text(&file, &text) {
            problems.push_with_help(
                &Place::file(&file),
                format!(
                    "the sections of error codes differ from {}",
                    workspace.shown(&changes_file(workspace))
                ),
                format!("run `{} release`", program()),
            );
        }
    }
    problems.finish(())
}

/// What a release changed in the registry, as Markdown; empty where a reader would see nothing.
#[must_use]
pub fn changelog_section(release: &ReleaseChanges, words: &Words) -> String {
    let mut out = String::new();
    for registry in &release.registries {
        let lines = registry.changes.iter();
        let lines: Vec<_> = lines.filter_map(|it| change_line(it, words)).collect();
        if lines.is_empty() {
            continue;
        }
        if out.is_empty() {
            let _ = writeln!(out, "### {}", words.changelog.title);
        }
        let vendor = format!("`{}`", registry.vendor);
        let heading = registry_title(registry, words)
            .map_or_else(|| vendor.clone(), |title| format!("{title} ({vendor})"));
        let _ = writeln!(out, "\n#### {heading}\n");
        for line in lines {
            let _ = writeln!(out, "- {}", markdown(&line));
        }
    }
    out
}

fn markdown(line: &[Piece]) -> String {
    let piece = |piece: &Piece| {
        if piece.is_code {
            format!("`{}`", piece.text)
        } else {
            // A message must not become markup.
            piece.text.replace('<', "\\<").replace('*', "\\*")
        }
    };
    line.iter().map(piece).collect()
}

/// The title of a registry in a language, or in any.
#[must_use]
pub fn registry_title<'a>(registry: &'a RegistryChanges, words: &Words) -> Option<&'a str> {
    in_language(&registry.title, words)
}

fn in_language<'a>(texts: &'a [(String, String)], words: &Words) -> Option<&'a str> {
    let wanted = texts.iter().find(|(tag, _)| tag == words.tag);
    let found = wanted.or_else(|| texts.first());
    found.map(|(_, text)| text.as_str())
}

/// ``Billing changed: `HuiyanCode.5` `DataNotFound` (free → billed): No data was found.``
#[must_use]
pub fn change_line(change: &Change, words: &Words) -> Option<Vec<Piece>> {
    if is_new_description(change) {
        return None;
    }
    let mut line = Line::default();
    let is_former = change.class == Class::CodeRetired && is_variant(change.new.as_deref());
    line.text(if is_former {
        &words.changelog.former
    } else {
        words.class(change.class)?
    });
    line.text(&words.changelog.colon);
    let codes = [Some(&change.subject), change.variant.as_ref()];
    let mut gap = "";
    for code in codes.into_iter().flatten().filter(|code| !code.is_empty()) {
        line.text(gap);
        line.code(code);
        gap = " ";
    }
    if let Some(detail) = &change.detail {
        line.text(gap);
        line.text(detail);
        gap = " ";
    }
    let values = if let Some(codes) = change.codes {
        Some(size_pieces(codes, change.sets, words))
    } else {
        difference(change, words)
    };
    if let Some(values) = values {
        let [open, close] = if gap.is_empty() {
            ["", ""]
        } else {
            [" (", ")"]
        };
        line.text(open);
        line.0.extend(values);
        line.text(close);
    }
    if let Some(message) = in_language(&change.messages, words) {
        line.text(&words.changelog.colon);
        line.text(message);
    }
    Some(line.0)
}

/// Whether a kind got a title, or its definition in one more language: it means what it meant.
fn is_new_description(change: &Change) -> bool {
    let detail = change.detail.as_deref().unwrap_or_default();
    change.class == Class::Fact("definition-changed")
        && change.old.is_none()
        && (detail.starts_with("title.") || detail.starts_with("doc."))
}

#[derive(Default)]
struct Line(Vec<Piece>);

impl Line {
    fn text(&mut self, text: &str) {
        let text = one_line(text);
        if !text.is_empty() {
            self.0.push(Piece {
                text,
                is_code: false,
            });
        }
    }

    fn code(&mut self, text: &str) {
        self.0.push(Piece {
            text: one_line(text),
            is_code: true,
        });
    }
}

/// `free → billed`, or the only value that there is.
fn difference(change: &Change, words: &Words) -> Option<Vec<Piece>> {
    // The detail names the language already.
    if matches!(change.class, Class::LanguageAdded | Class::LanguageRemoved) {
        return None;
    }
    let mut line = Line::default();
    if let Some(old) = &change.old {
        add_value(&mut line, change.class, old, words);
    }
    if change.old.is_some() && change.new.is_some() {
        line.text(" → ");
    }
    if let Some(new) = &change.new {
        add_value(&mut line, change.class, new, words);
    }
    (!line.0.is_empty()).then_some(line.0)
}

fn add_value(line: &mut Line, class: Class, text: &str, words: &Words) {
    let changelog = &words.changelog;
    match class {
        Class::BILLING_CHANGED => line.text(billing_word(text, changelog)),
        Class::CodeRetired => {
            let phrase = if is_variant(Some(text)) {
                &changelog.means_now
            } else {
                &changelog.use_instead
            };
            let (before, after) = phrase.split_once("{code}").unwrap_or((phrase, ""));
            line.text(before);
            line.code(text);
            line.text(after);
        }
        class if class.is_about_sentences() => line.text(&format!("“{text}”")),
        _ => line.text(text),
    }
}

/// The word of the changelog for a word of `Billing`, or for its absence.
fn billing_word<'w>(text: &str, changelog: &'w ChangelogWords) -> &'w str {
    let billing = Billing::WORDS.iter().find(|(word, _)| *word == text);
    match billing.map(|(_, billing)| billing) {
        Some(Billing::Billed) => &changelog.billed,
        Some(Billing::Free) => &changelog.free,
        None => &changelog.unspecified,
    }
}

/// `139 codes in 2 sets`
fn size_pieces(codes: usize, sets: Option<usize>, words: &Words) -> Vec<Piece> {
    let changelog = &words.changelog;
    let count = |number: usize, one: &str, several: &str| {
        let text = if number == 1 { one } else { several };
        fill(text, &[("count", &number.to_string())])
    };
    let codes = count(codes, &changelog.code, &changelog.codes);
    let text = match sets {
        Some(sets) => {
            let sets = count(sets, &changelog.set, &changelog.sets);
            fill(&changelog.size, &[("codes", &codes), ("sets", &sets)])
        }
        None => codes,
    };
    vec![Piece {
        text,
        is_code: false,
    }]
}

/// A changelog with the section of a version. The section of a version that it has is replaced;
/// a new version takes over what is under `Unreleased`.
fn with_section(changelog: &str, version: Version, codes: &str, words: &Words) -> String {
    let heading = format!("## {version}\n");
    let (before, rest) = if changelog.starts_with(&heading) {
        ("", changelog)
    } else if let Some(at) = changelog.find(&format!("\n{heading}")) {
        changelog.split_at(at + 1)
    } else {
        return with_new_section(changelog, version, codes);
    };
    let (own, older) = rest.split_at(next_heading(rest));
    let by_hand = own.trim_start_matches(heading.as_str());
    // The section of error codes is the last of its version.
    let by_hand = by_hand
        .split_once(&format!("### {}\n", words.changelog.title))
        .map_or(by_hand, |(by_hand, _)| by_hand);
    let section = headed(version, by_hand.trim(), codes);
    end_with_newline(&format!("{before}{section}\n{older}"))
}

fn with_new_section(changelog: &str, version: Version, codes: &str) -> String {
    let Some((before, rest)) = changelog.split_once(UNRELEASED) else {
        let (before, older) = changelog.split_at(next_heading(changelog));
        let section = headed(version, "", codes);
        return end_with_newline(&format!("{}\n\n{section}\n{older}", before.trim_end()));
    };
    let (unreleased, older) = rest.split_at(next_heading(rest));
    let section = headed(version, unreleased.trim(), codes);
    end_with_newline(&format!("{before}{UNRELEASED}\n{section}\n{older}"))
}

/// Where the next section of a version begins, or the text ends.
fn next_heading(text: &str) -> usize {
    text.find("\n## ").map_or(text.len(), |at| at + 1)
}

fn end_with_newline(text: &str) -> String {
    text.trim_end().to_owned() + "\n"
}

fn headed(version: Version, by_hand: &str, codes: &str) -> String {
    let parts = [
        format!("## {version}"),
        by_hand.to_owned(),
        codes.trim().to_owned(),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let parts: Vec<_> = parts.map(|part| part + "\n").collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_added_once_and_replaced_afterwards() {
        let words = Words::for_reader("en");
        let version: Version = "1.1.0".parse().unwrap();
        let with = |text: &str, codes: &str| with_section(text, version, codes, words);
        let added = with(
            "# C\n\n## Unreleased\n\n- a\n\n## 1.0.0\n\n- b\n",
            "### Error codes\n\n- x\n",
        );
        let expected = "# C\n\n## Unreleased\n\n## 1.1.0\n\n- a\n\n### Error codes\n\n- x\n\n\
                        ## 1.0.0\n\n- b\n";
        assert_eq!(added, expected);
        assert_eq!(with(&added, "### Error codes\n\n- x\n"), expected);
        let replaced = with(&added, "### Error codes\n\n- y\n");
        assert_eq!(replaced, expected.replace("- x", "- y"));
    }

    #[test]
    fn a_section_may_be_the_first_the_last_or_the_only_one() {
        let words = Words::for_reader("en");
        let version: Version = "1.1.0".parse().unwrap();
        let with = |text: &str, codes: &str| with_section(text, version, codes, words);
        let codes = "### Error codes\n\n- x\n";
        // Without `Unreleased`, a new version comes before the last one.
        assert_eq!(
            with("# C\n\nAll.\n\n## 1.0.0\n\n- b\n", codes),
            "# C\n\nAll.\n\n## 1.1.0\n\n### Error codes\n\n- x\n\n## 1.0.0\n\n- b\n"
        );
        assert_eq!(
            with("# C\n", codes),
            "# C\n\n## 1.1.0\n\n### Error codes\n\n- x\n"
        );
        // A file that begins with the version, and what a person wrote about it.
        assert_eq!(
            with("## 1.1.0\n\n- a\n\n## 1.0.0\n\n- b\n", codes),
            "## 1.1.0\n\n- a\n\n### Error codes\n\n- x\n\n## 1.0.0\n\n- b\n"
        );
        // A release that changed no code has no section of codes.
        assert_eq!(
            with("## 1.1.0\n\n- a\n\n### Error codes\n\n- y\n", ""),
            "## 1.1.0\n\n- a\n"
        );
        // `11.1.0` is another version.
        assert_eq!(
            with("# C\n\n## 11.1.0\n\n- b\n", ""),
            "# C\n\n## 1.1.0\n\n## 11.1.0\n\n- b\n"
        );
    }

    fn change(class: &str) -> Change {
        Change {
            class: Class::of_word(class).unwrap(),
            subject: String::new(),
            variant: None,
            detail: None,
            old: None,
            new: None,
            codes: None,
            sets: None,
            messages: Vec::new(),
        }
    }

    #[test]
    fn a_line_says_what_changed_where_and_from_what_to_what() {
        let words = Words::for_reader("en");
        let of_code = |class| Change {
            subject: "Order.1".to_owned(),
            variant: Some("Declined".to_owned()),
            messages: vec![
                ("de".to_owned(), "Abgelehnt.".to_owned()),
                ("en".to_owned(), "Declined by <bank>\n*today*.".to_owned()),
            ],
            ..change(class)
        };
        let cases = [
            (
                Change {
                    old: Some("free".to_owned()),
                    new: Some("billed".to_owned()),
                    ..of_code("billing-changed")
                },
                "Billing changed: `Order.1` `Declined` (free → billed): \
                 Declined by \\<bank> \\*today\\*.",
            ),
            (
                Change {
                    old: Some("billed".to_owned()),
                    messages: Vec::new(),
                    ..of_code("billing-changed")
                },
                "Billing changed: `Order.1` `Declined` (billed)",
            ),
            (
                Change {
                    detail: Some("card".to_owned()),
                    new: Some("card".to_owned()),
                    messages: Vec::new(),
                    ..of_code("parameter-added")
                },
                "New parameter: `Order.1` `Declined` card (card)",
            ),
            (
                Change {
                    old: Some("No.".to_owned()),
                    new: Some("Never.".to_owned()),
                    messages: Vec::new(),
                    ..of_code("message-changed")
                },
                "Message changed: `Order.1` `Declined` (“No.” → “Never.”)",
            ),
            (
                Change {
                    new: Some("Order.2".to_owned()),
                    messages: Vec::new(),
                    ..of_code("code-retired")
                },
                "Retired by the vendor, still decodes: `Order.1` `Declined` (use `Order.2`)",
            ),
            (
                Change {
                    new: Some("Order::Lost".to_owned()),
                    messages: Vec::new(),
                    ..of_code("code-retired")
                },
                "The vendor gave its code to another error: `Order.1` `Declined` \
                 (now `Order::Lost`)",
            ),
            (
                Change {
                    detail: Some("fr".to_owned()),
                    new: Some("fr".to_owned()),
                    ..change("language-added")
                },
                "New language: fr",
            ),
            (
                Change {
                    old: Some("a".to_owned()),
                    new: Some("b".to_owned()),
                    ..change("vendor-renamed")
                },
                "Vendor renamed: a → b",
            ),
            (
                Change {
                    codes: Some(1),
                    sets: Some(2),
                    ..change("vendor-added")
                },
                "New: 1 code in 2 sets",
            ),
            (
                Change {
                    subject: "Order".to_owned(),
                    codes: Some(2),
                    ..change("set-added")
                },
                "New set: `Order` (2 codes)",
            ),
        ];
        for (change, expected) in cases {
            let line = change_line(&change, words).unwrap();
            assert_eq!(markdown(&line), expected);
            assert!(line.iter().all(|piece| !piece.text.is_empty()), "{line:?}");
        }
    }

    #[test]
    fn billing_is_named_in_the_language_of_the_changelog() {
        let words = Words::for_reader("zh-CN");
        for (old, new, expected) in [
            ("free", "billed", "计费变更：不收费 → 收费"),
            ("billed", "unspecified", "计费变更：收费 → 未说明"),
        ] {
            let change = Change {
                old: Some(old.to_owned()),
                new: Some(new.to_owned()),
                ..change("billing-changed")
            };
            assert_eq!(markdown(&change_line(&change, words).unwrap()), expected);
        }
    }

    #[test]
    fn a_new_title_of_a_kind_is_not_a_change_of_its_meaning() {
        let words = Words::for_reader("en");
        let definition = |detail: &str, old: Option<&str>| {
            let change = Change {
                detail: Some(detail.to_owned()),
                old: old.map(str::to_owned),
                new: Some("x".to_owned()),
                ..change("definition-changed")
            };
            change_line(&change, words).is_some()
        };
        assert!(!definition("title.en", None));
        assert!(!definition("doc.de", None));
        assert!(definition("doc.de", Some("y")));
        assert!(definition("unlike", None));
        let message = Change {
            detail: Some("title.en".to_owned()),
            ..change("message-changed")
        };
        assert!(change_line(&message, words).is_some());
    }

    /// A vendor of which a reader would see nothing has no heading.
    #[test]
    fn a_section_has_a_heading_for_each_vendor_with_changes() {
        let words = Words::for_reader("en");
        let registry = |vendor: &str, title: &[(&str, &str)], change: Change| {
            let pair = |(tag, text): &(&str, &str)| ((*tag).to_owned(), (*text).to_owned());
            crate::release::RegistryChanges {
                vendor: vendor.to_owned(),
                title: title.iter().map(pair).collect(),
                changes: vec![change],
            }
        };
        let set = |name: &str| Change {
            subject: name.to_owned(),
            ..change("set-retired")
        };
        let unseen = Change {
            detail: Some("doc.en".to_owned()),
            ..change("definition-changed")
        };
        let release = ReleaseChanges {
            version: None,
            registries: vec![
                registry("shop", &[("de", "Laden"), ("en", "Shop")], set("Order")),
                registry("kinds", &[], unseen),
                registry("bank", &[("de", "Bank")], set("Card")),
                registry("post", &[], set("Parcel")),
            ],
        };
        assert_eq!(
            changelog_section(&release, words),
            "### Error codes\n\n#### Shop (`shop`)\n\n- Set retired by the vendor: `Order`\n\n\
             #### Bank (`bank`)\n\n- Set retired by the vendor: `Card`\n\n\
             #### `post`\n\n- Set retired by the vendor: `Parcel`\n"
        );
    }
}
