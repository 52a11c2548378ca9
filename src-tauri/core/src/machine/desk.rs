//! The Desk: the whole state of Keyfob.
//!
//! Invariant: only [`Desk::handle`] changes it, and nothing in it does I/O. Deliberately absent: texts, clocks,
//! randomness.

use zoho_oauth::region::Regions;

use crate::Moment;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::kept::Kept;
use crate::domain::open_page::OpenPage;
use crate::domain::settings::Closing;

use super::checks::ChecksState;
use super::cli::CliState;
use super::context::{Clipboard, Dialogs};
use super::notices::Notices;
use super::outbox::Outbox;
use super::question::SignInQuestion;
use super::revoke::RevokeState;
use super::share::ShareState;
use super::sign_in::{After, SignInState};
use super::store::{Open, Store};
use super::tokens::TokensState;

/// The whole state of Keyfob.
#[derive(Debug)]
pub struct Desk {
    /// Whether a user may be at the window.
    pub(super) attended: bool,
    pub(super) system: String,
    pub(crate) regions: Regions,
    /// The contents of `regions.json` that a save may overwrite without loss: what was read, and what was saved since.
    pub(super) regions_file: Vec<Fingerprint>,
    pub(crate) kept: Kept,
    pub(crate) store: Store<After>,
    pub(crate) tokens: TokensState,
    pub(crate) checks: ChecksState,
    pub(crate) share: ShareState,
    pub(crate) revoke: RevokeState,
    pub(crate) cli: CliState,
    pub(crate) sign_in: SignInState,
    pub(crate) notices: Notices,
    pub(super) dialogs: Dialogs,
    pub(crate) clipboard: Clipboard,
    pub(super) outbox: Outbox,
    pub(crate) page: OpenPage,
    pub(crate) closing: Option<Closing>,
    /// Whether the user is being asked to quit with something unsaved.
    pub(crate) quitting: bool,
    pub(crate) at_login: bool,
    pub(super) looking_at: Option<Moment>,
    /// When the last event came.
    pub(super) latest: Moment,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            attended: true,
            system: String::new(),
            regions: Regions::built_in(),
            regions_file: Vec::new(),
            kept: Kept::default(),
            store: Store::default(),
            tokens: TokensState::default(),
            checks: ChecksState::default(),
            share: ShareState::default(),
            revoke: RevokeState::default(),
            cli: CliState::default(),
            sign_in: SignInState::default(),
            notices: Notices::default(),
            dialogs: Dialogs::default(),
            clipboard: Clipboard::default(),
            outbox: Outbox::default(),
            page: OpenPage::default(),
            closing: None,
            quitting: false,
            at_login: false,
            looking_at: None,
            latest: Moment::default(),
        }
    }
}

impl Desk {
    /// Returns a Desk without a user: it does what programs request, and nothing else.
    pub fn unattended() -> Self {
        Self { attended: false, ..Self::default() }
    }

    /// The vault; `None` when it is not open.
    pub(crate) fn open_vault(&self) -> Option<&Open<After>> {
        self.store.opened()
    }

    /// Whether Cliq is being asked about the candidate's token.
    pub(crate) fn is_proving(&self) -> bool {
        self.outbox.count(|question| matches!(question, SignInQuestion::Prove)) > 0
    }
}
