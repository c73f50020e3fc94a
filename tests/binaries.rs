//! Builds programs and checks what is linked into them: a `no_std` program needs no standard
//! library, and texts of disabled languages are not in the binary.

use std::path::PathBuf;
use std::process::Command;

use crate::workspace::root;

/// Builds in a target folder that all tests of this file share, and returns that folder.
fn build_programs(arguments: &[&str]) -> PathBuf {
    let target = root().join("target/binaries");
    let cargo = std::env::var("CARGO").unwrap();
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "--target-dir"])
        .arg(&target)
        .args(arguments)
        .current_dir(root());
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    target
}

#[test]
fn a_program_without_the_standard_library_links_and_decodes() {
    for features in ["link", "link,alloc"] {
        let target = build_programs(&[
            "--package",
            "errbook-no-std",
            "--release",
            // Without the standard library there is no unwinding. These are options because cargo
            // would compile the macros a second time for a separate profile.
            "--config",
            "profile.release.panic = 'abort'",
            "--config",
            "profile.release.lto = true",
            "--features",
            features,
        ]);
        let program = target.join("release/errbook-no-std");
        let status = Command::new(program).status().unwrap();
        assert_eq!(status.code(), Some(0), "{features}");
    }
}

/// Builds a program that prints messages in Chinese with the English texts disabled and enabled,
/// and one that prints both languages.
#[test]
fn texts_of_disabled_languages_are_not_in_the_binary() {
    let chinese = "视频没有声音或声音太小";
    let english = "The video has no sound, or the sound is too quiet.";
    let cases = [
        ("tencent-kyc", "chinese", false),
        ("tencent-kyc,en", "chinese", false),
        ("tencent-kyc,en", "both", true),
    ];
    for (features, program, has_english) in cases {
        let features = format!("{features},{program}");
        let arguments = [
            "--package",
            "errbook-binary-text",
            "--release",
            "--no-default-features",
            "--features",
            &features,
        ];
        let target = build_programs(&arguments);
        let bytes = std::fs::read(target.join("release/errbook-binary-text")).unwrap();
        let contains = |text: &str| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        assert!(contains(chinese), "{features}");
        assert_eq!(contains(english), has_english, "{features}");
    }
}
