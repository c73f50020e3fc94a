//! The facts of a code in a derived error, in one table: the attribute that sets each of them, and
//! the method that returns it. A new fact is one row here.

use errbook_spec::facts as spec;
use errbook_spec::registry::Code;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// A fact of a code.
pub(super) struct Fact {
    pub(super) attribute: Attribute,
    pub(super) method: Method,
}

/// The attribute of a variant that sets a fact. Its key is that of the fact in a spec, with `_`
/// for `-`, and so is the type of its value.
pub(super) enum Attribute {
    /// Only a spec can set the fact.
    None,
    /// The value is the whole fact.
    Whole(&'static str),
    /// The value is the part of the fact with this key: `since = "1.2"` is `since.release`.
    Part(&'static str, &'static str),
}

/// The method that returns a fact, in `ErrorCode` and on the type itself.
pub(super) enum Method {
    /// `message`, `localized` and `kind` are emitted apart, because they need fields or the
    /// taxonomy.
    Apart,
    /// A text in the best matching language, if the code has one.
    Text(&'static str, fn(&Code) -> &[String]),
    /// The same value in every language, as an expression. The path is that of the crate `errbook`.
    Value(&'static str, fn(&Code, &TokenStream) -> TokenStream),
}

/// Every fact, in the order of the attributes in error messages.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        attribute: Attribute::Whole("symbol"),
        method: Method::Value("symbol", |code, _| optional(code.symbol.as_ref())),
    },
    Fact {
        attribute: Attribute::Whole("message"),
        method: Method::Apart,
    },
    Fact {
        attribute: Attribute::Whole("remedy"),
        method: Method::Text("remedy", |code| &code.remedy),
    },
    Fact {
        attribute: Attribute::Whole("kind"),
        method: Method::Apart,
    },
    Fact {
        attribute: Attribute::Whole("retry"),
        method: Method::Value("retry", |code, errbook| {
            let retry = variant_name(code.retry);
            quote!(#errbook::Retry::#retry)
        }),
    },
    Fact {
        attribute: Attribute::Whole("retry_after"),
        method: Method::Value("retry_after", |code, _| {
            optional(code.retry_after.map(|seconds| {
                let seconds = Literal::u64_unsuffixed(seconds.into());
                quote!(__errbook::Duration::from_secs(#seconds))
            }))
        }),
    },
    Fact {
        attribute: Attribute::Whole("billing"),
        method: Method::Value("billing", |code, errbook| {
            let billing = variant_name(code.billing);
            quote!(#errbook::Billing::#billing)
        }),
    },
    Fact {
        attribute: Attribute::Whole("http"),
        method: Method::Value("http_status", |code, _| {
            optional(code.http.map(Literal::u16_unsuffixed))
        }),
    },
    Fact {
        attribute: Attribute::Whole("success"),
        method: Method::Value("is_success", |code, _| code.success.to_token_stream()),
    },
    Fact {
        attribute: Attribute::Whole("severity"),
        method: Method::Value("severity", |code, errbook| {
            let severity = variant_name(Some(code.severity));
            quote!(#errbook::Severity::#severity)
        }),
    },
    Fact {
        attribute: Attribute::Whole("note"),
        method: Method::Text("note", |code| &code.note),
    },
    Fact {
        attribute: Attribute::Part("since", "release"),
        method: Method::Value("since", |code, _| optional(code.since.as_ref())),
    },
    // An author has no vendor to quote.
    Fact {
        attribute: Attribute::None,
        method: Method::Text("said", |code| &code.said),
    },
];

impl Attribute {
    /// The key of the attribute.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Whole(key) | Self::Part(key, _) => Some(key),
        }
    }

    /// The fact of a spec that the attribute sets.
    pub(super) fn spec_fact(&self) -> Option<&'static spec::Fact> {
        spec::fact(&self.key()?.replace('_', "-"))
    }
}

/// The keys of all attributes that set a fact.
pub(super) fn attribute_keys() -> impl Iterator<Item = &'static str> {
    FACTS.iter().filter_map(|fact| fact.attribute.key())
}

/// The fact that the attribute with a key sets.
pub(super) fn by_attribute(key: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.attribute.key() == Some(key))
}

/// `Some(…)` or `None`.
pub(super) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(__errbook::Some(#value)),
        None => quote!(__errbook::None),
    }
}

/// The name of a variant of one of the runtime's enums, whose variants have the same names as those
/// of the spec's enums.
fn variant_name(value: Option<impl std::fmt::Debug>) -> Ident {
    match value {
        Some(value) => format_ident!("{value:?}"),
        None => format_ident!("Unspecified"),
    }
}

#[cfg(test)]
mod tests {
    use errbook_spec::facts::FactType;

    use super::*;

    /// `parse_fact` and `fact_value` support these types. A fact of another type needs a new case in
    /// both.
    #[test]
    fn every_attribute_sets_a_fact_of_a_type_that_attributes_have() {
        for fact in FACTS {
            let Some(key) = fact.attribute.key() else {
                continue;
            };
            let spec_fact = fact.attribute.spec_fact().expect(key);
            let is_part = matches!(fact.attribute, Attribute::Part(..));
            match spec_fact.fact_type() {
                FactType::Text
                | FactType::Texts
                | FactType::Note
                | FactType::Number
                | FactType::Word(_)
                | FactType::Flag => assert!(!is_part, "{key}"),
                FactType::Table(keys) => {
                    let Attribute::Part(_, part) = fact.attribute else {
                        panic!("`{key}` has to name the part that it sets");
                    };
                    assert!(keys.contains(&part), "{key}");
                }
                other => panic!("`{key}` is of the type {other:?}, which attributes do not have"),
            }
        }
    }
}
