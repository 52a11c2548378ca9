//! What the world answers to an effect.

use secrecy::{SecretSlice, SecretString};
use zoho_oauth::authorization_request::Nonce;
use zoho_oauth::region::Region;
use zoho_oauth::request::Outcome;

use super::NotUnsealed;
use crate::domain::problem::Problem;
use crate::messages::confirmation::Decision;

/// What an effect answers.
#[derive(Debug)]
pub enum Answer {
    /// What was kept; nothing on a first start.
    VaultOpened(Result<Opened, Problem>),
    /// Durable, with what the user should know about the vault; or not at all.
    Saved(Result<Option<Problem>, Problem>),
    /// The scheme leads here.
    RedirectChecked(Result<(), Problem>),
    /// The port it is listened on.
    Listening(Result<u16, Problem>),
    /// For a new consent.
    Drawn(Nonce),
    /// A browser was started.
    BrowserOpened(Result<(), Problem>),
    /// An answer from Zoho, or none.
    Replied(Outcome),
    /// What the user answered.
    Confirmed(Decision),
    /// It is on the clipboard.
    Copied(Result<(), Problem>),
    /// What the clipboard holds.
    Pasted(Result<SecretString, Problem>),
    /// What the file holds; `None` when the user cancels.
    FilePicked(Result<Option<SecretSlice<u8>>, Problem>),
    /// The file's name; `None` when the user cancels.
    FileSaved(Result<Option<String>, Problem>),
    /// The whole path; `None` when the user cancels.
    PlaceChosen(Result<Option<String>, Problem>),
    /// A reader finds the new content there, or the one before.
    LiveFileWritten(Result<(), Problem>),
    /// It is not there any more.
    LiveFileRemoved(Result<(), Problem>),
    /// What was under the seal.
    Unsealed(Result<SecretSlice<u8>, NotUnsealed>),
    /// `regions.json` is written; with the path of the file that was set aside, where there was one.
    RegionsSaved(Result<Option<String>, Problem>),
    /// Whether it does, from now on.
    StartsAtLogin(Result<bool, Problem>),
    /// The Practice region.
    PracticeStarted(Result<Box<Region>, Problem>),
}

/// For each kind of answer, a way to take what is in it; `None` where it is of another kind.
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
    /// The user's consent to what a dialog asked; `None` where they did not give it.
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
    /// The public half of its key, which others may seal to; `None` when no key is kept.
    pub own_key: Option<String>,
}
