//! No path and no name of the shipped registry is in the tool: what it must know is in
//! codes/errbook.toml.

use std::fs;
use std::path::Path;

use crate::shipped::root;

/// Where such a word is in the tool, and why it may be.
const ALLOWED: [(&str, &str); 9] = [
    // The region that is most likely, if a document is in Chinese.
    ("src/add/mod.rs", "\"zh\" => \"zh-CN\""),
    // An example of a language tag.
    (
        "src/commands/explain.rs",
        "expected something like `en`, `zh-CN`",
    ),
    // An example of a changelog.
    ("src/config.rs", "such as `{ en = \\\"CHANGELOG.md\\\" }`"),
    // What `init` writes into errbook.toml.
    ("src/init/mod.rs", "en = \\\"CHANGELOG.md\\\""),
    ("src/init/mod.rs", "{tag} = \\\"CHANGELOG.{tag}.md\\\""),
    ("src/init/package.rs", "list: \"src/codes/mod.rs\""),
    ("src/init/package.rs", "the modules are in src/codes/"),
    // The folder of the pages of codes in a site.
    ("src/site/anchor.rs", "\"codes/{}/{}/{name}.html\""),
    // The registry that the tool carries.
    ("src/shipped.rs", "PACKAGE: &str = \"errbook-codes\""),
];

/// The lines of a file that are neither comments nor tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// The files of a folder that are part of the tool: not `tests.rs`, and nothing in `tests`.
fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn no_literal_of_the_shipped_registry_is_in_the_tool() {
    let xtask = root().join("xtask");
    let mut words = [
        "codes/",
        "errbook_codes",
        "errbook-codes",
        "CHANGELOG",
        "zh-CN",
        "zh_CN",
    ]
    .map(str::to_owned)
    .to_vec();
    for vendor in fs::read_dir(root().join("codes/vendors"))
        .unwrap()
        .flatten()
    {
        let vendor = vendor.file_name().into_string().unwrap();
        // `tencent-kyc` is one of Tencent's.
        words.push(vendor.split('-').next().unwrap().to_owned());
    }
    let mut files = Vec::new();
    for folder in ["src", "templates"] {
        collect(&xtask.join(folder), &mut files);
    }
    let mut used = [false; ALLOWED.len()];
    let mut found = Vec::new();
    for path in files {
        let file = path
            .strip_prefix(&xtask)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        for line in code(&text).filter(|line| words.iter().any(|word| line.contains(word))) {
            let is_it = |(of, part): &(&str, &str)| *of == file && line.contains(part);
            match ALLOWED.iter().position(is_it) {
                Some(place) => used[place] = true,
                None => found.push(format!("{file}: {}", line.trim())),
            }
        }
    }
    assert!(
        found.is_empty(),
        "make it a key of errbook.toml:\n{}",
        found.join("\n")
    );
    let unused = ALLOWED.iter().zip(used).find(|(_, used)| !used);
    assert!(unused.is_none(), "no longer there: {unused:?}");
}
