//! Keyfob's way in.

use std::alloc::System;
use std::process::ExitCode;

use keyfob::launch::{self, Way};
use zeroizing_alloc::ZeroAlloc;

/// Libraries let go of secrets as they are: answers of Zoho's, bodies, lines. Here all that is let go is wiped.
#[global_allocator]
static WIPED: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    match launch::begin() {
        Ok(Way::Window) => keyfob::run(),
        Ok(Way::CommandLine) => keyfob::run_command(),
        Err(ended) => ended,
    }
}
