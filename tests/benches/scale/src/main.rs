//! Runs the commands of the tool on generated registries of a quarter, half and all of a size, and
//! shows how processor time and memory grow. `write FOLDER VENDORS CODES` only writes a registry,
//! `budgets` counts instructions instead, for CI.

#![forbid(unsafe_code)]

mod budgets;
mod registry;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::Duration;

use registry::Size;

/// One spec with nearly as many codes as a set may have, and a registry of many vendors.
const SIZES: [Size; 2] = [
    Size {
        vendors: 1,
        codes: 60_000,
    },
    Size {
        vendors: 1_000,
        codes: 30,
    },
];

/// What is measured, in this order: a name and the arguments. `old.toml` is the first vendor's spec
/// before its document was updated.
const COMMANDS: &[(&str, &[&str])] = &[
    ("regen, the first", &["regen", "--new"]),
    ("regen --check", &["regen", "--check"]),
    ("stats", &["stats"]),
    ("explain, a number", &["explain", "1071"]),
    ("explain, words", &["explain", "签名无效"]),
    ("names", &["names", "vendor0"]),
    ("names --write", &["names", "vendor0", "--write"]),
    ("kinds", &["kinds"]),
    ("release", &["release"]),
    ("release --check", &["release", "--check"]),
    (
        "update --dry-run",
        &[
            "update",
            "vendor0",
            "new.md",
            "--dry-run",
            "--accept-removals",
        ],
    ),
    (
        "update",
        &["update", "vendor0", "new.md", "--accept-removals"],
    ),
    (
        "diff",
        &[
            "diff",
            "--from",
            "old.toml",
            "--to",
            "vendors/vendor0/spec.toml",
        ],
    ),
    ("site", &["site", "--out", "out/site"]),
    ("export json", &["export", "json"]),
    ("export csv", &["export", "csv"]),
    ("export markdown", &["export", "markdown"]),
    ("export vectors", &["export", "vectors"]),
    ("export po", &["export", "po", "--out", "out/po"]),
    (
        "export typescript",
        &["export", "typescript", "--out", "out/typescript"],
    ),
    ("export c", &["export", "c", "--out", "out/c"]),
    (
        "export csharp",
        &["export", "csharp", "--out", "out/csharp"],
    ),
    ("export go", &["export", "go", "--out", "out/go"]),
    ("export java", &["export", "java", "--out", "out/java"]),
    (
        "export kotlin",
        &["export", "kotlin", "--out", "out/kotlin"],
    ),
    ("export php", &["export", "php", "--out", "out/php"]),
    (
        "export python",
        &["export", "python", "--out", "out/python"],
    ),
    ("export swift", &["export", "swift", "--out", "out/swift"]),
];

/// What a command took.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    megabytes: u64,
    succeeded: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, vendors, codes] => {
            let number = |text: &str| text.parse().expect("a number of vendors or codes");
            let size = Size {
                vendors: number(vendors),
                codes: number(codes),
            };
            registry::write(Path::new(folder), size);
        }
        ["budgets"] if !budgets::hold() => return ExitCode::FAILURE,
        ["budgets"] => {}
        [] => SIZES.into_iter().for_each(|size| measure(size, COMMANDS)),
        wanted => {
            let named = COMMANDS.iter().filter(|(name, _)| {
                wanted.iter().any(|word| name.starts_with(word)) || name.starts_with("regen, ")
            });
            let named: Vec<_> = named.copied().collect();
            SIZES.into_iter().for_each(|size| measure(size, &named));
        }
    }
    ExitCode::SUCCESS
}

/// The tool: `ERRBOOK`, or the release build.
fn tool() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/release/errbook");
    std::env::var_os("ERRBOOK").map_or(built, PathBuf::from)
}

/// Prints a table: for each command the time at a quarter, half and all of the size, the factors
/// between them, and the memory. A factor of 2 is linear, 4 is quadratic.
fn measure(size: Size, commands: &[(&str, &[&str])]) {
    let parts = [4, 2, 1].map(|divisor| size.part(divisor));
    println!("\n| {} | | | | | | |", parts.map(Size::title).join(" / "));
    println!("|---|---:|---:|---:|---:|---:|---:|");
    println!("| command | s | s | s | factor | factor | MB |");
    let folders = parts.map(|part| {
        let name = format!(
            "errbook-scale-{}-{}-{}",
            std::process::id(),
            part.vendors,
            part.codes
        );
        let folder = std::env::temp_dir().join(name);
        registry::write(&folder, part);
        folder
    });
    for (name, arguments) in commands {
        let costs = folders.each_ref().map(|folder| {
            if *name == "update" {
                let spec = folder.join("vendors/vendor0/spec.toml");
                fs::copy(spec, folder.join("old.toml")).expect("`regen` has written it");
            }
            run(folder, arguments)
        });
        let [quarter, half, all] = costs.map(|cost| cost.seconds);
        let failed = costs.iter().any(|cost| !cost.succeeded);
        println!(
            "| {name}{} | {quarter:.2} | {half:.2} | {all:.2} | {:.1} | {:.1} | {} |",
            if failed { " (refused)" } else { "" },
            half / quarter.max(0.01),
            all / half.max(0.01),
            costs[2].megabytes,
        );
    }
    for folder in folders {
        fs::remove_dir_all(folder).expect("the folder is the program's own");
    }
}

/// Runs a command of the tool in a registry: user time as the kernel adds it up for children that
/// were waited for, and the largest memory that was seen.
fn run(folder: &Path, arguments: &[&str]) -> Cost {
    let before = children_seconds();
    let mut child = Command::new(tool())
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool is built: `cargo build --release -p errbook-cli`");
    let mut megabytes = 0;
    let status = loop {
        megabytes = peak_megabytes(child.id()).unwrap_or(0).max(megabytes);
        match child
            .try_wait()
            .expect("the tool is a child of this program")
        {
            Some(status) => break status,
            None => sleep(Duration::from_millis(5)),
        }
    };
    Cost {
        seconds: children_seconds() - before,
        megabytes,
        succeeded: status.success(),
    }
}

/// `cutime` of proc(5): field 16 of /proc/self/stat, in hundredths of a second.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux has it");
    let (_, fields) = stat
        .rsplit_once(')')
        .expect("the name of the program is in parentheses");
    let ticks = fields
        .split_whitespace()
        .nth(13)
        .and_then(|field| field.parse::<f64>().ok());
    ticks.expect("the field is a number") / 100.0
}

fn peak_megabytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}
