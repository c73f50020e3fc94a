//! The ways in which people ask for a code: 25 queries for each code of a registry.

use errbook_cli::book::Book;
use errbook_cli::rust_line::{rust_line, set_path};
use errbook_cli::search::{Index, Target};
use errbook_spec::{Code, Set, Spec, Texts, Wire};

/// A query for a code.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) query: String,
    /// The facts of the code that the query contains.
    facts: Vec<Fact>,
}

/// A fact of a code that a query can contain.
#[derive(Clone, Copy)]
enum Fact {
    Vendor,
    Set,
    Number,
    Symbol,
    Variant,
    Kind,
    Text(Language),
    Said,
}

#[derive(Clone, Copy)]
enum Language {
    Own,
    English,
}

/// A code with what it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) set: &'a Set,
    pub(crate) code: &'a Code,
}

/// Every code of a book.
pub(crate) fn places(book: &Book) -> Vec<Place<'_>> {
    let place = |(spec, set, code)| Place { spec, set, code };
    book.codes().map(place).collect()
}

/// The code that is a target of the index of a book.
pub(crate) fn place_of(book: &Book, target: Target) -> Option<Place<'_>> {
    let Target::Code(set, code) = target else {
        return None;
    };
    let (spec, set) = book.sets().nth(set)?;
    let code = &set.codes[code];
    Some(Place { spec, set, code })
}

impl Way {
    /// Whether a code has each fact that the query contains, so that nothing in the query tells it
    /// from the code that is asked for.
    pub(crate) fn fits(&self, wanted: Place<'_>, other: Place<'_>) -> bool {
        self.facts.iter().all(|fact| {
            let theirs = values(*fact, other);
            values(*fact, wanted).iter().any(|own| theirs.contains(own))
        })
    }
}

fn values(fact: Fact, at: Place<'_>) -> Vec<String> {
    let Place { spec, set, code } = at;
    let plain = |text: &str| {
        let text = text.to_lowercase();
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    match fact {
        Fact::Vendor => vec![spec.vendor.value.clone()],
        Fact::Set => vec![set.name.value.clone()],
        Fact::Number => {
            let aliases = code
                .aliases
                .iter()
                .chain(&code.was)
                .map(|alias| alias.value.clone());
            aliases.chain([code.code.value.clone()]).collect()
        }
        Fact::Symbol => vec![symbol(code)],
        Fact::Variant => vec![code.variant.value.clone()],
        Fact::Kind => code.kind.iter().map(|kind| kind.value.clone()).collect(),
        Fact::Text(Language::English) => {
            texts(&code.message, "en").into_iter().map(plain).collect()
        }
        Fact::Text(Language::Own) => texts(&code.message, own(at))
            .into_iter()
            .map(plain)
            .collect(),
        Fact::Said => code
            .said
            .values()
            .chain(code.message.values())
            .map(|text| plain(text))
            .collect(),
    }
}

fn own(at: Place<'_>) -> &str {
    at.code.locale.as_ref().unwrap_or(&at.spec.locale)
}

fn texts<'a>(texts: &'a Texts, language: &str) -> Vec<&'a str> {
    texts
        .get(language)
        .map(|text| text.as_str())
        .into_iter()
        .collect()
}

fn text<'a>(texts: &'a Texts, language: &str) -> &'a str {
    let first = || texts.values().next().map_or("", |text| text.as_str());
    texts.get(language).map_or_else(first, |text| text.as_str())
}

/// The symbol with values in place of its parameters; the code, if there is no symbol.
fn symbol(code: &Code) -> String {
    let mut symbol = code.symbol.as_ref().unwrap_or(&code.code).value.clone();
    for param in &code.params {
        let value = param
            .values
            .first()
            .map_or("image_ref1", |value| value.as_str());
        if let Some(written) = &param.written {
            symbol = symbol.replace(written.as_str(), value);
        }
        symbol = symbol.replace(&format!("<{}>", param.name.value), value);
    }
    while let Some((before, rest)) = symbol.clone().split_once('<') {
        let after = rest.split_once('>').map_or("", |(_, after)| after);
        symbol = format!("{before}image_ref1{after}");
    }
    symbol
}

/// The queries for a code.
pub(crate) fn ways(book: &Book, index: &Index, at: Place<'_>) -> Vec<Way> {
    use Fact::{Kind, Number, Said, Symbol, Text, Variant, Vendor};
    let Place { spec, set, code } = at;
    let number = code.code.as_str();
    let vendor = spec.vendor.as_str();
    let name = set.name.as_str();
    let own_text = text(&code.message, own(at));
    let english = text(&code.message, "en");
    let symbol = symbol(code);
    let kind = code.kind.as_ref().map_or("", |kind| kind.as_str());
    let path = set_path(book.registry_of(spec).modules.as_deref(), spec, set);
    let said = code
        .said
        .values()
        .next()
        .map_or(own_text, |text| text.as_str());
    // Markup is between words, not inside a word of ASCII letters.
    let letters: Vec<_> = own_text.char_indices().collect();
    let cuts_a_word = |pair: &[(usize, char)]| {
        pair.iter()
            .all(|(_, letter)| letter.is_ascii_alphanumeric())
    };
    let places = letters.windows(2).skip(letters.len() / 2);
    let middle = places
        .filter(|pair| !cuts_a_word(pair))
        .map(|pair| pair[1].0)
        .next()
        .unwrap_or_default();
    let (head, tail) = own_text.split_at(middle);
    let title = text(&spec.title, &spec.locale);
    let set_title = text(&set.title, "en");
    // Without a symbol, the code itself is asked for.
    let its_symbol = code.symbol.as_ref().map_or(Number, |_| Symbol);
    let own = Text(Language::Own);
    let en = Text(Language::English);
    let way = |name, query: String, facts: &[Fact]| Way {
        name,
        query,
        facts: facts.to_vec(),
    };
    vec![
        way("number", number.to_owned(), &[Number]),
        way("quoted", format!("\"{number}\","), &[Number]),
        way("full width", full_width(number), &[Number]),
        way("hexadecimal", hexadecimal(set, number), &[Number]),
        way(
            "vendor, number",
            format!("{vendor} {number}"),
            &[Vendor, Number],
        ),
        way(
            "set, number",
            format!("{name} {number}"),
            &[Fact::Set, Number],
        ),
        way(
            "link",
            format!("{vendor}/{name}/{number}"),
            &[Vendor, Fact::Set, Number],
        ),
        way(
            "path",
            format!("{path}::{}", code.variant.value),
            &[Vendor, Fact::Set, Variant],
        ),
        way(
            "set, variant",
            format!("{name}::{}", code.variant.value),
            &[Fact::Set, Variant],
        ),
        way("variant", code.variant.value.clone(), &[Variant]),
        way("symbol", symbol.clone(), &[its_symbol]),
        way(
            "symbol = number",
            format!("{symbol} = {number}"),
            &[its_symbol, Number],
        ),
        way(
            "line of Rust",
            rust_line(&path, set, code, Some(&symbol)),
            &[Vendor, Fact::Set, Number, its_symbol],
        ),
        way("Chinese key", format!("错误码 {number}"), &[Number]),
        way(
            "number: text",
            format!("{number}: {own_text}"),
            &[Number, own],
        ),
        way("text", own_text.to_owned(), &[own]),
        way("text with markup", format!("{head}<br>{tail}。"), &[own]),
        way("traditional", traditional(index, own_text), &[own]),
        way("vendor's words", said.to_owned(), &[Said]),
        way("English", english.to_owned(), &[en]),
        way("English with a typo", typo(english), &[en]),
        way(
            "titles, number",
            format!("{title} {set_title} {number}"),
            &[Vendor, Fact::Set, Number],
        ),
        way(
            "JSON",
            format!(
                "{{\"request_id\":\"1543557,ab12\",\"time_used\":403,\"code\":{number},\"msg\":\"{own_text}\"}}"
            ),
            &[Number, own],
        ),
        way(
            "log line",
            format!(
                "2026-11-30 17:53:57,123 ERROR [http-nio-8080-exec-3] c.a.KycClient:142 - verify failed, code={number}, kind={kind}, cost=35ms, uid=2006"
            ),
            &[Number, Kind],
        ),
        way(
            "sentence",
            format!(
                "Why does {vendor} answer with error {number} ({english}) since yesterday, and what can we do?"
            ),
            &[Vendor, Number, en],
        ),
    ]
}

fn full_width(number: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        other => other,
    };
    number.chars().map(wide).collect()
}

/// An integer as a debugger shows it.
fn hexadecimal(set: &Set, number: &str) -> String {
    match (set.wire, number.parse::<i32>()) {
        (Wire::Integer, Ok(number)) => format!("0x{number:08X}"),
        _ => format!("[{number}]"),
    }
}

fn traditional(index: &Index, text: &str) -> String {
    let words = &index.words;
    let to_traditional = |c: char| {
        let at = words.simplified.chars().position(|simple| simple == c);
        at.and_then(|at| words.traditional.chars().nth(at))
            .unwrap_or(c)
    };
    text.chars().map(to_traditional).collect()
}

/// The text with two letters of its longest word exchanged.
fn typo(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    let Some(longest) = words.max_by_key(|word| word.len()) else {
        return text.to_owned();
    };
    if longest.len() < 4 {
        return text.to_owned();
    }
    let middle = longest.len() / 2;
    let mut letters: Vec<char> = longest.chars().collect();
    letters.swap(middle - 1, middle);
    text.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}
