//! The TypeScript modules: compiled by `tsc --strict`, run under Node.js, and held to the test vectors.

use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_cli::export::{File, typescript, vectors};
use tempfile::TempDir;

use super::workspace::{book, root};

/// The compiler is installed once, below `target/`.
const TYPESCRIPT: &str = "typescript@5.9";

/// What is done with each vector. It knows no set by name: the index leads to all of them.
const HARNESS: &str = r#"
import * as registry from "./index.js";
import vectors from "./vectors.json" with { type: "json" };
import { tencentKyc, megviiFaceid } from "./index.js";
import { message as faceMessage, type FaceCode } from "./tencent-kyc/FaceCode.js";

declare const process: { exit(code: number): never };
let failures = 0;
function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found ?? null), JSON.stringify(expected ?? null)];
  if (a !== b) { failures++; console.error(`${what}: ${a} and not ${b}`); }
}
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
for (const vector of vectors.codes) {
  const vendor = (registry as any)[camel(vector.vendor)];
  const set = vendor[vector.set];
  const what = `${vector.vendor} ${vector.set} ${vector.code} ${vector.symbol ?? ""}`;
  const pairs = vector.identity === "code+symbol";
  const found = pairs ? set.fromCode(vector.number ?? vector.code, vector.received) : set.fromCode(vector.number ?? vector.code);
  const code = pairs ? found?.code : found;
  same(what + " is decoded", code !== undefined, true);
  if (code === undefined) continue;
  same(what + " by text", pairs ? set.fromCode(vector.code, vector.received)?.code : set.fromCode(vector.code), code);
  if (!pairs) for (const alias of vector.aliases) same(what + " by alias", set.fromCode(alias), code);
  if (!pairs && vector.symbol && !vector.example) same(what + " by symbol", set.fromCode(vector.symbol), code);
  same(what + " variant", set.variant(code), vector.variant);
  for (const [locale, text] of Object.entries(vector.message)) same(what + " message " + locale, set.message(code, locale), text);
  for (const locale of Object.keys(vector.message)) same(what + " remedy " + locale, set.remedy(code, locale), (vector.remedy as any)[locale]);
  same(what + " kind", set.kind(code), vector.kind);
  same(what + " retry", set.retry(code), vector.retry);
  same(what + " billing", set.billing(code), vector.billing);
  same(what + " success", set.isSuccess(code), vector.success);
  if (vector.example) {
    same(what + " parameters", found.params, vector.example.parameters);
    for (const [locale, text] of Object.entries(vector.example.message)) same(what + " filled " + locale, set.message(code, locale, found.params), text);
  }
}
same("codes", vectors.codes.length > 400, true);

// What the README shows, with the types that it has.
const code: FaceCode | undefined = tencentKyc.FaceCode.fromCode(-5007);
if (code !== undefined) same("-5007", faceMessage(code, "en"), "The video has no sound, or the sound is too quiet.");
same("unknown", tencentKyc.FaceCode.fromCode(66660099), undefined);
same("forged", tencentKyc.FaceCode.fromCode("constructor"), undefined);
const error = megviiFaceid.TokenError.fromCode(400, "NO_FACE_FOUND:image_ref1");
if (error?.code === "400 NO_FACE_FOUND:<param>") same("typed parameter", error.params.param, "image_ref1");
same("filled", megviiFaceid.TokenError.message("400 MISSING_ARGUMENTS:<key>", "en", { key: "image" }), "The required parameter image is missing.");
same("near language", faceMessage(-5007, "zh-TW"), "视频没有声音或声音太小");
// @ts-expect-error: no such code
faceMessage(-1, "en");
// @ts-expect-error: no such parameter
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
fn the_modules_compile_and_say_what_the_vectors_say() {
    if super::is_left_out("ERRBOOK_NO_NODE") {
        return;
    }
    let compiler = compiler();
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
    let said = run(Command::new("node")
        .arg("out/harness.js")
        .current_dir(folder.path()));
    println!("{said}");
}

/// The path of `tsc`, which is installed if it is not there.
fn compiler() -> PathBuf {
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

/// Runs a program, which must succeed, and gives what it said.
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
