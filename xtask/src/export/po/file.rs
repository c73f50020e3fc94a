//! Parses and writes gettext catalogues (`.po`).
//!
//! The crate `polib` (0.3.0) cannot replace this: it drops previous texts (`#|`) and obsolete
//! entries (`#~`), does not report line numbers, and panics on a lone `"`.

use std::fmt::Write;

use crate::text::one_line;

/// One entry of a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Comments for the translator: where the text is used.
    pub comments: Vec<String>,
    /// Whether a translator must review the translation before it is used.
    pub fuzzy: bool,
    /// The text that was translated, if it has changed since.
    pub previous: Option<String>,
    /// The set or the code that the entry is limited to.
    pub context: Option<String>,
    /// The vendor's text.
    pub id: String,
    /// The translation; empty if it is missing.
    pub text: String,
    /// Whether the text is no longer in the vendor's document.
    pub obsolete: bool,
    /// The line of its `msgid` or `msgstr`; 0 unless the entry was parsed.
    pub line: usize,
}

/// A problem in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// The fields of a catalogue's header: names and values.
pub type Header = Vec<(String, String)>;

/// The text of a catalogue.
#[must_use]
pub fn write(header: &[(&str, String)], entries: &[Entry]) -> String {
    let mut out =
        String::from("# Written by `errbook export po`; `errbook import FILE` reads it back.\n");
    let head: String = header
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    write_field(&mut out, "", "msgid", "");
    write_field(&mut out, "", "msgstr", &head);
    for each in entries {
        write_entry(&mut out, each);
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    out.push('\n');
    for comment in &entry.comments {
        let _ = writeln!(out, "#. {}", one_line(comment));
    }
    if entry.fuzzy {
        out.push_str("#, fuzzy\n");
    }
    let mark = if entry.obsolete { "#~ " } else { "" };
    if let Some(previous) = &entry.previous {
        write_field(
            out,
            if entry.obsolete { "#~| " } else { "#| " },
            "msgid",
            previous,
        );
    }
    if let Some(context) = &entry.context {
        write_field(out, mark, "msgctxt", context);
    }
    write_field(out, mark, "msgid", &entry.id);
    write_field(out, mark, "msgstr", &entry.text);
}

/// Writes a keyword with its text; a text of several lines has one string for each line. Writing to
/// a `String` cannot fail, so results are ignored.
fn write_field(out: &mut String, mark: &str, keyword: &str, text: &str) {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    if lines.len() < 2 {
        let _ = writeln!(out, "{mark}{keyword} \"{}\"", escape(text));
        return;
    }
    let _ = writeln!(out, "{mark}{keyword} \"\"");
    for line in lines {
        let _ = writeln!(out, "{mark}\"{}\"", escape(line));
    }
}

fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r")
}

/// The field of the entry that a string belongs to, and that the strings on the next lines
/// continue.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Previous,
    Context,
    Id,
    Text,
    /// The previous context; ignored, since the translation file has it.
    Other,
}

/// Parses a catalogue into its header and its entries.
///
/// # Errors
///
/// The first line that is not valid gettext, or that uses an unsupported feature (plural forms).
///
/// # Panics
///
/// Never: the list of entries starts with one entry.
pub fn parse(text: &str) -> Result<(Header, Vec<Entry>), Wrong> {
    let mut entries = vec![Entry::default()];
    let mut field = None;
    let mut begun = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        let (line, obsolete) = line
            .strip_prefix("#~")
            .map_or((line, false), |rest| (rest.trim_start(), true));
        let (line, previous) = line
            .strip_prefix("#|")
            .or(line.strip_prefix('|'))
            .map_or((line, false), |rest| (rest.trim(), true));
        let opens = line.starts_with("msgctxt")
            || line.starts_with("msgid ")
            || line.starts_with('#')
            || previous;
        // The first line of the next entry ends an entry: blank lines between entries are optional.
        if opens && begun && field.is_none_or(|field| field == Field::Text || field == Field::Other)
        {
            entries.push(Entry::default());
            field = None;
            begun = false;
        }
        let wrong = |message: &str| Wrong {
            line: number + 1,
            message: message.to_owned(),
        };
        let foreign = || wrong("not a valid gettext line");
        let escaped = |escape: String| wrong(&format!("`{escape}` is not a valid escape sequence"));
        let last = entries.last_mut().expect("the list starts with one entry");
        last.obsolete |= obsolete;
        if let Some(flags) = line.strip_prefix("#,") {
            last.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if line.is_empty() || line.starts_with('#') {
        } else if let Some(quoted) = line.strip_prefix('"') {
            let more = unescape(quoted.strip_suffix('"').ok_or_else(foreign)?).map_err(escaped)?;
            append_text(last, field.ok_or_else(foreign)?, &more);
        } else {
            let (keyword, quoted) = line.split_once(char::is_whitespace).ok_or_else(foreign)?;
            let quoted = quoted
                .trim()
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
                .ok_or_else(foreign)?;
            let this = match (keyword, previous) {
                ("msgid", true) => Field::Previous,
                ("msgctxt", false) => Field::Context,
                ("msgid", false) => Field::Id,
                ("msgstr", false) => Field::Text,
                ("msgctxt", true) => Field::Other,
                _ if keyword == "msgid_plural" || keyword.starts_with("msgstr[") => {
                    return Err(wrong(
                        "plural forms are not supported: remove `msgid_plural`, and use `msgstr`",
                    ));
                }
                _ => return Err(foreign()),
            };
            if this == Field::Text || (this == Field::Id && !begun) {
                last.line = number + 1;
            }
            field = Some(this);
            // Comments and `msgctxt` precede `msgid` in the same entry, so only `msgstr` completes
            // it.
            begun |= this == Field::Text;
            append_text(last, this, &unescape(quoted).map_err(escaped)?);
        }
    }
    let head = entries
        .iter()
        .position(|entry| entry.id.is_empty() && entry.context.is_none());
    let head = head.map(|at| entries.remove(at)).unwrap_or_default();
    let header = head.text.lines().filter_map(|line| line.split_once(':'));
    let header = header
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    entries.retain(|entry| !entry.id.is_empty());
    Ok((header, entries))
}

fn append_text(entry: &mut Entry, field: Field, text: &str) {
    match field {
        Field::Previous => entry.previous.get_or_insert_default().push_str(text),
        Field::Context => entry.context.get_or_insert_default().push_str(text),
        Field::Id => entry.id.push_str(text),
        Field::Text => entry.text.push_str(text),
        Field::Other => {}
    }
}

/// Resolves escape sequences.
///
/// # Errors
///
/// The first invalid escape sequence.
fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        out.push(match letters.next() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some(other @ ('"' | '\\')) => other,
            other => return Err(std::iter::once('\\').chain(other).collect()),
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalogues_round_trip() {
        let entries = vec![
            Entry {
                id: "a \"b\"\\n".to_owned(),
                text: "x\ny\n".to_owned(),
                ..Entry::default()
            },
            Entry {
                context: Some("S.1".to_owned()),
                id: "甲".to_owned(),
                ..Entry::default()
            },
            Entry {
                fuzzy: true,
                previous: Some("old\nline".to_owned()),
                id: "new".to_owned(),
                text: "t".to_owned(),
                ..Entry::default()
            },
            Entry {
                obsolete: true,
                id: "gone".to_owned(),
                text: "weg".to_owned(),
                ..Entry::default()
            },
            Entry {
                obsolete: true,
                context: Some("S".to_owned()),
                id: "gone".to_owned(),
                text: "weg".to_owned(),
                ..Entry::default()
            },
        ];
        let text = write(&[("Language", "de".to_owned())], &entries);
        let parse =
            |text: &str| parse(text).map(|(header, entries)| (header, without_lines(entries)));
        let (header, read) = parse(&text).unwrap();
        assert_eq!(header, [("Language".to_owned(), "de".to_owned())]);
        assert_eq!(read, entries);
        // Other tools omit blank lines and add comments.
        let (_, read) = parse(&text.replace("\n\n", "\n# a person's remark\n#: file:1\n")).unwrap();
        assert_eq!(read, entries);
    }

    fn without_lines(entries: Vec<Entry>) -> Vec<Entry> {
        entries
            .into_iter()
            .map(|entry| Entry { line: 0, ..entry })
            .collect()
    }

    #[test]
    fn problems_have_a_line_number() {
        for (text, line, words) in [
            ("msgid \"a\nmsgstr \"b\"\n", 1, "not a valid gettext"),
            ("msgid \"a\"\nnonsense\n", 2, "not a valid gettext"),
            (
                "msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\n",
                2,
                "plural",
            ),
            ("msgid \"a\"\nmsgstr[0] \"b\"\n", 2, "plural"),
            (
                "msgid \"a\"\nmsgstr \"\"\n\"b\\q\"\n",
                3,
                "`\\q` is not a valid escape",
            ),
            ("msgid \"a\"\nmsgstr \"b\\\"\n", 2, "not a valid escape"),
        ] {
            let wrong = parse(text).unwrap_err();
            assert!(
                wrong.line == line && wrong.message.contains(words),
                "{text}: {wrong:?}"
            );
        }
        let (_, entries) =
            parse("msgid \"\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n").unwrap();
        assert_eq!(entries[0].line, 6);
    }
}
