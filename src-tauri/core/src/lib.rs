//! Keyfob's pure heart.
//!
//! [`Desk::handle`] takes what happened and the time, and answers with what to do. It has no clock, no random source,
//! no network, no disk and no window; all of those are [`Effect`]s performed elsewhere, whose answers come back as
//! [`Event`]s. What the user sees is derived from it as one [`Snapshot`].

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
