//! A dictionary as a gettext catalogue for translators' own tools, and a catalogue back into the dictionary.
//!
//! A translation whose text the vendor has changed is stale with us. It is `fuzzy` in the catalogue: at the text that
//! it may have become, with the old one beside it, or set aside as obsolete where there is none. A translator who takes
//! the mark away has resolved it; one who puts a mark on a translation that was good has made it stale, which the
//! dictionary says with `stale = true`.

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
use crate::messages::{self, Dictionary};
use crate::reference::{key, parts};
use crate::regen::{Gaps, Taxonomy, regen};
use crate::vendor::Vendor;

/// How many places of a text a translator is shown.
const PLACES: usize = 4;

/// What one language of a vendor has, and what it lacks.
#[derive(Debug)]
pub struct Page {
    /// The entries that there are.
    pub dictionary: Dictionary,
    /// The vendor's new spec.
    pub spec: Spec,
    /// What does not hold and what is missing.
    pub gaps: Gaps,
}

impl Page {
    /// Reads one language of a vendor; a language that has no dictionary yet has an empty one.
    ///
    /// # Errors
    ///
    /// What is wrong with the vendor's files.
    ///
    /// # Panics
    ///
    /// Never: the dictionary is put there if it was not there.
    pub fn read(
        vendor: &Vendor,
        taxonomy: Option<&Taxonomy>,
        language: &str,
    ) -> Result<Self, Problems> {
        let mut vendor = vendor.clone();
        if !vendor.messages.iter().any(|(other, _)| other == language) {
            let file = format!("codes/vendors/{}/messages/{language}.toml", vendor.name);
            vendor.messages.push((
                language.to_owned(),
                errbook_spec::place::Source::new(&file, "schema = 1\n"),
            ));
        }
        let (_, source) = vendor
            .messages
            .iter()
            .find(|(other, _)| other == language)
            .expect("it was put there if it was not there");
        let dictionary = messages::parse(source, language)?;
        let made = regen(&vendor, taxonomy)?;
        Ok(Self {
            dictionary,
            spec: made.spec,
            gaps: made.account.gaps,
        })
    }

    /// What became of an entry's text. Each text goes to the first stale entry that wants it.
    fn become_of<'a>(
        &'a self,
        entry: &messages::Text,
        taken: &mut BTreeSet<&'a str>,
    ) -> Became<'a> {
        if entry.marked
            && self.says(
                entry.within.as_ref().map(|within| within.as_str()),
                &entry.of,
            )
        {
            return Became::Doubted;
        }
        let Some(stale) = self
            .gaps
            .stale
            .iter()
            .find(|stale| stale.place == entry.of.place)
        else {
            return Became::Itself;
        };
        let nearest = stale.nearest.as_ref().map(|nearest| nearest.as_str());
        nearest
            .filter(|nearest| taken.insert(nearest))
            .map_or(Became::Nothing, Became::Perhaps)
    }

    /// Whether the vendor says a text, or said it of a code that is retired: anywhere, or in a set or a code.
    fn says(&self, context: Option<&str>, text: &str) -> bool {
        let Some(scope) = context.map_or(Some(Vec::new()), |context| parts(context, 3)) else {
            return false;
        };
        let wanted = text_key(text);
        let holds = |texts: &Texts| texts.values().any(|text| text_key(text) == wanted);
        let within = |place: &[&str]| scope.iter().eq(place.iter().take(scope.len()));
        let in_set = |set: &Set| {
            let name = set.name.value.as_str();
            let code = |code: &Code| {
                let place: Vec<_> = [name, &code.code]
                    .into_iter()
                    .chain(code.symbol.iter().map(|at| at.as_str()))
                    .collect();
                within(&place) && (holds(&code.message) || holds(&code.remedy))
            };
            let head =
                holds(&set.title) || set.sections.iter().any(|section| holds(&section.title));
            within(&[name]) && head || set.codes.iter().any(code)
        };
        within(&[]) && holds(&self.spec.title) || self.spec.sets.iter().any(in_set)
    }

    /// The untranslated texts.
    fn untranslated(&self) -> impl Iterator<Item = &str> {
        let own = self
            .gaps
            .untranslated
            .iter()
            .filter(|(language, _)| *language == self.dictionary.language);
        own.flat_map(|(_, texts)| texts.iter().map(|text| text.value.as_str()))
    }
}

/// What became of the text that an entry translates.
enum Became<'a> {
    /// It still stands in the document.
    Itself,
    /// It still stands there, and a translator doubts the translation.
    Doubted,
    /// It was perhaps changed to this one.
    Perhaps(&'a str),
    /// It is gone.
    Nothing,
}

/// The catalogue of a page: first what the dictionary has, in its order, then what it lacks.
#[must_use]
pub fn export(page: &Page) -> String {
    let places = places(&page.spec);
    let mut taken = BTreeSet::new();
    let mut entries: Vec<_> = page
        .dictionary
        .entries()
        .map(|text| entry(page, text, &mut taken))
        .collect();
    // A text that the dictionary has is there already, if only to be filled; where it holds in one place only, it is not.
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
    // What is set aside stands at the end.
    entries.sort_by_key(|entry| entry.obsolete);
    for entry in &mut entries {
        entry.comments = places
            .get(&text_key(&entry.id))
            .cloned()
            .unwrap_or_default();
    }
    write(&header(page), &entries)
}

fn entry<'a>(page: &'a Page, text: &messages::Text, taken: &mut BTreeSet<&'a str>) -> Entry {
    let context = text.within.as_ref().map(|within| within.value.clone());
    let whole = Entry {
        context,
        id: text.of.value.clone(),
        text: text.is.value.clone(),
        ..Entry::default()
    };
    match page.become_of(text, taken) {
        Became::Itself => whole,
        Became::Doubted => Entry {
            fuzzy: true,
            ..whole
        },
        Became::Nothing => Entry {
            obsolete: true,
            ..whole
        },
        Became::Perhaps(nearest) => Entry {
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
        ("Language", page.dictionary.language.replace('-', "_")),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Errbook-Vendor", page.spec.vendor.value.clone()),
        ("X-Errbook-Language", page.dictionary.language.clone()),
    ]
}

/// Where each text stands, for the translator: the first few codes, and how many more there are.
fn places(spec: &Spec) -> BTreeMap<String, Vec<String>> {
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
            let place = format!("{}.{}", set.name.value, key(code, set.identity).reference());
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
