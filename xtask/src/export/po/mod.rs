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

use errbook_spec::Texts;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Spec};

use crate::fold::text_key;
use crate::messages::{self, Translations};
use crate::reference::{code_key, split_reference};
use crate::regen::{Gaps, Taxonomy, regen};
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

    /// How the text of an entry has changed. Each new text is proposed for the first stale entry
    /// only.
    fn change_of<'a>(
        &'a self,
        entry: &messages::Text,
        taken: &mut BTreeSet<&'a str>,
    ) -> TextChange<'a> {
        if entry.marked
            && self.contains_text(
                entry.within.as_ref().map(|within| within.as_str()),
                &entry.of,
            )
        {
            return TextChange::Marked;
        }
        let Some(stale) = self
            .gaps
            .stale
            .iter()
            .find(|stale| stale.place == entry.of.place)
        else {
            return TextChange::Unchanged;
        };
        let nearest = stale.nearest.as_ref().map(|nearest| nearest.as_str());
        nearest
            .filter(|nearest| taken.insert(nearest))
            .map_or(TextChange::Removed, TextChange::Reworded)
    }

    /// Whether a text occurs in the spec, retired codes included: anywhere, or in the set or the
    /// code that `context` names.
    fn contains_text(&self, context: Option<&str>, text: &str) -> bool {
        let Some(scope) = context.map_or(Some(Vec::new()), |context| split_reference(context, 3))
        else {
            return false;
        };
        let wanted = text_key(text);
        let contains = |texts: &Texts| texts.values().any(|text| text_key(text) == wanted);
        let within = |place: &[&str]| scope.iter().eq(place.iter().take(scope.len()));
        let in_set = |set: &Set| {
            let name = set.name.value.as_str();
            let code = |code: &Code| {
                let place: Vec<_> = [name, &code.code]
                    .into_iter()
                    .chain(code.symbol.iter().map(|at| at.as_str()))
                    .collect();
                within(&place) && (contains(&code.message) || contains(&code.remedy))
            };
            let head =
                contains(&set.title) || set.sections.iter().any(|section| contains(&section.title));
            within(&[name]) && head || set.codes.iter().any(code)
        };
        within(&[]) && contains(&self.spec.title) || self.spec.sets.iter().any(in_set)
    }

    /// The untranslated texts.
    fn untranslated(&self) -> impl Iterator<Item = &str> {
        let own = self
            .gaps
            .untranslated
            .iter()
            .filter(|(language, _)| *language == self.translations.language);
        own.flat_map(|(_, texts)| texts.iter().map(|text| text.value.as_str()))
    }
}

/// How the text that an entry translates has changed.
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
    let places = text_places(&page.spec);
    let mut taken = BTreeSet::new();
    let mut entries: Vec<_> = page
        .translations
        .entries()
        .map(|text| file_entry(page, text, &mut taken))
        .collect();
    // Texts with an entry, even an empty one, are already in the catalogue. An entry that is
    // limited to one place does not count: other places need a translation, too.
    let there = entries
        .iter()
        .filter(|entry| entry.context.is_none() && !entry.obsolete);
    let there: BTreeSet<_> = there.map(|entry| text_key(&entry.id)).collect();
    for text in page.untranslated() {
        if !there.contains(&text_key(text)) && taken.insert(text) {
            entries.push(Entry {
                id: text.to_owned(),
                ..Entry::default()
            });
        }
    }
    // Obsolete entries come last, as gettext tools write them.
    entries.sort_by_key(|entry| entry.obsolete);
    for entry in &mut entries {
        entry.comments = places
            .get(&text_key(&entry.id))
            .cloned()
            .unwrap_or_default();
    }
    write(&header(page), &entries)
}

fn file_entry<'a>(page: &'a Page, text: &messages::Text, taken: &mut BTreeSet<&'a str>) -> Entry {
    let context = text.within.as_ref().map(|within| within.value.clone());
    let whole = Entry {
        context,
        id: text.of.value.clone(),
        text: text.is.value.clone(),
        ..Entry::default()
    };
    match page.change_of(text, taken) {
        TextChange::Unchanged => whole,
        TextChange::Marked => Entry {
            fuzzy: true,
            ..whole
        },
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

/// Where each text occurs, by text key: the first few places, and how many more there are.
fn text_places(spec: &Spec) -> BTreeMap<String, Vec<String>> {
    let mut places = BTreeMap::<String, Vec<String>>::new();
    let mut add = |texts: &Texts, place: String| {
        for text in texts
            .values()
            .map(|text| text_key(text))
            .collect::<BTreeSet<_>>()
        {
            places.entry(text).or_default().push(place.clone());
        }
    };
    add(&spec.title, "the title of the document".to_owned());
    for set in &spec.sets {
        add(
            &set.title,
            format!("{}: the title of the set", set.name.value),
        );
        set.sections
            .iter()
            .for_each(|section| add(&section.title, format!("{}: a section", set.name.value)));
        for code in &set.codes {
            let place = format!(
                "{}.{}",
                set.name.value,
                code_key(code, set.identity).reference()
            );
            add(
                &code.message,
                format!("{place}: message of {}", code.variant.value),
            );
            add(
                &code.remedy,
                format!("{place}: remedy of {}", code.variant.value),
            );
        }
    }
    for list in places.values_mut().filter(|list| list.len() > PLACES) {
        let more = list.len() - PLACES;
        list.truncate(PLACES);
        list.push(format!("and {more} more"));
    }
    places
}
