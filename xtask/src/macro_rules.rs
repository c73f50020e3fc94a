//! Expands calls of the runtime's `macro_rules!` macros (`rt::code! { … }`) in generated Rust, so
//! that a person can read the result.
//!
//! It supports what the macros of `runtime/src/__private/macros.rs` use: fragments, nested
//! repetitions and `$crate`. Names are not hygienic; a test compiles the result for every vendor.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

/// The macros of a source file, by name.
#[derive(Debug)]
pub struct Macros(BTreeMap<String, Vec<Rule>>);

/// `(matcher) => { body }`
#[derive(Debug)]
struct Rule {
    matcher: Vec<Part>,
    body: Vec<Part>,
}

/// A part of a matcher or of a body.
#[derive(Debug)]
enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// `$name`, in a matcher with its fragment specifier.
    Variable(String, String),
    /// `$(parts) separator *`
    Repetition {
        parts: Vec<Part>,
        separator: Option<TokenTree>,
        operator: char,
    },
}

/// What a variable matched.
#[derive(Debug, Clone)]
enum Binding {
    Once(Vec<TokenTree>),
    Repeated(Vec<Binding>),
}

type Bindings = BTreeMap<String, Binding>;

impl Macros {
    /// Reads the macros of a source file. The prefix `__` is not part of a name here, since the
    /// runtime exports `__code` as `rt::code`.
    ///
    /// # Panics
    ///
    /// If the file contains anything but macros.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let tokens: TokenStream = source.parse().expect("the macros are Rust");
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut macros = BTreeMap::new();
        for at in 0..tokens.len() {
            if let Some(TokenTree::Ident(name)) = tokens.get(at + 2)
                && is_ident(tokens.get(at), "macro_rules")
                && let Some(TokenTree::Group(rules)) = tokens.get(at + 3)
            {
                let name = name.to_string();
                let name = name.strip_prefix("__").unwrap_or(&name).to_owned();
                macros.insert(name, parse_rules(rules.stream()));
            }
        }
        Self(macros)
    }

    /// Replaces the calls in `tokens`.
    ///
    /// # Panics
    ///
    /// If a call matches none of its macro's rules.
    #[must_use]
    pub fn expand(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut expanded = TokenStream::new();
        let mut at = 0;
        while at < tokens.len() {
            // `rt :: name ! { … }`, and a semicolon behind a call in parentheses is kept.
            if is_ident(tokens.get(at), "rt")
                && let Some(TokenTree::Ident(name)) = tokens.get(at + 3)
                && is_punct(tokens.get(at + 4), '!')
                && let Some(TokenTree::Group(arguments)) = tokens.get(at + 5)
                && let Some(rules) = self.0.get(&name.to_string())
            {
                let call = expand_call(name, rules, arguments.stream());
                expanded.extend(self.expand(call));
                at += 6;
                continue;
            }
            expanded.extend([match &tokens[at] {
                TokenTree::Group(group) => {
                    TokenTree::Group(Group::new(group.delimiter(), self.expand(group.stream())))
                }
                other => other.clone(),
            }]);
            at += 1;
        }
        expanded
    }
}

fn is_ident(token: Option<&TokenTree>, ident: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(found)) if found == ident)
}

fn is_punct(token: Option<&TokenTree>, punct: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == punct)
}

fn parse_rules(tokens: TokenStream) -> Vec<Rule> {
    let groups: Vec<Group> = tokens
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        })
        .collect();
    groups
        .chunks(2)
        .map(|rule| Rule {
            matcher: parse_parts(rule[0].stream(), true),
            body: parse_parts(rule[1].stream(), false),
        })
        .collect()
}

fn parse_parts(tokens: TokenStream, is_matcher: bool) -> Vec<Part> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match (&tokens[at], tokens.get(at + 1)) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(name))) if dollar.as_char() == '$' => {
                let name = name.to_string();
                if name == "crate" {
                    at += parse_crate_path(&tokens[at..], &mut parts);
                } else if is_matcher {
                    let fragment = tokens[at + 3].to_string();
                    parts.push(Part::Variable(name, fragment));
                    at += 4;
                } else {
                    parts.push(Part::Variable(name, String::new()));
                    at += 2;
                }
            }
            (TokenTree::Punct(dollar), Some(TokenTree::Group(group)))
                if dollar.as_char() == '$' =>
            {
                let is_operator = |token: Option<&TokenTree>| {
                    ['*', '+', '?'].iter().any(|&each| is_punct(token, each))
                };
                let has_separator = !is_operator(tokens.get(at + 2));
                let operator = at + 2 + usize::from(has_separator);
                parts.push(Part::Repetition {
                    parts: parse_parts(group.stream(), is_matcher),
                    separator: has_separator.then(|| with_space(&tokens[at + 2])),
                    operator: tokens[operator].to_string().chars().next().unwrap_or('*'),
                });
                at = operator + 1;
            }
            (TokenTree::Group(group), _) => {
                let inner = parse_parts(group.stream(), is_matcher);
                parts.push(Part::Group(group.delimiter(), inner));
                at += 1;
            }
            (token, _) => {
                parts.push(Part::Token(token.clone()));
                at += 1;
            }
        }
    }
    parts
}

/// A separator without the spacing that joins it to the operator: in `$(…),*` the `,` joins the
/// `*`.
fn with_space(token: &TokenTree) -> TokenTree {
    match token {
        TokenTree::Punct(punct) => TokenTree::Punct(Punct::new(punct.as_char(), Spacing::Alone)),
        other => other.clone(),
    }
}

/// `$crate::__private::x` as `rt::x`, and `$crate::__name` as `rt::name`: both are what the name
/// `rt` refers to. The number of tokens.
fn parse_crate_path(tokens: &[TokenTree], parts: &mut Vec<Part>) -> usize {
    let call_site = proc_macro2::Span::call_site();
    let rt = TokenTree::Ident(Ident::new("rt", call_site));
    parts.push(Part::Token(rt));
    if is_ident(tokens.get(4), "__private") {
        return 5;
    }
    let name = tokens[4].to_string();
    let name = Ident::new(name.trim_start_matches("__"), call_site);
    parts.extend(tokens[2..4].iter().cloned().map(Part::Token));
    parts.push(Part::Token(TokenTree::Ident(name)));
    5
}

fn expand_call(name: &Ident, rules: &[Rule], arguments: TokenStream) -> TokenStream {
    let arguments: Vec<TokenTree> = arguments.into_iter().collect();
    for rule in rules {
        let mut bindings = Bindings::new();
        if match_parts(&rule.matcher, &arguments, &mut bindings) == Some(arguments.len()) {
            let mut body = TokenStream::new();
            transcribe(&rule.body, &bindings, &mut body);
            return body;
        }
    }
    let arguments: TokenStream = arguments.into_iter().collect();
    panic!("no rule of `{name}` matches `{arguments}`")
}

/// Matches the start of `tokens`, and returns how many it consumed.
fn match_parts(parts: &[Part], tokens: &[TokenTree], bindings: &mut Bindings) -> Option<usize> {
    let mut at = 0;
    for part in parts {
        match part {
            Part::Token(expected) => {
                if tokens.get(at)?.to_string() != expected.to_string() {
                    return None;
                }
                at += 1;
            }
            Part::Group(delimiter, inner) => {
                let TokenTree::Group(group) = tokens.get(at)? else {
                    return None;
                };
                let stream: Vec<TokenTree> = group.stream().into_iter().collect();
                if group.delimiter() != *delimiter
                    || match_parts(inner, &stream, bindings)? != stream.len()
                {
                    return None;
                }
                at += 1;
            }
            Part::Variable(name, fragment) => {
                let len = match_fragment(fragment, &tokens[at..])?;
                let matched = tokens[at..at + len].to_vec();
                bindings.insert(name.clone(), Binding::Once(matched));
                at += len;
            }
            Part::Repetition {
                parts,
                separator,
                operator,
            } => {
                at += match_repetition(
                    parts,
                    separator.as_ref(),
                    *operator,
                    &tokens[at..],
                    bindings,
                );
            }
        }
    }
    Some(at)
}

fn match_repetition(
    parts: &[Part],
    separator: Option<&TokenTree>,
    operator: char,
    tokens: &[TokenTree],
    bindings: &mut Bindings,
) -> usize {
    let mut repeated: BTreeMap<String, Vec<Binding>> = BTreeMap::new();
    for name in variables(parts) {
        repeated.insert(name.to_owned(), Vec::new());
    }
    let mut end = 0;
    loop {
        let mut start = end;
        if let Some(separator) = separator
            && end > 0
        {
            match tokens.get(end) {
                Some(token) if token.to_string() == separator.to_string() => start += 1,
                _ => break,
            }
        }
        let mut each = Bindings::new();
        let Some(len) = match_parts(parts, &tokens[start..], &mut each) else {
            break;
        };
        // A repetition that matches nothing would match it for ever.
        if len == 0 {
            break;
        }
        for (name, binding) in each {
            repeated.entry(name).or_default().push(binding);
        }
        end = start + len;
        if operator == '?' {
            break;
        }
    }
    for (name, each) in repeated {
        bindings.insert(name, Binding::Repeated(each));
    }
    end
}

fn variables(parts: &[Part]) -> Vec<&str> {
    let mut names = Vec::new();
    for part in parts {
        match part {
            Part::Token(_) => {}
            Part::Variable(name, _) => names.push(name.as_str()),
            Part::Group(_, parts) | Part::Repetition { parts, .. } => {
                names.extend(variables(parts));
            }
        }
    }
    names
}

/// How many tokens a fragment takes.
fn match_fragment(fragment: &str, tokens: &[TokenTree]) -> Option<usize> {
    match (fragment, tokens.first()) {
        ("vis", _) => parsed_len::<syn::Visibility>(tokens),
        ("ident", Some(TokenTree::Ident(_))) | ("tt", Some(_)) => Some(1),
        ("block", Some(TokenTree::Group(group))) if group.delimiter() == Delimiter::Brace => {
            Some(1)
        }
        ("literal", Some(_)) => parsed_len::<syn::Lit>(tokens).or_else(|| {
            let is_negative = is_punct(tokens.first(), '-');
            is_negative
                .then(|| parsed_len::<syn::Lit>(&tokens[1..]))?
                .map(|len| len + 1)
        }),
        ("expr", Some(_)) => parsed_len::<syn::Expr>(tokens),
        ("ty", Some(_)) => parsed_len::<syn::Type>(tokens),
        ("meta", Some(_)) => parsed_len::<syn::Meta>(tokens),
        ("pat", Some(_)) => parsed_len::<Pattern>(tokens),
        _ => None,
    }
}

struct Pattern;

impl Parse for Pattern {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        syn::Pat::parse_multi_with_leading_vert(input).map(|_| Self)
    }
}

/// How many tokens a `T` at the start of `tokens` takes.
fn parsed_len<T: Parse>(tokens: &[TokenTree]) -> Option<usize> {
    let parser = |input: ParseStream<'_>| {
        input.parse::<T>()?;
        input.parse::<TokenStream>()
    };
    let rest = parser.parse2(tokens.iter().cloned().collect()).ok()?;
    Some(tokens.len() - rest.into_iter().count())
}

fn transcribe(parts: &[Part], bindings: &Bindings, body: &mut TokenStream) {
    for part in parts {
        match part {
            Part::Token(token) => body.extend([token.clone()]),
            Part::Group(delimiter, inner) => {
                let mut stream = TokenStream::new();
                transcribe(inner, bindings, &mut stream);
                body.extend([TokenTree::Group(Group::new(*delimiter, stream))]);
            }
            Part::Variable(name, _) => match bindings.get(name) {
                Some(Binding::Once(tokens)) => body.extend(tokens.iter().cloned()),
                other => panic!("`${name}` is {other:?}"),
            },
            Part::Repetition {
                parts, separator, ..
            } => {
                let names = variables(parts);
                let repeated = |name: &&str| match bindings.get(*name) {
                    Some(Binding::Repeated(each)) => Some(each.len()),
                    _ => None,
                };
                let count = names.iter().find_map(repeated).unwrap_or_default();
                for each in 0..count {
                    let mut inner = bindings.clone();
                    for name in &names {
                        if let Some(Binding::Repeated(all)) = bindings.get(*name) {
                            inner.insert((*name).to_owned(), all[each].clone());
                        }
                    }
                    if each > 0 {
                        body.extend(separator.clone());
                    }
                    transcribe(parts, &inner, body);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(macros: &str, call: &str) -> String {
        let call: TokenStream = call.parse().unwrap();
        Macros::parse(macros).expand(call).to_string()
    }

    #[test]
    fn repetitions_nest_and_fragments_end_where_they_end() {
        let macros = "macro_rules! __each { ($($(#[$meta:meta])* $at:literal => $value:expr),*) => \
                      { [$($(#[$meta])* f($at, $value)),*] }; }";
        assert_eq!(
            expanded(
                macros,
                "rt::each! { #[a] #[b(c)] 1 => x + rt::each!(), -2 => y[0] }"
            ),
            "[# [a] # [b (c)] f (1 , x + []) , f (- 2 , y [0])]"
        );
    }

    #[test]
    fn the_first_rule_that_matches_is_taken() {
        let macros =
            "macro_rules! __by { (&'static $ty:ident) => { a $ty }; ($ty:ty) => { b $ty }; }";
        assert_eq!(expanded(macros, "rt::by!(&'static str)"), "a str");
        assert_eq!(expanded(macros, "rt::by!(i32)"), "b i32");
    }

    #[test]
    fn what_is_optional_may_be_missing_and_the_crate_has_a_name() {
        let macros = "macro_rules! __a { ([$($const:tt)?] $name:ident) => \
                      { pub $($const)? fn $name() { $crate::__private::f($crate::__b!()) } }; } \
                      macro_rules! __b { () => { 1 }; }";
        assert_eq!(
            expanded(macros, "rt::a!([const] x)"),
            "pub const fn x () { rt :: f (1) }"
        );
        assert_eq!(
            expanded(macros, "rt::a!([] x)"),
            "pub fn x () { rt :: f (1) }"
        );
    }
}
