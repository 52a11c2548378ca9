//! A different TLS implementation, configured as weakly as possible.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::io::Read;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{fs, thread};

use tempfile::TempDir;

use crate::authority::Authority;
use crate::own_port::OwnPort;

/// `openssl s_server`, which prints what it receives.
pub(super) struct Server {
    program: Child,
    port: u16,
    _own: OwnPort,
    _folder: TempDir,
}

/// Servers that are trusted except for one weakness each.
pub(super) fn servers(company: &Authority) -> Vec<(&'static str, Server)> {
    let make = |key: &str, digest: &str, options: &[&str]| Server::start(company, key, digest, options);
    let old = ["-cipher", "ALL:@SECLEVEL=0"];
    vec![
        ("OpenSSL with TLS 1.0 only", make("2048", "-sha256", &[&["-tls1"], &old[..]].concat())),
        ("OpenSSL with TLS 1.1 only", make("2048", "-sha256", &[&["-tls1_1"], &old[..]].concat())),
        (
            "OpenSSL with RSA for the exchange of keys",
            make("2048", "-sha256", &["-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0"]),
        ),
        ("OpenSSL with a key of 1024 bits", make("1024", "-sha256", &old)),
        ("OpenSSL with a certificate signed by SHA-1", make("2048", "-sha1", &old)),
    ]
}

impl Server {
    fn start(company: &Authority, bits: &str, digest: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        certify(folder.path(), company, bits, digest);
        let own = OwnPort::take();
        let port = own.number();
        let program = Command::new("openssl")
            .args([
                "s_server",
                "-accept",
                &format!("127.0.0.1:{port}"),
                "-cert",
                "server.pem",
                "-key",
                "server.key",
                "-quiet",
            ])
            .args(options)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test needs the package openssl");
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            thread::yield_now();
        }
        Self { program, port, _own: own, _folder: folder }
    }

    pub(super) fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// Stops it; returns its output.
    pub(super) fn heard(mut self) -> String {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
        let mut heard = Vec::new();
        self.program.stdout.take().unwrap().read_to_end(&mut heard).unwrap();
        String::from_utf8_lossy(&heard).into_owned()
    }
}

/// Creates a key and a certificate for this machine in this folder.
fn certify(folder: &Path, company: &Authority, bits: &str, digest: &str) {
    fs::write(folder.join("company.pem"), company.pem()).unwrap();
    fs::write(folder.join("company.key"), company.key_pem()).unwrap();
    fs::write(folder.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    let openssl = |arguments: &[&str]| {
        let made = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
        assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
    };
    let key = format!("rsa:{bits}");
    openssl(&[
        "req",
        "-newkey",
        &key,
        "-nodes",
        "-keyout",
        "server.key",
        "-subj",
        "/CN=localhost",
        "-out",
        "request.pem",
    ]);
    let by = ["-CA", "company.pem", "-CAkey", "company.key", "-CAcreateserial", "-days", "30", "-extfile", "names"];
    openssl(&[&["x509", "-req", "-in", "request.pem", "-out", "server.pem", digest][..], &by].concat());
}
