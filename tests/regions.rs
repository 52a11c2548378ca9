//! Tests of `regions.json` on disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;

use std::sync::mpsc;

use keyfob::storage::job_queue::Queue;
use keyfob::storage::regions_file::RegionsFile;
use keyfob_core::Problem;
use keyfob_core::fingerprint::Fingerprint;
use tempfile::tempdir;

#[test]
fn a_written_file_is_read_back_even_from_a_new_folder() {
    let home = tempdir().unwrap();
    let file = RegionsFile::in_folder(&home.path().join("config/app.keyfob.cliq"));
    assert_eq!(file.read(), Ok(None));
    assert_eq!(file.write("[]", &[]), Ok(None));
    assert_eq!(file.read(), Ok(Some("[]".to_owned())));
}

// Shows T26.
#[test]
fn an_unknown_file_is_set_aside_and_not_overwritten() {
    let home = tempdir().unwrap();
    let (file, place) = (RegionsFile::in_folder(home.path()), home.path().join("regions.json"));
    let known = [Fingerprint::of(b"[]")];
    for (number, found) in [(1, "the user's own".to_owned()), (2, "[{}]".to_owned()), (3, " ".repeat(300 * 1024))] {
        fs::write(&place, &found).unwrap();
        let aside = home.path().join(format!("regions.set-aside-{number}.json"));
        assert_eq!(file.write("[]", &known), Ok(Some(aside.display().to_string())));
        assert_eq!(fs::read_to_string(&aside).unwrap(), found);
        assert_eq!(file.read(), Ok(Some("[]".to_owned())));
    }
    assert_eq!(file.write("[1]", &known), Ok(None), "known content is replaced");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4);
}

#[test]
fn the_last_of_many_saves_wins_and_none_is_set_aside() {
    let home = tempdir().unwrap();
    let queue = Queue::start("settings", RegionsFile::in_folder(home.path())).unwrap();
    let (said, heard) = mpsc::channel();
    // The first texts are the longest and take the most time.
    let texts: Vec<String> = (1..=50).map(|number| format!("[{}{number}]", " ".repeat(100_000 / number))).collect();
    for (at, text) in texts.iter().cloned().enumerate() {
        let before: Vec<_> = texts[..at].iter().map(|text| Fingerprint::of(text.as_bytes())).collect();
        let said = said.clone();
        queue.put(move |regions: &mut RegionsFile| said.send(regions.write(&text, &before)).unwrap());
    }
    drop((queue, said));
    assert!(heard.iter().all(|saved| saved == Ok(None)));
    assert_eq!(RegionsFile::in_folder(home.path()).read(), Ok(texts.last().cloned()));
}

#[test]
fn invalid_utf8_is_passed_on_to_the_parser() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("regions.json"), b"[\xff]").unwrap();
    assert_eq!(RegionsFile::in_folder(home.path()).read(), Ok(Some("[\u{fffd}]".to_owned())));
}

#[test]
fn something_other_than_a_file_is_left_alone() {
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("regions.json")).unwrap();
    let file = RegionsFile::in_folder(home.path());
    let reason = "there is something other than a plain file at its place".to_owned();
    assert_eq!(file.read(), Err(Problem::RegionsFileNotRead { reason }));
    assert!(matches!(file.write("[]", &[]), Err(Problem::FileNotWritten { .. })));
}

// Shows T18, T26.
#[cfg(unix)]
#[test]
fn a_file_writable_by_others_is_refused_and_named() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempdir().unwrap();
    let (folder, file) = (home.path().join("config"), home.path().join("config/regions.json"));
    let regions = RegionsFile::in_folder(&folder);
    let mode = |place: &std::path::Path, mode| fs::set_permissions(place, fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!(regions.write("[]", &[]), Ok(None));
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
    assert_eq!(regions.read(), Ok(Some("[]".to_owned())), "a file that others can read is accepted");
}
