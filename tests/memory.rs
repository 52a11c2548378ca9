//! Nobody else looks into Keyfob's memory: not a crash report, not another program of the same person.
//!
//! The program that is built is started as a person would, without an administrator's rights.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod person;
mod session;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use person::{as_a_person, can_open};
use session::Session;

/// A command that has asked the running Keyfob, which takes its time.
struct Waiting {
    command: Child,
    _asked: UnixStream,
    _session: Session,
}

impl Waiting {
    /// With as large a core dump allowed as the system allows.
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
        let mut wish = String::new();
        BufReader::new(asked.try_clone().unwrap()).read_line(&mut wish).unwrap();
        assert!(wish.contains("Finance bot"), "it has begun");
        Self { command, _asked: asked, _session: session }
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.command.id())
    }
}

#[test]
fn a_keyfob_that_crashes_leaves_no_core_dump() {
    let (mut control, folder) = (Command::new("sh"), tempfile::tempdir().unwrap());
    control.args(["-c", "ulimit -S -c \"$(ulimit -H -c)\"; kill -SEGV $$"]).current_dir(folder.path());
    if !control.status().unwrap().core_dumped() {
        println!("no program leaves a core dump on this machine, so only the limits are looked at");
    }
    // The first SEGV is taken by the runtime, which looks whether the stack ran over.
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

#[test]
fn another_program_of_the_same_person_cannot_read_its_memory() {
    let mut somebody = Command::new("setpriv");
    somebody.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut control = as_a_person(somebody, &["cat"]).spawn().unwrap();
    let waiting = Waiting::begin();
    for file in ["mem", "environ", "maps"] {
        let of_another = format!("/proc/{}/{file}", control.id());
        assert!(can_open(&of_another), "what is not kept private can be read: {file}");
        assert!(!can_open(&waiting.proc(file)), "{file}");
    }
    drop(control.stdin.take());
    control.wait().unwrap();
}
