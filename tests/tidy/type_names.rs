//! No two types of a crate have one name, so that a name in a signature says which type it is.

use std::collections::BTreeMap;

use crate::{Source, code, sources};

/// The platforms' twins: one file of each is compiled, behind one face.
const TWINS: [&str; 6] = ["linux.rs", "system.rs", "unix.rs", "other.rs", "absent.rs", "silent.rs"];

fn declared(source: &Source) -> impl Iterator<Item = String> {
    code(source).filter_map(|line| {
        // A type inside a function or an implementation is known there only.
        let line = line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or(rest, |(_, rest)| rest));
        let name = ["struct ", "enum ", "trait ", "type ", "union "].iter().find_map(|kind| line.strip_prefix(kind))?;
        Some(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
    })
}

#[test]
fn no_type_name_stands_twice_in_a_crate() {
    let crate_of = |path: &str| {
        let folder = path.split('/').nth(1).unwrap_or_default();
        if ["core", "desktop", "practice", "zoho-oauth"].contains(&folder) {
            folder.to_owned()
        } else {
            "keyfob".to_owned()
        }
    };
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for source in sources("src-tauri", ".rs").iter().filter(|s| !TWINS.iter().any(|twin| s.path.ends_with(twin))) {
        for name in declared(source) {
            found.entry((crate_of(&source.path), name)).or_default().push(source.path.clone());
        }
    }
    assert!(found.len() > 400, "the types were read: {}", found.len());
    let twice: Vec<_> = found.iter().filter(|(_, paths)| paths.len() > 1).collect();
    assert!(twice.is_empty(), "a reader cannot tell these apart: {twice:#?}");
}
