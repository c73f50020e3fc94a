//! Finds messages that have different parameters in different languages. That is allowed, but
//! usually a mistake.

use std::fmt;

use crate::order;
use crate::place::Place;
use crate::spec::{Code, Identity, Spec};
use crate::template::{self, Template};

/// A code whose messages have different parameters in different languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnevenParameters {
    /// The code, as a reference: `Set.code`, or `Set.code.symbol`.
    pub code: String,
    /// Its position.
    pub place: Place,
    /// Each language with the parameters of its message, sorted by name.
    pub languages: Vec<(String, Vec<String>)>,
}

impl fmt::Display for UnevenParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.place, self.code)?;
        for (index, (language, names)) in self.languages.iter().enumerate() {
            let names = match &names[..] {
                [] => "no parameters".to_owned(),
                names => format!("<{}>", names.join(">, <")),
            };
            write!(
                f,
                "{}{language} has {names}",
                if index > 0 { "; " } else { "" }
            )?;
        }
        Ok(())
    }
}

/// The codes of a spec whose messages have different parameters in different languages.
///
/// ```
/// use errbook_spec::{parse, place::Source, uneven_parameters};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"7\"\nsymbol = \"BAD:<key>\"\nvariant = \"Bad\"\n\
///             message.en = \"<key> is bad\"\nmessage.de = \"Etwas ist falsch\"";
/// let spec = parse(&Source::new("spec.toml", text))?;
/// assert_eq!(
///     uneven_parameters(&spec)[0].to_string(),
///     "spec.toml:7:8: C.7: de has no parameters; en has <key>",
/// );
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn uneven_parameters(spec: &Spec) -> Vec<UnevenParameters> {
    let mut uneven = Vec::new();
    for set in &spec.sets {
        for code in &set.codes {
            let languages = languages(code);
            if languages.windows(2).any(|pair| pair[0].1 != pair[1].1) {
                let plain = format!("{}.{}", *set.name, *code.code);
                let code_name = match &code.symbol {
                    Some(symbol) if set.identity == Identity::CodeAndSymbol => {
                        format!("{plain}.{}", symbol.value)
                    }
                    _ => plain,
                };
                uneven.push(UnevenParameters {
                    code: code_name,
                    place: code.code.place.clone(),
                    languages,
                });
            }
        }
    }
    uneven
}

fn languages(code: &Code) -> Vec<(String, Vec<String>)> {
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    let known = template::parameters(&code.params, template.as_ref());
    let names_in = |text: &str| -> Vec<String> {
        let mut names = Vec::new();
        for name in template::holes(text).filter(|name| known.contains(name)) {
            order::insert(&mut names, name);
        }
        names.into_iter().map(str::to_owned).collect()
    };
    code.message
        .iter()
        .map(|(language, text)| (language.clone(), names_in(text)))
        .collect()
}
