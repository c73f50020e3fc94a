//! Detects the reader's language from the environment, and picks strings in that language.

use errbook_spec::Texts;
use errbook_spec::canonical_tag;

/// The language of the environment as a BCP 47 tag; English if the environment does not set one.
#[must_use]
pub fn environment_locale() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let values = names
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    values
        .as_deref()
        .and_then(posix_tag)
        .and_then(|tag| canonical_tag(&tag))
        .unwrap_or_else(|| "en".to_owned())
}

/// The tag of a POSIX locale: `zh_CN.UTF-8` is `zh-CN`; `None` for `C` and `POSIX`.
fn posix_tag(value: &str) -> Option<String> {
    let name = value.split(['.', '@']).next().unwrap_or_default();
    (!matches!(name, "" | "C" | "POSIX")).then(|| name.replace('_', "-"))
}

/// The text in the best available language, with its tag: the wanted language, another variant of
/// it (`zh-CN` for `zh`), a language of the registry, English, the vendor's language, or any.
#[must_use]
pub fn pick_text<'a>(
    texts: &'a Texts,
    wanted: &str,
    of_registry: &[String],
    own: &str,
) -> Option<(&'a str, &'a str)> {
    let exact = texts
        .iter()
        .find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let related = || {
        texts
            .iter()
            .find(|(tag, _)| primary_language(tag).eq_ignore_ascii_case(primary_language(wanted)))
    };
    let other = |wanted: &str| texts.iter().find(|(tag, _)| *tag == wanted);
    let found = exact
        .or_else(related)
        .or_else(|| of_registry.iter().find_map(|tag| other(tag)))
        .or_else(|| other("en"))
        .or_else(|| other(own))
        .or_else(|| texts.iter().next());
    found.map(|(tag, text)| (tag.as_str(), text.value.as_str()))
}

pub(crate) fn primary_language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_available_language_is_picked() {
        let texts = Texts::from([
            ("zh-CN".to_owned(), "中".into()),
            ("en".to_owned(), "e".into()),
        ]);
        for (wanted, expected) in [
            ("zh-CN", "zh-CN"),
            ("zh", "zh-CN"),
            ("en-GB", "en"),
            ("fr", "en"),
        ] {
            assert_eq!(pick_text(&texts, wanted, &[], "zh-CN").unwrap().0, expected);
        }
        assert_eq!(posix_tag("zh_CN.UTF-8").as_deref(), Some("zh-CN"));
        assert_eq!(posix_tag("C.UTF-8"), None);
    }
}
