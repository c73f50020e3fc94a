//! Compiles the TypeScript modules with `tsc --strict`, runs them under Node.js, and compares them
//! with the test vectors.

use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_cli::export::{File, typescript, vectors};
use tempfile::TempDir;

use crate::workspace::{book, root};

/// The package of the compiler, which is installed once, below `target/`.
const TYPESCRIPT: &str = "typescript@5.9";

/// The program that compares the modules with each vector. It finds the sets through the index, not
/// by name.
const HARNESS: &str = r#"
import * as registry from "./index.js";
import vectors from "./vectors.json" with { type: "json" };
import { tencentKyc, megviiFaceid } from "./index.js";
import { message as faceMessage, type FaceCode } from "./tencent-kyc/FaceCode.js";

declare const process: { exit(code: number): never };
let failures = 0;
function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found ?? null), JSON.stringify(expected ?? null)];
  if (a !== b) { failures++; console.error(`${what}: ${a}, expected ${b}`); }
}
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
for (const vector of vectors.codes) {
  const vendor = (registry as any)[camel(vector.vendor)];
  const set = vendor[vector.set];
  const what = `${vector.vendor} ${vector.set} ${vector.code} ${vector.symbol ?? ""}`;
  const pairs = vector.identity === "code+symbol";
  const wire = vector.number ?? vector.code;
  const found = pairs ? set.fromCode(wire, vector.received) : set.fromCode(wire);
  const code = pairs ? found?.code : found;
  same(what + " is decoded", code !== undefined, true);
  if (code === undefined) continue;
  const byText = pairs
    ? set.fromCode(vector.code, vector.received)?.code
    : set.fromCode(vector.code);
  same(what + " by text", byText, code);
  for (const alias of pairs ? [] : vector.aliases) {
    same(what + " by alias", set.fromCode(alias), code);
  }
  if (!pairs && vector.symbol && !vector.example) {
    same(what + " by symbol", set.fromCode(vector.symbol), code);
  }
  same(what + " variant", set.variant(code), vector.variant);
  for (const [locale, text] of Object.entries(vector.message)) {
    same(what + " message " + locale, set.message(code, locale), text);
    same(what + " remedy " + locale, set.remedy(code, locale), (vector.remedy as any)[locale]);
  }
  same(what + " kind", set.kind(code), vector.kind);
  same(what + " retry", set.retry(code), vector.retry);
  same(what + " billing", set.billing(code), vector.billing);
  same(what + " success", set.isSuccess(code), vector.success);
  if (vector.example) {
    same(what + " parameters", found.params, vector.example.parameters);
    for (const [locale, text] of Object.entries(vector.example.message)) {
      same(what + " filled " + locale, set.message(code, locale, found.params), text);
    }
  }
}
same("codes", vectors.codes.length > 400, true);

// The calls that users write, with their static types.
const code: FaceCode | undefined = tencentKyc.FaceCode.fromCode(-5007);
if (code !== undefined) {
  same("-5007", faceMessage(code, "en"), "The video has no sound, or the sound is too quiet.");
}
same("unknown", tencentKyc.FaceCode.fromCode(66660099), undefined);
same("forged", tencentKyc.FaceCode.fromCode("constructor"), undefined);
const error = megviiFaceid.TokenError.fromCode(400, "NO_FACE_FOUND:image_ref1");
if (error?.code === "400 NO_FACE_FOUND:<param>") {
  same("typed parameter", error.params.param, "image_ref1");
}
const { message } = megviiFaceid.TokenError;
const filled = message("400 MISSING_ARGUMENTS:<key>", "en", { key: "image" });
same("filled", filled, "The required parameter image is missing.");
same("near language", faceMessage(-5007, "zh-TW"), "视频没有声音或声音太小");
// @ts-expect-error: unknown code
faceMessage(-1, "en");
// @ts-expect-error: unknown parameter
megviiFaceid.TokenError.message("400 MISSING_ARGUMENTS:<key>", "en", { kye: "image" });
// @ts-expect-error: this code has no parameters
megviiFaceid.TokenError.message("404 API_NOT_FOUND", "en", { key: "image" });
console.log(`${vectors.codes.length} codes, ${failures} failures`);
if (failures > 0) process.exit(1);
"#;

const OPTIONS: &[&str] = &[
    "--strict",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noUnusedLocals",
    "--target",
    "es2023",
    "--module",
    "nodenext",
    "--resolveJsonModule",
];

#[test]
fn the_modules_compile_and_match_the_vectors() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let compiler = installed_compiler();
    let folder = TempDir::new().unwrap();
    let book = book();
    let files = typescript(&book)
        .unwrap()
        .into_iter()
        .chain(vectors(&book).unwrap());
    let files: Vec<File> = files
        .chain([File {
            name: "harness.ts".to_owned(),
            text: HARNESS.to_owned(),
        }])
        .collect();
    for file in &files {
        let path = folder.path().join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
    let mut tsc = Command::new("node");
    tsc.arg(compiler)
        .args(OPTIONS)
        .args(["--outDir", "out", "harness.ts"])
        .current_dir(folder.path());
    run(&mut tsc);
    std::fs::copy(
        folder.path().join("package.json"),
        folder.path().join("out/package.json"),
    )
    .unwrap();
    let output = run(Command::new("node")
        .arg("out/harness.js")
        .current_dir(folder.path()));
    println!("{output}");
}

/// The path of `tsc`, which is installed if it is missing.
fn installed_compiler() -> PathBuf {
    let folder = root().join("target/typescript-compiler");
    let tsc = folder.join("node_modules/typescript/bin/tsc");
    if !tsc.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("package.json"), "{\"private\":true}\n").unwrap();
        run(npm(&folder).args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            TYPESCRIPT,
        ]));
    }
    tsc
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}

/// Runs a program, which must succeed, and returns its output.
pub(crate) fn run(command: &mut Command) -> String {
    let help =
        "install it (Node.js with npm; gettext), or set ERRBOOK_NO_NODE=1 or ERRBOOK_NO_GETTEXT=1";
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}: {help}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{said}");
    said
}
