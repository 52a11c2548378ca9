//! Homes: two users on one computer, a home that is read-only or missing, folders with odd and long names.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::geteuid;

use crate::command_line::{AN_HOUR, BOT, Desk, Said, ends, failed, through};
use crate::scripts::refreshes;
use crate::session::Session;

/// `daemon` and `bin`: every Linux has these users, and nobody logs in as them. A bus admits only users known to the
/// system.
const USERS: [u32; 2] = [1, 2];

/// A user unknown to the system, which therefore knows no home for it.
const UNKNOWN_USER: u32 = 64_001;

/// Whether the tests may act as other users.
fn may_act_as_others() -> bool {
    let may = geteuid().is_root();
    if !may {
        println!("only an administrator's tests can play other users, so this story is not told");
    }
    may
}

fn opens(place: &Path, mode: u32) {
    fs::set_permissions(place, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs this command instead of the desk's, in the same environment.
async fn runs(mut command: Command) -> Said {
    ends(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()).await
}

// Shows S8.
#[tokio::test(flavor = "multi_thread")]
async fn two_users_in_parallel_each_get_their_own_token() {
    if !may_act_as_others() {
        return;
    }
    let one = Desk::in_a(Session::of(USERS[0]), AN_HOUR, true).await;
    let other = Desk::in_a(Session::of(USERS[1]), AN_HOUR, true).await;
    let both = [&one, &other];
    let asking: Vec<_> = (0..4).flat_map(|_| both.map(|desk| (desk, desk.starts(&["token", BOT])))).collect();
    for (desk, asked) in asking {
        let said = ends(asked).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
    assert_eq!(both.map(|desk| refreshes(&desk.zoho)), [1, 1]);
    assert_ne!(one.newest_token(), other.newest_token());

    // Homes are often readable for all. Keyfob's files are not.
    opens(one.session.home.path(), 0o755);
    opens(&one.session.home.path().join("data"), 0o755);
    let mut nosy = other.command(&["token", BOT]);
    nosy.env("XDG_DATA_HOME", one.session.home.path().join("data"));
    failed(&runs(nosy).await, 7, "Keyfob's folder cannot be used: permission denied.");
}

// Shows S8.
#[tokio::test(flavor = "multi_thread")]
async fn another_users_keyfob_is_not_asked() {
    if !may_act_as_others() {
        return;
    }
    let mine = Desk::in_a(Session::of(USERS[0]), Duration::ZERO, true).await;
    let impostor = Desk::with_connection_made(Duration::ZERO, true).await;
    impostor.keyfob.attends(&mine.folder());
    opens(&mine.folder().join("keyfob.socket"), 0o666);
    let said = mine.runs(&["token", BOT]).await;
    assert_eq!((said.code, said.out.trim()), (0, mine.newest_token().as_str()), "{said:?}");
}

// Shows S8.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_home_is_reported_and_loses_nothing() {
    if !may_act_as_others() {
        return;
    }
    let desk = Desk::in_a(Session::of(USERS[0]), Duration::ZERO, true).await;
    let data = desk.session.home.path().join("data");
    let keyfob = desk.command(&["token", BOT]);
    let mut command = Command::new("unshare");
    let script = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";
    command.args(["--mount", "sh", "-c", script]).arg(&data);
    command.args(["setpriv", "--clear-groups", "--reuid", &USERS[0].to_string(), "--regid", &USERS[0].to_string()]);
    let said = runs(through(command, &keyfob)).await;
    if said.err.starts_with("unshare:") || said.err.starts_with("mount:") {
        println!("no folder can be mounted read-only here, so this story is not told: {}", said.err);
        return;
    }
    failed(&said, 7, "Keyfob's folder cannot be used: read-only filesystem or storage medium.");
    let said = desk.runs(&["token", BOT]).await;
    assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
}

// Shows S8.
#[tokio::test]
async fn an_unknown_or_missing_home_is_reported() {
    if !may_act_as_others() {
        return;
    }
    let session = Session::of(UNKNOWN_USER);
    let keyfob = session.reaches(env!("CARGO_BIN_EXE_keyfob").as_ref());
    let list = || {
        let mut command = session.command(&keyfob);
        command.arg("list").env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
        command
    };
    let (mut unsaid, mut empty, mut gone) = (list(), list(), list());
    unsaid.env_remove("HOME");
    empty.env("HOME", "");
    gone.env("HOME", session.home.path().join("gone"));
    for nowhere in [unsaid, empty] {
        failed(&runs(nowhere).await, 1, "The system does not say where your files are.");
    }
    let said = runs(gone).await;
    assert_eq!((said.code, said.err.as_str()), (0, "keyfob: There is no connection yet. Open Keyfob to make one.\n"));
    assert!(!session.home.path().join("gone").exists(), "a missing home was created");
}

// Shows S8.
#[tokio::test(flavor = "multi_thread")]
async fn folders_with_odd_and_long_names_work() {
    let desk = Desk::with_connection_made(Duration::ZERO, true).await;
    let home = desk.session.home.path();
    let long = "n".repeat(255);
    // Only Keyfob's own folder is moved: the keyring beside it is running, and loses its items when its files move.
    let mut folder = desk.folder();
    for name in ["Büro \u{2603} 机".as_bytes(), b"a\xffb\n c", long.as_bytes()] {
        let data = home.join(OsStr::from_bytes(name));
        fs::create_dir(&data).unwrap();
        let moved = data.join(keyfob::storage::folders::IDENTIFIER);
        fs::rename(&folder, &moved).unwrap();
        folder = moved;
        let asks = |arguments| {
            let mut command = desk.command(arguments);
            command.env("XDG_DATA_HOME", &data);
            runs(command)
        };
        let said = asks(&["token", BOT]).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{data:?}: {said:?}");

        // The running Keyfob, which holds the lock, is asked.
        let instance = keyfob::storage::instance_lock::Instance::claim(&folder).unwrap();
        desk.keyfob.attends(&folder);
        let said = asks(&["token", BOT]).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{data:?}: {said:?}");
        drop(instance);
        fs::remove_file(folder.join("keyfob.socket")).unwrap();
    }
}
