//! What people decided about a code, laid over what the vendor's columns say: entry over rule over column.

use std::collections::BTreeMap;

use errbook_spec::Texts;
use errbook_spec::place::{At, Place};
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::{Billing, Code, Range, Retry, Spec};

use crate::overlay::{BillingRule, Entry, RangeEntry, SetOverlay};
use crate::reference::Key;

/// The kinds that an overlay may name, with what they bring along.
#[derive(Debug, Clone, Default)]
pub struct Taxonomy {
    /// Its `vendor` name.
    pub name: String,
    kinds: BTreeMap<String, Kind>,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    retry: Option<Retry>,
    success: bool,
}

impl Taxonomy {
    /// The taxonomy that a hand-written spec is.
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let kind = |code: &Code| {
            let success = code.success || code.code.value == "success";
            (
                code.code.value.clone(),
                Kind {
                    retry: code.retry.as_ref().map(|at| at.value),
                    success,
                },
            )
        };
        let kinds = spec
            .sets
            .iter()
            .flat_map(|set| &set.codes)
            .map(kind)
            .collect();
        Self {
            name: spec.vendor.value.clone(),
            kinds,
        }
    }

    /// What a caller should do by default about a code of a kind.
    #[must_use]
    pub fn retry(&self, kind: &str) -> Option<Retry> {
        self.kinds.get(kind)?.retry
    }
}

/// Lays decisions over the codes of one set.
pub(super) struct Decider<'a> {
    /// The kinds, if the overlay names a taxonomy that is there.
    pub(super) taxonomy: Option<&'a Taxonomy>,
    pub(super) set: &'a SetOverlay,
    /// The document's language.
    pub(super) locale: &'a str,
}

impl Decider<'_> {
    /// Decides about a code that stands in the document.
    pub(super) fn active(&self, code: &mut Code, entry: Option<&Entry>, problems: &mut Problems) {
        if self.set.http_is_code {
            code.http = http_of(&code.code, problems);
        }
        if let Some(billing) = self.set.billing.as_ref().and_then(|rule| ruled(rule, code)) {
            code.billing = Some(billing);
        }
        let Some(entry) = entry else { return };
        if let Some(locale) = &entry.locale {
            move_language(&mut code.message, self.locale, locale);
            move_language(&mut code.remedy, self.locale, locale);
            code.locale = Some(locale.clone());
        }
        let locale = entry
            .locale
            .as_ref()
            .map_or(self.locale, |locale| locale.as_str());
        set_text(&mut code.message, locale, entry.message.as_ref());
        set_text(&mut code.remedy, locale, entry.remedy.as_ref());
        self.decided(code, entry, problems);
    }

    /// Decides about a code that has left the document: what is not decided stays as it was.
    pub(super) fn retired(&self, code: &mut Code, entry: &Entry, problems: &mut Problems) {
        self.decided(code, entry, problems);
    }

    fn decided(&self, code: &mut Code, entry: &Entry, problems: &mut Problems) {
        replace(&mut code.replaced_by, entry.replaced_by.as_ref());
        replace(&mut code.retry_after, entry.retry_after.as_ref());
        replace(&mut code.http, entry.http.as_ref());
        replace_list(&mut code.aliases, &entry.aliases);
        replace_list(&mut code.was, &entry.was);
        replace_list(&mut code.was_variant, &entry.was_variant);
        replace_list(&mut code.params, &entry.params);
        if let Some(variant) = &entry.variant {
            code.variant = variant.clone();
        }
        if let Some(billing) = &entry.billing {
            code.billing = billing
                .value
                .map(|value| At::new(value, billing.place.clone()));
        }
        if let Some(kind) = &entry.kind {
            let found = self.kind(kind, problems);
            code.kind = Some(kind.clone());
            code.success = found.is_some_and(|found| found.success);
            code.retry = found
                .and_then(|found| found.retry)
                .map(|retry| At::new(retry, kind.place.clone()));
        }
        if let Some(retry) = &entry.retry {
            has_its_reason(retry, code.retry.as_ref(), entry, problems);
            code.retry = Some(retry.clone());
        }
    }

    /// Decides about a class of codes.
    pub(super) fn range(&self, range: &mut Range, entry: &RangeEntry, problems: &mut Problems) {
        if let Some(kind) = &entry.kind {
            let found = self.kind(kind, problems);
            range.kind = Some(kind.clone());
            range.retry = found
                .and_then(|found| found.retry)
                .map(|retry| At::new(retry, kind.place.clone()));
        }
        replace(&mut range.retry, entry.retry.as_ref());
        replace(&mut range.billing, entry.billing.as_ref());
    }

    fn kind(&self, kind: &At<String>, problems: &mut Problems) -> Option<Kind> {
        // Without a taxonomy that is there, the overlay as a whole has been reported.
        let taxonomy = self.taxonomy?;
        let found = taxonomy.kinds.get(&kind.value).copied();
        if found.is_none() {
            let near = nearest(kind, taxonomy.kinds.keys().map(String::as_str));
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            problems.push(
                &kind.place,
                format!(
                    "`{}` is not a kind of `{}`{near}",
                    kind.value, taxonomy.name
                ),
            );
        }
        found
    }
}

/// A retry class that is not its kind's has the vendor's words for it beside it.
fn has_its_reason(
    retry: &At<Retry>,
    default: Option<&At<Retry>>,
    entry: &Entry,
    problems: &mut Problems,
) {
    let differs = default.is_some_and(|default| default.value != retry.value);
    if differs && entry.because.is_none() && entry.quote.is_none() {
        let message = "this retry class is not that of the kind, and no reason is given";
        let help = "add `because = \"…\"` with the vendor's words, or leave `retry` out";
        problems.push_with_help(&retry.place, message, help);
    }
}

/// Says what is wrong with a rule about billing that names a code which is not there.
pub(super) fn rule_names_codes_of_the_set(
    rule: &BillingRule,
    codes: &[Code],
    problems: &mut Problems,
) {
    for named in rule.billed.iter().chain(&rule.free) {
        if !codes.iter().any(|code| is_named(named, code)) {
            let near = nearest(named, codes.iter().map(|code| code.code.as_str()));
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            problems.push(
                &named.place,
                format!("`{}` is not a code of this set{near}", named.value),
            );
        }
    }
}

fn ruled(rule: &BillingRule, code: &Code) -> Option<At<Billing>> {
    let named = |names: &[At<String>], billing| {
        let name = names.iter().find(|name| is_named(name, code))?;
        Some(At::new(billing, name.place.clone()))
    };
    named(&rule.billed, Billing::Billed)
        .or_else(|| named(&rule.free, Billing::Free))
        .or_else(|| rule.otherwise.clone())
}

/// A rule names a code by itself, whatever its symbol, or together with its symbol.
fn is_named(name: &str, code: &Code) -> bool {
    name == code.code.value
        || Key::parse(name).is_some_and(|key| {
            key.code == code.code.value
                && key.symbol.as_ref() == code.symbol.as_ref().map(|symbol| &symbol.value)
        })
}

fn http_of(code: &At<String>, problems: &mut Problems) -> Option<At<u32>> {
    let status = code
        .parse::<u32>()
        .ok()
        .filter(|status| (100..600).contains(status));
    if status.is_none() {
        let help =
            "say `http` in the entries of the codes that have one, in place of `http = \"code\"`";
        problems.push_with_help(
            &code.place,
            format!("the code `{}` is not an HTTP status", code.value),
            help,
        );
    }
    status.map(|status| At::new(status, code.place.clone()))
}

fn move_language(texts: &mut Texts, from: &str, to: &str) {
    if let Some(text) = texts.remove(from) {
        texts.insert(to.to_owned(), text);
    }
}

fn set_text(texts: &mut Texts, locale: &str, text: Option<&At<String>>) {
    if let Some(text) = text {
        texts.insert(locale.to_owned(), text.clone());
    }
}

fn replace<T: Clone>(field: &mut Option<At<T>>, decided: Option<&At<T>>) {
    if let Some(decided) = decided {
        *field = Some(decided.clone());
    }
}

fn replace_list<T: Clone>(field: &mut Vec<T>, decided: &[T]) {
    if !decided.is_empty() {
        field.clone_from(&decided.to_vec());
    }
}

/// Where a sentence is looked up.
pub(super) struct Prose(String);

impl Prose {
    /// The rendered document.
    pub(super) fn new(rendered: &str) -> Self {
        Self(crate::fold::unspaced(rendered))
    }

    /// Whether the vendor says so.
    pub(super) fn holds(&self, quote: &str) -> bool {
        let quote = crate::fold::unspaced(quote);
        !quote.is_empty() && self.0.contains(&quote)
    }

    /// A sentence that the vendor does not say proves nothing.
    pub(super) fn check(&self, quote: &At<String>, problems: &mut Problems, file: &str) {
        if !self.holds(quote) {
            let message = format!("the sentence `{}` does not stand in {file}", quote.value);
            let help = "quote it as the rendered page shows it; only blanks may differ";
            problems.push_with_help(&quote.place, message, help);
        }
    }
}

/// What a problem calls the place of a whole file.
pub(super) fn whole(place: &Place) -> Place {
    Place {
        line: 0,
        column: 0,
        ..place.clone()
    }
}
