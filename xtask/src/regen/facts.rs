//! Merges the facts of a code from the document, the overlay and the code's kind.
//!
//! An entry of the overlay overrides the overlay's billing rule, and the rule overrides the columns
//! of the document.

use std::collections::BTreeMap;

use errbook_spec::facts::{Entry as FactEntry, Fact, Merge, Value, facts_of};
use errbook_spec::place::{At, Place};
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::{Billing, Code, Range, Retry, Set, Severity, Spec, Texts, default_severity};

use crate::diff::form_key;
use crate::overlay::{BillingRule, Entry, RangeEntry, SetOverlay};
use crate::reference::Key;

/// The kinds that an overlay may name, with the facts that a code takes from its kind.
#[derive(Debug, Clone, Default)]
pub struct Taxonomy {
    /// The `vendor` of its spec.
    pub name: String,
    kinds: BTreeMap<String, Code>,
}

impl Taxonomy {
    /// Makes a taxonomy from a spec whose codes are the kinds.
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let codes = spec.sets.iter().flat_map(|set| &set.codes);
        let kinds = codes.map(|code| (code.code.value.clone(), code.clone()));
        Self {
            name: spec.vendor.value.clone(),
            kinds: kinds.collect(),
        }
    }

    /// The default retry class of the codes of a kind.
    #[must_use]
    pub fn retry(&self, kind: &str) -> Option<Retry> {
        self.kinds.get(kind)?.retry.as_ref().map(|at| at.value)
    }
}

/// Applies the overlay's decisions to the codes of one set.
pub(super) struct Decider<'a> {
    /// The kinds, if the overlay names a taxonomy that exists.
    pub(super) taxonomy: Option<&'a Taxonomy>,
    pub(super) set: &'a SetOverlay,
    /// The document's language.
    pub(super) locale: &'a str,
}

impl Decider<'_> {
    /// Applies the decisions about a code that is in the document.
    pub(super) fn decide_active(
        &self,
        code: &mut Code,
        entry: Option<&Entry>,
        problems: &mut Problems,
    ) {
        if self.set.http_is_code {
            code.http = parse_http(&code.code, problems);
        }
        if let Some(billing) = self
            .set
            .billing
            .as_ref()
            .and_then(|rule| billing_by_rule(rule, code))
        {
            code.billing = Some(billing);
        }
        let documented = Documented::of(code);
        let Some(entry) = entry else {
            let is_own = documented.severity.is_some();
            return drop_default_severity(code, &self.set.decided, is_own);
        };
        self.decide_row(code, entry, &documented, problems);
    }

    /// Applies the decisions about a value of a template, which has the facts of that row until
    /// now. `row` is the row as the document has it.
    pub(super) fn decide_value(
        &self,
        code: &mut Code,
        row: &Code,
        entry: &Entry,
        problems: &mut Problems,
    ) {
        // What a rule says of the number alone, the row has already.
        let named = self.set.billing.as_ref();
        if let Some(billing) = named.and_then(|rule| named_billing(rule, |name| is_key(name, code)))
        {
            code.billing = Some(billing);
        }
        let is_of_kind = |fact: &&Fact| fact.merge == Merge::Kind;
        let decides =
            |fact: &Fact| entry.decided.kind.is_some() || fact.get(&entry.decided).is_some();
        for decided in facts_of::<Code>()
            .filter(is_of_kind)
            .filter(|fact| decides(fact))
        {
            drop_parts(code, decided);
        }
        self.decide_row(code, entry, &Documented::of(row), problems);
        if entry.has_message() {
            // The words of the row are about all values: a message for one does not correct them.
            let is_kept = |fact: &&Fact| fact.merge == Merge::Computed && fact.has_texts();
            for words in facts_of::<Code>().filter(is_kept) {
                words.set(code, None);
            }
        }
    }

    fn decide_row(
        &self,
        code: &mut Code,
        entry: &Entry,
        documented: &Documented,
        problems: &mut Problems,
    ) {
        if let Some(locale) = &entry.locale {
            move_language(&mut code.message, self.locale, locale);
            move_language(&mut code.remedy, self.locale, locale);
            code.locale = Some(locale.clone());
        }
        // A value of a template has the language of its row.
        let locale = code.locale.clone();
        let locale = locale.as_ref().map_or(self.locale, |tag| tag.as_str());
        for (fact, text) in &entry.texts {
            Self::decide_text(code, fact, locale, text);
        }
        if let Some(status) = entry.status {
            code.status = status;
        }
        self.apply_entry(code, entry, documented, problems);
    }

    /// Replaces a string of the row. The vendor's own message is kept in `said`.
    fn decide_text(code: &mut Code, fact: &Fact, locale: &str, text: &At<String>) {
        let mut texts = match fact.get(code) {
            Some(Value::Texts(texts)) => texts,
            _ => Texts::new(),
        };
        let before = code.message.get(locale).cloned();
        texts.insert(locale.to_owned(), text.clone());
        fact.set(code, Some(Value::Texts(texts)));
        if let Some(before) = before {
            code.keep_said(locale, &before);
        }
    }

    /// Applies the decisions about a code that is no longer in the document. Everything else stays
    /// as it was. A former meaning keeps what its kind was when it had the code.
    pub(super) fn decide_retired(&self, code: &mut Code, entry: &Entry, problems: &mut Problems) {
        if !code.is_former() {
            return self.apply_entry(code, entry, &Documented::default(), problems);
        }
        let mut entry = entry.clone();
        if entry.decided.kind == code.kind {
            entry.decided.kind = None;
        }
        let documented = Documented {
            retry: None,
            severity: code.severity.clone(),
        };
        self.apply_entry(code, &entry, &documented, problems);
    }

    fn apply_entry(
        &self,
        code: &mut Code,
        entry: &Entry,
        documented: &Documented,
        problems: &mut Problems,
    ) {
        if let Some(variant) = &entry.variant {
            code.variant = variant.clone();
        }
        override_facts(code, &entry.decided, |merge| {
            matches!(merge, Merge::Overlay | Merge::OverlayOrUnspecified)
        });
        for fact in &entry.unspecified {
            fact.set(code, None);
        }
        if let Some(kind) = &entry.decided.kind {
            let found = self.find_kind(kind, problems);
            // The kind `success` means success even if the taxonomy does not set its flag.
            code.success = found.is_some_and(|found| found.success || found.code.value == SUCCESS);
            take_from_kind(code, found);
            documented.apply(code);
        }
        if let Some(retry) = &entry.decided.retry {
            require_reason(retry, code.retry.as_ref(), entry, problems);
        }
        override_facts(code, &entry.decided, |merge| merge == Merge::Kind);
        let is_own = entry.decided.severity.is_some() || documented.severity.is_some();
        drop_default_severity(code, &self.set.decided, is_own);
    }

    /// Applies the decisions about a range of codes.
    pub(super) fn decide_range(
        &self,
        range: &mut Range,
        entry: &RangeEntry,
        problems: &mut Problems,
    ) {
        if let Some(kind) = &entry.decided.kind {
            take_from_kind(range, self.find_kind(kind, problems));
        }
        if self.set.decided.severity.is_some() {
            // It overrides that of the kind, as for a code.
            range.severity = None;
        }
        override_facts(range, &entry.decided, |merge| merge != Merge::Document);
    }

    fn find_kind(&self, kind: &At<String>, problems: &mut Problems) -> Option<&Code> {
        // A missing taxonomy has already been reported, once for the whole overlay.
        let taxonomy = self.taxonomy?;
        let found = taxonomy.kinds.get(&kind.value);
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

/// What the document says of a code, where its kind has a default.
#[derive(Default)]
struct Documented {
    retry: Option<At<Retry>>,
    severity: Option<At<Severity>>,
}

impl Documented {
    /// What a row says, before anything is decided.
    fn of(row: &Code) -> Self {
        Self {
            retry: row.retry.clone(),
            severity: row.severity.clone(),
        }
    }

    /// Prefers the document to the kind. A document only says whether a retry helps: where the kind
    /// agrees, its class is more precise.
    fn apply(&self, code: &mut Code) {
        let helps = |retry: &At<Retry>| matches!(retry.value, Retry::Backoff | Retry::Throttled);
        if let Some(retry) = &self.retry
            && code
                .retry
                .as_ref()
                .is_none_or(|kind| helps(kind) != helps(retry))
        {
            code.retry = Some(retry.clone());
        }
        if let Some(severity) = &self.severity {
            code.severity = Some(severity.clone());
        }
    }
}

/// Requires the vendor's reason for a retry class that differs from that of the kind.
fn require_reason(
    retry: &At<Retry>,
    default: Option<&At<Retry>>,
    entry: &Entry,
    problems: &mut Problems,
) {
    let differs = default.is_some_and(|default| default.value != retry.value);
    if differs && entry.because.is_none() && entry.quote.is_none() {
        let message = "this retry class differs from that of the kind, but no reason is given";
        let help = "add `because = \"…\"` with the vendor's words, or remove `retry`";
        problems.push_with_help(&retry.place, message, help);
    }
}

/// Reports codes in a billing rule that are not codes of the set.
pub(super) fn check_rule_codes(rule: &BillingRule, codes: &[Code], problems: &mut Problems) {
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

fn billing_by_rule(rule: &BillingRule, code: &Code) -> Option<At<Billing>> {
    named_billing(rule, |name| is_named(name, code)).or_else(|| rule.otherwise.clone())
}

/// What a rule says about the codes that it names.
fn named_billing(rule: &BillingRule, is_named: impl Fn(&str) -> bool) -> Option<At<Billing>> {
    let named = |names: &[At<String>], billing| {
        let name = names.iter().find(|name| is_named(name))?;
        Some(At::new(billing, name.place.clone()))
    };
    named(&rule.billed, Billing::Billed).or_else(|| named(&rule.free, Billing::Free))
}

/// Whether a rule names this code: the code alone includes every symbol of it, `code.symbol` only
/// that one.
fn is_named(name: &str, code: &Code) -> bool {
    name == code.code.value || is_key(name, code)
}

/// Whether this is the code and the symbol of a code.
fn is_key(name: &str, code: &Code) -> bool {
    Key::parse(name).is_some_and(|key| {
        key.code == code.code.value
            && key.symbol.as_ref() == code.symbol.as_ref().map(|symbol| &symbol.value)
    })
}

fn parse_http(code: &At<String>, problems: &mut Problems) -> Option<At<u32>> {
    let status = code
        .parse::<u32>()
        .ok()
        .filter(|status| (100..600).contains(status));
    if status.is_none() {
        let help = "replace `http = \"code\"` by `http` in the entries of the codes that have one";
        problems.push_with_help(
            &code.place,
            format!(
                "the code `{}` is not an HTTP status (100 to 599)",
                code.value
            ),
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

/// The code of the kind that means success.
const SUCCESS: &str = "success";

/// Overrides the chosen facts that `decided` has.
fn override_facts<E: FactEntry>(entry: &mut E, decided: &E, is_chosen: fn(Merge) -> bool) {
    for fact in facts_of::<E>().filter(|fact| is_chosen(fact.merge)) {
        if let Some(value) = fact.get(decided) {
            fact.set(entry, Some(value));
        }
    }
}

/// Takes the facts that depend on the kind from it.
fn take_from_kind<E: FactEntry>(entry: &mut E, kind: Option<&Code>) {
    for fact in facts_of::<E>().filter(|fact| fact.merge == Merge::Kind) {
        fact.set(entry, kind.and_then(|kind| fact.get(kind)));
    }
}

/// Drops what is a part of another fact and says nothing without it: the wait before a retry. A
/// change of either is the same finding.
fn drop_parts(code: &mut Code, whole: &Fact) {
    let class = |fact: &Fact| fact.diff.map(|difference| difference.class);
    let is_part = |fact: &&Fact| fact.key != whole.key && class(fact) == class(whole);
    for part in facts_of::<Code>().filter(is_part) {
        part.set(code, None);
    }
}

/// Drops a severity that the code would have anyway. That of the set overrides that of the kind: a
/// kind says what a condition usually means, the set what the document states about this table.
fn drop_default_severity(code: &mut Code, set: &Set, is_own: bool) {
    let is_overridden = !is_own && set.severity.is_some();
    let default = default_severity(code, set);
    let is_default = (code.severity.as_ref()).is_some_and(|severity| severity.value == default);
    if is_overridden || is_default {
        code.severity = None;
    }
}

/// Applies the decisions about a set as a whole.
pub(super) fn decide_set(set: &mut Set, decided: &Set) {
    // The document has no facts about a set: without a decision, the fact is absent.
    for fact in facts_of::<Set>() {
        if matches!(fact.merge, Merge::Overlay | Merge::Kind) {
            fact.set(set, fact.get(decided));
        }
    }
}

/// The text of the document, for checking that a quote occurs in it.
pub(super) struct Prose {
    unspaced: String,
    /// The same as far as its form does not matter.
    form: String,
}

impl Prose {
    /// The rendered document.
    pub(super) fn new(rendered: &str) -> Self {
        Self {
            unspaced: crate::fold::unspaced(rendered),
            form: form_key(rendered),
        }
    }

    /// Whether a quote occurs in the document, ignoring whitespace, case, width and punctuation
    /// between words.
    pub(super) fn contains(&self, quote: &str) -> bool {
        let unspaced = crate::fold::unspaced(quote);
        let form = form_key(quote);
        !unspaced.is_empty() && self.unspaced.contains(&unspaced)
            || !form.is_empty() && self.form.contains(&form)
    }

    /// Reports a quote that does not occur in the document.
    pub(super) fn check_quote(&self, quote: &At<String>, problems: &mut Problems, file: &str) {
        if !self.contains(quote) {
            let message = format!("the quote `{}` does not occur in {file}", quote.value);
            let help = "quote it as the rendered page shows it; only whitespace, case and the \
                        punctuation between words may differ";
            problems.push_with_help(&quote.place, message, help);
        }
    }
}

/// The place of a whole file, without line and column.
pub(super) fn whole_file(place: &Place) -> Place {
    Place {
        line: 0,
        column: 0,
        ..place.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str, symbol: Option<&str>) -> Code {
        Code {
            code: code.into(),
            symbol: symbol.map(At::from),
            ..Code::default()
        }
    }

    fn rule(billed: &[&str], free: &[&str], otherwise: Option<Billing>) -> BillingRule {
        let names = |names: &[&str]| names.iter().map(|name| At::from(*name)).collect();
        BillingRule {
            billed: names(billed),
            free: names(free),
            otherwise: otherwise.map(At::from),
            quote: "Only some are billed.".into(),
        }
    }

    /// What a rule does not mention is unspecified, never free.
    #[test]
    fn a_billing_rule_applies_to_the_codes_that_it_names_and_to_the_rest_only_if_it_says_so() {
        let decided = |rule: &BillingRule, code: &Code| {
            billing_by_rule(rule, code).map(|billing| billing.value)
        };
        let named = rule(&["0", "400.BAD_FACE"], &["1"], None);
        for (number, symbol, expected) in [
            ("0", None, Some(Billing::Billed)),
            // The number alone includes every symbol of it.
            ("0", Some("OK"), Some(Billing::Billed)),
            ("1", Some("ANY"), Some(Billing::Free)),
            ("400", Some("BAD_FACE"), Some(Billing::Billed)),
            ("400", Some("NO_FACE"), None),
            ("400", None, None),
            ("401", Some("BAD_FACE"), None),
            ("00", None, None),
        ] {
            let code = code(number, symbol);
            assert_eq!(decided(&named, &code), expected, "{number} {symbol:?}");
            let rest = BillingRule {
                otherwise: Some(Billing::Free.into()),
                ..named.clone()
            };
            assert_eq!(decided(&rest, &code), expected.or(Some(Billing::Free)));
        }
        // A code in both lists is billed.
        let both = rule(&["1"], &["1"], None);
        assert_eq!(decided(&both, &code("1", None)), Some(Billing::Billed));
    }

    #[test]
    fn a_billing_rule_names_only_codes_of_its_set() {
        let codes = [code("1001", None), code("400", Some("BAD_FACE"))];
        let reported = |rule: &BillingRule| {
            let mut problems = Problems::default();
            check_rule_codes(rule, &codes, &mut problems);
            problems.to_string()
        };
        assert_eq!(
            reported(&rule(&["1001"], &["400.BAD_FACE", "400"], None)),
            ""
        );
        for rule in [rule(&["1002"], &[], None), rule(&[], &["1002"], None)] {
            let problems = reported(&rule);
            let message = "`1002` is not a code of this set; did you mean `1001`?";
            assert!(problems.contains(message), "{problems}");
        }
        let problems = reported(&rule(&["400.NO_FACE"], &[], None));
        assert!(
            problems.contains("`400.NO_FACE` is not a code of this set"),
            "{problems}"
        );
    }

    /// A quote justifies a decision, so it must be in the document word for word.
    #[test]
    fn a_quote_may_differ_from_the_document_only_in_its_form() {
        let prose = Prose::new("Only the code 0 is billed，all others\nare free (see 1.5)");
        for (quote, is_there) in [
            ("Only the code 0 is billed", true),
            ("all others are free", true),
            ("only the CODE 0 is billed, all others", true),
            ("Only the code 1 is billed", false),
            ("others are free (see 15)", false),
            ("all others are billed", false),
            ("", false),
            (" ", false),
            ("。", false),
            ("(", true),
        ] {
            assert_eq!(prose.contains(quote), is_there, "{quote}");
            let mut problems = Problems::default();
            prose.check_quote(&quote.into(), &mut problems, "source.md");
            let problems = problems.to_string();
            assert_eq!(
                problems.contains("does not occur in source.md"),
                !is_there,
                "{quote}"
            );
        }
    }

    #[test]
    fn only_an_http_status_is_one() {
        for (text, status) in [
            ("100", Some(100)),
            ("599", Some(599)),
            ("99", None),
            ("600", None),
            ("x", None),
        ] {
            let mut problems = Problems::default();
            let parsed = parse_http(&text.into(), &mut problems);
            assert_eq!(parsed.map(|at| at.value), status, "{text}");
            assert_eq!(problems.to_string().is_empty(), status.is_some(), "{text}");
        }
    }

    #[test]
    fn the_place_of_a_whole_file_is_no_line_of_it() {
        let place = Place {
            line: 7,
            column: 3,
            ..Place::file("overlay.toml")
        };
        assert_eq!(whole_file(&place), Place::file("overlay.toml"));
    }
}
