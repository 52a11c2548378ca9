//! The effects that the host performs, and the answers that it sends back.
//!
//! Invariant: every effect that has an answer carries a [`Ticket`]; an answer with an old ticket is dropped.

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

/// Identifies the question that an answer belongs to; unique within a run.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub(crate) u64);

/// How the vault's key is held.
#[derive(Clone, Debug)]
pub enum KeptBy {
    /// The operating system's keyring.
    Keyring,
    /// A passphrase that only the user knows.
    Passphrase(SecretString),
    /// Nothing: this run only.
    ThisRun,
}

/// One action for the host.
#[derive(Clone)]
pub enum Effect {
    /// Open the vault and read its record. Answers with [`Answer::VaultOpened`].
    OpenVault(Ticket, KeptBy),
    /// Seal and write this record, strictly in order with other saves. Answers with [`Answer::Saved`].
    Save(Ticket, SecretSlice<u8>),
    /// Check that the link scheme opens this Keyfob, and repair it when it does not. Answers with
    /// [`Answer::RedirectChecked`].
    CheckRedirect(Ticket),
    /// Listen on the first of these ports that is free, for programs on this computer; each request is an
    /// [`crate::Event::LoopbackAsked`]. Closes the port that was open before. Answers with [`Answer::Listening`].
    Listen(Ticket, Vec<u16>),
    /// Send this page to the browser that sent this request.
    AnswerLoopback(LoopbackRequest, LoopbackPage),
    /// Close the port; a request that was accepted before still gets a page.
    StopListening,
    /// Draw fresh random values. Answers with [`Answer::Drawn`].
    Draw(Ticket),
    /// Open an address in the user's browser. Answers with [`Answer::BrowserOpened`].
    OpenBrowser(Ticket, Address),
    /// Send a request. Answers with [`Answer::Replied`].
    Send(Ticket, Request),
    /// Ask the user outside the page. Answers with [`Answer::Confirmed`].
    Confirm(Ticket, Confirmation),
    /// Close that question without an answer.
    StopConfirming(Ticket),
    /// Put a text on the clipboard, and keep a secret out of the clipboard's history. Answers with [`Answer::Copied`].
    Copy(Ticket, SecretString, Sensitivity),
    /// Put this report on the clipboard, followed by the newest lines of the flight recorder. Answers with
    /// [`Answer::Copied`].
    CopyReport(Ticket, String),
    /// Empty the clipboard if it still holds what Keyfob put there.
    ClearClipboard,
    /// Read the clipboard. Answers with [`Answer::Pasted`].
    Paste(Ticket),
    /// Let the user pick a file, and read it. Answers with [`Answer::FilePicked`].
    PickFile(Ticket),
    /// Let the user choose a place, and write a file that only its owner can read. Answers with [`Answer::FileSaved`].
    SaveFile(Ticket, NewFile),
    /// Let the user choose a place for a file of this name; write nothing yet. Answers with [`Answer::PlaceChosen`].
    ChoosePlace(Ticket, String),
    /// Write this to a path in an existing folder: atomically, for its owner alone, and replacing a link rather than
    /// following it. When fingerprints are given, an existing file that has none of them is left as it is. Answers with
    /// [`Answer::LiveFileWritten`].
    WriteLiveFile(Ticket, String, SecretString, Vec<Fingerprint>),
    /// Remove that file, unless fingerprints are given and it has none of them. Answers with
    /// [`Answer::LiveFileRemoved`].
    RemoveLiveFile(Ticket, String, Vec<Fingerprint>),
    /// Seal a content, let the user choose a place, and write it. Answers with [`Answer::FileSaved`].
    SaveSealed(Ticket, Sealing),
    /// Open a sealed file. Answers with [`Answer::Unsealed`].
    Unseal(Ticket, SecretSlice<u8>, Unlock),
    /// Write the regions that the user added. An existing file that has none of these fingerprints is first set aside
    /// under an unused name. Answers with [`Answer::RegionsSaved`].
    SaveRegions(Ticket, String, Vec<Fingerprint>),
    /// Start Practice, the Zoho inside the app. Answers with [`Answer::PracticeStarted`].
    StartPractice(Ticket),
    /// Send a reply to a program.
    TellScript(Caller, CliReply),
    /// Bring the window to the front.
    Raise,
    /// Hide the window in the tray; when there is none, minimise it.
    Withdraw,
    /// Quit, once the saves in flight have ended.
    Quit,
    /// Have the system start Keyfob hidden at login, or stop doing so. Answers with [`Answer::StartsAtLogin`].
    StartAtLogin(Ticket, bool),
    /// Send [`crate::Event::Looked`] at this moment or earlier; replaces the previous request.
    LookAt(Moment),
}

impl Effect {
    /// Returns the answer for an effect whose work broke off, so that the machine that waits learns of it and may ask
    /// again. `None` for an effect without an answer, and for one that the engine performs itself.
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
            // The request may have reached Zoho.
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

/// Shows names and no contents: an authorization URL holds its `state`.
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
    /// Not secret, such as a redirect URI.
    Plain,
}

/// A file to seal, then write where the user chooses. Its content is never written unsealed.
#[derive(Clone, Debug)]
pub struct Sealing {
    /// The file name that the dialog proposes.
    pub name: String,
    /// The whole content.
    pub content: SecretSlice<u8>,
    /// What it is sealed with.
    pub lock: Lock,
}

/// What a sealed file is opened with.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// The vault's own key, if this Keyfob keeps one.
    OwnKey,
    /// A passphrase that the user got from a colleague.
    Passphrase(SecretString),
}

/// Why a sealed file was not opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotUnsealed {
    /// It needs a passphrase.
    NeedsPassphrase,
    /// The passphrase is wrong.
    WrongPassphrase,
    /// It is sealed to a key other than the vault's.
    NotForUs,
    /// It is not a complete sealed file, or was made to cost this computer excessive work.
    Damaged,
}

/// The largest file that Keyfob reads, in bytes. Every file that it can use is far smaller.
pub const LARGEST_FILE: u64 = 256 * 1024;

/// How long a copied secret stays on the clipboard.
pub const CLIPBOARD_TIME: Duration = Duration::from_secs(30);
