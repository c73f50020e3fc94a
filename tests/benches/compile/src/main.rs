//! Measures compile times: writes packages of 1,000 to 60,000 codes, builds their dependencies,
//! then measures the time and peak memory of rustc for each package alone.
//!
//! `cargo run --release -- [own|small|large|macro|cold|application|rustdoc]`; all of them by
//! default. `own` is errbook, `small` adds the derives, `large` adds 60,000 codes of errbook,
//! `macro` is the generator alone, `cold` builds errbook and the derives from nothing,
//! `application` measures what errbook adds to the build of an application with serde, thiserror,
//! tokio and clap, and `rustdoc` documents the five vendors.
//!
//! cargo calls this program instead of rustc (`RUSTC_WORKSPACE_WRAPPER`), so that the time is that
//! of rustc alone.

#![forbid(unsafe_code)]

mod cold;
mod packages;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use self::packages::{Kind, package};

/// The measured rounds of a package, after one that fills the caches.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if let Some(log) = std::env::var_os("ERRBOOK_COMPILE_LOG") {
        return run_rustc(Path::new(&log), &arguments.collect::<Vec<_>>());
    }
    if let Some(log) = std::env::var_os("ERRBOOK_COMPILE_CRATES") {
        return cold::run_rustc(Path::new(&log), &arguments.collect::<Vec<_>>());
    }
    let wanted = arguments.next();
    let wants = |part: &str| wanted.as_deref().is_none_or(|wanted| wanted == part);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packages");
    if ["own", "small", "large"].into_iter().any(wants) {
        let sizes: &[usize] = if wants("large") {
            &[1_000, 10_000, 60_000]
        } else {
            &[1_000, 10_000]
        };
        // Above 10,000 codes the derives need more memory than most machines have.
        let derives = sizes
            .iter()
            .copied()
            .filter(|&size| wants("small") && size <= 10_000)
            .collect();
        measure_codes(&folder, sizes, derives);
    }
    if wants("macro") {
        measure_generator(&folder);
    }
    if wants("cold") {
        cold::alone(&folder);
    }
    if wants("application") {
        cold::in_application(&folder);
    }
    if wants("rustdoc") {
        measure_rustdoc();
    }
    ExitCode::SUCCESS
}

/// Runs rustc, and logs its time and peak memory.
fn run_rustc(log: &Path, arguments: &[String]) -> ExitCode {
    let start = Instant::now();
    let mut child = Command::new(&arguments[0])
        .args(&arguments[1..])
        .spawn()
        .expect("cargo knows where rustc is");
    let [status, stat] = ["status", "stat"].map(|file| format!("/proc/{}/{file}", child.id()));
    let mut peak = 0;
    let mut ticks = 0;
    let done = loop {
        if let Some(done) = child.try_wait().expect("rustc is our child") {
            break done;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line
            .and_then(|line| line.split_whitespace().next()?.parse().ok())
            .unwrap_or(peak)
            .max(peak);
        // After the name of the program: the state, and eleven fields later the ticks in user mode
        // and in the kernel.
        let text = std::fs::read_to_string(&stat).unwrap_or_default();
        let fields = text
            .rsplit_once(") ")
            .map_or("", |(_, fields)| fields)
            .split(' ')
            .skip(11)
            .take(2);
        ticks = fields
            .filter_map(|field| field.parse::<u64>().ok())
            .sum::<u64>()
            .max(ticks);
        std::thread::sleep(Duration::from_millis(2));
    };
    if arguments.iter().any(|argument| argument == "--crate-name") {
        std::fs::write(
            log,
            format!("{} {} {peak}", start.elapsed().as_millis(), ticks * 10),
        )
        .expect("the log is ours");
    }
    ExitCode::from(u8::from(!done.success()))
}

/// The time and memory of rustc for a package.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Wall time.
    seconds: f64,
    /// Processor time, which is more reliable if the machine has other load.
    cpu: f64,
    /// Peak memory.
    megabytes: f64,
}

/// Medians for a package whose dependencies are built. `None` if the build fails.
fn measure(package: &Path, profile: &str) -> Option<Cost> {
    let log = package.join("log");
    let mut rounds = Vec::new();
    for _ in 0..=ROUNDS {
        // Touches the source, so that cargo builds the package again, and nothing else.
        let source = package.join("src/lib.rs");
        let text = std::fs::read(&source).expect("it was just written");
        std::fs::write(&source, text).expect("it was just written");
        let mut cargo = Command::new("cargo");
        cargo
            .args(["build", "--quiet"])
            .args((profile == "release").then_some("--release"))
            .current_dir(package);
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe().ok()?)
            .env("ERRBOOK_COMPILE_LOG", &log);
        cargo
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "")
            .env("CARGO_TARGET_DIR", package.parent()?.join("target"));
        if !cargo.status().ok()?.success() {
            return None;
        }
        let text = std::fs::read_to_string(&log).ok()?;
        let mut fields = text
            .split(' ')
            .filter_map(|field| field.parse::<f64>().ok());
        rounds.push(Cost {
            seconds: fields.next()? / 1000.0,
            cpu: fields.next()? / 1000.0,
            megabytes: fields.next()? / 1024.0,
        });
        // Long builds vary little, so one round is enough.
        if rounds[0].seconds > 5.0 {
            break;
        }
    }
    // The first round fills the caches, and does not count if there are others.
    let from = usize::from(rounds.len() > 1);
    let median = |of: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = rounds[from..].iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let megabytes = rounds
        .iter()
        .map(|round| round.megabytes)
        .fold(0.0, f64::max);
    Some(Cost {
        seconds: median(|round| round.seconds),
        cpu: median(|round| round.cpu),
        megabytes,
    })
}

fn measure_codes(folder: &Path, sizes: &[usize], derives: Vec<usize>) {
    println!(
        "| package | codes | dev, s | CPU s | MB | release, s | CPU s | MB |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|"
    );
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let empty = (Kind::Empty, 0);
    let errbook = sizes.iter().map(|&size| {
        (
            Kind::Errbook {
                checkout: checkout.clone(),
            },
            size,
        )
    });
    let derives = derives.into_iter().map(|size| (Kind::Derives, size));
    for (kind, size) in std::iter::once(empty).chain(errbook).chain(derives) {
        let package = package(folder, &kind, size);
        let cells = ["dev", "release"].map(|profile| {
            measure(&package, profile).map_or_else(
                || "– | – | –".to_owned(),
                |cost| {
                    format!(
                        "{:.2} | {:.2} | {:.0}",
                        cost.seconds, cost.cpu, cost.megabytes
                    )
                },
            )
        });
        println!("| {} | {size} | {} |", kind.name(), cells.join(" | "));
    }
}

/// The time of the generator inside the compiler, without optimisation, and the bytes of its
/// tables. Both should grow linearly with the number of codes.
fn measure_generator(folder: &Path) {
    const SIZES: [usize; 5] = [1_000, 3_000, 10_000, 30_000, 60_000];
    let package = packages::generator(folder, &SIZES);
    let target = folder.join("generator-target");
    let log = folder.join("generator.log");
    // Neither exists in the first run.
    let _ = std::fs::remove_dir_all(&target);
    let _ = std::fs::remove_file(&log);
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet"])
        .current_dir(&package)
        .env("RUSTFLAGS", "");
    cargo
        .env("CARGO_TARGET_DIR", &target)
        .env("ERRBOOK_GENERATOR_LOG", &log);
    assert!(
        cargo.status().is_ok_and(|status| status.success()),
        "the package builds"
    );
    let text = std::fs::read_to_string(&log).expect("the macro has written it");
    println!(
        "| the generator alone, unoptimised: codes | s | µs per code | bytes of tables per code |\n\
         |---:|---:|---:|---:|"
    );
    for (size, line) in SIZES.iter().zip(text.lines()) {
        let mut numbers = line
            .split(' ')
            .map(|number| number.parse::<f64>().expect("a number"));
        let seconds = numbers.next().unwrap_or_default();
        let bytes = numbers.next().unwrap_or_default();
        let codes = *size as f64;
        println!(
            "| {size} | {seconds:.3} | {:.1} | {:.1} |",
            seconds / codes * 1e6,
            bytes / codes
        );
    }
}

/// The time of rustdoc for the five vendors, with their dependencies built.
fn measure_rustdoc() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let source = root.join("codes/src/lib.rs");
    let doc = || {
        let text = std::fs::read(&source).expect("the crate is there");
        std::fs::write(&source, text).expect("the crate is there");
        let start = Instant::now();
        let mut cargo = Command::new("cargo");
        cargo
            .args(["doc", "--quiet", "--no-deps", "--package", "errbook-codes"])
            .current_dir(&root)
            .env("RUSTFLAGS", "");
        assert!(
            cargo.status().is_ok_and(|status| status.success()),
            "the documentation builds"
        );
        start.elapsed().as_secs_f64()
    };
    doc();
    println!("rustdoc of the five vendors: {:.2} s", doc());
}
