//! Says in words how each lookup of a spec is laid out and what it costs, for a person who wants to see it.

use std::fmt;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::registry::Registry;
use errbook_spec::{self as spec, check};

use crate::layout::{Hashed, NumberLayout};
use crate::lower;
use crate::tables::{Codes, NumberIndex, Pool, Set, Spans, Targets, TextIndex};

/// How one table of a set is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The set.
    pub set: String,
    /// What is looked up or kept: `code`, `symbol`, `message.en` and so on.
    pub table: String,
    /// How: `dense`, `one level`, `two levels`, `two levels, folded`, or how texts are addressed.
    pub strategy: &'static str,
    /// How many keys or texts there are.
    pub keys: usize,
    /// How many slots the lookup has; 0 where nothing is looked up.
    pub slots: usize,
    /// The bytes it takes besides the table of codes and the texts themselves.
    pub bytes: usize,
    /// How many placements of a key the search took.
    pub tries: u64,
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{}.{}", self.set, self.table);
        // Tenths of a byte for each key, without a float.
        let tenths = (self.bytes * 10).div_ceil(self.keys.max(1));
        let (keys, strategy, slots) = (self.keys, self.strategy, self.slots);
        let each = format!("{}.{}", tenths / 10, tenths % 10);
        write!(
            f,
            "{name:<32} {keys:>5} keys  {strategy:<18} {slots:>6} slots  {each:>5} B/key  {:>7} tries",
            self.tries
        )
    }
}

/// How all tables of a spec are laid out.
///
/// # Errors
///
/// All that is wrong with the spec.
///
/// ```
/// use errbook_codegen::{Source, layouts};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n[[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
/// let layouts = layouts(&Source::new("spec.toml", spec))?;
/// assert_eq!((layouts[0].table.as_str(), layouts[0].strategy), ("code", "dense"));
/// # Ok::<(), errbook_codegen::Problems>(())
/// ```
pub fn layouts(source: &Source) -> Result<Vec<Layout>, Problems> {
    let registry: Registry = check(&spec::parse(source)?)?;
    let all: Vec<usize> = (0..registry.locales.len()).collect();
    let tables = lower::lower(&registry, &all);
    let mut layouts = Vec::new();
    for set in &tables.sets {
        layouts.extend(self::set(set, &registry.locales));
    }
    Ok(layouts)
}

fn set(set: &Set, locales: &[String]) -> Vec<Layout> {
    let variant_bytes = if set.variants.len() > 256 { 2 } else { 1 };
    let mut layouts = vec![match &set.codes {
        Codes::Numbers { index, .. } => numbers(set, index, variant_bytes),
        Codes::Texts { index, .. } | Codes::Flags { index, .. } => {
            texts(set, "code", index, variant_bytes)
        }
    }];
    layouts.extend(
        set.symbols
            .iter()
            .map(|symbols| texts(set, "symbol", &symbols.index, variant_bytes)),
    );
    for (name, pools) in [
        ("message", &set.messages),
        ("remedy", &set.remedies),
        ("definition", &set.definitions),
    ] {
        layouts.extend(
            pools
                .iter()
                .zip(locales)
                .map(|(texts, locale)| pool(set, format!("{name}.{locale}"), texts)),
        );
    }
    layouts
}

fn numbers(set: &Set, index: &NumberIndex, variant_bytes: usize) -> Layout {
    let (strategy, slots, tries) = match &index.layout {
        NumberLayout::Dense { slots, .. } => ("dense", slots.len(), 0),
        NumberLayout::Hashed(hashed) => (levels(hashed), hashed.slots.len(), hashed.tries),
    };
    let pilots = match &index.layout {
        NumberLayout::Dense { .. } => 0,
        NumberLayout::Hashed(hashed) => hashed.pilot_bytes(),
    };
    // Keys that are not simply the codes of the variants have a table of their own.
    let own = if matches!(index.targets, Targets::Same | Targets::Runs { .. }) {
        0
    } else {
        index.keys.len() * index.bits as usize / 8
    };
    let slot = if index.quotients.is_some() {
        4
    } else {
        variant_bytes
    };
    let bytes = slots * slot + pilots + own + targets(&index.targets, variant_bytes);
    Layout {
        set: set.name.clone(),
        table: "code".to_owned(),
        strategy,
        keys: index.keys.len(),
        slots,
        bytes,
        tries,
    }
}

fn texts(set: &Set, table: &str, index: &TextIndex, variant_bytes: usize) -> Layout {
    let hashed = &index.layout.hashed;
    let keys = index.count;
    let slot = if hashed.slots.iter().any(|&slot| slot > 0xFF) {
        2
    } else {
        1
    };
    let own = index.keys.as_ref().map_or(0, |keys| keys.spans.bytes());
    let bytes = hashed.slots.len() * slot
        + hashed.pilot_bytes()
        + own
        + targets(&index.targets, variant_bytes);
    let (strategy, slots, tries) = (levels(hashed), hashed.slots.len(), hashed.tries);
    Layout {
        set: set.name.clone(),
        table: table.to_owned(),
        strategy,
        keys,
        slots,
        bytes,
        tries,
    }
}

fn pool(set: &Set, table: String, pool: &Pool) -> Layout {
    let strategy = match &pool.spans {
        Spans::Offsets(_) => "offsets",
        Spans::Parts { .. } => "parts",
        Spans::Numbers { .. } => "numbers",
    };
    let (keys, bytes) = (positions(pool), pool.spans.bytes());
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

fn positions(pool: &Pool) -> usize {
    match &pool.spans {
        Spans::Offsets(offsets) => offsets.len() - 1,
        Spans::Parts { starts, .. } => starts.len(),
        Spans::Numbers { numbers, .. } => numbers.len(),
    }
}

fn levels(hashed: &Hashed) -> &'static str {
    match &hashed.pilots {
        None => "one level",
        Some(pilots) if pilots.fold.is_none() => "two levels",
        Some(_) => "two levels, folded",
    }
}

fn targets(targets: &Targets, variant_bytes: usize) -> usize {
    match targets {
        Targets::Same => 0,
        Targets::Each(variants) => variants.len() * variant_bytes,
        Targets::Runs { starts } => starts.len() * variant_bytes,
        Targets::Many { starts, variants } => {
            starts.len() * variant_bytes + variants.len() * variant_bytes
        }
    }
}
