//! `export --template`: the templates of a user, and the options of exported source code.

use std::collections::BTreeSet;
use std::fs;

use errbook_cli::book::Book;
use errbook_cli::export::languages::templates;
use errbook_cli::export::model::Model;
use errbook_cli::export::template::Folder;
use errbook_cli::export::vectors;
use errbook_cli::workspace::Workspace;
use errbook_spec::facts::{FACTS, Fact};
use serde_json::Value;

use crate::scratch::{Said, Scratch};
use crate::shipped::root;

fn succeed(said: Said) -> String {
    assert!(said.success, "{}{}", said.out, said.err);
    said.out
}

fn fail(said: Said) -> String {
    assert!(!said.success, "{}", said.out);
    said.err
}

#[test]
fn one_template_is_filled_with_the_registry() {
    let scratch = Scratch::regenerated();
    scratch.write(
        "names.txt.j2",
        "{% for vendor in vendors %}\n\
         {% for set in vendor.sets %}\n\
         {% for code in set.codes if set.name == \"OrderCode\" %}\n\
         {{ code.number }} {{ code.names.screaming }} {{ code.message.en | literal }}\n\
         {% endfor %}\n\
         {% endfor %}\n\
         {% endfor %}\n",
    );
    let out = succeed(scratch.run(&["export", "--template", "names.txt.j2"]));
    let first = out.lines().next().unwrap();
    assert!(first.ends_with('"') && first.contains(' '), "{out}");
    let arguments = [
        "export",
        "custom",
        "shop",
        "--template",
        "names.txt.j2",
        "--out",
        "written",
    ];
    succeed(scratch.run(&arguments));
    assert_eq!(scratch.read("written/names.txt"), out);
}

#[test]
fn a_folder_of_templates_says_what_it_writes() {
    let scratch = Scratch::regenerated();
    scratch.write(
        "mine/export.toml",
        "comment = [['*/', '* /']]\n\
         [[file]]\n\
         template = \"set.j2\"\n\
         path = \"{{ vendor.name | pascal }}/{{ set.name | ident }}.txt\"\n\
         each = \"set\"\n\
         [string]\n\
         escape = '\"\\$'\n\
         control = '\\u{hex4}'\n\
         [keyword]\n\
         words = [\"OrderCode\"]\n\
         escaped = \"`{}`\"\n",
    );
    scratch.write(
        "mine/set.j2",
        "{% include \"begin.j2\" %}{{ \"a */ b\" | comment }} {{ \"$x\" | literal }}\n",
    );
    scratch.write("mine/begin.j2", "{{ set.codes | length }} ");
    let rules = scratch.read("mine/export.toml");
    scratch.write("mine/export.toml", &format!("most-codes = 1\n{rules}"));
    let said = fail(scratch.run(&["export", "--template", "mine", "--out", "out"]));
    assert!(said.contains("a type of this language holds 1"), "{said}");
    let taken = rules.replace("words", "taken");
    scratch.write("mine/export.toml", &taken);
    succeed(scratch.run(&["export", "--template", "mine", "--out", "taken"]));
    assert!(scratch.path("taken/Shop/OrderCode_.txt").exists());
    let each = rules.replace("\"set\"", "\"vendor-language\"");
    let each = each.replace("{{ set.name | ident }}", "{{ language }}");
    scratch.write("mine/export.toml", &each.replace("set.j2", "language.j2"));
    scratch.write(
        "mine/language.j2",
        "{{ vendor.sets[0].codes[0].message[language] }}\n",
    );
    succeed(scratch.run(&["export", "--template", "mine", "--out", "each"]));
    assert!(
        scratch.path("each/Shop/en.txt").exists() && scratch.path("each/Shop/zh-CN.txt").exists()
    );
    scratch.write("mine/export.toml", &rules);
    succeed(scratch.run(&["export", "--template", "mine", "--out", "out"]));
    let text = scratch.read("out/Shop/`OrderCode`.txt");
    assert!(text.ends_with(" a * / b \"\\$x\"\n"), "{text}");
}

#[test]
fn the_problems_of_templates_have_a_file_and_a_line() {
    let scratch = Scratch::regenerated();
    scratch.write("misspelled.j2", "first\n{{ vendors[0].tilte }}\n");
    let said = fail(scratch.run(&["export", "--template", "misspelled.j2"]));
    assert!(said.contains("misspelled.j2:2"), "{said}");
    scratch.write("unclosed.j2", "{% if name %}\n\n");
    let said = fail(scratch.run(&["export", "--template", "unclosed.j2"]));
    assert!(said.contains("unclosed.j2:"), "{said}");
    let said = fail(scratch.run(&["export", "--template", "missing.j2"]));
    assert!(said.contains("missing.j2"), "{said}");
    scratch.write("mine/a.j2", "");
    let said = fail(scratch.run(&["export", "--template", "mine"]));
    assert!(said.contains("export.toml"), "{said}");
    scratch.write(
        "mine/export.toml",
        "[[file]]\ntemplate = \"a.j2\"\npth = \"a\"\n",
    );
    let said = fail(scratch.run(&["export", "--template", "mine"]));
    assert!(
        said.contains("mine/export.toml:3") && said.contains("pth"),
        "{said}"
    );
    let file = "[[file]]\ntemplate = \"a.j2\"\npath = \"a\"\n";
    scratch.write("mine/export.toml", &file.repeat(2));
    let said = fail(scratch.run(&["export", "--template", "mine", "--out", "out"]));
    assert!(said.contains("two files are called `a`"), "{said}");
    assert!(!scratch.path("out").exists());
    scratch.write("mine/export.toml", &file.replace("a.j2", "b.j2"));
    let said = fail(scratch.run(&["export", "--template", "mine"]));
    assert!(said.contains("b.j2"), "{said}");
}

#[test]
fn a_template_and_a_format_exclude_each_other() {
    let scratch = Scratch::regenerated();
    let said = fail(scratch.run(&["export", "java", "--template", "a.j2"]));
    assert!(said.contains("omit one of both"), "{said}");
    let said = fail(scratch.run(&["export", "custom"]));
    assert!(said.contains("`--template PATH`"), "{said}");
    assert!(fail(scratch.run(&["export"])).contains("FORMAT"));
}

#[test]
fn the_fallback_language_of_source_code_can_be_chosen() {
    let scratch = Scratch::regenerated();
    let languages = |more: &[&str]| {
        let arguments = ["export", "--template", "languages.j2"];
        succeed(scratch.run(&[&arguments, more].concat()))
    };
    scratch.write("languages.j2", "{{ vendors[0].languages | join(' ') }}\n");
    assert_eq!(languages(&[]), "zh-CN en\n");
    assert_eq!(languages(&["--locale", "en-GB"]), "en zh-CN\n");
    scratch.write("languages.j2", "{{ languages | join(' ') }}\n");
    // The kinds have the fallback of the codes.
    assert_eq!(languages(&[]), "zh-CN en\n");
    let said = fail(scratch.run(&["export", "java", "--locale", "fr", "--out", "java"]));
    assert!(
        said.contains("no text is in `fr`") && said.contains("en, zh-CN"),
        "{said}"
    );
}

/// Each language, and a file of the shop.
const LANGUAGES: [(&str, &str); 9] = [
    ("c", "shop.c"),
    ("csharp", "Shop/OrderCode.cs"),
    ("go", "shop/codes.go"),
    ("java", "error_codes/shop/OrderCode.java"),
    ("kotlin", "error_codes/shop/OrderCode.kt"),
    ("php", "src/Shop/OrderCode.php"),
    ("python", "error_codes/shop.py"),
    ("swift", "Shop.swift"),
    ("typescript", "shop/OrderCode.js"),
];

#[test]
fn the_templates_of_every_language_are_filled() {
    let scratch = Scratch::regenerated();
    for (language, file) in LANGUAGES {
        succeed(scratch.run(&["export", language, "--out", language]));
        let text = scratch.read(&format!("{language}/{file}"));
        let command = format!("by `errbook export {language}`");
        assert!(text.contains(&command), "{file}: {text}");
    }
    // The tool carries each file of the folders.
    let folders = root().join("xtask/templates");
    let folders = fs::read_dir(folders)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert_eq!(names, LANGUAGES.map(|(language, _)| language));
    for language in names {
        let carried = templates(&language).unwrap();
        let folder = Folder::read(&root().join("xtask/templates").join(&language)).unwrap();
        assert_eq!(carried.files(), folder.files(), "{language}");
    }
}

/// No test compiles Swift, so a person reads this file, and the brackets are counted.
#[test]
fn the_swift_export_is_as_it_was_read() {
    let scratch = Scratch::regenerated();
    succeed(scratch.run(&["export", "swift", "--out", "swift"]));
    insta::assert_snapshot!("swift", scratch.read("swift/Shop.swift"));
    for file in ["swift/Shop.swift", "swift/Errbook.swift"] {
        let text = scratch.read(file);
        let mut open = Vec::new();
        for line in text.lines() {
            let code = line.split("//").next().unwrap();
            // Every second part is inside a string literal.
            for letter in code
                .replace("\\\"", "")
                .split('"')
                .step_by(2)
                .flat_map(str::chars)
            {
                match letter {
                    '(' | '[' | '{' => open.push(letter),
                    ')' => assert_eq!(open.pop(), Some('('), "{file}: {line}"),
                    ']' => assert_eq!(open.pop(), Some('['), "{file}: {line}"),
                    '}' => assert_eq!(open.pop(), Some('{'), "{file}: {line}"),
                    _ => {}
                }
            }
        }
        assert!(open.is_empty(), "{file}: {open:?}");
    }
}

/// Every field that templates see, and every list and field of the vectors, is in the guide.
#[test]
fn the_guide_names_every_field_of_the_model_and_of_the_vectors() {
    let workspace = Workspace::open(&root()).unwrap();
    let book = Book::read(&workspace, &workspace.vendors()).unwrap();
    let model = serde_json::to_value(Model::new(&book, None).unwrap()).unwrap();
    let vectors = serde_json::from_str(&vectors(&book).unwrap()[0].text).unwrap();
    let guide = fs::read_to_string(root().join("runtime/src/guide/ports.md")).unwrap();
    let facts: Vec<_> = FACTS.iter().map(Fact::exported_key).collect();
    let mut keys = BTreeSet::new();
    collect_keys(&model, &facts, &mut keys);
    collect_keys(&vectors, &facts, &mut keys);
    for key in keys {
        let is_value = key.contains('-') || key == "en" || key == "zh";
        let is_documented = [format!("`{key}`"), format!(".{key}`")];
        assert!(
            is_value
                || facts.contains(&key)
                || is_documented.iter().any(|text| guide.contains(text)),
            "runtime/src/guide/ports.md does not mention `{key}`"
        );
    }
}

/// The keys of all objects, but not those in facts and of scripts, which the guide documents elsewhere.
fn collect_keys(value: &Value, facts: &[String], keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                if !facts.contains(key) && key != "likely_scripts" {
                    collect_keys(value, facts, keys);
                }
            }
        }
        Value::Array(list) => list
            .iter()
            .for_each(|value| collect_keys(value, facts, keys)),
        _ => {}
    }
}
