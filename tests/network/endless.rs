//! Endless responses take almost no memory.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::process::{Command, Stdio};

use crate::faults::{JSON, says};
use crate::gate::{Fault, Step};
use crate::means::Means::{self, Garbled, TooLong, Unreachable};
use crate::phases::{PHASES, Scene};
use crate::played::{is_played, play};
use crate::proof;

const GIB: usize = 1 << 30;
/// The memory, in KiB, that each of them may add to the process.
const MOST: u64 = 8 * 1024;

// Shows N7.
#[tokio::test(flavor = "multi_thread")]
async fn an_endless_response_takes_almost_no_memory() {
    if !is_played() {
        return play("endless::an_endless_response_takes_almost_no_memory", &[]).await;
    }
    // A first run allocates what is needed once, before the measurement.
    meet_all(&endless().remove(0)).await;
    let mut most = 0;
    for answer in endless() {
        let before = forget_peak();
        let said = meet_all(&answer).await;
        let grown = peak().saturating_sub(before);
        println!("{}: {grown} KiB, {said} bytes of it left the server", answer.0);
        most = most.max(grown);
    }
    proof::figure("memory added by an answer without end, KiB", most, "below 8192");
    assert!(most < MOST, "{most}");
}

type Endless = (&'static str, Fault, Means);

fn endless() -> Vec<Endless> {
    let head = |headers: &str| Step::Say(format!("HTTP/1.1 200 OK\r\n{JSON}{headers}\r\n").into_bytes());
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x1_0000], b"\r\n".to_vec()].concat();
    let mib = vec![b'x'; 1 << 20];
    let then = |head: Step, what: Vec<u8>| Fault::Said(vec![Step::Hear, head, Step::Repeat(what, GIB)]);
    let bomb = [head_of_bomb(), bomb()].concat();
    vec![
        ("chunks", then(head("transfer-encoding: chunked\r\n"), chunk.clone()), TooLong),
        ("a length", then(head("content-length: 1073741824\r\n"), mib.clone()), TooLong),
        ("no length", then(head(""), mib.clone()), TooLong),
        ("packed chunks", then(head("content-encoding: gzip\r\ntransfer-encoding: chunked\r\n"), chunk), TooLong),
        ("a small gzip stream of sixty million blanks", says(bomb), Garbled),
        ("a header", then(Step::Say(b"HTTP/1.1 200 OK\r\nx: ".to_vec()), mib), Unreachable),
        ("headers", then(Step::Say(b"HTTP/1.1 200 OK\r\n".to_vec()), b"x: y\r\n".repeat(10_000)), Unreachable),
    ]
}

async fn meet_all((_, fault, means): &Endless) -> usize {
    let mut said = 0;
    for phase in PHASES {
        let scene = Scene::begins(None).await;
        let gate = scene.gate.clone();
        scene.meets(phase, fault.clone(), means).await;
        said = said.max(gate.said());
    }
    assert!(said < GIB / 16, "{said} bytes were read");
    said
}

fn head_of_bomb() -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{JSON}content-encoding: gzip\r\n\r\n").into_bytes()
}

/// A body within the size limit that is a thousand times as long once unpacked.
fn bomb() -> Vec<u8> {
    let mut blanks = Command::new("head").args(["-c", "60000000", "/dev/zero"]).stdout(Stdio::piped()).spawn().unwrap();
    let packed = Command::new("gzip").arg("-9").stdin(blanks.stdout.take().unwrap()).output().unwrap().stdout;
    blanks.wait().unwrap();
    assert!(packed.len() > 50_000 && packed.len() <= keyfob::net::https::LONGEST_BODY, "{}", packed.len());
    packed
}

/// The peak memory of this process, in KiB.
fn peak() -> u64 {
    field("VmHWM:")
}

/// Resets the peak; returns the current memory, in KiB.
fn forget_peak() -> u64 {
    fs::write("/proc/self/clear_refs", "5").unwrap();
    field("VmRSS:")
}

fn field(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
