//! The Desk's input and output: the user's intents, events, effects and the answers to effects.

pub mod browser;
pub mod cli;
pub mod confirmation;
pub mod effect;
pub mod event;
pub mod intent;
pub mod log_line;
pub mod loopback;
