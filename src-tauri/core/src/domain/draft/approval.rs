//! How far the approval of a draft is.

use secrecy::SecretString;
use zoho_oauth::authorization_request::{AuthorizationRequest, Nonce};

use crate::domain::problem::Problem;

use super::Device;

/// How far the approval is.
#[derive(Debug)]
pub(crate) enum Approval {
    /// Nothing under way; with the last attempt's problem.
    Ready(Option<Problem>),
    /// Checking the redirect and drawing random values; both are needed. The token is what a page to add permissions wants.
    Checking { proven: bool, nonce: Option<Nonce>, enhance_token: Option<SecretString> },
    /// The browser is open; a problem here does not end the attempt.
    Waiting(AuthorizationRequest, Option<Problem>),
    /// The code is being exchanged.
    Exchanging,
    /// Zoho is asked for a code to type.
    AskingForCode,
    /// A code to type is pending.
    Device(Box<Device>),
    /// Zoho is asked for a token with what the user already has: a refresh token, or the client alone.
    AskingForToken,
}

impl Approval {
    /// The pending attempt.
    pub(crate) fn consent(&self) -> Option<&AuthorizationRequest> {
        match self {
            Self::Waiting(consent, _) => Some(consent),
            _ => None,
        }
    }

    /// Whether the pending attempt only adds permissions.
    pub(crate) fn is_enhancing(&self) -> bool {
        self.consent().is_some_and(|consent| consent.enhance_token.is_some())
    }

    /// Whether an attempt is under way, so that what it asks for stays as it is.
    pub(crate) fn is_under_way(&self) -> bool {
        !matches!(self, Self::Ready(_))
    }
}
