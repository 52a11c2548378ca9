//! The permissions that a page could get, as the build found them in the plugins. Cargo exposes them only to tests of
//! this package.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking")]

use serde_json::{Map, Value};

#[test]
fn every_plugin_that_the_page_could_reach_is_known() {
    let rights = include_str!(concat!(env!("OUT_DIR"), "/acl-manifests.json"));
    let rights: Map<String, Value> = serde_json::from_str(rights).unwrap();
    let plugins: Vec<&String> = rights.keys().filter(|name| !name.starts_with("core")).collect();
    let known = ["__app-acl__", "autostart", "clipboard-manager", "deep-link", "dialog", "opener", "window-state"];
    assert_eq!(plugins, known, "a new plugin must be added here on purpose");
}
