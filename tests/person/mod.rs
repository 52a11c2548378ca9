//! Programs without root's rights, even where root runs the tests.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::process::{Command, Stdio};

/// A command that `setpriv` runs as the same user, and if that is root, without its capabilities.
pub fn as_a_person(mut setpriv: Command, program: &[&str]) -> Command {
    if rustix::process::geteuid().is_root() {
        setpriv.args(["--bounding-set=-all", "--inh-caps=-all"]);
    }
    setpriv.arg("--").args(program);
    setpriv
}

/// Whether such a program may open this file and read from it.
pub fn can_open(file: &str) -> bool {
    let mut reader =
        as_a_person(Command::new("setpriv"), &["dd", "bs=1", "count=0", "of=/dev/null", &format!("if={file}")]);
    reader.stderr(Stdio::null()).status().unwrap().success()
}
