//! A spec in, the values that the tables of a page show out, so that templates contain no logic.

use std::borrow::Cow;

use errbook_spec::place::At;
use errbook_spec::{Billing, BillingSource, Range, Retry, Set, Spec, Status, word};

use crate::age::Age;
use crate::site::anchor::{anchor, code_page, vendor_page};
use crate::site::card::{FactView, own_facts, own_language, set_facts};
use crate::site::context::{Context, Text};
use crate::site::peers::Place;
use crate::symbol::readable_symbol;

/// A vendor with its sets.
pub(super) struct VendorView<'a> {
    pub(super) name: &'a str,
    /// The registry that it is from, if the site shows several.
    pub(super) registry: Option<&'a str>,
    pub(super) title: Vec<Text<'a>>,
    /// The language of its document.
    pub(super) language: &'a str,
    /// The path of its page.
    pub(super) page: String,
    pub(super) codes: usize,
    /// How old the document is, if the spec says.
    pub(super) age: Option<Age<'a>>,
    pub(super) sets: Vec<SetView<'a>>,
}

/// A set with its rows.
pub(super) struct SetView<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) title: Vec<Text<'a>>,
    /// The source of the billing facts: the header of a column, or a quote from the document.
    pub(super) billing: Option<&'a BillingSource>,
    pub(super) retired: bool,
    /// The facts that it has for all of its codes.
    pub(super) facts: Vec<FactView>,
    pub(super) has_remedies: bool,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) ranges: Vec<RangeView<'a>>,
}

/// A code.
pub(super) struct Row<'a> {
    pub(super) id: String,
    /// The path of its page.
    pub(super) page: String,
    pub(super) code: &'a str,
    pub(super) symbol: Option<String>,
    pub(super) aliases: Vec<&'a str>,
    pub(super) variant: &'a str,
    pub(super) retired: bool,
    /// Since when its code means something else, and what.
    pub(super) former: Option<(&'a str, &'a str)>,
    /// The reference to its replacement, and the page to link to; empty if there is none.
    pub(super) replaced_by: Option<(&'a str, String)>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) remedy: Vec<Text<'a>>,
    pub(super) kind: Cow<'a, str>,
    pub(super) kind_title: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    pub(super) retry_after: Option<u32>,
    pub(super) billing: &'static str,
    pub(super) section: Vec<Text<'a>>,
    /// The facts that have no column of their own.
    pub(super) facts: Vec<FactView>,
}

/// A class of codes.
pub(super) struct RangeView<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) kind: Cow<'a, str>,
    pub(super) kind_title: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    pub(super) billing: &'static str,
}

/// The view of a vendor.
pub(super) fn vendor_view<'a>(context: &Context<'a>, spec: &'a Spec) -> VendorView<'a> {
    let sets: Vec<_> = (spec.sets.iter())
        .map(|item| set_view(context, spec, item))
        .collect();
    VendorView {
        name: &spec.vendor,
        registry: context.book.mark(spec),
        title: context.texts(&spec.title, &spec.locale),
        language: &spec.locale,
        page: vendor_page(&spec.vendor),
        codes: sets.iter().map(|set| set.rows.len()).sum(),
        age: Age::of(spec),
        sets,
    }
}

fn set_view<'a>(context: &Context<'a>, spec: &'a Spec, set: &'a Set) -> SetView<'a> {
    let rows: Vec<_> = (set.codes.iter())
        .map(|code| row_view(context, (spec, set, code)))
        .collect();
    SetView {
        id: format!("{}/{}", spec.vendor.value, set.name.value),
        name: &set.name,
        title: context.texts(&set.title, &spec.locale),
        billing: set.billing_source.as_ref(),
        retired: set.status == Status::Retired,
        facts: set_facts(context, spec, set),
        has_remedies: rows.iter().any(|row| !row.remedy.is_empty()),
        rows,
        ranges: (set.ranges.iter())
            .map(|range| range_view(context, spec, range))
            .collect(),
    }
}

fn row_view<'a>(context: &Context<'a>, place: Place<'a>) -> Row<'a> {
    let (spec, set, code) = place;
    let own = own_language(spec, code);
    let section = (set.sections.iter()).find(|section| Some(&section.id) == code.section.as_ref());
    let replacement = |reference: &'a At<String>| {
        let place = context.referenced(spec, reference);
        let page = place.map(|(spec, set, code)| code_page(spec, set, code));
        (reference.as_str(), page.unwrap_or_default())
    };
    Row {
        id: anchor(spec, set, code),
        page: code_page(spec, set, code),
        code: &code.code,
        symbol: (code.symbol.as_ref()).map(|symbol| readable_symbol(symbol, &code.params)),
        aliases: (code.aliases.iter().chain(&code.was))
            .map(|alias| alias.as_str())
            .collect(),
        variant: &code.variant,
        retired: code.status == Status::Retired,
        former: (code.until.as_ref()).map(|until| {
            (
                until.as_str(),
                context.meaning_now(set, code).variant.as_str(),
            )
        }),
        replaced_by: code.replaced_by.as_ref().map(replacement),
        message: context.texts(&code.message, own),
        remedy: context.texts(&code.remedy, own),
        kind: context.kind_of(spec, code).unwrap_or_default(),
        kind_title: kind_title(context, spec, code.kind.as_ref()),
        retry: retry_word(code.retry.as_ref()),
        retry_after: code.retry_after.as_ref().map(|seconds| seconds.value),
        billing: billing_word(code.billing.as_ref()),
        section: section.map_or_else(Vec::new, |section| {
            context.texts(&section.title, &spec.locale)
        }),
        facts: own_facts(context, place),
    }
}

fn range_view<'a>(context: &Context<'a>, spec: &'a Spec, range: &'a Range) -> RangeView<'a> {
    RangeView {
        from: &range.from,
        to: &range.to,
        kind: (range.kind.as_ref())
            .map(|kind| context.kind_name(spec, kind))
            .unwrap_or_default(),
        kind_title: kind_title(context, spec, range.kind.as_ref()),
        retry: retry_word(range.retry.as_ref()),
        billing: billing_word(range.billing.as_ref()),
    }
}

/// What a kind is called in words; empty if the taxonomy does not say.
fn kind_title<'a>(context: &Context<'a>, spec: &Spec, kind: Option<&At<String>>) -> Vec<Text<'a>> {
    let kind = kind.and_then(|kind| context.book.registry_of(spec).kind(kind));
    kind.map_or_else(Vec::new, |kind| context.texts(&kind.title, "en"))
}

/// The word of a retry class; empty if there is none.
pub(super) fn retry_word(retry: Option<&At<Retry>>) -> &'static str {
    retry.map_or("", |retry| word(Retry::WORDS, retry.value))
}

/// The word for whether the vendor charges; empty if the document does not say.
pub(super) fn billing_word(billing: Option<&At<Billing>>) -> &'static str {
    billing.map_or("", |billing| word(Billing::WORDS, billing.value))
}
