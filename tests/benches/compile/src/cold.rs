//! Builds packages from nothing, in turn, and prints the wall time and processor time of each
//! build, and the processor time of the crates that one package has and another does not have.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::packages::{Kind, package};

/// An odd number, so that there is a median. Whole builds vary by a tenth from one to the next.
const ROUNDS: usize = 7;

/// One build of a package with all its dependencies.
struct Build {
    /// Wall time.
    seconds: f64,
    /// Processor time of cargo, rustc, the linker and the build scripts.
    cpu: f64,
    /// Processor time that rustc and the linker spent on each crate, by its name.
    crates: BTreeMap<String, f64>,
}

/// A package that is built once a round.
struct Candidate {
    name: String,
    package: PathBuf,
    builds: Vec<Build>,
}

impl Candidate {
    fn new(name: &str, package: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            package,
            builds: Vec::new(),
        }
    }

    /// The processor time spent on crates that are not in `base`, in each round.
    fn added(&self, base: &Self) -> Vec<f64> {
        let rounds = self.builds.iter().zip(&base.builds);
        rounds
            .map(|(ours, base)| {
                let added = ours
                    .crates
                    .iter()
                    .filter(|(name, _)| !base.crates.contains_key(*name));
                added.map(|(_, cpu)| cpu).sum()
            })
            .collect()
    }
}

/// errbook alone, next to strum, `num_enum` and thiserror.
pub(crate) fn alone(folder: &Path) {
    let mut candidates = Vec::new();
    for (name, checkout) in checkouts() {
        candidates.push(Candidate::new(
            &name,
            package(folder, &Kind::Errbook { checkout }, 10),
        ));
    }
    let derives = Kind::Derives;
    candidates.push(Candidate::new(
        derives.name(),
        package(folder, &derives, 10),
    ));
    build_in_turn(&mut candidates, folder);
    let (derives, ours) = candidates
        .split_last()
        .expect("the derives were added last");
    println!("| cold build | wall, s | CPU, s | wall, of the derives | CPU, of the derives |");
    println!("|---|---:|---:|---:|---:|");
    for candidate in ours.iter().chain([derives]) {
        let rounds = || candidate.builds.iter().zip(&derives.builds);
        println!(
            "| {} | {} | {} | {} | {} |",
            candidate.name,
            spread(candidate.builds.iter().map(|build| build.seconds).collect()),
            spread(candidate.builds.iter().map(|build| build.cpu).collect()),
            spread(
                rounds()
                    .map(|(ours, derives)| ours.seconds / derives.seconds)
                    .collect()
            ),
            spread(
                rounds()
                    .map(|(ours, derives)| ours.cpu / derives.cpu)
                    .collect()
            ),
        );
    }
}

/// What errbook adds to an application that has serde, thiserror, tokio and clap, with their
/// macros.
pub(crate) fn in_application(folder: &Path) {
    let without = Kind::Application { errbook: None };
    let mut candidates = vec![Candidate::new(
        without.name(),
        package(folder, &without, 10),
    )];
    for (name, checkout) in checkouts() {
        let with = Kind::Application {
            errbook: Some(checkout),
        };
        candidates.push(Candidate::new(&name, package(folder, &with, 10)));
    }
    build_in_turn(&mut candidates, folder);
    let (base, others) = candidates
        .split_first()
        .expect("the application was added first");
    println!("| cold build | wall, s | more | CPU, s | more | CPU of the added crates, s |");
    println!("|---|---:|---:|---:|---:|---:|");
    for candidate in [base].into_iter().chain(others) {
        let rounds = || candidate.builds.iter().zip(&base.builds);
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            candidate.name,
            spread(candidate.builds.iter().map(|build| build.seconds).collect()),
            spread(
                rounds()
                    .map(|(ours, base)| ours.seconds - base.seconds)
                    .collect()
            ),
            spread(candidate.builds.iter().map(|build| build.cpu).collect()),
            spread(rounds().map(|(ours, base)| ours.cpu - base.cpu).collect()),
            spread(candidate.added(base)),
        );
    }
    for candidate in others {
        println!(
            "\n| crate that {} adds | CPU, s |\n|---|---:|",
            candidate.name
        );
        for name in candidate.builds[0].crates.keys() {
            if !base.builds[0].crates.contains_key(name) {
                let cpu = candidate
                    .builds
                    .iter()
                    .filter_map(|build| build.crates.get(name));
                println!("| {name} | {} |", spread(cpu.copied().collect()));
            }
        }
    }
}

/// This checkout, and those that `ERRBOOK_COMPILE_CHECKOUTS` names, separated by colons: a change
/// is measured against the state before it in the same rounds.
fn checkouts() -> Vec<(String, PathBuf)> {
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut checkouts = vec![("with errbook".to_owned(), this)];
    let others = std::env::var_os("ERRBOOK_COMPILE_CHECKOUTS").unwrap_or_default();
    // Splitting an empty value gives one empty path.
    let others = std::env::split_paths(&others).filter(|path| !path.as_os_str().is_empty());
    for path in others {
        checkouts.push((format!("with errbook of {}", path.display()), path));
    }
    checkouts
}

fn build_in_turn(candidates: &mut [Candidate], folder: &Path) {
    let log = folder.join("crates.log");
    for candidate in candidates.iter() {
        // Downloads are not part of a build.
        let mut cargo = Command::new("cargo");
        cargo
            .args(["fetch", "--quiet"])
            .current_dir(&candidate.package);
        assert!(
            cargo.status().is_ok_and(|status| status.success()),
            "dependencies download"
        );
    }
    for _ in 0..ROUNDS {
        for candidate in candidates.iter_mut() {
            let build = build_from_nothing(&candidate.package, &folder.join("cold"), &log);
            candidate.builds.push(build);
        }
    }
}

/// Builds a package with errbook, which is a path dependency here, as cargo builds a crate from a
/// registry: not incrementally and without lints.
fn build_from_nothing(package: &Path, target: &Path, log: &Path) -> Build {
    let _ = std::fs::remove_dir_all(target);
    std::fs::write(log, "").expect("the log is in our own folder");
    let this = std::env::current_exe().expect("the program has a path");
    let cpu_before = cpu_of_children();
    let start = Instant::now();
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--offline"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "--cap-lints=allow")
        .env("RUSTC_WRAPPER", this)
        .env("ERRBOOK_COMPILE_CRATES", log);
    assert!(
        cargo.status().is_ok_and(|status| status.success()),
        "the package builds"
    );
    let seconds = start.elapsed().as_secs_f64();
    let cpu = cpu_of_children() - cpu_before;
    let mut crates = BTreeMap::new();
    for line in std::fs::read_to_string(log)
        .expect("rustc was wrapped")
        .lines()
    {
        let (name, cpu) = line.split_once(' ').expect("a crate and its time");
        *crates.entry(name.to_owned()).or_default() += cpu.parse::<f64>().expect("a number");
    }
    Build {
        seconds,
        cpu,
        crates,
    }
}

/// Runs rustc instead of cargo, and adds the crate with its processor time to the log.
pub(crate) fn run_rustc(log: &Path, arguments: &[String]) -> ExitCode {
    let mut rustc = Command::new(&arguments[0]);
    let status = rustc
        .args(&arguments[1..])
        .status()
        .expect("cargo knows where rustc is");
    let at = arguments
        .iter()
        .position(|argument| argument == "--crate-name");
    if let Some(name) = at.and_then(|at| arguments.get(at + 1)) {
        // Build scripts have one name in all packages.
        if name != "build_script_build" && name != "___" {
            let line = format!("{name} {:.2}\n", cpu_of_children());
            let mut log = std::fs::File::options()
                .append(true)
                .open(log)
                .expect("it was created");
            log.write_all(line.as_bytes())
                .expect("the log is in our own folder");
        }
    }
    ExitCode::from(u8::from(!status.success()))
}

/// Processor time, in seconds, of all child processes that have ended.
fn cpu_of_children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux has it");
    // The program's name, in parentheses, may contain spaces. `cutime` and `cstime` are the 16th
    // and 17th field of the line, and the 14th and 15th after the name.
    let (_, fields) = stat.rsplit_once(") ").expect("the name is in parentheses");
    let ticks = fields.split(' ').skip(13).take(2);
    let ticks: u64 = ticks
        .map(|field| field.parse::<u64>().expect("a number"))
        .sum();
    // A tick is 10 ms on every Linux that Rust runs on (`getconf CLK_TCK`).
    ticks as f64 / 100.0
}

/// The median, with the minimum and the maximum in parentheses.
fn spread(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    let median = values[values.len() / 2];
    format!(
        "{median:.2} ({:.2}–{:.2})",
        values[0],
        values[values.len() - 1]
    )
}
