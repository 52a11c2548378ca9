//! The dependencies within the core and within the Zoho crate, read from their sources: which file imports which, and
//! which calls the methods of which.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod graph;
mod sources;

use graph::Graph;
use sources::Crate;

/// The layers of the core, from the bottom up.
const LAYERS: [&str; 5] = ["domain", "formats", "messages", "machine", "view"];

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|layer| module.split("::").next() == Some(layer)).map_or(0, |at| at + 1)
}

#[test]
fn a_layer_imports_only_those_below_it() {
    let imports = Crate::read("src-tauri/core/src").imports();
    let each = imports.iter().flat_map(|(from, all)| all.iter().map(move |to| (from.as_str(), to.as_str())));
    let up: Vec<_> = each.filter(|(from, to)| layer(to) > layer(from)).collect();
    println!("imports that point up: {}", up.len());
    assert!(up.is_empty(), "{up:?}");
}

#[test]
fn no_modules_import_each_other_in_a_cycle() {
    for sources in ["src-tauri/core/src", "src-tauri/zoho-oauth/src"] {
        let imports = Crate::read(sources).imports();
        let circles = Graph::of(&imports).circles();
        let in_circles = circles.iter().map(Vec::len).sum::<usize>();
        println!("files of {sources} that import each other in circles: {in_circles}");
        assert!(circles.is_empty(), "{circles:?}");
    }
}

#[test]
fn at_most_two_files_of_the_machine_call_each_other() {
    let calls = Crate::read("src-tauri/core/src").method_calls("machine");
    let rings = Graph::of(&calls).circles();
    let largest = rings.first().map_or(1, Vec::len);
    println!("pairs of files that call each other's methods: {}, the largest set: {largest}", rings.len());
    assert!(largest <= 2, "a machine reports a fact, and the router passes it on: {rings:#?}");
}
