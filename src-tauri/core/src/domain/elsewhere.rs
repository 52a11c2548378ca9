//! The other region in which a sign-in continues, because its account is there.

use oauth2::AuthorizationCode;
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::region::Region;

/// Where a sign-in continues, and with what.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    pub(crate) region: Region,
    pub(crate) with: With,
}

/// The state that the sign-in takes along.
#[derive(Clone, Debug)]
pub(crate) enum With {
    Code(Box<AuthorizationRequest>, AuthorizationCode),
    /// The user code, which identifies the attempt.
    Device(String),
}

impl Elsewhere {
    pub(crate) fn by_code(region: Region, consent: AuthorizationRequest, code: AuthorizationCode) -> Self {
        Self { region, with: With::Code(Box::new(consent), code) }
    }

    pub(crate) fn by_device(region: Region, user_code: String) -> Self {
        Self { region, with: With::Device(user_code) }
    }
}
