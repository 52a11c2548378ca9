//! The draft's redirect URI: Keyfob's own, or one that the client has already.

use zoho_oauth::client::RedirectUri;

use crate::domain::credential_hints::Hint;
use crate::domain::redirect_refused::RedirectRefused;

use super::SignIn;

impl SignIn<'_> {
    /// Uses the client's own redirect URI from now on; an empty one restores Keyfob's.
    pub(in crate::machine) fn use_redirect_uri(&mut self, address: &str) {
        let holds_own_secret = self.holds_own_secret(address);
        self.fill_in(|draft| {
            let taken = match RedirectUri::new(address) {
                _ if holds_own_secret => Err(RedirectRefused::Value { like: Hint::Own }),
                _ if draft.is_keyfobs_redirect(address) => Ok(None),
                read => read.map(Some).map_err(|why| RedirectRefused::of(address, why)),
            };
            draft.answers.redirect_refused = taken.as_ref().err().copied();
            if let Ok(own) = taken {
                draft.own_redirect = own;
            }
        });
    }

    /// Whether a part of an address is a secret that Keyfob keeps: the address goes to Zoho and into the browser's
    /// history.
    fn holds_own_secret(&self, address: &str) -> bool {
        let parts = address.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        parts.filter(|part| !part.is_empty()).any(|part| self.is_own_secret(&part.into()))
    }
}
