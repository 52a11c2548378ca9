//! What happened.

use std::fmt;

use secrecy::SecretSlice;

use crate::domain::problem::Problem;
use crate::messages::cli::{Caller, CliRequest};
use crate::messages::effect::{Answer, Ticket};
use crate::messages::intent::Intent;
use crate::messages::loopback::LoopbackRequest;

/// One thing that happened, in the order it did.
pub enum Event {
    /// Keyfob started.
    Started {
        /// What `regions.json` holds; `None` when there is none, and the problem when it is there and was not read.
        regions_file: Result<Option<String>, Problem>,
        /// The system it runs on, in a few words for a report.
        system: String,
    },
    /// The user asked for something.
    Asked(Intent),
    /// A link of ours was opened, by whomever; any bytes.
    LinkArrived(Vec<u8>),
    /// A request came to the port that is listened on, from whatever is on this machine.
    LoopbackAsked {
        /// Which one is to be answered.
        request: LoopbackRequest,
        /// What it asked for: path and query, any bytes.
        target: Vec<u8>,
    },
    /// A program of another user came to that port; it was sent away, and what it asked for is not looked at.
    LoopbackRefused,
    /// A program of this user came to that port and spoke TLS: a browser that insists on `https`.
    HttpsAsked,
    /// A file was dropped on the window; what it holds, from whomever it is.
    FileDropped(Result<SecretSlice<u8>, Problem>),
    /// The window's close button was pressed. `tray`: the desktop shows Keyfob's icon, so that it can be found again.
    CloseAsked {
        /// Whether it does.
        tray: bool,
    },
    /// Whether Keyfob starts at login, as the system has it.
    StartsAtLogin(bool),
    /// A program asks on the command line, and waits.
    ScriptAsked {
        /// Who is to be told.
        caller: Caller,
        /// What it asks.
        wish: CliRequest,
    },
    /// It waits no longer.
    ScriptLeft(Caller),
    /// An effect answered.
    Answered(Ticket, Answer),
    /// It was time to look again.
    Looked,
    /// The machine woke up: time has passed, and what could not reach Zoho is tried again.
    Woke,
    /// There is a network again: what could not reach Zoho is tried again. It may come as often as it likes.
    NetworkBack,
}

/// A link holds a code: only how long it is may be told.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { regions_file, .. } => f.debug_tuple("Started").field(regions_file).finish(),
            Self::Asked(intent) => f.debug_tuple("Asked").field(intent).finish(),
            Self::LinkArrived(link) => write!(f, "LinkArrived({} bytes)", link.len()),
            Self::LoopbackAsked { target, .. } => write!(f, "LoopbackAsked({} bytes)", target.len()),
            Self::LoopbackRefused => f.write_str("LoopbackRefused"),
            Self::HttpsAsked => f.write_str("HttpsAsked"),
            Self::FileDropped(Ok(_)) => f.write_str("FileDropped"),
            Self::FileDropped(Err(problem)) => f.debug_tuple("FileDropped").field(problem).finish(),
            Self::CloseAsked { tray } => f.debug_struct("CloseAsked").field("tray", tray).finish(),
            Self::StartsAtLogin(on) => f.debug_tuple("StartsAtLogin").field(on).finish(),
            Self::ScriptAsked { caller, wish } => f.debug_tuple("ScriptAsked").field(caller).field(wish).finish(),
            Self::ScriptLeft(caller) => f.debug_tuple("ScriptLeft").field(caller).finish(),
            Self::Answered(ticket, answer) => f.debug_tuple("Answered").field(ticket).field(answer).finish(),
            Self::Looked => f.write_str("Looked"),
            Self::Woke => f.write_str("Woke"),
            Self::NetworkBack => f.write_str("NetworkBack"),
        }
    }
}
