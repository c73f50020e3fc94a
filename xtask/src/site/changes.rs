//! The changelog in, its releases with their groups and lines out.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// One release, or what stands before the first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Release {
    pub(super) title: String,
    pub(super) groups: Vec<Group>,
}

/// Lines under one heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) title: String,
    /// Each a line of parts: plain text and code.
    pub(super) lines: Vec<Vec<Part>>,
}

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) code: bool,
}

/// The releases of a changelog, in its order. Headings of the second level are releases, those below them groups.
pub(super) fn releases(changelog: &str) -> Vec<Release> {
    let mut releases: Vec<Release> = Vec::new();
    let mut heading = None;
    for event in Parser::new(changelog) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => add_heading(&mut releases, heading.take()),
            Event::Start(Tag::Item) => {
                if let Some(release) = releases.last_mut() {
                    if release.groups.is_empty() {
                        release.groups.push(Group::default());
                    }
                    if let Some(group) = release.groups.last_mut() {
                        group.lines.push(Vec::new());
                    }
                }
            }
            Event::Text(text) | Event::Code(text) if heading.is_some() => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(&text);
                }
            }
            Event::Text(text) => add(&mut releases, &text, false),
            Event::Code(text) => add(&mut releases, &text, true),
            Event::SoftBreak | Event::HardBreak => add(&mut releases, " ", false),
            _ => {}
        }
    }
    releases
}

fn add_heading(releases: &mut Vec<Release>, heading: Option<(HeadingLevel, String)>) {
    let Some((level, title)) = heading else {
        return;
    };
    match level {
        HeadingLevel::H2 => releases.push(Release {
            title,
            groups: Vec::new(),
        }),
        HeadingLevel::H3 | HeadingLevel::H4 => {
            if let Some(release) = releases.last_mut() {
                release.groups.push(Group {
                    title,
                    lines: Vec::new(),
                });
            }
        }
        _ => {}
    }
}

fn add(releases: &mut [Release], text: &str, code: bool) {
    let line = releases
        .last_mut()
        .and_then(|release| release.groups.last_mut()?.lines.last_mut());
    if let Some(line) = line {
        line.push(Part {
            text: text.to_owned(),
            code,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_groups_and_lines_are_read() {
        let releases = releases(
            "# C\n\nWords.\n\n## Unreleased\n\n### Added\n\n- `a`: b\n- c\n\n## 0.1.0\n\n- d\n",
        );
        assert_eq!(releases.len(), 2);
        assert_eq!(releases[0].groups[0].title, "Added");
        assert_eq!(releases[0].groups[0].lines.len(), 2);
        assert_eq!(
            releases[0].groups[0].lines[0][0],
            Part {
                text: "a".to_owned(),
                code: true
            }
        );
        assert_eq!(releases[1].groups[0].lines[0][0].text, "d");
    }

    #[test]
    fn each_vendor_of_a_release_is_a_group() {
        let releases = releases(
            "## 0.2.0\n\n### Error codes\n\n#### Shop (`shop`)\n\n- a\n\n#### Bank (`bank`)\n\n- b\n",
        );
        let titles: Vec<_> = releases[0]
            .groups
            .iter()
            .map(|group| group.title.as_str())
            .collect();
        assert_eq!(titles, ["Error codes", "Shop (shop)", "Bank (bank)"]);
    }
}
