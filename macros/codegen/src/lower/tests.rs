//! Looks keys up in the tables as the generated code does.

use errbook_spec::open;
use errbook_spec::place::Source;
use errbook_spec::registry::{self, Code};

use crate::layout::mix;
use crate::lower::{lookup, lower};
use crate::tables::{
    Blob, Bucket, Codes, Level, NumberLookup, NumberType, Numbers, Pool, Probe, Set, Spans,
    SymbolLookup, TextLookup, TextProbe,
};

/// The tables of the set `C`: its keys, and its codes as lines without their header.
fn set(keys: &str, codes: &[&str]) -> Set {
    let codes = codes.iter().map(|code| format!("[[set.code]]\n{code}\n"));
    let text = format!(
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n{keys}\n{}",
        codes.collect::<String>()
    );
    let opened = open(&Source::new("spec.toml", &text));
    let registry = opened
        .unwrap_or_else(|broken| panic!("{}", broken.problems))
        .registry;
    lower(&registry, &[0]).sets.remove(0)
}

/// The same of codes written as `CODE`, `CODE SYMBOL`, or either with further lines.
fn set_of(keys: &str, codes: &[&str]) -> Set {
    let codes = codes.iter().enumerate().map(|(at, code)| {
        let (code, rest) = code.split_once('\n').unwrap_or((code, ""));
        let (code, symbol) = match code.split_once(' ') {
            Some((code, symbol)) => (code, format!("symbol = {symbol:?}\n")),
            None => (code, String::new()),
        };
        format!("code = {code:?}\nvariant = \"V{at}\"\n{symbol}{rest}")
    });
    let codes: Vec<String> = codes.collect();
    set(keys, &codes.iter().map(String::as_str).collect::<Vec<_>>())
}

fn index(number: i64) -> usize {
    usize::try_from(number).unwrap()
}

fn values(numbers: &Numbers) -> Vec<i64> {
    match numbers {
        Numbers::List { values, .. } => values.clone(),
        Numbers::Bytes(bytes) => bytes.iter().map(|&byte| byte.into()).collect(),
        Numbers::Cells { ty, bytes, .. } => {
            let cells = bytes.chunks(ty.width());
            let number = |cell: &[u8]| {
                let is_signed = matches!(ty, NumberType::I32 | NumberType::I64);
                let is_negative = is_signed && cell[cell.len() - 1] > 0x7F;
                let mut all = [if is_negative { 0xFF } else { 0 }; 8];
                all[..cell.len()].copy_from_slice(cell);
                i64::from_le_bytes(all)
            };
            cells.map(number).collect()
        }
    }
}

/// What the slot of a mixed key contains.
fn held(probe: &Probe, slots: &Numbers, mixed: u64) -> i64 {
    let slot = (mixed >> probe.shift) as usize;
    let slot = match &probe.level {
        Level::One => slot,
        Level::Two(pilots) => {
            let bucket = match pilots.bucket {
                Bucket::Plain { shift } => mixed >> shift,
                Bucket::Folded { shift, fold } => mixed >> shift ^ mixed >> fold,
            };
            slot ^ index(values(&pilots.values)[bucket as usize & pilots.mask])
        }
    };
    values(slots)[slot]
}

/// The variants of a number.
fn find_number(set: &Set, key: i64) -> Vec<i64> {
    let Codes::Numbers { ty, codes, lookup } = &set.codes else {
        panic!("the codes are strings")
    };
    find_among(*ty, &values(codes), lookup, key)
}

/// The same, where `own` are the numbers of the variants.
fn find_among(ty: NumberType, own: &[i64], lookup: &NumberLookup, key: i64) -> Vec<i64> {
    let mixed = |probe: &Probe| match ty {
        NumberType::I32 => u64::from((key as u32).wrapping_mul(probe.multiplier as u32)),
        _ => key.cast_unsigned().wrapping_mul(probe.multiplier),
    };
    let one = |variant: i64, is_it: bool| if is_it { vec![variant] } else { Vec::new() };
    match lookup {
        NumberLookup::Dense { min, len, slots } => {
            let slots = values(slots);
            assert_eq!((slots.len(), slots[*len]), (len + 1, 0xFFFF));
            let at = usize::try_from(key.wrapping_sub(*min)).unwrap_or(*len);
            let variant = slots[at.min(*len)];
            one(variant, variant != 0xFFFF)
        }
        NumberLookup::Variants { probe, slots } | NumberLookup::Positions { probe, slots } => {
            let variant = held(probe, slots, mixed(probe));
            one(variant, own[index(variant)] == key)
        }
        NumberLookup::Quotients {
            probe,
            slots,
            bits,
            len,
        } => {
            let mixed = mixed(probe);
            let found = held(probe, slots, mixed) as u32 ^ (mixed as u32) << bits;
            one(found.into(), (found as usize) < *len)
        }
        NumberLookup::Keys {
            probe,
            slots,
            keys,
            variants,
        } => {
            let at = index(held(probe, slots, mixed(probe)));
            one(values(variants)[at], values(keys)[at] == key)
        }
        NumberLookup::Runs {
            probe,
            slots,
            starts,
        } => {
            let at = index(held(probe, slots, mixed(probe)));
            let starts = values(starts);
            let run = starts[at]..starts[at + 1];
            if own[index(run.start)] == key {
                run.collect()
            } else {
                Vec::new()
            }
        }
        NumberLookup::Groups {
            probe,
            slots,
            keys,
            starts,
            variants,
        } => {
            let at = index(held(probe, slots, mixed(probe)));
            let starts = values(starts);
            let group = &values(variants)[index(starts[at])..index(starts[at + 1])];
            if values(keys)[at] == key {
                group.to_vec()
            } else {
                Vec::new()
            }
        }
    }
}

fn number_lookup(lookup: &NumberLookup) -> &'static str {
    match lookup {
        NumberLookup::Dense { .. } => "dense",
        NumberLookup::Variants { .. } => "variants",
        NumberLookup::Positions { .. } => "positions",
        NumberLookup::Quotients { .. } => "quotients",
        NumberLookup::Keys { .. } => "keys",
        NumberLookup::Runs { .. } => "runs",
        NumberLookup::Groups { .. } => "groups",
    }
}

/// The string at a position of a pool of a set.
fn text(set: &Set, pool: &Pool, at: usize) -> String {
    let symbols = || match set.symbol.as_ref().map(|symbols| &symbols.blob) {
        Some(blob) => blob,
        None => panic!("the set has no symbols"),
    };
    let blob = match &pool.blob {
        Blob::Of(name) => {
            assert_eq!(*name, "symbol_text");
            symbols()
        }
        own => own,
    };
    let blob = match blob {
        Blob::Parts(parts) => parts.concat(),
        Blob::Whole(whole) => whole.clone(),
        Blob::Of(_) => panic!("the blob of a pool is not that of another"),
    };
    let (start, end) = match &pool.spans {
        Spans::Offsets { offsets } => {
            let offsets = values(offsets);
            (offsets[at], offsets[at + 1])
        }
        Spans::Parts { starts, lens } => {
            let start = values(starts)[at];
            (start, start + values(lens)[at])
        }
        Spans::Shared { numbers, offsets } => {
            let number = index(values(numbers)[at]);
            let offsets = values(offsets);
            (offsets[number], offsets[number + 1])
        }
    };
    blob[index(start)..index(end)].to_owned()
}

fn held_by_text(probe: &TextProbe, slots: &Numbers, text: &str) -> usize {
    let mix = match probe.mix {
        "mix_edges" => mix::mix_edges,
        "mix_tails" => mix::mix_tails,
        "mix_words" => mix::mix_words,
        _ => mix::mix_all,
    };
    let mixed = mix(text.as_bytes(), probe.seed).wrapping_mul(probe.probe.multiplier);
    index(held(&probe.probe, slots, mixed))
}

/// The variants of a string, in the lookup of codes or of symbols.
fn find_text(set: &Set, lookup: &TextLookup, own: &Pool, key: &str) -> Vec<i64> {
    let one = |variant: i64, is_it: bool| if is_it { vec![variant] } else { Vec::new() };
    match lookup {
        TextLookup::Variants { probe, slots } | TextLookup::Positions { probe, slots } => {
            let variant = held_by_text(probe, slots, key);
            one(variant as i64, text(set, own, variant) == key)
        }
        TextLookup::Keys { keys, variants } => {
            let at = held_by_text(&keys.probe, &keys.slots, key);
            one(values(variants)[at], text(set, &keys.keys, at) == key)
        }
        TextLookup::Groups {
            keys,
            starts,
            variants,
        } => {
            let at = held_by_text(&keys.probe, &keys.slots, key);
            let starts = values(starts);
            let group = &values(variants)[index(starts[at])..index(starts[at + 1])];
            if text(set, &keys.keys, at) == key {
                group.to_vec()
            } else {
                Vec::new()
            }
        }
    }
}

fn text_lookup(lookup: &TextLookup) -> &'static str {
    match lookup {
        TextLookup::Variants { .. } => "variants",
        TextLookup::Positions { .. } => "positions",
        TextLookup::Keys { .. } => "keys",
        TextLookup::Groups { .. } => "groups",
    }
}

/// Different numbers in random order.
fn random_numbers(count: u32) -> Vec<i64> {
    let mix = |at: u32| {
        let mixed = at.wrapping_mul(0x9E37_79B9);
        let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x85EB_CA6B);
        (mixed ^ mixed >> 13).cast_signed()
    };
    (0..count).map(|at| mix(at).into()).collect()
}

/// A set whose codes are numbers, or their digits.
fn checked_set(numbers: &[i64]) -> registry::Set {
    let code = |number: &i64| Code {
        text: number.to_string(),
        number: *number,
        ..Code::default()
    };
    let codes = numbers.iter().map(code).collect();
    let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\n";
    let mut registry = open(&Source::new("spec.toml", text)).unwrap().registry;
    registry::Set {
        codes,
        ..registry.sets.remove(0)
    }
}

#[test]
fn a_number_leads_to_the_codes_that_have_it() {
    let both = "identity = \"code+symbol\"";
    let wide = "wire = \"integer64\"";
    for (lookup, keys, codes, found) in [
        (
            "dense",
            "",
            &["7", "5", "9", "6"][..],
            &[(7, &[0][..]), (5, &[1]), (9, &[2]), (6, &[3])][..],
        ),
        ("dense", wide, &["-1", "0"], &[(-1, &[0]), (0, &[1])]),
        (
            "variants",
            "",
            &["-70000", "5", "800"],
            &[(-70000, &[0]), (5, &[1]), (800, &[2])],
        ),
        (
            "variants",
            wide,
            &["9223372036854775807", "-9223372036854775808", "0"],
            &[(i64::MAX, &[0]), (i64::MIN, &[1]), (0, &[2])],
        ),
        (
            "keys",
            "",
            &["1\nwas = [\"7\", \"0x10\"]", "2\naliases = [\"30\", \"A\"]"],
            &[(1, &[0]), (2, &[1]), (7, &[0]), (16, &[0]), (30, &[1])],
        ),
        // A former meaning does not decode by its own key, but by those that it alone had.
        (
            "dense",
            "",
            &["1\nstatus = \"retired\"\nuntil = \"2\"", "1", "2"],
            &[(1, &[0]), (2, &[1])],
        ),
        (
            "keys",
            "",
            &[
                "1\nstatus = \"retired\"\nuntil = \"2\"\nwas = [\"9\"]",
                "1",
                "2",
            ],
            &[(1, &[0]), (2, &[1]), (9, &[2])],
        ),
        (
            "runs",
            both,
            &["400 A", "400 B", "500 A"],
            &[(400, &[0, 1]), (500, &[2])],
        ),
        (
            "groups",
            both,
            &["400 A", "500 A", "400 B"],
            &[(400, &[0, 2]), (500, &[1])],
        ),
    ] {
        let set = set_of(keys, codes);
        let Codes::Numbers { lookup: chosen, .. } = &set.codes else {
            panic!("the codes are strings")
        };
        assert_eq!(number_lookup(chosen), lookup, "{codes:?}");
        for (key, variants) in found {
            assert_eq!(find_number(&set, *key), *variants, "{codes:?}: {key}");
            for near in [key.wrapping_sub(1), key.wrapping_add(1), key ^ 0x100] {
                if found.iter().all(|(known, _)| *known != near) {
                    assert_eq!(find_number(&set, near), [0; 0], "{codes:?}: {near}");
                }
            }
        }
    }
}

#[test]
fn a_large_set_of_numbers_has_slots_that_cost_the_compiler_less() {
    let chosen = |numbers: &[i64], ty| lookup::numbers(&checked_set(numbers), ty);
    for (count, ty, expected) in [
        (2_000, NumberType::I32, "variants"),
        (2_001, NumberType::I32, "positions"),
        (20_000, NumberType::I32, "positions"),
        (20_001, NumberType::I32, "quotients"),
        (20_001, NumberType::I64, "positions"),
        // Slots of four bytes would take more than 9 bytes a code together with the pilots.
        (30_300, NumberType::I32, "positions"),
    ] {
        let numbers = random_numbers(count);
        let lookup = chosen(&numbers, ty);
        assert_eq!(number_lookup(&lookup), expected, "{count}");
        for (at, number) in numbers.iter().enumerate().step_by(numbers.len() / 9) {
            let found = find_among(ty, &numbers, &lookup, *number);
            assert_eq!(found, [at as i64], "{count}: {number}");
        }
        assert_eq!(find_among(ty, &numbers, &lookup, 77), [0; 0], "{count}");
    }
    let dense: Vec<i64> = (1..=2_001).collect();
    assert_eq!(
        number_lookup(&chosen(&dense[1..], NumberType::I32)),
        "dense"
    );
    assert_eq!(number_lookup(&chosen(&dense, NumberType::I32)), "positions");
}

#[test]
fn a_string_leads_to_the_codes_that_have_it() {
    let both = "identity = \"code+symbol\"";
    for (lookup, keys, codes, found) in [
        (
            "variants",
            "",
            &["E1", "E2", "0x1"][..],
            &[("E1", &[0][..]), ("E2", &[1]), ("0x1", &[2])][..],
        ),
        (
            "keys",
            "",
            &["E1\nwas = [\"E7\"]", "E2"],
            &[("E1", &[0]), ("E2", &[1]), ("E7", &[0])],
        ),
        (
            "variants",
            "",
            &["E1\nstatus = \"retired\"\nuntil = \"2\"", "E1", "E2"],
            &[("E1", &[0]), ("E2", &[1])],
        ),
        (
            "groups",
            both,
            &["E1 A", "E2 A", "E1 B"],
            &[("E1", &[0, 2]), ("E2", &[1])],
        ),
    ] {
        let set = set_of(&format!("wire = \"string\"\n{keys}"), codes);
        let Codes::Texts {
            codes: own,
            lookup: of_codes,
        } = &set.codes
        else {
            panic!("the codes are numbers")
        };
        assert_eq!(text_lookup(of_codes), lookup, "{codes:?}");
        for (key, variants) in found {
            assert_eq!(
                find_text(&set, of_codes, own, key),
                *variants,
                "{codes:?}: {key}"
            );
        }
        for unknown in ["", "E", "E3", "E11", "e1"] {
            assert_eq!(
                find_text(&set, of_codes, own, unknown),
                [0; 0],
                "{codes:?}: {unknown}"
            );
        }
    }
    for (count, expected) in [(2_000, "variants"), (2_001, "positions")] {
        let lookup = lookup::texts(&checked_set(&random_numbers(count)));
        assert_eq!(text_lookup(&lookup), expected, "{count}");
    }
}

#[test]
fn a_symbol_without_parameters_leads_to_its_codes() {
    let both = "identity = \"code+symbol\"";
    for (lookup, keys, codes, found) in [
        (
            "variants",
            "",
            &["1 A_ONE", "2 A_TWO"][..],
            &[("A_ONE", &[0][..]), ("A_TWO", &[1])][..],
        ),
        // A code without a symbol, aliases, and what a former meaning alone is called.
        (
            "variants",
            "",
            &["1 A_ONE", "2", "3 A_TWO"],
            &[("A_ONE", &[0]), ("A_TWO", &[2])],
        ),
        (
            "keys",
            "",
            &["1 A_ONE\naliases = [\"B\", \"C\"]", "2\naliases = [\"D\"]"],
            &[("A_ONE", &[0]), ("B", &[0]), ("C", &[0]), ("D", &[1])],
        ),
        (
            "keys",
            "",
            &[
                "1 A\naliases = [\"OLD\"]\nstatus = \"retired\"\nuntil = \"2\"",
                "1 A",
            ],
            &[("A", &[0]), ("OLD", &[1])],
        ),
        (
            "groups",
            "",
            &["1 SAME", "2 OTHER", "3 SAME"],
            &[("SAME", &[0, 2]), ("OTHER", &[1])],
        ),
        (
            "keys",
            both,
            &["1 A\nwas = [\"1.B\", \"2\"]", "2 C"],
            &[("A", &[0]), ("B", &[0]), ("C", &[1])],
        ),
    ] {
        let set = set_of(keys, codes);
        let Some(SymbolLookup::Plain(of_symbols)) = &set.symbols else {
            panic!("{codes:?}")
        };
        assert_eq!(text_lookup(of_symbols), lookup, "{codes:?}");
        let own = set.symbol.as_ref().unwrap_or(&set.names);
        for (key, variants) in found {
            assert_eq!(
                find_text(&set, of_symbols, own, key),
                *variants,
                "{codes:?}: {key}"
            );
        }
        for unknown in ["", "A_", "A_THREE", "E"] {
            assert_eq!(
                find_text(&set, of_symbols, own, unknown),
                [0; 0],
                "{codes:?}: {unknown}"
            );
        }
    }
    assert!(set_of("", &["1", "2"]).symbols.is_none());
}

/// The lookup of symbols with parameters: each key with its templates and variants, and how a
/// symbol is cut.
fn describe(set: &Set) -> String {
    let (keys, starts, variants, templates, rest) = match set.symbols.as_ref().unwrap() {
        SymbolLookup::Plain(_) => return "plain".to_owned(),
        SymbolLookup::Cut {
            keys,
            variants,
            templates,
            separator,
            whole_first,
            tails,
        } => {
            let first = if *whole_first { "whole first, " } else { "" };
            let rest = format!("{first}cut behind {separator:?}, tails {tails:?}");
            let starts = (0..=i64::try_from(variants.len()).unwrap()).collect();
            (keys, starts, values(variants), templates, rest)
        }
        SymbolLookup::Templates {
            keys,
            starts,
            variants,
            templates,
            separators,
            tails,
            shared,
        } => {
            let rest =
                format!("fits, separators {separators:?}, tails {tails:?}, shared {shared:?}");
            (keys, values(starts), values(variants), templates, rest)
        }
    };
    let mut lines = Vec::new();
    for at in 0..starts.len() - 1 {
        let key = text(set, &keys.keys, at);
        assert_eq!(held_by_text(&keys.probe, &keys.slots, &key), at, "{key}");
        let targets = index(starts[at])..index(starts[at + 1]);
        let targets =
            targets.map(|target| format!("{} {}", variants[target], text(set, templates, target)));
        lines.push(format!(
            "{key}: {}",
            targets.collect::<Vec<_>>().join(", ").trim_end()
        ));
    }
    lines.push(rest);
    lines.join("\n")
}

#[test]
fn a_symbol_with_parameters_is_cut_where_that_is_unambiguous() {
    let both = "identity = \"code+symbol\"";
    for (keys, codes, expected) in [
        // One separator, at the end of each prefix.
        (
            "",
            &["1 A:<x>", "2 B:<y>", "3 C"][..],
            "A:: 0 A:<x>\nB:: 1 B:<y>\nC: 2\ncut behind ':', tails []",
        ),
        // A whole symbol has the separator inside.
        (
            "",
            &["1 A:<x>", "2 A:B"],
            "A:: 0 A:<x>\nA:B: 1\nwhole first, cut behind ':', tails []",
        ),
        // A prefix without a separator is a tail; the longest comes first.
        (
            "",
            &["1 A:<x>", "2 TOO<x>", "3 TOO_LARGE<x>"],
            "A:: 0 A:<x>\nTOO: 1 TOO<x>\nTOO_LARGE: 2 TOO_LARGE<x>\ncut behind ':', tails [2, 1]",
        ),
        // Two separators.
        (
            "",
            &["1 A:<x>", "2 B/<y>"],
            "A:: 0 A:<x>\nB/: 1 B/<y>\nfits, separators [':', '/'], tails [], shared []",
        ),
        // The separator is inside the prefix of a template.
        (
            "",
            &["1 A:<x>", "2 B:C/<y>", "3 D:E_<z>"],
            "A:: 0 A:<x>\nB:C/: 1 B:C/<y>\nD:E_: 2 D:E_<z>\n\
             fits, separators [':', '/'], tails [2], shared []",
        ),
        (
            "",
            &["1 A:<x>", "2 D:E_<z>"],
            "A:: 0 A:<x>\nD:E_: 1 D:E_<z>\nfits, separators [':'], tails [1], shared []",
        ),
        // Two parameters, or text after the parameter.
        (
            "",
            &["1 A:<x>-<y>"],
            "A:: 0 A:<x>-<y>\nfits, separators [':'], tails [], shared []",
        ),
        (
            "",
            &["1 A:<x>!"],
            "A:: 0 A:<x>!\nfits, separators [':'], tails [], shared []",
        ),
        (
            "",
            &["1 A<x>!"],
            "A: 0 A<x>!\nfits, separators [], tails [0], shared []",
        ),
        // A separator that is not ASCII.
        (
            "",
            &["1 A：<x>"],
            "A：: 0 A：<x>\nfits, separators ['：'], tails [], shared []",
        ),
        // A whole symbol that ends with the separator would be found for a symbol that is cut.
        (
            "",
            &["1 A:<x>", "2 B:"],
            "A:: 0 A:<x>\nB:: 1\nfits, separators [':'], tails [], shared []",
        ),
        // A key that belongs to a symbol and to a template, the symbol first.
        (
            "",
            &["1 A:<x>", "2 A:"],
            "A:: 1 , 0 A:<x>\nfits, separators [':'], tails [], shared []",
        ),
        // Several codes have one symbol or one template.
        (
            both,
            &["1 A:<x>", "2 A:<x>", "2 B", "3 B", "3 C"],
            "A:: 0 A:<x>, 1 A:<x>\nB: 2 , 3\nC: 4\nfits, separators [':'], tails [], shared [0, \
             1, 2, 3]",
        ),
        (
            both,
            &["1 A:", "2 A:<x>"],
            "A:: 0 , 1 A:<x>\nfits, separators [':'], tails [], shared []",
        ),
        // Aliases have templates too, and one of the same key adds nothing.
        (
            "",
            &["1 A:<x>\naliases = [\"B:<y>\", \"A:\"]", "2 C"],
            "A:: 0\nB:: 0 B:<y>\nC: 1\nfits, separators [':'], tails [], shared []",
        ),
        // What a former meaning shares leads to the other code.
        (
            "",
            &[
                "1 A:<x>\nstatus = \"retired\"\nuntil = \"2\"\naliases = [\"B:<y>\"]",
                "1 A:<x>",
            ],
            "A:: 0 A:<x>\nB:: 1 B:<y>\ncut behind ':', tails []",
        ),
    ] {
        let set = set_of(keys, codes);
        assert_eq!(describe(&set), expected, "{codes:?}");
    }
}

#[test]
fn a_table_has_the_smallest_type_and_a_long_one_is_a_string_of_bytes() {
    for (values_, ty) in [
        (vec![0, 255], NumberType::U8),
        (vec![256], NumberType::U16),
        (vec![65_535], NumberType::U16),
        (vec![65_536], NumberType::U32),
        (vec![], NumberType::U8),
    ] {
        for times in [1, 301] {
            let repeated = values_.repeat(times);
            let numbers = Numbers::new(&repeated);
            assert_eq!(numbers.len(), repeated.len());
            assert_eq!(numbers.width(), ty.width());
            assert_eq!(numbers.bytes(), repeated.len() * ty.width());
            assert_eq!(values(&numbers), repeated);
            assert_eq!(
                matches!(numbers, Numbers::List { .. }),
                repeated.len() <= 300,
                "{values_:?} {times}"
            );
        }
    }
    let list = Numbers::new(&vec![7_u16; 300]);
    assert!(matches!(list, Numbers::List { .. }));
    assert!(matches!(Numbers::new(&vec![7_u16; 301]), Numbers::Bytes(_)));
    for ty in [NumberType::I32, NumberType::I64] {
        let negative = [-1, -7, 7];
        assert_eq!(
            values(&Numbers::of_type(negative.repeat(101), ty)),
            negative.repeat(101)
        );
        assert_eq!(8 * ty.width(), ty.bits() as usize);
    }
}
