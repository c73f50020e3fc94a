//! Traditional characters, as Taiwan, Hong Kong and Macao write them, and the simplified ones.

/// The simplified form of a character.
pub(super) fn simplified(c: char) -> char {
    let place = (c as usize).wrapping_sub(FIRST);
    let known = KNOWN.get(place / 64).copied().unwrap_or(0);
    if known >> (place % 64) & 1 == 0 {
        return c;
    }
    PAIRS
        .binary_search_by_key(&c, |&(traditional, _)| traditional)
        .map_or(c, |place| PAIRS[place].1)
}

/// The first and the last ideograph.
const FIRST: usize = 0x4E00;
const LAST: usize = 0x9FFF;

/// Which ideographs are in `PAIRS`, as bits.
const KNOWN: [u64; (LAST - FIRST) / 64 + 1] = {
    let mut known = [0; (LAST - FIRST) / 64 + 1];
    let mut at = 0;
    while at < PAIRS.len() {
        let place = PAIRS[at].0 as usize - FIRST;
        known[place / 64] |= 1 << (place % 64);
        at += 1;
    }
    known
};

/// Sorted by the traditional character; those that words about errors have, and common ones.
const PAIRS: &[(char, char)] = include!("traditional.in");

#[cfg(test)]
mod tests {
    use super::{PAIRS, simplified};

    #[test]
    fn traditional_characters_have_a_simplified_form() {
        let simple: String = "錯誤碼".chars().map(simplified).collect();
        assert_eq!(simple, "错误码");
        assert_eq!(simplified('因'), '因');
        assert!(PAIRS.is_sorted_by_key(|&(traditional, _)| traditional));
        // No form is folded twice.
        assert!(
            PAIRS
                .iter()
                .all(|&(_, simple)| simplified(simple) == simple)
        );
        // A folded text stays as long as it is.
        assert!(
            PAIRS
                .iter()
                .all(|(one, other)| one.len_utf8() == other.len_utf8())
        );
    }
}
