//! Symbols with parameters, such as `MISSING_ARGUMENTS:<key>`: parses the prefix and the names of
//! the parameters.

use crate::spec::Param;

/// A symbol with parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The symbol with each parameter written as `<name>`.
    pub text: String,
    /// The part before the first parameter.
    pub prefix: String,
    /// The names of the parameters, in order.
    pub names: Vec<String>,
}

impl Template {
    /// Parses a symbol. Returns `None` if it has no parameters: neither `<name>`, nor a parameter
    /// as its `written` says.
    #[must_use]
    pub fn of(symbol: &str, params: &[Param]) -> Option<Self> {
        // Most symbols have no parameters, and several rules parse each of them.
        if !symbol.contains('<') && params.iter().all(|param| param.written.is_none()) {
            return None;
        }
        let written = params
            .iter()
            .filter_map(|param| Some((param.written.as_ref()?, &param.name)));
        let text = written.fold(symbol.to_owned(), |text, (written, name)| {
            text.replace(written.as_str(), &format!("<{}>", name.value))
        });
        let names: Vec<_> = bracketed(&text)
            .map(|(_, name)| name)
            .filter(|name| is_name(name))
            .map(str::to_owned)
            .collect();
        let prefix = text.split_once('<')?.0.to_owned();
        (!names.is_empty()).then_some(Self {
            text,
            prefix,
            names,
        })
    }

    /// The last character of the prefix, if a received symbol can be split after it to find the
    /// prefix: `:` in `MISSING_ARGUMENTS:<key>`.
    #[must_use]
    pub fn separator(&self) -> Option<char> {
        let last = self.prefix.chars().last()?;
        let only = self.prefix.matches(last).count() == 1;
        (only && !last.is_alphanumeric() && last != '_').then_some(last)
    }
}

/// The names of the declared parameters and of those in the template.
pub(crate) fn parameters<'a>(
    declared: &'a [Param],
    template: Option<&'a Template>,
) -> Vec<&'a str> {
    let mut names: Vec<&str> = declared.iter().map(|param| param.name.as_str()).collect();
    if let Some(template) = template {
        names.extend(template.names.iter().map(String::as_str));
    }
    names
}

/// The names of the parameters `<name>` in a text. `<<name>` is none: it stands for the characters
/// `<name>`.
pub fn holes(text: &str) -> impl Iterator<Item = &str> {
    bracketed(text)
        .filter(|(before, name)| !before.ends_with('<') && is_name(name))
        .map(|(_, name)| name)
}

/// What stands between each `<` and the next `>`, with what is before the `<`.
pub fn bracketed(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('<').filter_map(|(at, _)| {
        let (inside, _) = text[at + 1..].split_once('>')?;
        Some((&text[..at], inside))
    })
}

/// Whether this is a valid name of a parameter.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    begins
        && name
            .chars()
            .all(|each| each.is_ascii_alphanumeric() || each == '_' || each == '-')
}

#[cfg(test)]
mod tests {
    use crate::spec::Param;
    use crate::template::{Template, holes, is_name};

    /// A parameter that the vendor writes in its own way.
    fn written(name: &str, written: &str) -> Param {
        Param {
            name: name.into(),
            written: Some(written.into()),
            ..Param::default()
        }
    }

    #[test]
    fn a_template_has_parameters_after_its_prefix() {
        let as_is = Param {
            name: "key".into(),
            ..Param::default()
        };
        for (symbol, params, expected) in [
            (
                "BAD:<key>",
                vec![],
                Some(("BAD:<key>", "BAD:", vec!["key"])),
            ),
            (
                "A<x>-<y-1>B",
                vec![],
                Some(("A<x>-<y-1>B", "A", vec!["x", "y-1"])),
            ),
            (
                "BAD:*",
                vec![written("key", "*")],
                Some(("BAD:<key>", "BAD:", vec!["key"])),
            ),
            (
                "A:reason> {x}",
                vec![written("reason", "reason>"), written("x", "{x}")],
                Some(("A:<reason> <x>", "A:", vec!["reason", "x"])),
            ),
            ("BAD", vec![], None),
            ("BAD", vec![written("key", "*")], None),
            ("BAD:key", vec![as_is], None),
            ("A < B", vec![], None),
            ("<not a name>", vec![], None),
            ("<2>", vec![], None),
        ] {
            let template = Template::of(symbol, &params);
            let found = template.as_ref().map(|template| {
                let names: Vec<&str> = template.names.iter().map(String::as_str).collect();
                (template.text.as_str(), template.prefix.as_str(), names)
            });
            assert_eq!(found, expected, "{symbol}");
        }
    }

    #[test]
    fn a_symbol_is_split_after_a_separator_that_occurs_once_before_the_parameter() {
        for (symbol, separator) in [
            ("BAD:<key>", Some(':')),
            ("BAD_ONE/<key>", Some('/')),
            ("BAD <key>", Some(' ')),
            ("BAD：<key>", Some('：')),
            ("A:BAD:<key>", None),
            ("BAD<key>", None),
            ("BAD_<key>", None),
            ("BAD2<key>", None),
            ("错误<key>", None),
            ("<key>", None),
        ] {
            let template = Template::of(symbol, &[]).unwrap();
            assert_eq!(template.separator(), separator, "{symbol}");
        }
    }

    #[test]
    fn a_text_has_holes_where_a_name_is_in_single_brackets() {
        for (text, expected) in [
            ("<key> is bad, <_x>, <a-1>", vec!["key", "_x", "a-1"]),
            ("<<key> is literal, <key> is not", vec!["key"]),
            ("<b>bold</b>", vec!["b"]),
            ("a < b > c, <1>, <-x>, <>, <a b>", vec![]),
            ("<open", vec![]),
        ] {
            assert_eq!(holes(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_ascii_letters_digits_and_signs_after_a_letter() {
        for name in ["key", "_", "K1", "a-b_c"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1", "-a", "a b", "ä", "aä", "a.b"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
