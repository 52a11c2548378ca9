//! An empty window and nothing else, to measure Keyfob beside: what Tauri and the system's web view take by themselves.

use tauri::http::Response;
use tauri::{Builder, Url, WebviewUrl, WebviewWindowBuilder, generate_context};

fn main() -> tauri::Result<()> {
    let app = Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| Response::new(b"<!doctype html><title>Bare</title>".to_vec()))
        .build(generate_context!())?;
    let address = Url::parse("bare://localhost/").map(WebviewUrl::CustomProtocol).unwrap_or_default();
    WebviewWindowBuilder::new(&app, "bare", address).title("Bare").inner_size(960.0, 720.0).build()?;
    app.run(|_, _| {});
    Ok(())
}
