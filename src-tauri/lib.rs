//! Keyfob: OAuth 2 tokens for Zoho Cliq, kept fresh on your own desk.
//!
//! What Keyfob decides is in `keyfob_core`; this crate is the world around it. Events go in through [`app::engine`], effects
//! come out through [`app::host`], and everything with a window is in `desktop`.

pub mod app;
pub mod cli;
pub mod diagnostics;
pub mod ipc;
pub mod net;
pub mod platform;
pub mod storage;
pub mod text;

mod desktop;

use std::process::ExitCode;

use app::launch::{Driver, Way};

/// A program that runs this: `main`, and an allocator that wipes what is freed. Libraries free secrets as they are: answers
/// of Zoho's, bodies, lines.
#[macro_export]
macro_rules! program {
    ($run:expr) => {
        #[global_allocator]
        static WIPED: ::zeroizing_alloc::ZeroAlloc<::std::alloc::System> =
            ::zeroizing_alloc::ZeroAlloc(::std::alloc::System);

        fn main() -> ::std::process::ExitCode {
            $run
        }
    };
}

/// Opens the window until the user quits, or does what the command line says.
pub fn run(driver: Driver) -> ExitCode {
    match app::launch::begin(driver) {
        Ok(Way::Window) => desktop::run(),
        Ok(Way::CommandLine) => cli::run(std::env::args_os()),
        Err(ended) => ended,
    }
}
