//! What tells how Keyfob fares: lines to the terminal, the flight recorder, and the check against a real Zoho.

pub mod flight_recorder;
pub mod live_check;
pub mod log;
