//! What the sign-in machine remembers between events, besides the drafts.

use secrecy::SecretSlice;
use zoho_oauth::authorization_response;

use crate::Moment;
use crate::domain::connection::ConnectionId;

use super::offer::Offer;
use super::search::Search;

/// The state that is not saved.
#[derive(Debug, Default)]
pub(crate) struct SignInState {
    pub(in crate::machine) waiting_links: WaitingLinks,
    pub(super) loopback: Loopback,
    pub(in crate::machine) search: Option<Search>,
    pub(crate) offer: Option<Offer>,
    /// The connection to which the user added permissions, until a refresh shows whether they were added.
    pub(super) awaits_added: Option<ConnectionId>,
    /// How many links and requests belonged to no sign-in.
    pub(crate) strays: u32,
}

/// The port for the browser.
#[derive(Debug, Default)]
pub(super) struct Loopback {
    pub(super) open: bool,
    /// Until when a page may bring Keyfob to the front, once.
    pub(super) front_until: Option<Moment>,
}

/// How many links may wait for the vault to open.
const WAITING_LINKS: usize = 8;

/// The links of a cold start, until there is a consent to compare them with.
#[derive(Debug, Default)]
pub(in crate::machine) struct WaitingLinks(Vec<SecretSlice<u8>>);

impl WaitingLinks {
    /// Takes all of them.
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
