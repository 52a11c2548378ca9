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
    assert_eq!(file.read(), Ok(None));
    file.write("[]").unwrap();
    assert_eq!(file.read(), Ok(Some("[]".to_owned())));
}

#[test]
fn bytes_that_are_no_text_are_handed_on_to_be_named_as_broken() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("regions.json"), b"[\xff]").unwrap();
    assert_eq!(RegionsFile::in_folder(home.path()).read(), Ok(Some("[\u{fffd}]".to_owned())));
}

#[test]
fn a_file_that_is_not_plainly_ours_is_left_alone() {
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("regions.json")).unwrap();
    let file = RegionsFile::in_folder(home.path());
    let reason = "there is something other than a plain file at its place".to_owned();
    assert_eq!(file.read(), Err(Problem::RegionsFileNotRead { reason }));
    assert!(matches!(file.write("[]"), Err(Problem::FileNotWritten { .. })));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_write_to_is_refused_and_named() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempdir().unwrap();
    let (folder, file) = (home.path().join("config"), home.path().join("config/regions.json"));
    let regions = RegionsFile::in_folder(&folder);
    let mode = |place: &std::path::Path, mode| fs::set_permissions(place, fs::Permissions::from_mode(mode)).unwrap();
    regions.write("[]").unwrap();
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o7777, 0o700);

    for (of_the_folder, of_the_file, open) in
        [(0o700, 0o602, &file), (0o700, 0o620, &file), (0o702, 0o600, &folder), (0o770, 0o600, &folder)]
    {
        mode(&folder, of_the_folder);
        mode(&file, of_the_file);
        let named = Err(Problem::RegionsFileNotPrivate { path: open.display().to_string() });
        assert_eq!(regions.read(), named, "{of_the_folder:o} {of_the_file:o}");
    }
    mode(&folder, 0o755);
    mode(&file, 0o644);
    assert_eq!(regions.read(), Ok(Some("[]".to_owned())), "that others may read it does no harm");
}
