//! Finds translations that leave out a parameter of the text that they translate.

use std::fmt;

use crate::place::Place;
use crate::spec::{Code, Spec};
use crate::template::{self, Template};

/// A translation that leaves out a parameter: the reader does not learn its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedParameter {
    /// The code, as `Set.code`.
    pub code: String,
    /// The position of the translation.
    pub place: Place,
    /// The language of the translation.
    pub language: String,
    /// The parameter.
    pub name: String,
}

impl DroppedParameter {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        let name = &self.name;
        format!(
            "add `<{name}>`, or say that it may be left out: `params = {{ {name} = \
             {{ optional = true }} }}`"
        )
    }
}

impl fmt::Display for DroppedParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the message of {} in {} leaves out `<{}>`",
            self.code, self.language, self.name
        )
    }
}

/// The translations of a spec that leave out a parameter of the message in the vendor's language,
/// unless the parameter is `optional`.
///
/// ```
/// use errbook_spec::{dropped_parameters, parse, place::Source};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"7\"\nsymbol = \"BAD:<key>\"\nvariant = \"Bad\"\n\
///             message.en = \"<key> is bad\"\nmessage.de = \"Etwas ist falsch\"";
/// let spec = parse(&Source::new("spec.toml", text))?;
/// let dropped = &dropped_parameters(&spec)[0];
/// assert_eq!(dropped.to_string(), "the message of C.7 in de leaves out `<key>`");
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn dropped_parameters(spec: &Spec) -> Vec<DroppedParameter> {
    let mut dropped = Vec::new();
    for set in &spec.sets {
        for code in &set.codes {
            add_dropped(code, &set.name, spec, &mut dropped);
        }
    }
    dropped
}

fn add_dropped(code: &Code, set: &str, spec: &Spec, dropped: &mut Vec<DroppedParameter>) {
    let own = code.locale.as_ref().unwrap_or(&spec.locale);
    let Some(source) = code.message.get(&own.value) else {
        return;
    };
    let template = (code.symbol.as_ref()).and_then(|symbol| Template::of(symbol, &code.params));
    let known = template::parameters(&code.params, template.as_ref());
    let is_optional = |name: &str| {
        let param = code.params.iter().find(|param| *param.name == name);
        param.is_some_and(|param| param.optional)
    };
    let needed: Vec<&str> = template::holes(source)
        .filter(|name| known.contains(name) && !is_optional(name))
        .collect();
    for (language, text) in code.message.iter().filter(|(tag, _)| **tag != own.value) {
        let used: Vec<&str> = template::holes(text).collect();
        for name in needed.iter().filter(|name| !used.contains(name)) {
            dropped.push(DroppedParameter {
                code: format!("{set}.{}", *code.code),
                place: text.place.clone(),
                language: language.clone(),
                name: (*name).to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::place::Source;
    use crate::{dropped_parameters, parse};

    #[test]
    fn a_translation_keeps_the_parameters_of_the_message_in_the_vendors_language() {
        for (code, expected) in [
            (
                "message = { en = \"<key> is bad\", de = \"<key> ist falsch\" }",
                vec![],
            ),
            (
                "message = { en = \"<key> is bad\", de = \"Falsch\", fr = \"<key>\", ja = \
                 \"<<key>\" }",
                vec!["de key", "ja key"],
            ),
            // The vendor's own text may lack what a translation has.
            (
                "message = { en = \"bad\", de = \"<key> ist falsch\" }",
                vec![],
            ),
            // What is not a parameter is a literal.
            ("message = { en = \"<b>bad</b>\", de = \"falsch\" }", vec![]),
            (
                "message = { en = \"<a> <b>\", de = \"<b>\" }\nparams = { a = {}, b = {} }",
                vec!["de a"],
            ),
            (
                "message = { en = \"<a> <b>\", de = \"\" }\nparams = { a = { optional = true }, \
                 b = {} }",
                vec!["de b"],
            ),
            (
                "locale = \"de\"\nmessage = { en = \"bad\", de = \"<key> ist falsch\" }",
                vec!["en key"],
            ),
            ("message = { de = \"Falsch\" }", vec![]),
        ] {
            let text = format!(
                "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
                 [[set.code]]\ncode = \"7\"\nsymbol = \"BAD:<key>\"\nvariant = \"Bad\"\n{code}\n"
            );
            let spec = parse(&Source::new("spec.toml", &text)).unwrap();
            let dropped = dropped_parameters(&spec);
            let found = dropped.iter();
            let found: Vec<String> = found
                .map(|each| format!("{} {}", each.language, each.name))
                .collect();
            assert_eq!(found, expected, "{code}");
        }
    }

    #[test]
    fn a_dropped_parameter_has_its_place_and_what_to_do() {
        let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
                    [[set.code]]\ncode = \"7\"\nsymbol = \"BAD:<key>\"\nvariant = \"Bad\"\n\
                    message = { en = \"<key> is bad\", de = \"Falsch\" }\n";
        let spec = parse(&Source::new("spec.toml", text)).unwrap();
        let dropped = &dropped_parameters(&spec)[0];
        assert_eq!(dropped.place.to_string(), "spec.toml:10:39");
        assert_eq!(
            dropped.to_string(),
            "the message of C.7 in de leaves out `<key>`"
        );
        assert_eq!(
            dropped.help(),
            "add `<key>`, or say that it may be left out: `params = { key = { optional = true } }`"
        );
    }
}
