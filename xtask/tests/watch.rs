//! The command `watch`, and `update` without a file, against a server on this machine: what they
//! download, what they refuse, and that they write nothing then.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::scratch::{SHOP, Said, Scratch};

/// What a server does with the text of a request.
type Answer = dyn Fn(&str, &mut TcpStream) + Send + Sync;

/// A web server on this machine, until the test ends.
struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let answer: Arc<Answer> = Arc::new(answer);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let answer = Arc::clone(&answer);
                let log = Arc::clone(&log);
                thread::spawn(move || {
                    let request = read_request(&stream);
                    log.lock().unwrap().push(request.clone());
                    answer(&request, &mut stream);
                });
            }
        });
        Self { port, requests }
    }

    /// A server that has one answer: status, headers, and body.
    fn with(head: &str, body: impl Into<Vec<u8>>) -> Self {
        let head = head.to_owned();
        let body = body.into();
        Self::start(move |_, stream| send(stream, &head, &body))
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn read_request(stream: &TcpStream) -> String {
    let mut request = String::new();
    let mut reader = BufReader::new(stream);
    while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
    request.to_lowercase()
}

/// The client may be gone: it refuses some answers before their end.
fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    let separator = if head.contains("\r\n") { "" } else { "\r\n" };
    let _ = write!(
        stream,
        "HTTP/1.1 {head}{separator}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let _ = stream.write_all(body);
}

/// Writes `url` into the overlay of the shop.
fn set_url(scratch: &Scratch, url: &str) {
    scratch.edit(
        "overlay.toml",
        "schema = 1\n",
        &format!("schema = 1\nurl = \"{url}\"\n"),
    );
}

/// A shop whose document is published at this URL.
fn shop_at(url: &str) -> Scratch {
    let scratch = Scratch::regenerated();
    set_url(&scratch, url);
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    scratch
}

/// The document of the shop with a code that is billed now, and one more.
fn later_edition(scratch: &Scratch) -> String {
    let text = scratch.read(&format!("{SHOP}/source.md"));
    let later = text
        .replace("| 1 | 系统错误 | 否 |", "| 1 | 系统错误 | 是 |")
        .replace("| -2/-3 |", "| 7 | 新的错误 | |\n| -2/-3 |");
    assert_ne!(text, later);
    later
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Said {
    let loopback = ["--allow-private", "127.0.0.1", "--time-limit", "20000"];
    scratch.run(&[arguments, &loopback].concat())
}

const MARKDOWN: &str = "200 OK\r\nContent-Type: text/markdown; charset=utf-8\r\n";

#[test]
fn an_update_without_a_file_downloads_the_document() {
    let text = later_edition(&Scratch::new());
    let head =
        format!("{MARKDOWN}ETag: \"v2\"\r\nLast-Modified: Mon, 30 Nov 2026 08:00:00 GMT\r\n");
    let body = text.clone();
    let server = Server::start(move |request, stream| {
        if request.contains("if-none-match: \"v2\"") {
            send(stream, "304 Not Modified", b"");
        } else {
            send(stream, &head, body.as_bytes());
        }
    });
    let scratch = shop_at(&server.url("/errors.md"));
    let before = scratch.tree();
    let said = run(&scratch, &["update", "shop", "--dry-run"]);
    assert!(
        said.success && said.out.contains("billing-changed"),
        "{}{}",
        said.out,
        said.err
    );
    assert_eq!(scratch.tree(), before);
    let said = run(&scratch, &["update", "shop"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.out.contains("ApiCode.1 SystemError: free → billed"),
        "{}",
        said.out
    );
    assert_eq!(scratch.read(&format!("{SHOP}/source.md")), text);
    let fetched = scratch.read(&format!("{SHOP}/fetched.toml"));
    for line in [
        "etag = \"\\\"v2\\\"\"\n",
        "last-modified = \"Mon, 30 Nov 2026 08:00:00 GMT\"\n",
        "seen = \"20",
    ] {
        assert!(fetched.contains(line), "{fetched}");
    }
    assert!(scratch.run(&["regen", "--check"]).success);

    let before = scratch.tree();
    let said = run(&scratch, &["update", "shop"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.starts_with("no differences\n"), "{}", said.out);
    assert!(said.out.contains("is unchanged since 20"), "{}", said.out);
    assert_eq!(scratch.tree(), before);
    let last = server.requests().pop().unwrap();
    assert!(last.contains("if-none-match: \"v2\"\r\n"), "{last}");
    assert!(
        last.contains("if-modified-since: mon, 30 nov 2026 08:00:00 gmt\r\n"),
        "{last}"
    );
    // The document is another one now, to which the headers do not belong.
    scratch.write("mine.md", &text.replace("新的错误", "别的错误"));
    assert!(scratch.run(&["update", "shop", "mine.md"]).success);
    assert!(!scratch.path(&format!("{SHOP}/fetched.toml")).exists());
    run(&scratch, &["update", "shop", "--dry-run"]);
    assert!(!server.requests().pop().unwrap().contains("if-none-match"));
}

#[test]
fn the_same_document_again_changes_nothing_but_how_to_ask() {
    let text = Scratch::new().read(&format!("{SHOP}/source.md"));
    let server = Server::with(&format!("{MARKDOWN}ETag: \"v1\"\r\n"), text);
    let scratch = shop_at(&server.url("/errors.md"));
    let spec = scratch.spec();
    let before = scratch.tree();
    let said = run(&scratch, &["update", "shop", "--dry-run"]);
    assert!(
        said.success && said.out.starts_with("no differences\n"),
        "{}",
        said.out
    );
    assert_eq!(scratch.tree(), before);
    assert!(run(&scratch, &["update", "shop"]).success);
    assert_eq!(scratch.spec(), spec);
    let fetched = scratch.read(&format!("{SHOP}/fetched.toml"));
    assert!(fetched.contains("etag = \"\\\"v1\\\"\""), "{fetched}");
    let before = scratch.tree();
    // This server does not know conditional requests.
    let said = run(&scratch, &["update", "shop", "--format", "json"]);
    assert!(
        said.success && said.out.contains("\"findings\": []"),
        "{}",
        said.out
    );
    assert_eq!(scratch.tree(), before);
    let said = run(&scratch, &["watch"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.contains("### Unchanged\n\n`shop`\n"),
        "{}",
        said.out
    );
    assert_eq!(scratch.tree(), before);
}

#[test]
fn watch_reports_all_vendors_in_one_page() {
    let text = later_edition(&Scratch::new());
    let server = Server::start(move |request, stream| match request {
        _ if request.starts_with("get /errors.md ") => send(stream, MARKDOWN, text.as_bytes()),
        _ => send(stream, "404 Not Found", b"gone"),
    });
    let scratch = shop_at(&server.url("/errors.md"));
    for (vendor, url) in [("bank", Some("/gone")), ("post", None)] {
        let folder = format!("codes/vendors/{vendor}");
        let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
        let own = server.url("/errors.md");
        let line = url.map_or_else(String::new, |path| {
            format!("url = \"{}\"\n", server.url(path))
        });
        let overlay = overlay.replace(&format!("url = \"{own}\"\n"), &line);
        scratch.write(&format!("{folder}/overlay.toml"), &overlay);
        let source = scratch.read(&format!("{SHOP}/source.md"));
        scratch.write(&format!("{folder}/source.md"), &source);
    }
    assert!(scratch.run(&["regen", "--new"]).success);
    let before = scratch.tree();
    let said = run(&scratch, &["watch"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    let out = said.out.replace(&server.port.to_string(), "PORT");
    insta::assert_snapshot!(out);
    let said = run(&scratch, &["watch", "shop"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let said = run(&scratch, &["watch", "post"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(
        said.err.contains("write `url = \"https://…\"`"),
        "{}",
        said.err
    );
    let said = run(&scratch, &["watch", "shpo"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert_eq!(scratch.tree(), before);
}

/// A page that changed around its codes is not a change, and one that the overlay does not fit is.
#[test]
fn watch_compares_codes_and_not_bytes() {
    let text = Scratch::new().read(&format!("{SHOP}/source.md"));
    for (from, to, code) in [
        ("# ", "Generated at 08:02.\n\n# ", 0),
        ("## HTTP 错误", "## 别的", 1),
        ("| 0100 | 复印件 |\n", "", 1),
    ] {
        let server = Server::with(MARKDOWN, text.replacen(from, to, 1));
        let scratch = shop_at(&server.url("/errors.md"));
        let said = run(&scratch, &["watch"]);
        assert_eq!(said.code, Some(code), "{from}: {}{}", said.out, said.err);
        let expected = match from {
            "# " => {
                "`shop` has the same codes; changed: 1: 1 line of the new document, which no fact"
            }
            "| 0100 | 复印件 |\n" => " update shop --accept-removals` adopts this edition.",
            "## HTTP 错误" => " update shop --accept-headings` adopts this edition.",
            _ => unreachable!(),
        };
        assert!(said.out.contains(expected), "{}", said.out);
    }
}

#[test]
fn redirects_are_followed_and_checked() {
    let text = later_edition(&Scratch::new());
    let server = Server::start(move |request, stream| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let to = |location: &str| format!("302 Found\r\nLocation: {location}\r\n");
        match path {
            "/a/start" => send(stream, &to("../b/errors.md?x#part"), b"moved"),
            "/b/errors.md?x" => send(stream, MARKDOWN, text.as_bytes()),
            "/loop" => send(stream, &to("/loop"), b""),
            "/file" => send(stream, &to("file:///etc/passwd"), b""),
            "/ftp" => send(stream, &to("ftp://127.0.0.1/x"), b""),
            "/metadata" => send(stream, &to("http://169.254.169.254/latest"), b""),
            "/mapped" => send(stream, &to("http://[::ffff:127.0.0.1]:1/"), b""),
            "/name" => send(stream, &to("http://localhost:1/"), b""),
            "/decimal" => send(stream, &to("http://2130706433:1/"), b""),
            "/nowhere" => send(stream, "302 Found", b""),
            _ => send(stream, "404 Not Found", b""),
        }
    });
    let scratch = shop_at(&server.url("/a/start"));
    let said = run(&scratch, &["update", "shop", "--dry-run"]);
    assert!(
        said.success && said.out.contains("code-added"),
        "{}",
        said.err
    );
    let fresh = Scratch::regenerated();
    for (path, words) in [
        ("/loop", "more than 5 redirects"),
        (
            "/file",
            "redirected to `file:///etc/passwd`: unsupported URL scheme `file:`",
        ),
        ("/ftp", "unsupported URL scheme `ftp:`"),
        (
            "/metadata",
            "`169.254.169.254` has the private or reserved address 169.254.169.254",
        ),
        (
            "/mapped",
            "`::ffff:127.0.0.1` has the private or reserved address",
        ),
        ("/name", "`localhost` has the private or reserved address"),
        (
            "/decimal",
            "`2130706433` has the private or reserved address 127.0.0.1",
        ),
        ("/nowhere", "the server answered 302 Found"),
    ] {
        let said = refused(&fresh, &server.url(path));
        assert!(said.err.contains(words), "{path}: {}", said.err);
    }
    // The loop was asked for the first URL and five redirects.
    let loops = server
        .requests()
        .into_iter()
        .filter(|request| request.contains("/loop"));
    assert_eq!(loops.count(), 2 * 6);
}

/// Runs `watch` and `update` where both must refuse what the URL leads to, and write nothing.
fn refused(scratch: &Scratch, url: &str) -> Said {
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    set_url(scratch, url);
    let before = scratch.tree();
    let said = run(scratch, &["watch"]);
    assert_eq!(said.code, Some(2), "{url}: {}{}", said.out, said.err);
    assert!(
        said.out.contains("### shop: could not be checked"),
        "{}",
        said.out
    );
    let said = run(scratch, &["update", "shop"]);
    assert_eq!(said.code, Some(1), "{url}: {}", said.err);
    for words in [
        "; nothing was written",
        "overlay.toml:2:7",
        &format!("shop: {url}: "),
        "help: ",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert_eq!(scratch.tree(), before, "{url}");
    scratch.write(&format!("{SHOP}/overlay.toml"), &overlay);
    said
}

#[test]
fn answers_that_are_not_the_document_are_refused() {
    let scratch = Scratch::regenerated();
    let html = "200 OK\r\nContent-Type: text/html\r\n";
    let login = "<!DOCTYPE html><html><title>Log in</title><form><input name=user></form></html>";
    let notice =
        "# Login\n\nPlease log in. Errors:\n\n| 错误码 | 说明 |\n| --- | --- |\n| 1 | no |\n";
    let zip = b"PK\x03\x04nothing of a workbook".to_vec();
    for (head, body, words) in [
        (
            "404 Not Found",
            b"gone".to_vec(),
            "the server answered 404 Not Found",
        ),
        (
            "500 Internal Server Error",
            b"".to_vec(),
            "the server answered 500 Internal Server",
        ),
        (
            "403 Forbidden",
            b"".to_vec(),
            "the server wants a login, or refuses programs",
        ),
        (
            "204 No Content",
            b"".to_vec(),
            "the server answered 204 No Content",
        ),
        (
            "304 Not Modified",
            b"".to_vec(),
            "the server answered 304 Not Modified",
        ),
        (MARKDOWN, b"".to_vec(), "the server sent an empty document"),
        (
            MARKDOWN,
            b" \r\n".to_vec(),
            "the server sent an empty document",
        ),
        (
            "200 OK\r\nContent-Type: image/png\r\n",
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "the server sent a .png file: .png files are not read",
        ),
        (
            "200 OK\r\nContent-Type: image/svg+xml\r\n",
            b"<svg/>".to_vec(),
            "the server sent `image/svg+xml`, which is not a document",
        ),
        (
            "200 OK\r\nContent-Type: application/zip\r\n",
            zip,
            "the server sent a .zip file: .zip files are not read",
        ),
        (
            "200 OK\r\nContent-Type: application/pdf\r\n",
            b"%PDF-1.7".to_vec(),
            "convert it first: `pdftotext -layout document.pdf document.txt`",
        ),
        (
            "200 OK\r\nContent-Encoding: gzip\r\n",
            vec![0x1F, 0x8B, 8, 0],
            "the server sent a compressed document (`gzip`)",
        ),
        (
            html,
            login.into(),
            "the server sent a .html file, but the registered document is source.md",
        ),
        (
            MARKDOWN,
            notice.into(),
            "the page has 1 row with codes, but the registered document has",
        ),
        (
            MARKDOWN,
            b"# Log in\n\nPlease log in.\n".to_vec(),
            "the page has no codes, but the registered document",
        ),
        (MARKDOWN, b"# \xff\xfe\xfd".to_vec(), "not valid UTF-8"),
    ] {
        let server = Server::with(head, body);
        let said = refused(&scratch, &server.url("/errors.md"));
        assert!(said.err.contains(words), "{head}: {}", said.err);
    }
}

#[test]
fn answers_that_end_too_early_are_refused() {
    let scratch = Scratch::regenerated();
    let text = later_edition(&scratch);
    let length = text.len() + 1;
    let chunk = text.len();
    for (answer, words) in [
        (
            format!("HTTP/1.1 {MARKDOWN}Content-Length: {length}\r\n\r\n{text}"),
            "the connection to `127.0.0.1` failed: ",
        ),
        (
            format!("HTTP/1.1 {MARKDOWN}Transfer-Encoding: chunked\r\n\r\n{chunk:x}\r\n{text}\r\n"),
            "the connection to `127.0.0.1` failed: ",
        ),
        (
            format!("HTTP/1.1 {MARKDOWN}"),
            "the connection to `127.0.0.1` failed: ",
        ),
        (text, "the answer of `127.0.0.1` cannot be read: "),
    ] {
        let server = Server::start(move |_, stream| _ = stream.write_all(answer.as_bytes()));
        let said = refused(&scratch, &server.url("/errors.md"));
        assert!(said.err.contains(words), "{}", said.err);
    }
}

#[test]
fn a_page_that_became_a_login_form_is_refused() {
    let scratch = Scratch::regenerated();
    let rows: String = (0..12)
        .map(|code| format!("<tr><td>{code}<td>error {code}"))
        .collect();
    let page =
        format!("<!DOCTYPE html><h2>Errors</h2><table><tr><th>Code<th>Message{rows}</table>");
    scratch.write("page.html", &page);
    let html = "200 OK\r\nContent-Type: text/html\r\n";
    let login = "<!DOCTYPE html><form><input name=user><input type=password></form>";
    let server = Server::start(move |request, stream| {
        let is_login = request.contains("/login");
        send(
            stream,
            html,
            if is_login { login } else { &page }.as_bytes(),
        );
    });
    for path in ["/errors", "/login"] {
        let vendor = &path[1..];
        let said = scratch.run(&["add", vendor, "page.html", "--url", &server.url(path)]);
        assert!(said.success, "{}{}", said.out, said.err);
    }
    let before = scratch.tree();
    assert_eq!(run(&scratch, &["watch", "errors"]).code, Some(0));
    let said = run(&scratch, &["update", "login", "--accept-removals"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains(
            "the page has no codes, but the registered document has 12 rows: it may be a login"
        ),
        "{}",
        said.err
    );
    assert_eq!(scratch.tree(), before);
}

/// The bytes of a workbook with these rows below a header.
fn workbook(rows: &[[&str; 2]]) -> Vec<u8> {
    let mut sheet = rust_xlsxwriter::Worksheet::new();
    for (at, row) in (0..).zip([&[["Code", "Message"]], rows].concat()) {
        sheet.write_row(at, 0, row).unwrap();
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    book.push_worksheet(sheet);
    book.save_to_buffer().unwrap()
}

/// Each kind of document is downloaded, whatever the server calls it, and keeps its extension.
#[test]
fn documents_of_all_kinds_are_downloaded() {
    const ROWS: &[[&str; 2]] = &[
        ["1001", "no key"],
        ["1002", "timeout"],
        ["1003", "no access"],
    ];
    let page = |rows: &str| format!("<!DOCTYPE html><table><tr><th>Code<th>Message{rows}</table>");
    let rows = "<tr><td>1001<td>no key<tr><td>1002<td>timeout";
    let table = "Code,Message\n1001,no key\n1002,timeout\n";
    let json = r#"[{"code": 1001, "message": "no key"}, {"code": 1002, "message": "timeout"}"#;
    let later = r#", {"code": 1003, "message": "no access"}]"#;
    for (file, content_type, old, new) in [
        (
            "a.xlsx",
            "application/octet-stream",
            workbook(&ROWS[..2]),
            workbook(ROWS),
        ),
        (
            "a.csv",
            "text/csv",
            table.into(),
            format!("{table}1003,no access\n").into(),
        ),
        (
            "a.csv",
            "text/plain",
            table.into(),
            format!("{table}1003,no access\n").into(),
        ),
        (
            "a.htm",
            "text/html; charset=utf-8",
            page(rows).into(),
            page(&format!("{rows}<tr><td>1003<td>no access")).into(),
        ),
        (
            "a.json",
            "application/json",
            format!("{json}]").into(),
            format!("{json}{later}").into(),
        ),
    ] {
        let server = Server::with(&format!("200 OK\r\nContent-Type: {content_type}\r\n"), new);
        let scratch = Scratch::new();
        fs::write(scratch.path(file), old).unwrap();
        let said = scratch.run(&["add", "acme", file, "--url", &server.url("/download?id=7")]);
        assert!(said.success, "{file}: {}{}", said.out, said.err);
        let said = run(&scratch, &["update", "acme"]);
        assert!(
            said.success && said.out.contains("code-added"),
            "{file}: {}",
            said.err
        );
        let folder = scratch.path("codes/vendors/acme");
        let names = fs::read_dir(folder).unwrap().flatten();
        let mut names: Vec<_> = names.map(|entry| entry.file_name()).collect();
        names.sort();
        let source = file.replace("a.", "source.");
        let expected = ["fetched.toml", "overlay.toml", &source, "spec.toml"];
        assert_eq!(names, expected.map(OsString::from), "{file}");
        assert!(scratch.run(&["regen", "acme", "--check"]).success, "{file}");
    }
}

/// A port at which nobody listens: it was just given back.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A proxy that was named may be inside the network. It resolves the hosts.
#[test]
fn a_proxy_is_asked_for_hosts_and_not_for_addresses_inside_the_network() {
    let text = later_edition(&Scratch::new());
    let proxy = Server::start(move |request, stream| {
        assert!(
            request.starts_with("connect docs.shop.example:80 http/1.1\r\n"),
            "{request}"
        );
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let request = read_request(stream);
        assert!(request.contains("host: docs.shop.example\r\n"), "{request}");
        send(stream, MARKDOWN, text.as_bytes());
    });
    let environment = proxy.url("");
    let scratch = shop_at("http://docs.shop.example/errors.md");
    let said = scratch.run_with("HTTP_PROXY", environment.as_ref(), &["watch"]);
    assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
    let scratch = shop_at("http://10.0.0.1/errors.md");
    let said = scratch.run_with("HTTP_PROXY", environment.as_ref(), &["watch"]);
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(
        said.err
            .contains("`10.0.0.1` has the private or reserved address"),
        "{}",
        said.err
    );
    assert_eq!(proxy.requests().len(), 1);
    // No proxy of any kind is passed over where it does not answer.
    let server = Server::with(MARKDOWN, "x");
    let scratch = shop_at(&server.url("/errors.md"));
    for scheme in ["http", "socks4", "socks5"] {
        let proxy = format!("{scheme}://127.0.0.1:{}", closed_port());
        let arguments = ["watch", "--allow-private", "127.0.0.1"];
        let said = scratch.run_with("ALL_PROXY", proxy.as_ref(), &arguments);
        assert_eq!(said.code, Some(2), "{scheme}: {}", said.out);
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn large_and_slow_answers_are_refused() {
    let scratch = Scratch::regenerated();
    let words = "the document is larger than 20 MB";
    let server = Server::with(MARKDOWN, vec![b'x'; 30 << 20]);
    assert!(
        refused(&scratch, &server.url("/declared.md"))
            .err
            .contains(words)
    );
    let server = Server::start(|_, stream| {
        let _ = write!(stream, "HTTP/1.1 {MARKDOWN}Connection: close\r\n\r\n");
        let chunk = vec![b'x'; 1 << 20];
        for _ in 0..30 {
            let _ = stream.write_all(&chunk);
        }
    });
    assert!(
        refused(&scratch, &server.url("/endless.md"))
            .err
            .contains(words)
    );

    let wait = Duration::from_millis(50);
    let is_short = |server: &Server, path: &str| {
        let start = Instant::now();
        let scratch = Scratch::regenerated();
        let url = server.url(path);
        set_url(&scratch, &url);
        let arguments = [
            "update",
            "shop",
            "--allow-private",
            "127.0.0.1",
            "--time-limit",
            "300",
        ];
        let before = scratch.tree();
        let said = scratch.run(&arguments);
        assert_eq!(said.code, Some(1));
        let words = format!("shop: {url}: timed out after 0.3 s");
        assert!(said.err.contains(&words), "{}", said.err);
        assert_eq!(scratch.tree(), before);
        assert!(start.elapsed() < Duration::from_secs(10));
    };
    let silent = Server::start(|_, _| thread::sleep(Duration::from_secs(3)));
    is_short(&silent, "/silent.md");
    let dripping = Server::start(move |_, stream| {
        let _ = write!(stream, "HTTP/1.1 {MARKDOWN}Content-Length: 9999\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            thread::sleep(wait);
        }
    });
    is_short(&dripping, "/dripping.md");
    let redirecting = Server::start(move |_, stream| {
        thread::sleep(2 * wait);
        send(stream, "302 Found\r\nLocation: /again\r\n", b"");
    });
    is_short(&redirecting, "/again");
}

#[test]
fn urls_that_cannot_be_asked_are_refused() {
    let scratch = Scratch::regenerated();
    for (url, words) in [
        ("file:///etc/passwd", "unsupported URL scheme `file:`"),
        ("ftp://a.example/errors.md", "unsupported URL scheme `ftp:`"),
        ("see the portal", "`see the portal` is not a URL"),
        ("https://", "it has no host"),
        ("http://me:secret@a.example/", "it contains a user name"),
        (
            "http://10.0.0.1/errors.md",
            "`10.0.0.1` has the private or reserved address 10.0.0.1",
        ),
        (
            "http://[fd00::1]/errors.md",
            "`fd00::1` has the private or reserved address fd00::1",
        ),
        (
            "http://localhost:9/errors.md",
            "pass `--allow-private localhost`",
        ),
    ] {
        let said = refused(&scratch, url);
        assert!(said.err.contains(words), "{url}: {}", said.err);
    }
    let port = closed_port();
    let said = refused(&scratch, &format!("http://127.0.0.1:{port}/x"));
    assert!(
        said.err.contains("the connection to `127.0.0.1` failed: "),
        "{}",
        said.err
    );
    // A server without TLS.
    let server = Server::start(|_, stream| send(stream, "400 Bad Request", b""));
    let said = refused(&scratch, &format!("https://127.0.0.1:{}/x", server.port));
    assert!(
        said.err
            .contains("the TLS connection to `127.0.0.1` failed: "),
        "{}",
        said.err
    );
}

/// A server with a certificate that only the root of the fixtures has signed.
fn start_tls(answer: Vec<u8>) -> u16 {
    let key = PrivatePkcs8KeyDer::from(fixture("server.key.der"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![fixture("server.der").into()], key.into())
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let mut request = [0; 4096];
            // The client hangs up if it does not trust the certificate.
            if stream.read(&mut request).is_ok() {
                let _ = stream.write_all(&answer);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    port
}

fn fixture(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls");
    fs::read(folder.join(file)).unwrap()
}

#[test]
fn https_needs_a_certificate_that_this_machine_trusts() {
    let text = later_edition(&Scratch::new());
    let head = format!("HTTP/1.1 {MARKDOWN}Content-Length: {}\r\n\r\n", text.len());
    let port = start_tls((head + &text).into_bytes());
    let redirect =
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
    let to_http = start_tls(redirect.to_vec());
    let scratch = shop_at(&format!("https://127.0.0.1:{port}/errors.md"));
    let before = scratch.tree();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls/root.pem");
    let arguments = ["update", "shop", "--allow-private", "127.0.0.1"];
    let said = scratch.run_with("SSL_CERT_FILE", Path::new("/none.pem"), &arguments);
    assert_eq!(said.code, Some(1), "{}", said.out);
    let words = "the TLS connection to `127.0.0.1` failed: ";
    assert!(said.err.contains(words), "{}", said.err);
    assert_eq!(scratch.tree(), before);
    let said = scratch.run_with("SSL_CERT_FILE", &root, &arguments);
    assert!(
        said.success && said.out.contains("billing-changed"),
        "{}",
        said.err
    );
    scratch.edit("overlay.toml", &port.to_string(), &to_http.to_string());
    let said = scratch.run_with("SSL_CERT_FILE", &root, &arguments);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(
        said.err.contains("must not lead from https to http"),
        "{}",
        said.err
    );
}

#[test]
fn a_server_inside_the_network_is_not_asked_unless_it_is_allowed() {
    let server = Server::with(MARKDOWN, "x");
    let scratch = shop_at(&server.url("/errors.md"));
    let said = scratch.run(&["watch"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("pass `--allow-private 127.0.0.1`"),
        "{}",
        said.err
    );
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn a_vendor_without_a_url_is_named() {
    let scratch = Scratch::regenerated();
    let before = scratch.tree();
    let said = scratch.run(&["update", "shop"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err
            .contains("shop: the overlay does not say where the document is published")
            && said.err.contains("write `url = \"https://…\"`"),
        "{}",
        said.err
    );
    let said = scratch.run(&["watch"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.contains("### Not watched\n\n`shop`"),
        "{}",
        said.out
    );
    assert_eq!(scratch.tree(), before);
}

#[test]
fn the_encoding_of_the_answer_counts_where_the_bytes_do_not_say() {
    let text = later_edition(&Scratch::new());
    let (bytes, _, _) = encoding_rs::GBK.encode(&text);
    let server = Server::with(
        "200 OK\r\nContent-Type: text/plain; charset=GBK\r\n",
        &*bytes,
    );
    let scratch = shop_at(&server.url("/errors.md"));
    let said = run(&scratch, &["update", "shop"]);
    assert!(
        said.success && said.out.contains("billing-changed"),
        "{}",
        said.err
    );
    assert!(
        scratch
            .read(&format!("{SHOP}/fetched.toml"))
            .contains("charset = \"gbk\"\n")
    );
    assert!(scratch.run(&["regen", "--check"]).success);
    assert!(scratch.spec().contains("新的错误"));
    // A server that says so of UTF-8 is not believed.
    let server = Server::with("200 OK\r\nContent-Type: text/plain; charset=GBK\r\n", text);
    let scratch = shop_at(&server.url("/errors.md"));
    assert!(run(&scratch, &["update", "shop"]).success);
    assert!(scratch.spec().contains("新的错误"));
    // What was written down is not a person's.
    scratch.write(&format!("{SHOP}/fetched.toml"), "schema = 1\nurl = 2\n");
    let said = scratch.run(&["regen"]);
    assert!(
        !said.success && said.err.contains("delete the file"),
        "{}",
        said.err
    );
}
