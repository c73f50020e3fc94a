//! Which keys lead to which variants: codes, earlier codes, symbols, aliases and the beginnings of templates.

use errbook_spec::Identity;
use errbook_spec::order::{Firsts, order};
use errbook_spec::registry::{Code, Set};
use errbook_spec::template::Template;

use crate::layout::{self, NumberLayout};
use crate::lower::pool::{pool, pool_within};
use crate::tables::{Fit, NumberIndex, Pool, Symbols, Targets, TextIndex};

/// Above so many numbers, slots hold what is left of them: the table of codes is then more than a cache has room for.
const MOST_WITH_CODES: usize = 20_000;

/// Numbers lead to variants; where codes are told apart by their symbols too, to several.
pub(super) fn numbers(set: &Set, bits: u32) -> NumberIndex {
    let (keys, targets) = keys(set);
    let keys: Vec<i64> = keys.iter().map(|key| key.0).collect();
    let layout = layout::numbers(&keys, bits);
    let quotients = match &layout {
        // Two bytes more than a position, which the table of codes need not be asked for.
        NumberLayout::Hashed(hashed)
            if bits == 32 && targets == Targets::Same && keys.len() > MOST_WITH_CODES =>
        {
            let quotients = hashed.quotients(&keys);
            (4 * quotients.len() + hashed.pilot_bytes() <= 9 * keys.len()).then_some(quotients)
        }
        _ => None,
    };
    NumberIndex {
        bits,
        keys,
        targets,
        layout,
        quotients,
    }
}

/// Texts lead to variants.
pub(super) fn texts(set: &Set) -> TextIndex {
    let (keys, targets) = keys(set);
    let keys: Vec<&str> = keys.iter().map(|key| key.1).collect();
    let own = |variant: u16| set.codes[usize::from(variant)].text.as_str();
    text_index(&keys, targets, &own, &mut pool)
}

/// The codes and the earlier codes, each as a number and as a text, and the variants that they lead to.
fn keys(set: &Set) -> (Vec<(i64, &str)>, Targets) {
    let now = positions(set).map(|(position, code)| (position, (code.number, code.text.as_str())));
    if set.identity == Identity::CodeAndSymbol {
        let (mut known, mut keys, mut groups) =
            (Firsts::default(), Vec::new(), Vec::<Vec<u16>>::new());
        for (position, key) in now {
            if let Some(before) = known.before(key.1, keys.len()) {
                groups[before].push(position);
            } else {
                keys.push(key);
                groups.push(vec![position]);
            }
        }
        return (keys, many(&groups));
    }
    let (mut variants, mut keys): (Vec<u16>, Vec<_>) = now.unzip();
    for (position, code) in positions(set) {
        for (number, text, _) in &code.was {
            variants.push(position);
            keys.push((*number, text.as_str()));
        }
    }
    (keys, single(variants))
}

/// `own` is the text of a variant that is kept anyway; if the keys are not those, `keep` keeps them.
fn text_index<'a>(
    keys: &[&'a str],
    targets: Targets,
    own: &dyn Fn(u16) -> &'a str,
    keep: &mut dyn FnMut(&[&str]) -> Pool,
) -> TextIndex {
    let (mut layout, count) = (layout::text(keys), keys.len());
    let variants = match &targets {
        Targets::Same => (0..=u16::MAX).take(count).collect(),
        Targets::Each(variants) => variants.clone(),
        Targets::Runs { .. } | Targets::Many { .. } => Vec::new(),
    };
    if variants.len() == count && (0..count).all(|key| keys[key] == own(variants[key])) {
        for slot in &mut layout.hashed.slots {
            *slot = variants[usize::from(*slot)];
        }
        return TextIndex {
            layout,
            keys: None,
            count,
            targets: Targets::Same,
        };
    }
    TextIndex {
        layout,
        keys: Some(keep(keys)),
        count,
        targets,
    }
}

fn positions(set: &Set) -> impl Iterator<Item = (u16, &Code)> {
    (0..=u16::MAX).zip(&set.codes)
}

/// Keys of which each leads to one variant.
fn single(variants: Vec<u16>) -> Targets {
    if is_in_order(&variants) {
        Targets::Same
    } else {
        Targets::Each(variants)
    }
}

/// Keys of which each leads to some variants, in their order.
fn many(groups: &[Vec<u16>]) -> Targets {
    let (mut starts, mut variants) = (vec![0], Vec::new());
    for group in groups {
        variants.extend_from_slice(group);
        starts.push(
            u16::try_from(variants.len()).expect("there are no more variants than positions"),
        );
    }
    if is_in_order(&variants) {
        Targets::Runs { starts }
    } else {
        Targets::Many { starts, variants }
    }
}

fn is_in_order(variants: &[u16]) -> bool {
    variants
        .iter()
        .enumerate()
        .all(|(position, &variant)| usize::from(variant) == position)
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
    let mut names = Vec::new();
    for (position, code) in positions(set) {
        self::names(position, code, &mut names);
    }
    if names.is_empty() {
        return None;
    }
    let groups = grouped(&names);
    let keys: Vec<&str> = groups.iter().map(|group| group[0].key.as_str()).collect();
    let variants: Vec<Vec<u16>> = groups
        .iter()
        .map(|group| group.iter().map(|name| name.variant).collect())
        .collect();
    let targets = if keys.len() < names.len() {
        many(&variants)
    } else {
        single(variants.concat())
    };
    let names = groups.concat();
    let shared = shared(&names);
    let mut separators = Vec::new();
    for separator in names.iter().filter_map(|name| name.separator) {
        if !separators.contains(&separator) {
            separators.push(separator);
        }
    }
    let has_templates = names.iter().any(|name| !name.template.is_empty());
    let templates = has_templates.then(|| {
        let templates: Vec<&str> = names.iter().map(|name| name.template.as_str()).collect();
        part_of(own, &templates)
    });
    let tails = tails(&groups);
    let fit = fit(&names, &separators);
    let symbol = |variant: u16| {
        // A symbol that is a template is not what is looked up.
        let code = &set.codes[usize::from(variant)];
        code.symbol
            .as_deref()
            .filter(|_| !has_templates)
            .unwrap_or_default()
    };
    let index = text_index(&keys, targets, &symbol, &mut |keys| part_of(own, keys));
    Some(Symbols {
        index,
        shared,
        templates,
        cut: cut(&separators, &keys),
        separators,
        fit,
        tails,
    })
}

/// The names of each key, in the order of the variants that the keys lead to first.
fn grouped(names: &[Name]) -> Vec<Vec<&Name>> {
    // A symbol without parameters comes before the template that begins with it.
    let sorted = order(names.len(), &|left, right| {
        let (left, right) = (&names[left], &names[right]);
        let templates = || {
            left.template
                .is_empty()
                .cmp(&right.template.is_empty())
                .reverse()
        };
        left.key
            .cmp(&right.key)
            .then_with(templates)
            .then(left.variant.cmp(&right.variant))
    });
    let mut groups: Vec<Vec<&Name>> = Vec::new();
    for name in sorted.into_iter().map(|position| &names[position]) {
        match groups.last_mut().filter(|group| group[0].key == name.key) {
            Some(group) if group[group.len() - 1].variant == name.variant => {}
            Some(group) => group.push(name),
            None => groups.push(vec![name]),
        }
    }
    let sorted = order(groups.len(), &|left, right| {
        groups[left][0].variant.cmp(&groups[right][0].variant)
    });
    sorted
        .into_iter()
        .map(|position| groups[position].clone())
        .collect()
}

/// The targets that a symbol leads to together with another. They are in the order of the names.
fn shared(names: &[&Name]) -> Vec<u16> {
    let is_alike = |left: &Name, right: &Name| {
        left.key == right.key && left.template.is_empty() == right.template.is_empty()
    };
    let mut shared = Vec::new();
    for (target, name) in (0..=u16::MAX).zip(names) {
        // Names that are alike stand beside each other.
        let at = usize::from(target);
        let before = at.checked_sub(1).map(|before| names[before]);
        if before
            .into_iter()
            .chain(names.get(at + 1).copied())
            .any(|other| is_alike(name, other))
        {
            shared.push(target);
        }
    }
    shared
}

/// Keeps texts as parts of the symbols, if the set has any.
pub(super) fn part_of(own: &mut Option<Pool>, each: &[&str]) -> Pool {
    match own {
        Some(own) => pool_within("symbol_text", own, each),
        None => pool(each),
    }
}

fn fit(names: &[&Name], separators: &[char]) -> Fit {
    let tails: Vec<&str> = names
        .iter()
        .filter(|name| name.is_tail)
        .map(|name| name.key.as_str())
        .collect();
    let tails = Firsts::of(&tails);
    let is_cut_off = |name: &Name| name.key.ends_with(separators) || tails.has(&name.key);
    match names.iter().all(|name| name.template.is_empty()) {
        true => Fit::Whole,
        false
            if names
                .iter()
                .all(|name| name.has_one_hole() || !is_cut_off(name)) =>
        {
            Fit::Any
        }
        false => Fit::Template,
    }
}

impl Name {
    /// The template is its beginning and one hole behind it.
    fn has_one_hole(&self) -> bool {
        let hole = self
            .template
            .strip_prefix(&self.key)
            .and_then(|rest| rest.strip_prefix('<')?.strip_suffix('>'));
        hole.is_some_and(|name| !name.contains(['<', '>']))
    }
}

/// The separator, if there is only one, and only at the end of keys.
fn cut(separators: &[char], keys: &[&str]) -> Option<char> {
    let [separator] = separators else { return None };
    let at_the_end = |key: &&str| {
        key.find(*separator)
            .is_none_or(|at| at + separator.len_utf8() == key.len())
    };
    (separator.is_ascii() && keys.iter().all(at_the_end)).then_some(*separator)
}

fn names(variant: u16, code: &Code, names: &mut Vec<Name>) {
    let mut add = |text: &str, template: Option<&Template>| {
        names.push(Name {
            key: template
                .map_or(text, |template| &template.prefix)
                .to_owned(),
            variant,
            template: template
                .map(|template| template.text.clone())
                .unwrap_or_default(),
            is_tail: template.is_some_and(|template| template.separator().is_none()),
            separator: template.and_then(Template::separator),
        });
    };
    if let Some(symbol) = &code.symbol {
        add(symbol, code.template.as_ref());
    }
    for other in code
        .aliases
        .iter()
        .chain(code.was.iter().filter_map(|was| was.2.as_ref()))
    {
        add(other, Template::of(other, &[]).as_ref());
    }
}

/// The keys that are the beginning of a template which does not say where it ends, the longest first.
fn tails(groups: &[Vec<&Name>]) -> Vec<u16> {
    let mut tails: Vec<(usize, u16)> = Vec::new();
    for (position, group) in (0..=u16::MAX).zip(groups) {
        if group.iter().any(|name| name.is_tail) {
            tails.push((group[0].key.len(), position));
        }
    }
    let longest = order(tails.len(), &|left, right| {
        tails[right].0.cmp(&tails[left].0)
    });
    longest.into_iter().map(|each| tails[each].1).collect()
}
