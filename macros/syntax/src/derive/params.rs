//! Assigns fields to parameters: each parameter that a message uses in any language needs a field.

use errbook_spec::is_name;
use errbook_spec::problem::did_you_mean;
use proc_macro2::Span;
use syn::Member;

use crate::derive::errors::Errors;
use crate::derive::item::Variant;

/// Each used parameter with the position of the field that fills it.
///
/// `known` are the parameters of the code. `used` are those that its messages contain, each with
/// the span at which a missing field is reported.
pub(super) fn fill(
    variant: &Variant<'_>,
    code: &str,
    known: &[String],
    used: &[(String, Span)],
    errors: &mut Errors,
) -> Vec<(String, usize)> {
    let fields = by_name(variant, code, known, errors);
    let mut fills = Vec::new();
    for (name, span) in used {
        match fields.iter().rfind(|(field, _)| *field == plain(name)) {
            Some((_, field)) => fills.push((name.clone(), *field)),
            None => missing(variant, code, name, *span, &fields, errors),
        }
    }
    fills
}

/// The name of the field for a parameter: `_` replaces `-`.
fn plain(name: &str) -> String {
    name.replace('-', "_")
}

fn by_name(
    variant: &Variant<'_>,
    code: &str,
    known: &[String],
    errors: &mut Errors,
) -> Vec<(String, usize)> {
    let mut fields: Vec<(String, usize)> = Vec::new();
    for (index, field) in variant.fields.iter().enumerate() {
        let name = plain(&field.param);
        if let Some(span) = field
            .param_span
            .filter(|_| !known.iter().any(|known| plain(known) == name))
        {
            let near = did_you_mean(&field.param, known.iter().map(String::as_str));
            let all = if known.is_empty() {
                "which has none".to_owned()
            } else {
                format!("expected one of `{}`", known.join("`, `"))
            };
            errors.at(
                span,
                format!(
                    "unknown parameter `{}` of code `{code}`, {all}{near}",
                    field.param
                ),
            );
        }
        if fields.iter().any(|(known, _)| *known == name) {
            errors.on(
                field.ty,
                format!(
                    "another field already fills the parameter `{}`",
                    field.param
                ),
            );
        }
        fields.push((name, index));
    }
    fields
}

fn missing(
    variant: &Variant<'_>,
    code: &str,
    name: &str,
    span: Span,
    fields: &[(String, usize)],
    errors: &mut Errors,
) {
    let ident = variant.ident;
    let near = did_you_mean(&plain(name), fields.iter().map(|(field, _)| field.as_str()));
    let is_tuple = variant
        .fields
        .iter()
        .any(|field| matches!(field.member, Member::Unnamed(..)));
    let help = if is_tuple || !is_name(&plain(name)) {
        format!("write `#[error_code(param = \"{name}\")]` on the field that fills it")
    } else {
        format!(
            "add a field `{}`, or write `#[error_code(param = \"{name}\")]` on the field that fills it",
            plain(name)
        )
    };
    errors.at(
        span,
        format!(
            "the message of code `{code}` uses `<{name}>`, but `{ident}` has no field for it{near}\n  help: {help}"
        ),
    );
}
