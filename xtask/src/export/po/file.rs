//! Parses and writes gettext catalogues (`.po`).
//!
//! The crate `polib` (0.3.0) cannot replace this: it drops previous texts (`#|`) and obsolete
//! entries (`#~`), does not report line numbers, and panics on a lone `"`.

use std::fmt::Write;

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
    /// The line of its `msgstr`; 0 unless the entry was parsed.
    pub line: usize,
    /// The line of its `msgid`; 0 unless the entry was parsed.
    pub id_line: usize,
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
        for line in comment.lines() {
            let _ = writeln!(out, "#. {}", line.trim());
        }
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

impl Field {
    /// The field of a keyword; `#|` marks the previous one.
    fn of(keyword: &str, previous: bool) -> Result<Self, String> {
        Ok(match (keyword, previous) {
            ("msgid", true) => Self::Previous,
            ("msgctxt", false) => Self::Context,
            ("msgid", false) => Self::Id,
            ("msgstr", false) => Self::Text,
            ("msgctxt", true) => Self::Other,
            _ if keyword == "msgid_plural" || keyword.starts_with("msgstr[") => {
                let help = "remove `msgid_plural`, and use `msgstr`";
                return Err(format!("plural forms are not supported: {help}"));
            }
            _ => return Err("not a valid gettext line".to_owned()),
        })
    }
}

/// Parses a catalogue into its header and its entries.
///
/// # Errors
///
/// The first line that is not valid gettext, or that uses an unsupported feature (plural forms).
pub fn parse(text: &str) -> Result<(Header, Vec<Entry>), Wrong> {
    // A carriage return alone ended the lines of old Macs; in a string it is written `\\r`.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parser = Parser::default();
    for (number, line) in text.lines().enumerate() {
        parser.line = number + 1;
        parser.read_line(line)?;
    }
    parser.begin_entry()?;
    let mut entries = parser.entries;
    let is_head = |entry: &Entry| entry.id.is_empty() && entry.context.is_none();
    let head = entries.iter().position(is_head);
    let head = head.map(|at| entries.remove(at)).unwrap_or_default();
    if let Some(second) = entries.iter().find(|entry| is_head(entry)) {
        return Err(Wrong {
            line: second.line,
            message: format!("the catalogue already has a header at line {}", head.line),
        });
    }
    let fields = head.text.lines().filter_map(|line| line.split_once(':'));
    let mut header = Header::new();
    for (name, value) in fields {
        let name = name.trim().to_owned();
        if header.iter().any(|(other, _)| *other == name) {
            return Err(Wrong {
                line: head.line,
                message: format!("the header has `{name}` twice"),
            });
        }
        header.push((name, value.trim().to_owned()));
    }
    entries.retain(|entry| !entry.id.is_empty());
    Ok((header, entries))
}

#[derive(Default)]
struct Parser {
    /// The entries that are complete.
    entries: Vec<Entry>,
    entry: Entry,
    /// The lines of the `msgid` and the `msgstr` of `entry`.
    id: Option<usize>,
    text: Option<usize>,
    field: Option<Field>,
    /// The number of the current line.
    line: usize,
}

impl Parser {
    fn wrong(&self, message: impl Into<String>) -> Wrong {
        Wrong {
            line: self.line,
            message: message.into(),
        }
    }

    fn read_line(&mut self, line: &str) -> Result<(), Wrong> {
        let line = line.trim_start_matches('\u{feff}').trim();
        let (line, obsolete) = line
            .strip_prefix("#~")
            .map_or((line, false), |rest| (rest.trim_start(), true));
        let (line, previous) = line
            .strip_prefix("#|")
            .or(line.strip_prefix('|'))
            .map_or((line, false), |rest| (rest.trim(), true));
        if line.is_empty() {
            return Ok(());
        }
        if line.starts_with('#') {
            // A comment after `msgstr` is of the next entry: blank lines between entries are
            // optional.
            if self.text.is_some() {
                self.begin_entry()?;
            }
            let flags = line.strip_prefix("#,").unwrap_or_default();
            self.entry.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            return Ok(());
        }
        let Some(quote) = line.find('"') else {
            return Err(self.wrong("not a valid gettext line"));
        };
        let keyword = line[..quote].trim_end();
        if !keyword.is_empty() {
            let field = Field::of(keyword, previous).map_err(|message| self.wrong(message))?;
            self.begin_field(field, obsolete)?;
        }
        let more = read_strings(&line[quote..]).map_err(|message| self.wrong(message))?;
        let Some(field) = self.field else {
            return Err(self.wrong("not a valid gettext line"));
        };
        append_text(&mut self.entry, field, &more);
        Ok(())
    }

    fn begin_field(&mut self, field: Field, obsolete: bool) -> Result<(), Wrong> {
        if field == Field::Text {
            if let Some(line) = self.text {
                let message = format!("this entry already has a `msgstr` at line {line}");
                return Err(self.wrong(message));
            }
            if self.id.is_none() {
                return Err(self.wrong("`msgstr` without a `msgid` before it"));
            }
            if obsolete != self.entry.obsolete {
                return Err(self.wrong("`#~` must begin each line of an entry, or none"));
            }
            self.text = Some(self.line);
            self.entry.line = self.line;
        } else {
            if self.id.is_some() {
                self.begin_entry()?;
            }
            if field == Field::Context && self.entry.context.is_some() {
                return Err(self.wrong("a second `msgctxt` before the `msgid`"));
            }
            if field == Field::Id {
                self.id = Some(self.line);
                self.entry.id_line = self.line;
            }
            self.entry.obsolete |= obsolete;
        }
        self.field = Some(field);
        Ok(())
    }

    /// Completes the current entry.
    fn begin_entry(&mut self) -> Result<(), Wrong> {
        if let (Some(line), None) = (self.id, self.text) {
            return Err(Wrong {
                line,
                message: "this `msgid` has no `msgstr` after it; write `msgstr \"\"` if it is \
                          not translated"
                    .to_owned(),
            });
        }
        let entry = std::mem::take(&mut self.entry);
        if self.id.is_some() {
            self.entries.push(entry);
        }
        self.id = None;
        self.text = None;
        self.field = None;
        Ok(())
    }
}

/// The text of the strings of a line, which C and gettext concatenate: `"a" "b"`.
fn read_strings(line: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let Some(quoted) = rest.strip_prefix('"') else {
            return Err(format!("`{rest}` is after the closing `\"` of the string"));
        };
        let end = end_of_string(quoted)
            .ok_or("not a valid gettext line: the string has no closing `\"`")?;
        let text = unescape(&quoted[..end]);
        out += &text.map_err(|escape| format!("`{escape}` is not a valid escape sequence"))?;
        rest = quoted[end + 1..].trim_start();
    }
    Ok(out)
}

/// The position of the quotation mark that ends a string.
fn end_of_string(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted
        .char_indices()
        .find(|(_, letter)| {
            let is_end = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            is_end
        })
        .map(|(at, _)| at)
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
            .map(|entry| Entry {
                line: 0,
                id_line: 0,
                ..entry
            })
            .collect()
    }

    #[test]
    fn a_text_of_several_lines_has_a_string_for_each() {
        let entry = |text: &str| Entry {
            id: "a".to_owned(),
            text: text.to_owned(),
            ..Entry::default()
        };
        let written = |text: &str| {
            let catalogue = write(&[], &[entry(text)]);
            catalogue.split("msgid \"a\"\n").nth(1).unwrap().to_owned()
        };
        assert_eq!(written("x\n"), "msgstr \"x\\n\"\n");
        assert_eq!(written("x\ny"), "msgstr \"\"\n\"x\\n\"\n\"y\"\n");
    }

    /// Other tools write the former context too, which the translation file has.
    #[test]
    fn the_former_context_of_an_entry_is_ignored() {
        let text = "#, fuzzy\n#| msgctxt \"old\"\n#| msgid \"was\"\nmsgid \"a\"\nmsgstr \"b\"\n";
        let (_, entries) = parse(text).unwrap();
        assert_eq!(entries[0].previous.as_deref(), Some("was"));
        assert_eq!(
            (entries[0].context.as_ref(), entries[0].fuzzy),
            (None, true)
        );
    }

    #[test]
    fn problems_have_a_line_number() {
        for (text, line, words) in [
            ("msgid \"a\nmsgstr \"b\"\n", 1, "not a valid gettext"),
            ("message \"a\"\n", 1, "not a valid gettext"),
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
            ("msgid \"a\"\nmsgstr \"b\\\"\n", 2, "no closing"),
            (
                "msgid \"a\"\nmsgstr \"b\" c\n",
                2,
                "`c` is after the closing",
            ),
            ("msgid \"a\"\nmsgstr \"b\"c\"\n", 2, "after the closing"),
            (
                "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n",
                3,
                "already has a `msgstr` at line 2",
            ),
            (
                "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n",
                1,
                "has no `msgstr`",
            ),
            (
                "msgid \"a\"\nmsgstr \"\"\n\nmsgid \"b\"\n",
                4,
                "no `msgstr`",
            ),
            (
                "msgid \"a\"\nmsgctxt \"b\"\nmsgstr \"\"\n",
                1,
                "no `msgstr`",
            ),
            ("msgctxt \"a\"\nmsgstr \"\"\n", 2, "without a `msgid`"),
            ("#~ msgid \"a\"\nmsgstr \"b\"\n", 2, "`#~`"),
            (
                "msgid \"\"\nmsgstr \"A: b\\n\"\n\nmsgid \"\"\nmsgstr \"\"\n",
                5,
                "already has a header at line 2",
            ),
            ("msgid \"\"\nmsgstr \"A: b\\nA: c\\n\"\n", 2, "`A` twice"),
        ] {
            let wrong = parse(text).unwrap_err();
            assert!(
                wrong.line == line && wrong.message.contains(words),
                "{text}: {wrong:?}"
            );
        }
        let (_, entries) =
            parse("msgid \"\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n").unwrap();
        assert_eq!((entries[0].id_line, entries[0].line), (5, 6));
    }

    #[test]
    fn strings_are_concatenated_and_lines_may_end_as_on_old_macs() {
        let text = "msgid\"a\"\nmsgstr \"b\" \"c\\\"\"\n\"d\"\n";
        for text in [text.to_owned(), text.replace('\n', "\r")] {
            let (_, entries) = parse(&text).unwrap();
            assert_eq!(entries[0].text, "bc\"d");
        }
    }
}
