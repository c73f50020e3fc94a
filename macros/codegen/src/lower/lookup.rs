//! Chooses how codes and symbols lead to variants: codes, earlier codes, symbols, aliases and the
//! prefixes of templates become keys, and each set of keys the lookup that costs the least.

use errbook_spec::Identity;
use errbook_spec::order::{Firsts, order};
use errbook_spec::registry::{Code, Set};
use errbook_spec::template::Template;

use crate::layout::{self, Hashed, TextLayout, Use};
use crate::lower::pool::{Growing, pool};
use crate::names::SYMBOL_TEXT;
use crate::tables::{
    Bucket, Level, NumberLookup, NumberType, Numbers, Pilots, Pool, Probe, SymbolLookup, TextKeys,
    TextLookup, TextProbe,
};

/// In sets of up to this many variants, slots hold variants: one load less than by position, and no
/// branch. In larger ones they hold positions: rustc checks each variant in a table by searching
/// all variants for it, which takes it a second at 10,000.
const MOST_IN_SLOTS: usize = 2_000;

/// Above this many codes, slots hold quotients, so that a lookup does not read the table of codes.
/// At 20,000 codes that table is 80 KB, more than the L1 data cache of the machines in
/// PERFORMANCE.md (32 and 48 KiB), and shares L2 with the other tables. No measurement decided the
/// exact value.
const MOST_WITH_CODES: usize = 20_000;

/// Chooses the lookup of numbers.
pub(super) fn numbers(set: &Set, ty: NumberType) -> NumberLookup {
    let (keys, targets) = keys(set);
    let keys: Vec<i64> = keys.iter().map(|key| key.0).collect();
    match targets {
        Targets::Same => own_numbers(&keys, ty),
        Targets::Each(variants) => {
            let (probe, slots) = probe(layout::numbers(&keys, ty.bits()));
            NumberLookup::Keys {
                probe,
                slots: Numbers::new(&slots),
                keys: Numbers::of_type(keys, ty),
                variants: Numbers::new(&variants),
            }
        }
        Targets::Many { starts, variants } => {
            let (probe, slots) = probe(layout::numbers(&keys, ty.bits()));
            let slots = Numbers::new(&slots);
            let starts = Numbers::new(&starts);
            if is_in_order(&variants) {
                return NumberLookup::Runs {
                    probe,
                    slots,
                    starts,
                };
            }
            NumberLookup::Groups {
                probe,
                slots,
                keys: Numbers::of_type(keys, ty),
                starts,
                variants: Numbers::new(&variants),
            }
        }
    }
}

/// Where each code belongs to the variant at its own position.
fn own_numbers(keys: &[i64], ty: NumberType) -> NumberLookup {
    if keys.len() <= MOST_IN_SLOTS
        && let Some((min, slots)) = layout::dense_numbers(keys)
    {
        return NumberLookup::Dense {
            min,
            len: slots.len() - 1,
            slots: Numbers::new(&slots),
        };
    }
    let hashed = layout::numbers(keys, ty.bits());
    if keys.len() > MOST_WITH_CODES && ty == NumberType::I32 {
        let quotients = hashed.quotients(keys);
        // At most 9 bytes a code: 4 of them are the table of codes, which is there for `code()`
        // but then need not be in the cache.
        if 4 * quotients.len() + hashed.pilot_bytes() <= 9 * keys.len() {
            return NumberLookup::Quotients {
                bits: quotients.len().trailing_zeros(),
                slots: Numbers::new(&quotients),
                len: keys.len(),
                probe: probe(hashed).0,
            };
        }
    }
    let (probe, slots) = probe(hashed);
    let slots = Numbers::new(&slots);
    if keys.len() <= MOST_IN_SLOTS {
        NumberLookup::Variants { probe, slots }
    } else {
        NumberLookup::Positions { probe, slots }
    }
}

/// How a mixed key finds its slot, and the slots.
fn probe(hashed: Hashed) -> (Probe, Vec<u16>) {
    let level = match hashed.pilots {
        None => Level::One,
        Some(layout::Pilots {
            shift,
            fold,
            values,
        }) => Level::Two(Pilots {
            bucket: match fold {
                None => Bucket::Plain { shift },
                Some(fold) => Bucket::Folded { shift, fold },
            },
            mask: values.len() - 1,
            values: Numbers::new(&values),
        }),
    };
    let probe = Probe {
        multiplier: hashed.multiplier,
        shift: hashed.shift,
        level,
        tries: hashed.tries,
    };
    (probe, hashed.slots)
}

fn text_probe(layout: TextLayout) -> (TextProbe, Vec<u16>) {
    let TextLayout { mix, seed, hashed } = layout;
    let (probe, slots) = probe(hashed);
    (TextProbe { mix, seed, probe }, slots)
}

/// Chooses the lookup of codes that are strings.
pub(super) fn texts(set: &Set) -> TextLookup {
    let (keys, targets) = keys(set);
    let keys: Vec<&str> = keys.iter().map(|key| key.1).collect();
    let own = |variant: u16| set.codes[usize::from(variant)].text.as_str();
    text_lookup(&keys, Use::Codes, targets, &own, &mut pool)
}

/// What the keys of a lookup lead to.
enum Targets {
    /// The variant at the same position.
    Same,
    /// One variant each.
    Each(Vec<u16>),
    /// Several variants each: the start of each key's part of the list, and one start more.
    Many {
        starts: Vec<u16>,
        variants: Vec<u16>,
    },
}

/// The codes and the earlier codes, each as a number and as a string, and what they lead to. Former
/// meanings come after all other codes, so leaving their keys out moves no other.
fn keys(set: &Set) -> (Vec<(i64, &str)>, Targets) {
    let now = positions(set)
        .filter(|(_, code)| code.former.is_none())
        .map(|(position, code)| (position, (code.number, code.text.as_str())));
    if set.identity == Identity::CodeAndSymbol {
        let mut known = Firsts::default();
        let mut keys = Vec::new();
        let mut groups = Vec::<Vec<u16>>::new();
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
    let own = keys.len();
    for (position, code) in positions(set) {
        for (number, text, _) in &code.other_codes {
            variants.push(position);
            keys.push((*number, text.as_str()));
        }
    }
    let targets = if keys.len() == own {
        Targets::Same
    } else {
        Targets::Each(variants)
    };
    (keys, targets)
}

/// `own` is the string of a variant that is stored anyway; if the keys are others, `keep` stores
/// them.
fn text_lookup<'a>(
    keys: &[&'a str],
    usage: Use,
    targets: Targets,
    own: &dyn Fn(u16) -> &'a str,
    keep: &mut dyn FnMut(&[&str]) -> Pool,
) -> TextLookup {
    let (probe, mut slots) = text_probe(layout::text(keys, usage));
    let count = keys.len();
    let variants: Vec<u16> = match targets {
        Targets::Many { starts, variants } => {
            return TextLookup::Groups {
                keys: TextKeys {
                    probe,
                    slots: Numbers::new(&slots),
                    keys: keep(keys),
                },
                starts: Numbers::new(&starts),
                variants: Numbers::new(&variants),
            };
        }
        Targets::Same => (0..=u16::MAX).take(count).collect(),
        Targets::Each(variants) => variants,
    };
    if (0..count).any(|key| keys[key] != own(variants[key])) {
        return TextLookup::Keys {
            keys: TextKeys {
                probe,
                slots: Numbers::new(&slots),
                keys: keep(keys),
            },
            variants: Numbers::new(&variants),
        };
    }
    for slot in &mut slots {
        *slot = variants[usize::from(*slot)];
    }
    let slots = Numbers::new(&slots);
    if count <= MOST_IN_SLOTS {
        TextLookup::Variants { probe, slots }
    } else {
        TextLookup::Positions { probe, slots }
    }
}

fn positions(set: &Set) -> impl Iterator<Item = (u16, &Code)> {
    (0..=u16::MAX).zip(&set.codes)
}

/// Keys of which each leads to some variants, in their order.
fn many(groups: &[Vec<u16>]) -> Targets {
    let mut starts = vec![0];
    let mut variants = Vec::new();
    for group in groups {
        variants.extend_from_slice(group);
        let end = u16::try_from(variants.len());
        starts.push(end.expect("there are no more variants than positions"));
    }
    Targets::Many { starts, variants }
}

fn is_in_order(variants: &[u16]) -> bool {
    variants
        .iter()
        .enumerate()
        .all(|(position, &variant)| usize::from(variant) == position)
}

/// What a received symbol may match: the symbol of a code, an alias, or a template.
struct Name {
    key: String,
    variant: u16,
    template: String,
    /// The key is the prefix of a template, and no separator ends it.
    is_tail: bool,
    separator: Option<char>,
}

/// Chooses the lookup of symbols. `own` are the symbols of the codes, of which most of the keys and
/// templates are parts.
pub(super) fn symbols(set: &Set, own: &mut Option<Growing>) -> Option<SymbolLookup> {
    let mut names = Vec::new();
    for (position, code) in positions(set) {
        add_names(position, code, &mut names);
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
    let has_one_each = keys.len() == groups.iter().map(Vec::len).sum::<usize>();
    if names.iter().all(|name| name.template.is_empty()) {
        let targets = if has_one_each {
            Targets::Each(variants.concat())
        } else {
            many(&variants)
        };
        let symbol = |variant: u16| {
            let code = &set.codes[usize::from(variant)];
            code.symbol.as_deref().unwrap_or_default()
        };
        let keep = &mut |keys: &[&str]| part_of(own, keys);
        return Some(SymbolLookup::Plain(text_lookup(
            &keys,
            Use::Symbols,
            targets,
            &symbol,
            keep,
        )));
    }
    let names = groups.concat();
    let templates: Vec<&str> = names.iter().map(|name| name.template.as_str()).collect();
    let templates = part_of(own, &templates);
    let (probe, slots) = text_probe(layout::text(&keys, Use::Symbols));
    let slots = Numbers::new(&slots);
    let separators = separators(&names);
    let tails = tails(&groups);
    let variants_of_targets = Numbers::new(&variants.concat());
    if let Some((separator, whole_first)) = cut(&separators, &names)
        && has_one_each
        && every_match_fits(&names, &separators)
    {
        return Some(SymbolLookup::Cut {
            keys: TextKeys {
                probe,
                slots,
                keys: part_of(own, &keys),
            },
            variants: variants_of_targets,
            templates,
            separator,
            whole_first,
            tails,
        });
    }
    let Targets::Many { starts, .. } = many(&variants) else {
        unreachable!("`many` gives several variants for each key")
    };
    Some(SymbolLookup::Templates {
        keys: TextKeys {
            probe,
            slots,
            keys: part_of(own, &keys),
        },
        starts: Numbers::new(&starts),
        variants: variants_of_targets,
        templates,
        shared: shared(&names),
        separators,
        tails,
    })
}

/// The characters behind which a received symbol may be cut.
fn separators(names: &[&Name]) -> Vec<char> {
    let mut separators = Vec::new();
    for separator in names.iter().filter_map(|name| name.separator) {
        if !separators.contains(&separator) {
            separators.push(separator);
        }
    }
    separators
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
        // Names that are alike are adjacent.
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

/// Stores strings as parts of the symbols, if the set has any.
pub(super) fn part_of(own: &mut Option<Growing>, each: &[&str]) -> Pool {
    match own {
        Some(own) => own.pool_within(SYMBOL_TEXT, each),
        None => pool(each),
    }
}

/// Whether every string that is or begins with a key matches the key's template: each key that is
/// cut off belongs to a template that ends with its only parameter.
fn every_match_fits(names: &[&Name], separators: &[char]) -> bool {
    let tails: Vec<&str> = names
        .iter()
        .filter(|name| name.is_tail)
        .map(|name| name.key.as_str())
        .collect();
    let tails = Firsts::of(&tails);
    let is_cut_off = |name: &Name| name.key.ends_with(separators) || tails.has(&name.key);
    names
        .iter()
        .all(|name| name.has_one_hole() || !is_cut_off(name))
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

/// The separator, if there is only one, and the keys of templates contain it only at their end; and
/// whether other keys contain it elsewhere: `A:B` beside the template `A:<x>`.
fn cut(separators: &[char], names: &[&Name]) -> Option<(char, bool)> {
    let [separator] = separators else { return None };
    let mut whole_first = false;
    for name in names {
        let at = name.key.find(*separator);
        if at.is_some_and(|at| at + separator.len_utf8() < name.key.len()) {
            if !name.template.is_empty() {
                return None;
            }
            whole_first = true;
        }
    }
    separator.is_ascii().then_some((*separator, whole_first))
}

fn add_names(variant: u16, code: &Code, names: &mut Vec<Name>) {
    let mut add = |text: &str, template: Option<&Template>| {
        let key = template.map_or(text, |template| &template.prefix);
        // What a former meaning shares with another code leads to that one.
        let is_taken = |name: &Name| name.key == key && name.variant != variant;
        if code.former.is_some() && names.iter().any(is_taken) {
            return;
        }
        names.push(Name {
            key: key.to_owned(),
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
        .chain(code.other_codes.iter().filter_map(|was| was.2.as_ref()))
    {
        add(other, Template::of(other, &[]).as_ref());
    }
}

/// The keys that are the beginning of a template which does not say where it ends, the longest
/// first.
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
