//! Pictures of the pages, for a person to look at: `target/pictures`.

use super::browser::Browser;
use super::page::PAGES;
use super::workspace::{root, site};

#[test]
fn pictures_are_taken_at_desk_and_on_the_phone_in_light_and_dark() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = root().join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (size, width, height) in [("desk", 1280, 900), ("phone", 390, 844)] {
        browser.size(width, height);
        for scheme in ["light", "dark"] {
            browser.colours(scheme);
            let take = |name: &str| {
                std::fs::write(
                    folder.join(format!("{name}-{size}-{scheme}.png")),
                    browser.picture(),
                )
            };
            for page in PAGES {
                browser.open(site(), page);
                let name = if page.contains('#') {
                    "card".to_owned()
                } else {
                    page.replace(".html", "").replace('/', "-")
                };
                take(&name).unwrap();
            }
            browser.open(site(), "index.html");
            browser.search("66660010");
            take("results").unwrap();
            browser.press(&fantoccini::key::Key::Enter.to_string());
            take("opened").unwrap();
        }
    }
}
