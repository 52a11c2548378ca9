//! Rules for the sources: which file may use what, and what a file may contain. Each test reads the sources and states
//! why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod type_names;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[derive(Clone)]
struct Source {
    path: String,
    text: String,
}

/// What is built, downloaded or generated.
const NOT_WRITTEN: [&str; 8] =
    [".git", "target", "node_modules", "dist", "gen", "permissions", "corpus", "bindings.ts"];

/// Every text file with this extension under a folder of the project, except built and generated ones.
fn files(folder: &str, ending: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
            if NOT_WRITTEN.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Some(text) = name.ends_with(ending).then(|| fs::read_to_string(&path).ok()).flatten() {
                found.push(Source { path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), text });
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds {ending} files");
    found
}

/// The same without tests, examples and fuzz targets.
fn sources(folder: &str, ending: &str) -> Vec<Source> {
    let is_of_tests = |part: &str| matches!(part, "tests" | "tests.rs" | "examples" | "fuzz" | "bindings.rs");
    let mut found = files(folder, ending);
    found.retain(|source| !source.path.split('/').any(is_of_tests));
    found
}

/// The code of a source file: its lines without comments, up to its unit tests.
fn code(source: &Source) -> impl Iterator<Item = &str> {
    let lines = source.text.lines().take_while(|l| !l.trim_start().starts_with("#[cfg(test)]"));
    lines.map(|l| l.split("//").next().unwrap_or_default())
}

#[track_caller]
fn only(found: &[&str], allowed: &[&str], why: &str) {
    let strangers: Vec<_> = found.iter().filter(|path| !allowed.iter().any(|a| path.starts_with(a))).collect();
    assert!(strangers.is_empty(), "{why}: {strangers:?}");
    assert!(!found.is_empty(), "somebody does, or this test looks for the wrong thing: {why}");
}

// Shows T19.
#[test]
fn the_core_depends_on_no_io_library() {
    let pure = [
        "base64",
        "chrono",
        "oauth2",
        "percent-encoding",
        "qrcodegen",
        "secrecy",
        "serde",
        "serde_json",
        "sha2",
        "subtle",
        "thiserror",
        "ts-rs",
        "url",
        "zoho-oauth",
    ];
    for package in ["src-tauri/core", "src-tauri/zoho-oauth"] {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(package).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).unwrap();
        let needed = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
        let names = needed.lines().filter_map(|l| l.split(['.', ' ', '=']).next()).filter(|n| !n.is_empty());
        let strangers: Vec<_> = names.filter(|name| !pure.contains(name)).collect();
        assert!(
            strangers.is_empty(),
            "{package} decides, it does not act; move what needs these outward: {strangers:?}"
        );
    }
}

#[test]
fn the_page_reaches_the_app_through_one_file() {
    let page = sources("ui/src", "");
    let found: Vec<&str> = page.iter().filter(|s| s.text.contains("@tauri-apps")).map(|s| s.path.as_str()).collect();
    only(&found, &["ui/src/bridge.ts"], "only the bridge knows Tauri");
}

#[test]
fn source_files_have_at_most_300_lines() {
    let mut all = sources("src-tauri", ".rs");
    all.extend(sources("ui/src", ".ts"));
    all.extend(sources("ui/src", ".svelte"));
    let large: Vec<String> = all
        .iter()
        .map(|s| (s.text.lines().count(), &s.path))
        .filter(|(lines, _)| *lines > 300)
        .map(|(lines, path)| format!("{path}: {lines}"))
        .collect();
    assert!(large.is_empty(), "a file over 300 lines has more than one subject: {large:?}");
}

#[test]
fn every_problem_has_a_story() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(root.join("src-tauri/core/src/domain/problem.rs")).unwrap();
    let listed = source.split("pub enum Problem {").nth(1).unwrap().split("\n}").next().unwrap();
    let is_variant =
        |line: &&str| line.starts_with("    ") && line.trim().starts_with(|c: char| c.is_ascii_uppercase());
    let name = |line: &str| line.trim().split([' ', ',']).next().unwrap().to_owned();
    let problems: Vec<String> = listed.lines().filter(is_variant).map(name).collect();
    assert!(problems.len() >= 50, "the list was read: {problems:?}");

    let stories: String = fs::read_dir(root.join("src-tauri/core/tests/stories"))
        .unwrap()
        .filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let is_told = |problem: &String| {
        let named = format!("Problem::{problem}");
        stories.match_indices(&named).any(|(at, _)| !stories[at + named.len()..].starts_with(char::is_alphanumeric))
    };
    let untold: Vec<_> = problems.iter().filter(|problem| !is_told(problem)).collect();
    assert!(untold.is_empty(), "a problem nobody has seen may never be, or be said wrongly: {untold:?}");
}

/// The rows of a page's tables that state a number of tests in their fourth column.
fn rows(page: &str) -> BTreeMap<String, usize> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some((cells.get(1)?.split(' ').next()?.to_owned(), cells.get(4)?.parse().ok()?))
    };
    page.lines().filter_map(row).collect()
}

/// How many tests show each row: `// Shows T1, N3; ASVS 10.1.1.` above a test in Rust, or at the head of a test file of
/// the page.
fn shown() -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let all = [files(".", ".rs"), files("ui", ".ts")].concat();
    let is_name =
        |line: &&str| line.strip_prefix("// Shows ").is_some_and(|rest| rest.starts_with(|c| "TNCSDA".contains(c)));
    for line in all.iter().flat_map(|source| source.text.lines().map(str::trim).filter(is_name)) {
        let names = line.trim_start_matches("// Shows ").trim_end_matches('.');
        for name in names.split([',', ';']).map(|name| name.trim().trim_start_matches("ASVS ")) {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn each_row_of_the_proofs_has_its_tests() {
    let (trust, asvs) = (rows("docs/trust.md"), rows("docs/asvs.md"));
    assert!(trust.len() >= 60 && asvs.len() >= 25, "the pages were read: {trust:?} {asvs:?}");
    let promised: BTreeMap<String, usize> = trust.into_iter().chain(asvs).collect();
    let shown = shown();
    let differ: Vec<String> = promised
        .keys()
        .chain(shown.keys())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter(|row| promised.get(*row) != shown.get(*row))
        .map(|row| format!("{row}: {:?} in the page, {:?} in the tests", promised.get(row), shown.get(row)))
        .collect();
    assert!(differ.is_empty(), "a row that no test shows is not to be trusted: {differ:#?}");
}

// Shows ASVS 14.3.3.
#[test]
fn the_page_stores_nothing_in_the_browser() {
    for source in sources("ui/src", "") {
        for store in ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches."] {
            assert!(
                !source.text.contains(store),
                "{} names {store}: what is kept is kept by Rust, sealed",
                source.path
            );
        }
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let mut all = sources("src-tauri", ".rs");
    all.extend(sources("ui/src", ".ts"));
    all.extend(sources("ui/src", ".svelte"));
    let marks = ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!(", "console.log("];
    for source in &all {
        for mark in marks {
            assert!(!source.text.contains(mark), "{} has {mark}", source.path);
        }
    }
}

// Shows T8, T9; ASVS 13.2.2, 13.4.2.
#[test]
fn the_window_is_locked_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(root.join(path)).unwrap()).unwrap()
    };
    let config = read("tauri.conf.json");
    let security = &config["app"]["security"];
    assert_eq!(security["csp"]["default-src"], "'none'", "what is not named is not loaded");
    assert!(!security["csp"].to_string().contains("unsafe"), "no inline script or style");
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(config["app"]["withGlobalTauri"], false);

    let capabilities: Vec<_> = fs::read_dir(root.join("src-tauri/capabilities")).unwrap().flatten().collect();
    assert_eq!(capabilities.len(), 1);
    let window: serde_json::Value = serde_json::from_slice(&fs::read(capabilities[0].path()).unwrap()).unwrap();
    let allowed = ["allow-dispatch", "allow-snapshot"];
    assert_eq!(window["permissions"], serde_json::json!(allowed), "two commands, nothing else: events tell of links");
    assert_eq!(window["windows"], serde_json::json!(["main"]));
}

#[test]
fn every_file_of_the_walk_throughs_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let architecture = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let (_, tables) = architecture.split_once("## Three walk-throughs").expect("the walk-throughs have a title");
    let (tables, _) = tables.split_once("## How to add").expect("another chapter follows");
    let named = tables.split('`').skip(1).step_by(2).filter(|code| Path::new(code).extension() == Some("rs".as_ref()));
    let path = |file: &str| match file.split_once('/') {
        Some((one @ ("core" | "desktop" | "zoho-oauth"), rest)) => format!("src-tauri/{one}/src/{rest}"),
        Some(("tests", _)) => file.to_owned(),
        _ => format!("src-tauri/{file}"),
    };
    let gone: Vec<&str> = named.filter(|file| !root.join(path(file)).is_file()).collect();
    assert!(gone.is_empty(), "these are not there: {gone:?}");
}
