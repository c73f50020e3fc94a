//! Writes the rustdoc of sets and variants from the registry: what an editor shows on hover.

use std::fmt::Write;

use errbook_spec::registry::{Code, Former, Registry, Set};
use errbook_spec::{SourceFile, Superseded};

use crate::lower::facts;

/// The documentation of a set's enum.
pub(super) fn set_docs(set: &Set, registry: &Registry) -> String {
    let titles = |titles: &[String]| {
        distinct(titles)
            .into_iter()
            .map(escaped)
            .collect::<Vec<_>>()
            .join(" / ")
    };
    let mut doc = format!(
        " {}.\n\n {} {} of `{}` ({}).\n\n The order of the variants and their numbers inside the program are not \
         part of the interface: `Ord` compares the codes, and `code()` gives them.",
        titles(&set.title),
        set.codes.len(),
        if set.codes.len() == 1 {
            "code"
        } else {
            "codes"
        },
        registry.vendor,
        titles(&registry.title),
    );
    if let Some(source) = &registry.source {
        write_edition(&mut doc, source);
    }
    if let Some(file) = &registry.overrides {
        let codes = set.codes.iter();
        let count = codes.filter(|code| !code.overridden.is_empty()).count();
        let _ = write!(
            doc,
            "\n\n `{}` overrides facts of {count} of the codes. Their documentation names the facts.",
            file_name(file)
        );
        write_overridden(&mut doc, &set.overridden, file);
    }
    doc
}

/// Which edition of the vendor's document the codes are from, and whether there is a later one.
fn write_edition(doc: &mut String, source: &SourceFile) {
    let edition = match (&source.edition, &source.date) {
        (Some(edition), Some(date)) if edition.value != date.value => {
            format!("edition {} of {}", escaped(edition), escaped(date))
        }
        (Some(edition), _) => format!("edition {}", escaped(edition)),
        (None, Some(date)) => format!("edition of {}", escaped(date)),
        (None, None) if source.superseded.is_none() => return,
        (None, None) => "an undated edition".to_owned(),
    };
    let _ = write!(doc, "\n\n From {edition} of the vendor's document");
    match source.superseded.as_ref().map(|at| &at.value) {
        Some(Superseded::Since(day)) => {
            let _ = write!(
                doc,
                ", which **the vendor has replaced** on {}",
                escaped(day)
            );
        }
        Some(Superseded::Undated) => doc.push_str(", which **the vendor has replaced**"),
        None => {}
    }
    doc.push('.');
    if let Some(newer) = &source.newer {
        let _ = write!(doc, " A later edition: <{}>.", newer.value);
    }
}

/// What the documentation says about facts that are not those of the spec.
fn write_overridden(doc: &mut String, overridden: &[String], file: &str) {
    if !overridden.is_empty() {
        let _ = write!(
            doc,
            "\n\n *Overridden by `{}`:* {}",
            file_name(file),
            overridden.join(", ")
        );
    }
}

/// The name without the folders, which need not be the same on each machine.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The documentation of a variant: code, messages, remedies, facts.
pub(super) fn variant_docs(code: &Code, set: &Set, registry: &Registry) -> String {
    let mut doc = format!(" `{}`", code.text.replace('`', "'"));
    if let Some(symbol) = &code.symbol {
        let _ = write!(doc, " `{}`", symbol.replace('`', "'"));
    }
    // English comes first in every set, because it is the language of rustdoc, even where it is not
    // the vendor's own.
    let english = registry
        .locales
        .iter()
        .position(|locale| locale.starts_with("en"));
    let first = &code.message[english.unwrap_or(0)];
    let _ = write!(doc, ": {}", escaped(first));
    for other in distinct(&code.message)
        .into_iter()
        .filter(|message| *message != first)
    {
        let _ = write!(doc, "\n\n {}", escaped(other));
    }
    if let Some(Former { until, now }) = &code.former {
        let text = code.text.replace('`', "'");
        let _ = write!(
            doc,
            "\n\n Until {}: since then, `{text}` means [`{now}`].",
            escaped(until)
        );
    }
    for (label, texts) in facts::paragraphs(code) {
        for text in distinct(texts).into_iter().filter(|text| !text.is_empty()) {
            let _ = write!(doc, "\n\n {label}{}", escaped(text));
        }
    }
    if !code.unlike.is_empty() {
        let _ = write!(
            doc,
            "\n\n *Not to be confused with* `{}`.",
            code.unlike.join("`, `")
        );
    }
    if let Some(file) = &registry.overrides {
        write_overridden(&mut doc, &code.overridden, file);
    }
    let _ = write!(doc, "\n\n {}", facts::short_facts(code, set).join(" · "));
    doc
}

/// The deprecation note of a code that the vendor removed from its document.
pub(super) fn deprecation_note(code: &Code) -> String {
    if let Some(Former { until, now }) = &code.former {
        let text = &code.text;
        return format!("since {until}, the vendor answers `{text}` for another error, {now}");
    }
    match &code.replaced_by {
        Some(reference) => format!("the vendor no longer documents this code; see {reference}"),
        None => "the vendor no longer documents this code".to_owned(),
    }
}

/// The texts of all languages without duplicates.
fn distinct(texts: &[String]) -> Vec<&str> {
    let mut distinct = Vec::new();
    for text in texts {
        if !distinct.contains(&text.as_str()) {
            distinct.push(text.as_str());
        }
    }
    distinct
}

/// Escapes a vendor's text, so that Markdown shows it literally.
pub(super) fn escaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut escaped = String::with_capacity(text.len() + 16);
    // A loop over bytes that copies everything between two escapes at once: cargo compiles macros
    // without optimisation, and iterators over characters are slow there.
    let mut from = 0;
    let mut at = 0;
    let mut line = 0;
    while at < bytes.len() {
        let written = match bytes[at] {
            b'\n' => "  \n ",
            // rustdoc warns about a bare URL, and the vendor's text is not meant as a link.
            b':' if text[at..].starts_with("://") => "&#58;",
            b'.' if at > line && bytes[line..at].iter().all(u8::is_ascii_digit) => "\\.",
            byte if ESCAPED[usize::from(byte)] => "\\",
            _ => {
                at += 1;
                continue;
            }
        };
        escaped.push_str(&text[from..at]);
        if bytes[at] == b'\n' {
            line = at + 1;
        }
        // Leading line breaks are dropped.
        escaped.push_str(if bytes[at] == b'\n' && escaped.is_empty() {
            ""
        } else {
            written
        });
        from = if written == "\\" { at } else { at + 1 };
        at += 1;
    }
    escaped.push_str(&text[from..]);
    escaped
}

/// The ASCII characters that have a meaning in Markdown.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut letters: &[u8] = b"\\`*_[]<>#|~&$";
    while let [first, rest @ ..] = letters {
        escaped[*first as usize] = true;
        letters = rest;
    }
    escaped
};

/// Whether rustdoc accepts a string as a `doc(alias)`.
pub(super) fn can_be_alias(text: &str, variant: &str) -> bool {
    let odd = |each: char| matches!(each, '"' | '\'') || (each.is_whitespace() && each != ' ');
    text != variant && !text.is_empty() && !text.contains(odd) && text.trim() == text
}

#[cfg(test)]
mod tests {
    use crate::lower::docs::{can_be_alias, escaped, file_name};

    #[test]
    fn a_text_is_shown_as_it_is() {
        for (text, expected) in [
            (
                "plain text, 100 %: (a) 3.5 \"b\"",
                "plain text, 100 %: (a) 3.5 \"b\"",
            ),
            (
                "a_b *c* `d` [e](f) <g>",
                "a\\_b \\*c\\* \\`d\\` \\[e\\](f) \\<g\\>",
            ),
            (
                "#1 a|b ~c~ R&D $x \\y",
                "\\#1 a\\|b \\~c\\~ R\\&D \\$x \\\\y",
            ),
            ("https://a.b: c", "https&#58;//a.b: c"),
            // A line that begins with a number would be an item of a list.
            ("1. one", "1\\. one"),
            ("12.5 of 3.5", "12\\.5 of 3.5"),
            (".5", ".5"),
            ("a\n2. b", "a  \n 2\\. b"),
            ("a\nb 2. c", "a  \n b 2. c"),
            ("\n\na", "a"),
            ("\n7. a", "7\\. a"),
            ("图_片", "图\\_片"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    #[test]
    fn an_alias_is_another_name_without_quotes_and_line_breaks() {
        for (text, expected) in [
            ("7", true),
            ("A b", true),
            ("Seven", false),
            ("", false),
            ("a\"b", false),
            ("a'b", false),
            ("a\tb", false),
            ("a\u{a0}b", false),
            (" a", false),
            ("a ", false),
        ] {
            assert_eq!(can_be_alias(text, "Seven"), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_is_named_without_its_folders() {
        assert_eq!(file_name("/home/me/mine.toml"), "mine.toml");
        assert_eq!(file_name("C:\\me\\mine.toml"), "mine.toml");
        assert_eq!(file_name("mine.toml"), "mine.toml");
    }
}
