//! What the sign-in machine remembers between events, beside the drafts.

use secrecy::SecretSlice;
use zoho_oauth::authorization_response;

use crate::Moment;
use crate::domain::connection::ConnectionId;

use super::offer::Offer;
use super::search::Search;

/// Everything that the vault does not keep.
#[derive(Debug, Default)]
pub(crate) struct SignInState {
    pub(in crate::machine) waiting_links: WaitingLinks,
    pub(super) loopback: Loopback,
    pub(in crate::machine) search: Option<Search>,
    pub(crate) offer: Option<Offer>,
    /// The connection that permissions were added to, until a refresh tells whether they were.
    pub(super) awaits_added: Option<ConnectionId>,
    /// Links and callers that belong to no sign-in.
    pub(crate) strays: u32,
}

/// What is open to the browser.
#[derive(Debug, Default)]
pub(super) struct Loopback {
    pub(super) open: bool,
    /// Until when a page may bring Keyfob to the front, once.
    pub(super) front_until: Option<Moment>,
}

/// A link that comes before the vault is open waits, but not many do.
const WAITING_LINKS: usize = 8;

/// What a cold start by link brought, until there is a consent to hold it against.
#[derive(Debug, Default)]
pub(in crate::machine) struct WaitingLinks(Vec<SecretSlice<u8>>);

impl WaitingLinks {
    /// All of them; none waits then.
    pub(in crate::machine) fn take(&mut self) -> Vec<SecretSlice<u8>> {
        std::mem::take(&mut self.0)
    }

    /// Keeps a link; false when it is too long, or too many wait.
    pub(super) fn keep(&mut self, link: &[u8]) -> bool {
        let fits = self.0.len() < WAITING_LINKS && link.len() <= authorization_response::LONGEST;
        if fits {
            self.0.push(link.to_vec().into());
        }
        fits
    }
}
