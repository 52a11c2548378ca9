//! Starting points of stories.

use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{AppIntent, SignInIntent};
use zoho_oauth::client::ClientType;

use super::Scene;
use super::words::{CODE, SECOND_ACCESS, SECOND_REFRESH, STATE, good_link, link, tokens, tokens_of};

impl Scene {
    /// Keyfob's first start, with an open and empty vault.
    pub fn first_start() -> Self {
        let mut scene = Self::new();
        scene.starts(None);
        scene.vault_opens(None);
        scene.did(&["open the vault with the keyring"]);
        scene
    }

    /// The wizard, empty.
    pub fn in_the_wizard() -> Self {
        let mut scene = Self::first_start();
        scene.asks(SignInIntent::Start);
        scene
    }

    /// The wizard, filled in up to the approval.
    pub fn ready_to_approve() -> Self {
        Self::ready_to_approve_in("eu")
    }

    pub fn ready_to_approve_in(region: &str) -> Self {
        let mut scene = Self::first_start();
        scene.fills_in(region);
        scene.settles();
        scene.forget_what_it_did();
        scene
    }

    /// The browser is open and the consent is saved.
    pub fn waiting() -> Self {
        let mut scene = Self::ready_to_approve();
        scene.signs_in();
        scene.forget_what_it_did();
        scene
    }

    /// The browser is open for a Server-based client with a redirect to this port.
    pub fn waiting_at(port: u16) -> Self {
        let mut scene = Self::ready_to_approve();
        scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::ServerBased });
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.listens_on(port);
        scene.draws();
        scene.settles();
        scene.browser_opens();
        scene.forget_what_it_did();
        scene
    }

    /// The code is being exchanged.
    pub fn exchanging() -> Self {
        let mut scene = Self::waiting();
        scene.link(&good_link());
        scene.settles();
        scene.forget_what_it_did();
        scene
    }

    /// Tokens arrived and are to be confirmed.
    pub fn candidate() -> Self {
        let mut scene = Self::exchanging();
        scene.zoho_says(&tokens());
        scene.settles();
        scene.forget_what_it_did();
        scene
    }

    /// One connection, kept and proven.
    pub fn connected() -> (Self, ConnectionId) {
        Self::connected_with(&tokens())
    }

    /// One connection, kept and proven, from this token response.
    pub fn connected_with(tokens: &str) -> (Self, ConnectionId) {
        let mut scene = Self::exchanging();
        scene.zoho_says(tokens);
        scene.keeps("Finance bot");
        let id = scene.card().id;
        (scene, id)
    }

    /// At Practice on a first start, the code of the redirect is being exchanged.
    pub fn exchanging_at_practice() -> Self {
        let mut scene = Self::first_start();
        scene.asks(AppIntent::Practise);
        scene.practice_starts();
        scene.types_credentials();
        scene.signs_in();
        scene.link(&link(&[("state", STATE), ("code", CODE)]));
        scene
    }

    /// One connection that the user signed in again, so that it has another refresh token.
    pub fn signed_in_again() -> (Self, ConnectionId) {
        let (mut scene, id) = Self::connected();
        scene.asks(SignInIntent::SignInAgain { id });
        scene.signs_in();
        scene.link(&good_link());
        scene.zoho_says(&tokens_of(SECOND_ACCESS, SECOND_REFRESH));
        scene.keeps("Finance bot");
        (scene, id)
    }
}
