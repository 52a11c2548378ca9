//! What to do in the world, and what it answers.
//!
//! Invariant: every effect that answers carries a [`Ticket`]; an answer with an old ticket is dropped.

mod answer;

pub use answer::{Answer, Opened};

use std::fmt;
use std::time::Duration;

use secrecy::{SecretSlice, SecretString};
use zoho_oauth::request::{Request, TransportError};

use crate::Moment;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::problem::Problem;
use crate::formats::handover_file::Lock;
use crate::formats::new_file::NewFile;
use crate::messages::browser::Address;
use crate::messages::cli::{Caller, CliReply};
use crate::messages::confirmation::{Confirmation, Decision};
use crate::messages::loopback::{LoopbackPage, LoopbackRequest};

/// Which question an answer belongs to; never given twice in a run.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub(crate) u64);

/// How the vault's key is held.
#[derive(Clone, Debug)]
pub enum KeptBy {
    /// The keyring of the operating system.
    Keyring,
    /// A passphrase that only the user knows.
    Passphrase(SecretString),
    /// Nothing: this run only.
    ThisRun,
}

/// One thing to do.
#[derive(Clone)]
pub enum Effect {
    /// Open the vault and read what is kept. Answers [`Answer::VaultOpened`].
    OpenVault(Ticket, KeptBy),
    /// Seal this record; strictly in order with other saves. Answers [`Answer::Saved`].
    Save(Ticket, SecretSlice<u8>),
    /// Prove that the link scheme leads here, and repair it where it does not. Answers [`Answer::RedirectChecked`].
    CheckRedirect(Ticket),
    /// Listen on the first of these ports that is free, for whoever is of this machine; what comes there is an
    /// [`crate::Event::LoopbackAsked`]. What was listened on before is closed. Answers [`Answer::Listening`].
    Listen(Ticket, Vec<u16>),
    /// Send this page to the browser that sent this request.
    AnswerLoopback(LoopbackRequest, LoopbackPage),
    /// Close the port; who was let in already still gets a page.
    StopListening,
    /// Draw fresh random values. Answers [`Answer::Drawn`].
    Draw(Ticket),
    /// Open an address in the user's own browser. Answers [`Answer::BrowserOpened`].
    OpenBrowser(Ticket, Address),
    /// Send a request. Answers [`Answer::Replied`].
    Send(Ticket, Request),
    /// Ask the user outside the page. Answers [`Answer::Confirmed`].
    Confirm(Ticket, Confirmation),
    /// Close that question without an answer.
    StopConfirming(Ticket),
    /// Put a text on the clipboard, kept out of its history when secret. Answers [`Answer::Copied`].
    Copy(Ticket, SecretString, Sensitivity),
    /// Put this report on the clipboard, followed by the newest lines of the flight recorder. Answers [`Answer::Copied`].
    CopyReport(Ticket, String),
    /// Empty the clipboard if it still holds what Keyfob put there.
    ClearClipboard,
    /// Read the clipboard. Answers [`Answer::Pasted`].
    Paste(Ticket),
    /// Ask which file, and read it. Answers [`Answer::FilePicked`].
    PickFile(Ticket),
    /// Ask where to, and write a file only its owner can read. Answers [`Answer::FileSaved`].
    SaveFile(Ticket, NewFile),
    /// Ask where a file of this name is to be; write nothing yet. Answers [`Answer::PlaceChosen`].
    ChoosePlace(Ticket, String),
    /// Put this at a path, in a folder that is there: whole or not at all, for its owner alone, and in place of a link
    /// rather than through it. Where fingerprints are given, a file there that has none of them is left as it is. Answers
    /// [`Answer::LiveFileWritten`].
    WriteLiveFile(Ticket, String, SecretString, Vec<Fingerprint>),
    /// Remove that file; one that has none of these fingerprints, where any are given, is left. Answers
    /// [`Answer::LiveFileRemoved`].
    RemoveLiveFile(Ticket, String, Vec<Fingerprint>),
    /// Seal a content, then ask where to, and write. Answers [`Answer::FileSaved`].
    SaveSealed(Ticket, Sealing),
    /// Open a sealed file. Answers [`Answer::Unsealed`].
    Unseal(Ticket, SecretSlice<u8>, Unlock),
    /// Write the regions the user added. A file there that has none of these fingerprints is set aside first, under a name
    /// that no file has. Answers [`Answer::RegionsSaved`].
    SaveRegions(Ticket, String, Vec<Fingerprint>),
    /// Start the Zoho inside the app. Answers [`Answer::PracticeStarted`].
    StartPractice(Ticket),
    /// Tell a program what it asked for, or how far that is.
    TellScript(Caller, CliReply),
    /// Bring the window to the front.
    Raise,
    /// Take the window away: into the tray, and where there is none, among the small windows.
    Withdraw,
    /// Quit, once what is under way is saved.
    Quit,
    /// Have the system start Keyfob at login, out of sight; or not any more. Answers [`Answer::StartsAtLogin`].
    StartAtLogin(Ticket, bool),
    /// Look again at this moment, or earlier; replaces the wish before.
    LookAt(Moment),
}

impl Effect {
    /// What it answers when the work on it broke off: whoever waits for it is told so, and may ask again. Nothing for one
    /// that answers nothing, and for those the engine performs itself.
    pub fn broken_off(&self) -> Option<(Ticket, Answer)> {
        let reason = || "it broke off".to_owned();
        let not_written = || Problem::FileNotWritten { reason: reason() };
        let (ticket, answer) = match self {
            Self::OpenVault(ticket, _) => {
                (ticket, Answer::VaultOpened(Err(Problem::VaultUnreadable { reason: reason() })))
            }
            Self::Save(ticket, _) => (ticket, Answer::Saved(Err(Problem::NotSaved { reason: reason() }))),
            Self::CheckRedirect(ticket) => (ticket, Answer::RedirectChecked(Err(Problem::LinkNotOurs { owner: None }))),
            Self::Listen(ticket, ports) => {
                (ticket, Answer::Listening(Err(Problem::PortsBusy { ports: ports.clone() })))
            }
            Self::OpenBrowser(ticket, _) => (ticket, Answer::BrowserOpened(Err(Problem::BrowserNotOpened))),
            // It may have reached Zoho.
            Self::Send(ticket, _) => (ticket, Answer::Replied(Err(TransportError::CutShort))),
            Self::Confirm(ticket, _) => (ticket, Answer::Confirmed(Decision::Dismiss)),
            Self::Copy(ticket, ..) | Self::CopyReport(ticket, _) => {
                (ticket, Answer::Copied(Err(Problem::ClipboardClosed)))
            }
            Self::Paste(ticket) => (ticket, Answer::Pasted(Err(Problem::ClipboardClosed))),
            Self::PickFile(ticket) => (ticket, Answer::FilePicked(Err(Problem::FileNotRead { reason: reason() }))),
            Self::SaveFile(ticket, _) | Self::SaveSealed(ticket, _) => (ticket, Answer::FileSaved(Err(not_written()))),
            Self::ChoosePlace(ticket, _) => (ticket, Answer::PlaceChosen(Err(not_written()))),
            Self::WriteLiveFile(ticket, ..) => {
                (ticket, Answer::LiveFileWritten(Err(Problem::LiveFileNotWritten { reason: reason() })))
            }
            Self::RemoveLiveFile(ticket, path, _) => {
                let left = Problem::LiveFileLeft { path: path.clone(), reason: reason() };
                (ticket, Answer::LiveFileRemoved(Err(left)))
            }
            Self::Unseal(ticket, ..) => (ticket, Answer::Unsealed(Err(NotUnsealed::Damaged))),
            Self::SaveRegions(ticket, ..) => (ticket, Answer::RegionsSaved(Err(not_written()))),
            Self::StartPractice(ticket) => {
                (ticket, Answer::PracticeStarted(Err(Problem::PracticeNotStarted { reason: reason() })))
            }
            Self::StartAtLogin(ticket, _) => {
                (ticket, Answer::StartsAtLogin(Err(Problem::LoginUnchanged { reason: reason() })))
            }
            Self::AnswerLoopback(..)
            | Self::StopListening
            | Self::StopConfirming(_)
            | Self::ClearClipboard
            | Self::TellScript(..)
            | Self::Raise
            | Self::Withdraw
            | Self::Quit
            | Self::Draw(_)
            | Self::LookAt(_) => return None,
        };
        Some((*ticket, answer))
    }
}

/// Names and no contents: the address of a consent holds its `state`.
impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, ticket) = match self {
            Self::OpenVault(ticket, _) => ("OpenVault", Some(ticket)),
            Self::Save(ticket, _) => ("Save", Some(ticket)),
            Self::CheckRedirect(ticket) => ("CheckRedirect", Some(ticket)),
            Self::Listen(ticket, _) => ("Listen", Some(ticket)),
            Self::AnswerLoopback(..) => ("AnswerLoopback", None),
            Self::StopListening => ("StopListening", None),
            Self::Draw(ticket) => ("Draw", Some(ticket)),
            Self::OpenBrowser(ticket, _) => ("OpenBrowser", Some(ticket)),
            Self::Send(ticket, _) => ("Send", Some(ticket)),
            Self::Confirm(ticket, _) => ("Confirm", Some(ticket)),
            Self::StopConfirming(ticket) => ("StopConfirming", Some(ticket)),
            Self::Copy(ticket, ..) => ("Copy", Some(ticket)),
            Self::CopyReport(ticket, _) => ("CopyReport", Some(ticket)),
            Self::ClearClipboard => ("ClearClipboard", None),
            Self::Paste(ticket) => ("Paste", Some(ticket)),
            Self::PickFile(ticket) => ("PickFile", Some(ticket)),
            Self::SaveFile(ticket, _) => ("SaveFile", Some(ticket)),
            Self::ChoosePlace(ticket, _) => ("ChoosePlace", Some(ticket)),
            Self::WriteLiveFile(ticket, ..) => ("WriteLiveFile", Some(ticket)),
            Self::RemoveLiveFile(ticket, ..) => ("RemoveLiveFile", Some(ticket)),
            Self::SaveSealed(ticket, _) => ("SaveSealed", Some(ticket)),
            Self::Unseal(ticket, ..) => ("Unseal", Some(ticket)),
            Self::SaveRegions(ticket, ..) => ("SaveRegions", Some(ticket)),
            Self::StartPractice(ticket) => ("StartPractice", Some(ticket)),
            Self::TellScript(..) => ("TellScript", None),
            Self::Raise => ("Raise", None),
            Self::Withdraw => ("Withdraw", None),
            Self::Quit => ("Quit", None),
            Self::StartAtLogin(ticket, _) => ("StartAtLogin", Some(ticket)),
            Self::LookAt(_) => ("LookAt", None),
        };
        match ticket {
            Some(ticket) => f.debug_tuple(name).field(ticket).finish(),
            None => f.write_str(name),
        }
    }
}

/// Whether a copied text is secret.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sensitivity {
    /// A token, or the address of a sign-in.
    Secret,
    /// A redirect URI or the like.
    Plain,
}

/// A file to be sealed, then written where the user says. Its content never lies anywhere as it is.
#[derive(Clone, Debug)]
pub struct Sealing {
    /// What the dialog proposes.
    pub name: String,
    /// The whole content.
    pub content: SecretSlice<u8>,
    /// What it is sealed with.
    pub lock: Lock,
}

/// What a sealed file is opened with.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// The vault's own key, where this Keyfob keeps one.
    OwnKey,
    /// What a colleague told the user.
    Passphrase(SecretString),
}

/// Why a sealed file stays closed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotUnsealed {
    /// A passphrase opens it.
    NeedsPassphrase,
    /// Not this one.
    WrongPassphrase,
    /// It is sealed to a key that is not ours.
    NotForUs,
    /// It is no whole sealed file, or one made to keep this machine busy.
    Damaged,
}

/// The largest file that is read. None that Keyfob can use is near it.
pub const LARGEST_FILE: u64 = 256 * 1024;

/// How long a copied secret stays on the clipboard.
pub const CLIPBOARD_TIME: Duration = Duration::from_secs(30);
