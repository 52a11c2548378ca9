//! A server of another user that forwards to a server of the tests.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Listens on a port, prints its number, and forwards every connection to the port in its argument.
const FORWARDER: &str = r"
import socket, sys, threading
def pour(one, other):
    try:
        while came := one.recv(65536): other.sendall(came)
        other.shutdown(socket.SHUT_WR)
    except OSError: pass
ear = socket.create_server(('127.0.0.1', 0))
print(ear.getsockname()[1], flush=True)
while True:
    guest, _ = ear.accept()
    line = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
    for pair in ((guest, line), (line, guest)): threading.Thread(target=pour, args=pair, daemon=True).start()
";

/// A relay process, killed when dropped.
pub struct Relay {
    program: Child,
    pub origin: String,
}

impl Relay {
    /// Starts a relay as this user, to the server at this origin.
    pub fn of(user: u32, to: &str) -> Self {
        let port = to.rsplit(':').next().expect("an origin with a port");
        let mut program = Command::new("python3")
            .args(["-c", FORWARDER, port])
            .current_dir("/")
            .uid(user)
            .gid(user)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is here");
        let mut number = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { program, origin: format!("http://127.0.0.1:{}", number.trim()) }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
