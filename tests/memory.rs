//! Keyfob's memory is private: from crash reports, and from other programs of the same user. And hashing leaves no copy
//! of a secret on the stack, which nothing wipes.
//!
//! The tests start the built program as the user would, without an administrator's rights.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod person;
mod session;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{DirBuilderExt, FileExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{hint, mem, thread};

use keyfob_core::fingerprint::Fingerprint;
use oauth2::{CsrfToken, PkceCodeVerifier};
use rustix::process::{Pid, Signal, kill_process};

use person::{as_a_person, can_open};
use session::Session;
use sha2::{Digest, Sha256};
use zoho_oauth::Moment;
use zoho_oauth::authorization_request::{AuthorizationRequest, Nonce};

/// A command that waits for a reply from the running Keyfob.
struct Waiting {
    command: Child,
    _asked: UnixStream,
    _session: Session,
}

impl Waiting {
    /// Starts it with the largest core dump limit that the system allows.
    fn begin() -> Self {
        let session = Session::new();
        let folder = session.home.path().join("data/app.keyfob.cliq");
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).unwrap();
        let running = UnixListener::bind(folder.join("keyfob.socket")).unwrap();
        let keyfob = env!("CARGO_BIN_EXE_keyfob");
        let generous = format!("ulimit -S -c \"$(ulimit -H -c)\"; exec '{keyfob}' token 'Finance bot'");
        let mut command = as_a_person(session.command("setpriv"), &["sh", "-c", &generous]);
        let command = command.current_dir(session.home.path()).spawn().unwrap();
        let (asked, _) = running.accept().unwrap();
        let mut request = String::new();
        BufReader::new(asked.try_clone().unwrap()).read_line(&mut request).unwrap();
        assert!(request.contains("Finance bot"), "the command has sent its request");
        Self { command, _asked: asked, _session: session }
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.command.id())
    }
}

// Shows T12.
#[test]
fn a_crash_leaves_no_core_dump() {
    let (mut control, folder) = (Command::new("sh"), tempfile::tempdir().unwrap());
    control.args(["-c", "ulimit -S -c \"$(ulimit -H -c)\"; kill -SEGV $$"]).current_dir(folder.path());
    if !control.status().unwrap().core_dumped() {
        println!("no program leaves a core dump on this machine, so only the limits are looked at");
    }
    // No SEGV: the runtime handles the first one, to detect stack overflows.
    for signal in [Signal::ABORT, Signal::ILL, Signal::TRAP] {
        let mut waiting = Waiting::begin();
        let limits = fs::read_to_string(waiting.proc("limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "soft and hard");
        kill_process(Pid::from_child(&waiting.command), signal).unwrap();
        let ended = waiting.command.wait().unwrap();
        assert_eq!(ended.signal(), Some(signal.as_raw()));
        assert!(!ended.core_dumped(), "{signal:?}");
    }
}

// Shows T12.
#[test]
fn another_program_of_the_user_cannot_read_the_memory() {
    let mut somebody = Command::new("setpriv");
    somebody.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut control = as_a_person(somebody, &["cat"]).spawn().unwrap();
    let waiting = Waiting::begin();
    for file in ["mem", "environ", "maps"] {
        let of_another = format!("/proc/{}/{file}", control.id());
        assert!(can_open(&of_another), "an unprotected process can be read: {file}");
        assert!(!can_open(&waiting.proc(file)), "{file}");
    }
    drop(control.stdin.take());
    control.wait().unwrap();
}

// Shows T12.
#[test]
fn hashing_a_secret_leaves_no_copy_on_the_stack() {
    let plainly = || _ = Sha256::digest(SECRET);
    assert!(stays_on_the_stack(plainly), "the check finds what a hasher leaves on the stack");

    assert!(!stays_on_the_stack(|| _ = Fingerprint::of(SECRET.as_bytes())), "a fingerprint");
    let nonce = Nonce { state: CsrfToken::new_random(), verifier: PkceCodeVerifier::new(SECRET.to_owned()) };
    let request = AuthorizationRequest::begin(nonce, "cliqkeyfob://callback".to_owned(), Moment::from_millis(1_000));
    assert!(!stays_on_the_stack(|| mem::forget(request.code_challenge())), "a PKCE verifier");
}

/// The verifier of RFC 7636, appendix B.
const SECRET: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// Runs `deed` deeper in the stack than the waiting loop afterwards needs.
#[inline(never)]
fn in_depth(deed: impl Fn()) {
    hint::black_box([0_u8; 4096]);
    deed();
}

/// Whether a thread that has run `deed`, and nothing since, has the secret in the unused part of its stack.
fn stays_on_the_stack(deed: impl Fn() + Sync) -> bool {
    const DEEP: usize = 128 * 1024;
    let (top, looked) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            let here = 0_u8;
            in_depth(&deed);
            top.store((&raw const here).addr(), Ordering::Release);
            while !looked.load(Ordering::Acquire) {
                hint::spin_loop();
            }
        });
        while top.load(Ordering::Acquire) == 0 {
            hint::spin_loop();
        }
        let mut unused = vec![0; DEEP];
        let at = u64::try_from(top.load(Ordering::Acquire) - DEEP).unwrap();
        let read = File::open("/proc/self/mem").and_then(|memory| memory.read_exact_at(&mut unused, at));
        looked.store(true, Ordering::Release);
        read.unwrap();
        unused.windows(SECRET.len()).any(|bytes| bytes == SECRET.as_bytes())
    })
}
