//! The user's browser: the real Chromium that the system opened, controlled by WebDriver.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::process::Stdio;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::json;

use crate::own_port::OwnPort;
use crate::stage::{Running, Stage};
use crate::window::{listens, session};

const PATIENCE: Duration = Duration::from_secs(40);

/// Control of the browser that is already open.
pub struct Browser {
    tabs: fantoccini::Client,
    _driver: Running,
    _port: OwnPort,
}

impl Browser {
    /// Connects to the browser that opening a URL has started.
    pub async fn connect_to_it(stage: &Stage) -> Self {
        listens(stage.browser_port.number());
        let own = OwnPort::take();
        let port = own.number();
        let mut driver = stage.command("chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Running::start(&mut driver);
        listens(port);
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "debuggerAddress": format!("127.0.0.1:{}", stage.browser_port.number()) },
        });
        let end = Instant::now() + PATIENCE;
        let tabs = loop {
            match session(port, wanted.clone()).await {
                Ok(tabs) => break tabs,
                // On a busy machine the browser's port is open long before it answers.
                Err(refused) => assert!(Instant::now() < end, "the driver takes hold of the browser: {refused}"),
            }
        };
        Self { tabs, _driver: driver, _port: own }
    }

    /// Switches to the tab whose URL contains `part`.
    pub async fn turns_to(&self, part: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            for tab in self.tabs.windows().await.unwrap_or_default().into_iter().rev() {
                let there = self.tabs.switch_to_window(tab).await.is_ok();
                if there && self.tabs.current_url().await.is_ok_and(|url| url.as_str().contains(part)) {
                    return;
                }
            }
            assert!(Instant::now() < end, "no tab shows {part}");
        }
    }

    pub async fn clicks(&self, css: &str) {
        let found = self.tabs.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|e| panic!("{css}: {e}")).click().await.unwrap();
    }

    pub async fn types(&self, css: &str, text: &str) {
        let found = self.tabs.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        let field = found.unwrap_or_else(|e| panic!("{css}: {e}"));
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Returns the text of an element.
    pub async fn reads(&self, css: &str) -> String {
        let found = self.tabs.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|e| panic!("{css}: {e}")).text().await.unwrap()
    }

    /// Takes a screenshot of the page.
    pub async fn photograph(&self) -> Vec<u8> {
        self.tabs.screenshot().await.unwrap()
    }

    /// Returns the value of a field.
    pub async fn value(&self, css: &str) -> String {
        let found = self.tabs.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|e| panic!("{css}: {e}")).prop("value").await.unwrap().unwrap_or_default()
    }
}
