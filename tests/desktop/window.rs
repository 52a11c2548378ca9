//! Keyfob's own window, controlled by WebKit's driver.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::{ClientBuilder as Connect, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::own_port::OwnPort;
use crate::patience::until;
use crate::stage::{Running, Stage};

const PATIENCE: Duration = Duration::from_secs(20);

/// An open window and the driver that opened it.
pub struct Window {
    page: fantoccini::Client,
    driver: Running,
    _port: OwnPort,
}

/// The program that links, menus and logins start, and the command line: the release build.
pub fn app() -> PathBuf {
    let path = std::env::var_os("KEYFOB_APP").expect("KEYFOB_APP names the binary; `make test` sets it");
    Path::new(&path).canonicalize().expect("KEYFOB_APP is there")
}

/// The window's program beside it: a release build that WebDriver may control.
pub fn window_program() -> PathBuf {
    app().with_file_name("keyfob-window")
}

impl Window {
    pub async fn open(stage: &Stage) -> Self {
        Self::open_app(stage, &window_program()).await
    }

    pub async fn open_app(stage: &Stage, app: &Path) -> Self {
        let own = OwnPort::take();
        let port = own.number();
        let mut driver = stage.command("WebKitWebDriver");
        driver.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true").env("RUST_LOG", "trace");
        driver.env("RUST_BACKTRACE", "full").stdout(Stdio::from(stage.log("app.log")));
        let driver = Running::start(driver.stderr(Stdio::from(stage.log("app.log"))));
        listens(port);
        let wanted = json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": app.to_str().unwrap(), "args": [] },
        });
        let page = connect(port, wanted).await;
        let window = Self { page, driver, _port: own };
        window.sees("[data-test]").await;
        window
    }

    /// Ends Keyfob and the driver.
    pub async fn close(self, stage: &Stage) {
        stage.closes(&window_program());
        let _ = self.page.close().await;
        drop(self.driver);
    }

    /// Ends the driver; Keyfob has ended already.
    pub fn forget(self) {
        drop(self.driver);
    }

    /// Waits for an element.
    pub async fn sees(&self, css: &str) -> Element {
        self.find(css, PATIENCE).await.unwrap_or_else(|e| panic!("{css} is not there: {e}"))
    }

    /// Whether an element with this test ID exists.
    pub async fn has(&self, test: &str) -> bool {
        self.find(&by_test(test), Duration::from_secs(1)).await.is_ok()
    }

    async fn find(&self, css: &str, limit: Duration) -> Result<Element, CmdError> {
        let found = self.page.wait().at_most(limit).for_element(Locator::Css(css)).await;
        match found {
            // The page was redrawn that very moment.
            Err(problem) if problem.to_string().contains("Stale element") => {
                self.page.wait().at_most(limit).for_element(Locator::Css(css)).await
            }
            found => found,
        }
    }

    /// Clicks the element with this test ID, once it is enabled and does not move: the driver clicks where it found it.
    pub async fn clicks(&self, test: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let element = self.sees(&by_test(test)).await;
            let clicked = match element.is_enabled().await {
                Ok(true) if self.lies_still(&element).await => element.click().await,
                Ok(true) => Err(CmdError::NotJson("it moves".into())),
                Ok(false) => Err(CmdError::NotJson("it is disabled".into())),
                Err(e) => Err(e),
            };
            match clicked {
                Ok(()) => return,
                Err(e) => assert!(Instant::now() < end, "{test} cannot be clicked: {e}"),
            }
        }
    }

    async fn lies_still(&self, element: &Element) -> bool {
        let Ok(before) = element.rectangle().await else { return false };
        self.is_painted().await;
        element.rectangle().await.is_ok_and(|after| after == before)
    }

    /// The same for an element that closes the window: it is clicked after the driver has responded, since later it may
    /// not.
    pub async fn clicks_as_a_farewell(&self, test: &str) {
        let css = by_test(test);
        self.sees(&css).await;
        self.script(&format!("const it = document.querySelector('{css}'); setTimeout(() => it.click(), 200)")).await;
    }

    /// Closes the window for the first time, and chooses that Keyfob keeps running.
    pub async fn goes_to_the_tray(&self, stage: &Stage) {
        stage.presses_close();
        self.clicks_as_a_farewell("close-stay").await;
        until("the window is gone", PATIENCE, || !stage.has_window());
    }

    /// Types into a field and leaves it, as the user does with Tab.
    pub async fn types(&self, test: &str, typed: &str) {
        let field = self.sees(&by_test(test)).await;
        field.clear().await.unwrap();
        field.send_keys(typed).await.unwrap();
        field.send_keys("\u{e004}").await.unwrap();
    }

    /// Returns the text of the element with this test ID.
    pub async fn reads(&self, test: &str) -> String {
        self.sees(&by_test(test)).await.text().await.unwrap()
    }

    /// Waits until the element contains this text.
    pub async fn reads_at_last(&self, test: &str, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.reads(test).await;
            if found.contains(wanted) {
                return;
            }
            assert!(Instant::now() < end, "{test} says {found:?}, not {wanted:?}");
        }
    }

    /// Reloads the page.
    pub async fn loads_anew(&self) {
        self.page.refresh().await.unwrap();
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str) -> Value {
        self.page.execute(script, vec![]).await.unwrap()
    }

    pub async fn script_async(&self, script: &str) -> Value {
        self.page.execute_async(script, vec![]).await.unwrap()
    }

    /// Waits until the page is painted: the second frame from now begins after the first is painted.
    pub async fn is_painted(&self) {
        let two_frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => \
                          requestAnimationFrame(() => done(true))))";
        self.script_async(two_frames).await;
    }

    /// Returns the whole content of the page, for the scan.
    pub async fn everything(&self) -> String {
        let fields = "return document.documentElement.outerHTML + \
                      [...document.querySelectorAll('input,textarea')].map(i => i.value).join('\\n')";
        self.script(fields).await.as_str().unwrap_or_default().to_owned()
    }
}

/// The locator of a test id.
pub fn by_test(test: &str) -> String {
    format!("[data-test=\"{test}\"]")
}

/// Waits until a port accepts connections.
pub fn listens(port: u16) {
    until("the driver listens", PATIENCE, || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
}

/// Opens a WebDriver session at this port.
pub async fn connect(port: u16, wanted: Value) -> fantoccini::Client {
    session(port, wanted).await.expect("the driver opens a session")
}

/// The same, returning the driver's error if it fails.
pub async fn try_to_connect(port: u16, wanted: Value) -> Result<(), String> {
    session(port, wanted).await.map(drop).map_err(|refused| refused.to_string())
}

/// The same, for a caller that retries.
pub async fn session(port: u16, wanted: Value) -> Result<fantoccini::Client, NewSessionError> {
    let Value::Object(wanted) = wanted else { panic!("capabilities are an object") };
    let mut session = Connect::new(HttpConnector::new());
    session.capabilities(wanted);
    session.connect(&format!("http://127.0.0.1:{port}")).await
}
