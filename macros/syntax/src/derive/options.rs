//! Parses `#[error_code(…)]`: on a type where its codes come from, on a variant which code it has,
//! on a field which parameter it fills.

use errbook_spec::facts::FactType;
use errbook_spec::problem::did_you_mean;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{
    Attribute, Lit, LitBool, LitInt, LitStr, MacroDelimiter, Meta, MetaList, Path, Token, token,
};

use crate::derive::doc_comment::first_paragraph;
use crate::derive::errors::Errors;
use crate::derive::facts::{self, Fact};
use crate::file::parse_path;
use crate::input::{Locale, parse_locales};
use crate::parse::{
    self, parse_flag, parse_integer, parse_key, parse_list, parse_string, parse_type_path,
    set_option,
};

/// The attributes of a type.
#[derive(Default)]
pub(super) struct TypeOptions {
    pub(super) spec: Option<LitStr>,
    pub(super) set: Option<LitStr>,
    pub(super) kinds: Option<Path>,
    pub(super) locales: Option<Vec<Locale>>,
    pub(super) errbook: Option<Path>,
    pub(super) exhaustive: Option<Ident>,
    pub(super) methods: Option<LitBool>,
    pub(super) vendor: Option<LitStr>,
    pub(super) locale: Option<LitStr>,
    /// The severity of variants that do not set their own.
    pub(super) severity: Option<LitStr>,
    /// Numbers, ranges `7..9` and names that no variant may use.
    pub(super) reserved: Option<Vec<Name>>,
    /// Asks for the traits of a set.
    pub(super) code_set: Option<Ident>,
    /// The word `doc` of `message = doc` on an enum: the message of a variant that does not have
    /// its own is its doc comment.
    pub(super) message_is_doc: Option<Ident>,
    /// Whether a part could not be parsed. What seems to be missing may then be in that part.
    pub(super) is_broken: bool,
}

/// The attributes of a variant.
#[derive(Default)]
pub(super) struct VariantOptions {
    /// The code; with a spec also a symbol, an alias or a variant of the spec.
    pub(super) name: Option<Name>,
    pub(super) transparent: Option<Ident>,
    pub(super) facts: Vec<GivenFact>,
    /// The key of the first fact, which is not allowed with a spec or `transparent`.
    pub(super) first_fact: Option<Ident>,
    /// Whether a part could not be parsed. A fact that seems to be missing may then be in that
    /// part.
    pub(super) is_broken: bool,
}

/// A fact as an attribute gives it.
pub(super) struct GivenFact {
    pub(super) fact: &'static Fact,
    pub(super) value: GivenValue,
}

/// The value of an attribute.
pub(super) enum GivenValue {
    /// `key`
    Flag,
    /// `key = "…"`
    Text(LitStr),
    /// `key = 30`
    Number(LitInt),
    /// `key = "…"`, or `key(en = "…", de = "…")`
    Texts(Vec<InLanguage>),
}

/// A code or a symbol as it is written in the attribute.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) is_number: bool,
    pub(super) span: Span,
}

/// A string in one language; in the default language if there is no tag.
pub(super) struct InLanguage {
    pub(super) tag: Option<String>,
    pub(super) tag_span: Span,
    pub(super) text: LitStr,
}

const TYPE_KEYS: [&str; 13] = [
    "spec",
    "set",
    "kinds",
    "locales",
    "crate",
    "exhaustive",
    "methods",
    "vendor",
    "locale",
    "severity",
    "code_set",
    "reserved",
    MESSAGE,
];
/// The key of a message, which on an enum is `doc` for all its variants.
const MESSAGE: &str = "message";
/// The word for the doc comment as a message.
const DOC: &str = "doc";
/// The key of a variant that forwards to the error that it wraps.
const TRANSPARENT: &str = "transparent";
/// The key of a field.
const PARAM: &str = "param";

/// The keys of a variant.
fn variant_keys() -> Vec<&'static str> {
    std::iter::once(TRANSPARENT)
        .chain(facts::attribute_keys())
        .collect()
}

/// The keys of a struct, which has a code itself.
fn struct_keys() -> Vec<&'static str> {
    let more = variant_keys()
        .into_iter()
        .filter(|key| !TYPE_KEYS.contains(key));
    TYPE_KEYS.into_iter().chain(more).collect()
}

/// The keys of `#[error_code(…)]` on a type, on a variant, and on a field, for tests of their
/// documentation.
#[doc(hidden)]
#[must_use]
#[cfg(feature = "rust-files")]
pub fn attribute_keys() -> [Vec<&'static str>; 3] {
    [TYPE_KEYS.to_vec(), variant_keys(), vec![PARAM]]
}

/// Reads the attributes of a type. Those of a struct can also contain its code.
pub(super) fn parse_type_options(
    attributes: &[Attribute],
    is_struct: bool,
    errors: &mut Errors,
) -> (TypeOptions, VariantOptions) {
    let mut type_options = TypeOptions::default();
    let mut variant_options = VariantOptions::default();
    let is_whole = each_entry(attributes, errors, &mut |input| {
        let is_name = input.peek(Lit) || input.peek(Token![-]);
        if is_name && is_struct {
            return variant_options.parse_name(input);
        }
        if is_name {
            let path = input.fork().parse::<LitStr>().map(|path| path.value());
            let path = path.ok().filter(|path| path.contains(".toml"));
            let path = path.as_deref().unwrap_or("…");
            return Err(input.error(format!(
                "a code belongs on a variant; the attribute on the enum names the spec: `spec = \"{path}\"`"
            )));
        }
        let key = parse_key(input)?;
        if key == MESSAGE && !is_struct {
            let doc = parse_doc_of_variants(input)?;
            return set_option(&mut type_options.message_is_doc, &key, doc);
        }
        match type_options.parse_entry(&key, input)? {
            Entry::Parsed => Ok(()),
            Entry::Unknown if is_struct => {
                variant_options.parse_entry(&key, input, &struct_keys(), attributes)
            }
            Entry::Unknown if variant_keys().contains(&key.to_string().as_str()) => {
                Err(syn::Error::new(
                    key.span(),
                    format!("`{key}` belongs on a variant, not on the enum"),
                ))
            }
            Entry::Unknown => Err(unknown(&key, &TYPE_KEYS, input)),
        }
    });
    type_options.is_broken = !is_whole;
    variant_options.is_broken = !is_whole;
    (type_options, variant_options)
}

/// Reads the attributes of a variant. `message_is_doc` is that of its enum.
pub(super) fn parse_variant_options(
    attributes: &[Attribute],
    message_is_doc: bool,
    errors: &mut Errors,
) -> VariantOptions {
    let mut variant_options = VariantOptions::default();
    let is_whole = each_entry(attributes, errors, &mut |input| {
        if input.peek(Lit) || input.peek(Token![-]) {
            return variant_options.parse_name(input);
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error(NO_EXPRESSIONS));
        }
        let key = parse_key(input)?;
        let name = key.to_string();
        let variant_keys = variant_keys();
        if TYPE_KEYS.contains(&name.as_str()) && !variant_keys.contains(&name.as_str()) {
            return Err(syn::Error::new(
                key.span(),
                format!("`{key}` belongs on the enum, not on a variant"),
            ));
        }
        variant_options.parse_entry(&key, input, &variant_keys, attributes)
    });
    variant_options.is_broken = !is_whole
        || attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("error"));
    if message_is_doc && !variant_options.is_broken {
        let result = variant_options.take_doc(attributes);
        variant_options.is_broken = errors.ok(result).is_none();
    }
    variant_options
}

/// Parses `= doc` of an enum.
fn parse_doc_of_variants(input: ParseStream<'_>) -> syn::Result<Ident> {
    input.parse::<Token![=]>()?;
    let place = input.span();
    match input.parse::<Ident>() {
        Ok(doc) if doc == DOC => Ok(doc),
        Ok(_) | Err(_) => Err(syn::Error::new(
            place,
            "a message belongs on a variant; `message = doc` on the enum takes the doc comment of each variant",
        )),
    }
}

/// Reads the attributes of a field: the name of the parameter that it fills, if it differs from the
/// name of the field.
pub(super) fn parse_param(attributes: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    let mut param = None;
    each_entry(attributes, errors, &mut |input| {
        let key = parse_key(input)?;
        if key != PARAM {
            return Err(unknown(&key, &[PARAM], input));
        }
        set_option(&mut param, &key, parse_string(input)?)
    });
    param
}

/// Parses the comma-separated entries of all `#[error_code(…)]`. After an invalid entry it
/// continues with the next one. Returns whether all entries were valid.
fn each_entry(
    attributes: &[Attribute],
    errors: &mut Errors,
    parse_entry: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> bool {
    let mut is_whole = true;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("error_code"))
    {
        let parse_entries = |input: ParseStream<'_>| {
            if let Some(error) = parse::each_entry(input, parse_entry) {
                errors.push(error);
                is_whole = false;
            }
            Ok(())
        };
        let result = parenthesized(attribute).and_then(|list| list.parse_args_with(parse_entries));
        is_whole &= errors.ok(result).is_some();
    }
    is_whole
}

/// The arguments of an attribute, which are in parentheses. The compiler accepts other brackets too.
fn parenthesized(attribute: &Attribute) -> syn::Result<&MetaList> {
    match &attribute.meta {
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => Ok(list),
        meta => {
            let name = meta.path().to_token_stream();
            let message = format!("expected attribute arguments in parentheses: #[{name}(...)]");
            Err(syn::Error::new_spanned(name, message))
        }
    }
}

/// Parses a code: an integer, which may have a sign, or a string.
fn parse_code(input: ParseStream<'_>) -> syn::Result<Name> {
    let sign = if input.peek(Token![-]) {
        Some(input.parse::<Token![-]>()?)
    } else {
        None
    };
    let literal: Lit = input.parse()?;
    let span = literal.span();
    match (&literal, sign) {
        (Lit::Str(text), None) => Ok(Name {
            text: text.value(),
            is_number: false,
            span,
        }),
        (Lit::Int(number), sign) if number.suffix().is_empty() => {
            let sign = if sign.is_some() { "-" } else { "" };
            Ok(Name {
                text: format!("{sign}{}", number.base10_digits()),
                is_number: true,
                span,
            })
        }
        (Lit::Int(number), _) => {
            let digits = number.base10_digits();
            let message = format!("expected a code without the suffix: write `{digits}`");
            Err(syn::Error::new(span, message))
        }
        _ => Err(syn::Error::new(
            span,
            "expected a code: an integer or a string",
        )),
    }
}

/// Parses an entry of `reserved`: a code, a name in quotation marks, or `7..=9`.
fn parse_reserved(input: ParseStream<'_>) -> syn::Result<Name> {
    if let Ok(name) = input.fork().parse::<Ident>() {
        let message = format!("a reserved name needs quotation marks: `\"{name}\"`");
        return Err(syn::Error::new(name.span(), message));
    }
    let mut name = parse_code(input)?;
    if input.peek(Token![..=]) {
        input.parse::<Token![..=]>()?;
        let end = parse_code(input)?;
        name.text = format!("{}..{}", name.text, end.text);
    } else if input.peek(Token![..]) {
        return Err(input.error("a reserved range includes both ends: write `..=`"));
    }
    Ok(name)
}

/// The error for an unknown key, with what to write instead if it is known from elsewhere.
fn unknown(key: &Ident, known: &[&str], input: ParseStream<'_>) -> syn::Error {
    let instead = match key.to_string().as_str() {
        "fmt" => Some(
            "`fmt` is not supported, since messages are templates and cannot call functions: give the field a \
             type whose `Display` prints it as needed"
                .to_owned(),
        ),
        "code" => Some("a code has no key: write `#[error_code(1001, …)]`".to_owned()),
        "path" | "file" => Some("the key of the path is `spec`: `spec = \"errors.toml\"`".to_owned()),
        "source" | "from" => Some(format!(
            "`{key}` is an attribute of a field: write `#[{key}]` before the field"
        )),
        name if input.peek(Token![=])
            && !input.peek2(Lit)
            && did_you_mean(name, known.iter().copied()).is_empty() =>
        {
            Some(format!(
                "unknown key `{key}`; {NO_EXPRESSIONS}"
            ))
        }
        _ => None,
    };
    let message = instead.unwrap_or_else(|| {
        let all = known.join("`, `");
        let near = did_you_mean(&key.to_string(), known.iter().copied());
        let is_bare = near.is_empty() && (input.is_empty() || input.peek(Token![,]));
        let hint = if is_bare {
            format!(
                "; a code is a number or a string, and a field is named in the message: `<{key}>`"
            )
        } else {
            near
        };
        format!("unknown key `{key}`, expected one of `{all}`{hint}")
    });
    syn::Error::new(key.span(), message)
}

/// What to do in place of an expression.
const NO_EXPRESSIONS: &str = "a message is a template and cannot contain expressions: compute the value in a field, or give \
     the field a type whose `Display` prints it as needed";

/// Whether a key is an option of a type.
enum Entry {
    Parsed,
    Unknown,
}

impl TypeOptions {
    /// Parses the value of a key, unless the key is not an option of a type.
    fn parse_entry(&mut self, key: &Ident, input: ParseStream<'_>) -> syn::Result<Entry> {
        match key.to_string().as_str() {
            "spec" => {
                input.parse::<Token![=]>()?;
                set_option(&mut self.spec, key, parse_path(input)?)?;
            }
            "set" => set_option(&mut self.set, key, parse_string(input)?)?,
            "kinds" => set_option(&mut self.kinds, key, parse_type_path(key, input)?)?,
            "locales" => {
                set_option(&mut self.locales, key, parse_locales(key, input)?)?;
            }
            "crate" => set_option(&mut self.errbook, key, parse_type_path(key, input)?)?,
            "exhaustive" => {
                if parse_flag(key, input)?.value() {
                    set_option(&mut self.exhaustive, key, key.clone())?;
                }
            }
            "code_set" => set_option(&mut self.code_set, key, key.clone())?,
            "methods" => set_option(&mut self.methods, key, parse_flag(key, input)?)?,
            "vendor" => set_option(&mut self.vendor, key, parse_string(input)?)?,
            "locale" => set_option(&mut self.locale, key, parse_string(input)?)?,
            "severity" => set_option(&mut self.severity, key, parse_string(input)?)?,
            "reserved" => {
                let list;
                syn::parenthesized!(list in input);
                set_option(
                    &mut self.reserved,
                    key,
                    parse_list(&list, &mut parse_reserved)?,
                )?;
            }
            _ => return Ok(Entry::Unknown),
        }
        Ok(Entry::Parsed)
    }
}

impl VariantOptions {
    /// Parses `1001`, `-1001` or `"PAYMENT_DECLINED"`.
    fn parse_name(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let name = parse_code(input)?;
        let span = name.span;
        let Some(first) = &self.name else {
            self.name = Some(name);
            return Ok(());
        };
        let or = if name.is_number || !first.is_number {
            String::new()
        } else {
            format!("; a message has a key: `message = \"{}\"`", name.text)
        };
        let message = format!("duplicate code: a variant has exactly one{or}");
        Err(syn::Error::new(span, message))
    }

    fn parse_entry(
        &mut self,
        key: &Ident,
        input: ParseStream<'_>,
        known: &[&str],
        attributes: &[Attribute],
    ) -> syn::Result<()> {
        if key == TRANSPARENT {
            return set_option(&mut self.transparent, key, key.clone());
        }
        let Some(fact) = facts::by_attribute(&key.to_string()) else {
            return Err(unknown(key, known, input));
        };
        if self.first_fact.is_none() {
            self.first_fact = Some(key.clone());
        }
        let value = parse_fact(fact, key, input, attributes)?;
        if self.find_fact(key.to_string().as_str()).is_some() {
            return Err(syn::Error::new(
                key.span(),
                format!("duplicate key `{key}`"),
            ));
        }
        let differ = match &value {
            GivenValue::Texts(texts) => languages_differ(texts, key),
            _ => Ok(()),
        };
        // Also with a duplicate, since the texts may have other mistakes, which are reported later.
        self.facts.push(GivenFact { fact, value });
        differ
    }

    /// Takes the doc comment as the message, unless there is a message or no code.
    fn take_doc(&mut self, attributes: &[Attribute]) -> syn::Result<()> {
        let (Some(name), None) = (&self.name, self.find_fact(MESSAGE)) else {
            return Ok(());
        };
        let Some(text) = first_paragraph(attributes)? else {
            let message = format!(
                "code `{}` has no doc comment, which `message = doc` on the enum takes as its message\n  \
                 help: write `/// …` above it, or `message = \"…\"`",
                name.text
            );
            return Err(syn::Error::new(name.span, message));
        };
        let tag_span = text.span();
        let fact = facts::by_attribute(MESSAGE).expect("a message is a fact");
        self.facts.push(GivenFact {
            fact,
            value: GivenValue::Texts(vec![InLanguage {
                tag: None,
                tag_span,
                text,
            }]),
        });
        Ok(())
    }

    fn find_fact(&self, attribute: &str) -> Option<&GivenValue> {
        let given = self
            .facts
            .iter()
            .find(|given| given.fact.attribute.key() == Some(attribute));
        given.map(|given| &given.value)
    }

    /// The message in each language.
    pub(super) fn message(&self) -> &[InLanguage] {
        match self.find_fact(MESSAGE) {
            Some(GivenValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The kind.
    pub(super) fn kind(&self) -> Option<&LitStr> {
        match self.find_fact("kind")? {
            GivenValue::Text(kind) => Some(kind),
            _ => None,
        }
    }
}

impl GivenFact {
    /// The key of its attribute.
    pub(super) fn key(&self) -> &'static str {
        self.fact.attribute.key().unwrap_or_default()
    }
}

/// Parses the value of a fact's attribute.
fn parse_fact(
    fact: &Fact,
    key: &Ident,
    input: ParseStream<'_>,
    attributes: &[Attribute],
) -> syn::Result<GivenValue> {
    let spec_fact = fact.attribute.spec_fact();
    let fact_type = spec_fact.map_or(FactType::Text, errbook_spec::facts::Fact::fact_type);
    Ok(match fact_type {
        FactType::Flag => {
            let value = parse_flag(key, input)?;
            if !value.value() {
                let message = format!("`{key}` is false unless it is written: remove it");
                return Err(syn::Error::new(value.span(), message));
            }
            GivenValue::Flag
        }
        FactType::Number => GivenValue::Number(parse_integer(input)?),
        FactType::Texts | FactType::Note => GivenValue::Texts(parse_texts(key, input, attributes)?),
        _ => GivenValue::Text(parse_string(input)?),
    })
}

/// Parses `message = "…"`, or `message(en = "…", "zh-CN" = "…")`, where `doc` may replace a string.
fn parse_texts(
    key: &Ident,
    input: ParseStream<'_>,
    attributes: &[Attribute],
) -> syn::Result<Vec<InLanguage>> {
    let mut parse_text = |input: ParseStream<'_>| parse_text(key, input, attributes);
    if input.peek(Token![=]) {
        return Ok(vec![InLanguage {
            tag: None,
            tag_span: key.span(),
            text: parse_text(input)?,
        }]);
    }
    if !input.peek(token::Paren) {
        let message = format!(
            "expected `{key} = \"…\"`, or one string per language: `{key}(en = \"…\", de = \"…\")`"
        );
        return Err(syn::Error::new(key.span(), message));
    }
    let list;
    syn::parenthesized!(list in input);
    parse_list(&list, &mut |input| {
        parse_in_language(input, &mut parse_text)
    })
}

/// Parses `= "…"`, or `= doc` for the doc comment among the attributes.
fn parse_text(
    key: &Ident,
    input: ParseStream<'_>,
    attributes: &[Attribute],
) -> syn::Result<LitStr> {
    let ahead = input.fork();
    ahead.parse::<Token![=]>()?;
    let word = ahead.parse::<Ident>();
    let is_word = word.is_ok() && (ahead.is_empty() || ahead.peek(Token![,]));
    let (true, Ok(word)) = (key == MESSAGE && is_word, word) else {
        return parse_string(input);
    };
    if word != DOC {
        let message = "expected a string, or `doc` for the doc comment";
        return Err(syn::Error::new(word.span(), message));
    }
    input.parse::<Token![=]>()?;
    input.parse::<Ident>()?;
    first_paragraph(attributes)?.ok_or_else(|| {
        let message = "there is no doc comment that could be the message\n  help: write `/// …` above the code, or \
                       `message = \"…\"`";
        syn::Error::new(word.span(), message)
    })
}

/// Each language has one text.
fn languages_differ(texts: &[InLanguage], key: &Ident) -> syn::Result<()> {
    for (index, text) in texts.iter().enumerate() {
        if texts[..index].iter().any(|before| before.tag == text.tag) {
            let message = format!(
                "duplicate language `{}` in `{key}`",
                text.tag.as_deref().unwrap_or("?")
            );
            return Err(syn::Error::new(text.tag_span, message));
        }
    }
    Ok(())
}

/// Parses `en = "…"` or `"zh-CN" = "…"`.
fn parse_in_language(
    input: ParseStream<'_>,
    parse_text: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<LitStr>,
) -> syn::Result<InLanguage> {
    let (tag, tag_span) = if input.peek(LitStr) {
        let tag: LitStr = input.parse()?;
        (tag.value(), tag.span())
    } else {
        let tag: Ident = input.parse()?;
        (tag.to_string().replace('_', "-"), tag.span())
    };
    Ok(InLanguage {
        tag: Some(tag),
        tag_span,
        text: parse_text(input)?,
    })
}
