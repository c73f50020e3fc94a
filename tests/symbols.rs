//! Looks symbols up in sets where a symbol without parameters begins as a template does
//! (`LIMIT:requests` and `LIMIT:<name>`), and compares the results with a search through all of the
//! set's symbols.

use errbook::{CodeSet, Wire};
use errbook_codegen::{Options, expand};
use errbook_codes::megvii_faceid::{ResultError, SdkCode, TokenError};
use errbook_spec::place::Source;
use errbook_spec::template::Template;
use proptest::prelude::*;

use crate::workspace::{read_vendor_file, root};

errbook::include_spec! { "fixtures/symbols.toml" }

/// A symbol or an alias of a code.
struct Name {
    number: i64,
    variant: String,
    /// All of it, or the part before its only parameter.
    text: String,
    has_parameter: bool,
}

/// Every symbol and alias of a set.
fn names_of(spec: &Source, set: &str) -> Vec<Name> {
    let registry = errbook_spec::open(spec).unwrap().registry;
    let set = registry.sets.iter().find(|each| each.name == set).unwrap();
    let mut names = Vec::new();
    for code in &set.codes {
        assert!(code.former.is_none() && code.other_codes.is_empty());
        let mut add = |text: &str, template: Option<&Template>| {
            let end = template.map(|template| format!("<{}>", template.names[0]));
            assert!(template.is_none_or(|template| {
                Some(template.text.as_str())
                    == end
                        .map(|end| format!("{}{end}", template.prefix))
                        .as_deref()
            }));
            names.push(Name {
                number: code.number,
                variant: code.variant.clone(),
                text: template
                    .map_or(text, |template| &template.prefix)
                    .to_owned(),
                has_parameter: template.is_some(),
            });
        };
        add(code.symbol.as_ref().unwrap(), code.template.as_ref());
        for alias in &code.aliases {
            add(alias, Template::of(alias, &[]).as_ref());
        }
    }
    names
}

/// What a symbol leads to, and the value of its parameter: the symbol without parameters that it
/// is, or else the template with the longest beginning.
fn search<'a>(
    names: &'a [Name],
    symbol: &'a str,
    number: Option<i64>,
) -> Option<(&'a str, Option<&'a str>)> {
    let accepted = || {
        names
            .iter()
            .filter(|name| number.is_none_or(|code| code == name.number))
    };
    let whole = accepted().find(|name| !name.has_parameter && name.text == symbol);
    if let Some(name) = whole {
        return Some((&name.variant, None));
    }
    let fitting = accepted().filter(|name| name.has_parameter && symbol.starts_with(&name.text));
    let name = fitting.max_by_key(|name| name.text.len())?;
    let value = symbol[name.text.len()..].trim_start_matches(' ');
    Some((&name.variant, Some(value)))
}

/// Compares the lookups of a symbol, alone and with each code of the set, with the search.
fn check<C: CodeSet>(names: &[Name], symbol: &str) {
    let found = C::decode(Wire::Text(symbol)).map(|code| code.variant_name());
    let expected = search(names, symbol, None).map(|(variant, _)| variant);
    assert_eq!(found, expected, "{symbol}");
    for number in names.iter().map(|name| name.number) {
        let found = C::decode_with_symbol(Wire::Integer(number), symbol);
        let found = found.map(|parsed| {
            let value = parsed.args().iter().next().map(|(_, value)| value);
            (parsed.code().variant_name(), value)
        });
        assert_eq!(
            found,
            search(names, symbol, Some(number)),
            "{number} {symbol}"
        );
    }
}

/// The beginning of a name, a separator, a space or nothing, and the end of another name: the names
/// themselves, templates with each other name and part of a name as the value, and what is almost a
/// name.
fn near(names: &[Name]) -> impl Strategy<Value = String> + use<> {
    let texts: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
    let between = prop::sample::select(vec!["", "", ":", ": ", " ", "x"]);
    let part = || {
        let text = prop::sample::select(texts.clone());
        let cut = prop::option::of(any::<prop::sample::Index>());
        (text, cut).prop_map(|(text, cut)| {
            let at = cut.map_or(text.len(), |cut| cut.index(text.len() + 1));
            (text[..at].to_owned(), text[at..].to_owned())
        })
    };
    (part(), between, part())
        .prop_map(|((begin, _), between, (_, end))| format!("{begin}{between}{end}"))
}

/// Checks symbols close to the names of a set, after each name itself.
fn check_set<C: CodeSet>(spec: &Source) {
    let names = names_of(spec, C::NAME);
    for name in &names {
        check::<C>(&names, &name.text);
    }
    proptest!(|(symbol in near(&names))| check::<C>(&names, &symbol));
}

#[test]
fn a_symbol_leads_to_the_most_specific_of_its_names() {
    let own = std::fs::read_to_string(root().join("tests/fixtures/symbols.toml")).unwrap();
    let own = Source::new("symbols.toml", &own);
    let megvii = Source::new("spec.toml", &read_vendor_file("megvii-faceid", "spec.toml"));
    check_set::<PayError>(&own);
    check_set::<TokenError>(&megvii);
    check_set::<SdkCode>(&megvii);
    check_set::<ResultError>(&megvii);
    // All of them are looked up whole and by their part up to the separator; nothing else is
    // compared with a template.
    for (spec, sets) in [(own, 1), (megvii, 3)] {
        let rust = expand(&spec, &Options::default()).unwrap().to_string();
        assert_eq!(rust.matches("find_cut :: < true >").count(), sets);
        assert!(!rust.contains("rt :: find ("));
    }
}
