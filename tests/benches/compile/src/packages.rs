//! Writes a package whose one enum has so many codes.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What the enum is made with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// No enum: what a build costs anyway.
    Empty,
    /// `errbook::include_spec!`.
    Errbook,
    /// strum, `num_enum`, thiserror and `derive(Debug)`.
    Derives,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Errbook => "errbook",
            Self::Derives => "strum + num_enum + thiserror",
        }
    }
}

/// Writes it and says where it is.
pub(crate) fn package(folder: &Path, kind: Kind, codes: usize) -> PathBuf {
    let name = format!("{kind:?}-{codes}").to_lowercase();
    let package = folder.join(&name);
    let (dependencies, source) = match kind {
        Kind::Empty => (String::new(), String::new()),
        Kind::Errbook => {
            write(&package, "spec.toml", &spec(codes));
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../runtime");
            let dependency = format!("errbook = {{ path = {path:?} }}\n");
            (dependency, "errbook::include_spec! { \"spec.toml\" }\n".to_owned())
        }
        Kind::Derives => {
            let dependencies =
                "num_enum = \"0.7\"\nstrum = { version = \"0.28\", features = [\"derive\"] }\nthiserror = \"2\"\n";
            (dependencies.to_owned(), derives(codes))
        }
    };
    write(&package, "Cargo.toml", &manifest(&name, &dependencies));
    write(&package, "src/lib.rs", &source);
    package
}

/// Writes a file of a package, unless it is there: cargo builds what is new only.
fn write(package: &Path, file: &str, text: &str) {
    let path = package.join(file);
    if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
        std::fs::create_dir_all(path.parent().expect("it is in the package")).expect("the folder is our own");
        std::fs::write(path, text).expect("the folder is our own");
    }
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}"
    )
}

/// Writes a program that says for each spec how many seconds the generator takes over it, and how many bytes its tables
/// take. Its profile is the one that cargo builds macros in.
pub(crate) fn generator(folder: &Path, sizes: &[usize]) -> (PathBuf, Vec<PathBuf>) {
    let package = folder.join("generator");
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../macros/codegen");
    write(&package, "Cargo.toml", &manifest("generator", &format!("errbook-codegen = {{ path = {codegen:?} }}\n")));
    write(&package, "src/main.rs", GENERATOR);
    let specs = sizes.iter().map(|&size| {
        let file = format!("{size}.toml");
        write(&package, &file, &spec(size));
        package.join(file)
    });
    let specs = specs.collect();
    (package, specs)
}

const GENERATOR: &str = r#"
use errbook_codegen::place::Source;
use errbook_codegen::{Options, expand, layouts};

fn main() {
    for path in std::env::args().skip(1) {
        let source = Source::new("spec.toml", &std::fs::read_to_string(path).unwrap());
        let seconds = (0..5).map(|_| {
            let start = std::time::Instant::now();
            std::hint::black_box(expand(&source, &Options::default()).unwrap());
            start.elapsed().as_secs_f64()
        });
        let seconds = seconds.fold(f64::INFINITY, f64::min);
        let bytes: usize = layouts(&source).unwrap().iter().map(|layout| layout.bytes).sum();
        println!("{seconds} {bytes}");
    }
}
"#;

/// Codes in runs with holes between them, as registries have them.
fn code(at: usize) -> usize {
    1000 + at + at / 40 * 60 + at / 7
}

fn message(at: usize) -> String {
    let parts =
        ["The request was refused", "The image is too dark", "No face was found", "The name and the number differ"];
    format!("{} (case {at}): please check the input and try again.", parts[at % parts.len()])
}

fn spec(codes: usize) -> String {
    let mut spec = "schema = 1\nvendor = \"bench\"\nlocale = \"en\"\n[[set]]\nname = \"BenchCode\"\n".to_owned();
    for at in 0..codes {
        write!(
            spec,
            "[[set.code]]\ncode = \"{}\"\nsymbol = \"SYMBOL_OF_CASE_{at}\"\nvariant = \"Case{at}\"\n",
            code(at)
        )
        .unwrap();
        write!(
            spec,
            "message.en = \"{}\"\nbilling = \"{}\"\n",
            message(at),
            if at % 3 == 0 { "billed" } else { "free" }
        )
        .unwrap();
    }
    spec
}

fn derives(codes: usize) -> String {
    let mut source = "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::EnumIter, strum::EnumMessage, num_enum::TryFromPrimitive, thiserror::Error)]\n#[repr(i32)]\npub enum BenchCode {\n".to_owned();
    for at in 0..codes {
        write!(
            source,
            "    /// {}\n    #[strum(serialize = \"SYMBOL_OF_CASE_{at}\")]\n    #[error(\"{}\")]\n    Case{at} = {},\n",
            message(at),
            message(at),
            code(at)
        )
        .unwrap();
    }
    source + "}\n"
}
