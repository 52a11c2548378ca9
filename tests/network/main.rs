//! Keyfob's response to everything that may go wrong between it and Zoho: a fault server, each fault in each phase, and
//! the message to the user. The engine, its HTTP and its TLS are the real ones; Zoho is Practice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod authority;
#[path = "../closed/mod.rs"]
mod closed;
mod company;
mod endless;
mod faults;
mod gate;
mod means;
#[path = "../own_port/mod.rs"]
mod own_port;
mod phases;
#[path = "../played/mod.rs"]
mod played;
#[path = "../proof/mod.rs"]
mod proof;
mod proxy;
mod table;
mod tls;
#[path = "../connect/world.rs"]
mod world;
