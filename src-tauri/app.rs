//! The running Keyfob: its start, the engine that connects the core to the world, and the work in flight.

pub mod engine;
pub mod host;
pub mod in_flight;
pub mod launch;
pub mod start;
