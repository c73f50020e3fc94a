//! Converts findings to the changes of a release, and records them in `released/changes.toml`.
//!
//! The changelogs (`changelog.rs`) and the site's page of changes are renderings of this file.

use std::collections::BTreeSet;

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{Set, Spec, Texts};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::diff::{Class, Finding, Severity};
use crate::release::{Registry, Version};
use crate::workspace::Workspace;

/// The name of the file without its ending.
pub(super) const NAME: &str = "changes";
const HEADER: &str =
    "# What each release changed, newest first. Written by `errbook release`; do not edit.\n";
const SCHEMA: i64 = 1;

/// What one release changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseChanges {
    /// The version; `None` for unreleased changes.
    pub version: Option<Version>,
    /// The registries with changes that a reader would see.
    pub registries: Vec<RegistryChanges>,
}

/// What a release changed for one vendor, or in the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryChanges {
    /// The vendor, as its spec names it.
    pub vendor: String,
    /// Its title by language.
    pub title: Vec<(String, String)>,
    /// The changes, the most severe first.
    pub changes: Vec<Change>,
}

/// One line of a changelog, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub class: Class,
    /// The set, or `Set.code`; empty for a whole vendor.
    pub subject: String,
    /// The code's Rust name.
    pub variant: Option<String>,
    /// A language, a parameter, or anything else that the class distinguishes.
    pub detail: Option<String>,
    /// The old value.
    pub old: Option<String>,
    /// The new value.
    pub new: Option<String>,
    /// Codes of a vendor or set that was added or removed.
    pub codes: Option<usize>,
    /// Sets of a vendor that was added or removed.
    pub sets: Option<usize>,
    /// The code's message by language, the vendor's own first.
    pub messages: Vec<(String, String)>,
}

impl ReleaseChanges {
    /// What these findings change that a reader of a changelog would see.
    #[must_use]
    pub fn new(version: Option<Version>, registries: &[Registry], findings: &[Finding]) -> Self {
        let changes = registries
            .iter()
            .filter_map(|registry| registry_changes(registry, findings));
        Self {
            version,
            registries: changes.collect(),
        }
    }
}

fn registry_changes(registry: &Registry, findings: &[Finding]) -> Option<RegistryChanges> {
    let old = registry.old.as_ref();
    let new = registry.new.as_ref().map(|(spec, _)| spec);
    let spec = new.or(old)?;
    let own = findings
        .iter()
        .filter(|finding| finding.vendor == spec.vendor.value);
    let changes: Vec<_> = shown(own)
        .into_iter()
        .map(|finding| change(finding, old, new))
        .collect();
    (!changes.is_empty()).then(|| RegistryChanges {
        vendor: spec.vendor.value.clone(),
        title: by_language(&spec.title),
        changes,
    })
}

fn by_language(texts: &Texts) -> Vec<(String, String)> {
    let texts = texts.iter();
    texts
        .map(|(tag, text)| (tag.clone(), text.value.clone()))
        .collect()
}

/// The most codes of a new set that are listed one by one.
const MOST_LISTED: usize = 20;

/// The findings to show, the most severe first. A vendor that is new as a whole is one line, and so
/// is a new set with many codes: they are not listed one by one.
fn shown<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut shown: Vec<_> = findings
        .filter(|finding| finding.severity > Severity::Cosmetic)
        .collect();
    let is_new_vendor = shown
        .iter()
        .any(|finding| finding.class == Class::VendorAdded);
    let set_of = |finding: &Finding| {
        let set = finding.subject.split('.').next();
        set.unwrap_or_default().to_owned()
    };
    let is_large = |set: &String| {
        let added = shown.iter().filter(|it| it.class == Class::CodeAdded);
        added.filter(|it| set_of(it) == *set).count() > MOST_LISTED
    };
    let large_new_sets: BTreeSet<_> = shown
        .iter()
        .filter(|finding| finding.class == Class::SetAdded)
        .map(|finding| finding.subject.clone())
        .filter(is_large)
        .collect();
    shown.retain(|finding| {
        let is_of_new_set =
            finding.class == Class::CodeAdded && large_new_sets.contains(&set_of(finding));
        !is_of_new_set && (!is_new_vendor || finding.class == Class::VendorAdded)
    });
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    shown
}

fn change(finding: &Finding, old: Option<&Spec>, new: Option<&Spec>) -> Change {
    let mut change = Change {
        class: finding.class,
        subject: finding.subject.clone(),
        variant: finding.variant.clone(),
        detail: finding.detail.clone(),
        old: finding.old.clone(),
        new: finding.new.clone(),
        codes: None,
        sets: None,
        messages: finding.messages.clone(),
    };
    let count = |sets: &[&Set]| sets.iter().map(|set| set.codes.len()).sum();
    let all = |spec: Option<&'_ Spec>| -> Vec<Set> {
        spec.map(|spec| spec.sets.clone()).unwrap_or_default()
    };
    let whole = match finding.class {
        Class::VendorAdded => Some((all(new), true)),
        Class::VendorRemoved => Some((all(old), true)),
        Class::SetAdded => Some((all(new), false)),
        Class::SetRemoved => Some((all(old), false)),
        _ => None,
    };
    if let Some((sets, is_vendor)) = whole {
        let sets: Vec<_> = sets
            .iter()
            .filter(|set| is_vendor || set.name.value == finding.subject)
            .collect();
        change.codes = Some(count(&sets));
        change.sets = is_vendor.then_some(sets.len());
        // The text of the finding is English; the two numbers are the same in every language.
        change.old = None;
        change.new = None;
    }
    change
}

/// What every release changed, newest first.
///
/// # Errors
///
/// The file cannot be read, or `release` did not write it.
pub fn recorded(workspace: &Workspace) -> Result<Vec<ReleaseChanges>, Problems> {
    let file = changes_file(workspace);
    let mut problems = Problems::default();
    if !workspace.has(&file) {
        return Ok(Vec::new());
    }
    let source = workspace.read(&file, &mut problems);
    let source = problems.finish(source)?;
    source.map_or_else(
        || Ok(Vec::new()),
        |source| parse(&source, &workspace.shown(source.name())),
    )
}

/// The file's path in the workspace.
#[must_use]
pub(super) fn changes_file(workspace: &Workspace) -> String {
    format!("{}/{NAME}.toml", workspace.config().release.promises)
}

/// The file's text.
#[must_use]
pub(super) fn written(releases: &[ReleaseChanges]) -> String {
    let mut document = DocumentMut::new();
    document["schema"] = value(SCHEMA);
    let mut tables = ArrayOfTables::new();
    for release in releases {
        let mut table = Table::new();
        if let Some(version) = release.version {
            table["version"] = value(version.to_string());
        }
        let registries = release.registries.iter().map(registry_table).collect();
        table["registry"] = Item::ArrayOfTables(registries);
        tables.push(table);
    }
    document["release"] = Item::ArrayOfTables(tables);
    format!("{HEADER}{document}")
}

fn registry_table(registry: &RegistryChanges) -> Table {
    let mut table = Table::new();
    table["vendor"] = value(&registry.vendor);
    table["title"] = texts_item(&registry.title);
    let changes = registry.changes.iter().map(change_table).collect();
    table["change"] = Item::ArrayOfTables(changes);
    table
}

fn change_table(change: &Change) -> Table {
    let mut table = Table::new();
    table["class"] = value(change.class.word());
    if !change.subject.is_empty() {
        table["subject"] = value(&change.subject);
    }
    let optional = [
        ("variant", &change.variant),
        ("detail", &change.detail),
        ("old", &change.old),
        ("new", &change.new),
    ];
    for (key, text) in optional {
        if let Some(text) = text {
            table[key] = value(text);
        }
    }
    for (key, number) in [("codes", change.codes), ("sets", change.sets)] {
        if let Some(number) = number.and_then(|number| i64::try_from(number).ok()) {
            table[key] = value(number);
        }
    }
    if !change.messages.is_empty() {
        table["message"] = texts_item(&change.messages);
    }
    table
}

/// Pairs of language and text. A table would not keep the order: the vendor's language comes first.
fn texts_item(texts: &[(String, String)]) -> Item {
    let pairs = texts
        .iter()
        .map(|(tag, text)| Array::from_iter([tag.as_str(), text.as_str()]));
    value(pairs.collect::<Array>())
}

fn parse(source: &Source, shown: &str) -> Result<Vec<ReleaseChanges>, Problems> {
    let unreadable = |message: &str| {
        let mut problems = Problems::default();
        let help = format!("restore the file as it was released: `git checkout REV -- {shown}`");
        problems.push_with_help(&Place::file(source.name()), message, help);
        problems
    };
    let document: DocumentMut = source
        .text()
        .parse()
        .map_err(|error: toml_edit::TomlError| unreadable(error.message()))?;
    if document.get("schema").and_then(Item::as_integer) != Some(SCHEMA) {
        return Err(unreadable("unknown schema"));
    }
    let releases = tables(document.get("release"));
    let parsed: Option<Vec<_>> = releases.map(parse_release).collect();
    parsed.ok_or_else(|| unreadable("`errbook release` did not write this file"))
}

fn tables(item: Option<&Item>) -> impl Iterator<Item = &Table> {
    let tables = item.and_then(Item::as_array_of_tables);
    tables.into_iter().flat_map(ArrayOfTables::iter)
}

fn parse_release(table: &Table) -> Option<ReleaseChanges> {
    let registries = tables(table.get("registry")).map(parse_registry);
    Some(ReleaseChanges {
        version: Some(table.get("version")?.as_str()?.parse().ok()?),
        registries: registries.collect::<Option<_>>()?,
    })
}

fn parse_registry(table: &Table) -> Option<RegistryChanges> {
    let changes = tables(table.get("change")).map(parse_change);
    Some(RegistryChanges {
        vendor: table.get("vendor")?.as_str()?.to_owned(),
        title: parse_texts(table.get("title"))?,
        changes: changes.collect::<Option<_>>()?,
    })
}

fn parse_change(table: &Table) -> Option<Change> {
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let number = |key: &str| usize::try_from(table.get(key)?.as_integer()?).ok();
    Some(Change {
        class: Class::of_word(table.get("class")?.as_str()?)?,
        subject: text("subject").unwrap_or_default(),
        variant: text("variant"),
        detail: text("detail"),
        old: text("old"),
        new: text("new"),
        codes: number("codes"),
        sets: number("sets"),
        messages: parse_texts(table.get("message"))?,
    })
}

fn parse_texts(item: Option<&Item>) -> Option<Vec<(String, String)>> {
    let pairs = item.and_then(Item::as_array).into_iter().flatten();
    let pair = |pair: &toml_edit::Value| {
        let pair = pair.as_array()?;
        let tag = pair.get(0)?.as_str()?.to_owned();
        Some((tag, pair.get(1)?.as_str()?.to_owned()))
    };
    pairs.map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let change = Change {
            class: Class::BILLING_CHANGED,
            subject: "Set.1".to_owned(),
            variant: Some("One".to_owned()),
            detail: None,
            old: Some("free".to_owned()),
            new: Some("billed".to_owned()),
            codes: None,
            sets: None,
            messages: vec![
                ("zh-CN".to_owned(), "一\n\"二\"".to_owned()),
                ("en".to_owned(), "one".to_owned()),
            ],
        };
        let releases = vec![ReleaseChanges {
            version: Some("0.2.0".parse().unwrap()),
            registries: vec![RegistryChanges {
                vendor: "shop".to_owned(),
                title: vec![("en".to_owned(), "Shop".to_owned())],
                changes: vec![change],
            }],
        }];
        let text = written(&releases);
        assert_eq!(
            parse(&Source::new("changes.toml", &text), "changes.toml").unwrap(),
            releases
        );
    }

    /// A spec with a set `Order`, with `codes` codes, and a set `Other` with one.
    fn shop(codes: usize) -> Spec {
        let mut text = String::from("schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n");
        text += "title.en = \"Shop\"\n[[set]]\nname = \"Order\"\n";
        for code in 0..codes {
            let head = format!(
                "[[set.code]]
code = \"{code}\"
variant = \"C{code}\"
"
            );
            text.extend([
                head,
                format!(
                    "message.en = \"m{code}\"
"
                ),
            ]);
        }
        text += "[[set]]\nname = \"Other\"\n[[set.code]]\ncode = \"9\"\nvariant = \"Nine\"\n";
        text += "message.en = \"nine\"\n";
        errbook_spec::parse(&Source::new("spec.toml", &text)).unwrap()
    }

    /// The lines of a release, as `CLASS SUBJECT CODES SETS`.
    fn lines(old: Option<Spec>, new: Option<Spec>) -> Vec<String> {
        let mut findings = crate::diff::diff(old.as_ref(), new.as_ref());
        // What is found about another vendor is not in this vendor's part.
        findings.push(Finding::new(Class::VendorRemoved, "bank", ""));
        let registry = Registry {
            name: "shop".to_owned(),
            old,
            new: new.map(|spec| (spec, Source::new("spec.toml", ""))),
        };
        let release = ReleaseChanges::new(None, &[registry], &findings);
        let changes = release.registries.iter().flat_map(|registry| {
            assert_eq!(registry.vendor, "shop");
            assert_eq!(registry.title, [("en".to_owned(), "Shop".to_owned())]);
            &registry.changes
        });
        let line = |it: &Change| {
            let numbers =
                [it.codes, it.sets].map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
            assert!(it.codes.is_none() || it.old.is_none() && it.new.is_none());
            format!("{} {} {}", it.class.word(), it.subject, numbers.join(" "))
        };
        changes.map(line).collect()
    }

    #[test]
    fn a_new_vendor_and_a_large_new_set_are_one_line_each() {
        let without = || {
            let mut spec = shop(0);
            spec.sets.remove(0);
            spec
        };
        assert_eq!(lines(None, Some(shop(2))), ["vendor-added  3 2"]);
        assert_eq!(lines(Some(shop(2)), None), ["vendor-removed  3 2"]);
        assert_eq!(lines(Some(shop(2)), Some(shop(2))), [] as [&str; 0]);
        assert_eq!(
            lines(Some(without()), Some(shop(2))),
            [
                "set-added Order 2 -",
                "code-added Order.0 - -",
                "code-added Order.1 - -"
            ]
        );
        let listed = lines(Some(without()), Some(shop(MOST_LISTED)));
        assert_eq!(listed.len(), 1 + MOST_LISTED);
        assert_eq!(
            lines(Some(without()), Some(shop(MOST_LISTED + 1))),
            ["set-added Order 21 -"]
        );
        // A reader must see each code that leaves, and each that is added to a set that was there.
        let removed = lines(Some(shop(MOST_LISTED + 1)), Some(without()));
        assert_eq!(removed[0], "set-removed Order 21 -");
        assert_eq!(removed.len(), 1 + MOST_LISTED + 1);
        let added = lines(Some(shop(0)), Some(shop(MOST_LISTED + 1)));
        assert_eq!(added.len(), MOST_LISTED + 1);
    }

    #[test]
    fn cosmetic_changes_are_left_out_and_severe_ones_come_first() {
        let mut new = shop(3);
        let message = new.sets[0].codes[0].message.values_mut().next();
        message.unwrap().value.push('.');
        new.sets[0].codes[1].section = Some("cash".into());
        new.sets[0].codes[2].variant = "Renamed".into();
        assert_eq!(
            lines(Some(shop(3)), Some(new)),
            ["variant-renamed Order.2 - -", "code-moved Order.1 - -"]
        );
    }

    #[test]
    fn a_record_that_release_did_not_write_is_refused() {
        let head = "schema = 1\n[[release]]\nversion = \"0.1.0\"\n[[release.registry]]\n";
        let whole = format!("{head}vendor = \"shop\"\ntitle = [[\"en\", \"Shop\"]]\n");
        let read = |text: &str| parse(&Source::new("changes.toml", text), "changes.toml");
        assert_eq!(read(&whole).unwrap()[0].registries[0].vendor, "shop");
        for (text, message) in [
            (whole.replace("schema = 1", "schema = 2"), "unknown schema"),
            (whole.replace("schema = 1", ""), "unknown schema"),
            (whole.replace("0.1.0", "0.1"), "did not write this file"),
            (whole.replace("vendor", "seller"), "did not write this file"),
            (whole.replace("\"Shop\"", "1"), "did not write this file"),
            (
                whole.clone() + "[[release.registry.change]]\nclass = \"?\"\n",
                "did not write",
            ),
        ] {
            let problems = read(&text).unwrap_err().to_string();
            assert!(problems.contains(message), "{text}{problems}");
            assert!(
                problems.contains("restore the file as it was released"),
                "{problems}"
            );
        }
    }
}
