//! The exit codes: one for each different thing a script can do next.

use std::fmt::Write;
use std::process::ExitCode;

/// How a command ended. The help and the manual promise these numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Unknown = 3,
    NotAllowed = 4,
    NeedsYou = 5,
    NotOpen = 6,
    Later = 7,
}

/// Every exit code and its meaning.
pub const EXIT_CODES: [(u8, &str); 8] = [
    (Exit::Done as u8, "done"),
    (Exit::Failed as u8, "it failed"),
    (Exit::Usage as u8, "the arguments are wrong"),
    (Exit::Unknown as u8, "no connection has this name"),
    (Exit::NotAllowed as u8, "scripts may not read this connection, or nobody confirmed its end"),
    (Exit::NeedsYou as u8, "a person is needed, for instance to sign in again"),
    (Exit::NotOpen as u8, "the vault cannot be opened: the keyring is locked, or not there"),
    (Exit::Later as u8, "not now: Zoho or Keyfob cannot be reached, or has asked to wait"),
];

/// The exit codes as a text for the help.
pub(super) fn in_help() -> String {
    let mut text = "Exit codes:\n".to_owned();
    for (code, when) in EXIT_CODES {
        // Writing to a String does not fail.
        let _ = writeln!(text, "  {code}  {when}");
    }
    text + "\nWithout a command, Keyfob opens its window."
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
