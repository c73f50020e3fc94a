//! The text of a URL in, a URL that can be requested out, and what a redirect makes of it.

use std::fmt::Write;
use std::net::IpAddr;

use ureq::http::Uri;

use crate::fetch::address::without_brackets;
use crate::fetch::{Refusal, quoted};

/// The URL of a document: http or https, with a host and without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target(Uri);

impl Target {
    /// Parses a URL.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let not_a_url = || {
            let message = format!("{} is not a URL", quoted(text));
            Refusal::new(message, "expected `https://…` or `http://…`")
        };
        let parts = text.split_once("://").or_else(|| text.split_once(':'));
        let (scheme, rest) = parts.ok_or_else(not_a_url)?;
        let is_web = ["http", "https"].map(|known| scheme.eq_ignore_ascii_case(known));
        if !is_web.contains(&true) {
            let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '+');
            return Err(if is_scheme {
                Refusal::new(
                    format!("unsupported URL scheme `{scheme}:`"),
                    "expected `https://…` or `http://…`; to use a file on this machine, name the \
                     file in place of a URL",
                )
            } else {
                not_a_url()
            });
        }
        let invalid = |why: &str| {
            let message = format!("{} is not a URL: {why}", quoted(text));
            Refusal::new(message, "expected `https://HOST/PATH`")
        };
        // A fragment is a place in the page, which the server does not see.
        let rest = rest.split('#').next().unwrap_or_default();
        if !text.contains("://") || rest.is_empty() || rest.starts_with(['/', '?']) {
            return Err(invalid("it has no host"));
        }
        let uri: Uri = format!("{}://{}", scheme.to_ascii_lowercase(), escape(rest))
            .parse()
            .map_err(|error: ureq::http::uri::InvalidUri| invalid(&error.to_string()))?;
        let target = Self(uri);
        target.check().map_err(invalid)?;
        Ok(target)
    }

    fn check(&self) -> Result<(), &'static str> {
        let authority = self
            .0
            .authority()
            .map_or("", |authority| authority.as_str());
        if authority.contains('@') {
            return Err("it contains a user name, which everybody could read in the repository");
        }
        let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
        // The colons of an IPv6 address are within brackets.
        let is_port = port.is_empty() || port.ends_with(']') || port.parse::<u16>().is_ok();
        if is_port {
            Ok(())
        } else {
            Err("the port is not a number up to 65535")
        }
    }

    /// What the `Location` of a redirect leads to, which may be relative to this URL.
    pub(super) fn join(&self, location: &str) -> Result<Self, Refusal> {
        let scheme = self.0.scheme_str().unwrap_or("https");
        let authority = self
            .0
            .authority()
            .map_or("", |authority| authority.as_str());
        let colon = location.find(':').unwrap_or(usize::MAX);
        let path = location.find(['/', '?', '#']).unwrap_or(usize::MAX);
        let absolute = if colon < path {
            location.to_owned()
        } else if location.starts_with("//") {
            format!("{scheme}:{location}")
        } else {
            format!("{scheme}://{authority}{}", self.join_path(location))
        };
        Self::parse(&absolute)
    }

    fn join_path(&self, location: &str) -> String {
        let own = self.0.path();
        let folder = &own[..own.rfind('/').map_or(0, |slash| slash + 1)];
        let joined = match location.chars().next() {
            None | Some('#') => {
                return self
                    .0
                    .path_and_query()
                    .map_or("/", |own| own.as_str())
                    .to_owned();
            }
            Some('?') => format!("{own}{location}"),
            Some('/') => location.to_owned(),
            Some(_) => format!("{folder}{location}"),
        };
        let (path, query) = match joined.find(['?', '#']) {
            Some(at) => joined.split_at(at),
            None => (joined.as_str(), ""),
        };
        without_dots(path) + query
    }

    /// The URL to request.
    pub(super) fn uri(&self) -> &Uri {
        &self.0
    }

    /// Whether the connection is encrypted.
    pub(super) fn is_https(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }

    /// The host, with the brackets of an IPv6 address.
    pub(super) fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// The address, if the URL has one in place of a name.
    pub(super) fn address(&self) -> Option<IpAddr> {
        without_brackets(self.host()).parse().ok()
    }

    /// The extension of the file that the URL names.
    pub(super) fn extension(&self) -> Option<String> {
        let (_, file) = self.0.path().rsplit_once('/')?;
        let (_, extension) = file.rsplit_once('.')?;
        Some(extension.to_ascii_lowercase())
    }
}

/// Removes `.` and `..` from a path.
fn without_dots(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

/// Escapes what browsers escape when a URL is pasted: letters outside of ASCII, spaces, quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'^' | b'\\' | b'|' | 0x80.. => {
                let _ = write!(out, "%{byte:02X}");
            }
            byte => out.push(char::from(byte)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn parsed(text: &str) -> String {
        match Target::parse(text) {
            Ok(target) => target.0.to_string(),
            Err(refusal) => refusal.message,
        }
    }

    #[test]
    fn a_url_is_http_or_https_with_a_host() {
        for (text, expected) in [
            ("https://a.example/x#part", "https://a.example/x"),
            ("HTTP://a.example", "http://a.example/"),
            (
                "https://a.example/错误 码?q=é",
                "https://a.example/%E9%94%99%E8%AF%AF%20%E7%A0%81?q=%C3%A9",
            ),
            ("http://[::1]:80/x", "http://[::1]:80/x"),
            ("file:///etc/passwd", "unsupported URL scheme `file:`"),
            ("ftp://a.example/x", "unsupported URL scheme `ftp:`"),
            ("data:text/plain,1", "unsupported URL scheme `data:`"),
            ("", "`` is not a URL"),
            ("no url", "`no url` is not a URL"),
            (
                "www.example.com:80/x",
                "`www.example.com:80/x` is not a URL",
            ),
            (
                "www.example.com/errors",
                "`www.example.com/errors` is not a URL",
            ),
        ] {
            assert_eq!(parsed(text), expected);
        }
        for text in [
            "https://",
            "https:///x",
            "https:a.example",
            "http://a b/x",
            "http://错误.example/",
            "http://me:secret@a.example/",
            "http://a.example:99999/",
            "http://a.example:x/",
        ] {
            let message = parsed(text);
            assert!(message.contains("is not a URL: "), "{text}: {message}");
        }
    }

    #[test]
    fn a_redirect_is_relative_to_the_url() {
        let from = Target::parse("https://a.example/docs/v1/errors.html?x=1").unwrap();
        for (location, expected) in [
            ("http://b.example/y", "http://b.example/y"),
            ("//b.example/y", "https://b.example/y"),
            ("/login?to=/docs", "https://a.example/login?to=/docs"),
            ("codes.html", "https://a.example/docs/v1/codes.html"),
            (
                "../v2/./codes.html#top",
                "https://a.example/docs/v2/codes.html",
            ),
            ("../../../..", "https://a.example/"),
            ("?x=2", "https://a.example/docs/v1/errors.html?x=2"),
            ("#top", "https://a.example/docs/v1/errors.html?x=1"),
            ("codes/a:b", "https://a.example/docs/v1/codes/a:b"),
        ] {
            assert_eq!(from.join(location).unwrap().0.to_string(), expected);
        }
        let refused = from.join("file:///etc/passwd").unwrap_err();
        assert_eq!(refused.message, "unsupported URL scheme `file:`");
    }

    #[test]
    fn the_extension_is_that_of_the_file() {
        for (url, extension) in [
            ("https://a.example/errors.XLSX?download=1.zip", Some("xlsx")),
            ("https://a.example/v1.2/errors", None),
            ("https://a.example", None),
        ] {
            let target = Target::parse(url).unwrap();
            assert_eq!(target.extension().as_deref(), extension, "{url}");
        }
    }
}
