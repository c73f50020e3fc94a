//! Names that lead elsewhere, that a file system does not take or confuses with others, or that
//! control a terminal: each command takes one wholly, or refuses it, says what to do, and writes
//! nothing.

use std::path::Path;
use std::process::Command;

use errbook_cli::write::toml_string;

use crate::scratch::{Said, Scratch, said, succeeds};

/// What no vendor, no registry and no language is called.
fn hostile() -> Vec<String> {
    let names = [
        "",
        ".",
        "..",
        "../x",
        "../../x",
        "/x",
        "a/b",
        "a\\b",
        "C:x",
        "CON",
        "CON.toml",
        "a b",
        " a",
        "a\nb",
        "a\u{202e}b",
        "\u{1b}]0;owned\u{7}",
        "\u{9b}31m",
        "\u{200b}a",
        "支付",
        "café",
        "cafe\u{301}",
        "-x",
        "--help-me",
        "Acme",
        "ACME",
        "a--b",
        "a-",
        "1a",
        "a_b",
        "self.",
        ".git",
        ".errbook",
    ];
    let long = "x".repeat(10_000);
    names.into_iter().map(str::to_owned).chain([long]).collect()
}

/// What is a name, and cannot be that of a vendor's folder, module and feature.
const TAKEN: [&str; 22] = [
    "self", "crate", "type", "super", "gen", "try", "async", "con", "prn", "aux", "nul", "com1",
    "lpt9", "main", "lib", "std", "alloc", "core", "errbook", "serde", "default", "en",
];

/// What may look odd, and is a name like any other.
const ODD: [&str; 8] = [
    "con1", "com", "a1", "kinds", "macros", "index", "to-do", "x",
];

const DOCUMENT: &str = "# Codes\n\n| Code | Message |\n| --- | --- |\n| 1001 | It is wrong |\n";

/// A registry with a crate and the vendor `pay`.
fn registry() -> Scratch {
    let scratch = Scratch::empty();
    succeeds(&scratch.run(&["init", "--name", "acme"]));
    scratch.write("doc.md", DOCUMENT);
    succeeds(&scratch.run(&["add", "pay", "doc.md"]));
    scratch
}

/// Runs a command as if on a terminal, where control characters are not removed.
fn run(scratch: &Scratch, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    command.args(arguments).current_dir(scratch.path(""));
    command.env("CLICOLOR_FORCE", "1");
    said(&command.output().unwrap())
}

/// Colors are the only control sequences.
fn assert_harmless(said: &Said, at: &str) {
    for text in [&said.out, &said.err] {
        let without_colors: Vec<_> = text.split("\u{1b}[").collect();
        let is_color = |rest: &&str| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            rest.starts_with('m')
        };
        assert!(
            without_colors.iter().skip(1).all(is_color),
            "{at}: {text:?}"
        );
        let is_hostile = |letter: char| {
            letter != '\n' && letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter)
        };
        let text = without_colors.concat();
        assert!(!text.contains(is_hostile), "{at}: {text:?}");
    }
}

fn assert_refused(scratch: &Scratch, arguments: &[&str], what: &str) {
    let before = scratch.tree();
    let said = run(scratch, arguments);
    let at = format!("{:.60}", arguments.join(" "));
    assert!(!said.success, "{at}: {}", said.out);
    assert_harmless(&said, &at);
    assert!(said.err.contains(what), "{at}: {}", said.err);
    assert!(said.err.contains("help"), "{at}: what to do? {}", said.err);
    assert!(scratch.tree() == before, "{at}: {}", said.err);
}

#[test]
fn a_vendor_with_a_hostile_name_is_refused() {
    let scratch = registry();
    for name in hostile() {
        let names = |command: &str| vec![command.to_owned(), "--".to_owned(), name.clone()];
        for (mut arguments, others, what) in [
            (names("add"), vec!["doc.md"], "is not a valid vendor name"),
            (names("messages"), vec!["fr"], "unknown vendor"),
            (names("names"), vec![], "unknown vendor"),
            (names("update"), vec!["doc.md"], "unknown vendor"),
            (names("regen"), vec![], "unknown vendor"),
            (names("resolve"), vec![], "unknown vendor"),
        ] {
            arguments.extend(others.into_iter().map(str::to_owned));
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let is_long = name.len() > 1000 && arguments[0] == "add";
            let what = if is_long {
                "is longer than 64 characters"
            } else {
                what
            };
            assert_refused(&scratch, &arguments, what);
        }
        let arguments = ["export", "json", "--", &name];
        assert_refused(&scratch, &arguments, "unknown vendor");
    }
    for name in TAKEN {
        assert_refused(&scratch, &["add", name, "doc.md"], &format!("`{name}`"));
    }
}

#[test]
fn an_odd_name_is_a_name_like_any_other() {
    let scratch = registry();
    for name in ODD {
        succeeds(&run(&scratch, &["add", name, "doc.md"]));
        succeeds(&run(&scratch, &["names", name, "--write"]));
        succeeds(&run(&scratch, &["messages", name, "fr"]));
        succeeds(&run(
            &scratch,
            &["export", "po", name, "--locale", "fr", "--out", "po"],
        ));
    }
    succeeds(&run(&scratch, &["regen", "--check"]));
    for format in ["c", "go", "python", "markdown", "csharp", "java"] {
        succeeds(&run(&scratch, &["export", format, "--out", format]));
    }
    succeeds(&run(&scratch, &["site", "--out", "site"]));
    // These are files of the package itself.
    for name in ["index", "kinds"] {
        let said = run(&scratch, &["export", "typescript", name, "--out", "ts"]);
        let why = format!("two files are called `{name}.js`: give the vendor or the set another");
        assert!(!said.success && said.err.contains(&why), "{}", said.err);
    }
}

/// A folder or a spec that a person wrote has the name that they gave it.
#[test]
fn a_hostile_name_in_a_registry_or_a_spec_is_refused() {
    let scratch = registry();
    let spec = scratch.read("vendors/pay/spec.toml");
    for name in hostile() {
        let quoted = toml_string(&name)
            .replace("\"\"\"\n", "\"")
            .replace("\"\"\"", "\"")
            .replace('\n', "\\n");
        scratch.write(
            "a.toml",
            &spec.replace("vendor = \"pay\"", &format!("vendor = {quoted}")),
        );
        let what = "is not a valid vendor name";
        for arguments in [
            &["export", "markdown", "--out", "o", "--spec", "a.toml"][..],
            &["export", "python", "--out", "o", "--spec", "a.toml"],
            &["site", "--out", "o", "--spec", "a.toml"],
            &["explain", "1001", "--spec", "a.toml"],
        ] {
            if name.len() < 1000 {
                assert_refused(&scratch, arguments, what);
            }
        }
        let is_folder = !name.contains(['/', '\\', '\0']) && !name.starts_with('.');
        if !is_folder || name.is_empty() || name.len() > 255 {
            continue;
        }
        for file in ["source.md", "overlay.toml", "spec.toml"] {
            let text = scratch.read(&format!("vendors/pay/{file}"));
            scratch.write(&format!("vendors/{name}/{file}"), &text);
        }
        for arguments in [
            &["regen"][..],
            &["stats"],
            &["watch"],
            &["export", "csv"],
            &["export", "po", "--locale", "fr", "--out", "o"],
            &["site", "--out", "o"],
            &["explain", "1001"],
            &["release", "--check"],
        ] {
            assert_refused(&scratch, arguments, what);
        }
        std::fs::remove_dir_all(scratch.path("vendors").join(&name)).unwrap();
    }
    succeeds(&run(&scratch, &["regen", "--check"]));
}

#[test]
fn a_registry_with_a_hostile_name_is_refused() {
    let scratch = Scratch::empty();
    let keywords = ["self", "crate", "type", "gen", "errbook"].map(str::to_owned);
    for name in hostile().into_iter().chain(keywords) {
        let name = format!("--name={name}");
        assert_refused(&scratch, &["init", "new", &name], "name");
        assert!(!scratch.path("new").exists(), "{name:?}");
    }
    // Without a name, it is that of the folder.
    for folder in ["支付", "self", "a\u{202e}b", "\u{1b}]0;owned\u{7}"] {
        assert_refused(&scratch, &["init", folder], "choose one with `--name`");
    }
    succeeds(&run(&scratch, &["init", "支付 服务", "--name", "pay"]));
}

#[test]
fn a_hostile_language_is_refused() {
    let scratch = registry();
    succeeds(&scratch.run(&["export", "po", "pay", "--locale", "fr", "--out", "po"]));
    let catalogue = scratch.read("po/pay.fr.po");
    let odd = [
        "FR", "fr-fr", "fr_FR", "fr.UTF-8", "con", "aux", "prn", "nul", "french",
    ];
    for tag in hostile().into_iter().chain(odd.map(str::to_owned)) {
        for arguments in [
            &["messages", "pay", "--", &tag][..],
            &["export", "po", "--out", "o", &format!("--locale={tag}")],
            &[
                "init",
                "new",
                "--name",
                "new",
                &format!("--languages={tag}"),
            ],
        ] {
            let said = run(&scratch, arguments);
            let at = format!("{:.60}", arguments.join(" "));
            assert!(
                !said.success && !scratch.path("new").exists(),
                "{at}: {}",
                said.err
            );
            assert_harmless(&said, &at);
            assert!(
                !scratch.path("vendors/pay/messages").exists(),
                "{at}: {}",
                said.err
            );
        }
        if tag.contains('\n') {
            continue;
        }
        let tag = tag.replace('\\', "\\\\");
        let header = |name: &str| format!("\"X-Errbook-{name}: {tag}\\n\"");
        for name in ["Language", "Vendor"] {
            let old = if name == "Vendor" { "pay" } else { "fr" };
            let old = format!("\"X-Errbook-{name}: {old}\\n\"");
            let text = catalogue.replace(&old, &header(name));
            assert_ne!(text, catalogue);
            scratch.write(
                "a.po",
                &text.replace("Language: fr\\n", &format!("Language: {tag}\\n")),
            );
            let before = scratch.tree();
            let said = run(&scratch, &["import", "a.po"]);
            assert!(
                !said.success && scratch.tree() == before,
                "{tag:.60}: {}",
                said.out
            );
            assert_harmless(&said, &tag);
        }
    }
    // A file that a person wrote: one of the two is not found on every system.
    for tag in [
        "EN",
        "zh-cn",
        "con",
        "a b",
        "x\u{202e}",
        "\u{1b}]0;owned\u{7}",
    ] {
        let file = format!("vendors/pay/messages/{tag}.toml");
        scratch.write(&file, "schema = 1\n");
        for arguments in [&["regen"][..], &["export", "po", "--out", "o"], &["stats"]] {
            assert_refused(&scratch, arguments, "language");
        }
        std::fs::remove_file(scratch.path(&file)).unwrap();
    }
}

/// Skipped, the codes of such a vendor would be missing without a word.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let scratch = registry();
    let pay = scratch.path("vendors/pay");
    let vendor = scratch.path("vendors").join(OsStr::from_bytes(b"caf\xe9"));
    let messages = pay.join("messages").join(OsStr::from_bytes(b"f\xe9.toml"));
    let commands = [&["regen"][..], &["stats"], &["export", "po", "--out", "o"]];

    std::fs::create_dir(&vendor).unwrap();
    for file in ["source.md", "overlay.toml", "spec.toml"] {
        std::fs::copy(pay.join(file), vendor.join(file)).unwrap();
    }
    for arguments in commands {
        assert_refused(&scratch, arguments, "is not a valid vendor name");
    }
    std::fs::remove_dir_all(&vendor).unwrap();

    std::fs::create_dir(pay.join("messages")).unwrap();
    std::fs::write(&messages, "schema = 1\n").unwrap();
    for arguments in commands {
        assert_refused(&scratch, arguments, "language");
    }
}

/// Two files that some systems take for one are not written as two, or as one.
#[test]
fn files_that_some_systems_confuse_are_refused() {
    let scratch = Scratch::empty();
    let set = |name: &str| {
        format!(
            "\n[[set]]\nname = \"{name}\"\n\n[[set.code]]\ncode = \"1\"\nvariant = \"A\"\n\
             message.en = \"It is wrong\"\n"
        )
    };
    let head = |vendor: &str| format!("schema = 1\nvendor = \"{vendor}\"\nlocale = \"en\"\n");
    scratch.write(
        "sets.toml",
        &(head("acme") + &set("PayCode") + &set("PAYCode")),
    );
    scratch.write("aux.toml", &(head("aux") + &set("PayCode")));
    scratch.write("nul.toml", &(head("acme") + &set("Nul")));
    scratch.write("acme.toml", &(head("acme") + &set("PayCode")));
    scratch.write("same.toml", &(head("acme") + &set("Other")));
    for format in ["typescript", "csharp", "java", "kotlin", "php"] {
        for spec in ["sets.toml", "nul.toml"] {
            let said = run(&scratch, &["export", format, "--out", "o", "--spec", spec]);
            let why = ["on systems that ignore case", "on Windows"];
            let is_named = why.iter().any(|why| said.err.contains(why));
            assert!(
                !said.success && is_named,
                "{format}: {}{}",
                said.out,
                said.err
            );
            assert!(!scratch.path("o").exists(), "{format}");
        }
    }
    for format in ["c", "python", "typescript", "markdown"] {
        let said = run(
            &scratch,
            &["export", format, "--out", "o", "--spec", "aux.toml"],
        );
        assert!(
            !said.success && said.err.contains("on Windows"),
            "{format}: {}",
            said.err
        );
    }
    // The site has names of its own for them.
    for (at, spec) in ["sets.toml", "aux.toml", "nul.toml"]
        .into_iter()
        .enumerate()
    {
        let out = format!("site{at}");
        succeeds(&run(&scratch, &["site", "--out", &out, "--spec", spec]));
    }
    for (format, why) in [
        ("markdown", "would be written twice"),
        ("python", "two files are called"),
    ] {
        let specs = ["--spec", "acme.toml", "--spec", "same.toml", "--out", "o"];
        let said = run(&scratch, &[&["export", format][..], &specs].concat());
        assert!(!said.success && said.err.contains(why), "{}", said.err);
    }
}

/// The folder of an output is the person's own choice, and its name is printed.
#[test]
fn an_output_folder_may_have_any_name() {
    let scratch = registry();
    for name in [
        "支 付",
        "a\nb",
        "o\u{202e}",
        "\u{1b}]0;owned\u{7}",
        "-o",
        "a;b&c|d",
    ] {
        let out = format!("--out={name}");
        for command in [&["export", "json"][..], &["export", "python"], &["site"]] {
            let said = run(&scratch, &[command, &[out.as_str()]].concat());
            succeeds(&said);
            let text = Said {
                out: said.out.replace('\n', ""),
                ..said
            };
            assert_harmless(&text, name);
        }
        assert!(Path::new(&scratch.path(name)).join("index.html").exists());
    }
    let long = format!("--out={}", "x".repeat(300));
    let said = run(&scratch, &["export", "json", &long]);
    assert!(
        !said.success && said.err.contains("name too long"),
        "{}",
        said.err
    );
}

/// Only documents of the web are asked for, and none inside of the network.
#[test]
fn a_hostile_url_is_not_requested() {
    let scratch = registry();
    let overlay = scratch.read("vendors/pay/overlay.toml");
    for (url, why) in [
        ("file:///etc/passwd", "unsupported URL scheme `file:`"),
        (
            "javascript:alert(1)",
            "unsupported URL scheme `javascript:`",
        ),
        ("ftp://example.org/x", "unsupported URL scheme `ftp:`"),
        ("//example.org/x", "is not a URL"),
        ("https://", "it has no host"),
        ("http://user:secret@example.org/", "it contains a user name"),
        ("http://127.0.0.1/", "private or reserved address"),
        ("http://2130706433/", "private or reserved address"),
        ("http://0x7f.1/", "private or reserved address"),
        ("http://[::1]/", "private or reserved address"),
        ("http://[::ffff:10.0.0.1]/", "private or reserved address"),
        (
            "http://169.254.169.254/latest",
            "private or reserved address",
        ),
        ("http://10.0.0.1/", "private or reserved address"),
        ("http://0.0.0.0/", "private or reserved address"),
        ("https://a\u{202e}b/", "is not a URL"),
        ("https://a b/", "is not a URL"),
    ] {
        let line = format!("schema = 1\nurl = \"{url}\"\n");
        scratch.write(
            "vendors/pay/overlay.toml",
            &overlay.replacen("schema = 1\n", &line, 1),
        );
        for arguments in [&["watch"][..], &["update", "pay"]] {
            assert_refused(&scratch, arguments, why);
        }
        // A page of the site has no link to it.
        if !url.starts_with("http") {
            assert_refused(&scratch, &["regen"], "url");
        }
    }
}
