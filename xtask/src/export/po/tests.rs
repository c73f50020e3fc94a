//! What translators see of a small vendor, and what becomes of their catalogues.

use errbook_spec::place::Source;

use super::{Entry, Outcome, Page, check, export, import, parse, warnings};
use crate::vendor::{Original, Vendor};

const ORDER: &str = "[set.Order]\ntable = \"Orders\"\n";

fn table(rows: &[&str]) -> String {
    let rows = rows.iter().map(|row| format!("| {row} |\n"));
    format!(
        "# Orders\n\n| Code | Message | Solution |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

/// A vendor with this overlay and document, and translations into German.
fn page(overlay: &str, rows: &[&str], german: &str) -> Page {
    let overlay = format!("schema = 1\nlocale = \"en\"\n{overlay}");
    let german = format!("schema = 1\n{german}");
    let vendor = Vendor {
        name: "shop".to_owned(),
        folder: "vendors/shop".to_owned(),
        document: Original::new("source.md", table(rows).as_str()),
        overlay: Source::new("overlay.toml", &overlay),
        messages: vec![("de".to_owned(), Source::new("messages/de.toml", &german))],
        memory: Vec::new(),
        released: None,
        has_releases: false,
        words: errbook_ingest::lexicon::Words::default(),
    };
    Page::read(&vendor, None, "de").unwrap_or_else(|it| panic!("{it}"))
}

fn entry(of: &str, is: &str, more: &str) -> String {
    format!("\n[[text]]\nof = \"{of}\"\nis = \"{is}\"\n{more}")
}

fn entries(page: &Page) -> Vec<Entry> {
    parse(&export(page)).unwrap().1
}

/// `[context] ID = TEXT`, with what is special about an entry.
fn shown(entries: &[Entry]) -> Vec<String> {
    let line = |it: &Entry| {
        let context = it.context.as_ref().map(|at| format!("[{at}] "));
        let previous = it.previous.as_ref().map(|was| format!(" (was {was})"));
        format!(
            "{}{} = {}{}{}{}",
            context.unwrap_or_default(),
            it.id,
            it.text,
            if it.fuzzy { " fuzzy" } else { "" },
            if it.obsolete { " obsolete" } else { "" },
            previous.unwrap_or_default()
        )
    };
    entries.iter().map(line).collect()
}

#[test]
fn a_catalogue_has_what_is_translated_and_what_is_missing_in_the_order_of_the_document() {
    let rows = [
        "1 | The bank is very busy | wait",
        "2 | late | wait",
        "3 | gone | ",
    ];
    let german = [
        entry("gone", "", ""),
        entry("late", "spät", "in = \"Order.2\"\n"),
        entry("The bank is very busy", "", ""),
        entry("The bank is busy", "Die Bank", ""),
        entry("xyzzy", "Alt", ""),
        entry("wait", "warten", "stale = true\n"),
        entry("never", "", ""),
    ];
    let page = page(ORDER, &rows, &german.concat());
    assert_eq!(
        shown(&entries(&page)),
        [
            "Orders = ",
            "The bank is very busy = Die Bank fuzzy (was The bank is busy)",
            "wait = warten fuzzy",
            "[Order.2] late = spät",
            "gone = ",
            "xyzzy = Alt obsolete",
        ]
    );
    let obsolete: Vec<_> = page.obsolete().map(|text| text.of.value.as_str()).collect();
    assert_eq!(obsolete, ["never"]);
    let missing: Vec<_> = page.missing().iter().filter_map(|it| it.source()).collect();
    assert_eq!(missing, ["Orders"]);
    let places = page.places("wait").len();
    assert_eq!(places, 2);
}

/// gettext compares texts byte by byte, so each wording is an entry, where it is in the document.
#[test]
fn wordings_that_differ_in_whitespace_are_entries_in_the_order_of_the_document() {
    let rows = ["1 | card token | ", "2 | cardtoken | ", "3 | card token | "];
    let page = page(ORDER, &rows, &entry("cardtoken", "Karte", ""));
    assert_eq!(
        shown(&entries(&page)),
        ["Orders = ", "card token = Karte", "cardtoken = Karte"]
    );
}

#[test]
fn the_source_language_is_that_of_most_texts() {
    let rows = ["1 | belegt | ", "2 | spät | ", "3 | late | "];
    let header = |german: &[u32]| {
        let entries = german
            .iter()
            .map(|code| format!("{code} = {{ locale = \"fr\" }}\n"));
        let overlay = format!("{ORDER}[set.Order.code]\n{}", entries.collect::<String>());
        let (header, _) = parse(&export(&page(&overlay, &rows, ""))).unwrap();
        let find = |name: &str| {
            let field = header.iter().find(|(field, _)| field == name);
            field.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        assert_eq!(find("X-Errbook-Vendor"), "shop");
        assert_eq!(
            (find("Language"), find("X-Errbook-Language")),
            ("de".into(), "de".into())
        );
        find("X-Source-Language")
    };
    assert_eq!(header(&[]), "en");
    assert_eq!(header(&[1]), "en");
    assert_eq!(header(&[1, 2, 3]), "fr");
}

#[test]
fn a_translator_learns_where_a_text_is_and_what_it_is_about() {
    let rows = [
        "1 | The <key> is bad | wait",
        "2 | late | wait",
        "3 | gone | wait",
        "4 | odd | wait",
        "5 | even | wait",
        "6 | last | wait",
    ];
    let overlay = format!(
        "{ORDER}[set.Order.code]\n1 = {{ variant = \"Bad\", retry = \"backoff\", because = \"x\", \
         params = {{ key = {{}} }}, message = \"That <key> is wrong\" }}\n"
    );
    let page = page(&overlay, &rows, "");
    let entries = entries_with_comments(&export(&page));
    let of = |id: &str| {
        let found = entries.iter().find(|(own, _)| own == id);
        found
            .unwrap_or_else(|| panic!("{id}: {entries:#?}"))
            .1
            .clone()
    };
    assert_eq!(of("late"), ["Order.2: message of Late"]);
    assert_eq!(
        of("wait"),
        [
            "Order.1: remedy of Bad (backoff)",
            "Order.2: remedy of Late",
            "Order.3: remedy of Gone",
            "Order.4: remedy of Odd",
            "and 2 more: Order.5 remedy, Order.6 remedy",
        ]
    );
    assert_eq!(
        of("That <key> is wrong"),
        [
            "Order.1: message of Bad (backoff)",
            "parameters, kept as they are: <key>"
        ]
    );
}

/// Each text of a catalogue with its comments.
fn entries_with_comments(catalogue: &str) -> Vec<(String, Vec<String>)> {
    let mut entries = Vec::new();
    let mut comments = Vec::new();
    for line in catalogue.lines() {
        if let Some(comment) = line.strip_prefix("#. ") {
            comments.push(comment.to_owned());
        } else if let Some(id) = line.strip_prefix("msgid ") {
            entries.push((
                id.trim_matches('"').to_owned(),
                std::mem::take(&mut comments),
            ));
        }
    }
    entries
}

const ROWS: [&str; 4] = [
    "1 | busy | wait",
    "2 | late | ",
    "3 | gone | ",
    "4 | busy too | ",
];

/// What the translation file becomes if a translator edits its catalogue.
fn imported(german: &str, edit: impl Fn(&mut Vec<Entry>)) -> (Outcome, Page) {
    let page = page(ORDER, &ROWS, german);
    let mut catalogue = entries(&page);
    edit(&mut catalogue);
    let file = format!("schema = 1\n{german}");
    (import(&page, &file, &catalogue).unwrap(), page)
}

fn numbers(outcome: &Outcome) -> [usize; 5] {
    let removed = outcome.removed.len();
    [
        outcome.added,
        outcome.changed,
        outcome.resolved,
        removed,
        outcome.marked,
    ]
}

fn find<'a>(catalogue: &'a mut [Entry], id: &str) -> &'a mut Entry {
    catalogue.iter_mut().find(|entry| entry.id == id).unwrap()
}

#[test]
fn an_unchanged_catalogue_changes_nothing() {
    let german = [
        entry("busy", "belegt", ""),
        entry("late", "", ""),
        entry("gone", "weg", "stale = true\n"),
        entry("The bank", "Die Bank", ""),
    ];
    let file = format!("schema = 1\n{}", german.concat());
    let (outcome, page) = imported(&german.concat(), |_| {});
    assert_eq!(numbers(&outcome), [0; 5]);
    assert_eq!(outcome.text, file);
    let file = file.replace('\n', "\r\n");
    assert_eq!(import(&page, &file, &entries(&page)).unwrap().text, file);
    assert!(check(&page, &entries(&page)).is_empty());
}

#[test]
fn each_edit_of_a_translator_is_counted_for_what_it_is() {
    let german = entry("busy", "belegt", "");
    let text =
        |outcome: &Outcome, part: &str| assert!(outcome.text.contains(part), "{}", outcome.text);
    let (outcome, _) = imported(&german, |all| find(all, "late").text = "spät".to_owned());
    assert_eq!(numbers(&outcome), [1, 0, 0, 0, 0]);
    text(&outcome, "of = \"late\"\nis = \"spät\"\n");
    let (outcome, _) = imported(&german, |all| find(all, "busy").text = "besetzt".to_owned());
    assert_eq!(numbers(&outcome), [0, 1, 0, 0, 0]);
    text(&outcome, "is = \"besetzt\"");
    let (outcome, _) = imported(&german, |all| find(all, "busy").text.clear());
    assert_eq!(numbers(&outcome), [0, 0, 0, 1, 0]);
    assert_eq!(outcome.removed, ["busy"]);
    assert!(!outcome.text.contains("belegt"), "{}", outcome.text);
    let (outcome, _) = imported(&german, |all| find(all, "busy").fuzzy = true);
    assert_eq!(numbers(&outcome), [0, 0, 0, 0, 1]);
    text(&outcome, "stale = true");
    // A new translation may be fuzzy, too.
    let (outcome, _) = imported(&german, |all| {
        let late = find(all, "late");
        late.text = "spät".to_owned();
        late.fuzzy = true;
    });
    assert_eq!(numbers(&outcome), [1, 0, 0, 0, 1]);
    text(&outcome, "is = \"spät\"\nstale = true\n");
    // An entry that waits to be filled in.
    let empty = entry("late", "", "");
    let (outcome, _) = imported(&empty, |all| find(all, "late").text = "spät".to_owned());
    assert_eq!(numbers(&outcome), [1, 0, 0, 0, 0]);
    assert_eq!(outcome.text.matches("of = \"late\"").count(), 1);
    let (outcome, _) = imported(&empty, |all| all.retain(|entry| entry.id != "late"));
    assert_eq!(numbers(&outcome), [0; 5]);
}

/// Two wordings share a translation until a translator gives one its own.
#[test]
fn a_wording_gets_an_entry_of_its_own_with_its_translation() {
    let rows = ["1 | card token | ", "2 | cardtoken | "];
    let page = page(ORDER, &rows, &entry("cardtoken", "Karte", ""));
    let file = format!("schema = 1\n{}", entry("cardtoken", "Karte", ""));
    let after = |edit: &dyn Fn(&mut Entry)| {
        let mut catalogue = entries(&page);
        edit(find(&mut catalogue, "card token"));
        import(&page, &file, &catalogue).unwrap()
    };
    assert_eq!(numbers(&after(&|_| {})), [0; 5]);
    assert_eq!(numbers(&after(&|entry| entry.text.clear())), [0; 5]);
    let outcome = after(&|entry| entry.text = "Chip".to_owned());
    assert_eq!(numbers(&outcome), [1, 0, 0, 0, 0]);
    let own = "of = \"card token\"\nis = \"Chip\"\n";
    assert_eq!(outcome.text, format!("{file}\n[[text]]\n{own}"));
    let outcome = after(&|entry| entry.fuzzy = true);
    assert_eq!(numbers(&outcome), [1, 0, 0, 0, 1]);
    let own = "of = \"card token\"\nis = \"Karte\"\nstale = true\n";
    assert_eq!(outcome.text, format!("{file}\n[[text]]\n{own}"));
}

/// An entry whose text differs from the vendor's only in whitespace is that of the vendor's text.
#[test]
fn an_entry_of_the_only_wording_is_changed_and_not_doubled() {
    let page = page(
        ORDER,
        &["1 | cardtoken | "],
        &entry("card token", "Karte", ""),
    );
    let file = format!("schema = 1\n{}", entry("card token", "Karte", ""));
    let mut catalogue = entries(&page);
    assert_eq!(shown(&catalogue), ["Orders = ", "cardtoken = Karte"]);
    find(&mut catalogue, "cardtoken").text = "Chip".to_owned();
    let outcome = import(&page, &file, &catalogue).unwrap();
    assert_eq!(numbers(&outcome), [0, 1, 0, 0, 0]);
    assert_eq!(outcome.text, file.replace("Karte", "Chip"));
}

/// What an optional parameter says is not lost without it.
#[test]
fn only_a_parameter_that_is_not_optional_is_missed() {
    let overlay = format!(
        "{ORDER}[set.Order.code]\n1 = {{ variant = \"Bad\", \
         params = {{ key = {{ optional = true }}, age = {{}} }} }}\n"
    );
    let page = page(&overlay, &["1 | The <key> is <age> | ", "2 | late | "], "");
    let entry = Entry {
        id: "The <key> is <age>".to_owned(),
        text: "Falsch".to_owned(),
        ..Entry::default()
    };
    let warnings = warnings(&page, &[entry]);
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].message.contains("leaves out `<age>`,"),
        "{warnings:?}"
    );
}

const KINDS: &str = "schema = 1\nvendor = \"errbook\"\nlocale = \"en\"\ntitle.en = \"Mine\"\n\
                     title.fr = \"Mien\"\n[[set]]\nname = \"Kind\"\nwire = \"string\"\n\
                     title.en = \"Kinds\"\n[[set.code]]\ncode = \"network\"\n\
                     variant = \"Network\"\ntitle.en = \"Network\"\nmessage.en = \"Try again.\"\n\
                     message.de = \"Noch einmal.\"\ndoc.en = \"The network failed.\"\n";

#[test]
fn a_translator_of_kinds_learns_what_each_text_is() {
    use super::kinds;
    let spec = errbook_spec::parse(&Source::new("kinds.toml", KINDS)).unwrap();
    assert_eq!(kinds::languages(&spec), ["de", "fr"]);
    let catalogue = kinds::export(&spec, "de");
    let entries = entries_with_comments(&catalogue);
    let notes: Vec<_> = entries
        .iter()
        .filter_map(|(id, comments)| Some(format!("{id}: {}", comments.first()?)))
        .map(|note| note.split([',', ';']).next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        notes,
        [
            "Mine: the name of these kinds as a whole",
            "Kinds: the heading above the list of all kinds",
            "Network: title: a name of a few words",
            "The network failed.: definition",
            "Try again.: message: what an app shows to its users",
        ]
    );
    assert_eq!(
        entries[1].1,
        ["the name of these kinds as a whole", "fr: Mien"]
    );
    let (_, parsed) = parse(&catalogue).unwrap();
    let message = parsed
        .iter()
        .find(|entry| entry.id == "Try again.")
        .unwrap();
    assert_eq!(message.text, "Noch einmal.");
    assert_eq!(message.context.as_deref(), Some("Kind.network message"));
}

/// The file of the kinds after an import of German texts, or what is wrong with them.
fn imported_kinds(texts: &[(&str, &str)]) -> Result<super::kinds::Outcome, Vec<super::Wrong>> {
    let kinds = KINDS.replace("Try again.", "Try <key> again.");
    let source = Source::new("kinds.toml", &kinds);
    let spec = errbook_spec::parse(&source).unwrap();
    let (_, mut catalogue) = parse(&super::kinds::export(&spec, "de")).unwrap();
    for (id, text) in texts {
        find(&mut catalogue, id).text = (*text).to_owned();
    }
    super::kinds::import(&source, &spec, "de", &catalogue)
}

#[test]
fn the_texts_of_kinds_are_added_changed_and_removed() {
    let outcome = imported_kinds(&[
        ("The network failed.", "Das Netz."),
        ("Try <key> again.", "Nochmal <key>."),
    ]);
    let outcome = outcome.unwrap();
    assert_eq!(
        (outcome.added, outcome.changed, outcome.removed.len()),
        (1, 1, 0)
    );
    assert_eq!((outcome.left, outcome.warnings.len()), (3, 0));
    assert!(
        outcome.text.contains("message.de = \"Nochmal <key>.\"\n"),
        "{}",
        outcome.text
    );
    let outcome = imported_kinds(&[("Try <key> again.", "Nochmal.")]).unwrap();
    assert!(
        outcome.warnings[0].message.contains("leaves out `<key>`"),
        "{outcome:?}"
    );
    let outcome = imported_kinds(&[("Try <key> again.", "")]).unwrap();
    assert_eq!(outcome.removed, ["Kind.network message"]);
    assert_eq!(outcome.warnings, []);
    assert!(!outcome.text.contains("message.de"), "{}", outcome.text);
}

/// A translation that would make the file invalid is named at its line of the catalogue.
#[test]
fn an_invalid_text_of_a_kind_is_found_at_its_line() {
    let line = |text: &str, id: &str| {
        let spec = errbook_spec::parse(&Source::new("kinds.toml", text)).unwrap();
        let catalogue = super::kinds::export(&spec, "de");
        let lines: Vec<_> = catalogue.lines().collect();
        let at = lines
            .iter()
            .position(|line| *line == format!("msgid \"{id}\""));
        at.unwrap() + 2
    };
    let expected = line(KINDS, "The network failed.");
    let wrong = imported_kinds(&[
        ("Mine", "Meins"),
        ("The network failed.", "Das \u{202e}Netz."),
    ]);
    let wrong = wrong.unwrap_err();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0].line, expected, "{wrong:?}");
}

#[test]
fn a_mark_is_removed_with_the_flag() {
    let marked = entry("busy", "belegt", "stale = true\n");
    let (outcome, _) = imported(&marked, |all| find(all, "busy").fuzzy = false);
    assert_eq!(numbers(&outcome), [0, 0, 1, 0, 0]);
    assert!(!outcome.text.contains("stale"), "{}", outcome.text);
    let (outcome, _) = imported(&marked, |all| find(all, "busy").text = "besetzt".to_owned());
    assert_eq!(numbers(&outcome), [0, 1, 0, 0, 0]);
    assert!(outcome.text.contains("stale = true"), "{}", outcome.text);
}

/// The vendor has reworded a text: its translation is fuzzy until a translator has looked at it.
#[test]
fn a_translation_of_a_reworded_text_is_resolved_kept_or_given_up() {
    let german = entry("busy tool", "auch belegt", "");
    let page_of = |edit: fn(&mut Entry)| imported(&german, |all| edit(find(all, "busy too"))).0;
    let outcome = page_of(|_| {});
    assert_eq!(numbers(&outcome), [0; 5]);
    let outcome = page_of(|entry| entry.fuzzy = false);
    assert_eq!(numbers(&outcome), [0, 0, 1, 0, 0]);
    assert!(
        outcome
            .text
            .contains("of = \"busy too\"\nis = \"auch belegt\"\n"),
        "{}",
        outcome.text
    );
    // Some tools drop the previous text with the flag.
    let outcome = page_of(|entry| {
        entry.fuzzy = false;
        entry.previous = None;
    });
    assert_eq!(numbers(&outcome), [0, 0, 1, 0, 0]);
    let outcome = page_of(|entry| entry.text = "sehr belegt".to_owned());
    assert_eq!(numbers(&outcome), [0, 1, 0, 0, 0]);
    assert!(
        outcome
            .text
            .contains("of = \"busy tool\"\nis = \"sehr belegt\"\n"),
        "{}",
        outcome.text
    );
    let outcome = page_of(|entry| {
        entry.text.clear();
        entry.fuzzy = false;
    });
    assert_eq!(numbers(&outcome), [0, 0, 0, 1, 0]);
    assert_eq!(outcome.removed, ["busy tool"]);
}

#[test]
fn a_problem_of_a_catalogue_is_named_and_a_doubt_is_a_warning() {
    let rows = ["1 | The <key> is bad | ", "2 | late | "];
    let overlay = format!(
        "{ORDER}[set.Order.code]\n1 = {{ variant = \"Bad\", params = {{ key = {{}} }} }}\n"
    );
    let german = [entry("late", "spät", ""), entry("former", "früher", "")];
    let page = page(&overlay, &rows, &german.concat());
    let of = |id: &str, text: &str, context: Option<&str>| Entry {
        id: id.to_owned(),
        text: text.to_owned(),
        context: context.map(str::to_owned),
        line: 7,
        id_line: 6,
        ..Entry::default()
    };
    let bad = "The <key> is bad";
    let problems = |entries: &[Entry]| {
        let problems = check(&page, entries).into_iter();
        let lines = problems.map(|it| format!("{} {}", it.line, it.message));
        lines.collect::<Vec<_>>().join("\n")
    };
    for (entry, expected) in [
        (of(bad, "Der <key> ist falsch", None), ""),
        (of(bad, "", None), ""),
        (of(bad, "Der <key> ist falsch", Some("Order")), ""),
        (of(bad, "Der <key> ist falsch", Some("Order.1")), ""),
        (of("unknown", "", None), ""),
        (
            of(bad, "Der <schlüssel> ist falsch", None),
            "7 `<schlüssel>` is not a parameter: the parameters are `<key>`",
        ),
        (
            of(bad, "Der < key > ist", None),
            "7 `< key >` is not a parameter",
        ),
        (
            of(bad, "Der ‹key› ist", None),
            "7 `‹key›` is not a parameter",
        ),
        (
            of(bad, "Der {key} ist", None),
            "7 `{key}` is not a parameter",
        ),
        (of(bad, "Der <key ist", None), "7 `<key` is not a parameter"),
        (
            of("late", "zu <spät>", None),
            "7 `<spät>` is not a parameter: this text has none",
        ),
        (of("late", "1 < 2 und 3 > 2", None), ""),
        (of("late", "‹spät›", None), ""),
        (of("late", "<_x>", None), "7 `<_x>` is not a parameter"),
        (of("late", "a <b\nc", None), ""),
        (of("late", &format!("a <{}>", "b".repeat(41)), None), ""),
        (of("former", "früher", None), ""),
        (
            of("former", "früher", Some("Order")),
            "6 unknown text `former` in `Order`",
        ),
        (
            of("late", "spät", Some("Order.9")),
            "7 `Order.9` is not a set or a code of shop",
        ),
        (
            of("lake", "spät", None),
            "6 unknown text `lake`: neither the document nor the translation file contains it; \
             the most similar is `late`",
        ),
        (
            of("late", " spät", None),
            "7 this translation begins or ends with whitespace",
        ),
        (
            of("late", "  ", None),
            "7 this translation is only whitespace",
        ),
    ] {
        let problems = problems(std::slice::from_ref(&entry));
        if expected.is_empty() {
            assert_eq!(problems, "", "{entry:?}");
        } else {
            assert!(problems.contains(expected), "{expected}: {problems}");
        }
    }
    let twice = [
        of("late", "a", None),
        Entry {
            line: 9,
            ..of("late", "b", None)
        },
    ];
    assert!(problems(&twice).contains("9 `late` is already translated at line 7"));
    let obsolete = Entry {
        obsolete: true,
        ..of("lake", "<x>", None)
    };
    assert_eq!(problems(std::slice::from_ref(&obsolete)), "");

    let warned = |entry: Entry| {
        let warnings = warnings(&page, &[entry]).into_iter();
        warnings.map(|it| it.message).collect::<Vec<_>>().join("\n")
    };
    assert!(warned(of(bad, "Falsch", None)).contains("leaves out `<key>`"));
    assert_eq!(warned(of(bad, "<key>", None)), "");
    assert_eq!(warned(of(bad, "", None)), "");
    assert_eq!(warned(obsolete), "");
    let fuzzy = |text: &str| Entry {
        fuzzy: true,
        ..of("late", text, None)
    };
    assert!(warned(fuzzy("neu")).contains("is not used as long as its entry has the flag `fuzzy`"));
    assert_eq!(warned(fuzzy("spät")), "");
}
