//! Prepares the window's build: declares the two commands that a page may call, and the folder of the capabilities.

use std::env;
use std::error::Error;

use tauri_build::{AppManifest, Attributes};

fn main() -> Result<(), Box<dyn Error>> {
    // tauri-build does not watch a custom capabilities folder; stale permissions would be shipped.
    println!("cargo:rerun-if-changed=../capabilities");
    // tauri-build looks for `tauri.conf.json` in the current folder; it is at the top of the repository.
    env::set_current_dir("../..")?;
    tauri_build::try_build(
        Attributes::new()
            .app_manifest(AppManifest::new().commands(&["dispatch", "snapshot"]))
            .capabilities_path_pattern("./src-tauri/capabilities/**/*"),
    )?;
    Ok(())
}
