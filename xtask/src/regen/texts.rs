//! The vendor's texts in each language that has a dictionary: its own, put right, or the dictionary's.

use errbook_spec::Texts;
use errbook_spec::place::{At, Place};
use errbook_spec::{Spec, Status};

use crate::messages::Dictionary;
use crate::regen::facts::keep_said;

/// What of the dictionaries does not hold, and what has no translation.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    /// Entries whose text the vendor says nowhere any more, or that are marked.
    pub stale: Vec<Stale>,
    /// For each language, the texts that nobody has translated.
    pub untranslated: Vec<(String, Vec<At<String>>)>,
}

/// A translation of a text that is no longer there.
#[derive(Debug, Clone)]
pub struct Stale {
    /// Where the entry stands.
    pub place: Place,
    /// The text that it translates.
    pub of: String,
    /// The set or code that it holds for only.
    pub within: Option<String>,
    /// A translator marked it as stale; the vendor may well say its text.
    pub marked: bool,
    /// The untranslated text that it may have become.
    pub nearest: Option<At<String>>,
}

/// Translates every text of a spec, and says which translations are left over.
pub(super) fn translate(spec: &mut Spec, dictionaries: Vec<Dictionary>) -> Gaps {
    let pages = dictionaries.into_iter().map(|dictionary| Page {
        dictionary,
        untranslated: Vec::new(),
    });
    let mut translator = Translator(pages.collect());
    translator.spec(spec);
    let mut gaps = Gaps::default();
    for Page {
        dictionary,
        mut untranslated,
    } in translator.0
    {
        untranslated.sort_by(|a, b| (&a.value, &a.place).cmp(&(&b.value, &b.place)));
        untranslated.dedup();
        untranslated.sort_by(|a, b| a.place.cmp(&b.place));
        let stale = dictionary.stale().map(|entry| Stale {
            place: entry.of.place.clone(),
            of: entry.of.value.clone(),
            within: entry.within.as_ref().map(|within| within.value.clone()),
            marked: entry.marked,
            nearest: nearest(&entry.of, &untranslated),
        });
        gaps.stale.extend(stale);
        gaps.untranslated.push((dictionary.language, untranslated));
    }
    gaps
}

/// One language's dictionary, and what was not found in it.
struct Page {
    dictionary: Dictionary,
    untranslated: Vec<At<String>>,
}

struct Translator(Vec<Page>);

impl Translator {
    fn spec(&mut self, spec: &mut Spec) {
        let document = spec.locale.value.clone();
        self.texts(&mut spec.title, &document, &[], Status::Active);
        for set in &mut spec.sets {
            let name = set.name.value.clone();
            self.texts(&mut set.title, &document, &[&name], set.status);
            for section in &mut set.sections {
                // The document gives a heading in one language: one in more was kept for the sake of retired codes.
                let status = if section.title.len() > 1 {
                    Status::Retired
                } else {
                    Status::Active
                };
                self.texts(&mut section.title, &document, &[&name], status);
            }
            for code in &mut set.codes {
                let locale = code
                    .locale
                    .as_ref()
                    .map_or(&document, |locale| &locale.value)
                    .clone();
                let (number, symbol) = (
                    code.code.value.clone(),
                    code.symbol.as_ref().map(|at| at.value.clone()),
                );
                let place: Vec<_> = [name.as_str(), &number]
                    .into_iter()
                    .chain(symbol.as_deref())
                    .collect();
                let vendors = code.message.clone();
                self.texts(&mut code.message, &locale, &place, code.status);
                // What was kept of a retired code is not the vendor's any more.
                if code.status == Status::Active {
                    for (tag, words) in vendors.iter() {
                        keep_said(code, tag, words);
                    }
                }
                self.texts(&mut code.remedy, &locale, &place, code.status);
            }
        }
    }

    /// `locale` is the language in which the vendor says it.
    fn texts(&mut self, texts: &mut Texts, locale: &str, place: &[&str], status: Status) {
        // Every language starts from what the vendor says, and none from another's correction of it.
        let vendor = texts.clone();
        for page in &mut self.0 {
            let translation = match status {
                Status::Active => page.translation(&vendor, locale, place),
                Status::Retired => page.kept(&vendor, locale, place),
            };
            if let Some(translation) = translation {
                texts.insert(page.dictionary.language.clone(), translation);
            }
        }
    }
}

impl Page {
    /// The vendor's own text in this language, put right; else the translation of what it says.
    fn translation(&mut self, vendor: &Texts, locale: &str, place: &[&str]) -> Option<At<String>> {
        if let Some(own) = vendor.get(&self.dictionary.language) {
            return self.dictionary.translation(own, place);
        }
        let source = vendor.get(locale)?;
        let translation = self.dictionary.translation(source, place);
        if translation.is_none() {
            self.untranslated.push(source.clone());
        }
        translation
    }

    /// A newer translation of a retired code's text. What it has stays, and the entry that gave it is not stale.
    fn kept(&mut self, last: &Texts, locale: &str, place: &[&str]) -> Option<At<String>> {
        if let Some(own) = last.get(&self.dictionary.language) {
            self.dictionary.keep(own);
        }
        self.dictionary.translation(last.get(locale)?, place)
    }
}

/// The text that shares most with another, if they share enough to be the same one, changed.
fn nearest(text: &str, others: &[At<String>]) -> Option<At<String>> {
    let likeness = |other: &At<String>| strsim::normalized_levenshtein(text, other);
    let best = others
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= 0.4).then(|| best.clone())
}
