//! Resolves variants whose facts are in their attributes: builds a spec from them, and checks it by
//! the same rules as a spec in a file.

use errbook_spec::check;
use errbook_spec::facts::{self, FactType, Value};
use errbook_spec::place::{At, Place};
use errbook_spec::problem::no_word;
use errbook_spec::registry::Registry;
use errbook_spec::template;
use errbook_spec::{Code, Param, Set, Severity, Spec, Texts, Wire};
use heck::ToUpperCamelCase;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{LitInt, LitStr};

use crate::derive::errors::Errors;
use crate::derive::facts::Attribute;
use crate::derive::from_spec::choose_languages;
use crate::derive::item::{Item, Variant};
use crate::derive::options::{GivenFact, GivenValue, InLanguage, Name};
use crate::derive::params;
use crate::derive::resolved::{CodeFacts, ResolvedItem, VariantCode};

/// The codes of an item's variants, from their attributes.
pub(super) fn resolve_item(item: &Item<'_>, vendor: &str, errors: &mut Errors) -> ResolvedItem {
    let mut places = Places::default();
    let spec = inline_spec(item, vendor, &mut places, errors);
    let is_complete = errors.is_empty();
    let registry = if spec.sets[0].codes.is_empty() {
        None
    } else {
        check_spec(&spec, &places, errors)
    };
    let registry = registry.filter(|_| is_complete);
    let mut resolved = ResolvedItem {
        locales: vec![spec.locale.value.clone()],
        wire: Some(wire_of_first(item, spec.sets[0].wire)),
        ..ResolvedItem::default()
    };
    let locales = registry
        .as_ref()
        .map(|registry| choose_languages(item, registry, &mut resolved, errors));
    let checked = registry.as_ref().zip(locales.as_deref());
    let mut codes = spec.sets[0].codes.iter().enumerate();
    let variant_codes = item.variants.iter().map(|variant| {
        match (&variant.options.transparent, &variant.options.name) {
            (Some(_), _) => VariantCode::Wrapped,
            (None, None) => VariantCode::Own(Box::default()),
            (None, Some(_)) => {
                let (position, code) = codes
                    .next()
                    .expect("the spec has a code for each variant that has one");
                VariantCode::Own(Box::new(resolve_facts(
                    variant, position, code, &spec, checked, errors,
                )))
            }
        }
    });
    resolved.variant_codes = variant_codes.collect();
    resolved
}

/// The facts in the attributes of an item, as a spec.
pub(super) fn inline_spec(
    item: &Item<'_>,
    vendor: &str,
    places: &mut Places,
    errors: &mut Errors,
) -> Spec {
    let coded: Vec<_> = item
        .variants
        .iter()
        .filter(|variant| variant.options.transparent.is_none())
        .collect();
    all_have_codes(item, &coded, errors);
    all_have_kinds(item, &coded, errors);
    let locale = match &item.options.locale {
        Some(locale) => places.text(locale),
        None => match first_language(&coded) {
            Some((tag, span)) => places.at(tag.to_owned(), span),
            None => "en".into(),
        },
    };
    let name = match &item.options.set {
        Some(set) => places.text(set),
        None => places.at(
            upper_camel(&item.ident.unraw().to_string()),
            item.ident.span(),
        ),
    };
    let all = coded
        .iter()
        .filter_map(|variant| spec_code(variant, &locale, places, errors))
        .collect();
    let has_kinds = coded.iter().any(|variant| variant.options.kind().is_some());
    let vendor = match &item.options.vendor {
        Some(vendor) => places.text(vendor),
        None => places.at(vendor.to_owned(), item.ident.span()),
    };
    let set = Set {
        name,
        wire: find_wire(&coded, errors),
        severity: spec_severity(item.options.severity.as_ref(), places, errors),
        reserved: spec_reserved(item, places),
        codes: all,
        ..Set::default()
    };
    Spec {
        vendor,
        locale,
        kinds: has_kinds.then(|| "errbook".into()),
        sets: vec![set],
        ..Spec::default()
    }
}

/// Every variant has a code with a message, or is `transparent`.
fn all_have_codes(item: &Item<'_>, coded: &[&Variant<'_>], errors: &mut Errors) {
    // The spec that has the codes may be in the part that could not be parsed.
    if item.options.is_broken {
        return;
    }
    let help = "write `#[error_code(1001, message = \"…\")]`, or `#[error_code(transparent)]` \
                to forward to the wrapped error";
    if coded.len() > 1
        && coded.iter().all(|variant| {
            variant.options.name.is_none()
                && variant.options.first_fact.is_none()
                && !variant.options.is_broken
        })
    {
        errors.on(
            item.ident,
            format!(
                "no variant of `{}` has a code\n  help: name a spec with `#[error_code(spec = \"errors.toml\")]`; or, on each \
                 variant, {help}",
                item.ident
            ),
        );
        return;
    }
    let whole = || coded.iter().filter(|variant| !variant.options.is_broken);
    for variant in whole().filter(|variant| variant.options.name.is_none()) {
        errors.on(
            variant.ident,
            format!("`{}` has no code\n  help: {help}", variant.ident),
        );
    }
    for variant in whole()
        .filter(|variant| variant.options.name.is_some() && variant.options.message().is_empty())
    {
        let help = "add `message = \"…\"`, `message(en = \"…\", \"zh-CN\" = \"…\")`, or `message = doc` for the doc \
                    comment; or name a spec on the type with `spec = \"errors.toml\"`";
        let name = variant
            .options
            .name
            .as_ref()
            .expect("variants without a code are filtered out");
        errors.at(
            name.span,
            format!("code `{}` has no message\n  help: {help}", name.text),
        );
    }
}

/// Every code has a kind with `kinds = …`, and no code has one without it.
fn all_have_kinds(item: &Item<'_>, coded: &[&Variant<'_>], errors: &mut Errors) {
    for variant in coded.iter().filter(|variant| !variant.options.is_broken) {
        match (
            &item.options.kinds,
            variant.options.kind(),
            &variant.options.name,
        ) {
            (Some(_), None, Some(name)) => {
                errors.at(
                    name.span,
                    format!(
                        "code `{}` has no `kind`, which `kinds = …` requires for every code",
                        name.text
                    ),
                );
            }
            (None, Some(kind), _) => {
                errors.on(kind, "`kind` requires the type of the taxonomy: add `kinds = crate::Kind` on the type");
            }
            _ => {}
        }
    }
}

fn first_language<'a>(coded: &[&'a Variant<'_>]) -> Option<(&'a str, Span)> {
    coded.iter().find_map(|variant| {
        variant
            .options
            .message()
            .iter()
            .find_map(|text| Some((text.tag.as_deref()?, text.tag_span)))
    })
}

/// The smallest wire type for the codes.
fn find_wire(coded: &[&Variant<'_>], errors: &mut Errors) -> Wire {
    let names = || {
        coded
            .iter()
            .filter_map(|variant| variant.options.name.as_ref())
    };
    let is_number = names().next().is_none_or(|first| first.is_number);
    for name in names().filter(|name| name.is_number != is_number) {
        let expected = if is_number { "an integer" } else { "a string" };
        errors.at(
            name.span,
            format!(
                "expected {expected}, as for the codes before: all codes of a type have one type"
            ),
        );
    }
    let fits = |name: &Name| name.text.parse::<i32>().is_ok();
    match is_number && names().all(|name| name.is_number) {
        false => Wire::String,
        true if names().all(fits) => Wire::Integer,
        true => Wire::Integer64,
    }
}

/// The wire type, also if codes of both types are an error: what the first code is.
fn wire_of_first(item: &Item<'_>, wire: Wire) -> Wire {
    let mut names = item
        .variants
        .iter()
        .filter_map(|variant| variant.options.name.as_ref());
    match (names.next(), wire) {
        (Some(first), Wire::String) if first.is_number => Wire::Integer,
        _ => wire,
    }
}

/// The name in the upper camel case that a spec requires.
fn upper_camel(name: &str) -> String {
    let is_camel = name.starts_with(char::is_uppercase) && !name.contains('_') && name != "ALL";
    if is_camel {
        name.to_owned()
    } else {
        name.to_upper_camel_case()
    }
}

fn spec_code(
    variant: &Variant<'_>,
    locale: &str,
    places: &mut Places,
    errors: &mut Errors,
) -> Option<Code> {
    let options = &variant.options;
    let name = options.name.as_ref()?;
    let mut code = Code {
        code: places.at(name.text.clone(), name.span),
        variant: places.at(
            upper_camel(&variant.ident.unraw().to_string()),
            variant.ident.span(),
        ),
        params: declared_params(variant),
        ..Code::default()
    };
    for given in &options.facts {
        if let Some(fact) = given.fact.attribute.spec_fact() {
            fact.set(&mut code, fact_value(given, fact, locale, places, errors));
        }
    }
    Some(code)
}

/// The value of a fact in a spec, from its attribute.
fn fact_value(
    given: &GivenFact,
    fact: &facts::Fact,
    locale: &str,
    places: &mut Places,
    errors: &mut Errors,
) -> Option<Value> {
    match (&given.value, fact.fact_type()) {
        (GivenValue::Flag, _) => Some(Value::Flag),
        (GivenValue::Number(literal), _) => {
            let number = spec_number(literal, places, errors)?;
            Some(Value::Number(number))
        }
        (GivenValue::Texts(list), FactType::Note) => {
            let texts = spec_texts(list, locale, places);
            let entries = texts.iter().map(|(tag, text)| (tag.clone(), text.clone()));
            Some(Value::Table(entries.collect()))
        }
        (GivenValue::Texts(list), _) => Some(Value::Texts(spec_texts(list, locale, places))),
        (GivenValue::Text(literal), FactType::Word(words)) => {
            let words: Vec<_> = words.into_iter().map(|word| (word, word)).collect();
            let word = spec_word(given.key(), literal, &words, places, errors)?;
            Some(Value::Word(word))
        }
        (GivenValue::Text(literal), _) => {
            let text = places.text(literal);
            Some(match given.fact.attribute {
                Attribute::Part(_, part) => Value::Table(vec![(part.to_owned(), text)]),
                Attribute::Whole(_) | Attribute::None => Value::Text(text),
            })
        }
    }
}

/// The parameters in the message and remedy. `params` checks later that a field fills each of them.
fn declared_params(variant: &Variant<'_>) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    // The texts that are templates in a spec.
    let templates = variant
        .options
        .facts
        .iter()
        .filter_map(|given| match &given.value {
            GivenValue::Texts(texts) if matches!(given.key(), "message" | "remedy") => Some(texts),
            _ => None,
        });
    for text in templates.flatten() {
        for name in template::holes(&text.text.value()) {
            if params.iter().all(|param| param.name.value != name) {
                params.push(Param {
                    name: name.into(),
                    ..Param::default()
                });
            }
        }
    }
    params
}

fn spec_texts(texts: &[InLanguage], locale: &str, places: &mut Places) -> Texts {
    let each = texts.iter().map(|text| {
        let tag = text.tag.clone().unwrap_or_else(|| locale.to_owned());
        (tag, places.text(&text.text))
    });
    each.collect()
}

fn spec_severity(
    literal: Option<&LitStr>,
    places: &mut Places,
    errors: &mut Errors,
) -> Option<At<Severity>> {
    spec_word("severity", literal?, Severity::WORDS, places, errors)
}

fn spec_reserved(item: &Item<'_>, places: &mut Places) -> Vec<At<String>> {
    let names = item.options.reserved.iter().flatten();
    let entries = names.map(|name| places.at(name.text.clone(), name.span));
    entries.collect()
}

fn spec_word<T: Copy>(
    key: &str,
    literal: &LitStr,
    words: &[(&'static str, T)],
    places: &mut Places,
    errors: &mut Errors,
) -> Option<At<T>> {
    let text = literal.value();
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        errors.on(
            literal,
            no_word(key, &text, words.iter().map(|(word, _)| *word)),
        );
    }
    found.map(|(_, value)| places.at(*value, literal.span()))
}

fn spec_number(literal: &LitInt, places: &mut Places, errors: &mut Errors) -> Option<At<u32>> {
    let number = literal.base10_parse();
    if number.is_err() {
        errors.on(
            literal,
            format!("expected an integer from 0 to {}", u32::MAX),
        );
    }
    Some(places.at(number.ok()?, literal.span()))
}

/// Checks the spec. Problems are reported at the tokens that they are about.
pub(super) fn check_spec(spec: &Spec, places: &Places, errors: &mut Errors) -> Option<Registry> {
    let problems = match check(spec) {
        Ok(registry) => return Some(registry),
        Err(problems) => problems,
    };
    for problem in problems.iter() {
        // The wire type is inferred from the codes.
        let help = problem
            .help
            .iter()
            .filter(|help| !help.contains("`wire = "));
        let help = help
            .map(|help| format!("\n  help: {help}"))
            .collect::<String>();
        errors.at_once(
            places.span(&problem.place),
            format!("{}{help}", problem.message),
        );
    }
    None
}

fn resolve_facts(
    variant: &Variant<'_>,
    position: usize,
    code: &Code,
    spec: &Spec,
    checked: Option<(&Registry, &[usize])>,
    errors: &mut Errors,
) -> CodeFacts {
    let known: Vec<String> = variant
        .fields
        .iter()
        .map(|field| field.param.clone())
        .collect();
    let mut used: Vec<(String, Span)> = Vec::new();
    for text in variant.options.message() {
        reject_other_notations(variant, &text.text, errors);
        for name in template::holes(&text.text.value()) {
            if !used.iter().any(|(used, _)| used == name) {
                used.push((name.to_owned(), text.text.span()));
            }
        }
    }
    other_texts_are_fixed(variant, errors);
    let fills = params::fill(variant, &code.code, &known, &used, errors);
    let Some((registry, locales)) = checked else {
        return CodeFacts {
            fills,
            ..CodeFacts::default()
        };
    };
    let set = &registry.sets[0];
    let kind = variant
        .options
        .kind()
        .map(|kind| (kind.value().to_upper_camel_case(), Some(kind.span())));
    let mut code = set.codes[position].clone();
    let params = &spec.sets[0].codes[position].params;
    for text in code.message.iter_mut().chain(&mut code.remedy) {
        *text = unescaped(text, params);
    }
    CodeFacts {
        kind,
        fills,
        ..CodeFacts::new(&code, &spec.sets[0], &registry.vendor, locales)
    }
}

/// Reports parameters in texts other than the message, which cannot have any.
fn other_texts_are_fixed(variant: &Variant<'_>, errors: &mut Errors) {
    for given in &variant.options.facts {
        let GivenValue::Texts(texts) = &given.value else {
            continue;
        };
        let key = given.key();
        for text in texts.iter().filter(|_| key != "message") {
            let value = text.text.value();
            for name in template::holes(&value)
                .filter(|name| variant.fields.iter().any(|field| field.param == *name))
            {
                errors.on(
                    &text.text,
                    format!("a {key} cannot have parameters: `<{name}>` would not be filled in"),
                );
            }
        }
    }
}

/// Reports what looks like a parameter and would be printed as it is written: the notation of
/// `format!`, positions, format specifications, expressions.
fn reject_other_notations(variant: &Variant<'_>, text: &LitStr, errors: &mut Errors) {
    let value = text.value();
    for field in &variant.fields {
        let number = field.param.strip_prefix('_').unwrap_or(&field.param);
        let format = [
            format!("{{{}}}", field.param),
            format!("{{{}:", field.param),
            format!("{{{number}}}"),
        ];
        if let Some(wrong) = format.iter().find(|hole| value.contains(hole.as_str())) {
            let message = format!(
                "`{wrong}` is not a parameter and would be printed literally: write `<{}>`",
                field.param
            );
            errors.on(text, message);
        }
    }
    for (before, inside) in template::bracketed(&value) {
        if let Some(instead) = instead_of(inside).filter(|_| !before.ends_with('<')) {
            let message = format!(
                "`<{inside}>` is not a parameter and would be printed literally: {instead}\n  \
                 help: for the characters `<{inside}>`, write `<<{inside}>`"
            );
            errors.on(text, message);
        }
    }
}

/// What to write instead of something in angle brackets that was meant as a parameter.
fn instead_of(inside: &str) -> Option<String> {
    let is_spec = |spec: &str| {
        let of_spec = |each: char| each.is_ascii_alphanumeric() || "?#<>^+-.$*".contains(each);
        spec.chars().all(of_spec)
    };
    if !inside.is_empty() && inside.chars().all(|digit| digit.is_ascii_digit()) {
        return Some(format!("write `<_{inside}>`"));
    }
    if let Some(name) = inside
        .strip_prefix("r#")
        .filter(|name| template::is_name(name))
    {
        return Some(format!("write `<{name}>`"));
    }
    if inside.starts_with('.') && !inside.contains(char::is_whitespace) || inside.ends_with("()") {
        let help = "a parameter is the name of a field; store the value in a field of its own";
        return Some(help.to_owned());
    }
    let (name, spec) = inside.split_once(':')?;
    (template::is_name(name) && is_spec(spec))
        .then(|| format!("a parameter is always printed as by `{{}}`, so write `<{name}>`"))
}

/// A text in which `<<…>` is replaced by the characters `<…>`, unless it is the name of a parameter:
/// that is decided when the message is printed.
fn unescaped(text: &str, params: &[Param]) -> String {
    let mut text = text.to_owned();
    let escaped: Vec<String> = template::bracketed(&text)
        .filter(|(before, inside)| before.ends_with('<') && !is_param(inside, params))
        .filter(|(_, inside)| template::is_name(inside) || instead_of(inside).is_some())
        .map(|(_, inside)| inside.to_owned())
        .collect();
    for inside in escaped {
        text = text.replacen(&format!("<<{inside}>"), &format!("<{inside}>"), 1);
    }
    text
}

fn is_param(name: &str, params: &[Param]) -> bool {
    params.iter().any(|param| *param.name == name)
}

/// The spans of the values of a spec that is not in a file. The line of a `Place` is the number of
/// its span, counted from 1.
#[derive(Default)]
pub(super) struct Places(Vec<Span>);

impl Places {
    fn at<T>(&mut self, value: T, span: Span) -> At<T> {
        self.0.push(span);
        At::new(
            value,
            Place {
                file: None,
                line: self.0.len(),
                column: 0,
            },
        )
    }

    fn text(&mut self, literal: &LitStr) -> At<String> {
        self.at(literal.value(), literal.span())
    }

    fn span(&self, place: &Place) -> Span {
        let token = place.line.checked_sub(1).and_then(|line| self.0.get(line));
        token.copied().unwrap_or_else(Span::call_site)
    }
}
