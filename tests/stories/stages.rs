//! The picture of states in ARCHITECTURE.md and the stories show the same arrows.

use keyfob_core::intent::{RevokeIntent, SignInIntent, TokensIntent};
use keyfob_core::standing::Standing;

use crate::scene::{Scene, stages};
use crate::{
    adding_regions, asking_regions, client_credentials, device, enhancing, existing_token, failing, handover_in,
    live_files, loopback, moved_regions, regions, restarting, revoking_later, stopping,
};

/// Each story fails where it sees an arrow that is not drawn. These see all that are.
#[test]
fn every_arrow_of_the_picture_is_seen_by_a_story() {
    adding_regions::a_region_that_is_gone_is_said_and_nothing_of_it_is_lost();
    asking_regions::practice_neither_asks_nor_is_asked();
    asking_regions::zohos_own_page_offers_it_too_and_so_do_the_other_ways_home();
    client_credentials::a_request_that_is_cancelled_brings_nothing();
    device::when_the_time_is_over_it_is_asked_about_once_more();
    device::zoho_is_asked_only_after_the_save_that_says_so_and_where_it_fails_the_next_time();
    enhancing::a_refresh_that_does_not_name_them_proves_nothing_and_signing_in_asks_for_all();
    enhancing::it_outlives_a_restart();
    existing_token::a_token_that_is_not_kept_is_not_revoked();
    failing::the_same_undocumented_error_for_long_calls_the_user();
    live_files::a_file_goes_with_its_connection();
    loopback::however_it_ends_the_port_is_closed();
    moved_regions::a_handover_for_the_same_server_shows_where_it_renews();
    moved_regions::an_edited_file_is_told_before_anything_is_sent_there();
    moved_regions::signing_in_again_at_the_new_addresses_asks_for_the_secret();
    regions::an_account_of_another_region_is_exchanged_refreshed_tested_and_revoked_there();
    restarting::the_link_waits_until_a_locked_keyring_is_opened();
    revoking_later::wherever_the_power_is_cut_tokens_nobody_keeps_are_on_the_list();
    stopping::tokens_that_come_after_the_draft_was_thrown_away_are_revoked();
    handover_in::what_is_taken_is_proven_at_its_region_and_confirmed_before_it_is_kept();
    a_draft_is_thrown_away_while_the_way_back_is_checked();
    tokens_that_zoho_refused_are_revoked();

    let unseen: Vec<_> = stages::drawn().difference(&stages::seen()).cloned().collect();
    assert!(unseen.is_empty(), "no story sees {unseen:?}");
}

#[test]
fn a_draft_is_thrown_away_while_the_way_back_is_checked() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::ForgetDraft);
    assert!(scene.snapshot().draft.is_none());
}

#[test]
fn tokens_that_zoho_refused_are_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(r#"{"error":"invalid_code"}"#);
    assert!(matches!(scene.card().standing, Standing::NeedsYou { .. }));
    scene.forget_what_it_did();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.did(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
}
