//! The commands for translators: a new language, stale translations, and what is missing.

use errbook_cli::export::po;

use crate::scratch::{SHOP, Scratch};
use crate::shipped::root;

#[test]
fn a_new_language_lists_every_text() {
    let shop = Scratch::regenerated();
    let said = shop.run(&["messages", "shop", "ja"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(
        "new_language",
        shop.read(&format!("{SHOP}/messages/ja.toml"))
    );
    // An empty entry counts as missing.
    assert!(shop.run(&["regen"]).success);
    assert!(!shop.spec().contains("message.ja"));
    let stats = shop.run(&["stats", "--check"]);
    assert!(!stats.success);
    insta::assert_snapshot!("stats_with_debts", format!("{}{}", stats.out, stats.err));
}

#[test]
fn missing_texts_are_added_and_existing_translations_kept() {
    let shop = Scratch::regenerated();
    let begun = "schema = 1\n\n# Mine.\n[[text]]\nof = \"参数错误\"\n\
                 is = \"パラメーターが正しくありません。\"\n";
    shop.write(&format!("{SHOP}/messages/ja.toml"), begun);
    let said = shop.run(&["messages", "shop", "ja"]);
    assert!(said.success, "{}", said.err);
    let text = shop.read(&format!("{SHOP}/messages/ja.toml"));
    assert!(text.starts_with(begun));
    assert_eq!(text.matches("of = \"参数错误\"").count(), 1);
    let again = shop.run(&["messages", "shop", "ja"]);
    assert!(
        again.out.contains("every text has an entry"),
        "{}",
        again.out
    );
    assert_eq!(shop.read(&format!("{SHOP}/messages/ja.toml")), text);
}

#[test]
fn an_unknown_parameter_is_refused() {
    let shop = Scratch::regenerated();
    let text = "schema = 1\n\n[[text]]\nof = \"参数错误\"\nis = \"<nani> が正しくありません。\"\n";
    shop.write(&format!("{SHOP}/messages/ja.toml"), text);
    let said = shop.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!("foreign_parameter", said.err);
}

#[test]
fn an_invalid_language_tag_is_refused() {
    let said = Scratch::regenerated().run(&["messages", "shop", "zh_cn"]);
    assert!(!said.success);
    insta::assert_snapshot!("no_language", said.err);
}

#[test]
fn resolve_marks_a_stale_translation_as_correct() {
    let shop = Scratch::regenerated();
    assert!(
        shop.run(&["resolve", "shop"])
            .out
            .contains("no stale translations")
    );
    shop.edit("source.md", "参数错误", "请求参数错误");
    let said = shop.run(&["regen"]);
    assert!(
        said.success && said.out.contains("stale translation"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(!shop.run(&["stats", "--check"]).success);

    let listed = shop.run(&["resolve", "shop"]);
    assert!(listed.success);
    insta::assert_snapshot!("stale_list", listed.out);
    let name = listed.out.split_whitespace().next().unwrap().to_owned();

    let wrong = shop.run(&["resolve", "shop", "en:1"]);
    assert!(
        !wrong.success && wrong.err.contains("is not a stale entry"),
        "{}",
        wrong.err
    );
    let resolved = shop.run(&["resolve", "shop", &name]);
    assert!(resolved.success, "{}", resolved.err);
    let said = shop.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(
        shop.read(&format!("{SHOP}/messages/en.toml"))
            .contains("of = \"请求参数错误\"")
    );
}

#[test]
fn a_retry_class_that_differs_from_the_kind_must_quote_the_vendor() {
    let shop = Scratch::regenerated();
    shop.edit(
        "overlay.toml",
        ", because = \"the vendor says so by mail\"",
        "",
    );
    let said = shop.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!("retry_without_reason", said.err);
}

#[test]
fn an_outdated_page_of_kinds_is_reported() {
    let shop = Scratch::regenerated();
    let stale = shop.run(&["kinds", "--check"]);
    assert!(
        !stale.success && stale.err.contains("run `cargo xtask kinds`"),
        "{}",
        stale.err
    );
    assert!(shop.run(&["kinds"]).success);
    assert!(shop.run(&["kinds", "--check"]).success);
    insta::assert_snapshot!("kinds", shop.read("codes/KINDS.md"));
}

/// An empty entry is missing, not stale: nothing is lost when its text changes.
#[test]
fn empty_entries_of_changed_texts_are_replaced() {
    let shop = Scratch::regenerated();
    let said = shop.run(&["messages", "shop", "ja"]);
    let note = "errbook.toml:6: to demand ja of every vendor, write `languages = [\"en\", \"ja\"]`";
    assert!(said.out.contains(note), "{}", said.out);
    shop.edit("source.md", "参数错误", "请求参数错误");
    let said = shop.run(&["regen"]);
    let of_japanese = said.out.lines().filter(|line| line.contains("ja"));
    let of_japanese: Vec<_> = of_japanese.collect();
    assert_eq!(of_japanese, ["  22 texts without a translation into ja"]);
    let said = shop.run(&["messages", "shop", "ja"]);
    assert_eq!(
        said.out,
        "codes/vendors/shop/messages/ja.toml: removed 1 empty entry: their texts are gone\n\
         codes/vendors/shop/messages/ja.toml: 1 text to fill; then run `cargo xtask regen shop`\n"
    );
    let text = shop.read(&format!("{SHOP}/messages/ja.toml"));
    assert!(!text.contains("of = \"参数错误\""), "{text}");
    assert_eq!(text.matches("of = \"请求参数错误\"").count(), 1, "{text}");
    assert_eq!(text.matches("# OrderCode.-1\n").count(), 1, "{text}");
}

/// A stale translation and the empty entry that `messages` adds for the new text become one.
#[test]
fn a_stale_translation_takes_the_place_of_its_empty_twin() {
    let shop = Scratch::regenerated();
    let english = format!("{SHOP}/messages/en.toml");
    shop.edit("source.md", "参数错误", "请求参数错误");
    let said = shop.run(&["messages", "shop", "en"]);
    assert!(said.success, "{}", said.err);
    let with_twin = shop.read(&english);
    assert!(with_twin.contains("of = \"请求参数错误\"\nis = \"\"\n"));
    // As gettext: one fuzzy entry, which changes nothing until it is reviewed.
    let po = shop.run(&["export", "po", "shop", "--locale", "en"]).out;
    assert_eq!(po.matches("msgid \"请求参数错误\"").count(), 1, "{po}");
    let path = shop.path("a.po").display().to_string();
    shop.write("a.po", &po);
    let said = shop.run(&["import", &path]);
    assert!(
        said.out
            .ends_with("0 added, 0 changed, 0 resolved, 0 removed; 13 texts left to translate, 1 stale (fuzzy)\n"),
        "{}",
        said.out
    );
    assert_eq!(shop.read(&english), with_twin);
    shop.write("a.po", &po.replace("#, fuzzy\n", ""));
    let said = shop.run(&["import", &path]);
    assert!(said.out.contains("1 resolved"), "{}{}", said.out, said.err);
    let imported = shop.read(&english);
    assert!(shop.run(&["regen", "--check"]).out.contains("OrderCode"));
    // By hand. What the text means now has to be read, so that not all are taken.
    shop.write(&english, &with_twin);
    let said = shop.run(&["resolve", "shop", "--all"]);
    assert!(
        said.success && !said.out.contains("now translates") && said.out.contains("left, because"),
        "{}{}",
        said.out,
        said.err
    );
    assert_eq!(shop.read(&english), with_twin);
    let name = stale_name(&shop, "参数错误");
    let said = shop.run(&["resolve", "shop", &name]);
    assert!(said.success, "{}", said.err);
    for text in [imported, shop.read(&english)] {
        assert_eq!(text.matches("of = \"请求参数错误\"").count(), 1, "{text}");
        assert!(!text.contains("of = \"参数错误\""));
    }
    let said = shop.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale"),
        "{}{}",
        said.out,
        said.err
    );
}

/// `--all` takes what changed in form only, and lists the rest.
#[test]
fn resolve_takes_all_texts_that_changed_only_in_form() {
    let shop = Scratch::regenerated();
    let english = format!("{SHOP}/messages/en.toml");
    shop.edit("source.md", "参数错误", "参数，错误");
    shop.edit("source.md", "图片模糊", "图片清晰模糊");
    let empty = "\n[[text]]\nof = \"参数，错误\"\nis = \"\"\n";
    shop.write(&english, &(shop.read(&english) + empty));
    let said = shop.run(&["resolve", "shop", "--all"]);
    assert!(said.success, "{}", said.err);
    assert_eq!(
        said.out.matches("now translates").count(),
        1,
        "{}",
        said.out
    );
    assert!(
        said.out.contains("now translates `参数，错误`") && said.out.contains("  old  图片模糊\n"),
        "{}",
        said.out
    );
    let text = shop.read(&english);
    assert!(
        text.contains("of = \"图片模糊\"") && !text.contains("of = \"参数错误\""),
        "{text}"
    );
}

/// The name of the stale entry of a text.
fn stale_name(shop: &Scratch, of: &str) -> String {
    let listed = shop.run(&["resolve", "shop"]).out;
    let mut lines = listed.lines();
    let line = lines.find(|line| line.ends_with(&format!("  old  {of}")));
    line.unwrap().split_whitespace().next().unwrap().to_owned()
}

/// Two entries for one text would be a mistake in the file.
#[test]
fn a_new_text_is_proposed_for_one_stale_translation() {
    let shop = Scratch::regenerated();
    let english = format!("{SHOP}/messages/en.toml");
    let old = "\n[[text]]\nof = \"请求参数的错误\"\nis = \"A request argument is wrong.\"\n";
    shop.write(&english, &(shop.read(&english) + old));
    shop.edit("source.md", "参数错误", "请求参数错误");
    let name = stale_name(&shop, "请求参数的错误");
    let said = shop.run(&["resolve", "shop", &name]);
    assert_eq!(
        said.out.matches("now translates").count(),
        1,
        "{}{}",
        said.out,
        said.err
    );
    let said = shop.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(shop.spec().contains("A request argument is wrong."));
    assert_eq!(
        said.out.matches("stale translation").count(),
        1,
        "{}",
        said.out
    );
}

/// The shipped registry, in a folder of its own.
fn shipped_registry() -> Scratch {
    let scratch = Scratch::new();
    let codes = root().join("codes");
    std::fs::remove_dir_all(scratch.path("codes")).unwrap();
    let mut folders = vec![codes.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let to = scratch.path(path.strip_prefix(&codes).unwrap().to_str().unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(&path, to).unwrap();
        }
    }
    scratch
}

fn catalogues(registry: &Scratch, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(registry.path(folder)).unwrap().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path().display().to_string())
        .collect();
    files.sort();
    files
}

#[test]
fn the_catalogues_of_every_shipped_vendor_round_trip() {
    let registry = shipped_registry();
    let before = registry.tree();
    let said = registry.run(&["export", "po", "--out", "po"]);
    assert!(said.success, "{}", said.err);
    let files = catalogues(&registry, "po");
    assert!(files.len() >= 7, "{files:?}");
    let mut arguments = vec!["import"];
    arguments.extend(files.iter().map(String::as_str));
    let said = registry.run(&arguments);
    assert!(said.success, "{}", said.err);
    for line in said.out.lines() {
        assert!(
            line.contains(": 0 added, 0 changed, ") && line.ends_with("0 removed"),
            "{line}"
        );
    }
    assert_eq!(said.out.lines().count(), files.len());
    std::fs::remove_dir_all(registry.path("po")).unwrap();
    assert!(registry.tree() == before, "a file has changed");
}

/// A translator starts from the vendor's words, also where we corrected them: `of` is what `regen`
/// looks up, and `import` knows what `export` wrote.
#[test]
fn every_shipped_vendor_can_be_translated_into_a_new_language() {
    let by_hand = shipped_registry();
    let with_tools = shipped_registry();
    let said = with_tools.run(&["export", "po", "--locale", "fr", "--out", "po"]);
    assert!(said.success, "{}", said.err);
    for file in catalogues(&with_tools, "po") {
        let text = std::fs::read_to_string(&file).unwrap();
        let (header, mut entries) = po::parse(&text).unwrap();
        for entry in &mut entries {
            entry.text.clone_from(&entry.id);
        }
        let header = header
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()));
        std::fs::write(&file, po::write(&header.collect::<Vec<_>>(), &entries)).unwrap();
        let said = with_tools.run(&["import", &file]);
        assert!(said.success, "{}", said.err);
    }
    for vendor in std::fs::read_dir(by_hand.path("vendors"))
        .unwrap()
        .flatten()
    {
        let vendor = vendor.file_name().into_string().unwrap();
        let said = by_hand.run(&["messages", &vendor, "fr"]);
        assert!(said.success, "{}", said.err);
        let file = format!("vendors/{vendor}/messages/fr.toml");
        let text = by_hand.read(&file);
        let mut document: toml_edit::DocumentMut = text.parse().unwrap();
        let texts = document["text"].as_array_of_tables_mut().unwrap();
        for entry in texts.iter_mut() {
            entry["is"] = entry["of"].clone();
        }
        by_hand.write(&file, &document.to_string());
    }
    for registry in [by_hand, with_tools] {
        let said = registry.run(&["regen"]);
        assert!(said.success, "{}", said.err);
        assert!(
            !said.out.contains("stale") && !said.out.contains("fr\n"),
            "{}",
            said.out
        );
        let added = "  added fr to `locales` in src/idverify_gateway.rs\n";
        assert!(said.out.contains(added), "{}", said.out);
    }
}

/// Every entry of a catalogue with what `translate` makes of it.
fn translated(catalogue: &str, translate: impl Fn(usize, &po::Entry) -> Option<String>) -> String {
    let (header, mut entries) = po::parse(catalogue).unwrap();
    for (number, entry) in entries.iter_mut().enumerate() {
        if let Some(text) = translate(number, entry) {
            entry.text = text;
        }
    }
    let header = header.iter();
    let header = header.map(|(name, value)| (name.as_str(), value.clone()));
    po::write(&header.collect::<Vec<_>>(), &entries)
}

/// The lines of a catalogue without the comments, which `parse` does not keep.
fn without_comments(catalogue: &str) -> Vec<&str> {
    let lines = catalogue.lines();
    lines.filter(|line| !line.starts_with("#.")).collect()
}

/// All vendors and the kinds, in every language that there is, and in a new one.
#[test]
fn what_is_exported_is_imported_and_exported_again_as_it_was() {
    for language in [&[][..], &["--locale", "fr"]] {
        let registry = shipped_registry();
        let export = |folder: &str| {
            let said = registry.run(&[&["export", "po", "--out", folder], language].concat());
            assert!(said.success, "{}", said.err);
            catalogues(&registry, folder)
        };
        let files = export("po");
        assert!(files.len() >= 6, "{files:?}");
        for file in &files {
            let catalogue = std::fs::read_to_string(file).unwrap();
            // What has no translation, and each third translation, becomes another one.
            let filled = translated(&catalogue, |number, entry| {
                let is_other = entry.text.is_empty() || number % 3 == 0;
                is_other.then(|| format!("Text {number}"))
            });
            std::fs::write(file, filled).unwrap();
        }
        let mut arguments = vec!["import"];
        arguments.extend(files.iter().map(String::as_str));
        let said = registry.run(&arguments);
        assert!(said.success, "{}", said.err);
        for (before, after) in files.iter().zip(export("again")) {
            let [before, after] = [before, &after].map(std::fs::read_to_string);
            let [before, after] = [before.unwrap(), after.unwrap()];
            assert_eq!(without_comments(&before), without_comments(&after));
        }
    }
}

/// Both texts are in the document of tencent-kyc; gettext has an entry for each.
#[test]
fn texts_that_differ_in_whitespace_may_have_a_translation_each() {
    let twins = [
        "需要仔细核对请求获取token或ticket参数",
        "需要仔细核对请求获取 token 或 ticket 参数",
    ];
    let registry = shipped_registry();
    let spec = || registry.read("vendors/tencent-kyc/spec.toml");
    let export = |language: &str| {
        let said = registry.run(&["export", "po", "tencent-kyc", "--locale", language]);
        assert!(said.success, "{}", said.err);
        said.out
    };
    let import = |catalogue: &str| {
        registry.write("a.po", catalogue);
        let said = registry.run(&["import", &registry.path("a.po").display().to_string()]);
        assert!(said.success, "{}", said.err);
        said.out
    };
    let of = |catalogue: &str, text: &str| {
        let (_, entries) = po::parse(catalogue).unwrap();
        entries
            .iter()
            .find(|entry| entry.id == text)
            .unwrap()
            .text
            .clone()
    };
    let with = |catalogue: &str, texts: [&str; 2]| {
        translated(catalogue, |_, entry| {
            let at = twins.iter().position(|twin| *twin == entry.id)?;
            Some(texts[at].to_owned())
        })
    };
    // They share a translation, and importing it changes nothing.
    let english = export("en");
    let shared = of(&english, twins[0]);
    assert!(!shared.is_empty() && of(&english, twins[1]) == shared);
    assert!(import(&english).contains(": 0 added, 0 changed, 0 resolved, 0 removed\n"));
    // One of them gets a translation of its own: the other keeps the shared one.
    for texts in [[&*shared, "Check both."], ["Check them.", "Check both."]] {
        let changed = with(&english, texts);
        import(&changed);
        assert_eq!(without_comments(&export("en")), without_comments(&changed));
        let said = registry.run(&["regen", "tencent-kyc"]);
        assert!(
            said.success && !said.out.contains("stale"),
            "{}{}",
            said.out,
            said.err
        );
        // The first is at two codes, the second at one.
        for (text, count) in texts.iter().zip([2, 1]) {
            assert_eq!(
                spec().matches(&format!("en = \"{text}\"")).count(),
                count,
                "{text}"
            );
        }
    }
    // A language without translations: one translation is enough, and one is lost with neither.
    let french = export("fr");
    assert!(import(&with(&french, ["", "Vérifier."])).contains("1 added"));
    assert_eq!(of(&export("fr"), twins[0]), "Vérifier.");
    assert!(import(&with(&french, ["Vérifier", "Vérifier."])).contains("1 added"));
    assert_eq!(
        without_comments(&export("fr")),
        without_comments(&with(&french, ["Vérifier", "Vérifier."]))
    );
    assert!(import(&with(&french, ["", "Vérifier."])).contains("1 removed"));
    assert_eq!(of(&export("fr"), twins[0]), "Vérifier.");
}

#[test]
fn a_translator_sees_the_english_and_the_other_languages_of_the_vendor() {
    let shop = Scratch::regenerated();
    let comments = |language: &str, text: &str| {
        let catalogue = shop
            .run(&["export", "po", "shop", "--locale", language])
            .out;
        let (before, _) = catalogue
            .split_once(&format!("\nmsgid \"{text}\"\n"))
            .unwrap();
        let entry = before.rsplit("\n\n").next().unwrap();
        let lines = entry.lines().filter_map(|line| line.strip_prefix("#. "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        comments("fr", "图片模糊"),
        [
            "OrderCode.-2: message of BlurredPicture2 (image-quality, after-user-action)",
            "OrderCode.-3: message of BlurredPicture3 (image-quality, never)",
            "en: The picture is blurred.",
            "en: The picture is too blurred.",
        ]
    );
    let places = comments("en", "图片模糊");
    assert!(
        places.iter().all(|line| line.starts_with("OrderCode.")),
        "{places:?}"
    );
    // What the vendor wrote in English is its own text.
    let english = comments("fr", "Faile to read picture.");
    assert!(
        !english.iter().any(|line| line.starts_with("en: Faile")),
        "{english:?}"
    );
}

#[test]
fn kinds_are_translated_in_a_catalogue_of_their_own() {
    let registry = shipped_registry();
    let export = || {
        registry
            .run(&["export", "po", "kinds", "--locale", "fr"])
            .out
    };
    let import = |catalogue: &str| {
        registry.write("kinds.fr.po", catalogue);
        let file = registry.path("kinds.fr.po").display().to_string();
        registry.run(&["import", &file])
    };
    let before = registry.read("kinds.toml");
    let empty = export();
    let message = "msgctxt \"Kind.success message\"\nmsgid \"Done.\"\nmsgstr ";
    assert!(empty.contains(&format!("{message}\"\"\n")), "{empty}");
    let french = translated(&empty, |number, _| Some(format!("Texte {number}")));
    let said = import(&french);
    let texts = french.matches("\nmsgctxt ").count();
    assert_eq!(
        said.out,
        format!(
            "kinds.toml, fr: {texts} added, 0 changed, 0 removed\n\
             \x20 added fr to `locales` in src/lib.rs\n"
        ),
        "{}",
        said.err
    );
    assert!(registry.read("src/lib.rs").contains("en, fr],"));
    // Nothing else of the file has changed.
    let after = registry.read("kinds.toml");
    let others = after
        .lines()
        .filter(|line| !line.contains(".fr = \"Texte "));
    assert_eq!(
        others.collect::<Vec<_>>(),
        before.lines().collect::<Vec<_>>()
    );
    assert!(after.contains("message.zh-CN = \"操作成功。\"\nmessage.fr = \"Texte "));
    assert_eq!(without_comments(&export()), without_comments(&french));
    assert!(empty.contains("shows to its users, in whole and polite sentences; \"we\" is the app\n#. zh-CN: 操作成功。\n"));
    assert!(
        import(&french)
            .out
            .ends_with("fr: 0 added, 0 changed, 0 removed\n")
    );
    // One is another text, one is gone, and one is not ready.
    let edited = french.replace("\"Texte 0\"", "\"Genres\"");
    let edited = edited.replace("\"Texte 1\"", "\"\"");
    let edited = edited.replace(
        "msgctxt \"Kind.success title\"\nmsgid \"Success\"\nmsgstr \"Texte 2\"",
        "#, fuzzy\nmsgctxt \"Kind.success title\"\nmsgid \"Success\"\nmsgstr \"Succès ?\"",
    );
    let said = import(&edited);
    assert!(
        said.out.contains(
            "0 added, 1 changed, 1 removed, 1 left out because they are fuzzy; 1 text left to \
             translate\n  removed the translation of `Kind title`\n  warning: `Kind.success title` \
             is fuzzy: `Texte 2` stays published."
        ),
        "{}{}",
        said.out,
        said.err
    );
    let text = registry.read("kinds.toml");
    assert!(text.contains("title.fr = \"Genres\"") && text.contains("title.fr = \"Texte 2\""));
    // Problems have the line of the catalogue, and nothing is written.
    let line = french[..french.find("msgstr \"Texte 4\"").unwrap()]
        .lines()
        .count()
        + 1;
    for (from, to, words, line) in [
        ("Texte 4", "Le <truc>.", "`<truc>` is not a parameter", line),
        ("Texte 4", "  ", "only whitespace", line),
        (
            "Texte 4",
            "Texte 4\\n",
            "ends with whitespace or a line break",
            line,
        ),
        ("\"Texte 4\"", "\"Texte\" 4", "after the closing", line),
        ("\"Done.\"", "\"Did.\"", "written, to `Done.`", line - 1),
        (
            "Kind.success message",
            "Kind.succes message",
            "no text `Kind.succes message`; did you mean `Kind.success message`?",
            line,
        ),
    ] {
        let said = import(&french.replace(from, to));
        assert!(
            !said.success && said.err.contains(words),
            "{words}: {}",
            said.err
        );
        assert!(
            said.err.contains(&format!("kinds.fr.po:{line}")),
            "{line}: {}",
            said.err
        );
        assert_eq!(registry.read("kinds.toml"), text, "{words}");
    }
    assert!(import(&french).success);
    let file = registry.path("kinds.fr.po").display().to_string();
    let said = registry.run(&["import", &file, &file]);
    assert!(
        said.err.contains("for the same language as"),
        "{}",
        said.err
    );
    let of_english = french.replace("Language: fr", "Language: en");
    assert!(
        import(&of_english)
            .err
            .contains("the kinds are written in en")
    );
    let said = registry.run(&["export", "po", "kinds", "--locale", "en"]);
    assert!(
        said.err.contains("the kinds are written in en"),
        "{}",
        said.err
    );
}

/// TOML has two ways to write a list of tables; the import knows the one that the documentation
/// shows.
#[test]
fn kinds_that_cannot_be_edited_are_refused_with_their_line() {
    let registry = Scratch::regenerated();
    let file = "codes/kinds.toml";
    let text = "schema = 1\nvendor = \"mine\"\nlocale = \"en\"\ntitle.en = \"Mine\"\n[[set]]\n\
                name = \"Kind\"\nwire = \"string\"\n\
                code = [{ code = \"lost\", variant = \"Lost\", message.en = \"It is lost.\" }]\n";
    registry.write(file, text);
    let said = registry.run(&["export", "po", "kinds", "--locale", "fr"]);
    let french = said.out.replace(
        "msgid \"Mine\"\nmsgstr \"\"",
        "msgid \"Mine\"\nmsgstr \"Mien\"",
    );
    registry.write(
        "a.po",
        &french.replace("lost.\"\nmsgstr \"\"", "lost.\"\nmsgstr \"Perdu.\""),
    );
    let path = registry.path("a.po").display().to_string();
    let said = registry.run(&["import", &path]);
    let words = "`Kind.lost message` cannot be edited in codes/kinds.toml";
    assert!(said.err.contains(words), "{}{}", said.out, said.err);
    assert_eq!(registry.read(file), text);
    registry.write("a.po", &french);
    let said = registry.run(&["import", &path]);
    assert!(said.out.contains("fr: 1 added"), "{}{}", said.out, said.err);
    assert!(
        registry
            .read(file)
            .contains("title.en = \"Mine\"\ntitle.fr = \"Mien\"\n")
    );
}

const OVERLAY: &str = r#"schema = 1
locale = "en"
[set.PayCode]
table = "Payments"
[set.RefundCode]
table = "Refunds"
[[ignore]]
table = "Old codes"
because = "they are of the first version"
"#;

const ENGLISH: &str = "\
# Payments

| Code | HTTP | Message | Solution | Charged |
|---|---|---|---|---|
| 1 | 400 | Invalid card number | Check the number | no |
| 2 | 402 | Insufficient balance | Use another card | no |
| 3 | 503 | Busy | Try again later | no |
| 4 | 400 | Invalid currency | | yes |

# Refunds

| Code | HTTP | Message | Solution |
|---|---|---|---|
| 1 | 400 | Unknown payment | Check the number |
| 2 | 503 | Busy | Try again later |

# Old codes

| Code | Message |
|---|---|
| 71 | No carrier |
| 72 | No dial tone |
";

/// The tables in another order and under headings in another language; refunds are busy in other
/// words than payments; code 2 has another status, 3 another price, 4 is missing and 5 is new.
const CHINESE: &str = "\
# 历史错误码

| 错误码 | 错误信息 |
|---|---|
| 71 | 无载波 |
| 72 | 无拨号音 |

# 退款

| 错误码 | 错误信息 | 处理建议 | HTTP 状态码 |
|---|---|---|---|
| 1 | 支付单不存在 | 请检查号码 | 400 |
| 2 | 退款通道繁忙 | 请稍后重试 | 503 |

# 支付

| 错误码 | HTTP 状态码 | 错误信息 | 处理建议 | 是否计费 |
|---|---|---|---|---|
| 1 | 400 | 卡号无效 | 请检查号码 | 否 |
| 2 | 400 | 余额不足 | 请换一张卡 | 否 |
| 3 | 503 | 支付通道繁忙 | 请稍后重试 | 是 |
| 5 | 400 | 订单重复 | | 否 |

# 短信

| 错误码 | 错误信息 |
|---|---|
| 9001 | 号码为空 |
| 9002 | 内容为空 |
";

#[test]
fn the_texts_of_a_page_in_another_language_are_taken_over_by_code() {
    let vendor = Scratch::vendor(OVERLAY, ENGLISH);
    vendor.write("page.zh-CN.md", CHINESE);
    assert!(vendor.run(&["regen", "--new"]).success);
    let said = vendor.run(&["messages", "vendor", "zh-CN", "--from", "page.zh-CN.md"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!("page_taken_over", said.out);
    let file = "codes/vendors/vendor/messages/zh-CN.toml";
    let text = vendor.read(file);
    insta::assert_snapshot!("page_translations", text);
    let said = vendor.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale"),
        "{}{}",
        said.out,
        said.err
    );
    let spec = vendor.read("codes/vendors/vendor/spec.toml");
    for message in ["卡号无效", "支付单不存在", "退款通道繁忙"] {
        assert_eq!(
            spec.matches(&format!("zh-CN = \"{message}\"")).count(),
            1,
            "{spec}"
        );
    }
    // The same again changes nothing.
    let said = vendor.run(&["messages", "vendor", "zh-CN", "--from", "page.zh-CN.md"]);
    assert!(
        said.out.contains(": 0 texts from page.zh-CN.md\n"),
        "{}",
        said.out
    );
    assert_eq!(vendor.read(file), text);
    // Once the overlay decides what the pages do not agree on, the texts are those of one code.
    let overlay = format!(
        "{OVERLAY}[set.PayCode.code]\n2 = {{ http = 402 }}\n3 = {{ billing = \"billed\" }}\n"
    );
    vendor.write("codes/vendors/vendor/overlay.toml", &overlay);
    let said = vendor.run(&["messages", "vendor", "zh-CN", "--from", "page.zh-CN.md"]);
    assert!(!said.out.contains(" is "), "{}{}", said.out, said.err);
    assert!(vendor.run(&["regen"]).success);
    let spec = vendor.read("codes/vendors/vendor/spec.toml");
    for message in ["余额不足", "支付通道繁忙", "退款通道繁忙"] {
        assert_eq!(
            spec.matches(&format!("zh-CN = \"{message}\"")).count(),
            1,
            "{spec}"
        );
    }
}

#[test]
fn a_page_that_is_no_translation_of_the_document_is_refused() {
    let vendor = Scratch::vendor(OVERLAY, ENGLISH);
    assert!(vendor.run(&["regen", "--new"]).success);
    let before = vendor.tree();
    let other = CHINESE.split("# 短信").nth(1).unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let sms = folder.path().join("sms.md");
    std::fs::write(&sms, other).unwrap();
    let sms = sms.display().to_string();
    for (language, message) in [
        (
            "zh-CN",
            "this page has none of the codes of the vendor's document",
        ),
        ("en", "codes/vendors/vendor/source.md is in en itself"),
    ] {
        let said = vendor.run(&["messages", "vendor", language, "--from", &sms]);
        assert!(
            !said.success && said.err.contains(message),
            "{}{}",
            said.out,
            said.err
        );
    }
    assert!(vendor.tree() == before);
}

/// What a catalogue of megvii-faceid, in French, does to one text with the parameter `<key>`, and
/// what a tool or an editor did to the file around it.
#[test]
fn a_catalogue_that_would_lose_or_damage_a_text_is_refused_with_its_line() {
    let registry = shipped_registry();
    let said = registry.run(&["export", "po", "megvii-faceid", "--locale", "fr"]);
    let catalogue = said.out;
    let text = "msgid \"缺少必选参数 <key>。\"\nmsgstr ";
    let (before, _) = catalogue.split_once(&format!("{text}\"\"")).unwrap();
    let line = before.lines().count() + 2;
    assert!(before.ends_with(
        "#. parameters, kept as they are: <key>\n\
         #. en: The required parameter <key> is missing.\n"
    ));
    let path = registry.path("a.po").display().to_string();
    let before = registry.tree();
    let import = |catalogue: &[u8]| {
        std::fs::write(&path, catalogue).unwrap();
        let said = registry.run(&["import", &path]);
        std::fs::remove_file(&path).unwrap();
        said
    };
    let with =
        |id: &str, is: &str| catalogue.replacen(&format!("{text}\"\""), &(id.to_owned() + is), 1);
    for (is, shown) in [
        ("« <clé> » manque.", "<clé>"),
        ("< key > manque.", "< key >"),
        ("« <key » manque.", "<key"),
        ("« key> » manque.", "key>"),
        ("‹key› manque.", "‹key›"),
        ("＜key＞ manque.", "＜key＞"),
        ("&lt;key&gt; manque.", "&lt;key"),
        ("{key} manque.", "{key}"),
        ("<cle> manque.", "<cle>"),
        ("<nom du paramètre> <key> manque.", "<nom du paramètre>"),
    ] {
        let said = import(with(text, &format!("\"{is}\"")).as_bytes());
        let message = format!("`{shown}` is not a parameter: the parameters are `<key>`");
        assert!(
            said.err.contains(&message),
            "{is}: {}{}",
            said.out,
            said.err
        );
        assert!(said.err.contains(&format!("a.po:{line}")), "{}", said.err);
    }
    let good = "\"<key> manque.\"";
    let header = |name: &str| {
        let mut lines = catalogue.lines();
        1 + lines
            .position(|line| line.starts_with(&format!("\"{name}:")))
            .unwrap()
    };
    let changed = catalogue.replace("charset=UTF-8", "charset=GB18030");
    let other = catalogue.replace("\"Language: fr", "\"Language: de");
    let doubled = catalogue.replace("\"Language: fr", "\"Language: fr\\n\"\n\"Language: fr");
    let of_code = |code: &str| with(&format!("msgctxt \"{code}\"\n{text}"), good);
    for (catalogue, words, line) in [
        (
            with(text, "\"<key> manque.\\n\""),
            "ends with whitespace",
            line,
        ),
        (
            with(text, "\"\u{a0}<key> manque.\""),
            "ends with whitespace",
            line,
        ),
        (
            with(text, "\"<key>\" manque."),
            "`manque.` is after the closing",
            line,
        ),
        (
            with(text, "\"<key>\"\nmsgstr \"b\""),
            "already has a `msgstr`",
            line + 1,
        ),
        (
            with(&text.replace("\nmsgstr ", ""), ""),
            "has no `msgstr`",
            line - 1,
        ),
        (
            of_code("TokenError.999"),
            "is not a set or a code of megvii-faceid",
            line + 1,
        ),
        (
            with(&text.replace("必选", "必须"), good),
            "similar is `缺少必选参数 <key>。`; do not change `msgid`",
            line - 1,
        ),
        (
            changed,
            "the encoding `GB18030` is not supported",
            header("Content-Type"),
        ),
        (other, "the catalogue is in `de`", header("Language")),
        (doubled, "the header has `Language` twice", 3),
    ] {
        let said = import(catalogue.as_bytes());
        assert!(
            said.err.contains(words),
            "{words}: {}{}",
            said.out,
            said.err
        );
        let place = format!("a.po:{line}\n");
        assert!(
            said.err.contains(&place) || said.err.contains(&format!("a.po:{line}:")),
            "{}",
            said.err
        );
    }
    let mut latin = with(text, good).into_bytes();
    let at = latin.len() - 2;
    latin[at] = 0xE9;
    let said = import(&latin);
    assert!(
        said.err
            .contains("is not UTF-8: save the catalogue as UTF-8"),
        "{}",
        said.err
    );
    assert!(registry.tree() == before, "a file has changed");
    // What is valid: strings one after the other, a code, another spelling of the language.
    for (catalogue, is) in [
        (with(text, "\"<key> \" \"manque.\""), "<key> manque."),
        (
            of_code("TokenError.400")
                .replace("Language: fr\\n\"\n\"MIME", "Language: fr_FR\\n\"\n\"MIME"),
            "<key> manque.",
        ),
        (
            with(text, "\"Un paramètre manque.\""),
            "Un paramètre manque.",
        ),
    ] {
        let said = import(catalogue.as_bytes());
        assert!(said.out.contains("1 added"), "{}{}", said.out, said.err);
        let warns = said.out.contains(&format!(
            "leaves out `<key>`, so that readers do not learn its value\n    --> {path}:{line}\n"
        ));
        assert_eq!(warns, !is.contains("<key>"), "{}", said.out);
        assert!(
            said.out.contains(" texts left to translate; run"),
            "{}",
            said.out
        );
        let file = "vendors/megvii-faceid/messages/fr.toml";
        assert!(registry.read(file).contains(is));
        std::fs::remove_file(registry.path(file)).unwrap();
    }
}

/// The flag `fuzzy` and an empty `msgstr` are all that a translator has to say about a translation.
#[test]
fn fuzzy_and_removed_translations_are_named() {
    let shop = Scratch::regenerated();
    shop.edit("source.md", "参数错误", "请求参数错误");
    let english = format!("{SHOP}/messages/en.toml");
    let before = shop.read(&english);
    let po = shop.run(&["export", "po", "shop", "--locale", "en"]).out;
    let path = shop.path("a.po").display().to_string();
    let import = |catalogue: &str| {
        shop.write("a.po", catalogue);
        let said = shop.run(&["import", &path]);
        assert!(said.success, "{}", said.err);
        let after = shop.read(&english);
        shop.write(&english, &before);
        (said.out, after)
    };
    let (_, rest) = po.split_once("msgid \"请求参数错误\"\nmsgstr \"").unwrap();
    let is = rest.split_once('"').unwrap().0;
    let translated = po.replace(&format!("msgstr \"{is}\""), "msgstr \"Wrong argument.\"");
    let (said, after) = import(&translated);
    assert!(
        said.contains("0 removed; 13 texts left to translate, 1 stale (fuzzy); run")
            && said.contains("as long as its entry has the flag `fuzzy`"),
        "{said}"
    );
    assert!(after.contains("Wrong argument.") && after.contains("of = \"参数错误\""));
    // Emptied, and reviewed: the old translation goes.
    let emptied = po.replace(&format!("msgstr \"{is}\""), "msgstr \"\"");
    let (said, after) = import(&emptied.replace("#, fuzzy\n", ""));
    assert!(
        said.contains("1 removed") && said.contains("removed the translation of `参数错误`\n"),
        "{said}"
    );
    assert!(!after.contains("of = \"参数错误\""));
    let (_, after) = import(&emptied);
    assert_eq!(after, before);
}
