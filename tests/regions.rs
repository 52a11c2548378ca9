//! The file of added regions, on disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;

use keyfob::regions::RegionsFile;
use keyfob_core::Problem;
use tempfile::tempdir;

#[test]
fn what_was_written_is_read_also_where_the_folder_is_new() {
    let home = tempdir().unwrap();
    let file = RegionsFile::in_folder(&home.path().join("config/app.keyfob.cliq"));
    assert_eq!(file.read(), None);
    file.write("[]").unwrap();
    assert_eq!(file.read().as_deref(), Some("[]"));
}

#[test]
fn bytes_that_are_no_text_are_handed_on_to_be_named_as_broken() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("regions.json"), b"[\xff]").unwrap();
    assert_eq!(RegionsFile::in_folder(home.path()).read().as_deref(), Some("[\u{fffd}]"));
}

#[test]
fn a_file_that_is_not_plainly_ours_is_left_alone() {
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("regions.json")).unwrap();
    let file = RegionsFile::in_folder(home.path());
    assert_eq!(file.read(), None);
    assert!(matches!(file.write("[]"), Err(Problem::FileNotWritten { .. })));
}
