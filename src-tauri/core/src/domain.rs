//! What is true: connections and their tokens, limits, revocations, and what can go wrong.

pub mod activity;
pub mod connection;
mod connection_name;
pub(crate) mod connections;
pub mod credential_hints;
pub mod custom_regions;
pub mod draft;
pub mod export_choice;
pub mod fields;
pub mod keeping;
pub(crate) mod kept;
pub mod live_file;
pub mod notice;
pub mod problem;
pub mod quota;
pub mod redirect_refused;
pub mod report_place;
pub mod revocation;
pub mod script_access;
pub(crate) mod sealed;
pub(crate) mod serde_name;
pub mod settings;
pub mod standing;
pub mod step;
pub mod tasks;
pub mod typed_scopes;
pub mod way_home;
