//! Keyfob: OAuth 2 tokens for Zoho Cliq, kept fresh on your own desk.
//!
//! What Keyfob decides is in `keyfob_core`; this crate is the world around it. Events go in through [`engine`], effects
//! come out through [`host`], and everything with a window is in `desktop`.

pub mod launch;

pub mod engine;
pub mod flight_recorder;
pub mod host;

pub mod loopback;
pub mod one_time_redirect;
pub mod zoho;

pub mod durable;
pub mod folders;
pub mod instance;
pub mod keychain;
pub mod live_file;
pub mod regions;
pub mod vault;
pub mod vault_thread;

pub mod confirmation;
pub mod notification;
pub mod queue;
pub mod scripts;
pub mod system;
pub mod tray;
pub mod unfinished;

pub mod command_line;
pub mod live_check;

mod desktop;
mod log;
mod memory;
mod platform;
mod sockets;
mod words;

use std::process::ExitCode;

use launch::{Driver, Way};

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
    match launch::begin(driver) {
        Ok(Way::Window) => desktop::run(),
        Ok(Way::CommandLine) => command_line::run(std::env::args_os()),
        Err(ended) => ended,
    }
}
