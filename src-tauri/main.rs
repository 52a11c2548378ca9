//! Keyfob's way in.

use std::process::ExitCode;

use keyfob::launch::{self, Way};

fn main() -> ExitCode {
    match launch::begin() {
        Ok(Way::Window) => keyfob::run(),
        Ok(Way::CommandLine) => keyfob::run_command(),
        Err(ended) => ended,
    }
}
