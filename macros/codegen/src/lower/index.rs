//! Which keys lead to which variants: codes, earlier codes, symbols, aliases and the beginnings of templates.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::layout::{self, NumberLayout};
use crate::lower::pool::{pool, pool_within};
use crate::registry::{Code, Set};
use crate::spec::Identity;
use crate::tables::{Fit, NumberIndex, Pool, Symbols, Targets, TextIndex};
use crate::template::Template;

/// An entry of an index: a key, and the position of a variant.
type Entry<K> = (K, u16);

/// Above so many numbers, slots hold what is left of them: the table of codes is then more than a cache has room for.
const MOST_WITH_CODES: usize = 20_000;

/// Numbers lead to variants; where codes are told apart by their symbols too, to several.
pub(super) fn numbers(set: &Set, bits: u32) -> NumberIndex {
    let now = positions(set).map(|(position, code)| (code.number, position));
    let was = positions(set).flat_map(|(position, code)| code.was.iter().map(move |was| (was.0, position)));
    let several = set.identity == Identity::CodeAndSymbol;
    let (keys, targets) = if several { many(now) } else { single(now.chain(was)) };
    let layout = layout::numbers(&keys, bits);
    let quotients = match &layout {
        // Two bytes more than a position, which the table of codes need not be asked for.
        NumberLayout::Hashed(hashed) if bits == 32 && targets == Targets::Same && keys.len() > MOST_WITH_CODES => {
            let quotients = hashed.quotients(&keys);
            (4 * quotients.len() + hashed.pilot_bytes() <= 9 * keys.len()).then_some(quotients)
        }
        _ => None,
    };
    NumberIndex { bits, keys, targets, layout, quotients }
}

/// Texts lead to variants.
pub(super) fn texts(set: &Set) -> TextIndex {
    let now = positions(set).map(|(position, code)| (code.text.as_str(), position));
    let was = positions(set).flat_map(|(position, code)| code.was.iter().map(move |was| (was.1.as_str(), position)));
    let several = set.identity == Identity::CodeAndSymbol;
    let (keys, targets) = if several { many(now) } else { single(now.chain(was)) };
    let own = |variant: u16| set.codes[usize::from(variant)].text.as_str();
    text_index(&keys, targets, own, |keys| pool(keys.iter().copied()))
}

/// `own` is the text of a variant that is kept anyway; if the keys are not those, `keep` keeps them.
fn text_index<'a>(
    keys: &[&'a str],
    targets: Targets,
    own: impl Fn(u16) -> &'a str,
    keep: impl FnOnce(&[&'a str]) -> Pool,
) -> TextIndex {
    let (mut layout, count) = (layout::text(keys), keys.len());
    let variants = match &targets {
        Targets::Same => (0..=u16::MAX).take(count).collect(),
        Targets::Each(variants) => variants.clone(),
        Targets::Runs { .. } | Targets::Many { .. } => Vec::new(),
    };
    if variants.len() == count && keys.iter().zip(&variants).all(|(key, &variant)| *key == own(variant)) {
        for slot in &mut layout.hashed.slots {
            *slot = variants[usize::from(*slot)];
        }
        return TextIndex { layout, keys: None, count, targets: Targets::Same };
    }
    TextIndex { layout, keys: Some(keep(keys)), count, targets }
}

fn positions(set: &Set) -> impl Iterator<Item = (u16, &Code)> {
    (0..=u16::MAX).zip(&set.codes)
}

/// Keys of which each leads to one variant.
fn single<K>(entries: impl Iterator<Item = Entry<K>>) -> (Vec<K>, Targets) {
    let (keys, targets): (Vec<K>, Vec<u16>) = entries.unzip();
    let same = targets.iter().enumerate().all(|(key, &target)| key == usize::from(target));
    (keys, if same { Targets::Same } else { Targets::Each(targets) })
}

/// Keys of which each leads to some variants, in their order.
fn many<K: Ord + Copy>(entries: impl Iterator<Item = Entry<K>>) -> (Vec<K>, Targets) {
    let mut groups: BTreeMap<K, Vec<u16>> = BTreeMap::new();
    for (key, variant) in entries {
        groups.entry(key).or_default().push(variant);
    }
    let mut groups: Vec<(K, Vec<u16>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| group[0]);
    let mut starts = vec![0];
    let mut variants: Vec<u16> = Vec::new();
    for (_, group) in &groups {
        variants.extend(group);
        starts.push(u16::try_from(variants.len()).expect("there are no more variants than positions"));
    }
    let in_order = variants.iter().copied().eq((0..=u16::MAX).take(variants.len()));
    let targets = if in_order { Targets::Runs { starts } } else { Targets::Many { starts, variants } };
    (groups.into_iter().map(|(key, _)| key).collect(), targets)
}

/// What a received symbol may be: the symbol of a code, an alias, or what a template makes of it.
struct Name {
    key: String,
    variant: u16,
    template: String,
    /// The key is the beginning of a template, and does not say where it ends.
    is_tail: bool,
    separator: Option<char>,
}

/// Symbols lead to variants, by their whole or by the beginning of a template. `own` are the symbols of the codes, of which
/// most of the keys and templates are parts.
pub(super) fn symbols(set: &Set, own: &mut Option<Pool>) -> Option<Symbols> {
    let mut names: Vec<Name> = positions(set).flat_map(|(position, code)| self::names(position, code)).collect();
    if names.is_empty() {
        return None;
    }
    // A symbol without parameters comes before the template that begins with it.
    // Cached, since a comparison is not cheap where nothing is optimised.
    names.sort_by_cached_key(|name| (name.key.clone(), !name.template.is_empty(), name.variant));
    names.dedup_by(|left, right| left.key == right.key && left.variant == right.variant);
    // Keys in the order of the variants that they lead to, as `many` has them: the templates stand beside its targets.
    let mut first: HashMap<String, u16> = HashMap::new();
    for name in &names {
        first.entry(name.key.clone()).or_insert(name.variant);
    }
    names.sort_by_cached_key(|name| first[&name.key]);
    let entries = || names.iter().map(|name| (name.key.as_str(), name.variant));
    let differ = |pair: &[Name]| pair[0].key != pair[1].key;
    let (keys, targets) = if names.windows(2).all(differ) { single(entries()) } else { many(entries()) };
    let shared = shared(&names);
    let mut separators: Vec<char> = names.iter().filter_map(|name| name.separator).collect();
    separators.sort_unstable();
    separators.dedup();
    let has_templates = names.iter().any(|name| !name.template.is_empty());
    let templates = has_templates.then(|| part_of(own, names.iter().map(|name| name.template.as_str())));
    let tails = tails(&keys, &names);
    let fit = fit(&names, &separators);
    let symbol = |variant: u16| {
        // A symbol that is a template is not what is looked up.
        let code = &set.codes[usize::from(variant)];
        code.symbol.as_deref().filter(|_| !has_templates).unwrap_or_default()
    };
    let index = text_index(&keys, targets, symbol, |keys| part_of(own, keys.iter().copied()));
    Some(Symbols { index, shared, templates, cut: cut(&separators, &keys), separators, fit, tails })
}

/// The targets that a symbol leads to together with another. They are in the order of the names.
fn shared<'a>(names: &'a [Name]) -> Vec<u16> {
    let form = |name: &'a Name| (name.key.as_str(), name.template.is_empty());
    let mut counts: HashMap<(&str, bool), usize> = HashMap::new();
    for name in names {
        *counts.entry(form(name)).or_default() += 1;
    }
    let is_shared = |name: &&'a Name| counts[&form(name)] > 1;
    (0..=u16::MAX).zip(names).filter(|(_, name)| is_shared(name)).map(|(target, _)| target).collect()
}

/// Keeps texts as parts of the symbols, if the set has any.
pub(super) fn part_of<'a>(own: &mut Option<Pool>, each: impl IntoIterator<Item = &'a str> + Clone) -> Pool {
    match own {
        Some(own) => pool_within("symbol_text", own, each),
        None => pool(each),
    }
}

fn fit(names: &[Name], separators: &[char]) -> Fit {
    let tails: BTreeSet<&str> = names.iter().filter(|name| name.is_tail).map(|name| name.key.as_str()).collect();
    let is_cut_off = |name: &Name| name.key.ends_with(separators) || tails.contains(name.key.as_str());
    match names.iter().all(|name| name.template.is_empty()) {
        true => Fit::Whole,
        false if names.iter().all(|name| name.has_one_hole() || !is_cut_off(name)) => Fit::Any,
        false => Fit::Template,
    }
}

impl Name {
    /// The template is its beginning and one hole behind it.
    fn has_one_hole(&self) -> bool {
        let hole = self.template.strip_prefix(&self.key).and_then(|rest| rest.strip_prefix('<')?.strip_suffix('>'));
        hole.is_some_and(|name| !name.contains(['<', '>']))
    }
}

/// The separator, if there is only one, and only at the end of keys.
fn cut(separators: &[char], keys: &[&str]) -> Option<char> {
    let [separator] = separators else { return None };
    let at_the_end = |key: &&str| key.find(*separator).is_none_or(|at| at + separator.len_utf8() == key.len());
    (separator.is_ascii() && keys.iter().all(at_the_end)).then_some(*separator)
}

fn names(variant: u16, code: &Code) -> Vec<Name> {
    let plain =
        |key: &str| Name { key: key.to_owned(), variant, template: String::new(), is_tail: false, separator: None };
    let templated = |template: &Template| Name {
        key: template.prefix.clone(),
        variant,
        template: template.text.clone(),
        is_tail: template.separator().is_none(),
        separator: template.separator(),
    };
    let named = |text: &str, template: Option<&Template>| template.map_or_else(|| plain(text), templated);
    let symbol = code.symbol.iter().map(|symbol| named(symbol, code.template.as_ref()));
    let aliases = code.aliases.iter().map(|alias| named(alias, Template::of(alias, &[]).as_ref()));
    let was = code.was.iter().filter_map(|was| was.2.as_ref());
    let was = was.map(|symbol| named(symbol, Template::of(symbol, &[]).as_ref()));
    symbol.chain(aliases).chain(was).collect()
}

fn tails(keys: &[&str], names: &[Name]) -> Vec<u16> {
    let open: BTreeSet<&str> = names.iter().filter(|name| name.is_tail).map(|name| name.key.as_str()).collect();
    let mut tails: Vec<(u16, &str)> =
        (0..=u16::MAX).zip(keys.iter().copied()).filter(|(_, key)| open.contains(key)).collect();
    tails.sort_by_key(|(position, key)| (Reverse(key.len()), *position));
    tails.into_iter().map(|(position, _)| position).collect()
}
