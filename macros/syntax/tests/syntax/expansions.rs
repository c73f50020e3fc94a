//! What `#[derive(ErrorCode)]` generates for an item, piece by piece.

use errbook_spec::problem::Problems;
use errbook_syntax::{Include, derive_error_code};
use proc_macro2::TokenStream;

/// Code as it is compared: without whitespace, which is not part of tokens.
fn squeezed(code: &str) -> String {
    code.split_whitespace().collect()
}

fn expand(item: &str) -> String {
    let file = crate::rust::ui().join("derive/item.rs");
    let expansion = derive_error_code(item.parse().unwrap(), Some(file)).to_string();
    assert!(!expansion.contains("compile_error"), "{expansion}");
    squeezed(&expansion)
}

/// The expansion contains all of these pieces.
fn contains(expansion: &str, pieces: &[&str]) {
    for piece in pieces {
        let piece = squeezed(piece);
        assert!(
            expansion.contains(&piece),
            "{piece}\n\nis not in\n\n{expansion}"
        );
    }
}

/// The expansion contains none of these pieces.
fn lacks(expansion: &str, pieces: &[&str]) {
    for piece in pieces {
        let piece = squeezed(piece);
        assert!(
            !expansion.contains(&piece),
            "{piece}\n\nis in\n\n{expansion}"
        );
    }
}

#[test]
fn each_fact_has_a_value_per_code() {
    let expansion = expand(
        r#"
        #[error_code(vendor = "shop", set = "OrderCode")]
        pub enum E {
            #[error_code(1, message = "one", symbol = "ONE", retry = "backoff", retry_after = 3,
                http = 400, billing = "free", success, severity = "warning", since = "1.2",
                remedy = "wait")]
            One,
            #[error_code(-2, message = "two")]
            Two,
        }"#,
    );
    contains(
        &expansion,
        &[
            // Codes with equal values share an arm; a single value needs no `match`.
            "vendor: \"shop\", set: \"OrderCode\",",
            "code: match self {
                Self::One { .. } => ::errbook::Wire::Integer(1),
                Self::Two { .. } => ::errbook::Wire::Integer(-2),
            }",
            "symbol(): match self {
                Self::One { .. } => __errbook::Some(\"ONE\"),
                Self::Two { .. } => __errbook::None,
            }",
            "message: {
                let _ = locale;
                match self {
                    Self::One { .. } => __errbook::plain(\"one\"),
                    Self::Two { .. } => __errbook::plain(\"two\"),
                }
            }",
            "remedy(locale): {
                let _ = locale;
                match self {
                    Self::One { .. } => __errbook::Some(\"wait\"),
                    Self::Two { .. } => __errbook::None,
                }
            }",
            "Self::One { .. } => ::errbook::Retry::Backoff,
             Self::Two { .. } => ::errbook::Retry::Unspecified,",
            "__errbook::Some(__errbook::Duration::from_secs(3))",
            "Self::One { .. } => ::errbook::Billing::Free,
             Self::Two { .. } => ::errbook::Billing::Unspecified,",
            "Self::One { .. } => __errbook::Some(400),",
            "Self::One { .. } => true, Self::Two { .. } => false,",
            "Self::One { .. } => ::errbook::Severity::Warning,
             Self::Two { .. } => ::errbook::Severity::Error,",
            "Self::One { .. } => __errbook::Some(\"1.2\"),",
            "said(locale): { let _ = locale; __errbook::None }",
            // The methods of the trait call those of the type.
            "__errbook::methods! { pub fn(self, locale)",
            "impl ::errbook::ErrorCode for E { __errbook::trait_methods! { fn(self, locale)
                vendor: Self::vendor(self), set: Self::set(self), code: Self::code(self),
                message: Self::message(self, locale),
                facts: {
                    symbol(): Self::symbol(self), remedy(locale): Self::remedy(self, locale),",
            "match self {
                Self::One { .. } => __errbook::display_error(
                    f, \"shop\", \"OrderCode\", ::errbook::Wire::Integer(1),
                    __errbook::Some(\"ONE\"), __errbook::plain(\"one\")),",
        ],
    );
}

#[test]
fn codes_without_fields_are_a_set() {
    let set = "enum E { #[error_code(1, message = \"one\")] One, \
               #[error_code(2, message = \"two\")] r#Fn }";
    let found = "i32, all: [Self::One {}, Self::r#Fn {}],
        from_code: { 1 => __errbook::Some(Self::One {}), 2 => __errbook::Some(Self::r#Fn {}), }";
    let derived = format!(
        "impl ::errbook::CodeSet for E where for<'any> Self: __errbook::Distinct<'any> {{
            __errbook::derived_set! {{ {found},
                names: \"errbook-syntax\" \"E\",
                code(self): match self {{ Self::One {{ .. }} => 1, Self::r#Fn {{ .. }} => 2, }},
                message(locale): {{ let _ = locale; match self {{
                    Self::One {{ .. }} => \"one\", Self::r#Fn {{ .. }} => \"two\", }} }},
                default_message: match self {{
                    Self::One {{ .. }} => \"one\", Self::r#Fn {{ .. }} => \"two\", }},
                template: __errbook::None,
                variant_name: match self {{
                    Self::One {{ .. }} => \"One\", Self::r#Fn {{ .. }} => \"Fn\", }}
            }}
        }}"
    );
    let own = format!("impl E {{ __errbook::set_methods! {{ {found} }} }}");
    let expansion = expand(set);
    contains(&expansion, &[&derived, &own]);
    lacks(&expansion, &["IsSet", "set_traits"]);

    // `code_set` asks for the other traits of a set, and `methods = false` for no methods.
    let asked = expand(&format!("#[error_code(code_set, methods = false)] {set}"));
    contains(
        &asked,
        &[
            &derived,
            "impl __errbook::IsSet for E {} __errbook::set_traits! { E: i32 }",
        ],
    );
    lacks(
        &asked,
        &["set_methods", "__errbook::methods!", "Self::vendor(self)"],
    );
}

#[test]
fn codes_have_the_smallest_type_that_holds_them() {
    for (codes, ty) in [
        (["1", "-2147483648"], "i32"),
        (["1", "2147483648"], "i64"),
        (["\"a\"", "\"b\""], "str"),
    ] {
        let [first, second] = codes;
        let expansion = expand(&format!(
            "enum E {{ #[error_code({first}, message = \"one\")] A, \
             #[error_code({second}, message = \"two\")] B }}"
        ));
        contains(
            &expansion,
            &[&format!(
                "__errbook::derived_set! {{ {ty}, all: [Self::A {{}}, Self::B {{}}],
                 from_code: {{ {first} => __errbook::Some(Self::A {{}}),
                 {second} => __errbook::Some(Self::B {{}}), }}"
            )],
        );
    }
}

#[test]
fn an_item_with_fields_parameters_or_no_variants_is_not_a_set() {
    for item in [
        "enum E { #[error_code(1, message = \"one\")] A, #[error_code(2, message = \"x\")] B(u8) }",
        "enum E<T> { #[error_code(1, message = \"one\")] A }",
        "#[error_code(spec = \"./orders.toml\", set = \"OrderCode\")] enum E { Busy }",
        "enum E {}",
    ] {
        lacks(&expand(item), &["CodeSet", "set_methods"]);
    }
}

#[test]
fn an_item_without_variants_has_no_value() {
    contains(&expand("enum E {}"), &["vendor: match *self {},"]);
}

/// Otherwise a mistake would cause an error at every use of the item.
#[test]
fn an_item_with_mistakes_has_its_implementations() {
    let file = || Some(crate::rust::ui().join("derive/item.rs"));
    let expand = |item: &str| {
        let expansion = derive_error_code(item.parse().unwrap(), file()).to_string();
        assert!(expansion.contains("compile_error"), "{expansion}");
        squeezed(&expansion)
    };
    let broken = expand(
        "#[error_code(spec = \"./broken.toml\")] \
         enum E { A, #[error_code(transparent)] B(Inner) }",
    );
    contains(
        &broken,
        &[
            "impl ::errbook::ErrorCode for E",
            "::errbook::ErrorCode::set((&__errbook::Value(field_0)).code()),
             Self::A { .. } => \"\",",
        ],
    );
    // The type of the codes is that of the first.
    let mixed = expand(
        "enum E { #[error_code(1, message = \"x\")] A, #[error_code(\"b\", message = \"x\")] B }",
    );
    contains(
        &mixed,
        &["set_methods! { i32, all: [Self::A {}, Self::B {}], from_code: {} }"],
    );
    // The fields that fill a message are known, although its other facts are not.
    let filled = expand("enum E { #[error_code(1, message = \"<_0>\", http = 7)] A(u8) }");
    contains(
        &filled,
        &[
            "impl __errbook::Fill for E",
            "__errbook::filled(\"\", self, const { __errbook::locale(\"en\") })",
        ],
    );
}

#[test]
fn names_are_in_upper_camel_case() {
    for (name, set) in [
        ("OrderError", "OrderError"),
        ("HTTPError", "HTTPError"),
        ("order_error", "OrderError"),
        ("Order_error", "OrderError"),
        ("orderError", "OrderError"),
        ("ALL", "All"),
    ] {
        let item = format!("enum {name} {{ #[error_code(1, message = \"x\")] A }}");
        contains(&expand(&item), &[&format!("set: \"{set}\",")]);
    }
}

#[test]
fn a_text_is_chosen_by_language() {
    let expansion = expand(
        r#"
        #[error_code(locales = [de, #[cfg(feature = "en")] en])]
        enum E {
            #[error_code(1, message(en = "one", de = "eins"), remedy = "wait")]
            One,
            #[error_code(2, message(en = "SMS", de = "SMS"), remedy = "wait")]
            Two,
        }"#,
    );
    contains(
        &expansion,
        &[
            "message: {
                let choice = __errbook::choice!(locale, \"de\", #[cfg(feature = \"en\")] 1: \"en\");
                match self {
                    Self::One { .. } => __errbook::plain(match choice.index() {
                        #[cfg(feature = \"en\")]
                        1 => \"one\",
                        _ => \"eins\",
                    }),
                    Self::Two { .. } => __errbook::plain(\"SMS\"),
                }
            }",
            "default_message: match self {
                Self::One { .. } => \"eins\",
                Self::Two { .. } => \"SMS\",
            }",
        ],
    );
}

#[test]
fn fields_fill_the_parameters_of_a_message() {
    let expansion = expand(
        r#"
        enum E<'a> {
            #[error_code("a", message = "no <name> in <path>, <of-it>")]
            A { name: &'a Box<str>, unused: u8, path: std::path::PathBuf, of_it: u8 },
            #[error_code("b", message = "<_0> of <total>")]
            B(u8, #[error_code(param = "total")] u8),
            #[error_code("c", message = "<<b> or <<size:?> or <<word word> or <<_0>")]
            C(u8),
            #[error_code("d", message = "<<_0> is <_0>")]
            D(u8),
        }"#,
    );
    contains(
        &expansion,
        &[
            "impl<'a> __errbook::Fill for E<'a> {
                fn fill(
                    &self,
                    name: &__errbook::str,
                    locale: __errbook::Locale,
                    f: &mut __errbook::fmt::Formatter<'_>,
                ) -> __errbook::Option<__errbook::fmt::Result> {
                    match self {
                        Self::A { name: field_0, path: field_2, of_it: field_3, .. } => match name {
                            \"name\" => __errbook::Some(
                                (&__errbook::Value(&***field_0)).write(locale, f)),
                            \"path\" => __errbook::Some(
                                (&__errbook::Value(&field_2.display())).write(locale, f)),
                            \"of-it\" => __errbook::Some(
                                (&__errbook::Value(field_3)).write(locale, f)),
                            _ => __errbook::None,
                        },
                        Self::B { 0: field_0, 1: field_1, .. } => match name {
                            \"_0\" => __errbook::Some(
                                (&__errbook::Value(field_0)).write(locale, f)),
                            \"total\" => __errbook::Some(
                                (&__errbook::Value(field_1)).write(locale, f)),
                            _ => __errbook::None,
                        },
                        Self::D { 0: field_0, .. } => match name {
                            \"_0\" => __errbook::Some(
                                (&__errbook::Value(field_0)).write(locale, f)),
                            _ => __errbook::None,
                        },
                        _ => __errbook::None,
                    }
                }
            }",
            // The name of a parameter stays escaped until the message is printed.
            "__errbook::filled(\"<<_0> is <_0>\", self, locale)",
            // Where nothing is filled in, the characters are as they are printed.
            "__errbook::plain(\"<b> or <size:?> or <<word word> or <_0>\")",
            "__errbook::filled(\"<_0> of <total>\", self, const { __errbook::locale(\"en\") })",
            "__errbook::filled(\"<_0> of <total>\", self, locale)",
        ],
    );
    // If each variant has parameters, there is no other.
    let all = expand("enum E { #[error_code(1, message = \"<_0>\")] A(u8) }");
    assert_eq!(
        all.matches(&squeezed("_ => __errbook::None,")).count(),
        1,
        "{all}"
    );
}

#[test]
fn a_wrapped_error_answers_for_a_transparent_variant() {
    let expansion = expand(
        r#"
        enum E {
            #[error_code(transparent)]
            A(#[from] Box<Inner>),
            #[error_code(transparent)]
            B { inner: Other },
            #[error_code(1, message = "one")]
            C { source: Option<std::io::Error> },
            #[error_code(2, message = "<source>")]
            D { #[error_code(param = "source")] source: u8 },
        }"#,
    );
    let a = "(&__errbook::Value(&**field_0)).code()";
    let b = "(&__errbook::Value(field_0)).code()";
    contains(
        &expansion,
        &[
            &format!(
                "vendor: match self {{
                    Self::A {{ 0: field_0, .. }} => ::errbook::ErrorCode::vendor({a}),
                    Self::B {{ inner: field_0, .. }} => ::errbook::ErrorCode::vendor({b}),
                    Self::C {{ .. }} | Self::D {{ .. }} => \"errbook-syntax\",
                }}"
            ),
            &format!("::errbook::ErrorCode::localized({a}, locale)"),
            &format!("::errbook::ErrorCode::remedy({b}, locale)"),
            &format!("__errbook::fmt::Display::fmt({a}, f)"),
            &format!(
                "fn source(&self)
                    -> __errbook::Option<&(dyn __errbook::core::error::Error + 'static)>
                {{
                    match self {{
                        Self::A {{ 0: field_0, .. }} =>
                            __errbook::core::error::Error::source({a}),
                        Self::B {{ inner: field_0, .. }} =>
                            __errbook::core::error::Error::source({b}),
                        Self::C {{ source: field_0, .. }} => __errbook::Option::map(
                            __errbook::Source(field_0).get(), |source| source.as_dyn_error()),
                        _ => __errbook::None,
                    }}
                }}"
            ),
            "impl __errbook::From<Box<Inner>> for E {
                #[inline]
                fn from(source: Box<Inner>) -> Self { Self::A { 0: source } }
            }",
        ],
    );
    assert_eq!(expansion.matches("__errbook::From<").count(), 1);
    let optional = expand("enum E { #[error_code(1, message = \"x\")] A(#[from] Option<Io>) }");
    contains(
        &optional,
        &["impl __errbook::From<Io> for E {
            #[inline]
            fn from(source: Io) -> Self { Self::A { 0: __errbook::Some(source) } }
        }"],
    );
    lacks(&optional, &["_ => __errbook::None,"]);
    lacks(
        &expand("enum E { #[error_code(1, message = \"x\")] A }"),
        &["fn source"],
    );
}

#[test]
fn two_variants_are_made_from_different_types() {
    let expansion = expand(
        "enum E { #[error_code(transparent)] A(#[from] X), \
         #[error_code(transparent)] B(#[from] Y) }",
    );
    contains(&expansion, &["From<X> for", "From<Y> for"]);
}

#[test]
fn a_type_parameter_is_bounded_by_what_its_fields_are_used_for() {
    let expansion = expand(
        r#"
        enum E<'a, T: Clone, U> where U: Copy {
            #[error_code("a", message = "<name> <_rest>")]
            A { name: &'a T, #[error_code(param = "_rest")] rest: u8 },
            #[error_code("b", message = "<_0>")]
            B(T),
            #[error_code(transparent)]
            C(Box<Wrap<U>>),
            #[error_code("d", message = "d")]
            D { source: Option<[U; 2]> },
        }"#,
    );
    let needed = "U: Copy, T: __errbook::fmt::Display, Wrap<U>: ::errbook::ErrorCode";
    contains(
        &expansion,
        &[
            &format!("impl<'a, T: Clone, U> __errbook::Fill for E<'a, T, U> where {needed} {{}}")
                .replace(" {}", ""),
            &format!(
                "impl<'a, T: Clone, U> __errbook::core::error::Error for E<'a, T, U>
                where {needed}, Self: __errbook::fmt::Debug,
                    [U; 2]: __errbook::core::error::Error, [U; 2]: 'static"
            ),
        ],
    );
    // A bound on a type that contains the item would require itself.
    let recursive = expand(
        "enum E<T> { #[error_code(transparent)] A(Box<E<T>>), \
         #[error_code(1, message = \"<_0>\")] B(T) }",
    );
    contains(
        &recursive,
        &["impl<T> __errbook::Fill for E<T>
            where T: __errbook::fmt::Display, Self: __errbook::fmt::Debug"],
    );
    lacks(&recursive, &["E<T>: ::errbook::ErrorCode", "Box<E<T>>:"]);
    // A type without parameters needs no bounds.
    let concrete = expand(
        "struct S<'a>(&'a str);"
            .replace("struct", "#[error_code(1, message = \"<_0>\")] struct")
            .as_str(),
    );
    lacks(&concrete, &["where", "Debug"]);
}

#[test]
fn a_kind_is_a_variant_of_the_enum_of_kinds() {
    let expansion = expand(
        r#"
        #[error_code(kinds = crate::Kind, crate = other::errbook)]
        enum E<T> {
            #[error_code(1, message = "one", kind = "not-found")]
            A,
            #[error_code(2, message = "two", kind = "not-found")]
            B,
            #[error_code(transparent)]
            C(T),
        }"#,
    );
    let body = "match self {
        Self::C { 0: field_0, .. } => other::errbook::HasKind::<crate::Kind>::kind(
            (&__errbook::Value(field_0)).code()),
        Self::A { .. } | Self::B { .. } => crate::Kind::NotFound,
    }";
    contains(
        &expansion,
        &[
            "use other::errbook::__private as __errbook;",
            "const NotFound: Self = __errbook::core::panic!(\"{}\", \"the kind `not-found` needs a \
             variant `NotFound`, which `crate::Kind` does not have\");",
            &format!("__errbook::kind_method! {{ fn(self) {body} => crate::Kind }}"),
            "impl<T> other::errbook::HasKind<crate::Kind> for E<T>
                where T: other::errbook::ErrorCode, T: other::errbook::HasKind<crate::Kind>
            {
                #[inline]
                fn kind(&self) -> crate::Kind { Self::kind(self) }
            }",
        ],
    );
    let uses = squeezed("const _: crate::Kind = crate::Kind::NotFound;");
    assert_eq!(expansion.matches(&uses).count(), 1);
    let without_methods = expansion_without_methods();
    contains(
        &without_methods,
        &["fn kind(&self) -> Kind { Kind::NotFound }"],
    );
    lacks(&without_methods, &["kind_method"]);
}

fn expansion_without_methods() -> String {
    expand(
        "#[error_code(kinds = Kind, methods = false)] \
         enum E { #[error_code(1, message = \"one\", kind = \"not-found\")] A }",
    )
}

#[test]
fn facts_come_from_a_spec() {
    let kinds =
        expand(r#"#[error_code(spec = "./orders.toml", kinds = crate::Kind)] enum E { Busy }"#);
    contains(
        &kinds,
        &[
            "fn kind(&self) -> crate::Kind { Self::kind(self) }",
            "Kind::RateLimited",
        ],
    );
    let expansion = expand(
        r#"
        #[error_code(spec = "./orders.toml", set = "OrderCode")]
        enum E { #[allow(deprecated)] FaxFailed, Busy }"#,
    );
    contains(
        &expansion,
        &[
            "__errbook::core::include_bytes!(\"orders.toml\")",
            "#[allow(deprecated)]
            const _: () = {
                #[deprecated(
                    note = \"the vendor no longer documents code 1004; see OrderCode::Busy\")]
                const fn retired_code() {}
                retired_code()
            };",
            "Self::FaxFailed { .. } => ::errbook::Wire::Integer(1004),",
        ],
    );
}

#[test]
fn the_options_of_an_include_reach_the_enums() {
    let file = crate::rust::ui().join("ok/options.rs");
    let input = r#""./spec.toml", locales = [en, #[cfg(feature = "de")] de], default = [en],
        derive = [arbitrary::Arbitrary, Hashing], attributes(allow(dead_code)), vis = pub(crate),
        exhaustive, kinds = crate::Kind, crate = ::other, export = shop"#;
    let include = Include::read(input.parse().unwrap(), Some(file)).unwrap();
    let expansion = include.expansion(&TokenStream::new(), None, &Problems::default());
    contains(
        &squeezed(&expansion.to_string()),
        &[
            "Compiles `./spec.toml` of this crate in yours",
            "`shop! { overrides = \\\"overrides.toml\\\" }`",
            "(\"errbook-syntax/./spec.toml\",",
            ", ::other, $crate::Kind)",
        ],
    );
    let code = |tokens: TokenStream| squeezed(&tokens.to_string());
    assert_eq!(
        code(include.on_enum),
        squeezed("#[derive(arbitrary::Arbitrary, Hashing)] #[allow(dead_code)]")
    );
    let shown = |locales: Vec<(String, TokenStream)>| -> Vec<String> {
        let each = locales.into_iter();
        each.map(|(tag, attributes)| format!("{} {tag}", code(attributes)))
            .collect()
    };
    assert_eq!(
        shown(include.locales.unwrap()),
        [" en", "#[cfg(feature=\"de\")] de"]
    );
    assert_eq!(shown(include.default), [" en"]);
    assert!(include.exhaustive);
    assert_eq!(code(include.visibility.unwrap()), "pub(crate)");
    assert_eq!(code(include.kinds.unwrap()), "crate::Kind");
    assert_eq!(code(include.errbook.unwrap()), "::other");
}
