//! The name and the bytes of a file in, its document out: how each kind of file is read.

use std::error::Error;
use std::fmt;
use std::path::Path;

use crate::decode::{DecodeError, decode};
use crate::document::{Document, Mend, Refusal, Table};
use crate::lexicon::Words;
use crate::{characters, heads, judge, mend, propose, read, segment};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Markdown, or text.
    Markdown,
    Html,
    /// Comma- or tab-separated values.
    Csv,
    /// An archive with sheets.
    Workbook,
    Json,
    Yaml,
    /// Source code.
    Code,
}

/// What to do with a file that has one of these extensions.
enum Treatment {
    Read(Kind),
    /// The command that converts it, where `FILE` and `NAME` are the name with and without its
    /// extension.
    Convert(&'static str),
}

const KINDS: &[(&str, Treatment)] = &[
    ("md markdown mdx txt text", Treatment::Read(Kind::Markdown)),
    ("html htm xhtml", Treatment::Read(Kind::Html)),
    ("csv tsv", Treatment::Read(Kind::Csv)),
    ("xlsx xlsm ods", Treatment::Read(Kind::Workbook)),
    (
        "h c hpp hh cc cpp java kt swift go proto ts py",
        Treatment::Read(Kind::Code),
    ),
    ("json", Treatment::Read(Kind::Json)),
    ("yaml yml", Treatment::Read(Kind::Yaml)),
    ("pdf", Treatment::Convert("pdftotext -layout FILE NAME.txt")),
    (
        "rst adoc asciidoc docx odt org tex rtf epub ipynb textile",
        Treatment::Convert("pandoc -t gfm FILE -o NAME.md"),
    ),
    (
        "xls xlsb",
        Treatment::Convert("soffice --headless --convert-to xlsx FILE"),
    ),
    (
        "doc",
        Treatment::Convert("soffice --headless --convert-to docx FILE"),
    ),
];

/// How the files begin whose first bytes tell what they are, and the extension of that kind.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xD0\xCF\x11\xE0", "doc or xls"),
    (b"\x1F\x8B", "gz"),
    (b"\x89PNG", "png"),
];

/// A file as it was read.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// What it says.
    pub document: Document,
    /// Its text, to whose lines those of the document refer.
    pub text: String,
    /// The label of its encoding, such as `gb18030`, unless it is UTF-8.
    pub encoding: Option<String>,
}

/// The maximum size of a document in bytes: larger than any list of error codes that people read.
/// It bounds the time and the memory that a hostile file can take.
///
/// ```
/// let bytes = vec![b' '; errbook_ingest::LARGEST + 1];
/// let error = errbook_ingest::open("codes.md".as_ref(), &bytes, None).unwrap_err();
/// assert_eq!(error.message, "the document is larger than 20 MB");
/// ```
pub const LARGEST: usize = 20 << 20;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// The line, counted from 1; 0 if it is about the whole file.
    pub line: usize,
    /// The column, counted from 1; 0 if it is about the whole line.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl OpenError {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            line: 0,
            column: 0,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl Error for OpenError {}

impl From<DecodeError> for OpenError {
    fn from(error: DecodeError) -> Self {
        let text = error.to_string();
        let (message, help) = text
            .split_once("; ")
            .unwrap_or((&text, "name the right one with `--encoding`"));
        let (line, column) = match error {
            DecodeError::Uncertain { line, column, .. } => (line, column),
            _ => (0, 0),
        };
        Self {
            line,
            column,
            ..Self::new(message, help)
        }
    }
}

/// Whether files with this name are read.
///
/// ```
/// assert!(errbook_ingest::is_readable("errors.HTM".as_ref()));
/// assert!(!errbook_ingest::is_readable("errors.pdf".as_ref()));
/// ```
#[must_use]
pub fn is_readable(file: &Path) -> bool {
    kind_of(file).is_ok()
}

/// The extension of a file's kind, if its first bytes tell: archives, PDF and HTML.
///
/// ```
/// assert_eq!(errbook_ingest::extension_of(b"\n<!DOCTYPE html>"), Some("html"));
/// assert_eq!(errbook_ingest::extension_of(b"| code | message |"), None);
/// ```
#[must_use]
pub fn extension_of(bytes: &[u8]) -> Option<&'static str> {
    let signature = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    match signature {
        Some((_, "zip")) => Some(extension_of_archive(bytes)),
        // Excel's, as a document with tables of codes is more often than not.
        Some((_, "doc or xls")) => Some("xls"),
        Some((_, extension)) => Some(extension),
        None => is_html(bytes).then_some("html"),
    }
}

fn extension_of_archive(bytes: &[u8]) -> &'static str {
    // The type is the first file of the archive, and is not compressed.
    let begin = &bytes[..bytes.len().min(200)];
    let has = |bytes: &[u8], name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    if has(
        begin,
        "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    ) {
        "ods"
    } else if has(bytes, "xl/workbook") {
        "xlsx"
    } else if has(bytes, "word/document") {
        "docx"
    } else {
        "zip"
    }
}

fn is_html(bytes: &[u8]) -> bool {
    let text = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |tag: &[u8]| {
        text.get(..tag.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(tag))
    };
    begins(b"<!doctype html") || begins(b"<html")
}

/// Whether files with these names are read in the same way.
///
/// ```
/// assert!(errbook_ingest::is_same_kind("a.htm".as_ref(), "b.html".as_ref()));
/// assert!(!errbook_ingest::is_same_kind("a.md".as_ref(), "b.html".as_ref()));
/// ```
#[must_use]
pub fn is_same_kind(one: &Path, other: &Path) -> bool {
    match (kind_of(one), kind_of(other)) {
        (Ok(Kind::Workbook), Ok(Kind::Workbook)) => is_ods(one) == is_ods(other),
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a workbook is an `OpenDocument` sheet.
pub(crate) fn is_ods(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("ods"))
}

/// Reads a file of any kind; the extension of its name says which. An encoding, if given, is that
/// of its text.
///
/// ```
/// let opened = errbook_ingest::open("errors.csv".as_ref(), b"code,message\n1,no\n", None).unwrap();
/// assert_eq!(opened.document.tables[0].rows().len(), 1);
/// ```
///
/// # Errors
///
/// Files of this kind are not read, or the bytes are not those of such a file.
pub fn open(file: &Path, bytes: &[u8], encoding: Option<&str>) -> Result<Opened, OpenError> {
    open_with(file, bytes, encoding, Words::default())
}

/// The same by the words of a registry, which [`extract`](crate::extract) then reads the document
/// by as well.
///
/// # Errors
///
/// Files of this kind are not read, or the bytes are not those of such a file.
pub fn open_with(
    file: &Path,
    bytes: &[u8],
    encoding: Option<&str>,
    words: Words,
) -> Result<Opened, OpenError> {
    let mut opened = words.scope(|| open_in_scope(file, bytes, encoding))?;
    opened.document.words = words;
    Ok(opened)
}

fn open_in_scope(file: &Path, bytes: &[u8], encoding: Option<&str>) -> Result<Opened, OpenError> {
    let kind = kind_of(file)?;
    if bytes.len() > LARGEST {
        return Err(OpenError::new(
            format!("the document is larger than {} MB", LARGEST >> 20),
            "keep only the part with the codes",
        ));
    }
    if kind == Kind::Workbook {
        let (document, text) = read::workbook(file, bytes)?;
        return Ok(Opened {
            document: with_lists(document, &text, kind, &judge::refuse_list),
            text,
            encoding: None,
        });
    }
    refuse_binary(file, bytes)?;
    let decoded = decode(bytes, encoding).map_err(|error| {
        if is_binary(bytes) {
            binary()
        } else {
            error.into()
        }
    })?;
    if is_binary(decoded.text.as_bytes()) {
        return Err(binary());
    }
    let mut document = parse(&decoded.text, kind)?;
    document.mends.splice(0..0, decoded.note());
    Ok(Opened {
        document,
        text: decoded.text,
        encoding: decoded.encoding,
    })
}

/// Reads a text of some kind.
fn parse(text: &str, kind: Kind) -> Result<Document, OpenError> {
    let mut mends = Vec::new();
    let text = characters::mend(text, &mut mends);
    let document = match kind {
        Kind::Markdown => return Ok(markdown(&text, mends, &judge::refuse_list)),
        Kind::Json | Kind::Yaml => read::data(&text, kind == Kind::Json, mends)?,
        Kind::Html => read::html(&text, mends),
        Kind::Code => read::source_code(&text, mends),
        Kind::Csv | Kind::Workbook => read::csv(&text, mends),
    };
    Ok(with_lists(document, &text, kind, &judge::refuse_list))
}

/// Says why a run that could be a list of codes is not one, in a document in some language.
pub(crate) type Refuse<'a> = dyn Fn(&Table, &'static str) -> Option<Refusal> + 'a;

/// Reads a text as Markdown.
pub(crate) fn read_markdown(text: &str, refuse: &Refuse<'_>) -> Document {
    let mut mends = Vec::new();
    let text = characters::mend(text, &mut mends);
    markdown(&text, mends, refuse)
}

fn markdown(text: &str, mut mends: Vec<Mend>, refuse: &Refuse<'_>) -> Document {
    let segments = segment::segment(text);
    let title = segment::title(text, &segments);
    let (parts, more) = mend::mend(text, segments);
    mends.extend(more);
    let document = Document {
        title,
        ..read::read(text, &parts, mends)
    };
    with_lists(document, text, Kind::Markdown, refuse)
}

/// Adds the lists of codes, and what looks like a code in the text.
fn with_lists(mut document: Document, text: &str, kind: Kind, refuse: &Refuse<'_>) -> Document {
    document.heads = match kind {
        Kind::Html => heads::find_in_html(text),
        Kind::Code => heads::find_in_code(text),
        _ => heads::find(text),
    };
    let refuse = |table: &Table| refuse(table, crate::language(&document));
    let proposed = propose::propose(&document, &refuse);
    document.refused = proposed.refused;
    document.add_tables(proposed.taken);
    document
}

/// The kind of a file, from its extension; a file without one is Markdown.
fn kind_of(file: &Path) -> Result<Kind, OpenError> {
    let Some(extension) = file.extension() else {
        return Ok(Kind::Markdown);
    };
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    match treatment(&extension) {
        Some(Treatment::Read(kind)) => Ok(*kind),
        Some(Treatment::Convert(command)) => Err(OpenError::new(
            format!(".{extension} files are not read"),
            format!("convert it first: `{}`", for_file(command, file)),
        )),
        None => Err(OpenError::new(
            format!(".{extension} files are not read"),
            "convert it to Markdown, HTML or CSV; if it is text, rename it to .txt",
        )),
    }
}

fn treatment(extension: &str) -> Option<&'static Treatment> {
    let mut kinds = KINDS.iter();
    let (_, treatment) =
        kinds.find(|(extensions, _)| extensions.split(' ').any(|known| known == extension))?;
    Some(treatment)
}

fn for_file(command: &str, file: &Path) -> String {
    let name = file.display().to_string();
    // A name with a space is one argument.
    let quoted = |name: String| {
        let is_plain = |c: char| c.is_alphanumeric() || "_-./\\:+,@".contains(c);
        if name.chars().all(is_plain) {
            name
        } else {
            format!("'{}'", name.replace('\'', r"'\''"))
        }
    };
    let words = command.split(' ').map(|word| match word {
        "FILE" => quoted(name.clone()),
        word => match word.strip_prefix("NAME.") {
            Some(extension) => quoted(file.with_extension(extension).display().to_string()),
            None => word.to_owned(),
        },
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Refuses what is not text, under any extension.
fn refuse_binary(file: &Path, bytes: &[u8]) -> Result<(), OpenError> {
    let mut signatures = SIGNATURES.iter();
    let Some((_, kind)) = signatures.find(|(signature, _)| bytes.starts_with(signature)) else {
        return Ok(());
    };
    let help = match treatment(kind) {
        Some(Treatment::Convert(command)) => {
            format!("convert it first: `{}`", for_file(command, file))
        }
        _ => "give it the extension of its kind, or convert it".to_owned(),
    };
    Err(OpenError::new(
        format!("it is a {kind} file and not text"),
        help,
    ))
}

/// Text has no NUL; git looks as far.
fn is_binary(bytes: &[u8]) -> bool {
    memchr::memchr(0, &bytes[..bytes.len().min(8000)]).is_some()
}

fn binary() -> OpenError {
    OpenError::new(
        "it is a binary file and not text",
        "convert it to Markdown, HTML or CSV",
    )
}
