//! Everything that may go wrong between Keyfob and Zoho, with its meaning, in one table.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod answers;
mod connections;
mod http;

use std::net::SocketAddr;

use crate::gate::{Fault, Step};
use crate::means::Means;
use crate::phases::Phase;

/// One row: a fault and its meaning.
pub struct Row {
    pub name: &'static str,
    pub fault: Fault,
    pub means: [Means; 3],
}

impl Row {
    /// A row with the same meaning in every phase.
    fn new(name: &'static str, fault: Fault, means: &Means) -> Self {
        Self { name, fault, means: std::array::from_fn(|_| means.clone()) }
    }

    pub fn in_phase(&self, phase: Phase) -> &Means {
        &self.means[phase as usize]
    }
}

/// A good response to every request.
pub const GOOD: &str = r#"{"access_token":"1000.good.a","refresh_token":"1000.good.r","expires_in":3600,"token_type":"Bearer","status":"success"}"#;

pub const JSON: &str = "content-type: application/json;charset=UTF-8\r\n";

/// Returns all rows. Redirects lead to `elsewhere`; connections to `closed` are refused, those to `full` wait and are
/// never accepted.
pub fn all(elsewhere: &str, closed: SocketAddr, full: SocketAddr) -> Vec<Row> {
    let mut rows = connections::rows(closed);
    rows.push(connections::never_accepted(full));
    rows.extend(http::rows());
    rows.extend(http::redirects(elsewhere));
    rows.extend(answers::rows());
    rows
}

/// Reads the request, sends this and disconnects.
pub fn says(text: impl AsRef<[u8]>) -> Fault {
    says_and(text, &[])
}

/// The same, with these steps instead of disconnecting.
pub fn says_and(text: impl AsRef<[u8]>, then: &[Step]) -> Fault {
    let mut steps = vec![Step::Hear, Step::Say(text.as_ref().to_vec())];
    steps.extend_from_slice(then);
    Fault::Said(steps)
}

/// A response with this status, these headers and this body.
pub fn answers(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Fault {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {}\r\n\r\n", body.len());
    says([head.as_bytes(), body].concat())
}
