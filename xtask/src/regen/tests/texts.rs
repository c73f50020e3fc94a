//! Translations: which are used, which are stale, and which are missing.

use errbook_spec::place::Source;

use super::documents::{orders, regenerated, shop};
use crate::regen::{Regenerated, TextPlace};
use crate::vendor::Vendor;

const ORDER: &str = "[set.Order]\ntable = \"Orders\"\n";

fn entry(of: &str, is: &str, more: &str) -> String {
    format!("[[text]]\nof = \"{of}\"\nis = \"{is}\"\n{more}")
}

/// The vendor with these translations into a language.
fn translated(vendor: Vendor, language: &str, entries: &[String]) -> Vendor {
    let text = format!("schema = 1\n{}", entries.concat());
    let source = Source::new(&format!("messages/{language}.toml"), &text);
    let mut vendor = vendor;
    vendor.messages.push((language.to_owned(), source));
    vendor
}

fn messages(done: &Regenerated, language: &str) -> Vec<String> {
    let codes = done.spec.sets[0].codes.iter();
    codes
        .map(|code| code.message.get(language).map(|it| it.value.clone()))
        .map(Option::unwrap_or_default)
        .collect()
}

fn untranslated(done: &Regenerated) -> Vec<String> {
    let (_, texts) = &done.account.gaps.untranslated[0];
    texts.iter().map(|text| text.value.clone()).collect()
}

/// The stale entries, each with the text that it may be about now.
fn stale(done: &Regenerated) -> Vec<(String, Option<String>)> {
    let stale = done.account.gaps.stale.iter();
    stale
        .map(|it| {
            (
                it.of.clone(),
                it.nearest.as_ref().map(|at| at.value.clone()),
            )
        })
        .collect()
}

#[test]
fn a_text_has_its_translation_or_is_missing_once() {
    let rows = [
        "1 | The bank is busy",
        "2 | Late",
        "3 | The bank is busy",
        "4 | Late",
    ];
    let vendor = shop(ORDER, &orders("Code | Message", &rows));
    let bank = entry("The bank is busy", "Die Bank", "");
    let only = entry("Late", "Zu spät", "in = \"Order.2\"\n");
    let done = regenerated(&translated(vendor, "de", &[bank, only]));
    assert_eq!(
        messages(&done, "de"),
        ["Die Bank", "Zu spät", "Die Bank", ""]
    );
    assert_eq!(untranslated(&done), ["Orders", "Late"]);
    assert_eq!(stale(&done), []);
}

/// A vendor rewords its messages: the translation of each is proposed for one new text.
#[test]
fn a_stale_translation_is_that_of_the_most_similar_new_text() {
    let rows = ["1 | The bank is very busy", "2 | Nothing like it at all"];
    let vendor = || shop(ORDER, &orders("Code | Message", &rows));
    let [near, nearer, far] = [
        entry("The bank was busy", "A", ""),
        entry("The bank is busy", "B", ""),
        entry("xyzzy", "C", ""),
    ];
    let busy = || Some("The bank is very busy".to_owned());
    let done = regenerated(&translated(vendor(), "de", &[near.clone(), nearer, far]));
    assert_eq!(
        stale(&done),
        [
            ("The bank was busy".to_owned(), None),
            ("The bank is busy".to_owned(), busy()),
            ("xyzzy".to_owned(), None),
        ]
    );
    // Of equally similar ones the first.
    let twin = entry("The bank qas busy", "D", "");
    let done = regenerated(&translated(vendor(), "de", &[near, twin]));
    let found: Vec<_> = stale(&done)
        .into_iter()
        .map(|(_, nearest)| nearest)
        .collect();
    assert_eq!(found, [busy(), None]);
    // Entries for different codes are different entries.
    let scoped = ["1", "2"].map(|code| {
        entry(
            "The bank is busy",
            code,
            &format!("in = \"Order.{code}\"\n"),
        )
    });
    let done = regenerated(&translated(vendor(), "de", &scoped));
    let found: Vec<_> = stale(&done)
        .into_iter()
        .map(|(_, nearest)| nearest)
        .collect();
    assert_eq!(found, [busy(), busy()]);
}

#[test]
fn a_translation_that_is_marked_as_stale_is_not_used() {
    let vendor = shop(ORDER, &orders("Code | Message", &["1 | busy"]));
    let marked = entry("busy", "belegt", "stale = true\n");
    let done = regenerated(&translated(vendor, "de", &[marked]));
    assert_eq!(messages(&done, "de"), [""]);
    assert!(done.account.gaps.stale[0].marked);
}

/// A translation file of the vendor's own language corrects its texts.
#[test]
fn a_correction_keeps_the_vendors_words() {
    let vendor = shop(
        ORDER,
        &orders("Code | Message", &["1 | Faile to read", "2 | late"]),
    );
    let vendor = translated(
        vendor,
        "en",
        &[entry("Faile to read", "Failed to read", "")],
    );
    let vendor = translated(vendor, "de", &[entry("Faile to read", "Nicht lesbar", "")]);
    let done = regenerated(&vendor);
    assert_eq!(messages(&done, "en"), ["Failed to read", "late"]);
    assert_eq!(messages(&done, "de"), ["Nicht lesbar", ""]);
    let said = done.spec.sets[0].codes.iter().map(|code| code.said.len());
    assert_eq!(said.collect::<Vec<_>>(), [1, 0]);
    let strings = done.account.gaps.strings.iter();
    let sources: Vec<_> = strings.filter_map(|string| string.source()).collect();
    assert_eq!(sources, ["Orders", "Faile to read", "late"]);
}

/// What is no longer in the document has the translations that it had, and newer ones.
#[test]
fn a_retired_code_keeps_its_translation_and_takes_a_newer_one() {
    let both = orders("Code | Message", &["1 | busy", "2 | late"]);
    let one = orders("Code | Message", &["1 | busy"]);
    let busy = || entry("busy", "belegt", "");
    let late = |is: &str| entry("late", is, "");
    let before = regenerated(&translated(
        shop(ORDER, &both),
        "de",
        &[busy(), late("spät")],
    ))
    .text;
    let after = |entries: &[String]| {
        let vendor = super::documents::shop_after(&before, ORDER, &one);
        regenerated(&translated(vendor, "de", entries))
    };
    let kept = after(&[busy(), late("spät")]);
    assert_eq!(messages(&kept, "de"), ["belegt", "spät"]);
    assert_eq!(stale(&kept), []);
    assert_eq!(messages(&after(&[busy()]), "de"), ["belegt", "spät"]);
    assert_eq!(
        messages(&after(&[busy(), late("zu spät")]), "de"),
        ["belegt", "zu spät"]
    );
    // Nobody has to translate what is retired.
    assert_eq!(untranslated(&after(&[])), ["Orders", "busy"]);
}

#[test]
fn the_title_of_a_section_that_is_gone_keeps_its_languages() {
    let document = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n\n\
                    # Refunds\n\n| Code | Message |\n|---|---|\n| 3 | gone |\n";
    let sections = |lines: &str| format!("[set.Order.sections]\n{lines}");
    let both = sections("orders = \"Orders\"\nrefunds = \"Refunds\"\n");
    let titles = [
        entry("Orders", "Aufträge", ""),
        entry("Refunds", "Erstattungen", ""),
    ];
    let before = regenerated(&translated(shop(&both, document), "de", &titles)).text;
    let first = document.split("# Refunds").next().unwrap();
    let vendor = super::documents::shop_after(&before, &sections("orders = \"Orders\"\n"), first);
    let vendor = translated(vendor, "de", &titles[..1]);
    let done = regenerated(&translated(vendor, "fr", &[]));
    let titles = done.spec.sets[0].sections.iter();
    let titles: Vec<_> = titles
        .map(|it| it.title.get("de").unwrap().as_str())
        .collect();
    assert_eq!(titles, ["Aufträge", "Erstattungen"]);
    assert_eq!(stale(&done), []);
    // Nobody has to translate it into another language.
    let (language, french) = &done.account.gaps.untranslated[1];
    let french: Vec<_> = french.iter().map(|text| text.value.as_str()).collect();
    assert_eq!((language.as_str(), french), ("fr", vec!["Orders", "busy"]));
}

/// Translators see where a text is, and may limit an entry to that place.
#[test]
fn the_place_of_a_text_names_its_set_and_its_code() {
    let document = "# Orders\n\n| Code | Name | Message | Solution |\n|---|---|---|---|\n\
                    | 1 | BUSY | busy | wait |\n| 2 | LATE | late | hurry |\n";
    let overlay = "title = \"The shop\"\n[set.Order]\nidentity = \"code+symbol\"\n\
                   [set.Order.sections]\ncards = \"Orders\"\n";
    let done = regenerated(&shop(overlay, document));
    let spec = &done.spec;
    let lines: Vec<_> = done
        .account
        .gaps
        .strings
        .iter()
        .map(|string| {
            let at = string.at;
            let scope = at.scope(spec).join(" ");
            let text = at.texts(spec).get("en").map(|it| it.value.clone());
            let text = text.unwrap_or_default();
            let label = at.label(spec);
            format!(
                "{scope} | {} | {} | {label} | {text}",
                at.reference(spec),
                at.short_label(spec)
            )
        })
        .collect();
    assert_eq!(
        lines[..5],
        [
            " |  | title | the title of the document | The shop",
            "Order | Order | Order | Order: the title of the set | ",
            "Order | Order | Order cards | Order: section cards | Orders",
            "Order 1 BUSY | Order.1.BUSY | Order.1.BUSY | Order.1.BUSY: message of Busy | busy",
            "Order 1 BUSY | Order.1.BUSY | Order.1.BUSY remedy | Order.1.BUSY: remedy of Busy | \
             wait",
        ]
    );
    assert_eq!(TextPlace::Title.scope(spec), Vec::<&str>::new());
}
