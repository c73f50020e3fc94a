//! Merges the rows of each set's tables with the decisions of the overlay and the retired codes of
//! the previous spec.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use errbook_spec::facts::{Fact, facts_of};
use errbook_spec::place::{At, Place};
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::{BillingSource, Code, Identity, Range, Set, Status, Texts, Wire};

use crate::overlay::{self, Overlay, SetOverlay, Tables};
use crate::reference::{Key, code_key, find_code};
use crate::regen::facts::{Decider, Prose, Taxonomy, check_rule_codes, decide_set};
use crate::regen::meaning;
use crate::regen::memory::{self, Memory};
use crate::regen::names;
use crate::regen::rows::{Reading, Rows, read_rows};
use crate::regen::select::{Chosen, Selection};
use crate::regen::values::{Known, Values, check_templates, code_of_value, other_forms};
use errbook_ingest::{FactProblem, TableReading};

/// The inputs that sets are made from.
pub(super) struct Merge<'a> {
    pub(super) overlay: &'a Overlay,
    /// The text of overlay.toml.
    pub(super) overlay_text: &'a str,
    pub(super) tables: &'a [TableReading<'a>],
    pub(super) prose: &'a Prose,
    pub(super) memory: &'a Memory,
    pub(super) taxonomy: Option<&'a Taxonomy>,
    /// The file name of the document.
    pub(super) file: &'a Arc<str>,
    /// The name of this edition of the document.
    pub(super) edition: &'a str,
}

/// The merged sets.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) sets: Vec<Set>,
    /// For each set, what happened to its rows.
    pub(super) counts: Vec<Counts>,
    /// For each set, the codes that are values of a template.
    pub(super) values: Vec<Values>,
}

/// What happened to the rows of a set.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    /// The rows that repeat an earlier one word for word.
    pub(super) repeated: usize,
    /// The codes in several sections.
    pub(super) unsectioned: usize,
    /// The codes that are values of a template.
    pub(super) values: usize,
}

impl Merge<'_> {
    /// Makes the sets of the spec, without Rust names and translations.
    ///
    /// What is wrong in a set whose tables were not all found was already reported.
    pub(super) fn merge_sets(
        &self,
        selection: &Selection<'_>,
        problems: &mut Problems,
        questions: &mut Problems,
    ) -> Merged {
        let each = self.overlay.sets.iter().zip(&selection.sets);
        let each = each.zip(&selection.is_complete);
        let mut merged = Merged::default();
        for ((overlay, chosen), is_complete) in each {
            let mut own = [Problems::default(), Problems::default()];
            let [wrong, open] = &mut own;
            let (set, counts, values) = self.merge_set(overlay, chosen, wrong, open);
            if *is_complete {
                let [wrong, open] = own;
                problems.extend(wrong);
                questions.extend(open);
            }
            merged.sets.push(set);
            merged.counts.push(counts);
            merged.values.push(values);
        }
        merged
    }

    /// Names the codes that the overlay does not name, and returns for each set how many there are.
    /// Runs after the translations: a provisional name is made from the English message.
    pub(super) fn name_codes(&self, sets: &mut [Set], problems: &mut Problems) -> Vec<Vec<String>> {
        let each = sets.iter_mut().zip(&self.overlay.sets);
        each.map(|(set, overlay)| {
            let earlier = self.memory.earlier_sets(self.overlay, overlay);
            names::name_codes(set, overlay, &earlier, &self.memory.promised, problems)
        })
        .collect()
    }

    fn merge_set(
        &self,
        overlay: &SetOverlay,
        chosen: &[Chosen],
        problems: &mut Problems,
        questions: &mut Problems,
    ) -> (Set, Counts, Values) {
        let earlier = self.memory.earlier_sets(self.overlay, overlay);
        let decider = Decider {
            taxonomy: self.taxonomy,
            set: overlay,
            locale: &self.overlay.locale,
        };
        let reading = Reading {
            locale: &self.overlay.locale,
            file: self.file,
            identity: identity_of(overlay),
            joins_repeated: overlay.joins_repeated,
            adds_details: overlay.adds_details,
        };
        let mut rows = read_rows(self.tables, chosen, &reading, problems);
        let mut counts = Counts {
            repeated: rows.repeated + drop_repeated(&mut rows.codes, identity_of(overlay)),
            unsectioned: (rows.open_facts.iter())
                .filter(|(_, problem)| problem.rule == "section-differs")
                .count(),
            values: 0,
        };
        check_facts_are_decided(overlay, &rows.open_facts, self.file, problems);
        let mut entries = Entries::new(overlay);
        entries.decide_rows(&decider, &mut rows.codes, self, problems);
        entries.add_quoted(&decider, &mut rows.codes, self, problems);
        counts.values = entries.values.len();

        let mut set = if overlay.is_retired() {
            memory::retired_set(overlay, &earlier, problems)
        } else {
            self.active_set(overlay, rows, &decider, problems)
        };
        self.apply_head(&mut set, overlay);
        memory::remember_withdrawn(&mut set, &earlier, self.edition);
        let promised = &self.memory.promised;
        memory::add_former(&mut set, &earlier, overlay, promised, problems);
        memory::retire(&mut set, &earlier, overlay, promised, self.edition);
        entries.decide_retired(&decider, &mut set, problems);
        self.check_rule(overlay, &set, problems);
        if let Some(quote) = &overlay.quote {
            self.prose.check_quote(quote, problems, self.file);
        }
        if let Some(since) = self.memory.since.as_ref() {
            memory::remember_since(&mut set, &earlier, since, self.edition);
        }
        let others = problems.iter().count();
        if !matches!(overlay.tables, Tables::Unknown) {
            let dropped = self.memory.dropped_codes(&set, &earlier);
            let known = Known {
                listed: &entries.listed,
                values: &entries.values,
                dropped: &dropped,
            };
            check_templates(overlay, &set, &known, problems);
            entries.check_all_matched(&set, &dropped, problems);
        }
        // The words of a code whose entry has a wrong key are not the corrected ones.
        if problems.iter().count() == others {
            let context = meaning::Context {
                promised,
                locale: &self.overlay.locale,
                overlay: overlay::lines::Entries::new(self.overlay_text),
                edition: self.edition,
                values: &entries.values,
            };
            meaning::check_meanings(&set, &earlier, overlay, &context, questions);
        }
        (set, counts, entries.values)
    }

    fn active_set(
        &self,
        overlay: &SetOverlay,
        rows: Rows,
        decider: &Decider<'_>,
        problems: &mut Problems,
    ) -> Set {
        if let (Some(place), None) = (&rows.quoted, &overlay.wire) {
            let message = format!(
                "the codes of `{}` are quoted here, so they are strings",
                overlay.name.value
            );
            problems.push_with_help(
                place,
                message,
                "add `wire = \"string\"`, or `wire = \"integer\"` if they are numbers",
            );
        }
        let ranges = self.merge_ranges(overlay, rows.ranges, decider, problems);
        let by_rule = overlay
            .billing
            .as_ref()
            .map(|rule| BillingSource::Quote(rule.quote.clone()));
        let title = rows
            .heading
            .map(|heading| (self.overlay.locale.value.clone(), heading));
        Set {
            title: title.into_iter().collect(),
            billing_source: by_rule.or(rows.billing_source),
            sections: rows.sections,
            codes: rows.codes,
            ranges,
            ..Set::default()
        }
    }

    /// Applies the overlay's decisions about the set as a whole.
    fn apply_head(&self, set: &mut Set, overlay: &SetOverlay) {
        set.name = overlay.name.clone();
        decide_set(set, &overlay.decided);
        let retired = set.status == Status::Retired;
        if overlay.wire.is_some() || !retired {
            set.wire = overlay
                .wire
                .as_ref()
                .map_or_else(Wire::default, |wire| wire.value);
        }
        if overlay.identity.is_some() || !retired {
            set.identity = identity_of(overlay);
        }
        if let Some(title) = &overlay.title {
            set.title = Texts::from([(self.overlay.locale.value.clone(), title.clone())]);
        }
    }

    /// Checks the billing rule. Runs when the set has its retired codes: the rule may name one.
    fn check_rule(&self, overlay: &SetOverlay, set: &Set, problems: &mut Problems) {
        if let Some(rule) = &overlay.billing {
            self.prose.check_quote(&rule.quote, problems, self.file);
            check_rule_codes(rule, &set.codes, problems);
        }
    }

    /// The ranges of the document, followed by those that only the overlay has.
    fn merge_ranges(
        &self,
        overlay: &SetOverlay,
        mut ranges: Vec<Range>,
        decider: &Decider<'_>,
        problems: &mut Problems,
    ) -> Vec<Range> {
        for entry in &overlay.ranges {
            if let Some(quote) = &entry.quote {
                self.prose.check_quote(quote, problems, self.file);
            }
            let Range { from, to, .. } = entry.decided.clone();
            let same = ranges
                .iter()
                .position(|range| range.from == from && range.to == to);
            let at = same.unwrap_or_else(|| {
                ranges.push(Range {
                    from,
                    to,
                    ..Range::default()
                });
                ranges.len() - 1
            });
            decider.decide_range(&mut ranges[at], entry, problems);
        }
        ranges
    }
}

pub(super) fn identity_of(overlay: &SetOverlay) -> Identity {
    overlay
        .identity
        .as_ref()
        .map_or_else(Identity::default, |identity| identity.value)
}

/// Reports facts that the rows of a code leave open, unless the overlay decides them: nothing that
/// the vendor says, least of all about costs, may be lost.
fn check_facts_are_decided(
    overlay: &SetOverlay,
    open: &[(Code, FactProblem)],
    file: &Arc<str>,
    problems: &mut Problems,
) {
    // What a document says of retries and severity in other words is listed, not rejected: the kind
    // of the code decides them anyway. So is a code in several sections, which no overlay decides.
    let must_be_decided = |problem: &FactProblem| {
        let listed = ["retry-unread", "severity-unread", "section-differs"];
        !listed.contains(&problem.rule)
    };
    for (code, problem) in open.iter().filter(|(_, problem)| must_be_decided(problem)) {
        let key = code_key(code, identity_of(overlay));
        let mut entries = overlay.entries.iter().filter(|entry| entry.key == key);
        if entries.any(|entry| decides(entry, problem.fact)) {
            continue;
        }
        let message = format!("`{}`: {}", key.reference(), problem.text);
        let words = match problem.fact {
            "billing" => "`billing = \"billed\"`, `\"free\"` or `\"unspecified\"`",
            "http" => "`http = STATUS`",
            "retry" => "`retry = \"…\"`",
            "severity" => "`severity = \"…\"`",
            "symbol" => "`aliases = [\"…\"]`",
            "status" => "`status = \"active\"` or `\"retired\"`",
            _ => "the right value",
        };
        let help = format!("decide it in overlay.toml: add {words} to the entry of this code");
        problems.push_with_help(&Place::line(file, problem.line), message, help);
    }
}

/// Whether an entry decides a fact, by the name of its role.
fn decides(entry: &overlay::Entry, fact: &str) -> bool {
    let is_named = |known: &Fact| known.key == fact || fact == "symbol" && known.key == "aliases";
    facts_of::<Code>()
        .filter(|known| is_named(known))
        .any(|known| known.get(&entry.decided).is_some())
        || fact == "status" && entry.status.is_some()
        || entry.unspecified.iter().any(|known| is_named(known))
}

/// Drops rows that repeat an earlier row word for word, and returns how many. Rows of one code that
/// differ stay, and the validator rejects them.
fn drop_repeated(codes: &mut Vec<Code>, identity: Identity) -> usize {
    let all = codes.len();
    let mut first = BTreeMap::<Key, Code>::new();
    codes.retain(|code| match first.entry(code_key(code, identity)) {
        Entry::Vacant(vacant) => {
            vacant.insert(code.clone());
            true
        }
        Entry::Occupied(same) => same.get() != code,
    });
    all - codes.len()
}

/// The overlay's entries of one set, and which of them have matched a code.
struct Entries<'a> {
    overlay: &'a SetOverlay,
    index: BTreeMap<&'a Key, usize>,
    /// The entries for values of each template, by its key.
    of_templates: BTreeMap<Key, Vec<usize>>,
    /// The keys of the rows.
    listed: BTreeSet<Key>,
    /// The codes that are values of a template.
    values: Values,
    matched: Vec<bool>,
}

impl<'a> Entries<'a> {
    fn new(overlay: &'a SetOverlay) -> Self {
        let index = overlay
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (&entry.key, at))
            .collect();
        let mut of_templates = BTreeMap::<_, Vec<_>>::new();
        for (at, entry) in overlay.entries.iter().enumerate() {
            let template = entry.template_key();
            if let Some(template) = template.filter(|_| entry.key.former.is_none()) {
                of_templates.entry(template).or_default().push(at);
            }
        }
        Self {
            overlay,
            index,
            of_templates,
            listed: BTreeSet::new(),
            values: Values::new(),
            matched: vec![false; overlay.entries.len()],
        }
    }

    fn entry_of(&mut self, code: &Code) -> Option<&'a overlay::Entry> {
        let key = code_key(code, identity_of(self.overlay));
        let at = *self.index.get(&key)?;
        self.matched[at] = true;
        Some(&self.overlay.entries[at])
    }

    fn decide_rows(
        &mut self,
        decider: &Decider<'_>,
        codes: &mut Vec<Code>,
        merge: &Merge<'_>,
        problems: &mut Problems,
    ) {
        let rows = std::mem::take(codes);
        let keys = rows
            .iter()
            .map(|row| code_key(row, identity_of(self.overlay)));
        self.listed = keys.collect();
        for row in rows {
            let mut code = row.clone();
            let entry = self.entry_of(&code);
            decider.decide_active(&mut code, entry, problems);
            if let Some(entry) = entry {
                check_row(&code, entry, merge, problems);
            }
            let values = self.values_of(&row, &code, (decider, merge), problems);
            codes.push(code);
            codes.extend(values);
        }
    }

    /// The codes of the overlay for values of a row's template. `row` is what the document says,
    /// and `code` what was decided of it.
    fn values_of(
        &mut self,
        row: &Code,
        code: &Code,
        (decider, merge): (&Decider<'_>, &Merge<'_>),
        problems: &mut Problems,
    ) -> Vec<Code> {
        let key = code_key(code, identity_of(self.overlay));
        let mut codes = Vec::new();
        for &at in self.of_templates.get(&key).into_iter().flatten() {
            let entry = &self.overlay.entries[at];
            if self.listed.contains(&entry.key) || entry.removed || self.matched[at] {
                continue;
            }
            self.matched[at] = true;
            if let Some(quote) = &entry.quote {
                merge.prose.check_quote(quote, problems, merge.file);
            }
            if let Some((mut value, params)) = code_of_value(code, entry, problems) {
                decider.decide_value(&mut value, row, entry, problems);
                let forms = other_forms(code, &params, entry);
                value.aliases.extend(forms);
                codes.push(value);
                self.values.insert(entry.key.clone(), params);
            }
        }
        codes
    }

    /// Adds codes that only the prose of the document mentions.
    fn add_quoted(
        &mut self,
        decider: &Decider<'_>,
        codes: &mut Vec<Code>,
        merge: &Merge<'_>,
        problems: &mut Problems,
    ) {
        if self.overlay.is_retired() {
            return;
        }
        for (at, entry) in self.overlay.entries.iter().enumerate() {
            let is_quoted = entry
                .quote
                .as_ref()
                .is_some_and(|quote| merge.prose.contains(quote));
            if self.matched[at] || entry.removed || !is_quoted || !entry.has_message() {
                continue;
            }
            self.matched[at] = true;
            let mut code = Code {
                code: At::new(entry.key.code.clone(), entry.place.clone()),
                symbol: entry
                    .key
                    .symbol
                    .clone()
                    .map(|symbol| At::new(symbol, entry.place.clone())),
                ..Code::default()
            };
            decider.decide_active(&mut code, Some(entry), problems);
            codes.push(code);
        }
    }

    fn decide_retired(&mut self, decider: &Decider<'_>, set: &mut Set, problems: &mut Problems) {
        for code in set
            .codes
            .iter_mut()
            .filter(|code| code.status == Status::Retired)
        {
            if let Some(entry) = self.entry_of(code) {
                decider.decide_retired(code, entry, problems);
            }
        }
    }

    /// Reports entries that do not match any code. Their decisions would silently have no effect.
    ///
    /// `dropped` are codes that a new edition does not have any more, and that no release promises.
    fn check_all_matched(&self, set: &Set, dropped: &BTreeSet<Key>, problems: &mut Problems) {
        let unmatched = self
            .overlay
            .entries
            .iter()
            .zip(&self.matched)
            .filter(|(entry, matched)| !**matched && !dropped.contains(&entry.key));
        // `check_templates` reports a template that is in no document.
        let has_template = |key: Key| find_code(set, &key).is_some();
        let unmatched =
            unmatched.filter(|(entry, _)| entry.template_key().is_none_or(has_template));
        // `add_former` reports a former meaning that is in no earlier spec.
        let unmatched = unmatched.filter(|(entry, _)| entry.key.former.is_none());
        for (entry, _) in unmatched.filter(|(entry, _)| !entry.removed) {
            let reference = format!("{}.{}", self.overlay.name.value, entry.key.reference());
            let known: Vec<_> = set
                .codes
                .iter()
                .map(|code| code_key(code, set.identity).reference())
                .collect();
            let near = nearest(&entry.key.reference(), known.iter().map(String::as_str));
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            let message = format!(
                "`{reference}` does not match a row of the document, a retired code or a \
                 quote{near}"
            );
            let help = match (&entry.quote, entry.has_message()) {
                (Some(_), true) => {
                    "the quote does not occur in the document; copy it from the rendered page"
                }
                (Some(_), false) => "a code that only prose mentions needs `quote` and `message`",
                _ => "remove the entry, or write its key as the document does",
            };
            problems.push_with_help(&entry.place, message, help);
        }
    }
}

/// Checks the entry of a row.
fn check_row(code: &Code, entry: &overlay::Entry, merge: &Merge<'_>, problems: &mut Problems) {
    if let Some(quote) = &entry.quote {
        merge.prose.check_quote(quote, problems, merge.file);
    }
    if entry.removed {
        let message = format!(
            "`{}` is removed in the overlay but is in the document again",
            entry.key.reference()
        );
        let help = format!(
            "see {}; delete `status` from the entry to keep the code",
            code.code.place
        );
        problems.push_with_help(&entry.place, message, help);
    }
}
