//! Writes screenshots of the pages to `target/pictures`, for a person to review.

use crate::browser::Browser;
use crate::page::PAGES;
use crate::workspace::{root, site};

#[test]
fn every_page_can_be_captured_on_desktop_and_phone_in_light_and_dark() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = root().join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (size, width, height) in [("desktop", 1280, 900), ("phone", 390, 844)] {
        browser.resize(width, height);
        for scheme in ["light", "dark"] {
            browser.prefer_colours(scheme);
            let capture = |name: &str| {
                std::fs::write(
                    folder.join(format!("{name}-{size}-{scheme}.png")),
                    browser.screenshot(),
                )
            };
            for page in PAGES {
                browser.open(site(), page);
                let name = if page.contains('#') {
                    "card".to_owned()
                } else {
                    page.replace(".html", "").replace('/', "-")
                };
                capture(&name).unwrap();
            }
            browser.open(site(), "index.html");
            browser.search("66660010");
            capture("results").unwrap();
            browser.press(&fantoccini::key::Key::Enter.to_string());
            capture("opened").unwrap();
        }
    }
}
