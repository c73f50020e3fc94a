//! Counts the instructions of each lookup with callgrind and the bytes of each table, and compares
//! them with `counts.txt`. `--bless` updates that file.
//!
//! The program runs itself under valgrind with the argument `work`, which runs the counted loops.

#![forbid(unsafe_code)]

mod callgrind;
mod work;

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use errbook_codegen::{Source, layouts};

const VENDORS: [&str; 5] = [
    "idverify-gateway",
    "megvii-faceid",
    "tencent-faceid-sdk",
    "tencent-huiyan",
    "tencent-kyc",
];

/// The first line of `counts.txt`.
const HEADER: &str =
    "# Written by `cargo run --release -- --bless` in tests/benches/counts; do not edit.\n";

/// A difference of up to this many instructions may come from another version of the compiler, and
/// is not a regression.
const LEEWAY: f64 = 0.6;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("work") {
        work::all();
        return ExitCode::SUCCESS;
    }
    let Some(instructions) = count_instructions() else {
        return ExitCode::FAILURE;
    };
    let now = format!("{instructions}{}", count_bytes());
    let missed = missed_goals(&instructions);
    for goal in &missed {
        println!("{goal}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt");
    if argument.as_deref() == Some("--bless") {
        std::fs::write(&path, format!("{HEADER}{now}")).expect("the folder is the package's own");
        return ExitCode::SUCCESS;
    }
    let pinned = std::fs::read_to_string(&path).unwrap_or_default();
    if missed.is_empty() {
        compare(&pinned, &now)
    } else {
        ExitCode::FAILURE
    }
}

/// The lookups that take more instructions than `PERFORMANCE.md` promises.
fn missed_goals(instructions: &str) -> Vec<String> {
    let counts: Vec<(&str, f64)> = instructions
        .lines()
        .filter_map(|line| {
            let (name, count) = line.strip_prefix("instructions ")?.split_once(' ')?;
            Some((name, count.parse().ok()?))
        })
        .collect();
    let goals = counts.iter().map(|(name, count)| {
        let most = match name.rsplit_once("::") {
            // Its aliases are numbers, so the number of a code is not its index.
            Some(("bank_card_code", "from_code")) => 10.0,
            Some((_, "from_code")) => 5.0,
            Some((_, "code" | "billing")) => 2.0,
            _ => f64::INFINITY,
        };
        (name, count, most)
    });
    // Counts are rounded to a tenth.
    let missed = goals.filter(|(_, count, most)| **count > most + 0.1);
    missed
        .map(|(name, count, most)| {
            format!("{name} takes {count} instructions; the goal is at most {most}")
        })
        .collect()
}

/// A line for each lookup: the instructions without those of the loop. `None` if valgrind fails.
fn count_instructions() -> Option<String> {
    let program = std::env::current_exe().expect("the path of the program is known");
    let folder = program.parent().expect("a program is in a folder");
    let out = folder.join("callgrind.out");
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--quiet", "--collect-jumps=no"]);
    command
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(&program)
        .arg("work");
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => {
            eprintln!("valgrind failed: {status}");
            return None;
        }
        Err(error) => {
            eprintln!(
                "cannot run valgrind: {error}\ninstall it with `apt-get install valgrind` or \
                 `dnf install valgrind`"
            );
            return None;
        }
    }
    let profile = std::fs::read_to_string(&out).expect("callgrind has written it");
    let costs = callgrind::inclusive(&profile);
    let instructions = |name: &str| {
        let function = format!("{name}::run");
        let cost = costs
            .iter()
            .find(|(known, _)| known.ends_with(&function))
            .map(|(_, cost)| *cost);
        cost.unwrap_or_else(|| panic!("{function} was not counted")) as f64 / work::QUERIES as f64
    };
    // The empty loop has one addition, which is not part of the cost of a loop.
    let nothing = instructions("nothing") - 1.0;
    let mut lines = String::new();
    for name in work::NAMES {
        writeln!(
            lines,
            "instructions {name} {:.1}",
            instructions(name) - nothing
        )
        .unwrap();
    }
    Some(lines)
}

/// A line for each table: its bytes.
fn count_bytes() -> String {
    let mut lines = String::new();
    for vendor in VENDORS {
        let path = format!(
            "{}/../../../codes/vendors/{vendor}/spec.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for layout in
            layouts(&Source::new(&path, &text)).unwrap_or_else(|problems| panic!("{problems}"))
        {
            writeln!(
                lines,
                "bytes {}.{} {}",
                layout.set, layout.table, layout.bytes
            )
            .unwrap();
        }
    }
    lines
}

/// Fails if a count increased, and reports counts that decreased.
fn compare(pinned: &str, now: &str) -> ExitCode {
    let number = |line: &str| {
        line.rsplit_once(' ')
            .filter(|_| !line.starts_with('#'))
            .and_then(|(name, number)| Some((name.to_owned(), number.parse::<f64>().ok()?)))
    };
    let pinned: Vec<(String, f64)> = pinned.lines().filter_map(number).collect();
    let mut failed = false;
    for (name, count) in now.lines().filter_map(number) {
        let leeway = if name.starts_with("instructions") {
            LEEWAY
        } else {
            0.0
        };
        match pinned.iter().find(|(known, _)| *known == name) {
            Some((_, before)) if count > before + leeway => {
                println!("{name}: {count}, was {before}");
                failed = true;
            }
            Some((_, before)) if count < before - leeway => {
                println!("{name}: {count}, was {before}; update counts.txt with --bless")
            }
            Some(_) => {}
            None => {
                println!("{name}: {count}, not in counts.txt");
                failed = true;
            }
        }
    }
    if failed {
        println!("counts increased; if that is intended, run `cargo run --release -- --bless`");
        return ExitCode::FAILURE;
    }
    println!("{} counts match counts.txt", pinned.len());
    ExitCode::SUCCESS
}
