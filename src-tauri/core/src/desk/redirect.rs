//! The draft's redirect URI: Keyfob's own, or one that the client has already.

use zoho_oauth::client::RedirectUri;
use zoho_oauth::value::ZohoValue;

use crate::domain::credential_hints::Hint;
use crate::domain::draft::Draft;
use crate::domain::way_home::{WayHome, redirect_uris};

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
        WayHome::with(self.client_type, self.own_redirect.as_ref())
    }

    /// The addresses that the client is registered with, or is to be.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        match (self.way_home(), &self.own_redirect) {
            (WayHome::Pasted, Some(own)) => vec![own.as_str().to_owned()],
            _ => redirect_uris(self.client_type),
        }
    }

    fn is_keyfobs_redirect(&self, address: &str) -> bool {
        let address = address.trim();
        address.is_empty() || redirect_uris(self.client_type).iter().any(|own| own == address)
    }
}
