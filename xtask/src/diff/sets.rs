//! One vendor in two states: the whole, then each set, then each code of it.

use std::collections::BTreeSet;

use errbook_spec::{BillingSource, Code, Identity, Range, Set, Spec, Status, Wire, word};

use crate::count::count;
use crate::diff::facts::{compare_facts, optional, range_facts};
use crate::diff::pairs::{self, Pair};
use crate::diff::texts::{Side, same_but_for_form, titles};
use crate::diff::travel::Travel;
use crate::diff::{Class, Finding, Severity, Verdict, codes, own};
use crate::reference::{key, quote_part};

/// All that is different of a vendor that is in both states.
pub(super) fn spec(old: &Spec, new: &Spec, findings: &mut Vec<Finding>) {
    let vendor = &new.vendor.value;
    let found = |class| Finding::new(class, vendor, "");
    if old.locale != new.locale {
        findings.push(
            found(Class::LocaleChanged)
                .was(Some(&*old.locale.value))
                .is(Some(&*new.locale.value)),
        );
    }
    if old.kinds != new.kinds {
        let states = (optional(old.kinds.as_ref()), optional(new.kinds.as_ref()));
        findings.push(found(Class::TaxonomyChanged).was(states.0).is(states.1));
    }
    titles(&old.title, &new.title, found, findings);
    let (before, after) = (languages(old), languages(new));
    for tag in after.difference(&before) {
        findings.push(found(Class::LanguageAdded).detail(tag).is(Some(tag)));
    }
    for tag in before.difference(&after) {
        findings.push(found(Class::LanguageRemoved).detail(tag).was(Some(tag)));
    }
    let mut travel = Travel::new(old, new);
    for pair in pairs::sets(old, new) {
        set(
            &States {
                old,
                new,
                before: &before,
                after: &after,
            },
            pair,
            &mut travel,
            findings,
        );
    }
    travel.finish(findings);
}

/// The languages that any code has a text in.
fn languages(spec: &Spec) -> BTreeSet<String> {
    let codes = spec.sets.iter().flat_map(|set| &set.codes);
    codes
        .flat_map(|code| {
            code.message
                .keys()
                .chain(code.remedy.keys())
                .chain(code.doc.keys())
        })
        .cloned()
        .collect()
}

struct States<'a> {
    old: &'a Spec,
    new: &'a Spec,
    before: &'a BTreeSet<String>,
    after: &'a BTreeSet<String>,
}

fn set<'a>(
    states: &States<'a>,
    pair: Pair<'a, Set>,
    travel: &mut Travel<'a>,
    findings: &mut Vec<Finding>,
) {
    let vendor = &states.new.vendor.value;
    match pair {
        (Some(old), Some(new)) => {
            head(old, new, vendor, findings);
            ranges(old, new, vendor, findings);
            for (before, after) in pairs::codes(old, new) {
                both(states, (old, before), (new, after), travel, findings);
            }
        }
        (None, Some(new)) => {
            let found = Finding::new(Class::SetAdded, vendor, &new.name);
            findings.push(found.is(Some(count(new.codes.len(), "code"))));
            new.codes.iter().for_each(|code| travel.came(new, code));
        }
        (Some(old), None) => {
            let found = Finding::new(Class::SetRemoved, vendor, &old.name);
            findings.push(found.was(Some(count(old.codes.len(), "code"))));
            old.codes
                .iter()
                .for_each(|code| travel.left(old, code, None));
        }
        (None, None) => {}
    }
}

fn both<'a>(
    states: &States<'a>,
    (old_set, old): (&'a Set, Option<&'a Code>),
    (new_set, new): (&'a Set, Option<&'a Code>),
    travel: &mut Travel<'a>,
    findings: &mut Vec<Finding>,
) {
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => return travel.came(new_set, new),
        (Some(old), None) => return travel.left(old_set, old, None),
        (None, None) => return,
    };
    match (old.status, new.status) {
        (Status::Active, Status::Retired) => travel.left(old_set, old, Some((new_set, new))),
        (Status::Retired, Status::Active) => {
            let found = Finding::new(
                Class::CodeReappeared,
                &states.new.vendor,
                &subject(new_set, new),
            );
            findings.push(found.of(new, states.new));
        }
        _ => {}
    }
    let old = Side {
        code: old,
        spec: states.old,
        languages: states.before,
    };
    let new = Side {
        code: new,
        spec: states.new,
        languages: states.after,
    };
    let before = findings.len();
    codes::compare_code(&old, &new, &subject(new_set, new.code), findings);
    for finding in &mut findings[before..] {
        if let Some(other) = earlier_speaker(finding, &old, &new, old_set) {
            let name = (&*other.variant, subject(old_set, other));
            finding.help = Some(format!(
                "this is now the text of `{}` ({}): did they change places?",
                name.0, name.1
            ));
        }
    }
}

/// The other code that said before what this one says now.
fn earlier_speaker<'a>(
    finding: &Finding,
    old: &Side<'_>,
    new: &Side<'_>,
    set: &'a Set,
) -> Option<&'a Code> {
    let language = own(new.code, new.spec);
    if finding.class != Class::MESSAGE_CHANGED || finding.detail.as_deref() != Some(language) {
        return None;
    }
    let said = finding.new.as_ref()?;
    let says = |code: &Code| {
        code.message
            .get(language)
            .is_some_and(|text| text.value == *said)
    };
    // Where several codes had one text, another one that has it too is no sign of anything.
    if finding.verdict == Verdict::Patch || says(old.code) {
        return None;
    }
    let mut others = set.codes.iter().filter(|code| says(code));
    others.next().filter(|_| others.next().is_none())
}

/// `Set.code` or `Set.code.symbol`.
pub(super) fn subject(set: &Set, code: &Code) -> String {
    format!(
        "{}.{}",
        quote_part(&set.name),
        key(code, set.identity).reference()
    )
}

fn head(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    let found = |class| Finding::new(class, vendor, &new.name);
    if old.name != new.name {
        findings.push(
            found(Class::SetRenamed)
                .was(Some(&*old.name.value))
                .is(Some(&*new.name.value)),
        );
    }
    for name in old
        .was
        .iter()
        .filter(|name| !new.was.contains(name) && new.name != **name)
    {
        findings.push(
            found(Class::SetNameRemoved)
                .detail(&*name.value)
                .was(Some(&*name.value)),
        );
    }
    for name in new
        .was
        .iter()
        .filter(|name| !old.was.contains(name) && old.name != **name)
    {
        findings.push(
            found(Class::SetNameAdded)
                .detail(&*name.value)
                .is(Some(&*name.value)),
        );
    }
    let mut compare = |class, old: &str, new: &str| {
        if old != new {
            findings.push(found(class).was(Some(old)).is(Some(new)));
        }
    };
    compare(
        Class::WireChanged,
        word(Wire::WORDS, old.wire),
        word(Wire::WORDS, new.wire),
    );
    compare(
        Class::IdentityChanged,
        word(Identity::WORDS, old.identity),
        word(Identity::WORDS, new.identity),
    );
    match (old.status, new.status) {
        (Status::Active, Status::Retired) => findings.push(found(Class::SetRetired)),
        (Status::Retired, Status::Active) => findings.push(found(Class::SetReappeared)),
        _ => {}
    }
    titles(&old.title, &new.title, found, findings);
    compare_facts(old, new, found, findings);
    billing_source(old, new, found, findings);
    sections(old, new, vendor, findings);
}

/// Another header above the same facts is form. Another sentence may be another rule.
fn billing_source(
    old: &Set,
    new: &Set,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    if old.billing_source == new.billing_source {
        return;
    }
    let said = |set: &Set| {
        set.billing_source.as_ref().map(|source| match source {
            BillingSource::Column(column) => format!("the column {}", column.value),
            BillingSource::Quote(quote) => format!("“{}”", quote.value),
        })
    };
    let form = match (&old.billing_source, &new.billing_source) {
        (Some(BillingSource::Column(_)), Some(BillingSource::Column(_))) => true,
        (Some(BillingSource::Quote(old)), Some(BillingSource::Quote(new))) => {
            same_but_for_form(old, new)
        }
        _ => false,
    };
    let finding = found(Class::BillingSourceChanged)
        .was(said(old))
        .is(said(new));
    findings.push(if form {
        finding.weighs(Severity::Cosmetic, Verdict::Patch)
    } else {
        finding
    });
}

fn sections(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    for section in &new.sections {
        let found = |class| Finding::new(class, vendor, &new.name).detail(&*section.id.value);
        match old.sections.iter().find(|other| other.id == section.id) {
            Some(old) => {
                let titled = |class| {
                    Finding::new(
                        class,
                        vendor,
                        &format!("{}/{}", new.name.value, section.id.value),
                    )
                };
                titles(&old.title, &section.title, titled, findings);
            }
            None => findings.push(found(Class::SectionAdded).is(Some(&*section.id.value))),
        }
    }
    for section in old
        .sections
        .iter()
        .filter(|old| !new.sections.iter().any(|new| new.id == old.id))
    {
        let found =
            Finding::new(Class::SectionRemoved, vendor, &new.name).detail(&*section.id.value);
        findings.push(found.was(Some(&*section.id.value)));
    }
}

fn ranges(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    let same = |one: &Range, other: &Range| one.from == other.from && one.to == other.to;
    let found = |class, range: &Range| {
        Finding::new(class, vendor, &new.name)
            .detail(format!("{}..{}", range.from.value, range.to.value))
    };
    for range in &new.ranges {
        match old.ranges.iter().find(|old| same(old, range)) {
            None => findings.push(found(Class::RangeAdded, range).is(Some(range_facts(range)))),
            Some(old) if range_facts(old) != range_facts(range) => {
                let finding = found(Class::RangeChanged, range)
                    .was(Some(range_facts(old)))
                    .is(Some(range_facts(range)));
                // What is charged for a class of codes is charged for each of them.
                let heavy = old.billing != range.billing;
                findings.push(if heavy {
                    finding.weighs(Severity::Error, Verdict::Minor)
                } else {
                    finding
                });
            }
            Some(_) => {}
        }
    }
    for range in old
        .ranges
        .iter()
        .filter(|old| !new.ranges.iter().any(|new| same(old, new)))
    {
        findings.push(found(Class::RangeRemoved, range).was(Some(range_facts(range))));
    }
}
