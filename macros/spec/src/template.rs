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
