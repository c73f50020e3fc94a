//! Texts with named holes, `MISSING_ARGUMENTS:<key>`: one template both prints and parses.

use core::fmt;
use core::ops::Deref;

use crate::code::CodeSet;
use crate::locale::Locale;

/// The values of a code's parameters, borrowed from the text that was parsed.
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
    /// Holds a text against a template; `None` if the text is not of that form.
    pub(crate) fn parse(template: &'static str, text: &'a str) -> Option<Self> {
        let args = Self { template, text };
        args.holes().all_fit().then_some(args)
    }

    /// The value of a parameter.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    ///
    /// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("the template is in the spec");
    /// assert_eq!(parsed.args().get("field"), Some("street"));
    /// # }
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Each parameter with its value, in the order of the text.
    ///
    /// ```
    /// assert_eq!(errbook::Args::default().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.holes()
    }

    fn holes(self) -> Holes<'a> {
        let (literal, template) = split_at_hole(self.template);
        Holes { template, text: self.text.strip_prefix(literal) }
    }
}

/// What is left of a template and a text after a literal; `text` is `None` once they disagree.
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
        // The last hole takes what is left, so that a value may hold any character.
        let value = match template {
            None => text.strip_suffix(literal)?,
            Some(_) => &text[..text.find(literal)?],
        };
        self.text = Some(&text[value.len() + literal.len()..]);
        self.template = template;
        Some((name, value))
    }
}

/// The text before the first hole, and the hole's name with the text behind it.
fn split_at_hole(template: &'static str) -> (&'static str, Option<(&'static str, &'static str)>) {
    let hole = template.split_once('<').and_then(|(literal, rest)| Some((literal, rest.split_once('>')?)));
    match hole {
        Some((literal, hole)) => (literal, Some(hole)),
        None => (template, None),
    }
}

/// A code together with the values of its parameters, from an answer that was parsed.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::Locale;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("the template is in the spec");
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
    /// Holds a text against a template; one that is empty has no parameters.
    pub(crate) fn new(code: C, template: &'static str, text: &'a str) -> Option<Self> {
        let args = if template.is_empty() { Args::default() } else { Args::parse(template, text)? };
        Some(Self { code, args, text })
    }

    /// A code whose text is known to have the template's form.
    #[inline]
    pub(crate) fn fitting(code: C, template: &'static str, text: &'a str) -> Self {
        let args = if template.is_empty() { Args::default() } else { Args { template, text } };
        Self { code, args, text }
    }

    /// A code whose text has no parameters.
    pub(crate) fn bare(code: C, text: &'a str) -> Self {
        Self { code, args: Args::default(), text }
    }

    /// The code.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderError::parse(409, "OUT_OF_STOCK").map(|parsed| parsed.code()), Some(OrderError::OutOfStock));
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
    /// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("the template is in the spec");
    /// assert_eq!(parsed.args().iter().collect::<Vec<_>>(), [("field", "street")]);
    /// # }
    /// ```
    #[must_use]
    pub fn args(&self) -> Args<'a> {
        self.args
    }

    /// What it means, with the values filled in where the message names them.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Locale;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let parsed = OrderError::parse(400, "MISSING_FIELD:street").expect("the template is in the spec");
    /// assert_eq!(parsed.localized(Locale::DE).to_string(), "The field street is missing.");
    /// # }
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> Localized<'a> {
        Localized { message: self.code.message(locale), args: self.args }
    }
}

impl<C> Deref for Parsed<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.code
    }
}

/// The text as it was parsed.
impl<C> fmt::Display for Parsed<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A message in one language; the values of its parameters are filled in when it is printed, without allocating.
///
/// ```
/// use errbook::Localized;
///
/// assert_eq!(Localized::from("No network.").to_string(), "No network.");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Localized<'a> {
    message: &'static str,
    args: Args<'a>,
}

impl Localized<'_> {
    /// The message with its parameters left as `<name>`.
    ///
    /// ```
    /// assert_eq!(errbook::Localized::from("No <thing>.").template(), "No <thing>.");
    /// ```
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.message
    }
}

impl From<&'static str> for Localized<'_> {
    fn from(message: &'static str) -> Self {
        Self { message, args: Args::default() }
    }
}

impl fmt::Display for Localized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.message;
        while let Some((before, opened)) = rest.split_once('<') {
            f.write_str(before)?;
            let hole = opened.split_once('>').and_then(|(name, after)| Some((self.args.get(name)?, after)));
            // What no parameter fills is the vendor's own text.
            let (value, after) = hole.unwrap_or(("<", opened));
            f.write_str(value)?;
            rest = after;
        }
        f.write_str(rest)
    }
}
