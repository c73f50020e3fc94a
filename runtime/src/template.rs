//! Templates with named parameters, such as `MISSING_ARGUMENTS:<key>`: parsing and printing.

use core::fmt::{self, Write};
use core::ops::Deref;

use crate::code::CodeSet;
use crate::derive::Fill;
use crate::locale::Locale;
use crate::pad::pad;

/// The values of a code's parameters, borrowed from the symbol that was parsed.
///
/// ```
/// use errbook::Args;
///
/// assert_eq!(Args::default().get("key"), None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Args<'a> {
    template: &'static str,
    text: &'a str,
}

impl<'a> Args<'a> {
    /// Matches a text against a template; `None` if the text does not match.
    pub(crate) fn parse(template: &'static str, text: &'a str) -> Option<Self> {
        let args = Self { template, text };
        args.holes().all_fit().then_some(args)
    }

    /// The value of a parameter, without spaces before it; `None` if there is no parameter of that
    /// name.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    ///
    /// let parsed = OrderError::parse(400, "MISSING_FIELD: street").expect("it is in the spec");
    /// assert_eq!(parsed.args().get("field"), Some("street"));
    /// # }
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Each parameter with its value, in the order of the template.
    ///
    /// ```
    /// assert_eq!(errbook::Args::default().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.holes()
    }

    fn holes(self) -> Holes<'a> {
        let (literal, template) = split_at_hole(self.template);
        Holes {
            template,
            text: self.text.strip_prefix(literal),
        }
    }
}

/// The rest of a template and of the text that is matched against it, at a hole of the template.
/// `text` is `None` once they do not match.
struct Holes<'a> {
    template: Option<(&'static str, &'static str)>,
    text: Option<&'a str>,
}

impl Holes<'_> {
    fn all_fit(mut self) -> bool {
        self.by_ref().for_each(drop);
        self.text == Some("") && self.template.is_none()
    }
}

impl<'a> Iterator for Holes<'a> {
    type Item = (&'static str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.template.take()?;
        let text = self.text.take()?;
        let (literal, template) = split_at_hole(rest);
        // The last hole takes the rest of the text, so that its value may contain any character.
        let value = match template {
            None => text.strip_suffix(literal)?,
            Some(_) => &text[..text.find(literal)?],
        };
        self.text = Some(&text[value.len() + literal.len()..]);
        self.template = template;
        // Vendors write a space after the separator in one answer, and none in the next.
        Some((name, value.trim_start_matches(' ')))
    }
}

/// The literal before the first hole, then the hole's name with the template after it.
fn split_at_hole(template: &'static str) -> (&'static str, Option<(&'static str, &'static str)>) {
    let hole = template
        .split_once('<')
        .and_then(|(literal, rest)| Some((literal, rest.split_once('>')?)));
    match hole {
        Some((literal, hole)) => (literal, Some(hole)),
        None => (template, None),
    }
}

/// The literal before the first hole.
pub(crate) fn literal_before_hole(template: &'static str) -> &'static str {
    split_at_hole(template).0
}

/// A code together with the values of its parameters, from a symbol that was parsed.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::Locale;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("it is in the spec");
/// assert_eq!(*parsed, OrderError::MissingField);
/// assert_eq!(parsed.localized(Locale::EN).to_string(), "The field street is missing.");
/// assert_eq!(parsed.to_string(), "MISSING_FIELD:street");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed<'a, C> {
    code: C,
    args: Args<'a>,
    text: &'a str,
}

impl<'a, C: CodeSet> Parsed<'a, C> {
    /// A code whose text is known to match the template.
    #[inline]
    pub(crate) fn fitting(code: C, template: &'static str, text: &'a str) -> Self {
        let args = if template.is_empty() {
            Args::default()
        } else {
            Args { template, text }
        };
        Self { code, args, text }
    }

    /// A code whose text has no parameters.
    pub(crate) fn bare(code: C, text: &'a str) -> Self {
        Self {
            code,
            args: Args::default(),
            text,
        }
    }

    /// The code.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let parsed = OrderError::parse(409, "OUT_OF_STOCK").expect("it is in the spec");
    /// assert_eq!(parsed.code(), OrderError::OutOfStock);
    /// # }
    /// ```
    #[must_use]
    pub fn code(&self) -> C {
        self.code
    }

    /// The values of its parameters.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("it is in the spec");
    /// assert_eq!(parsed.args().iter().collect::<Vec<_>>(), [("field", "street")]);
    /// # }
    /// ```
    #[must_use]
    pub fn args(&self) -> Args<'a> {
        self.args
    }

    /// The message in the best matching language, with the parameters filled in.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Locale;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("it is in the spec");
    /// assert_eq!(parsed.localized(Locale::DE).to_string(), "The field street is missing.");
    /// # }
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> Localized<'a> {
        Localized::parsed(self.code.message(locale), self.args)
    }
}

impl<C> Deref for Parsed<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.code
    }
}

/// Writes the symbol as it was parsed.
impl<C> fmt::Display for Parsed<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A template with values for its parameters, which `Display` fills in. The inverse of [`Args`].
///
/// ```
/// use errbook::Filled;
///
/// assert_eq!(Filled::new("<what>: <why>", &[("what", &"A"), ("why", &7)]).to_string(), "A: 7");
/// ```
#[derive(Clone, Copy)]
pub struct Filled<'a> {
    template: &'a str,
    values: &'a [(&'a str, &'a dyn fmt::Display)],
}

impl<'a> Filled<'a> {
    /// Pairs a template with the values of its parameters. A parameter without a value is printed
    /// as `<name>`; `<<name>` stands for the characters `<name>`.
    ///
    /// ```
    /// use errbook::Filled;
    ///
    /// assert_eq!(Filled::new("<what>: <why>", &[("what", &"A")]).to_string(), "A: <why>");
    /// assert_eq!(Filled::new("<<what> is <what>", &[("what", &"A")]).to_string(), "<what> is A");
    /// ```
    #[must_use]
    pub const fn new(template: &'a str, values: &'a [(&'a str, &'a dyn fmt::Display)]) -> Self {
        Self { template, values }
    }
}

impl Fill for Filled<'_> {
    fn fill(&self, name: &str, _: Locale, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        let (_, value) = self.values.iter().find(|(known, _)| *known == name)?;
        Some(write!(f, "{value}"))
    }
}

impl fmt::Display for Filled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values are not errors, so the language has no effect.
        fmt::Display::fmt(&Localized::filled(self.template, self, Locale::EN), f)
    }
}

impl fmt::Debug for Filled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filled({self})")
    }
}

/// A message in one language. `Display` fills its parameters in, without allocating.
///
/// It compares equal to the string that it prints:
///
/// ```
/// use errbook::Localized;
///
/// assert_eq!(Localized::from("No network.").to_string(), "No network.");
/// assert_eq!(Localized::from("No network."), *"No network.");
/// ```
#[derive(Clone, Copy)]
pub struct Localized<'a> {
    message: &'a str,
    values: Values<'a>,
}

/// Where the values of a message's parameters are.
#[derive(Clone, Copy)]
enum Values<'a> {
    None,
    Args(Args<'a>),
    /// The language is that of parameters which are errors with messages of their own.
    Fields(&'a dyn Fill, Locale),
}

impl<'a> Localized<'a> {
    pub(crate) const fn plain(message: &'a str) -> Self {
        Self {
            message,
            values: Values::None,
        }
    }

    pub(crate) const fn parsed(message: &'a str, args: Args<'a>) -> Self {
        Self {
            message,
            values: Values::Args(args),
        }
    }

    pub(crate) const fn filled(message: &'a str, fields: &'a dyn Fill, locale: Locale) -> Self {
        Self {
            message,
            values: Values::Fields(fields, locale),
        }
    }

    /// The message with parameters left as `<name>`.
    ///
    /// ```
    /// assert_eq!(errbook::Localized::from("No <thing>.").template(), "No <thing>.");
    /// ```
    #[must_use]
    pub const fn template(&self) -> &'a str {
        self.message
    }

    /// Whether printing the message fills in parameters.
    ///
    /// ```
    /// assert!(!errbook::Localized::from("No <thing>.").has_parameters());
    /// ```
    #[must_use]
    pub const fn has_parameters(&self) -> bool {
        match self.values {
            Values::None => false,
            Values::Args(args) => !args.template.is_empty(),
            Values::Fields(..) => true,
        }
    }

    /// Whether there is a parameter of that name.
    fn knows(&self, name: &str) -> bool {
        struct Sink;
        impl fmt::Write for Sink {
            fn write_str(&mut self, _: &str) -> fmt::Result {
                Ok(())
            }
        }

        struct Written<'a>(&'a Localized<'a>, &'a str);
        impl fmt::Display for Written<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write_value(self.1, f).unwrap_or(Err(fmt::Error))
            }
        }

        write!(Sink, "{}", Written(self, name)).is_ok()
    }

    /// Writes the value of a parameter; `None` if there is no parameter of that name.
    fn write_value(&self, name: &str, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        match self.values {
            Values::None => None,
            Values::Args(args) => args.get(name).map(|value| f.write_str(value)),
            Values::Fields(fields, locale) => fields.fill(name, locale, f),
        }
    }
}

/// A message with its parameters filled in, regardless of width and precision.
struct FilledIn<'a>(&'a Localized<'a>);

impl fmt::Display for FilledIn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.message;
        while let Some((before, opened)) = rest.split_once('<') {
            f.write_str(before)?;
            rest = match self.write_hole(opened, f)? {
                Some(after) => after,
                // Not a parameter: angle brackets of the vendor's own text.
                None => {
                    f.write_str("<")?;
                    opened
                }
            };
        }
        f.write_str(rest)
    }
}

impl FilledIn<'_> {
    /// Writes the parameter that begins after a `<`, or the characters `<name>` if that is a second
    /// `<`. Returns the rest of the text; `None` if there is no parameter.
    fn write_hole<'a>(
        &self,
        opened: &'a str,
        f: &mut fmt::Formatter<'_>,
    ) -> Result<Option<&'a str>, fmt::Error> {
        let Some((name, after)) = opened.split_once('>') else {
            return Ok(None);
        };
        if let Some(name) = name.strip_prefix('<').filter(|name| self.0.knows(name)) {
            write!(f, "<{name}>")?;
            return Ok(Some(after));
        }
        match self.0.write_value(name, f) {
            Some(written) => written.map(|()| Some(after)),
            None => Ok(None),
        }
    }
}

impl<'a> From<&'a str> for Localized<'a> {
    fn from(message: &'a str) -> Self {
        Self::plain(message)
    }
}

impl fmt::Display for Localized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.values {
            Values::None => f.pad(self.message),
            _ => pad(f, format_args!("{}", FilledIn(self))),
        }
    }
}

impl fmt::Debug for Localized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Localized({self})")
    }
}

/// Compares with the string that would be printed, without allocating.
impl PartialEq<str> for Localized<'_> {
    fn eq(&self, text: &str) -> bool {
        let mut rest = Rest(text);
        write!(rest, "{self}").is_ok() && rest.0.is_empty()
    }
}

impl PartialEq<&str> for Localized<'_> {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}

/// The rest of an expected text, after the parts that were written so far.
struct Rest<'a>(&'a str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::boxed::Box;
    use std::format;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use proptest::prelude::*;

    use crate::template::{Args, Filled};

    /// A template of one to three parameters with literals between them, and a value for each.
    fn cases() -> impl Strategy<Value = (String, Vec<String>)> {
        // A space before a value is not part of it.
        let part = ("[A-Z:_.]{1,4}", "([a-z0-9<>图\n][a-z0-9<> 图\n]{0,5})?");
        (
            "[A-Z:_]{0,6}",
            prop::collection::vec(part, 1..4),
            "[A-Z:]{0,3}",
        )
            .prop_map(|(begin, parts, end)| {
                let holes: Vec<String> = (0..parts.len())
                    .map(|index| format!("<p{index}>"))
                    .collect();
                let between = parts
                    .iter()
                    .map(|(literal, _)| literal.as_str())
                    .skip(1)
                    .chain([end.as_str()]);
                let template: String = holes
                    .iter()
                    .zip(between)
                    .map(|(hole, literal)| format!("{hole}{literal}"))
                    .collect();
                (
                    begin + &template,
                    parts.into_iter().map(|(_, value)| value).collect(),
                )
            })
    }

    proptest! {
        #[test]
        fn a_printed_template_parses_to_the_same_values((template, values) in cases()) {
            let names: Vec<String> = (0..values.len()).map(|index| format!("p{index}")).collect();
            let named: Vec<(&str, &dyn core::fmt::Display)> =
                names.iter().zip(&values).map(|(name, value)| (name.as_str(), value as _)).collect();
            let printed = Filled::new(&template, &named).to_string();
            let args = Args::parse(Box::leak(template.into_boxed_str()), &printed).expect("the text was printed from the template");
            prop_assert_eq!(args.iter().map(|(_, value)| value).collect::<Vec<_>>(), values);
        }

        #[test]
        fn parsing_never_panics(template in "[<>a-c:图]{0,8}", text in "[<>a-c:图]{0,8}") {
            let _ = Args::parse(Box::leak(template.into_boxed_str()), &text).map(|args| args.iter().count());
        }
    }
}
