//! Codes for single values of a symbol's parameters: the row of a template and the overlay's
//! entries that name it in; one code for each entry out, with the facts of the row.
//!
//! ```text
//! 403 AUTHORIZATION_ERROR:<reason>        the row
//! 403 AUTHORIZATION_ERROR:EXPIRED_SIGN    an entry with `template = "AUTHORIZATION_ERROR:<reason>"`
//! ```

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::At;
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::template::Template;
use errbook_spec::{Code, Identity, Set, Texts};

use crate::overlay::{Entry, SetOverlay};
use crate::reference::{Key, code_key};
use crate::regen::merge::identity_of;
use crate::symbol::{filled_template, symbol_params};

/// The names and values of the parameters of each code that is a value of a template, by its key.
pub(super) type Values = BTreeMap<Key, Vec<(String, String)>>;

/// The code of a row with a value for each parameter of its symbol: the facts of the row, without
/// its names. `None` if the symbol of the entry is not a value of the row's.
pub(super) fn code_of_value(
    row: &Code,
    entry: &Entry,
    problems: &mut Problems,
) -> Option<(Code, Vec<(String, String)>)> {
    let template = row.symbol.as_ref()?;
    let symbol = entry.key.symbol.as_ref()?;
    let Some(parsed) = Template::of(template, &row.params) else {
        let message = format!("`{}` has no parameter", template.value);
        let help = "`template` names a symbol with a parameter, such as `MISSING_FIELD:<field>`";
        problems.push_with_help(&entry.template.as_ref()?.place, message, help);
        return None;
    };
    let values = symbol_params(template, &row.params, symbol);
    let is_value = |values: &Vec<(String, String)>| {
        let is_open = |(_, value): &(String, String)| {
            value.starts_with(char::is_whitespace) || value.contains(['<', '>'])
        };
        !values.is_empty()
            && !values.iter().any(is_open)
            && filled_template(template, &row.params, values) == *symbol
    };
    let Some(values) = values.filter(is_value) else {
        let message = format!("`{symbol}` is not a value of `{}`", template.value);
        let help = format!(
            "write the symbol as the vendor sends it: `{}` with a value in place of each \
             parameter; a value does not begin with a space, and contains neither `<` nor `>`",
            parsed.text
        );
        problems.push_with_help(&entry.place, message, help);
        return None;
    };
    let is_open = |name: &At<String>| values.iter().all(|(known, _)| *known != name.value);
    let code = Code {
        code: At::new(row.code.value.clone(), entry.place.clone()),
        symbol: Some(At::new(symbol.clone(), entry.place.clone())),
        aliases: Vec::new(),
        was: Vec::new(),
        variant: At::default(),
        was_variant: Vec::new(),
        params: (row.params.iter())
            .filter(|param| is_open(&param.name))
            .cloned()
            .collect(),
        ..row.clone()
    };
    Some((code, values))
}

/// Other forms of the symbol that a program would read as the same value of the template: its
/// aliases, and each of them with a space before the value, which vendors write in one answer and
/// not in the next.
pub(super) fn other_forms(
    row: &Code,
    values: &[(String, String)],
    entry: &Entry,
) -> Vec<At<String>> {
    let spaced: Vec<_> = values
        .iter()
        .map(|(name, value)| (name.clone(), format!(" {value}")))
        .collect();
    // An alias without one of the parameters leads to all values.
    let has_all = |alias: &&At<String>| {
        Template::of(alias, &[])
            .is_some_and(|template| values.iter().all(|(name, _)| template.names.contains(name)))
    };
    let symbols = row.symbol.iter().map(|symbol| (symbol, &row.params[..]));
    let aliases = row.aliases.iter().filter(has_all).map(|it| (it, &[][..]));
    let forms = symbols.chain(aliases).flat_map(|(symbol, params)| {
        [values, &spaced].map(|values| filled_template(symbol, params, values))
    });
    let mut seen: BTreeSet<_> = entry.key.symbol.iter().cloned().collect();
    seen.extend(
        entry
            .decided
            .aliases
            .iter()
            .map(|alias| alias.value.clone()),
    );
    let forms = forms.filter(|form| seen.insert(form.clone()));
    let at = |form| At::new(form, entry.place.clone());
    forms.map(at).collect()
}

/// Fills the values into the texts of each code that is a value of a template. Runs after the
/// translations, which are those of the template's texts.
pub(super) fn fill_texts(set: &mut Set, values: &Values) {
    for code in &mut set.codes {
        if let Some(values) = values.get(&code_key(code, set.identity)) {
            for texts in [&mut code.message, &mut code.remedy] {
                *texts = filled_texts(texts, values);
            }
        }
    }
}

fn filled_texts(texts: &Texts, values: &[(String, String)]) -> Texts {
    let texts = texts.iter();
    texts
        .map(|(tag, text)| {
            let filled = values
                .iter()
                .fold(text.value.clone(), |text, (name, value)| {
                    fill(&text, name, value)
                });
            (tag.clone(), At::new(filled, text.place.clone()))
        })
        .collect()
}

/// A text with a value for `<name>`. `<<name>` is an escape for the characters `<name>`.
fn fill(text: &str, name: &str, value: &str) -> String {
    let hole = format!("<{name}>");
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&hole) {
        match before.strip_suffix('<') {
            Some(before) => out.extend([before, &hole]),
            None => out.extend([before, value]),
        }
        rest = after;
    }
    out + rest
}

/// What became of the codes of a set.
pub(super) struct Known<'a> {
    /// The keys of the rows.
    pub(super) listed: &'a BTreeSet<Key>,
    pub(super) values: &'a Values,
    /// The codes that a new edition does not have any more, and that no release promises.
    pub(super) dropped: &'a BTreeSet<Key>,
}

/// Reports entries that name a template that the document does not have. One that has become
/// retired, or that was dropped, has taken its values with it.
pub(super) fn check_templates(
    overlay: &SetOverlay,
    set: &Set,
    known: &Known<'_>,
    problems: &mut Problems,
) {
    let keys: BTreeSet<_> = set
        .codes
        .iter()
        .map(|code| code_key(code, set.identity))
        .collect();
    for entry in &overlay.entries {
        let Some(template) = entry
            .template
            .as_ref()
            .filter(|_| entry.key.former.is_none())
        else {
            continue;
        };
        if identity_of(overlay) != Identity::CodeAndSymbol {
            let message = format!(
                "`template` of `{}` has no effect: a symbol does not identify a code of this set",
                entry.key.reference()
            );
            let help = "add `identity = \"code+symbol\"` to the set, or remove `template`";
            problems.push_with_help(&template.place, message, help);
            continue;
        }
        // A code that a row lists does not need its template.
        if known.values.contains_key(&entry.key) || known.listed.contains(&entry.key) {
            continue;
        }
        let key = entry.template_key();
        let Some(key) = key.filter(|key| !keys.contains(key) && !known.dropped.contains(key))
        else {
            continue;
        };
        let symbols = set.codes.iter().filter(|code| code.code.value == key.code);
        let symbols = symbols.filter_map(|code| code.symbol.as_ref());
        let near = nearest(template, symbols.map(|symbol| symbol.as_str()));
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!(
            "`{}` is not a symbol of the code {} in the document{near}",
            template.value, key.code
        );
        let help = "write `template` as the document writes the symbol, or remove the entry";
        problems.push_with_help(&template.place, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_the_place_of_its_parameter_only() {
        for (text, filled) in [
            ("<key>", "age"),
            ("<key> and <key>: <other>", "age and age: <other>"),
            ("<<key> is <key>", "<key> is age"),
            ("no parameter", "no parameter"),
        ] {
            assert_eq!(fill(text, "key", "age"), filled, "{text}");
        }
    }
}
