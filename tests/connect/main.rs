//! The engine with real HTTP against a Zoho on loopback, and against one third-party server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod between;
mod breaking;
mod clocks;
mod command_line;
mod deliveries;
mod device;
mod dialects;
mod enhancing;
mod flight_recorder;
mod foreign;
mod forging;
mod handover;
mod jobs;
mod journeys;
mod ledger;
mod live_files;
mod loopback;
mod nine_regions;
mod noted;
mod other_ways;
mod pictures;
mod places;
mod ports;
mod probing;
#[path = "../proof/mod.rs"]
mod proof;
mod rehearsing;
mod relay;
mod revoking;
mod scripts;
mod self_client;
#[path = "../session/mod.rs"]
mod session;
mod thirty_days;
mod troubles;
mod world;
