//! A user's session without a display: a home, optionally a bus and a keyring.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// A user's session: a home, optionally a bus and a keyring. Dropping it ends its programs and removes its home.
pub struct Session {
    pub home: TempDir,
    /// The user whose session it is; `None` for the user who runs the tests.
    owner: Option<u32>,
    bus: Option<Child>,
    keyring: Option<Child>,
}

impl Session {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), owner: None, bus: None, keyring: None }
    }

    /// A session of another user. Only tests that run as root can begin one.
    pub fn of(owner: u32) -> Self {
        let mut session = Self::new();
        session.owner = Some(owner);
        session.handover();
        session
    }

    /// The other user whose session it is; `None` for the user who runs the tests.
    pub fn owner(&self) -> Option<u32> {
        self.owner
    }

    /// Makes the session's user the owner of everything in the home.
    pub fn handover(&self) {
        let mut places = vec![self.home.path().to_owned()];
        while let (Some(place), Some(owner)) = (places.pop(), self.owner) {
            // A running keyring writes its files under temporary names, which may be gone.
            let seen = match fs::symlink_metadata(&place) {
                Err(gone) if gone.kind() == ErrorKind::NotFound => continue,
                seen => seen.unwrap(),
            };
            // A file with another hard link is the program, which all sessions share.
            if seen.is_dir() || seen.nlink() == 1 {
                match lchown(&place, Some(owner), Some(owner)) {
                    Err(gone) if gone.kind() == ErrorKind::NotFound => continue,
                    handed_over => handed_over.unwrap(),
                }
            }
            if seen.is_dir() {
                places.extend(fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
    }

    /// The program where the session's user can run it, who may not be able to enter the folder it was built in.
    pub fn reaches(&self, program: &Path) -> PathBuf {
        if self.owner.is_none() {
            return program.to_owned();
        }
        let here = self.home.path().join(program.file_name().unwrap());
        if !here.exists() && fs::hard_link(program, &here).is_err() {
            fs::copy(program, &here).unwrap();
        }
        here
    }

    fn bus_path(&self) -> PathBuf {
        self.home.path().join("bus")
    }

    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.bus_path().display()))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GNOME_KEYRING_CONTROL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(owner) = self.owner {
            command.uid(owner).gid(owner);
        }
        command
    }

    /// A bus that does not activate services.
    pub fn start_bus(&mut self) {
        let rules = self.home.path().join("bus.conf");
        let listen = format!("<listen>unix:path={}</listen>", self.bus_path().display());
        let allow = r#"<policy context="default"><allow eavesdrop="true"/><allow own="*"/>
            <allow send_destination="*" eavesdrop="true"/></policy>"#;
        fs::write(&rules, format!("<busconfig><type>session</type>{listen}{allow}</busconfig>")).unwrap();
        let mut bus = self
            .command("dbus-daemon")
            .arg(format!("--config-file={}", rules.display()))
            .args(["--nofork", "--nopidfile", "--nosyslog", "--print-address=1"])
            .spawn()
            .expect("these stories need the package dbus-daemon");
        BufReader::new(bus.stdout.as_mut().unwrap()).read_line(&mut String::new()).unwrap();
        self.bus = Some(bus);
    }

    pub fn start_keyring_unlocked(&mut self) {
        self.start_keyring(&["--unlock"]);
    }

    pub fn start_keyring_locked(&mut self) {
        self.start_keyring(&[]);
    }

    fn start_keyring(&mut self, how: &[&str]) {
        let mut keyring = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(how)
            .spawn()
            .expect("these stories need the package gnome-keyring");
        keyring.stdin.take().unwrap().write_all(b"opensesame").unwrap();
        self.keyring = Some(keyring);
        until("the keyring is on the bus", || self.has_keyring());
    }

    pub fn stop_keyring(&mut self) {
        end(self.keyring.take());
        until("the keyring has left the bus", || !self.has_keyring());
    }

    /// Kills the keyring in the middle of a call: at its nth response from now.
    pub fn kills_keyring_at_answer(&self, nth: usize) -> Killer {
        let keyring = self.keyring.as_ref().unwrap().id();
        let mut strace = self.command("strace");
        strace.args(["-f", "-p", &keyring.to_string(), "-o", "/dev/null", "-e", "trace=sendmsg"]);
        strace.args(["-e", &format!("inject=sendmsg:signal=KILL:when={nth}")]).stderr(Stdio::piped());
        let mut strace = strace.spawn().expect("these stories need the package strace");
        let mut said = BufReader::new(strace.stderr.take().unwrap());
        said.read_line(&mut String::new()).unwrap();
        Killer(strace)
    }

    pub fn has_keyring(&self) -> bool {
        let call = ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"];
        let mut ask = self.command("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]).args(call);
        String::from_utf8_lossy(&ask.output().unwrap().stdout).contains("boolean true")
    }

    pub fn signal_keyring(&self, signal: Signal) {
        kill_process(Pid::from_child(self.keyring.as_ref().unwrap()), signal).unwrap();
    }

    pub fn secret_tool(&self, attributes: &[&str]) -> String {
        let mut tool = self.command("secret-tool");
        tool.args(["lookup", "service", "app.keyfob.cliq"]).args(attributes);
        let said = tool.output().expect("these stories need the package libsecret-tools");
        String::from_utf8(said.stdout).unwrap()
    }

    pub fn secret_tool_store(&self, attributes: &[&str], secret: &str) {
        let mut tool = self.command("secret-tool");
        tool.args(["store", "--label=x", "service", "app.keyfob.cliq"]).args(attributes);
        let mut tool = tool.spawn().expect("these stories need the package libsecret-tools");
        tool.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
        assert!(tool.wait().unwrap().success());
    }
}

/// Waits to kill a process.
pub struct Killer(Child);

impl Killer {
    /// Cancels the kill, if the process is still alive.
    pub fn ends(self) {
        end(Some(self.0));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        end(self.keyring.take());
        end(self.bus.take());
    }
}

fn end(child: Option<Child>) {
    if let Some(mut child) = child {
        let _ = child.kill();
        let _ = child.wait();
    }
}

pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !so() {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        std::thread::yield_now();
    }
}
