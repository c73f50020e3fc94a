//! Builds programs that use a generated enum, and checks which texts and relocations are in them.

#![cfg(all(target_os = "linux", target_pointer_width = "64"))]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_codegen::{Options, expand, layouts};
use errbook_spec::place::Source;

use crate::workspace::root;

const DECODE: &str = "std::process::exit(C::from_code(number).is_some().into())";
const ENGLISH: &str =
    "println!(\"{}\", C::from_code(number).map_or(\"\", |code| code.message(Locale::EN)))";
const ANY: &str = "let locale = text.parse().unwrap_or(Locale::EN);
    println!(\"{}\", C::from_code(number).map_or(\"\", |code| code.message(locale)))";

/// Looks up every code, its neighbours and 100,000 other numbers, and compares the results with a
/// `BTreeMap`. Then looks up every symbol, and strings that differ from it in one character.
const FIND: &str = r#"
    let known: std::collections::BTreeMap<i32, C> =
        C::ALL.iter().map(|code| (code.code(), *code)).collect();
    assert_eq!(known.len(), C::ALL.len());
    let near = known.keys().flat_map(|code| [code.wrapping_sub(1), *code, code.wrapping_add(1)]);
    let scattered = (0..100_000_i32).map(|at| at.wrapping_mul(0x61C8_8647));
    for number in near.chain(scattered) {
        assert_eq!(C::from_code(number), known.get(&number).copied(), "{number}");
    }
    let symbols: std::collections::BTreeSet<&str> =
        C::ALL.iter().filter_map(|code| code.symbol()).collect();
    assert_eq!(symbols.len(), C::ALL.len());
    for code in C::ALL {
        let symbol = code.symbol().unwrap();
        assert_eq!(C::from_symbol(symbol), Some(*code));
        for near in [
            format!("{symbol}~"),
            symbol.replacen('M', "N", 1),
            symbol[1..].to_owned(),
            symbol.replacen('1', "2", 1),
        ] {
            assert_eq!(C::from_symbol(&near).is_some(), symbols.contains(near.as_str()), "{near}");
        }
    }"#;

/// Builds a program for each `main` with a set of `codes` codes. Returns their paths.
fn build_programs(codes: u32, spec: &str, mains: &[&str]) -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("programs-{codes}"));
    let bins = package.join("src/bin");
    std::fs::create_dir_all(&bins).unwrap();
    let rust = expand(&Source::new("spec.toml", spec), &Options::default()).unwrap();
    std::fs::write(package.join("src/codes.rs"), rust.to_string()).unwrap();
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"programs-{codes}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [workspace]\n[dependencies]\nerrbook = {{ path = \"{}\", default-features = false }}\n",
        runtime.display()
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    for (at, main) in mains.iter().enumerate() {
        let source = format!(
            "#![allow(unused_imports, unused_variables, dead_code)]\n#![forbid(unsafe_code)]\n\
             include!(\"../codes.rs\");\nuse errbook::Locale;\n\
             fn main() {{\n\
             let text = std::env::args().nth(1).unwrap_or_default();\n\
             let number = text.len() as i32;\n{main} }}\n"
        );
        std::fs::write(bins.join(format!("program-{codes}-{at}.rs")), source).unwrap();
    }
    let release = build_package(&package);
    (0..mains.len())
        .map(|at| release.join(format!("program-{codes}-{at}")))
        .collect()
}

/// The bytes of the programs that [`build_programs`] builds for [`trilingual_spec`].
fn program_bytes(codes: u32, mains: &[&str]) -> Vec<Vec<u8>> {
    build_programs(codes, &trilingual_spec(codes), mains)
        .iter()
        .map(|program| std::fs::read(program).unwrap())
        .collect()
}

/// Builds a package in a target folder that all packages share. Returns the folder of its programs.
fn build_package(package: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
    let mut cargo = Command::new(std::env::var("CARGO").unwrap());
    cargo
        .args(["build", "--release", "--offline", "--quiet"])
        .current_dir(package);
    let cargo = cargo
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-C relocation-model=pie");
    assert!(cargo.status().unwrap().success());
    target.join("release")
}

/// A spec of codes that each have a number, a symbol and further lines.
fn spec_of(codes: u32, each: impl Fn(u32) -> (u32, String, String)) -> String {
    let mut spec =
        "schema = 1\nvendor = \"v\"\nlocale = \"de\"\n[[set]]\nname = \"C\"\n".to_owned();
    for at in 0..codes {
        let (code, symbol, lines) = each(at);
        let code = code.cast_signed();
        write!(
            spec,
            "[[set.code]]\ncode = \"{code}\"\nvariant = \"V{at}\"\nsymbol = \"{symbol}\"\n{lines}"
        )
        .unwrap();
    }
    spec
}

/// Codes with messages in three languages.
fn trilingual_spec(codes: u32) -> String {
    spec_of(codes, |at| {
        let messages = format!(
            "message.de = \"Deutsch {at}.\"\nmessage.en = \"English {at}.\"\n\
             message.fr = \"Francais {at}.\"\n"
        );
        (at * 37 % 10_007 + at / 7, format!("SYMBOL_{at}"), messages)
    })
}

/// Numbers in groups of 200, like the HRESULTs of several facilities.
fn grid_spec(codes: u32) -> String {
    let code = |at| 0x8000_0000 + at / 200 * 0x1_0000 + at % 200;
    spec_of(codes, |at| (code(at), format!("EM{at:05}"), String::new()))
}

/// Numbers that are spread over all 32 bits.
fn sparse_spec(codes: u32) -> String {
    spec_of(codes, |at| {
        (
            at.wrapping_mul(0x9E37_79B1),
            format!("SYMBOL_{at}"),
            String::new(),
        )
    })
}

fn contains_text(program: &[u8], text: &str) -> bool {
    program
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// Counts the relocations in a 64-bit little-endian ELF file: the entries, of 24 bytes each, of all
/// sections of type `SHT_RELA` (4).
fn count_relocations(elf: &[u8]) -> u64 {
    let number = |at: usize, len: usize| {
        elf[at..at + len]
            .iter()
            .rev()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let at = |number: u64| usize::try_from(number).unwrap();
    // `e_type` is `ET_DYN`.
    assert_eq!(number(16, 2), 3, "the program is position-independent");
    // `e_shoff`, `e_shentsize` and `e_shnum`.
    let sections = number(0x28, 8);
    let size = number(0x3A, 2);
    let count = number(0x3C, 2);
    let section = |index: u64| at(sections + index * size);
    (0..count)
        .map(section)
        // `sh_type` and `sh_size`.
        .filter(|&section| number(section + 4, 4) == 4)
        .map(|section| number(section + 0x20, 8) / 24)
        .sum()
}

#[test]
fn a_program_contains_only_the_texts_that_it_uses_and_no_relocations_for_them() {
    let small = program_bytes(100, &[DECODE, ENGLISH, ANY]);
    let large = program_bytes(1000, &[DECODE, ENGLISH, ANY]);
    for programs in [&small, &large] {
        let texts_in = |at: usize| {
            ["Deutsch 42.", "English 42.", "Francais 42.", "SYMBOL_42"]
                .map(|text| contains_text(&programs[at], text))
        };
        assert_eq!(
            texts_in(0),
            [false, false, false, false],
            "a program that only decodes contains no texts"
        );
        assert_eq!(
            texts_in(1),
            [false, true, false, false],
            "a program with a constant language contains no other"
        );
        assert_eq!(
            texts_in(2),
            [true, true, true, false],
            "a program that chooses the language at run time contains all"
        );
    }
    for (small, large) in small.iter().zip(&large) {
        assert_eq!(
            count_relocations(small),
            count_relocations(large),
            "the number of relocations does not depend on the number of codes"
        );
    }
}

#[test]
fn exactly_the_known_codes_of_ten_thousand_are_found() {
    let sparse = sparse_spec(10_000);
    let grid = grid_spec(10_001);
    let strategies = |spec: &str| -> Vec<&str> {
        layouts(&Source::new("spec.toml", spec))
            .unwrap()
            .iter()
            .map(|layout| layout.strategy)
            .take(2)
            .collect()
    };
    assert_eq!(strategies(&sparse), ["two levels", "two levels, folded"]);
    assert_eq!(strategies(&grid), ["two levels, folded", "two levels"]);
    for program in [
        build_programs(10_000, &sparse, &[FIND]),
        build_programs(10_001, &grid, &[FIND]),
    ]
    .concat()
    {
        assert!(Command::new(program).status().unwrap().success());
    }
}
