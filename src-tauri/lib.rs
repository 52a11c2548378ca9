//! Keyfob: OAuth 2 tokens for Zoho Cliq, kept fresh on your own desk.
//!
//! `keyfob_core` makes the decisions; this crate carries them out, without a window. Events go in through
//! [`app::engine`], and effects come out through [`app::host`]. The window is a separate crate and program,
//! `keyfob-window`; the program of this crate is the command line, and links, menus and logins start it.
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at secrets and the world")
)]

pub mod app;
pub mod cli;
pub mod diagnostics;
pub mod ipc;
pub mod net;
pub mod platform;
pub mod storage;
pub mod text;

use std::process::ExitCode;

use app::launch::{Driver, Mode};
use app::start;

#[doc(hidden)]
pub use zeroizing_alloc;

/// Defines a program: `main`, which runs the expression, and an allocator that wipes memory when it is freed. Libraries
/// free secrets unwiped: Zoho's responses, bodies, lines.
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

/// Runs the command in the arguments; without a command, opens the window or raises the one that is open.
pub fn run() -> ExitCode {
    match app::launch::begin(Driver::Refused) {
        Ok(Mode::Window) => start::the_window(),
        Ok(Mode::CommandLine) => cli::run(std::env::args_os()),
        Err(ended) => ended,
    }
}
