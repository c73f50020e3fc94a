//! From an `Accept-Language` header to the best available language.

use crate::locale::Locale;

impl Locale {
    /// The language to respond in, out of `available`, for an `Accept-Language` header.
    ///
    /// The languages of the header are tried from the highest quality to the lowest; for each of
    /// them [`best_of`](Self::best_of) decides. `None` if none of them is available.
    ///
    /// ```
    /// use errbook::Locale;
    ///
    /// let answers = [Locale::ZH_CN, Locale::EN];
    /// assert_eq!(Locale::accepted("de, en-GB;q=0.8, zh;q=0.5", &answers), Some(Locale::EN));
    /// assert_eq!(Locale::accepted("zh-Hant-TW", &answers), Some(Locale::ZH_CN));
    /// assert_eq!(Locale::accepted("de", &answers), None);
    /// ```
    #[must_use]
    pub fn accepted(header: &str, available: &[Self]) -> Option<Self> {
        let mut wanted = accept_language::parse_with_quality(header);
        // A quality of 0 excludes a language. The sort is stable: among equals the first one wins.
        wanted.retain(|(_, quality)| *quality > 0.0);
        wanted.sort_by(|(_, left), (_, right)| right.total_cmp(left));
        let any = |tag: &str| (tag == "*").then_some(0).filter(|_| !available.is_empty());
        let served = |tag: &str| {
            Self::parse(tag)
                .ok()
                .and_then(|locale| locale.best_of(available))
                .or_else(|| any(tag))
        };
        wanted
            .iter()
            .find_map(|(tag, _)| served(tag))
            .map(|position| available[position])
    }
}
