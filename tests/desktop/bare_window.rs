//! An empty window and nothing else, to measure Keyfob beside: what Tauri and the system's web view take by themselves.

use tauri::{Builder, WebviewUrl, WebviewWindowBuilder, generate_context};

fn main() -> tauri::Result<()> {
    let app = Builder::default().build(generate_context!())?;
    let blank = "about:blank".parse().map_or_else(|_| WebviewUrl::default(), WebviewUrl::External);
    WebviewWindowBuilder::new(&app, "bare", blank).title("Bare").inner_size(960.0, 720.0).build()?;
    app.run(|_, _| {});
    Ok(())
}
