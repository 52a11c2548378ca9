//! An empty window: what Tauri and the system's web view use without an application.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::process::ExitCode;

use tauri::http::Response;
use tauri::{Builder, Url, WebviewUrl, WebviewWindowBuilder, generate_context};

/// Shows the window until it is closed.
pub(crate) fn run() -> ExitCode {
    open().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn open() -> tauri::Result<()> {
    let app = Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| Response::new(b"<!doctype html><title>Bare</title>".to_vec()))
        .build(generate_context!("../../tauri.conf.json"))?;
    let address = Url::parse("bare://localhost/").map(WebviewUrl::CustomProtocol).unwrap_or_default();
    WebviewWindowBuilder::new(&app, "bare", address).title("Bare").inner_size(960.0, 720.0).build()?;
    app.run(|_, _| {});
    Ok(())
}
