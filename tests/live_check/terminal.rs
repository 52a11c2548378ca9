//! The command at a terminal, and without one.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

const KEYFOB: &str = env!("CARGO_BIN_EXE_keyfob");
const CLIENT_ID: &str = "1000.LIVECHECKOFATERMINAL0000000000";
const SECRET: &str = "5e0c7e75a1d3b9f2446680aa13579bdf02468ace11";

/// Runs the command without a terminal on this input.
fn typed(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(KEYFOB);
    command.arg("verify-zoho").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut keyfob = command.spawn().unwrap();
    keyfob.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    keyfob.wait_with_output().unwrap()
}

#[test]
fn the_report_goes_to_standard_output_and_a_private_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    let ended = typed(&["--report", file.to_str().unwrap()], &format!("eu\n{}", "\n".repeat(12)));
    assert_eq!(ended.status.code(), Some(0));
    let report = String::from_utf8(ended.stdout).unwrap();
    assert_eq!(report.matches(" Skipped. ").count(), 12, "{report}");
    assert_eq!(fs::read_to_string(&file).unwrap(), report);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(String::from_utf8(ended.stderr).unwrap().contains("12 of 12."), "the questions go to standard error");
}

#[test]
fn an_existing_report_file_is_not_overwritten() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let ended = typed(&["--report", file.path().to_str().unwrap()], "eu\nq\n");
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(1), 0));
    assert_eq!(fs::metadata(file.path()).unwrap().len(), 0);
}

#[test]
fn without_a_region_nothing_is_asked() {
    let ended = typed(&[], "nowhere\nelsewhere\nqq\n");
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(1), 0));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(said.matches("Keyfob knows no such region.").count(), 3, "{said}");
}

/// A terminal that runs the command.
struct Terminal {
    script: Child,
    out: ChildStdout,
    shown: String,
}

impl Terminal {
    fn open() -> Self {
        let mut script = Command::new("script");
        script.args(["-qefc", &format!("trap : INT; {KEYFOB} verify-zoho; echo code=$?; stty -a"), "/dev/null"]);
        let mut script = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let out = script.stdout.take().unwrap();
        Self { script, out, shown: String::new() }
    }

    /// Waits until the terminal shows this and a prompt after it.
    fn shows(&mut self, text: &str) {
        let is_shown = |shown: &str| shown.find(text).is_some_and(|at| shown[at..].ends_with("> "));
        let mut byte = [0];
        while !is_shown(&self.shown) {
            assert_eq!(self.out.read(&mut byte).unwrap(), 1, "it ended before it showed “{text}”: {}", self.shown);
            self.shown.push(char::from(byte[0]));
        }
    }

    fn types(&mut self, text: &str) {
        writeln!(self.script.stdin.as_mut().unwrap(), "{text}").unwrap();
    }

    /// Waits for the end; returns everything shown.
    fn ends(mut self) -> String {
        self.out.read_to_string(&mut self.shown).unwrap();
        assert!(self.script.wait().unwrap().success(), "{}", self.shown);
        self.shown
    }
}

/// Runs the command up to the question for the client's secret.
fn asked_for_a_secret() -> Terminal {
    let mut terminal = Terminal::open();
    terminal.shows("In which region");
    terminal.types("eu");
    terminal.shows("1 of 12.");
    terminal.types("yes");
    terminal.shows("The Client ID of a Mobile-based client");
    terminal.types(CLIENT_ID);
    terminal.shows("It is not shown.");
    terminal
}

/// Checks the final message, and that the terminal echoes input again.
fn has_ended_well(shown: &str) {
    assert!(shown.contains("Revoked at the end: 0 of the 0 grants") && shown.contains("code=0"), "{shown}");
    assert!(shown.contains(" echo ") && !shown.contains("-echo "), "{shown}");
}

#[test]
fn a_terminal_shows_no_client_secret() {
    let mut terminal = asked_for_a_secret();
    terminal.types(SECRET);
    terminal.shows("https://accounts.zoho.eu/oauth/v2/auth?");
    terminal.types("q");
    let shown = terminal.ends();
    assert!(shown.contains(&format!("> {CLIENT_ID}")), "the client ID, which is no secret, is shown: {shown}");
    assert!(!shown.contains(SECRET), "{shown}");
    has_ended_well(&shown);
}

#[test]
fn an_interrupt_still_prints_the_report() {
    let mut terminal = asked_for_a_secret();
    terminal.types("\u{3}");
    let shown = terminal.ends();
    assert_eq!(shown.matches(" Skipped. ").count(), 12, "{shown}");
    has_ended_well(&shown);
}
