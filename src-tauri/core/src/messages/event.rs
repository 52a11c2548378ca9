//! The events that reach the Desk.

use std::fmt;

use secrecy::SecretSlice;

use crate::domain::problem::Problem;
use crate::messages::cli::{Caller, CliRequest};
use crate::messages::effect::{Answer, Ticket};
use crate::messages::intent::Intent;
use crate::messages::loopback::LoopbackRequest;

/// Something that happened. Events arrive in the order in which they happened.
pub enum Event {
    /// Keyfob started.
    Started {
        /// The content of `regions.json`; `None` when it does not exist, and the problem when it could not be read.
        regions_file: Result<Option<String>, Problem>,
        /// The operating system, in a few words for a report.
        system: String,
    },
    /// The user asked for something.
    Asked(Intent),
    /// A link with Keyfob's scheme was opened, by any program; it may hold any bytes.
    LinkArrived(Vec<u8>),
    /// A request came to the open port, from any program on this computer.
    LoopbackAsked {
        /// The request to answer.
        request: LoopbackRequest,
        /// The request target: path and query, any bytes.
        target: Vec<u8>,
    },
    /// A program of another user connected to that port; it was refused, and its request is ignored.
    LoopbackRefused,
    /// A program of this user connected to that port with TLS: a browser that insists on `https`.
    HttpsAsked,
    /// The user dropped a file on the window; its content is untrusted.
    FileDropped(Result<SecretSlice<u8>, Problem>),
    /// The user pressed the window's close button.
    CloseAsked {
        /// Whether the desktop shows Keyfob's tray icon, so that the user can find it again.
        tray: bool,
    },
    /// Whether Keyfob starts at login, as the system reports it.
    StartsAtLogin(bool),
    /// A program sent a request on the command line, and waits.
    ScriptAsked {
        /// The program to reply to.
        caller: Caller,
        /// Its request.
        request: CliRequest,
    },
    /// A program no longer waits.
    ScriptLeft(Caller),
    /// The answer to an effect.
    Answered(Ticket, Answer),
    /// The moment of [`crate::Effect::LookAt`] has come.
    Looked,
    /// The computer woke up: time has passed, and Keyfob retries what could not reach Zoho.
    Woke,
    /// A network is available again: Keyfob retries what could not reach Zoho. May arrive at any rate.
    NetworkBack,
}

/// Shows only the length of a link, which holds a code.
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
            Self::ScriptAsked { caller, request } => f.debug_tuple("ScriptAsked").field(caller).field(request).finish(),
            Self::ScriptLeft(caller) => f.debug_tuple("ScriptLeft").field(caller).finish(),
            Self::Answered(ticket, answer) => f.debug_tuple("Answered").field(ticket).field(answer).finish(),
            Self::Looked => f.write_str("Looked"),
            Self::Woke => f.write_str("Woke"),
            Self::NetworkBack => f.write_str("NetworkBack"),
        }
    }
}
