//! Keyfob is killed at every system call of its file operations, and each of those calls is made to fail; then the next
//! start is compared with what was reported. The code is Keyfob's own, in separate processes, under strace.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod after;
mod before_authentication;
mod home;
mod keyfob_side;
mod keyring;
mod power;
#[path = "../proof/mod.rs"]
mod proof;
mod story;
mod strace;
mod trial;

use std::path::Path;

use keyfob_side::Side;
use strace::{Call, Fault};
use trial::{INTERRUPTED, Told, Trial, run_all, told};

/// Lengths of a record: an ordinary one, and the boundaries of a page and of age's chunks.
const SIZES: [usize; 8] = [1_000, 1, 4_095, 4_096, 65_535, 65_536, 65_537, 1_000_000];

const ERRORS: [&str; 5] = ["EIO", "ENOSPC", "EROFS", "EDQUOT", "EACCES"];

// Shows T22, C2, S1, S10.
#[test]
fn killed_at_any_system_call_reported_saves_survive() {
    let told = told(&SIZES[..proof::rounds(1, SIZES.len())]);
    let mut trials = Vec::new();
    for told in &told {
        let writes = told.calls.iter().filter(|call| call.writes());
        trials.extend(writes.map(|call| Trial { told, call, fault: Fault::Kill }));
    }

    let was_killed =
        |_: &Trial<'_>, run: &strace::Run| if run.was_killed { Ok(()) } else { Err("not killed".to_owned()) };
    let wrong = run_all(&trials, was_killed);

    proof::figure("kill points (system call × operation × custody × size)", trials.len(), wanted("≥ 300", "≥ 3,000"));
    proof::figure("of these: torn, lost, or falsely said to be saved", wrong.len(), "0");
    assert_none(&wrong, trials.len());
    assert!(trials.len() >= proof::rounds(300, 3_000));
}

// Shows S4.
#[test]
fn a_failing_system_call_is_never_reported_as_saved() {
    let told = told(&SIZES[..1]);
    let mut trials = Vec::new();
    for told in &told {
        for (number, call) in told.calls.iter().filter(|call| !call.tells()).enumerate() {
            trials.extend(faults(number, call).into_iter().map(|fault| Trial { told, call, fault }));
        }
    }

    let wrong = run_all(&trials, |trial, run| {
        let is_told = run.said.iter().any(|line| line.starts_with("not "));
        match run.said.last().map(String::as_str) {
            _ if !run.was_injected => Err("nothing failed".to_owned()),
            Some("done") if is_told || !trial.must_be_told() => Ok(()),
            Some("done") => Err("it is not reported".to_owned()),
            _ => Err(format!("it broke off: {}", run.output)),
        }
    });

    proof::figure("I/O errors (system call × error × once or for good)", trials.len(), wanted("≥ 400", "≥ 4,000"));
    proof::figure("of these: corrupt, lost, unsaid, or falsely said to be saved", wrong.len(), "0");
    assert_none(&wrong, trials.len());
    assert!(trials.len() >= proof::rounds(400, 4_000));
}

// Shows S1.
#[test]
fn after_power_loss_reported_saves_are_on_the_disk() {
    let mut names = 0;
    for Told { story, home, calls, .. } in told(&SIZES[..1]) {
        names += power::judge(&calls, &home).unwrap_or_else(|lost| panic!("{story}: {lost}"));
    }
    proof::figure("names given or taken, all flushed before success is reported", names, "≥ 30");
    assert!(names >= 30, "{names}");
}

/// The errors to inject into a call: all of them, or in `make test` a different one for each call.
fn faults(number: usize, call: &Call) -> Vec<Fault> {
    let mut errors = ERRORS.to_vec();
    if call.name == "openat" {
        errors.push("EMFILE");
    }
    if !proof::is_full() {
        errors = vec![errors[number % errors.len()]];
    }
    let for_good = if call.writes() { errors.clone() } else { Vec::new() };
    if proof::is_full() {
        errors.push(INTERRUPTED);
    }
    errors.into_iter().map(Fault::Once).chain(for_good.into_iter().map(Fault::ForGood)).collect()
}

fn wanted(gate: &'static str, full: &'static str) -> &'static str {
    if proof::is_full() { full } else { gate }
}

#[track_caller]
fn assert_none(wrong: &[String], of: usize) {
    let first: Vec<&str> = wrong.iter().take(12).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {of}:\n{}", wrong.len(), first.join("\n"));
}

/// Keyfob's side of each story, which the other tests run as a child process.
#[test]
fn the_keyfob_side() {
    if let (Ok(story), Some(home)) = (std::env::var("KEYFOB_STORY"), std::env::var_os("KEYFOB_STORY_HOME")) {
        Side::new(Path::new(&home), &story).does_it();
    }
}
