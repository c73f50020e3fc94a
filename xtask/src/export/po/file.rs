//! The text of a gettext catalogue and its entries, both ways.
//!
//! The crate `polib` (0.3.0) cannot replace this: it keeps neither previous texts (`#|`) nor obsolete
//! entries (`#~`), gives no line numbers for our messages, and slices out of bounds on a lone `"`.

use std::fmt::Write;

use crate::text::one_line;
/// One entry of a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What is said to the translator.
    pub comments: Vec<String>,
    /// The translation does not hold until somebody has looked at it.
    pub fuzzy: bool,
    /// The text that the translation was made for, where the text has changed since.
    pub previous: Option<String>,
    /// Where it holds: a set or a code.
    pub context: Option<String>,
    /// The vendor's text.
    pub id: String,
    /// Its translation, empty if there is none.
    pub text: String,
    /// The vendor says it nowhere any more.
    pub obsolete: bool,
    /// The line that its text begins on; nothing before it was written.
    pub line: usize,
}

/// A line that is none of a catalogue's, or one that we have no use for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its number.
    pub line: usize,
    /// What it is.
    pub message: String,
}

/// What the head of a catalogue says, by name.
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
    field(&mut out, "", "msgid", "");
    field(&mut out, "", "msgstr", &head);
    for each in entries {
        entry(&mut out, each);
    }
    out
}

/// Writing to a `String` cannot fail.
fn entry(out: &mut String, entry: &Entry) {
    out.push('\n');
    for comment in &entry.comments {
        let _ = writeln!(out, "#. {}", one_line(comment));
    }
    if entry.fuzzy {
        out.push_str("#, fuzzy\n");
    }
    let mark = if entry.obsolete { "#~ " } else { "" };
    if let Some(previous) = &entry.previous {
        field(
            out,
            if entry.obsolete { "#~| " } else { "#| " },
            "msgid",
            previous,
        );
    }
    if let Some(context) = &entry.context {
        field(out, mark, "msgctxt", context);
    }
    field(out, mark, "msgid", &entry.id);
    field(out, mark, "msgstr", &entry.text);
}

/// A keyword with its text; a text of several lines has one a line.
fn field(out: &mut String, mark: &str, keyword: &str, text: &str) {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    if lines.len() < 2 {
        let _ = writeln!(out, "{mark}{keyword} \"{}\"", escaped(text));
        return;
    }
    let _ = writeln!(out, "{mark}{keyword} \"\"");
    for line in lines {
        let _ = writeln!(out, "{mark}\"{}\"", escaped(line));
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r")
}

/// What a keyword's text goes into, which the lines after it go on with.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Previous,
    Context,
    Id,
    Text,
    /// The context of the text that the translation was made for, which the dictionary knows.
    Other,
}

/// The header and the entries of a catalogue.
///
/// # Errors
///
/// A line that is none of a catalogue's, or holds what a dictionary has no place for.
///
/// # Panics
///
/// Never: there is an entry from the beginning.
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
        // An entry ends where the next one's first line stands: blank lines between them are a habit, no rule.
        if opens && begun && field.is_none_or(|field| field == Field::Text || field == Field::Other)
        {
            entries.push(Entry::default());
            (field, begun) = (None, false);
        }
        let wrong = |message: &str| Wrong {
            line: number + 1,
            message: message.to_owned(),
        };
        let foreign = || wrong("not a valid gettext line");
        let escaped = |escape: String| wrong(&format!("`{escape}` is not a valid escape sequence"));
        let last = entries.last_mut().expect("there is one from the beginning");
        last.obsolete |= obsolete;
        if let Some(flags) = line.strip_prefix("#,") {
            last.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if line.is_empty() || line.starts_with('#') {
        } else if let Some(quoted) = line.strip_prefix('"') {
            let more = unescaped(quoted.strip_suffix('"').ok_or_else(foreign)?).map_err(escaped)?;
            add(last, field.ok_or_else(foreign)?, &more);
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
                        "plural forms are not supported: texts of a vendor have none",
                    ));
                }
                _ => return Err(foreign()),
            };
            if this == Field::Text || (this == Field::Id && !begun) {
                last.line = number + 1;
            }
            field = Some(this);
            // What comes before the text of an entry belongs to it; only a `msgid` of its own begins one.
            begun |= this == Field::Text;
            add(last, this, &unescaped(quoted).map_err(escaped)?);
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

fn add(entry: &mut Entry, field: Field, text: &str) {
    match field {
        Field::Previous => entry.previous.get_or_insert_default().push_str(text),
        Field::Context => entry.context.get_or_insert_default().push_str(text),
        Field::Id => entry.id.push_str(text),
        Field::Text => entry.text.push_str(text),
        Field::Other => {}
    }
}

/// The text, or the escape that is none.
fn unescaped(text: &str) -> Result<String, String> {
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
    fn a_catalogue_goes_both_ways() {
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
        // Tools leave blank lines out, and put comments of their own in.
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
    fn what_is_none_of_a_catalogue_is_told_by_its_line() {
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
