//! Keyfob's side under strace: its system calls recorded, or one of them made to kill it or to fail.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::home::Home;
use crate::story::Story;

/// The calls that change something outside the process.
const WRITES: &[&str] = &[
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
    "ftruncate",
    "fallocate",
    "flock",
    "copy_file_range",
    "sendfile",
];
/// The calls that only read; they may fail too.
const LOOKS: &[&str] = &["read", "statx", "getdents64"];
/// Stops the process at traced calls only. At such a stop a signal is not delivered, so killing needs a stop at each
/// call.
const QUICK: &str = "--seccomp-bpf";
/// The call by which Keyfob's side reports.
const TELLS: &str = "writev";

/// A system call of Keyfob's side during the story.
#[derive(Clone, Debug)]
pub struct Call {
    pub name: String,
    /// Its number among the calls of that name in its thread, from 1.
    pub nth: usize,
    /// As strace prints it, with the paths behind the descriptors.
    pub line: String,
}

impl Call {
    pub fn writes(&self) -> bool {
        WRITES.contains(&self.name.as_str())
    }

    pub fn tells(&self) -> bool {
        self.name == TELLS
    }

    /// Whether its failure must be reported. Sweeping may fail, as may locking a file that is then not swept; a lock
    /// that is not released ends with the process.
    pub fn matters(&self) -> bool {
        match self.name.as_str() {
            "openat" => self.line.contains("O_CREAT"),
            "unlink" | "unlinkat" => !self.line.contains(".part"),
            "mkdir" | "mkdirat" => !self.line.contains("EEXIST"),
            "flock" => self.line.contains(".lock>") && !self.line.contains("LOCK_UN"),
            _ => self.writes(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Kill,
    Once(&'static str),
    ForGood(&'static str),
}

/// The result of a run with a fault.
#[derive(Debug)]
pub struct Run {
    /// The reports of Keyfob's side.
    pub said: Vec<String>,
    pub was_killed: bool,
    pub was_injected: bool,
    pub output: String,
}

/// Runs the story without a fault and returns its calls, in order.
pub fn record(story: &Story, home: &Home) -> Vec<Call> {
    let all = [WRITES, LOOKS, &[TELLS]].concat();
    let (output, log) = run(story, home, &[QUICK, "-y", &traced(&all)]);
    assert!(output.status.success(), "{story}: {}", text(&output));
    let lines: Vec<(&str, &str)> = log.lines().filter_map(|line| line.split_once(' ')).collect();
    let begins = |(_, line): &(&str, &str)| line.contains("> begin");
    let (thread, _) = *lines.iter().find(|line| begins(line)).expect("the story's own thread begins");
    let mut calls = Vec::new();
    for (_, line) in lines.iter().filter(|(of, _)| *of == thread) {
        let line = line.trim_start();
        let Some((name, _)) = line.split_once('(') else { continue };
        let nth = 1 + calls.iter().filter(|call: &&Call| call.name == name).count();
        calls.push(Call { name: name.to_owned(), nth, line: line.to_owned() });
    }
    let at = |what: &str| calls.iter().position(|call| call.tells() && call.line.contains(what)).expect(what);
    let calls = calls[at("> begin") + 1..at("> done")].to_vec();
    for call in calls.iter().filter(|call| !call.tells()) {
        let named = format!("{}(", call.name);
        let others = lines.iter().filter(|(of, line)| *of != thread && line.trim_start().starts_with(&named)).count();
        assert!(others < call.nth, "{story}: another thread calls {} as often", call.name);
    }
    calls
}

/// Runs the story with a fault in this call.
pub fn disturb(story: &Story, home: &Home, call: &Call, fault: Fault) -> Run {
    let (name, nth) = (&call.name, call.nth);
    let inject = match fault {
        Fault::Kill => format!("inject={name}:signal=KILL:when={nth}"),
        Fault::Once(errno) => format!("inject={name}:error={errno}:when={nth}"),
        Fault::ForGood(errno) => format!("inject={name}:error={errno}:when={nth}+"),
    };
    let mut with = vec!["-e", &inject];
    if !matches!(fault, Fault::Kill) {
        with.push(QUICK);
    }
    let traced = traced(&[name]);
    with.push(&traced);
    let (output, log) = run(story, home, &with);
    let said = String::from_utf8_lossy(&output.stdout);
    Run {
        said: said.lines().filter_map(|line| line.strip_prefix("> ")).map(str::to_owned).collect(),
        was_killed: log.contains("+++ killed by SIGKILL +++"),
        was_injected: log.contains("(INJECTED)"),
        output: text(&output),
    }
}

fn traced(names: &[&str]) -> String {
    // Not every architecture has each of them.
    let names: Vec<String> = names.iter().map(|name| format!("?{name}")).collect();
    format!("-etrace={}", names.join(","))
}

fn run(story: &Story, home: &Home, with: &[&str]) -> (Output, String) {
    let log = home.path().join("strace.log");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-s", "200", "-o"])
        .arg(&log)
        .args(with)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "the_keyfob_side", "--nocapture", "--test-threads", "1"])
        .env("KEYFOB_STORY", story.to_string())
        .env("KEYFOB_STORY_HOME", home.path())
        .env("RUST_BACKTRACE", "0")
        // glibc's other arenas read /proc now and then, which would make the calls differ between runs.
        .env("MALLOC_ARENA_MAX", "1")
        // With cargo's path, searching for libraries alone takes a hundred calls.
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .expect("strace is installed: `.ci/setup test` does that");
    let log = fs::read_to_string(Path::new(&log)).expect("strace wrote its log");
    (output, log)
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
