//! The snapshot: all that the window shows, as one value without secrets.
//!
//! Invariant: no field holds a token, a code, a verifier, a passphrase or a client secret; the longest part of one is
//! the last four characters in [`Masked`]. Deliberately absent: text, which the page looks up by code.
#![expect(clippy::disallowed_methods, reason = "shows the last characters only")]

mod candidate;
mod card;
mod draft;
mod notice;
mod offer;
mod page;
mod revocation;

pub use candidate::*;
pub use card::*;
pub use draft::*;
pub use notice::*;
pub use offer::*;
pub use page::*;
pub use revocation::*;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use zoho_oauth::region::Region;

use crate::domain::connection::ConnectionId;
use crate::domain::keeping::Keeping;
use crate::domain::notice::Copied;
use crate::domain::problem::Problem;
use crate::domain::settings::{Closing, Settings};
use crate::domain::step::Step;

/// All that the window shows at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The screen that fills the window.
    pub screen: Screen,
    /// Every connection, by name.
    pub connections: Vec<Card>,
    /// What only the open page of a connection shows.
    pub page: Option<Page>,
    /// Every pending revocation, oldest first.
    pub revocations: Vec<RevocationView>,
    /// The wizard's draft, also while another screen is shown.
    pub draft: Option<DraftView>,
    /// Every region.
    pub regions: Vec<RegionShown>,
    /// The notices, which are on every screen.
    pub notices: Vec<NoticeView>,
    /// What was last copied to the clipboard, while it is there.
    pub copied: Option<Copied>,
    /// A file's offer, until the user accepts or declines it.
    pub offer: Option<OfferView>,
    /// The connection that is being handed over.
    pub handing_over: Option<HandingOver>,
    /// The public key that colleagues can seal a handover to; `None` when none is stored.
    pub own_key: Option<String>,
    /// The user's settings for Keyfob as a whole.
    pub settings: Settings,
    /// Whether the system starts Keyfob at login.
    pub at_login: bool,
    /// Set while Keyfob asks what closing the window does.
    pub closing: Option<Closing>,
    /// Set while Keyfob asks whether to quit although this problem prevents saving. It quits automatically once saved.
    pub quitting: Option<Problem>,
    /// How secrets are stored in this run.
    pub keeping: Keeping,
    /// The number of ignored links: stray, forged or replayed.
    pub strays: u32,
}

/// A region.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegionShown {
    /// Its name and addresses.
    #[serde(flatten)]
    pub region: Region,
    /// The accounts server of a region that the user added, shown with its name; `None` for the others.
    pub host: Option<String>,
}

/// The screen that fills the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Screen {
    /// The vault is being opened.
    Starting,
    /// The vault is not open. `passphrase`: what one would do; `None` when it does not help.
    Vault { problem: Problem, trying: bool, passphrase: Option<PassphraseFor> },
    /// There is no connection yet.
    Welcome,
    /// The wizard, at this step.
    Wizard { step: Step },
    /// The list of connections.
    Home,
    /// One connection's page.
    Connection { id: ConnectionId },
}

/// What a passphrase does while the vault is not open.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PassphraseFor {
    /// It opens the vault.
    Opening,
    /// It protects the vault's key in place of the keyring.
    Keeping,
}

impl PassphraseFor {
    /// What it does about this problem; `None` when it does not help.
    pub fn help_with(problem: &Problem) -> Option<Self> {
        if matches!(problem, Problem::PassphraseNeeded | Problem::PassphraseWrong) {
            return Some(Self::Opening);
        }
        problem.is_of_the_keyring().then_some(Self::Keeping)
    }
}

/// A secret as it may be shown: a fixed number of dots and the last four characters.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Masks a secret; one too short to reveal four characters is only dots.
    pub fn of(secret: &SecretString) -> Self {
        let text = secret.expose_secret();
        let count = text.chars().count();
        let tail: String = if count >= 16 { text.chars().skip(count - 4).collect() } else { String::new() };
        Self(format!("••••{tail}"))
    }
}
