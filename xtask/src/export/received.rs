//! Answers of vendors, with what an implementation must make of them: the model, decoded as the
//! guide says. The tests compare the results with those of the runtime.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use errbook_spec::Wire;
use errbook_spec::facts::UNSPECIFIED;
use serde_json::{Value, json};

use crate::export::model::{Form, Set};

/// A string that is in no document, to be sent in place of a code or a symbol.
const UNKNOWN: &str = "ERRBOOK_NO_SUCH_CODE";

/// The code of an answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sent {
    Number(i64),
    Text(String),
}

/// Answers with codes of a set, and with unknown ones.
pub(super) fn received_cases(set: &Set) -> Vec<Value> {
    let answers = if set.both {
        answers_with_symbol(set)
    } else {
        answers_without_symbol(set)
    };
    let mut known = BTreeSet::new();
    let cases = answers
        .into_iter()
        .filter(|answer| known.insert(answer.clone()));
    cases
        .map(|(code, symbol)| case(set, &code, symbol.as_deref()))
        .collect()
}

type Answer = (Sent, Option<String>);

fn answers_without_symbol(set: &Set) -> Vec<Answer> {
    let text = |text: &str| (Sent::Text(text.to_owned()), None);
    let mut answers: Vec<Answer> = Vec::new();
    answers.extend(set.keys.iter().map(|key| text(&key.key)));
    answers.extend(set.symbols.iter().map(|key| text(&key.key)));
    for form in &set.templates {
        answers.push(text(&filled(form, "")));
        answers.push(text(&filled(form, " ")));
        // The symbol beside the code. Keys are in the order of the codes.
        let at = set.keys.partition_point(|key| key.index < form.index);
        if let Some(key) = set.keys.get(at).filter(|key| key.index == form.index) {
            answers.push((Sent::Text(key.key.clone()), Some(filled(form, ""))));
        }
    }
    answers.push(text(UNKNOWN));
    answers.extend(numbers(set).into_iter().map(|sent| (sent, None)));
    answers
}

fn answers_with_symbol(set: &Set) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for known in &set.symbols {
        answers.push((Sent::Text(known.code.clone()), Some(known.symbol.clone())));
    }
    for form in &set.templates {
        for space in ["", " "] {
            let symbol = Some(filled(form, space));
            answers.push((Sent::Text(form.code.clone()), symbol));
        }
    }
    let unknown = |sent| (sent, Some(UNKNOWN.to_owned()));
    answers.extend(numbers(set).into_iter().map(unknown));
    answers
}

/// Numbers at the ends of what is documented, and notations that are numbers or not.
fn numbers(set: &Set) -> Vec<Sent> {
    if set.bits == 0 {
        return vec![Sent::Number(7)];
    }
    let known = set.codes.iter().filter_map(|code| code.number);
    let edges = [known.clone().min(), known.max()].into_iter().flatten();
    let ranges = set.ranges.iter();
    let ranges =
        ranges.flat_map(|range| [range.from, i64::midpoint(range.from, range.to), range.to]);
    let all: Vec<i64> = edges
        .chain(ranges)
        .flat_map(|number| [number.checked_sub(1), Some(number), number.checked_add(1)])
        .flatten()
        .collect();
    let mut numbers: Vec<_> = all.iter().copied().map(Sent::Number).collect();
    let hexadecimal = |number: &i64| match (set.bits, i32::try_from(*number)) {
        (32, Ok(number)) => Some(format!("0x{number:08X}")),
        (32, Err(_)) => None,
        _ => Some(format!("0X{number:x}")),
    };
    numbers.extend(all.iter().filter_map(hexadecimal).map(Sent::Text));
    numbers.extend(all.first().map(|number| Sent::Text(format!("0{number}"))));
    numbers.extend(
        all.first()
            .map(|number| Sent::Text(format!("+{}", number.unsigned_abs()))),
    );
    let others = [
        "",
        "0x",
        "0x100000000000000000",
        "9223372036854775808",
        "1e3",
        "-0",
    ];
    numbers.extend(others.map(|other| Sent::Text(other.to_owned())));
    numbers
}

/// A symbol with a value for each parameter, after this space.
fn filled(form: &Form, space: &str) -> String {
    let mut text = form.literals[0].clone();
    for (at, literal) in form.literals[1..].iter().enumerate() {
        let _ = write!(text, "{space}value{}{literal}", at + 1);
    }
    text
}

fn case(set: &Set, answer: &Sent, symbol: Option<&str>) -> Value {
    match answer {
        Sent::Number(number) => received(set, &json!(number), symbol),
        Sent::Text(text) => received(set, &json!(text), symbol),
    }
}

/// What an implementation in any language must make of an answer: a case of the list `received` of
/// the conformance vectors. `code` is a number of at most 64 bits or a string; `symbol` is what the
/// answer has beside it, which a set whose codes need their symbol requires.
///
/// # Examples
///
/// ```
/// use errbook_cli::book::Book;
/// use errbook_cli::export::{model::Model, received};
/// use errbook_spec::place::Source;
/// use serde_json::json;
///
/// let spec = "schema = 1
/// vendor = \"shop\"
/// locale = \"en\"
/// [[set]]
/// name = \"OrderCode\"
/// [[set.code]]
/// code = \"7\"
/// variant = \"SoldOut\"
/// retry = \"never\"
/// ";
/// let specs = vec![errbook_spec::parse(&Source::new("spec.toml", spec))?];
/// let book = Book { specs, ..Book::default() };
/// let model = Model::new(&book, None)?;
/// let set = &model.vendors[0].sets[0];
/// assert_eq!(received(set, &json!("0x7"), None)["variant"], "SoldOut");
/// assert_eq!(received(set, &json!("07"), None)["variant"], json!(null));
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn received(set: &Set, code: &Value, symbol: Option<&str>) -> Value {
    let text = code
        .as_str()
        .map_or_else(|| code.to_string(), str::to_owned);
    let number = number(set, &text);
    let index = find(set, &text, number, symbol);
    let name = symbol.unwrap_or(&text);
    let own = index.and_then(|index| first(set, name, &|form| form.index == index));
    let found = index.map(|index| &set.codes[index]);
    let range = number.and_then(|number| {
        let mut ranges = set.ranges.iter();
        ranges.find(|range| (range.from..=range.to).contains(&number))
    });
    let facts = match (found, range) {
        (Some(code), _) => json!({
            "kind": code.fact("kind"),
            "retry": code.fact("retry"),
            "billing": code.fact("billing"),
            "severity": code.fact("severity"),
        }),
        (None, Some(range)) => json!({
            "kind": range.kind,
            "retry": range.retry,
            "billing": range.billing,
            "severity": range.severity,
        }),
        (None, None) => json!({
            "kind": null,
            "retry": UNSPECIFIED,
            "billing": UNSPECIFIED,
            "severity": "error",
        }),
    };
    let mut case = json!({
        "vendor": set.vendor,
        "set": set.name,
        "code": code,
        "symbol": symbol,
        "variant": found.map(|code| code.fact("variant")),
        "parameters": own.map(|(_, values)| values).unwrap_or_default(),
    });
    if let (Some(case), Value::Object(facts)) = (case.as_object_mut(), facts) {
        case.extend(facts);
    }
    case
}

/// A number in its shortest decimal form, or the bits of one in hexadecimal after `0x`.
fn number(set: &Set, text: &str) -> Option<i64> {
    match (
        set.bits,
        text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")),
    ) {
        (0, _) => None,
        (32, Some(_)) => Wire::Integer.number(text),
        (_, Some(_)) => Wire::Integer64.number(text),
        (_, None) => errbook::Wire::Text(text).as_integer(),
    }
}

/// The position of the code that an answer means.
fn find(set: &Set, text: &str, number: Option<i64>, symbol: Option<&str>) -> Option<usize> {
    let key = number.map_or_else(|| text.to_owned(), |number| number.to_string());
    let by_symbol = |wanted: &str| set.by_symbol.get(wanted).copied();
    let template = |name: &str, accept: &dyn Fn(&Form) -> bool| {
        first(set, name, accept).map(|(form, _)| form.index)
    };
    if set.both {
        let symbol = symbol.unwrap_or_default();
        let found = by_symbol(&format!("{key}\n{symbol}"));
        return found.or_else(|| template(symbol, &|form| form.code == key));
    }
    let found = set.by_key.get(&key).copied();
    if found.is_some() || number.is_some() {
        return found;
    }
    by_symbol(text).or_else(|| template(text, &|form| !form.shared))
}

/// The first accepted template that matches, with the values of its parameters.
fn first<'a>(
    set: &'a Set,
    name: &str,
    accept: &dyn Fn(&Form) -> bool,
) -> Option<(&'a Form, BTreeMap<&'a str, String>)> {
    let templates = set.templates.iter().filter(|form| accept(form));
    let mut matching = templates.filter_map(|form| Some((form, values(form, name)?)));
    matching.next()
}

fn values<'a>(form: &'a Form, name: &str) -> Option<BTreeMap<&'a str, String>> {
    let (first, rest) = form.literals.split_first()?;
    let mut text = name.strip_prefix(first.as_str())?;
    let mut values = BTreeMap::new();
    for (at, (parameter, literal)) in form.parameters.iter().zip(rest).enumerate() {
        // The last parameter takes the rest, so that its value can contain any character.
        let is_last = at + 1 == rest.len();
        let value = if is_last {
            text.strip_suffix(literal.as_str())?
        } else {
            &text[..text.find(literal)?]
        };
        // Vendors write a space after the separator in one answer, and none in the next.
        values.insert(parameter.as_str(), value.trim_start_matches(' ').to_owned());
        text = &text[value.len() + literal.len()..];
    }
    Some(values)
}

/// Strings of zeros and ones: which flags are set, and the positions of those that are not
/// documented. `null` for strings that are not flags.
pub(super) fn flag_cases(set: &Set) -> Vec<Value> {
    if set.width == 0 {
        return Vec::new();
    }
    let width = set.width;
    let ones = "1".repeat(width);
    let each = (0..width).map(|at| format!("{}1{}", "0".repeat(at), "0".repeat(width - at - 1)));
    let others = [
        ones.clone(),
        format!("{ones}01"),
        "0".repeat(width),
        ones[..1].to_owned(),
        "1".repeat(64),
        "1".repeat(65),
        String::new(),
        format!("{}2", &ones[1..]),
    ];
    each.chain(others)
        .map(|text| flag_case(set, &text))
        .collect()
}

fn flag_case(set: &Set, text: &str) -> Value {
    let is_valid =
        (1..=64).contains(&text.len()) && text.bytes().all(|each| matches!(each, b'0' | b'1'));
    let is_set = |position: usize| text.as_bytes().get(position - 1) == Some(&b'1');
    let flags: Vec<_> = set
        .codes
        .iter()
        .filter(|code| is_set(code.position))
        .collect();
    let is_known = |position: &usize| flags.iter().any(|flag| flag.position == *position);
    let unknown: Vec<_> = (1..=text.len())
        .filter(|position| is_set(*position) && !is_known(position))
        .collect();
    let flags: Vec<_> = flags.iter().map(|flag| flag.fact("variant")).collect();
    json!({
        "vendor": set.vendor,
        "set": set.name,
        "text": text,
        "flags": is_valid.then_some(flags),
        "unknown": is_valid.then_some(unknown),
    })
}
