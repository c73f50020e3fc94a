//! Strings by language, as a sorted list: with a handful of languages it is smaller than a map, and
//! compiles faster.

use crate::place::At;

/// Strings by language tag, sorted by tag.
///
/// ```
/// use errbook_spec::Texts;
///
/// let mut texts = Texts::from([
///     ("zh-CN".to_owned(), "超时".into()),
///     ("en".to_owned(), "Time out".into()),
/// ]);
/// texts.insert("en".to_owned(), "Timeout".into());
/// assert_eq!(texts.keys().collect::<Vec<_>>(), ["en", "zh-CN"]);
/// assert_eq!(texts["en"].value, "Timeout");
/// assert!(texts.get("ja").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, At<String>)>);

impl Texts {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn position(&self, tag: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(tag))
    }

    /// The string in a language.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&At<String>> {
        self.position(tag).ok().map(|at| &self.0[at].1)
    }

    /// Whether there is a string in a language.
    #[must_use]
    pub fn contains_key(&self, tag: &str) -> bool {
        self.position(tag).is_ok()
    }

    /// Inserts a string, or replaces the one in its language.
    pub fn insert(&mut self, tag: String, text: At<String>) {
        match self.position(&tag) {
            Ok(at) => self.0[at].1 = text,
            Err(at) => self.0.insert(at, (tag, text)),
        }
    }

    /// Removes and returns the string in a language.
    pub fn remove(&mut self, tag: &str) -> Option<At<String>> {
        self.position(tag).ok().map(|at| self.0.remove(at).1)
    }

    /// The number of languages.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no strings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The strings with their tags.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &At<String>)> {
        self.0.iter().map(|(tag, text)| (tag, text))
    }

    /// The tags.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(tag, _)| tag)
    }

    /// The strings.
    pub fn values(&self) -> impl Iterator<Item = &At<String>> {
        self.0.iter().map(|(_, text)| text)
    }

    /// The strings, mutably.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut At<String>> {
        self.0.iter_mut().map(|(_, text)| text)
    }
}

impl std::ops::Index<&str> for Texts {
    type Output = At<String>;

    /// The string in a language that must have one.
    fn index(&self, tag: &str) -> &At<String> {
        self.get(tag).expect("a string in this language")
    }
}

impl Extend<(String, At<String>)> for Texts {
    fn extend<I: IntoIterator<Item = (String, At<String>)>>(&mut self, texts: I) {
        texts
            .into_iter()
            .for_each(|(tag, text)| self.insert(tag, text));
    }
}

impl FromIterator<(String, At<String>)> for Texts {
    fn from_iter<I: IntoIterator<Item = (String, At<String>)>>(texts: I) -> Self {
        let mut all = Self::new();
        all.extend(texts);
        all
    }
}

impl<const N: usize> From<[(String, At<String>); N]> for Texts {
    fn from(texts: [(String, At<String>); N]) -> Self {
        texts.into_iter().collect()
    }
}

impl IntoIterator for Texts {
    type Item = (String, At<String>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use crate::place::At;
    use crate::texts::Texts;

    fn text(value: &str) -> At<String> {
        value.into()
    }

    fn pairs(texts: &Texts) -> Vec<(&str, &str)> {
        let texts = texts.iter();
        texts
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
            .collect()
    }

    #[test]
    fn there_is_one_string_for_each_language_sorted_by_tag() {
        let mut texts = Texts::from([
            ("zh".to_owned(), text("一")),
            ("de".to_owned(), text("eins")),
            ("fr".to_owned(), text("un")),
        ]);
        texts.insert("en".to_owned(), text("one"));
        texts.insert("de".to_owned(), text("Eins"));
        assert_eq!(
            pairs(&texts),
            [("de", "Eins"), ("en", "one"), ("fr", "un"), ("zh", "一")]
        );
        assert_eq!(texts.len(), 4);
        assert!(!texts.is_empty() && Texts::new().is_empty());
        assert!(texts.contains_key("fr") && !texts.contains_key("ja"));
        assert_eq!(texts["fr"].value, "un");
        assert_eq!(texts.get("ja"), None);
        for text in texts.values_mut() {
            text.value.push('.');
        }
        assert_eq!(texts.remove("fr"), Some(text("un.")));
        assert_eq!(texts.remove("fr"), None);
        assert_eq!(
            pairs(&texts),
            [("de", "Eins."), ("en", "one."), ("zh", "一.")]
        );
        let taken: Vec<(String, At<String>)> = texts.into_iter().collect();
        assert_eq!(taken[1], ("en".to_owned(), text("one.")));
    }
}
