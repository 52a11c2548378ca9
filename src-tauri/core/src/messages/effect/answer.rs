//! The answers to effects.

use secrecy::{SecretSlice, SecretString};
use zoho_oauth::authorization_request::Nonce;
use zoho_oauth::region::Region;
use zoho_oauth::request::Outcome;

use super::NotUnsealed;
use crate::domain::problem::Problem;
use crate::messages::confirmation::Decision;

/// The answer to an effect.
#[derive(Debug)]
pub enum Answer {
    /// The opened vault; without a record on a first start.
    VaultOpened(Result<Opened, Problem>),
    /// The record is durable, with what the user should know about the vault; or nothing was saved.
    Saved(Result<Option<Problem>, Problem>),
    /// The link scheme opens this Keyfob.
    RedirectChecked(Result<(), Problem>),
    /// The open port.
    Listening(Result<u16, Problem>),
    /// The random values for a new authorization request.
    Drawn(Nonce),
    /// A browser was started.
    BrowserOpened(Result<(), Problem>),
    /// Zoho's response, or why there is none.
    Replied(Outcome),
    /// The user's answer.
    Confirmed(Decision),
    /// The text is on the clipboard.
    Copied(Result<(), Problem>),
    /// The text on the clipboard.
    Pasted(Result<SecretString, Problem>),
    /// The file's content; `None` when the user cancels.
    FilePicked(Result<Option<SecretSlice<u8>>, Problem>),
    /// The file's name; `None` when the user cancels.
    FileSaved(Result<Option<String>, Problem>),
    /// The whole path; `None` when the user cancels.
    PlaceChosen(Result<Option<String>, Problem>),
    /// The write is atomic: a reader finds the new content, or the previous one.
    LiveFileWritten(Result<(), Problem>),
    /// The file no longer exists.
    LiveFileRemoved(Result<(), Problem>),
    /// The unsealed content.
    Unsealed(Result<SecretSlice<u8>, NotUnsealed>),
    /// `regions.json` is written; with the path of the file that was set aside, if any.
    RegionsSaved(Result<Option<String>, Problem>),
    /// Whether Keyfob starts at login from now on.
    StartsAtLogin(Result<bool, Problem>),
    /// The Practice region.
    PracticeStarted(Result<Box<Region>, Problem>),
}

/// For each kind of answer, a method that returns its content; `None` for another kind.
macro_rules! takes {
    ($($take:ident: $kind:ident($of:ty)),* $(,)?) => {
        impl Answer {
            $(pub(crate) fn $take(self) -> Option<$of> {
                if let Self::$kind(it) = self { Some(it) } else { None }
            })*
        }
    };
}

takes! {
    vault_opened: VaultOpened(Result<Opened, Problem>),
    saved: Saved(Result<Option<Problem>, Problem>),
    redirect_checked: RedirectChecked(Result<(), Problem>),
    listening: Listening(Result<u16, Problem>),
    drawn: Drawn(Nonce),
    browser_opened: BrowserOpened(Result<(), Problem>),
    replied: Replied(Outcome),
    confirmed: Confirmed(Decision),
    copied: Copied(Result<(), Problem>),
    pasted: Pasted(Result<SecretString, Problem>),
    file_picked: FilePicked(Result<Option<SecretSlice<u8>>, Problem>),
    file_saved: FileSaved(Result<Option<String>, Problem>),
    place_chosen: PlaceChosen(Result<Option<String>, Problem>),
    live_file_written: LiveFileWritten(Result<(), Problem>),
    live_file_removed: LiveFileRemoved(Result<(), Problem>),
    unsealed: Unsealed(Result<SecretSlice<u8>, NotUnsealed>),
    regions_saved: RegionsSaved(Result<Option<String>, Problem>),
    starts_at_login: StartsAtLogin(Result<bool, Problem>),
    practice_started: PracticeStarted(Result<Box<Region>, Problem>),
}

impl Answer {
    /// Returns `Some` when the user allowed what a dialog asked, and `None` otherwise.
    pub(crate) fn allowed(self) -> Option<()> {
        (self.confirmed()? == Decision::Allow).then_some(())
    }
}

/// An opened vault.
#[derive(Debug)]
pub struct Opened {
    /// The record; `None` when nothing was ever saved.
    pub record: Option<SecretSlice<u8>>,
    /// What the user should know about it.
    pub notice: Option<Problem>,
    /// The public half of its key, to which others may seal; `None` when no key is kept.
    pub own_key: Option<String>,
}
