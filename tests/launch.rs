//! Which arguments Keyfob accepts at its start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::ffi::{OsStr, OsString};
use std::process::Command;

use keyfob::app::launch::{Driver, HIDDEN, Launch, Mode, SCHEMES, begin, classify_args};
use proptest::prelude::*;
use zoho_oauth::authorization_response::LONGEST;

/// Makes this process the one that panics.
const PANICS: &str = "KEYFOB_STORY_PANICS";

const LINK: &str = "cliqkeyfob://callback?state=s&code=1000.c&location=eu";

#[test]
fn no_argument_or_a_single_link_is_accepted() {
    assert_eq!(started(&[]), Launch::AsItIs);
    assert_eq!(started(&[LINK]), Launch::AsItIs);
    assert_eq!(started(&[HIDDEN]), Launch::AsItIs);
    assert_eq!(started(&["APP.Keyfob.Cliq:/callback?state=s"]), Launch::AsItIs);
}

#[test]
fn options_and_unknown_arguments_are_dropped() {
    for arguments in
        [&["--gapplication"][..], &["/etc/passwd"], &["https://zoho.example/"], &["cliqkeyfobs://x"], &["--a", "b"]]
    {
        assert_eq!(started(arguments), Launch::With(None), "{arguments:?}");
    }
}

#[test]
fn a_command_opens_no_window_and_a_link_is_no_command() {
    for command in [
        &["token", "Bot"][..],
        &["tokn"],
        &["list", "--json"],
        &["--help"],
        &["-V"],
        &["token", LINK],
        &["TOKEN", "Bot"],
    ] {
        assert_eq!(started(command), Launch::Command, "{command:?}");
    }
    for other in [&["cliqkeyfob:token"][..], &["/token"], &["-x"], &["a_word"], &["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]]
    {
        assert_ne!(started(other), Launch::Command, "{other:?}");
    }
}

#[test]
fn only_the_first_of_several_links_is_kept() {
    let kept = Launch::With(Some(LINK.to_owned()));
    assert_eq!(started(&["--gapplication", LINK]), kept);
    assert_eq!(started(&[LINK, "cliqkeyfob://callback?state=other"]), kept);
}

#[test]
fn an_unreadable_link_becomes_a_placeholder() {
    let counted = Launch::With(Some("cliqkeyfob:unreadable".to_owned()));
    let long = format!("cliqkeyfob://callback?code={}", "c".repeat(LONGEST));
    assert_eq!(started(&[&long]), counted);
    assert_eq!(started(&["cliqkeyfob://[callback?code=c"]), counted);
    assert_eq!(started(&["cliqkeyfob:unreadable"]), Launch::AsItIs, "it is not restarted forever");
}

// Shows D1.
#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf8_are_handled() {
    use std::os::unix::ffi::OsStringExt;

    let bytes = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let counted = Launch::With(Some("cliqkeyfob:unreadable".to_owned()));
    assert_eq!(classify_args(OsStr::new("keyfob"), &[bytes(b"cliqkeyfob://callback?code=\xff")]), counted);
    assert_eq!(classify_args(OsStr::new("keyfob"), &[bytes(b"\xff\xfe")]), Launch::With(None));
    assert_eq!(classify_args(&bytes(b"/opt/\xff/keyfob"), &[LINK.into()]), Launch::With(Some(LINK.to_owned())));
}

/// A panic hook applies to the whole process, so this test runs in a child process, which takes its first argument for
/// a command.
// Shows T11; ASVS 16.5.4.
#[test]
fn a_panic_prints_its_location_but_not_its_message() {
    if std::env::var_os(PANICS).is_some() {
        return panic_everywhere();
    }
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["panic", "--nocapture"])
        .envs([(PANICS, "1"), ("RUST_BACKTRACE", "full"), ("RUST_LOG", "trace")])
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{out}{err}");
    let places: Vec<&str> = err.lines().collect();
    assert_eq!(places.len(), 5, "a line for each: {err}");
    assert!(places.iter().all(|line| line.starts_with("keyfob: gave up at ")), "{err}");
    assert!(!out.contains("1000.") && !err.contains("1000."), "{out}{err}");
}

fn panic_everywhere() {
    assert!(matches!(begin(Driver::Refused), Ok(Mode::CommandLine)));
    let secret = format!("1000.{}", "c0ffee".repeat(5));
    let threads: [Box<dyn FnOnce(String) + Send>; 3] = [
        Box::new(|secret| panic!("{secret}")),
        Box::new(|secret| assert_eq!(secret, "another")),
        Box::new(|secret| std::panic::panic_any(secret)),
    ];
    for panics in threads {
        let secret = secret.clone();
        assert!(std::thread::spawn(move || panics(secret)).join().is_err());
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (task, aside) = (secret.clone(), secret);
    assert!(runtime.block_on(runtime.spawn(async move { panic!("{task}") })).is_err());
    assert!(runtime.block_on(runtime.spawn_blocking(move || panic!("{aside}"))).is_err());
}

proptest! {
    // Shows D1.
    #[test]
    fn a_restarted_process_is_never_restarted_again(arguments in prop::collection::vec(argument(), 0..4)) {
        if let Launch::With(link) = classify_args(OsStr::new("keyfob"), &arguments) {
            let again: Vec<OsString> = link.into_iter().map(OsString::from).collect();
            prop_assert_eq!(classify_args(OsStr::new("keyfob"), &again), Launch::AsItIs);
        }
    }
}

fn argument() -> impl Strategy<Value = OsString> {
    let scheme = prop::sample::select(SCHEMES.to_vec());
    prop_oneof![
        ".*".prop_map(OsString::from),
        (scheme, ".*").prop_map(|(scheme, rest)| OsString::from(format!("{scheme}:{rest}"))),
    ]
}

fn started(arguments: &[&str]) -> Launch {
    let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    classify_args(OsStr::new("keyfob"), &arguments)
}
