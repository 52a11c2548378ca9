//! Another user of this computer: a helper process that runs as `nobody`.

use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

const NOBODY: &str = "65534";

/// Connects over TCP as `nobody`, sends its input, and prints the response or hangs up immediately.
const SPEAKS: &str = r"
import socket, sys
address, port, hangs_up = sys.argv[1], int(sys.argv[2]), sys.argv[3] == 'true'
line = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_STREAM)
line.settimeout(20)
line.connect((address, port))
try:
    line.sendall(sys.stdin.buffer.read())
    while not hangs_up:
        came = line.recv(4096)
        if not came: break
        sys.stdout.buffer.write(came)
except ConnectionError:
    pass
line.close()
";

/// Holds many TCP connections as `nobody`, until each is closed.
const CROWDS: &str = r"
import socket, sys
address, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
lines = [socket.create_connection((address, port), 20) for _ in range(count)]
for line in lines:
    try:
        line.recv(4096)
    except ConnectionError:
        pass
";

/// Starts programs as `nobody`.
pub struct Nobody;

impl Nobody {
    /// `None`, with the reason printed, when this process may not become another user.
    pub fn here() -> Option<Self> {
        if rustix::process::geteuid().is_root() {
            return Some(Self);
        }
        println!("left out: only root can start a program of another user");
        None
    }

    /// Sends a request as another user's program, and returns the response.
    pub async fn to(&self, address: &str, port: u16, request: &str, hangs_up: bool) -> String {
        let mut helper = python()
            .args([SPEAKS, address, &port.to_string(), &hangs_up.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("setpriv is installed, with util-linux");
        let mut said = helper.stdin.take().unwrap();
        said.write_all(request.as_bytes()).await.unwrap();
        drop(said);
        let ended = helper.wait_with_output().await.unwrap();
        assert!(ended.status.success(), "the other user's program succeeds");
        String::from_utf8_lossy(&ended.stdout).into_owned()
    }
    /// Holds `count` parallel connections as another user's program, without sending anything, until each is closed.
    #[allow(dead_code, reason = "not every test that has this module needs it")]
    pub async fn crowd(&self, address: &str, port: u16, count: usize) {
        let mut helper = python();
        let ended = helper.args([CROWDS, address, &port.to_string(), &count.to_string()]).status().await.unwrap();
        assert!(ended.success(), "the other user's connections open and are closed");
    }
}

/// Runs the script that is its first argument as `nobody`.
fn python() -> Command {
    let mut helper = Command::new("setpriv");
    helper
        .args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "/usr/bin/env", "-i", "/usr/bin/python3", "-c"])
        .current_dir("/");
    helper
}
