//! What Keyfob does, told as transcripts: a person asks, the world answers, the Desk wants something done.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, unreachable_pub)]
#![allow(clippy::print_stdout, reason = "figures are printed")]

#[path = "../proof/mod.rs"]
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
mod clocks;
mod coming_back;
mod device;
mod elsewhere;
mod enhancing;
mod exporting;
mod failing;
mod files;
mod first_light;
mod fresh_tokens;
mod handing_out;
mod handing_over;
mod hostile_page;
mod keeping;
mod ledger;
mod links;
mod live_files;
mod loopback;
mod moved_regions;
mod naming;
mod notifying;
mod pasting;
mod practising;
mod probing;
mod proving;
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
mod set_ups;
mod signing_in_again;
mod stopping;
mod taking_over;
mod thirty_days;
mod tray;
mod typing;
mod when_things_break;
mod wizard;
mod zoho_says;
