//! Reads `words.toml`: the words that the search knows about any registry.

use std::sync::LazyLock;

use errbook_ingest::lexicon::simplified;
use serde::{Deserialize, Serialize};

/// The words that the search knows about any registry, as the index carries them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Vocabulary {
    /// Words that are ignored.
    pub stop: String,
    /// Endings of words: the ending, its replacement, and how many letters must be left.
    pub endings: Vec<(String, String, usize)>,
    /// Phrases that mean the same, of scripts without spaces: each with the one that replaces it.
    pub same: Vec<(String, String)>,
    /// What is written before a code.
    pub code_keys: String,
    /// The ends of longer names of that.
    pub code_endings: Vec<String>,
    /// What is written before a symbol that is a code.
    pub symbol_keys: String,
    /// What is written before these names and belongs to them.
    pub before_keys: String,
    /// What is written before an HTTP status.
    pub status_keys: String,
    /// What is written before other numbers.
    pub other_keys: String,
    /// The ends of longer names of that.
    pub other_endings: Vec<String>,
    /// The extensions of files that have numbered lines.
    pub files: String,
    /// What is written after a quantity.
    pub units: String,
    /// What is written after a quantity and a blank.
    pub spaced_units: String,
    /// Words of log lines, which are names only if they are the whole query.
    pub common: String,
    /// Words of the field for kinds.
    #[serde(rename = "synonym")]
    pub synonyms: Vec<Synonym>,
    /// Traditional characters whose simplified forms are in the texts of the index.
    #[serde(default)]
    pub traditional: String,
    /// The simplified form of each of them.
    #[serde(default)]
    pub simplified: String,
}

/// Words of the field for a kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Synonym {
    /// The kind.
    pub kind: String,
    /// The words.
    pub words: Vec<String>,
}

static WORDS: LazyLock<Result<Vocabulary, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")));

impl Vocabulary {
    /// The words of the tool.
    ///
    /// # Panics
    ///
    /// Never in a tested build: every test of the search reads the file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        WORDS.as_ref().expect("words.toml is valid: tests read it")
    }

    /// Keeps what texts with these characters need: their traditional forms, which a query may
    /// have.
    pub(super) fn for_texts<'a>(mut self, texts: impl Iterator<Item = &'a str> + Clone) -> Self {
        // The ideographs of the table of the ingestion are in this block.
        let ideographs: String = ('\u{4e00}'..='\u{9fff}').collect();
        let mut used = vec![false; 0x5200];
        let place = |c: char| (c as usize).checked_sub(0x4e00).filter(|at| *at < 0x5200);
        for text in texts {
            for at in simplified(text).chars().filter_map(place) {
                used[at] = true;
            }
        }
        for (traditional, simple) in ideographs.chars().zip(simplified(&ideographs).chars()) {
            if traditional != simple && place(simple).is_some_and(|at| used[at]) {
                self.traditional.push(traditional);
                self.simplified.push(simple);
            }
        }
        self
    }
}
