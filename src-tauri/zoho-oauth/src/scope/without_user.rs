//! Which permissions Cliq honours for a token that stands for no user.

use super::Scope;

/// Those with which such a token was seen to work: posting to a bot, and these reads. Zoho's token endpoint also grants others,
/// such as `ZohoCliq.Channels.UPDATE` and `ZohoCliq.Messages.UPDATE`, and Cliq then answers `oauthtoken_scope_invalid`.
/// Source: public reports of live tests; no page of Zoho's says it.
const PROVEN: [&str; 3] = ["ZohoCliq.Webhooks.CREATE", "ZohoCliq.Users.READ", "ZohoCliq.Channels.READ"];

/// Every permission of this resource.
const PROVEN_RESOURCE: &str = "ZohoCliq.Bots.";

impl Scope {
    /// Whether Cliq was seen to honour it for a token that a client got by itself.
    pub fn is_proven_without_user(&self) -> bool {
        PROVEN.contains(&self.as_str()) || self.as_str().starts_with(PROVEN_RESOURCE)
    }
}
