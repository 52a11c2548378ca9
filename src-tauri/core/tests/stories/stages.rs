//! The state diagram in ARCHITECTURE.md and the stories show the same arrows.

use keyfob_core::intent::{RevokeIntent, SignInIntent, TokensIntent};
use keyfob_core::standing::Standing;

use crate::scene::{Scene, stages};
use crate::{
    adding_regions, asking_regions, client_credentials, device, enhancing, existing_token, failing, handover_in,
    live_files, loopback, moved_regions, regions, restarting, revoking_later, stopping,
};

/// Each story fails when it sees an arrow that is not drawn. These stories see all that are drawn.
#[test]
fn every_arrow_of_the_diagram_is_seen_by_a_story() {
    adding_regions::a_missing_region_is_reported_and_its_tokens_are_kept();
    asking_regions::practice_neither_asks_nor_is_asked();
    asking_regions::zohos_error_page_and_other_redirect_methods_offer_it_too();
    client_credentials::a_cancelled_request_yields_no_token();
    device::an_expired_code_is_polled_once_more();
    device::a_poll_waits_for_its_save_and_a_failed_save_skips_it();
    enhancing::a_refresh_without_the_permissions_leads_to_a_full_sign_in();
    enhancing::adding_permissions_survives_a_restart();
    existing_token::a_token_not_kept_is_not_revoked();
    failing::a_repeated_undocumented_error_needs_the_user();
    live_files::a_live_file_is_removed_with_its_connection();
    loopback::however_an_attempt_ends_the_port_closes();
    moved_regions::a_handover_for_the_same_server_shows_where_it_renews();
    moved_regions::an_edited_file_is_reported_before_anything_is_sent();
    moved_regions::signing_in_again_at_the_new_addresses_asks_for_the_secret();
    regions::an_account_of_another_region_is_used_at_its_region();
    restarting::the_link_waits_until_a_locked_keyring_is_opened();
    revoking_later::a_power_cut_leaves_unkept_tokens_on_the_list();
    stopping::tokens_received_after_discarding_the_draft_are_revoked();
    handover_in::a_handover_is_proven_and_confirmed_before_it_is_kept();
    a_draft_is_discarded_during_the_redirect_check();
    tokens_refused_by_zoho_are_revoked();

    let unseen: Vec<_> = stages::drawn().difference(&stages::seen()).cloned().collect();
    assert!(unseen.is_empty(), "no story sees {unseen:?}");
}

#[test]
fn a_draft_is_discarded_during_the_redirect_check() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::ForgetDraft);
    assert!(scene.snapshot().draft.is_none());
}

#[test]
fn tokens_refused_by_zoho_are_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(r#"{"error":"invalid_code"}"#);
    assert!(matches!(scene.card().standing, Standing::NeedsYou { .. }));
    scene.forget_what_it_did();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.did(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
}
