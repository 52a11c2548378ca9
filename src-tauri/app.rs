//! A running Keyfob: how it begins, the engine that the core's events and effects go through, and the work under way.

pub mod engine;
pub mod host;
pub mod in_flight;
pub mod launch;
pub mod start;
