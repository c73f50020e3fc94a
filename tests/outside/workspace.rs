//! The shipped registry, generated ones, and the sites that are built from them.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use errbook_cli::book::Book;
use errbook_cli::release::{ReleaseChanges, recorded};
use errbook_cli::site::{Folder, each_page};
use errbook_cli::workspace::Workspace;
use errbook_spec::place::Source;
use tempfile::TempDir;

/// The root folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder
        .expect("the tests are in the workspace, two folders down")
        .to_owned()
}

/// The shipped registry.
pub(crate) fn book() -> Book {
    let workspace = Workspace::open(&root()).unwrap();
    Book::read(&workspace, &workspace.vendors()).unwrap()
}

/// The site of the shipped registry.
pub(crate) fn site() -> &'static Path {
    static SITE: OnceLock<TempDir> = OnceLock::new();
    let write = || {
        let releases = recorded(&Workspace::open(&root()).unwrap()).unwrap();
        write_site(&book(), &releases)
    };
    SITE.get_or_init(write).path()
}

/// The folder of the site of ten thousand codes, written once.
pub(crate) fn large_site() -> &'static Path {
    static SITE: OnceLock<TempDir> = OnceLock::new();
    SITE.get_or_init(|| write_site(&ten_thousand(), &[])).path()
}

/// Writes the site of a registry to a temporary folder.
pub(crate) fn write_site(book: &Book, releases: &[ReleaseChanges]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let site = Folder::open(folder.path()).unwrap();
    site.write(|put| each_page(book, releases, Some("2026-11-30"), put))
        .unwrap();
    folder
}

/// Serves a folder until the tests end. Returns the address of its first page.
pub(crate) fn serve(folder: &'static Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/index.html", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = String::new();
            let _ = BufReader::new(&stream).read_line(&mut request);
            let path = request.split(' ').nth(1).unwrap_or_default();
            let path = path.split('?').next().unwrap_or_default();
            let mime = match path.rsplit('.').next() {
                Some("js") => "text/javascript",
                Some("css") => "text/css",
                _ => "text/html",
            };
            let body = std::fs::read(folder.join(path.trim_start_matches('/')));
            let head = if body.is_ok() {
                "200 OK"
            } else {
                "404 Not Found"
            };
            let body = body.unwrap_or_default();
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {head}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\
                 Connection: close\r\n\r\n"
            );
            let _ = stream.write_all(&body);
        }
    });
    address
}

/// The recorded releases, with `text` in place of every string that a document or a person wrote.
pub(crate) fn releases_that_say(text: &str) -> Vec<ReleaseChanges> {
    let mut releases = recorded(&Workspace::open(&root()).unwrap()).unwrap();
    let in_english = || vec![("en".to_owned(), text.to_owned())];
    for registry in releases.iter_mut().flat_map(|each| &mut each.registries) {
        registry.title = in_english();
        for change in &mut registry.changes {
            change.subject = text.into();
            change.variant = Some(text.to_owned());
            change.detail = Some(text.to_owned());
            change.old = Some(text.to_owned());
            change.new = Some(text.to_owned());
            change.messages = in_english();
        }
    }
    assert!(!releases.is_empty(), "a release is recorded");
    releases
}

/// A registry of one spec, given as TOML.
pub(crate) fn book_of_spec(text: &str) -> Book {
    let spec = errbook_spec::parse(&Source::new("spec.toml", text)).unwrap();
    Book {
        specs: vec![spec],
        kinds: book().kinds,
        ..Book::default()
    }
}

/// A registry of ten thousand codes with different messages.
fn ten_thousand() -> Book {
    let words = [
        "camera", "face", "network", "name", "number", "picture", "sound", "light", "card", "token",
    ];
    let chinese = [
        "摄像头",
        "人脸",
        "网络",
        "姓名",
        "号码",
        "图片",
        "声音",
        "光线",
        "卡片",
        "令牌",
    ];
    let mut text =
        String::from("schema = 1\nvendor = \"many\"\nlocale = \"zh-CN\"\nkinds = \"errbook\"\n");
    for code in 0..10_000_usize {
        if code % 1000 == 0 {
            writeln!(text, "\n[[set]]\nname = \"Set{}\"", code / 1000).unwrap();
        }
        let at = [code % 10, code / 10 % 10, code / 100 % 10, code / 1000];
        let [first, second, third, fourth] = at.map(|at| words[at]);
        let own = at.map(|at| chinese[at]);
        writeln!(
            text,
            "\n[[set.code]]\ncode = \"{}\"\nvariant = \"Code{code}\"",
            100_000 + code
        )
        .unwrap();
        writeln!(
            text,
            "message.zh-CN = \"{}与{}不一致，请检查{}并重试（{}）\"",
            own[0], own[1], own[2], own[3]
        )
        .unwrap();
        writeln!(
            text,
            "message.en = \"The {first} and the {second} do not agree. Please look at the {third} \
             ({fourth}) and try again.\""
        )
        .unwrap();
        writeln!(
            text,
            "kind = \"identity-mismatch\"\nretry = \"after-fix\"\nbilling = \"billed\""
        )
        .unwrap();
    }
    book_of_spec(&text)
}
