//! Compares one vendor in two states: the vendor as a whole, each set, and each code.

use std::collections::{BTreeSet, HashMap};
use std::iter;

use errbook_spec::{BillingSource, Code, Identity, Range, Reserved, Set, Spec, Status, Wire, word};

use crate::count::count;
use crate::coverage::languages;
use crate::diff::facts::{compare_facts, optional, range_facts};
use crate::diff::pairs::{Pair, pair_codes, pair_sets};
use crate::diff::texts::{Side, compare_titles, same_but_for_form};
use crate::diff::travel::Travel;
use crate::diff::{Class, Finding, Severity, Verdict, codes, own_language};
use crate::reference::{code_key, quote_part};

/// Compares a vendor that is in both states.
pub(super) fn compare_specs(old: &Spec, new: &Spec, findings: &mut Vec<Finding>) {
    let vendor = &new.vendor.value;
    let found = |class| Finding::new(class, vendor, "");
    if old.vendor != new.vendor {
        findings.push(
            found(Class::VendorRenamed)
                .with_old(Some(&*old.vendor.value))
                .with_new(Some(&*new.vendor.value)),
        );
    }
    findings.extend(compare_default_language(old, new));
    if old.kinds != new.kinds {
        let finding = found(Class::TaxonomyChanged);
        // Where there was no `kind()`, no program uses it.
        let finding = if old.kinds.is_none() {
            finding.with_weight(Severity::Info, Verdict::Minor)
        } else {
            finding
        };
        findings.push(
            finding
                .with_old(optional(old.kinds.as_ref()))
                .with_new(optional(new.kinds.as_ref())),
        );
    }
    compare_titles(&old.title, &new.title, found, findings);
    let before: BTreeSet<_> = languages(iter::once(old), &[]).into_iter().collect();
    let after: BTreeSet<_> = languages(iter::once(new), &[]).into_iter().collect();
    for tag in after.difference(&before) {
        findings.push(
            found(Class::LanguageAdded)
                .with_detail(tag)
                .with_new(Some(tag)),
        );
    }
    for tag in before.difference(&after) {
        findings.push(
            found(Class::LanguageRemoved)
                .with_detail(tag)
                .with_old(Some(tag)),
        );
    }
    let mut travel = Travel::new(old, new);
    let states = States {
        old,
        new,
        before: &before,
        after: &after,
    };
    for pair in pair_sets(old, new) {
        compare_sets(&states, pair, &mut travel, findings);
    }
    travel.finish(findings);
}

/// The language that programs get if they ask for no other.
fn compare_default_language(old: &Spec, new: &Spec) -> Option<Finding> {
    if old.locale == new.locale {
        return None;
    }
    let finding = Finding::new(Class::DefaultLanguageChanged, &new.vendor, "");
    let help = format!(
        "every `Display` of a module without `locales` is in {0} from now on; one with `locales` \
         keeps the language that it lists first",
        *new.locale
    );
    Some(
        finding
            .with_old(Some(&*old.locale.value))
            .with_new(Some(&*new.locale.value))
            .with_help(help),
    )
}

/// The two specs, with the languages of each.
struct States<'a> {
    old: &'a Spec,
    new: &'a Spec,
    before: &'a BTreeSet<String>,
    after: &'a BTreeSet<String>,
}

fn compare_sets<'a>(
    states: &States<'a>,
    pair: Pair<'a, Set>,
    travel: &mut Travel<'a>,
    findings: &mut Vec<Finding>,
) {
    let vendor = &states.new.vendor.value;
    match pair {
        (Some(old), Some(new)) => {
            compare_heads(old, new, vendor, findings);
            compare_ranges(old, new, vendor, findings);
            let mut messages = FormerMessages::new(old);
            for (before, after) in pair_codes(old, new) {
                let sides = ((old, before), (new, after));
                compare_pair(states, sides, &mut messages, travel, findings);
            }
        }
        (None, Some(new)) => {
            let found = Finding::new(Class::SetAdded, vendor, &new.name);
            findings.push(found.with_new(Some(count(new.codes.len(), "code"))));
            new.codes.iter().for_each(|code| travel.add_new(new, code));
        }
        (Some(old), None) => {
            let found = Finding::new(Class::SetRemoved, vendor, &old.name);
            findings.push(found.with_old(Some(count(old.codes.len(), "code"))));
            old.codes
                .iter()
                .for_each(|code| travel.add_missing(old, code, None));
        }
        (None, None) => {}
    }
}

/// A set, and a code if it is in it.
type InSet<'a> = (&'a Set, Option<&'a Code>);

/// Compares a code that is in either set. Added and missing codes are collected in `travel`.
fn compare_pair<'a>(
    states: &States<'a>,
    ((old_set, old), (new_set, new)): (InSet<'a>, InSet<'a>),
    messages: &mut FormerMessages<'a>,
    travel: &mut Travel<'a>,
    findings: &mut Vec<Finding>,
) {
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => return travel.add_new(new_set, new),
        (Some(old), None) => return travel.add_missing(old_set, old, None),
        (None, None) => return,
    };
    match (old.status, new.status) {
        (Status::Active, Status::Retired) => {
            travel.add_missing(old_set, old, Some((new_set, new)));
        }
        (Status::Retired, Status::Active) => {
            let found = Finding::new(
                Class::CodeReappeared,
                &states.new.vendor,
                &subject_of(new_set, new),
            );
            findings.push(found.with_code(new, states.new));
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
    codes::compare_code(&old, &new, &subject_of(new_set, new.code), findings);
    for finding in &mut findings[before..] {
        if let Some(other) = find_former_code(finding, &old, &new, messages) {
            finding.help = Some(format!(
                "this was the message of `{}` ({}): were the two swapped?",
                other.variant.value,
                subject_of(old_set, other)
            ));
        }
    }
}

/// The one other code that formerly had the new message of this code.
fn find_former_code<'a>(
    finding: &Finding,
    old: &Side<'_>,
    new: &Side<'_>,
    messages: &mut FormerMessages<'a>,
) -> Option<&'a Code> {
    let language = own_language(new.code, new.spec);
    if finding.class != Class::MESSAGE_CHANGED || finding.detail.as_deref() != Some(language) {
        return None;
    }
    let message = finding.new.as_ref()?;
    let former = old.code.message.get(language);
    // A cosmetic change is not a swap. If several codes had this message, one more is not a sign of
    // one.
    if finding.verdict == Verdict::Patch || former.is_some_and(|text| text.value == *message) {
        return None;
    }
    match messages.codes_with(language, message) {
        [other] => Some(other),
        _ => None,
    }
}

/// The codes of a set by message, in each language that was asked for.
struct FormerMessages<'a> {
    set: &'a Set,
    by_language: HashMap<String, HashMap<&'a str, Vec<&'a Code>>>,
}

impl<'a> FormerMessages<'a> {
    fn new(set: &'a Set) -> Self {
        Self {
            set,
            by_language: HashMap::new(),
        }
    }

    fn codes_with(&mut self, language: &str, message: &str) -> &[&'a Code] {
        let set = self.set;
        let by_message = self
            .by_language
            .entry(language.to_owned())
            .or_insert_with(|| {
                let mut by_message = HashMap::<_, Vec<_>>::new();
                for code in &set.codes {
                    if let Some(text) = code.message.get(language) {
                        by_message.entry(text.as_str()).or_default().push(code);
                    }
                }
                by_message
            });
        by_message.get(message).map_or(&[], Vec::as_slice)
    }
}

/// `Set.code` or `Set.code.symbol`.
pub(super) fn subject_of(set: &Set, code: &Code) -> String {
    format!(
        "{}.{}",
        quote_part(&set.name),
        code_key(code, set.identity).reference()
    )
}

fn compare_heads(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    let found = |class| Finding::new(class, vendor, &new.name);
    if old.name != new.name {
        findings.push(
            found(Class::SetRenamed)
                .with_old(Some(&*old.name.value))
                .with_new(Some(&*new.name.value)),
        );
    }
    for name in old
        .was
        .iter()
        .filter(|name| !new.was.contains(name) && new.name != **name)
    {
        findings.push(
            found(Class::SetNameRemoved)
                .with_detail(&*name.value)
                .with_old(Some(&*name.value)),
        );
    }
    for name in new
        .was
        .iter()
        .filter(|name| !old.was.contains(name) && old.name != **name)
    {
        findings.push(
            found(Class::SetNameAdded)
                .with_detail(&*name.value)
                .with_new(Some(&*name.value)),
        );
    }
    let mut compare = |class, old: &str, new: &str| {
        if old != new {
            findings.push(found(class).with_old(Some(old)).with_new(Some(new)));
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
    compare_titles(&old.title, &new.title, found, findings);
    compare_facts(old, new, found, findings);
    compare_billing_source(old, new, found, findings);
    compare_reserved(old, new, found, findings);
    compare_sections(old, new, vendor, findings);
}

/// Compares the source of the billing facts. A different column header is cosmetic; a different
/// sentence may be a different rule.
fn compare_billing_source(
    old: &Set,
    new: &Set,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    if old.billing_source == new.billing_source {
        return;
    }
    let describe = |set: &Set| {
        set.billing_source.as_ref().map(|source| match source {
            BillingSource::Column(column) => format!("the column {}", column.value),
            BillingSource::Quote(quote) => format!("“{}”", quote.value),
        })
    };
    let is_cosmetic = match (&old.billing_source, &new.billing_source) {
        (Some(BillingSource::Column(_)), Some(BillingSource::Column(_))) => true,
        (Some(BillingSource::Quote(old)), Some(BillingSource::Quote(new))) => {
            same_but_for_form(old, new)
        }
        _ => false,
    };
    let finding = found(Class::BillingSourceChanged)
        .with_old(describe(old))
        .with_new(describe(new));
    findings.push(if is_cosmetic {
        finding.with_weight(Severity::Cosmetic, Verdict::Patch)
    } else {
        finding
    });
}

/// Compares what is reserved, not how it is written: `7..9` reserves the same as `7` and `8..9`.
fn compare_reserved(
    old: &Set,
    new: &Set,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    for entry in old.reserved.iter().filter(|entry| !reserves(new, entry)) {
        let finding = found(Class::ReservationRemoved).with_detail(&*entry.value);
        findings.push(finding.with_old(Some(&*entry.value)));
    }
    for entry in new.reserved.iter().filter(|entry| !reserves(old, entry)) {
        let finding = found(Class::ReservationAdded).with_detail(&*entry.value);
        findings.push(finding.with_new(Some(&*entry.value)));
    }
}

/// Whether a set reserves everything that an entry of `reserved` does.
fn reserves(set: &Set, entry: &str) -> bool {
    let of_set = set.reserved.iter();
    let mut of_set: Vec<_> = of_set.filter_map(|own| set.reservation(own).ok()).collect();
    let Ok(Reserved::Numbers(from, to)) = set.reservation(entry) else {
        return set.reserved.iter().any(|own| own.value == entry);
    };
    of_set.sort_by_key(|own| match own {
        Reserved::Numbers(from, _) => *from,
        Reserved::Name(_) => i64::MAX,
    });
    // The first number that may not be reserved; `None` after the largest one.
    let mut next = Some(from);
    for own in of_set {
        if let (Reserved::Numbers(own_from, own_to), Some(first)) = (own, next)
            && own_from <= first
            && first <= own_to
        {
            next = own_to.checked_add(1);
        }
    }
    next.is_none_or(|first| first > to)
}

fn compare_sections(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    for section in &new.sections {
        let found = |class| Finding::new(class, vendor, &new.name).with_detail(&*section.id.value);
        match old.sections.iter().find(|other| other.id == section.id) {
            Some(old) => {
                let titled = |class| {
                    Finding::new(
                        class,
                        vendor,
                        &format!("{}/{}", new.name.value, section.id.value),
                    )
                };
                compare_titles(&old.title, &section.title, titled, findings);
            }
            None => findings.push(found(Class::SectionAdded).with_new(Some(&*section.id.value))),
        }
    }
    for section in old
        .sections
        .iter()
        .filter(|old| !new.sections.iter().any(|new| new.id == old.id))
    {
        let found =
            Finding::new(Class::SectionRemoved, vendor, &new.name).with_detail(&*section.id.value);
        findings.push(found.with_old(Some(&*section.id.value)));
    }
}

fn compare_ranges(old: &Set, new: &Set, vendor: &str, findings: &mut Vec<Finding>) {
    let same = |one: &Range, other: &Range| one.from == other.from && one.to == other.to;
    let found = |class, range: &Range| {
        Finding::new(class, vendor, &new.name)
            .with_detail(format!("{}..{}", range.from.value, range.to.value))
    };
    for range in &new.ranges {
        match old.ranges.iter().find(|old| same(old, range)) {
            None => {
                findings.push(found(Class::RangeAdded, range).with_new(Some(range_facts(range))));
            }
            Some(old) if range_facts(old) != range_facts(range) => {
                let finding = found(Class::RangeChanged, range)
                    .with_old(Some(range_facts(old)))
                    .with_new(Some(range_facts(range)));
                // A billing change of a range changes the costs of each of its codes.
                let changes_costs = old.billing != range.billing;
                findings.push(if changes_costs {
                    finding.with_weight(Severity::Error, Verdict::Minor)
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
        findings.push(found(Class::RangeRemoved, range).with_old(Some(range_facts(range))));
    }
}
