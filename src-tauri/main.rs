//! Keyfob's way in.

use std::process::ExitCode;

fn main() -> ExitCode {
    match keyfob::launch::begin() {
        Ok(()) => keyfob::run(),
        Err(ended) => ended,
    }
}
