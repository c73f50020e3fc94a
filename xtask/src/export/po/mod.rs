//! Exports translation files as gettext catalogues for translators' tools, and imports them again.
//!
//! A stale translation (the vendor has changed its text) is `fuzzy` in the catalogue: it becomes an
//! entry for the most similar new text, with the old one as `#| msgid`, or is obsolete (`#~`)
//! without such a text. A translator resolves it by removing the fuzzy flag. Adding the flag to a
//! good translation marks it as stale: the translation file gets `stale = true`.

mod check;
mod file;
mod import;
pub mod kinds;
#[cfg(test)]
mod tests;

pub use check::{check, warnings};
pub use file::{Entry, Header, Wrong, parse, write};
pub use import::{Outcome, import};

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::problem::Problems;
use errbook_spec::template::holes;
use errbook_spec::{Retry, Spec, word};

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
    /// The vendor's strings by the key of their words: the position in `gaps.strings`, and the
    /// words.
    by_key: BTreeMap<String, Vec<(usize, String)>>,
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
        let gaps = made.account.gaps;
        let mut by_key = BTreeMap::<_, Vec<_>>::new();
        for (at, string) in gaps.strings.iter().enumerate() {
            for words in string.words.values() {
                let places = by_key.entry(text_key(words)).or_default();
                places.push((at, words.value.clone()));
            }
        }
        Ok(Self {
            translations,
            spec: made.spec,
            gaps,
            by_key,
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
        !self.wordings(context, text).is_empty()
    }

    /// The places of a text, anywhere or in the set or the code that `context` names: positions in
    /// `gaps.strings`, each with the vendor's words, which may differ in whitespace and width.
    fn places_in(&self, context: Option<&str>, text: &str) -> Vec<(usize, &str)> {
        let Some(scope) = context.map_or(Some(Vec::new()), |context| split_reference(context, 3))
        else {
            return Vec::new();
        };
        let of_text = self.by_key.get(&text_key(text)).into_iter().flatten();
        let places = of_text.map(|(at, words)| (*at, words.as_str()));
        places
            .filter(|(at, _)| {
                let place = self.gaps.strings[*at].at.scope(&self.spec);
                scope.iter().eq(place.iter().take(scope.len()))
            })
            .collect()
    }

    /// Whether `msgctxt` names a set or a code of the vendor, or of an entry of the translation
    /// file.
    fn has_scope(&self, context: &str) -> bool {
        let scope = split_reference(context, 3).unwrap_or_default();
        let mut strings = self.gaps.strings.iter();
        let is_in = |string: &VendorText| {
            let place = string.at.scope(&self.spec);
            scope.iter().eq(place.iter().take(scope.len()))
        };
        let mut entries = self.translations.entries();
        (!scope.is_empty() && strings.any(is_in))
            || entries.any(|entry| context_of(entry) == Some(context))
    }

    /// The language of most of these texts: those of one document may be in different ones.
    fn source_language(&self, entries: &[Entry]) -> Option<&str> {
        let mut counts = BTreeMap::<_, usize>::new();
        for entry in entries {
            let places = self.places_in(entry.context.as_deref(), &entry.id);
            let words = places.first().map(|(at, _)| &self.gaps.strings[*at].words);
            let tag = words.and_then(|words| {
                let mut words = words.iter();
                words.find(|(_, words)| words.value == entry.id)
            });
            if let Some((tag, _)) = tag {
                *counts.entry(tag.as_str()).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(language, _)| language)
    }

    /// The first place of the text of an entry.
    fn first_place(&self, entry: &Entry) -> usize {
        let places = self.places_in(entry.context.as_deref(), &entry.id);
        let exact = places.iter().find(|(_, words)| *words == entry.id);
        exact.or(places.first()).map_or(usize::MAX, |(at, _)| *at)
    }

    /// The different words of these places: `人脸 token` and `人脸token` are two, which share a
    /// translation unless both have one.
    fn wordings(&self, context: Option<&str>, text: &str) -> Vec<&str> {
        let mut wordings = Vec::new();
        for (_, words) in self.places_in(context, text) {
            if !wordings.contains(&words) {
                wordings.push(words);
            }
        }
        wordings
    }

    /// The vendor's words that an entry of the translation file is for: those of its text, and
    /// others that have no entry of their own.
    fn wordings_of(&self, entry: &messages::Text) -> Vec<&str> {
        let entries = self.translations.entries_for(&entry.of);
        let entries: Vec<_> = entries
            .filter(|other| context_of(other) == context_of(entry))
            .collect();
        let is_first = entries
            .first()
            .is_some_and(|first| first.of.place == entry.of.place);
        let mut wordings = self.wordings(context_of(entry), &entry.of);
        wordings.retain(|words| {
            let has_entry = entries.iter().any(|other| other.of.value == **words);
            if has_entry {
                entry.of.value == **words
            } else {
                is_first
            }
        });
        wordings
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

    /// The places of a text, in the order of the spec.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<TextPlace> {
        let mut places: Vec<_> = self
            .places_in(None, text)
            .iter()
            .map(|(at, _)| self.gaps.strings[*at].at)
            .collect();
        places.dedup();
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

/// The text of the catalogue: the entries of the translation file and missing ones, in the order of
/// the document. gettext compares texts byte by byte, so the vendor's wordings of a text are an
/// entry each.
#[must_use]
pub fn export(page: &Page) -> String {
    let texts = page.translations.entries();
    let texts = texts.filter(|text| !page.is_obsolete(text));
    let mut entries: Vec<_> = texts.flat_map(|text| file_entries(page, text)).collect();
    let key = |entry: &Entry| (entry.context.clone(), entry.id.clone());
    let translated = entries.iter().filter(|entry| !entry.text.is_empty());
    let reworded: BTreeSet<_> = translated.map(key).collect();
    // A stale translation becomes that of an empty entry for the new text.
    entries.retain(|entry| !entry.text.is_empty() || !reworded.contains(&key(entry)));
    let live = entries.iter().filter(|entry| !entry.obsolete);
    let mut there: BTreeSet<_> = live.map(key).collect();
    for string in page.missing() {
        let Some(of) = string.source() else { continue };
        for words in page.wordings(None, of) {
            let entry = Entry {
                id: words.to_owned(),
                ..Entry::default()
            };
            if there.insert(key(&entry)) {
                entries.push(entry);
            }
        }
    }
    // Obsolete entries come last, as gettext tools write them.
    entries.sort_by_cached_key(|entry| (entry.obsolete, page.first_place(entry)));
    for entry in &mut entries {
        entry.comments = comments(page, entry);
    }
    let name = &page.spec.vendor.value;
    let header = header(
        &page.spec,
        page.source_language(&entries),
        &page.translations.language,
        ("X-Errbook-Vendor", name),
    );
    write(&header, &entries)
}

/// The entries of the catalogue for an entry of the translation file.
fn file_entries(page: &Page, text: &messages::Text) -> Vec<Entry> {
    let is_translated = text.is_translated();
    let whole = Entry {
        context: context_of(text).map(str::to_owned),
        id: text.of.value.clone(),
        text: text.is.value.clone(),
        ..Entry::default()
    };
    match page.change_of(text) {
        TextChange::Removed => vec![Entry {
            obsolete: true,
            ..whole
        }],
        TextChange::Reworded(nearest) => vec![Entry {
            fuzzy: true,
            previous: Some(whole.id),
            id: nearest.to_owned(),
            ..whole
        }],
        change => {
            let whole = Entry {
                fuzzy: is_translated && matches!(change, TextChange::Marked),
                ..whole
            };
            let wordings = page.wordings_of(text);
            if wordings.is_empty() {
                return vec![whole];
            }
            let entries = wordings.iter().map(|words| Entry {
                id: (*words).to_owned(),
                ..whole.clone()
            });
            entries.collect()
        }
    }
}

/// The header of a catalogue; `subject` is the field that says what it belongs to.
fn header<'a>(
    spec: &Spec,
    source: Option<&str>,
    language: &str,
    subject: (&'a str, &str),
) -> Vec<(&'a str, String)> {
    let posix = |tag: &str| tag.replace('-', "_");
    let mut header = vec![
        ("Project-Id-Version", format!("errbook {}", *spec.vendor)),
        // The translator's tool fills these in; msgfmt warns of a header without them.
        ("PO-Revision-Date", String::new()),
        ("Last-Translator", String::new()),
        ("Language-Team", String::new()),
        ("Language", posix(language)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
    ];
    // Poedit and others guess it otherwise.
    header.extend(source.map(|source| ("X-Source-Language", posix(source))));
    header.push((subject.0, subject.1.to_owned()));
    header.push(("X-Errbook-Language", language.to_owned()));
    header
}

/// What a translator sees beside a text: where it is, its parameters, and what it says in English
/// and in the other languages of the vendor's document.
fn comments(page: &Page, entry: &Entry) -> Vec<String> {
    let mut places = page.places_in(entry.context.as_deref(), &entry.id);
    places.retain(|(_, words)| *words == entry.id);
    let strings = places.iter().map(|(at, _)| &page.gaps.strings[*at]);
    let mut at: Vec<_> = strings.clone().map(|string| string.at).collect();
    at.dedup();
    let mut comments = labels(&at, &page.spec);
    let parameters: BTreeSet<_> = holes(&entry.id).map(|name| format!("<{name}>")).collect();
    if !parameters.is_empty() {
        let parameters: Vec<_> = parameters.into_iter().collect();
        comments.push(format!(
            "parameters, kept as they are: {}",
            parameters.join(" ")
        ));
    }
    let mut others = BTreeSet::new();
    for string in strings {
        let of_vendor = string.words.keys().map(String::as_str);
        for tag in of_vendor.chain(["en", &page.spec.locale]) {
            let text = string.at.texts(&page.spec).get(tag);
            let text =
                text.filter(|text| tag != page.translations.language && text.value != entry.id);
            let Some(text) = text else { continue };
            // The registry says it in other words than the vendor.
            let corrected = if tag == string.locale {
                ", corrected"
            } else {
                ""
            };
            others.insert(format!("{tag}{corrected}: {}", text.value));
        }
    }
    comments.extend(others.into_iter().take(PLACES));
    comments
}

/// Where a text occurs: the first few places with the kind, the retry class and the section of
/// their codes, and the others by their code alone.
fn labels(places: &[TextPlace], spec: &Spec) -> Vec<String> {
    let label = |place: &TextPlace| place.label(spec) + &facts_of_place(*place, spec);
    let mut labels: Vec<_> = places.iter().take(PLACES).map(label).collect();
    let others = places.iter().skip(PLACES);
    let others: Vec<_> = others.map(|place| place.short_label(spec)).collect();
    if !others.is_empty() {
        labels.push(format!("and {} more: {}", others.len(), others.join(", ")));
    }
    labels
}

/// ` (network, backoff, in general)`: what its code is about.
fn facts_of_place(place: TextPlace, spec: &Spec) -> String {
    let (TextPlace::Message(set, code) | TextPlace::Remedy(set, code)) = place else {
        return String::new();
    };
    let code = &spec.sets[set].codes[code];
    let kind = code.kind.as_ref().map(|kind| kind.value.clone());
    let retry = code.retry.as_ref();
    let retry = retry.map(|retry| word(Retry::WORDS, retry.value).to_owned());
    let section = code.section.as_ref();
    let section = section.map(|section| format!("section {}", **section));
    let facts: Vec<_> = [kind, retry, section].into_iter().flatten().collect();
    if facts.is_empty() {
        return String::new();
    }
    format!(" ({})", facts.join(", "))
}
