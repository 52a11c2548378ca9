//! What a program may ask of Keyfob on the command line, and what it is told.
//!
//! Invariant: nothing here but [`CliReply::Token`] holds a secret, and that one is made only for a connection whose person
//! allowed it. Deliberately absent: sockets, arguments and words.

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zoho_oauth::probe::Proof;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::Shape;
use crate::domain::problem::Problem;
use crate::domain::script_access::ScriptAccess;

/// How long the user has to say whether scripts may.
pub const PERSON_TIME: Duration = Duration::from_mins(2);

/// A program that waits for its answer; never given twice in a run.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Caller(pub u64);

/// What a program asks. A connection is meant by its name, or by `#` and its number.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "wish", rename_all = "camelCase")]
pub enum CliRequest {
    /// Which connections there are, and how they stand.
    List,
    /// An access token.
    Token {
        /// Of this connection.
        name: String,
        /// Good for so many seconds more.
        good_for: u64,
        /// In this shape.
        shape: Shape,
        /// Zoho issued it after this moment: what a program asks for whose token Cliq refused. `None` when an older one
        /// will do. Programs that began to ask before the same refresh share it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issued_after: Option<Moment>,
    },
    /// A new access token, whatever is left of the old one.
    Refresh {
        /// For this connection.
        name: String,
    },
    /// The harmless call to Cliq.
    Test {
        /// With this connection.
        name: String,
    },
    /// The end of its tokens at Zoho and of the connection here, once the user has confirmed it.
    Revoke {
        /// Of this connection.
        name: String,
    },
}

impl CliRequest {
    /// The connection it is about.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::List => None,
            Self::Token { name, .. } | Self::Refresh { name } | Self::Test { name } | Self::Revoke { name } => {
                Some(name)
            }
        }
    }
}

/// What a program is told.
#[derive(Clone, Debug)]
pub enum CliReply {
    /// The user is being asked; the answer follows.
    Asking,
    /// The token, shaped.
    Token(SecretString),
    /// Anything that is no secret.
    Said(CliAnswer),
}

/// An answer without a secret.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "said", rename_all = "camelCase")]
pub enum CliAnswer {
    /// The connections, by name.
    Listed {
        /// When this was so.
        now: Moment,
        /// All of them.
        connections: Vec<Listed>,
    },
    /// The access token is new.
    Refreshed {
        /// Its end.
        expires_at: Moment,
    },
    /// Cliq took the access token.
    Tested {
        /// What that showed.
        proof: Proof,
    },
    /// The tokens have ended and the connection is deleted.
    Revoked {
        /// Zoho ended them now; false where it no longer knew them.
        was_known: bool,
    },
    /// It was not done.
    NotDone {
        /// Why.
        why: CliError,
    },
}

/// A connection, as a program may know it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Listed {
    /// Its number.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// Where it was approved.
    pub region: RegionCode,
    /// How it stands.
    pub state: ListedState,
    /// The access token's end.
    pub expires_at: Moment,
    /// Whether programs may have its token.
    pub scripts: ScriptAccess,
}

/// How a connection stands, in a word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListedState {
    /// The access token is good.
    Fresh,
    /// It is about to be refreshed.
    Due,
    /// It is refreshed only when a token is asked for.
    Resting,
    /// Something is in the way; it is tried again.
    Waiting,
    /// The user is needed.
    NeedsYou,
}

/// Why something was not done: one for each different thing to do about it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum CliError {
    /// No connection has this name.
    Unknown {
        /// Those there are.
        names: Vec<String>,
    },
    /// No person allowed it, or one forbade it.
    NotAllowed {
        /// Somebody said no.
        denied: bool,
    },
    /// The vault is not open.
    NotOpen {
        /// What is in the way.
        problem: Problem,
    },
    /// Zoho's newest token is not good for that long.
    TooShort {
        /// Its end.
        expires_at: Moment,
    },
    /// Too many programs wait already.
    Busy,
    /// It went wrong.
    Failed {
        /// How.
        problem: Problem,
        /// It needs the user; trying again later changes nothing.
        needs_you: bool,
    },
}

impl From<CliError> for CliReply {
    fn from(why: CliError) -> Self {
        Self::Said(CliAnswer::NotDone { why })
    }
}
