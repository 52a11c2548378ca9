//! What is shown: one picture for the window, free of secrets.
//!
//! Invariant: no field holds a token, a code, a verifier, a passphrase or a client secret; the longest piece of one is
//! the last four characters in [`Masked`]. Deliberately absent: words, which the page has by code.

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

/// The whole picture at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// What fills the window.
    pub screen: Screen,
    /// Every connection, by name.
    pub connections: Vec<Card>,
    /// What only the open page of a connection shows.
    pub page: Option<Page>,
    /// Every revocation that waits, the oldest first.
    pub revocations: Vec<Revocation>,
    /// The wizard's draft, also while another screen is shown.
    pub draft: Option<Draft>,
    /// Every region.
    pub regions: Vec<RegionShown>,
    /// What the user should know, whatever the screen.
    pub notices: Vec<Notice>,
    /// What went to the clipboard last, while it is there.
    pub copied: Option<Copied>,
    /// What a file offers, until the user takes or leaves it.
    pub offer: Option<Offer>,
    /// What is being handed over.
    pub handing_over: Option<HandingOver>,
    /// The key that colleagues may seal to; `None` when none is kept.
    pub own_key: Option<String>,
    /// What was chosen for Keyfob as a whole.
    pub settings: Settings,
    /// The system starts Keyfob at login.
    pub at_login: bool,
    /// The window was closed, and it is asked what that is to do.
    pub closing: Option<Closing>,
    /// It is asked whether to quit although this keeps Keyfob from saving. It quits by itself once it can.
    pub quitting: Option<Problem>,
    /// How secrets are kept in this run.
    pub keeping: Keeping,
    /// Links that were ignored: stray, forged or replayed.
    pub strays: u32,
}

/// A region.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegionShown {
    /// Its name and addresses.
    #[serde(flatten)]
    pub region: Region,
    /// The accounts server of one that the user added, to be shown with its name; `None` for the others.
    pub host: Option<String>,
}

/// What fills the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Screen {
    /// The vault is being opened.
    Starting,
    /// The vault is not open. `passphrase`: what one is good for; `None` where it does not help.
    Vault { problem: Problem, trying: bool, passphrase: Option<PassphraseFor> },
    /// Nothing is here yet.
    Welcome,
    /// The wizard, at this step.
    Wizard { step: Step },
    /// The cards.
    Home,
    /// One connection's page.
    Connection { id: ConnectionId },
}

/// What a passphrase is good for while the vault is not open.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PassphraseFor {
    /// It opens the vault.
    Opening,
    /// It keeps the vault's key where the keyring does not.
    Keeping,
}

impl PassphraseFor {
    /// What it is good for with this problem; `None` where it does not help.
    pub fn help_with(problem: &Problem) -> Option<Self> {
        match problem {
            Problem::PassphraseNeeded | Problem::PassphraseWrong => Some(Self::Opening),
            problem => problem.is_of_the_keyring().then_some(Self::Keeping),
        }
    }
}

/// A secret as it may be shown: dots of a fixed length and the last four characters.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Masks a secret; one too short to lose four characters is dots only.
    pub fn of(secret: &SecretString) -> Self {
        let text = secret.expose_secret();
        let count = text.chars().count();
        let tail: String = if count >= 16 { text.chars().skip(count - 4).collect() } else { String::new() };
        Self(format!("••••{tail}"))
    }
}
