//! Writes the packages that are measured: each has one enum with a given number of codes.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How the enum is defined.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// No enum: the cost of any build.
    Empty,
    /// `errbook::include_spec!`, with the errbook of a checkout.
    Errbook { checkout: PathBuf },
    /// strum, `num_enum`, thiserror and `derive(Debug)`.
    Derives,
    /// serde, thiserror, tokio and clap with their macros, each used once; with errbook's macro and
    /// derive, or without.
    Application { errbook: Option<PathBuf> },
}

impl Kind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Errbook { .. } => "errbook",
            Self::Derives => "strum + num_enum + thiserror",
            Self::Application { errbook: None } => "application",
            Self::Application { errbook: Some(_) } => "application with errbook",
        }
    }
}

/// Writes a package, and returns its folder.
pub(crate) fn package(folder: &Path, kind: &Kind, codes: usize) -> PathBuf {
    let name = match kind {
        Kind::Empty => "empty".to_owned(),
        Kind::Errbook { checkout } => format!("errbook-{codes}-{}", name_of(checkout)),
        Kind::Derives => format!("derives-{codes}"),
        Kind::Application { errbook: None } => "application".to_owned(),
        Kind::Application {
            errbook: Some(checkout),
        } => {
            format!("application-with-errbook-{codes}-{}", name_of(checkout))
        }
    };
    let package = folder.join(&name);
    let (dependencies, source) = match kind {
        Kind::Empty => (String::new(), String::new()),
        Kind::Errbook { checkout } => {
            write(&package, "spec.toml", &spec(codes));
            (errbook_of(checkout), INCLUDE_SPEC.to_owned())
        }
        Kind::Application { errbook: None } => {
            (APPLICATION_DEPENDENCIES.to_owned(), APPLICATION.to_owned())
        }
        Kind::Application {
            errbook: Some(checkout),
        } => {
            write(&package, "spec.toml", &spec(codes));
            let dependencies = errbook_of(checkout) + APPLICATION_DEPENDENCIES;
            (
                dependencies,
                [APPLICATION, INCLUDE_SPEC, DERIVED_ERROR].concat(),
            )
        }
        Kind::Derives => {
            let dependencies = "num_enum = \"0.7\"\n\
                                strum = { version = \"0.28\", features = [\"derive\"] }\n\
                                thiserror = \"2\"\n";
            (dependencies.to_owned(), derives(codes))
        }
    };
    write(&package, "Cargo.toml", &manifest(&name, &dependencies));
    write(&package, "src/lib.rs", &source);
    package
}

/// A checkout as a part of a package's name.
fn name_of(checkout: &Path) -> String {
    let path = std::fs::canonicalize(checkout).expect("the checkout is there");
    let words: Vec<String> = path
        .iter()
        .skip(1)
        .map(|part| part.to_string_lossy().to_lowercase())
        .collect();
    words.join("-")
}

fn errbook_of(checkout: &Path) -> String {
    format!("errbook = {{ path = {:?} }}\n", checkout.join("runtime"))
}

const INCLUDE_SPEC: &str = "errbook::include_spec! { \"spec.toml\" }\n";

const DERIVED_ERROR: &str = r#"
#[derive(Debug, errbook::ErrorCode)]
pub enum OrderError {
    #[error_code(1, message = "only <left> left")]
    OutOfStock { left: u32 },
    #[error_code(2, message = "the order cannot be saved")]
    Storage(#[from] std::io::Error),
}
"#;

/// The macros that most applications have; a runtime for tokio's, since `tokio::main` needs one.
const APPLICATION_DEPENDENCIES: &str = r#"
clap = { version = "4", features = ["derive"] }
serde = { version = "1", features = ["derive"] }
thiserror = "2"
tokio = { version = "1", features = ["macros", "rt"] }
"#;

const APPLICATION: &str = r#"
#[derive(Debug, clap::Parser)]
pub struct Arguments {
    /// The order to send.
    order: u64,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Order {
    id: u64,
    items: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path} cannot be read")]
    Read { path: String, source: std::io::Error },
}

#[tokio::main(flavor = "current_thread")]
pub async fn run() {}
"#;

/// Writes a file of a package unless it is up to date, because cargo rebuilds changed files.
fn write(package: &Path, file: &str, text: &str) {
    let path = package.join(file);
    if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
        std::fs::create_dir_all(path.parent().expect("it is in the package"))
            .expect("the folder is our own");
        std::fs::write(path, text).expect("the folder is our own");
    }
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [workspace]\n\n[dependencies]\n{dependencies}"
    )
}

/// Writes a package that expands each spec inside the compiler, and logs the seconds of the
/// generator, which cargo builds like any macro, and the bytes of its tables.
pub(crate) fn generator(folder: &Path, sizes: &[usize]) -> PathBuf {
    let package = folder.join("generator");
    let macros = folder.join("timed");
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../macros/codegen");
    let dependencies = format!("errbook-codegen = {{ path = {codegen:?} }}\n");
    write(
        &macros,
        "Cargo.toml",
        &(manifest("timed", &dependencies) + "\n[lib]\nproc-macro = true\n"),
    );
    write(&macros, "src/lib.rs", TIMED);
    write(
        &package,
        "Cargo.toml",
        &manifest("generator", "timed = { path = \"../timed\" }\n"),
    );
    let mut source = String::new();
    for &size in sizes {
        let file = format!("{size}.toml");
        write(&package, &file, &spec(size));
        writeln!(source, "timed::timed! {{ {:?} }}", package.join(file)).unwrap();
    }
    write(&package, "src/lib.rs", &source);
    package
}

const TIMED: &str = r#"
use std::io::Write;

use errbook_codegen::{Options, Source, expand, layouts};
use proc_macro::TokenStream;

/// Expands the spec, and discards the result: only the generator is measured.
#[proc_macro]
pub fn timed(path: TokenStream) -> TokenStream {
    let text = std::fs::read_to_string(path.to_string().trim_matches('"')).unwrap();
    let source = Source::new("spec.toml", &text);
    let seconds = (0..5).map(|_| {
        let start = std::time::Instant::now();
        std::hint::black_box(TokenStream::from(expand(&source, &Options::default()).unwrap()));
        start.elapsed().as_secs_f64()
    });
    let seconds = seconds.fold(f64::INFINITY, f64::min);
    let bytes: usize = layouts(&source).unwrap().iter().map(|layout| layout.bytes).sum();
    let log = std::env::var_os("ERRBOOK_GENERATOR_LOG").unwrap();
    let mut log = std::fs::File::options().create(true).append(true).open(log).unwrap();
    writeln!(log, "{seconds} {bytes}").unwrap();
    TokenStream::new()
}
"#;

/// Codes in runs with holes, as in a typical registry.
fn code(at: usize) -> usize {
    1000 + at + at / 40 * 60 + at / 7
}

fn message(at: usize) -> String {
    let parts = [
        "The request was refused",
        "The image is too dark",
        "No face was found",
        "The name and the number differ",
    ];
    format!(
        "{} (case {at}): please check the input and try again.",
        parts[at % parts.len()]
    )
}

fn spec(codes: usize) -> String {
    let mut spec =
        "schema = 1\nvendor = \"bench\"\nlocale = \"en\"\n[[set]]\nname = \"BenchCode\"\n"
            .to_owned();
    for at in 0..codes {
        write!(
            spec,
            "[[set.code]]\ncode = \"{}\"\nsymbol = \"SYMBOL_OF_CASE_{at}\"\n\
             variant = \"Case{at}\"\n",
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
    let mut source = "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, \
                      strum::IntoStaticStr, strum::EnumIter, strum::EnumMessage, \
                      num_enum::TryFromPrimitive, thiserror::Error)]\n\
                      #[repr(i32)]\npub enum BenchCode {\n"
        .to_owned();
    for at in 0..codes {
        write!(
            source,
            "    /// {}\n    #[strum(serialize = \"SYMBOL_OF_CASE_{at}\")]\n    \
             #[error(\"{}\")]\n    Case{at} = {},\n",
            message(at),
            message(at),
            code(at)
        )
        .unwrap();
    }
    source + "}\n"
}
