//! Installs the npm package of the registry as a user does, from the folder and from a tarball,
//! type-checks a user's program, runs it under Node.js, and bundles parts of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use errbook_cli::export::languages::templates;
use errbook_cli::export::model::Model;
use tempfile::TempDir;

use crate::workspace::{book, root};

/// The packages of the tools, which are installed once, below `target/`.
const TOOLS: &[&str] = &["typescript@5.9", "esbuild@0.28", "rollup@4"];

/// The options of `tsc`. Declarations are checked, too.
pub(crate) const STRICT: &str = "--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes \
                                 --noUnusedLocals --target es2020 --module nodenext";

/// What users write, with their static types.
const PROGRAM: &str = r#"
import { kinds, megviiFaceid, tencentKyc, nearest, type Retry } from "errbook-codes";
import * as T from "errbook-codes/megvii-faceid/TokenError";
import { fromCode, kind, message, http, retryAfter, severity, type FaceCode } from "errbook-codes/tencent-kyc/FaceCode";
import * as SdkCode from "errbook-codes/megvii-faceid/SdkCode";
import { IdCardWarning } from "errbook-codes/tencent-kyc";
import { message as chinese } from "errbook-codes/tencent-kyc/FaceCode/zh-CN";

declare const console: { log(text: string): void };
function same<T>(found: T, expected: T): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a}, expected ${b}`);
}

// A code and a symbol that identify it together: what is found carries its parameters.
const body = { error: "MISSING_ARGUMENTS: image" };
const e = T.fromCode(400, body.error);
if (e) same(T.message(e, "en"), "The required parameter image is missing.");
same(e && T.retry(e), "after-fix");
same(e && T.http(e), 400);
if (e?.code === T.MissingArgument) same(e.params.key, "image");
same(e === undefined, false);
const known: typeof T.MissingArgument = "400 MISSING_ARGUMENTS:<key>";
same(T.message(known, "en", { key: "image" }), "The required parameter image is missing.");
same(T.message(known, "en"), "The required parameter <key> is missing.");
same(T.fromCode(400, "NO_SUCH_SYMBOL"), undefined);
same(megviiFaceid.TokenError.fromCode("400", "NO_FACE_FOUND:image_ref1")?.params, { param: "image_ref1" });

// A code that is a number.
const code: FaceCode | undefined = fromCode(-5007);
if (code !== undefined) same(message(code, "en"), "The video has no sound, or the sound is too quiet.");
same(chinese(-5007), "视频没有声音或声音太小");
same(message(-5007, "zh-TW"), "视频没有声音或声音太小");
same(code === tencentKyc.FaceCode.VoiceMissingOrTooQuiet5007, true);
same(tencentKyc.FaceCode.NameAndIdMismatch, 66660010);
same(fromCode(66660099), undefined);
same(fromCode("constructor"), undefined);
same(fromCode("0xFFFFEC71"), -5007);
same(severity(-5007), "error");
same([retryAfter(-5007), http(-5007)], [undefined, undefined]);

// What a code means whichever vendor sends it.
const what = kind(tencentKyc.FaceCode.NameAndIdMismatch);
same(what, "identity-mismatch");
same([kinds.fault(what), kinds.httpAnswer(what), kinds.grpc(what)], ["end-user", 422, "INVALID_ARGUMENT"]);
same(typeof kinds.message("identity-mismatch", "zh").charAt(0), "string");

// Flags.
same(IdCardWarning.fromCode("01001000"), ["01000000", "00001000"]);
same(IdCardWarning.fromCode("01001000")?.map((flag) => IdCardWarning.message(flag, "en"))[0], "A photocopy was detected.");
same(IdCardWarning.receive("11000001"), { flags: ["10000000", "01000000"], unknown: [8] });
same(IdCardWarning.fromCode("2"), undefined);

// A number that is not documented, in a documented range.
const unknown = SdkCode.receive(50550, "NO_SUCH_SYMBOL");
const retry: Retry = SdkCode.retry(unknown);
same([unknown.code, SdkCode.kind(unknown), retry, SdkCode.billing(unknown)], [undefined, "vendor-internal", "backoff", "unspecified"]);
same(nearest("zh-TW", ["en", "zh-CN"]), "zh-CN");

export function refused(): void {
  // @ts-expect-error: unknown code
  message(-1, "en");
  // @ts-expect-error: unknown parameter
  T.message(T.MissingArgument, "en", { kye: "image" });
  // @ts-expect-error: this code has no parameters
  T.message(T.ApiNotFound, "en", { key: "image" });
  // @ts-expect-error: it may be unknown
  message(fromCode(1), "en");
  // @ts-expect-error: this set needs a symbol
  T.fromCode(400);
}
console.log("as typed");
"#;

/// The package in a folder of its own.
fn exported(folder: &Path) {
    let model = Model::new(&book(), None).unwrap();
    let files = templates("typescript").unwrap().render(&model).unwrap();
    for file in files {
        write(&folder.join(&file.name), &file.text);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_user_installs_the_folder_or_a_tarball_and_needs_no_compiler() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let folder = TempDir::new().unwrap();
    exported(&folder.path().join("exported"));
    let packed = run(npm(folder.path()).args(["pack", "--offline", "--silent", "./exported"]));
    let tarball = format!("../{}", packed.trim());
    let version = book().version.unwrap();
    assert_eq!(tarball, format!("../errbook-codes-{version}.tgz"));
    for (name, from) in [("folder", "../exported"), ("tarball", tarball.as_str())] {
        let user = folder.path().join(name);
        write(
            &user.join("package.json"),
            "{\"private\":true,\"type\":\"module\"}\n",
        );
        run(npm(&user).args(["install", "--offline", "--no-audit", "--no-fund", from]));
        let script = "import * as T from 'errbook-codes/megvii-faceid/TokenError'; \
                      import { message } from 'errbook-codes/tencent-kyc/FaceCode/en'; \
                      console.log(T.message(T.fromCode(404, 'API_NOT_FOUND'), 'en'), message(-5007))";
        let mut node = Command::new("node");
        let said = run(node
            .args(["--input-type=module", "-e", script])
            .current_dir(&user));
        assert_eq!(
            said.trim(),
            "The API that was called does not exist. The video has no sound, or the sound is too quiet."
        );
    }
    let user = folder.path().join("tarball");
    write(&user.join("user.ts"), PROGRAM);
    let mut compiler = Command::new("node");
    compiler
        .arg(tool("typescript/bin/tsc"))
        .args(STRICT.split(' '));
    run(compiler.arg("user.ts").current_dir(&user));
    let said = run(Command::new("node").arg("user.js").current_dir(&user));
    assert_eq!(said, "as typed\n");
}

/// A program that decodes, and asks whether to retry: through the index, and through the module.
const RETRIES: [(&str, &str); 3] = [
    (
        "esbuild",
        "import { tencentKycFaceCodeFromCode as fromCode, tencentKycFaceCodeRetry as retry } from 'errbook-codes';
         console.log(retry(fromCode(-5007)));",
    ),
    (
        "esbuild",
        "import * as FaceCode from 'errbook-codes/tencent-kyc/FaceCode';
         console.log(FaceCode.retry(FaceCode.fromCode(-5007)));",
    ),
    (
        "rollup",
        "import { tencentKyc } from 'errbook-codes';
         console.log(tencentKyc.FaceCode.retry(tencentKyc.FaceCode.fromCode(-5007)));",
    ),
];

#[test]
fn a_bundle_has_only_the_functions_and_the_language_that_are_used() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let folder = TempDir::new().unwrap();
    exported(&folder.path().join("node_modules/errbook-codes"));
    for (bundler, program) in RETRIES {
        let bundle = bundle(folder.path(), bundler, program);
        println!("{bundler}: {} bytes", bundle.len());
        assert!(bundle.len() <= 3000, "{} bytes:\n{bundle}", bundle.len());
        assert!(bundle.is_ascii(), "{bundle}");
        assert!(!bundle.contains("The video has no sound"), "{bundle}");
    }
    let program = "import { fromCode } from 'errbook-codes/tencent-kyc/FaceCode';
                   import { message } from 'errbook-codes/tencent-kyc/FaceCode/en';
                   console.log(message(fromCode(-5007)));";
    let bundle = bundle(folder.path(), "esbuild", program);
    assert!(bundle.contains("The video has no sound"), "{bundle}");
    assert!(bundle.is_ascii(), "{bundle}");
}

/// The text of a minified bundle, which prints what the program prints.
fn bundle(folder: &Path, bundler: &str, program: &str) -> String {
    write(&folder.join("program.mjs"), program);
    let minify = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--charset=utf8",
        "--target=es2020",
    ];
    let mut esbuild = Command::new(tool("esbuild/bin/esbuild"));
    esbuild.args(minify).current_dir(folder);
    if bundler == "rollup" {
        // It finds packages only with a plugin, and does not minify.
        let program = program.replace("'errbook-codes'", "'./node_modules/errbook-codes/index.js'");
        write(&folder.join("program.mjs"), &program);
        let mut rollup = Command::new("node");
        rollup
            .arg(tool("rollup/dist/bin/rollup"))
            .current_dir(folder);
        run(rollup.args(["--silent", "--file", "rolled.mjs", "program.mjs"]));
        esbuild.arg("rolled.mjs");
    } else {
        esbuild.arg("program.mjs");
    }
    let bundle = run(&mut esbuild);
    write(&folder.join("bundle.mjs"), &bundle);
    let said = run(Command::new("node").arg("bundle.mjs").current_dir(folder));
    assert!(
        [
            "after-user-action",
            "The video has no sound, or the sound is too quiet."
        ]
        .contains(&said.trim())
    );
    bundle
}

/// The path of a program of a tool, which is installed if it is missing.
pub(crate) fn tool(program: &str) -> String {
    let folder = root().join("target/npm-tools");
    let path = folder.join("node_modules").join(program);
    let _installing = INSTALLING.lock().unwrap();
    if !path.exists() {
        write(&folder.join("package.json"), "{\"private\":true}\n");
        let mut npm = npm(&folder);
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
        run(npm.args(TOOLS));
    }
    path.display().to_string()
}

/// Tests run at the same time, and one installs for all.
static INSTALLING: std::sync::Mutex<()> = std::sync::Mutex::new(());

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
