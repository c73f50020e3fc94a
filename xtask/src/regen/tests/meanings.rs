//! Which changes of a text may be another meaning, and which are not.

use errbook_spec::problem::Problems;
use errbook_spec::{Set, Spec, Status};

use super::{overlay, set, spec};
use crate::overlay::lines::Entries;
use crate::reference::code_key;
use crate::regen::meaning::{Context, check_meanings};
use crate::regen::promised::Promised;
use crate::regen::values::Values;

const OLD: &str = "message.en = \"group id not exist\"";
const NEW: &str = "message.en = \"target blacklisted by owner\"";
const ALIKE: &str = "message.en = \"target in group blacklist\"";

fn release_of(set: &Set) -> Promised {
    Promised::Release(Some(Box::new(Spec {
        sets: vec![set.clone()],
        ..spec("")
    })))
}

/// Why a set may have another meaning than the earlier one, with these entries in the overlay.
fn doubts_of(now: &Set, earlier: &[&Set], promised: &Promised, entries: &str) -> Vec<String> {
    let decided = overlay(entries);
    let text = format!("[set.Order.code]\n{entries}");
    let values = Values::new();
    let context = Context {
        promised,
        locale: "en",
        overlay: Entries::new(&text),
        edition: "V2",
        values: &values,
    };
    let mut problems = Problems::default();
    check_meanings(now, earlier, &decided.sets[0], &context, &mut problems);
    problems.iter().map(|it| it.message.clone()).collect()
}

/// The same for one code.
fn doubts(before: &str, now: &str, entries: &str) -> Vec<String> {
    let earlier = set(&[("1", before)]);
    let now = set(&[("1", now), ("2", "message.en = \"a new code\"")]);
    doubts_of(&now, &[&earlier], &Promised::NoRelease, entries)
}

#[track_caller]
fn assert_doubt(doubts: &[String], reason: &str) {
    assert!(
        doubts.len() == 1 && doubts[0].contains(reason),
        "{reason}: {doubts:?}"
    );
}

fn none() -> Vec<String> {
    Vec::new()
}

const NOTHING_LEFT: &str = "`Order.1` may have another meaning: nothing is left of its text: \
                            `group id not exist` is now `target blacklisted by owner`";
const RETURNED: &str = "it was retired, and is in the document again with other words";

#[test]
fn a_text_of_which_nothing_is_left_may_be_another_meaning() {
    assert_doubt(&doubts(OLD, NEW, ""), NOTHING_LEFT);
    assert_eq!(doubts(OLD, ALIKE, ""), none());
    assert_eq!(doubts(OLD, OLD, ""), none());
    // A code that says nothing does not say anything else.
    assert_eq!(doubts(OLD, "", ""), none());
    assert_eq!(
        doubts("", NEW, ""),
        none(),
        "it had no text that could be gone"
    );
    // What is withdrawn means what it meant.
    let retired = format!("{NEW}\nstatus = \"retired\"");
    assert_eq!(doubts(OLD, &retired, ""), none());
}

#[test]
fn the_same_remedy_says_that_the_error_is_the_same() {
    let with = |message: &str, remedy: &str| format!("{message}\nremedy.en = \"{remedy}\"");
    let old = with(OLD, "Check the id.");
    assert_eq!(doubts(&old, &with(NEW, "check the id"), ""), none());
    assert_doubt(&doubts(&old, &with(NEW, "Pay."), ""), NOTHING_LEFT);
    assert_doubt(&doubts(&old, NEW, ""), NOTHING_LEFT);
    assert_doubt(&doubts(OLD, &with(NEW, "Pay."), ""), NOTHING_LEFT);
}

#[test]
fn a_person_may_say_that_the_error_is_the_same() {
    for (entry, is_same) in [
        ("same = true", true),
        ("same = \"Target blacklisted, by owner\"", true),
        ("same = \"group blocked\"", false),
        ("variant = \"C1\"", false),
    ] {
        let doubts = doubts(OLD, NEW, &format!("1 = {{ {entry} }}\n"));
        assert_eq!(doubts.is_empty(), is_same, "{entry}: {doubts:?}");
    }
    // About another code this says nothing.
    assert_doubt(&doubts(OLD, NEW, "2 = { same = true }\n"), NOTHING_LEFT);
    // The overlay already keeps the former meaning.
    let split = "1 = [{ variant = \"C1\", until = \"V2\" }, { variant = \"Blocked\" }]\n";
    assert_eq!(doubts(OLD, NEW, split), none());
    let other = "1 = [{ variant = \"C9\", until = \"V1\" }, { variant = \"Blocked\" }]\n";
    assert_doubt(&doubts(OLD, NEW, other), NOTHING_LEFT);
}

#[test]
fn a_retired_code_that_returns_must_have_the_same_words() {
    let retired = format!("{OLD}\nstatus = \"retired\"");
    assert_doubt(&doubts(&retired, ALIKE, ""), RETURNED);
    assert_doubt(&doubts(&retired, NEW, ""), RETURNED);
    assert_eq!(
        doubts(&retired, "message.en = \"Group id: not exist\"", ""),
        none()
    );
    assert_doubt(&doubts("status = \"retired\"", NEW, ""), RETURNED);
}

/// The spec has the corrected words, and in `said` those of the vendor.
#[test]
fn the_vendors_own_words_count_like_the_corrected_ones() {
    let corrected = "message.en = \"No such group\"\nsaid.en = \"target blacklisted by owner\"";
    assert_eq!(doubts(corrected, NEW, ""), none());
    let other = "message.en = \"No such group\"\nsaid.en = \"group id not exist\"";
    assert_doubt(&doubts(other, NEW, ""), NOTHING_LEFT);
}

#[test]
fn the_texts_of_a_code_are_compared_in_its_own_language() {
    let code = |chinese: &str| {
        format!("locale = \"zh-CN\"\nmessage.zh-CN = \"{chinese}\"\nmessage.en = \"{chinese}\"")
    };
    let question = doubts(&code("查无此号"), &code("账户余额不足"), "");
    assert_doubt(&question, "`查无此号` is now `账户余额不足`");
    assert_eq!(doubts(&code("查无此号"), &code("无此号照片"), ""), none());
    // A better translation is no other meaning.
    let german = |text: &str| format!("{OLD}\nmessage.de = \"{text}\"");
    assert_eq!(
        doubts(&german("Gruppe unbekannt"), &german("Nutzer gesperrt"), ""),
        none()
    );
}

#[test]
fn only_what_a_release_has_must_keep_its_meaning() {
    let earlier = set(&[("1", OLD)]);
    let now = set(&[("1", NEW)]);
    let doubts = |promised: &Promised| doubts_of(&now, &[&earlier], promised, "");
    assert_eq!(doubts(&Promised::Release(None)), none());
    assert_doubt(&doubts(&release_of(&earlier)), NOTHING_LEFT);
    assert_doubt(&doubts(&Promised::Unknown), NOTHING_LEFT);
    // The release counts, and not what was generated since.
    assert_eq!(doubts(&release_of(&now)), none());
}

#[test]
fn a_code_that_a_person_made_of_a_template_means_what_the_person_says() {
    let earlier = set(&[("1", OLD)]);
    let now = set(&[("1", NEW)]);
    let decided = overlay("");
    let values = Values::from([(code_key(&now.codes[0], now.identity), Vec::new())]);
    let context = Context {
        promised: &Promised::NoRelease,
        locale: "en",
        overlay: Entries::new(""),
        edition: "V2",
        values: &values,
    };
    let mut problems = Problems::default();
    check_meanings(&now, &[&earlier], &decided.sets[0], &context, &mut problems);
    assert_eq!(problems.to_string(), "");
}

/// The number has the words of a meaning that it had before.
#[test]
fn a_former_meaning_that_comes_back_is_asked_about() {
    let former = format!("{OLD}\nstatus = \"retired\"\nuntil = \"V1\"");
    let sets = |now_words: &str| {
        let mut set = set(&[("1", now_words), ("1", &former)]);
        set.codes[0].variant = "Blocked".into();
        set
    };
    let again = "`Order.1` has the words of its former meaning `C1` again: `group id not exist`";
    let earlier = sets(NEW);
    let doubts = |now: &str, promised: &Promised| doubts_of(&sets(now), &[&earlier], promised, "");
    assert_doubt(&doubts(OLD, &Promised::NoRelease), again);
    assert_doubt(&doubts(OLD, &release_of(&earlier)), again);
    assert_eq!(doubts(NEW, &Promised::NoRelease), none());
    // Words of neither meaning.
    let third = "message.en = \"under review\"";
    assert_doubt(
        &doubts(third, &Promised::NoRelease),
        "nothing is left of its text",
    );
    // Until now it meant the former one, or had the same words.
    let unchanged = sets(OLD);
    assert_eq!(
        doubts_of(&unchanged, &[&unchanged], &Promised::NoRelease, ""),
        none()
    );
    let mut renamed = set(&[("1", NEW)]);
    renamed.codes[0].status = Status::Active;
    assert_eq!(
        doubts_of(&sets(OLD), &[&renamed], &Promised::NoRelease, ""),
        none()
    );
}

/// The lines that decide are complete, so that a person can paste them.
#[test]
fn the_proposed_lines_keep_the_name_that_programs_know() {
    let former = format!("{OLD}\nstatus = \"retired\"\nuntil = \"V1\"");
    let sets = |now_words: &str| {
        let mut set = set(&[("1", now_words), ("1", &former)]);
        set.codes[0].variant = "Blocked".into();
        set
    };
    let earlier = sets(NEW);
    let entries = "1 = [{ variant = \"C1\", until = \"V1\" }, { variant = \"Blocked\" }]\n";
    let lines = |now: &str, promised: &Promised| {
        let decided = overlay(entries);
        let text = format!("[set.Order.code]\n{entries}");
        let values = Values::new();
        let context = Context {
            promised,
            locale: "en",
            overlay: Entries::new(&text),
            edition: "V2",
            values: &values,
        };
        let mut problems = Problems::default();
        check_meanings(
            &sets(now),
            &[&earlier],
            &decided.sets[0],
            &context,
            &mut problems,
        );
        let problems = problems.to_string();
        let lines = problems.lines().map(str::trim);
        let lines = lines.filter(|line| line.starts_with("1 = "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let same = "1 = [{ variant = \"C1\", until = \"V1\" }, { variant = \"Blocked\", \
                same = \"group id not exist\" }]";
    // What no release has leaves no trace.
    assert_eq!(
        lines(OLD, &release_of(&set(&[("1", OLD)]))),
        ["1 = { variant = \"C1\" }", same]
    );
    assert_eq!(
        lines(OLD, &release_of(&earlier)),
        [
            "1 = [{ variant = \"Blocked\", until = \"V2\" }, { variant = \"C1\" }]",
            same
        ]
    );
}
