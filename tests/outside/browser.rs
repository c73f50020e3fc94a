//! A headless Chromium, driven through `WebDriver`, with methods for what a reader does in it.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A browser with one page.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser. Returns `None` if the environment says to skip these tests.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with_font(16)
    }

    /// Starts a browser whose user chose this size of the font, in pixels.
    pub(crate) fn start_with_font(size: u32) -> Option<Self> {
        if crate::is_skipped("ERRBOOK_NO_BROWSER") {
            return None;
        }
        let (driver, port) = start_driver();
        let profile = TempDir::new().unwrap();
        let runtime = Runtime::new().unwrap();
        let connect = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(profile.path(), size))
            .clone();
        let client = runtime
            .block_on(connect.connect(&format!("http://127.0.0.1:{port}")))
            .expect("the browser starts");
        let browser = Self {
            runtime,
            client,
            driver,
            _profile: profile,
        };
        browser.resize(1280, 900);
        Some(browser)
    }

    /// Opens a page of a site from the file system, and waits until it shows what its address
    /// says.
    pub(crate) fn open(&self, site: &Path, page: &str) {
        let (page, fragment) = page.split_once('#').unwrap_or((page, ""));
        let (file, query) = page.split_once('?').unwrap_or((page, ""));
        let mut url = url::Url::from_file_path(site.join(file)).unwrap();
        url.set_query((!query.is_empty()).then_some(query));
        url.set_fragment((!fragment.is_empty()).then_some(fragment));
        self.open_url(url.as_str());
    }

    /// Opens an address.
    pub(crate) fn open_url(&self, url: &str) {
        // Without this, a browser would not reload a page of which only the fragment changes.
        let blank = self.client.goto("about:blank");
        self.runtime.block_on(blank).unwrap();
        self.runtime.block_on(self.client.goto(url)).unwrap();
        self.wait();
    }

    /// Waits until the search page has loaded the registry and the card that it is about to show.
    pub(crate) fn wait(&self) {
        self.wait_for(
            "!document.getElementById('q') || document.getElementById('form').hidden ||
             'ready' in document.documentElement.dataset &&
             !(document.querySelector('.panes.opened') && !document.querySelector('#card .card'))",
        );
    }

    /// Waits until a JavaScript expression is true.
    pub(crate) fn wait_for(&self, condition: &str) {
        for _ in 0..400 {
            if self.text(&format!("Boolean({condition})")) == "true" {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("still false after ten seconds: {condition}");
    }

    /// Runs a script in the page and returns its result.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.runtime
            .block_on(self.client.execute(script, Vec::new()))
            .unwrap()
    }

    /// The value of a JavaScript expression, as a string.
    pub(crate) fn text(&self, expression: &str) -> String {
        self.run(&format!("return String({expression})"))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Types keys into the focused element.
    pub(crate) fn press(&self, keys: &str) {
        let press = async { self.client.active_element().await?.send_keys(keys).await };
        self.runtime.block_on(press).unwrap();
        self.wait();
    }

    /// Replaces the text of the search field.
    pub(crate) fn search(&self, text: &str) {
        let search = async {
            let input = self.client.find(Locator::Css("#q")).await?;
            input.clear().await?;
            input.send_keys(text).await
        };
        self.runtime.block_on(search).unwrap();
        self.wait();
    }

    /// Clicks the first element that matches a selector.
    pub(crate) fn click(&self, selector: &str) {
        let click = async {
            self.client
                .find(Locator::Css(selector))
                .await?
                .click()
                .await
        };
        self.runtime.block_on(click).unwrap();
        self.wait();
    }

    /// Sets the size of the page.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.emulate(
            "setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    /// Sets the colour scheme that the reader prefers.
    pub(crate) fn prefer_colours(&self, scheme: &str) {
        self.emulate(
            "setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
    }

    /// Lays the page out as for a printer, for a reader whose screen is dark.
    pub(crate) fn emulate_print(&self) {
        let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        self.emulate(
            "setEmulatedMedia",
            json!({ "media": "print", "features": dark }),
        );
    }

    /// The page as PDF, in the size that its style gives.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let params = json!({ "preferCSSPageSize": true, "printBackground": true });
        let pdf = self.command("Page.printToPDF", params);
        STANDARD.decode(pdf["data"].as_str().unwrap()).unwrap()
    }

    /// Makes the processor slower by a factor.
    pub(crate) fn slow_down(&self, factor: u32) {
        self.emulate("setCPUThrottlingRate", json!({ "rate": factor }));
    }

    /// Goes back in the history of the page.
    pub(crate) fn back(&self) {
        self.runtime.block_on(self.client.back()).unwrap();
        self.wait();
    }

    /// Loads the page again.
    pub(crate) fn reload(&self) {
        self.runtime.block_on(self.client.refresh()).unwrap();
        self.wait();
    }

    /// Disables the scripts of pages. `run` still works.
    pub(crate) fn disable_scripts(&self) {
        self.emulate("setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// A screenshot of the page, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        self.runtime.block_on(self.client.screenshot()).unwrap()
    }

    fn emulate(&self, command: &str, params: Value) {
        self.command(&format!("Emulation.{command}"), params);
    }

    fn command(&self, command: &str, params: Value) -> Value {
        let command = DevTools {
            cmd: command.to_owned(),
            params,
        };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.client.clone().close());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts the driver and reads from its output the port on which it listens.
fn start_driver() -> (Child, u16) {
    let help = "`chromedriver` does not start: install it with Chromium (Debian: apt-get install \
                chromium chromium-driver), or set ERRBOOK_NO_BROWSER=1";
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .spawn()
        .expect(help);
    let lines = BufReader::new(driver.stdout.take().expect("stdout is piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    (driver, port.expect(help))
}

fn capabilities(profile: &Path, font: u32) -> Map<String, Value> {
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--lang=en-US",
    ]
    .into_iter()
    .chain([
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ])
    .map(str::to_owned)
    .collect();
    args.push(format!("--user-data-dir={}", profile.display()));
    let preferences = json!({ "webkit": { "webprefs": { "default_font_size": font } } });
    let options = json!({ "args": args, "prefs": preferences });
    Map::from_iter([
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
    ])
}

/// A command of Chromium's `DevTools` protocol, which extends `WebDriver`.
struct DevTools {
    cmd: String,
    params: Value,
}

impl fmt::Debug for DevTools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cmd)
    }
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "cmd": self.cmd, "params": self.params }).to_string()),
        )
    }
}
