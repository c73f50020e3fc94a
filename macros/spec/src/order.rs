//! Finds texts again and puts things in order, each in one way for all types: this is compiled with every macro that is
//! built, and a map or a sort of its own for each type would be most of it.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Where each of some texts came first.
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
    /// Room for so many.
    #[must_use]
    pub fn with_capacity(texts: usize) -> Self {
        Self(HashMap::with_capacity(texts))
    }

    /// Takes a text down with its position, or says at which position it came before.
    pub fn before(&mut self, text: &'a str, position: usize) -> Option<usize> {
        match self.0.entry(text) {
            Entry::Occupied(before) => Some(*before.get()),
            Entry::Vacant(new) => {
                new.insert(position);
                None
            }
        }
    }

    /// All of some texts.
    #[must_use]
    pub fn of(texts: &[&'a str]) -> Self {
        let mut firsts = Self::with_capacity(texts.len());
        for (position, text) in texts.iter().enumerate() {
            firsts.before(text, position);
        }
        firsts
    }

    /// Whether a text was taken down.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.0.contains_key(text)
    }
}

/// The positions of so many things in the order that `compare` says; those that are equal stay as they are.
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

/// Puts a text into a list that is in order, unless it is there.
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
