//! The machines that decide, and the Desk that they work at.
//!
//! A machine owns its state and is handed what else it may touch; none sees the Desk. Calls go down to the context, and
//! what happened comes up as a fact, which the router passes on to the machines it concerns.

mod checks;
mod cli;
mod context;
pub(crate) mod desk;
mod fact;
mod notices;
mod outbox;
mod question;
mod revoke;
mod router;
mod share;
pub(crate) mod sign_in;
pub(crate) mod store;
mod tokens;
