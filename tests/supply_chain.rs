//! What Keyfob is made of and what may run during a build. `.ci/deny` checks licences, sources, checksums and vulnerable versions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod proof;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const APP: [&str; 3] = ["--locked", "--features", "tauri/custom-protocol"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

// Shows T19.
#[test]
fn no_npm_package_brings_a_script_or_an_address() {
    for lock in ["ui/package-lock.json", "tests/connect/foreign/package-lock.json"] {
        let lock_file = json(lock);
        let packages = lock_file["packages"].as_object().unwrap();
        assert!(packages.len() > 20, "{lock} was read");
        for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
            assert!(package["resolved"].is_null(), "{lock}: {path} names an address; .npmrc leaves them out");
            assert!(package["hasInstallScript"].is_null(), "{lock}: {path} runs something when it is installed");
        }
    }
}

#[test]
fn npm_runs_no_scripts_and_installs_only_locked_packages() {
    assert!(read("ui/.npmrc").lines().any(|line| line == "ignore-scripts=true"));
    let here = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci")).unwrap();
    let scripts = here.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let scripts = scripts.map(|path| fs::read_to_string(path).unwrap());
    let lines: Vec<String> = scripts
        .chain([read("Makefile")])
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let npm = |line: &&String| words(line).first().is_some_and(|first| first == "npm");
    let installs: Vec<&String> = lines
        .iter()
        .filter(npm)
        .filter(|line| {
            words(line).iter().any(|word| matches!(word.as_str(), "ci" | "i" | "install" | "add" | "update"))
        })
        .collect();
    assert_eq!(installs.len(), 2, "the page, and a server we did not write: {installs:?}");
    for line in installs {
        assert!(line.contains(" ci ") && line.contains("--ignore-scripts"), "{line}");
    }
}

/// The resolved dependency graph: the packages, and the dependencies of each with their kinds.
struct Graph {
    packages: BTreeMap<String, Value>,
    needs: BTreeMap<String, Vec<(String, Vec<Value>)>>,
}

impl Graph {
    fn of_the_app() -> Self {
        let asked: Vec<&str> = ["metadata", "--format-version", "1"].into_iter().chain(APP).collect();
        let mut all: Value = serde_json::from_str(&said(env!("CARGO"), &asked)).unwrap();
        let id = |of: &Value, name: &str| of[name].as_str().unwrap().to_owned();
        let Value::Array(packages) = all["packages"].take() else { panic!("a list") };
        let Value::Array(nodes) = all["resolve"]["nodes"].take() else { panic!("a list") };
        let needs = |node: &Value| {
            let deps = node["deps"].as_array().unwrap().iter();
            deps.map(|dep| (id(dep, "pkg"), dep["dep_kinds"].as_array().unwrap().clone())).collect()
        };
        Self {
            needs: nodes.iter().map(|node| (id(node, "id"), needs(node))).collect(),
            packages: packages.into_iter().map(|package| (id(&package, "id"), package)).collect(),
        }
    }

    fn name(&self, id: &str) -> &str {
        self.packages[id]["name"].as_str().unwrap()
    }

    fn is_macro(&self, id: &str) -> bool {
        self.packages[id]["targets"].to_string().contains("proc-macro")
    }

    /// The packages reachable from these through dependencies of one of these kinds.
    fn reached(&self, from: impl IntoIterator<Item = String>, ways: &[Value]) -> BTreeSet<String> {
        let (mut found, mut open) = (BTreeSet::new(), from.into_iter().collect::<Vec<_>>());
        let fits = |kinds: &[Value]| kinds.iter().any(|kind| ways.contains(&kind["kind"]));
        while let Some(id) = open.pop() {
            if found.insert(id.clone()) {
                open.extend(self.needs[&id].iter().filter(|(_, kinds)| fits(kinds)).map(|(id, _)| id.clone()));
            }
        }
        found
    }
}

// Shows T19.
#[test]
fn nothing_that_runs_during_a_build_can_download() {
    let graph = Graph::of_the_app();
    let (linked, builds) = (Value::Null, Value::from("build"));
    let app = graph.packages.keys().find(|id| graph.name(id) == "keyfob-window").unwrap().clone();
    let all = graph.reached([app], &[linked.clone(), builds.clone()]);
    let needed_to_build =
        all.iter().flat_map(|id| &graph.needs[id]).filter(|(_, kinds)| kinds.iter().any(|kind| kind["kind"] == builds));
    let macros = all.iter().filter(|id| graph.is_macro(id));
    let runs = graph.reached(needed_to_build.map(|(id, _)| id).chain(macros).cloned(), &[linked, builds.clone()]);
    let names: BTreeSet<&str> = runs.iter().map(|id| graph.name(id)).collect();
    assert!(names.contains("tauri-build") && names.contains("serde_derive"), "{names:?}");
    let speakers =
        ["attohttpc", "curl", "hyper", "isahc", "minreq", "native-tls", "reqwest", "rustls", "tokio", "ureq"];
    let strangers: Vec<_> = speakers.iter().filter(|name| names.contains(*name)).collect();
    assert!(strangers.is_empty(), "a build that can download is not made of what is locked: {strangers:?}");

    for ours in ["src-tauri/desktop/build.rs", "ui/vite.config.ts", "ui/index.html"] {
        let text = read(ours);
        assert!(!text.contains("://") && !text.contains("fetch("), "{ours} names an address");
    }
}

// Shows T19.
#[test]
fn the_list_of_parts_names_every_crate_of_the_programs() {
    said(env!("CARGO"), &["run", "--quiet", "--locked", "--package", "xtask", "--", "sbom"]);
    let parts = |list: &str| -> Vec<Value> {
        json(&format!("target/sbom/{list}.cdx.json"))["components"].as_array().unwrap().clone()
    };
    let programs = parts("programs");
    let names: BTreeSet<String> = programs
        .iter()
        .map(|part| format!("{} {}", part["name"].as_str().unwrap(), part["version"].as_str().unwrap()))
        .collect();

    let tree = ["tree", "--package", "keyfob-window", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let tree = said(env!("CARGO"), &tree.into_iter().chain(APP).collect::<Vec<_>>());
    let linked: BTreeSet<String> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next().zip(line.split_whitespace().nth(1)))
        .map(|(name, version)| format!("{name} {}", version.trim_start_matches('v')))
        .filter(|part| !part.starts_with("keyfob-window "))
        .collect();
    assert!(linked.len() > 300, "the tree was read: {}", linked.len());
    let missing: Vec<_> = linked.difference(&names).collect();
    assert!(missing.is_empty(), "in the program and not on the list: {missing:?}");

    let page = parts("page");
    for needed in json("ui/package.json")["dependencies"].as_object().unwrap().keys() {
        assert!(page.iter().any(|part| part["name"] == needed.as_str()), "in the page and not on the list: {needed}");
    }
    for part in programs.iter().chain(&page) {
        let name = part["name"].as_str().unwrap();
        assert!(!matches!(name, "proptest" | "fantoccini" | "rcgen" | "vite" | "vitest"), "only tests have {name}");
        let is_ours = name.starts_with("keyfob") || name == "zoho-oauth";
        assert!(
            part["licenses"].is_array() && (is_ours || part["hashes"].is_array()),
            "{name}: no licence, or no checksum"
        );
    }
    proof::figure("crates of the program that the SBOM names", format!("{} of {}", linked.len(), linked.len()), "all");
}

// Shows T20.
#[test]
fn keyfob_has_no_automatic_updater() {
    for file in ["Cargo.lock", "ui/package-lock.json", "tauri.conf.json", "src-tauri/capabilities/window.json"] {
        for word in ["updater", "self_update", "self-update"] {
            assert!(!read(file).to_lowercase().contains(word), "{file} names an {word}");
        }
    }
}

/// Checks the libraries that the system's loader finds for the command line's program.
#[cfg(target_os = "linux")]
#[test]
fn the_command_line_links_no_window_library() {
    let program = env!("CARGO_BIN_EXE_keyfob");
    let (linked, content) = (said("ldd", &[program]).to_lowercase(), fs::read(program).unwrap());
    assert!(linked.contains("libc.so"), "the list was read: {linked}");
    for library in ["libgtk", "libgdk", "libwebkit", "libjavascriptcore", "libglib", "libgio", "libsoup"] {
        assert!(!linked.contains(library), "{library}: {linked}");
        let is_named = content.windows(library.len()).any(|bytes| bytes == library.as_bytes());
        assert!(!is_named, "{library} could be opened later");
    }
    let tree =
        said(env!("CARGO"), &["tree", "--locked", "--package", "keyfob", "--edges", "normal", "--prefix", "none"]);
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains("reqwest"), "the tree was read");
    for library in ["tauri", "gtk", "gio", "glib", "webkit2gtk", "wry", "tao"] {
        assert!(!names.contains(library), "{library}");
    }
}
