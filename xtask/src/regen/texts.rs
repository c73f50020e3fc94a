//! Translates the strings of a spec into each language that has a translation file, and lists stale
//! and missing translations. A translation file of the vendor's own language corrects its strings.

use errbook_spec::place::{At, Place};
use errbook_spec::{Code, Spec, Status, Texts};

use crate::messages::{Text, Translations};
use crate::reference::{code_key, quote_part};

/// The vendor's strings, the stale entries of the translation files, and the strings without a
/// translation.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    /// Every string of the spec as the vendor wrote it, in the order of the spec.
    pub strings: Vec<VendorText>,
    /// Entries whose source string is no longer in the document, or that are marked as stale.
    pub stale: Vec<Stale>,
    /// For each language, the strings without a translation.
    pub untranslated: Vec<(String, Vec<At<String>>)>,
}

/// A string as the vendor wrote it: translation files contain these words, and the spec may have
/// corrected ones.
#[derive(Debug, Clone)]
pub struct VendorText {
    /// Where it is in the spec.
    pub at: TextPlace,
    /// The language in which the vendor wrote it.
    pub locale: String,
    /// Its words in each language of the document. A retired string is no longer in the document,
    /// and has the words of the previous spec, with translations.
    pub words: Texts,
}

/// Where a string is in a spec: what it describes, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPlace {
    /// The title of the vendor.
    Title,
    /// The title of a set.
    Set(usize),
    /// The title of a section of a set.
    Section(usize, usize),
    /// The message of a code of a set.
    Message(usize, usize),
    /// The remedy of a code of a set.
    Remedy(usize, usize),
}

impl TextPlace {
    /// The string as it is in the spec: corrected and translated.
    #[must_use]
    pub fn texts(self, spec: &Spec) -> &Texts {
        match self {
            Self::Title => &spec.title,
            Self::Set(set) => &spec.sets[set].title,
            Self::Section(set, section) => &spec.sets[set].sections[section].title,
            Self::Message(set, code) => &spec.sets[set].codes[code].message,
            Self::Remedy(set, code) => &spec.sets[set].codes[code].remedy,
        }
    }

    /// What an entry of a translation file can be limited to: the set, the code and its symbol.
    #[must_use]
    pub fn scope(self, spec: &Spec) -> Vec<&str> {
        match self {
            Self::Title => Vec::new(),
            Self::Set(set) | Self::Section(set, _) => vec![&spec.sets[set].name],
            Self::Message(set, code) | Self::Remedy(set, code) => {
                let set = &spec.sets[set];
                let code = &set.codes[code];
                let symbol = code.symbol.as_ref().map(|symbol| symbol.as_str());
                let parts = [set.name.as_str(), &code.code].into_iter();
                parts.chain(symbol).collect()
            }
        }
    }

    /// What an entry of a translation file is limited to that is only for this place; empty for the
    /// title of the vendor.
    #[must_use]
    pub fn reference(self, spec: &Spec) -> String {
        match self {
            Self::Title => String::new(),
            Self::Set(set) | Self::Section(set, _) => quote_part(&spec.sets[set].name),
            Self::Message(set, code) | Self::Remedy(set, code) => {
                let set = &spec.sets[set];
                let key = code_key(&set.codes[code], set.identity).reference();
                format!("{}.{key}", quote_part(&set.name))
            }
        }
    }

    /// The same with what the string is, in a word: `FaceCode.7 remedy`.
    #[must_use]
    pub fn short_label(self, spec: &Spec) -> String {
        let place = self.reference(spec);
        match self {
            Self::Title => "title".to_owned(),
            Self::Set(set) => spec.sets[set].name.value.clone(),
            Self::Section(set, section) => {
                let set = &spec.sets[set];
                format!("{} {}", *set.name, *set.sections[section].id)
            }
            Self::Message(..) => place,
            Self::Remedy(..) => place + " remedy",
        }
    }

    /// What the string describes, for a translator.
    #[must_use]
    pub fn label(self, spec: &Spec) -> String {
        let of_code = |set: usize, code: usize, what: &str| {
            let variant = &spec.sets[set].codes[code].variant;
            format!("{}: {what} of {}", self.reference(spec), **variant)
        };
        match self {
            Self::Title => "the title of the document".to_owned(),
            Self::Set(set) => format!("{}: the title of the set", *spec.sets[set].name),
            Self::Section(set, section) => {
                let set = &spec.sets[set];
                format!("{}: section {}", *set.name, *set.sections[section].id)
            }
            Self::Message(set, code) => of_code(set, code, "message"),
            Self::Remedy(set, code) => of_code(set, code, "remedy"),
        }
    }
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
    let mut translator = Translator {
        pages: pages.collect(),
        strings: Vec::new(),
    };
    translator.translate_spec(spec);
    let mut gaps = Gaps {
        strings: translator.strings,
        ..Gaps::default()
    };
    for Page {
        translations,
        mut untranslated,
    } in translator.pages
    {
        untranslated.sort_by(|a, b| (&a.value, &a.place).cmp(&(&b.value, &b.place)));
        untranslated.dedup();
        untranslated.sort_by(|a, b| a.place.cmp(&b.place));
        let stale: Vec<_> = translations.stale_entries().collect();
        let nearest = similar_texts(&stale, &untranslated);
        let stale = stale.iter().zip(nearest).map(|(entry, nearest)| Stale {
            place: entry.of.place.clone(),
            of: entry.of.value.clone(),
            within: entry.within.as_ref().map(|within| within.value.clone()),
            marked: entry.marked,
            nearest,
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

struct Translator {
    pages: Vec<Page>,
    strings: Vec<VendorText>,
}

impl Translator {
    fn translate_spec(&mut self, spec: &mut Spec) {
        let document = spec.locale.value.clone();
        let title = VendorText::new(TextPlace::Title, &document, &spec.title);
        self.translate_texts(&mut spec.title, title, &[], Status::Active);
        for (number, set) in spec.sets.iter_mut().enumerate() {
            let name = set.name.value.clone();
            let title = VendorText::new(TextPlace::Set(number), &document, &set.title);
            self.translate_texts(&mut set.title, title, &[&name], set.status);
            for (at, section) in set.sections.iter_mut().enumerate() {
                // The document has each heading in one language. A title in several languages comes
                // from the previous spec, for retired codes.
                let status = if section.title.len() > 1 {
                    Status::Retired
                } else {
                    Status::Active
                };
                let title =
                    VendorText::new(TextPlace::Section(number, at), &document, &section.title);
                self.translate_texts(&mut section.title, title, &[&name], status);
            }
            for (at, code) in set.codes.iter_mut().enumerate() {
                let locale = code
                    .locale
                    .as_ref()
                    .map_or(&document, |locale| &locale.value)
                    .clone();
                let place = [name.as_str(), &code.code].into_iter();
                let symbol = code.symbol.as_ref().map(|symbol| symbol.as_str());
                let place: Vec<_> = place.chain(symbol).map(str::to_owned).collect();
                let place: Vec<_> = place.iter().map(String::as_str).collect();
                let vendors = code.message.clone();
                let words = match code.status {
                    Status::Active => vendors.clone(),
                    // It may have been corrected before.
                    Status::Retired => vendors_words(code),
                };
                let message = VendorText::new(TextPlace::Message(number, at), &locale, &words);
                self.translate_texts(&mut code.message, message, &place, code.status);
                // The message of a retired code may already be a corrected one.
                if code.status == Status::Active {
                    for (tag, words) in vendors.iter() {
                        code.keep_said(tag, words);
                    }
                }
                let remedy = VendorText::new(TextPlace::Remedy(number, at), &locale, &code.remedy);
                self.translate_texts(&mut code.remedy, remedy, &place, code.status);
            }
        }
    }

    /// Translates one string.
    fn translate_texts(
        &mut self,
        texts: &mut Texts,
        vendor: VendorText,
        place: &[&str],
        status: Status,
    ) {
        // Each language starts from the vendor's string, not from a correction by another
        // translation file.
        let before = texts.clone();
        for page in &mut self.pages {
            let translation = match status {
                Status::Active => page.translate_active(&vendor, place),
                Status::Retired => page.translate_retired(&vendor, &before, place),
            };
            if let Some(translation) = translation {
                texts.insert(page.translations.language.clone(), translation);
            }
        }
        self.strings.push(vendor);
    }
}

/// The message of a code as the vendor wrote it, and the translations of the registry.
fn vendors_words(code: &Code) -> Texts {
    let mut message = code.message.clone();
    for (locale, words) in code.said.iter() {
        message.insert(locale.clone(), words.clone());
    }
    message
}

impl VendorText {
    /// What a translator reads: the words in the language in which the vendor wrote them.
    #[must_use]
    pub fn source(&self) -> Option<&String> {
        Some(&self.words.get(&self.locale)?.value)
    }

    fn new(at: TextPlace, locale: &str, words: &Texts) -> Self {
        Self {
            at,
            locale: locale.to_owned(),
            words: words.clone(),
        }
    }
}

impl Page {
    /// The correction of the vendor's own string in this language, or else the translation of the
    /// vendor's string.
    fn translate_active(&mut self, vendor: &VendorText, place: &[&str]) -> Option<At<String>> {
        if let Some(own) = vendor.words.get(&self.translations.language) {
            return self.translations.translate(own, place);
        }
        let source = vendor.words.get(&vendor.locale)?;
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
        vendor: &VendorText,
        last: &Texts,
        place: &[&str],
    ) -> Option<At<String>> {
        if let Some(own) = last.get(&self.translations.language) {
            self.translations.keep_translation(own);
        }
        let source = vendor.words.get(&vendor.locale)?;
        self.translations.translate(source, place)
    }
}

/// How similar two strings must be (0 to 1) for one to be suggested as the new version of the
/// other. Vendors often reword half of a short message; below this, unrelated messages of one
/// document match.
const MIN_SIMILARITY: f64 = 0.4;

/// The similarity and the position of the string that is most similar to another, if it may be
/// another version of it.
pub(crate) fn most_similar<'t>(
    text: &str,
    others: impl Iterator<Item = &'t str>,
) -> Option<(f64, usize)> {
    let similar = others.map(|other| strsim::normalized_levenshtein(text, other));
    let nearest = similar.zip(0..).max_by(|(a, _), (b, _)| a.total_cmp(b));
    nearest.filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
}

/// For each stale entry the most similar string, if it is similar enough to be a new version of its
/// own. A string is proposed for one entry of a scope, the most similar: two would be the same
/// entry.
fn similar_texts(stale: &[&Text], untranslated: &[At<String>]) -> Vec<Option<At<String>>> {
    let mut best: Vec<Option<(f64, usize)>> = Vec::new();
    for entry in stale {
        let others = untranslated.iter().map(|text| text.as_str());
        best.push(most_similar(&entry.of, others));
    }
    let scope = |entry: usize| stale[entry].within.as_ref().map(|within| &within.value);
    let is_taken = |entry: usize, (similarity, text): (f64, usize)| {
        best.iter().enumerate().any(|(other, nearest)| {
            nearest.is_some_and(|(others, nearest)| {
                nearest == text
                    && scope(other) == scope(entry)
                    && (others > similarity || (others >= similarity && other < entry))
            })
        })
    };
    let proposed = best.iter().enumerate().map(|(entry, nearest)| {
        let nearest = nearest.filter(|nearest| !is_taken(entry, *nearest));
        nearest.map(|(_, text)| untranslated[text].clone())
    });
    proposed.collect()
}
