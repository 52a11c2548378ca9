//! What the flight recorder may hold of each event and effect: one line.
//!
//! Invariant: the rules of a report hold (see `report`): no secret, no e-mail address, no client ID, no name that the
//! user gave, no path, nothing typed. Each field of each variant is decided on here; a new one does not compile until
//! it is, since no pattern leaves out a field with `..`. Deliberately absent: the time and the ring buffer.

mod answer;
mod effect;
mod event;
mod intent;
mod script;

pub use effect::of_effect;
pub use event::of_event;

use std::fmt::Debug;

use zoho_oauth::region::RegionCode;
use zoho_oauth::text::LEFT_OUT;

use crate::domain::problem::{Problem, disclosure};

/// Formats a name and the fields that may be recorded.
fn line(name: &str, fields: &[(&str, String)]) -> String {
    disclosure::with_fields(name, fields)
}

/// Formats a value that holds no text: its type is `Copy` and borrows none. A number from an untrusted sender may still
/// be as long as a credential; one that long is left out.
fn plain<T: Copy + Debug + 'static>(value: T) -> String {
    let text = format!("{value:?}");
    if text.bytes().filter(u8::is_ascii_digit).count() < CREDENTIAL { text } else { LEFT_OUT.to_owned() }
}

/// This many digits may be part of a credential.
const CREDENTIAL: usize = 16;

/// Formats a region's code. The page can send any text as one; an invalid one is left out.
fn region(code: &RegionCode) -> String {
    match RegionCode::new(code.as_str()) {
        Some(code) => disclosure::public(code.as_str()),
        None => LEFT_OUT.to_owned(),
    }
}

/// Says whether a value is present, but not which.
fn is_there<T>(value: Option<&T>) -> String {
    if value.is_some() { "some" } else { "none" }.to_owned()
}

/// Formats a success, or the problem as a report shows it.
fn outcome<T>(of: &Result<T, Problem>, well: impl FnOnce(&T) -> String) -> String {
    match of {
        Ok(value) => well(value),
        Err(problem) => format!("failed: {}", disclosure::line(problem)),
    }
}

fn done<T>(_: &T) -> String {
    "done".to_owned()
}

#[cfg(test)]
mod tests;
