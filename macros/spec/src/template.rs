//! A symbol with holes, `MISSING_ARGUMENTS:<key>`: what is fixed before the first hole, and how the whole is written.

use crate::spec::Param;

/// A symbol with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The symbol with each hole as `<name>`, however the vendor writes it.
    pub text: String,
    /// What stands before the first hole.
    pub prefix: String,
    /// The names of the holes, in their order.
    pub names: Vec<String>,
}

impl Template {
    /// The template of a symbol, if it has holes: `<name>`, and whatever the parameters say that they are written as.
    #[must_use]
    pub fn of(symbol: &str, params: &[Param]) -> Option<Self> {
        // Most symbols are none, and four rules ask for the template of each.
        if !symbol.contains('<') && params.iter().all(|param| param.written.is_none()) {
            return None;
        }
        let written = params
            .iter()
            .filter_map(|param| Some((param.written.as_ref()?, &param.name)));
        let text = written.fold(symbol.to_owned(), |text, (written, name)| {
            text.replace(written.as_str(), &format!("<{}>", name.value))
        });
        let names: Vec<_> = holes(&text).map(str::to_owned).collect();
        let prefix = text.split_once('<')?.0.to_owned();
        (!names.is_empty()).then_some(Self {
            text,
            prefix,
            names,
        })
    }

    /// The character that a received symbol is cut behind to find the prefix, if it says where the prefix ends.
    #[must_use]
    pub fn separator(&self) -> Option<char> {
        let last = self.prefix.chars().last()?;
        let only = self.prefix.matches(last).count() == 1;
        (only && !last.is_alphanumeric() && last != '_').then_some(last)
    }
}

/// The names of what a code declares and of what stands in its template.
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

/// The names of the holes `<name>` of a text.
pub fn holes(text: &str) -> impl Iterator<Item = &str> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(name, _)| name)
        .filter(|name| is_name(name))
}

/// True for what may name a parameter.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    begins
        && name
            .chars()
            .all(|each| each.is_ascii_alphanumeric() || each == '_' || each == '-')
}
