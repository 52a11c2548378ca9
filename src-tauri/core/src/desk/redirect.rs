//! The draft's redirect URI: Keyfob's own, or one that the client has already.

use crate::domain::credential_hints::Hint;
use crate::domain::draft::Draft;
use crate::registration::{RedirectUri, WayHome};
use crate::zoho_value::ZohoValue;

use super::turn::Turn;

impl Turn<'_> {
    /// The client's own redirect URI from now on; an empty one stands for Keyfob's.
    pub(super) fn use_redirect_uri(&mut self, address: &str) {
        self.fill_in(|draft| {
            let (own, keyfobs) = (RedirectUri::new(address), draft.is_keyfobs_redirect(address));
            let refused = own.is_none() && !keyfobs;
            draft.answers.redirect_refused = refused.then(|| Hint::instead_of(ZohoValue::Address, address));
            if !refused {
                draft.own_redirect = own.filter(|_| !keyfobs);
            }
        });
    }
}

impl Draft {
    /// How the answer of this client returns.
    pub(crate) fn way_home(&self) -> WayHome {
        self.client_type.way_home_with(self.own_redirect.as_ref())
    }

    /// The addresses that the client is registered with, or is to be.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        match (self.way_home(), &self.own_redirect) {
            (WayHome::Pasted, Some(own)) => vec![own.as_str().to_owned()],
            _ => self.client_type.redirect_uris(),
        }
    }

    fn is_keyfobs_redirect(&self, address: &str) -> bool {
        let address = address.trim();
        address.is_empty() || self.client_type.redirect_uris().iter().any(|own| own == address)
    }
}
