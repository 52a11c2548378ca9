//! What a package for this system is made of, as `CycloneDX` 1.5: the crates of both programs, and the page's npm packages.

use std::fs::{self, File};
use std::path::Path;

use crate::run::{self, Failure};

/// The list of the programs and the list of the page.
const PROGRAMS: &str = "programs.cdx.json";
const PAGE: &str = "page.cdx.json";

/// cargo-cyclonedx writes one list beside each manifest of the workspace; that of the window's program holds all crates.
const MEMBERS: [&str; 6] =
    [".", ".ci/xtask", "src-tauri/core", "src-tauri/desktop", "src-tauri/practice", "src-tauri/zoho-oauth"];
const WHOLE: &str = "src-tauri/desktop";

pub(crate) fn sbom() -> Result<(), Failure> {
    let folder = run::empty_folder("target/sbom")?;
    run::tool("cargo-cyclonedx", "0.5.9")?;
    let listed = run::require(&mut run::program(
        "cargo",
        &[
            "cyclonedx",
            "--quiet",
            "--format",
            "json",
            "--spec-version",
            "1.5",
            "--no-build-deps",
            "--features",
            "tauri/custom-protocol",
            "--manifest-path",
            "src-tauri/desktop/Cargo.toml",
            "--override-filename",
            "sbom.cdx",
        ],
    ));
    for member in MEMBERS {
        let written = run::path(member).join("sbom.cdx.json");
        if member == WHOLE && listed.is_ok() {
            fs::rename(written, folder.join(PROGRAMS))?;
        } else if written.exists() {
            fs::remove_file(written)?;
        }
    }
    listed?;
    page(&folder)?;
    println!("target/sbom/{PROGRAMS} and target/sbom/{PAGE}");
    Ok(())
}

/// `npm sbom --omit dev` also leaves out a dependency that a development dependency names as its peer, as several name svelte.
/// Without the development dependencies, the list is complete.
fn page(folder: &Path) -> Result<(), Failure> {
    let copy = run::empty_folder("target/sbom/page")?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(run::path("ui").join(file), copy.join(file))?;
    }
    let npm = |arguments: &[&str]| {
        let mut npm = run::program("npm", arguments);
        npm.current_dir(&copy);
        npm
    };
    run::require(&mut npm(&["pkg", "delete", "devDependencies"]))?;
    run::require(&mut npm(&["install", "--package-lock-only", "--offline", "--ignore-scripts", "--silent"]))?;
    let list = File::create(folder.join(PAGE))?;
    run::require(
        npm(&["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"]).stdout(list),
    )?;
    Ok(fs::remove_dir_all(&copy)?)
}
