//! Prepares the window: names the two commands a page may call, and where its permissions are listed.

use std::env;
use std::error::Error;

use tauri_build::{AppManifest, Attributes};

fn main() -> Result<(), Box<dyn Error>> {
    // tauri-build does not watch a capability folder of one's own choice; stale permissions would be shipped.
    println!("cargo:rerun-if-changed=../capabilities");
    // `tauri.conf.json` is at the top, and tauri-build looks for it where it runs.
    env::set_current_dir("../..")?;
    tauri_build::try_build(
        Attributes::new()
            .app_manifest(AppManifest::new().commands(&["dispatch", "snapshot"]))
            .capabilities_path_pattern("./src-tauri/capabilities/**/*"),
    )?;
    Ok(())
}
