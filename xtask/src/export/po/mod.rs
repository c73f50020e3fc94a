//! Exports translation files as gettext catalogues for translators' tools, and imports them again.
//!
//! A stale translation (the vendor has changed its text) is `fuzzy` in the catalogue: it becomes an
//! entry for the most similar new text, with the old one as `#| msgid`, or is obsolete (`#~`)
//! without such a text. A translator resolves it by removing the fuzzy flag. Adding the flag to a
//! good translation marks it as stale: the translation file gets `stale = true`.

mod check;
mod file;
mod import;

pub use check::check;
pub use file::{Entry, Header, Wrong, parse, write};
pub use import::{Outcome, import};

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::Spec;
use errbook_spec::problem::Problems;

use crate::fold::text_key;
use crate::messages::{self, Translations};
use crate::reference::split_reference;
use crate::regen::{Gaps, Taxonomy, TextPlace, VendorText, regen};
use crate::vendor::Vendor;

/// How many places of a text are listed for the translator; some texts occur at dozens of codes,
/// and a few examples are enough to understand the context.
const PLACES: usize = 4;

/// The translations of a vendor into one language: those that exist and those that are missing.
#[derive(Debug)]
pub struct Page {
    /// The existing entries.
    pub translations: Translations,
    /// The regenerated spec of the vendor.
    pub spec: Spec,
    /// Stale and missing translations.
    pub gaps: Gaps,
}

impl Page {
    /// Reads one language of a vendor. A language without a translation file gets an empty one.
    ///
    /// # Errors
    ///
    /// Every problem in the vendor's files.
    ///
    /// # Panics
    ///
    /// Never: a missing translation file is added first.
    pub fn read(
        vendor: &Vendor,
        taxonomy: Option<&Taxonomy>,
        language: &str,
    ) -> Result<Self, Problems> {
        let mut vendor = vendor.clone();
        if !vendor.messages.iter().any(|(other, _)| other == language) {
            let file = vendor.messages_file(language);
            vendor.messages.push((
                language.to_owned(),
                errbook_spec::place::Source::new(&file, "schema = 1\n"),
            ));
        }
        let (_, source) = vendor
            .messages
            .iter()
            .find(|(other, _)| other == language)
            .expect("a missing translation file was added above");
        let translations = messages::parse(source, language)?;
        let made = regen(&vendor, taxonomy)?;
        Ok(Self {
            translations,
            spec: made.spec,
            gaps: made.account.gaps,
        })
    }

    /// How the text of an entry has changed.
    fn change_of(&self, entry: &messages::Text) -> TextChange<'_> {
        if entry.marked && self.contains_text(context_of(entry), &entry.of) {
            return TextChange::Marked;
        }
        let mut stale = self.gaps.stale.iter();
        match stale.find(|stale| stale.place == entry.of.place) {
            None => TextChange::Unchanged,
            Some(stale) => (stale.nearest.as_ref()).map_or(TextChange::Removed, |nearest| {
                TextChange::Reworded(nearest.as_str())
            }),
        }
    }

    /// Whether the vendor wrote a text, for retired codes included: anywhere, or in the set or the
    /// code that `context` names.
    fn contains_text(&self, context: Option<&str>, text: &str) -> bool {
        let Some(scope) = context.map_or(Some(Vec::new()), |context| split_reference(context, 3))
        else {
            return false;
        };
        let wanted = text_key(text);
        self.gaps.strings.iter().any(|string| {
            let place = string.at.scope(&self.spec);
            scope.iter().eq(place.iter().take(scope.len()))
                && string.words.values().any(|words| text_key(words) == wanted)
        })
    }

    /// The vendor's strings without a translation, each once, in the order of the spec.
    #[must_use]
    pub fn untranslated(&self) -> Vec<&VendorText> {
        let mut seen = BTreeSet::new();
        let mut strings = self.untranslated_places();
        strings.retain(|string| string.source().is_some_and(|of| seen.insert(text_key(of))));
        strings
    }

    /// The vendor's strings of which a place has no translation, at each place, in the order of the
    /// spec.
    #[must_use]
    pub fn untranslated_places(&self) -> Vec<&VendorText> {
        let own = self.gaps.untranslated.iter();
        let own = own.filter(|(language, _)| *language == self.translations.language);
        let left: BTreeSet<String> = own
            .flat_map(|(_, texts)| texts.iter().map(|text| text_key(text)))
            .collect();
        let is_left = |string: &&VendorText| {
            let translated = string.at.texts(&self.spec);
            !translated.contains_key(&self.translations.language)
                && string
                    .source()
                    .is_some_and(|of| left.contains(&text_key(of)))
        };
        self.gaps.strings.iter().filter(is_left).collect()
    }

    /// The vendor's strings that have neither a translation nor an entry to fill in. An entry that
    /// is limited to one place does not count: other places need a translation, too.
    #[must_use]
    pub fn missing(&self) -> Vec<&VendorText> {
        let entries = self.translations.entries();
        let entries = entries.filter(|entry| entry.within.is_none());
        let there: BTreeSet<_> = entries.map(|entry| text_key(&entry.of)).collect();
        let mut missing = self.untranslated();
        missing.retain(|string| {
            string
                .source()
                .is_some_and(|of| !there.contains(&text_key(of)))
        });
        missing
    }

    /// The entries that wait for the translation of a text that is no longer in the document.
    pub fn obsolete(&self) -> impl Iterator<Item = &messages::Text> {
        self.translations
            .entries()
            .filter(|entry| self.is_obsolete(entry))
    }

    fn is_obsolete(&self, entry: &messages::Text) -> bool {
        !entry.is_translated() && !self.contains_text(context_of(entry), &entry.of)
    }

    /// The places of each text, by its key.
    #[must_use]
    pub fn places(&self) -> BTreeMap<String, Vec<TextPlace>> {
        let mut places = BTreeMap::<String, Vec<TextPlace>>::new();
        for string in &self.gaps.strings {
            let keys: BTreeSet<_> = string.words.values().map(|words| text_key(words)).collect();
            for key in keys {
                places.entry(key).or_default().push(string.at);
            }
        }
        places
    }
}

fn context_of(entry: &messages::Text) -> Option<&str> {
    entry.within.as_ref().map(|within| within.as_str())
}

/// How the text that an entry translates has changed.
#[derive(Clone, Copy)]
enum TextChange<'a> {
    /// It is still in the document.
    Unchanged,
    /// It is still in the document, but a translator marked the translation as stale.
    Marked,
    /// It is no longer in the document; this new text is similar.
    Reworded(&'a str),
    /// It is no longer in the document, and no new text is similar.
    Removed,
}

/// The text of the catalogue: the entries of the translation file in their order, then missing
/// ones.
#[must_use]
pub fn export(page: &Page) -> String {
    let texts = page.translations.entries();
    let texts = texts.filter(|text| !page.is_obsolete(text));
    let mut entries: Vec<_> = texts.map(|text| file_entry(page, text)).collect();
    let key = |entry: &Entry| (entry.context.clone(), text_key(&entry.id));
    let translated = entries.iter().filter(|entry| !entry.text.is_empty());
    let reworded: BTreeSet<_> = translated.map(key).collect();
    // A stale translation becomes that of an empty entry for the new text.
    entries.retain(|entry| !entry.text.is_empty() || !reworded.contains(&key(entry)));
    let live = entries.iter().filter(|entry| !entry.obsolete);
    let there: BTreeSet<_> = live.map(key).collect();
    for string in page.missing() {
        let entry = Entry {
            id: string.source().cloned().unwrap_or_default(),
            ..Entry::default()
        };
        if !there.contains(&key(&entry)) {
            entries.push(entry);
        }
    }
    // Obsolete entries come last, as gettext tools write them.
    entries.sort_by_key(|entry| entry.obsolete);
    let places = page.places();
    for entry in &mut entries {
        let places = places.get(&text_key(&entry.id));
        entry.comments = places.map_or_else(Vec::new, |places| labels(places, &page.spec));
    }
    write(&header(page), &entries)
}

fn file_entry(page: &Page, text: &messages::Text) -> Entry {
    let is_translated = text.is_translated();
    let whole = Entry {
        context: context_of(text).map(str::to_owned),
        id: text.of.value.clone(),
        text: text.is.value.clone(),
        ..Entry::default()
    };
    match page.change_of(text) {
        TextChange::Marked if is_translated => Entry {
            fuzzy: true,
            ..whole
        },
        TextChange::Unchanged | TextChange::Marked => whole,
        TextChange::Removed => Entry {
            obsolete: true,
            ..whole
        },
        TextChange::Reworded(nearest) => Entry {
            fuzzy: true,
            previous: Some(whole.id),
            id: nearest.to_owned(),
            ..whole
        },
    }
}

fn header(page: &Page) -> Vec<(&'static str, String)> {
    vec![
        (
            "Project-Id-Version",
            format!("errbook {}", page.spec.vendor.value),
        ),
        ("Language", page.translations.language.replace('-', "_")),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Errbook-Vendor", page.spec.vendor.value.clone()),
        ("X-Errbook-Language", page.translations.language.clone()),
    ]
}

/// Where a text occurs: the first few places, and how many more there are.
fn labels(places: &[TextPlace], spec: &Spec) -> Vec<String> {
    let shown = places.iter().take(PLACES);
    let mut labels: Vec<_> = shown.map(|place| place.label(spec)).collect();
    if places.len() > PLACES {
        labels.push(format!("and {} more", places.len() - PLACES));
    }
    labels
}
