//! Keyfob: OAuth 2 tokens for Zoho Cliq, kept fresh on your own desk.
//!
//! What Keyfob decides is in `keyfob_core`; this crate is the world around it, without a window. Events go in through
//! [`app::engine`], and effects come out through [`app::host`]. The window is a crate and a program of its own,
//! `keyfob-window`; the program of this crate is the command line, and what links, menus and logins start.

pub mod app;
pub mod cli;
pub mod diagnostics;
pub mod ipc;
pub mod net;
pub mod platform;
pub mod storage;
pub mod text;

use std::process::ExitCode;

use app::launch::{Driver, Way};
use app::start;

#[doc(hidden)]
pub use zeroizing_alloc;

/// A program that runs this: `main`, and an allocator that wipes what is freed. Libraries free secrets as they are: answers
/// of Zoho's, bodies, lines.
#[macro_export]
macro_rules! program {
    ($run:expr) => {
        #[global_allocator]
        static WIPED: $crate::zeroizing_alloc::ZeroAlloc<::std::alloc::System> =
            $crate::zeroizing_alloc::ZeroAlloc(::std::alloc::System);

        fn main() -> ::std::process::ExitCode {
            $run
        }
    };
}

/// Does what the command line says; without a command, brings the user to the window.
pub fn run() -> ExitCode {
    match app::launch::begin(Driver::Refused) {
        Ok(Way::Window) => start::the_window(),
        Ok(Way::CommandLine) => cli::run(std::env::args_os()),
        Err(ended) => ended,
    }
}
