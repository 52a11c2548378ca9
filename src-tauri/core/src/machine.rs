//! The machines that make the decisions, and the Desk that holds their state.
//!
//! A machine owns its state and borrows what else it may use; none sees the Desk. A machine calls down into the context
//! and reports upwards with facts, which the router passes on to the machines concerned.

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
