//! The text of a gettext catalogue and its entries, both ways.

use std::fmt::Write;

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
}

/// What the head of a catalogue says, by name.
pub type Header = Vec<(String, String)>;

/// The text of a catalogue.
#[must_use]
pub fn write(header: &[(&str, String)], entries: &[Entry]) -> String {
    let mut out = String::from("# Written by `errbook export po`; `errbook import FILE` reads it back.\n");
    let head: String = header.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
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
        let _ = writeln!(out, "#. {}", comment.replace('\n', " "));
    }
    if entry.fuzzy {
        out.push_str("#, fuzzy\n");
    }
    let mark = if entry.obsolete { "#~ " } else { "" };
    if let Some(previous) = &entry.previous {
        field(out, if entry.obsolete { "#~| " } else { "#| " }, "msgid", previous);
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
    text.replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}

/// What a keyword's text goes into, which the lines after it go on with.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Previous,
    Context,
    Id,
    Text,
    /// A form that we have no use for, such as a plural.
    Other,
}

/// The header and the entries of a catalogue, or the number of the line that is not one of its form.
///
/// # Errors
///
/// A line that is none of a catalogue's, by its number.
///
/// # Panics
///
/// Never: there is an entry from the beginning.
pub fn parse(text: &str) -> Result<(Header, Vec<Entry>), usize> {
    let mut entries = vec![Entry::default()];
    let mut field = None;
    let mut begun = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        let (line, obsolete) = line.strip_prefix("#~").map_or((line, false), |rest| (rest.trim_start(), true));
        let (line, previous) =
            line.strip_prefix("#|").or(line.strip_prefix('|')).map_or((line, false), |rest| (rest.trim(), true));
        let opens = line.starts_with("msgctxt") || line.starts_with("msgid ") || line.starts_with('#') || previous;
        // An entry ends where the next one's first line stands: blank lines between them are a habit, no rule.
        if opens && begun && field.is_none_or(|field| field == Field::Text || field == Field::Other) {
            entries.push(Entry::default());
            (field, begun) = (None, false);
        }
        let last = entries.last_mut().expect("there is one from the beginning");
        last.obsolete |= obsolete;
        if let Some(flags) = line.strip_prefix("#,") {
            last.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if line.is_empty() || line.starts_with('#') {
        } else if let Some(quoted) = line.strip_prefix('"') {
            let more = unescaped(quoted.strip_suffix('"').ok_or(number + 1)?);
            add(last, field.ok_or(number + 1)?, &more);
        } else {
            let (keyword, quoted) = line.split_once(char::is_whitespace).ok_or(number + 1)?;
            let quoted = quoted.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(number + 1)?;
            field = Some(match (keyword, previous) {
                ("msgid", true) => Field::Previous,
                ("msgctxt", false) => Field::Context,
                ("msgid", false) => Field::Id,
                ("msgstr" | "msgstr[0]", false) => Field::Text,
                ("msgctxt", true) => Field::Other,
                _ if keyword.starts_with("msg") => Field::Other,
                _ => return Err(number + 1),
            });
            // What comes before the text of an entry belongs to it; only a `msgid` of its own begins one.
            begun |= field == Some(Field::Text);
            add(last, field.ok_or(number + 1)?, &unescaped(quoted));
        }
    }
    let head = entries.iter().position(|entry| entry.id.is_empty() && entry.context.is_none());
    let head = head.map(|at| entries.remove(at)).unwrap_or_default();
    let header = head.text.lines().filter_map(|line| line.split_once(':'));
    let header = header.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
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

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, false) => out.push(letter),
            (_, true) => match letters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_goes_both_ways() {
        let entries = vec![
            Entry { id: "a \"b\"\\n".to_owned(), text: "x\ny\n".to_owned(), ..Entry::default() },
            Entry { context: Some("S.1".to_owned()), id: "甲".to_owned(), ..Entry::default() },
            Entry {
                fuzzy: true,
                previous: Some("old\nline".to_owned()),
                id: "new".to_owned(),
                text: "t".to_owned(),
                ..Entry::default()
            },
            Entry { obsolete: true, id: "gone".to_owned(), text: "weg".to_owned(), ..Entry::default() },
            Entry {
                obsolete: true,
                context: Some("S".to_owned()),
                id: "gone".to_owned(),
                text: "weg".to_owned(),
                ..Entry::default()
            },
        ];
        let text = write(&[("Language", "de".to_owned())], &entries);
        let (header, read) = parse(&text).unwrap();
        assert_eq!(header, [("Language".to_owned(), "de".to_owned())]);
        assert_eq!(read, entries);
        // Tools leave blank lines out, and put comments of their own in.
        let (_, read) = parse(&text.replace("\n\n", "\n# a person's remark\n#: file:1\n")).unwrap();
        assert_eq!(read, entries);
        assert_eq!(parse("msgid \"a\nmsgstr \"b\"\n"), Err(1));
        assert_eq!(parse("msgid \"a\"\nnonsense\n"), Err(2));
    }
}
