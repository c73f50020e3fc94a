//! What a new edition does to the codes of the previous spec, without a document.

mod documents;
mod meanings;
mod pages;
mod texts;
mod unkept;

use errbook_spec::place::{At, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Since, SourceFile, Spec, Status};

use crate::overlay::{self, Overlay};
use crate::reference::Key;
use crate::regen::edition::{Named, Renaming};
use crate::regen::memory::{
    Change, Memory, add_former, list_changes, remember_since, remember_withdrawn, retire,
};
use crate::regen::names::name_codes;
use crate::regen::promised::Promised;

fn spec(sets: &str) -> Spec {
    let text = format!("schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n{sets}");
    errbook_spec::parse(&Source::new("spec.toml", &text))
        .unwrap_or_else(|it| panic!("{it}\n{text}"))
}

/// A set with codes, each written as its number and the rest of its keys.
fn set(codes: &[(&str, &str)]) -> Set {
    let codes = codes.iter().map(|(code, keys)| {
        format!("[[set.code]]\ncode = \"{code}\"\nvariant = \"C{code}\"\n{keys}\n")
    });
    let sections = "[[set.section]]\nid = \"cards\"\n";
    let text = format!(
        "[[set]]\nname = \"Order\"\n{sections}{}",
        codes.collect::<String>()
    );
    spec(&text).sets.remove(0)
}

fn overlay(codes: &str) -> Overlay {
    let text = format!(
        "schema = 1\nlocale = \"en\"\n[set.Order]\ntable = \"1. Orders\"\n[set.Order.code]\n{codes}"
    );
    let source = Source::new("overlay.toml", &text);
    overlay::parse(&source).unwrap_or_else(|it| panic!("{it}\n{text}"))
}

/// The codes of a set in their order, with the edition in which each was retired.
fn codes(set: &Set) -> Vec<String> {
    let line = |code: &Code| match (code.status, &code.retired_in) {
        (Status::Active, None) => code.code.value.clone(),
        (status, edition) => format!(
            "{} {status:?} {}",
            code.code.value,
            edition.as_ref().map_or("-", |it| it.value.as_str())
        ),
    };
    set.codes.iter().map(line).collect()
}

const OLD: &str = "status = \"retired\"\nretired-in = \"V1\"";

#[test]
fn a_retired_code_stays_after_the_code_that_it_followed() {
    let earlier = set(&[("1", ""), ("2", ""), ("3", OLD), ("4", ""), ("5", "")]);
    let retired = |listed: &[(&str, &str)], promised: &Promised, entries: &str| {
        let mut now = set(listed);
        retire(
            &mut now,
            &[&earlier],
            &overlay(entries).sets[0],
            promised,
            "V2",
        );
        codes(&now)
    };
    let unknown = Promised::Unknown;
    assert_eq!(
        retired(&[("4", ""), ("6", ""), ("2", "")], &unknown, ""),
        [
            "1 Retired V2",
            "4",
            "5 Retired V2",
            "6",
            "2",
            "3 Retired V1"
        ]
    );
    // What the overlay removed does not come back, nor what is under another number.
    assert_eq!(
        retired(
            &[("2", ""), ("4", "")],
            &unknown,
            "5 = { status = \"removed\" }\n"
        ),
        ["1 Retired V2", "2", "3 Retired V1", "4"]
    );
    assert_eq!(
        retired(&[("2", ""), ("7", "")], &unknown, "7 = { was = [\"4\"] }\n"),
        ["1 Retired V2", "2", "3 Retired V1", "7", "5 Retired V2"]
    );
    // A code that was retired before may have been promised by an earlier release.
    let none = Promised::Release(None);
    assert_eq!(retired(&[("2", "")], &none, ""), ["2", "3 Retired V1"]);
    let released = set(&[("1", ""), ("4", "")]);
    let some = Promised::Release(Some(Box::new(Spec {
        sets: vec![released],
        ..spec("")
    })));
    assert_eq!(
        retired(&[("2", "")], &some, ""),
        ["1 Retired V2", "2", "3 Retired V1", "4 Retired V2"]
    );
    assert_eq!(retired(&[("2", "")], &Promised::NoRelease, "").len(), 5);
}

/// A former meaning that the overlay gives back to its code is not retired as well.
#[test]
fn a_former_meaning_that_comes_back_is_not_kept_twice() {
    let mut earlier = set(&[("1", ""), ("1", "status = \"retired\"\nuntil = \"V1\"")]);
    earlier.codes[0].variant = "Now".into();
    let after = |entries: &str| {
        let mut now = set(&[("1", ""), ("2", "")]);
        retire(
            &mut now,
            &[&earlier],
            &overlay(entries).sets[0],
            &Promised::Unknown,
            "V2",
        );
        now.codes.len()
    };
    assert_eq!(after("1 = { variant = \"C1\" }\n"), 2);
    assert_eq!(after(""), 3);
    assert_eq!(after("1 = { variant = \"Now\" }\n"), 3);
    assert_eq!(after("2 = { variant = \"C1\" }\n"), 3);
    assert_eq!(
        after("1 = [{ variant = \"Now\" }, { variant = \"C1\", until = \"V1\" }]\n"),
        3
    );
}

#[test]
fn the_section_of_a_retired_code_is_kept_and_others_are_not() {
    let earlier = set(&[("1", ""), ("2", "section = \"cards\"")]);
    for (listed, sections) in [("1", 1), ("2", 0)] {
        let mut now = set(&[(listed, "")]);
        now.sections.clear();
        retire(
            &mut now,
            &[&earlier],
            &overlay("").sets[0],
            &Promised::Unknown,
            "V2",
        );
        assert_eq!(now.sections.len(), sections, "{listed}");
        // Once is enough.
        let mut now = set(&[(listed, "")]);
        retire(
            &mut now,
            &[&earlier],
            &overlay("").sets[0],
            &Promised::Unknown,
            "V2",
        );
        assert_eq!(now.sections.len(), 1, "{listed}");
    }
}

#[test]
fn a_former_meaning_is_taken_from_an_earlier_spec_or_reported() {
    let entries = "1 = [{ variant = \"Now\" }, { variant = \"C1\", until = \"V2\" }]\n";
    let earlier = set(&[("2", ""), ("1", "")]);
    let other = set(&[("2", ""), ("1", "")]);
    let mut now = set(&[("1", ""), ("2", "")]);
    now.codes[0].variant = "Now".into();
    now.sections.clear();
    let mut problems = Problems::default();
    let decided = overlay(entries);
    add_former(
        &mut now,
        &[&earlier],
        &decided.sets[0],
        &Promised::Unknown,
        &mut problems,
    );
    assert_eq!(problems.to_string(), "");
    assert_eq!(codes(&now), ["1", "2", "1 Retired V2"]);
    let former = &now.codes[2];
    assert_eq!(former.variant.value, "C1");
    assert_eq!(former.until.as_deref().map(String::as_str), Some("V2"));

    let mut renamed = other.clone();
    renamed.codes[1].variant = "Other".into();
    for (states, help) in [
        (vec![&renamed], "its names are `Other`"),
        (vec![], "the code is in no earlier spec"),
    ] {
        let mut now = set(&[("1", "")]);
        let mut problems = Problems::default();
        add_former(
            &mut now,
            &states,
            &decided.sets[0],
            &Promised::Unknown,
            &mut problems,
        );
        let problems = problems.to_string();
        assert!(
            problems.contains("`C1` was never a name of `1`"),
            "{problems}"
        );
        assert!(problems.contains(help), "{problems}");
        assert_eq!(codes(&now), ["1"]);
    }
}

#[test]
fn half_of_the_rows_make_a_table_the_same() {
    for (shared, all, is_same) in [(0, 0, false), (0, 5, false), (1, 3, false), (1, 2, true)] {
        assert_eq!(
            crate::regen::fit::is_share(shared, all),
            is_same,
            "{shared} {all}"
        );
    }
}

#[test]
fn a_withdrawn_code_keeps_the_edition_that_first_withdrew_it() {
    let withdrawn = "status = \"retired\"";
    let earlier = set(&[("1", OLD), ("2", ""), ("4", withdrawn)]);
    let first = set(&[("1", "status = \"retired\"\nretired-in = \"V0\"")]);
    let mut now = set(&[
        ("1", withdrawn),
        ("2", withdrawn),
        ("3", withdrawn),
        ("5", ""),
    ]);
    now.codes.push(set(&[("6", OLD)]).codes.remove(0));
    remember_withdrawn(&mut now, &[&earlier, &first], "V2");
    assert_eq!(
        codes(&now),
        [
            "1 Retired V1",
            "2 Retired V2",
            "3 Retired V2",
            "5",
            "6 Retired V1"
        ]
    );
}

#[test]
fn only_codes_after_the_first_edition_say_since_when_they_exist() {
    let since = |edition: &str| Since {
        edition: Some(edition.into()),
        release: None,
    };
    let earlier = set(&[("1", ""), ("2", "since.edition = \"V1\"")]);
    let of = |edition: &str| {
        let mut now = set(&[("1", "since.edition = \"V9\""), ("2", ""), ("3", "")]);
        remember_since(&mut now, &[&earlier], &since("V0"), edition);
        let codes = now.codes.into_iter();
        codes.map(|code| code.since).collect::<Vec<_>>()
    };
    assert_eq!(of("V2"), [None, Some(since("V1")), Some(since("V2"))]);
    assert_eq!(of("V0"), [None, Some(since("V1")), None]);
}

#[test]
fn every_change_of_a_code_is_listed() {
    let earlier = set(&[
        ("1", "symbol = \"ONE\""),
        ("2", "symbol = \"TWO\""),
        ("3", OLD),
        ("4", ""),
        ("5", ""),
        ("6", ""),
        ("7", ""),
        ("9", OLD),
    ]);
    let mut now = set(&[
        ("1", "symbol = \"UNO\""),
        ("2", "symbol = \"DUE\"\naliases = [\"TWO\"]"),
        ("3", ""),
        ("4", ""),
        ("5", ""),
        ("8", ""),
    ]);
    // The code as it was, and one that the document lists as withdrawn.
    now.codes[3] = earlier.codes[3].clone();
    now.codes[3].status = Status::Retired;
    now.codes[4].status = Status::Retired;
    now.codes[4].code.place.line += 1000;
    let decided = overlay("7 = { status = \"removed\" }\n");
    let changes = list_changes(&now, &[&earlier], &decided.sets[0]);
    let changes: Vec<_> = changes
        .into_iter()
        .map(|(_, name, change)| (name, change))
        .collect();
    let expected = [
        (
            "C1",
            Change::Symbol {
                from: "ONE".to_owned(),
            },
        ),
        ("C3", Change::Revived),
        ("C4", Change::Retired),
        ("C5", Change::Withdrawn),
        ("C8", Change::Added),
        ("C7", Change::Removed),
        ("C6", Change::Dropped),
    ];
    assert_eq!(
        changes,
        expected.map(|(name, change)| (name.to_owned(), change))
    );
    assert_eq!(list_changes(&now, &[], &decided.sets[0]), []);
}

/// A set without a promise may have another name: it is the one with the same table.
#[test]
fn an_unreleased_set_is_found_under_another_name_by_its_heading() {
    let earlier = |name: &str, title: &str| {
        spec(&format!(
            "[[set]]\nname = \"{name}\"\ntitle.en = \"{title}\"\n"
        ))
    };
    let found = |text: &str, specs: Vec<Spec>, promised: Promised| {
        let text = format!("schema = 1\nlocale = \"en\"\n{text}");
        let overlay = overlay::parse(&Source::new("overlay.toml", &text)).unwrap();
        let memory = Memory {
            specs,
            promised,
            ..Memory::default()
        };
        let sets = memory.earlier_sets(&overlay, &overlay.sets[0]);
        sets.iter()
            .map(|set| set.name.value.clone())
            .collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    let order = "[set.Order]\ntable = \"1. Orders\"\n";
    let draft = || vec![earlier("Draft", "2. orders")];
    assert_eq!(found(order, draft(), Promised::NoRelease), ["Draft"]);
    assert_eq!(found(order, draft(), Promised::Unknown), none);
    assert_eq!(
        found(
            order,
            vec![earlier("Draft", "Refunds")],
            Promised::NoRelease
        ),
        none
    );
    // It is there under its own name, or is another set of the overlay.
    let both = || vec![earlier("Draft", "Orders"), earlier("Order", "Orders")];
    assert_eq!(found(order, both(), Promised::NoRelease), ["Order"]);
    let other = format!("{order}[set.Draft]\ntable = \"Orders\"\n");
    assert_eq!(found(&other, draft(), Promised::NoRelease), none);
    // A part of what is under a heading may be any part.
    for table in ["column = \"code\"", "nth = 2"] {
        let part = format!("[set.Order]\ntable = {{ heading = \"Orders\", {table} }}\n");
        assert_eq!(found(&part, draft(), Promised::NoRelease), none, "{table}");
    }
    let was = format!("{order}was = [\"Draft\"]\n");
    assert_eq!(found(&was, draft(), Promised::Unknown), ["Draft"]);
}

#[test]
fn a_set_that_a_release_promises_must_be_in_the_overlay() {
    let memory = |promised: Promised| Memory {
        specs: vec![spec(
            "[[set]]\nname = \"Order\"\n[[set]]\nname = \"Gone\"\n",
        )],
        promised,
        ..Memory::default()
    };
    let reported = |promised: Promised| {
        let mut problems = Problems::default();
        memory(promised).check_sets_are_in_overlay(&overlay(""), &mut problems);
        problems.to_string()
    };
    let all = reported(Promised::Unknown);
    assert!(
        all.contains("the set `Gone` is missing from overlay.toml"),
        "{all}"
    );
    assert!(!all.contains("`Order` is missing"), "{all}");
    assert_eq!(reported(Promised::NoRelease), "");
    assert_eq!(reported(Promised::Release(None)), "");
    let released = Promised::Release(Some(Box::new(spec("[[set]]\nname = \"Gone\"\n"))));
    assert!(reported(released).contains("`Gone`"));
}

/// What the overlay says about the edition before must not be said about the next one.
#[test]
fn a_new_edition_does_not_keep_the_name_and_date_of_the_one_before() {
    let text = "schema = 1\nlocale = \"en\"\nedition = \"V1\"\ndate = \"2018-01\"\n\
                superseded = \"2019-01-28\"\nnewer = \"https://shop.example/2\"\n";
    let parse = |text: &str| overlay::parse(&Source::new("overlay.toml", text)).unwrap();
    let source = parse(text);
    let before = SourceFile {
        file: "source.md".into(),
        sha256: "00".into(),
        url: None,
        edition: source.edition.clone(),
        date: source.date.clone(),
        superseded: source.superseded.clone(),
        newer: source.newer.clone(),
    };
    // What the text and the parsed overlay say afterwards; both must be the same.
    let after = |text: &str, before: Option<&SourceFile>, named: &Named| {
        let mut overlay = parse(text);
        let renaming = Renaming::new(&overlay, before, named);
        renaming.apply(&mut overlay);
        let said = |overlay: &Overlay| {
            [
                overlay.edition.as_ref().map(|it| it.value.clone()),
                overlay.date.as_ref().map(|it| it.value.clone()),
                overlay.superseded.as_ref().map(|_| "superseded".to_owned()),
                overlay.newer.as_ref().map(|_| "newer".to_owned()),
            ]
        };
        assert_eq!(said(&parse(&renaming.rewrite(text))), said(&overlay));
        let said = said(&overlay).into_iter().map(Option::unwrap_or_default);
        (said.collect::<Vec<_>>(), renaming.removed())
    };
    let unnamed = Named::default();
    let all = ["edition", "date", "superseded", "newer"];
    assert_eq!(
        after(text, Some(&before), &unnamed),
        (vec![String::new(); 4], all.to_vec())
    );
    let kept = ["V1", "2018-01", "superseded", "newer"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(after(text, None, &unnamed), (kept, vec![]));
    let named = Named {
        edition: Some("V2".to_owned()),
        date: Some("2019-02".to_owned()),
    };
    let (said, removed) = after(text, Some(&before), &named);
    assert_eq!(said, ["V2", "2019-02", "", ""]);
    assert_eq!(removed, ["superseded", "newer"]);
    // A person has written about the new document already.
    for (key, from, to) in [
        (0, "\"V1\"", "\"V2\""),
        (1, "2018-01", "2019-02"),
        (2, "\"2019-01-28\"", "true"),
        (3, "example/2", "example/3"),
    ] {
        let text = text.replace(from, to);
        let (said, removed) = after(&text, Some(&before), &unnamed);
        assert!(!said[key].is_empty(), "{from} {said:?}");
        assert_eq!(removed.len(), 3, "{removed:?}");
    }
}

/// What programs may know of a vendor: everything, if that cannot be read.
#[test]
fn only_a_release_limits_what_programs_may_know() {
    let released = set(&[("1", ""), ("2", "")]);
    let mut released = Spec {
        sets: vec![released],
        ..spec("")
    };
    released.sets[0].was = vec!["Former".into()];
    let release = Promised::Release(Some(Box::new(released)));
    let now = set(&[("1", ""), ("3", "was = [\"2\"]"), ("4", "")]);
    let earlier = set(&[("9", "")]);
    for (promised, has_releases, has, named) in [
        (Promised::Unknown, false, [true, true, true], 1),
        (Promised::NoRelease, false, [true, true, true], 0),
        (Promised::Release(None), true, [false, false, false], 0),
        (release, true, [true, true, false], 1),
    ] {
        assert_eq!(promised.has_releases(), has_releases, "{promised:?}");
        assert_eq!(promised.has_codes(&now), has, "{promised:?}");
        let sets = promised.named(&now, &[&earlier]);
        assert_eq!(sets.len(), named, "{promised:?}");
        let is_known = |name: &str| promised.has_set(name);
        match &promised {
            Promised::Unknown => {
                assert_eq!(sets[0].codes[0].code.value, "9");
                assert!(is_known("Order") && is_known("Other"));
            }
            Promised::Release(Some(_)) => {
                assert_eq!(sets[0].codes[0].code.value, "1");
                assert!(is_known("Order") && is_known("Former") && !is_known("Other"));
            }
            _ => assert!(!is_known("Order")),
        }
    }
}

/// `update` says what is dropped; outside of it, a code that is not listed is not dropped, either.
#[test]
fn codes_are_dropped_only_by_a_new_edition() {
    let earlier = set(&[("1", ""), ("2", ""), ("3", OLD), ("4", "")]);
    let mut now = set(&[("1", ""), ("5", "")]);
    now.codes[1].was = vec!["4".into()];
    let dropped = |is_new_edition: bool| {
        let memory = Memory {
            is_new_edition,
            ..Memory::default()
        };
        let keys = memory.dropped_codes(&now, &[&earlier]);
        keys.iter().map(Key::reference).collect::<Vec<_>>()
    };
    assert_eq!(dropped(true), ["2"]);
    assert!(dropped(false).is_empty());
}

/// What programs know keeps its name, also under another number.
#[test]
fn a_code_without_a_name_keeps_the_one_that_programs_know() {
    let mut earlier = set(&[("1", ""), ("2", ""), ("3", OLD)]);
    earlier.codes[1].variant = "Known".into();
    let unnamed = |codes: &[(&str, &str)]| {
        let mut set = set(codes);
        for code in &mut set.codes {
            code.variant = At::default();
        }
        set
    };
    let message = "message.en = \"Payment denied\"";
    let after = |codes: &[(&str, &str)], promised: &Promised, entries: &str| {
        let mut now = unnamed(codes);
        let mut problems = Problems::default();
        let decided = overlay(entries);
        let listed = name_codes(
            &mut now,
            &decided.sets[0],
            &[&earlier],
            promised,
            &mut problems,
        );
        assert_eq!(problems.to_string(), "");
        let names = now.codes.iter().map(|code| code.variant.value.clone());
        (names.collect::<Vec<_>>().join(" "), listed.join(", "))
    };
    let unknown = Promised::Unknown;
    let (names, listed) = after(
        &[("1", message), ("2", message), ("4", message)],
        &unknown,
        "",
    );
    assert_eq!(names, "C1 Known PaymentDenied");
    assert_eq!(listed, "1 C1, 2 Known, 4 PaymentDenied");
    // Under its former number.
    let (names, _) = after(&[("5", &format!("{message}\nwas = [\"2\"]"))], &unknown, "");
    assert_eq!(names, "Known");
    // Without a release, and without words.
    let (names, _) = after(
        &[("2", message), ("4", message), ("5", "")],
        &Promised::NoRelease,
        "",
    );
    assert_eq!(names, "PaymentDenied PaymentDenied4 Unnamed5");
    // A retired code has a name, but nobody has to decide about it.
    let (_, listed) = after(&[("3", OLD)], &unknown, "");
    assert_eq!(listed, "");
    // What the overlay names is not named here.
    let (names, listed) = after(&[("1", message)], &unknown, "1 = { variant = \"Mine\" }\n");
    assert_eq!((names.as_str(), listed.as_str()), ("", ""));
}

#[test]
fn two_names_of_one_code_are_a_question() {
    let [one, other] = [set(&[("1", "")]), set(&[("1", "")])];
    let mut other = other;
    other.codes[0].variant = "Other".into();
    let mut now = set(&[("1", "")]);
    now.codes[0].variant = At::default();
    let reported = |earlier: &[&Set]| {
        let mut now = now.clone();
        let mut problems = Problems::default();
        let decided = overlay("");
        name_codes(
            &mut now,
            &decided.sets[0],
            earlier,
            &Promised::Unknown,
            &mut problems,
        );
        problems.to_string()
    };
    assert_eq!(reported(&[&one, &one]), "");
    let problems = reported(&[&one, &other]);
    assert!(
        problems.contains("`Order.1` has two names: `C1` here, and `Other` at "),
        "{problems}"
    );
}
