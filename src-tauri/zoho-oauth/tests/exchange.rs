//! The example program against a local server: this crate with a second HTTP client.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

const EXCHANGED: &str =
    r#"{"access_token":"1000.aa.bb","refresh_token":"1000.cc.dd","scope":"ZohoCliq.Users.READ","expires_in":3600}"#;
const REFRESHED: &str = r#"{"access_token":"1000.ee.ff","expires_in":3600}"#;

/// Answers one request with `body`, and returns its form.
fn answer_with(mut caller: TcpStream, body: &str) -> String {
    let mut from = BufReader::new(caller.try_clone().unwrap());
    let (mut line, mut length) = (String::new(), 0);
    while from.read_line(&mut line).unwrap() > 2 {
        if let Some(of) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = of.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut form = vec![0; length];
    from.read_exact(&mut form).unwrap();
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    caller.write_all(format!("{head}{body}").as_bytes()).unwrap();
    String::from_utf8(form).unwrap()
}

/// Runs the example against a server that answers with `bodies` in order; returns the output and the forms it sent.
fn run_example(bodies: &'static [&'static str]) -> (Output, Vec<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let zoho = thread::spawn(move || {
        bodies.iter().map(|body| answer_with(listener.accept().unwrap().0, body)).collect::<Vec<_>>()
    });
    let tests: PathBuf = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("examples").join("exchange");
    let mut example = Command::new(program);
    let example = example.arg(here).env_remove("http_proxy").env_remove("HTTP_PROXY");
    let mut child = example.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"1000.ID\nits-secret\n1000.11.22\n").unwrap();
    (child.wait_with_output().unwrap(), zoho.join().unwrap())
}

#[test]
fn the_example_exchanges_a_code_and_refreshes() {
    let (output, forms) = run_example(&[EXCHANGED, REFRESHED]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("Granted: ZohoCliq.Users.READ\nRefreshed"), "{printed}");
    assert!(!printed.contains("1000."), "a token was printed: {printed}");
    assert_eq!(forms[0], "client_id=1000.ID&client_secret=its-secret&grant_type=authorization_code&code=1000.11.22");
    assert_eq!(
        forms[1],
        "client_id=1000.ID&client_secret=its-secret&grant_type=refresh_token&refresh_token=1000.cc.dd"
    );
}

#[test]
fn the_example_reports_a_refusal_without_a_secret() {
    let (output, forms) = run_example(&[r#"{"error":"invalid_code"}"#]);
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.success(), forms.len()), (false, 1));
    assert!(printed.contains("CodeSpent") && !printed.contains("its-secret"), "{printed}");
}
