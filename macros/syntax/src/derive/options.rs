//! What stands in `#[error_code(…)]`: on the type where its codes come from, on a variant which code it is.

use errbook_spec::problem::did_you_mean;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Lit, LitBool, LitInt, LitStr, Token, token};

use crate::derive::errors::Errors;
use crate::input::{Locale, key, locales, set};
use crate::rust::{self, Attribute};

/// What a type says of its codes.
#[derive(Default)]
pub(super) struct OfType {
    pub(super) spec: Option<LitStr>,
    pub(super) set: Option<LitStr>,
    pub(super) kinds: Option<TokenStream>,
    pub(super) locales: Option<Vec<Locale>>,
    pub(super) errbook: Option<TokenStream>,
    pub(super) exhaustive: Option<Ident>,
    pub(super) methods: Option<LitBool>,
    pub(super) vendor: Option<LitStr>,
    pub(super) locale: Option<LitStr>,
    /// That of each variant that does not give its own.
    pub(super) severity: Option<LitStr>,
}

/// What a variant says of its code.
#[derive(Default)]
pub(super) struct OfCode {
    /// The code, the symbol or the variant of the spec that is meant.
    pub(super) name: Option<Name>,
    pub(super) transparent: Option<Ident>,
    pub(super) symbol: Option<LitStr>,
    pub(super) message: Vec<InLanguage>,
    pub(super) remedy: Vec<InLanguage>,
    pub(super) kind: Option<LitStr>,
    pub(super) retry: Option<LitStr>,
    pub(super) retry_after: Option<LitInt>,
    pub(super) billing: Option<LitStr>,
    pub(super) http: Option<LitInt>,
    pub(super) success: Option<Ident>,
    pub(super) severity: Option<LitStr>,
    pub(super) note: Vec<InLanguage>,
    pub(super) since: Option<LitStr>,
    /// The first fact that stands here and not in a spec.
    pub(super) first_fact: Option<Ident>,
    /// Something of it could not be read, so that what is missing may not be missing.
    pub(super) is_broken: bool,
}

/// A code or a symbol as a person wrote it.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) is_number: bool,
    pub(super) span: Span,
}

/// A text in one language; in the default one where no tag is given.
pub(super) struct InLanguage {
    pub(super) tag: Option<String>,
    pub(super) tag_span: Span,
    pub(super) text: LitStr,
}

const OF_TYPE: [&str; 10] = [
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
];
const OF_CODE: [&str; 13] = [
    "transparent",
    "symbol",
    "message",
    "remedy",
    "kind",
    "retry",
    "retry_after",
    "billing",
    "http",
    "success",
    "severity",
    "note",
    "since",
];

/// Reads the attributes of a type; those of a struct say besides which code it is.
pub(super) fn of_type(
    attributes: &[Attribute],
    is_struct: bool,
    errors: &mut Errors,
) -> (OfType, OfCode) {
    let (mut of_type, mut of_code) = (OfType::default(), OfCode::default());
    let is_whole = each_entry(attributes, errors, &mut |input| {
        let is_name = input.peek(Lit) || input.peek(Token![-]);
        if is_name && is_struct {
            return of_code.name(input);
        }
        if is_name {
            return Err(
                input.error("a code belongs on a variant: here stands where the codes come from, `spec = \"…\"`")
            );
        }
        let key = key(input)?;
        match of_type.entry(&key, input) {
            Entry::Read(result) => result,
            Entry::Unknown if is_struct => {
                of_code.entry(&key, input, &[&OF_TYPE[..], &OF_CODE].concat())
            }
            Entry::Unknown if OF_CODE.contains(&key.to_string().as_str()) => Err(syn::Error::new(
                key.span(),
                format!("`{key}` belongs on a variant, not on the whole enum"),
            )),
            Entry::Unknown => Err(unknown(&key, &OF_TYPE)),
        }
    });
    of_code.is_broken = !is_whole;
    (of_type, of_code)
}

/// Reads the attributes of a variant.
pub(super) fn of_variant(attributes: &[Attribute], errors: &mut Errors) -> OfCode {
    let mut of_code = OfCode::default();
    let is_whole = each_entry(attributes, errors, &mut |input| {
        if input.peek(Lit) || input.peek(Token![-]) {
            return of_code.name(input);
        }
        let key = key(input)?;
        let name = key.to_string();
        if OF_TYPE.contains(&name.as_str()) && !OF_CODE.contains(&name.as_str()) {
            return Err(syn::Error::new(
                key.span(),
                format!("`{key}` belongs on the whole enum, not on a variant"),
            ));
        }
        of_code.entry(&key, input, &OF_CODE)
    });
    of_code.is_broken = !is_whole || attributes.iter().any(|attribute| attribute.is("error"));
    of_code
}

/// Reads the attributes of a field: the parameter that it fills, if that is not called like the field.
pub(super) fn of_field(attributes: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    let mut param = None;
    each_entry(attributes, errors, &mut |input| {
        let key = key(input)?;
        if key != "param" {
            return Err(unknown(&key, &["param"]));
        }
        set(&mut param, &key, value(input)?)
    });
    param
}

/// Reads what stands between the commas of all `#[error_code(…)]`; where an entry is wrong, goes on with the next.
///
/// True if nothing was.
fn each_entry(
    attributes: &[Attribute],
    errors: &mut Errors,
    read: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> bool {
    let mut is_whole = true;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.is("error_code"))
    {
        let result = attribute.arguments(&mut |input| {
            while !input.is_empty() {
                let entry = read(input).and_then(|()| rust::comma(input));
                if errors.ok(entry).is_none() {
                    is_whole = false;
                    while !input.is_empty() && !input.peek(Token![,]) {
                        input.parse::<TokenTree>()?;
                    }
                    rust::comma(input)?;
                }
            }
            Ok(())
        });
        is_whole &= errors.ok(result).is_some();
    }
    is_whole
}

fn value<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn path(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse::<Token![=]>()?;
    rust::path(input)
}

fn unknown(key: &Ident, known: &[&str]) -> syn::Error {
    if key == "fmt" {
        let message = "a text is a template here and cannot call a function: give the field a type whose `Display` prints \
                       it as you wish";
        return syn::Error::new(key.span(), message);
    }
    let near = did_you_mean(&key.to_string(), known.iter().copied());
    syn::Error::new(
        key.span(),
        format!(
            "`{key}` is not known here: there are `{}`{near}",
            known.join("`, `")
        ),
    )
}

/// Whether a key was one of those that were looked for.
enum Entry {
    Read(syn::Result<()>),
    Unknown,
}

impl OfType {
    fn entry(&mut self, key: &Ident, input: ParseStream<'_>) -> Entry {
        let name = key.to_string();
        if !OF_TYPE.contains(&name.as_str()) {
            return Entry::Unknown;
        }
        Entry::Read(self.known(key, &name, input))
    }

    fn known(&mut self, key: &Ident, name: &str, input: ParseStream<'_>) -> syn::Result<()> {
        match name {
            "spec" => set(&mut self.spec, key, value(input)?),
            "set" => set(&mut self.set, key, value(input)?),
            "kinds" => set(&mut self.kinds, key, path(input)?),
            "crate" => set(&mut self.errbook, key, path(input)?),
            "exhaustive" => set(&mut self.exhaustive, key, key.clone()),
            "methods" => set(&mut self.methods, key, value(input)?),
            "vendor" => set(&mut self.vendor, key, value(input)?),
            "locale" => set(&mut self.locale, key, value(input)?),
            "severity" => set(&mut self.severity, key, value(input)?),
            _ => {
                input.parse::<Token![=]>()?;
                set(&mut self.locales, key, locales(input)?)
            }
        }
    }
}

impl OfCode {
    /// Reads `1001`, `-1001` or `"PAYMENT_DECLINED"`.
    fn name(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let sign = if input.peek(Token![-]) {
            Some(input.parse::<Token![-]>()?)
        } else {
            None
        };
        let literal: Lit = input.parse()?;
        let span = literal.span();
        let name = match (&literal, sign) {
            (Lit::Str(text), None) => Name {
                text: text.value(),
                is_number: false,
                span,
            },
            (Lit::Int(number), sign) if number.suffix().is_empty() => {
                let sign = if sign.is_some() { "-" } else { "" };
                Name {
                    text: format!("{sign}{}", number.base10_digits()),
                    is_number: true,
                    span,
                }
            }
            _ => {
                return Err(syn::Error::new(
                    span,
                    "a code is a whole number or a text in quotes",
                ));
            }
        };
        match self.name.replace(name) {
            None => Ok(()),
            Some(_) => Err(syn::Error::new(
                span,
                "a variant has one code, and this is the second",
            )),
        }
    }

    fn entry(&mut self, key: &Ident, input: ParseStream<'_>, known: &[&str]) -> syn::Result<()> {
        let name = key.to_string();
        let is_fact = name != "transparent" && OF_CODE.contains(&name.as_str());
        if is_fact && self.first_fact.is_none() {
            self.first_fact = Some(key.clone());
        }
        match name.as_str() {
            "transparent" => set(&mut self.transparent, key, key.clone()),
            "success" => set(&mut self.success, key, key.clone()),
            "symbol" => set(&mut self.symbol, key, value(input)?),
            "message" => texts(&mut self.message, key, input),
            "remedy" => texts(&mut self.remedy, key, input),
            "kind" => set(&mut self.kind, key, value(input)?),
            "retry" => set(&mut self.retry, key, value(input)?),
            "retry_after" => set(&mut self.retry_after, key, value(input)?),
            "billing" => set(&mut self.billing, key, value(input)?),
            "http" => set(&mut self.http, key, value(input)?),
            "severity" => set(&mut self.severity, key, value(input)?),
            "note" => texts(&mut self.note, key, input),
            "since" => set(&mut self.since, key, value(input)?),
            _ => Err(unknown(key, known)),
        }
    }
}

/// Reads `message = "…"`, or `message(en = "…", "zh-CN" = "…")`.
fn texts(texts: &mut Vec<InLanguage>, key: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    if !texts.is_empty() {
        return Err(syn::Error::new(
            key.span(),
            format!("`{key}` is given twice"),
        ));
    }
    if input.peek(Token![=]) {
        texts.push(InLanguage {
            tag: None,
            tag_span: key.span(),
            text: value(input)?,
        });
        return Ok(());
    }
    if !input.peek(token::Paren) {
        let message = format!(
            "`{key}` needs a text: `{key} = \"…\"`, or one for each language, `{key}(en = \"…\", de = \"…\")`"
        );
        return Err(syn::Error::new(key.span(), message));
    }
    let list;
    syn::parenthesized!(list in input);
    *texts = rust::all(&list, &mut InLanguage::parse)?;
    for (index, text) in texts.iter().enumerate() {
        if texts[..index].iter().any(|before| before.tag == text.tag) {
            let message = format!(
                "`{key}` has a text in the language `{}` already",
                text.tag.as_deref().unwrap_or("?")
            );
            return Err(syn::Error::new(text.tag_span, message));
        }
    }
    Ok(())
}

impl Parse for InLanguage {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (tag, tag_span) = if input.peek(LitStr) {
            let tag: LitStr = input.parse()?;
            (tag.value(), tag.span())
        } else {
            let tag: Ident = input.parse()?;
            (tag.to_string().replace('_', "-"), tag.span())
        };
        Ok(Self {
            tag: Some(tag),
            tag_span,
            text: value(input)?,
        })
    }
}
