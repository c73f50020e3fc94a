//! Hostile documents: the tool reads or refuses each within a time and memory limit.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The limit of virtual memory. About half of it is reserved by the program and its threads, but
/// never used.
const MEMORY_IN_KB: u32 = 600_000;

/// On an idle machine each takes about a second; other tests run beside this one.
const TIME: Duration = Duration::from_secs(20);

#[test]
fn hostile_documents_are_read_or_refused_soon_and_in_little_memory() {
    let nested = |open: &str, close: &str, times: usize| open.repeat(times) + &close.repeat(times);
    let mut list = String::new();
    for depth in 0..1000 {
        let _ = writeln!(list, "{}- x", "  ".repeat(depth));
    }
    let aliases: String = ('b'..='j')
        .zip('a'..)
        .map(|(name, of)| {
            format!(
                "{name}: &{name} [{}]\n",
                vec![format!("*{of}"); 9].join(",")
            )
        })
        .collect();
    let entities: String = ('b'..='m')
        .zip('a'..)
        .map(|(name, of)| format!("<!ENTITY {name} \"&{of};&{of};&{of};\">"))
        .collect();
    let row = "<tr><th>Code<th>Message</tr>";
    let files = [
        (
            "columns.md",
            format!(
                "|{0}\n|{1}\n|{0}\n",
                " 1 |".repeat(50_000),
                "---|".repeat(50_000)
            ),
        ),
        ("list.md", list),
        ("quotes.md", ">".repeat(20_000) + " x\n"),
        ("emphasis.md", "*a **".repeat(20_000)),
        ("brackets.md", nested("[", "]", 30_000)),
        ("links.md", "[a](".repeat(20_000)),
        (
            "divs.html",
            nested("<div>", "", 30_000) + &format!("<table>{row}<tr><td>1<td>one</table>"),
        ),
        ("tables.html", "<table><tr><td>".repeat(5_000)),
        (
            "spans.html",
            format!(
                "<table>{row}<tr>{}</table>",
                "<td rowspan=65534 colspan=1000>1".repeat(1_000)
            ),
        ),
        (
            "rows.html",
            format!(
                "<table>{row}<tr><td rowspan=65534>1<td>x{}</table>",
                "<tr>".repeat(20_000)
            ),
        ),
        (
            "entities.html",
            format!(
                "<!DOCTYPE x [<!ENTITY a \"aaaa\">{entities}]><table>{row}<tr><td>1<td>&m;</table>"
            ),
        ),
        ("arrays.json", "[".repeat(50_000)),
        (
            "objects.json",
            "{\"a\":".repeat(30_000) + "1" + &"}".repeat(30_000),
        ),
        (
            "aliases.yaml",
            format!("a: &a [x,x,x,x,x,x,x,x,x]\n{aliases}"),
        ),
        ("large.md", "x".repeat(errbook_ingest::LARGEST + 1)),
    ];
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let start = Instant::now();
        let said = limited(&file);
        let took = start.elapsed();
        let errors = String::from_utf8_lossy(&said.stderr);
        // 101 is a panic, and a signal an overflow of the stack.
        assert!(
            matches!(said.status.code(), Some(0 | 1)),
            "{name}: {}: {errors}",
            said.status
        );
        assert!(took < TIME, "{name} took {took:?}");
        let has_code = ["divs.html", "rows.html", "entities.html"].contains(&name);
        assert_eq!(said.status.success(), has_code, "{name}: {errors}");
    }
}

/// Runs `extract` with a limit on its memory.
fn limited(file: &Path) -> std::process::Output {
    let script = format!("ulimit -v {MEMORY_IN_KB}; exec \"$0\" extract \"$1\"");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_errbook")])
        .arg(file)
        .output()
        .unwrap()
}
