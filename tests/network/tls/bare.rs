//! Servers whose TLS is too old, malformed or missing, byte by byte.

use super::{Row, TimedOut, Unreachable, Untrusted};
use crate::gate::{Fault, Step};

/// A `ServerHello` of this version with this cipher suite (RFC 5246, section 7.4.1.3).
fn hello(version: [u8; 2], suite: [u8; 2]) -> Vec<u8> {
    let mut body = version.to_vec();
    body.extend([7; 32]);
    body.extend([0, suite[0], suite[1], 0]);
    let mut record = vec![22, version[0], version[1], 0, u8::try_from(body.len() + 4).unwrap()];
    record.extend([2, 0, 0, u8::try_from(body.len()).unwrap()]);
    record.extend(body);
    record
}

/// A fatal alert (RFC 8446, section 6).
fn alert(what: u8) -> Vec<u8> {
    vec![21, 3, 1, 0, 2, 2, what]
}

pub(super) fn rows() -> Vec<Row> {
    let says = |text: Vec<u8>, then: &[Step]| Fault::Bare([&[Step::Say(text)], then].concat());
    let and_waits = |text| says(text, &[Step::Silence]);
    let aes = [0, 0x2f];
    vec![
        ("SSL 3.0", and_waits(hello([3, 0], aes)), Untrusted),
        ("TLS 1.0", and_waits(hello([3, 1], aes)), Untrusted),
        ("TLS 1.1", and_waits(hello([3, 2], aes)), Untrusted),
        ("TLS 1.2 with a cipher that was not offered", and_waits(hello([3, 3], aes)), Untrusted),
        ("TLS 1.2 without a cipher", and_waits(hello([3, 3], [0, 0])), Untrusted),
        ("a version that is refused", and_waits(alert(70)), Untrusted),
        ("a handshake that is refused", and_waits(alert(40)), Untrusted),
        ("a name that is refused", and_waits(alert(112)), Untrusted),
        ("safety that is not enough", and_waits(alert(71)), Untrusted),
        ("plain HTTP", says(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_vec(), &[]), Unreachable),
        ("half a record", says(hello([3, 3], aes)[..9].to_vec(), &[]), Unreachable),
        ("half a record, and silence", and_waits(hello([3, 3], aes)[..9].to_vec()), TimedOut),
    ]
}
