//! Describes how each lookup of a spec is laid out and how many bytes it takes.

use std::fmt;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Opened, open};

use crate::lower;
use crate::tables::{
    Bucket, Codes, Language, Level, NumberLookup, Numbers, Probe, Returns, Set, Spans,
    SymbolLookup, TextKeys, TextLookup,
};

/// How one table of a set is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The set.
    pub set: String,
    /// What the table contains: `code`, `symbol`, `message.en` and so on.
    pub table: String,
    /// The layout: `dense`, `one level`, `two levels`, `two levels, folded`, or how texts are
    /// addressed.
    pub strategy: &'static str,
    /// The number of keys or texts.
    pub keys: usize,
    /// The number of slots of the lookup; 0 for a table that is not a lookup.
    pub slots: usize,
    /// The bytes of the table, without the table of codes and without the texts themselves.
    pub bytes: usize,
    /// The number of key placements that the search tried.
    pub tries: u64,
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{}.{}", self.set, self.table);
        // Tenths of a byte a key, in integer arithmetic.
        let tenths = (self.bytes * 10).div_ceil(self.keys.max(1));
        let keys = self.keys;
        let strategy = self.strategy;
        let slots = self.slots;
        let each = format!("{}.{}", tenths / 10, tenths % 10);
        write!(
            f,
            "{name:<32} {keys:>5} keys  {strategy:<18} {slots:>6} slots  {each:>5} B/key  {:>7} tries",
            self.tries
        )
    }
}

/// The layout of every table of a spec.
///
/// # Errors
///
/// Every problem of the spec.
///
/// ```
/// use errbook_codegen::{Source, layouts};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
/// let layouts = layouts(&Source::new("spec.toml", spec))?;
/// assert_eq!((layouts[0].table.as_str(), layouts[0].strategy), ("code", "dense"));
/// # Ok::<(), errbook_codegen::Problems>(())
/// ```
pub fn layouts(source: &Source) -> Result<Vec<Layout>, Problems> {
    let Opened { registry, .. } = open(source).map_err(|broken| broken.problems)?;
    let all: Vec<usize> = (0..registry.locales.len()).collect();
    let tables = lower::lower(&registry, &all);
    let mut layouts = Vec::new();
    for set in &tables.sets {
        layouts.extend(set_layouts(set, &registry.locales));
    }
    Ok(layouts)
}

fn set_layouts(set: &Set, locales: &[String]) -> Vec<Layout> {
    let variant = if set.variants.len() > 256 { 2 } else { 1 };
    let mut layouts = vec![match &set.codes {
        Codes::Numbers { lookup, .. } => numbers(set, lookup, variant),
        Codes::Texts { lookup, .. } | Codes::Flags { lookup, .. } => {
            texts(set, "code", lookup, variant)
        }
    }];
    layouts.extend(
        set.symbols
            .iter()
            .map(|lookup| symbols(set, lookup, variant)),
    );
    for method in set.methods.iter() {
        let (Returns::Texts(languages) | Returns::OptionalTexts(languages)) = &method.returns
        else {
            continue;
        };
        for (language, locale) in languages.iter().zip(locales) {
            layouts.push(text_layout(
                set,
                format!("{}.{locale}", method.name),
                language,
            ));
        }
    }
    layouts
}

/// A lookup, as far as its size is concerned.
struct Measured<'a> {
    probe: &'a Probe,
    keys: usize,
    /// The number of slots and the bytes of each.
    slots: (usize, usize),
    /// The bytes of the other tables.
    others: usize,
}

impl Measured<'_> {
    fn layout(&self, set: &Set, table: &str) -> Layout {
        let (slots, slot_bytes) = self.slots;
        Layout {
            set: set.name.clone(),
            table: table.to_owned(),
            strategy: self.probe.level.strategy(),
            keys: self.keys,
            slots,
            bytes: slots * slot_bytes + self.probe.level.bytes() + self.others,
            tries: self.probe.tries,
        }
    }
}

/// `variant` is the size of a variant in bytes.
fn numbers(set: &Set, lookup: &NumberLookup, variant: usize) -> Layout {
    let count = set.variants.len();
    let of = |probe, keys, slots: &Numbers, others| Measured {
        probe,
        keys,
        slots: (slots.len(), slots.width()),
        others,
    };
    let measured = match lookup {
        NumberLookup::Dense { len, .. } => {
            return Layout {
                set: set.name.clone(),
                table: "code".to_owned(),
                strategy: "dense",
                keys: count,
                slots: *len,
                bytes: len * variant,
                tries: 0,
            };
        }
        NumberLookup::Variants { probe, slots } => Measured {
            probe,
            keys: count,
            slots: (slots.len(), variant),
            others: 0,
        },
        NumberLookup::Positions { probe, slots } | NumberLookup::Quotients { probe, slots, .. } => {
            of(probe, count, slots, 0)
        }
        NumberLookup::Keys {
            probe,
            slots,
            keys,
            variants,
        } => {
            let others = keys.bytes() + variants.len() * variant;
            of(probe, keys.len(), slots, others)
        }
        NumberLookup::Runs {
            probe,
            slots,
            starts,
        } => of(probe, starts.len() - 1, slots, starts.bytes()),
        NumberLookup::Groups {
            probe,
            slots,
            keys,
            starts,
            variants,
        } => {
            let others = keys.bytes() + starts.bytes() + variants.len() * variant;
            of(probe, keys.len(), slots, others)
        }
    };
    measured.layout(set, "code")
}

fn texts(set: &Set, table: &str, lookup: &TextLookup, variant: usize) -> Layout {
    let count = set.variants.len();
    let measured = match lookup {
        TextLookup::Variants { probe, slots } => Measured {
            probe: &probe.probe,
            keys: count,
            slots: (slots.len(), variant),
            others: 0,
        },
        TextLookup::Positions { probe, slots } => Measured {
            probe: &probe.probe,
            keys: count,
            slots: (slots.len(), slots.width()),
            others: 0,
        },
        TextLookup::Keys { keys, variants } => {
            keys.measured(variants.len(), variants.len() * variant)
        }
        TextLookup::Groups {
            keys,
            starts,
            variants,
        } => keys.measured(starts.len() - 1, starts.bytes() + variants.len() * variant),
    };
    measured.layout(set, table)
}

fn symbols(set: &Set, lookup: &SymbolLookup, variant: usize) -> Layout {
    let measured = match lookup {
        SymbolLookup::Plain(lookup) => return texts(set, "symbol", lookup, variant),
        SymbolLookup::Cut { keys, variants, .. } => {
            keys.measured(variants.len(), variants.len() * variant)
        }
        SymbolLookup::Templates {
            keys,
            starts,
            variants,
            ..
        } => keys.measured(starts.len() - 1, starts.bytes() + variants.len() * variant),
    };
    measured.layout(set, "symbol")
}

impl TextKeys {
    /// `targets` are the bytes of what the keys lead to.
    fn measured(&self, keys: usize, targets: usize) -> Measured<'_> {
        Measured {
            probe: &self.probe.probe,
            keys,
            slots: (self.slots.len(), self.slots.width()),
            others: self.keys.spans.bytes() + targets,
        }
    }
}

fn text_layout(set: &Set, table: String, language: &Language) -> Layout {
    let (strategy, keys, bytes) = match language {
        Language::First => ("as the first", set.variants.len(), 0),
        Language::Own(pool) => (
            pool.spans.strategy(),
            set.variants.len(),
            pool.spans.bytes(),
        ),
    };
    Layout {
        set: set.name.clone(),
        table,
        strategy,
        keys,
        slots: 0,
        bytes,
        tries: 0,
    }
}

impl Level {
    fn strategy(&self) -> &'static str {
        match self {
            Self::One => "one level",
            Self::Two(pilots) => match pilots.bucket {
                Bucket::Plain { .. } => "two levels",
                Bucket::Folded { .. } => "two levels, folded",
            },
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::One => 0,
            Self::Two(pilots) => pilots.values.bytes(),
        }
    }
}

impl Spans {
    fn strategy(&self) -> &'static str {
        match self {
            Self::Offsets { .. } => "offsets",
            Self::Parts { .. } => "parts",
            Self::Shared { .. } => "numbers",
        }
    }
}
