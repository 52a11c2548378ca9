//! The scopes that Cliq accepts in a token without a user.

use super::Scope;

/// The scopes with which such a token was seen to work: posting to a bot, and these reads. Zoho's token endpoint also
/// grants others, such as `ZohoCliq.Channels.UPDATE` and `ZohoCliq.Messages.UPDATE`; Cliq then answers
/// `oauthtoken_scope_invalid`. Source: public reports of live tests; Zoho does not document it.
const PROVEN: [&str; 3] = ["ZohoCliq.Webhooks.CREATE", "ZohoCliq.Users.READ", "ZohoCliq.Channels.READ"];

/// The resource all of whose scopes were seen to work.
const PROVEN_RESOURCE: &str = "ZohoCliq.Bots.";

impl Scope {
    /// Whether Cliq was seen to accept this scope in a token of the client itself (`client_credentials`).
    pub fn is_proven_without_user(&self) -> bool {
        PROVEN.contains(&self.as_str()) || self.as_str().starts_with(PROVEN_RESOURCE)
    }
}
