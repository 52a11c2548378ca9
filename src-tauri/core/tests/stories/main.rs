//! What Keyfob does, as transcripts: the user sends intents, the world answers, the Desk emits effects.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(clippy::missing_panics_doc, unreachable_pub, reason = "a test crate has no public interface")]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

#[path = "../../../../tests/proof/mod.rs"]
mod proof;
mod scene;

mod a_thousand_back;
mod a_year;
mod activity;
mod adding_permissions;
mod adding_regions;
mod asking_regions;
mod attacker;
mod back_at_once;
mod backing_off;
mod chaos;
mod choosing;
mod choosing_a_client;
mod client_credentials;
mod clocks;
mod copying;
mod device;
mod elsewhere;
mod enhancing;
mod existing_token;
mod exporting;
mod failing;
mod files;
mod first_light;
mod fresh_tokens;
mod handover_in;
mod handover_out;
mod hostile_page;
mod keeping;
mod ledger;
mod links;
mod live_files;
mod loopback;
mod moved_regions;
mod naming;
mod notifying;
mod own_redirect;
mod pasting;
mod practising;
mod probing;
mod proving;
mod redirect;
mod refreshing;
mod regions;
mod reporting;
mod restarting;
mod revoking;
mod revoking_by_command;
mod revoking_later;
mod saving;
mod scripts;
mod secrets;
mod secrets_per_region;
mod seeing;
mod self_client;
mod setup_file;
mod signing_in_again;
mod stages;
mod stopping;
mod stored_files;
mod thirty_days;
mod tray;
mod typing;
mod when_things_break;
mod wizard;
mod zoho_says;
