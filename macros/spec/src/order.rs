//! One map from strings to positions and one sort, shared by all types.
//!
//! Every crate that uses a macro compiles this crate. Maps and sorts that are instantiated for each
//! type would be most of its code.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The first position of each string.
///
/// ```
/// use errbook_spec::order::Firsts;
///
/// let mut firsts = Firsts::of(&["tea", "milk"]);
/// assert_eq!((firsts.before("milk", 2), firsts.before("salt", 3)), (Some(1), None));
/// assert!(firsts.has("salt") && !firsts.has("pepper"));
/// ```
#[derive(Debug, Default)]
pub struct Firsts<'a>(HashMap<&'a str, usize>);

impl<'a> Firsts<'a> {
    /// An empty map with capacity for `texts` strings.
    #[must_use]
    pub fn with_capacity(texts: usize) -> Self {
        Self(HashMap::with_capacity(texts))
    }

    /// Records a string with its position. If it was recorded before, returns its first position.
    pub fn before(&mut self, text: &'a str, position: usize) -> Option<usize> {
        match self.0.entry(text) {
            Entry::Occupied(before) => Some(*before.get()),
            Entry::Vacant(new) => {
                new.insert(position);
                None
            }
        }
    }

    /// Records each string with its index.
    #[must_use]
    pub fn of(texts: &[&'a str]) -> Self {
        let mut firsts = Self::with_capacity(texts.len());
        for (position, text) in texts.iter().enumerate() {
            firsts.before(text, position);
        }
        firsts
    }

    /// Whether a string was recorded.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.0.contains_key(text)
    }
}

/// The positions from 0 to `len`, sorted by `compare`. The sort is stable.
///
/// ```
/// use errbook_spec::order::order;
///
/// let codes = [7, 2001, 7, 5];
/// assert_eq!(order(codes.len(), &|left, right| codes[left].cmp(&codes[right])), [3, 0, 2, 1]);
/// ```
#[must_use]
pub fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|&left, &right| compare(left, right));
    order
}

/// Inserts a string into a sorted list, unless the list contains it.
///
/// ```
/// use errbook_spec::order::insert;
///
/// let mut texts = vec!["a", "c"];
/// insert(&mut texts, "b");
/// insert(&mut texts, "c");
/// assert_eq!(texts, ["a", "b", "c"]);
/// ```
pub fn insert<'a>(texts: &mut Vec<&'a str>, text: &'a str) {
    if let Err(at) = texts.binary_search(&text) {
        texts.insert(at, text);
    }
}
