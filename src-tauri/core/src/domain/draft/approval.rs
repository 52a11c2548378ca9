//! The progress of a draft's approval.

use secrecy::SecretString;
use zoho_oauth::authorization_request::{AuthorizationRequest, Nonce};

use crate::domain::problem::Problem;

use super::Device;

/// The progress of the approval.
#[derive(Debug)]
pub(crate) enum Approval {
    /// No attempt in progress; holds the last attempt's problem.
    Ready(Option<Problem>),
    /// Checking the redirect and drawing random values; both are needed. The token is for adding permissions.
    Checking { proven: bool, nonce: Option<Nonce>, enhance_token: Option<SecretString> },
    /// The browser is open; a problem here does not end the attempt.
    Waiting(AuthorizationRequest, Option<Problem>),
    /// The code is being exchanged.
    Exchanging,
    /// Requesting a device code from Zoho.
    AskingForCode,
    /// A device code is pending.
    Device(Box<Device>),
    /// Requesting a token with an existing refresh token, or with the client alone.
    AskingForToken,
}

impl Approval {
    /// The pending attempt.
    pub(crate) fn consent(&self) -> Option<&AuthorizationRequest> {
        match self {
            Self::Waiting(consent, _) => Some(consent),
            Self::Ready(_)
            | Self::Checking { .. }
            | Self::Exchanging
            | Self::AskingForCode
            | Self::Device(_)
            | Self::AskingForToken => None,
        }
    }

    /// Whether the pending attempt only adds permissions.
    pub(crate) fn is_enhancing(&self) -> bool {
        self.consent().is_some_and(|consent| consent.enhance_token.is_some())
    }

    /// Whether an attempt is in progress, so that what it asks for must not change.
    pub(crate) fn is_under_way(&self) -> bool {
        !matches!(self, Self::Ready(_))
    }
}
