//! What may be recorded of an event and of an effect: one line each, for the flight recorder.
//!
//! Invariant: the rules of a report hold (see `report`): no secret, no e-mail address, no client id, no name the user gave,
//! no path, nothing typed. Each field of each variant was decided on here; a new one does not compile before it was, for
//! no pattern here ends in `..` where it leaves out a field. Deliberately absent: the time and the ring.

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

use crate::domain::problem::{Problem, told};

/// A name, and the fields that may be told.
fn line(name: &str, fields: &[(&str, String)]) -> String {
    told::with_fields(name, fields)
}

/// A value that owns no text: such a type is `Copy`, and borrows none either. A number that a stranger sent may still be as
/// long as a credential; one that long is left out.
fn plain<T: Copy + Debug + 'static>(value: T) -> String {
    let text = format!("{value:?}");
    if text.bytes().filter(u8::is_ascii_digit).count() < CREDENTIAL { text } else { LEFT_OUT.to_owned() }
}

/// So many digits may be of a credential.
const CREDENTIAL: usize = 16;

/// A region's code. The page can send any text as one; what is none is left out.
fn region(code: &RegionCode) -> String {
    match RegionCode::new(code.as_str()) {
        Some(code) => told::public(code.as_str()),
        None => LEFT_OUT.to_owned(),
    }
}

/// Whether there is one, and not which.
fn is_there<T>(value: Option<&T>) -> String {
    if value.is_some() { "some" } else { "none" }.to_owned()
}

/// What went well, or the problem as a report has it.
fn outcome<T>(of: &Result<T, Problem>, well: impl FnOnce(&T) -> String) -> String {
    match of {
        Ok(value) => well(value),
        Err(problem) => format!("failed: {}", told::line(problem)),
    }
}

fn done<T>(_: &T) -> String {
    "done".to_owned()
}

#[cfg(test)]
mod tests;
