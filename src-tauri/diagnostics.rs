//! Diagnostics: log lines on the terminal, the flight recorder, and the live check against Zoho.

pub mod flight_recorder;
pub mod live_check;
pub mod log;
