//! What a server says of a document, its URL and its first bytes in, its kind of file out.

use std::path::Path;

use errbook_ingest::{extension_of, is_readable};

use crate::fetch::{BY_HAND, Refusal, quoted};

/// The types that name a kind of file, and its extension. Servers send others, such as `text/plain`,
/// for files of any kind.
const TYPES: &[(&str, &str)] = &[
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/markdown", "md"),
    ("text/x-markdown", "md"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("application/json", "json"),
    ("application/yaml", "yaml"),
    ("application/x-yaml", "yaml"),
    ("text/yaml", "yaml"),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/pdf", "pdf"),
    ("application/msword", "doc"),
    ("application/vnd.ms-excel", "xls"),
];

/// The extensions of archives that are documents.
const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "ods"];

/// The types of what is never a document.
const NO_DOCUMENTS: &[&str] = &["audio/", "font/", "image/", "video/"];

/// The extension of a document's kind: from its first bytes, which cannot be wrong, else from its
/// type, else from its URL; `None` if none of them says it.
///
/// # Errors
///
/// It is a picture or the like.
pub(super) fn extension(
    content_type: &str,
    of_url: Option<String>,
    bytes: &[u8],
) -> Result<Option<String>, Refusal> {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let named = TYPES.iter().find(|(name, _)| *name == essence);
    let named = named.map(|(_, extension)| (*extension).to_owned());
    let is_known = |extension: &String| is_readable(Path::new(&format!("a.{extension}")));
    let of_url = of_url.filter(is_known);
    match extension_of(bytes) {
        // Workbooks are archives, and not every program that writes them writes what tells it.
        Some("zip") => {
            let is_workbook = |extension: &String| WORKBOOKS.contains(&extension.as_str());
            let said = named.into_iter().chain(of_url).find(is_workbook);
            Ok(Some(said.unwrap_or_else(|| "zip".to_owned())))
        }
        Some(certain) => Ok(Some(certain.to_owned())),
        None if NO_DOCUMENTS.iter().any(|begin| essence.starts_with(begin)) => {
            let message = format!(
                "the server sent {}, which is not a document",
                quoted(&essence)
            );
            Err(Refusal::new(message, BY_HAND))
        }
        None => Ok(named.or(of_url)),
    }
}

/// The encoding that a type names, unless it is UTF-8: `text/html; charset="GBK"`.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let label = value.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let is_default = ["", "utf-8", "utf8"].contains(&label.as_str());
    (!is_default).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::{charset, extension};

    fn kind(content_type: &str, of_url: &str, bytes: &[u8]) -> String {
        let of_url = Some(of_url.to_owned()).filter(|extension| !extension.is_empty());
        match extension(content_type, of_url, bytes) {
            Ok(found) => found.unwrap_or_else(|| "?".to_owned()),
            Err(refusal) => refusal.message,
        }
    }

    #[test]
    fn the_first_bytes_count_more_than_the_type_and_the_type_more_than_the_url() {
        let table = b"| code | message |\n";
        for (content_type, of_url, bytes, expected) in [
            ("text/html; charset=utf-8", "md", &table[..], "html"),
            ("TEXT/CSV", "", table, "csv"),
            ("text/plain", "md", table, "md"),
            ("text/plain", "php", table, "?"),
            ("application/octet-stream", "xlsx", table, "xlsx"),
            ("", "", table, "?"),
            ("text/plain", "md", b"\n<!DOCTYPE html><p>", "html"),
            ("text/plain", "md", b"\xEF\xBB\xBF<html lang=en>", "html"),
            ("text/html", "html", b"%PDF-1.7", "pdf"),
            ("application/zip", "", b"PK\x03\x04", "zip"),
            ("application/octet-stream", "ods", b"PK\x03\x04", "ods"),
            ("image/png", "md", b"\x89PNG\r\n", "png"),
            (
                "image/svg+xml",
                "md",
                b"<svg/>",
                "the server sent `image/svg+xml`, which is not a document",
            ),
        ] {
            assert_eq!(
                kind(content_type, of_url, bytes),
                expected,
                "{content_type} {of_url}"
            );
        }
    }

    #[test]
    fn a_type_may_name_an_encoding() {
        assert_eq!(
            charset("text/html; Charset=\"GBK\"; x=1").as_deref(),
            Some("gbk")
        );
        assert_eq!(charset("text/html; charset="), None);
        assert_eq!(charset("text/html; charset=UTF-8"), None);
        assert_eq!(charset("text/html"), None);
    }
}
