//! How the answer of the draft's client returns, and the addresses for that.

use crate::domain::redirect_method::{RedirectMethod, redirect_uris};

use super::Draft;

impl Draft {
    /// How the answer of this client returns.
    pub(crate) fn redirect_method(&self) -> RedirectMethod {
        RedirectMethod::with(self.client_type, self.own_redirect.as_ref())
    }

    /// The addresses that the client is registered with, or is to be.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        match (self.redirect_method(), &self.own_redirect) {
            (RedirectMethod::Pasted, Some(own)) => vec![own.as_str().to_owned()],
            _ => redirect_uris(self.client_type),
        }
    }

    /// Whether a text stands for Keyfob's own address: it is empty, or one of them.
    pub(crate) fn is_keyfobs_redirect(&self, address: &str) -> bool {
        let address = address.trim();
        address.is_empty() || redirect_uris(self.client_type).iter().any(|own| own == address)
    }
}
