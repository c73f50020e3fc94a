//! Generated answers, to compare what the enums and the exports of each language make of them.

use errbook_cli::export::model::{Form, Set};
use errbook_cli::export::received;
use serde_json::{Value, json};

use self::random::Random;

#[path = "benches/src/random.rs"]
#[allow(dead_code, reason = "each of the programs that use it needs a part")]
pub(crate) mod random;

/// Characters of vendors' answers, and similar ones.
const CHARACTERS: [char; 24] = [
    '0', '1', '9', '-', '+', 'x', 'X', 'F', 'a', 'e', '.', ',', ':', '_', ' ', '<', '>', '"', '\\',
    '$', 'é', '码', '０', '😀',
];

/// Answers of a set, each with what an implementation must make of it: a case of the vectors.
pub(crate) fn generated(set: &Set, count: usize) -> Vec<Value> {
    if set.width > 0 {
        return Vec::new();
    }
    let mut random = Random::new(count as u64);
    (0..count).map(|_| answer(set, &mut random)).collect()
}

fn answer(set: &Set, random: &mut Random) -> Value {
    let (mut code, mut symbol) = known(set, random);
    match random.below(8) {
        0 => code = known(set, random).0,
        1 => symbol = known(set, random).1,
        2 => code = altered(&code, random),
        3 => symbol = altered(&symbol, random),
        4 => code.clone_from(&symbol),
        5 if set.bits > 0 => code = number(set, random),
        _ => {}
    }
    let wire = match code.parse::<i64>() {
        // A program that reads JSON has a number; not every number is written in one way.
        Ok(number) if set.bits > 0 && number.to_string() == code && random.below(2) == 0 => {
            json!(number)
        }
        _ => json!(code),
    };
    let has_symbol = set.both || !symbol.is_empty() && random.below(3) == 0;
    received(set, &wire, has_symbol.then_some(symbol.as_str()))
}

/// The code and the symbol of a random code, chosen with equal odds from the templates, the symbols
/// and the codes.
fn known(set: &Set, random: &mut Random) -> (String, String) {
    let key_of = |index| set.keys.iter().find(|key| key.index == index);
    let (code, symbol, index) = match random.below(3) {
        0 if !set.templates.is_empty() => {
            let form = &set.templates[random.below(set.templates.len())];
            (form.code.clone(), filled(form, random), form.index)
        }
        1 if !set.symbols.is_empty() => {
            let symbol = &set.symbols[random.below(set.symbols.len())];
            (symbol.code.clone(), symbol.symbol.clone(), symbol.index)
        }
        _ if !set.keys.is_empty() => {
            let key = &set.keys[random.below(set.keys.len())];
            let symbol = set.symbols.iter().find(|named| named.index == key.index);
            let symbol = symbol.map_or_else(String::new, |named| named.symbol.clone());
            return (key.key.clone(), symbol);
        }
        _ => return known(set, random),
    };
    match key_of(index) {
        Some(key) if !set.both => (key.key.clone(), symbol),
        _ => (code, symbol),
    }
}

/// A symbol with values that contain its own separators.
fn filled(form: &Form, random: &mut Random) -> String {
    let mut text = form.literals[0].clone();
    for literal in &form.literals[1..] {
        for _ in 0..random.below(3) {
            match random.below(5) {
                0 => text.push_str(&form.literals[random.below(form.literals.len())]),
                1 => text.push_str(&" ".repeat(1 + random.below(3))),
                _ => text.push(CHARACTERS[random.below(CHARACTERS.len())]),
            }
        }
        text.push_str(literal);
    }
    text
}

/// A number near a documented one, or near the ends of the numbers, in some notation.
fn number(set: &Set, random: &mut Random) -> String {
    let known: Vec<i64> = set.codes.iter().filter_map(|code| code.number).collect();
    let ends = set.ranges.iter().flat_map(|range| [range.from, range.to]);
    let mut near: Vec<i64> = ends.collect();
    near.extend([
        0,
        i64::from(i32::MIN),
        i64::from(i32::MAX),
        i64::from(u32::MAX),
    ]);
    near.extend([i64::MIN, i64::MAX]);
    if let Some(at) = known.len().checked_sub(1) {
        near.push(known[random.below(at + 1)]);
    }
    let number = near[random.below(near.len())].saturating_add([-2, -1, 0, 1, 2][random.below(5)]);
    match random.below(6) {
        0 => format!("0x{number:X}"),
        1 => format!("0X{:08x}", number & 0xFFFF_FFFF),
        2 => format!("0{number}"),
        3 => format!("{number}.0"),
        _ => number.to_string(),
    }
}

/// The text with one character more, less or in another case, or cut, or twice.
fn altered(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len() + 1);
    match (random.below(6), letters.get(at).copied()) {
        (0, Some(_)) => _ = letters.remove(at),
        (1, _) => letters.truncate(at),
        (2, Some(letter)) if letter.is_lowercase() => letters[at] = letter.to_ascii_uppercase(),
        (2, Some(letter)) => letters[at] = letter.to_ascii_lowercase(),
        (3, _) => letters.extend_from_within(..),
        (4, Some(letter)) => letters.insert(at, letter),
        _ => letters.insert(at, CHARACTERS[random.below(CHARACTERS.len())]),
    }
    letters.into_iter().collect()
}
