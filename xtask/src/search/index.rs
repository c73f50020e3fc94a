//! The specs of a registry in, the index of the search out: every fact by which a code is found,
//! each text once. It is plain JSON, which the engine in Rust and the one in JavaScript read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use errbook_spec::facts::text_facts_of;
use errbook_spec::template::Template;
use errbook_spec::{Code, Note, Set, Spec, Status, Texts, Wire};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::reference::code_key;
use crate::search::query::{Keys, numbers_in};
use crate::search::text::Language;
use crate::search::words::Vocabulary;

/// What the search reads.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Index {
    /// The words that the search knows about any registry.
    pub words: Vocabulary,
    /// Each language with its texts. A text is identified by its position: the texts of the second
    /// language follow those of the first.
    pub texts: Vec<(String, Vec<String>)>,
    /// The names, whose words are searched, too: as texts they follow those of the last language.
    pub names: Vec<String>,
    /// The tokens of all texts: words, and characters and pairs of characters, each once.
    pub tokens: Vec<String>,
    /// The texts that have each token: the first, then how far each is behind the one before.
    pub postings: Vec<Vec<usize>>,
    /// The kinds.
    pub kinds: Vec<KindRow>,
    /// The sets, with their codes.
    pub sets: Vec<SetRow>,
}

/// A kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KindRow {
    /// Its name: `no-face`.
    pub name: String,
    /// The message for users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub message: Vec<usize>,
}

/// A set of a vendor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SetRow {
    /// The vendor's name.
    pub vendor: String,
    /// The name of the set.
    pub set: String,
    /// Its former names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    /// The title of the vendor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<usize>,
    /// The title of the set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_title: Vec<usize>,
    /// The titles of its sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Vec<usize>>,
    /// How many flags a code has, if codes are flags.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub flags: usize,
    /// Whether a symbol is needed to identify a code.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pairs: bool,
    /// The numbers that its note mentions, from and to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<(String, String)>,
    /// Its ranges of codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<(String, String)>,
    /// Its codes.
    pub codes: Vec<CodeRow>,
}

/// A code.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeRow {
    /// The code.
    pub code: String,
    /// Its Rust name.
    pub variant: String,
    /// Its symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What its symbol begins with, if it has parameters; likewise its aliases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<String>,
    /// Its aliases and former codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its former Rust names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    /// The position of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<usize>,
    /// The position of its section in the set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<usize>,
    /// What it means, in each language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub message: Vec<usize>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedy: Vec<usize>,
    /// Its other texts, such as the vendor's own words where the message corrects them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<usize>,
    /// Its note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<usize>,
    /// The numbers that its note mentions, from and to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<(String, String)>,
    /// Whether the vendor no longer documents it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
    /// Whether it is a former meaning of its code.
    #[serde(default, skip_serializing_if = "is_false")]
    pub former: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

impl Index {
    /// The index of a registry and of those that it includes. Sets and codes are in the order of
    /// [`Book::sets`].
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let mut builder = Builder::new(book);
        let kinds = builder.kind_rows();
        let sets = builder.set_rows();
        let known: BTreeSet<_> = kinds.iter().map(|kind| kind.name.as_str()).collect();
        let texts = builder.texts.iter();
        let all = texts.clone().flat_map(|(_, texts)| texts.iter().copied());
        let mut words = Vocabulary::shipped().clone().for_texts(all);
        words
            .synonyms
            .retain(|synonym| known.contains(synonym.kind.as_str()));
        let names = names_of(&kinds, &sets);
        let language = Language::new(&words);
        let all = texts.clone().flat_map(|(_, texts)| texts.iter().copied());
        let (tokens, postings) = tokens_of(all.chain(names.iter().copied()), &language);
        let names = names.into_iter().map(str::to_owned).collect();
        let owned = |texts: &Vec<&str>| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            words,
            texts: texts
                .map(|(tag, texts)| ((*tag).to_owned(), owned(texts)))
                .collect(),
            names,
            tokens,
            postings,
            kinds,
            sets,
        }
    }

    /// The text at a position.
    #[must_use]
    pub fn text(&self, mut at: usize) -> &str {
        for (_, texts) in &self.texts {
            match texts.get(at) {
                Some(text) => return text,
                None => at -= texts.len(),
            }
        }
        ""
    }
}

/// The names whose words are searched.
fn names_of<'a>(kinds: &'a [KindRow], sets: &'a [SetRow]) -> BTreeSet<&'a str> {
    let of_code = |code: &'a CodeRow| {
        std::iter::once(&code.variant)
            .chain(&code.symbol)
            .chain(&code.aliases)
    };
    let of_sets = sets
        .iter()
        .flat_map(|set| [&set.vendor, &set.set].into_iter())
        .chain(
            sets.iter()
                .flat_map(|set| set.codes.iter().flat_map(of_code)),
        );
    let of_kinds = kinds.iter().map(|kind| &kind.name);
    of_sets.chain(of_kinds).map(String::as_str).collect()
}

/// The tokens of texts, and the texts that have each.
fn tokens_of<'a>(
    texts: impl Iterator<Item = &'a str>,
    language: &Language<'_>,
) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut tokens: Vec<String> = Vec::new();
    // The distances, and the last text.
    let mut postings: Vec<(Vec<usize>, usize)> = Vec::new();
    for (text, words) in texts.enumerate() {
        for token in language.tokens(words) {
            let id = *ids.entry(token).or_insert_with_key(|token| {
                tokens.push(token.clone());
                postings.push((Vec::new(), 0));
                tokens.len() - 1
            });
            let (distances, last) = &mut postings[id];
            distances.push(text - *last);
            *last = text;
        }
    }
    let distances = postings.into_iter().map(|(distances, _)| distances);
    (tokens, distances.collect())
}

/// Collects the texts of a book, each once for a language.
struct Builder<'a> {
    book: &'a Book,
    texts: Vec<(&'a str, Vec<&'a str>)>,
    /// The position of each text among those of all languages.
    places: BTreeMap<(&'a str, &'a str), usize>,
    kinds: BTreeMap<&'a str, usize>,
    /// What labels the numbers in a note.
    keys: Keys<'a>,
}

impl<'a> Builder<'a> {
    fn new(book: &'a Book) -> Self {
        let mut by_language: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut add = |texts: &'a Texts| {
            for (tag, text) in texts.iter() {
                by_language.entry(tag).or_default().insert(text);
            }
        };
        for (spec, set) in book.sets() {
            add(&spec.title);
            add(&set.title);
            set.sections.iter().for_each(|section| add(&section.title));
            for code in &set.codes {
                texts_of(code).into_iter().for_each(&mut add);
            }
        }
        kinds_of(book).for_each(|kind| add(&kind.message));
        let texts: Vec<(&str, Vec<&str>)> = by_language
            .into_iter()
            .map(|(tag, texts)| (tag, texts.into_iter().collect()))
            .collect();
        let all = texts
            .iter()
            .flat_map(|(tag, texts)| texts.iter().map(|text| (*tag, *text)));
        Self {
            book,
            places: all.enumerate().map(|(at, text)| (text, at)).collect(),
            texts,
            kinds: BTreeMap::new(),
            keys: Keys::new(Vocabulary::shipped()),
        }
    }

    fn places(&self, texts: &'a Texts) -> Vec<usize> {
        let key = |(tag, text): (&'a String, &'a errbook_spec::place::At<String>)| {
            self.places[&(tag.as_str(), text.as_str())]
        };
        texts.iter().map(key).collect()
    }

    fn kind_rows(&mut self) -> Vec<KindRow> {
        let mut rows = Vec::new();
        for kind in kinds_of(self.book) {
            if !self.kinds.contains_key(kind.code.as_str()) {
                self.kinds.insert(&kind.code, rows.len());
                rows.push(KindRow {
                    name: kind.code.value.clone(),
                    message: self.places(&kind.message),
                });
            }
        }
        // Kinds that no taxonomy of the book defines have a name, too.
        for kind in self
            .book
            .codes()
            .filter_map(|(_, _, code)| code.kind.as_ref())
        {
            if !self.kinds.contains_key(kind.as_str()) {
                self.kinds.insert(kind, rows.len());
                rows.push(KindRow {
                    name: kind.value.clone(),
                    message: Vec::new(),
                });
            }
        }
        rows
    }

    fn set_rows(&self) -> Vec<SetRow> {
        self.book
            .sets()
            .map(|(spec, set)| self.set_row(spec, set))
            .collect()
    }

    fn set_row(&self, spec: &'a Spec, set: &'a Set) -> SetRow {
        let first = set.codes.first();
        let flags = first.filter(|_| set.wire == Wire::Flags);
        let range =
            |range: &errbook_spec::Range| (range.from.value.clone(), range.to.value.clone());
        SetRow {
            vendor: spec.vendor.value.clone(),
            set: set.name.value.clone(),
            was: values(&set.was),
            title: self.places(&spec.title),
            own_title: self.places(&set.title),
            sections: set
                .sections
                .iter()
                .map(|section| self.places(&section.title))
                .collect(),
            flags: flags.map_or(0, |code| code.code.len()),
            pairs: set.identity == errbook_spec::Identity::CodeAndSymbol,
            mentions: self.mentions(set.note.as_ref()),
            ranges: set.ranges.iter().map(range).collect(),
            codes: set
                .codes
                .iter()
                .map(|code| self.code_row(set, code))
                .collect(),
        }
    }

    fn code_row(&self, set: &'a Set, code: &'a Code) -> CodeRow {
        let note = code.note.as_ref();
        let section = |section: &errbook_spec::Section| Some(&section.id) == code.section.as_ref();
        let key = code_key(code, set.identity);
        CodeRow {
            code: code.code.value.clone(),
            variant: code.variant.value.clone(),
            symbol: code.symbol.as_ref().map(|symbol| symbol.value.clone()),
            prefixes: prefixes(code),
            aliases: aliases(set, code),
            was: values(&code.was_variant),
            kind: code.kind.as_ref().map(|kind| self.kinds[kind.as_str()]),
            section: set.sections.iter().position(section),
            message: self.places(&code.message),
            remedy: self.places(&code.remedy),
            wording: other_texts(code)
                .flat_map(|texts| self.places(texts))
                .collect(),
            note: note.map(|note| self.places(&note.text)).unwrap_or_default(),
            mentions: self.mentions(note),
            retired: code.status == Status::Retired,
            former: key.former.is_some(),
        }
    }

    /// The numbers that a note mentions: a code that a later edition has, or some, `66660033 to
    /// 66660040`.
    fn mentions(&self, note: Option<&Note>) -> Vec<(String, String)> {
        let texts = note.into_iter().flat_map(|note| note.text.values());
        let found = texts.flat_map(|text| numbers_in(text, &self.keys));
        // The languages of a note mention the same numbers.
        found.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn values(texts: &[errbook_spec::place::At<String>]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// The other symbols and codes of a code. The number of a hexadecimal code is one of them.
fn aliases(set: &Set, code: &Code) -> Vec<String> {
    let number = set.wire.number(&code.code).map(|number| number.to_string());
    let number = number.filter(|_| code.code.contains(['x', 'X']));
    let all = [&code.aliases, &code.was];
    let named = all.into_iter().flat_map(|names| values(names));
    named.chain(number).collect()
}

/// The texts by which a code is found.
fn texts_of(code: &Code) -> Vec<&Texts> {
    let note = code.note.iter().map(|note| &note.text);
    let own = [&code.message, &code.remedy].into_iter();
    own.chain(other_texts(code)).chain(note).collect()
}

/// The texts of a code that are neither its message nor its remedy.
fn other_texts(code: &Code) -> impl Iterator<Item = &Texts> {
    let facts = text_facts_of::<Code>();
    let others =
        facts.filter(|fact| !fact.is_for_kinds && !matches!(fact.key, "message" | "remedy"));
    others.filter_map(|fact| fact.texts(code))
}

/// The entries of all taxonomies of a book.
fn kinds_of(book: &Book) -> impl Iterator<Item = &Code> {
    let taxonomies = book
        .registries()
        .filter_map(|registry| registry.kinds.as_ref());
    taxonomies
        .flat_map(|taxonomy| &taxonomy.sets)
        .flat_map(|set| &set.codes)
}

/// What a symbol with parameters begins with: `MISSING_ARGUMENTS:`.
fn prefixes(code: &Code) -> Vec<String> {
    let symbols = code.symbol.iter().chain(&code.aliases);
    let templates = symbols.filter_map(|symbol| Template::of(symbol, &code.params));
    let mut prefixes: Vec<_> = templates.map(|template| template.prefix).collect();
    prefixes.retain(|prefix| !prefix.is_empty());
    prefixes.dedup();
    prefixes
}
