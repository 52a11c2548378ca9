//! The pure core of Keyfob.
//!
//! [`Desk::handle`] takes an [`Event`] and the current time, and returns the [`Effect`]s to perform. It has no clock,
//! random source, network, disk or window; the host performs the effects and sends their answers back as events. What
//! the user sees is derived from the Desk as one [`Snapshot`].
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at secrets and the world")
)]
#![warn(clippy::wildcard_enum_match_arm)]

pub mod domain;
pub mod formats;
pub mod messages;
pub mod view;

mod machine;

pub use domain::problem::Problem;
pub use domain::{
    activity, connection, credential_hints, custom_regions, draft, export_choice, fields, fingerprint, keeping,
    live_file, notice, problem, quota, redirect_method, redirect_refused, report_place, revocation, script_access,
    settings, standing, step, tasks, typed_scopes,
};
pub use formats::{export, handover_file, new_file, setup_file};
pub use machine::desk::Desk;
pub use messages::effect::{Answer, Effect, Ticket};
pub use messages::event::Event;
pub use messages::intent::Intent;
pub use messages::{browser, cli, confirmation, effect, event, intent, log_line, loopback};
pub use view::snapshot::Snapshot;
pub use view::{action, notification, snapshot, stages, tray};
pub use zoho_oauth::Moment;

#[cfg(test)]
mod bindings;
