//! The release build in a real window: Xvfb, a window manager, a real Secret Service, the real Chromium, real links.
//!
//! `make test` builds the program and the package and names both; these tests are not part of a plain `cargo test`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod arguments;
mod bell;
mod broken;
mod browser;
mod command_line;
mod device;
mod dialog;
mod ending;
mod fixture;
mod handover;
mod hostile;
mod idle;
mod journey;
mod keyring;
mod loopback;
mod many_starts;
mod notifying;
#[path = "../own_port/mod.rs"]
mod own_port;
mod package;
mod panel;
mod patience;
#[path = "../person/mod.rs"]
mod person;
#[path = "../connect/ports.rs"]
mod ports;
#[path = "../proof/mod.rs"]
mod proof;
mod pulse;
mod real_panel;
mod released;
mod scan;
mod secrets;
mod self_client;
mod stage;
mod tour;
mod tray;
mod waking;
mod web_process;
mod weight;
mod window;
mod without_a_bus;
