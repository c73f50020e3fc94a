//! Resolves variants against a spec: finds the spec, the set, and the code of each variant.

use std::path::PathBuf;

use errbook_spec::place::Source;
use errbook_spec::problem::did_you_mean;
use errbook_spec::registry::{self, Former, Registry};
use errbook_spec::template;
use errbook_spec::{self as spec, Identity, Opened, Set, open};
use heck::ToUpperCamelCase;
use proc_macro2::{Span, TokenStream};
use syn::LitStr;
use syn::ext::IdentExt;

use crate::derive::errors::Errors;
use crate::derive::item::{Item, Variant};
use crate::derive::options::Name;
use crate::derive::params;
use crate::derive::resolved::{CodeFacts, ResolvedItem, VariantCode};
use crate::file::{locate, read_spec};

/// The codes of an item's variants in its spec.
pub(super) fn resolve_item(
    item: &Item<'_>,
    path: &LitStr,
    file: Option<PathBuf>,
    errors: &mut Errors,
) -> ResolvedItem {
    let mut resolved = ResolvedItem::default();
    let Some(opened) = open_spec(path, file, &mut resolved, errors) else {
        return placeholders(item, resolved);
    };
    let Some(set) = ChosenSet::choose(item, path, &opened, errors) else {
        return placeholders(item, resolved);
    };
    let locales = choose_languages(item, &opened.registry, &mut resolved, errors);
    let mut owners: Vec<Option<&syn::Ident>> = vec![None; set.registry.codes.len()];
    for variant in &item.variants {
        let variant_code = match (&variant.options.transparent, set.find(variant, errors)) {
            (Some(_), _) => VariantCode::Wrapped,
            (None, Some(position)) => {
                let first = *owners[position].get_or_insert(variant.ident);
                if first != variant.ident {
                    let code = &set.registry.codes[position].text;
                    errors.at(
                        name_span(variant),
                        format!("code `{code}` is already used by `{first}`"),
                    );
                }
                VariantCode::Own(Box::new(
                    set.resolve_facts(item, variant, position, &locales, errors),
                ))
            }
            (None, None) => VariantCode::Own(Box::default()),
        };
        resolved.variant_codes.push(variant_code);
    }
    set.all_are_there(item, &owners, errors);
    resolved
}

/// Placeholders for an item whose spec cannot be used.
fn placeholders(item: &Item<'_>, mut resolved: ResolvedItem) -> ResolvedItem {
    resolved.locales = vec!["en".to_owned()];
    resolved.variant_codes = item
        .variants
        .iter()
        .map(|variant| match variant.options.transparent {
            Some(_) => VariantCode::Wrapped,
            None => VariantCode::Own(Box::default()),
        })
        .collect();
    resolved
}

fn open_spec(
    path: &LitStr,
    file: Option<PathBuf>,
    resolved: &mut ResolvedItem,
    errors: &mut Errors,
) -> Option<Opened> {
    let located = locate(path, file)
        .map_err(|message| errors.on(path, message))
        .ok()?;
    let text = read_spec(&located.path)
        .map_err(|message| errors.on(path, message))
        .ok()?;
    resolved.tracked = Some(located.tracked);
    let source = Source::new(&path.value(), &text);
    open(&source)
        .map_err(|broken| {
            for problem in broken.problems.iter() {
                errors.on(path, problem.to_string());
            }
        })
        .ok()
}

/// The languages to include, as positions in the registry.
pub(super) fn choose_languages(
    item: &Item<'_>,
    registry: &Registry,
    resolved: &mut ResolvedItem,
    errors: &mut Errors,
) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..registry.locales.len()).collect();
    resolved.attributes = vec![TokenStream::new(); positions.len().saturating_sub(1)];
    if let Some(wanted) = &item.options.locales {
        positions = Vec::new();
        resolved.attributes = Vec::new();
        for locale in wanted {
            let tag = &locale.tag;
            let Some(position) = registry.locales.iter().position(|known| known == tag) else {
                let near = did_you_mean(tag, registry.locales.iter().map(String::as_str));
                let all = registry.locales.join("`, `");
                let message = format!(
                    "the spec has no messages in the language `{tag}`, only in `{all}`{near}"
                );
                errors.at(locale.span, message);
                continue;
            };
            if !positions.is_empty() {
                resolved.attributes.push(locale.attributes());
            }
            positions.push(position);
        }
        if positions.is_empty() {
            positions.push(0);
        }
    }
    resolved.locales = positions
        .iter()
        .map(|&position| registry.locales[position].clone())
        .collect();
    positions
}

/// The set that contains the codes of an item.
struct ChosenSet<'a> {
    spec: &'a Set,
    registry: &'a registry::Set,
    vendor: &'a str,
    file: String,
}

impl<'a> ChosenSet<'a> {
    fn choose(
        item: &Item<'_>,
        path: &LitStr,
        opened: &'a Opened,
        errors: &mut Errors,
    ) -> Option<Self> {
        let sets = &opened.spec.sets;
        let names = || sets.iter().map(|set| set.name.as_str());
        let position = match &item.options.set {
            Some(wanted) => {
                let name = wanted.value();
                let found = names().position(|set| set == name);
                if found.is_none() {
                    let near = did_you_mean(&name, names());
                    let all = names().collect::<Vec<_>>().join("`, `");
                    errors.on(
                        wanted,
                        format!(
                            "unknown set `{name}` in {}, expected one of `{all}`{near}",
                            path.value()
                        ),
                    );
                }
                found
            }
            None if sets.len() == 1 => Some(0),
            // The name of the set may be in the part that could not be parsed.
            None if item.options.is_broken => None,
            None => {
                let all = names().collect::<Vec<_>>().join("`, `");
                errors.on(
                    path,
                    format!("the spec has several sets: choose one of `{all}` with `set = \"…\"`"),
                );
                None
            }
        }?;
        Some(Self {
            spec: &sets[position],
            registry: &opened.registry.sets[position],
            vendor: &opened.registry.vendor,
            file: path.value(),
        })
    }

    /// The position of a variant's code in the set.
    fn find(&self, variant: &Variant<'_>, errors: &mut Errors) -> Option<usize> {
        if variant.options.transparent.is_some() {
            return None;
        }
        if let Some(fact) = &variant.options.first_fact {
            let message = format!(
                "`{fact}` is set in the spec: remove it here, or change it in {}",
                self.file
            );
            errors.at(fact.span(), message);
        }
        match &variant.options.name {
            Some(name) => self.find_by_name(name, errors),
            None => self.find_by_variant(variant, errors),
        }
    }

    /// Looks a name up as a code, `code.symbol`, symbol, variant of the spec, or alias, in this
    /// order. Only its variant names a former meaning.
    fn find_by_name(&self, name: &Name, errors: &mut Errors) -> Option<usize> {
        let text = &name.text;
        let all = |is: &dyn Fn(&registry::Code) -> bool| -> Vec<usize> {
            self.registry
                .codes
                .iter()
                .enumerate()
                .filter(|(_, code)| is(code))
                .map(|(position, _)| position)
                .collect()
        };
        let now =
            |is: &dyn Fn(&registry::Code) -> bool| all(&|code| code.former.is_none() && is(code));
        let by = [
            now(&|code| code.text == *text),
            now(&|code| {
                code.symbol
                    .as_ref()
                    .is_some_and(|symbol| format!("{}.{symbol}", code.text) == *text)
            }),
            now(&|code| code.symbol.as_ref() == Some(text) && !name.is_number),
            all(&|code| code.variant == *text && !name.is_number),
            now(&|code| code.aliases.contains(text) && !name.is_number),
        ];
        let found = by
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        match found[..] {
            [one] => Some(one),
            [] => {
                errors.at(
                    name.span,
                    self.unknown_message(
                        text,
                        &format!("unknown code `{text}` of {}", *self.spec.name),
                    ),
                );
                None
            }
            _ => {
                let each = found
                    .iter()
                    .map(|&position| self.reference(position))
                    .collect::<Vec<_>>()
                    .join("`, `");
                errors.at(
                    name.span,
                    format!(
                        "`{text}` is ambiguous in {}: write one of `{each}`",
                        *self.spec.name
                    ),
                );
                None
            }
        }
    }

    /// The code, with its symbol if the set needs it: `400.BAD_REQUEST`.
    fn reference(&self, position: usize) -> String {
        let code = &self.registry.codes[position];
        match &code.symbol {
            Some(symbol) if self.registry.identity == Identity::CodeAndSymbol => {
                format!("{}.{symbol}", code.text)
            }
            _ => code.text.clone(),
        }
    }

    /// Looks a variant up by its name.
    fn find_by_variant(&self, variant: &Variant<'_>, errors: &mut Errors) -> Option<usize> {
        let name = variant.ident.unraw().to_string();
        let found = self
            .registry
            .codes
            .iter()
            .position(|code| code.variant == name);
        if found.is_none() {
            let renamed = self
                .registry
                .codes
                .iter()
                .find(|code| code.was_variant.contains(&name));
            let message = match renamed {
                Some(code) => format!(
                    "`{name}` was renamed to `{}` in {}",
                    code.variant, self.file
                ),
                None => {
                    let message = self.unknown_message(
                        &name,
                        &format!("unknown variant `{name}` of {}", *self.spec.name),
                    );
                    let wraps = variant.fields.len() == 1 && variant.source().is_some();
                    let or = if wraps {
                        ", or `#[error_code(transparent)]` to forward to the wrapped error"
                    } else {
                        ""
                    };
                    format!("{message}\n  help: write `#[error_code(\"…\")]` to name the code{or}")
                }
            };
            errors.on(variant.ident, message);
        }
        found
    }

    fn unknown_message(&self, text: &str, message: &str) -> String {
        let codes = || self.registry.codes.iter();
        let names = codes().map(|code| code.variant.as_str());
        let symbols = codes().filter_map(|code| code.symbol.as_deref());
        let near = did_you_mean(
            text,
            names
                .chain(symbols)
                .chain(codes().map(|code| code.text.as_str())),
        );
        format!("{message} in {}{near}", self.file)
    }

    fn resolve_facts(
        &self,
        item: &Item<'_>,
        variant: &Variant<'_>,
        position: usize,
        locales: &[usize],
        errors: &mut Errors,
    ) -> CodeFacts {
        let code = &self.registry.codes[position];
        let spec = &self.spec.codes[position];
        let (known, used) = known_and_used_params(code, spec);
        let used: Vec<_> = used
            .into_iter()
            .map(|name| (name, name_span(variant)))
            .collect();
        if item.options.kinds.is_some() && code.kind.is_none() {
            let message = format!(
                "code `{}` has no `kind` in {}, which `kinds = …` requires for every code",
                code.text, self.file
            );
            errors.at(name_span(variant), message);
        }
        CodeFacts {
            kind: code
                .kind
                .as_ref()
                .map(|kind| (kind.to_upper_camel_case(), None)),
            fills: params::fill(variant, &code.text, &known, &used, errors),
            retired: code.retired.then(|| retired_note(code)),
            ..CodeFacts::new(code, self.spec, self.vendor, locales)
        }
    }

    /// With `exhaustive`, every code has a variant.
    fn all_are_there(&self, item: &Item<'_>, owners: &[Option<&syn::Ident>], errors: &mut Errors) {
        let Some(exhaustive) = &item.options.exhaustive else {
            return;
        };
        let codes = self.registry.codes.iter().enumerate();
        let missing: Vec<String> = codes
            .filter(|(position, code)| owners[*position].is_none() && !code.retired)
            .map(|(position, code)| format!("`{}` ({})", code.variant, self.reference(position)))
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "missing variants for codes of {}: {}",
                *self.spec.name,
                missing.join(", ")
            );
            errors.at(exhaustive.span(), message);
        }
    }
}

/// The span of a variant's code, or of its name if the code has the same name.
fn name_span(variant: &Variant<'_>) -> Span {
    variant
        .options
        .name
        .as_ref()
        .map_or(variant.ident.span(), |name| name.span)
}

/// The parameters of a code, and those of them that its message uses in any language.
fn known_and_used_params(code: &registry::Code, spec: &spec::Code) -> (Vec<String>, Vec<String>) {
    let mut known: Vec<String> = spec
        .params
        .iter()
        .map(|param| param.name.value.clone())
        .collect();
    let of_symbol = code.template.iter().flat_map(|template| &template.names);
    for name in of_symbol {
        if !known.contains(name) {
            known.push(name.clone());
        }
    }
    let is_used = |name: &String| {
        code.message
            .iter()
            .any(|text| template::holes(text).any(|hole| hole == name))
    };
    let used = known.iter().filter(|name| is_used(name)).cloned().collect();
    (known, used)
}

fn retired_note(code: &registry::Code) -> String {
    if let Some(Former { until, now }) = &code.former {
        return format!(
            "since {until}, the vendor answers {} for another error, {now}",
            code.text
        );
    }
    let instead = code
        .replaced_by
        .iter()
        .map(|reference| format!("; see {reference}"))
        .collect::<String>();
    format!("the vendor no longer documents code {}{instead}", code.text)
}
