//! Translates the strings of a spec into each language that has a translation file, and lists stale
//! and missing translations. A translation file of the vendor's own language corrects its strings.

use errbook_spec::place::{At, Place};
use errbook_spec::{Spec, Status, Texts};

use crate::messages::Translations;

/// The stale entries of the translation files, and the strings without a translation.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    /// Entries whose source string is no longer in the document, or that are marked as stale.
    pub stale: Vec<Stale>,
    /// For each language, the strings without a translation.
    pub untranslated: Vec<(String, Vec<At<String>>)>,
}

/// A translation that may no longer be correct.
#[derive(Debug, Clone)]
pub struct Stale {
    /// The position of the entry.
    pub place: Place,
    /// The string that it translates.
    pub of: String,
    /// The set or code that the entry is limited to.
    pub within: Option<String>,
    /// Whether a translator marked the entry as stale; its source string may still be in the
    /// document.
    pub marked: bool,
    /// The untranslated string that its source string may have changed to.
    pub nearest: Option<At<String>>,
}

/// Translates every string of a spec.
pub(super) fn translate(spec: &mut Spec, all_translations: Vec<Translations>) -> Gaps {
    let pages = all_translations.into_iter().map(|translations| Page {
        translations,
        untranslated: Vec::new(),
    });
    let mut translator = Translator(pages.collect());
    translator.translate_spec(spec);
    let mut gaps = Gaps::default();
    for Page {
        translations,
        mut untranslated,
    } in translator.0
    {
        untranslated.sort_by(|a, b| (&a.value, &a.place).cmp(&(&b.value, &b.place)));
        untranslated.dedup();
        untranslated.sort_by(|a, b| a.place.cmp(&b.place));
        let stale = translations.stale_entries().map(|entry| Stale {
            place: entry.of.place.clone(),
            of: entry.of.value.clone(),
            within: entry.within.as_ref().map(|within| within.value.clone()),
            marked: entry.marked,
            nearest: similar_text(&entry.of, &untranslated),
        });
        gaps.stale.extend(stale);
        gaps.untranslated
            .push((translations.language, untranslated));
    }
    gaps
}

/// The translation file of one language, and the strings that are missing in it.
struct Page {
    translations: Translations,
    untranslated: Vec<At<String>>,
}

struct Translator(Vec<Page>);

impl Translator {
    fn translate_spec(&mut self, spec: &mut Spec) {
        let document = spec.locale.value.clone();
        self.translate_texts(&mut spec.title, &document, &[], Status::Active);
        for set in &mut spec.sets {
            let name = set.name.value.clone();
            self.translate_texts(&mut set.title, &document, &[&name], set.status);
            for section in &mut set.sections {
                // The document has each heading in one language. A title in several languages comes
                // from the previous spec, for retired codes.
                let status = if section.title.len() > 1 {
                    Status::Retired
                } else {
                    Status::Active
                };
                self.translate_texts(&mut section.title, &document, &[&name], status);
            }
            for code in &mut set.codes {
                let locale = code
                    .locale
                    .as_ref()
                    .map_or(&document, |locale| &locale.value)
                    .clone();
                let number = code.code.value.clone();
                let symbol = code.symbol.as_ref().map(|at| at.value.clone());
                let place: Vec<_> = [name.as_str(), &number]
                    .into_iter()
                    .chain(symbol.as_deref())
                    .collect();
                let vendors = code.message.clone();
                self.translate_texts(&mut code.message, &locale, &place, code.status);
                // The message of a retired code may already be a corrected one.
                if code.status == Status::Active {
                    for (tag, words) in vendors.iter() {
                        code.keep_said(tag, words);
                    }
                }
                self.translate_texts(&mut code.remedy, &locale, &place, code.status);
            }
        }
    }

    /// Translates one string. `locale` is the language in which the vendor wrote it.
    fn translate_texts(&mut self, texts: &mut Texts, locale: &str, place: &[&str], status: Status) {
        // Each language starts from the vendor's string, not from a correction by another
        // translation file.
        let vendor = texts.clone();
        for page in &mut self.0 {
            let translation = match status {
                Status::Active => page.translate_active(&vendor, locale, place),
                Status::Retired => page.translate_retired(&vendor, locale, place),
            };
            if let Some(translation) = translation {
                texts.insert(page.translations.language.clone(), translation);
            }
        }
    }
}

impl Page {
    /// The correction of the vendor's own string in this language, or else the translation of the
    /// vendor's string.
    fn translate_active(
        &mut self,
        vendor: &Texts,
        locale: &str,
        place: &[&str],
    ) -> Option<At<String>> {
        if let Some(own) = vendor.get(&self.translations.language) {
            return self.translations.translate(own, place);
        }
        let source = vendor.get(locale)?;
        let translation = self.translations.translate(source, place);
        if translation.is_none() {
            self.untranslated.push(source.clone());
        }
        translation
    }

    /// A newer translation for a retired code, if there is one. Its present translation stays
    /// otherwise, and the entry that it came from is not stale.
    fn translate_retired(
        &mut self,
        last: &Texts,
        locale: &str,
        place: &[&str],
    ) -> Option<At<String>> {
        if let Some(own) = last.get(&self.translations.language) {
            self.translations.keep_translation(own);
        }
        self.translations.translate(last.get(locale)?, place)
    }
}

/// How similar two strings must be (0 to 1) for one to be suggested as the new version of the
/// other. Vendors often reword half of a short message; below this, unrelated messages of one
/// document match.
const MIN_SIMILARITY: f64 = 0.4;

/// The most similar string, if it is similar enough to be a new version of `text`.
fn similar_text(text: &str, others: &[At<String>]) -> Option<At<String>> {
    let similarity = |other: &At<String>| strsim::normalized_levenshtein(text, other);
    let best = others
        .iter()
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))?;
    (similarity(best) >= MIN_SIMILARITY).then(|| best.clone())
}
