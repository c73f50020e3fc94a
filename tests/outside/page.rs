//! Tests the site in a browser: what a reader types, presses and sees.

use std::collections::BTreeSet;
use std::path::Path;

use errbook_cli::rust_line::{rust_line, set_path};
use errbook_cli::site::{anchor, code_page};
use fantoccini::key::Key;
use serde_json::Value;

use crate::browser::Browser;
use crate::workspace::{
    book, book_of_spec, large_site, releases_that_say, root, serve, site, write_site,
};

const CARD: &str = "document.getElementById('card').innerText";
const STATUS: &str = "document.getElementById('status').innerText";
const RESULTS: &str =
    "[...document.querySelectorAll('#results [data-id]')].map((hit) => hit.dataset.id).join(' ')";
const SILENT: &str = "tencent-kyc/FaceCode/-5007";

/// Pages of the site, some of them with an open card.
pub(crate) const PAGES: [&str; 8] = [
    "index.html",
    "index.html#megvii-faceid/TokenError/400/NO_FACE_FOUND:%3Cparam%3E",
    "index.html?q=name&vendor=tencent-kyc",
    "kinds.html",
    "coverage.html",
    "changes.html",
    "vendors/tencent-kyc.html",
    "codes/tencent-huiyan/HuiyanCode/2006.html",
];

#[test]
fn the_search_finds_numbers_symbols_words_names_and_kinds() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    for (query, first) in [
        ("-5007", SILENT),
        ("5007", SILENT),
        ("−5007", SILENT),
        ("0005007", SILENT),
        ("01000000", "tencent-kyc/IdCardWarning/01000000"),
        ("VoiceMissingOrTooQuiet5007", SILENT),
        (
            "FailedOperation.LipVoiceDetect",
            "tencent-huiyan/HuiyanCode/1101",
        ),
        ("未检测到声音", "tencent-huiyan/HuiyanCode/1101"),
        ("ＦＡＣＥＣＯＤＥ.-5007", SILENT),
        (
            "NO_FACE_FOUND:image_ref1",
            "megvii-faceid/TokenError/400/NO_FACE_FOUND:%3Cparam%3E",
        ),
    ] {
        browser.search(query);
        let found = browser.text(RESULTS);
        assert_eq!(found.split(' ').next(), Some(first), "{query}");
    }
    browser.search("66660010");
    let found = browser.text(RESULTS);
    assert!(
        found.contains("/FaceCode/66660010") && found.contains("/TwoFactorCode/66660010"),
        "{found}"
    );
    browser.search("name mismatch");
    assert!(
        browser
            .text(RESULTS)
            .contains("tencent-huiyan/HuiyanCode/2006")
    );
    browser.search("audio-quality");
    assert!(browser.text(RESULTS).contains(SILENT));
    browser.search("50555");
    assert!(browser.text(STATUS).contains("50500 – 50599"));
}

#[test]
fn results_are_announced() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    assert_eq!(
        browser.text("document.getElementById('status').getAttribute('role')"),
        "status"
    );
    browser.search("66660010");
    assert_eq!(browser.text(STATUS), "2 codes found");
    browser.search("2006");
    assert_eq!(browser.text(STATUS), "1 code found");
    browser.search("zzzz");
    assert!(
        browser
            .text(STATUS)
            .starts_with("Nothing matches: zzzz. Try")
    );
    let log = "2026-11-30 09:12:44 ERROR [pay-7] verify failed http=200";
    let note = "The note of Tencent KYC identity verification · Face verification response codes \
                mentions it:";
    for (query, said) in [
        ("5007 nope", "1 code found · not found: nope".to_owned()),
        (
            &format!("{log} code=-5007 msg=x"),
            "1 code found".to_owned(),
        ),
        (
            "{\"error_message\":\"CONCURRENCY_LIMIT_EXCEEDED\"}",
            "3 codes found".to_owned(),
        ),
        (
            "NO_FACE_FUOND",
            "Nothing matches: NO_FACE_FUOND. Did you mean one of these?".to_owned(),
        ),
        (
            "01001001",
            "01001001 = position 2 + position 5 + position 8 (not documented); each of them \
             applies. 2 codes found"
                .to_owned(),
        ),
        (
            "The details do not match. Please check them and try again.",
            "This is the text for users of the kind “Details do not match”. 23 codes found"
                .to_owned(),
        ),
    ] {
        browser.search(query);
        assert_eq!(browser.text(STATUS), said, "{query}");
    }
    for query in [
        "66660034",
        "tencent-kyc 66660034",
        &format!("{log} code=66660034 uid=1"),
    ] {
        browser.search(query);
        let status = browser.text(STATUS);
        let first = format!("66660034 is not documented by any vendor here. {note}");
        assert!(status.starts_with(&first), "{query}: {status}");
        assert!(
            status.ends_with("ask the vendor, or look in its current document."),
            "{status}"
        );
        assert_eq!(browser.text(RESULTS), "", "{query}");
    }
    let link = "document.querySelector('#status a').href";
    assert!(browser.text(link).ends_with("/document/product/1007/31082"));
    browser.search("1001000");
    assert!(
        browser
            .text(STATUS)
            .starts_with("1001000 → 01001000 = position 2 + position 5;")
    );
    let row = "document.querySelector('#r0 > small').innerText";
    assert!(browser.text(row).starts_with("position 2 · "));
}

#[test]
fn the_search_works_with_the_keyboard_alone() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    browser.run("document.activeElement.blur()");
    browser.press("/");
    assert_eq!(browser.text("document.activeElement.id"), "q");
    browser.press("66660010");
    let second = browser.text("document.querySelectorAll('#results [data-id]')[1].dataset.id");
    browser.press(&Key::Down.to_string());
    assert_eq!(
        browser.text("document.querySelector('[aria-selected=true]').dataset.id"),
        second
    );
    assert_eq!(
        browser.text("document.getElementById('q').getAttribute('aria-activedescendant')"),
        "r1"
    );
    browser.press(&Key::Enter.to_string());
    assert_eq!(browser.text("location.hash.slice(1)"), second);
    assert!(browser.text(CARD).contains("66660010"));
    browser.press(&Key::Escape.to_string());
    browser.wait_for("!location.hash");
    browser.wait_for("document.activeElement.id === 'q'");
}

#[test]
fn the_only_hit_opens_by_itself_and_typing_goes_on() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    let entries = browser.text("history.length");
    browser.search("200");
    assert_eq!(browser.text(CARD), "");
    browser.press("6");
    assert!(browser.text(CARD).contains("The name and the ID number"));
    assert_eq!(browser.text("document.activeElement.id"), "q");
    assert_eq!(browser.text("location.hash"), "");
    assert_eq!(browser.text("history.length"), entries);
    browser.press(&Key::Backspace.to_string());
    assert_eq!(browser.text(CARD), "");
    assert_eq!(browser.text("document.getElementById('q').value"), "200");
}

#[test]
fn a_search_has_an_address_that_survives_reload_and_back() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    browser.search("66660010");
    browser.wait_for("location.search === '?q=66660010'");
    browser.reload();
    assert_eq!(
        browser.text("document.getElementById('q').value"),
        "66660010"
    );
    assert_eq!(browser.text(STATUS), "2 codes found");
    browser.click("#r1");
    let second = "tencent-kyc/TwoFactorCode/66660010";
    assert_eq!(
        browser.text("location.search + location.hash"),
        format!("?q=66660010#{second}")
    );
    browser.reload();
    assert!(browser.text(CARD).contains("Two-element"));
    browser.back();
    assert_eq!(
        browser.text("location.search + location.hash"),
        "?q=66660010"
    );
    assert_eq!(browser.text(CARD), "");
    assert_eq!(browser.text(STATUS), "2 codes found");
}

#[test]
fn hits_are_links_to_pages_and_only_a_plain_click_opens_the_card() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html?q=66660010");
    let page = browser.text("document.querySelector('#r0').getAttribute('href')");
    assert!(site().join(&page).is_file(), "{page}");
    // The browser opens the link by itself: the page does not prevent it.
    let is_left_alone = "(() => {
        const click = new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true });
        let prevented;
        addEventListener('click', (event) => {
          prevented = event.defaultPrevented;
          event.preventDefault();
        }, { once: true });
        document.querySelector('#r0 .number').dispatchEvent(click);
        return prevented === false && location.hash === '';
      })()";
    assert_eq!(browser.text(is_left_alone), "true");
}

#[test]
fn a_dead_link_says_so() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html#tencent-kyc/FaceCodes/-5007");
    let status = browser.text(STATUS);
    assert!(
        status.contains("No code has the link #tencent-kyc/FaceCodes/-5007"),
        "{status}"
    );
    assert!(browser.text(RESULTS).contains(SILENT));
    browser.open(site(), "index.html#%E0%A4%A");
    assert!(browser.text(STATUS).contains("No code has the link"));
}

#[test]
fn a_link_opens_the_card_for_support() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), &format!("index.html#{SILENT}"));
    let card = browser.text(CARD);
    let parts = [
        "Tencent KYC identity verification",
        "Face verification response codes",
        "-5007",
        "The video has no sound, or the sound is too quiet.",
        "The user: what they did, showed or entered",
        "We could not hear you well.",
        "Please read out the digits on the screen in a loud voice.",
        "Retry: yes, after the user has acted",
        "not stated this edition does not say; see the note",
        "视频没有声音或声音太小",
        "The sound of a recording cannot be used",
        "Note on the set",
        "A later edition says what is charged for.",
        "edition 2017-11-14",
        "superseded",
    ];
    let mut rest = card.as_str();
    for part in parts {
        // In this order.
        let found = rest.to_lowercase().find(&part.to_lowercase());
        let at = found.unwrap_or_else(|| panic!("{part} is not in {rest}\nof {card}"));
        rest = &rest[at..];
    }
    assert!(!card.contains("errbook_codes::"), "{card}");
    browser.click(".developers summary");
    let card = browser.text(CARD);
    for line in [
        "errbook_codes::tencent_kyc::FaceCode::VoiceMissingOrTooQuiet5007",
        "errbook_codes::tencent_kyc::FaceCode::from_code(-5007)",
        "tencentKyc.FaceCode.fromCode(-5007)",
    ] {
        assert!(card.contains(line), "{line} is not in {card}");
    }
    browser.open(site(), "index.html#tencent-huiyan/HuiyanCode/1101");
    let card = browser.text(CARD);
    for part in [
        "Digit liveness",
        "free",
        "the vendor’s column 是否收费",
        "FailedOperation.LipVoiceDetect",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    assert_eq!(
        browser.text("document.querySelector('#card .proof q').lang"),
        "zh-CN"
    );
    // A code has the note of its set beside its own.
    browser.open(site(), "index.html#tencent-kyc/FaceCode/66660010");
    let card = browser.text(CARD);
    for part in [
        "A later edition lists this as charged.",
        "Other later editions document more codes",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    browser.click("#card [data-part]");
    assert_eq!(
        browser.text("location.hash"),
        "#tencent-kyc/FaceCode/66660010"
    );
    let shown = "document.getElementById('note').getBoundingClientRect().bottom <= innerHeight";
    assert_eq!(browser.text(shown), "true");
    // No other page of the vendor says anything.
    browser.open(site(), "index.html#idverify-gateway/ApiCode/1201");
    assert!(
        browser
            .text(CARD)
            .contains("not stated the vendor does not say")
    );
}

#[test]
fn a_card_names_the_codes_that_it_is_confused_with() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html#tencent-huiyan/HuiyanCode/2006");
    let card = browser.text(CARD);
    for part in [
        "Easily confused with",
        "Faces do not match",
        "2016 The similarity of the faces did not reach the pass mark.",
        "Not on record",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    browser.click("#card .codes a[data-id$='/2016']");
    assert_eq!(
        browser.text("location.hash"),
        "#tencent-huiyan/HuiyanCode/2016"
    );
}

#[test]
fn every_code_has_a_page_of_its_own() {
    let mut paths = BTreeSet::new();
    let book = book();
    for (spec, set, code) in book.codes() {
        let path = code_page(spec, set, code);
        let page = std::fs::read_to_string(site().join(&path)).unwrap();
        assert!(paths.insert(path.to_lowercase()), "{path}");
        let symbol = code.symbol.as_ref().map(|symbol| symbol.value.as_str());
        let rust = rust_line(
            &set_path(Some("errbook_codes"), spec, set),
            set,
            code,
            symbol,
        );
        let escaped = |text: &str| {
            let text = text.replace('&', "&#38;").replace('<', "&#60;");
            text.replace('>', "&#62;")
                .replace('"', "&#34;")
                .replace('\'', "&#39;")
        };
        let title = format!("{} {}", code.code.value, code.message["en"].value);
        for part in [
            escaped(&rust),
            format!("<title>{} · errbook</title>", escaped(&title)),
            format!(
                "<meta property=\"og:title\" content=\"{}\">",
                escaped(&title)
            ),
            "<meta name=\"description\" content=\"".to_owned(),
            "<meta property=\"og:description\" content=\"".to_owned(),
            "<h1 class=\"head\">".to_owned(),
            format!("index.html#{}", anchor(spec, set, code)),
        ] {
            assert!(page.contains(&part), "{path}: {part}");
        }
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            let is_here = !link.contains(':') && !link.starts_with('#');
            let file = link.split(['#', '?']).next().unwrap();
            let target = site().join(&path).parent().unwrap().join(file);
            assert!(!is_here || target.is_file(), "{path}: {link}");
        }
    }
    assert!(paths.len() > 400);
}

#[test]
fn the_page_of_a_code_is_readable_without_scripts() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.disable_scripts();
    browser.open(site(), "codes/tencent-kyc/FaceCode/-5007.html");
    let page = browser.text("document.body.innerText");
    for part in [
        "-5007",
        "视频没有声音或声音太小",
        "The video has no sound",
        "We could not hear you well.",
        "audio-quality",
        "yes, after the user has acted",
    ] {
        assert!(
            page.to_lowercase().contains(&part.to_lowercase()),
            "{part} is not in {page}"
        );
    }
    assert!(!page.contains("Copy"), "{page}");
    browser.open(site(), "index.html");
    let page = browser.text("document.body.innerText");
    assert!(page.contains("The search needs JavaScript."), "{page}");
    browser.open(site(), &format!("vendors/tencent-kyc.html#{SILENT}"));
    let row = format!("document.getElementById('{SILENT}')");
    let top = format!("{row}.getBoundingClientRect().top");
    assert!(
        browser
            .run(&format!("return {top} >= 0 && {top} < innerHeight"))
            .as_bool()
            .unwrap(),
        "the row is not scrolled into view"
    );
}

#[test]
fn the_link_the_text_for_the_user_the_card_and_a_line_are_copied() {
    let Some(browser) = Browser::start() else {
        return;
    };
    for page in [
        format!("index.html#{SILENT}"),
        "codes/tencent-kyc/FaceCode/-5007.html".to_owned(),
    ] {
        browser.open(site(), &page);
        browser.run(
            "navigator.clipboard.writeText = (text) => {
               window.copied = text;
               return Promise.resolve();
             }",
        );
        let copied = |what: &str| {
            browser.click(&format!("[data-copy={what}]"));
            browser.text("window.copied")
        };
        let link = url::Url::from_file_path(site().join("codes/tencent-kyc/FaceCode/-5007.html"));
        assert_eq!(copied("link"), link.unwrap().as_str());
        assert_eq!(
            browser.text("document.querySelector('[data-copy=link]').textContent"),
            "Copied"
        );
        assert_eq!(
            copied("user"),
            "We could not hear you well. Please go somewhere quiet, try again, and speak in a loud, \
             steady voice."
        );
        // The text in each language has a button.
        browser.click(".tell :nth-child(2) [data-copy=user]");
        let chinese = browser.text("window.copied");
        assert_eq!(
            chinese,
            browser.text("document.querySelector('.tell [lang=zh-CN]').textContent")
        );
        let card = copied("card");
        for part in [
            "-5007 The video has no sound, or the sound is too quiet.\n",
            "Whose fault: the user",
            "Tell the user: We could not hear you well.",
            &chinese,
            "Billing: not stated",
            "Vendor’s message: 视频没有声音或声音太小",
            "/-5007.html",
        ] {
            assert!(card.contains(part), "{part} is not in {card}");
        }
        assert!(
            !card.contains("Copy") && !card.contains("身份核验"),
            "{card}"
        );
        browser.click(".developers summary");
        assert_eq!(
            copied("line"),
            "errbook_codes::tencent_kyc::FaceCode::VoiceMissingOrTooQuiet5007"
        );
    }
}

#[test]
fn filters_and_the_order_are_in_the_address() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(
        site(),
        "index.html?vendor=tencent-huiyan&billing=billed&sort=code",
    );
    let found = browser.text(RESULTS);
    let codes: Vec<i64> = found
        .split(' ')
        .map(|id| id.rsplit('/').next().unwrap().parse().unwrap())
        .collect();
    assert!(codes.len() > 5 && codes.is_sorted(), "{found}");
    assert!(found.split(' ').all(|id| id.starts_with("tencent-huiyan/")));
    let listed = book();
    let billed = listed.codes().filter(|(spec, _, code)| {
        let billing = code.billing.as_ref().map(|billing| billing.value);
        spec.vendor.value == "tencent-huiyan" && billing == Some(errbook_spec::Billing::Billed)
    });
    assert_eq!(
        browser.text(STATUS),
        format!("{} codes found", billed.count())
    );
    browser.run(
        "const select = document.querySelector('[name=retry]');
         select.value = 'never';
         select.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    browser.wait_for("location.search.includes('retry=never')");
    browser.run(
        "const select = document.querySelector('[name=severity]');
         select.value = 'info';
         select.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    assert_eq!(browser.text(RESULTS), "tencent-huiyan/HuiyanCode/0");
    browser.search("zzzz");
    assert!(browser.text(STATUS).starts_with("Nothing matches"));
    browser.click("#clear");
    browser.search("face");
    browser.wait_for("location.search === '?q=face'");
    // More than the first results are one press away.
    let shown = "document.querySelectorAll('#results [data-id]').length";
    assert_eq!(browser.text(shown), "30");
    while browser.text("document.getElementById('more').hidden") == "false" {
        browser.click("#more");
    }
    let all = browser.text(STATUS);
    assert_eq!(format!("{} codes found", browser.text(shown)), all);
    // What a filter by billing leaves out may be billed all the same.
    browser.open(site(), "index.html?vendor=tencent-kyc&billing=billed");
    assert_eq!(browser.text(STATUS), "No codes with these filters.");
    let left_out = "document.getElementById('left-out').innerText";
    assert_eq!(
        browser.text(left_out),
        "Left out because their billing is not stated: 75"
    );
    browser.click("#left-out a");
    assert_eq!(browser.text(STATUS), "75 codes found");
    assert_eq!(
        browser.text("document.getElementById('left-out').hidden"),
        "true"
    );
    let rows = browser.text("document.getElementById('results').innerText");
    assert_eq!(rows.matches("billing not stated").count(), 30, "{rows}");
    let both = "vendor=tencent-huiyan&billing=billed+unspecified&fault=end-user";
    browser.open(site(), &format!("index.html?{both}"));
    let listed = book();
    let faulty = listed.codes().filter(|(spec, _, code)| {
        let kind = code.kind.as_ref();
        let kind = kind.and_then(|kind| listed.registry_of(spec).kind(kind));
        let fault = kind.and_then(|kind| kind.fault.as_ref());
        spec.vendor.value == "tencent-huiyan"
            && fault.is_some_and(|fault| fault.value == errbook_spec::Fault::EndUser)
            && code
                .billing
                .as_ref()
                .is_none_or(|billing| billing.value == errbook_spec::Billing::Billed)
    });
    assert_eq!(
        browser.text(STATUS),
        format!("{} codes found", faulty.count())
    );
    a_row_stays_where_it_is(&browser);
    // Each option of a filter has codes.
    let offered = "document.querySelectorAll('[name=kind] option').length - 1";
    let kinds: BTreeSet<_> = (listed.codes())
        .filter_map(|(_, _, code)| code.kind.as_ref().map(|kind| kind.value.as_str()))
        .collect();
    assert_eq!(browser.text(offered), kinds.len().to_string());
}

/// A card opens beside the row, or in place of the list, and Back leads to the row.
fn a_row_stays_where_it_is(browser: &Browser) {
    let top = "Math.round(document.getElementById('r20').getBoundingClientRect().top)";
    for width in [1280, 360] {
        browser.resize(width, 800);
        browser.open(
            site(),
            "index.html?vendor=megvii-faceid&billing=unspecified",
        );
        browser.click("#more");
        browser.run("document.getElementById('r20').scrollIntoView({ block: 'center' })");
        let before = browser.text(top);
        browser.click("#r20");
        browser.wait_for("location.hash");
        if width == 1280 {
            assert_eq!(browser.text(top), before);
            // The end of the card is in view, also before the page is scrolled.
            browser.run("scrollTo(0, 0)");
            browser.wait_for(
                "Math.abs(document.getElementById('card').getBoundingClientRect().bottom
                   + 16 - innerHeight) < 2",
            );
        } else {
            let card = "document.querySelector('#card .card').getBoundingClientRect().top";
            let card: f64 = browser.text(card).parse().unwrap();
            assert!((0.0..210.0).contains(&card), "{card}");
        }
        let entries = browser.text("history.length");
        // A card that a card leads to is left with it.
        browser.run("document.querySelector('#card .codes a').click()");
        browser.wait_for("history.state.depth === 2");
        browser.wait();
        if width == 1280 {
            browser.press(&Key::Escape.to_string());
        } else {
            browser.click(".back");
        }
        browser.wait_for("!location.hash && !document.querySelector('.panes.opened')");
        let shown = "document.querySelectorAll('#results .hit').length";
        assert_eq!(browser.text(shown), "99");
        assert_eq!(browser.text("history.state"), "null");
        let now: i32 = browser.text(top).parse().unwrap();
        assert!((0..800).contains(&now), "{now}");
        browser.click("#r20");
        browser.wait_for("location.hash");
        assert_eq!(browser.text("history.length"), entries);
        browser.back();
    }
    browser.resize(1280, 900);
}

#[test]
fn every_kind_leads_to_its_codes() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "kinds.html");
    browser.click("#identity-mismatch a[href*='?kind=']");
    let book = book();
    let of_kind = book.codes().filter(|(_, _, code)| {
        code.kind
            .as_ref()
            .is_some_and(|kind| kind.value == "identity-mismatch")
    });
    let count = of_kind.count();
    assert_eq!(browser.text(STATUS), format!("{count} codes found"));
    browser.open(site(), "kinds.html");
    let sections = browser.text("document.querySelectorAll('.kind').length");
    let links = "document.querySelectorAll('.kind a[href*=\"?kind=\"], .kind .quiet').length";
    assert_eq!(browser.text(links), sections);
}

#[test]
fn what_is_shown_can_be_downloaded() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html?vendor=tencent-kyc&severity=warning");
    browser.run(
        "URL.createObjectURL = (blob) => { window.saving = blob.arrayBuffer(); return 'blob:x'; };
         HTMLAnchorElement.prototype.click = function () { window.file = this.download; }",
    );
    let saved = |form: &str| {
        browser.run(&format!(
            "window.saved = undefined;
             document.querySelector('[data-download={form}]').click();
             window.saving.then((bytes) => {{
               window.saved = new TextDecoder('utf-8', {{ ignoreBOM: true }}).decode(bytes);
             }})"
        ));
        browser.wait_for("window.saved !== undefined");
        browser.text("window.saved")
    };
    let csv = saved("csv");
    assert_eq!(
        browser.text("window.file"),
        "errbook-tencent-kyc-warning.csv"
    );
    let csv = csv
        .strip_prefix('\u{feff}')
        .expect("spreadsheets need the mark of UTF-8");
    let rows: Vec<_> = csv.lines().collect();
    // Titles are beside ids, and no column is empty because nothing is in its language.
    assert_eq!(
        rows[0],
        "vendor,vendor_title,set,set_title,code,symbol,name,kind,kind_title,fault,fault_title,\
         retry,retry_title,retry_after,billing,billing_title,billing_source,severity,retired,\
         edition,superseded,message.en,message.zh-CN,user.en,user.zh-CN,set_note.en,\
         set_note.zh-CN,set_note.source,set_note.date"
    );
    for cell in [
        "Picture not good enough",
        ",the user,",
        ",not stated,",
        "2017-11-14",
        "The quality or size of the picture is not suitable.",
        "An earlier edition names three more positions",
    ] {
        assert!(csv.contains(cell), "{cell} is not in {csv}");
    }
    assert_eq!(rows.len(), 1 + 5, "{csv}");
    // A spreadsheet keeps the zeros, and runs no formula of a vendor: the rule of `export csv`.
    assert!(
        csv.contains("warning codes,\"=\"\"01000000\"\"\","),
        "{csv}"
    );
    let read = |file: &str| std::fs::read_to_string(root().join("xtask").join(file)).unwrap();
    let cells = read("tests/fixtures/spreadsheet.json");
    let script = read("src/site/assets/errbook.js");
    let begin = script.find("function spreadsheetCell").unwrap();
    let rule = script[begin..].split_once("\n}\n").unwrap().0;
    let written = browser.run(&format!(
        "{rule}}} return {cells}.map(([text]) => [text, spreadsheetCell(text)])"
    ));
    assert_eq!(written, serde_json::from_str::<Value>(&cells).unwrap());
    let json: Value = serde_json::from_str(&saved("json")).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 5);
    let is_copy = |record: &&Value| record["code"] == "01000000";
    let copy = json.as_array().unwrap().iter().find(is_copy).unwrap();
    assert_eq!(copy["kind"], "document-not-accepted");
    assert_eq!(copy["message"]["zh-CN"], "检测为复印件");
    assert!(copy["user"]["en"].as_str().unwrap().contains("document"));
    browser.open(site(), "index.html?vendor=tencent-huiyan&q=2006");
    browser.run(
        "URL.createObjectURL = (blob) => { window.saving = blob.arrayBuffer(); return 'blob:x'; };
         HTMLAnchorElement.prototype.click = function () { window.file = this.download; }",
    );
    let json: Value = serde_json::from_str(&saved("json")).unwrap();
    assert_eq!(
        browser.text("window.file"),
        "errbook-tencent-huiyan-2006.json"
    );
    assert_eq!(json[0]["billing_source"], "是否收费");
    let note = json[0]["set_note"]["en"].as_str().unwrap();
    assert!(note.contains("does not charge"), "{note}");
    assert_eq!(json[0]["set_note"]["date"], "2021-07-19");
}

#[test]
fn pages_say_how_old_the_data_are() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "vendors/tencent-kyc.html");
    let page = browser.text("document.querySelector('.document').innerText");
    assert!(
        page.contains("edition 2017-11-14 (") && page.contains("years ago)"),
        "{page}"
    );
    assert!(page.contains("superseded (2019-01-04)"), "{page}");
    let foot = browser.text("document.querySelector('footer').innerText");
    assert_eq!(foot, "errbook · version 0.1.0 · 2026-11-30");
}

#[test]
fn the_language_is_switched_and_remembered() {
    let Some(browser) = Browser::start() else {
        return;
    };
    // A link can ask for a language. It holds for the tab, and not for the reader's later visits.
    browser.open(site(), &format!("index.html?lang=zh-CN#{SILENT}"));
    assert!(browser.text(CARD).contains("请大声跟读屏幕数字"));
    browser.open(site(), "kinds.html");
    assert_eq!(
        browser.text("document.documentElement.lang + document.title"),
        "zh-CN类别 · errbook"
    );
    assert_eq!(
        browser.text("localStorage.getItem('errbook.language')"),
        "null"
    );
    browser.open(site(), &format!("index.html?lang=zh-CN#{SILENT}"));
    choose_language(&browser, "en");
    assert_eq!(browser.text("location.search"), "?lang=en");
    browser.open(site(), &format!("index.html#{SILENT}"));
    assert!(browser.text(CARD).contains("The video has no sound"));
    assert_eq!(
        browser.text("document.querySelector('#language [value=ja]').textContent"),
        "日本語 (24 of 509 texts)"
    );
    choose_language(&browser, "zh-CN");
    browser.run(
        "navigator.clipboard.writeText = (text) => {
           window.copied = text;
           return Promise.resolve();
         }",
    );
    browser.click("[data-copy=link]");
    let link = browser.text("window.copied");
    assert!(link.ends_with("/-5007.html?lang=zh-CN"), "{link}");
    let assert_chinese = |page: &str| {
        let card = browser.text(CARD);
        assert!(
            card.contains("须先由用户处理") && card.contains("请大声跟读屏幕数字"),
            "{page}: {card}"
        );
        assert!(!card.contains("The video has no sound"), "{card}");
    };
    assert_chinese("after the switch");
    browser.open(site(), &format!("index.html#{SILENT}"));
    assert_chinese("after a reload");
    // A language of the registry without an interface: what is shown is English.
    choose_language(&browser, "ja");
    assert_eq!(browser.text("document.documentElement.lang"), "en");
    assert!(browser.text(CARD).contains("Whose fault"));
}

fn choose_language(browser: &Browser, tag: &str) {
    browser.run(&format!(
        "const s = document.getElementById('language');
         s.value = '{tag}';
         s.dispatchEvent(new Event('change'))"
    ));
    browser.wait();
}

#[test]
fn a_chinese_reader_sees_chinese_only() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    choose_language(&browser, "zh-CN");
    for page in PAGES {
        browser.open(site(), page);
        assert_eq!(
            browser.text("document.documentElement.lang"),
            "zh-CN",
            "{page}"
        );
        let foreign = browser.text(&format!("({FOREIGN})()"));
        assert_eq!(foreign, "", "{page}");
        let title = browser.text("document.title");
        let is_chinese = |letter| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        assert!(
            page == "index.html" || page.contains("?q=") || title.contains(is_chinese),
            "{page}: {title}"
        );
        let grey = browser.text(
            "[...document.querySelectorAll('td p[lang], dd p[lang]')]
               .filter((e) => e.checkVisibility() && !e.closest('small, .section, dl dl, .set dl'))
               .filter((e) => getComputedStyle(e).color !== getComputedStyle(document.body).color)
               .map((e) => e.textContent).join('; ')",
        );
        assert_eq!(grey, "", "{page}");
    }
    browser.open(site(), "index.html?q=66660010");
    assert_eq!(browser.text(STATUS), "找到 2 个错误码");
}

/// Visible words and labels that are not Chinese, except names of code and of vendors' products.
const FOREIGN: &str = r"() => {
  const found = new Set();
  const isForeign = (text) => /[A-Za-z]{3}/.test(text) && !/[一-鿿]/.test(text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const code = 'code, kbd, .number, .numbers, .variant, .name, .set th, .brand, .foot, small, ' +
    '.developers, .tools, #language, #examples, a[href^=http], i, script, time, q, [lang=en]';
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    // What to tell the user is there in each language.
    if (parent.closest('.tell')) continue;
    if (parent.closest('[lang=en]') && parent.checkVisibility()) found.add(node.data);
    if (!parent.checkVisibility() || parent.closest(code)) continue;
    if (isForeign(node.data)) found.add(node.data);
  }
  for (const each of document.querySelectorAll('[aria-label], [placeholder]'))
    for (const name of ['aria-label', 'placeholder'])
      if (isForeign(each.getAttribute(name) || '')) found.add(each.getAttribute(name));
  return [...found].map((text) => text.trim()).filter(Boolean).join('; ');
}";

#[test]
fn every_kind_has_a_title_and_a_definition_in_both_languages() {
    let book = book();
    let kinds = book.kinds.as_ref().unwrap();
    for kind in kinds.sets.iter().flat_map(|set| &set.codes) {
        for language in ["en", "zh-CN"] {
            for texts in [&kind.title, &kind.doc, &kind.message] {
                let text = texts.get(language);
                assert!(
                    text.is_some_and(|text| !text.trim().is_empty()),
                    "{}: {language}",
                    kind.code.value
                );
            }
        }
    }
}

#[test]
fn colours_are_switched_and_remembered() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.open(site(), "index.html");
    let background = "getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.text(background), "rgb(247, 248, 247)");
    browser.run(
        "const s = document.getElementById('theme');
         s.value = 'dark';
         s.dispatchEvent(new Event('change'))",
    );
    assert_eq!(browser.text(background), "rgb(16, 21, 20)");
    browser.open(site(), "kinds.html");
    assert_eq!(browser.text(background), "rgb(16, 21, 20)");
}

#[test]
fn headings_are_in_order() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let pages = PAGES.into_iter().chain(["index.html?q=66660010"]);
    for page in pages {
        browser.open(site(), page);
        let levels = browser.text(
            "[...document.querySelectorAll('h1, h2, h3, h4')]
               .filter((h) => h.checkVisibility()).map((h) => h.tagName[1]).join('')",
        );
        assert!(levels.starts_with('1'), "{page}: {levels}");
        assert_eq!(levels.matches('1').count(), 1, "{page}: {levels}");
        let levels: Vec<_> = levels.bytes().collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{page}: {levels:?}"
        );
    }
}

#[test]
fn nothing_is_cut_off_at_any_width_with_any_font() {
    // A zoom of 200 % halves the width in CSS pixels; 320 is the width that WCAG requires.
    let widths = [
        320, 360, 390, 480, 640, 768, 896, 992, 1024, 1280, 1440, 1920,
    ];
    for font in [16, 24] {
        let Some(browser) = Browser::start_with_font(font) else {
            return;
        };
        for page in PAGES {
            browser.open(site(), page);
            for width in widths {
                browser.resize(width, 800);
                let cut = browser.text(&format!("({CUT})()"));
                assert_eq!(cut, "", "{page} at {width} with a font of {font}");
            }
        }
    }
}

/// Elements that extend beyond the page, that hide a part of their text, or that a reader must
/// scroll sideways.
const CUT: &str = r"() => {
  const named = (e) => `${e.tagName}#${e.id}.${e.className}`;
  const cut = [];
  for (const e of document.querySelectorAll('body *')) {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!e.checkVisibility() || e.closest('option, .skip')) continue;
    if (style.clipPath !== 'none' || e.closest('.choices .quiet, .searching .hero')) continue;
    if (box.right > innerWidth + 1 || box.left < -1) cut.push(named(e) + ' outside');
    const isText = !/^(INPUT|SELECT|METER)$/.test(e.tagName);
    if (isText && e.clientWidth > 0 && style.overflowX !== 'visible' &&
        e.scrollWidth > e.clientWidth + 1) cut.push(named(e) + ' scrolls');
  }
  return cut.slice(0, 5).join(', ');
}";

#[test]
fn paper_has_every_column_and_a_card_fits_one_sheet() {
    let Some(browser) = Browser::start() else {
        return;
    };
    browser.emulate_print();
    // A4 with margins of 14 mm, at 96 pixels an inch.
    browser.resize(688, 1000);
    for page in PAGES {
        browser.open(site(), page);
        assert_eq!(browser.text(&format!("({CUT})()")), "", "{page}");
    }
    browser.open(site(), "vendors/tencent-kyc.html");
    let columns = "[...document.querySelectorAll('.set:nth-of-type(2) thead th')]
        .filter((th) => th.checkVisibility()).map((th) => th.innerText).join(' ')";
    assert_eq!(
        browser.text(columns),
        "Code Message Remedy Kind Retry Billing"
    );
    let book = book();
    let mut cards: Vec<_> = (book.codes())
        .map(|(spec, set, code)| code_page(spec, set, code))
        .map(|page| (std::fs::metadata(site().join(&page)).unwrap().len(), page))
        .collect();
    cards.sort();
    for (_, page) in cards.iter().rev().take(5) {
        browser.open(site(), page);
        assert_eq!(sheets(&browser.pdf()), 1, "{page}");
    }
    browser.open(site(), "index.html?q=name#tencent-huiyan/HuiyanCode/2006");
    assert_eq!(sheets(&browser.pdf()), 1);
    // Paper is white, and has all results with what was asked for.
    assert_eq!(
        browser.text("getComputedStyle(document.body).color"),
        "rgb(0, 0, 0)"
    );
    browser.open(site(), "index.html?vendor=tencent-kyc&billing=unspecified");
    browser.run("dispatchEvent(new Event('beforeprint'))");
    let page = browser.text("document.querySelector('main').innerText");
    for part in [
        "errbook",
        "Vendor: Tencent KYC identity verification · Billing: not stated",
        "Tencent KYC identity verification: edition 2017-11-14 · superseded",
        "75 codes",
        "Tell the user: We could not hear you well.",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("Show "), "{page}");
    let shown = "document.querySelectorAll('#results .hit').length";
    assert_eq!(browser.text(shown), "75");
    browser.run("dispatchEvent(new Event('afterprint'))");
    assert_eq!(browser.text(shown), "30");
}

/// How many pages a PDF has.
fn sheets(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page\n").count()
}

#[test]
fn every_text_has_enough_contrast() {
    let Some(browser) = Browser::start() else {
        return;
    };
    for scheme in ["light", "dark"] {
        browser.prefer_colours(scheme);
        for page in PAGES
            .into_iter()
            .chain(["index.html?q=1", "index.html?q=zzz"])
        {
            browser.open(site(), page);
            assert_eq!(
                browser.text(&format!("({CONTRAST})()")),
                "",
                "{page}, {scheme}"
            );
        }
    }
}

/// Visible texts whose contrast with the nearest opaque background is below the 4.5 that WCAG 2
/// requires.
const CONTRAST: &str = r"() => {
  const channels = (c) => c.match(/[\d.]+/g).map(Number);
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => {
    const [r, g, b] = channels(c).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      const a = channels(c)[3];
      if (a === undefined || a === 1) return c;
    }
    return 'rgb(255,255,255)';
  };
  const low = new Set();
  for (const e of document.querySelectorAll('body *')) {
    const hasText = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!e.checkVisibility() || !hasText) continue;
    const pair = [light(getComputedStyle(e).color), light(behind(e))];
    const [a, b] = pair.sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...low].join(', ');
}";

#[test]
fn a_script_in_a_message_is_shown_as_text() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let evil =
        "<script>document.title = 'run'</script><img src=x onerror=\\\"document.title = 'run'\\\">";
    let spec = format!(
        "schema = 1\nvendor = \"evil\"\nlocale = \"en\"\n\
         title.en = \"{evil}\"\nkinds = \"errbook\"\n\
         [[set]]\nname = \"Bad\"\ntitle.en = \"{evil}\"\nwire = \"string\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage.en = \"{evil}\"\n\
         remedy.en = \"</td></table>{evil}\"\nkind = \"success\"\n\
         [[set.code]]\ncode = \"{evil}\"\nvariant = \"Two\"\nmessage.en = \"x\"\n"
    );
    let book = book_of_spec(&spec);
    let site = write_site(&book, &releases_that_say(&evil.replace('\\', "")));
    let codes = book.codes();
    let codes = codes.map(|(spec, set, code)| code_page(spec, set, code));
    let pages = [
        "index.html#evil/Bad/1",
        "index.html?q=script",
        "vendors/evil.html",
        "kinds.html",
        "coverage.html",
        "changes.html",
    ];
    for page in pages.map(str::to_owned).into_iter().chain(codes) {
        browser.open(site.path(), &page);
        assert_ne!(browser.text("document.title"), "run", "{page}");
        assert_eq!(
            browser.text("document.querySelectorAll('img, main script').length"),
            "0",
            "{page}"
        );
    }
    browser.open(site.path(), "index.html?q=One");
    assert!(browser.text(RESULTS).contains("evil/Bad/1"));
    browser.open(site.path(), "index.html#evil/Bad/1");
    assert!(
        browser
            .text(CARD)
            .contains("<script>document.title = 'run'</script><img src=x"),
        "{}",
        browser.text(CARD)
    );
}

#[test]
fn a_server_serves_the_same_search() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let address = serve(site());
    browser.open_url(&format!("{address}?q=66660010"));
    assert_eq!(browser.text(STATUS), "2 codes found");
    browser.click("#r0");
    assert!(browser.text(CARD).contains("66660010"));
}

#[test]
fn a_key_press_among_ten_thousand_codes_takes_less_than_a_frame() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let site = large_site();
    browser.open(site, "index.html");
    browser.run(
        "const q = document.getElementById('q');
         window.press = (text) => {
           q.value = text;
           const start = performance.now();
           q.dispatchEvent(new Event('input'));
           document.body.offsetHeight;
           return performance.now() - start;
         };
         window.times = new Map();
         const queries = ['1', '109999', '-00109', 'the camera', 'camera token light',
           '人脸与网络', '不一致', 'code77', 'zzz', 'e'];
         for (const text of queries)
           for (let end = 1; end <= text.length; end++) times.set(text.slice(0, end), Infinity);",
    );
    // From the key press to the end of layout. The best of several presses counts, because other
    // processes may use the machine.
    let round = "for (const [text, best] of times) times.set(text, Math.min(best, press(text)));
         return [...times].sort((a, b) => b[1] - a[1])[0];";
    let mut slowest = browser.run(round);
    for _ in 0..240 {
        // A frame at 60 Hz is 16.7 ms.
        if slowest[1].as_f64().unwrap() < 16.0 {
            break;
        }
        slowest = browser.run(round);
    }
    println!("the slowest key press: {slowest}");
    assert!(slowest[1].as_f64().unwrap() < 16.0, "{slowest}");
    browser.search("109999");
    assert_eq!(browser.text(RESULTS), "many/Set9/109999");
}

#[test]
fn ten_thousand_codes_are_small_and_soon_ready() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let site = large_site();
    let loaded = bytes_loaded_by_the_search(site);
    println!("the search page loads {loaded} bytes");
    assert!(loaded <= 1_500_000, "{loaded} bytes");
    // The best of several counts, because other processes may use the machine.
    for (slower, limit) in [(1, 500.0), (4, 2000.0)] {
        browser.slow_down(slower);
        let mut best = f64::INFINITY;
        for _ in 0..20 {
            browser.open(site, "index.html");
            let ready = "return performance.getEntriesByName('errbook-ready')[0].startTime";
            best = best.min(browser.run(ready).as_f64().unwrap());
            if best < limit {
                break;
            }
        }
        println!("ready after {best} ms with a processor {slower} times slower");
        assert!(
            best < limit,
            "{best} ms with a processor {slower} times slower"
        );
    }
}

/// The bytes of the search page and of all that it loads before a card is opened.
fn bytes_loaded_by_the_search(site: &Path) -> u64 {
    let page = std::fs::read_to_string(site.join("index.html")).unwrap();
    let sources = page.split("<script src=\"").skip(1);
    let files: BTreeSet<_> = sources
        .map(|rest| rest.split(['"', '?']).next().unwrap())
        .chain(["index.html", "errbook.css"])
        .collect();
    assert_eq!(files.len(), 6, "{files:?}");
    let bytes_of = |file: &&str| std::fs::metadata(site.join(file)).unwrap().len();
    files.iter().map(bytes_of).sum()
}

#[test]
fn pages_load_only_their_own_files() {
    let mut seen = 0;
    let mut folders = vec![site().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "html") {
                continue;
            }
            let page = std::fs::read_to_string(&path).unwrap();
            let policy = "content=\"default-src 'none'; style-src 'self'; script-src 'self';";
            assert!(page.contains(policy), "{}", path.display());
            // A page of a code is as small as a picture.
            let is_code = path.to_string_lossy().contains("/codes/");
            assert!(
                !is_code || page.len() < 40_000,
                "{}: {}",
                path.display(),
                page.len()
            );
            for word in ["src=\"http", "style=\"", "onclick", "@import", "fetch("] {
                assert!(!page.contains(word), "{}: {word}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 400, "{seen}");
}
