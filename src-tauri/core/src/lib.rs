//! Keyfob's pure heart.
//!
//! [`Desk::handle`] takes what happened and the time, and answers with what to do. It has no clock, no random source,
//! no network, no disk and no window; all of those are [`Effect`]s performed elsewhere, whose answers come back as
//! [`Event`]s. What a person sees is derived from it as one [`Snapshot`].

pub mod activity;
pub mod browser;
pub mod call;
pub mod callback;
pub mod cliq;
pub mod confirmation;
pub mod connection;
pub mod consent;
pub mod console_code;
pub mod device;
pub mod effect;
pub mod event;
pub mod export;
pub mod hand_over;
pub mod intent;
pub mod ledger;
pub mod live_file;
pub mod log_line;
pub mod loopback;
pub mod notification;
pub mod problem;
pub mod region;
pub mod registration;
pub mod report;
pub mod revocation;
pub mod scope;
pub mod script;
pub mod set_up;
pub mod settings;
pub mod snapshot;
pub mod token;
pub mod tray;
pub mod zoho_value;

mod desk;
mod moment;
mod record;
mod word;

pub use desk::Desk;
pub use effect::{Answer, Effect, Ticket};
pub use event::Event;
pub use intent::Intent;
pub use moment::Moment;
pub use problem::Problem;
pub use snapshot::Snapshot;

#[cfg(test)]
mod bindings;
