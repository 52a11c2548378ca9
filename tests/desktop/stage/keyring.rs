//! The stage's Secret Service: a real gnome-keyring, in the state that a test needs.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{Running, Stage};
use crate::patience::until;

/// Whether the keyring is unlocked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lock {
    Open,
    Locked,
}

impl Stage {
    /// Starts the keyring; it is on the bus when this returns, and works if it is open.
    pub fn starts_keyring(&mut self, lock: Lock) {
        let mut keyring = self.command("gnome-keyring-daemon");
        keyring.args(["--foreground", "--components=secrets"]);
        if lock == Lock::Open {
            keyring.arg("--unlock");
        }
        keyring.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = Running::start(&mut keyring);
        keyring.0.stdin.take().unwrap().write_all(b"stage").unwrap();
        self.keyring = Some(keyring);
        // An earlier request for a secret would make the bus start a second, locked keyring.
        until("the keyring has its name on the bus", Duration::from_secs(20), || self.has_keyring());
        if lock == Lock::Open {
            until("the keyring is unlocked", Duration::from_secs(30), || self.keeps(&["stage", "probe"], "probe"));
        }
    }

    /// Kills the keyring.
    pub fn stops_keyring(&mut self) {
        self.keyring = None;
        until("the keyring has left the bus", Duration::from_secs(20), || !self.has_keyring());
    }

    pub fn signals_keyring(&self, signal: Signal) {
        let keyring = self.keyring.as_ref().expect("there is a keyring");
        kill_process(Pid::from_child(&keyring.0), signal).unwrap();
    }

    /// Stores a secret in the keyring, as any program of the same user may; returns whether it was stored.
    pub fn keeps(&self, attributes: &[&str], secret: &str) -> bool {
        let mut tool = self.command("timeout");
        tool.args(["5", "secret-tool", "store", "--label=stage"]).args(attributes);
        let mut tool = tool.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let _ = tool.stdin.take().unwrap().write_all(secret.as_bytes());
        tool.wait().unwrap().success()
    }

    fn has_keyring(&self) -> bool {
        let mut ask = self.command("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
        ask.output().is_ok_and(|o| String::from_utf8_lossy(&o.stdout).contains("boolean true"))
    }
}
