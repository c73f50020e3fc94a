//! Search results in, text for a terminal out: a card for each code, or one line for each of many.

use std::fmt::Write;

use anstyle::Style;
use errbook_spec::Texts;
use errbook_spec::facts::{Fact, FactType, Value};
use errbook_spec::place::At;
use errbook_spec::template::{Template, holes};
use errbook_spec::{Billing, BillingSource, Code, Range, Retry, Set, Spec, Status};
use unicode_width::UnicodeWidthStr;

use crate::age::Age;
use crate::book::Book;
use crate::explain::lines::{LABEL, Lines, wrap_line};
use crate::explain::symbol::received_symbol;
use crate::explain::{Found, Hit};
use crate::export::facts::{billing_note, effective};
use crate::interface::{Card, Words, fill, shown_facts};
use crate::locale::pick_text;
use crate::reference::code_key;
use crate::rust_line::{rust_line, set_path};
use crate::search::How;
use crate::symbol::readable_symbol;
use crate::text::one_line;

/// Up to this many codes that match by words are shown as cards, more than that as one line each:
/// three cards fit on one screen.
const CARDS: usize = 3;
/// The maximum number of lines in a list; twenty fit on one screen.
const LINES: usize = 20;
const BOLD: Style = Style::new().bold();

/// Who reads the cards.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The reader's language, as a BCP-47 tag.
    pub locale: &'a str,
    /// How many letters a line of the reader's terminal has.
    pub width: usize,
}

/// All that was found, as text.
#[must_use]
pub fn cards(book: &Book, found: &Found<'_>, query: &str, reader: Reader<'_>) -> String {
    let Reader { locale, width } = reader;
    let writer = Writer {
        book,
        words: &Words::for_reader(locale).card,
        retries: Words::for_reader(locale),
        locale,
        width,
        query: query.trim(),
    };
    if found.is_empty() || !found.elsewhere.is_empty() {
        return writer.unknown_query(found);
    }
    let exact = if found.is_guess {
        &[]
    } else {
        found.exact.as_slice()
    };
    let few = if !found.is_guess && found.exact.len() + found.partial.len() <= CARDS {
        found.partial.len()
    } else {
        0
    };
    let (with_card, with_line) = found.partial.split_at(few);
    let guesses: Vec<_> = found.exact.iter().chain(with_line).cloned().collect();
    let with_line = if found.is_guess { &guesses } else { with_line };
    let cards: Vec<_> = exact
        .iter()
        .chain(with_card)
        .map(|hit| writer.card(hit))
        .collect();
    let heading = if found.is_guess {
        Some(&writer.words.guess)
    } else if !found.undocumented.is_empty() {
        Some(&writer.words.rest)
    } else if cards.is_empty() {
        None
    } else {
        Some(&writer.words.also)
    };
    let out = writer.opening(found, heading.is_none() || !cards.is_empty())
        + &cards.join("\n")
        + &writer.short_list(with_line, heading)
        + &writer.short_list(&found.same_digits, Some(&writer.words.same_digits))
        + &writer.unknown_parts(&found.unknown);
    out.trim_start_matches('\n').to_owned()
}

/// Writes cards for one reader. Writing to a `String` cannot fail.
struct Writer<'a> {
    book: &'a Book,
    words: &'static Card,
    retries: &'static Words,
    locale: &'a str,
    width: usize,
    query: &'a str,
}

impl Writer<'_> {
    /// What the cards do not say by themselves: which numbers no vendor documents, what a
    /// combination of flags is made of, and whose text for users the query is.
    fn opening(&self, found: &Found<'_>, is_before_cards: bool) -> String {
        let mut out = String::new();
        let is_mentioned = |number: &&String| {
            let mut hits = found.exact.iter().chain(&found.partial);
            hits.any(|hit| hit.code.is_none() && hit.numbers.contains(number))
        };
        let numbers = found.undocumented.iter();
        let numbers: Vec<_> = numbers
            .filter(|number| !is_mentioned(number))
            .cloned()
            .collect();
        if !numbers.is_empty() {
            out += &self.unknown_numbers(&numbers);
        }
        out += &self.noted_numbers(found);
        for (number, bits) in &found.combinations {
            out += &self.combination(number, bits, &found.exact);
        }
        for kind in &found.kinds {
            out += &fill(&self.words.for_users, &[("kind", kind)]);
            out.push('\n');
        }
        if !out.is_empty() && is_before_cards {
            out.push('\n');
        }
        out
    }

    /// `The note of TwoFactorCode.400504 mentions it:`, before the card of that code.
    fn noted_numbers(&self, found: &Found<'_>) -> String {
        let hits = found.exact.iter().chain(&found.partial);
        let noted = hits.filter(|hit| !hit.numbers.is_empty());
        let sentences = noted.filter_map(|hit| {
            let code = hit.code?.code.value.as_str();
            let set = format!("{} / {} {code}", self.vendor(hit.spec), hit.set.name.value);
            Some(fill(&self.words.note_of, &[("set", &set)]) + "\n")
        });
        sentences.collect()
    }

    fn unknown_numbers(&self, numbers: &[String]) -> String {
        let numbers = shortened(&numbers.join(", "));
        let words = self.words;
        format!("{BOLD}{numbers}{BOLD:#} {}\n{}\n", words.unknown, words.ask)
    }

    /// `01001000 = position 2 + position 5; all of them apply`.
    fn combination(&self, number: &str, bits: &str, hits: &[Hit<'_>]) -> String {
        let of_bits = |hit: &&Hit<'_>| hit.flag.as_ref().is_some_and(|(own, _)| own == bits);
        let positions = hits.iter().filter(of_bits).filter_map(|hit| {
            let (_, position) = hit.flag.as_ref()?;
            let position = fill(&self.words.position, &[("position", &position.to_string())]);
            Some(match hit.code {
                Some(_) => position,
                None => format!("{position} ({})", self.words.undocumented),
            })
        });
        let positions = positions.collect::<Vec<_>>().join(" + ");
        let zeros = if number == bits {
            String::new()
        } else {
            format!("{number} → ")
        };
        let places = [("flags", bits), ("positions", &positions)];
        format!("{zeros}{}\n", fill(&self.words.combination, &places))
    }

    /// A line for each match that does not get a card.
    fn short_list(&self, hits: &[Hit<'_>], heading: Option<&String>) -> String {
        let mut out = String::new();
        if let Some(heading) = heading.filter(|_| !hits.is_empty()) {
            let _ = writeln!(out, "\n{LABEL}{heading}{LABEL:#}");
        }
        // A query for a kind shows all of its codes.
        let most = if hits
            .iter()
            .all(|hit| matches!(hit.how, How::Kind | How::Scope))
        {
            hits.len()
        } else {
            LINES
        };
        let shown = &hits[..hits.len().min(most)];
        out += &self.code_lines(
            shown
                .iter()
                .filter_map(|hit| Some((hit.spec, hit.set, hit.code?))),
        );
        if hits.len() > most {
            let count = (hits.len() - most).to_string();
            let _ = writeln!(out, "  … {}", fill(&self.words.more, &[("count", &count)]));
        }
        out
    }

    /// The parts of the query that none of the codes has.
    fn unknown_parts(&self, parts: &[String]) -> String {
        if parts.is_empty() {
            return String::new();
        }
        let parts = shortened(&parts.join(", "));
        format!("\n{LABEL}{}{LABEL:#} {parts}\n", self.words.not_found)
    }

    /// The answer to a query that matches nothing: the matches of other vendors, or suggestions.
    fn unknown_query(&self, found: &Found<'_>) -> String {
        let query = shortened(self.query);
        let asked = self.book.vendors().next();
        if let Some(spec) = asked.filter(|_| !found.elsewhere.is_empty()) {
            let elsewhere = fill(&self.words.elsewhere, &[("vendor", &spec.vendor)]);
            let out = format!("{BOLD}{query}{BOLD:#} {elsewhere}\n");
            return out + &self.short_list(&found.elsewhere, None);
        }
        let mut out = if found.undocumented.is_empty() && found.is_long {
            format!("{}\n", self.words.no_code)
        } else if found.undocumented.is_empty() {
            format!("{BOLD}{query}{BOLD:#} {}\n", self.words.unknown)
        } else {
            self.unknown_numbers(&found.undocumented)
        };
        if !found.near.is_empty() {
            let _ = writeln!(out, "{LABEL}{}{LABEL:#}", self.words.near);
        }
        out += &self.code_lines(
            found
                .near
                .iter()
                .filter_map(|near| Some((near.spec, near.set, near.code?))),
        );
        out + &self.short_list(&found.same_digits, Some(&self.words.same_digits))
    }

    /// A line for each code, by a name that `explain` takes.
    fn code_lines<'b>(&self, codes: impl Iterator<Item = (&'b Spec, &'b Set, &'b Code)>) -> String {
        let lines: Vec<_> = codes
            .map(|(spec, set, code)| {
                let (_, message) = self
                    .pick(&code.message, own(spec, code))
                    .unwrap_or_default();
                let reference = format!(
                    "{}.{}",
                    set.name.value,
                    code_key(code, set.identity).reference()
                );
                (
                    format!("{reference}  {}", self.vendor(spec)),
                    one_line(message),
                )
            })
            .collect();
        let width = lines
            .iter()
            .map(|(name, _)| name.width())
            .max()
            .unwrap_or_default();
        let mut out = String::new();
        for (name, message) in lines {
            let mut name = name.as_str();
            for piece in wrap_line(
                &message,
                self.width.saturating_sub(width + 4).max(self.width / 3),
            ) {
                let _ = writeln!(out, "  {name}{}  {piece}", " ".repeat(width - name.width()));
                name = "";
            }
        }
        out
    }

    /// The text in the language that suits the reader best, with its tag.
    fn pick<'t>(&self, texts: &'t Texts, own: &str) -> Option<(&'t str, &'t str)> {
        pick_text(texts, self.locale, &self.book.languages, own)
    }

    /// A vendor, with its registry if there are several.
    fn vendor(&self, spec: &Spec) -> String {
        match self.book.mark(spec) {
            Some(registry) => format!("{registry}: {}", spec.vendor.value),
            None => spec.vendor.value.clone(),
        }
    }

    fn card(&self, hit: &Hit<'_>) -> String {
        let mut lines = Lines::default();
        match (hit.code, hit.range) {
            (Some(code), _) => self.add_code(&mut lines, hit, code),
            (None, Some(range)) => self.add_range(&mut lines, hit, range),
            (None, None) if hit.how == How::Note => self.add_mention(&mut lines, hit),
            (None, None) => lines.add(&self.words.status, &self.words.undocumented),
        }
        lines.optional(
            &self.words.document,
            edition(hit.spec, self.words).as_deref(),
        );
        format!("{}\n{}", self.headline(hit), lines.text(self.width))
    }

    fn headline(&self, hit: &Hit<'_>) -> String {
        let unknown = || match &hit.flag {
            Some((bits, position)) => {
                let bits = (1..=bits.len()).map(|place| place == *position);
                bits.map(|is_set| if is_set { '1' } else { '0' }).collect()
            }
            None if hit.numbers.is_empty() => shortened(self.query),
            None => shortened(&hit.numbers.join(", ")),
        };
        let code = hit
            .code
            .map_or_else(unknown, |code| code.code.value.clone());
        let mut line = format!(
            "{BOLD}{code}{BOLD:#}  {} / {}",
            self.vendor(hit.spec),
            hit.set.name.value
        );
        if let Some((_, position)) = &hit.flag {
            let position = position.to_string();
            let position = fill(&self.words.position, &[("position", &position)]);
            let _ = write!(line, "  ({position})");
        }
        if let Some(code) = hit.code {
            let _ = write!(line, "  {BOLD}{}{BOLD:#}", code.variant.value);
        }
        line
    }

    fn add_code(&self, lines: &mut Lines, hit: &Hit<'_>, code: &Code) {
        let words = self.words;
        let own = own(hit.spec, code);
        if code.status == Status::Retired {
            let instead = code
                .replaced_by
                .iter()
                .map(|other| format!("\n{}", fill(&words.use_instead, &[("code", other)])));
            let since = code
                .retired_in
                .iter()
                .map(|edition| format!("\n{}", fill(&words.retired_in, &[("edition", edition)])));
            let status = code.until.as_ref().map_or_else(
                || words.retired.clone(),
                |until| {
                    let now = &hit.set.meaning_now(code).variant;
                    let places = [("edition", until), ("code", &code.code), ("variant", now)];
                    fill(
                        &words.former,
                        &places.map(|(name, text)| (name, text.as_str())),
                    )
                },
            );
            let said = std::iter::once(status).chain(since).chain(instead);
            lines.add(&words.status, &said.collect::<String>());
        }
        lines.optional(
            &words.symbol,
            (code.symbol.as_ref())
                .map(|symbol| readable_symbol(symbol, &code.params))
                .as_deref(),
        );
        lines.list(
            &words.aliases,
            code.aliases.iter().map(|alias| alias.value.as_str()),
        );
        let params = hit.params.as_slice();
        self.add_texts(lines, &words.message, &filled(&code.message, params), own);
        self.add_texts(lines, &words.remedy, &filled(&code.remedy, params), own);
        self.add_params(lines, hit, code);
        let section = hit
            .set
            .sections
            .iter()
            .find(|section| Some(&section.id) == code.section.as_ref());
        if let Some(section) = section {
            self.add_texts(lines, &words.section, &section.title, own);
        }
        self.add_kind(
            lines,
            hit.spec,
            code.kind.as_ref().map(|kind| kind.value.as_str()),
        );
        self.add_retry(
            lines,
            code.retry.as_ref().map(|at| at.value),
            code.retry_after.as_ref().map(|at| at.value),
        );
        lines.add(
            &words.billing,
            &match (billing_note(hit.set, code), &code.billing) {
                (Some(_), None) => self.words.unspecified_see_note.clone(),
                (Some(_), Some(billing)) => {
                    let said = self.billing_text(hit.set, Some(billing.value));
                    format!("{said} · {}", self.words.see_note_free)
                }
                (None, billing) => self.billing_text(hit.set, billing.as_ref().map(|at| at.value)),
            },
        );
        lines.optional(
            &words.http,
            code.http
                .as_ref()
                .map(|http| http.value.to_string())
                .as_deref(),
        );
        self.add_facts(lines, hit, code);
        let registry = self.book.registry_of(hit.spec);
        lines.whole(
            &words.rust,
            &rust_line(
                &set_path(registry.modules.as_deref(), hit.spec, hit.set),
                hit.set,
                code,
                received_symbol(hit, code).as_deref(),
            ),
        );
    }

    /// The facts that need only a label: the code's own, else those that it has from its set or
    /// its vendor.
    fn add_facts(&self, lines: &mut Lines, hit: &Hit<'_>, code: &Code) {
        let own = own(hit.spec, code);
        let effective = effective(hit.spec, hit.set, code);
        let from_vendor = Code {
            since: hit.spec.since.clone(),
            ..Code::default()
        };
        for fact in shown_facts() {
            let of_set = fact.get(hit.set);
            let is_inherited = of_set.is_some() || fact.get(&from_vendor).is_some();
            let inherited = || {
                // A code that reports success does not have the severity of its set.
                let value = fact.get(&effective).or(of_set);
                value.filter(|_| is_inherited)
            };
            let own_value = fact.get(code);
            let has_own = own_value.is_some();
            if let Some(value) = own_value.or_else(inherited) {
                self.add_fact(lines, fact, &value, own);
            }
            // The note of a code does not replace that of its set.
            if let Some(note) = fact
                .get(hit.set)
                .filter(|_| has_own && fact.fact_type() == FactType::Note)
            {
                self.add_labelled(lines, &self.words.set_note, fact, &note, &hit.spec.locale);
            }
        }
    }

    fn add_fact(&self, lines: &mut Lines, fact: &Fact, value: &Value, own: &str) {
        self.add_labelled(lines, self.retries.fact(fact), fact, value, own);
    }

    fn add_labelled(&self, lines: &mut Lines, label: &str, fact: &Fact, value: &Value, own: &str) {
        match (value, fact.fact_type()) {
            // Each language has other words of the vendor.
            (Value::Texts(texts), _) => {
                lines.list(label, texts.values().map(|text| text.as_str()));
            }
            (Value::Table(table), FactType::Note) => self.add_note(lines, label, table, own),
            _ => lines.add(label, &self.retries.value(fact, value)),
        }
    }

    /// A note in the reader's language, and where it comes from.
    fn add_note(&self, lines: &mut Lines, label: &str, table: &[(String, At<String>)], own: &str) {
        let of_source = |key: &str| matches!(key, "source" | "date");
        let texts: Texts = table
            .iter()
            .filter(|(key, _)| !of_source(key))
            .cloned()
            .collect();
        if let Some((_, text)) = self.pick(&texts, own) {
            let source: Vec<_> = table
                .iter()
                .filter(|(key, _)| of_source(key))
                .map(|(_, text)| text.as_str())
                .collect();
            let source = if source.is_empty() {
                String::new()
            } else {
                format!("\n{}", source.join(", "))
            };
            lines.add(label, &format!("{text}{source}"));
        }
    }

    /// A number that only the note of a set mentions.
    fn add_mention(&self, lines: &mut Lines, hit: &Hit<'_>) {
        lines.add(&self.words.status, &self.words.mentioned);
        lines.add(&self.words.remedy, &self.words.read_note);
        for fact in shown_facts().filter(|fact| fact.fact_type() == FactType::Note) {
            if let Some(note) = fact.get(hit.set) {
                self.add_fact(lines, fact, &note, &hit.spec.locale);
            }
        }
    }

    fn add_range(&self, lines: &mut Lines, hit: &Hit<'_>, range: &Range) {
        let ends = [("from", range.from.as_str()), ("to", range.to.as_str())];
        lines.add(&self.words.status, &fill(&self.words.in_range, &ends));
        self.add_kind(
            lines,
            hit.spec,
            range.kind.as_ref().map(|kind| kind.value.as_str()),
        );
        self.add_retry(lines, range.retry.as_ref().map(|at| at.value), None);
        lines.add(
            &self.words.billing,
            &self.billing_text(hit.set, range.billing.as_ref().map(|at| at.value)),
        );
        for fact in shown_facts() {
            if let Some(value) = fact.get(range).or_else(|| fact.get(hit.set)) {
                self.add_fact(lines, fact, &value, &hit.spec.locale);
            }
        }
    }

    /// The text for this reader, and the vendor's own beneath it.
    fn add_texts(&self, lines: &mut Lines, label: &str, texts: &Texts, own: &str) {
        let Some((tag, text)) = self.pick(texts, own) else {
            return;
        };
        lines.add(label, text);
        if let Some(vendor) = texts.get(own).filter(|_| tag != own) {
            lines.faint(vendor);
        }
    }

    /// What a kind is, whose fault it usually is, and what users read.
    fn add_kind(&self, lines: &mut Lines, spec: &Spec, kind: Option<&str>) {
        let Some(kind) = kind else { return };
        let known = self.book.registry_of(spec).kind(kind);
        let doc = known.and_then(|known| self.pick(&known.doc, "en"));
        lines.add(
            &self.words.kind,
            &doc.map_or_else(|| kind.to_owned(), |(_, doc)| format!("{kind}: {doc}")),
        );
        let fault = known.and_then(|known| known.fault.as_ref());
        let fault = fault.map(|fault| self.retries.fault(fault.value));
        lines.optional(&self.words.whose_fault, fault);
        let message = known.and_then(|known| self.pick(&known.message, "en"));
        lines.optional(&self.words.user, message.map(|(_, message)| message));
    }

    fn add_retry(&self, lines: &mut Lines, retry: Option<Retry>, after: Option<u32>) {
        let Some(retry) = retry else { return };
        let after = after
            .map(|seconds| {
                let seconds = seconds.to_string();
                let at_least = fill(&self.words.at_least, &[("seconds", &seconds)]);
                format!(" ({at_least})")
            })
            .unwrap_or_default();
        lines.add(
            &self.words.retry,
            &format!("{}{after}", self.retries.retry(retry)),
        );
    }

    /// Whether the answer is billed, and where the document says so.
    fn billing_text(&self, set: &Set, billing: Option<Billing>) -> String {
        let Some(billing) = billing else {
            return self.words.unspecified.clone();
        };
        let said = if billing == Billing::Billed {
            &self.words.billed
        } else {
            &self.words.free
        };
        match &set.billing_source {
            Some(BillingSource::Column(column)) => {
                let column = fill(&self.words.by_column, &[("column", column)]);
                format!("{said} ({column})")
            }
            Some(BillingSource::Quote(quote)) => format!("{said} (“{}”)", quote.value),
            None => said.clone(),
        }
    }

    /// Adds each parameter with its value, the values that it can have, and the languages whose
    /// texts do not use it.
    fn add_params(&self, lines: &mut Lines, hit: &Hit<'_>, code: &Code) {
        let template = code
            .symbol
            .as_ref()
            .and_then(|symbol| Template::of(symbol, &code.params));
        let mut names: Vec<_> = code
            .params
            .iter()
            .map(|param| param.name.value.clone())
            .collect();
        names.extend(
            template
                .into_iter()
                .flat_map(|template| template.names)
                .filter(|name| !names.contains(name))
                .collect::<Vec<_>>(),
        );
        let each = names.iter().map(|name| self.param_text(hit, code, name));
        lines.list(
            &self.words.parameters,
            each.collect::<Vec<_>>().iter().map(String::as_str),
        );
    }

    fn param_text(&self, hit: &Hit<'_>, code: &Code, name: &str) -> String {
        let mut out = format!("<{name}>");
        let value = hit.params.iter().find(|(other, _)| other == name);
        out.extend(value.map(|(_, value)| format!(" = {value}")));
        let values = code
            .params
            .iter()
            .find(|param| param.name.value == name)
            .map(|param| param.values.as_slice());
        let values: Vec<_> = values
            .unwrap_or_default()
            .iter()
            .map(|value| value.value.as_str())
            .collect();
        if !values.is_empty() {
            let one_of = fill(&self.words.one_of, &[("values", &values.join(", "))]);
            let _ = write!(out, " ({one_of})");
        }
        let without = code
            .message
            .iter()
            .filter(|(_, text)| !holes(text).any(|hole| hole == name));
        let without: Vec<_> = without.map(|(tag, _)| tag.as_str()).collect();
        if !without.is_empty() && without.len() < code.message.len() {
            let not_in = fill(&self.words.not_in, &[("languages", &without.join(", "))]);
            let _ = write!(out, " ({not_in})");
        }
        out
    }
}

/// Which edition of the vendor's document the spec is from, and whether there is a later one.
/// Nothing, if it names neither an edition nor a day.
fn edition(spec: &Spec, words: &Card) -> Option<String> {
    let age = Age::of(spec)?;
    let edition = age.edition.map(|name| format!("{} {name}", words.edition));
    let superseded = age.superseded.map(|superseded| match superseded.day() {
        Some(day) => format!("{} ({day})", words.superseded),
        None => words.superseded.clone(),
    });
    let newer = age.newer.map(|url| format!("{}: {url}", words.newer));
    let parts: Vec<_> = edition.into_iter().chain(superseded).chain(newer).collect();
    Some(parts.join(" · "))
}

/// The beginning of a long query. 80 characters fit on one line and are enough to recognize it.
fn shortened(query: &str) -> String {
    match query.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &query[..end]),
        None => query.to_owned(),
    }
}

/// The texts with the received values of their parameters.
fn filled(texts: &Texts, params: &[(String, String)]) -> Texts {
    let fill = |text: &str| {
        params.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("<{name}>"), value)
        })
    };
    texts
        .iter()
        .map(|(tag, text)| (tag.clone(), At::new(fill(text), text.place.clone())))
        .collect()
}

/// The language of the vendor's own text.
fn own<'a>(spec: &'a Spec, code: &'a Code) -> &'a str {
    code.locale
        .as_ref()
        .map_or(spec.locale.as_str(), |locale| locale.as_str())
}
