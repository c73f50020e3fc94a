//! The changelog's section of a release: for people, by vendor, each code with its message, in two languages.

use std::collections::BTreeSet;
use std::fmt::Write;

use errbook_spec::Texts;

use super::Registry;
use super::version::Version;
use super::words::words;
use crate::diff::{Class, Finding, Severity};

/// The heading of what the next release will bring.
const UNRELEASED: &str = "## Unreleased\n";

/// The language of a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// CHANGELOG.md.
    English,
    /// CHANGELOG.zh-CN.md.
    Chinese,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The file.
    #[must_use]
    pub fn file(self) -> &'static str {
        self.pick("CHANGELOG.md", "CHANGELOG.zh-CN.md")
    }

    /// What the file begins with where there is none yet.
    #[must_use]
    pub fn head(self) -> &'static str {
        self.pick(
            "# Changelog\n",
            "# 更新日志\n\n各版本错误码的变化。程序接口的变化见 [CHANGELOG.md](CHANGELOG.md)。\n",
        )
    }

    fn tag(self) -> &'static str {
        self.pick("en", "zh-CN")
    }

    fn pick(self, english: &'static str, chinese: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

/// What a release changes in the registry; nothing where it changes nothing that a reader would see.
#[must_use]
pub fn section(registries: &[Registry], findings: &[Finding], language: Language) -> String {
    let mut out = String::new();
    for registry in registries {
        let spec = registry
            .new
            .as_ref()
            .map(|(spec, _)| spec)
            .or(registry.old.as_ref());
        let Some(spec) = spec else { continue };
        let lines = lines(
            findings
                .iter()
                .filter(|finding| finding.vendor == spec.vendor.value),
            language,
        );
        if lines.is_empty() {
            continue;
        }
        if out.is_empty() {
            let _ = writeln!(out, "### {}", language.pick("Error codes", "错误码"));
        }
        let title =
            title(&spec.title, language).map(|title| format!("{title} (`{}`)", spec.vendor.value));
        let _ = writeln!(
            out,
            "\n#### {}\n",
            title.unwrap_or_else(|| format!("`{}`", spec.vendor.value))
        );
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }
    out
}

fn title(texts: &Texts, language: Language) -> Option<&str> {
    texts
        .get(language.tag())
        .or_else(|| texts.values().next())
        .map(|title| title.value.as_str())
}

/// The heaviest first. Where a vendor or a set is new as a whole, its codes are not told one by one.
fn lines<'a>(findings: impl Iterator<Item = &'a Finding>, language: Language) -> Vec<String> {
    let mut told: Vec<_> = findings
        .filter(|finding| finding.severity > Severity::Cosmetic)
        .collect();
    let new_vendor = told
        .iter()
        .any(|finding| finding.class == Class::VendorAdded);
    let is_new = |finding: &&&Finding| finding.class == Class::SetAdded;
    let new_sets: BTreeSet<_> = told
        .iter()
        .filter(is_new)
        .map(|finding| finding.subject.clone())
        .collect();
    told.retain(|finding| {
        let within = finding.subject.split('.').next().unwrap_or_default();
        let part = finding.class == Class::CodeAdded && new_sets.contains(within);
        !(part || new_vendor && finding.class != Class::VendorAdded)
    });
    told.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    told.into_iter()
        .filter_map(|finding| line(finding, language))
        .collect()
}

/// `Billed differently: `HuiyanCode.5` DataNotFound, free → billed. No data was found.`
fn line(finding: &Finding, language: Language) -> Option<String> {
    let (english, chinese) = words(finding.class)?;
    let colon = language.pick(": ", "：");
    let mut out = format!("{}{colon}", language.pick(english, chinese));
    let mut parts = Vec::new();
    if !finding.subject.is_empty() {
        parts.push(format!("`{}`", one_line(&finding.subject)));
    }
    parts.extend(finding.variant.iter().map(|variant| format!("`{variant}`")));
    parts.extend(finding.detail.iter().map(|detail| one_line(detail)));
    out += &parts.join(" ");
    let about = if parts.is_empty() { "" } else { " " };
    let about_text = matches!(
        finding.class,
        Class::MessageChanged
            | Class::RemedyChanged
            | Class::TranslationAdded
            | Class::TranslationStale
    );
    let quote = |text: &String| {
        if finding.class == Class::BillingChanged {
            billing(text, language).to_owned()
        } else if finding.class == Class::CodeRetired {
            format!("{}`{}`", language.pick("use ", "改用 "), one_line(text))
        } else if counts(finding.class) {
            counted(text, language)
        } else if about_text {
            format!("“{}”", one_line(text))
        } else {
            one_line(text)
        }
    };
    match (&finding.old, &finding.new) {
        // Which language it is stands there already.
        _ if matches!(finding.class, Class::LanguageAdded | Class::LanguageRemoved) => {}
        (Some(old), Some(new)) => _ = write!(out, "{about}({} → {})", quote(old), quote(new)),
        (Some(one), None) | (None, Some(one)) if parts.is_empty() => out += &quote(one),
        (Some(one), None) | (None, Some(one)) => _ = write!(out, "{about}({})", quote(one)),
        (None, None) => {}
    }
    let message = finding
        .messages
        .iter()
        .find(|(tag, _)| tag == language.tag())
        .or_else(|| finding.messages.first());
    out.extend(message.map(|(_, text)| format!("{}{}", language.pick(": ", "："), one_line(text))));
    Some(out)
}

/// Whether it is said of this how many codes there are.
fn counts(class: Class) -> bool {
    matches!(
        class,
        Class::VendorAdded | Class::VendorRemoved | Class::SetAdded | Class::SetRemoved
    )
}

/// `139 codes in 2 sets` in the language of the changelog.
fn counted(text: &str, language: Language) -> String {
    if language == Language::English {
        return text.to_owned();
    }
    let numbers = text
        .split(' ')
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let named = numbers
        .zip(["个错误码", "个错误码集"])
        .map(|(number, what)| format!("{number} {what}"));
    named.collect::<Vec<_>>().join("，")
}

fn billing(word: &str, language: Language) -> &str {
    match (language, word) {
        (Language::Chinese, "billed") => "收费",
        (Language::Chinese, "free") => "不收费",
        (Language::Chinese, _) => "未说明",
        (Language::English, _) => word,
    }
}

/// A text that stays on its line and does nothing there.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
        .replace('<', "\\<")
        .replace('*', "\\*")
}

/// A changelog with the section of a version: what stood under `Unreleased` goes into it.
#[must_use]
pub fn with_section(changelog: &str, version: Version, codes: &str) -> String {
    let (before, rest) = match changelog.split_once(UNRELEASED) {
        Some((before, rest)) => (format!("{before}{UNRELEASED}\n"), rest),
        None => {
            let at = changelog.find("\n## ").map_or(changelog.len(), |at| at + 1);
            return format!(
                "{}\n\n{}\n{}",
                changelog[..at].trim_end(),
                headed(version, "", codes),
                &changelog[at..]
            )
            .trim_end()
            .to_owned()
                + "\n";
        }
    };
    let at = rest.find("\n## ").map_or(rest.len(), |at| at + 1);
    let (unreleased, older) = rest.split_at(at);
    (before + &headed(version, unreleased.trim(), codes) + "\n" + older)
        .trim_end()
        .to_owned()
        + "\n"
}

/// A changelog with what is not released yet at the end of its part for that.
#[must_use]
pub fn with_pending(changelog: &str, codes: &str) -> String {
    let next = |text: &str| text.find("\n## ").map_or(text.len(), |at| at + 1);
    let (before, rest) = changelog
        .split_once(UNRELEASED)
        .unwrap_or_else(|| changelog.split_at(next(changelog)));
    let (unreleased, older) = rest.split_at(if rest.starts_with("## ") {
        0
    } else {
        next(rest)
    });
    format!("{before}{UNRELEASED}{unreleased}\n{codes}\n{older}")
}

fn headed(version: Version, unreleased: &str, codes: &str) -> String {
    let parts = [
        format!("## {version}"),
        unreleased.to_owned(),
        codes.trim().to_owned(),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| part + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::with_pending;

    #[test]
    fn what_is_pending_stands_at_the_end_of_what_is_not_released() {
        let with = |changelog| with_pending(changelog, "### Error codes\n");
        assert_eq!(
            with("# C\n\n## Unreleased\n\n- a\n\n## 1.0.0\n\n- b\n"),
            "# C\n\n## Unreleased\n\n- a\n\n\n### Error codes\n\n## 1.0.0\n\n- b\n"
        );
        assert_eq!(
            with("# C\n\n## 1.0.0\n"),
            "# C\n\n## Unreleased\n\n### Error codes\n\n## 1.0.0\n"
        );
        assert_eq!(with(""), "## Unreleased\n\n### Error codes\n\n");
    }
}
