//! Which language a person reads, and which of a code's texts that is.

use errbook_spec::Texts;
use errbook_spec::canonical_tag;

/// The language that the environment asks for, as a BCP-47 tag; English where it asks for none.
#[must_use]
pub fn from_environment() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let values = names
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    values
        .as_deref()
        .and_then(tag)
        .and_then(|tag| canonical_tag(&tag))
        .unwrap_or_else(|| "en".to_owned())
}

/// `zh_CN.UTF-8` as `zh-CN`; nothing for `C` and `POSIX`.
fn tag(value: &str) -> Option<String> {
    let name = value.split(['.', '@']).next().unwrap_or_default();
    (!matches!(name, "" | "C" | "POSIX")).then(|| name.replace('_', "-"))
}

/// The text in the wanted language: that very one, its nearest relative, English, the vendor's own, or any.
#[must_use]
pub fn pick<'a>(texts: &'a Texts, wanted: &str, own: &str) -> Option<(&'a str, &'a str)> {
    let exact = texts
        .iter()
        .find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let related = || {
        texts
            .iter()
            .find(|(tag, _)| language(tag).eq_ignore_ascii_case(language(wanted)))
    };
    let other = |wanted: &str| texts.iter().find(|(tag, _)| *tag == wanted);
    let found = exact
        .or_else(related)
        .or_else(|| other("en"))
        .or_else(|| other(own))
        .or_else(|| texts.iter().next());
    found.map(|(tag, text)| (tag.as_str(), text.value.as_str()))
}

fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_taken() {
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
            assert_eq!(pick(&texts, wanted, "zh-CN").unwrap().0, expected);
        }
        assert_eq!(tag("zh_CN.UTF-8").as_deref(), Some("zh-CN"));
        assert_eq!(tag("C.UTF-8"), None);
    }
}
