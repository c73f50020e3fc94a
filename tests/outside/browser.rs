//! A headless Chromium, driven through `WebDriver`, with methods for what a reader does in it.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

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
        if crate::is_skipped("ERRBOOK_NO_BROWSER") {
            return None;
        }
        let (driver, port) = start_driver();
        let profile = TempDir::new().unwrap();
        let runtime = Runtime::new().unwrap();
        let connect = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(profile.path()))
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

    /// Opens a page of a site from the file system.
    pub(crate) fn open(&self, site: &Path, page: &str) {
        let (file, fragment) = page.split_once('#').unwrap_or((page, ""));
        let mut url = url::Url::from_file_path(site.join(file)).unwrap();
        url.set_fragment((!fragment.is_empty()).then_some(fragment));
        // Without this, a browser would not reload a page of which only the fragment changes.
        self.runtime
            .block_on(self.client.goto("about:blank"))
            .unwrap();
        self.runtime
            .block_on(self.client.goto(url.as_str()))
            .unwrap();
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
    }

    /// Replaces the text of the search field.
    pub(crate) fn search(&self, text: &str) {
        let search = async {
            let input = self.client.find(Locator::Css("#q")).await?;
            input.clear().await?;
            input.send_keys(text).await
        };
        self.runtime.block_on(search).unwrap();
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

    /// Disables the scripts of pages. `run` still works.
    pub(crate) fn disable_scripts(&self) {
        self.emulate("setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// A screenshot of the page, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        self.runtime.block_on(self.client.screenshot()).unwrap()
    }

    fn emulate(&self, command: &str, params: Value) {
        let command = DevTools {
            cmd: format!("Emulation.{command}"),
            params,
        };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap();
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

fn capabilities(profile: &Path) -> Map<String, Value> {
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
    let options = json!({ "args": args });
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
