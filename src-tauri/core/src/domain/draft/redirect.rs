//! The draft's redirect method and redirect URIs.

use crate::domain::redirect_method::{RedirectMethod, redirect_uris};

use super::Draft;

impl Draft {
    /// How this client's authorization response returns.
    pub(crate) fn redirect_method(&self) -> RedirectMethod {
        RedirectMethod::with(self.client_type, self.own_redirect.as_ref())
    }

    /// The redirect URIs that the client is, or is to be, registered with.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        match (self.redirect_method(), &self.own_redirect) {
            (RedirectMethod::Pasted, Some(own)) => vec![own.as_str().to_owned()],
            _ => redirect_uris(self.client_type),
        }
    }

    /// Whether a text means Keyfob's own redirect URI: it is empty, or one of them.
    pub(crate) fn is_keyfobs_redirect(&self, address: &str) -> bool {
        let address = address.trim();
        address.is_empty() || redirect_uris(self.client_type).iter().any(|own| own == address)
    }
}
