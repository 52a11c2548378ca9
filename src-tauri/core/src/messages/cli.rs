//! The requests that a program may send to Keyfob on the command line, and the replies to them.
//!
//! Invariant: only [`CliReply::Token`] holds a secret, and it is made only for a connection that the user has allowed
//! programs to read. Deliberately absent: sockets, command-line arguments and texts.

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

/// How long the user has to allow or deny a program's request.
pub const PERSON_TIME: Duration = Duration::from_mins(2);

/// Identifies a program that waits for its reply; unique within a run.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Caller(pub u64);

/// A program's request. A connection is given by its name, or by `#` and its number.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "wish", rename_all = "camelCase")]
pub enum CliRequest {
    /// List the connections and their states.
    List,
    /// Get an access token.
    Token {
        /// The connection.
        name: String,
        /// How many more seconds it must be valid.
        good_for: u64,
        /// The output shape.
        shape: Shape,
        /// Only a token that Zoho issued after this moment, for a program whose token Cliq refused. `None` accepts an
        /// older one. Programs that sent their requests before the same refresh share it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issued_after: Option<Moment>,
    },
    /// Get a new access token, however long the old one is still valid.
    Refresh {
        /// The connection.
        name: String,
    },
    /// Make the harmless test call to Cliq.
    Test {
        /// The connection.
        name: String,
    },
    /// Revoke the connection's tokens at Zoho and delete it here, once the user has confirmed it.
    Revoke {
        /// The connection.
        name: String,
    },
}

impl CliRequest {
    /// Returns the connection that the request names.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::List => None,
            Self::Token { name, .. } | Self::Refresh { name } | Self::Test { name } | Self::Revoke { name } => {
                Some(name)
            }
        }
    }
}

/// A reply to a program.
#[derive(Clone, Debug)]
pub enum CliReply {
    /// The user is being asked; the answer follows.
    Asking,
    /// The token, in the requested shape.
    Token(SecretString),
    /// Any answer without a secret.
    Said(CliAnswer),
}

/// An answer without a secret.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "said", rename_all = "camelCase")]
pub enum CliAnswer {
    /// The connections, sorted by name.
    Listed {
        /// The time of the list.
        now: Moment,
        /// All connections.
        connections: Vec<Listed>,
    },
    /// The access token was refreshed.
    Refreshed {
        /// When the new one expires.
        expires_at: Moment,
    },
    /// Cliq accepted the access token.
    Tested {
        /// What the test call showed.
        proof: Proof,
    },
    /// The tokens are revoked and the connection is deleted.
    Revoked {
        /// Whether Zoho revoked them now; false when it no longer knew them.
        was_known: bool,
    },
    /// The request failed.
    NotDone {
        /// Why.
        why: CliError,
    },
}

/// What a program may learn about a connection.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Listed {
    /// Its number.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// The region in which the user approved it.
    pub region: RegionCode,
    /// Its state.
    pub state: ListedState,
    /// When the access token expires.
    pub expires_at: Moment,
    /// Whether programs may read its access token.
    pub scripts: ScriptAccess,
}

/// The state of a connection, in one word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListedState {
    /// The access token is valid.
    Fresh,
    /// It is about to be refreshed.
    Due,
    /// It is refreshed only on request.
    Resting,
    /// A problem or Zoho's quota blocks the refresh; Keyfob retries.
    Waiting,
    /// The user has to act.
    NeedsYou,
}

/// Why a request failed: one variant for each different remedy.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum CliError {
    /// No connection has this name.
    Unknown {
        /// The names of all connections.
        names: Vec<String>,
    },
    /// The user has not allowed it, or has denied it.
    NotAllowed {
        /// Whether the user has denied it.
        denied: bool,
    },
    /// The vault is not open.
    NotOpen {
        /// The reason.
        problem: Problem,
    },
    /// Zoho's newest token expires too soon.
    TooShort {
        /// When it expires.
        expires_at: Moment,
    },
    /// Too many programs are waiting.
    Busy,
    /// It failed.
    Failed {
        /// The problem.
        problem: Problem,
        /// Whether the user has to act; a retry alone changes nothing.
        needs_you: bool,
    },
}

impl From<CliError> for CliReply {
    fn from(why: CliError) -> Self {
        Self::Said(CliAnswer::NotDone { why })
    }
}
