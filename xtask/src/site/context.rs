//! What every page needs of the registry: its languages, its kinds, and its codes by kind and by
//! reference.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ptr;

use errbook_spec::place::At;
use errbook_spec::{Code, Set, Spec, Texts};

use crate::book::Book;
use crate::coverage::languages;
use crate::locale::pick_text;
use crate::reference::{CodeReference, code_key};
use crate::site::peers::{Peers, Place};

/// The registry, with what is looked up in it for many codes.
pub(super) struct Context<'a> {
    pub(super) book: &'a Book,
    /// The languages that a reader can choose.
    pub(super) tags: Vec<String>,
    /// The taxonomies of the registry and of those that it includes, each once.
    pub(super) taxonomies: Vec<&'a Spec>,
    /// The codes of each kind, by what the site calls the kind.
    pub(super) of_kind: BTreeMap<String, Peers<'a>>,
    vendors: HashMap<&'a str, &'a Spec>,
    /// The codes of a set that are written alike: with other symbols, and former meanings.
    codes: HashMap<*const Set, HashMap<&'a str, Vec<&'a Code>>>,
}

/// A text in one language.
#[expect(clippy::struct_field_names, reason = "a text has a text")]
pub(super) struct Text<'a> {
    pub(super) language: &'a str,
    pub(super) text: &'a str,
    /// Whether this is the vendor's language.
    pub(super) own: bool,
    /// The languages whose readers see this text, with spaces between them; empty if all do,
    /// because there is no other.
    pub(super) readers: String,
}

impl<'a> Context<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut context = Self {
            book,
            tags: languages(book.vendors(), &book.languages),
            taxonomies: taxonomies(book),
            of_kind: BTreeMap::new(),
            vendors: HashMap::new(),
            codes: HashMap::new(),
        };
        for spec in book.vendors() {
            context.vendors.entry(&spec.vendor).or_insert(spec);
        }
        for place in book.codes() {
            let (spec, set, code) = place;
            let codes = context.codes.entry(set).or_default();
            codes.entry(&code.code).or_default().push(code);
            if let Some(name) = context.kind_of(spec, code) {
                let name = name.into_owned();
                context.of_kind.entry(name).or_default().add(place);
            }
        }
        context
    }

    /// A text in each language, the vendor's last, with the languages whose readers see it.
    /// Without a text in the vendor's language, the first one takes its place.
    pub(super) fn texts(&self, texts: &'a Texts, own: &str) -> Vec<Text<'a>> {
        let vendors = if texts.contains_key(own) {
            Some(own)
        } else {
            texts.keys().next().map(String::as_str)
        };
        let each = texts.iter().map(|(tag, text)| Text {
            language: tag,
            text,
            own: Some(tag.as_str()) == vendors,
            readers: self.readers(texts, tag, own),
        });
        let mut each: Vec<_> = each.collect();
        each.sort_by_key(|text| text.own);
        each
    }

    /// The languages whose readers see the text of a tag.
    pub(super) fn readers(&self, texts: &Texts, tag: &str, own: &str) -> String {
        if texts.len() < 2 {
            return String::new();
        }
        let sees = |reader: &&String| {
            let picked = pick_text(texts, reader, &self.book.languages, own);
            picked.is_some_and(|(picked, _)| picked == tag)
        };
        let readers: Vec<_> = self.tags.iter().filter(sees).map(String::as_str).collect();
        if readers.is_empty() {
            // No reader sees it, which the list must say.
            return "-".to_owned();
        }
        readers.join(" ")
    }

    /// The code that a reference of a spec names.
    pub(super) fn referenced(&self, spec: &'a Spec, reference: &str) -> Option<Place<'a>> {
        let reference = CodeReference::parse(&spec.vendor, reference)?;
        let spec = if reference.vendor == spec.vendor.value {
            spec
        } else {
            self.vendors.get(reference.vendor).copied()?
        };
        let set = (spec.sets.iter()).find(|set| set.name.value == reference.set)?;
        let code = self.alike(set, &reference.code).iter().find(|code| {
            let symbol = code.symbol.as_ref().map(|symbol| symbol.as_str());
            reference.is_to(&code.code, symbol)
        })?;
        Some((spec, set, code))
    }

    /// What the key of a former meaning means now, as [`Set::meaning_now`] finds it.
    pub(super) fn meaning_now(&self, set: &'a Set, code: &'a Code) -> &'a Code {
        let key = code_key(code, set.identity).now();
        let is_now = |other: &&&Code| code.is_former() && code_key(other, set.identity) == key;
        let now = self.alike(set, &code.code).iter().find(is_now);
        now.copied().unwrap_or(code)
    }

    fn alike(&self, set: &Set, code: &str) -> &[&'a Code] {
        let codes = self.codes.get(&ptr::from_ref(set));
        let codes = codes.and_then(|codes| codes.get(code));
        codes.map_or(&[], Vec::as_slice)
    }

    /// What the site calls the kind of a code.
    pub(super) fn kind_of(&self, spec: &Spec, code: &'a Code) -> Option<Cow<'a, str>> {
        code.kind.as_ref().map(|kind| self.kind_name(spec, kind))
    }

    /// What the site calls a kind that a spec names. Kinds of another taxonomy than the first may
    /// have the same names, so they are qualified.
    pub(super) fn kind_name(&self, spec: &Spec, kind: &'a At<String>) -> Cow<'a, str> {
        let taxonomy = spec.kinds.as_ref().map_or("", |taxonomy| taxonomy.as_str());
        self.qualified(taxonomy, kind)
    }

    /// The same for a kind of the taxonomy with this name.
    pub(super) fn qualified(&self, taxonomy: &str, kind: &'a str) -> Cow<'a, str> {
        let mut others = self.taxonomies.iter().skip(1);
        if others.any(|other| other.vendor.value == taxonomy) {
            format!("{taxonomy}/{kind}").into()
        } else {
            kind.into()
        }
    }
}

fn taxonomies(book: &Book) -> Vec<&Spec> {
    let mut found: Vec<&Spec> = Vec::new();
    let all = book
        .registries()
        .filter_map(|registry| registry.kinds.as_ref());
    for taxonomy in all {
        if found
            .iter()
            .all(|known| known.vendor.value != taxonomy.vendor.value)
        {
            found.push(taxonomy);
        }
    }
    found
}
